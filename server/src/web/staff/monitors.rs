//! Monitors: the list, the form, and what can be done with one.

use app::pages::staff::monitors::{self as pages, Edit, Fields, Watched};
use app::parts::form::Choice;
use app::words::{Id, Monitor, MonitorKind, MonitorSettings, Role};
use axum::Extension;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use bytes::Bytes;

use super::monitor_form::{fields_of, read, typed};
use crate::actions::monitors::{self as actions, MonitorInput};
use crate::actions::{ActionError, Done, Problem, checks};
use crate::domain::evidence::Outcome;
use crate::domain::maintenance::is_worked_on;
use crate::store::{StoreError, Tx, components, monitors};
use crate::web::form::Form;
use crate::web::guards::Caller;
use crate::web::router::{Guard, Route, Shared};
use crate::web::{flash, problem};

pub(super) const HERE: &str = "/staff/monitors";
const ADMIN: Guard = Guard::Staff(Role::Admin);

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::new("GET", HERE, Guard::Staff(Role::Viewer), || get(list)),
    Route::new("POST", HERE, ADMIN, || post(create)),
    Route::new("GET", "/staff/monitors/new", ADMIN, || get(blank)),
    Route::new("GET", "/staff/monitors/{id}", ADMIN, || get(show)),
    Route::new("POST", "/staff/monitors/{id}", ADMIN, || post(update)),
    Route::new("POST", "/staff/monitors/{id}/pause", ADMIN, || post(pause)),
    Route::new("POST", "/staff/monitors/{id}/resume", ADMIN, || post(resume)),
    Route::new("POST", "/staff/monitors/{id}/delete", ADMIN, || post(delete)),
    Route::new("POST", "/staff/monitors/{id}/check", ADMIN, || post(check)),
    Route::new("POST", "/staff/monitors/{id}/address", ADMIN, || post(renew_address)),
];

async fn list(State(shared): State<Shared>, Extension(caller): Extension<Caller>) -> Response {
    let read = async {
        let mut tx = shared.db.read().await?;
        let names = choices(&mut tx, &caller.page.id).await?;
        Ok::<_, StoreError>((monitors::list(&mut tx, &caller.page.id).await?, names))
    };
    let (records, names) = match read.await {
        Ok(read) => read,
        Err(error) => return problem::away(&error),
    };
    let (published, now) = (shared.publisher.current(), shared.clock.now());
    let worked_on = |monitor: &Monitor| published.view.as_deref().is_some_and(|view| is_worked_on(monitor, view.maintenances(), now));
    let name = |id: &Id| names.iter().find(|choice| choice.value == id.as_str()).map(|choice| choice.label.clone());
    let watched: Vec<Watched> = records
        .into_iter()
        .map(|record| Watched {
            advice: record.advice,
            component: record.monitor.component_id.as_ref().and_then(name),
            worked_on: worked_on(&record.monitor),
            monitor: record.monitor,
            verdict: record.state.verdict,
            since: record.state.since,
            last: record.last,
            certificate_expires_at: record.certificate.map(|certificate| certificate.expires_at),
        })
        .collect();
    problem::html(StatusCode::OK, pages::list(&super::frame(&shared, &caller, HERE, None), &watched))
}

async fn blank(State(shared): State<Shared>, Extension(caller): Extension<Caller>, RawQuery(query): RawQuery) -> Response {
    let kind = if query.as_deref() == Some("kind=heartbeat") { MonitorKind::Heartbeat } else { MonitorInput::default().kind };
    form(&shared, &caller, None, &fields_of(&MonitorInput::usual(kind)), &[]).await
}

async fn create(State(shared): State<Shared>, Extension(caller): Extension<Caller>, body: Bytes) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let networks = &shared.config.allow_private_targets;
    let done = match read(&form, &MonitorSettings::default()) {
        Ok(input) => actions::create(&caller.act(&shared), &caller.page.id, networks, input).await,
        Err(problems) => Err(ActionError::Invalid(problems)),
    };
    match done {
        Ok(done) if form.text("kind") == MonitorKind::Heartbeat.as_str() => {
            let page = format!("{HERE}/{}/checks", done.id);
            let sentence = "The heartbeat is added. It waits for the job to call its push address for the first time.";
            led(&shared, &caller, Ok(done), &page, sentence).await
        }
        done => saved(&shared, &caller, None, &form, done, "The monitor is added. Its first check is made now.").await,
    }
}

async fn show(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(id): Path<String>) -> Response {
    match load(&shared, &caller, &id).await {
        Ok(monitor) => form(&shared, &caller, Some(&monitor.id), &fields_of(&MonitorInput::from(monitor.clone())), &[]).await,
        Err(error) => refused(&shared, &caller, &error),
    }
}

async fn update(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(id): Path<String>, body: Bytes) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let before = match load(&shared, &caller, &id).await {
        Ok(before) => before,
        Err(error) => return refused(&shared, &caller, &error),
    };
    let networks = &shared.config.allow_private_targets;
    let done = match read(&form, &before.settings) {
        Ok(input) => actions::update(&caller.act(&shared), &caller.page.id, networks, &before.id, input).await,
        Err(problems) => Err(ActionError::Invalid(problems)),
    };
    saved(&shared, &caller, Some(&before.id), &form, done, "The monitor is changed.").await
}

