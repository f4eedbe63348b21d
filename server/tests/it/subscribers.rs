//! From the form to the confirmed subscription, and what a subscriber changes of it.

mod asked;

use app::words::{Channel, Impact, SubscribedKind, SubscriberState};
use chrono::TimeDelta;
use server::actions::subscribers as actions;
use server::actions::{Act, Actor};
use server::secret::Purpose;
use server::store::{components, subscribers};

use crate::store::sample::{component, id};
use crate::support::app::TestApp;
use crate::support::mailing::{each_mailing_app, mailing_app};

/// Puts two components on the page and lets readers see them.
async fn furnish(app: &TestApp) {
    let page = app.page().await.id;
    let mut tx = app.db.write().await.unwrap();
    server::store::pages::bump_revision(&mut tx, &page, app.hand.now()).await.unwrap();
    for (word, position) in [("api", 1), ("web", 2)] {
        components::upsert_component(&mut tx, &page, &component(word, position)).await.unwrap();
    }
    tx.commit().await.unwrap();
    app.look().await;
}

#[tokio::test]
async fn an_address_is_active_once_its_owner_pressed_the_button_and_not_before() {
    each_mailing_app(async |app| {
        furnish(app).await;
        let form = app.get("/subscribe").await.text();
        assert!(form.contains("<form method=\"post\" action=\"/subscribe\">") && form.contains("value=\"web000000000\""), "{form}");
        let fields = [
            ("email", " Anna@Example.test "),
            ("about", "chosen"),
            ("components", "web000000000"),
            ("kinds", "incidents"),
            ("website", ""),
        ];
        let asked = app.post("/subscribe", &fields).await;
        assert_eq!((asked.status, asked.header("cache-control")), (200, "private, no-store"));
        assert!(asked.text().contains("Look into your inbox"));
        let anna = app.subscriber("anna@example.test").await.unwrap();
        assert_eq!((anna.state, anna.address.as_str(), app.mails().await), (SubscriberState::Pending, "Anna@Example.test", 1));

        let link = app.link("confirm", Purpose::Confirm, &anna).await;
        let opened = app.get(&link).await;
        assert!(opened.status == 200 && opened.text().contains("Confirm your subscription"));
        assert_eq!((opened.header("referrer-policy"), opened.header("set-cookie")), ("same-origin", ""));
        for method in ["HEAD", "OPTIONS"] {
            app.request(method, &link, &[]).await;
        }
        assert_eq!(app.subscriber("anna@example.test").await.unwrap().state, SubscriberState::Pending, "looking changes nothing");

        assert!(app.post(&link, &[]).await.text().contains("You are subscribed"));
        let anna = app.subscriber("anna@example.test").await.unwrap();
        assert_eq!((anna.state, anna.components, anna.kinds), (SubscriberState::Active, vec![id("web")], vec![SubscribedKind::Incidents]));
        let again = app.post(&link, &[]).await;
        assert!(again.status == 200 && again.text().contains("You are subscribed"), "twice is the same as once");
        assert!(app.get(&link).await.text().contains("You are subscribed"));
    })
    .await;
}

