//! What one monitor saw.

use app::pages::staff::monitor::{self as pages, Beats, Made, Paces, Seen, Turn};
use app::words::{MonitorKind, Role};
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;

use super::monitors::{HERE, known, refused};
use crate::actions::ActionError;
use crate::actions::response_times::{self, Spread};
use crate::domain::evidence::Timings;
use crate::domain::heartbeat::Rhythm;
use crate::domain::maintenance::is_worked_on;
use crate::store::monitor_events::{self, Filter, MonitorEvent};
use crate::store::monitor_sheets;
use crate::web::guards::Caller;
use crate::web::hooks::heartbeat::push_url;
use crate::web::problem;
use crate::web::router::{Guard, Route, Shared};

/// Verdicts that are shown.
const TURNS: i64 = 20;
/// Checks that are shown.
const CHECKS: i64 = 30;

/// The routes.
pub const ROUTES: &[Route] = &[Route::new("GET", "/staff/monitors/{id}/checks", Guard::Staff(Role::Viewer), || get(show))];

async fn show(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(id): Path<String>) -> Response {
    match read(&shared, &caller, &id).await {
        Ok(seen) => problem::html(StatusCode::OK, pages::page(&super::frame(&shared, &caller, HERE, None), &seen)),
        Err(error) => refused(&shared, &caller, &error),
    }
}

async fn read(shared: &Shared, caller: &Caller, id: &str) -> Result<Seen, ActionError> {
    let (page, id) = (&caller.page.id, known(id)?);
    let mut tx = shared.db.read().await?;
    let sheet = monitor_sheets::one(&mut tx, page, &id).await?.ok_or(ActionError::Missing("monitor"))?;
    let filter = Filter { monitor: Some(id.clone()), ..Filter::default() };
    let turns = monitor_events::list(&mut tx, page, &filter, TURNS, 0).await?;
    let checks = monitor_sheets::newest(&mut tx, &id, CHECKS).await?;
    let beats = (sheet.monitor.kind == MonitorKind::Heartbeat).then(|| Beats {
        grace: Rhythm::of(&sheet.monitor).grace,
        missing_at: sheet.next_check_at.filter(|_| sheet.waits_since.is_some()),
        push_url: caller.role.covers(Role::Admin).then(|| push_url(shared, page, &sheet.monitor)).flatten(),
    });
    let asks = sheet.monitor.kind != MonitorKind::Heartbeat;
    let times = if asks { paces(&response_times::of_last_day(&mut tx, &id, shared.clock.now()).await?) } else { None };
    let published = shared.publisher.current();
    let view = published.view.as_deref();
    Ok(Seen {
        worked_on: view.is_some_and(|view| is_worked_on(&sheet.monitor, view.maintenances(), shared.clock.now())),
        verdict: sheet.state.verdict,
        since: sheet.state.began(),
        component: sheet.component,
        beats,
        times,
        turns: turns.into_iter().map(turn).collect(),
        checks: checks.into_iter().map(made).collect(),
        monitor: sheet.monitor,
    })
}

/// Nothing where no check had a time.
fn paces(spread: &Spread) -> Option<Paces> {
    Some(Paces {
        checks: usize::try_from(spread.checks).ok()?,
        half_us: spread.p50_us?,
        most_us: spread.p95_us?,
        nearly_all_us: spread.p99_us?,
    })
}

fn turn(event: MonitorEvent) -> Turn {
    Turn {
        at: event.at,
        verdict: event.verdict,
        since: event.since,
        reason: event.reason,
        http_status: event.http_status,
        phases_us: phases(event.timings),
        location: event.location,
    }
}

fn made(check: monitor_sheets::Made) -> Made {
    Made { at: check.at, reason: check.reason, http_status: check.http_status, phases_us: phases(check.timings), detail: check.detail }
}

const fn phases(timings: Timings) -> [Option<i64>; 5] {
    [timings.dns_us, timings.connect_us, timings.tls_us, timings.first_byte_us, timings.total_us]
}
