//! A job says that it ran. The address itself says which job and proves it; whatever can make a request can send a beat, and a beat is
//! answered with nothing, so that a scheduler has nothing to mail.

use app::words::{Id, Monitor, MonitorKind};
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use chrono::TimeDelta;

use crate::actions::heartbeats::{self, Beat};
use crate::web::limits::Limited;
use crate::web::problem;
use crate::web::router::{Guard, Route, Shared};

/// The routes of this file.
pub const ROUTES: &[Route] = &[
    Route::new("GET", "/hooks/heartbeat/{token}", Guard::Beat, || get(ran)),
    Route::new("POST", "/hooks/heartbeat/{token}", Guard::Beat, || post(ran)),
    Route::new("GET", "/hooks/heartbeat/{token}/fail", Guard::Beat, || get(failed)),
    Route::new("POST", "/hooks/heartbeat/{token}/fail", Guard::Beat, || post(failed)),
];

async fn ran(State(shared): State<Shared>, Path(token): Path<String>, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let status = form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == "status").map(|(_, status)| status);
    match status.as_deref() {
        None | Some("ok") => take(&shared, &token, Beat::Ran).await,
        Some("fail") => take(&shared, &token, Beat::Failed).await,
        Some(_) => {
            let sentence = "status must be \"ok\" or \"fail\"; without it a beat means ok. Nothing was noted.";
            problem::plain(StatusCode::UNPROCESSABLE_ENTITY, sentence)
        }
    }
}

async fn failed(State(shared): State<Shared>, Path(token): Path<String>) -> Response {
    take(&shared, &token, Beat::Failed).await
}

async fn take(shared: &Shared, token: &str, beat: Beat) -> Response {
    let Some(secret) = shared.secret.get() else {
        let starting = problem::plain(StatusCode::SERVICE_UNAVAILABLE, "Allclear is starting. Please try again in a few seconds.");
        return problem::later(starting, TimeDelta::seconds(5));
    };
    let monitor = match heartbeats::named(&shared.db, secret, token).await {
        Ok(Some(monitor)) => monitor,
        Ok(None) => return problem::plain(StatusCode::NOT_FOUND, "There is nothing at this address."),
        Err(error) => return problem::away(&error),
    };
    let now = shared.clock.now();
    if let Err(wait) = shared.limits.allow(Limited::Hook, monitor.as_str(), now) {
        let often = problem::plain(StatusCode::TOO_MANY_REQUESTS, "This comes too often. Please wait as long as Retry-After says.");
        return problem::later(often, wait);
    }
    match heartbeats::take(&shared.db, &monitor, beat, now).await {
        Ok(taken) => {
            if taken.is_some_and(|recorded| recorded.told) {
                shared.signals.outbox.notify_one();
            }
            StatusCode::NO_CONTENT.into_response()
        }
        Err(error) => problem::away(&error),
    }
}

/// The whole address that the job of a monitor calls; `None` for another kind, and until the database answered for the first time.
#[must_use]
pub fn push_url(shared: &Shared, page: &Id, monitor: &Monitor) -> Option<String> {
    let secret = shared.secret.get().filter(|_| monitor.kind == MonitorKind::Heartbeat)?;
    Some(format!("{}{}", shared.config.public_url, heartbeats::push_path(secret, page, monitor)))
}
