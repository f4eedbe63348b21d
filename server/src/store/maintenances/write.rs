//! Planned work as it is written.

use app::words::{GoneMaintenance, Id, Maintenance};
use chrono::{DateTime, Utc};
use sqlx::types::Json;

use crate::store::{StoreError, Tx};

/// Writes planned work, new or changed, with its components and moves, without its updates.
///
/// # Errors
/// [`StoreError::Missing`] where another page has the id.
pub async fn upsert(tx: &mut Tx, page: &Id, maintenance: &Maintenance, revision: i64) -> Result<(), StoreError> {
    let rows = execute!(
        tx,
        "insert into maintenances (id, page_id, name, status, impact, window_from, window_until, auto_start, auto_complete,
             expected_downtime_minutes, worst_downtime_minutes, started_at, completed_at, published_at, created_at, updated_at, revision,
             remind_before, tell_start, tell_end, sequence, series_id, occurrence)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
         on conflict (id) do update set name = excluded.name, status = excluded.status, impact = excluded.impact,
             window_from = excluded.window_from, window_until = excluded.window_until, auto_start = excluded.auto_start,
             auto_complete = excluded.auto_complete, expected_downtime_minutes = excluded.expected_downtime_minutes,
             worst_downtime_minutes = excluded.worst_downtime_minutes, started_at = excluded.started_at,
             completed_at = excluded.completed_at, published_at = excluded.published_at, created_at = excluded.created_at,
             updated_at = excluded.updated_at, revision = excluded.revision, remind_before = excluded.remind_before,
             tell_start = excluded.tell_start, tell_end = excluded.tell_end, sequence = excluded.sequence,
             series_id = excluded.series_id, occurrence = excluded.occurrence
         where maintenances.page_id = excluded.page_id",
        maintenance.id,
        page,
        maintenance.name,
        maintenance.status,
        maintenance.impact,
        maintenance.window.map(|window| window.from),
        maintenance.window.map(|window| window.until),
        maintenance.auto_start,
        maintenance.auto_complete,
        maintenance.expected_downtime_minutes,
        maintenance.worst_downtime_minutes,
        maintenance.started_at,
        maintenance.completed_at,
        maintenance.published_at,
        maintenance.created_at,
        maintenance.updated_at,
        revision,
        Json(&maintenance.reminders.before_minutes),
        maintenance.reminders.at_start,
        maintenance.reminders.at_end,
        maintenance.sequence,
        maintenance.occurrence.as_ref().map(|occurrence| &occurrence.series_id),
        maintenance.occurrence.as_ref().map(|occurrence| occurrence.number)
    )?;
    StoreError::unless_changed(rows, "maintenance", maintenance.id.as_str())?;
    set_components(tx, maintenance).await?;
    set_moves(tx, maintenance).await
}

async fn set_components(tx: &mut Tx, maintenance: &Maintenance) -> Result<(), StoreError> {
    execute!(tx, "delete from maintenance_components where maintenance_id = $1", maintenance.id)?;
    for (position, planned) in (0_i64..).zip(&maintenance.components) {
        execute!(
            tx,
            "insert into maintenance_components (maintenance_id, component_id, position, status) values ($1, $2, $3, $4)",
            maintenance.id,
            planned.component_id,
            position,
            planned.status
        )?;
    }
    Ok(())
}

async fn set_moves(tx: &mut Tx, maintenance: &Maintenance) -> Result<(), StoreError> {
    execute!(tx, "delete from maintenance_moves where maintenance_id = $1", maintenance.id)?;
    for (seq, moved) in (0_i64..).zip(&maintenance.moves) {
        execute!(
            tx,
            "insert into maintenance_moves (maintenance_id, seq, at, old_from, old_until, new_from, new_until)
             values ($1, $2, $3, $4, $5, $6, $7)",
            maintenance.id,
            seq,
            moved.at,
            moved.from.map(|window| window.from),
            moved.from.map(|window| window.until),
            moved.to.from,
            moved.to.until
        )?;
    }
    Ok(())
}

/// Notes who looks after planned work and what staff note for themselves.
///
/// # Errors
/// [`StoreError::Missing`] where there is no such maintenance.
pub async fn set_notes(tx: &mut Tx, id: &Id, owner: Option<&str>, internal_notes: Option<&str>) -> Result<(), StoreError> {
    let rows = execute!(tx, "update maintenances set owner = $2, internal_notes = $3 where id = $1", id, owner, internal_notes)?;
    StoreError::unless_changed(rows, "maintenance", id.as_str())
}

/// Keeps what calendars had of work whose announcement was taken back, so that they can be told that it is off.
///
/// # Errors
/// [`StoreError::Missing`] where there is no such maintenance.
pub async fn keep_gone(tx: &mut Tx, gone: &GoneMaintenance) -> Result<(), StoreError> {
    let rows = execute!(tx, "update maintenances set taken_back = $2 where id = $1", gone.id, Json(gone))?;
    StoreError::unless_changed(rows, "maintenance", gone.id.as_str())
}

/// Takes planned work out of sight. It stays in the record, and its sequence grows: calendars follow only what is higher.
///
/// # Errors
/// [`StoreError::Missing`] where the page has no such work, or it is deleted already.
pub async fn delete(tx: &mut Tx, page: &Id, id: &Id, now: DateTime<Utc>, revision: i64) -> Result<(), StoreError> {
    let rows = execute!(
        tx,
        "update maintenances set deleted_at = $3, revision = $4, sequence = sequence + 1
         where page_id = $1 and id = $2 and deleted_at is null",
        page,
        id,
        now,
        revision
    )?;
    StoreError::unless_changed(rows, "maintenance", id.as_str())
}
