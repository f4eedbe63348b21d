//! Planned work: the field's incidents with `scheduled_for`.

use std::collections::BTreeMap;

use app::language;
use app::view::PublicView;
use app::words::{ComponentStatus, Id, Incident, Maintenance, MaintenanceStatus, Role};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use super::call::{Call, answer};
use super::fields::Given;
use super::planned::Said;
use super::refusal::Refusal;
use super::translations;
use crate::actions::maintenances::{self, Step};
use crate::actions::translations::Wording;
use crate::actions::{ActionError, Done, settings};
use crate::domain::maintenance::{carried_on, status_at};
use crate::domain::planning::{self, Plan, Surroundings};
use crate::domain::recurrence;
use crate::snapshot::{v2, wordings};
use crate::store::maintenances::{self as files, MaintenanceFile, Which};
use crate::store::series::{self, Series};
use crate::store::{StoreError, Tx};
use crate::web::router::{Guard, Route};

/// Its own routes; the others it shares with incidents.
pub const ROUTES: &[Route] = &[
    Route::new("GET", "/v1/pages/{page}/incidents/scheduled", Guard::Token(Role::Viewer), || get(scheduled)),
    Route::new("GET", "/v1/pages/{page}/incidents/upcoming", Guard::Token(Role::Viewer), || get(upcoming)),
    Route::new("GET", "/v1/pages/{page}/incidents/active_maintenance", Guard::Token(Role::Viewer), || get(active)),
];

/// The field's words, and our own after them.
#[derive(Serialize)]
pub struct Row<'a> {
    #[serde(flatten)]
    work: v2::IncidentRow<'a>,
    scheduled_remind_prior: bool,
    scheduled_auto_in_progress: bool,
    scheduled_auto_completed: bool,
    auto_transition_to_maintenance_state: bool,
    auto_transition_to_operational_state: bool,
    auto_transition_deliver_notifications_at_start: bool,
    auto_transition_deliver_notifications_at_end: bool,
    planned_statuses: BTreeMap<&'a str, ComponentStatus>,
    reminder_minutes: &'a [i64],
    expected_downtime_minutes: Option<i64>,
    worst_downtime_minutes: Option<i64>,
    series_id: Option<&'a str>,
    occurrence: Option<i64>,
    rrule: Option<&'a str>,
    exceptions: Option<&'a [NaiveDate]>,
    internal_notes: Option<&'a str>,
    owner: Option<&'a str>,
    draft: bool,
    warnings: Vec<String>,
    translations: wordings::Row<'a>,
}

/// Planned work and what is said of it beside the record.
pub struct Sheet {
    file: MaintenanceFile,
    /// As it stands now.
    shown: Maintenance,
    series: Option<Series>,
    warnings: Vec<String>,
}

/// Reads what belongs to the files. Warnings are of what has not begun.
pub async fn sheets(call: &Call, tx: &mut Tx, files: Vec<MaintenanceFile>, view: &PublicView) -> Result<Vec<Sheet>, StoreError> {
    let (now, page) = (call.act().now, call.page());
    let lead_days = settings::load(tx, page).await?.lead_days;
    let language = language::of(&view.page.language);
    let mut known: Vec<Series> = Vec::new();
    let mut sheets = Vec::new();
    for file in files {
        let stored = &file.record.maintenance;
        let shown = if file.record.visible { carried_on(language, stored, now) } else { None }.unwrap_or_else(|| stored.clone());
        let of = shown.occurrence.as_ref().map(|of| &of.series_id);
        if let Some(id) = of.filter(|id| known.iter().all(|series| series.id != **id)) {
            known.extend(series::get(tx, page, id).await?);
        }
        let series = of.and_then(|id| known.iter().find(|series| series.id == *id)).cloned();
        let begun = shown.status != MaintenanceStatus::Scheduled;
        let warnings = if begun { Vec::new() } else { warnings(&shown, view, lead_days, now) };
        sheets.push(Sheet { file, shown, series, warnings });
    }
    Ok(sheets)
}

impl Sheet {
    /// When it was made: what lists are ordered by.
    pub const fn created_at(&self) -> DateTime<Utc> {
        self.shown.created_at
    }

    /// As it is answered.
    pub fn row<'a>(&'a self, wire: &v2::Wire<'a>) -> Row<'a> {
        let m = &self.shown;
        Row {
            work: wire.maintenance(m),
            scheduled_remind_prior: !m.reminders.before_minutes.is_empty(),
            scheduled_auto_in_progress: m.auto_start,
            scheduled_auto_completed: m.auto_complete,
            auto_transition_to_maintenance_state: m.components.iter().any(|planned| planned.status != ComponentStatus::Operational),
            auto_transition_to_operational_state: m.auto_complete,
            auto_transition_deliver_notifications_at_start: m.reminders.at_start,
            auto_transition_deliver_notifications_at_end: m.reminders.at_end,
            planned_statuses: m.components.iter().map(|planned| (planned.component_id.as_str(), planned.status)).collect(),
            reminder_minutes: &m.reminders.before_minutes,
            expected_downtime_minutes: m.expected_downtime_minutes,
            worst_downtime_minutes: m.worst_downtime_minutes,
            series_id: m.occurrence.as_ref().map(|of| of.series_id.as_str()),
            occurrence: m.occurrence.as_ref().map(|of| of.number),
            rrule: self.series.as_ref().map(|series| series.rrule.as_str()),
            exceptions: self.series.as_ref().map(|series| series.exceptions.as_slice()),
            internal_notes: self.file.internal_notes.as_deref(),
            owner: self.file.owner.as_deref(),
            draft: m.published_at.is_none(),
            warnings: self.warnings.clone(),
            translations: wire.translations(&m.id),
        }
    }
}

