//! Monitors, and what staff see of them.

use app::words::{Advice, ComponentStatus, Id, Monitor, MonitorKind, MonitorSettings, Role, Verdict};
use chrono::{DateTime, Utc};
use sqlx::FromRow;
use sqlx::types::Json;

use super::values::Word;
use super::{StoreError, Tx};
use crate::domain::certificate::Certificate;
use crate::domain::flapping::Turns;
use crate::domain::monitor::State;
use crate::domain::quorum::View;
use crate::domain::slowness::Slowness;

/// The one place from which this version checks.
pub const LOCATION: &str = "local";

/// A monitor and what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonitorRecord {
    /// The monitor.
    pub monitor: Monitor,
    /// What its checks mean.
    pub state: State,
    /// The newest check: when it began, why it failed if it did, and how long it took in microseconds.
    pub last: Option<(DateTime<Utc>, Option<String>, Option<i64>)>,
    /// The certificate that it saw last.
    pub certificate: Option<Certificate>,
    /// What is worth a look although all is well.
    pub advice: Vec<Advice>,
}

#[derive(FromRow)]
pub(super) struct MonitorRow {
    id: Word<Id>,
    component_id: Option<Word<Id>>,
    name: String,
    kind: Word<MonitorKind>,
    target: String,
    interval_seconds: i64,
    timeout_ms: i64,
    failure_threshold: i64,
    success_threshold: i64,
    status_when_down: Word<ComponentStatus>,
    settings: Json<MonitorSettings>,
    paused_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl From<MonitorRow> for Monitor {
    fn from(row: MonitorRow) -> Self {
        Self {
            id: row.id.0,
            component_id: row.component_id.map(|id| id.0),
            name: row.name,
            kind: row.kind.0,
            target: row.target,
            interval_seconds: row.interval_seconds,
            timeout_ms: row.timeout_ms,
            failure_threshold: row.failure_threshold,
            success_threshold: row.success_threshold,
            status_when_down: row.status_when_down.0,
            settings: row.settings.0,
            paused_at: row.paused_at,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

#[derive(FromRow)]
pub(super) struct StateRow {
    verdict: Word<Verdict>,
    since: DateTime<Utc>,
    streak: i64,
    first_failed_at: Option<DateTime<Utc>>,
    first_good_at: Option<DateTime<Utc>>,
    last_result_at: Option<DateTime<Utc>>,
    slow_row: i64,
    slow_row_since: Option<DateTime<Utc>>,
    slow_since: Option<DateTime<Utc>>,
    turns: Option<String>,
}

impl From<StateRow> for State {
    fn from(row: StateRow) -> Self {
        Self {
            verdict: row.verdict.0,
            since: row.since,
            streak: row.streak,
            first_failed_at: row.first_failed_at,
            first_good_at: row.first_good_at,
            last_result_at: row.last_result_at,
            slowness: Slowness { row: row.slow_row, row_since: row.slow_row_since, confirmed_since: row.slow_since },
            turns: row.turns.map_or(Turns::NONE, |text| Turns::read(&text)),
        }
    }
}

#[derive(FromRow)]
struct RecordRow {
    #[sqlx(flatten)]
    monitor: MonitorRow,
    #[sqlx(flatten)]
    state: StateRow,
    last_at: Option<DateTime<Utc>>,
    last_reason: Option<String>,
    last_total_us: Option<i64>,
    sha256: Option<String>,
    expires_at: Option<DateTime<Utc>>,
    advice: Option<Word<Advice>>,
}

impl From<RecordRow> for MonitorRecord {
    fn from(row: RecordRow) -> Self {
        Self {
            monitor: row.monitor.into(),
            state: row.state.into(),
            last: row.last_at.map(|at| (at, row.last_reason, row.last_total_us)),
            advice: row.advice.map(|advice| advice.0).into_iter().collect(),
            certificate: row.sha256.zip(row.expires_at).map(|(sha256, expires_at)| Certificate { sha256, expires_at }),
        }
    }
}

/// The page's monitors by name, without deleted ones.
///
/// # Errors
/// [`StoreError`]
pub async fn list(tx: &mut Tx, page: &Id) -> Result<Vec<MonitorRecord>, StoreError> {
    let rows = fetch_all!(
        tx,
        RecordRow,
        "select m.id, m.component_id, m.name, m.kind, m.target, m.interval_seconds, m.timeout_ms, m.failure_threshold,
                m.success_threshold, m.status_when_down, m.settings, m.paused_at, m.created_at, m.updated_at,
                s.verdict, s.since, s.streak, s.first_failed_at, s.first_good_at, s.last_result_at,
                s.slow_row, s.slow_row_since, s.slow_since, s.turns,
                r.at as last_at, r.reason as last_reason, r.total_us as last_total_us, k.sha256, k.expires_at,
                a.kind as advice
         from monitors m
         join monitor_states s on s.monitor_id = m.id
         left join monitor_certificates k on k.monitor_id = m.id
         left join monitor_advice a on a.monitor_id = m.id
         left join check_results r on r.monitor_id = m.id and r.location = s.location
             and r.at = (select max(at) from check_results n where n.monitor_id = m.id and n.location = s.location)
         where m.page_id = $1 and m.deleted_at is null order by lower(m.name), m.id, a.kind",
        page
    )?;
    let mut records: Vec<MonitorRecord> = Vec::new();
    for record in rows.into_iter().map(MonitorRecord::from) {
        // A monitor with several advices has a row for each.
        match records.last_mut() {
            Some(last) if last.monitor.id == record.monitor.id => last.advice.extend(record.advice),
            _ => records.push(record),
        }
    }
    Ok(records)
}

/// One monitor of the page, unless it is deleted.
///
/// # Errors
/// [`StoreError`]
pub async fn get(tx: &mut Tx, page: &Id, id: &Id) -> Result<Option<Monitor>, StoreError> {
    let row = fetch_optional!(
        tx,
        MonitorRow,
        "select id, component_id, name, kind, target, interval_seconds, timeout_ms, failure_threshold, success_threshold,
                status_when_down, settings, paused_at, created_at, updated_at
         from monitors where id = $2 and page_id = $1 and deleted_at is null",
        page,
        id
    )?;
    Ok(row.map(Monitor::from))
}

/// How many monitors the page has, without deleted ones.
///
/// # Errors
/// [`StoreError`]
pub async fn count(tx: &mut Tx, page: &Id) -> Result<i64, StoreError> {
    let (count,) = fetch_one!(tx, (i64,), "select count(*) from monitors where page_id = $1 and deleted_at is null", page)?;
    Ok(count)
}

/// Writes a monitor, new or changed. What is known of it stays.
///
/// # Errors
/// [`StoreError::Missing`] where another page has the id, or the monitor is deleted.
pub async fn upsert(tx: &mut Tx, page: &Id, monitor: &Monitor) -> Result<(), StoreError> {
    let rows = execute!(
        tx,
        "insert into monitors (id, page_id, component_id, name, kind, target, interval_seconds, timeout_ms, failure_threshold,
             success_threshold, status_when_down, settings, paused_at, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
         on conflict (id) do update set component_id = excluded.component_id, name = excluded.name, kind = excluded.kind,
             target = excluded.target, interval_seconds = excluded.interval_seconds, timeout_ms = excluded.timeout_ms,
             failure_threshold = excluded.failure_threshold, success_threshold = excluded.success_threshold,
             status_when_down = excluded.status_when_down, settings = excluded.settings, paused_at = excluded.paused_at,
             updated_at = excluded.updated_at
         where monitors.page_id = excluded.page_id and monitors.deleted_at is null",
        monitor.id,
        page,
        monitor.component_id,
        monitor.name,
        monitor.kind,
        monitor.target,
        monitor.interval_seconds,
        monitor.timeout_ms,
        monitor.failure_threshold,
        monitor.success_threshold,
        monitor.status_when_down,
        Json(&monitor.settings),
        monitor.paused_at,
        monitor.created_at,
        monitor.updated_at
    )?;
    StoreError::unless_changed(rows, "monitor", monitor.id.as_str())
}

/// Forgets what is known of a monitor and says when it checks next; `None` never does. Whoever checks it now has lost it.
///
/// # Errors
/// [`StoreError`]
pub async fn start_anew(tx: &mut Tx, monitor: &Id, next_check_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Result<(), StoreError> {
    execute!(
        tx,
        "insert into monitor_states (monitor_id, location, verdict, since, streak, next_check_at, epoch)
         values ($1, $2, $3, $4, $5, $6, $5)
         on conflict (monitor_id, location) do update set verdict = excluded.verdict, since = excluded.since, streak = excluded.streak,
             first_failed_at = null, first_good_at = null, last_result_at = null, status_down = null, slow_row = 0, slow_row_since = null,
             slow_since = null, turns = null, next_check_at = excluded.next_check_at,
             lease_until = null, owner = null, epoch = monitor_states.epoch + 1",
        monitor,
        LOCATION,
        Verdict::Unknown,
        now,
        0_i64,
        next_check_at
    )?;
    Ok(())
}

/// Lets a monitor check next at that time, knowing what it knows.
///
/// # Errors
/// [`StoreError`]
pub async fn check_at(tx: &mut Tx, monitor: &Id, at: DateTime<Utc>) -> Result<(), StoreError> {
    execute!(tx, "update monitor_states set next_check_at = $2 where monitor_id = $1", monitor, at)?;
    Ok(())
}

/// Deletes a monitor; its results stay until they are old.
///
/// # Errors
/// [`StoreError::Missing`] where the page has no such monitor.
pub async fn delete(tx: &mut Tx, page: &Id, id: &Id, now: DateTime<Utc>) -> Result<(), StoreError> {
    let rows = execute!(
        tx,
        "update monitors set deleted_at = $3, updated_at = $3 where id = $2 and page_id = $1 and deleted_at is null",
        page,
        id,
        now
    )?;
    StoreError::unless_changed(rows, "monitor", id.as_str())
}

/// What one place knows of a monitor, and what its being down means for the component.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watching {
    /// The monitor.
    pub monitor: Id,
    /// Seconds from check to check.
    pub interval_seconds: i64,
    /// What down means.
    pub status_when_down: ComponentStatus,
    /// What is known.
    pub view: View,
}

/// What is known of the monitors of a component that are at work, by monitor and place.
///
/// # Errors
/// [`StoreError`]
pub async fn watching(tx: &mut Tx, component: &Id) -> Result<Vec<Watching>, StoreError> {
    let rows = fetch_all!(
        tx,
        (Word<Id>, i64, Word<ComponentStatus>, Word<Verdict>, Option<DateTime<Utc>>),
        "select m.id, m.interval_seconds, coalesce(s.status_down, m.status_when_down), s.verdict, s.last_result_at
         from monitors m join monitor_states s on s.monitor_id = m.id
         where m.component_id = $1 and m.deleted_at is null and m.paused_at is null order by m.id, s.location",
        component
    )?;
    let read = |(monitor, interval_seconds, status, verdict, last_result_at): (Word<Id>, i64, Word<ComponentStatus>, Word<Verdict>, _)| {
        let view = View { verdict: verdict.0, last_result_at };
        Watching { monitor: monitor.0, interval_seconds, status_when_down: status.0, view }
    };
    Ok(rows.into_iter().map(read).collect())
}

/// What the failure of a monitor that goes on means for its component; `None`: what its being down usually means.
///
/// # Errors
/// [`StoreError`]
pub async fn status_down(tx: &mut Tx, monitor: &Id) -> Result<Option<ComponentStatus>, StoreError> {
    let row = fetch_optional!(
        tx,
        (Option<Word<ComponentStatus>>,),
        "select status_down from monitor_states where monitor_id = $1 and location = $2",
        monitor,
        LOCATION
    )?;
    Ok(row.and_then(|(status,)| status.map(|status| status.0)))
}

/// Notes what the failure of a monitor that goes on means for its component.
///
/// # Errors
/// [`StoreError`]
pub async fn set_status_down(tx: &mut Tx, monitor: &Id, status: Option<ComponentStatus>) -> Result<(), StoreError> {
    execute!(tx, "update monitor_states set status_down = $2 where monitor_id = $1 and location = $3", monitor, status, LOCATION)?;
    Ok(())
}

/// Staff who are told of drafts: everybody who may sign in and write.
///
/// # Errors
/// [`StoreError`]
pub async fn responders(tx: &mut Tx, page: &Id) -> Result<Vec<Id>, StoreError> {
    let rows = fetch_all!(
        tx,
        (Word<Id>,),
        "select id from staff where page_id = $1 and disabled_at is null and role <> $2 order by id",
        page,
        Role::Viewer
    )?;
    Ok(rows.into_iter().map(|(id,)| id.0).collect())
}
