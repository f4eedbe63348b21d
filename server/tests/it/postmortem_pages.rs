//! What readers get of post-mortems, of what follows from them, and of windows that come again.

use app::words::{Id, PostmortemStatus};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use server::store::{maintenances, pages, postmortems};

use crate::support::Engine;
use crate::support::app::{TestApp, test_now};
use crate::v2::hold_the_contract;

/// Addresses of the documents that the list names, newest first.
async fn documents(app: &TestApp) -> Vec<String> {
    let list = app.get("/post-mortems").await.text();
    let mut found: Vec<String> = Vec::new();
    for rest in list.split("href=\"/post-mortems/").skip(1) {
        let address = format!("/post-mortems/{}", rest.split('"').next().unwrap());
        if !found.contains(&address) {
            found.push(address);
        }
    }
    found
}

/// The document that was revised.
async fn revised(app: &TestApp) -> String {
    for address in documents(app).await {
        if app.get(&address).await.text().contains("id=\"revisions\"") {
            return address;
        }
    }
    panic!("the demonstration has a revised one");
}

/// Changes the newest planned work and post-mortem as `change` says, and lets readers see it.
async fn change_documents(app: &TestApp, change: impl Fn(&mut app::words::Postmortem)) {
    let mut tx = app.db.write().await.unwrap();
    let page = pages::default_page(&mut tx).await.unwrap().unwrap().id;
    let revision = pages::bump_revision(&mut tx, &page, app.hand.now()).await.unwrap();
    for record in postmortems::changed_since(&mut tx, &page, -1).await.unwrap() {
        let mut postmortem = record.postmortem;
        change(&mut postmortem);
        postmortems::upsert(&mut tx, &page, &postmortem, revision).await.unwrap();
    }
    tx.commit().await.unwrap();
    app.look().await;
}

#[tokio::test]
async fn every_imported_post_mortem_is_listed_and_has_a_page_of_its_own() {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        app.import_history().await;
        let addresses = documents(&app).await;
        let wire = app.get("/api/v2/incidents.json").await.json();
        let told = wire["incidents"].as_array().unwrap().iter().filter(|row| row["status"] == "postmortem").count();
        assert_eq!(addresses.len(), told);
        for address in &addresses {
            let page = app.get(address).await;
            assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
            assert!(page.text().contains(&format!("<link rel=\"canonical\" href=\"https://status.example.test{address}\">")));
        }
        let feed = app.get("/post-mortems.atom").await;
        assert_eq!(feed.header("content-type"), "application/atom+xml; charset=utf-8");
        let feed: atom_syndication::Feed = feed.text().parse().expect("a feed");
        let links: Vec<_> = feed.entries.iter().map(|entry| entry.links[0].href.clone()).collect();
        assert_eq!(links, addresses.iter().map(|address| format!("https://status.example.test{address}")).collect::<Vec<_>>());
        assert!(feed.entries.iter().all(|entry| entry.content.as_ref().and_then(|c| c.value.as_ref()).is_some_and(|text| text.len() > 40)));
        app.end().await;
    }
}

#[tokio::test]
async fn an_empty_page_has_empty_lists_and_an_empty_feed() {
    let app = TestApp::plain().await;
    assert!(app.get("/post-mortems").await.text().contains("No post-mortem has been published yet."));
    assert!(app.get("/follow-ups").await.text().contains("Nothing has been promised yet."));
    let feed: atom_syndication::Feed = app.get("/post-mortems.atom").await.text().parse().expect("a feed");
    assert!(feed.entries.is_empty());
    app.end().await;
}

