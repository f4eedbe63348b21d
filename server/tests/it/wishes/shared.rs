//! Addresses that several people read: one of them alone does not end what the others want.

use app::words::{Role, SubscriberState};
use chrono::TimeDelta;
use server::secret::Purpose;

use super::{each_office, managed, opened, sent};
use crate::support::app::TestApp;
use crate::support::mailing::mailing_app;

async fn state(app: &TestApp) -> SubscriberState {
    app.subscriber("team@example.test").await.unwrap().state
}

const CHOICES: [(&str, &str); 5] = [("about", "all"), ("kinds", "incidents"), ("language", "en"), ("time_zone", ""), ("shared", "on")];

#[tokio::test]
async fn one_click_on_a_shared_address_asks_it_by_mail_and_only_a_confirmation_ends_it() {
    each_office(async |desk, relay| {
        let app = &desk.app;
        let team = app.subscribed("team@example.test").await;
        let manage = managed(app, &team).await;
        assert!(app.get(&manage).await.text().contains("Several people read this address"));
        assert_eq!(app.post(&manage, &CHOICES).await.status, 303);
        let page = app.get(&manage).await.text();
        assert!(page.contains("so leaving is confirmed by mail") && !page.contains("name=\"shared\""), "only staff take it back: {page}");
        let outage = opened(desk).await;
        app.post(&app.link(&format!("incidents/{outage}/follow"), Purpose::Manage, &team).await, &[("do", "follow")]).await;
        let refused = app.post(&manage, &[("about", "all")]).await;
        assert!(refused.status == 422 && refused.text().contains("the others are then asked by mail"), "nor does an empty choice end it");
        let mails = sent(desk, relay).await;
        let header = mails.last().unwrap().header("List-Unsubscribe");
        let one_click = header.trim_matches(['<', '>']).strip_prefix("https://status.example.test").unwrap();
        assert!(app.get(one_click).await.text().contains("It leaves once one of you confirms."));
        for _ in 0..3 {
            let answer = app.post(one_click, &[("List-Unsubscribe", "One-Click")]).await;
            assert_eq!((answer.status, answer.header("location")), (200, ""), "RFC 8058: no redirect");
            assert!(answer.text().contains("a mail with a link is on its way"), "{}", answer.text());
        }
        assert_eq!(state(app).await, SubscriberState::Active);
        let asked = sent(desk, relay).await;
        assert_eq!(asked.len(), 1, "one mail, however often somebody presses");
        let text = asked[0].text();
        assert!(text.starts_with("Shall this address leave?\n") && text.contains("Somebody who reads this address asked"), "{text}");
        assert!(text.contains("The link holds until Tue 24 Nov 2026, 10:0"), "{text}");
        let leave = asked[0].link("Unsubscribe this address");
        assert!(leave.starts_with("/leave/"), "{leave}");

        let shown = app.get(&leave).await;
        assert!(shown.status == 200 && shown.text().contains("Unsubscribe it for everybody"), "{}", shown.text());
        assert_eq!(state(app).await, SubscriberState::Active, "looking changes nothing");
        opened(desk).await;
        assert_eq!(sent(desk, relay).await.len(), 1, "until then the mails go on");
        for _ in 0..2 {
            let done = app.post(&leave, &[]).await;
            assert!(done.status == 200 && done.text().contains("You are unsubscribed"), "twice is the same as once");
            assert_eq!(state(app).await, SubscriberState::Unsubscribed);
        }
        opened(desk).await;
        assert_eq!(sent(desk, relay).await.len(), 0);
        let audit = desk.audit(50).await.join("\n");
        assert!(audit.contains("subscriber.ask_to_leave") && audit.contains("subscriber.unsubscribe"), "{audit}");
        let back = app.subscribed("team@example.test").await;
        assert!(!back.shared, "whoever comes back begins anew");
        assert_eq!(app.get(&leave).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn the_link_holds_for_a_day_and_then_somebody_has_to_ask_again() {
    each_office(async |desk, relay| {
        let app = &desk.app;
        let team = app.subscribed("team@example.test").await;
        app.post(&managed(app, &team).await, &CHOICES).await;
        sent(desk, relay).await;
        let button = app.link("unsubscribe", Purpose::Unsubscribe, &team).await;
        app.post(&button, &[]).await;
        let leave = sent(desk, relay).await.remove(0).link("Unsubscribe this address");
        app.advance(TimeDelta::hours(24)).await;
        for answer in [app.get(&leave).await, app.post(&leave, &[]).await] {
            assert!(answer.status == 410 && answer.text().contains("hold for 24 hours"), "{}", answer.text());
        }
        assert_eq!(state(app).await, SubscriberState::Active);
        app.post(&button, &[]).await;
        let again = sent(desk, relay).await.remove(0).link("Unsubscribe this address");
        assert_ne!(again, leave, "each request has its own link");
        assert_eq!(app.post(&leave, &[]).await.status, 404);
        assert_eq!(app.post(&again, &[]).await.status, 200);
        assert_eq!(state(app).await, SubscriberState::Unsubscribed);
    })
    .await;
}

#[tokio::test]
async fn staff_mark_an_address_and_take_the_mark_back() {
    each_office(async |desk, _| {
        let app = &desk.app;
        let team = app.subscribed("team@example.test").await;
        let to = format!("/staff/subscribers/{}/shared", team.id);
        let admin = app.member(Role::Admin).await;
        assert_eq!(admin.post_form(&to, &[("shared", "on")]).await.status, 303);
        let list = admin.get("/staff/subscribers").await.text();
        assert!(list.contains("Read by several people") && list.contains("Read by one person only"), "{list}");
        assert!(app.subscriber("team@example.test").await.unwrap().shared);
        let one_click = app.link("unsubscribe", Purpose::Unsubscribe, &team).await;
        app.post(&one_click, &[("List-Unsubscribe", "One-Click")]).await;
        assert_eq!(state(app).await, SubscriberState::Active);
        assert_eq!(admin.post_form(&to, &[("shared", "off")]).await.status, 303);
        app.post(&one_click, &[("List-Unsubscribe", "One-Click")]).await;
        assert_eq!(state(app).await, SubscriberState::Unsubscribed, "an ordinary address leaves in one click");
        let nobody = "/staff/subscribers/nobody000000/shared";
        assert_eq!(admin.post_form(nobody, &[("shared", "on")]).await.status, 404);
        let added = [("email", "list@example.test"), ("about", "all"), ("kinds", "incidents"), ("consented", "on"), ("shared", "on")];
        assert_eq!(admin.post_form("/staff/subscribers", &added).await.status, 303);
        assert!(app.subscriber("list@example.test").await.unwrap().shared);
        let viewer = app.member(Role::Responder).await;
        assert_eq!(viewer.post_form(&to, &[("shared", "on")]).await.status, 403);
        let audit = desk.audit(50).await.join("\n");
        assert!(audit.contains("subscriber.share") && audit.contains("subscriber.unshare") && !audit.contains("team@"), "{audit}");
    })
    .await;
}

#[tokio::test]
async fn without_a_relay_and_before_it_is_confirmed_a_shared_address_leaves_at_once() {
    let app = TestApp::plain().await;
    let page = app.page().await.id;
    let system = server::actions::Actor::system();
    let act = server::actions::Act { db: &app.db, actor: &system, now: app.hand.now(), undo: TimeDelta::zero() };
    let email = "team@example.test".to_owned();
    let input = server::actions::subscribers::AddInput { email, skip_confirmation: true, shared: true, ..Default::default() };
    server::actions::subscribers::add(&act, &page, &input).await.unwrap();
    app.look().await;
    let team = app.subscriber("team@example.test").await.unwrap();
    let one_click = app.link("unsubscribe", Purpose::Unsubscribe, &team).await;
    assert!(app.post(&one_click, &[]).await.text().contains("You are unsubscribed"), "no mail could ask");
    assert_eq!(state(&app).await, SubscriberState::Unsubscribed);
    app.end().await;

    let app = mailing_app(&[]).await;
    app.subscribe("team@example.test").await;
    let team = app.subscriber("team@example.test").await.unwrap();
    app.post(&managed(&app, &team).await, &CHOICES).await;
    assert!(app.subscriber("team@example.test").await.unwrap().shared);
    app.post(&app.link("unsubscribe", Purpose::Unsubscribe, &team).await, &[]).await;
    assert_eq!(state(&app).await, SubscriberState::Unsubscribed, "nobody has confirmed that they want anything");
    let forged = format!("/leave/{}", "x".repeat(34));
    assert_eq!((app.get(&forged).await.status, app.post(&forged, &[]).await.status), (404, 404));
    app.end().await;
}
