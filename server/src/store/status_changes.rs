//! Status changes: what every uptime figure is computed from.

use std::collections::HashMap;

use app::words::{ComponentStatus, Id, StatusChange, StatusSource};
use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::values::Word;
use super::{StoreError, Tx};

#[derive(FromRow)]
struct ChangeRow {
    component_id: Word<Id>,
    from_status: Option<Word<ComponentStatus>>,
    to_status: Word<ComponentStatus>,
    at: DateTime<Utc>,
    source: Word<StatusSource>,
}

impl From<ChangeRow> for StatusChange {
    fn from(row: ChangeRow) -> Self {
        Self {
            component_id: row.component_id.0,
            from: row.from_status.map(|from| from.0),
            to: row.to_status.0,
            at: row.at,
            source: row.source.0,
        }
    }
}

/// Adds changes in the order given: of two at the same instant, the later in the slice holds. They are noted with the page's revision,
/// which this transaction has raised before.
///
/// # Errors
/// [`StoreError::Missing`] where the page has no such component.
pub async fn append(tx: &mut Tx, page: &Id, changes: &[StatusChange]) -> Result<(), StoreError> {
    for change in changes {
        let rows = execute!(
            tx,
            "insert into status_changes (component_id, page_id, at, seq, from_status, to_status, source, revision)
             select id, page_id, $3,
                 (select coalesce(max(seq) + 1, 0) from status_changes where component_id = $1 and at = $3), $4, $5, $6,
                 (select revision from pages where id = $2)
             from components where id = $1 and page_id = $2",
            change.component_id,
            page,
            change.at,
            change.from,
            change.to,
            change.source
        )?;
        StoreError::unless_changed(rows, "component", change.component_id.as_str())?;
    }
    Ok(())
}

/// The newest status that each of the page's components was noted with, deleted components too.
///
/// # Errors
/// [`StoreError`]
pub async fn newest(tx: &mut Tx, page: &Id) -> Result<HashMap<Id, ComponentStatus>, StoreError> {
    let rows = fetch_all!(
        tx,
        (Word<Id>, Option<Word<ComponentStatus>>),
        "select id, (select to_status from status_changes where component_id = components.id order by at desc, seq desc limit 1)
         from components where page_id = $1",
        page
    )?;
    Ok(rows.into_iter().filter_map(|(id, status)| Some((id.0, status?.0))).collect())
}

/// The changes noted after a revision, by component and then oldest first; all of them after -1.
///
/// # Errors
/// [`StoreError`]
pub async fn noted_since(tx: &mut Tx, page: &Id, revision: i64) -> Result<Vec<StatusChange>, StoreError> {
    let rows = fetch_all!(
        tx,
        ChangeRow,
        "select component_id, from_status, to_status, at, source from status_changes
         where page_id = $1 and revision > $2 order by component_id, at, seq",
        page,
        revision
    )?;
    Ok(rows.into_iter().map(StatusChange::from).collect())
}
