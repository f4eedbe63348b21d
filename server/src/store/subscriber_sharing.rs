//! Addresses that several people read: one of them alone does not end the subscription.

use app::words::{Id, SubscriberState};
use chrono::{DateTime, Utc};

use super::{StoreError, Tx};

/// Says whether several people read an address; whether that is new.
///
/// # Errors
/// [`StoreError`]
pub async fn set(tx: &mut Tx, id: &Id, shared: bool, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let rows = execute!(tx, "update subscribers set shared = $2, updated_at = $3 where id = $1 and shared <> $2", id, shared, now)?;
    Ok(rows > 0)
}

/// Notes that somebody who reads a shared address asked to leave, unless somebody did after `rested_since`; whether it was noted. Of many
/// at once, one is.
///
/// # Errors
/// [`StoreError`]
pub async fn ask_to_leave(tx: &mut Tx, id: &Id, rested_since: DateTime<Utc>, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let rows = execute!(
        tx,
        "update subscribers set leave_asked_at = $4, updated_at = $4
         where id = $1 and shared and state = $2 and (leave_asked_at is null or leave_asked_at <= $3)",
        id,
        SubscriberState::Active,
        rested_since,
        now
    )?;
    Ok(rows > 0)
}
