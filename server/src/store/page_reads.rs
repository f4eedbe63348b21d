//! How often the public documents were read, hour by hour.

use app::words::Id;
use chrono::{DateTime, Utc};

use super::{StoreError, Tx};

/// Adds reads to an hour. Several processes add up.
///
/// # Errors
/// [`StoreError`]
pub async fn add(tx: &mut Tx, page: &Id, hour: DateTime<Utc>, reads: i64) -> Result<(), StoreError> {
    execute!(
        tx,
        "insert into page_reads (page_id, hour, reads) values ($1, $2, $3)
         on conflict (page_id, hour) do update set reads = page_reads.reads + excluded.reads",
        page,
        hour,
        reads
    )?;
    Ok(())
}

/// The hours from `since` on that had any, oldest first.
///
/// # Errors
/// [`StoreError`]
pub async fn since(tx: &mut Tx, page: &Id, since: DateTime<Utc>) -> Result<Vec<(DateTime<Utc>, i64)>, StoreError> {
    fetch_all!(tx, (DateTime<Utc>, i64), "select hour, reads from page_reads where page_id = $1 and hour >= $2 order by hour", page, since)
}

/// Removes the hours before `before`; how many it were.
///
/// # Errors
/// [`StoreError`]
pub async fn sweep(tx: &mut Tx, page: &Id, before: DateTime<Utc>) -> Result<u64, StoreError> {
    execute!(tx, "delete from page_reads where page_id = $1 and hour < $2", page, before)
}
