//! Feeds in every form, of the page and of one thing, and badges: read by parsers that know nothing of us.

use app::view::PublicView;
use app::words::{ComponentStatus, Id, MaintenanceStatus};
use atom_syndication::Feed;
use chrono::DateTime;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use roxmltree::{Document, Node};
use server::snapshot::asked::{About, Badge, File, Format};

use crate::support::Engine;
use crate::support::app::TestApp;
use crate::support::works::{hours, moved, said, show, window, work};

/// The text of an element's child of that name.
fn of<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.children().find(|child| child.has_tag_name(name)).map(|child| child.text().unwrap_or_default())
}

fn items<'a>(document: &'a Document) -> Vec<Node<'a, 'a>> {
    document.descendants().filter(|node| node.has_tag_name("item")).collect()
}

#[tokio::test]
async fn rss_says_what_atom_says_as_the_field_writes_it() {
    let app = TestApp::plain().await;
    let off = said(work("off", Some(window(30, 31))), "offb", MaintenanceStatus::Cancelled, hours(-1), "Not <b>needed</b> & gone.");
    show(&app, &[work("dated", Some(window(48, 50))), work("undated", None), off]).await;
    let reply = app.get("/history.rss").await;
    assert_eq!((reply.status, reply.header("content-type")), (200, "application/rss+xml; charset=utf-8"));
    let text = reply.text();
    let document = Document::parse(&text).expect("well-formed");
    let channel = document.root_element().first_element_child().expect("a channel");
    assert_eq!(of(channel, "title"), Some("Example Status - Incident History"));
    assert_eq!((of(channel, "link"), of(channel, "description")), (Some("https://status.example.test"), Some("Statuspage")));
    let atom = Feed::read_from(app.get("/history.atom").await.bytes.as_slice()).expect("a feed");
    let items = items(&document);
    assert_eq!(items.len(), atom.entries.len());
    for (item, entry) in items.iter().zip(&atom.entries) {
        assert_eq!(of(*item, "title"), Some(entry.title.as_str()));
        assert_eq!(of(*item, "description"), entry.content.as_ref().and_then(|content| content.value.as_deref()));
        assert_eq!(of(*item, "link"), Some(entry.links[0].href.as_str()));
        assert_eq!(of(*item, "guid"), of(*item, "link"));
        let date = of(*item, "pubDate").unwrap();
        let offset = if date.contains("Aug") { "+0200" } else { "+0100" };
        assert!(date.ends_with(offset), "in the page's offset: {date}");
        assert_eq!(Some(DateTime::parse_from_rfc2822(date).unwrap()), entry.published);
    }
    let ends: Vec<_> =
        items.iter().map(|item| (of(*item, "pubDate"), of(*item, "maintenanceEndDate"))).filter(|(_, end)| end.is_some()).collect();
    assert_eq!(ends, [(Some("Wed, 25 Nov 2026 11:00:00 +0100"), Some("Wed, 25 Nov 2026 13:00:00 +0100"))]);
    app.end().await;
}

#[tokio::test]
async fn a_component_has_the_feeds_of_what_concerns_it() {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        let mut everyone = work("everyone", Some(window(30, 31)));
        everyone.components.clear();
        show(&app, &[work("one", Some(window(24, 25))), everyone]).await;
        let told = async |path: &str| {
            let text = app.get(path).await.text();
            let document = Document::parse(&text).expect("well-formed");
            let ids = document.descendants().filter(|node| node.tag_name().name() == "id" || node.has_tag_name("guid"));
            ids.filter_map(|node| node.text()?.rsplit('/').next().map(|id| id[..3].to_owned())).filter(|id| id != "his").collect::<Vec<_>>()
        };
        for form in ["atom", "rss"] {
            assert_eq!(told(&format!("/history.{form}")).await, ["eve", "one"]);
            assert_eq!(told(&format!("/components/api000000000/history.{form}")).await, ["eve", "one"]);
            assert_eq!(told(&format!("/components/web000000000/history.{form}")).await, ["eve"], "what names no component concerns all");
            let path = format!("/components/api000000000/history.{form}");
            let tag = app.get(&path).await.header("etag").to_owned();
            assert_eq!(app.get_with(&path, &[("if-none-match", &tag)]).await.status, 304, "{path}");
            for nowhere in ["/components/none00000000", "/components/API", "/incidents/none00000000", "/post-mortems/none00000000", "/de"] {
                assert_eq!(app.get(&format!("{nowhere}/history.{form}")).await.status, 404, "{nowhere}");
            }
        }
        app.end().await;
    }
}

