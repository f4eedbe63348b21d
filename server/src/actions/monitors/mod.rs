//! Monitors: what staff and programs have watched.

mod heartbeat;
mod names;
mod settings;

use app::words::{ComponentStatus, Id, Monitor, MonitorKind, MonitorSettings, StatusSource};
use chrono::{DateTime, TimeDelta, Utc};
use ipnet::IpNet;

use super::statuses::{self, Board};
use super::{Act, ActionError, Done, Problem};
use crate::channels::guard::{Target, echo};
use crate::domain::compose;
use crate::domain::monitor::observed;
use crate::domain::quorum::{View, together};
use crate::store::{StoreError, Tx, advice, certificates, checks, components, monitors, pages};

/// What a monitor is to be. What was not given comes from [`MonitorInput::default`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonitorInput {
    /// What staff call it.
    pub name: String,
    /// The kind of check.
    pub kind: MonitorKind,
    /// What is asked.
    pub target: String,
    /// Seconds from check to check.
    pub interval_seconds: i64,
    /// Longest whole check.
    pub timeout_ms: i64,
    /// The component it speaks for.
    pub component_id: Option<Id>,
    /// Failures in a row that mean down.
    pub failure_threshold: i64,
    /// Good checks in a row that mean up again.
    pub success_threshold: i64,
    /// What down means for the component.
    pub status_when_down: ComponentStatus,
    /// Request headers and what is expected.
    pub settings: MonitorSettings,
    /// Whether it is to rest.
    pub paused: bool,
}

impl Default for MonitorInput {
    /// Every minute, 10 s at most, down after 3 failures, up after 2 good checks (reliability N1, N9).
    fn default() -> Self {
        Self {
            name: String::new(),
            kind: MonitorKind::Http,
            target: String::new(),
            interval_seconds: 60,
            timeout_ms: 10_000,
            component_id: None,
            failure_threshold: 3,
            success_threshold: 2,
            status_when_down: ComponentStatus::MajorOutage,
            settings: MonitorSettings::default(),
            paused: false,
        }
    }
}

impl MonitorInput {
    /// What is usual for a kind. That a beat is missing is known after one beat: its grace has confirmed it.
    #[must_use]
    pub fn usual(kind: MonitorKind) -> Self {
        let (failure_threshold, success_threshold) = if kind == MonitorKind::Heartbeat { (1, 1) } else { (3, 2) };
        Self { kind, failure_threshold, success_threshold, ..Self::default() }
    }
}

impl From<Monitor> for MonitorInput {
    fn from(monitor: Monitor) -> Self {
        Self {
            name: monitor.name,
            kind: monitor.kind,
            target: monitor.target,
            interval_seconds: monitor.interval_seconds,
            timeout_ms: monitor.timeout_ms,
            component_id: monitor.component_id,
            failure_threshold: monitor.failure_threshold,
            success_threshold: monitor.success_threshold,
            status_when_down: monitor.status_when_down,
            settings: monitor.settings,
            paused: monitor.paused_at.is_some(),
        }
    }
}

/// More are watched by more processes, not by one page.
const MOST: i64 = 10_000;
/// Characters of a name.
const LONGEST_NAME: usize = 255;
/// Makes a monitor; it checks at once. `networks` are the private networks that may be reached.
///
/// # Errors
/// [`ActionError::Invalid`] with a sentence for each field that cannot be used.
pub async fn create(act: &Act<'_>, page: &Id, networks: &[IpNet], input: MonitorInput) -> Result<Done, ActionError> {
    let mut tx = act.db.write().await?;
    check(&mut tx, page, networks, &input).await?;
    if monitors::count(&mut tx, page).await? >= MOST {
        return Err(ActionError::Conflict(format!("There are {MOST} monitors already, which is the most. Delete one first.")));
    }
    let monitor = made(act.fresh_id(), input, act.now, act.now, None);
    monitors::upsert(&mut tx, page, &monitor).await?;
    let begin = monitor.paused_at.is_none().then_some(act.now);
    monitors::start_anew(&mut tx, &monitor.id, begin, act.now).await?;
    act.audit(&mut tx, page, "monitor.create", Some(("monitor", &monitor.id)), Some(monitor.name)).await?;
    tx.commit().await?;
    Ok(Done { id: monitor.id, revision: None })
}

