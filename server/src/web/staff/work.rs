//! What is done to planned work after it was announced, and what staff are shown before they say something of it.

use app::pages::staff::incident::Edited;
use app::pages::staff::maintenance::{Form as Which, Next};
use app::pages::staff::maintenances::href;
use app::pages::staff::other_languages::Texts;
use app::pages::staff::plan::Preview;
use app::view::PublicView;
use app::words::{Id, Maintenance, MaintenanceStatus, MaintenanceUpdate, PlannedStatus, Window};
use app::{language, stock};
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::maintenance::{Kept, answer, load, refused};
use super::maintenances::{HERE, reach};
use super::reading::{self, Reading};
use super::{desk, plan_reading};
use crate::actions::maintenances::{self as actions, MaintenanceInput, RecurrenceInput, Step, UpdateInput};
use crate::actions::{ActionError, Done, settings};
use crate::domain::maintenance::status_at;
use crate::domain::planning::{self, Plan, Surroundings};
use crate::domain::{local_time, recurrence};
use crate::web::flash;
use crate::web::form::Form;
use crate::web::guards::Caller;
use crate::web::router::Shared;

const POST: &str = "post";

/// The page of what was planned or announced.
pub(super) async fn told(shared: &Shared, done: &Done, announced: bool) -> Response {
    desk::settle(shared, done).await;
    let sentence = if announced { "Announced. Readers see it now." } else { "Saved as a draft. Nobody outside sees it." };
    flash::to(&href(&done.id), sentence)
}

fn work_id(id: &str) -> Result<Id, ActionError> {
    Id::parse(id).map_err(|_| ActionError::Missing("planned work"))
}

/// Leads on, or shows the page again.
async fn led(shared: &Shared, caller: &Caller, id: &str, done: Result<Done, ActionError>, kept: Kept, sentence: &str) -> Response {
    match (done, work_id(id)) {
        (Ok(done), Ok(id)) => {
            desk::settle(shared, &done).await;
            flash::to(&href(&id), sentence)
        }
        (Err(error), _) | (_, Err(error)) => refused(shared, caller, id, error, kept).await,
    }
}

/// The next message: looked at, or posted.
pub(super) async fn update(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let bodies = reading::texts(&form, "body");
    let next = Next { status: form.text("status"), body: form.text("body"), bodies, notify: form.flag("notify"), ..Next::default() };
    let status = next.status.parse().map_err(|_| ActionError::invalid("status", "Choose one of the statuses."));
    let input = status.map(|status| UpdateInput { status, body: next.body.clone(), notify: next.notify, display_at: None });
    let wordings = reading::wordings(&Texts::new(), &next.bodies);
    let kept = Kept { which: Which::Message, next: Some(next), ..Kept::default() };
    if form.text("do") == POST {
        let done = async {
            let (input, seen) = (input?, reading::seen(&form)?);
            actions::change(&caller.act(&shared), &work_id(&id)?, None, Some(&Step::Message(&input)), &wordings, seen).await
        };
        return led(&shared, &caller, &id, done.await, kept, "Posted. Readers see it now.").await;
    }
    let looked = async { looked(&shared, &caller, &id, &input?).await };
    match looked.await {
        Ok(preview) => answer(&shared, &caller, &id, StatusCode::OK, Kept { preview: Some(preview), ..kept }).await,
        Err(error) => refused(&shared, &caller, &id, error, kept).await,
    }
}

async fn looked(shared: &Shared, caller: &Caller, id: &str, input: &UpdateInput) -> Result<Preview, ActionError> {
    let mut work = load(shared, caller, id).await?.record.maintenance;
    let (view, now) = (current(shared)?, shared.clock.now());
    let stock = || stock::of_work(language::of(&view.page.language), input.status);
    work.status = input.status;
    work.updates = vec![message(input.status, &input.body, stock, now)];
    let components: Vec<String> = work.components.iter().map(|planned| planned.component_id.to_string()).collect();
    let reach = if input.notify { Some(reach(shared, caller, &components, Some((&work.id, work.status.is_over()))).await?) } else { None };
    let view = PublicView { as_of: now, ..(*view).clone() };
    Ok(Preview { view, work, further: Vec::new(), reach, warnings: Vec::new() })
}

fn current(shared: &Shared) -> Result<std::sync::Arc<PublicView>, ActionError> {
    desk::view(shared).map_err(|_| ActionError::invalid("", "There is no preview yet: the page is starting."))
}

/// A message as it would be posted; an empty one says the stock sentence.
fn message(status: MaintenanceStatus, body: &str, stock: impl FnOnce() -> String, now: DateTime<Utc>) -> MaintenanceUpdate {
    let body = if body.is_empty() { stock() } else { body.to_owned() };
    MaintenanceUpdate {
        id: Id::from_bytes([0; 16]),
        status,
        body_html: app::markdown::to_html(&body),
        body,
        display_at: now,
        created_at: now,
        updated_at: now,
        effects: None,
        notify: false,
    }
}