#[tokio::test]
async fn who_asks_cannot_tell_which_addresses_are_known() {
    each_mailing_app(async |app| {
        app.subscribed("active@example.test").await;
        let left = app.subscribed("left@example.test").await;
        app.post(&app.link("unsubscribe", Purpose::Unsubscribe, &left).await, &[]).await;
        app.subscribe("pending@example.test").await;
        let (page, now) = (app.page().await.id, app.hand.now());
        let mut tx = app.db.write().await.unwrap();
        subscribers::insert(&mut tx, &page, &id("lost"), Channel::Email, "lost@example.test", now).await.unwrap();
        subscribers::confirm(&mut tx, &id("lost"), None, app.hand.now()).await.unwrap();
        subscribers::quarantine(&mut tx, &id("lost"), "550", None, app.hand.now()).await.unwrap();
        tx.commit().await.unwrap();
        let before = app.mails().await;
        let mut answers = Vec::new();
        for who in ["active", "left", "pending", "lost", "new"] {
            let email = format!("{who}@example.test");
            let asked = std::time::Instant::now();
            let answer = app.subscribe(&email).await;
            assert!(asked.elapsed() >= std::time::Duration::from_millis(200), "{who} is told as late as everybody");
            answers.push((
                answer.status,
                answer.text().replace(&email, "ADDRESS"),
                answer.headers.keys().map(ToString::to_string).collect::<Vec<_>>(),
            ));
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
        assert_eq!(app.mails().await - before, 3, "who left, who was lost and who is new are asked");
        assert_eq!(app.subscriber("active@example.test").await.unwrap().state, SubscriberState::Active);
    })
    .await;
}

#[tokio::test]
async fn a_link_that_is_too_old_offers_another_mail() {
    each_mailing_app(async |app| {
        app.subscribe("anna@example.test").await;
        let anna = app.subscriber("anna@example.test").await.unwrap();
        let link = app.link("confirm", Purpose::Confirm, &anna).await;
        let early = app.post(&link, &[("again", "1")]).await;
        assert!(early.status == 409 && early.text().contains("within the last 24 hours"));
        app.advance(TimeDelta::hours(24)).await;
        for answer in [app.get(&link).await, app.post(&link, &[]).await] {
            assert!(answer.status == 410 && answer.text().contains("Send me a new one"));
        }
        assert_eq!(app.subscriber("anna@example.test").await.unwrap().state, SubscriberState::Pending);
        assert!(app.post(&link, &[("again", "1")]).await.text().contains("A new mail is on its way"));
        assert_eq!(app.mails().await, 2);
        assert!(app.post(&link, &[]).await.text().contains("You are subscribed"), "the earlier link holds as long as the newer one");
    })
    .await;
}

#[tokio::test]
async fn a_link_is_good_for_one_purpose_one_subscriber_and_one_page() {
    let app = mailing_app(&[]).await;
    let (anna, bert) = (app.subscribed("anna@example.test").await, app.subscribed("bert@example.test").await);
    let annas = app.link("confirm", Purpose::Confirm, &anna).await;
    let annas_proof = annas.split_at("/confirm/".len() + 12).1.to_owned();
    let wrong = [
        app.link("subscription", Purpose::Confirm, &anna).await,
        app.link("subscription", Purpose::Unsubscribe, &anna).await,
        app.link("unsubscribe", Purpose::Manage, &anna).await,
        app.link("confirm", Purpose::Manage, &anna).await,
        format!("/confirm/{}{annas_proof}", bert.id),
        format!("/unsubscribe/{}{annas_proof}", id("nobody")),
        "/subscription/short".to_owned(),
        "/subscription/%00%00".to_owned(),
        format!("/subscription/{}", "ä".repeat(17)),
    ];
    // The way to other languages names the address that was asked for, and nothing else of it is told.
    let said = |text: String| text.lines().flat_map(|line| line.split("<a ")).filter(|part| !part.contains("hreflang")).collect::<String>();
    let first = said(app.get(&wrong[0]).await.text());
    for path in &wrong {
        for answer in [app.get(path).await, app.post(path, &[]).await] {
            assert_eq!((answer.status, said(answer.text())), (404, first.clone()), "{path}");
        }
    }
    assert_eq!(app.subscriber("anna@example.test").await.unwrap().state, SubscriberState::Active);
}

#[tokio::test]
async fn a_subscriber_changes_what_they_hear_of() {
    each_mailing_app(async |app| {
        furnish(app).await;
        let anna = app.subscribed("anna@example.test").await;
        let link = app.link("subscription", Purpose::Manage, &anna).await;
        let shown = app.get(&link).await.text();
        assert!(shown.contains("a***@example.test") && !shown.contains("anna@example.test"), "{shown}");
        let fields = [("about", "chosen"), ("components", "api000000000"), ("kinds", "postmortems"), ("severity_floor", "major")];
        let saved = app.post(&link, &fields).await;
        assert_eq!((saved.status, saved.header("location")), (303, format!("{link}?saved").as_str()));
        assert!(app.get(&format!("{link}?saved")).await.text().contains("Saved."));
        let anna = app.subscriber("anna@example.test").await.unwrap();
        assert_eq!((anna.components.clone(), anna.kinds.clone()), (vec![id("api")], vec![SubscribedKind::Postmortems]));
        assert_eq!(anna.severity_floor, Impact::Major);

        let wrong: [(&[(&str, &str)], &str); 5] = [
            (&[("about", "chosen"), ("kinds", "incidents")], "Choose at least one component"),
            (&[("about", "chosen"), ("components", "far000000000"), ("kinds", "incidents")], "no component far000000000 on this page"),
            (&[("about", "chosen"), ("components", "' or 1=1"), ("kinds", "incidents")], "is not offered here"),
            (&[("about", "all")], "Choose at least one kind"),
            (&[("about", "all"), ("kinds", "incidents"), ("severity_floor", "maintenance")], "least impact must be"),
        ];
        for (fields, sentence) in wrong {
            let answer = app.post(&link, fields).await;
            assert!(answer.status == 422 && answer.text().contains(sentence), "{}", answer.text());
        }
        let foreign =
            [("about", "all"), ("kinds", "incidents"), ("id", "other0000000"), ("state", "pending"), ("confirmed_at", "2020-01-01")];
        assert_eq!(app.post(&link, &foreign).await.status, 303);
        let after = app.subscriber("anna@example.test").await.unwrap();
        assert_eq!(
            (after.id, after.state, after.confirmed_at),
            (anna.id, SubscriberState::Active, anna.confirmed_at),
            "other fields set nothing"
        );
    })
    .await;
}

#[tokio::test]
async fn addresses_that_cannot_be_mailed_are_refused_beside_the_field_with_the_text_kept() {
    let app = mailing_app(&[]).await;
    let long = format!("{}@example.test", "a".repeat(250));
    let wrong = [
        ("", "Enter an e-mail address"),
        ("anna", "This is not an e-mail address"),
        ("anna@", "This is not an e-mail address"),
        ("a@b@example.test", "one address alone"),
        ("a@example.test, b@example.test", "one address alone"),
        ("Anna <a@example.test>", "one address alone"),
        ("a@example.test\r\nBcc: b@example.test", "one address alone"),
        ("a\u{0}b@example.test", "cannot be mailed to"),
        ("a\u{202e}b@example.test", "cannot be mailed to"),
        ("a b@example.test", "cannot be mailed to"),
        ("jörg@example.test", "without accents"),
        ("a@[127.0.0.1]", "full domain"),
        ("a@127.0.0.1", "full domain"),
        ("a@localhost", "full domain"),
        ("PostMaster@example.test", "Mailboxes such as postmaster@"),
        ("noreply+x@example.test", "Mailboxes such as postmaster@"),
        (long.as_str(), "too long"),
    ];
    for (email, sentence) in wrong {
        let answer = app.subscribe(email).await;
        let text = answer.text();
        assert!(answer.status == 422 && text.contains(sentence), "{email:?}: {text}");
        let document = scraper::Html::parse_document(&text);
        let field = document.select(&scraper::Selector::parse("input[name=email]").unwrap()).next().unwrap();
        assert_eq!(field.attr("aria-invalid"), Some("true"), "{email:?}");
        // Parsers of HTML take line ends and NUL out of values.
        if !email.contains(['\r', '\0']) {
            assert_eq!(field.attr("value"), Some(email), "the text is kept");
        }
    }
    let kinds = app.post("/subscribe", &[("email", "anna@example.test"), ("about", "all"), ("kinds", "gossip")]).await;
    assert!(kinds.status == 422 && kinds.text().contains("is not offered here"), "{}", kinds.text());
    assert_eq!(app.mails().await, 0);
    assert_eq!(app.subscriber("anna@example.test").await, None);
}

#[tokio::test]
async fn programs_that_fill_in_every_field_are_told_the_same_and_nobody_is_mailed() {
    let app = mailing_app(&[]).await;
    let people = app.subscribe("anna@example.test").await.text().replace("anna", "NAME");
    let fields = [("email", "bert@example.test"), ("about", "all"), ("kinds", "incidents"), ("website", "http://spam.test")];
    let programs = app.post("/subscribe", &fields).await.text().replace("bert", "NAME");
    assert_eq!(people, programs);
    assert_eq!((app.mails().await, app.subscriber("bert@example.test").await), (1, None));
}

#[tokio::test]
async fn who_asks_too_often_waits_and_who_confirms_gets_the_try_back() {
    let app = mailing_app(&[("ALLCLEAR_SUBSCRIBE_RATE", "2")]).await;
    assert_eq!(app.subscribe("not an address").await.status, 422, "what cannot be used is not counted");
    let anna = app.subscribed("anna@example.test").await;
    let mut answers = Vec::new();
    for who in ["bert", "carl", "dora", "anna"] {
        answers.push(app.subscribe(&format!("{who}@example.test")).await);
    }
    assert_eq!(answers.iter().map(|answer| answer.status).collect::<Vec<_>>(), [200, 200, 429, 429], "known addresses make no difference");
    assert!(answers[2].text().contains("too many such requests") && answers[2].header("retry-after").parse::<u32>().unwrap() > 60);
    assert_eq!(app.subscriber("dora@example.test").await, None);
    app.hand.advance(TimeDelta::minutes(31));
    assert_eq!(app.subscribe("dora@example.test").await.status, 200);
    assert_eq!(anna.state, SubscriberState::Active);
}

#[tokio::test]
async fn one_mailbox_is_asked_for_three_times_a_day_however_it_is_spelled() {
    let app = mailing_app(&[]).await;
    let mut answers = Vec::new();
    for email in ["an.na@gmail.com", "anna+1@gmail.com", "ANNA@googlemail.com", "a.n.n.a+2@gmail.com", "anna@example.test"] {
        answers.push(app.subscribe(email).await.status);
    }
    assert_eq!(answers, [200, 200, 200, 429, 200]);
}

/// The value of a hidden field, or of an attribute.
fn said<'a>(page: &'a str, before: &str) -> &'a str {
    page.split(before).nth(1).unwrap_or_else(|| panic!("no {before} in {page}")).split('"').next().unwrap()
}