/// Changes a monitor. What was known of it stays, unless it asks for something else now; its push address stays in any case.
///
/// # Errors
/// [`ActionError::Invalid`] with a sentence for each field that cannot be used; [`ActionError::Missing`].
pub async fn update(act: &Act<'_>, page: &Id, networks: &[IpNet], id: &Id, mut input: MonitorInput) -> Result<Done, ActionError> {
    let mut tx = act.db.write().await?;
    let before = held(&mut tx, page, id).await?;
    check(&mut tx, page, networks, &input).await?;
    input.settings.push_epoch = before.settings.push_epoch;
    let after = made(id.clone(), input, before.created_at, act.now, before.paused_at);
    // What was seen of another target, or by another measure, says nothing of this one.
    let (asked, asks) = (heartbeat::but_grace(&before.settings), heartbeat::but_grace(&after.settings));
    let anew = (before.kind, &before.target, asked, before.paused_at.is_some(), &before.component_id)
        != (after.kind, &after.target, asks, after.paused_at.is_some(), &after.component_id);
    let turned = anew || before.status_when_down != after.status_when_down;
    let revision = if turned { Some(pages::bump_revision(&mut tx, page, act.now).await?) } else { None };
    monitors::upsert(&mut tx, page, &after).await?;
    let due = after.paused_at.is_none().then_some(act.now);
    if anew {
        certificates::forget(&mut tx, id).await?;
        advice::set(&mut tx, id, &[], act.now).await?;
        monitors::start_anew(&mut tx, id, due, act.now).await?;
        heartbeat::wait_anew(&mut tx, &before, &after, act.now).await?;
    } else if let Some(due) = due {
        monitors::check_at(&mut tx, id, due).await?;
    }
    if turned {
        let spoke_for: Vec<Id> = [before.component_id, after.component_id.clone()].into_iter().flatten().collect();
        observe(&mut tx, page, &spoke_for, act.now).await?;
    }
    act.audit(&mut tx, page, "monitor.update", Some(("monitor", id)), Some(after.name)).await?;
    tx.commit().await?;
    Ok(Done { id: id.clone(), revision })
}

/// Lets a monitor rest. What it observed is no longer said of its component.
///
/// # Errors
/// [`ActionError::Missing`]
pub async fn pause(act: &Act<'_>, page: &Id, id: &Id) -> Result<Done, ActionError> {
    turn(act, page, id, Some(act.now), "monitor.pause").await
}

/// Lets a monitor check again, at once and knowing nothing.
///
/// # Errors
/// [`ActionError::Missing`]
pub async fn resume(act: &Act<'_>, page: &Id, id: &Id) -> Result<Done, ActionError> {
    turn(act, page, id, None, "monitor.resume").await
}

async fn turn(act: &Act<'_>, page: &Id, id: &Id, paused_at: Option<DateTime<Utc>>, action: &str) -> Result<Done, ActionError> {
    let mut tx = act.db.write().await?;
    let mut monitor = monitors::get(&mut tx, page, id).await?.ok_or(ActionError::Missing("monitor"))?;
    if monitor.paused_at.is_some() == paused_at.is_some() {
        return Ok(Done { id: id.clone(), revision: None });
    }
    let revision = pages::bump_revision(&mut tx, page, act.now).await?;
    let before = monitor.clone();
    (monitor.paused_at, monitor.updated_at) = (paused_at, act.now);
    monitors::upsert(&mut tx, page, &monitor).await?;
    monitors::start_anew(&mut tx, id, paused_at.is_none().then_some(act.now), act.now).await?;
    heartbeat::wait_anew(&mut tx, &before, &monitor, act.now).await?;
    observe(&mut tx, page, monitor.component_id.as_slice(), act.now).await?;
    act.audit(&mut tx, page, action, Some(("monitor", id)), Some(monitor.name)).await?;
    tx.commit().await?;
    Ok(Done { id: id.clone(), revision: Some(revision) })
}

