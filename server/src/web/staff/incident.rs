//! One incident: its draft, and everything that is done to it after it was published.

use app::markdown;
use app::pages::staff::clock::Clock;
use app::pages::staff::composer::{self, Composer, Preview};
use app::pages::staff::incident::{self as page, Edited, Form as Which, IncidentPage, Undo};
use app::pages::staff::incidents::href;
use app::pages::staff::other_languages::{self, Texts};
use app::pages::staff::{BY, Facts, Message, NextUpdate, PlanFields};
use app::parts::locale::Locale;
use app::staff::Wrong;
use app::view::PublicView;
use app::words::{DeliveryState, Id, Impact, Incident, IncidentStatus, PageSettings, Role, Sighted};
use axum::Extension;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use bytes::Bytes;
use chrono::{DateTime, Utc};

use super::incidents::{preview, reach, told};
use super::reading::{self, Reading};
use super::{changes, desk, hands};
use crate::actions::ActionError;
use crate::actions::incidents as actions;
use crate::actions::postmortems::usually_due;
use crate::actions::voices::sightings;
use crate::domain::seen::Seen;
use crate::store::StoreError;
use crate::store::incidents::{self, IncidentFile, Sheet};
use crate::web::form::Form;
use crate::web::guards::Caller;
use crate::web::problem;
use crate::web::router::{Guard, Route, Shared};

const HERE: &str = "/staff/incidents";
const RESPONDER: Guard = Guard::Staff(Role::Responder);

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::new("GET", "/staff/incidents/{id}", Guard::Staff(Role::Viewer), || get(show)),
    Route::new("POST", "/staff/incidents/{id}", RESPONDER, || post(send_draft)),
    Route::new("POST", "/staff/incidents/{id}/take", RESPONDER, || post(hands::take)),
    Route::new("POST", "/staff/incidents/{id}/updates", RESPONDER, || post(changes::update)),
    Route::new("POST", "/staff/incidents/{id}/updates/{update}", RESPONDER, || post(changes::edit_update)),
    Route::new("POST", "/staff/incidents/{id}/updates/{update}/undo", RESPONDER, || post(changes::undo)),
    Route::new("POST", "/staff/incidents/{id}/details", RESPONDER, || post(changes::details)),
    Route::new("POST", "/staff/incidents/{id}/delete", RESPONDER, || post(changes::delete)),
];

/// What a form that was refused, or is only looked at, had in it.
#[derive(Default)]
pub(super) struct Kept {
    /// Which form it was.
    pub which: Which,
    /// The title and the rest.
    pub facts: Option<Facts>,
    /// The message.
    pub message: Option<Message>,
    /// The time a message is shown under.
    pub display_at: String,
    /// The promise beside the facts.
    pub next: Option<NextUpdate>,
    /// An edited message.
    pub edited: Option<(Id, Edited)>,
    /// What is said of a post-mortem.
    pub plan: Option<PlanFields>,
    /// Whether the next message is to resolve it.
    pub resolve: bool,
    /// What is wrong.
    pub wrong: Vec<Wrong>,
    /// Whether somebody else was faster.
    pub conflict: bool,
    /// What readers would see.
    pub preview: Option<Preview>,
}

async fn show(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let resolve = Form::of_query(query.as_deref()).text("resolve") == "1";
    answer(&shared, &caller, &id, StatusCode::OK, Kept { resolve, ..Kept::default() }).await
}

/// The same page again: what was refused with the sentences, what conflicts with what is new.
pub(super) async fn refused(shared: &Shared, caller: &Caller, id: &str, error: ActionError, kept: Kept) -> Response {
    let (wrong, conflict) = match error {
        ActionError::Invalid(problems) => (super::wrong(&problems), false),
        ActionError::Conflict(sentence) => (vec![Wrong { field: String::new(), sentence }], true),
        error => return problem::refused(&super::frame(shared, caller, HERE, None), &error),
    };
    answer(shared, caller, id, desk::status(conflict), Kept { wrong, conflict, ..kept }).await
}

/// The incident of that id on this page.
pub(super) async fn load(shared: &Shared, caller: &Caller, id: &str) -> Result<IncidentFile, ActionError> {
    Ok(sheet(shared, caller, id).await?.file)
}

