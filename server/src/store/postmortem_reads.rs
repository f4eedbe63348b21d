//! Post-mortems and action items that somebody owes.

use app::words::{ActionState, Id, PostmortemStatus};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;

use super::values::Word;
use super::{StoreError, Tx};

/// A post-mortem that is promised and not public yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwedPostmortem {
    /// Which one.
    pub id: Id,
    /// Its title.
    pub title: String,
    /// By when.
    pub due_at: DateTime<Utc>,
    /// Who writes it: a member of staff, by id or name.
    pub owner: Option<String>,
    /// When it was promised.
    pub created_at: DateTime<Utc>,
}

#[derive(FromRow)]
struct OwedRow {
    id: Word<Id>,
    title: String,
    due_at: DateTime<Utc>,
    owner: Option<String>,
    created_at: DateTime<Utc>,
}

/// The post-mortems of the page that are promised by a date and not public yet, by date.
///
/// # Errors
/// [`StoreError`]
pub async fn owed(tx: &mut Tx, page: &Id) -> Result<Vec<OwedPostmortem>, StoreError> {
    let rows = fetch_all!(
        tx,
        OwedRow,
        "select id, title, due_at, owner, created_at from postmortems
         where page_id = $1 and deleted_at is null and waived_reason is null and due_at is not null and status not in ($2, $3)
         order by due_at, id",
        page,
        PostmortemStatus::Published,
        PostmortemStatus::Revised
    )?;
    let owed =
        |row: OwedRow| OwedPostmortem { id: row.id.0, title: row.title, due_at: row.due_at, owner: row.owner, created_at: row.created_at };
    Ok(rows.into_iter().map(owed).collect())
}

/// An action item with a date that is neither done nor dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueItem {
    /// Which one.
    pub id: Id,
    /// Its title.
    pub title: String,
    /// By when.
    pub due_on: NaiveDate,
    /// Who does it: a member of staff, by id or name.
    pub owner: Option<String>,
    /// The document it follows from.
    pub postmortem_id: Id,
    /// That one's title.
    pub postmortem: String,
}

#[derive(FromRow)]
struct ItemRow {
    id: Word<Id>,
    title: String,
    due_on: NaiveDate,
    owner: Option<String>,
    postmortem_id: Word<Id>,
    postmortem: String,
}

/// The action items of the page that have a date and are neither done nor dropped, by date.
///
/// # Errors
/// [`StoreError`]
pub async fn items_due(tx: &mut Tx, page: &Id) -> Result<Vec<DueItem>, StoreError> {
    let rows = fetch_all!(
        tx,
        ItemRow,
        "select i.id, i.title, i.due_on, i.owner, i.postmortem_id, p.title as postmortem
         from action_items i join postmortems p on p.id = i.postmortem_id
         where p.page_id = $1 and p.deleted_at is null and i.due_on is not null and i.state in ($2, $3) order by i.due_on, i.id",
        page,
        ActionState::Planned,
        ActionState::Underway
    )?;
    let due = |row: ItemRow| DueItem {
        id: row.id.0,
        title: row.title,
        due_on: row.due_on,
        owner: row.owner,
        postmortem_id: row.postmortem_id.0,
        postmortem: row.postmortem,
    };
    Ok(rows.into_iter().map(due).collect())
}
