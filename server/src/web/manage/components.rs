//! Components.

use std::collections::HashMap;
use std::sync::Arc;

use app::view::{ComponentView, PublicView};
use app::words::{Component, ComponentStatus, Id, Role, StatusSource};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{delete, get, patch, post, put};
use serde::Serialize;

use super::call::{Call, answer};
use super::fields::Fields;
use super::refusal::Refusal;
use super::translations::FIELD;
use crate::actions::components::{self, ComponentInput};
use crate::domain::template::Template;
use crate::snapshot::{v2, wordings};
use crate::store::{self, component_templates};
use crate::web::router::{Guard, Route};

/// Their routes. Stating a status is a responder's; describing a component is an administrator's.
pub const ROUTES: &[Route] = &[
    Route::new("GET", "/v1/pages/{page}/components", Guard::Token(Role::Viewer), || get(list)),
    Route::new("POST", "/v1/pages/{page}/components", Guard::Token(Role::Admin), || post(create)),
    Route::new("GET", "/v1/pages/{page}/components/{component}", Guard::Token(Role::Viewer), || get(one)),
    Route::new("PATCH", "/v1/pages/{page}/components/{component}", Guard::Token(Role::Responder), || patch(change)),
    Route::new("PUT", "/v1/pages/{page}/components/{component}", Guard::Token(Role::Responder), || put(change)),
    Route::new("DELETE", "/v1/pages/{page}/components/{component}", Guard::Token(Role::Admin), || delete(remove)),
];

const DESCRIBING: [&str; 11] = [
    "name",
    "description",
    "group_id",
    "position",
    "showcase",
    "start_date",
    "only_show_if_degraded",
    "upstream",
    "draft_title",
    "draft_body",
    FIELD,
];

#[derive(Serialize)]
struct Row<'a> {
    #[serde(flatten)]
    component: v2::ComponentRow<'a>,
    upstream: bool,
    draft_title: &'a str,
    draft_body: &'a str,
    translations: wordings::Row<'a>,
}

fn row<'a>(wire: &v2::Wire<'a>, view: &'a PublicView, known: &'a ComponentView, template: Option<&'a Template>) -> Row<'a> {
    let component = &known.component;
    Row {
        component: wire.leaf(known),
        upstream: component.upstream,
        draft_title: template.map_or("", |template| &template.title),
        draft_body: template.map_or("", |template| &template.body),
        translations: wordings::described(view, &component.id),
    }
}

async fn list(call: Call) -> Result<Response, Refusal> {
    let (limit, offset) = call.paging(1)?;
    let view = call.view()?;
    let wire = v2::Wire::new(&view);
    let shown = view.components.iter().skip(usize::try_from(offset).unwrap_or(usize::MAX)).take(usize::try_from(limit).unwrap_or(0));
    let templates: HashMap<Id, Template> =
        component_templates::all(&mut call.shared.db.read().await?, call.page()).await?.into_iter().collect();
    let rows: Vec<Row<'_>> = shown.map(|known| row(&wire, &view, known, templates.get(&known.component.id))).collect();
    answer(StatusCode::OK, &rows)
}

async fn one(call: Call) -> Result<Response, Refusal> {
    let id = call.id("component")?;
    respond(&call, StatusCode::OK, &call.view()?, &id).await
}

async fn create(call: Call) -> Result<Response, Refusal> {
    let mut fields = call.fields("component")?;
    let input = read(&mut fields, None, Template::default(), &*call.view()?);
    let status = fields.word("status", ComponentStatus::ALL).value();
    fields.end()?;
    let done = components::create(&call.act(), &input, status).await?;
    respond(&call, StatusCode::CREATED, &call.shown(&done).await?, &done.id).await
}

async fn change(call: Call) -> Result<Response, Refusal> {
    let id = call.id("component")?;
    let (known, template) = known(&call, &id).await?;
    let mut fields = call.fields("component")?;
    let describes = fields.says(&DESCRIBING);
    if describes {
        call.needs(Role::Admin)?;
    }
    let input = read(&mut fields, Some(&known), template, &*call.view()?);
    let status = fields.word("status", ComponentStatus::ALL).value();
    fields.end()?;
    let act = call.act();
    let done = match (describes, status) {
        (true, Some(status)) => components::update_and_state(&act, &id, &input, status, StatusSource::Api).await?,
        (true, None) => components::update(&act, &id, &input).await?,
        (false, Some(status)) => components::state(&act, &id, status, StatusSource::Api).await?,
        (false, None) => return respond(&call, StatusCode::OK, &call.view()?, &id).await,
    };
    respond(&call, StatusCode::OK, &call.shown(&done).await?, &id).await
}

async fn remove(call: Call) -> Result<Response, Refusal> {
    let done = components::delete(&call.act(), &call.id("component")?).await?;
    call.shown(&done).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// The component as the record has it: what is not said of it stays.
async fn known(call: &Call, id: &Id) -> Result<(Component, Template), Refusal> {
    let mut tx = call.shared.db.read().await?;
    let rows = store::components::components(&mut tx, call.page()).await?;
    let component = rows.into_iter().map(|row| row.component).find(|component| component.id == *id);
    let component = component.ok_or(Refusal::missing("component"))?;
    Ok((component, component_templates::get(&mut tx, id).await?))
}

fn read(fields: &mut Fields, known: Option<&Component>, template: Template, view: &PublicView) -> ComponentInput {
    ComponentInput {
        name: fields.text("name").or(known.map(|known| known.name.clone())).unwrap_or_default(),
        description: fields.text("description").or(known.and_then(|known| known.description.clone())),
        group_id: fields.id("group_id").or(known.and_then(|known| known.group_id.clone())),
        position: fields.number("position").or(known.map(|known| known.position)),
        showcase: fields.flag("showcase").value().unwrap_or(known.is_none_or(|known| known.showcase)),
        start_date: fields.day("start_date").or(known.and_then(|known| known.start_date)),
        only_show_if_degraded: fields
            .flag("only_show_if_degraded")
            .value()
            .unwrap_or(known.is_some_and(|known| known.only_show_if_degraded)),
        upstream: fields.flag("upstream").value().unwrap_or(known.is_some_and(|known| known.upstream)),
        template: Some(Template {
            title: fields.text("draft_title").or(Some(template.title)).unwrap_or_default(),
            body: fields.text("draft_body").or(Some(template.body)).unwrap_or_default(),
        }),
        translations: fields.translations(view, "description"),
    }
}

async fn respond(call: &Call, status: StatusCode, view: &Arc<PublicView>, id: &Id) -> Result<Response, Refusal> {
    let known = view.component(id.as_str()).ok_or(Refusal::missing("component"))?;
    let template = component_templates::get(&mut call.shared.db.read().await?, id).await?;
    answer(status, &row(&v2::Wire::new(view), view, known, Some(&template)))
}