/// What readers would see of work that is only words yet, who would be told, and what speaks against it. `known` is the draft.
pub(super) async fn preview(
    shared: &Shared,
    caller: &Caller,
    known: Option<&Maintenance>,
    input: &MaintenanceInput,
    again: Option<&RecurrenceInput>,
) -> Result<Preview, ActionError> {
    let (view, now) = (current(shared)?, shared.clock.now());
    let zone: Tz = caller.page.time_zone.parse().unwrap_or(Tz::UTC);
    if let Some(window) = input.window {
        planning::shape(window, now).and_then(|()| planning::announceable(window, now)).map_err(impossible)?;
    }
    let windows = windows(input, again, zone)?;
    let lead_days = settings::load(&mut shared.db.read().await?, &caller.page.id).await?.lead_days;
    let components: Vec<Id> = input.components.iter().map(|(id, _)| id.clone()).collect();
    let plan = Plan { id: known.map(|work| &work.id), windows: &windows, components: &components, announced_at: now };
    let mut warnings = spoken(&view, plan, lead_days, now);
    warnings.extend(windows.iter().flat_map(|window| local_time::notes(zone, *window)));
    let named: Vec<String> = components.iter().map(ToString::to_string).collect();
    let reach = if input.notify { Some(reach(shared, caller, &named, None).await?) } else { None };
    let mut further = windows.into_iter();
    let window = further.next();
    let stock = || stock::announced(language::of(&view.page.language), window);
    let work = Maintenance {
        id: Id::from_bytes([0; 16]),
        name: input.name.clone(),
        status: MaintenanceStatus::Scheduled,
        impact: input.impact_override.unwrap_or(app::words::Impact::Maintenance),
        window,
        moves: Vec::new(),
        auto_start: input.auto_start,
        auto_complete: input.auto_complete,
        reminders: input.reminders.clone(),
        occurrence: None,
        sequence: 0,
        expected_downtime_minutes: input.expected_downtime_minutes,
        worst_downtime_minutes: input.worst_downtime_minutes,
        started_at: None,
        completed_at: None,
        published_at: Some(now),
        created_at: now,
        updated_at: now,
        components: input.components.iter().map(|(id, status)| PlannedStatus { component_id: id.clone(), status: *status }).collect(),
        updates: vec![message(MaintenanceStatus::Scheduled, &input.body, stock, now)],
    };
    let view = PublicView { as_of: now, ..(*view).clone() };
    Ok(Preview { view, work, further: further.collect(), reach, warnings })
}

fn impossible(refused: planning::Refused) -> ActionError {
    match refused {
        planning::Refused::From(sentence) => ActionError::invalid("window_from", sentence),
        planning::Refused::Until(sentence) => ActionError::invalid("window_until", sentence),
    }
}

fn windows(input: &MaintenanceInput, again: Option<&RecurrenceInput>, zone: Tz) -> Result<Vec<Window>, ActionError> {
    match (input.window, again) {
        (Some(first), Some(again)) => recurrence::windows(&again.rule, first, zone, &again.exceptions).map_err(|refused| match refused {
            recurrence::Refused::Rule(sentence) => ActionError::invalid("rrule", sentence),
            recurrence::Refused::Exceptions(sentence) => ActionError::invalid("exceptions", sentence),
        }),
        (window, _) => Ok(window.into_iter().collect()),
    }
}

/// What speaks against the window of announced work: others at the same time, and what is broken. Its notice is given already.
pub(super) fn warnings(view: &PublicView, work: &Maintenance, now: DateTime<Utc>) -> Vec<String> {
    let Some(window) = work.window.filter(|_| !status_at(work, now).is_over()) else { return Vec::new() };
    let components: Vec<Id> = work.components.iter().map(|planned| planned.component_id.clone()).collect();
    spoken(view, Plan { id: Some(&work.id), windows: &[window], components: &components, announced_at: now }, 0, now)
}

fn spoken(view: &PublicView, plan: Plan, lead_days: i64, now: DateTime<Utc>) -> Vec<String> {
    let maintenances: Vec<&Maintenance> = view.maintenances.iter().map(AsRef::as_ref).collect();
    let incidents: Vec<_> = view.incidents.iter().map(AsRef::as_ref).take_while(|i: &&app::words::Incident| !i.status.is_over()).collect();
    let names: Vec<(Id, String)> = view.components.iter().map(|c| (c.component.id.clone(), c.component.name.clone())).collect();
    let around = Surroundings { maintenances: &maintenances, incidents: &incidents, names: &names, lead_days, now };
    planning::warnings(plan, around).iter().map(planning::Warning::sentence).collect()
}

/// The other windows of its series that are not over, soonest first.
pub(super) fn others(view: &PublicView, work: &Maintenance, now: DateTime<Utc>) -> Vec<(Id, Window)> {
    let Some(own) = &work.occurrence else { return Vec::new() };
    let same = view.maintenances.iter().filter(|m| m.id != work.id && !status_at(m, now).is_over());
    let same = same.filter(|m| m.occurrence.as_ref().is_some_and(|other| other.series_id == own.series_id));
    let mut found: Vec<(Id, Window)> = same.filter_map(|m| Some((m.id.clone(), m.window?))).collect();
    found.sort_by_key(|(_, window)| window.from);
    found
}

