//! The page in several languages, as visitors meet it: what they are told is in the language of the address they asked.

mod addresses;

use app::language::{self, Language};
use app::words::{ActionState, Channel, PostmortemStatus, SubscriberState};
use scraper::{Html, Selector};
use server::secret::Purpose;
use server::store::{follows, subscribers};

use crate::store::sample::id;
use crate::support::app::{Reply, TestApp};
use crate::support::mailing::{each_mailing_app, mailing_app};
use crate::support::works::{hours, said, show, window, work};

const OTHERS: [&str; 2] = ["de", "ar"];

fn known(code: &str) -> &'static Language {
    language::known(code).unwrap()
}

/// A page of which something can be followed, voted for, answered and seen: `move` is ahead, `past` is over.
async fn prepared(app: &TestApp) {
    let over = said(work("past", Some(window(-4, -2))), "pastb", app::words::MaintenanceStatus::Completed, hours(-2), "It is over.");
    show(app, &[work("move", Some(window(24, 26))), over]).await;
    let items = [("cache", ActionState::Planned), ("done", ActionState::Done)];
    crate::voices::publish(app, "public", PostmortemStatus::Published, &items).await;
}

/// Whether an answer says that message in its language, and not in English.
fn assert_says(reply: &Reply, status: u16, language: &Language, key: &str, what: &str) {
    let text = reply.text();
    let plain = Html::parse_document(&text).root_element().text().collect::<String>();
    // What stands in a message is looked for elsewhere: here, that its words do.
    let said = language.with(key, [("value", "\u{fffc}".into())]);
    let words = |sentence: &str| sentence.split(['\u{fffc}', '\u{2068}', '\u{2069}']).next().unwrap().to_owned();
    assert_eq!(reply.status, status, "{what}: {text}");
    assert!(!said.is_empty() && said != key && plain.contains(&words(&said)), "{what} does not say “{said}”: {text}");
    let english = words(&known("en").with(key, [("value", "\u{fffc}".into())]));
    assert!(!plain.contains(&english), "{what} says it in English");
    if text.starts_with("<!DOCTYPE") {
        let root = format!("<html lang=\"{}\" dir=\"{}\"", language.code(), language.direction());
        assert!(text.contains(&root), "{what}: {}", text.get(..200).unwrap_or(&text));
    }
}

/// Where the links and the forms of an answer lead to on this page, but for the other languages.
fn ways(page: &str) -> Vec<String> {
    let document = Html::parse_document(page);
    let ways = Selector::parse("body a:not([hreflang]), body form").unwrap();
    let address = |element: scraper::ElementRef<'_>| element.attr("href").or(element.attr("action")).map(str::to_owned);
    document.select(&ways).filter_map(address).filter(|address| address.starts_with('/')).collect()
}

/// Whether that is a file, which has one address in all languages.
fn is_file(address: &str) -> bool {
    let name = address.rsplit('/').next().unwrap_or_default();
    address.starts_with("/api/") || address.starts_with("/files/") || name.contains('.')
}

fn assert_stays_in(code: &str, page: &str, what: &str) {
    let home = format!("/{code}");
    let ways = ways(page);
    let strays: Vec<_> = ways.iter().filter(|way| **way != home && !way.starts_with(&format!("{home}/")) && !is_file(way)).collect();
    assert!(ways.len() > 3 && strays.is_empty(), "{what} leads out of {code}: {strays:?}");
}

