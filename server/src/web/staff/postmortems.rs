//! The list of post-mortems, and the beginning of one.

use std::collections::HashSet;

use app::pages::staff::postmortems::{self as pages, Begin, Coverable, Line, Shelf, Without, href};
use app::pages::staff::{BY, PlanFields};
use app::parts::form::Choice;
use app::parts::locale::Locale;
use app::view::PublicView;
use app::words::{Id, Role};
use axum::Extension;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use bytes::Bytes;
use chrono::TimeDelta;

use super::names::{Names, is_caller};
use super::reading::Reading;
use super::{desk, document};
use crate::actions::ActionError;
use crate::actions::postmortems::{self as actions, usually_due};
use crate::store::StoreError;
use crate::store::postmortem_files::{self, PostmortemSummary};
use crate::web::form::Form;
use crate::web::guards::Caller;
use crate::web::router::{Guard, Route, Shared};
use crate::web::{flash, problem};

pub(super) const HERE: &str = "/staff/post-mortems";
const RESPONDER: Guard = Guard::Staff(Role::Responder);

/// How long an incident that is over asks for a word on its post-mortem.
const ASKS_FOR: TimeDelta = TimeDelta::days(30);
/// Incidents and windows that a form offers to be covered.
const OFFERED: usize = 40;

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::new("GET", HERE, Guard::Staff(Role::Viewer), || get(show)),
    Route::new("GET", "/staff/post-mortems/new", RESPONDER, || get(blank)),
    Route::new("POST", "/staff/post-mortems/new", RESPONDER, || post(begin)),
];

async fn show(State(shared): State<Shared>, Extension(caller): Extension<Caller>) -> Response {
    let view = match desk::view(&shared) {
        Ok(view) => view,
        Err(starting) => return *starting,
    };
    let read = async {
        let mut tx = shared.db.read().await?;
        let list = postmortem_files::list(&mut tx, &caller.page.id).await?;
        Ok::<_, StoreError>((list, Names::read(&mut tx, &caller.page.id).await?))
    };
    match read.await {
        Ok((list, names)) => {
            let frame = super::frame(&shared, &caller, HERE, None);
            let covered: HashSet<&Id> = list.iter().flat_map(|one| one.incidents.iter().map(|(id, _)| id)).collect();
            let without = without(&view, &covered);
            let lines = list.iter().map(|one| line(one, &view, &names, &caller)).collect();
            problem::html(StatusCode::OK, pages::page(&frame, &Shelf { lines, without }))
        }
        Err(error) => problem::away(&error),
    }
}

fn line(one: &PostmortemSummary, view: &PublicView, names: &Names, caller: &Caller) -> Line {
    let work = one.maintenance_id.as_ref().and_then(|id| view.maintenance(id.as_str()));
    let asked = one.review_asked_by.as_deref();
    Line {
        id: one.id.clone(),
        title: one.title.clone(),
        status: one.status,
        due_at: one.due_at,
        waived_because: one.waived_because.clone(),
        owner: one.owner.as_deref().map(|owner| names.of(owner)),
        covers: one.incidents.iter().map(|(_, name)| name.clone()).chain(work.map(|work| work.name.clone())).collect(),
        published_at: one.published_at,
        provisional: one.provisional,
        asked_by: asked.map(|asked| names.of(asked)),
        mine_to_read: one.approved_at.is_none() && one.draft_by.as_deref().is_some_and(|writer| !is_caller(caller, writer)),
        pending: one.draft_updated_at.is_some(),
    }
}

/// What is over, not long ago, and has neither a document nor a word on it.
fn without(view: &PublicView, covered: &HashSet<&Id>) -> Vec<Without> {
    let since = view.as_of - ASKS_FOR;
    let mut found: Vec<Without> = view
        .incidents
        .iter()
        .filter(|incident| incident.postmortem.is_none() && !covered.contains(&incident.id))
        .filter_map(|incident| {
            let resolved_at = incident.resolved_at.filter(|at| *at >= since)?;
            Some(Without { id: incident.id.clone(), name: incident.name.clone(), resolved_at })
        })
        .collect();
    found.sort_by_key(|one| std::cmp::Reverse(one.resolved_at));
    found
}