#[tokio::test]
async fn one_thing_has_a_feed_of_its_messages_and_a_calendar() {
    let app = TestApp::plain().await;
    let one = moved(work("one", Some(window(24, 25))), "moved", window(48, 49), hours(-3), "The supplier is late.");
    show(&app, &[said(one, "more", MaintenanceStatus::Scheduled, hours(-2), "Nothing new.")]).await;
    let feed = Feed::read_from(app.get("/incidents/one000000000/history.atom").await.bytes.as_slice()).expect("a feed");
    let titles: Vec<_> = feed.entries.iter().map(|entry| entry.title.as_str()).collect();
    assert_eq!(titles, ["Update: Database migration", "Moved: Database migration", "Announced: Database migration"]);
    let page = Feed::read_from(app.get("/history.atom").await.bytes.as_slice()).expect("a feed");
    assert!(page.entries.iter().any(|entry| entry.id == feed.entries[1].id), "an event is the same one everywhere");
    let calendar = app.get("/incidents/one000000000/history.ics").await.text();
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 1);
    assert!(calendar.contains("DTSTART:20261125T100000Z\r\n") && calendar.contains("SEQUENCE:2\r\n"), "{calendar}");
    app.end().await;

    let app = TestApp::plain().await;
    app.import_history().await;
    let feed = Feed::read_from(app.get("/incidents/crg6yywl20z3/history.atom").await.bytes.as_slice()).expect("a feed");
    let page = app.get("/incidents/crg6yywl20z3").await.text();
    assert!(feed.entries.len() > 1);
    for entry in &feed.entries {
        let anchor = entry.links[0].href.split_once('#').expect("an anchor").1;
        assert!(page.contains(&format!("id=\"{anchor}\"")) || page.contains("id=\"postmortem\""), "{anchor} leads somewhere");
    }
    let head = scraper::Html::parse_document(&page);
    for (kind, name) in [("application/atom+xml", "atom"), ("application/rss+xml", "rss"), ("text/calendar", "ics")] {
        let link = format!("link[rel=alternate][type='{kind}'][href='/incidents/crg6yywl20z3/history.{name}']");
        assert!(head.select(&scraper::Selector::parse(&link).unwrap()).next().is_some(), "{link}");
    }
    let calendar = app.get("/incidents/crg6yywl20z3/history.ics").await.text();
    assert!(calendar.contains("CATEGORIES:INCIDENT\r\n") && calendar.contains("DTEND:"), "{calendar}");
    app.end().await;
}

#[tokio::test]
async fn any_text_gives_feeds_and_badges_that_a_strict_parser_reads_back() {
    let app = TestApp::plain().await;
    app.import_history().await;
    let base = PublicView::clone(&app.view());
    let (incident, component) = (base.incidents[0].id.clone(), base.components[0].component.id.clone());
    let text = "(\\PC|[\\x00-\\x1f\\x7f-\\x{9f}]|[\\x{200e}\\x{202e}\\x{2066}\\x{fffe}\\x{ffff}]|\\]\\]>|&#8;|<!--|<[a-z]+>|é|你|👩‍🚀){0,40}";
    let outcome = TestRunner::new(Config { failure_persistence: None, ..Config::default() }).run(&(text, text), |(title, body)| {
        let mut view = base.clone();
        view.page.name.clone_from(&title);
        view.components[0].component.name.clone_from(&title);
        let mut changed = app::words::Incident::clone(&view.incidents[0]);
        changed.name.clone_from(&title);
        changed.updates.truncate(1);
        changed.updates[0].body_html = app::markdown::to_html(&body);
        let html = changed.updates[0].body_html.clone();
        let told = std::sync::Arc::new(changed);
        view.incidents = std::sync::Arc::new(vec![told.clone()]);
        view.ended = std::sync::Arc::new(if told.status.is_over() { vec![told] } else { Vec::new() });
        let shown = app::markdown::visible(&title);
        for about in [About::Page, About::Component(component.clone()), About::Incident(incident.clone())] {
            for format in [Format::Atom, Format::Rss] {
                let file = File::History(about.clone(), format);
                let text = String::from_utf8(file.bytes(&view).unwrap().expect("it is known")).unwrap();
                let document = Document::parse(&text).map_err(|error| TestCaseError::fail(format!("{error}: {text}")))?;
                let texts: Vec<_> = document.descendants().filter(Node::is_element).filter_map(|node| node.text()).collect();
                prop_assert!(shown.is_empty() || texts.iter().any(|text| text.contains(shown.as_str())), "{:?} in {}", shown, text);
                if about != About::Component(component.clone()) {
                    let rest = html.strip_prefix("<p>").unwrap_or(&html);
                    prop_assert!(texts.iter().any(|text| text.contains(rest)) || rest.is_empty(), "{:?} in {}", html, text);
                }
            }
        }
        for component in [None, Some(component.clone())] {
            let svg = String::from_utf8(File::Badge(component.clone(), Badge::Svg).bytes(&view).unwrap().expect("it is known")).unwrap();
            let document = Document::parse(&svg).map_err(|error| TestCaseError::fail(format!("{error}: {svg}")))?;
            let root = document.root_element();
            prop_assert_eq!(root.attribute("aria-label"), of(root, "title"));
            let json = File::Badge(component, Badge::Json).bytes(&view).unwrap().expect("it is known");
            let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
            prop_assert!(json["label"].as_str().is_some_and(|label| !label.is_empty()));
        }
        Ok(())
    });
    app.end().await;
    outcome.unwrap();
}

