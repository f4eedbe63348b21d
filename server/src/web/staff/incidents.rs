//! The list of incidents, and a new one.

use app::pages::staff::composer::{self, Composer, Preview};
use app::pages::staff::incidents::{self as list_page, Incidents, Line, href};
use app::pages::staff::{Facts, Hands, Message, NextUpdate, other_languages};
use app::staff::Wrong;
use app::view::PublicView;
use app::words::{Id, Impact, IncidentStatus, Role, SubscribedKind};
use axum::Extension;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use bytes::Bytes;
use chrono::DateTime;

use super::reading::{self, Reading};
use super::{desk, home};
use crate::actions::incidents::{self as actions, IncidentInput};
use crate::actions::{ActionError, Done};
use crate::store::StoreError;
use crate::store::audience::{self, Audience};
use crate::store::incidents::{self, IncidentSummary, Which};
use crate::web::form::Form;
use crate::web::guards::Caller;
use crate::web::router::{Guard, Route, Shared};
use crate::web::{flash, problem};

const HERE: &str = "/staff/incidents";
const RESPONDER: Guard = Guard::Staff(Role::Responder);

/// Incidents of the past on one page.
const PAST: i64 = 30;

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::new("GET", HERE, Guard::Staff(Role::Viewer), || get(show)),
    Route::new("GET", "/staff/incidents/new", RESPONDER, || get(begin)),
    Route::new("POST", "/staff/incidents/new", RESPONDER, || post(send)),
];

async fn show(State(shared): State<Shared>, Extension(caller): Extension<Caller>, RawQuery(query): RawQuery) -> Response {
    let frame = super::frame(&shared, &caller, HERE, None);
    let before = match Form::of_query(query.as_deref()).text("before").as_str() {
        "" => None,
        text => match text.parse().ok().and_then(DateTime::from_timestamp_micros) {
            Some(before) => Some(before),
            None => {
                let sentence = "Behind before= must stand what the link to older incidents has there.";
                return problem::page(&frame, StatusCode::BAD_REQUEST, "This address cannot be read", sentence);
            }
        },
    };
    let read = async {
        let mut tx = shared.db.read().await?;
        let (drafts, open) = if before.is_none() { home::waiting(&mut tx, &caller.page).await? } else { (Vec::new(), Vec::new()) };
        // The database keeps microseconds; what ended in this instant is over.
        let which = Which::Past { before: before.unwrap_or_else(|| frame.now + chrono::TimeDelta::seconds(1)), limit: PAST };
        let past = incidents::list(&mut tx, &caller.page.id, which).await?;
        Ok::<_, StoreError>((drafts, open, past))
    };
    match read.await {
        Ok((drafts, open, past)) => {
            let older = past.last().filter(|_| i64::try_from(past.len()).is_ok_and(|shown| shown >= PAST));
            let older = older.and_then(|last| last.resolved_at).map(|at| format!("{HERE}?before={}", at.timestamp_micros()));
            let past = past.into_iter().map(line).collect();
            problem::html(StatusCode::OK, list_page::page(&frame, &Incidents { drafts, open, past, older, newest: before.is_none() }))
        }
        Err(error) => problem::away(&error),
    }
}

fn line(summary: IncidentSummary) -> Line {
    Line {
        id: summary.id,
        name: summary.name,
        status: summary.status,
        impact: summary.impact,
        started_at: summary.started_at,
        resolved_at: summary.resolved_at,
        next_update_at: summary.next_update_at,
        owner: summary.owner,
        evidence: Vec::new(),
        publish_at: None,
    }
}

async fn begin(State(shared): State<Shared>, Extension(caller): Extension<Caller>) -> Response {
    let view = match desk::view(&shared) {
        Ok(view) => view,
        Err(starting) => return *starting,
    };
    let facts = Facts { names: other_languages::none(&view), ..Facts::default() };
    let message = Message {
        status: IncidentStatus::Investigating.to_string(),
        bodies: other_languages::none(&view),
        notify: true,
        next: NextUpdate { choice: "30".to_owned(), at: String::new() },
        ..Message::default()
    };
    compose(&shared, &caller, StatusCode::OK, Filled { facts, message, ..Filled::default() }).await
}