#[tokio::test]
async fn odd_addresses_of_documents_lead_nowhere() {
    let app = TestApp::demo().await;
    let document = revised(&app).await;
    for path in [
        "/post-mortems/aaaaaaaaaaaa",
        "/post-mortems/UPPERCASE123",
        "/post-mortems/",
        "/post-mortems/%00",
        "/post-mortems/..%2f..%2fetc",
        "/follow-ups/",
        &format!("{document}/"),
        &format!("{document}/revisions"),
        &format!("{document}/revisions/0"),
        &format!("{document}/revisions/-1"),
        &format!("{document}/revisions/01"),
        &format!("{document}/revisions/+1"),
        &format!("{document}/revisions/3"),
        &format!("{document}/revisions/99999999999999999999"),
        &format!("{document}/revisions/1/"),
    ] {
        let reply = app.get(path).await;
        assert_eq!(reply.status, 404, "{path}");
        assert!(!reply.bytes.is_empty(), "{path} says something");
    }
    app.end().await;
}

#[tokio::test]
async fn what_a_post_mortem_said_before_has_a_page_that_says_so() {
    let app = TestApp::demo().await;
    let document = revised(&app).await;
    let first = app.get(&format!("{document}/revisions/1")).await.text();
    assert!(first.contains("What we know about the two API outages") && first.contains("Superseded"));
    assert!(first.contains("<meta name=\"robots\" content=\"noindex\">") && first.contains(&format!("href=\"{document}\"")));
    let second = app.get(&format!("{document}/revisions/2")).await.text();
    assert!(second.contains("up to one hour late") && !app.get(&document).await.text().contains("up to one hour late"));
    app.end().await;
}

#[tokio::test]
async fn readers_who_have_a_list_or_a_document_get_304() {
    let app = TestApp::demo().await;
    for path in ["/post-mortems".to_owned(), "/follow-ups".to_owned(), "/post-mortems.atom".to_owned(), revised(&app).await] {
        let reply = app.get(&path).await;
        assert_eq!(reply.header("cache-control"), server::snapshot::document::CACHE_CONTROL, "{path}");
        let again = app.get_with(&path, &[("if-none-match", reply.header("etag"))]).await;
        assert_eq!((again.status, again.bytes.len()), (304, 0), "{path}");
    }
    app.end().await;
}

#[tokio::test]
async fn a_promise_lapses_by_time_alone_in_the_list_and_with_its_incident() {
    let app = TestApp::demo().await;
    let list = app.get("/post-mortems").await.text();
    assert!(list.contains("Promised by") && !list.contains("overdue"));
    let incident = list.split("href=\"").find(|rest| rest.starts_with("/incidents/")).and_then(|rest| rest.split('"').next()).unwrap();
    assert!(!app.get(incident).await.text().contains("overdue"));
    // Due at 17:00 UTC, three days ahead.
    app.advance(TimeDelta::days(3) + TimeDelta::hours(7)).await;
    assert!(app.get("/post-mortems").await.text().contains(", overdue."));
    assert!(app.get(incident).await.text().contains(", overdue."));
    app.end().await;
}

#[tokio::test]
async fn a_follow_up_is_overdue_when_its_day_is_over_in_the_pages_zone() {
    let app = TestApp::demo().await;
    let due = (test_now() + TimeDelta::hours(1)).date_naive();
    change_documents(&app, |postmortem| {
        for item in &mut postmortem.action_items {
            item.due_on = Some(due);
        }
    })
    .await;
    assert!(!app.get("/follow-ups").await.text().contains("Overdue"), "due today is not late");
    // Midnight in Berlin is at 23:00 UTC.
    let midnight: DateTime<Utc> = "2026-11-23T23:00:00Z".parse().unwrap();
    app.advance(midnight - TimeDelta::seconds(1) - app.hand.now()).await;
    assert!(!app.get("/follow-ups").await.text().contains("Overdue"));
    app.advance(TimeDelta::seconds(1)).await;
    assert!(app.get("/follow-ups").await.text().contains("Overdue since"));
    app.end().await;
}