#[tokio::test]
async fn a_badge_says_how_the_page_and_its_components_are() {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        show(&app, &[work("now", Some(window(-1, 1)))]).await;
        for (path, label, message, colour) in [
            ("/badge", "status", "maintenance", "blue"),
            ("/components/api000000000/badge", "api", "under maintenance", "blue"),
            ("/components/web000000000/badge", "web", "operational", "brightgreen"),
        ] {
            let json = app.get(&format!("{path}.json")).await;
            assert_eq!(json.json(), serde_json::json!({ "schemaVersion": 1, "label": label, "message": message, "color": colour }));
            let svg = app.get(&format!("{path}.svg")).await;
            assert_eq!(svg.header("content-type"), "image/svg+xml; charset=utf-8");
            for reply in [&svg, &json] {
                assert!(reply.header("cache-control").starts_with("public, max-age=60,"), "{}", reply.header("cache-control"));
                assert_eq!((reply.header("x-content-type-options"), reply.header("access-control-allow-origin")), ("nosniff", "*"));
            }
            let text = svg.text();
            let document = Document::parse(&text).expect("well-formed");
            let root = document.root_element();
            let whole = format!("{label}: {message}");
            assert_eq!((root.attribute("role"), root.attribute("height")), (Some("img"), Some("20")));
            assert_eq!((root.attribute("aria-label"), of(root, "title")), (Some(whole.as_str()), Some(whole.as_str())));
            assert_eq!(document.descendants().filter(|node| node.attribute("textLength").is_some()).count(), 2);
            let again = app.get_with(&format!("{path}.svg"), &[("if-none-match", svg.header("etag"))]).await;
            assert_eq!((again.status, again.header("cache-control")), (304, svg.header("cache-control")));
        }
        for path in ["/components/none00000000/badge.svg", "/components/none00000000/badge.json", "/incidents/now000000000/badge.svg"] {
            assert_eq!(app.get(path).await.status, 404, "{path}");
        }
        app.end().await;
    }
}

#[tokio::test]
async fn a_badge_does_not_call_silence_operational() {
    let app = TestApp::plain().await;
    show(&app, &[]).await;
    let mut view = PublicView::clone(&app.view());
    let said = |view: &PublicView, id: Option<&str>| {
        let id = id.map(|id| Id::parse(id).unwrap());
        let json: serde_json::Value = serde_json::from_slice(&File::Badge(id, Badge::Json).bytes(view).unwrap().unwrap()).unwrap();
        (json["message"].as_str().unwrap().to_owned(), json["color"].as_str().unwrap().to_owned())
    };
    let silent = ("not measured".to_owned(), "lightgrey".to_owned());
    view.components[0].no_recent_data = true;
    assert_eq!(said(&view, Some("api000000000")), silent);
    assert_eq!(said(&view, None).0, "operational", "others are heard of");
    view.components[1].no_recent_data = true;
    assert_eq!(said(&view, None), silent);
    view.components[0].status = ComponentStatus::MajorOutage;
    assert_eq!(said(&view, Some("api000000000")).0, "major outage", "what somebody said stands");
    app.end().await;
}
