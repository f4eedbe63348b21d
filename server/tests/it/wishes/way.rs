//! "Mail me my link": the way to a subscription for who has lost it.

use chrono::TimeDelta;
use server::secret::Purpose;

use super::{each_office, managed, sent};
use crate::support::app::{Reply, TestApp};
use crate::support::mailing::{each_mailing_app, mailing_app};

async fn ask(app: &TestApp, email: &str) -> Reply {
    app.post("/subscription", &[("email", email), ("website", "")]).await
}

#[tokio::test]
async fn a_subscriber_gets_the_link_and_it_leads_to_all_they_chose() {
    each_office(async |desk, relay| {
        let app = &desk.app;
        app.look().await;
        for page in ["/subscribe", "/subscription"] {
            let form = app.get(page).await.text();
            assert!(form.contains("action=\"/subscription\"") && form.contains("Mail me my link"), "{form}");
        }
        assert!(app.get("/").await.text().contains("<a href=\"/subscription\">Mail me my link</a>"));
        let anna = app.subscribed("anna@example.test").await;
        sent(desk, relay).await;
        assert_eq!(ask(app, "ANNA@example.test").await.status, 200);
        let mails = sent(desk, relay).await;
        assert_eq!((mails.len(), mails[0].to.as_str()), (1, "anna@example.test"));
        let link = mails[0].link("See your subscription");
        assert_eq!(link, managed(app, &anna).await);
        assert!(app.get(&link).await.text().contains("a***@example.test"));
        assert_eq!(mails[0].header("List-Unsubscribe"), "", "it is a mail to one person");
    })
    .await;
}

#[tokio::test]
async fn who_asks_cannot_tell_which_addresses_are_subscribed() {
    each_mailing_app(async |app| {
        app.subscribed("active@example.test").await;
        let left = app.subscribed("left@example.test").await;
        app.post(&app.link("unsubscribe", Purpose::Unsubscribe, &left).await, &[]).await;
        app.subscribe("pending@example.test").await;
        let before = app.mails().await;
        let mut answers = Vec::new();
        for who in ["active", "left", "pending", "nobody"] {
            let email = format!("{who}@example.test");
            let answer = ask(app, &email).await;
            let names: Vec<_> = answer.headers.keys().map(ToString::to_string).collect();
            answers.push((answer.status, answer.text().replace(&email, "ADDRESS"), names));
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]) && answers[0].0 == 200, "{answers:?}");
        assert_eq!(app.mails().await - before, 1, "only who is subscribed is mailed");
    })
    .await;
}

#[tokio::test]
async fn an_address_gets_three_such_mails_a_day_whoever_asks() {
    each_mailing_app(async |app| {
        app.subscribed("anna@example.test").await;
        let before = app.mails().await;
        let mut answers = Vec::new();
        for _ in 0..4 {
            answers.push(ask(app, "anna@example.test").await.status);
        }
        assert_eq!(answers, [200, 200, 200, 429]);
        assert_eq!(app.mails().await - before, 3);
        assert_eq!(ask(app, "bert@example.test").await.status, 200, "it is counted for each address");
        app.hand.advance(TimeDelta::hours(25));
        assert_eq!(ask(app, "anna@example.test").await.status, 200);
        assert_eq!(app.mails().await - before, 4);
    })
    .await;
}

#[tokio::test]
async fn the_limit_of_mails_holds_also_where_requests_are_not_limited() {
    let app = mailing_app(&[("ALLCLEAR_SUBSCRIBE_RATE", "0")]).await;
    app.subscribed("anna@example.test").await;
    let before = app.mails().await;
    for _ in 0..5 {
        assert_eq!(ask(&app, "anna@example.test").await.status, 200);
    }
    assert_eq!(app.mails().await - before, 3);
    app.end().await;
}

#[tokio::test]
async fn what_is_no_address_is_refused_in_the_readers_language_and_programs_are_told_what_everybody_is_told() {
    let app = mailing_app(&[]).await;
    app.look().await;
    let refused = ask(&app, "nobody.example.test").await;
    assert!(refused.status == 422 && refused.text().contains("This is not an e-mail address"), "{}", refused.text());
    assert!(refused.text().contains("value=\"nobody.example.test\""), "the text is kept");
    let german = app.post("/de/subscription", &[("email", "")]).await;
    assert!(german.status == 422 && german.text().contains("Schon angemeldet?"), "{}", german.text());
    let anna = app.subscribed("anna@example.test").await;
    let before = app.mails().await;
    let program = app.post("/subscription", &[("email", "anna@example.test"), ("website", "x")]).await;
    assert_eq!((program.status, app.mails().await - before), (200, 0));
    assert_eq!(anna.token_epoch, 0);
    app.end().await;
    let silent = TestApp::plain().await;
    silent.look().await;
    assert_eq!(silent.post("/subscription", &[("email", "anna@example.test")]).await.status, 404);
    let page = silent.get("/subscription").await;
    assert!(page.status == 200 && page.text().contains("This page sends no mail."), "{}", page.text());
    silent.end().await;
}