/// Gives a heartbeat a new push address: who knows the old one cannot speak for the job any more. What it knows it keeps.
///
/// # Errors
/// [`ActionError::Missing`]; [`ActionError::Conflict`] where it is no heartbeat.
pub async fn renew_address(act: &Act<'_>, page: &Id, id: &Id) -> Result<Done, ActionError> {
    let mut tx = act.db.write().await?;
    let mut monitor = held(&mut tx, page, id).await?;
    if monitor.kind != MonitorKind::Heartbeat {
        return Err(ActionError::Conflict("This monitor has no push address: it asks by itself. Only heartbeats have one.".to_owned()));
    }
    monitor.settings.push_epoch += 1;
    monitor.updated_at = act.now;
    monitors::upsert(&mut tx, page, &monitor).await?;
    act.audit(&mut tx, page, "monitor.renew_address", Some(("monitor", id)), Some(monitor.name)).await?;
    tx.commit().await?;
    Ok(Done { id: id.clone(), revision: None })
}

/// Deletes a monitor. What it observed is no longer said of its component.
///
/// # Errors
/// [`ActionError::Missing`]
pub async fn delete(act: &Act<'_>, page: &Id, id: &Id) -> Result<Done, ActionError> {
    let mut tx = act.db.write().await?;
    let monitor = monitors::get(&mut tx, page, id).await?.ok_or(ActionError::Missing("monitor"))?;
    let revision = pages::bump_revision(&mut tx, page, act.now).await?;
    monitors::delete(&mut tx, page, id, act.now).await?;
    monitors::start_anew(&mut tx, id, None, act.now).await?;
    observe(&mut tx, page, monitor.component_id.as_slice(), act.now).await?;
    act.audit(&mut tx, page, "monitor.delete", Some(("monitor", id)), Some(monitor.name)).await?;
    tx.commit().await?;
    Ok(Done { id: id.clone(), revision: Some(revision) })
}

/// A monitor as it is. Whoever else changes its page goes first, or waits until this transaction has ended.
async fn held(tx: &mut Tx, page: &Id, id: &Id) -> Result<Monitor, ActionError> {
    let missing = || ActionError::Missing("monitor");
    // A page that is not here cannot be held.
    monitors::get(tx, page, id).await?.ok_or_else(missing)?;
    pages::hold(tx, page).await?;
    monitors::get(tx, page, id).await?.ok_or_else(missing)
}

/// Says of components anew what their monitors observe, after one of them began, changed its verdict or went. The caller has raised
/// the revision. Answers with what is said now.
///
/// # Errors
/// [`StoreError`].
pub(in crate::actions) async fn observe(tx: &mut Tx, page: &Id, of: &[Id], now: DateTime<Utc>) -> Result<Board, StoreError> {
    let fresh = checks::freshness(tx, page).await?;
    for component in of {
        let known = monitors::watching(tx, component).await?;
        let status = observed(known.chunk_by(|one, next| one.monitor == next.monitor).filter_map(|places| {
            let first = places.first()?;
            let views: Vec<View> = places.iter().map(|place| place.view).collect();
            Some((together(&views, TimeDelta::seconds(first.interval_seconds), now), first.status_when_down))
        }));
        let until = fresh.iter().find(|(id, _)| id == component).map(|(_, until)| *until).filter(|_| status.is_some());
        components::set_observed(tx, component, status, now, until).await?;
    }
    statuses::settle(tx, page, of, now, StatusSource::Monitor).await
}

