//! The history by address: one spelling each, and the page with a sentence for what cannot be meant.

use std::sync::Arc;

use app::PublicPage;
use app::pages::history::Query;
use scraper::{Html, Selector};
use server::snapshot::asked::Asked;

use crate::support::Engine;
use crate::support::app::TestApp;

async fn imported() -> TestApp {
    let app = TestApp::plain().await;
    app.import_history().await;
    app
}

#[tokio::test]
async fn a_form_with_empty_fields_leads_to_the_clean_address() {
    let app = imported().await;
    for (sent, clean) in [
        ("/history?component=&impact=&kind=", "/history"),
        ("/history?month=2021-11&component=&impact=major&kind=", "/history?month=2021-11&impact=major"),
        ("/history?kind=incident&impact=minor", "/history?impact=minor&kind=incident"),
        ("/history?kind=incident&kind=maintenance", "/history?kind=incident"),
        ("/de/history?month=&kind=incident", "/de/history?kind=incident"),
        ("/uptime?year=", "/uptime"),
        ("/uptime?year=2026&year=2025", "/uptime?year=2026"),
        ("/de/uptime?x=1&year=%32026", "/de/uptime?year=2026"),
    ] {
        let reply = app.get(sent).await;
        assert_eq!((reply.status, reply.header("location")), (308, clean), "{sent}");
        assert_eq!(app.get(clean).await.status, 200, "{clean}");
    }
    let other = app.get("/history?utm=x&impact=minor&y").await;
    assert_eq!((other.status, other.bytes == app.get("/history?impact=minor").await.bytes), (200, true), "others are ignored");
    app.end().await;
}

/// The field of that name, and what stands beside it.
fn field(page: &Html, name: &str) -> (Option<String>, String) {
    let select = |css: &str| Selector::parse(css).unwrap();
    let field = page.select(&select(&format!("form #f-{name}"))).next().unwrap_or_else(|| panic!("no field {name}"));
    let beside = field.attr("aria-describedby").map(|id| page.select(&select(&format!("#{id}"))).next().expect("the sentence is there"));
    (field.attr("aria-invalid").map(str::to_owned), beside.map(|sentence| sentence.text().collect()).unwrap_or_default())
}

#[tokio::test]
async fn what_cannot_be_meant_is_answered_with_the_page_and_what_can() {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        app.import_history().await;
        for (query, name, word) in [
            ("month=2026-13", "month", "2026-11"),
            ("component=API", "component", "12 characters"),
            ("impact=none", "impact", "minor, major or critical"),
            ("kind=outage", "kind", "incident or maintenance"),
            ("kind=%ff", "kind", "incident or maintenance"),
            ("impact=foo&impact=major", "impact", "minor, major or critical"),
        ] {
            let reply = app.get(&format!("/history?{query}")).await;
            assert_eq!((reply.status, reply.header("cache-control"), reply.header("etag")), (400, "no-store", ""), "{query}");
            assert_eq!(reply.header("content-type"), "text/html; charset=utf-8");
            let text = reply.text();
            assert!(text.contains("<meta name=\"robots\" content=\"noindex\"") && !text.contains("rel=\"canonical\""), "{query}");
            let page = Html::parse_document(&text);
            assert!(page.select(&Selector::parse("details.filter[open]").unwrap()).next().is_some(), "{query}");
            let (invalid, sentence) = field(&page, name);
            assert!(invalid.as_deref() == Some("true") && sentence.contains(word), "{query}: {sentence}");
            let wrong = page.select(&Selector::parse("[aria-invalid]").unwrap()).count();
            assert_eq!((wrong, text.matches("November 2026").count() > 0), (1, true), "{query}: the newest month");
        }
        for nowhere in ["component=aaaaaaaaaaaa", "month=0001-01", "month=2026-12", "month=9999-12"] {
            assert_eq!(app.get(&format!("/history?{nowhere}")).await.status, 404, "{nowhere}");
        }
        app.end().await;
    }
}

