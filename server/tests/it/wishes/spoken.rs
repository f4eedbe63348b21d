//! Mails in the reader's own language and zone.

use app::language;
use app::words::{IncidentStatus, Translation};
use server::actions::announcements::{self, AnnouncementInput};
use server::actions::incidents::{self, IncidentInput};
use server::actions::look;
use server::actions::translations::Wording;
use server::secret::Purpose;
use server::store::translations;

use super::{each_office, managed, said, sent};
use crate::incidents::{Desk, opening};
use crate::support::app::{Reply, TestApp};

/// Subscribes by the form of a language, with the zone that a browser says, and confirms.
async fn subscribed(app: &TestApp, language: &str, email: &str, zone: &str) {
    let asked = asks(app, language, email, zone).await;
    assert_eq!(asked.status, 200, "{}", asked.text());
    let subscriber = app.subscriber(email).await.unwrap();
    let link = app.link("confirm", Purpose::Confirm, &subscriber).await;
    assert_eq!(app.post(&link, &[]).await.status, 200);
}

async fn asks(app: &TestApp, language: &str, email: &str, zone: &str) -> Reply {
    let fields = [("email", email), ("about", "all"), ("kinds", "incidents"), ("time_zone", zone)];
    app.post(&format!("{language}/subscribe"), &fields).await
}

fn wording(code: &str, name: Option<&str>, body: Option<&str>) -> Wording {
    Wording { language: language::of(code), name: name.map(str::to_owned), body: body.map(str::to_owned) }
}

/// An incident whose title and first message are also said in German, and whose title is also said in Arabic.
async fn opened(desk: &Desk) -> app::words::Id {
    let translations =
        vec![wording("de", Some("Anfragen scheitern"), Some("Wir sehen **Fehler**.")), wording("ar", Some("الطلبات تفشل"), None)];
    let input = IncidentInput { translations, ..opening(&[(&desk.api, app::words::ComponentStatus::MajorOutage)]) };
    incidents::create(&desk.act(), &input, true).await.unwrap().id
}

#[tokio::test]
async fn every_reader_gets_the_mail_in_the_language_they_subscribed_in_with_their_own_times() {
    each_office(async |desk, relay| {
        let app = &desk.app;
        subscribed(app, "", "english@example.test", "").await;
        subscribed(app, "/de", "german@example.test", "Europe/Berlin").await;
        subscribed(app, "/ar", "arabic@example.test", "Asia/Dubai").await;
        let confirmations = sent(desk, relay).await;
        let confirmation = |who: &str| confirmations.iter().find(|mail| mail.to.starts_with(who));
        assert!(confirmation("german").is_none(), "what is confirmed needs no mail any more");
        asks(app, "/de", "late@example.test", "Europe/Berlin").await;
        let late = sent(desk, relay).await.remove(0);
        assert!(late.text().starts_with("Abonnement bestätigen\n"), "{}", late.text());
        assert!(late.text().contains("https://status.example.test/de/confirm/"), "and leads to the page in it: {}", late.text());

        let outage = opened(desk).await;
        let mails = sent(desk, relay).await;
        let to = |who: &str| mails.iter().find(|mail| mail.to.starts_with(who)).unwrap();
        let (english, german, arabic) = (to("english"), to("german"), to("arabic"));
        assert!(english.text().starts_with("Investigating: Requests fail\n"), "{}", english.text());
        assert!(
            english.text().contains("23 Nov 2026, 10:0") && english.text().contains("- Core - API: Major outage"),
            "{}",
            english.text()
        );
        let text = german.text();
        assert!(
            text.starts_with("Wird untersucht: Anfragen scheitern\nStatus, Mo., 23. Nov. 2026, 11:0") && text.contains(" CET (10:0"),
            "{text}"
        );
        assert!(text.contains("Wir sehen **Fehler**.") && text.contains("- Core - API: Ausfall"), "{text}");
        assert!(!text.contains("Requests fail") && !text.contains("auf Englisch"), "{text}");
        assert!(text.contains(&format!("https://status.example.test/de/incidents/{outage}\n")), "{text}");
        assert!(german.html().contains("<html lang=\"de\" dir=\"ltr\">") && german.html().contains("<strong>Fehler</strong>"));
        let text = arabic.text();
        assert!(text.starts_with("قيد التحقيق: الطلبات تفشل\n") && text.contains("14:0") && text.contains("10:0"), "{text}");
        assert!(text.contains("We see errors.") && text.contains("باللغة"), "what is not translated is marked: {text}");
        let page = arabic.html();
        assert!(page.contains("<html lang=\"ar\" dir=\"rtl\">") && page.contains("lang=\"en\" dir=\"auto\""), "{page}");
        assert!(page.contains("text-align:right"), "{page}");
        let subjects = [english, german, arabic].map(|mail| subject(&mail.raw));
        assert_eq!(subjects, ["[Status] Requests fail", "[Status] Anfragen scheitern", "[Status] الطلبات تفشل"]);
        assert!(
            german.header("List-Unsubscribe").starts_with("<https://status.example.test/unsubscribe/"),
            "that holds whatever is offered"
        );
    })
    .await;
}

