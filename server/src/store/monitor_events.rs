//! What the checks of a monitor came to mean, each change once.

use app::words::{Id, Verdict};
use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::check_rows::CheckRow;
use super::monitors::LOCATION;
use super::values::Word;
use super::{StoreError, Tx};
use crate::domain::evidence::{Observation, Timings};

/// One change of a verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonitorEvent {
    /// Which monitor.
    pub monitor: Id,
    /// The component it speaks for now.
    pub component: Option<Id>,
    /// Where it looked from.
    pub location: String,
    /// When the check that decided it began.
    pub at: DateTime<Utc>,
    /// When that was written down.
    pub decided_at: DateTime<Utc>,
    /// What was known before.
    pub before: Verdict,
    /// What is known since.
    pub verdict: Verdict,
    /// When what is known began: with the first failed check, or with the first good one.
    pub since: DateTime<Utc>,
    /// The class of the failure, where the check failed.
    pub reason: Option<String>,
    /// The status code, where an answer came.
    pub http_status: Option<u16>,
    /// How long the phases of the check took.
    pub timings: Timings,
}

#[derive(FromRow)]
struct Row {
    monitor_id: Word<Id>,
    component_id: Option<Word<Id>>,
    location: String,
    #[sqlx(flatten)]
    check: CheckRow,
    decided_at: DateTime<Utc>,
    verdict_before: Word<Verdict>,
    verdict: Word<Verdict>,
    since: DateTime<Utc>,
}

impl From<Row> for MonitorEvent {
    fn from(row: Row) -> Self {
        Self {
            monitor: row.monitor_id.0,
            component: row.component_id.map(|id| id.0),
            location: row.location,
            at: row.check.at,
            decided_at: row.decided_at,
            before: row.verdict_before.0,
            verdict: row.verdict.0,
            since: row.since,
            http_status: row.check.http_status(),
            timings: row.check.timings(),
            reason: row.check.reason,
        }
    }
}

/// Notes that a check changed what is known of a monitor; the same check a second time changes nothing.
///
/// # Errors
/// [`StoreError`]
pub async fn insert(
    tx: &mut Tx,
    monitor: &Id,
    (before, verdict, since): (Verdict, Verdict, DateTime<Utc>),
    seen: &Observation,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    execute!(
        tx,
        "insert into monitor_events (monitor_id, location, at, decided_at, verdict_before, verdict, since, reason, http_status, dns_us,
             connect_us, tls_us, first_byte_us, total_us)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) on conflict (monitor_id, location, at) do nothing",
        monitor,
        LOCATION,
        seen.at,
        now,
        before,
        verdict,
        since,
        seen.outcome.class(),
        seen.http_status.map(i64::from),
        seen.timings.dns_us,
        seen.timings.connect_us,
        seen.timings.tls_us,
        seen.timings.first_byte_us,
        seen.timings.total_us
    )?;
    Ok(())
}

/// Which events to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only those of this monitor.
    pub monitor: Option<Id>,
    /// Only those decided then or later.
    pub since: Option<DateTime<Utc>>,
    /// Only those decided before.
    pub until: Option<DateTime<Utc>>,
}

/// Events of the page's monitors that are not deleted, newest first.
///
/// # Errors
/// [`StoreError`]
pub async fn list(tx: &mut Tx, page: &Id, filter: &Filter, limit: i64, offset: i64) -> Result<Vec<MonitorEvent>, StoreError> {
    let rows = fetch_all!(
        tx,
        Row,
        "select e.monitor_id, m.component_id, e.location, e.at, e.decided_at, e.verdict_before, e.verdict, e.since, e.reason, e.http_status, e.dns_us,
                e.connect_us, e.tls_us, e.first_byte_us, e.total_us
         from monitor_events e join monitors m on m.id = e.monitor_id
         where m.page_id = $1 and m.deleted_at is null and (cast($2 as text) is null or e.monitor_id = $2)
             and e.decided_at >= $3 and e.decided_at < $4
         order by e.decided_at desc, e.at desc, e.monitor_id limit $5 offset $6",
        page,
        filter.monitor,
        filter.since.unwrap_or(DateTime::UNIX_EPOCH),
        filter.until.unwrap_or(DateTime::<Utc>::MAX_UTC),
        limit,
        offset
    )?;
    Ok(rows.into_iter().map(MonitorEvent::from).collect())
}

/// Removes at most `limit` events decided before `before`; how many it were.
///
/// # Errors
/// [`StoreError`]
pub async fn remove(tx: &mut Tx, before: DateTime<Utc>, limit: i64) -> Result<u64, StoreError> {
    execute!(
        tx,
        "delete from monitor_events where (monitor_id, location, at) in (
             select monitor_id, location, at from monitor_events where decided_at < $1 order by decided_at limit $2)",
        before,
        limit
    )
}
