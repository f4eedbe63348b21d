//! To hear by mail of one incident or planned work only: asked for, confirmed, told, and stopped.

use app::words::{Id, IncidentStatus, Subscriber, SubscriberState};
use server::actions::incidents;
use server::secret::Purpose;
use server::store::follows;

use crate::incidents::{Desk, opening, saying};
use crate::support::Engine;
use crate::support::app::{Reply, TestApp};
use crate::support::mailing::{each_mailing_app, mailing_app};
use crate::support::smtp::SmtpServer;
use crate::support::works::{hours, show, window, work};

async fn ask(app: &TestApp, object: &Id, email: &str) -> Reply {
    app.post(&format!("/incidents/{object}/follow"), &[("email", email), ("website", "")]).await
}

async fn followed(app: &TestApp, email: &str) -> Vec<Id> {
    let subscriber = app.subscriber(email).await.unwrap();
    follows::of_subscriber(&mut app.db.read().await.unwrap(), &subscriber.id).await.unwrap()
}

async fn link(app: &TestApp, object: &Id, subscriber: &Subscriber) -> String {
    app.link(&format!("incidents/{object}/follow"), Purpose::Manage, subscriber).await
}

async fn confirm(app: &TestApp, email: &str) -> Subscriber {
    let asked = app.subscriber(email).await.unwrap();
    let link = app.link("confirm", Purpose::Confirm, &asked).await;
    assert_eq!(app.post(&link, &[]).await.status, 200);
    app.subscriber(email).await.unwrap()
}

#[tokio::test]
async fn whoever_follows_one_incident_hears_of_that_one_only() {
    for engine in Engine::ALL {
        let relay = SmtpServer::good().await;
        let url = relay.url();
        let settings = [("ALLCLEAR_SMTP_URL", url.as_str()), ("ALLCLEAR_MAIL_FROM", "status@example.test"), ("ALLCLEAR_SMTP_RATE", "0")];
        let desk = Desk::of(TestApp::with(engine, &settings).await).await;
        let app = &desk.app;
        let outage = incidents::create(&desk.act(), &opening(&[]), true).await.unwrap().id;
        desk.wait(60).await;
        let page = app.get(&format!("/incidents/{outage}")).await.text();
        assert!(page.contains(&format!("href=\"/incidents/{outage}/follow\"")), "{page}");
        assert!(app.get(&format!("/incidents/{outage}/follow")).await.text().contains("Requests fail"));

        assert_eq!(ask(app, &outage, "anna@example.test").await.status, 200);
        let waiting = app.subscriber("anna@example.test").await.unwrap();
        assert_eq!((waiting.state, waiting.kinds.len()), (SubscriberState::Pending, 0));
        let anna = confirm(app, "anna@example.test").await;
        assert_eq!((anna.state, followed(app, "anna@example.test").await), (SubscriberState::Active, vec![outage.clone()]));
        app.send_mails().await;
        let before = relay.mails().len();

        let other = incidents::create(&desk.act(), &opening(&[]), true).await.unwrap().id;
        let update = saying(IncidentStatus::Identified, &[]);
        incidents::post_update(&desk.act(), &outage, &update, None).await.unwrap();
        desk.wait(60).await;
        app.send_mails().await;
        let mails = relay.mails();
        assert_eq!(mails.len() - before, 1, "of the one she follows, not of the other");
        assert!(mails[before].raw.contains(outage.as_str()) && !mails[before].raw.contains(other.as_str()));

        let stop = app.post(&link(app, &outage, &anna).await, &[("do", "stop")]).await;
        assert_eq!(stop.status, 303);
        incidents::post_update(&desk.act(), &outage, &update, None).await.unwrap();
        desk.wait(60).await;
        app.send_mails().await;
        assert_eq!(relay.mails().len(), mails.len(), "she stopped");
        desk.app.end().await;
    }
}

