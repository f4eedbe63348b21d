//! Action items: what follows from post-mortems. Our own; the field has none.

use app::words::{ActionState, Id, Role};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{delete, get, patch, post};
use serde::Serialize;

use super::call::{Call, answer};
use super::fields::Fields;
use super::refusal::Refusal;
use crate::actions::Done;
use crate::actions::postmortems::{self as actions, ItemInput};
use crate::snapshot::v2::Wire;
use crate::store::action_items::{self as files, ItemFile};
use crate::web::router::{Guard, Route};

/// Their routes.
pub const ROUTES: &[Route] = &[
    Route::new("GET", "/v1/pages/{page}/action_items", Guard::Token(Role::Viewer), || get(list)),
    Route::new("POST", "/v1/pages/{page}/action_items", Guard::Token(Role::Responder), || post(create)),
    Route::new("GET", "/v1/pages/{page}/action_items/{item}", Guard::Token(Role::Viewer), || get(one)),
    Route::new("PATCH", "/v1/pages/{page}/action_items/{item}", Guard::Token(Role::Responder), || patch(change)),
    Route::new("DELETE", "/v1/pages/{page}/action_items/{item}", Guard::Token(Role::Responder), || delete(remove)),
];

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    postmortem_id: &'a str,
    title: &'a str,
    explanation: Option<&'a str>,
    state: &'static str,
    due_on: Option<String>,
    link: Option<&'a str>,
    owner: Option<&'a str>,
    votes: i64,
    history: Vec<Step>,
}

#[derive(Serialize)]
struct Step {
    state: &'static str,
    at: String,
}

fn row<'a>(wire: &Wire<'_>, file: &'a ItemFile) -> Row<'a> {
    let item = &file.item;
    Row {
        id: item.id.as_str(),
        postmortem_id: file.postmortem_id.as_str(),
        title: &item.title,
        explanation: item.explanation.as_deref(),
        state: item.state.as_str(),
        due_on: item.due_on.map(|day| day.to_string()),
        link: item.link.as_deref(),
        owner: file.owner.as_deref(),
        votes: item.votes,
        history: item.history.iter().map(|step| Step { state: step.state.as_str(), at: wire.time(step.at) }).collect(),
    }
}

async fn list(call: Call) -> Result<Response, Refusal> {
    let (limit, offset) = call.paging(1)?;
    let mut tx = call.shared.db.read().await?;
    let found = files::list(&mut tx, call.page(), limit, offset).await?;
    let view = call.view()?;
    let wire = Wire::new(&view);
    answer(StatusCode::OK, &found.iter().map(|file| row(&wire, file)).collect::<Vec<_>>())
}

async fn one(call: Call) -> Result<Response, Refusal> {
    respond(&call, StatusCode::OK, &file(&call, &call.id("item")?).await?)
}

async fn create(call: Call) -> Result<Response, Refusal> {
    let mut fields = call.fields("action_item")?;
    let postmortem = fields.id("postmortem_id").value();
    if postmortem.is_none() && !fields.has("postmortem_id") {
        fields.refuse("postmortem_id", "postmortem_id is missing. Give the id of the post-mortem that this follows from.");
    }
    let input = said(&mut fields, None);
    fields.end()?;
    let postmortem = postmortem.ok_or(Refusal::missing("post-mortem"))?;
    let done = actions::add_item(&call.act(), &postmortem, &input).await?;
    finish(&call, StatusCode::CREATED, &done).await
}

async fn change(call: Call) -> Result<Response, Refusal> {
    let known = file(&call, &call.id("item")?).await?;
    let mut fields = call.fields("action_item")?;
    let input = said(&mut fields, Some(&known));
    fields.end()?;
    let done = actions::change_item(&call.act(), &known.postmortem_id, &known.item.id, &input).await?;
    finish(&call, StatusCode::OK, &done).await
}

async fn remove(call: Call) -> Result<Response, Refusal> {
    let gone = file(&call, &call.id("item")?).await?;
    let done = actions::remove_item(&call.act(), &gone.postmortem_id, &gone.item.id).await?;
    call.shown(&done).await?;
    respond(&call, StatusCode::OK, &gone)
}

/// What is to stand; what is not said stays.
fn said(fields: &mut Fields, known: Option<&ItemFile>) -> ItemInput {
    let item = known.map(|file| &file.item);
    ItemInput {
        title: fields.text("title").or(item.map(|item| item.title.clone())).unwrap_or_default(),
        explanation: fields.text("explanation").or(item.and_then(|item| item.explanation.clone())),
        state: fields.word("state", ActionState::ALL).or(item.map(|item| item.state)).unwrap_or(ActionState::Planned),
        due_on: fields.day("due_on").or(item.and_then(|item| item.due_on)),
        link: fields.text("link").or(item.and_then(|item| item.link.clone())),
        owner: fields.text("owner").or(known.and_then(|file| file.owner.clone())),
    }
}

async fn file(call: &Call, id: &Id) -> Result<ItemFile, Refusal> {
    let mut tx = call.shared.db.read().await?;
    files::get(&mut tx, call.page(), id).await?.ok_or(Refusal::missing("action item"))
}

async fn finish(call: &Call, status: StatusCode, done: &Done) -> Result<Response, Refusal> {
    call.shared.signals.outbox.notify_one();
    call.shown(done).await?;
    respond(call, status, &file(call, &done.id).await?)
}

fn respond(call: &Call, status: StatusCode, file: &ItemFile) -> Result<Response, Refusal> {
    let view = call.view()?;
    answer(status, &row(&Wire::new(&view), file))
}
