//! One call: who asks, of which page, and what they sent.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use app::view::PublicView;
use app::words::{Id, Role};
use axum::extract::{FromRequest, FromRequestParts as _, RawPathParams, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use serde::Serialize;
use serde_json::{Map, Value};

use super::fields::Fields;
use super::refusal::Refusal;
use crate::actions::{Act, Done};
use crate::store::StoreError;
use crate::web::guards::Caller;
use crate::web::router::Shared;

/// How long a call waits until the page shows what it did.
const SHOWN_WITHIN: Duration = Duration::from_secs(2);
/// Rows of a list, unless a client asks for fewer (contract 4).
const MOST_ROWS: i64 = 100;

/// What a handler is given once the guard let the token pass.
pub struct Call {
    /// What handlers share.
    pub shared: Shared,
    /// Whose token it is.
    pub caller: Caller,
    ids: HashMap<String, String>,
    query: HashMap<String, String>,
    headers: HeaderMap,
    body: Bytes,
}

impl FromRequest<Shared> for Call {
    type Rejection = Response;

    async fn from_request(request: Request, shared: &Shared) -> Result<Self, Response> {
        let (mut asked, body) = request.into_parts();
        let ids = RawPathParams::from_request_parts(&mut asked, shared).await.map_err(|_| Refusal::missing("page").into_response())?;
        let ids: HashMap<_, _> = ids.iter().map(|(name, id)| (name.to_owned(), id.to_owned())).collect();
        let caller = asked.extensions.remove::<Caller>().ok_or_else(|| StatusCode::INTERNAL_SERVER_ERROR.into_response())?;
        if ids.get("page").is_some_and(|page| page != caller.page.id.as_str()) {
            return Err(Refusal::missing("page").into_response());
        }
        // The guard has read the body already, and limited it.
        let body = axum::body::to_bytes(body, usize::MAX)
            .await
            .map_err(|_| Refusal::Unreadable("The body did not arrive whole. Send it again.".to_owned()).into_response())?;
        let query = form_urlencoded::parse(asked.uri.query().unwrap_or_default().as_bytes()).into_owned().collect();
        Ok(Self { shared: shared.clone(), caller, ids, query, headers: asked.headers, body })
    }
}

impl Call {
    /// What actions ask for.
    #[must_use]
    pub fn act(&self) -> Act<'_> {
        self.caller.act(&self.shared)
    }

    /// The page's id.
    #[must_use]
    pub const fn page(&self) -> &Id {
        &self.caller.page.id
    }

    /// The id that the address names, such as `incident`.
    ///
    /// # Errors
    /// What is no id is the id of nothing: 404.
    pub fn id(&self, noun: &'static str) -> Result<Id, Refusal> {
        self.ids.get(noun).and_then(|text| Id::parse(text).ok()).ok_or(Refusal::missing(noun))
    }

    /// One part of the query.
    #[must_use]
    pub fn asked(&self, key: &str) -> Option<&str> {
        self.query.get(key).map(String::as_str).filter(|text| !text.is_empty())
    }

    /// How many rows, and after how many; `first` is the number of the first page.
    ///
    /// # Errors
    /// What is no number from `first`.
    pub fn paging(&self, first: i64) -> Result<(i64, i64), Refusal> {
        let number = |key: &'static str, least: i64| match self.asked(key).map(str::parse::<i64>) {
            None => Ok(None),
            Some(Ok(number)) if number >= least => Ok(Some(number)),
            Some(_) => Err(Refusal::invalid(key, format!("{key} must be a whole number from {least}."))),
        };
        let limit = number("limit", 1)?.or(number("per_page", 1)?).unwrap_or(MOST_ROWS).min(MOST_ROWS);
        let page = number("page", first)?.unwrap_or(first);
        Ok((limit, (page - first).saturating_mul(limit)))
    }

    /// Whether the token may do more than the guard asked for.
    ///
    /// # Errors
    /// 403.
    pub fn needs(&self, role: Role) -> Result<(), Refusal> {
        if self.caller.role.covers(role) {
            return Ok(());
        }
        Err(Refusal::Forbidden(format!("This needs a token of the role {role}; this one has the role {}.", self.caller.role)))
    }

    /// The fields of the body, wrapped in the noun's name or bare; and what stands beside the wrapping.
    ///
    /// # Errors
    /// A body that is neither JSON nor a form: 400; one whose values are of the wrong kind: 422.
    pub fn fields(&self, noun: &'static str) -> Result<Fields, Refusal> {
        let typed = self.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let looks_like_json = self.body.trim_ascii_start().first().is_some_and(|byte| matches!(byte, b'{' | b'[' | b'"'));
        let form = typed.starts_with("application/x-www-form-urlencoded") && !looks_like_json;
        let whole = match (self.body.trim_ascii().is_empty(), form) {
            (true, _) => Value::Object(Map::new()),
            (_, true) => super::fields::from_form(&self.body)?,
            (_, false) => serde_json::from_slice(&self.body)
                .map_err(|error| Refusal::Unreadable(format!("The body is not valid JSON: {error}. Nothing was changed.")))?,
        };
        Fields::of(whole, noun, form)
    }

    /// What readers are shown now.
    ///
    /// # Errors
    /// 503 while nothing is known yet.
    pub fn view(&self) -> Result<Arc<PublicView>, Refusal> {
        self.shared.publisher.current().view.clone().ok_or(Refusal::Starting)
    }

    /// What readers are shown once they see what was done.
    ///
    /// # Errors
    /// 503 while nothing is known yet.
    pub async fn shown(&self, done: &Done) -> Result<Arc<PublicView>, Refusal> {
        if let Some(revision) = done.revision
            && !self.shared.publisher.shows(revision, SHOWN_WITHIN).await
        {
            tracing::warn!(revision, "a call is answered before the page shows what it did");
        }
        self.view()
    }
}

/// The object, with this status.
///
/// # Errors
/// Only if serialising fails, which plain data does not.
pub fn answer(status: StatusCode, object: &impl Serialize) -> Result<Response, Refusal> {
    let body = serde_json::to_vec(object).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    Ok((status, [(CONTENT_TYPE, "application/json; charset=utf-8")], body).into_response())
}

/// Microseconds as the API says them: in milliseconds. More than 71 minutes stay 71 minutes; a check takes seconds.
pub fn milliseconds(us: impl TryInto<u32>) -> f64 {
    f64::from(us.try_into().unwrap_or(u32::MAX)) / 1000.0
}
