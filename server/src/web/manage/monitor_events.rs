//! What the checks of monitors came to mean, each change once. For administrators only, as the monitors are.

use app::words::{Id, Role, Verdict};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use serde::Serialize;

use super::call::{Call, answer, milliseconds};
use super::refusal::Refusal;
use crate::domain::evidence::Timings;
use crate::domain::maintenance::was_worked_on;
use crate::snapshot::v2;
use crate::store::monitor_events::{self, MonitorEvent};
use crate::web::router::{Guard, Route};

/// Their route.
pub const ROUTES: &[Route] = &[Route::new("GET", "/v1/pages/{page}/monitor_events", Guard::Token(Role::Admin), || get(events))];

#[derive(Serialize)]
struct EventRow<'a> {
    monitor_id: &'a str,
    component_id: Option<&'a str>,
    location: &'a str,
    from: Verdict,
    to: Verdict,
    since: String,
    checked_at: String,
    decided_at: String,
    class: Option<&'a str>,
    http_status: Option<u16>,
    planned: bool,
    timings: Phases,
}

/// How long the phases of a check took, in milliseconds.
#[derive(Serialize)]
struct Phases {
    dns_ms: Option<f64>,
    tcp_ms: Option<f64>,
    tls_ms: Option<f64>,
    ttfb_ms: Option<f64>,
    total_ms: Option<f64>,
}

impl From<Timings> for Phases {
    fn from(timings: Timings) -> Self {
        Self {
            dns_ms: timings.dns_us.map(milliseconds),
            tcp_ms: timings.connect_us.map(milliseconds),
            tls_ms: timings.tls_us.map(milliseconds),
            ttfb_ms: timings.first_byte_us.map(milliseconds),
            total_ms: timings.total_us.map(milliseconds),
        }
    }
}

/// What was seen: each change of a verdict, newest first; of one monitor (`monitor_id`), decided at `since` or later and before `until`.
/// `planned` is what planned work on the component explains.
async fn events(call: Call) -> Result<Response, Refusal> {
    let (limit, offset) = call.paging(1)?;
    let time = |key: &'static str| match call.asked(key).map(str::parse) {
        None => Ok(None),
        Some(Ok(time)) => Ok(Some(time)),
        Some(Err(_)) => Err(Refusal::invalid(key, format!("{key} must be a time such as 2026-11-23T10:00:00Z."))),
    };
    let monitor = match call.asked("monitor_id").map(Id::parse) {
        None => None,
        Some(Ok(id)) => Some(id),
        Some(Err(_)) => return Err(Refusal::invalid("monitor_id", "monitor_id must be an id of 12 characters.".to_owned())),
    };
    let filter = monitor_events::Filter { monitor, since: time("since")?, until: time("until")? };
    let mut tx = call.shared.db.read().await?;
    let found = monitor_events::list(&mut tx, call.page(), &filter, limit, offset).await?;
    let view = call.view()?;
    let wire = v2::Wire::new(&view);
    let now = call.shared.clock.now();
    let planned = |event: &MonitorEvent| {
        event.component.as_ref().is_some_and(|component| was_worked_on(component, view.maintenances(), event.at, now))
    };
    let rows: Vec<EventRow<'_>> = found.iter().map(|event| event_row(&wire, event, planned(event))).collect();
    answer(StatusCode::OK, &rows)
}

fn event_row<'a>(wire: &v2::Wire<'_>, event: &'a MonitorEvent, planned: bool) -> EventRow<'a> {
    EventRow {
        monitor_id: event.monitor.as_str(),
        component_id: event.component.as_ref().map(Id::as_str),
        location: &event.location,
        from: event.before,
        to: event.verdict,
        since: wire.time(event.since),
        checked_at: wire.time(event.at),
        decided_at: wire.time(event.decided_at),
        class: event.reason.as_deref(),
        http_status: event.http_status,
        planned,
        timings: event.timings.into(),
    }
}
