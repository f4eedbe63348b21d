//! The history by address: one spelling each, and a sentence for what cannot be meant.

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

#[tokio::test]
async fn what_cannot_be_meant_is_answered_with_what_can() {
    let app = imported().await;
    for (query, word) in [
        ("month=2026-13", "2026-11"),
        ("component=API", "12 characters"),
        ("impact=none", "minor, major or critical"),
        ("kind=outage", "incident or maintenance"),
        ("kind=%ff", "incident or maintenance"),
    ] {
        let reply = app.get(&format!("/history?{query}")).await;
        assert_eq!((reply.status, reply.text().contains(word)), (400, true), "{query}: {}", reply.text());
    }
    for nowhere in ["component=aaaaaaaaaaaa", "month=0001-01", "month=2026-12", "month=9999-12"] {
        assert_eq!(app.get(&format!("/history?{nowhere}")).await.status, 404, "{nowhere}");
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
