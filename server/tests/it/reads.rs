//! How often readers are handed a document, counted without a query.

use chrono::TimeDelta;
use server::actions;
use server::domain::load::whole_hour;
use server::reads::Reads;
use server::store::{count, page_reads};

use crate::staff_pages::each_engine_app;
use crate::support::app::{TestApp, test_now};

/// Reads by hour since the test began.
async fn counted(app: &TestApp) -> Vec<(i64, i64)> {
    let page = app.page().await.id;
    let mut tx = app.db.read().await.unwrap();
    let since = whole_hour(test_now());
    let hours = page_reads::since(&mut tx, &page, since).await.unwrap();
    hours.into_iter().map(|(hour, reads)| ((hour - since).num_hours(), reads)).collect()
}

#[tokio::test]
async fn every_document_is_counted_once_in_the_hour_in_which_it_was_written_down() {
    each_engine_app(async |app| {
        for path in ["/", "/", "/api/v2/summary.json", "/history", "/history?month=2026-10"] {
            assert_eq!(app.get(path).await.status, 200, "{path}");
        }
        let etag = app.get("/").await.header("etag").to_owned();
        assert_eq!(app.get_with("/", &[("if-none-match", etag.as_str())]).await.status, 304, "who has it already reads it too");
        for path in ["/nothing-here", "/staff/sign-in", "/assets/nothing.css"] {
            app.get(path).await;
        }
        let tally = app.workers().tally.clone();
        tally.write().await.unwrap();
        assert_eq!(counted(app).await, [(0, 7)]);
        tally.write().await.unwrap();
        assert_eq!(counted(app).await, [(0, 7)], "nothing is counted twice");
        app.hand.advance(TimeDelta::hours(1));
        app.get("/").await;
        tally.write().await.unwrap();
        assert_eq!(counted(app).await, [(0, 7), (1, 1)]);
    })
    .await;
}

#[tokio::test]
async fn several_processes_add_up_also_at_the_same_instant() {
    each_engine_app(async |app| {
        let now = app.hand.now();
        let mut writing = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let db = app.db.clone();
            writing.spawn(async move {
                let reads = Reads::default();
                (0..100).for_each(|_| reads.count());
                actions::reads::write(&db, &reads, now).await
            });
        }
        for written in writing.join_all().await {
            written.unwrap();
        }
        assert_eq!(counted(app).await, [(0, 800)]);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_written_stays_counted() {
    let app = TestApp::plain().await;
    app.meddle("alter table page_reads rename to page_reads_away").await;
    app.get("/").await;
    let tally = app.workers().tally.clone();
    assert!(tally.write().await.is_err());
    app.meddle("alter table page_reads_away rename to page_reads").await;
    tally.write().await.unwrap();
    assert_eq!(counted(&app).await, [(0, 1)]);
}

#[tokio::test]
async fn a_tally_of_nothing_asks_the_database_nothing() {
    let app = TestApp::plain().await;
    let (written, statements) = count::counting(actions::reads::write(&app.db, &Reads::default(), app.hand.now())).await;
    written.unwrap();
    assert_eq!(statements, 0);
}

#[tokio::test]
async fn hours_older_than_a_season_are_forgotten() {
    let app = TestApp::plain().await;
    app.get("/").await;
    app.workers().tally.write().await.unwrap();
    app.hand.advance(TimeDelta::days(90) - TimeDelta::minutes(30));
    app.workers().keeper.tick().await.unwrap();
    assert_eq!(counted(&app).await, [(0, 1)]);
    app.hand.advance(TimeDelta::hours(1));
    app.workers().keeper.tick().await.unwrap();
    assert_eq!(counted(&app).await, []);
}
