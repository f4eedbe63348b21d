//! Component groups. The vendor's description spells them with a hyphen, other texts with an underscore: both are taken.

use std::sync::Arc;

use app::view::{GroupView, PublicView};
use app::words::{Id, Role};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{delete, get, patch, post, put};
use serde::Serialize;

use super::call::{Call, answer};
use super::refusal::Refusal;
use crate::actions::components::{self, GroupInput};
use crate::snapshot::{v2, wordings};
use crate::store;
use crate::web::router::{Guard, Route};

/// Their routes.
pub const ROUTES: &[Route] = &[
    Route::new("GET", "/v1/pages/{page}/component-groups", Guard::Token(Role::Viewer), || get(list)),
    Route::new("POST", "/v1/pages/{page}/component-groups", Guard::Token(Role::Admin), || post(create)),
    Route::new("GET", "/v1/pages/{page}/component-groups/{group}", Guard::Token(Role::Viewer), || get(one)),
    Route::new("PATCH", "/v1/pages/{page}/component-groups/{group}", Guard::Token(Role::Admin), || patch(change)),
    Route::new("PUT", "/v1/pages/{page}/component-groups/{group}", Guard::Token(Role::Admin), || put(change)),
    Route::new("DELETE", "/v1/pages/{page}/component-groups/{group}", Guard::Token(Role::Admin), || delete(remove)),
    Route::new("GET", "/v1/pages/{page}/component_groups", Guard::Token(Role::Viewer), || get(list)),
    Route::new("POST", "/v1/pages/{page}/component_groups", Guard::Token(Role::Admin), || post(create)),
    Route::new("GET", "/v1/pages/{page}/component_groups/{group}", Guard::Token(Role::Viewer), || get(one)),
    Route::new("PATCH", "/v1/pages/{page}/component_groups/{group}", Guard::Token(Role::Admin), || patch(change)),
    Route::new("PUT", "/v1/pages/{page}/component_groups/{group}", Guard::Token(Role::Admin), || put(change)),
    Route::new("DELETE", "/v1/pages/{page}/component_groups/{group}", Guard::Token(Role::Admin), || delete(remove)),
];

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    page_id: &'a str,
    name: &'a str,
    description: Option<&'a str>,
    components: Vec<&'a str>,
    position: i64,
    created_at: String,
    updated_at: String,
    translations: wordings::Row<'a>,
}

fn row<'a>(view: &'a PublicView, known: &'a GroupView) -> Row<'a> {
    let wire = v2::Wire::new(view);
    let group = &known.group;
    Row {
        id: group.id.as_str(),
        page_id: view.page.id.as_str(),
        name: &group.name,
        description: group.description.as_deref(),
        components: known.components.iter().map(Id::as_str).collect(),
        position: group.position,
        created_at: wire.time(group.created_at),
        updated_at: wire.time(group.updated_at),
        translations: wordings::described(view, &group.id),
    }
}

async fn list(call: Call) -> Result<Response, Refusal> {
    let (limit, offset) = call.paging(1)?;
    let view = call.view()?;
    let shown = view.groups.iter().skip(usize::try_from(offset).unwrap_or(usize::MAX)).take(usize::try_from(limit).unwrap_or(0));
    answer(StatusCode::OK, &shown.map(|group| row(&view, group)).collect::<Vec<_>>())
}

async fn one(call: Call) -> Result<Response, Refusal> {
    respond(StatusCode::OK, &call.view()?, &call.id("group")?)
}

async fn create(call: Call) -> Result<Response, Refusal> {
    let mut fields = call.fields("component_group")?;
    fields.take_from_beside("description");
    let input = GroupInput {
        name: fields.text("name").value().unwrap_or_default(),
        description: fields.text("description").value(),
        position: None,
        components: Some(fields.ids("components").value().unwrap_or_default()),
        translations: fields.translations(&*call.view()?, "description"),
    };
    if !fields.says(&["components"]) {
        fields.refuse("components", "components is missing. Give the ids of the group's components, or an empty list.");
    }
    fields.end()?;
    let done = components::create_group(&call.act(), &input).await?;
    respond(StatusCode::CREATED, &call.shown(&done).await?, &done.id)
}

async fn change(call: Call) -> Result<Response, Refusal> {
    let id = call.id("group")?;
    let mut tx = call.shared.db.read().await?;
    let known = store::components::groups(&mut tx, call.page()).await?.into_iter().find(|group| group.id == id);
    drop(tx);
    let known = known.ok_or(Refusal::missing("component group"))?;
    let mut fields = call.fields("component_group")?;
    fields.take_from_beside("description");
    let input = GroupInput {
        name: fields.text("name").or(Some(known.name)).unwrap_or_default(),
        description: fields.text("description").or(known.description),
        position: fields.number("position").value(),
        components: fields.ids("components").value(),
        translations: fields.translations(&*call.view()?, "description"),
    };
    fields.end()?;
    let done = components::update_group(&call.act(), &id, &input).await?;
    respond(StatusCode::OK, &call.shown(&done).await?, &id)
}

async fn remove(call: Call) -> Result<Response, Refusal> {
    let id = call.id("group")?;
    let before = call.view()?;
    let gone = row(&before, group(&before, &id)?);
    let done = components::delete_group(&call.act(), &id).await?;
    call.shown(&done).await?;
    answer(StatusCode::OK, &gone)
}

fn respond(status: StatusCode, view: &Arc<PublicView>, id: &Id) -> Result<Response, Refusal> {
    answer(status, &row(view, group(view, id)?))
}

fn group<'a>(view: &'a PublicView, id: &Id) -> Result<&'a GroupView, Refusal> {
    view.groups.iter().find(|known| known.group.id == *id).ok_or(Refusal::missing("component group"))
}
