//! What planned work means at an instant. Status follows from what was said and the time, so a tick that came late cannot show
//! a wrong page; ticks only send the notices.

use app::language::Language;
use app::stock;
use app::words::{ComponentStatus, GoneMaintenance, Id, Maintenance, MaintenanceStatus, MaintenanceUpdate, Monitor, Window};
use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};

/// Days that calendars are told of work which will not happen, so that they strike it out.
pub const GONE_DAYS: i64 = 30;

/// Whether calendars are still told that this is off.
#[must_use]
pub fn is_told_as_gone(gone: &GoneMaintenance, now: DateTime<Utc>) -> bool {
    gone.gone_at > now - TimeDelta::days(GONE_DAYS)
}

/// The status that holds at `now`: what was said, carried on by the clock where the maintenance begins or ends by itself.
/// Undated work does not move by itself. What is over stays over.
///
/// The clock never overrules who spoke after it: "in progress" said later than the window's end is work that goes on.
#[must_use]
pub fn status_at(m: &Maintenance, now: DateTime<Utc>) -> MaintenanceStatus {
    let Some(window) = m.window else { return m.status };
    let begun = match m.status {
        MaintenanceStatus::Completed | MaintenanceStatus::Cancelled => return m.status,
        MaintenanceStatus::Scheduled if !m.auto_start || now < window.from => return MaintenanceStatus::Scheduled,
        MaintenanceStatus::Scheduled => MaintenanceStatus::InProgress,
        MaintenanceStatus::InProgress | MaintenanceStatus::Verifying if said_after(m, window.until) => return m.status,
        MaintenanceStatus::InProgress | MaintenanceStatus::Verifying => m.status,
    };
    if m.auto_complete && window.until <= now { MaintenanceStatus::Completed } else { begun }
}

/// Whether the work is being done at `now`: in progress or verifying.
#[must_use]
pub fn is_under_way(m: &Maintenance, now: DateTime<Utc>) -> bool {
    is_active(status_at(m, now))
}

/// Whether the work is still being done although its window has ended.
#[must_use]
pub fn overrunning(m: &Maintenance, now: DateTime<Utc>) -> bool {
    m.window.is_some_and(|window| window.until <= now) && is_under_way(m, now)
}

/// Whether the work was to begin and has not: nobody said that it did, and it does not begin by itself.
#[must_use]
pub fn not_begun(m: &Maintenance, now: DateTime<Utc>) -> bool {
    m.window.is_some_and(|window| window.from <= now) && status_at(m, now) == MaintenanceStatus::Scheduled
}

/// The span in which work has really been under way, as known at `now` (it ends there while the work goes on). What was recorded
/// or said comes before what was planned. `None` where no time has been spent on it.
#[must_use]
pub fn under_way(m: &Maintenance, now: DateTime<Utc>) -> Option<Window> {
    let status = status_at(m, now);
    let planned = m.window;
    let until = if status.is_over() { ended_at(m).or(planned.map(|w| w.until))?.min(now) } else { now };
    let said_from = m.started_at.or_else(|| said_started_at(m));
    let from = match status {
        MaintenanceStatus::Scheduled => return None,
        // Cancelled work counts only where it had begun, by a person's word or by the clock.
        MaintenanceStatus::Cancelled => said_from.or(planned.filter(|_| m.auto_start && ended_at(m).is_some()).map(|w| w.from)),
        _ => said_from.or(planned.map(|w| w.from)),
    }?;
    (from < until).then_some(Window { from, until })
}

/// What planned work says of a component at `now`: the worst among the maintenances under way that concern it. Hand over published ones.
/// Work that does not disturb it says nothing of it: then a failure is a failure.
#[must_use]
pub fn planned_at<'a>(
    component: &Id,
    maintenances: impl IntoIterator<Item = &'a Maintenance>,
    now: DateTime<Utc>,
) -> Option<ComponentStatus> {
    maintenances
        .into_iter()
        .filter(|m| is_under_way(m, now))
        .flat_map(|m| &m.components)
        .filter(|planned| planned.component_id == *component && planned.status != ComponentStatus::Operational)
        .map(|planned| planned.status)
        .max()
}

