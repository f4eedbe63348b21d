//! Planned work in every state, put into the record as it is.

use app::words::{Id, Impact, Maintenance, MaintenanceStatus, MaintenanceUpdate, PlannedStatus, ReminderPlan, Update, Window, WindowMove};
use chrono::{DateTime, TimeDelta, Utc};
use server::store::{components, maintenances, pages};

use super::app::{TestApp, test_now};
use crate::store::sample::{self, id};

/// So many hours after the tests' beginning, or before it.
pub fn hours(hours: i64) -> DateTime<Utc> {
    test_now() + TimeDelta::hours(hours)
}

/// A window between such hours.
pub fn window(from: i64, until: i64) -> Window {
    Window { from: hours(from), until: hours(until) }
}

/// Work on `api`, announced a hundred days ago, that begins by itself and ends by staff's word.
pub fn work(word: &str, window: Option<Window>) -> Maintenance {
    let announced = hours(-2_400);
    Maintenance {
        id: id(word),
        name: "Database migration".to_owned(),
        status: MaintenanceStatus::Scheduled,
        impact: Impact::Maintenance,
        window,
        moves: Vec::new(),
        auto_start: true,
        auto_complete: false,
        reminders: ReminderPlan::silent(),
        occurrence: None,
        sequence: 0,
        expected_downtime_minutes: Some(10),
        worst_downtime_minutes: Some(45),
        started_at: None,
        completed_at: None,
        published_at: Some(announced),
        created_at: announced,
        updated_at: announced,
        components: vec![PlannedStatus { component_id: id("api"), status: app::words::ComponentStatus::UnderMaintenance }],
        updates: vec![message(&format!("{word}a"), MaintenanceStatus::Scheduled, announced, "We move to a **larger** machine.")],
    }
}

fn message(word: &str, status: MaintenanceStatus, at: DateTime<Utc>, body: &str) -> MaintenanceUpdate {
    Update {
        id: id(word),
        status,
        body: body.to_owned(),
        body_html: String::new(),
        display_at: at,
        created_at: at,
        updated_at: at,
        effects: None,
        notify: true,
    }
}

/// The same after this was said at that time.
pub fn said(mut work: Maintenance, word: &str, status: MaintenanceStatus, at: DateTime<Utc>, body: &str) -> Maintenance {
    work.updates.insert(0, message(word, status, at, body));
    (work.status, work.updated_at) = (status, at);
    work.sequence += 1;
    work
}

/// The same after it was given that window, with words.
pub fn moved(work: Maintenance, word: &str, to: Window, at: DateTime<Utc>, body: &str) -> Maintenance {
    let status = work.status;
    let mut work = said(work, word, status, at, body);
    work.moves.push(WindowMove { at, from: work.window, to });
    work.window = Some(to);
    work
}

/// Gives the page a name, a zone and the components `api` and `web`, and shows that work.
pub async fn show(app: &TestApp, works: &[Maintenance]) {
    let page = app.page().await.id;
    let now = app.hand.now();
    let mut tx = app.db.write().await.expect("the database answers");
    let revision = pages::bump_revision(&mut tx, &page, now).await.expect("the page is there");
    pages::adopt(&mut tx, &page, &id("page"), "Example", "Europe/Berlin", now).await.expect("the page is there");
    let page: Id = id("page");
    for (position, word) in [(1, "api"), (2, "web")] {
        components::upsert_component(&mut tx, &page, &sample::component(word, position)).await.expect("a component");
    }
    for work in works {
        maintenances::upsert(&mut tx, &page, work, revision).await.expect("it is written");
        for (seq, update) in (0..).zip(work.updates.iter().rev()) {
            maintenances::upsert_update(&mut tx, &page, &work.id, update, seq).await.expect("it is written");
        }
    }
    tx.commit().await.expect("it is kept");
    app.look().await;
}
