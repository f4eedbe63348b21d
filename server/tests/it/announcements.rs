//! Announcements: written by staff and programs, shown at their time, gone by themselves. On both engines.

use app::words::Role;
use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::manage::{Api, each_api};
use crate::support::Engine;
use crate::support::app::{Reply, TestApp};
use crate::support::mailing::each_mailing_app;
use crate::support::smtp::{SmtpServer, Taken};

const LIST: &str = "/staff/announcements";
const NEW: &str = "/staff/announcements/new";

/// What a filled form sends.
fn form<'a>(fields: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let filled = [("body", "We move **next week**."), ("until", "open"), ("do", "save")];
    let others = filled.into_iter().filter(|(name, _)| fields.iter().all(|(given, _)| given != name));
    others.chain(fields.iter().copied()).collect()
}

/// The address of the first announcement in the list.
async fn first(browser: &crate::support::staff::Browser<'_>) -> String {
    let page = browser.get(LIST).await.text();
    let id = page.split("id=\"a-").nth(1).unwrap_or_else(|| panic!("none is listed: {page}")).split('"').next().unwrap().to_owned();
    format!("{LIST}/{id}")
}

fn led(reply: &Reply) {
    assert_eq!((reply.status, reply.header("location")), (303, LIST), "{}", reply.text());
}

#[tokio::test]
async fn an_announcement_is_shown_at_once_and_gone_at_its_end_by_itself() {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        let browser = app.member(Role::Responder).await;
        let fields = form(&[("until", "at"), ("expires_at", "2026-11-23T11:00")]);
        let looked = browser.post_form(NEW, &form(&[("do", "preview"), ("until", "at"), ("expires_at", "2026-11-23T11:00")])).await;
        let text = looked.text();
        assert!(looked.status == 200 && text.contains("<strong>next week</strong>") && text.contains("We move **next week**."), "{text}");
        assert!(!app.get("/").await.text().contains("next week"), "a preview changes nothing");
        led(&browser.post_form(NEW, &fields).await);
        let public = app.get("/").await.text();
        assert!(public.contains("<strong>next week</strong>"), "readers see it before the answer");
        let list = browser.get(LIST).await.text();
        assert!(list.contains("Shown now") && list.contains("End it now") && !list.contains("Past"), "{list}");
        app.advance(TimeDelta::minutes(59)).await;
        assert!(app.get("/").await.text().contains("next week"));
        app.advance(TimeDelta::minutes(1)).await;
        assert!(!app.get("/").await.text().contains("next week"), "its time is over");
        let list = browser.get(LIST).await.text();
        assert!(list.contains("Past") && !list.contains("End it now"), "{list}");
        let over = first(&browser).await;
        let late = browser.post_form(&over, &form(&[])).await;
        assert!(late.status == 409 && late.text().contains("This announcement is over"), "{}", late.text());
        app.end().await;
    }
}

#[tokio::test]
async fn one_to_come_begins_by_itself_is_changed_ended_and_deleted() {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        let browser = app.owner().await;
        led(&browser.post_form(NEW, &form(&[("starts_at", "2026-11-23T12:00")])).await);
        assert!(!app.get("/").await.text().contains("next week"));
        let one = first(&browser).await;
        let list = browser.get(LIST).await.text();
        assert!(list.contains("To come") && list.contains("until it is taken back"), "{list}");
        let early = browser.post_form(&format!("{one}/end"), &[]).await;
        assert!(early.status == 409 && early.text().contains("has not begun. Delete it instead"), "{}", early.text());
        let page = browser.get(&one).await.text();
        assert!(page.contains("value=\"2026-11-23T12:00\"") && page.contains("We move **next week**."), "{page}");
        app.advance(TimeDelta::hours(2)).await;
        assert!(app.get("/").await.text().contains("next week"), "it began by itself");
        led(&browser.post_form(&one, &form(&[("body", "We have moved."), ("starts_at", "2026-11-23T12:00")])).await);
        let public = app.get("/").await.text();
        assert!(public.contains("We have moved.") && !public.contains("next week"));
        app.advance(TimeDelta::minutes(5)).await;
        led(&browser.post_form(&format!("{one}/end"), &[]).await);
        assert!(!app.get("/").await.text().contains("We have moved."));
        let again = browser.post_form(&format!("{one}/end"), &[]).await;
        assert!(again.status == 409 && again.text().contains("is over"), "ending twice");
        led(&browser.post_form(&format!("{one}/delete"), &[]).await);
        assert!(!browser.get(LIST).await.text().contains("We have moved."));
        for gone in [one.clone(), format!("{one}/end"), format!("{one}/delete")] {
            assert_eq!(browser.post_form(&gone, &form(&[])).await.status, 404, "{gone}");
        }
        let audit = browser.get("/staff/audit").await.text();
        for verb in ["announcement.create", "announcement.change", "announcement.end", "announcement.delete"] {
            assert!(audit.contains(verb), "{verb}");
        }
        app.end().await;
    }
}