/// Sentences on what should be known of this work before it begins.
fn warnings(m: &Maintenance, view: &PublicView, lead_days: i64, now: DateTime<Utc>) -> Vec<String> {
    let others: Vec<&Maintenance> = view.maintenances.iter().map(AsRef::as_ref).collect();
    let incidents: Vec<&Incident> = view.open_incidents().map(AsRef::as_ref).collect();
    let names: Vec<(Id, String)> = view.components.iter().map(|row| (row.component.id.clone(), row.component.name.clone())).collect();
    let components: Vec<Id> = m.components.iter().map(|planned| planned.component_id.clone()).collect();
    let announced_at = m.moves.last().map(|moved| moved.at).or(m.published_at).unwrap_or(now);
    let plan = Plan { id: Some(&m.id), windows: m.window.as_slice(), components: &components, announced_at };
    let around = Surroundings { maintenances: &others, incidents: &incidents, names: &names, lead_days, now };
    planning::warnings(plan, around).iter().map(planning::Warning::sentence).collect()
}

async fn scheduled(call: Call) -> Result<Response, Refusal> {
    let (limit, offset) = call.paging(1)?;
    let mut tx = call.shared.db.read().await?;
    let found = files::search(&mut tx, call.page(), call.asked("q"), limit, offset).await?;
    listed(&call, &mut tx, found).await
}

async fn upcoming(call: Call) -> Result<Response, Refusal> {
    coming(&call, |status| status == MaintenanceStatus::Scheduled).await
}

async fn active(call: Call) -> Result<Response, Refusal> {
    coming(&call, |status| matches!(status, MaintenanceStatus::InProgress | MaintenanceStatus::Verifying)).await
}

/// What stands so at this instant, whether or not the clock has written it down, the soonest first.
async fn coming(call: &Call, wanted: impl Fn(MaintenanceStatus) -> bool) -> Result<Response, Refusal> {
    let (limit, offset) = call.paging(1)?;
    let (limit, offset) = (usize::try_from(limit).unwrap_or(usize::MAX), usize::try_from(offset).unwrap_or(usize::MAX));
    let now = call.act().now;
    let mut tx = call.shared.db.read().await?;
    let all = files::list(&mut tx, call.page(), Which::Coming).await?.into_iter();
    let found = all.filter(|file| wanted(status_at(&file.record.maintenance, now))).skip(offset).take(limit).collect();
    listed(call, &mut tx, found).await
}

async fn listed(call: &Call, tx: &mut Tx, found: Vec<MaintenanceFile>) -> Result<Response, Refusal> {
    let view = call.view()?;
    let sheets = sheets(call, tx, found, &view).await?;
    let wire = v2::Wire::with_translations(&view);
    answer(StatusCode::OK, &sheets.iter().map(|sheet| sheet.row(&wire)).collect::<Vec<_>>())
}

/// The planned work of that id, if there is any.
pub async fn find(call: &Call, id: &Id) -> Result<Option<MaintenanceFile>, Refusal> {
    let mut tx = call.shared.db.read().await?;
    Ok(files::get(&mut tx, call.page(), id).await?.filter(|file| !file.deleted))
}

/// The work as it is, with this status.
pub async fn respond(call: &Call, status: StatusCode, file: MaintenanceFile, view: &PublicView) -> Result<Response, Refusal> {
    let mut tx = call.shared.db.read().await?;
    let sheets = sheets(call, &mut tx, vec![file], view).await?;
    let sheet = sheets.first().ok_or(Refusal::missing("incident"))?;
    answer(status, &sheet.row(&v2::Wire::with_translations(view)))
}

/// Announces planned work, or keeps it as a draft.
pub async fn create(call: &Call) -> Result<Response, Refusal> {
    let said = Said::read(call)?;
    if said.status.is_some_and(|status| status != MaintenanceStatus::Scheduled) {
        return Err(Refusal::invalid("status", "New work is scheduled. Announce it, and say in a second call that it is under way."));
    }
    if said.excepts_from_nothing() {
        return Err(Refusal::invalid(
            "exceptions",
            "Exceptions are days that a rule leaves out. Give the rule as rrule, or leave them out.",
        ));
    }
    let input = said.whole(None)?;
    let publish = !said.draft.unwrap_or(false);
    let done = maintenances::create(&call.act(), &input, said.again().as_ref(), publish).await.map_err(|error| said.named(error))?;
    finish(call, StatusCode::CREATED, &done.id, &done).await
}

