//! How long the checks of a monitor took.

use app::words::Role;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use chrono_tz::Tz;
use serde::Serialize;

use super::call::{Call, answer, milliseconds};
use super::refusal::Refusal;
use crate::actions::response_times::{self, Spread};
use crate::store::monitors;
use crate::web::router::{Guard, Route};

/// Response times of the manage API.
pub const ROUTES: &[Route] =
    &[Route::new("GET", "/v1/pages/{page}/monitors/{monitor}/response_times", Guard::Token(Role::Admin), || get(list))];

/// Percentiles over the last so many days, in milliseconds.
#[derive(Serialize)]
struct Row {
    days: i64,
    checks: u64,
    p50_ms: Option<f64>,
    p95_ms: Option<f64>,
    p99_ms: Option<f64>,
}

impl From<Spread> for Row {
    fn from(spread: Spread) -> Self {
        let ms = |us: Option<u64>| us.map(milliseconds);
        Self { days: spread.days, checks: spread.checks, p50_ms: ms(spread.p50_us), p95_ms: ms(spread.p95_us), p99_ms: ms(spread.p99_us) }
    }
}

async fn list(call: Call) -> Result<Response, Refusal> {
    let id = call.id("monitor")?;
    let known = monitors::get(&mut call.shared.db.read().await?, call.page(), &id).await?;
    let monitor = known.ok_or(Refusal::missing("monitor"))?;
    let zone = call.view()?.page.time_zone.parse().unwrap_or(Tz::UTC);
    let spread = response_times::spread(&call.shared.db, &monitor.id, zone, call.shared.clock.now()).await?;
    answer(StatusCode::OK, &spread.into_iter().map(Row::from).collect::<Vec<_>>())
}