/// Where to, what is sent, the status and the message that comes back.
type Case = (&'static str, &'static [(&'static str, &'static str)], u16, &'static str);

const REFUSALS: &[Case] = &[
    ("/subscribe", &[("email", "anna"), ("about", "all"), ("kinds", "incidents")], 422, "wrong-address-shape"),
    ("/subscribe", &[("email", "anna@example.test"), ("about", "all")], 422, "wrong-kinds-none"),
    ("/follow-ups/cache0000000/vote", &[("email", "anna, bert")], 422, "wrong-address-not-alone"),
    ("/follow-ups/cache0000000/vote", &[("email", "a@example.test"), ("email", "b@example.test")], 422, "vote-bulk"),
    ("/follow-ups/done00000000/vote", &[("email", "anna@example.test")], 409, "vote-over"),
    ("/follow-ups/nothing00000/vote", &[("email", "anna@example.test")], 404, "lost"),
    ("/incidents/move00000000/follow", &[("email", "")], 422, "wrong-address-empty"),
    ("/incidents/past00000000/follow", &[("email", "bert@example.test")], 409, "follow-over"),
    ("/incidents/nothing00000/follow", &[("email", "anna@example.test")], 404, "lost"),
    ("/post-mortems/public000000/feedback", &[("text", "Hello")], 422, "feedback-choose"),
    ("/post-mortems/public000000/feedback", &[("helpful", "no"), ("text", "Hel\u{202e}lo")], 422, "feedback-character"),
    ("/post-mortems/nothing00000/feedback", &[("helpful", "no")], 404, "lost"),
    ("/incidents/nothing00000/seen", &[], 404, "lost"),
    ("/components/nothing00000/seen", &[], 404, "lost"),
    ("/subscription", &[("email", "anna")], 422, "wrong-address-shape"),
    ("/confirm/nobody", &[], 404, "link-title"),
    ("/leave/nobody", &[], 404, "link-title"),
    ("/incidents/move00000000/mute/nobody", &[], 404, "link-title"),
    ("/subscription/nobody", &[], 404, "link-title"),
    ("/unsubscribe/nobody", &[], 404, "link-title"),
    ("/incidents/move00000000/follow/nobody", &[], 404, "link-title"),
    ("/follow-ups/cache0000000/vote/nobody", &[], 404, "link-title"),
];

#[tokio::test]
async fn what_a_form_refuses_is_said_in_the_language_of_its_address() {
    each_mailing_app(async |app| {
        prepared(app).await;
        for code in OTHERS {
            for (path, fields, status, key) in REFUSALS {
                let path = format!("/{code}{path}");
                let reply = app.post(&path, fields).await;
                assert_says(&reply, *status, known(code), key, &format!("POST {path} {fields:?}"));
                assert_stays_in(code, &reply.text(), &path);
                assert_eq!(reply.header("cache-control"), "private, no-store", "{path}");
            }
        }
        assert_eq!(app.mails().await, 0);
    })
    .await;
}

#[tokio::test]
async fn the_button_of_a_link_that_names_nothing_or_comes_too_late_is_refused_in_its_language() {
    each_mailing_app(async |app| {
        prepared(app).await;
        let anna = app.subscribed("anna@example.test").await;
        let to = |to: &'static str, purpose| app.link(to, purpose, &anna);
        for code in OTHERS {
            for (link, field, status, key) in [
                (to("incidents/move00000000/follow", Purpose::Manage).await, "everything", 422, "follow-button"),
                (to("incidents/move00000000/mute", Purpose::Manage).await, "everything", 422, "mute-button"),
                (to("incidents/past00000000/follow", Purpose::Manage).await, "follow", 409, "follow-ended"),
                (to("follow-ups/cache0000000/vote", Purpose::Vote).await, "everything", 422, "vote-button"),
                (to("follow-ups/done00000000/vote", Purpose::Vote).await, "vote", 409, "vote-over"),
            ] {
                let reply = app.post(&format!("/{code}{link}"), &[("do", field)]).await;
                assert_says(&reply, status, known(code), key, &format!("{code} {link} {field}"));
                assert_stays_in(code, &reply.text(), &link);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_no_form_or_too_much_of_one_is_refused_in_the_language_of_the_address() {
    let app = mailing_app(&[]).await;
    prepared(&app).await;
    let kind = [("content-type", "application/x-www-form-urlencoded")];
    let many = "a=1&".repeat(5_001);
    let large = "a".repeat(65 * 1024);
    for code in OTHERS {
        for (body, status, key) in
            [("email=%FF", 400, "wrong-form-letters"), (&many, 400, "wrong-form-fields"), (&large, 413, "wrong-too-large")]
        {
            for path in
                ["/subscribe", "/incidents/move00000000/follow", "/follow-ups/cache0000000/vote", "/post-mortems/public000000/feedback"]
            {
                let path = format!("/{code}{path}");
                let reply = app.send("POST", &path, &kind, body.as_bytes().to_vec()).await;
                assert_says(&reply, status, known(code), key, &format!("{path} {key}"));
            }
        }
    }
    app.end().await;
}

#[tokio::test]
async fn what_an_address_asks_for_and_cannot_mean_is_told_in_its_language() {
    let app = TestApp::plain().await;
    show(&app, &[]).await;
    let long = format!("/{}", "a".repeat(9_000));
    for code in OTHERS {
        for (path, status, key) in [
            ("/history?month=soon", 400, "wrong-month"),
            ("/history?component=API", 400, "wrong-component-id"),
            ("/history?impact=none", 400, "wrong-impact"),
            ("/history?kind=party", 400, "wrong-kind"),
            ("/uptime?year=26", 400, "wrong-year"),
            (long.as_str(), 414, "wrong-uri"),
            ("/nothing/here", 404, "lost"),
            ("/incidents/nothing00000", 404, "lost"),
            ("/post-mortems/nothing00000/preview/1-x", 404, "preview-unknown"),
        ] {
            let reply = app.get(&format!("/{code}{path}")).await;
            assert_says(&reply, status, known(code), key, &format!("{code}{}", path.get(..20).unwrap_or(path)));
        }
        let refused = app.request("DELETE", &format!("/{code}/history"), &[]).await;
        assert_says(&refused, 405, known(code), "wrong-method", code);
    }
    app.end().await;
}

#[tokio::test]
async fn a_subscription_is_asked_for_confirmed_changed_and_left_without_leaving_its_language() {
    each_mailing_app(async |app| {
        prepared(app).await;
        for code in OTHERS {
            let (language, email) = (known(code), format!("anna@{code}.example"));
            let at = |path: &str| format!("/{code}{path}");
            let wishes = [("email", email.as_str()), ("about", "all"), ("kinds", "incidents")];
            let asked = app.post(&at("/subscribe"), &wishes).await;
            assert_says(&asked, 200, language, "subscribe-asked-hint", "asked");
            let anna = app.subscriber(&email).await.unwrap();
            let [confirm, manage, leave] =
                [("confirm", Purpose::Confirm), ("subscription", Purpose::Manage), ("unsubscribe", Purpose::Unsubscribe)]
                    .map(|(to, purpose)| app.link(to, purpose, &anna));
            let (confirm, manage, leave) = (at(&confirm.await), at(&manage.await), at(&leave.await));

            assert_says(&app.get(&manage).await, 200, language, "subscription-pending", "waiting");
            assert_says(&app.get(&confirm).await, 200, language, "confirm-button", "before the press");
            let confirmed = app.post(&confirm, &[]).await;
            assert_says(&confirmed, 200, language, "confirm-done", "confirmed");
            assert!(ways(&confirmed.text()).contains(&manage), "the way to change it is in {code}");

            let saved = app.post(&manage, &[("about", "all"), ("kinds", "maintenances")]).await;
            assert_eq!((saved.status, saved.header("location")), (303, format!("{manage}?saved").as_str()));
            assert_says(&app.get(saved.header("location")).await, 200, language, "saved", "saved");
            let page = app.post(&manage, &[("about", "chosen"), ("kinds", "incidents")]).await;
            assert_says(&page, 422, language, "wrong-components-none", "nothing chosen");
            assert_stays_in(code, &page.text(), "the subscription");

            let vote = at(&app.link("follow-ups/cache0000000/vote", Purpose::Vote, &anna).await);
            let voted = app.post(&vote, &[("do", "vote")]).await;
            assert_eq!((voted.status, voted.header("location")), (303, format!("{vote}?saved").as_str()));
            assert_says(&app.get(voted.header("location")).await, 200, language, "vote-cast", "voted");
            let follow = at(&app.link("incidents/move00000000/follow", Purpose::Manage, &anna).await);
            assert_says(&app.get(&follow).await, 200, language, "follow-question", "following");
            assert_eq!(app.post(&follow, &[("do", "follow")]).await.header("location"), format!("{manage}?saved"));
            assert_says(&app.get(&manage).await, 200, language, "follow-list", "followed");

            assert_says(&app.get(&leave).await, 200, language, "unsubscribe-button", "before leaving");
            assert_says(&app.post(&leave, &[]).await, 200, language, "unsubscribe-done", "left");
            for path in [&leave, &manage] {
                assert_says(&app.get(path).await, 200, language, "unsubscribe-done", path);
            }
            let again = app.get(&confirm).await;
            assert_says(&again, 404, language, "link-title", "the link of before");
        }
    })
    .await;
}

#[tokio::test]
async fn a_subscription_that_lapsed_or_came_back_says_so_in_each_language() {
    each_mailing_app(async |app| {
        prepared(app).await;
        app.subscribe("late@example.test").await;
        let late = app.subscriber("late@example.test").await.unwrap();
        let gone = app.subscribed("gone@example.test").await;
        let page = app.page().await.id;
        let mut tx = app.db.write().await.unwrap();
        subscribers::quarantine(&mut tx, &gone.id, "550", None, app.hand.now()).await.unwrap();
        tx.commit().await.unwrap();
        app.advance(chrono::TimeDelta::hours(25)).await;
        let lapsed = app.link("confirm", Purpose::Confirm, &late).await;
        let manage = app.link("subscription", Purpose::Manage, &gone).await;
        for code in OTHERS {
            let language = known(code);
            for reply in [app.get(&format!("/{code}{lapsed}")).await, app.post(&format!("/{code}{lapsed}"), &[]).await] {
                assert_says(&reply, 410, language, "confirm-lapsed", "lapsed");
                assert!(ways(&reply.text()).contains(&format!("/{code}{lapsed}")), "a new link is asked for in {code}");
            }
            assert_says(&app.get(&format!("/{code}{manage}")).await, 200, language, "subscription-quarantined", "came back");
        }
        let again = app.post(&format!("/de{lapsed}"), &[("again", "on")]).await;
        assert_says(&again, 200, known("de"), "confirm-sent", "a new link");
        let enough = app.post(&format!("/ar{lapsed}"), &[("again", "on")]).await;
        assert_says(&enough, 409, known("ar"), "confirm-not-sent", "one a day");
        let mut tx = app.db.read().await.unwrap();
        let state = subscribers::find(&mut tx, &page, Channel::Email, "gone@example.test").await.unwrap().unwrap().state;
        assert_eq!(state, SubscriberState::Quarantined, "looking changes nothing");
    })
    .await;
}

#[tokio::test]
async fn what_has_no_title_is_called_so_in_the_language_of_the_page() {
    each_mailing_app(async |app| {
        let nameless = app::words::Maintenance { name: " ".to_owned(), ..work("void", Some(window(24, 26))) };
        show(app, &[nameless]).await;
        let anna = app.subscribed("anna@example.test").await;
        let mut tx = app.db.write().await.unwrap();
        follows::add(&mut tx, &anna.id, &id("void"), app.hand.now()).await.unwrap();
        tx.commit().await.unwrap();
        let manage = app.link("subscription", Purpose::Manage, &anna).await;
        for path in ["/", "/incidents/void00000000", "/incidents/void00000000/follow", &manage] {
            for code in OTHERS {
                let at = if path == "/" { format!("/{code}") } else { format!("/{code}{path}") };
                assert_says(&app.get(&at).await, 200, known(code), "untitled", &at);
            }
        }
        assert!(app.get("/incidents/void00000000").await.text().contains(": Untitled - Example status</title>"));
    })
    .await;
}
