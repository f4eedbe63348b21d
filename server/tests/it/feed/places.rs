//! Who gets the 25 places of a feed.

use app::words::{Incident, IncidentStatus, Maintenance, MaintenanceStatus, Occurrence, Update, Window};
use atom_syndication::Feed;
use chrono::{DateTime, TimeDelta, Utc};
use roxmltree::Document;
use server::store::{incident_updates, incidents, pages};

use super::{apart, feed, published};
use crate::store::sample::{self, id};
use crate::support::Engine;
use crate::support::app::TestApp;
use crate::support::works::{hours, moved, said, show, window, work};

/// A failure of `api` that was last spoken of at that time.
fn failure(word: &str, at: DateTime<Utc>, status: IncidentStatus) -> Incident {
    let over = status.is_over().then_some(at);
    Incident {
        status,
        started_at: at - TimeDelta::hours(1),
        published_at: Some(at - TimeDelta::hours(1)),
        resolved_at: over,
        updates: vec![Update { created_at: at, updated_at: at, ..sample::update(&format!("{word}u"), status, at) }],
        ..sample::incident(word)
    }
}

/// Failures that are over, from the newest on, half an hour later than the full hour.
fn past(numbers: std::ops::Range<i64>, apart: i64) -> Vec<Incident> {
    let one = |number: i64| failure(&format!("f{number:02}"), hours(-number * apart) - TimeDelta::minutes(30), IncidentStatus::Resolved);
    numbers.map(one).collect()
}

async fn fail(app: &TestApp, failures: &[Incident]) {
    let page = id("page");
    let mut tx = app.db.write().await.unwrap();
    let revision = pages::bump_revision(&mut tx, &page, app.hand.now()).await.unwrap();
    for failure in failures {
        incidents::upsert(&mut tx, &page, failure, None, revision).await.unwrap();
        incidents::set_components(&mut tx, &failure.id, &[(id("api"), None)]).await.unwrap();
        incident_updates::upsert(&mut tx, &page, &failure.id, &failure.updates[0], 1).await.unwrap();
    }
    tx.commit().await.unwrap();
    app.look().await;
}

/// The windows of a series, an hour long, by the day from that day on.
fn daily(series: &str, days: std::ops::Range<i64>) -> Vec<Maintenance> {
    let one = |(number, day): (i64, i64)| Maintenance {
        occurrence: Some(Occurrence { series_id: id(series), number }),
        auto_complete: true,
        ..work(&format!("{series}{number:02}"), Some(window(day * 24, day * 24 + 1)))
    };
    (0..).zip(days).map(one).collect()
}

/// The ids of what is told, in order, as far as they are not empty places.
async fn told(app: &TestApp) -> Vec<String> {
    let words = feed(app).await;
    words.iter().map(|entry| entry.id.rsplit('/').next().unwrap().trim_end_matches('0').to_owned()).collect()
}

/// Four works to come, each moved five times in the last twenty hours, and thirty failures in the last thirty.
async fn busy(app: &TestApp) {
    let works = (0..4).map(|number| {
        let word = format!("w{number}");
        (0..5).rev().fold(work(&word, Some(window(500, 501))), |work, step| {
            let ago = step * 4 + number;
            moved(work, &format!("{word}m{step}"), window(100 + ago, 101 + ago), hours(-ago), "Another date.")
        })
    });
    show(app, &works.collect::<Vec<_>>()).await;
    fail(app, &past(0..30, 1)).await;
}

#[tokio::test]
async fn there_are_25_entries_in_all_and_10_of_them_are_events_at_most() {
    let app = TestApp::plain().await;
    busy(&app).await;
    let all = feed(&app).await;
    let ids: Vec<String> = all.iter().map(|entry| entry.id.clone()).collect();
    let (field, ours) = apart(all);
    let works: Vec<_> = field.iter().filter(|entry| entry.id.contains("/w")).map(published).collect();
    assert_eq!(works, [hours(103), hours(102), hours(101), hours(100)]);
    assert_eq!(ours.iter().map(published).collect::<Vec<_>>(), (0..10).map(|ago| hours(-ago)).collect::<Vec<_>>(), "the newest");
    let failures: Vec<_> = field.iter().filter(|entry| entry.id.contains("/f")).map(published).collect();
    assert_eq!(failures, (0..11).map(|ago| hours(-ago) - TimeDelta::minutes(30)).collect::<Vec<_>>(), "by their time, like events");
    assert_eq!((ids.len(), &ids[4..7]), (25, &[ours[0].id.clone(), field[4].id.clone(), ours[1].id.clone()][..]));
    let of = async |path: &str| {
        let feed = Feed::read_from(app.get(path).await.bytes.as_slice()).expect("a feed");
        feed.entries.into_iter().map(|entry| entry.id).collect::<Vec<_>>()
    };
    assert_eq!(of("/components/api000000000/history.atom").await, ids);
    assert_eq!(of("/components/web000000000/history.atom").await, [""; 0]);
    let titles: Vec<_> = feed(&app).await.into_iter().map(|entry| entry.title.value).collect();
    for path in ["/history.rss", "/components/api000000000/history.rss"] {
        let text = app.get(path).await.text();
        let document = Document::parse(&text).expect("well-formed");
        let items = document.descendants().filter(|node| node.has_tag_name("item"));
        let title = |item: roxmltree::Node<'_, '_>| item.children().find(|child| child.has_tag_name("title"))?.text().map(str::to_owned);
        assert_eq!(items.filter_map(title).collect::<Vec<_>>(), titles, "{path}");
    }
    app.end().await;
}

