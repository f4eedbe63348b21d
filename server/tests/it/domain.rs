//! The rules: examples for each named one, and properties against independent brute force.

mod accent;
mod address;
mod announcement;
mod bounce;
mod calendar;
mod compose;
mod courier;
mod dsn;
mod health;
mod heartbeat;
mod incident;
mod limit;
mod lint;
mod load;
mod local_time;
mod mail_domain;
mod mail_records;
mod maintenance;
mod order;
mod other_words;
mod overall;
pub mod picture;
mod planning;
mod prefill;
mod reader;
mod recurrence;
mod relay;
mod reminder;
mod sections;
mod sighting;
mod status;
mod uptime;
mod valid_until;

use app::words::{ComponentEffect, ComponentStatus, Id, Update};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;

/// An instant, written as RFC 3339.
fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).map(|at| at.to_utc()).unwrap_or_else(|e| panic!("{text}: {e}"))
}

/// A day, written as in ISO 8601.
fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_else(|e| panic!("{text}: {e}"))
}

/// So many minutes after an arbitrary fixed instant.
fn minute(n: i64) -> DateTime<Utc> {
    at("2026-11-23T08:00:00Z") + TimeDelta::minutes(n)
}

/// One id per number.
fn id(n: u8) -> Id {
    Id::from_bytes([n; 16])
}

/// An update without effects, written when it is shown.
fn update<S>(n: u8, status: S, shown: DateTime<Utc>) -> Update<S> {
    Update {
        id: id(n),
        status,
        body: "Words.".to_owned(),
        body_html: String::new(),
        display_at: shown,
        created_at: shown,
        updated_at: shown,
        effects: None,
        notify: true,
    }
}

/// What an update did to a component that was operational.
fn effect(component: u8, to: ComponentStatus) -> ComponentEffect {
    ComponentEffect { component_id: id(component), name: "Part".to_owned(), from: ComponentStatus::Operational, to }
}

fn any_status() -> impl Strategy<Value = ComponentStatus> {
    prop::sample::select(ComponentStatus::ALL)
}