async fn send(State(shared): State<Shared>, Extension(caller): Extension<Caller>, body: Bytes) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let filled = Filled { facts: reading::facts(&form), message: reading::message(&form), ..Filled::default() };
    let act = caller.act(&shared);
    let mut reading = Reading::new(&caller.page.time_zone, act.now);
    let input = reading.incident(&filled.facts, &filled.message, None);
    let input = match reading.end(input) {
        Ok(input) => input,
        Err(error) => return refused(&shared, &caller, filled, &error).await,
    };
    let publish = match form.text("do").as_str() {
        "publish" => true,
        "save" => false,
        _ => return previewed(&shared, &caller, filled, &input).await,
    };
    match actions::create(&act, &input, publish).await {
        Ok(done) => told(&shared, &done, publish).await,
        Err(error) => refused(&shared, &caller, filled, &error).await,
    }
}

/// The page of what was made or published.
pub(super) async fn told(shared: &Shared, done: &Done, published: bool) -> Response {
    desk::settle(shared, done).await;
    let sentence = if published { "Published. Readers see it now." } else { "Saved as a draft. Nobody outside sees it." };
    flash::to(&href(&done.id), sentence)
}

async fn previewed(shared: &Shared, caller: &Caller, filled: Filled, input: &IncidentInput) -> Response {
    let view = match desk::view(shared) {
        Ok(view) => view,
        Err(starting) => return *starting,
    };
    let preview = Some(preview(shared, &view, input));
    compose(shared, caller, StatusCode::OK, Filled { preview, ..filled }).await
}

/// What readers would see of an incident that is only words yet.
pub(super) fn preview(shared: &Shared, view: &PublicView, input: &IncidentInput) -> Preview {
    let now = shared.clock.now();
    let next = desk::Next {
        status: input.status,
        body: &input.body,
        components: &input.components,
        display_at: now,
        next_update_at: input.next_update_at,
    };
    let incident = app::words::Incident {
        id: Id::from_bytes([0; 16]),
        name: input.name.clone(),
        status: input.status,
        impact: Impact::None,
        started_at: input.started_at.unwrap_or(now),
        detected_at: None,
        published_at: Some(now),
        monitoring_at: None,
        resolved_at: None,
        next_update_at: None,
        created_at: now,
        updated_at: now,
        components: Vec::new(),
        updates: Vec::new(),
        postmortem: None,
    };
    desk::preview(view, incident, input.impact_override, &next, now)
}

async fn refused(shared: &Shared, caller: &Caller, filled: Filled, error: &ActionError) -> Response {
    let wrong = match error {
        ActionError::Invalid(problems) => super::wrong(problems),
        error => return problem::refused(&super::frame(shared, caller, HERE, None), error),
    };
    compose(shared, caller, StatusCode::UNPROCESSABLE_ENTITY, Filled { wrong, ..filled }).await
}

/// What stands in the form.
#[derive(Default)]
struct Filled {
    facts: Facts,
    message: Message,
    wrong: Vec<Wrong>,
    preview: Option<Preview>,
}

async fn compose(shared: &Shared, caller: &Caller, status: StatusCode, filled: Filled) -> Response {
    let view = match desk::view(shared) {
        Ok(view) => view,
        Err(starting) => return *starting,
    };
    let reach =
        match reach(shared, caller, &filled.message.components, filled.preview.as_ref().map(|preview| preview.incident.impact), None).await
        {
            Ok(reach) => reach,
            Err(error) => return problem::away(&error),
        };
    let composer = Composer {
        draft: None,
        seen: None,
        facts: filled.facts,
        message: filled.message,
        stock: desk::stock(&view),
        view: &view,
        reach: Some(reach),
        evidence: Vec::new(),
        hands: Hands::default(),
        theirs: Vec::new(),
        wrong: filled.wrong,
        preview: filled.preview,
    };
    problem::html(status, composer::page(&super::frame(shared, caller, HERE, None), &composer))
}

/// How many would be told of these components, as the form names them, with those who follow the incident and without those who muted
/// it: of it is known whether it is over. One statement.
pub(super) async fn reach(
    shared: &Shared,
    caller: &Caller,
    chosen: &[String],
    impact: Option<Impact>,
    incident: Option<(&Id, bool)>,
) -> Result<i64, StoreError> {
    let named: Vec<Id> = chosen.iter().filter_map(|text| Id::parse(text.split(' ').next()?).ok()).collect();
    let mut tx = shared.db.read().await?;
    let audience = Audience {
        kind: SubscribedKind::Incidents,
        impact: impact.unwrap_or(Impact::Critical),
        components: named.iter().collect(),
        about: incident.iter().map(|(id, _)| *id).collect(),
        over: incident.is_some_and(|(_, over)| over),
    };
    audience::reach(&mut tx, &caller.page.id, &audience).await
}