fn made(id: Id, input: MonitorInput, created_at: DateTime<Utc>, now: DateTime<Utc>, paused_at: Option<DateTime<Utc>>) -> Monitor {
    Monitor {
        id,
        component_id: input.component_id,
        name: input.name.trim().to_owned(),
        kind: input.kind,
        target: input.target,
        interval_seconds: input.interval_seconds,
        timeout_ms: input.timeout_ms,
        failure_threshold: input.failure_threshold,
        success_threshold: input.success_threshold,
        status_when_down: input.status_when_down,
        settings: input.settings,
        paused_at: input.paused.then(|| paused_at.unwrap_or(now)),
        created_at,
        updated_at: now,
    }
}

async fn check(tx: &mut Tx, page: &Id, networks: &[IpNet], input: &MonitorInput) -> Result<(), ActionError> {
    let mut problems = wrong(networks, input);
    if let Some(component) = &input.component_id
        && !components::components(tx, page).await?.iter().any(|row| row.component.id == *component)
    {
        problems.push(Problem::new("component_id", "There is no such component on this page. Choose one of the list, or none."));
    }
    if problems.is_empty() { Ok(()) } else { Err(ActionError::Invalid(problems)) }
}

/// Everything that is wrong with an input by itself.
fn wrong(networks: &[IpNet], input: &MonitorInput) -> Vec<Problem> {
    let mut problems = Vec::new();
    let name = input.name.trim();
    if !name.chars().any(compose::shows) {
        problems.push(Problem::new("name", "Give the monitor a name that your colleagues will know it by."));
    } else if name.chars().count() > LONGEST_NAME {
        problems.push(Problem::new("name", format!("This name is too long: at most {LONGEST_NAME} characters.")));
    } else if name.chars().any(char::is_control) {
        problems.push(Problem::new("name", "A name cannot hold line breaks or control characters. Remove them."));
    }
    let beats = input.kind == MonitorKind::Heartbeat;
    if input.kind == MonitorKind::Ping && !echo::is_permitted() {
        let sentence = "This system forbids ICMP sockets without privileges, so that nothing can be pinged from here. Whoever runs Allclear \
                        can allow them with net.ipv4.ping_group_range, or watch a TCP port instead.";
        problems.push(Problem::new("kind", sentence));
    }
    match Target::of(input.kind, &input.target) {
        _ if beats => problems.extend(heartbeat::wrong(&input.target)),
        Err(error) => problems.push(Problem::new("target", error.to_string())),
        // A name is looked up, not reached.
        Ok(target) if input.kind == MonitorKind::Dns => problems.extend(names::is_no_name(&target, &input.settings)),
        Ok(target) => problems.extend(target.allowed(networks).err().map(|error| Problem::new("target", error.to_string()))),
    }
    let mut within = |field, value: i64, least: i64, most: i64, what: &str| {
        if !(least..=most).contains(&value) {
            problems.push(Problem::new(field, format!("{what} must be a whole number from {least} to {most}.")));
        }
    };
    let longest = if beats { heartbeat::LONGEST } else { 86_400 };
    within(
        "interval_seconds",
        input.interval_seconds,
        1,
        longest,
        if beats { "The seconds between beats" } else { "The seconds between checks" },
    );
    within("timeout_ms", input.timeout_ms, 100, 60_000, "The milliseconds that a check may take");
    within("failure_threshold", input.failure_threshold, 1, 20, "The failures in a row that mean down");
    within("success_threshold", input.success_threshold, 1, 20, "The good checks in a row that mean up");
    if matches!(input.status_when_down, ComponentStatus::Operational | ComponentStatus::UnderMaintenance) {
        let sentence = "When the monitor is down, its component can be degraded_performance, partial_outage or major_outage.";
        problems.push(Problem::new("status_when_down", sentence));
    }
    problems.extend(settings::wrong(input.kind, networks, &input.settings));
    problems
}
