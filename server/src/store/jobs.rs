//! Jobs of the clock: one row each, so that any number of processes run each of them once (reliability Q12).

use app::words::Id;
use chrono::{DateTime, Utc};

use super::{StoreError, Tx};

/// Adds a job that is due at `next_run`, unless it is there.
///
/// # Errors
/// [`StoreError`]
pub async fn ensure(tx: &mut Tx, page: &Id, name: &str, next_run: DateTime<Utc>) -> Result<(), StoreError> {
    execute!(
        tx,
        "insert into jobs (page_id, name, next_run, epoch) values ($1, $2, $3, $4) on conflict (page_id, name) do nothing",
        page,
        name,
        next_run,
        0_i64
    )?;
    Ok(())
}

/// Jobs of the page and when they are due, by name.
///
/// # Errors
/// [`StoreError`]
pub async fn all(tx: &mut Tx, page: &Id) -> Result<Vec<(String, DateTime<Utc>)>, StoreError> {
    fetch_all!(tx, (String, DateTime<Utc>), "select name, next_run from jobs where page_id = $1 order by name", page)
}

/// Takes a job that is due until `lease_until`; its number, or `None` where somebody else was faster.
///
/// # Errors
/// [`StoreError`]
pub async fn claim(
    tx: &mut Tx,
    page: &Id,
    name: &str,
    owner: &str,
    now: DateTime<Utc>,
    lease_until: DateTime<Utc>,
) -> Result<Option<i64>, StoreError> {
    let row = fetch_optional!(
        tx,
        (i64,),
        "update jobs set lease_until = $5, owner = $3, epoch = epoch + 1
         where page_id = $1 and name = $2 and next_run <= $4 and (lease_until is null or lease_until <= $4) returning epoch",
        page,
        name,
        owner,
        now,
        lease_until
    )?;
    Ok(row.map(|(epoch,)| epoch))
}

/// Gives a job back: when it runs next, and what went wrong if anything did. False where the claim was lost meanwhile.
///
/// # Errors
/// [`StoreError`]
pub async fn finish(
    tx: &mut Tx,
    page: &Id,
    name: &str,
    epoch: i64,
    next_run: DateTime<Utc>,
    now: DateTime<Utc>,
    error: Option<&str>,
) -> Result<bool, StoreError> {
    let rows = execute!(
        tx,
        "update jobs set next_run = $4, lease_until = null, owner = null, last_error = $6,
             last_ok = case when $7 then $5 else last_ok end
         where page_id = $1 and name = $2 and epoch = $3",
        page,
        name,
        epoch,
        next_run,
        now,
        error,
        error.is_none()
    )?;
    Ok(rows > 0)
}

/// When a job last went well, and what went wrong since.
///
/// # Errors
/// [`StoreError`]
pub async fn last(tx: &mut Tx, page: &Id, name: &str) -> Result<Option<(Option<DateTime<Utc>>, Option<String>)>, StoreError> {
    fetch_optional!(
        tx,
        (Option<DateTime<Utc>>, Option<String>),
        "select last_ok, last_error from jobs where page_id = $1 and name = $2",
        page,
        name
    )
}