async fn sheet(shared: &Shared, caller: &Caller, id: &str) -> Result<Sheet, ActionError> {
    let id = Id::parse(id).map_err(|_| ActionError::Missing("incident"))?;
    let mut tx = shared.db.read().await?;
    incidents::sheet(&mut tx, &caller.page.id, &id).await?.ok_or(ActionError::Missing("incident"))
}

/// The page as it is now, with what was kept of a form.
pub(super) async fn answer(shared: &Shared, caller: &Caller, id: &str, status: StatusCode, kept: Kept) -> Response {
    let sheet = match sheet(shared, caller, id).await {
        Ok(sheet) => sheet,
        Err(error) => return problem::refused(&super::frame(shared, caller, HERE, None), &error),
    };
    let document = if sheet.file.record.incident.published_at.is_some() {
        published(shared, caller, sheet, kept).await
    } else {
        draft(shared, caller, sheet.file, kept).await
    };
    match document {
        Ok(document) => problem::html(status, document),
        Err(response) => *response,
    }
}

fn away(error: &StoreError) -> Box<Response> {
    Box::new(problem::away(error))
}

async fn draft(shared: &Shared, caller: &Caller, file: IncidentFile, kept: Kept) -> Result<String, Box<Response>> {
    let view = desk::view(shared)?;
    let frame = super::frame(shared, caller, HERE, None);
    let (facts, message) = (facts_of(&file, &view, frame.locale()), first_message(&file, &view, frame.locale()));
    let theirs = if kept.conflict { differences(&kept, &facts, Some(&message)) } else { Vec::new() };
    let message = kept.message.unwrap_or(message);
    let impact = kept.preview.as_ref().map_or(file.record.incident.impact, |preview| preview.incident.impact);
    let reach = reach(shared, caller, &message.components, Some(impact), None).await.map_err(|error| away(&error))?;
    let composer = Composer {
        draft: Some(&file.record.incident.id),
        seen: Some(file.record.revision),
        facts: kept.facts.unwrap_or(facts),
        message,
        stock: desk::stock(&view),
        view: &view,
        reach: Some(reach),
        hands: hands::of(&file),
        evidence: desk::shown(file.seen),
        theirs,
        wrong: kept.wrong,
        preview: kept.preview,
    };
    Ok(composer::page(&frame, &composer))
}

async fn published(shared: &Shared, caller: &Caller, sheet: Sheet, kept: Kept) -> Result<String, Box<Response>> {
    let Sheet { file, told, accepted } = sheet;
    let view = desk::view(shared)?;
    let frame = super::frame(shared, caller, HERE, None);
    let zone = frame.locale();
    let facts = facts_of(&file, &view, zone);
    let theirs = if kept.conflict { differences(&kept, &facts, None) } else { Vec::new() };
    let hands = hands::of(&file);
    let (seen, mut incident) = (file.record.revision, file.record.incident);
    for update in &mut incident.updates {
        update.body_html = markdown::to_html(&update.body);
    }
    let stock = desk::stock(&view);
    let fresh = || {
        let bodies = other_languages::none(&view);
        if kept.resolve && !incident.status.is_over() {
            resolving(bodies, &stock)
        } else {
            Message { bodies, ..next_message(incident.status) }
        }
    };
    let message = kept.message.unwrap_or_else(fresh);
    let concerned: Vec<String> = incident.components.iter().map(Id::to_string).chain(message.components.iter().cloned()).collect();
    let over = message.status.parse().map_or(incident.status.is_over(), IncidentStatus::is_over);
    let clock = clock(&file.seen, file.monitor_id.is_some(), &incident, &told, &accepted);
    let reach = reach(shared, caller, &concerned, Some(incident.impact), Some((&incident.id, over))).await.map_err(|error| away(&error))?;
    let read = async {
        let mut tx = shared.db.read().await?;
        sightings::seen(&mut tx, &caller.page, frame.now).await
    };
    let seen_by = read.await.map_err(|error| away(&error))?;
    let undo = i64::from(shared.config.undo_seconds);
    let left = incident.updates.first().map_or(0, |newest| undo - (frame.now - newest.created_at).num_seconds());
    let promised = incident.next_update_at;
    let page = IncidentPage {
        seen,
        view: &view,
        stock,
        message,
        display_at: kept.display_at,
        facts: kept.facts.unwrap_or(facts),
        next: kept.next.unwrap_or_else(|| promise(promised, zone)),
        edited: kept.edited,
        refused: kept.which,
        wrong: kept.wrong,
        theirs,
        preview: kept.preview,
        reach: Some(reach),
        told,
        clock,
        undo: if left > 0 { Undo::Possible(left) } else { Undo::Over(undo) },
        evidence: desk::shown(file.seen),
        hands,
        plan: plan(&view, &incident, caller.settings, frame.now).map(|fresh| kept.plan.unwrap_or(fresh)),
        sightings: seen_by.get(&(Sighted::Incident, incident.id.clone())).copied().unwrap_or_default(),
        incident: &incident,
    };
    Ok(page::page(&frame, &page))
}

