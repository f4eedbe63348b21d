//! Language, zone and kinds, as a subscriber and programs choose them.

use app::words::{SubscribedKind, SubscriberState};
use serde_json::json;
use server::secret::Purpose;

use super::managed;
use crate::manage::{Api, each_api};
use crate::support::app::TestApp;
use crate::support::mailing::{each_mailing_app, mailing_app};

/// What the form at the end of a mail sends, with these fields in place of its own.
fn form<'a>(fields: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let own = [("about", "all"), ("kinds", "incidents"), ("severity_floor", "none"), ("language", "en"), ("time_zone", "")];
    let others = own.into_iter().filter(|(name, _)| fields.iter().all(|(given, _)| given != name));
    others.chain(fields.iter().copied()).collect()
}

async fn spoken(app: &TestApp) -> (Option<String>, Option<String>) {
    let anna = app.subscriber("anna@example.test").await.unwrap();
    (anna.language, anna.time_zone)
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[tokio::test]
async fn a_subscriber_sees_and_changes_language_and_zone() {
    each_mailing_app(async |app| {
        app.look().await;
        let asked = [("email", "anna@example.test"), ("about", "all"), ("kinds", "incidents"), ("time_zone", "Europe/Berlin")];
        assert_eq!(app.post("/de/subscribe", &asked).await.status, 200);
        assert_eq!(spoken(app).await, (some("de"), some("Europe/Berlin")), "the page they used, and what their browser said");
        let anna = app.subscriber("anna@example.test").await.unwrap();
        assert_eq!(app.post(&app.link("confirm", Purpose::Confirm, &anna).await, &[]).await.status, 200);
        let manage = managed(app, &anna).await;
        let page = app.get(&manage).await.text();
        assert!(page.contains("value=\"de\" selected"), "{page}");
        assert!(page.contains("name=\"time_zone\" value=\"Europe/Berlin\"") && page.contains("<option value=\"Asia/Tokyo\">"), "{page}");
        assert_eq!(app.post(&manage, &form(&[("language", "ar"), ("time_zone", "Asia/Tokyo")])).await.status, 303);
        assert_eq!(spoken(app).await, (some("ar"), some("Asia/Tokyo")));
        assert_eq!(app.post(&manage, &form(&[])).await.status, 303);
        assert_eq!(spoken(app).await, (some("en"), None), "an empty zone is the page's");
        let only_kinds = [("about", "all"), ("kinds", "announcements")];
        app.post(&manage, &form(&[("time_zone", "Asia/Tokyo")])).await;
        assert_eq!(app.post(&manage, &only_kinds).await.status, 303);
        assert_eq!(spoken(app).await, (some("en"), some("Asia/Tokyo")), "what is not sent stays");
        assert_eq!(app.subscriber("anna@example.test").await.unwrap().kinds, [SubscribedKind::Announcements]);
    })
    .await;
}

#[tokio::test]
async fn what_is_unknown_is_refused_with_a_sentence_beside_the_field_and_nothing_is_changed() {
    each_mailing_app(async |app| {
        app.look().await;
        let anna = app.subscribed("anna@example.test").await;
        let manage = managed(app, &anna).await;
        let before = app.subscriber("anna@example.test").await;
        for (field, value, sentence) in [
            ("language", "tlh", "The language “tlh” is not offered here."),
            ("language", "EN", "is not offered here."),
            ("time_zone", "Mars/Olympus", "There is no time zone “Mars/Olympus”. Write it as in Europe/Berlin"),
            ("time_zone", "+02:00", "There is no time zone “+02:00”."),
        ] {
            let refused = app.post(&manage, &form(&[(field, value)])).await;
            assert!(refused.status == 422 && refused.text().contains(sentence), "{}", refused.text());
            let document = scraper::Html::parse_document(&refused.text());
            let marked = document.select(&scraper::Selector::parse(&format!("[name={field}]")).unwrap()).next().unwrap();
            assert_eq!(marked.attr("aria-invalid"), Some("true"), "{field}");
        }
        let german = app.post(&format!("/de{manage}"), &form(&[("time_zone", "Nirgendwo"), ("about", "chosen")])).await.text();
        assert!(german.contains("Eine Zeitzone „Nirgendwo“ gibt es nicht.") && german.contains("Wählen Sie mindestens eine Komponente"));
        assert_eq!(app.subscriber("anna@example.test").await, before);
    })
    .await;
}

#[tokio::test]
async fn a_browser_that_says_a_zone_we_do_not_know_subscribes_all_the_same() {
    let app = mailing_app(&[]).await;
    for zone in ["Etc/Unknown", "", "<script>"] {
        let fields = [("email", "anna@example.test"), ("about", "all"), ("kinds", "incidents"), ("time_zone", zone)];
        assert_eq!(app.post("/subscribe", &fields).await.status, 200, "{zone}");
    }
    assert_eq!(spoken(&app).await, (some("en"), None), "times are told in the page's");
    app.end().await;
}

#[tokio::test]
async fn nobody_changes_what_they_hear_of_without_end() {
    let app = mailing_app(&[]).await;
    let anna = app.subscribed("anna@example.test").await;
    let manage = managed(&app, &anna).await;
    let mut saved = 0;
    let refused = loop {
        let answer = app.post(&manage, &[("about", "all"), ("kinds", "incidents")]).await;
        if answer.status != 303 {
            break answer;
        }
        saved += 1;
        assert!(saved < 1_000, "each time is written down, so there is an end to them");
    };
    assert!(refused.status == 429 && !refused.header("retry-after").is_empty(), "{}", refused.text());
    app.end().await;
}

#[tokio::test]
async fn programs_say_language_zone_and_whether_an_address_is_shared() {
    each_api(async |api: Api| {
        let body = json!({"subscriber": {"email": "team@example.test", "language": "de", "time_zone": "Asia/Tokyo", "shared": true,
            "skip_confirmation_notification": true}});
        let made = api.post("/subscribers", body).await;
        assert_eq!((&made["language"], &made["time_zone"], &made["shared"]), (&json!("de"), &json!("Asia/Tokyo"), &json!(true)));
        assert_eq!(api.get(&format!("/subscribers/{}", made["id"].as_str().unwrap())).await, made);
        let plain = api.post("/subscribers", json!({"subscriber": {"email": "ada@example.test"}})).await;
        assert_eq!((&plain["language"], &plain["time_zone"], &plain["shared"]), (&json!(null), &json!(null), &json!(false)));
        for (field, value) in
            [("language", json!("tlh")), ("language", json!(5)), ("time_zone", json!("Mars/Olympus")), ("shared", json!("perhaps"))]
        {
            let body = json!({"subscriber": {"email": "bert@example.test", field: value}});
            let wrong = api.refused("POST", "/subscribers", body).await;
            assert!(wrong[field].is_array(), "{field}: {wrong}");
        }
        assert_eq!(api.app.subscriber("bert@example.test").await, None, "what is refused changes nothing");
        let active = api.app.subscriber("team@example.test").await.unwrap();
        assert_eq!((active.state, active.kinds.len()), (SubscriberState::Active, SubscribedKind::ALL.len()));
    })
    .await;
}