#[tokio::test]
async fn what_cannot_be_announced_is_refused_beside_its_field_with_the_text_kept() {
    let app = TestApp::plain().await;
    let browser = app.owner().await;
    let long = "x".repeat(2_001);
    let cases: [(&[(&str, &str)], &str); 9] = [
        (&[("body", "")], "The announcement is empty."),
        (&[("body", "\u{200b}")], "The announcement is empty."),
        (&[("body", &long)], "has 2001 characters. Shorten it to at most 2000."),
        (&[("until", "at")], "Give the time at which it ends, or choose that somebody takes it back."),
        (&[("until", "")], "Choose whether it ends"),
        (&[("until", "at"), ("expires_at", "2026-11-23T09:00")], "The end has passed already"),
        (&[("until", "at"), ("starts_at", "2026-11-23T12:00"), ("expires_at", "2026-11-23T11:30")], "The end is not after the start"),
        (&[("until", "at"), ("expires_at", "soon")], "is no date and time"),
        (&[("starts_at", "23.11.2026")], "is no date and time"),
    ];
    for (fields, sentence) in cases {
        let answer = browser.post_form(NEW, &form(fields)).await;
        assert!(answer.status == 422 && answer.text().contains(sentence), "{fields:?}: {}", answer.text());
        let typed = fields.iter().find(|(name, _)| *name == "expires_at").map_or("", |(_, value)| value);
        assert!(answer.text().contains(&format!("value=\"{typed}\"")), "the text is kept");
    }
    assert!(browser.get(LIST).await.text().contains("Nothing is announced now."));
}

#[tokio::test]
async fn at_most_five_stand_above_the_page_at_once() {
    let app = TestApp::plain().await;
    let browser = app.owner().await;
    for hour in 12..17 {
        let starts = format!("2026-11-23T{hour}:00");
        led(&browser.post_form(NEW, &form(&[("starts_at", &starts)])).await);
    }
    let sixth = browser.post_form(NEW, &form(&[])).await;
    assert!(sixth.status == 422 && sixth.text().contains("more than 5 announcements at once"), "{}", sixth.text());
    let before = form(&[("until", "at"), ("expires_at", "2026-11-23T16:00")]);
    led(&browser.post_form(NEW, &before).await);
    app.advance(TimeDelta::days(1)).await;
    assert_eq!(app.get("/").await.text().matches("aria-label=\"Announcement\"").count(), 5);
}