/// How long it took until everybody knew: the mails are those of the message it was published with.
fn clock(
    seen: &[Seen],
    drafted: bool,
    incident: &Incident,
    told: &[(Id, DeliveryState, i64)],
    accepted: &[(Id, DateTime<Utc>, DateTime<Utc>)],
) -> Clock {
    let first = incident.updates.iter().min_by_key(|update| update.created_at).map(|update| &update.id);
    let mails = accepted.iter().find(|(update, _, _)| Some(update) == first);
    let waits = |state: &DeliveryState| matches!(state, DeliveryState::Pending | DeliveryState::Sending);
    Clock {
        began_at: incident.started_at,
        failed_at: seen.iter().filter(|seen| !seen.beside).map(|seen| seen.evidence.first_failed_at).min(),
        drafted_at: drafted.then_some(incident.created_at),
        published_at: incident.published_at,
        mails: mails.map(|(_, first, newest)| (*first, *newest)),
        waiting: told.iter().any(|(update, state, number)| Some(update) == first && waits(state) && *number > 0),
    }
}

/// The fields beside the messages as they stand in the record.
fn facts_of(file: &IncidentFile, view: &PublicView, zone: Locale) -> Facts {
    Facts {
        name: file.record.incident.name.clone(),
        names: other_languages::names(view, &file.record.incident.id),
        impact_override: file.record.impact_override.map(|impact| impact.to_string()).unwrap_or_default(),
        started_at: zone.field(file.record.incident.started_at),
        owner: file.owner.clone().unwrap_or_default(),
        internal_notes: file.internal_notes.clone().unwrap_or_default(),
    }
}

fn promise(at: Option<DateTime<Utc>>, zone: Locale) -> NextUpdate {
    at.map_or_else(NextUpdate::default, |at| NextUpdate { choice: "at".to_owned(), at: zone.field(at) })
}

/// The message of a draft as it stands in the record. A monitor's draft promises nothing: half an hour is proposed.
fn first_message(file: &IncidentFile, view: &PublicView, zone: Locale) -> Message {
    let incident = &file.record.incident;
    let update = incident.updates.first();
    let effects = update.and_then(|update| update.effects.as_deref()).unwrap_or_default();
    let untouched = !file.seen.is_empty() && incident.next_update_at.is_none() && incident.updated_at == incident.created_at;
    Message {
        status: incident.status.to_string(),
        body: update.map(|update| update.body.clone()).unwrap_or_default(),
        bodies: update.map(|update| other_languages::bodies(view, &update.id)).unwrap_or_default(),
        components: effects.iter().map(|effect| format!("{} {}", effect.component_id, effect.to)).collect(),
        notify: update.is_none_or(|update| update.notify),
        next: if untouched { NextUpdate { choice: "30".to_owned(), at: String::new() } } else { promise(incident.next_update_at, zone) },
    }
}

