//! When nobody of ours could be reached.

use app::words::Id;
use chrono::{DateTime, Utc};

use super::{StoreError, Tx};
use crate::domain::heartbeat::Absence;

/// Keeps an absence; one that began then is known already and lasts as long as the longest that was seen of it.
///
/// # Errors
/// [`StoreError`]
pub async fn insert(tx: &mut Tx, page: &Id, absence: &Absence) -> Result<(), StoreError> {
    execute!(
        tx,
        "insert into absences (page_id, began_at, ended_at) values ($1, $2, $3)
         on conflict (page_id, began_at) do update set ended_at = excluded.ended_at where absences.ended_at < excluded.ended_at",
        page,
        absence.from,
        absence.until
    )?;
    Ok(())
}

/// The absences of the page that were not over at `since`, oldest first.
///
/// # Errors
/// [`StoreError`]
pub async fn after(tx: &mut Tx, page: &Id, since: DateTime<Utc>) -> Result<Vec<Absence>, StoreError> {
    let rows = fetch_all!(
        tx,
        (DateTime<Utc>, DateTime<Utc>),
        "select began_at, ended_at from absences where page_id = $1 and ended_at > $2 order by began_at",
        page,
        since
    )?;
    Ok(rows.into_iter().map(|(from, until)| Absence { from, until }).collect())
}

/// Forgets what ended before `before`.
///
/// # Errors
/// [`StoreError`]
pub async fn sweep(tx: &mut Tx, page: &Id, before: DateTime<Utc>) -> Result<u64, StoreError> {
    execute!(tx, "delete from absences where page_id = $1 and ended_at < $2", page, before)
}