#[tokio::test]
async fn beyond_the_limit_of_all_together_a_browser_works_or_a_reader_waits_and_nobody_is_turned_away() {
    let app = mailing_app(&[("ALLCLEAR_SUBSCRIBE_RATE", "1000")]).await;
    app.look().await;
    for round in 0..10 {
        let flood = (0..20).map(async |number| app.subscribe(&format!("flood{round}.{number}@example.test")).await.status);
        let answers = futures_util::future::join_all(flood).await;
        assert!(answers.iter().all(|status| *status == 200), "below it nobody is asked for anything: {answers:?}");
    }
    let asked = app.post("/subscribe", &[("email", "anna@example.test"), ("about", "all"), ("kinds", "incidents")]).await;
    let page = asked.text();
    assert_eq!((asked.status, asked.header("retry-after")), (429, "120"), "{page}");
    assert!(page.contains("name=\"email\" value=\"anna@example.test\"") && page.contains("name=\"kinds\" value=\"incidents\""), "{page}");
    assert_eq!(app.subscriber("anna@example.test").await, None);
    let challenge = said(&page, "data-challenge=\"").to_owned();
    let send = async |email: &str, challenge: &str, proof: &str| {
        let fields = [("email", email), ("about", "all"), ("kinds", "incidents"), ("challenge", challenge), ("proof", proof)];
        app.post("/subscribe", &fields).await.status
    };
    let proof = app::proof::find(&challenge, 0, 1 << 26).unwrap();
    let other = (0..).map(|n: u32| n.to_string()).find(|number| !app::proof::holds(&challenge, number)).unwrap();
    for (email, challenge, proof, why) in [
        ("bert@example.test", challenge.as_str(), proof.as_str(), "it is for one mailbox"),
        ("anna@example.test", "1795428000.AAAAAAAAAAAAAAAAAAAAAA", proof.as_str(), "it is ours"),
        ("anna@example.test", "nonsense", "", "it is one"),
        ("anna@example.test", challenge.as_str(), other.as_str(), "the work is done"),
        ("anna@example.test", challenge.as_str(), "", "nobody has waited"),
    ] {
        assert_eq!(send(email, challenge, proof).await, 429, "{why}");
    }
    assert_eq!(send("anna@example.test", &challenge, &proof).await, 200);
    assert!(app.subscriber("anna@example.test").await.is_some());
    // Without scripts.
    let page = app.subscribe("bert@example.test").await.text();
    let challenge = said(&page, "data-challenge=\"").to_owned();
    app.hand.advance(TimeDelta::seconds(119));
    // Time passed for the others as well: a few more of them come first.
    for number in 0..7 {
        app.subscribe(&format!("more{number}@example.test")).await;
    }
    assert_eq!(send("bert@example.test", &challenge, "").await, 429);
    app.hand.advance(TimeDelta::seconds(1));
    assert_eq!(send("bert@example.test", &challenge, "").await, 200);
    assert!(app.subscriber("bert@example.test").await.is_some());
    app.hand.advance(TimeDelta::minutes(29));
    assert_eq!(app.subscribe("late@example.test").await.status, 200, "an hour brings two hundred more");
}