/// What is said of a post-mortem when it is resolved, unless that is said already: a failure that was bad deserves one, so a promise
/// is proposed; of any other, whoever resolves it says nothing unless they choose to.
fn plan(view: &PublicView, incident: &Incident, settings: PageSettings, now: DateTime<Utc>) -> Option<PlanFields> {
    let said = view.incident(incident.id.as_str()).is_some_and(|shown| shown.postmortem.is_some());
    let choice = if incident.impact >= Impact::Major { BY } else { "" };
    let by = Locale::at(&view.page.time_zone, now).day(usually_due(&settings, now));
    let fields = PlanFields { choice: choice.to_owned(), by: by.to_string(), ..PlanFields::default() };
    (!said && !incident.status.is_over()).then_some(fields)
}

/// What the next message begins with.
fn next_message(status: IncidentStatus) -> Message {
    let status = if status == IncidentStatus::Postmortem { IncidentStatus::Resolved } else { status };
    let next = if status.is_over() { "" } else { "30" };
    Message {
        status: status.to_string(),
        notify: true,
        next: NextUpdate { choice: next.to_owned(), at: String::new() },
        ..Message::default()
    }
}

/// The message that resolves an incident, with the stock sentence to go on from.
fn resolving(bodies: Texts, stock: &[(IncidentStatus, String)]) -> Message {
    let body = stock.iter().find(|(status, _)| *status == IncidentStatus::Resolved).map(|(_, body)| body.clone());
    Message { body: body.unwrap_or_default(), bodies, ..next_message(IncidentStatus::Resolved) }
}

/// What the record says where the writer's form says something else.
fn differences(kept: &Kept, facts: &Facts, message: Option<&Message>) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    let mut compare = |field, theirs: &str, ours: &str| {
        // Browsers send line ends of their own kind.
        if theirs.trim() != ours.replace("\r\n", "\n").trim() {
            found.push((field, theirs.to_owned()));
        }
    };
    if let Some(ours) = &kept.facts {
        compare("Title", &facts.name, &ours.name);
        compare("Impact", &facts.impact_override, &ours.impact_override);
        compare("Began", &facts.started_at, &ours.started_at);
        compare("Owner", &facts.owner, &ours.owner);
        compare("Internal notes", &facts.internal_notes, &ours.internal_notes);
    }
    if let Some((theirs, ours)) = message.zip(kept.message.as_ref()) {
        compare("Status", &theirs.status, &ours.status);
        compare("Message", &theirs.body, &ours.body);
    }
    found
}

/// The draft's one form: looked at, saved, or published.
async fn send_draft(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(id): Path<String>, body: Bytes) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let kept = Kept { facts: Some(reading::facts(&form)), message: Some(reading::message(&form)), ..Kept::default() };
    match try_draft(&shared, &caller, &id, &form, &kept).await {
        Ok(Sent::Done(done, published)) => told(&shared, &done, published).await,
        Ok(Sent::Looked(preview)) => answer(&shared, &caller, &id, StatusCode::OK, Kept { preview: Some(*preview), ..kept }).await,
        Err(error) => refused(&shared, &caller, &id, error, kept).await,
    }
}

/// What came of a form.
enum Sent {
    Done(crate::actions::Done, bool),
    Looked(Box<Preview>),
}

async fn try_draft(shared: &Shared, caller: &Caller, id: &str, form: &Form, kept: &Kept) -> Result<Sent, ActionError> {
    let known = load(shared, caller, id).await?.record.incident;
    let act = caller.act(shared);
    let mut reading = Reading::new(&caller.page.time_zone, act.now);
    let (facts, message) = (kept.facts.clone().unwrap_or_default(), kept.message.clone().unwrap_or_default());
    let input = reading.incident(&facts, &message, Some(known.started_at));
    let input = reading.end(input)?;
    let seen = reading::seen(form)?;
    match form.text("do").as_str() {
        "publish" => Ok(Sent::Done(actions::publish(&act, &known.id, &input, seen).await?, true)),
        "save" => Ok(Sent::Done(actions::save_draft(&act, &known.id, &input, seen).await?, false)),
        _ => {
            let view = desk::view(shared).map_err(|_| ActionError::invalid("", "There is no preview yet: the page is starting."))?;
            Ok(Sent::Looked(Box::new(preview(shared, &view, &input))))
        }
    }
}

/// The page of an incident.
pub(super) fn to(id: &Id, sentence: &str) -> Response {
    crate::web::flash::to(&href(id), sentence)
}