#[tokio::test]
async fn programs_announce_change_and_take_back() {
    each_api(async |api: Api| {
        let body =
            json!({"announcement": {"body": "We *move*.", "starts_at": "2026-11-23T09:00:00Z", "expires_at": "2026-11-24T10:00:00Z"}});
        let made = api.post("/announcements", body).await;
        assert_eq!((made["body"].as_str(), made["expires_at"].as_str()), (Some("We *move*."), Some("2026-11-24T10:00:00.000Z")));
        assert_eq!(made["starts_at"], "2026-11-23T10:00:00.000Z", "nothing was shown before it was said");
        assert!(api.app.get("/").await.text().contains("We <em>move</em>."));
        let one = format!("/announcements/{}", made["id"].as_str().unwrap());
        assert_eq!((api.get(&one).await, api.get("/announcements").await), (made.clone(), json!([made])));
        let changed = api.patch(&one, json!({"announcement": {"expires_at": null}})).await;
        assert_eq!((changed["expires_at"].clone(), changed["body"].clone()), (Value::Null, made["body"].clone()));
        for (body, field) in [
            (json!({"body": "x"}), "expires_at"),
            (json!({"expires_at": null}), "body"),
            (json!({"body": "x", "expires_at": "soon"}), "expires_at"),
            (json!({"body": "x", "expires_at": "2026-11-23T09:00:00Z"}), "expires_at"),
            (json!({"body": 5, "expires_at": null}), "body"),
        ] {
            let wrong = api.refused("POST", "/announcements", json!({"announcement": body})).await;
            assert!(wrong[field].is_array(), "{field}: {wrong}");
        }
        assert_eq!(api.call("DELETE", &one, &Value::Null).await.status, 204);
        assert_eq!(api.call("GET", &one, &Value::Null).await.status, 404);
        assert!(!api.app.get("/").await.text().contains("<em>move</em>"));
    })
    .await;
}

/// Lets time pass, and sends what is due then.
async fn sent(app: &TestApp, relay: &SmtpServer, after: TimeDelta) -> Vec<Taken> {
    let before = relay.mails().len();
    app.advance(after).await;
    app.send_mails().await;
    relay.mails().split_off(before)
}

#[tokio::test]
async fn whoever_chose_announcements_is_mailed_when_one_begins_if_staff_say_so() {
    for engine in Engine::ALL {
        let relay = SmtpServer::good().await;
        let url = relay.url();
        let settings = [("ALLCLEAR_SMTP_URL", url.as_str()), ("ALLCLEAR_MAIL_FROM", "status@example.test"), ("ALLCLEAR_SMTP_RATE", "0")];
        let app = TestApp::with(engine, &settings).await;
        let browser = app.member(Role::Responder).await;
        app.subscribed("anna@example.test").await;
        let wanted = [("email", "bert@example.test"), ("about", "all"), ("kinds", "announcements")];
        app.post("/subscribe", &wanted).await;
        let bert = app.subscriber("bert@example.test").await.unwrap();
        app.post(&app.link("confirm", server::secret::Purpose::Confirm, &bert).await, &[]).await;
        sent(&app, &relay, TimeDelta::minutes(1)).await;

        led(&browser.post_form(NEW, &form(&[("body", "Said to nobody.")])).await);
        assert_eq!(sent(&app, &relay, TimeDelta::minutes(1)).await.len(), 0, "unless they say so, nobody is told");
        led(&browser.post_form(&format!("{}/delete", first(&browser).await), &[]).await);

        let told = form(&[("notify", "on"), ("starts_at", "2026-11-23T12:00"), ("until", "at"), ("expires_at", "2026-11-24T12:00")]);
        led(&browser.post_form(NEW, &told).await);
        assert_eq!(sent(&app, &relay, TimeDelta::minutes(30)).await.len(), 0, "not before it begins");
        let one = first(&browser).await;
        let page = browser.get(&one).await.text();
        assert!(page.contains("name=\"notify\"") && page.contains("checked"), "it still will be: {page}");
        let changed: Vec<_> =
            told.iter().map(|(name, value)| (*name, if *name == "body" { "We move on **Monday**." } else { value })).collect();
        led(&browser.post_form(&one, &changed).await);
        let mails = sent(&app, &relay, TimeDelta::hours(2)).await;
        assert_eq!(
            mails.iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(),
            ["bert@example.test"],
            "who did not choose them is not told"
        );
        let (text, html) = (mails[0].text(), mails[0].html());
        assert!(text.starts_with("Announcement: We move on Monday.\n") && text.contains("We move on **Monday**."), "{text}");
        assert!(text.contains("From: Mon 23 Nov 2026, 12:00 UTC") && html.contains("<strong>Monday</strong>"), "{text}");
        assert_eq!(mails[0].header("Subject"), "[Status] Announcement: We move on Monday.");
        assert!(!mails[0].header("List-Unsubscribe").is_empty() && !text.contains("Stop mails about this"));

        let again: Vec<_> = changed.iter().copied().filter(|(name, _)| *name != "notify").collect();
        led(&browser.post_form(&one, &again).await);
        assert_eq!(sent(&app, &relay, TimeDelta::minutes(1)).await.len(), 0, "a change tells nobody");
        assert!(browser.get(&one).await.text().contains("They were told of it already"));
        led(&browser.post_form(&one, &changed).await);
        let second = sent(&app, &relay, TimeDelta::minutes(1)).await;
        assert_eq!((second.len(), second[0].header("In-Reply-To")), (1, mails[0].message_id()), "told once more, in one thread");
        let deliveries = browser.get("/staff/deliveries").await.text();
        assert!(deliveries.contains("We move on Monday."), "{deliveries}");
        app.end().await;
    }
}

