//! Answers that say what is wrong: a sentence, a page for staff, or JSON for programs.

use app::staff::Frame;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use chrono::TimeDelta;

use crate::actions::ActionError;
use crate::store::StoreError;

/// What everybody hears while the database does not answer.
pub const AWAY: &str = "The database does not answer right now. Nothing was changed. Please try again in a few seconds.";

/// A sentence alone.
#[must_use]
pub fn plain(status: StatusCode, sentence: &str) -> Response {
    (status, [(CONTENT_TYPE, "text/plain; charset=utf-8")], format!("{sentence}\n")).into_response()
}

/// A sentence for a program, under both keys that clients of the field's API look at (contract 4).
#[must_use]
pub fn json(status: StatusCode, sentence: &str) -> Response {
    json_body(status, &serde_json::json!({ "error": sentence, "message": sentence }))
}

/// An answer for a program.
#[must_use]
pub fn json_body(status: StatusCode, body: &serde_json::Value) -> Response {
    (status, [(CONTENT_TYPE, "application/json; charset=utf-8")], body.to_string()).into_response()
}

/// A page for staff.
#[must_use]
pub fn page(frame: &Frame, status: StatusCode, title: &str, sentence: &str) -> Response {
    html(status, app::pages::staff::problem::page(frame, title, sentence))
}

/// A whole document.
#[must_use]
pub fn html(status: StatusCode, document: String) -> Response {
    (status, [(CONTENT_TYPE, "text/html; charset=utf-8")], document).into_response()
}

/// Asks to come back after `wait`, in whole seconds.
#[must_use]
pub fn later(mut response: Response, wait: TimeDelta) -> Response {
    let seconds = wait.num_milliseconds().max(1).unsigned_abs().div_ceil(1_000);
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    response
}

/// 503 while the database is away. What else it refuses is logged: it is our fault, and asking again may help.
#[must_use]
pub fn away(error: &StoreError) -> Response {
    away_saying(error, AWAY)
}

/// The same in other words.
#[must_use]
pub fn away_saying(error: &StoreError, sentence: &str) -> Response {
    if error.is_unreachable() {
        tracing::warn!(%error, "the database does not answer");
    } else {
        tracing::error!(%error, "the database refused");
    }
    later(plain(StatusCode::SERVICE_UNAVAILABLE, sentence), TimeDelta::seconds(5))
}

/// What an action refused, as a page for staff: for handlers whose form cannot show it beside a field.
#[must_use]
pub fn refused(frame: &Frame, error: &ActionError) -> Response {
    let (status, title) = match error {
        ActionError::Store(error) => return away(error),
        ActionError::Invalid(_) => (StatusCode::UNPROCESSABLE_ENTITY, "This cannot be done"),
        ActionError::Missing(_) => (StatusCode::NOT_FOUND, "Not found"),
        ActionError::Conflict(_) => (StatusCode::CONFLICT, "This cannot be done now"),
    };
    page(frame, status, title, &error.to_string())
}
