//! How fast checks were answered: sums by the five minutes and by the day, of all monitors of a component together.

use app::words::{CheckSums, Id};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;

use super::values::Word;
use super::{StoreError, Tx};
use crate::domain::evidence::INTERNAL;

#[derive(FromRow)]
struct SumsRow {
    checks: i64,
    failures: i64,
    timed_checks: i64,
    total_us_sum: i64,
    total_us_max: i64,
}

impl From<SumsRow> for CheckSums {
    fn from(row: SumsRow) -> Self {
        Self {
            checks: row.checks,
            failures: row.failures,
            timed: row.timed_checks,
            total_us: row.total_us_sum,
            longest_us: row.total_us_max,
        }
    }
}

#[derive(FromRow)]
struct BucketRow {
    component_id: Word<Id>,
    bucket_start: DateTime<Utc>,
    #[sqlx(flatten)]
    sums: SumsRow,
}

#[derive(FromRow)]
struct DayRow {
    component_id: Word<Id>,
    day: NaiveDate,
    #[sqlx(flatten)]
    sums: SumsRow,
}

/// When the oldest sum of five minutes that is kept begins.
///
/// # Errors
/// [`StoreError`]
pub async fn oldest_bucket(tx: &mut Tx) -> Result<Option<DateTime<Utc>>, StoreError> {
    let (oldest,) = fetch_one!(tx, (Option<DateTime<Utc>>,), "select min(bucket_start) from check_rollups")?;
    Ok(oldest)
}

/// Sums up the buckets of a day, which begins at `from` and ends before `until`. A second time writes the same again.
///
/// # Errors
/// [`StoreError`]
pub async fn roll_up_day(tx: &mut Tx, day: NaiveDate, from: DateTime<Utc>, until: DateTime<Utc>) -> Result<(), StoreError> {
    execute!(
        tx,
        "insert into check_days (monitor_id, location, day, checks, failures, timed_checks, total_us_sum, total_us_max)
         select monitor_id, location, $1, cast(sum(checks) as bigint), cast(sum(failures) as bigint), cast(sum(timed_checks) as bigint),
                cast(sum(total_us_sum) as bigint), max(total_us_max)
         from check_rollups where bucket_start >= $2 and bucket_start < $3 group by monitor_id, location
         on conflict (monitor_id, location, day) do update set checks = excluded.checks, failures = excluded.failures,
             timed_checks = excluded.timed_checks, total_us_sum = excluded.total_us_sum, total_us_max = excluded.total_us_max",
        day,
        from,
        until
    )?;
    Ok(())
}

/// The five minutes that begin at `since` or later, of each component of the page that monitors watch.
///
/// # Errors
/// [`StoreError`]
pub async fn buckets(tx: &mut Tx, page: &Id, since: DateTime<Utc>) -> Result<Vec<(Id, DateTime<Utc>, CheckSums)>, StoreError> {
    let rows = fetch_all!(
        tx,
        BucketRow,
        "select m.component_id, r.bucket_start, cast(sum(r.checks) as bigint) as checks, cast(sum(r.failures) as bigint) as failures,
                cast(sum(r.timed_checks) as bigint) as timed_checks, cast(sum(r.total_us_sum) as bigint) as total_us_sum,
                max(r.total_us_max) as total_us_max
         from check_rollups r join monitors m on m.id = r.monitor_id
         where m.page_id = $1 and m.component_id is not null and m.deleted_at is null and r.bucket_start >= $2
         group by m.component_id, r.bucket_start",
        page,
        since
    )?;
    Ok(rows.into_iter().map(|row| (row.component_id.0, row.bucket_start, row.sums.into())).collect())
}

/// The days from `first` on that were summed up, of each component of the page that monitors watch.
///
/// # Errors
/// [`StoreError`]
pub async fn days(tx: &mut Tx, page: &Id, first: NaiveDate) -> Result<Vec<(Id, NaiveDate, CheckSums)>, StoreError> {
    let rows = fetch_all!(
        tx,
        DayRow,
        "select m.component_id, d.day, cast(sum(d.checks) as bigint) as checks, cast(sum(d.failures) as bigint) as failures,
                cast(sum(d.timed_checks) as bigint) as timed_checks, cast(sum(d.total_us_sum) as bigint) as total_us_sum,
                max(d.total_us_max) as total_us_max
         from check_days d join monitors m on m.id = d.monitor_id
         where m.page_id = $1 and m.component_id is not null and m.deleted_at is null and d.day >= $2
         group by m.component_id, d.day",
        page,
        first
    )?;
    Ok(rows.into_iter().map(|row| (row.component_id.0, row.day, row.sums.into())).collect())
}

/// Monitors with sums of that day.
///
/// # Errors
/// [`StoreError`]
pub async fn summed_up_on(tx: &mut Tx, day: NaiveDate) -> Result<Vec<Id>, StoreError> {
    let rows = fetch_all!(tx, (Word<Id>,), "select distinct monitor_id from check_days where day = $1 order by monitor_id", day)?;
    Ok(rows.into_iter().map(|(id,)| id.0).collect())
}

/// When the checks of a monitor began that did so at `from` or later and before `until` and taught us something, and how long they took in
/// microseconds.
///
/// # Errors
/// [`StoreError`]
pub async fn times(tx: &mut Tx, monitor: &Id, from: DateTime<Utc>, until: DateTime<Utc>) -> Result<Vec<(DateTime<Utc>, i64)>, StoreError> {
    fetch_all!(
        tx,
        (DateTime<Utc>, i64),
        "select at, total_us from check_results
         where monitor_id = $1 and at >= $2 and at < $3 and total_us is not null and (reason is null or reason <> $4)",
        monitor,
        from,
        until,
        INTERNAL
    )
}

/// Keeps how the times of a day were spread.
///
/// # Errors
/// [`StoreError`]
pub async fn set_histogram(tx: &mut Tx, monitor: &Id, day: NaiveDate, histogram: &[u8]) -> Result<(), StoreError> {
    execute!(tx, "update check_days set histogram = $3 where monitor_id = $1 and day = $2", monitor, day, histogram)?;
    Ok(())
}

/// How the times of a monitor were spread on each day from `first` on that was summed up.
///
/// # Errors
/// [`StoreError`]
pub async fn histograms(tx: &mut Tx, monitor: &Id, first: NaiveDate) -> Result<Vec<(NaiveDate, Vec<u8>)>, StoreError> {
    fetch_all!(
        tx,
        (NaiveDate, Vec<u8>),
        "select day, histogram from check_days where monitor_id = $1 and day >= $2 and histogram is not null order by day",
        monitor,
        first
    )
}