#[tokio::test]
async fn nothing_of_a_draft_is_public_but_that_it_is_promised() {
    let app = TestApp::demo().await;
    let addresses = documents(&app).await;
    change_documents(&app, |postmortem| {
        postmortem.status = PostmortemStatus::Review;
        postmortem.title = "Hidden title".to_owned();
        postmortem.due_at = Some(test_now() + TimeDelta::days(1));
        postmortem.waived_because = None;
    })
    .await;
    for address in &addresses {
        assert_eq!(app.get(address).await.status, 404);
        assert_eq!(app.get(&format!("{address}/revisions/1")).await.status, 404);
    }
    for path in ["/post-mortems", "/follow-ups", "/post-mortems.atom", "/"] {
        let text = app.get(path).await.text();
        for secret in ["Hidden title", "Devices spread their requests", "41,000", "Superseded"] {
            assert!(!text.contains(secret), "{path} tells {secret}");
        }
    }
    assert!(app.get("/post-mortems").await.text().matches("Promised by").count() >= 3);
    app.end().await;
}

#[tokio::test]
async fn work_that_does_not_begin_by_itself_says_that_it_has_not_begun() {
    let app = TestApp::demo().await;
    let mut tx = app.db.write().await.unwrap();
    let page: Id = pages::default_page(&mut tx).await.unwrap().unwrap().id;
    let revision = pages::bump_revision(&mut tx, &page, app.hand.now()).await.unwrap();
    let all = maintenances::changed_since(&mut tx, &page, -1).await.unwrap();
    let mut moved = all.into_iter().map(|record| record.maintenance).find(|m| !m.moves.is_empty()).unwrap();
    moved.auto_start = false;
    maintenances::upsert(&mut tx, &page, &moved, revision).await.unwrap();
    tx.commit().await.unwrap();
    app.look().await;
    let address = format!("/incidents/{}", moved.id);
    let sentence = "Has not begun yet, although it was to begin at";
    app.advance(moved.window.unwrap().from - TimeDelta::seconds(1) - app.hand.now()).await;
    for path in ["/", &address] {
        assert!(!app.get(path).await.text().contains(sentence), "{path}");
    }
    app.advance(TimeDelta::seconds(1)).await;
    for path in ["/", &address] {
        assert!(app.get(path).await.text().contains(sentence), "{path}");
    }
    app.end().await;
}

/// Starts of the windows of the series that a document of the wire lists.
async fn listed(app: &TestApp, path: &str) -> Vec<String> {
    let document = app.get(path).await.json();
    let rows = document["scheduled_maintenances"].as_array().unwrap().iter();
    let series = rows.filter(|row| row["name"] == "New certificates for the MQTT broker" && row["status"] == "scheduled");
    series.map(|row: &Value| row["scheduled_for"].as_str().unwrap()[..10].to_owned()).collect()
}

#[tokio::test]
async fn the_wire_lists_of_a_series_the_next_window_and_those_within_thirty_days() {
    let app = TestApp::demo().await;
    let upcoming = "/api/v2/scheduled-maintenances/upcoming.json";
    let near = ["2026-11-28", "2026-12-05", "2026-12-12", "2026-12-19"];
    assert_eq!(listed(&app, upcoming).await, near);
    assert_eq!(listed(&app, "/api/v2/summary.json").await, near);
    let mut all = listed(&app, "/api/v2/scheduled-maintenances.json").await;
    all.sort();
    assert_eq!(all, near);
    hold_the_contract(&app).await;
    // 30 days before 26 December, 03:00 UTC; nobody writes.
    let comes_near: DateTime<Utc> = "2026-11-26T03:00:00Z".parse().unwrap();
    app.advance(comes_near - TimeDelta::seconds(1) - app.hand.now()).await;
    assert_eq!(listed(&app, upcoming).await, near);
    app.advance(TimeDelta::seconds(1)).await;
    assert_eq!(listed(&app, upcoming).await.last().map(String::as_str), Some("2026-12-26"));
    app.end().await;
}