/// A date, another, or a later end.
pub(super) async fn window(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let (body, notify) = (form.text("body"), form.flag("notify"));
    let bodies = reading::texts(&form, "body");
    let next = Next { when: plan_reading::when(&form), body, bodies, notify, ..Next::default() };
    let done = async {
        let known = load(&shared, &caller, &id).await?.record.maintenance;
        let act = caller.act(&shared);
        let mut reading = Reading::new(&caller.page.time_zone, act.now);
        let window = reading.window(&next.when, known.window);
        let Some(window) = reading.end(window)? else {
            return Err(ActionError::invalid("window_from", "Give a start and an end."));
        };
        let step = Step::Window { window, body: &next.body, notify: next.notify };
        let wordings = reading::wordings(&Texts::new(), &next.bodies);
        actions::change(&act, &known.id, None, Some(&step), &wordings, reading::seen(&form)?).await
    };
    let done = done.await;
    let which = if form.flag("longer") { Which::Longer } else { Which::Window };
    let kept = Kept { which, next: Some(next), ..Kept::default() };
    led(&shared, &caller, &id, done, kept, "Its window is changed. Readers see the old time beside the new.").await
}

/// Calls it off, or all that is left of its series.
pub(super) async fn cancel(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let (body, notify, series) = (form.text("body"), form.flag("notify"), form.flag("series"));
    let bodies = reading::texts(&form, "body");
    let done = async {
        let act = caller.act(&shared);
        if !series {
            let (step, wordings) = (Step::Cancel { body: &body, notify }, reading::wordings(&Texts::new(), &bodies));
            return actions::change(&act, &work_id(&id)?, None, Some(&step), &wordings, reading::seen(&form)?).await;
        }
        let known = load(&shared, &caller, &id).await?.record.maintenance;
        let own = known.occurrence.ok_or_else(|| ActionError::invalid("", "This work is not part of a series."))?;
        actions::cancel_series(&act, &own.series_id, &body, notify).await
    };
    let done = done.await;
    let which = if series { Which::Series } else { Which::Cancel };
    let kept = Kept { which, next: Some(Next { body, bodies, notify, ..Next::default() }), ..Kept::default() };
    let sentence = if series { "The rest of the series is called off." } else { "It is called off. It stays on the page as cancelled." };
    led(&shared, &caller, &id, done, kept, sentence).await
}

/// Other words for a message.
pub(super) async fn edit_update(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    Path((id, update)): Path<(String, String)>,
    body: Bytes,
) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let edited = Edited { body: form.text("body"), bodies: reading::texts(&form, "body"), display_at: form.text("display_at") };
    let done = async {
        let update = Id::parse(&update).map_err(|_| ActionError::Missing("message"))?;
        let known = load(&shared, &caller, &id).await?.record.maintenance;
        let shown = known.updates.iter().find(|known| known.id == update).map(|known| known.display_at);
        let act = caller.act(&shared);
        let mut reading = Reading::new(&caller.page.time_zone, act.now);
        let at = reading.time("display_at", &edited.display_at, shown);
        let at = reading.end(at)?;
        let wordings = reading::wordings(&Texts::new(), &edited.bodies);
        actions::edit_update(&act, &known.id, &update, &edited.body, at, &wordings, reading::seen(&form)?).await
    };
    let done = done.await;
    let kept = Kept { which: Which::Edit, edited: Id::parse(&update).ok().map(|id| (id, edited)), ..Kept::default() };
    led(&shared, &caller, &id, done, kept, "The message is changed. Readers see that it was edited.").await
}

/// Takes the newest message back.
pub(super) async fn undo(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    Path((id, update)): Path<(String, String)>,
) -> Response {
    let done = async {
        let update = Id::parse(&update).map_err(|_| ActionError::Missing("message"))?;
        actions::undo(&caller.act(&shared), &work_id(&id)?, &update).await
    };
    led(&shared, &caller, &id, done.await, Kept::default(), "Taken back. Nobody got a mail of it.").await
}

/// The title and the rest.
pub(super) async fn details(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let plan = plan_reading::plan(&form);
    let done = async {
        let known = load(&shared, &caller, &id).await?.record.maintenance;
        let act = caller.act(&shared);
        let mut reading = Reading::new(&caller.page.time_zone, act.now);
        let input = reading.facts(&plan, &known);
        actions::edit(&act, &known.id, &reading.end(input)?, reading::seen(&form)?).await
    };
    let done = done.await;
    let kept = Kept { which: Which::Details, plan: Some(plan), ..Kept::default() };
    led(&shared, &caller, &id, done, kept, "Saved.").await
}

/// Takes planned work or a draft out of sight.
pub(super) async fn delete(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let done = async { actions::delete(&caller.act(&shared), &work_id(&id)?, reading::seen(&form)?).await };
    match done.await {
        Ok(done) => {
            desk::settle(&shared, &done).await;
            flash::to(HERE, "Deleted. It stays in the record and in the audit.")
        }
        Err(error) => refused(&shared, &caller, &id, error, Kept::default()).await,
    }
}