#[tokio::test]
async fn a_subscriber_adds_what_they_follow_by_the_link_in_a_mail() {
    each_mailing_app(async |app| {
        show(app, &[work("move", Some(window(24, 26)))]).await;
        let object = crate::store::sample::id("move");
        let bert = app.subscribed("bert@example.test").await;
        let before = app.mails().await;
        let known = ask(app, &object, "bert@example.test").await;
        let new = ask(app, &object, "newcomer@example.test").await;
        let neutral = |reply: Reply, email: &str| (reply.status, reply.text().replace(email, "ADDRESS"));
        assert_eq!(neutral(known, "bert@example.test"), neutral(new, "newcomer@example.test"), "nobody can tell who is known");
        assert_eq!(app.mails().await - before, 2);
        let link = link(app, &object, &bert).await;
        assert!(app.get(&link).await.text().contains("Database migration"));
        assert_eq!(followed(app, "bert@example.test").await, [], "looking changes nothing");

        let done = app.post(&link, &[("do", "follow")]).await;
        let manage = app.link("subscription", Purpose::Manage, &bert).await;
        assert_eq!((done.status, done.header("location")), (303, format!("{manage}?saved").as_str()));
        assert_eq!(followed(app, "bert@example.test").await, std::slice::from_ref(&object));
        let listed = app.get(&manage).await.text();
        assert!(listed.contains("Database migration") && listed.contains(&format!("action=\"{link}\"")), "{listed}");
        assert_eq!(app.post(&link, &[("do", "both")]).await.status, 422);

        let mut pressed = 0;
        while app.post(&link, &[("do", "follow")]).await.status != 429 {
            pressed += 1;
            assert!(pressed < 1_000, "each press is written down, so there is an end to them");
        }

        let leave = app.link("unsubscribe", Purpose::Unsubscribe, &bert).await;
        app.post(&leave, &[]).await;
        assert_eq!(followed(app, "bert@example.test").await, [], "who leaves follows nothing");
        assert_eq!(app.get(&link).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn whoever_only_follows_can_choose_more_and_nothing_but_that_again() {
    each_mailing_app(async |app| {
        show(app, &[work("move", Some(window(24, 26)))]).await;
        let object = crate::store::sample::id("move");
        ask(app, &object, "cleo@example.test").await;
        let cleo = confirm(app, "cleo@example.test").await;
        let before = app.mails().await;
        app.subscribe("cleo@example.test").await;
        assert_eq!(app.mails().await - before, 1, "a way to choose more, since nobody else may");
        assert!(app.subscriber("cleo@example.test").await.unwrap().kinds.is_empty());
        let manage = app.link("subscription", Purpose::Manage, &cleo).await;
        let more = [("about", "all"), ("kinds", "incidents"), ("severity_floor", "none")];
        assert_eq!(app.post(&manage, &more).await.status, 303);
        assert_eq!(app.subscriber("cleo@example.test").await.unwrap().kinds.len(), 1);
        assert_eq!(app.post(&manage, &[("about", "all")]).await.status, 303, "nothing but what she follows");
        app.post(&link(app, &object, &cleo).await, &[("do", "stop")]).await;
        assert_eq!(app.post(&manage, &[("about", "all")]).await.status, 422, "nothing at all is no choice");
    })
    .await;
}

#[tokio::test]
async fn what_is_over_or_not_public_cannot_be_followed() {
    let app = mailing_app(&[]).await;
    let mut over = work("past", Some(window(-4, -2)));
    over.status = app::words::MaintenanceStatus::Cancelled;
    over.completed_at = Some(hours(-2));
    show(&app, &[over]).await;
    let past = crate::store::sample::id("past");
    let refused = ask(&app, &past, "anna@example.test").await;
    assert!(refused.status == 409 && refused.text().contains("It is over"), "{}", refused.text());
    assert_eq!(ask(&app, &crate::store::sample::id("nothing"), "anna@example.test").await.status, 404);
    assert_eq!(app.subscriber("anna@example.test").await, None);
    app.end().await;
}
