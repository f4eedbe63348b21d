//! Checks: which are due and who makes them, what came of them, and the sums that stay when the results are gone.

use app::words::{Id, Monitor, Verdict};
use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::audience::keys;
use super::check_rows::CheckRow;
use super::monitors::{MonitorRow, StateRow};
use super::values::Word;
use super::{StoreError, Tx};
use crate::domain::evidence::{FailedCheck, INTERNAL};
use crate::domain::monitor::State;

/// A check that is this process's to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// The page.
    pub page: Id,
    /// What is checked.
    pub monitor: Monitor,
    /// What was known before.
    pub state: State,
    /// When it was due.
    pub due_at: DateTime<Utc>,
    /// Until when its component has recent data.
    pub fresh_until: Option<DateTime<Utc>>,
    /// The SHA-256 of the certificate that was seen last.
    pub certificate: Option<String>,
    /// From when on the next beat of a heartbeat monitor is waited for; `None` before the first.
    pub waits_since: Option<DateTime<Utc>>,
    /// Nobody else writes with this number; who holds an older one has lost the claim.
    pub epoch: i64,
}

#[derive(FromRow)]
struct ClaimedRow {
    page_id: Word<Id>,
    #[sqlx(flatten)]
    monitor: MonitorRow,
    #[sqlx(flatten)]
    state: StateRow,
    next_check_at: DateTime<Utc>,
    fresh_until: Option<DateTime<Utc>>,
    certificate: Option<String>,
    waits_since: Option<DateTime<Utc>>,
    epoch: i64,
}

impl From<ClaimedRow> for Claimed {
    fn from(row: ClaimedRow) -> Self {
        Self {
            page: row.page_id.0,
            monitor: row.monitor.into(),
            state: row.state.into(),
            due_at: row.next_check_at,
            fresh_until: row.fresh_until,
            certificate: row.certificate,
            waits_since: row.waits_since,
            epoch: row.epoch,
        }
    }
}

/// What a check needs to know of monitors, of those `$which` names.
macro_rules! claimed {
    ($which:literal) => {
        concat!(
            "select m.page_id, m.id, m.component_id, m.name, m.kind, m.target, m.interval_seconds, m.timeout_ms, m.failure_threshold,
                m.success_threshold, m.status_when_down, m.settings, m.paused_at, m.created_at, m.updated_at,
                s.verdict, s.since, s.streak, s.first_failed_at, s.first_good_at, s.last_result_at,
                s.slow_row, s.slow_row_since, s.slow_since, s.turns, s.next_check_at, s.epoch, s.waits_since, c.fresh_until,
                k.sha256 as certificate
             from monitor_states s join monitors m on m.id = s.monitor_id left join components c on c.id = m.component_id
                left join monitor_certificates k on k.monitor_id = m.id ",
            $which
        )
    };
}

