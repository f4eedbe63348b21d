//! Announcements.

use app::words::{Id, Role};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{delete, get, patch, post, put};
use serde::Serialize;

use super::call::{Call, answer};
use super::fields::Given;
use super::refusal::Refusal;
use crate::actions::announcements::{self, AnnouncementInput};
use crate::snapshot::{v2, wordings};
use crate::store::announcements::{self as files, AnnouncementFile};
use crate::web::router::{Guard, Route};

const RESPONDER: Guard = Guard::Token(Role::Responder);

/// Their routes.
pub const ROUTES: &[Route] = &[
    Route::new("GET", "/v1/pages/{page}/announcements", Guard::Token(Role::Viewer), || get(list)),
    Route::new("POST", "/v1/pages/{page}/announcements", RESPONDER, || post(create)),
    Route::new("GET", "/v1/pages/{page}/announcements/{announcement}", Guard::Token(Role::Viewer), || get(one)),
    Route::new("PATCH", "/v1/pages/{page}/announcements/{announcement}", RESPONDER, || patch(change)),
    Route::new("PUT", "/v1/pages/{page}/announcements/{announcement}", RESPONDER, || put(change)),
    Route::new("DELETE", "/v1/pages/{page}/announcements/{announcement}", RESPONDER, || delete(remove)),
];

#[derive(Serialize)]
struct Row<'a> {
    id: String,
    page_id: String,
    body: String,
    starts_at: String,
    expires_at: Option<String>,
    author: Option<String>,
    created_at: Option<String>,
    updated_at: Option<String>,
    translations: wordings::Row<'a>,
}

fn row<'a>(wire: &v2::Wire<'a>, page: &Id, file: AnnouncementFile) -> Row<'a> {
    let announcement = file.announcement;
    Row {
        translations: wire.translations(&announcement.id),
        id: announcement.id.to_string(),
        page_id: page.to_string(),
        body: announcement.body,
        starts_at: wire.time(announcement.starts_at),
        expires_at: announcement.expires_at.map(|at| wire.time(at)),
        author: file.author,
        created_at: file.created_at.map(|at| wire.time(at)),
        updated_at: file.updated_at.map(|at| wire.time(at)),
    }
}

async fn list(call: Call) -> Result<Response, Refusal> {
    let (limit, offset) = call.paging(1)?;
    let mut tx = call.shared.db.read().await?;
    let found = files::list(&mut tx, call.page(), limit, offset).await?;
    let view = call.view()?;
    let wire = v2::Wire::new(&view);
    answer(StatusCode::OK, &found.into_iter().map(|file| row(&wire, call.page(), file)).collect::<Vec<_>>())
}

async fn one(call: Call) -> Result<Response, Refusal> {
    respond(&call, StatusCode::OK, &call.id("announcement")?).await
}

async fn create(call: Call) -> Result<Response, Refusal> {
    let mut fields = call.fields("announcement")?;
    let body = fields.text("body").value().unwrap_or_default();
    let starts_at = fields.time("starts_at").value();
    let expires_at = fields.time("expires_at");
    let translations = fields.translations(&*call.view()?, "body");
    let notify = fields.flag("deliver_notifications").value();
    // A banner that nobody takes down stands for years: that it is meant to has to be said.
    if !fields.says(&["expires_at"]) {
        fields.refuse("expires_at", "expires_at is missing. Give the time at which it ends, or null to show it until it is taken back.");
    }
    fields.end()?;
    let input = AnnouncementInput { body, starts_at, expires_at: expires_at.value(), notify, translations };
    let done = announcements::create(&call.act(), &input).await?;
    call.shown(&done).await?;
    respond(&call, StatusCode::CREATED, &done.id).await
}

async fn change(call: Call) -> Result<Response, Refusal> {
    let id = call.id("announcement")?;
    let known = known(&call, &id).await?.announcement;
    let mut fields = call.fields("announcement")?;
    let input = AnnouncementInput {
        body: fields.text("body").or(Some(known.body)).unwrap_or_default(),
        starts_at: match fields.time("starts_at") {
            Given::Not => Some(known.starts_at),
            given => given.value(),
        },
        expires_at: fields.time("expires_at").or(known.expires_at),
        notify: fields.flag("deliver_notifications").value(),
        translations: fields.translations(&*call.view()?, "body"),
    };
    fields.end()?;
    let done = announcements::change(&call.act(), &id, &input).await?;
    call.shown(&done).await?;
    respond(&call, StatusCode::OK, &id).await
}

async fn remove(call: Call) -> Result<Response, Refusal> {
    let done = announcements::delete(&call.act(), &call.id("announcement")?).await?;
    call.shown(&done).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn known(call: &Call, id: &Id) -> Result<AnnouncementFile, Refusal> {
    let mut tx = call.shared.db.read().await?;
    files::get(&mut tx, call.page(), id).await?.ok_or(Refusal::missing("announcement"))
}

async fn respond(call: &Call, status: StatusCode, id: &Id) -> Result<Response, Refusal> {
    let file = known(call, id).await?;
    let view = call.view()?;
    answer(status, &row(&v2::Wire::new(&view), call.page(), file))
}