#[tokio::test]
async fn every_open_incident_is_in_it_however_old() {
    let app = TestApp::plain().await;
    busy(&app).await;
    let open = |number: i64| failure(&format!("open{number:02}"), hours(-5_000 - number), IncidentStatus::Identified);
    fail(&app, &(0..20).map(open).collect::<Vec<_>>()).await;
    let ids = told(&app).await;
    assert_eq!((ids.len(), ids.iter().filter(|id| id.starts_with("open")).count()), (25, 20));
    assert_eq!(&ids[..5], ["w3", "w2", "w1", "w", "w0m"], "others by their time: {ids:?}");
    fail(&app, &(20..31).map(open).collect::<Vec<_>>()).await;
    let newest: Vec<String> = (0..25).map(|number| format!("open{number:02}").trim_end_matches('0').to_owned()).collect();
    assert_eq!(told(&app).await, newest, "up to 25");
    app.end().await;
}

#[tokio::test]
async fn a_daily_series_never_pushes_an_incident_out() {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        show(&app, &[]).await;
        fail(&app, &past(0..12, 60)).await;
        let alone = told(&app).await;
        assert_eq!(alone.len(), 12);
        // A month of windows behind, one under way, a month of them ahead.
        let mut series = daily("d", -30..31);
        series[30].window = Some(Window { from: hours(-1), until: hours(1) });
        show(&app, &series).await;
        let (field, ours) = apart(feed(&app).await);
        let (windows, failures): (Vec<_>, Vec<_>) = field.iter().partition(|entry| entry.id.contains("/d"));
        assert_eq!(
            windows.iter().map(|entry| published(entry)).collect::<Vec<_>>(),
            [hours(24), hours(-1)],
            "the next and the one under way"
        );
        assert_eq!((failures.len(), ours.len()), (12, 10), "there is room for what the clock says of it");
        fail(&app, &past(12..23, 60)).await;
        let all = told(&app).await;
        assert_eq!(all.iter().filter(|id| id.starts_with('f')).count(), 23, "the places are incidents': {all:?}");
        assert_eq!((all.len(), all.iter().filter(|id| id.starts_with('d')).count()), (25, 2));
        fail(&app, &past(23..40, 60)).await;
        let all = told(&app).await;
        assert_eq!((all.len(), all.iter().filter(|id| id.starts_with('d')).count()), (25, 2));
        app.end().await;
    }
}

#[tokio::test]
async fn of_a_series_the_window_under_way_and_the_next_take_a_place() {
    let app = TestApp::plain().await;
    let off = daily("off", 2..42).into_iter().map(|work| {
        let word = format!("{}x", &work.id.as_str()[..5]);
        said(work, &word, MaintenanceStatus::Cancelled, hours(-1), "No longer needed.")
    });
    // Nobody says that they begin, and nobody says that they are over.
    let waiting = daily("wait", -9..9).into_iter().map(|work| Maintenance { auto_start: false, ..work });
    let late = daily("late", -9..9).into_iter().map(|work| Maintenance { auto_complete: false, ..work });
    show(&app, &daily("w", 1..41).into_iter().chain(off).chain(waiting).chain(late).chain([work("undated", None)]).collect::<Vec<_>>())
        .await;
    app.advance(TimeDelta::hours(2)).await;
    let (field, ours) = apart(feed(&app).await);
    let mut ids: Vec<_> = field.iter().map(|entry| entry.id.rsplit('/').next().unwrap()).collect();
    ids.sort_unstable();
    assert_eq!(ids, ["late09000000", "late10000000", "undated00000", "w00000000000", "wait10000000"]);
    let cancelled: Vec<_> = ours.iter().filter(|entry| entry.title.starts_with("Cancelled")).collect();
    assert_eq!((cancelled.len(), ours.len()), (1, 10), "once what was called off at once, before what the clock says");
    app.end().await;
}

#[tokio::test]
async fn events_stay_for_30_days() {
    let app = TestApp::plain().await;
    let many: Vec<Maintenance> = (0..12)
        .map(|number| {
            let word = format!("w{number:02}");
            let first = moved(work(&word, None), &format!("{word}d"), window(200 + number, 201 + number), hours(-800), "A date.");
            moved(first, &format!("{word}m"), window(300 + number, 301 + number), hours(-number), "Another date.")
        })
        .collect();
    show(&app, &many).await;
    let (field, ours) = apart(feed(&app).await);
    assert_eq!((field.len(), ours.len()), (12, 10));
    assert!(ours.iter().all(|entry| entry.title.as_str() == "Moved: Database migration"), "33 days are too long ago");
    assert_eq!(published(&ours[9]), hours(-9), "the newest ones");
    app.advance(TimeDelta::days(30)).await;
    assert_eq!(apart(feed(&app).await).1.iter().filter(|entry| entry.title.starts_with("Moved")).count(), 0);
    app.end().await;
}
