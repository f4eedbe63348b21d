//! Planned work as the pages of staff ask for it.

use app::words::{ComponentStatus, Id, MaintenanceStatus, Window};
use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::{FileRow, Hanging, MaintenanceFile, MoveRow, PlannedRow, window};
use crate::store::updates::UpdateRow;
use crate::store::values::Word;
use crate::store::{StoreError, Tx};

/// Planned work that is not over as last said, in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfinished {
    /// Its id.
    pub id: Id,
    /// Its title.
    pub name: String,
    /// Its window.
    pub window: Option<Window>,
    /// Who looks after it.
    pub owner: Option<String>,
    /// Whether readers know of it.
    pub announced: bool,
}

#[derive(FromRow)]
struct UnfinishedRow {
    id: Word<Id>,
    name: String,
    window_from: Option<DateTime<Utc>>,
    window_until: Option<DateTime<Utc>>,
    owner: Option<String>,
    published_at: Option<DateTime<Utc>>,
}

/// Drafts and what was announced and is not over, newest first. One statement.
///
/// # Errors
/// [`StoreError`]
pub async fn unfinished(tx: &mut Tx, page: &Id) -> Result<Vec<Unfinished>, StoreError> {
    let rows = fetch_all!(
        tx,
        UnfinishedRow,
        "select id, name, window_from, window_until, owner, published_at from maintenances
         where page_id = $1 and deleted_at is null and status not in ($2, $3) order by created_at desc, id",
        page,
        MaintenanceStatus::Completed,
        MaintenanceStatus::Cancelled
    )?;
    let short = |row: UnfinishedRow| Unfinished {
        id: row.id.0,
        name: row.name,
        window: window(row.window_from, row.window_until),
        owner: row.owner,
        announced: row.published_at.is_some(),
    };
    Ok(rows.into_iter().map(short).collect())
}

/// What hangs on one piece of work beside its messages: a component, or a change of its window.
#[derive(FromRow)]
struct PartRow {
    component_id: Option<Word<Id>>,
    status: Option<Word<ComponentStatus>>,
    at: Option<DateTime<Utc>>,
    old_from: Option<DateTime<Utc>>,
    old_until: Option<DateTime<Utc>>,
    new_from: Option<DateTime<Utc>>,
    new_until: Option<DateTime<Utc>>,
}

/// One piece of planned work for its page: as [`get`](super::get), but without deleted ones. Three statements.
///
/// # Errors
/// [`StoreError`]
pub async fn sheet(tx: &mut Tx, page: &Id, id: &Id) -> Result<Option<MaintenanceFile>, StoreError> {
    let row = fetch_optional!(
        tx,
        FileRow,
        "select id, name, status, impact, window_from, window_until, auto_start, auto_complete, expected_downtime_minutes,
                worst_downtime_minutes, remind_before, tell_start, tell_end, sequence, series_id, occurrence, started_at, completed_at,
                published_at, created_at, updated_at, deleted_at, taken_back, revision, owner, internal_notes
         from maintenances where page_id = $1 and id = $2 and deleted_at is null",
        page,
        id
    )?;
    let Some(row) = row else { return Ok(None) };
    let parts = fetch_all!(
        tx,
        PartRow,
        "select component_id, status, null as at, null as old_from, null as old_until, null as new_from, null as new_until, position
         from maintenance_components where maintenance_id = $1
         union all
         select null, null, at, old_from, old_until, new_from, new_until, seq from maintenance_moves where maintenance_id = $1
         order by position",
        id
    )?;
    let updates = fetch_all!(
        tx,
        UpdateRow,
        "select maintenance_id as parent_id, id, status, body, display_at, created_at, updated_at, effects, notify
         from maintenance_updates where withdrawn_at is null and maintenance_id = $1 order by display_at desc, seq desc",
        id
    )?;
    let (mut planned, mut moves) = (Vec::new(), Vec::new());
    for part in parts {
        let PartRow { component_id, status, at, old_from, old_until, new_from, new_until } = part;
        if let (Some(component_id), Some(status)) = (component_id, status) {
            planned.push(PlannedRow { maintenance_id: Word(id.clone()), component_id, status });
        } else if let (Some(at), Some(new_from), Some(new_until)) = (at, new_from, new_until) {
            moves.push(MoveRow { maintenance_id: Word(id.clone()), at, old_from, old_until, new_from, new_until });
        }
    }
    Ok(Some(row.file(&mut Hanging::new(planned, moves, updates)?)))
}
