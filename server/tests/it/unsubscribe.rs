//! Leaving: by the button, or by a mail program in one click (RFC 8058).

use app::words::{DeliveryState, NotificationKind, RecipientKind, SubscriberState};
use chrono::TimeDelta;
use server::actions::notify::{self, About};
use server::actions::subscribers as actions;
use server::actions::{Act, Actor};
use server::domain::notice::Notice;
use server::secret::Purpose;
use server::store::delivery_reads;

use crate::store::sample::id;
use crate::support::mailing::{each_mailing_app, mailing_app};

#[tokio::test]
async fn one_click_leaves_at_once_without_cookies_origin_or_redirect_and_twice_is_the_same_as_once() {
    each_mailing_app(async |app| {
        let boundary = "----=_part";
        let multipart =
            format!("--{boundary}\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--{boundary}--\r\n");
        let multipart_type = format!("multipart/form-data; boundary=\"{boundary}\"");
        let forms = [("application/x-www-form-urlencoded", "List-Unsubscribe=One-Click"), (multipart_type.as_str(), multipart.as_str())];
        for (number, (content_type, body)) in forms.into_iter().enumerate() {
            let email = format!("anna{number}@example.test");
            let anna = app.subscribed(&email).await;
            let link = app.link("unsubscribe", Purpose::Unsubscribe, &anna).await;
            assert!(app.get(&link).await.text().contains(&format!("<form method=\"post\" action=\"{link}\">")));
            for method in ["HEAD", "OPTIONS"] {
                app.request(method, &link, &[]).await;
            }
            assert_eq!(app.subscriber(&email).await.unwrap().state, SubscriberState::Active, "looking changes nothing");
            for _ in 0..2 {
                let answer = app.send("POST", &link, &[("content-type", content_type)], body.into()).await;
                assert_eq!((answer.status, answer.header("location"), answer.header("set-cookie")), (200, "", ""));
                assert!(answer.text().contains("You are unsubscribed"));
                assert_eq!(app.subscriber(&email).await.unwrap().state, SubscriberState::Unsubscribed);
            }
            assert!(app.get(&link).await.text().contains("You are unsubscribed"));
            let manage = app.link("subscription", Purpose::Manage, &anna).await;
            assert!(app.get(&manage).await.text().contains("You are unsubscribed"));
        }
    })
    .await;
}

#[tokio::test]
async fn what_waits_in_the_outbox_is_not_sent_to_who_left() {
    each_mailing_app(async |app| {
        let (anna, bert) = (app.subscribed("anna@example.test").await, app.subscribed("bert@example.test").await);
        let page = app.page().await.id;
        let mut tx = app.db.write().await.unwrap();
        let (subject, kind) = (id("down"), NotificationKind::IncidentOpened);
        let about = About { subject_kind: "incident", subject_id: &subject, update_id: None };
        let to = [&anna, &bert].map(|subscriber| (RecipientKind::Subscriber, subscriber.id.clone()));
        let told = notify::people(&mut tx, &page, kind, about, Notice::Confirm, &to, app.hand.now()).await.unwrap();
        tx.commit().await.unwrap();
        app.post(&app.link("unsubscribe", Purpose::Unsubscribe, &anna).await, &[]).await;
        let mut tx = app.db.read().await.unwrap();
        let counts = delivery_reads::notification(&mut tx, &page, &told).await.unwrap().unwrap().counts;
        assert_eq!(counts, [(DeliveryState::Cancelled, 1), (DeliveryState::Pending, 1)]);
    })
    .await;
}

#[tokio::test]
async fn the_link_of_an_old_mail_works_for_years_and_after_everything() {
    each_mailing_app(async |app| {
        let anna = app.subscribed("anna@example.test").await;
        let old = app.link("unsubscribe", Purpose::Unsubscribe, &anna).await;
        app.advance(TimeDelta::days(400)).await;
        assert_eq!(app.post(&old, &[]).await.status, 200);
        let again = app.subscribed("anna@example.test").await;
        assert_eq!((again.state, again.token_epoch), (SubscriberState::Active, 1));
        let manage = app.link("subscription", Purpose::Manage, &anna).await;
        assert_eq!(app.get(&manage).await.status, 404, "other links of before hold no more");
        assert_eq!(app.post(&old, &[]).await.status, 200);
        assert_eq!(app.subscriber("anna@example.test").await.unwrap().state, SubscriberState::Unsubscribed);
        let system = Actor::system();
        let act = Act { db: &app.db, actor: &system, now: app.hand.now(), undo: TimeDelta::zero() };
        actions::remove(&act, &app.page().await.id, &anna.id).await.unwrap();
        let gone = app.post(&old, &[]).await;
        assert!(gone.status == 200 && gone.text().contains("You are unsubscribed"), "also after they were removed");
    })
    .await;
}

#[tokio::test]
async fn a_link_of_another_key_leaves_for_nobody() {
    let app = mailing_app(&[]).await;
    let anna = app.subscribed("anna@example.test").await;
    let other = server::secret::Secret::new("another key that is long enough to be one");
    let forged = other.token(Purpose::Unsubscribe, &app.page().await.id, &anna.id, anna.token_epoch);
    assert_eq!(app.post(&format!("/unsubscribe/{forged}"), &[("List-Unsubscribe", "One-Click")]).await.status, 404);
    assert_eq!(app.subscriber("anna@example.test").await.unwrap().state, SubscriberState::Active);
}
