//! Who did what.

use app::pages::staff::audit::{self, Audit};
use app::words::{AuditEntry, Id, Role};
use axum::Extension;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use chrono::{DateTime, Utc};

use crate::store::audit as store;
use crate::web::form::Form;
use crate::web::guards::Caller;
use crate::web::problem;
use crate::web::router::{Guard, Route, Shared};

const HERE: &str = "/staff/audit";

/// Entries of one page.
const ENTRIES: i64 = 100;
/// Entries about one object, which stand on one page: nothing is changed as often.
const OF_ONE: i64 = 1_000;

/// The routes.
pub const ROUTES: &[Route] = &[Route::new("GET", HERE, Guard::Staff(Role::Viewer), || get(show))];

async fn show(State(shared): State<Shared>, Extension(caller): Extension<Caller>, RawQuery(query): RawQuery) -> Response {
    let query = Form::of_query(query.as_deref());
    let frame = super::frame(&shared, &caller, HERE, None);
    let refuse = |sentence| problem::page(&frame, StatusCode::BAD_REQUEST, "This address cannot be read", sentence);
    let subject = match query.text("subject").as_str() {
        "" => None,
        text => match Id::parse(text) {
            Ok(id) => Some(id),
            Err(_) => return refuse("Behind subject= must stand an id: 12 characters, a to z and 0 to 9."),
        },
    };
    let last = match query.text("before").as_str() {
        "" => None,
        text => match place(text) {
            Some(place) => Some(place),
            None => return refuse("Behind before= must stand what the link to older entries has there."),
        },
    };
    let read = async {
        let mut tx = shared.db.read().await?;
        match &subject {
            Some(subject) => store::of_subject(&mut tx, &caller.page.id, subject, OF_ONE).await,
            None => store::newest(&mut tx, &caller.page.id, last.as_ref().map(|(at, id)| (*at, id)), ENTRIES).await,
        }
    };
    match read.await {
        Ok(entries) => {
            let older = if subject.is_none() { older(&entries) } else { None };
            problem::html(StatusCode::OK, audit::page(&frame, &Audit { entries: &entries, subject: subject.as_ref(), older }))
        }
        Err(error) => problem::away(&error),
    }
}

/// The address of what stands behind a full page.
fn older(entries: &[AuditEntry]) -> Option<String> {
    let last = entries.last().filter(|_| i64::try_from(entries.len()).is_ok_and(|shown| shown >= ENTRIES))?;
    Some(format!("{HERE}?before={}-{}", last.at.timestamp_micros(), last.id))
}

/// Where a page ended: the instant in microseconds, and the id.
fn place(text: &str) -> Option<(DateTime<Utc>, Id)> {
    let (micros, id) = text.rsplit_once('-')?;
    Some((DateTime::from_timestamp_micros(micros.parse().ok()?)?, Id::parse(id).ok()?))
}