/// The components that are expected to work otherwise than usual inside the window: one that is to stay operational is not.
pub fn disturbed(m: &Maintenance) -> impl Iterator<Item = &Id> {
    m.components.iter().filter(|planned| planned.status != ComponentStatus::Operational).map(|planned| &planned.component_id)
}

/// Whether a component is one of those.
#[must_use]
pub fn disturbs(m: &Maintenance, component: &Id) -> bool {
    disturbed(m).any(|disturbed| disturbed == component)
}

/// Since when a failure of a component that began at `failed_at` is not planned: from its beginning, or where it began while the
/// component was worked on, from the end of that work and of what followed it without a gap. `None` while the component is worked on
/// (reliability N16). Hand over published ones.
#[must_use]
pub fn unplanned_since<'a>(
    component: &Id,
    maintenances: impl IntoIterator<Item = &'a Maintenance>,
    failed_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let mut spans = Vec::new();
    for m in maintenances.into_iter().filter(|m| disturbs(m, component)) {
        if is_under_way(m, now) {
            return None;
        }
        spans.extend(under_way(m, now));
    }
    spans.sort_by_key(|span| span.from);
    Some(spans.iter().fold(failed_at, |since, span| if span.from <= since { since.max(span.until) } else { since }))
}

/// Whether the component of a monitor is worked on at `now`, while the monitor checks (reliability N16). Hand over published maintenances.
#[must_use]
pub fn is_worked_on<'a>(monitor: &Monitor, maintenances: impl IntoIterator<Item = &'a Maintenance>, now: DateTime<Utc>) -> bool {
    let Some(component) = monitor.component_id.as_ref().filter(|_| monitor.paused_at.is_none()) else { return false };
    maintenances.into_iter().any(|m| disturbs(m, component) && is_under_way(m, now))
}

/// Whether a component was worked on at `at`, as known at `now`: with that what was seen of it then is explained. Hand over published
/// maintenances.
#[must_use]
pub fn was_worked_on<'a>(
    component: &Id,
    maintenances: impl IntoIterator<Item = &'a Maintenance>,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> bool {
    let holds = |m: &Maintenance| {
        let ended = status_at(m, now).is_over();
        under_way(m, now).is_some_and(|span| span.from <= at && (at < span.until || !ended))
    };
    maintenances.into_iter().any(|m| disturbs(m, component) && holds(m))
}

/// The next instant after `now` at which, if nobody writes, the derived status, [`overrunning`] or [`not_begun`] changes.
#[must_use]
pub fn next_change(m: &Maintenance, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let shown = |at| (status_at(m, at), overrunning(m, at), not_begun(m, at));
    let window = m.window?;
    [window.from, window.until].into_iter().filter(|at| *at > now && shown(*at) != shown(now)).min()
}

/// The newest instant, `now` included, at which such a change came.
#[must_use]
pub fn last_change(m: &Maintenance, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let shown = |at| (status_at(m, at), overrunning(m, at), not_begun(m, at));
    let window = m.window?;
    [window.from, window.until].into_iter().filter(|at| *at <= now && shown(*at) != shown(*at - chrono::TimeDelta::microseconds(1))).max()
}

/// The updates that time alone has made by `now` and nobody has written down yet, newest first. Put before [`Maintenance::updates`]
/// they make the newest update's status the maintenance's status again (contract 1.9). Their ids are derived, so that every
/// process and every reading of the record finds the same ones, and writing them down changes nothing that is shown. `language` is the
/// page's own.
#[must_use]
pub fn automatic_updates(language: &Language, m: &Maintenance, now: DateTime<Utc>) -> Vec<MaintenanceUpdate> {
    let (Some(window), status) = (m.window, status_at(m, now)) else { return Vec::new() };
    if status == m.status {
        return Vec::new();
    }
    let mut made = Vec::new();
    if status == MaintenanceStatus::Completed {
        made.push(automatic_update(m, status, window.until, stock::ended_by_itself(language), m.reminders.at_end));
    }
    if m.status == MaintenanceStatus::Scheduled {
        made.push(automatic_update(m, MaintenanceStatus::InProgress, window.from, stock::begun_by_itself(language), m.reminders.at_start));
    }
    made
}