/// What a document may cover: the newest of what is public, and what it covers already.
pub(super) fn coverable(view: &PublicView, incidents: &[String], maintenance: &str) -> Coverable {
    let zone = Locale::of(view);
    let label = |name: &str, at| format!("{}, {}", app::parts::measure::plain_or(name, "Untitled"), zone.short_date(zone.day(at)));
    let known = view.incidents.iter().enumerate().filter(|(at, one)| *at < OFFERED || incidents.contains(&one.id.to_string()));
    let works = view.maintenances.iter().enumerate().filter(|(at, one)| *at < OFFERED || maintenance == one.id.as_str());
    Coverable {
        incidents: known.map(|(_, one)| Choice::new(one.id.as_str(), label(&one.name, one.started_at))).collect(),
        maintenances: works
            .map(|(_, one)| Choice::new(one.id.as_str(), label(&one.name, one.window.map_or(one.created_at, |window| window.from))))
            .collect(),
    }
}

async fn blank(State(shared): State<Shared>, Extension(caller): Extension<Caller>, RawQuery(query): RawQuery) -> Response {
    let query = Form::of_query(query.as_deref());
    let by = Locale::at(&caller.page.time_zone, shared.clock.now()).day(usually_due(&caller.settings, shared.clock.now()));
    let owner = caller.actor.id.as_ref().map(Id::to_string).unwrap_or_default();
    let plan = PlanFields { choice: BY.to_owned(), by: by.to_string(), owner, ..PlanFields::default() };
    let begin = Begin { incidents: query.all("incident"), maintenance: query.text("maintenance"), plan, ..Begin::default() };
    answer(&shared, &caller, StatusCode::OK, begin).await
}

async fn answer(shared: &Shared, caller: &Caller, status: StatusCode, begin: Begin) -> Response {
    let view = match desk::view(shared) {
        Ok(view) => view,
        Err(starting) => return *starting,
    };
    let read = async {
        let mut tx = shared.db.read().await?;
        Names::read(&mut tx, &caller.page.id).await
    };
    match read.await {
        Ok(names) => {
            let coverable = coverable(&view, &begin.incidents, &begin.maintenance);
            let frame = super::frame(shared, caller, HERE, None);
            problem::html(status, pages::begin(&frame, &Begin { coverable, staff: names.choices(), ..begin }))
        }
        Err(error) => problem::away(&error),
    }
}

async fn begin(State(shared): State<Shared>, Extension(caller): Extension<Caller>, body: Bytes) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let (incidents, maintenance, plan) = (form.all("incidents"), form.text("maintenance_id"), document::plan(&form));
    let only_promised = form.text("do") == "promise";
    let act = caller.act(&shared);
    let mut reading = Reading::new(&caller.page.time_zone, act.now);
    let covers = reading.covers(&incidents, &maintenance);
    let promise = if only_promised { reading.plan(&plan, None) } else { None };
    let done = async {
        let (covers, promise) = reading.end((covers, promise))?;
        let work = covers.maintenance.as_ref();
        match promise {
            Some(plan) => actions::promise(&act, &covers.incidents, work, &plan).await.map_err(document::named_as_in_forms),
            None if only_promised => Err(ActionError::invalid("postmortem", "Choose one of the two ways to go on.")),
            None => actions::begin(&act, &covers.incidents, work).await,
        }
    };
    match done.await {
        Ok(done) => {
            desk::settle(&shared, &done).await;
            let sentence =
                if only_promised { "Saved. Readers see it now." } else { "Begun. Nobody outside sees the text before you publish it." };
            flash::to(&href(&done.id), sentence)
        }
        Err(ActionError::Invalid(problems)) => {
            let wrong = super::wrong(&problems);
            let begin = Begin { incidents, maintenance, plan, wrong, ..Begin::default() };
            answer(&shared, &caller, StatusCode::UNPROCESSABLE_ENTITY, begin).await
        }
        Err(error) => problem::refused(&super::frame(&shared, &caller, HERE, None), &error),
    }
}
