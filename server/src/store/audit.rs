//! Who did what, in order. Entries are never changed.

use app::words::{ActorKind, AuditEntry, Id};
use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::values::Word;
use super::{StoreError, Tx};

#[derive(FromRow)]
struct EntryRow {
    id: Word<Id>,
    at: DateTime<Utc>,
    actor_kind: Word<ActorKind>,
    actor_id: Option<Word<Id>>,
    actor_name: String,
    action: String,
    subject_kind: Option<String>,
    subject_id: Option<Word<Id>>,
    detail: Option<sqlx::types::Json<String>>,
}

impl From<EntryRow> for AuditEntry {
    fn from(row: EntryRow) -> Self {
        Self {
            id: row.id.0,
            at: row.at,
            actor_kind: row.actor_kind.0,
            actor_id: row.actor_id.map(|id| id.0),
            actor_name: row.actor_name,
            action: row.action,
            subject_kind: row.subject_kind,
            subject_id: row.subject_id.map(|id| id.0),
            detail: row.detail.map(|detail| detail.0),
        }
    }
}

/// Adds an entry.
///
/// # Errors
/// [`StoreError`]
pub async fn append(tx: &mut Tx, page: &Id, entry: &AuditEntry) -> Result<(), StoreError> {
    execute!(
        tx,
        "insert into audit_entries (id, page_id, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, detail)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        entry.id,
        page,
        entry.at,
        entry.actor_kind,
        entry.actor_id,
        entry.actor_name,
        entry.action,
        entry.subject_kind,
        entry.subject_id,
        entry.detail.as_ref().map(sqlx::types::Json)
    )?;
    Ok(())
}

/// Entries, newest first, at most `limit`: those after `last` in that order, the last one of the page before.
///
/// # Errors
/// [`StoreError`]
pub async fn newest(tx: &mut Tx, page: &Id, last: Option<(DateTime<Utc>, &Id)>, limit: i64) -> Result<Vec<AuditEntry>, StoreError> {
    let (at, id) = last.map_or((DateTime::<Utc>::MAX_UTC, ""), |(at, id)| (at, id.as_str()));
    let rows = fetch_all!(
        tx,
        EntryRow,
        "select id, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, detail from audit_entries
         where page_id = $1 and (at < $2 or (at = $2 and id > $3)) order by at desc, id limit $4",
        page,
        at,
        id,
        limit
    )?;
    Ok(rows.into_iter().map(AuditEntry::from).collect())
}

/// What happened to one object, newest first, at most `limit`.
///
/// # Errors
/// [`StoreError`]
pub async fn of_subject(tx: &mut Tx, page: &Id, subject: &Id, limit: i64) -> Result<Vec<AuditEntry>, StoreError> {
    let rows = fetch_all!(
        tx,
        EntryRow,
        "select id, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, detail from audit_entries
         where page_id = $1 and subject_id = $2 order by at desc, id limit $3",
        page,
        subject,
        limit
    )?;
    Ok(rows.into_iter().map(AuditEntry::from).collect())
}