#[tokio::test]
async fn what_is_taken_back_before_it_begins_is_not_mailed() {
    each_mailing_app(async |app| {
        let browser = app.member(Role::Responder).await;
        app.subscribe("anna@example.test").await;
        let waiting =
            async || app.texts("select kind from notifications where kind = 'announcement_made' and cancelled_at is null").await.len();
        let told = form(&[("notify", "on"), ("starts_at", "2026-11-23T12:00")]);
        for take_back in ["/delete", "untick"] {
            led(&browser.post_form(NEW, &told).await);
            assert_eq!(waiting().await, 1);
            let one = first(&browser).await;
            if take_back == "untick" {
                led(&browser.post_form(&one, &form(&[("starts_at", "2026-11-23T12:00")])).await);
            } else {
                led(&browser.post_form(&format!("{one}{take_back}"), &[]).await);
            }
            assert_eq!(waiting().await, 0, "{take_back}");
        }
    })
    .await;
}

#[tokio::test]
async fn programs_tell_subscribers_of_an_announcement_only_where_they_say_so() {
    each_api(async |api: Api| {
        let told =
            async || api.app.texts("select subject_id from notifications where kind = 'announcement_made' and cancelled_at is null").await;
        let quiet = api.post("/announcements", json!({"announcement": {"body": "Quiet.", "expires_at": null}})).await;
        assert_eq!(told().await, [""; 0]);
        let body = json!({"announcement": {"body": "Loud.", "expires_at": null, "deliver_notifications": true}});
        let loud = api.post("/announcements", body).await;
        assert_eq!(told().await, [loud["id"].as_str().unwrap()]);
        let one = format!("/announcements/{}", quiet["id"].as_str().unwrap());
        api.patch(&one, json!({"announcement": {"body": "Still quiet."}})).await;
        assert_eq!(told().await.len(), 1);
        api.patch(&one, json!({"announcement": {"deliver_notifications": true}})).await;
        assert_eq!(told().await.len(), 2);
        api.patch(&one, json!({"announcement": {"body": "Another text."}})).await;
        let texts = api.app.texts("select cast(payload as text) from notifications where kind = 'announcement_made'").await.join(" ");
        assert!(
            texts.contains("Another text.") && !texts.contains("Still quiet."),
            "what nobody got yet says what is announced now: {texts}"
        );
        let wrong = api
            .refused("POST", "/announcements", json!({"announcement": {"body": "x", "expires_at": null, "deliver_notifications": 7}}))
            .await;
        assert!(wrong["deliver_notifications"].is_array(), "{wrong}");
    })
    .await;
}
