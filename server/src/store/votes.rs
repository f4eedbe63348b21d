//! Votes of subscribers for action items: one each, and whether they want to be told when it is done.

use app::words::{ActionState, Id, Vote};
use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::values::Word;
use super::{StoreError, Tx};

/// An action item of a public post-mortem, and the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicItem {
    /// The item.
    pub id: Id,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub explanation: Option<String>,
    /// Where it stands.
    pub state: ActionState,
    /// The document it follows from.
    pub postmortem_id: Id,
    /// Its title.
    pub postmortem: String,
}

#[derive(FromRow)]
struct ItemRow {
    id: Word<Id>,
    title: String,
    explanation: Option<String>,
    state: Word<ActionState>,
    postmortem_id: Word<Id>,
    postmortem: String,
}

/// Documents of the page `$1` that viewers may read.
macro_rules! public {
    () => {
        "p.page_id = $1 and p.deleted_at is null and p.status in ('published', 'revised')"
    };
}

/// The action item of that id, as long as its post-mortem is public.
///
/// # Errors
/// [`StoreError`]
pub async fn item(tx: &mut Tx, page: &Id, id: &Id) -> Result<Option<PublicItem>, StoreError> {
    let row = fetch_optional!(
        tx,
        ItemRow,
        concat!(
            "select i.id, i.title, i.explanation, i.state, i.postmortem_id, p.title as postmortem
             from action_items i join postmortems p on p.id = i.postmortem_id where i.id = $2 and ",
            public!()
        ),
        page,
        id
    )?;
    Ok(row.map(|row| PublicItem {
        id: row.id.0,
        title: row.title,
        explanation: row.explanation,
        state: row.state.0,
        postmortem_id: row.postmortem_id.0,
        postmortem: row.postmortem,
    }))
}

/// A subscriber votes for an item; whether they had not yet. Whoever did keeps what they chose.
///
/// # Errors
/// [`StoreError`]
pub async fn cast(tx: &mut Tx, item: &Id, subscriber: &Id, follows: bool, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let rows = execute!(
        tx,
        "insert into action_item_votes (action_item_id, subscriber_id, follows, at) values ($1, $2, $3, $4)
         on conflict (action_item_id, subscriber_id) do nothing",
        item,
        subscriber,
        follows,
        now
    )?;
    Ok(rows > 0)
}

/// Whether a subscriber who voted is told when the item is done; whether that is another choice than before.
///
/// # Errors
/// [`StoreError`]
pub async fn set_follows(tx: &mut Tx, item: &Id, subscriber: &Id, follows: bool) -> Result<bool, StoreError> {
    let rows = execute!(
        tx,
        "update action_item_votes set follows = $3 where action_item_id = $1 and subscriber_id = $2 and follows <> $3",
        item,
        subscriber,
        follows
    )?;
    Ok(rows > 0)
}

/// Takes a vote back; whether there was one.
///
/// # Errors
/// [`StoreError`]
pub async fn retract(tx: &mut Tx, item: &Id, subscriber: &Id) -> Result<bool, StoreError> {
    let rows = execute!(tx, "delete from action_item_votes where action_item_id = $1 and subscriber_id = $2", item, subscriber)?;
    Ok(rows > 0)
}

/// The votes of a subscriber for items that viewers can see, newest first.
///
/// # Errors
/// [`StoreError`]
pub async fn of_subscriber(tx: &mut Tx, page: &Id, subscriber: &Id) -> Result<Vec<Vote>, StoreError> {
    let rows = fetch_all!(
        tx,
        (Word<Id>, String, bool),
        concat!(
            "select i.id, i.title, v.follows from action_item_votes v
                 join action_items i on i.id = v.action_item_id join postmortems p on p.id = i.postmortem_id
             where v.subscriber_id = $2 and ",
            public!(),
            " order by v.at desc, i.id"
        ),
        page,
        subscriber
    )?;
    Ok(rows.into_iter().map(|(item, title, follows)| Vote { item: item.0, title, follows }).collect())
}

/// Lets readers see the votes of an item: its document is read again with that revision.
///
/// # Errors
/// [`StoreError::Missing`] where there is no such item.
pub async fn show(tx: &mut Tx, item: &Id, revision: i64) -> Result<(), StoreError> {
    let rows = execute!(
        tx,
        "update postmortems set revision = $2 where id = (select postmortem_id from action_items where id = $1)",
        item,
        revision
    )?;
    StoreError::unless_changed(rows, "action item", item.as_str())
}