/// When the next check is due that nobody makes; `None` where there is none.
///
/// # Errors
/// [`StoreError`]
pub async fn next_due(tx: &mut Tx, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, StoreError> {
    let (due,) = fetch_one!(
        tx,
        (Option<DateTime<Utc>>,),
        "select min(next_check_at) from monitor_states where next_check_at is not null and (lease_until is null or lease_until <= $1)",
        now
    )?;
    Ok(due)
}

/// Takes at most `limit` checks that are due, the longest waiting first, until `lease_until`. Each goes to one process only.
///
/// # Errors
/// [`StoreError`]
pub async fn claim(
    tx: &mut Tx,
    owner: &str,
    now: DateTime<Utc>,
    lease_until: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Claimed>, StoreError> {
    let taken = fetch_all!(
        tx,
        (Word<Id>,),
        "update monitor_states set lease_until = $3, owner = $1, epoch = epoch + 1
         where next_check_at <= $2 and (lease_until is null or lease_until <= $2)
           and (monitor_id, location) in (
               select monitor_id, location from monitor_states
               where next_check_at <= $2 and (lease_until is null or lease_until <= $2) order by next_check_at limit $4)
         returning monitor_id",
        owner,
        now,
        lease_until,
        limit
    )?;
    if taken.is_empty() {
        return Ok(Vec::new());
    }
    // By their names: to look for the owner would be to read every monitor.
    let rows = fetch_all!(
        tx,
        ClaimedRow,
        claimed!("where s.monitor_id in (select key from jsonb_each($1)) and s.owner = $2 order by s.next_check_at, m.id"),
        keys(taken.iter().map(|(id,)| id.0.as_str())),
        owner
    )?;
    Ok(rows.into_iter().map(Claimed::from).collect())
}

/// Takes the check of one monitor that is at work, due or not; `None` where somebody makes it now, or it rests.
///
/// # Errors
/// [`StoreError`]
pub async fn claim_one(
    tx: &mut Tx,
    monitor: &Id,
    owner: &str,
    now: DateTime<Utc>,
    lease_until: DateTime<Utc>,
) -> Result<Option<Claimed>, StoreError> {
    let taken = execute!(
        tx,
        "update monitor_states set lease_until = $4, owner = $2, epoch = epoch + 1
         where monitor_id = $1 and next_check_at is not null and (lease_until is null or lease_until <= $3)",
        monitor,
        owner,
        now,
        lease_until
    )?;
    if taken == 0 {
        return Ok(None);
    }
    let row = fetch_optional!(tx, ClaimedRow, claimed!("where m.id = $1 and s.owner = $2"), monitor, owner)?;
    Ok(row.map(Claimed::from))
}

/// What is known of a monitor that is at work, for a result that comes by itself: nobody is kept from anything, and of two that write
/// with the same number the second has lost. `None` where it rests, or is deleted.
///
/// # Errors
/// [`StoreError`]
pub async fn known(tx: &mut Tx, monitor: &Id) -> Result<Option<Claimed>, StoreError> {
    let row = fetch_optional!(
        tx,
        ClaimedRow,
        claimed!("where m.id = $1 and m.deleted_at is null and m.paused_at is null and s.next_check_at is not null"),
        monitor
    )?;
    Ok(row.map(Claimed::from))
}

/// Gives back what a process holds: it will not make these checks.
///
/// # Errors
/// [`StoreError`]
pub async fn release(tx: &mut Tx, owner: &str) -> Result<u64, StoreError> {
    execute!(tx, "update monitor_states set lease_until = null, owner = null where owner = $1", owner)
}

/// Checks that have been due since before `before`, each with its interval and when it was due: what a start or a standstill left behind.
///
/// # Errors
/// [`StoreError`]
pub async fn overdue(tx: &mut Tx, before: DateTime<Utc>) -> Result<Vec<(Id, i64, DateTime<Utc>)>, StoreError> {
    let rows = fetch_all!(
        tx,
        (Word<Id>, i64, DateTime<Utc>),
        "select m.id, m.interval_seconds, s.next_check_at from monitor_states s join monitors m on m.id = s.monitor_id
         where s.next_check_at < $1 and (s.lease_until is null or s.lease_until < $1) order by s.next_check_at",
        before
    )?;
    Ok(rows.into_iter().map(|(id, interval, due)| (id.0, interval, due)).collect())
}

/// Checks that are due only after `after`, each with its interval and when it is due.
///
/// # Errors
/// [`StoreError`]
pub async fn due_after(tx: &mut Tx, after: DateTime<Utc>) -> Result<Vec<(Id, i64, DateTime<Utc>)>, StoreError> {
    let rows = fetch_all!(
        tx,
        (Word<Id>, i64, DateTime<Utc>),
        "select m.id, m.interval_seconds, s.next_check_at from monitor_states s join monitors m on m.id = s.monitor_id
         where s.next_check_at > $1 order by s.next_check_at",
        after
    )?;
    Ok(rows.into_iter().map(|(id, interval, due)| (id.0, interval, due)).collect())
}

#[derive(FromRow)]
struct FailedRow {
    #[sqlx(flatten)]
    check: CheckRow,
    detail: Option<String>,
}

/// The newest failed checks of a monitor at `since` or later, oldest first, at most `limit`.
///
/// # Errors
/// [`StoreError`]
pub async fn failures(tx: &mut Tx, monitor: &Id, since: DateTime<Utc>, limit: i64) -> Result<Vec<FailedCheck>, StoreError> {
    let rows = fetch_all!(
        tx,
        FailedRow,
        "select at, reason, detail, http_status, dns_us, connect_us, tls_us, first_byte_us, total_us from check_results
         where monitor_id = $1 and at >= $2 and good = $3 and reason <> $4 order by at desc limit $5",
        monitor,
        since,
        false,
        INTERNAL,
        limit
    )?;
    let failed = |row: FailedRow| FailedCheck {
        at: row.check.at,
        http_status: row.check.http_status(),
        timings: row.check.timings(),
        reason: row.check.reason.unwrap_or_default(),
        excerpt: row.detail,
    };
    Ok(rows.into_iter().rev().map(failed).collect())
}

/// Until when each watched component of the page has recent data.
///
/// # Errors
/// [`StoreError`]
pub async fn freshness(tx: &mut Tx, page: &Id) -> Result<Vec<(Id, DateTime<Utc>)>, StoreError> {
    let rows = fetch_all!(
        tx,
        (Word<Id>, DateTime<Utc>),
        "select id, fresh_until from components where page_id = $1 and deleted_at is null and fresh_until is not null",
        page
    )?;
    Ok(rows.into_iter().map(|(id, until)| (id.0, until)).collect())
}

/// Sums up the results of one bucket of time. A second time writes the same again, with what came late.
///
/// # Errors
/// [`StoreError`]
pub async fn roll_up(tx: &mut Tx, from: DateTime<Utc>, until: DateTime<Utc>) -> Result<u64, StoreError> {
    execute!(
        tx,
        "insert into check_rollups (monitor_id, location, bucket_start, checks, failures, timed_checks, total_us_sum, total_us_max)
         select r.monitor_id, r.location, $1, count(*), count(*) - count(case when r.good then 1 end), count(r.total_us),
                cast(coalesce(sum(r.total_us), 0) as bigint), coalesce(max(r.total_us), 0)
         from monitor_states s join check_results r on r.monitor_id = s.monitor_id and r.location = s.location and r.at >= $1 and r.at < $2
         where r.reason is null or r.reason <> $3 group by r.monitor_id, r.location
         on conflict (monitor_id, location, bucket_start) do update set checks = excluded.checks, failures = excluded.failures,
             timed_checks = excluded.timed_checks, total_us_sum = excluded.total_us_sum, total_us_max = excluded.total_us_max",
        from,
        until,
        INTERNAL
    )
}

/// One bucket of a monitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct Rollup {
    /// When it begins; it is five minutes long.
    pub bucket_start: DateTime<Utc>,
    /// Checks that taught us something.
    pub checks: i64,
    /// Those that failed.
    pub failures: i64,
    /// Those with a time.
    pub timed_checks: i64,
    /// Their times together.
    pub total_us_sum: i64,
    /// The longest.
    pub total_us_max: i64,
}

/// The buckets of a monitor that begin at `since` or later, oldest first.
///
/// # Errors
/// [`StoreError`]
pub async fn rollups(tx: &mut Tx, monitor: &Id, since: DateTime<Utc>) -> Result<Vec<Rollup>, StoreError> {
    fetch_all!(
        tx,
        Rollup,
        "select bucket_start, checks, failures, timed_checks, total_us_sum, total_us_max from check_rollups
         where monitor_id = $1 and bucket_start >= $2 order by bucket_start",
        monitor,
        since
    )
}

/// When the oldest result that is kept began, of those at `since` or later.
///
/// # Errors
/// [`StoreError`]
pub async fn oldest_result(tx: &mut Tx, since: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, StoreError> {
    let (oldest,) = fetch_one!(
        tx,
        (Option<DateTime<Utc>>,),
        "select min(first_at) from (
             select (select min(r.at) from check_results r where r.monitor_id = s.monitor_id and r.location = s.location and r.at >= $1)
                 as first_at
             from monitor_states s) of_each",
        since
    )?;
    Ok(oldest)
}

/// Removes at most `limit` results older than `before`; how many it were.
///
/// # Errors
/// [`StoreError`]
pub async fn remove_results(tx: &mut Tx, before: DateTime<Utc>, limit: i64) -> Result<u64, StoreError> {
    execute!(
        tx,
        "delete from check_results where (monitor_id, location, at) in (
             select r.monitor_id, r.location, r.at from monitor_states s
             join check_results r on r.monitor_id = s.monitor_id and r.location = s.location and r.at < $1 limit $2)",
        before,
        limit
    )
}

/// Removes at most `limit` buckets older than `before`; how many it were.
///
/// # Errors
/// [`StoreError`]
pub async fn remove_rollups(tx: &mut Tx, before: DateTime<Utc>, limit: i64) -> Result<u64, StoreError> {
    execute!(
        tx,
        "delete from check_rollups where (monitor_id, location, bucket_start) in (
             select monitor_id, location, bucket_start from check_rollups where bucket_start < $1 order by bucket_start limit $2)",
        before,
        limit
    )
}

/// How many monitors that are at work have each verdict.
///
/// # Errors
/// [`StoreError`]
pub async fn verdicts(tx: &mut Tx) -> Result<Vec<(Verdict, i64)>, StoreError> {
    let rows = fetch_all!(
        tx,
        (Word<Verdict>, i64),
        "select s.verdict, count(*) from monitor_states s join monitors m on m.id = s.monitor_id
         where m.deleted_at is null and m.paused_at is null group by s.verdict order by s.verdict"
    )?;
    Ok(rows.into_iter().map(|(verdict, count)| (verdict.0, count)).collect())
}
