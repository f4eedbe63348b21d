//! The messages of planned work, and what they said before they were edited.

use app::words::{Id, MaintenanceUpdate};
use chrono::{DateTime, Utc};

use crate::store::updates::effects;
use crate::store::values::Word;
use crate::store::{StoreError, Tx};

/// Writes an update of planned work, new or changed. `seq` orders updates shown under the same time; the higher is the newer.
///
/// # Errors
/// [`StoreError::Missing`] where the page has no such maintenance, or the update's id is another maintenance's.
pub async fn upsert_update(tx: &mut Tx, page: &Id, maintenance: &Id, update: &MaintenanceUpdate, seq: i64) -> Result<(), StoreError> {
    let rows = execute!(
        tx,
        "insert into maintenance_updates (id, maintenance_id, status, body, display_at, seq, effects, notify, created_at, updated_at)
         select $1, id, $4, $5, $6, $7, $8, $9, $10, $11 from maintenances where id = $2 and page_id = $3
         on conflict (id) do update set status = excluded.status, body = excluded.body, display_at = excluded.display_at,
             seq = excluded.seq, effects = excluded.effects, notify = excluded.notify, created_at = excluded.created_at,
             updated_at = excluded.updated_at, withdrawn_at = null
         where maintenance_updates.maintenance_id = excluded.maintenance_id",
        update.id,
        maintenance,
        page,
        update.status,
        update.body,
        update.display_at,
        seq,
        effects(update),
        update.notify,
        update.created_at,
        update.updated_at
    )?;
    StoreError::unless_changed(rows, "maintenance with this update", maintenance.as_str())
}

/// Ids of the messages of a maintenance that are not withdrawn.
///
/// # Errors
/// [`StoreError`] when the database cannot be read.
pub async fn update_ids(tx: &mut Tx, maintenance: &Id) -> Result<Vec<Id>, StoreError> {
    let rows = fetch_all!(
        tx,
        (Word<Id>,),
        "select id from maintenance_updates where maintenance_id = $1 and withdrawn_at is null order by display_at, seq",
        maintenance
    )?;
    Ok(rows.into_iter().map(|(id,)| id.0).collect())
}

/// Takes a message back: it stays in the record, and nobody is shown it any more.
///
/// # Errors
/// [`StoreError::Missing`] where the maintenance has no such message, or it is withdrawn already.
pub async fn withdraw_update(tx: &mut Tx, maintenance: &Id, update: &Id, now: DateTime<Utc>) -> Result<(), StoreError> {
    let rows = execute!(
        tx,
        "update maintenance_updates set withdrawn_at = $3 where id = $2 and maintenance_id = $1 and withdrawn_at is null",
        maintenance,
        update,
        now
    )?;
    StoreError::unless_changed(rows, "message to withdraw", update.as_str())
}

/// What orders the next message among those shown under the same time.
///
/// # Errors
/// [`StoreError`]
pub async fn next_seq(tx: &mut Tx, maintenance: &Id) -> Result<i64, StoreError> {
    let (seq,) =
        fetch_one!(tx, (i64,), "select coalesce(max(seq) + 1, 1) from maintenance_updates where maintenance_id = $1", maintenance)?;
    Ok(seq)
}

/// Writes a message that stands in the record already, in its place.
///
/// # Errors
/// [`StoreError::Missing`] where the maintenance has no such message, or it is withdrawn.
pub async fn change_update(tx: &mut Tx, maintenance: &Id, update: &MaintenanceUpdate) -> Result<(), StoreError> {
    let rows = execute!(
        tx,
        "update maintenance_updates set status = $3, body = $4, display_at = $5, effects = $6, notify = $7, created_at = $8,
             updated_at = $9
         where id = $1 and maintenance_id = $2 and withdrawn_at is null",
        update.id,
        maintenance,
        update.status,
        update.body,
        update.display_at,
        effects(update),
        update.notify,
        update.created_at,
        update.updated_at
    )?;
    StoreError::unless_changed(rows, "message", update.id.as_str())
}

/// Keeps what a message says before it is edited.
///
/// # Errors
/// [`StoreError::Missing`] where the page has no such message.
pub async fn keep_update(tx: &mut Tx, page: &Id, update: &Id, now: DateTime<Utc>) -> Result<(), StoreError> {
    let rows = execute!(
        tx,
        "insert into update_revisions (page_id, update_id, number, status, body, display_at, author, replaced_at)
         select m.page_id, u.id, (select coalesce(max(number) + 1, 1) from update_revisions where update_id = $2),
             u.status, u.body, u.display_at, u.author, $3
         from maintenance_updates u join maintenances m on m.id = u.maintenance_id where u.id = $2 and m.page_id = $1",
        page,
        update,
        now
    )?;
    StoreError::unless_changed(rows, "message", update.as_str())
}
