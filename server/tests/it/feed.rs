//! The feed: 25 entries, and who gets them. Events of planned work are entries of their own.

mod places;

use app::words::MaintenanceStatus;
use atom_syndication::{Entry, Feed};
use chrono::{DateTime, TimeDelta, Utc};

use crate::support::Engine;
use crate::support::app::TestApp;
use crate::support::works::{hours, moved, said, show, window, work};

async fn feed(app: &TestApp) -> Vec<Entry> {
    let reply = app.get("/history.atom").await;
    assert_eq!((reply.status, reply.header("content-type")), (200, "application/atom+xml; charset=utf-8"));
    let feed = Feed::read_from(reply.bytes.as_slice()).expect("a feed");
    let published: Vec<_> = feed.entries.iter().map(|entry| entry.published).collect();
    assert!(published.is_sorted_by(|a, b| a >= b), "newest first: {published:?}");
    feed.entries
}

/// Entries of the field's kind, and entries of ours.
fn apart(entries: Vec<Entry>) -> (Vec<Entry>, Vec<Entry>) {
    entries.into_iter().partition(|entry| entry.id.starts_with("tag:status.example.test,2005:Incident/"))
}

fn html(entry: &Entry) -> &str {
    let content = entry.content.as_ref().expect("content");
    assert_eq!(content.content_type.as_deref(), Some("html"));
    content.value.as_deref().expect("words")
}

fn published(entry: &Entry) -> DateTime<Utc> {
    entry.published.expect("a time").to_utc()
}

#[tokio::test]
async fn every_event_of_planned_work_is_an_entry_of_its_own() {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        let mut one = moved(work("one", None), "dateset", window(-72, -70), hours(-200), "We have a date.");
        one = moved(one, "moved", window(-2, 1), hours(-100), "The supplier is late, *sorry*.");
        one = said(one, "more", MaintenanceStatus::Scheduled, hours(-50), "Nothing new.");
        one = said(one, "begun", MaintenanceStatus::InProgress, hours(-2), "We begin.");
        one = moved(one, "longer", window(-2, 3), hours(-1), "We need longer.");
        show(&app, &[one]).await;
        let (field, ours) = apart(feed(&app).await);
        assert_eq!(field.len(), 1);
        let told: Vec<_> =
            ours.iter().map(|entry| (entry.title.as_str(), published(entry), entry.id.rsplit('/').next().unwrap())).collect();
        assert_eq!(
            told,
            [
                ("Extended: Database migration", hours(-1), "longer000000"),
                ("Started: Database migration", hours(-2), "begun0000000"),
                ("Moved: Database migration", hours(-100), "moved0000000"),
                ("Date set: Database migration", hours(-200), "dateset00000"),
            ]
        );
        for entry in &ours {
            let update = entry.id.strip_prefix("tag:status.example.test,2005:MaintenanceEvent/").expect("an id of ours");
            assert_eq!(entry.links[0].href, format!("https://status.example.test/incidents/one000000000#u-{update}"));
            let page = app.get("/incidents/one000000000").await.text();
            assert!(page.contains(&format!("id=\"u-{update}\"")), "the link leads somewhere");
        }
        let was = "<p>Was: <s>Fri 20 Nov 2026, 11:00 to 13:00 CET (10:00 to 12:00 UTC)</s><br>\
                   Now: <strong>Mon 23 Nov 2026, 09:00 to 12:00 CET (08:00 to 11:00 UTC)</strong></p>\
                   <p>The supplier is late, <em>sorry</em>.</p>";
        assert_eq!(html(&ours[2]).trim(), was);
        let set = "<p>Now planned for: <strong>Fri 20 Nov 2026, 11:00 to 13:00 CET (10:00 to 12:00 UTC)</strong></p><p>We have a date.</p>";
        assert_eq!(html(&ours[3]).trim(), set);
        let whole = html(&field[0]);
        for word in ["Extended", "In progress", "Update", "Moved", "Date set", "Scheduled"] {
            assert_eq!(whole.matches(&format!("<strong>{word}</strong> - ")).count(), 1, "{word} in {whole}");
        }
        app.end().await;
    }
}

#[tokio::test]
async fn what_time_alone_does_is_an_event_with_words() {
    let app = TestApp::plain().await;
    let mut both = work("both", Some(window(1, 2)));
    both.auto_complete = true;
    show(&app, &[both]).await;
    assert_eq!(apart(feed(&app).await).1.len(), 0, "announced is the field's own entry");
    app.advance(TimeDelta::hours(3)).await;
    let (field, ours) = apart(feed(&app).await);
    let told: Vec<_> = ours.iter().map(|entry| (entry.title.as_str(), published(entry), html(entry).trim())).collect();
    assert_eq!(
        told,
        [
            ("Finished: Database migration", hours(2), "<p>The scheduled maintenance has been completed.</p>"),
            (
                "Started: Database migration",
                hours(1),
                "<p>Scheduled maintenance is currently in progress. We will provide updates as necessary.</p>"
            ),
        ]
    );
    assert_eq!(published(&field[0]), hours(2));
    let ids: Vec<_> = ours.iter().map(|entry| entry.id.clone()).collect();
    app.advance(TimeDelta::minutes(1)).await;
    assert_eq!(apart(feed(&app).await).1.iter().map(|entry| entry.id.clone()).collect::<Vec<_>>(), ids, "readers see nothing twice");
    app.end().await;
}

#[tokio::test]
async fn planned_work_stands_under_its_start_with_a_banner_and_without_a_date_it_says_so() {
    let app = TestApp::plain().await;
    let off = said(work("off", Some(window(30, 31))), "offb", MaintenanceStatus::Cancelled, hours(-1), "Not needed.");
    show(&app, &[work("dated", Some(window(48, 50))), work("undated", None), off]).await;
    let (field, ours) = apart(feed(&app).await);
    let of = |word: &str| field.iter().find(|entry| entry.id.contains(word)).expect("it is there");
    assert_eq!(published(of("Incident/dated")), hours(48), "in the future, as the field has it");
    let banner = "<p><strong>THIS IS A SCHEDULED EVENT Nov <var data-var='date'>25</var>, <var data-var='time'>11:00</var> CET &nbsp;-&nbsp; \
                  Nov <var data-var='date'>25</var>, <var data-var='time'>13:00</var> CET</strong></p>";
    assert!(html(of("Incident/dated")).starts_with(banner), "{}", html(of("Incident/dated")));
    assert!(html(of("Incident/undated")).starts_with("<p><strong>THIS IS A SCHEDULED EVENT (date to be set)</strong></p>"));
    assert!(
        !html(of("Incident/off")).contains("SCHEDULED EVENT")
            && html(of("Incident/off")).contains("<strong>Cancelled</strong> - Not needed.")
    );
    assert_eq!(ours.iter().map(|entry| entry.title.as_str()).collect::<Vec<_>>(), ["Cancelled: Database migration"]);
    app.end().await;
}
