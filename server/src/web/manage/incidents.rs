//! Incidents and their messages. Planned work has the same addresses, and is handed on.

use std::cmp::Reverse;
use std::sync::Arc;

use app::view::PublicView;
use app::words::{ComponentStatus, Id, Impact, IncidentStatus, Role};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{delete, get, patch, post, put};
use serde::Serialize;

use super::call::{Call, answer};
use super::fields::{Concerned, Fields, Given};
use super::maintenances;
use super::planned;
use super::refusal::Refusal;
use super::translations;
use crate::actions::incidents::{self, EditInput, IncidentInput, UpdateInput};
use crate::actions::translations::Wording;
use crate::actions::{ActionError, Done};
use crate::snapshot::{v2, wordings};
use crate::store::incidents::{self as files, IncidentFile};
use crate::store::maintenances as planned_files;
use crate::web::router::{Guard, Route};

/// Their routes.
pub const ROUTES: &[Route] = &[
    Route::new("GET", "/v1/pages/{page}/incidents", Guard::Token(Role::Viewer), || get(list)),
    Route::new("GET", "/v1/pages/{page}/incidents/unresolved", Guard::Token(Role::Viewer), || get(unresolved)),
    Route::new("POST", "/v1/pages/{page}/incidents", Guard::Token(Role::Responder), || post(create)),
    Route::new("GET", "/v1/pages/{page}/incidents/{incident}", Guard::Token(Role::Viewer), || get(one)),
    Route::new("PATCH", "/v1/pages/{page}/incidents/{incident}", Guard::Token(Role::Responder), || patch(change)),
    Route::new("PUT", "/v1/pages/{page}/incidents/{incident}", Guard::Token(Role::Responder), || put(change)),
    Route::new("DELETE", "/v1/pages/{page}/incidents/{incident}", Guard::Token(Role::Responder), || delete(remove)),
    Route::new("PATCH", "/v1/pages/{page}/incidents/{incident}/incident_updates/{message}", Guard::Token(Role::Responder), || {
        patch(edit_update)
    }),
    Route::new("PUT", "/v1/pages/{page}/incidents/{incident}/incident_updates/{message}", Guard::Token(Role::Responder), || {
        put(edit_update)
    }),
];

/// The field's words, and our own after them.
#[derive(Serialize)]
struct Row<'a> {
    #[serde(flatten)]
    incident: v2::IncidentRow<'a>,
    internal_notes: Option<&'a str>,
    next_update_at: Option<String>,
    owner: Option<&'a str>,
    draft: bool,
    publish_at: Option<String>,
    acknowledged_at: Option<String>,
    acknowledged_by: Option<&'a str>,
    translations: wordings::Row<'a>,
}

fn row<'a>(view: &'a PublicView, file: &'a IncidentFile) -> Row<'a> {
    let stored = &file.record.incident;
    // Readers' own form knows its post-mortem; it is older than the record only until the next look.
    let shown = view.incident(stored.id.as_str()).filter(|_| file.record.visible && view.revision >= file.record.revision);
    let wire = v2::Wire::with_translations(view);
    Row {
        incident: wire.incident(shown.map_or(stored, |shown| shown)),
        internal_notes: file.internal_notes.as_deref(),
        next_update_at: stored.next_update_at.map(|at| wire.time(at)),
        owner: file.owner.as_deref(),
        draft: stored.published_at.is_none(),
        publish_at: file.watch.publish_at.filter(|_| stored.published_at.is_none()).map(|at| wire.time(at)),
        acknowledged_at: file.watch.acknowledged_at.map(|at| wire.time(at)),
        acknowledged_by: file.watch.acknowledged_by.as_deref(),
        translations: wire.translations(&stored.id),
    }
}