#[tokio::test]
async fn what_could_be_read_is_kept_and_what_was_typed_stays_in_sight() {
    let app = imported().await;
    let component = app.view().components[0].component.id.clone();
    let text = app.get(&format!("/history?month=2021-11&component={component}&impact=foo&kind=incident")).await.text();
    assert!(text.contains("/incidents/crg6yywl20z3") || text.contains("November 2021"), "the month");
    assert!(text.contains("name=\"month\" value=\"2021-11\""));
    for kept in [format!("<option value=\"{component}\" selected"), "<option value=\"incident\" selected".to_owned()] {
        assert!(text.contains(&kept), "{kept}");
    }
    for (typed, shown) in [
        ("2026-13", "2026-13"),
        ("%22%3E%3Cscript%3Ealert(1)%3C/script%3E", "\"><script>alert(1)</script>"),
        ("%26quot%3B%00%E2%80%AEx", "&quot;x"),
        ("gr%C3%BC%C3%9Fe+%E4%BD%A0", "grüße 你"),
        (&"7".repeat(7_000), &"7".repeat(40)),
    ] {
        let reply = app.get(&format!("/history?kind=incident&month={typed}")).await;
        let page = Html::parse_document(&reply.text());
        let field = page.select(&Selector::parse("#f-month").unwrap()).next().unwrap();
        assert_eq!((reply.status, field.attr("value"), field.attr("type")), (400, Some(shown), Some("text")), "{typed}");
        assert_eq!(page.select(&Selector::parse("script:not([src])").unwrap()).filter(|s| s.inner_html().contains("alert")).count(), 0);
        assert!(!reply.text().contains('\u{e000}'));
    }
    let pressed = [("accept-encoding", "br")];
    assert_eq!(app.get_with("/history?impact=foo", &pressed).await.header("content-encoding"), "br");
    let nobody = app.get("/history?impact=foo&component=aaaaaaaaaaaa&month=1999-01").await;
    assert_eq!(nobody.bytes, app.get("/history?impact=bar").await.bytes, "what is not there is not kept");
    app.end().await;
}

#[tokio::test]
async fn a_wrong_filter_is_known_by_what_is_wrong_with_it_alone() {
    let app = imported().await;
    // With its connections closed nothing can be asked of the database.
    app.db.close().await;
    let first = app.get("/history?impact=0").await;
    assert_eq!((first.status, first.header("server-timing")), (400, ""));
    for number in 1..200 {
        let (impact, component) = (format!("/history?impact=x{number}"), format!("/history?impact=x&component=aaaaaaaaa{number:03}"));
        assert_eq!(app.get(&impact).await.bytes, first.bytes);
        assert_eq!(app.get(&component).await.bytes, first.bytes);
    }
    let kept = async |impact: &str, component: &str| {
        let sent = [("impact", impact), ("component", component)].map(|(name, value)| (name.to_owned(), value.to_owned()));
        let refused = Query::read(sent.into_iter()).unwrap_err();
        app.long_tail(Asked::Page(None, PublicPage::HistoryRefused(refused))).await
    };
    let one = kept("x", "").await;
    for (impact, component) in [("y", ""), ("x", "aaaaaaaaaaaa"), ("\u{202e}", "aaaaaaaaaaab")] {
        assert!(Arc::ptr_eq(&one, &kept(impact, component).await), "{impact} {component} is kept once more");
    }
    assert!(!Arc::ptr_eq(&one, &kept("x", "API").await));
    app.end().await;
}

#[tokio::test]
async fn a_year_that_is_none_is_answered_with_the_page() {
    let app = imported().await;
    for year in ["abc", "26", "0026", "20261", "-202"] {
        let reply = app.get(&format!("/uptime?year={year}")).await;
        let text = reply.text();
        assert_eq!((reply.status, reply.header("cache-control")), (400, "no-store"), "{year}");
        assert!(
            text.contains("class=\"flash bad\">The year must look like 2026: four digits.") && text.contains("id=\"months\""),
            "{year}"
        );
        assert!(text.contains("<meta name=\"robots\" content=\"noindex\""));
    }
    assert_eq!(app.get("/uptime?year=1999").await.status, 404);
    app.end().await;
}

#[tokio::test]
async fn while_the_page_is_not_known_the_sentence_stands_alone() {
    let app = imported().await.restart_away().await;
    for (path, word) in [("/history?month=soon", "2026-11"), ("/uptime?year=x", "four digits")] {
        let reply = app.get(path).await;
        assert_eq!((reply.status, reply.header("content-type")), (400, "text/plain; charset=utf-8"), "{path}");
        assert!(reply.text().contains(word), "{path}");
    }
    app.end().await;
}

#[tokio::test]
async fn a_filtered_history_is_not_for_search_engines_and_has_its_language() {
    let app = imported().await;
    let all = app.get("/history?month=2021-11").await.text();
    assert!(!all.contains("name=\"robots\"") && all.contains("/incidents/crg6yywl20z3"));
    let none = app.get("/history?month=2021-11&kind=maintenance").await.text();
    assert!(none.contains("<meta name=\"robots\" content=\"noindex\"") && !none.contains("/incidents/crg6yywl20z3"));
    assert!(none.contains("Nothing in this month matches the filter."));
    let german = app.get("/de/history?kind=maintenance").await.text();
    assert!(german.contains("href=\"/de/history\"") && german.contains("Nur geplante Arbeiten"));
    app.end().await;
}
