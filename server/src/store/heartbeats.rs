//! Heartbeat monitors: whose they are, and since when they wait for their next beat.

use app::words::{Id, MonitorKind, MonitorSettings};
use chrono::{DateTime, Utc};
use sqlx::types::Json;

use super::values::Word;
use super::{StoreError, Tx};

/// The page of a heartbeat monitor, and which of its push addresses is good; `None` where there is no such monitor, or it is deleted.
///
/// # Errors
/// [`StoreError`]
pub async fn push_epoch(tx: &mut Tx, monitor: &Id) -> Result<Option<(Id, i64)>, StoreError> {
    let row = fetch_optional!(
        tx,
        (Word<Id>, Json<MonitorSettings>),
        "select page_id, settings from monitors where id = $1 and kind = $2 and deleted_at is null",
        monitor,
        MonitorKind::Heartbeat
    )?;
    Ok(row.map(|(page, settings)| (page.0, settings.0.push_epoch)))
}

/// A beat came: from now on the next one is waited for.
///
/// # Errors
/// [`StoreError`]
pub async fn beaten(tx: &mut Tx, monitor: &Id, at: DateTime<Utc>) -> Result<(), StoreError> {
    execute!(
        tx,
        "update monitor_states set waits_since = $2 where monitor_id = $1 and (waits_since is null or waits_since < $2)",
        monitor,
        at
    )?;
    Ok(())
}

/// It goes on after a pause: the next beat is waited for from now on, if one ever came.
///
/// # Errors
/// [`StoreError`]
pub async fn go_on(tx: &mut Tx, monitor: &Id, at: DateTime<Utc>) -> Result<(), StoreError> {
    execute!(tx, "update monitor_states set waits_since = $2 where monitor_id = $1 and waits_since is not null", monitor, at)?;
    Ok(())
}

/// It becomes something else: no beat is waited for before one has come.
///
/// # Errors
/// [`StoreError`]
pub async fn forget(tx: &mut Tx, monitor: &Id) -> Result<(), StoreError> {
    execute!(tx, "update monitor_states set waits_since = null where monitor_id = $1", monitor)?;
    Ok(())
}