/// Changes planned work: a draft, its window, what is said of it, and what stands beside that.
pub async fn change(call: &Call, id: &Id, file: &MaintenanceFile) -> Result<Response, Refusal> {
    let said = Said::read(call)?;
    keeps_its_rule(call, &said, file).await?;
    let done = if file.record.maintenance.published_at.is_none() {
        let (act, input, seen) = (call.act(), said.whole(Some(file))?, Some(file.record.revision));
        match said.draft {
            Some(false) => maintenances::publish(&act, id, &input, seen).await,
            _ => maintenances::save_draft(&act, id, &input, seen).await,
        }
    } else {
        change_announced(call, id, file, &said).await
    };
    finish(call, StatusCode::OK, id, &done.map_err(|error| said.named(error))?).await
}

async fn change_announced(call: &Call, id: &Id, file: &MaintenanceFile, said: &Said) -> Result<Done, ActionError> {
    let (m, seen) = (&file.record.maintenance, Some(file.record.revision));
    if said.draft == Some(true) {
        let sentence = "This work is announced already and cannot become a draft again. Cancel or delete it instead.";
        return Err(ActionError::invalid("draft", sentence));
    }
    let window = said.window(m.window)?;
    if window.is_none() && m.window.is_some() {
        let sentence = "A date that was set cannot be taken back. Cancel the work, or give it another time.";
        return Err(ActionError::invalid("scheduled_for", sentence));
    }
    let stands = status_at(m, call.act().now);
    let message = said.message(stands);
    let step = match (window.filter(|window| m.window != Some(*window)), &message) {
        (Some(_), Some(message)) if message.status != stands => {
            let sentence = "The window and the status cannot change in one call. Send two, so that each is told for itself.";
            return Err(ActionError::invalid("status", sentence));
        }
        (Some(window), _) => Some(Step::Window { window, body: said.body(), notify: said.notify() }),
        (None, Some(message)) if message.status == MaintenanceStatus::Cancelled => {
            Some(Step::Cancel { body: said.body(), notify: said.notify() })
        }
        (None, Some(message)) => Some(Step::Message(message)),
        (None, None) => None,
    };
    if step.is_none() {
        translations::need_a_message(&said.bodies)?;
    }
    maintenances::change(&call.act(), id, Some(&said.facts(Some(file))), step.as_ref(), &said.bodies, seen).await
}

/// A rule is given with the announcement; whoever sends it back unchanged changes nothing.
async fn keeps_its_rule(call: &Call, said: &Said, file: &MaintenanceFile) -> Result<(), Refusal> {
    let Some(rule) = &said.rrule else { return Ok(()) };
    let known = match &file.record.maintenance.occurrence {
        Some(of) => series::get(&mut call.shared.db.read().await?, call.page(), &of.series_id).await?,
        None => None,
    };
    if known.is_some_and(|known| known.rrule == recurrence::tidy(rule)) {
        return Ok(());
    }
    Err(Refusal::invalid("rrule", "A rule can only be given when a series is announced. Cancel this one and announce another."))
}

/// Edits a message of planned work; what is not given stays.
pub async fn edit_update(
    call: &Call,
    file: MaintenanceFile,
    message: &Id,
    body: Given<String>,
    display_at: Option<DateTime<Utc>>,
    wordings: &[Wording],
) -> Result<Response, Refusal> {
    let stored = file.record.maintenance;
    let language = language::of(&call.view()?.page.language);
    let known = carried_on(language, &stored, call.act().now).unwrap_or(stored);
    let body = body.or(known.updates.iter().find(|update| update.id == *message).map(|update| update.body.clone()));
    let done = maintenances::edit_update(&call.act(), &known.id, message, &body.unwrap_or_default(), display_at, wordings, None).await?;
    let view = call.shown(&done).await?;
    let edited = find(call, &known.id).await?.ok_or(Refusal::missing("incident"))?.record.maintenance;
    let update = edited.updates.iter().find(|update| update.id == *message).ok_or(Refusal::missing("message"))?;
    answer(StatusCode::OK, &v2::Wire::with_translations(&view).update(known.id.as_str(), update, MaintenanceStatus::as_str))
}

/// Deletes planned work.
pub async fn remove(call: &Call, id: &Id, file: MaintenanceFile) -> Result<Response, Refusal> {
    let view = call.view()?;
    let done = maintenances::delete(&call.act(), id, None).await?;
    call.shown(&done).await?;
    respond(call, StatusCode::OK, file, &view).await
}

async fn finish(call: &Call, status: StatusCode, id: &Id, done: &Done) -> Result<Response, Refusal> {
    call.shared.signals.outbox.notify_one();
    let view = call.shown(done).await?;
    let file = find(call, id).await?.ok_or(Refusal::missing("incident"))?;
    respond(call, status, file, &view).await
}
