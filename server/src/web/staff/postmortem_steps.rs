//! What is done with a post-mortem beside writing it: promise, second reader, a link to the draft, taking it back, and what readers say.

use app::pages::staff::postmortem::Form as Which;
use app::pages::staff::postmortem_feedback::{self as pages, Voice, Voices};
use axum::Extension;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use bytes::Bytes;
use chrono::TimeDelta;

use super::paging::{Paged, paged};
use super::postmortem::{Kept, answer, known, led, load, refused, seen};
use super::postmortems::HERE;
use super::reading::Reading;
use super::{desk, document};
use crate::actions::{ActionError, postmortems as actions};
use crate::store::{StoreError, feedback as store};
use crate::web::form::Form;
use crate::web::guards::Caller;
use crate::web::router::Shared;
use crate::web::visitor::preview;
use crate::web::{flash, problem};

/// How long a link may hold, in days.
const DAYS: [i64; 3] = [1, 7, 30];

/// The second reader agrees.
pub(super) async fn approve(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let done = async { actions::approve(&caller.act(&shared), &known(&id)?, seen(&form)?).await };
    let kept = Kept { which: Which::Review, ..Kept::default() };
    led(&shared, &caller, &id, done.await, kept, "Approved. It can be published as it stands.").await
}

/// The second reader does not.
pub(super) async fn send_back(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let because = form.text("because");
    let done = async { actions::send_back(&caller.act(&shared), &known(&id)?, &because).await };
    let done = done.await;
    let kept = Kept { which: Which::Review, because, ..Kept::default() };
    led(&shared, &caller, &id, done, kept, "Sent back. It is a draft again.").await
}

/// Another day, another owner, or none after all.
pub(super) async fn plan(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let fields = document::plan(&form);
    let done = async {
        let file = load(&shared, &caller, &id).await?;
        let act = caller.act(&shared);
        let mut reading = Reading::new(&caller.page.time_zone, act.now);
        let plan = reading.plan(&fields, file.record.postmortem.due_at);
        let plan = reading.end(plan)?.ok_or_else(|| ActionError::invalid("postmortem", "Choose one of the two ways to go on."))?;
        actions::set_plan(&act, &file.record.postmortem.id, &plan).await.map_err(document::named_as_in_forms)
    };
    let done = done.await;
    let kept = Kept { which: Which::Plan, plan: Some(fields), ..Kept::default() };
    led(&shared, &caller, &id, done, kept, "Saved. Readers see it now.").await
}

/// A link that shows the draft to whoever has it.
pub(super) async fn link(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let Some(secret) = shared.secret.get() else {
        return problem::later(problem::plain(StatusCode::SERVICE_UNAVAILABLE, problem::AWAY), TimeDelta::seconds(5));
    };
    let days = form.text("days").parse().ok().filter(|days| DAYS.contains(days));
    let made = async {
        let id = known(&id)?;
        let days = days.ok_or_else(|| ActionError::invalid("days", "Choose how long the link holds: 1, 7 or 30 days."))?;
        let until = shared.clock.now() + TimeDelta::days(days);
        let path = preview::path(secret, &caller.page.id, &id, until);
        Ok::<_, ActionError>((format!("{}{path}", shared.config.public_url), until))
    };
    match made.await {
        Ok(link) => answer(&shared, &caller, &id, StatusCode::OK, Kept { link: Some(link), ..Kept::default() }).await,
        Err(error) => refused(&shared, &caller, &id, error, Kept { which: Which::Other, ..Kept::default() }).await,
    }
}

/// Off the public page.
pub(super) async fn revert(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(id): Path<String>) -> Response {
    let done = async { actions::revert(&caller.act(&shared), &known(&id)?).await };
    let kept = Kept { which: Which::Other, ..Kept::default() };
    led(&shared, &caller, &id, done.await, kept, "Taken off the public page. The text is a draft again.").await
}

/// Out of sight.
pub(super) async fn delete(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(id): Path<String>) -> Response {
    let done = async { actions::delete(&caller.act(&shared), &known(&id)?).await };
    match done.await {
        Ok(done) => {
            desk::settle(&shared, &done).await;
            flash::to(HERE, "Deleted. It stays in the record and in the audit.")
        }
        Err(error) => refused(&shared, &caller, &id, error, Kept { which: Which::Other, ..Kept::default() }).await,
    }
}

/// What readers said.
pub(super) async fn feedback(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let paged = paged(&Form::of_query(query.as_deref()));
    let frame = super::frame(&shared, &caller, HERE, None);
    let file = match load(&shared, &caller, &id).await {
        Ok(file) => file,
        Err(error) => return problem::refused(&frame, &error),
    };
    let postmortem = &file.record.postmortem;
    let read = async {
        let mut tx = shared.db.read().await?;
        let (yes, no) = store::summary(&mut tx, &postmortem.id).await?;
        Ok::<_, StoreError>((yes, yes + no, store::written(&mut tx, &postmortem.id, Paged::SIZE + 1, paged.offset()).await?))
    };
    match read.await {
        Ok((yes, all, written)) => {
            let (written, more) = paged.cut(written);
            let written =
                written.into_iter().map(|said| Voice { at: said.at, helpful: said.helpful, body: said.body.unwrap_or_default() }).collect();
            let older = more.then(|| paged.next(&format!("{HERE}/{id}/feedback"), &[]));
            let newest = paged.offset() == 0;
            let voices = Voices { id: &postmortem.id, title: &postmortem.title, yes, all, written, older, newest };
            problem::html(StatusCode::OK, pages::page(&frame, &voices))
        }
        Err(error) => problem::away(&error),
    }
}
