//! Post-mortems as the field has them: one resource below an incident. Of a document over several incidents it is the same one below
//! each of them. Our own list stands beside it, with what the field has no words for.

use app::words::{Id, Postmortem, Role};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{delete, get, put};
use chrono::{DateTime, Days, NaiveTime, Utc};
use serde::Serialize;

use super::call::{Call, answer};
use super::fields::Given;
use super::refusal::Refusal;
use crate::actions::Done;
use crate::actions::postmortems::{self as actions, Covers, Plan, PutInput};
use crate::secret::Purpose;
use crate::snapshot::v2::Wire;
use crate::store::postmortem_files::{self as files, PostmortemFile, PostmortemSummary};
use crate::web::router::{Guard, Route};

/// Their routes.
pub const ROUTES: &[Route] = &[
    Route::new("GET", "/v1/pages/{page}/postmortems", Guard::Token(Role::Viewer), || get(list)),
    Route::new("GET", "/v1/pages/{page}/incidents/{incident}/postmortem", Guard::Token(Role::Viewer), || get(one)),
    Route::new("PUT", "/v1/pages/{page}/incidents/{incident}/postmortem", Guard::Token(Role::Responder), || put(write)),
    Route::new("DELETE", "/v1/pages/{page}/incidents/{incident}/postmortem", Guard::Token(Role::Responder), || delete(remove)),
    Route::new("PUT", "/v1/pages/{page}/incidents/{incident}/postmortem/publish", Guard::Token(Role::Responder), || put(publish)),
    Route::new("PUT", "/v1/pages/{page}/incidents/{incident}/postmortem/revert", Guard::Token(Role::Responder), || put(revert)),
];

/// How long the key of a preview holds at least.
const PREVIEW_DAYS: u64 = 7;

/// The field's words, all of them and no others.
#[derive(Serialize)]
struct Row {
    preview_key: Option<String>,
    body: Option<String>,
    body_updated_at: Option<String>,
    body_draft: Option<String>,
    body_draft_updated_at: Option<String>,
    published_at: Option<String>,
    notify_subscribers: bool,
    notify_twitter: bool,
    custom_tweet: Option<String>,
    created_at: String,
    updated_at: String,
}

fn row(call: &Call, wire: &Wire<'_>, file: &PostmortemFile) -> Row {
    let known = &file.record.postmortem;
    let public = known.status.is_public();
    let written = public || file.draft.is_some();
    let body_updated_at = if public { said_since(known) } else { None };
    Row {
        preview_key: if written { preview_key(call, &known.id) } else { None },
        body: public.then(|| known.markdown()),
        body_updated_at: body_updated_at.map(|at| wire.time(at)),
        body_draft: written.then(|| file.text().markdown()),
        body_draft_updated_at: file.draft_updated_at.or(body_updated_at).map(|at| wire.time(at)),
        published_at: known.published_at.map(|at| wire.time(at)),
        notify_subscribers: file.notified_at.is_some(),
        notify_twitter: false,
        custom_tweet: None,
        created_at: wire.time(known.created_at),
        updated_at: wire.time(known.updated_at),
    }
}

/// Since when a public document says what it says.
fn said_since(known: &Postmortem) -> Option<DateTime<Utc>> {
    known.revisions.last().map(|revision| revision.replaced_at).max(known.published_at)
}

/// What follows `/post-mortems/{id}/preview/`. It holds until a midnight, so that it is the same all day.
fn preview_key(call: &Call, id: &Id) -> Option<String> {
    let last = call.shared.clock.now().date_naive().checked_add_days(Days::new(PREVIEW_DAYS + 1))?;
    let second = last.and_time(NaiveTime::MIN).and_utc().timestamp();
    let secret = call.shared.secret.get()?;
    Some(format!("{second}-{}", secret.token(Purpose::Preview, call.page(), id, second)))
}

/// Our own words.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    title: &'a str,
    status: &'static str,
    due_at: Option<String>,
    waived_because: Option<&'a str>,
    published_at: Option<String>,
    provisional: bool,
    owner: Option<&'a str>,
    incident_ids: Vec<&'a str>,
    maintenance_id: Option<&'a str>,
}

fn line<'a>(wire: &Wire<'_>, summary: &'a PostmortemSummary) -> Line<'a> {
    Line {
        id: summary.id.as_str(),
        title: &summary.title,
        status: summary.status.as_str(),
        due_at: summary.due_at.map(|at| wire.time(at)),
        waived_because: summary.waived_because.as_deref(),
        published_at: summary.published_at.map(|at| wire.time(at)),
        provisional: summary.provisional,
        owner: summary.owner.as_deref(),
        incident_ids: summary.incidents.iter().map(|(id, _)| id.as_str()).collect(),
        maintenance_id: summary.maintenance_id.as_ref().map(Id::as_str),
    }
}

