//! Why a call changed nothing, as programs read it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use chrono::TimeDelta;
use serde_json::json;

use crate::actions::{ActionError, Problem};
use crate::store::StoreError;
use crate::web::problem;

/// Why a call changed nothing.
#[derive(Debug)]
pub enum Refusal {
    /// The body cannot be read at all: 400.
    Unreadable(String),
    /// The token may not do this: 403.
    Forbidden(String),
    /// What an action says.
    Action(ActionError),
    /// The record was not read yet: 503.
    Starting,
}

impl From<ActionError> for Refusal {
    fn from(error: ActionError) -> Self {
        Self::Action(error)
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Action(error.into())
    }
}

impl Refusal {
    /// There is no such object on this page.
    #[must_use]
    pub const fn missing(noun: &'static str) -> Self {
        Self::Action(ActionError::Missing(noun))
    }

    /// One field is wrong.
    pub fn invalid(field: &'static str, sentence: impl Into<String>) -> Self {
        Self::Action(ActionError::invalid(field, sentence))
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let error = match self {
            Self::Unreadable(sentence) => return problem::json(StatusCode::BAD_REQUEST, &sentence),
            Self::Forbidden(sentence) => return problem::json(StatusCode::FORBIDDEN, &sentence),
            Self::Starting => return later("Allclear is starting. Please try again in a few seconds."),
            Self::Action(error) => error,
        };
        match &error {
            ActionError::Invalid(problems) => invalid(&error.to_string(), problems),
            ActionError::Missing(_) => problem::json(StatusCode::NOT_FOUND, &error.to_string()),
            ActionError::Conflict(sentence) => problem::json(StatusCode::CONFLICT, sentence),
            ActionError::Store(error) => {
                tracing::warn!(%error, "a call could not be answered");
                later(problem::AWAY)
            }
        }
    }
}

fn later(sentence: &str) -> Response {
    problem::later(problem::json(StatusCode::SERVICE_UNAVAILABLE, sentence), TimeDelta::seconds(5))
}

/// A field as programs write it: forms have `body.de` where programs have `translations.de.body`.
fn called(field: &str) -> Cow<'_, str> {
    field.split_once('.').map_or(Cow::Borrowed(field), |(kind, code)| format!("translations.{code}.{kind}").into())
}

/// Sentences by field, as clients of the field show them.
fn invalid(message: &str, problems: &[Problem]) -> Response {
    let mut by_field: BTreeMap<Cow<'_, str>, Vec<&str>> = BTreeMap::new();
    for problem in problems {
        by_field.entry(called(problem.field)).or_default().push(&problem.sentence);
    }
    let body = json!({ "message": message, "error": by_field }).to_string();
    (StatusCode::UNPROCESSABLE_ENTITY, [(CONTENT_TYPE, "application/json; charset=utf-8")], body).into_response()
}