#[tokio::test]
async fn stock_sentences_are_said_in_the_language_of_each_reader_and_carry_no_mark() {
    each_office(async |desk, relay| {
        let app = &desk.app;
        subscribed(app, "/de", "german@example.test", "Europe/Berlin").await;
        sent(desk, relay).await;
        let input = IncidentInput { body: String::new(), ..opening(&[]) };
        let outage = incidents::create(&desk.act(), &input, true).await.unwrap().id;
        let german = language::of("de");
        let stock = app::stock::of_incident(german, IncidentStatus::Investigating);
        let text = sent(desk, relay).await.remove(0).text();
        assert!(text.contains(&stock), "nobody wrote a message: {text}");
        let marked = text.matches("auf Englisch").count();
        assert_eq!(marked, 1, "the title alone is marked: {text}");
        let resolved = crate::incidents::saying(IncidentStatus::Resolved, &[]);
        let silent = server::actions::incidents::UpdateInput { body: String::new(), ..resolved };
        incidents::post_update(&desk.act(), &outage, &silent, None).await.unwrap();
        let text = sent(desk, relay).await.remove(0).text();
        assert!(text.contains(&app::stock::of_incident(german, IncidentStatus::Resolved)), "{text}");
    })
    .await;
}

fn subject(raw: &str) -> String {
    mail_parser::MessageParser::default().parse(raw.as_bytes()).unwrap().subject().unwrap().to_owned()
}

#[tokio::test]
async fn what_is_said_in_a_language_is_fixed_with_the_mail_and_its_subject_with_the_thread() {
    each_office(async |desk, relay| {
        let app = &desk.app;
        subscribed(app, "/de", "german@example.test", "").await;
        sent(desk, relay).await;
        let outage = opened(desk).await;
        let first = sent(desk, relay).await.remove(0);
        assert_eq!(subject(&first.raw), "[Status] Anfragen scheitern");
        let mut edit = crate::incidents::facts();
        edit.translations = vec![wording("de", Some("Anfragen scheitern wieder"), None)];
        incidents::edit(&desk.act(), &outage, &edit, None).await.unwrap();
        said(desk, &outage, IncidentStatus::Identified).await;
        let second = sent(desk, relay).await.remove(0);
        assert_eq!(subject(&second.raw), "[Status] Anfragen scheitern", "programs keep the thread together by it");
        let text = second.text();
        assert!(text.starts_with("Ursache gefunden: Anfragen scheitern wieder\n"), "{text}");
        assert!(text.contains("(auf Englisch)\nNow identified."), "this message was not translated: {text}");
        assert_eq!(second.header("In-Reply-To"), first.message_id());
    })
    .await;
}

#[tokio::test]
async fn a_language_the_page_is_not_offered_in_any_more_falls_back_to_its_own_and_old_links_lead_on() {
    each_office(async |desk, relay| {
        let app = &desk.app;
        subscribed(app, "/de", "german@example.test", "Europe/Berlin").await;
        sent(desk, relay).await;
        opened(desk).await;
        let before = sent(desk, relay).await.remove(0);
        look::amend(&desk.act(), |page| page.look.languages = Some(vec!["en".to_owned(), "ar".to_owned()])).await.unwrap();
        app.look().await;
        opened(desk).await;
        let text = sent(desk, relay).await.remove(0).text();
        assert!(text.starts_with("Investigating: Requests fail\n") && text.contains(" CET (10:0"), "their zone stays: {text}");
        let leave = before.link("Abmelden");
        assert!(leave.starts_with("/de/unsubscribe/"), "{leave}");
        let led = app.get(&leave).await;
        assert_eq!((led.status, led.header("location")), (307, leave.trim_start_matches("/de")));
        assert_eq!(app.get(led.header("location")).await.status, 200);
        let german = app.subscriber("german@example.test").await.unwrap();
        assert_eq!(german.language.as_deref(), Some("de"), "what they chose is kept for when it is offered again");
        assert_eq!(app.get(&managed(app, &german).await).await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn components_announcements_and_what_is_followed_are_called_as_in_the_readers_language() {
    each_office(async |desk, relay| {
        let app = &desk.app;
        let every = [("email", "german@example.test"), ("about", "all"), ("kinds", "incidents"), ("kinds", "announcements")];
        app.post("/de/subscribe", &every).await;
        let german = app.subscriber("german@example.test").await.unwrap();
        app.post(&app.link("confirm", Purpose::Confirm, &german).await, &[]).await;
        sent(desk, relay).await;
        let said = Translation {
            object_id: desk.api.clone(),
            language: "de".to_owned(),
            name: Some("Schnittstelle".to_owned()),
            body: None,
            body_html: String::new(),
        };
        let mut tx = app.db.write().await.unwrap();
        translations::set(&mut tx, &desk.page, &said, "Ada", app.hand.now(), 1).await.unwrap();
        tx.commit().await.unwrap();
        let outage = opened(desk).await;
        let text = sent(desk, relay).await.remove(0).text();
        assert!(text.contains("- Core - Schnittstelle: Ausfall"), "with its group, which has no other name: {text}");

        assert_eq!(app.post(&format!("/incidents/{outage}/follow"), &[("email", "german@example.test")]).await.status, 200);
        let follow = sent(desk, relay).await.remove(0);
        assert_eq!(subject(&follow.raw), "[Status] Folgen: Anfragen scheitern", "in the language of who reads it, not of who asks");
        assert!(follow.link("Folgen").starts_with(&format!("/de/incidents/{outage}/follow/")), "{}", follow.text());

        let input = AnnouncementInput {
            body: "We move on Monday.".to_owned(),
            starts_at: None,
            expires_at: None,
            notify: Some(true),
            translations: vec![wording("de", None, Some("Wir ziehen am *Montag* um."))],
        };
        announcements::create(&desk.act(), &input).await.unwrap();
        let announced = sent(desk, relay).await.remove(0);
        assert_eq!(subject(&announced.raw), "[Status] Ankündigung: Wir ziehen am Montag um.");
        let text = announced.text();
        assert!(text.contains("Wir ziehen am *Montag* um.") && !text.contains("auf Englisch"), "{text}");
    })
    .await;
}
