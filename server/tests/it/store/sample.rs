//! Rows to try things with.

use app::words::{
    Component, ComponentEffect, ComponentStatus, Id, Impact, ImpactFacts, Incident, IncidentStatus, IncidentUpdate, Maintenance,
    MaintenanceStatus, PlannedStatus, Postmortem, PostmortemStatus, ReminderPlan, Sections, Update, Window,
};
use chrono::{DateTime, Utc};
use server::store::pages::{self, PageRecord};
use server::store::{Db, components};

pub use ComponentStatus::{DegradedPerformance, MajorOutage, Operational, PartialOutage};

/// An id from a short word: `api` becomes `api000000000`.
pub fn id(word: &str) -> Id {
    Id::parse(&format!("{word:0<12}")).unwrap()
}

/// An instant of 2026-11-05, as `10:30` or `10:30:00.5`.
pub fn at(time: &str) -> DateTime<Utc> {
    let seconds = if time.len() == 5 { ":00" } else { "" };
    format!("2026-11-05T{time}{seconds}Z").parse().unwrap()
}

pub fn page(word: &str) -> PageRecord {
    PageRecord {
        id: id(word),
        name: "Example Platform".to_owned(),
        time_zone: "Europe/Berlin".to_owned(),
        revision: 0,
        created_at: at("08:00"),
        updated_at: at("08:00"),
        adopted: false,
    }
}

pub fn component(word: &str, position: i64) -> Component {
    Component {
        id: id(word),
        group_id: None,
        name: word.to_owned(),
        description: None,
        position,
        showcase: true,
        start_date: "2026-01-31".parse().ok(),
        only_show_if_degraded: false,
        upstream: false,
        created_at: at("08:00"),
        updated_at: at("08:00"),
    }
}

/// A page `page` with the components `api` and `web`, and a page `other` with the component `far`.
pub async fn furnish(db: &Db) {
    let mut tx = db.write().await.unwrap();
    pages::insert(&mut tx, &page("page")).await.unwrap();
    pages::insert(&mut tx, &PageRecord { created_at: at("09:00"), ..page("other") }).await.unwrap();
    components::upsert_component(&mut tx, &id("page"), &component("api", 1)).await.unwrap();
    components::upsert_component(&mut tx, &id("page"), &component("web", 2)).await.unwrap();
    components::upsert_component(&mut tx, &id("other"), &component("far", 1)).await.unwrap();
    tx.commit().await.unwrap();
}

pub fn update<S>(word: &str, status: S, display_at: DateTime<Utc>) -> Update<S> {
    Update {
        id: id(word),
        status,
        body: format!("*{word}*: grüße, 你好, \"quotes\" and 'more'"),
        body_html: String::new(),
        display_at,
        created_at: at("10:00"),
        updated_at: at("10:00"),
        effects: None,
        notify: true,
    }
}

/// An update with everything in it.
pub fn effective_update(word: &str, display_at: DateTime<Utc>) -> IncidentUpdate {
    let effect = ComponentEffect { component_id: id("api"), name: "api".to_owned(), from: Operational, to: MajorOutage };
    IncidentUpdate { effects: Some(vec![effect]), notify: false, ..update(word, IncidentStatus::Identified, display_at) }
}

pub fn incident(word: &str) -> Incident {
    Incident {
        id: id(word),
        name: "Requests fail".to_owned(),
        status: IncidentStatus::Investigating,
        impact: Impact::Major,
        started_at: at("10:00"),
        detected_at: None,
        published_at: Some(at("10:01")),
        monitoring_at: None,
        resolved_at: None,
        next_update_at: None,
        created_at: at("10:01"),
        updated_at: at("10:01"),
        components: Vec::new(),
        updates: Vec::new(),
        postmortem: None,
    }
}

pub fn window(from: &str, until: &str) -> Window {
    Window { from: at(from), until: at(until) }
}

pub fn maintenance(word: &str) -> Maintenance {
    Maintenance {
        id: id(word),
        name: "Database upgrade".to_owned(),
        status: MaintenanceStatus::Scheduled,
        impact: Impact::Maintenance,
        window: Some(window("20:00", "21:00")),
        moves: Vec::new(),
        auto_start: true,
        auto_complete: false,
        reminders: ReminderPlan::silent(),
        occurrence: None,
        sequence: 0,
        expected_downtime_minutes: Some(5),
        worst_downtime_minutes: None,
        started_at: None,
        completed_at: None,
        published_at: Some(at("10:00")),
        created_at: at("10:00"),
        updated_at: at("10:00"),
        components: vec![PlannedStatus { component_id: id("web"), status: ComponentStatus::UnderMaintenance }],
        updates: Vec::new(),
    }
}

pub fn postmortem(word: &str, status: PostmortemStatus) -> Postmortem {
    Postmortem {
        id: id(word),
        title: "Requests failed".to_owned(),
        status,
        due_at: None,
        waived_because: None,
        published_at: None,
        provisional: false,
        created_at: at("12:00"),
        updated_at: at("12:00"),
        body: String::new(),
        sections: Sections::default(),
        facts: ImpactFacts::default(),
        incident_ids: Vec::new(),
        maintenance_id: None,
        action_items: Vec::new(),
        revisions: Vec::new(),
    }
}