async fn list(call: Call) -> Result<Response, Refusal> {
    let (limit, offset) = call.paging(1)?;
    let mut tx = call.shared.db.read().await?;
    let all = files::list(&mut tx, call.page()).await?;
    let view = call.view()?;
    let wire = Wire::new(&view);
    let shown = all.iter().skip(usize::try_from(offset).unwrap_or(usize::MAX)).take(usize::try_from(limit).unwrap_or(0));
    answer(StatusCode::OK, &shown.map(|summary| line(&wire, summary)).collect::<Vec<_>>())
}

async fn one(call: Call) -> Result<Response, Refusal> {
    let file = file(&call).await?;
    respond(&call, &file)
}

async fn write(call: Call) -> Result<Response, Refusal> {
    let incident = call.id("incident")?;
    let mut fields = call.fields("postmortem")?;
    let (due_at, because) = (fields.time("due_at").value(), fields.text("waived_because").value());
    if due_at.is_some() && because.is_some() {
        fields.refuse("waived_because", "A post-mortem is either promised or not planned. Give due_at or waived_because, not both.");
    }
    let plan = due_at.map(|due_at| Plan::By { due_at, owner: None }).or(because.map(|because| Plan::Waived { because }));
    let (title, body, owner) = (fields.text("title").value(), fields.text("body_draft").value(), fields.text("owner"));
    let (incidents, maintenance) = (fields.ids("incident_ids"), fields.id("maintenance_id"));
    fields.end()?;
    let covers = if incidents.is_said() || maintenance.is_said() {
        // What is not said of the two stays.
        let known = known(&call, &incident)
            .await?
            .map_or_else(|| Covers { incidents: vec![incident.clone()], maintenance: None }, |file| file.covers);
        Some(Covers { incidents: incidents.or(Some(known.incidents)).unwrap_or_default(), maintenance: maintenance.or(known.maintenance) })
    } else {
        None
    };
    let owner = match owner {
        Given::Not => None,
        given => Some(given.value().unwrap_or_default()),
    };
    let done = actions::put(&call.act(), &incident, &PutInput { title, body, covers, plan, owner }).await;
    let done = done.map_err(|error| error.renamed("body", "body_draft").renamed("incidents", "incident_ids"))?;
    finish(&call, &done).await
}

async fn publish(call: Call) -> Result<Response, Refusal> {
    let file = file(&call).await?;
    let mut fields = call.fields("postmortem")?;
    let notify = fields.flag("notify_subscribers").value().unwrap_or(true);
    let provisional = fields.flag("provisional").value().unwrap_or(file.record.postmortem.provisional);
    fields.end()?;
    let done = actions::publish(&call.act(), &file.record.postmortem.id, provisional, notify, file.draft_updated_at).await?;
    finish(&call, &done).await
}

async fn revert(call: Call) -> Result<Response, Refusal> {
    let file = file(&call).await?;
    let done = actions::revert(&call.act(), &file.record.postmortem.id).await?;
    finish(&call, &done).await
}

async fn remove(call: Call) -> Result<Response, Refusal> {
    let gone = file(&call).await?;
    let done = actions::delete(&call.act(), &gone.record.postmortem.id).await?;
    call.shown(&done).await?;
    respond(&call, &gone)
}

/// The document that the address speaks of.
async fn file(call: &Call) -> Result<PostmortemFile, Refusal> {
    known(call, &call.id("incident")?).await?.ok_or(Refusal::missing("post-mortem"))
}

async fn known(call: &Call, incident: &Id) -> Result<Option<PostmortemFile>, Refusal> {
    let mut tx = call.shared.db.read().await?;
    match files::of_incident(&mut tx, call.page(), incident).await? {
        Some(id) => Ok(files::get(&mut tx, call.page(), &id).await?),
        None => Ok(None),
    }
}

async fn finish(call: &Call, done: &Done) -> Result<Response, Refusal> {
    call.shared.signals.outbox.notify_one();
    call.shown(done).await?;
    let mut tx = call.shared.db.read().await?;
    let file = files::get(&mut tx, call.page(), &done.id).await?.ok_or(Refusal::missing("post-mortem"))?;
    respond(call, &file)
}

fn respond(call: &Call, file: &PostmortemFile) -> Result<Response, Refusal> {
    let view = call.view()?;
    answer(StatusCode::OK, &row(call, &Wire::new(&view), file))
}
