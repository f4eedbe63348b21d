//! The messages of incidents, and what they said before they were edited.

use std::collections::HashMap;

use app::words::{Earlier, Id, IncidentUpdate};
use chrono::{DateTime, Utc};

use super::updates::{effects, grouped};
use super::values::Word;
use super::{StoreError, Tx};

/// Writes an update of an incident, new or changed. `seq` orders updates shown under the same time; the higher is the newer.
///
/// # Errors
/// [`StoreError::Missing`] where the page has no such incident, or the update's id is another incident's.
pub async fn upsert(tx: &mut Tx, page: &Id, incident: &Id, update: &IncidentUpdate, seq: i64) -> Result<(), StoreError> {
    let rows = execute!(
        tx,
        "insert into incident_updates (id, incident_id, status, body, display_at, seq, effects, notify, created_at, updated_at)
         select $1, id, $4, $5, $6, $7, $8, $9, $10, $11 from incidents where id = $2 and page_id = $3
         on conflict (id) do update set status = excluded.status, body = excluded.body, display_at = excluded.display_at,
             seq = excluded.seq, effects = excluded.effects, notify = excluded.notify, created_at = excluded.created_at,
             updated_at = excluded.updated_at, withdrawn_at = null
         where incident_updates.incident_id = excluded.incident_id",
        update.id,
        incident,
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
    StoreError::unless_changed(rows, "incident with this update", incident.as_str())
}

/// Ids of the messages of an incident that are not withdrawn.
///
/// # Errors
/// [`StoreError`] when the database cannot be read.
pub async fn ids(tx: &mut Tx, incident: &Id) -> Result<Vec<Id>, StoreError> {
    let rows = fetch_all!(
        tx,
        (Word<Id>,),
        "select id from incident_updates where incident_id = $1 and withdrawn_at is null order by display_at, seq",
        incident
    )?;
    Ok(rows.into_iter().map(|(id,)| id.0).collect())
}

/// Takes a message back: it stays in the record, and nobody is shown it any more.
///
/// # Errors
/// [`StoreError::Missing`] where the incident has no such message, or it is withdrawn already.
pub async fn withdraw(tx: &mut Tx, incident: &Id, update: &Id, now: DateTime<Utc>) -> Result<(), StoreError> {
    let rows = execute!(
        tx,
        "update incident_updates set withdrawn_at = $3 where id = $2 and incident_id = $1 and withdrawn_at is null",
        incident,
        update,
        now
    )?;
    StoreError::unless_changed(rows, "message to withdraw", update.as_str())
}

/// What orders the next message among those shown under the same time.
///
/// # Errors
/// [`StoreError`]
pub async fn next_seq(tx: &mut Tx, incident: &Id) -> Result<i64, StoreError> {
    let (seq,) = fetch_one!(tx, (i64,), "select coalesce(max(seq) + 1, 1) from incident_updates where incident_id = $1", incident)?;
    Ok(seq)
}

/// Writes a message that stands in the record already, in its place.
///
/// # Errors
/// [`StoreError::Missing`] where the incident has no such message, or it is withdrawn.
pub async fn change(tx: &mut Tx, incident: &Id, update: &IncidentUpdate) -> Result<(), StoreError> {
    let rows = execute!(
        tx,
        "update incident_updates set status = $3, body = $4, display_at = $5, effects = $6, notify = $7, created_at = $8, updated_at = $9
         where id = $1 and incident_id = $2 and withdrawn_at is null",
        update.id,
        incident,
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
pub async fn keep(tx: &mut Tx, page: &Id, update: &Id, now: DateTime<Utc>) -> Result<(), StoreError> {
    let rows = execute!(
        tx,
        "insert into update_revisions (page_id, update_id, number, status, body, display_at, author, replaced_at)
         select i.page_id, u.id, (select coalesce(max(number) + 1, 1) from update_revisions where update_id = $2),
             u.status, u.body, u.display_at, u.author, $3
         from incident_updates u join incidents i on i.id = u.incident_id where u.id = $2 and i.page_id = $1",
        page,
        update,
        now
    )?;
    StoreError::unless_changed(rows, "message", update.as_str())
}

/// What a message said before, oldest first.
///
/// # Errors
/// [`StoreError`]
pub async fn earlier(tx: &mut Tx, page: &Id, update: &Id) -> Result<Vec<Earlier>, StoreError> {
    let rows = fetch_all!(
        tx,
        (String, DateTime<Utc>, DateTime<Utc>),
        "select body, display_at, replaced_at from update_revisions where page_id = $1 and update_id = $2 order by number",
        page,
        update
    )?;
    Ok(rows.into_iter().map(|(body, display_at, replaced_at)| Earlier { body, display_at, replaced_at }).collect())
}

/// What the public messages of every incident and planned work that changed after `revision` said before, by message, each oldest first.
/// What was edited before anybody was shown it is nobody's business, and so is what was withdrawn.
///
/// # Errors
/// [`StoreError`]
pub async fn earlier_since(tx: &mut Tx, page: &Id, revision: i64) -> Result<HashMap<Id, Vec<Earlier>>, StoreError> {
    let rows = fetch_all!(
        tx,
        (Word<Id>, String, DateTime<Utc>, DateTime<Utc>),
        "select update_id, body, display_at, replaced_at from (
             select r.update_id, r.number, r.body, r.display_at, r.replaced_at
             from incidents i join incident_updates u on u.incident_id = i.id join update_revisions r on r.update_id = u.id
             where i.page_id = $1 and i.revision > $2 and i.deleted_at is null and i.published_at <= r.replaced_at and u.withdrawn_at is null
             union all
             select r.update_id, r.number, r.body, r.display_at, r.replaced_at
             from maintenances m join maintenance_updates u on u.maintenance_id = m.id join update_revisions r on r.update_id = u.id
             where m.page_id = $1 and m.revision > $2 and m.deleted_at is null and m.published_at <= r.replaced_at
                 and u.withdrawn_at is null) public
         order by update_id, number",
        page,
        revision
    )?;
    Ok(grouped(rows.into_iter().map(|(id, body, display_at, replaced_at)| (id.0, Earlier { body, display_at, replaced_at }))))
}