/// The work as it is shown at `now`, with all that time alone has made of it; `None` where that is written down already. What is shown
/// and what is written down is the same, whenever it is. `language` is the page's own.
#[must_use]
pub fn carried_on(language: &Language, m: &Maintenance, now: DateTime<Utc>) -> Option<Maintenance> {
    let window = m.window?;
    let mut updates = automatic_updates(language, m, now);
    let newest = updates.first()?;
    let (status, at) = (newest.status, newest.updated_at);
    updates.extend(m.updates.iter().cloned());
    let ended = (status == MaintenanceStatus::Completed).then_some(window.until);
    Some(Maintenance {
        status,
        started_at: m.started_at.or_else(|| said_started_at(m)).or(Some(window.from)),
        completed_at: m.completed_at.or(ended),
        updated_at: m.updated_at.max(at),
        updates,
        ..m.clone()
    })
}

fn automatic_update(m: &Maintenance, status: MaintenanceStatus, boundary: DateTime<Utc>, body: String, notify: bool) -> MaintenanceUpdate {
    // Work that is announced after it was to begin begins with its announcement; an older time would hide it below.
    let at = m.updates.first().map_or(boundary, |newest| newest.display_at.max(boundary));
    MaintenanceUpdate {
        id: automatic_id(m, status),
        status,
        body,
        body_html: String::new(),
        display_at: at,
        created_at: at,
        updated_at: at,
        effects: None,
        notify,
    }
}

/// Whether the clock made this message of it.
#[must_use]
pub fn is_automatic(m: &Maintenance, update: &MaintenanceUpdate) -> bool {
    let most = m.updates.len();
    automatic_ids(m, update.status).take(most).any(|id| id == update.id)
}

/// Puts beside the messages what follows from them: where the work stands, when it really began and when it was over. Times that are
/// recorded stay while the messages do not contradict them: the clock and an import may know better than the message's own time.
pub fn stand(m: &mut Maintenance) {
    let Some(newest) = m.updates.first() else { return };
    m.status = newest.status;
    let said_from = m.updates.iter().filter(|update| is_active(update.status)).map(|update| update.display_at).min();
    m.started_at = match said_from {
        Some(said) => Some(m.started_at.map_or(said, |known| known.min(said))),
        None => m.started_at.filter(|_| m.status.is_over()),
    };
    m.completed_at = match m.status {
        MaintenanceStatus::Completed => ended_at(m),
        MaintenanceStatus::Cancelled => m.completed_at,
        _ => None,
    };
}

/// The derived id of an automatic update. Work that was moved after it had begun begins a second time: an id that is already
/// written down is not used again.
fn automatic_id(m: &Maintenance, status: MaintenanceStatus) -> Id {
    let free = |id: &Id| m.updates.iter().all(|update| update.id != *id);
    automatic_ids(m, status).find(free).unwrap_or_else(|| m.id.clone())
}

fn automatic_ids(m: &Maintenance, status: MaintenanceStatus) -> impl Iterator<Item = Id> {
    let name = format!("allclear maintenance {} {status}", m.id);
    std::iter::successors(Some(name), |name| Some(format!("{name} again"))).map(|name| {
        let digest = Sha256::digest(name.as_bytes());
        Id::from_bytes(digest.first_chunk::<16>().copied().unwrap_or_default())
    })
}

const fn is_active(status: MaintenanceStatus) -> bool {
    matches!(status, MaintenanceStatus::InProgress | MaintenanceStatus::Verifying)
}

/// Whether the newest update is shown under a time after that instant.
fn said_after(m: &Maintenance, instant: DateTime<Utc>) -> bool {
    m.updates.first().is_some_and(|newest| newest.display_at > instant)
}

/// When people last said that work begins: the oldest of the newest run of "in progress" and "verifying".
fn said_started_at(m: &Maintenance) -> Option<DateTime<Utc>> {
    let run = m.updates.iter().skip_while(|update| update.status.is_over()).take_while(|update| is_active(update.status));
    run.last().map(|update| update.display_at)
}

/// When the work ended, as recorded or said; `None` where only the clock ended it.
fn ended_at(m: &Maintenance) -> Option<DateTime<Utc>> {
    let closing = || m.updates.iter().take_while(|update| update.status.is_over()).last();
    m.completed_at.or_else(|| closing().map(|update| update.display_at))
}
