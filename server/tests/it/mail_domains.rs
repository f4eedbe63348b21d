//! What name servers say about the domain of whoever signs up.

use std::time::{Duration, Instant};

use app::words::SubscriberState;
use server::actions::incidents;
use server::channels::dns::Dns;
use server::secret::Purpose;

use crate::incidents::{Desk, opening};
use crate::support::app::TestApp;
use crate::support::dns::{DnsServer, Kind, Say};
use crate::support::mailing::mailing_app;

/// A name server with a domain of every sort.
fn world() -> DnsServer {
    DnsServer::scripted(|name, kind| match (name, kind) {
        ("mx.example.test", Kind::Mx) => Say::Mx(vec![(10, "mail.example.test"), (20, "other.example.test")]),
        ("null.example.test", Kind::Mx) => Say::Mx(vec![(0, "")]),
        ("half.example.test", Kind::Mx) => Say::Mx(vec![(0, ""), (10, "mail.example.test")]),
        ("plain.example.test", Kind::A) => Say::A(vec![[192, 0, 2, 1]]),
        ("plain.example.test" | "bare.example.test" | "six.example.test", Kind::Mx | Kind::A | Kind::Aaaa) => Say::Nothing,
        ("broken.example.test", _) => Say::Failure,
        ("silent.example.test", _) => Say::Silence,
        _ => Say::NoName,
    })
}

#[tokio::test]
async fn only_a_domain_that_says_so_takes_no_mail() {
    let world = world();
    let dns = Dns::patient(&[world.address], Duration::from_millis(500));
    for (domain, refused) in [
        ("mx.example.test", false),
        ("null.example.test", true),
        ("half.example.test", false),
        ("plain.example.test", false),
        ("bare.example.test", false),
        ("broken.example.test", false),
        ("silent.example.test", false),
        ("missing.example.test", true),
        ("not a name", false),
    ] {
        assert_eq!(dns.takes_no_mail(domain).await, refused, "{domain}");
    }
    let nobody = Dns::patient(&["127.0.0.1:1".parse().unwrap()], Duration::from_millis(300));
    assert!(!nobody.takes_no_mail("mx.example.test").await, "a server that is away says nothing");
}

async fn app(world: &DnsServer) -> TestApp {
    let servers = world.address.to_string();
    mailing_app(&[("ALLCLEAR_DNS_SERVERS", servers.as_str())]).await
}

#[tokio::test]
async fn who_mistypes_their_domain_is_told_so_beside_the_field_and_nothing_is_written() {
    let world = world();
    let app = app(&world).await;
    for domain in ["missing.example.test", "null.example.test"] {
        let answer = app.subscribe(&format!("anna@{domain}")).await;
        let text = answer.text();
        assert_eq!(answer.status, 422, "{text}");
        assert!(text.contains(&format!("This domain takes no mail: {domain}. Check the spelling.")), "{text}");
        let document = scraper::Html::parse_document(&text);
        let field = document.select(&scraper::Selector::parse("input[name=email]").unwrap()).next().unwrap();
        assert_eq!((field.attr("aria-invalid"), field.attr("value")), (Some("true"), Some(format!("anna@{domain}").as_str())));
        assert_eq!(app.subscriber(&format!("anna@{domain}")).await, None);
    }
    let markup = app.subscribe("anna@x.<b>.example.test").await;
    assert!(markup.status == 422 && !markup.text().contains("<b>.example"));
    assert_eq!(app.mails().await, 0);
    for domain in ["mx", "half", "plain", "bare", "broken"] {
        assert_eq!(app.subscribe(&format!("anna@{domain}.example.test")).await.status, 200, "{domain}");
    }
    assert_eq!(app.mails().await, 5);
    app.end().await;
}

#[tokio::test]
async fn servers_that_are_silent_keep_nobody_for_more_than_three_seconds_and_turn_nobody_away() {
    let world = world();
    let app = app(&world).await;
    let begun = Instant::now();
    assert_eq!(app.subscribe("anna@silent.example.test").await.status, 200);
    let took = begun.elapsed();
    assert!(took < Duration::from_millis(3_900), "{took:?}");
    assert_eq!(app.mails().await, 1);
    app.end().await;
}

#[tokio::test]
async fn the_question_is_the_same_for_whoever_is_known_and_whoever_is_not() {
    // Each state has a domain of its own, so that no answer was heard before.
    let world = DnsServer::scripted(|_, _| Say::Mx(vec![(10, "mail.example.test")]));
    let app = app(&world).await;
    app.subscribed("anna@active.test").await;
    let left = app.subscribed("anna@left.test").await;
    app.post(&app.link("unsubscribe", Purpose::Unsubscribe, &left).await, &[]).await;
    app.subscribe("anna@pending.test").await;
    assert_eq!(app.subscriber("anna@active.test").await.unwrap().state, SubscriberState::Active);
    // A service that has heard nothing yet asks once for each, before it looks into its record.
    let app = app.restart().await;
    let before = world.asked().len();
    for who in ["active", "left", "pending", "new"] {
        assert_eq!(app.subscribe(&format!("anna@{who}.test")).await.status, 200);
    }
    let asked: Vec<_> = world.asked().split_off(before);
    assert_eq!(asked, ["active.test", "left.test", "pending.test", "new.test"].map(|name| (name.to_owned(), Kind::Mx)));
    for who in ["active", "left", "pending", "new"] {
        app.subscribe(&format!("bert@{who}.test")).await;
    }
    assert_eq!(world.asked().len(), before + 4, "what was heard is remembered");
    app.end().await;
}

#[tokio::test]
async fn what_cannot_be_used_or_comes_too_often_asks_no_server() {
    let world = world();
    let servers = world.address.to_string();
    let app = mailing_app(&[("ALLCLEAR_DNS_SERVERS", servers.as_str()), ("ALLCLEAR_SUBSCRIBE_RATE", "1")]).await;
    for email in ["anna", "anna@localhost", "postmaster@mx.example.test", "a@b@mx.example.test"] {
        assert_eq!(app.subscribe(email).await.status, 422);
    }
    let fields = [("email", "anna@mx.example.test"), ("about", "all"), ("kinds", "incidents"), ("website", "http://spam.test")];
    assert_eq!(app.post("/subscribe", &fields).await.status, 200);
    let fields = [("email", "anna@mx.example.test"), ("about", "all"), ("kinds", "gossip")];
    assert_eq!(app.post("/subscribe", &fields).await.status, 422);
    assert_eq!(world.asked(), []);
    assert_eq!(app.subscribe("anna@missing.example.test").await.status, 422);
    assert_eq!(world.asked().len(), 1, "{:?}", world.asked());
    assert_eq!(app.subscribe("anna@other.example.test").await.status, 429, "whoever mistypes without end is stopped as well");
    assert_eq!(world.asked().len(), 1);
    app.end().await;
}

#[tokio::test]
async fn whoever_follows_one_incident_is_asked_for_the_same() {
    let world = world();
    let desk = Desk::of(app(&world).await).await;
    let outage = incidents::create(&desk.act(), &opening(&[]), true).await.unwrap().id;
    desk.wait(60).await;
    let ask = async |email: &str| desk.app.post(&format!("/incidents/{outage}/follow"), &[("email", email), ("website", "")]).await;
    let refused = ask("anna@null.example.test").await;
    assert!(refused.status == 422 && refused.text().contains("This domain takes no mail: null.example.test."), "{}", refused.text());
    assert_eq!(desk.app.subscriber("anna@null.example.test").await, None);
    assert_eq!(ask("anna@mx.example.test").await.status, 200);
}