#[tokio::test]
async fn without_a_relay_the_page_offers_feeds_and_takes_no_addresses() {
    let app = TestApp::plain().await;
    app.look().await;
    let shown = app.get("/subscribe").await;
    assert!(shown.status == 200 && shown.text().contains("This page sends no mail") && !shown.text().contains("<form method=\"post\""));
    assert!(app.get("/").await.text().contains("href=\"#updates\""));
    assert_eq!(app.subscribe("anna@example.test").await.status, 404);
    assert_eq!(app.subscriber("anna@example.test").await, None);
    let mailing = mailing_app(&[]).await;
    mailing.look().await;
    assert!(mailing.get("/").await.text().contains("href=\"/subscribe\""));
}

#[tokio::test]
async fn what_is_done_to_subscriptions_is_in_the_audit_without_any_address() {
    each_mailing_app(async |app| {
        let anna = app.subscribed("anna@example.test").await;
        app.post(&app.link("unsubscribe", Purpose::Unsubscribe, &anna).await, &[]).await;
        let system = Actor::system();
        let act = Act { db: &app.db, actor: &system, now: app.hand.now(), undo: TimeDelta::zero() };
        let page = app.page().await.id;
        let input = actions::AddInput { email: "bert@example.test".to_owned(), skip_confirmation: true, ..Default::default() };
        let bert = actions::add(&act, &page, &input).await.unwrap();
        let twice = actions::add(&act, &page, &input).await.unwrap_err().to_string();
        assert!(twice.contains("subscribed already"), "{twice}");
        let back = actions::AddInput { email: "ANNA@example.test".to_owned(), ..input.clone() };
        let refused = actions::add(&act, &page, &back).await.unwrap_err().to_string();
        assert!(refused.contains("by confirming only"), "who left is not brought back: {refused}");
        actions::remove(&act, &page, &bert.id).await.unwrap();
        assert!(matches!(actions::remove(&act, &page, &bert.id).await, Err(server::actions::ActionError::Missing(_))));
        let mut tx = app.db.read().await.unwrap();
        let entries = server::store::audit::newest(&mut tx, &page, None, 100).await.unwrap();
        let mut actions: Vec<&str> = entries.iter().map(|entry| entry.action.as_str()).filter(|a| a.starts_with("subscriber.")).collect();
        actions.sort_unstable();
        let names = ["subscriber.add", "subscriber.confirm", "subscriber.remove", "subscriber.subscribe", "subscriber.unsubscribe"];
        assert_eq!(actions, names);
        assert!(!format!("{entries:?}").contains("@example.test"));
    })
    .await;
}