async fn pause(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(id): Path<String>) -> Response {
    let done = match known(&id) {
        Ok(id) => actions::pause(&caller.act(&shared), &caller.page.id, &id).await,
        Err(error) => Err(error),
    };
    told(&shared, &caller, done, "The monitor is paused.").await
}

async fn resume(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(id): Path<String>) -> Response {
    let done = match known(&id) {
        Ok(id) => actions::resume(&caller.act(&shared), &caller.page.id, &id).await,
        Err(error) => Err(error),
    };
    told(&shared, &caller, done, "The monitor checks again.").await
}

async fn delete(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(id): Path<String>) -> Response {
    let done = match known(&id) {
        Ok(id) => actions::delete(&caller.act(&shared), &caller.page.id, &id).await,
        Err(error) => Err(error),
    };
    told(&shared, &caller, done, "The monitor is deleted.").await
}

async fn renew_address(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(id): Path<String>) -> Response {
    let done = match known(&id) {
        Ok(id) => actions::renew_address(&caller.act(&shared), &caller.page.id, &id).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(done) => {
            let page = format!("{HERE}/{}/checks", done.id);
            flash::to(&page, "The heartbeat has a new push address; the one before is good for nothing any more. Give the job the new one.")
        }
        Err(ActionError::Conflict(sentence)) => flash::sorry(HERE, &sentence),
        Err(error) => refused(&shared, &caller, &error),
    }
}

async fn check(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(id): Path<String>) -> Response {
    let done = match known(&id) {
        Ok(id) => checks::check_now(&caller.act(&shared), &shared.probes, &caller.page.id, &id).await,
        Err(error) => Err(error),
    };
    match done {
        Ok((seen, recorded)) => {
            if recorded.told {
                shared.signals.outbox.notify_one();
            }
            let took = seen.timings.total_us.map(|us| format!(" after {} ms", us / 1_000)).unwrap_or_default();
            match seen.outcome {
                Outcome::Good => flash::to(HERE, &format!("Checked: good{took}.")),
                Outcome::Slow => flash::to(HERE, &format!("Checked: good{took}, which is slower than it may be.")),
                Outcome::Bad(reason) => flash::sorry(HERE, &format!("Checked: failed with {reason}{took}.")),
                Outcome::Internal(_) => {
                    flash::sorry(HERE, "The check could not be made. This says nothing of the target. Try again in a minute.")
                }
            }
        }
        Err(ActionError::Conflict(sentence)) => flash::sorry(HERE, &sentence),
        Err(error) => refused(&shared, &caller, &error),
    }
}

pub(super) fn known(id: &str) -> Result<Id, ActionError> {
    Id::parse(id).map_err(|_| ActionError::Missing("monitor"))
}

async fn load(shared: &Shared, caller: &Caller, id: &str) -> Result<Monitor, ActionError> {
    let id = known(id)?;
    let mut tx = shared.db.read().await?;
    monitors::get(&mut tx, &caller.page.id, &id).await?.ok_or(ActionError::Missing("monitor"))
}

pub(super) fn refused(shared: &Shared, caller: &Caller, error: &ActionError) -> Response {
    problem::refused(&super::frame(shared, caller, HERE, None), error)
}

/// Leads back to the list.
async fn told(shared: &Shared, caller: &Caller, done: Result<Done, ActionError>, sentence: &str) -> Response {
    led(shared, caller, done, HERE, sentence).await
}

/// Wakes the prober, waits until readers see the difference, and leads on.
async fn led(shared: &Shared, caller: &Caller, done: Result<Done, ActionError>, to: &str, sentence: &str) -> Response {
    match done {
        Ok(done) => {
            shared.signals.monitors.notify_one();
            if let Some(revision) = done.revision {
                shared.publisher.shows(revision, std::time::Duration::from_secs(2)).await;
            }
            flash::to(to, sentence)
        }
        Err(error) => refused(shared, caller, &error),
    }
}

/// [`told`], or the same form again with what is wrong.
async fn saved(
    shared: &Shared,
    caller: &Caller,
    id: Option<&Id>,
    sent: &Form,
    done: Result<Done, ActionError>,
    sentence: &str,
) -> Response {
    match done {
        Err(ActionError::Invalid(problems)) => form(shared, caller, id, &typed(sent), &problems).await,
        done => told(shared, caller, done, sentence).await,
    }
}

async fn form(shared: &Shared, caller: &Caller, id: Option<&Id>, fields: &Fields, problems: &[Problem]) -> Response {
    let read = async {
        let mut tx = shared.db.read().await?;
        choices(&mut tx, &caller.page.id).await
    };
    let components = match read.await {
        Ok(components) => components,
        Err(error) => return problem::away(&error),
    };
    let wrong = super::wrong(problems);
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let frame = super::frame(shared, caller, HERE, None);
    problem::html(status, pages::edit(&frame, &Edit { id, fields, components: &components, wrong: &wrong }))
}

/// Every component by position, with its group's name.
async fn choices(tx: &mut Tx, page: &Id) -> Result<Vec<Choice>, StoreError> {
    let groups = components::groups(tx, page).await?;
    let records = components::components(tx, page).await?;
    let named = |record: components::ComponentRecord| {
        let component = record.component;
        let group = component.group_id.as_ref().and_then(|id| groups.iter().find(|group| group.id == *id));
        let label = group.map_or_else(|| component.name.clone(), |group| format!("{} - {}", group.name, component.name));
        Choice::new(component.id.as_str(), label)
    };
    Ok(records.into_iter().map(named).collect())
}