/// Planned work is among incidents, as the field has it.
#[derive(Serialize)]
#[serde(untagged)]
enum Either<'a> {
    Incident(Box<Row<'a>>),
    Planned(Box<maintenances::Row<'a>>),
}

async fn list(call: Call) -> Result<Response, Refusal> {
    let (limit, offset) = call.paging(1)?;
    let mut tx = call.shared.db.read().await?;
    let (view, page, text) = (call.view()?, call.page(), call.asked("q"));
    let incidents = files::in_page(&mut tx, page, text, limit, offset).await?;
    let planned = planned_files::in_page(&mut tx, page, text, limit, offset).await?;
    let sheets = maintenances::sheets(&call, &mut tx, planned, &view).await?;
    let wire = v2::Wire::with_translations(&view);
    let incidents = incidents.iter().map(|file| (file.record.incident.started_at, Either::Incident(Box::new(row(&view, file)))));
    let sheets = sheets.iter().map(|sheet| (sheet.created_at(), Either::Planned(Box::new(sheet.row(&wire)))));
    let mut rows: Vec<_> = incidents.chain(sheets).collect();
    rows.sort_by_key(|(at, _)| Reverse(*at));
    answer(StatusCode::OK, &rows.into_iter().map(|(_, row)| row).collect::<Vec<_>>())
}

async fn unresolved(call: Call) -> Result<Response, Refusal> {
    let (limit, offset) = call.paging(1)?;
    let mut tx = call.shared.db.read().await?;
    let found = files::search(&mut tx, call.page(), call.asked("q"), true, limit, offset).await?;
    let view = call.view()?;
    answer(StatusCode::OK, &found.iter().map(|file| row(&view, file)).collect::<Vec<_>>())
}

async fn one(call: Call) -> Result<Response, Refusal> {
    let (id, view) = (call.id("incident")?, call.view()?);
    if let Some(planned) = maintenances::find(&call, &id).await? {
        return maintenances::respond(&call, StatusCode::OK, planned, &view).await;
    }
    respond(&call, StatusCode::OK, &id, &view).await
}

async fn create(call: Call) -> Result<Response, Refusal> {
    let mut fields = call.fields("incident")?;
    let (backfilled, day) = (fields.flag("backfilled").value(), fields.day("backfill_date").value());
    if planned::is_meant(&fields) {
        if backfilled == Some(true) || day.is_some() {
            return Err(Refusal::invalid("backfilled", "Planned work is announced ahead. Backfill an incident, without scheduled times."));
        }
        return maintenances::create(&call).await;
    }
    let mut said = Said::read(&call)?;
    fields.end()?;
    let draft = said.draft.take().unwrap_or(false);
    let view = call.view()?;
    let input = said.whole(None, &view);
    let act = call.act();
    let done = match (backfilled, day) {
        (None | Some(false), None) => incidents::create(&act, &input, !draft).await,
        (_, Some(day)) if !draft => incidents::backfill(&act, &input, day).await,
        (_, Some(_)) => Err(ActionError::invalid("draft", "An incident of the past is published at once. Leave draft out.")),
        (Some(true), None) => Err(ActionError::invalid("backfill_date", "Say on which day it was, such as 2026-01-31.")),
    };
    let done = done.map_err(|error| said.named(error))?;
    finish(&call, StatusCode::CREATED, &done.id, &done).await
}

async fn change(call: Call) -> Result<Response, Refusal> {
    let id = call.id("incident")?;
    if let Some(planned) = maintenances::find(&call, &id).await? {
        return maintenances::change(&call, &id, &planned).await;
    }
    let file = file(&call, &id).await?;
    let mut fields = call.fields("incident")?;
    refuse_what_is_no_incidents(&mut fields);
    fields.end()?;
    let said = Said::read(&call)?;
    let (act, view, seen) = (call.act(), call.view()?, Some(file.record.revision));
    if file.record.incident.published_at.is_none() {
        let publish = said.draft == Some(false);
        let input = said.whole(Some(&file), &view);
        let done =
            if publish { incidents::publish(&act, &id, &input, seen).await } else { incidents::save_draft(&act, &id, &input, seen).await };
        return finish(&call, StatusCode::OK, &id, &done.map_err(|error| said.named(error))?).await;
    }
    if said.draft == Some(true) {
        return Err(Refusal::invalid("draft", "This incident is published already and cannot become a draft again. Delete it instead."));
    }
    let (edits, message) = (said.edits(), said.message(&file, &view));
    if message.is_none() {
        translations::need_a_message(&said.bodies)?;
    }
    let facts = said.facts(Some(&file));
    let done = match (edits, message) {
        (true, Some(message)) => incidents::edit_and_post(&act, &id, &facts, &message, seen).await,
        (false, Some(message)) => incidents::post_update(&act, &id, &message, seen).await,
        (true, None) => incidents::edit(&act, &id, &facts, seen).await,
        (false, None) => Ok(Done { id: id.clone(), revision: None }),
    };
    finish(&call, StatusCode::OK, &id, &done.map_err(|error| said.named(error))?).await
}

async fn remove(call: Call) -> Result<Response, Refusal> {
    let id = call.id("incident")?;
    if let Some(planned) = maintenances::find(&call, &id).await? {
        return maintenances::remove(&call, &id, planned).await;
    }
    let (gone, view) = (file(&call, &id).await?, call.view()?);
    let done = incidents::delete(&call.act(), &id, None).await?;
    call.shown(&done).await?;
    answer(StatusCode::OK, &row(&view, &gone))
}

async fn edit_update(call: Call) -> Result<Response, Refusal> {
    let (id, message) = (call.id("incident")?, call.id("message")?);
    let mut fields = call.fields("incident_update")?;
    fields.alias("message", "body");
    let (body, display_at) = (fields.text("body"), fields.time("display_at").value());
    let wordings = fields.translations(&*call.view()?, "body");
    fields.end()?;
    if let Some(planned) = maintenances::find(&call, &id).await? {
        return maintenances::edit_update(&call, planned, &message, body, display_at, &wordings).await;
    }
    let known = file(&call, &id).await?;
    let known = known.record.incident.updates.iter().find(|update| update.id == message).ok_or(Refusal::missing("message"))?;
    let body = body.or(Some(known.body.clone())).unwrap_or_default();
    let done = incidents::edit_update(&call.act(), &id, &message, &body, display_at, &wordings, None).await?;
    let view = call.shown(&done).await?;
    let edited = file(&call, &id).await?;
    let update = edited.record.incident.updates.iter().find(|update| update.id == message).ok_or(Refusal::missing("message"))?;
    answer(StatusCode::OK, &v2::Wire::with_translations(&view).update(id.as_str(), update, IncidentStatus::as_str))
}

async fn file(call: &Call, id: &Id) -> Result<IncidentFile, Refusal> {
    let mut tx = call.shared.db.read().await?;
    files::get(&mut tx, call.page(), id).await?.filter(|file| !file.deleted).ok_or(Refusal::missing("incident"))
}

async fn finish(call: &Call, status: StatusCode, id: &Id, done: &Done) -> Result<Response, Refusal> {
    call.shared.signals.outbox.notify_one();
    let view = call.shown(done).await?;
    respond(call, status, id, &view).await
}

async fn respond(call: &Call, status: StatusCode, id: &Id, view: &Arc<PublicView>) -> Result<Response, Refusal> {
    answer(status, &row(view, &file(call, id).await?))
}

/// What a body says of an incident.
struct Said {
    name: Given<String>,
    status: Option<IncidentStatus>,
    body: Option<String>,
    components: Option<Vec<(Id, Option<ComponentStatus>)>>,
    field: &'static str,
    impact_override: Given<Impact>,
    started_at: Given<chrono::DateTime<chrono::Utc>>,
    notify: Option<bool>,
    next_update_at: Given<chrono::DateTime<chrono::Utc>>,
    owner: Given<String>,
    internal_notes: Given<String>,
    draft: Option<bool>,
    /// Titles in other languages.
    names: Vec<Wording>,
    /// The message in other languages.
    bodies: Vec<Wording>,
}

impl Said {
    fn read(call: &Call) -> Result<Self, Refusal> {
        let mut fields = call.fields("incident")?;
        fields.alias("message", "body");
        let Concerned { components, field } = fields.concerned();
        let (names, bodies) = translations::apart(&fields.translations(&*call.view()?, "body"));
        let said = Self {
            name: fields.text("name"),
            status: fields.word("status", IncidentStatus::ALL).value(),
            body: fields.text("body").value(),
            components,
            field,
            impact_override: fields.word("impact_override", Impact::ALL),
            started_at: fields.time("started_at"),
            notify: fields.flag("deliver_notifications").value(),
            next_update_at: fields.time("next_update_at"),
            owner: fields.text("owner"),
            internal_notes: fields.text("internal_notes"),
            draft: fields.flag("draft").value(),
            names,
            bodies,
        };
        fields.end()?;
        Ok(said)
    }

    /// Why nothing was done, in the words of the body.
    fn named(&self, error: ActionError) -> ActionError {
        error.renamed("components", self.field)
    }

    /// Whether anything beside a message is said.
    const fn edits(&self) -> bool {
        self.name.is_said()
            || self.impact_override.is_said()
            || self.started_at.is_said()
            || self.next_update_at.is_said()
            || self.owner.is_said()
            || self.internal_notes.is_said()
            || !self.names.is_empty()
    }

    /// What is to stand beside the messages; what is not said stays.
    fn facts(&self, file: Option<&IncidentFile>) -> EditInput {
        let known = file.map(|file| &file.record.incident);
        EditInput {
            name: self.name.clone().or(known.map(|known| known.name.clone())).unwrap_or_default(),
            impact_override: self.impact_override.clone().or(file.and_then(|file| file.record.impact_override)),
            started_at: self.started_at.clone().or(known.map(|known| known.started_at)),
            next_update_at: self.next_update_at.clone().or(known.and_then(|known| known.next_update_at)),
            owner: self.owner.clone().or(file.and_then(|file| file.owner.clone())),
            internal_notes: self.internal_notes.clone().or(file.and_then(|file| file.internal_notes.clone())),
            translations: self.names.clone(),
        }
    }

    /// A whole new incident, or a draft as it is to be.
    fn whole(&self, file: Option<&IncidentFile>, view: &PublicView) -> IncidentInput {
        let facts = self.facts(file);
        let first = file.and_then(|file| file.record.incident.updates.first());
        let known = || first.and_then(|first| first.effects.as_ref()).into_iter().flatten();
        let components = if self.components.is_some() {
            self.stated(view)
        } else {
            known().map(|effect| (effect.component_id.clone(), effect.to)).collect()
        };
        IncidentInput {
            name: facts.name,
            status: self.status.or(first.map(|first| first.status)).unwrap_or(IncidentStatus::Investigating),
            body: self.body.clone().or_else(|| first.map(|first| first.body.clone())).unwrap_or_default(),
            components,
            impact_override: facts.impact_override,
            started_at: facts.started_at,
            notify: self.notify.or(first.map(|first| first.notify)).unwrap_or(true),
            next_update_at: facts.next_update_at,
            owner: facts.owner,
            internal_notes: facts.internal_notes,
            translations: [self.names.as_slice(), &self.bodies].concat(),
        }
    }

    /// One more message, where there is one in what is said: a text, another status, or another status of a component.
    fn message(&self, file: &IncidentFile, view: &PublicView) -> Option<UpdateInput> {
        let known = &file.record.incident;
        let shown = view.incident(known.id.as_str()).map_or(known.status, |shown| shown.status);
        // A client that sends back all that it was sent names the status that a published post-mortem gave.
        let status = self.status.filter(|status| *status != shown);
        let stated = self.stated(view);
        let turns = stated.iter().any(|(id, to)| view.component(id.as_str()).is_none_or(|known| known.status != *to));
        if self.body.as_ref().is_none_or(|body| body.trim().is_empty()) && status.is_none() && !turns {
            return None;
        }
        Some(UpdateInput {
            status: status.unwrap_or(known.status),
            body: self.body.clone().unwrap_or_default(),
            components: stated,
            notify: self.notify.unwrap_or(true),
            next_update_at: self.next_update_at.clone().value(),
            display_at: None,
            postmortem: None,
            translations: self.bodies.clone(),
        })
    }

    /// Components that are named alone keep the status they have.
    fn stated(&self, view: &PublicView) -> Vec<(Id, ComponentStatus)> {
        let now = |id: &Id| view.component(id.as_str()).map_or(ComponentStatus::Operational, |known| known.status);
        self.components.iter().flatten().map(|(id, status)| (id.clone(), status.unwrap_or_else(|| now(id)))).collect()
    }
}

/// An incident does not become planned work, and its past is told when it is made.
fn refuse_what_is_no_incidents(fields: &mut Fields) {
    for field in planned::FIELDS.into_iter().chain(["backfill_date"]) {
        if fields.has(field) {
            fields.refuse(field, "This is an incident that is written down already. Leave this out, or make a new one.");
        }
    }
}
