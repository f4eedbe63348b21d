//! What follows from post-mortems: action items, the states they had, and who waits for them to be done.

use std::collections::HashMap;

use app::words::{ActionItem, ActionState, ActionStep, Channel, DeliveryState, Id, PostmortemStatus, RecipientKind};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;

use super::updates::grouped;
use super::values::Word;
use super::{StoreError, Tx};

#[derive(FromRow)]
pub(super) struct ItemRow {
    postmortem_id: Word<Id>,
    id: Word<Id>,
    title: String,
    explanation: Option<String>,
    state: Word<ActionState>,
    due_on: Option<NaiveDate>,
    link: Option<String>,
    votes: i64,
}

impl ItemRow {
    /// The item with the states it had, and the document it follows from.
    pub(super) fn item(self, steps: &mut HashMap<Id, Vec<ActionStep>>) -> (Id, ActionItem) {
        let item = ActionItem {
            history: steps.remove(&self.id.0).unwrap_or_default(),
            id: self.id.0,
            title: self.title,
            explanation: self.explanation,
            state: self.state.0,
            due_on: self.due_on,
            link: self.link,
            votes: self.votes,
        };
        (self.postmortem_id.0, item)
    }
}

#[derive(FromRow)]
pub(super) struct StepRow {
    action_item_id: Word<Id>,
    state: Word<ActionState>,
    at: DateTime<Utc>,
}

/// The states that items had, by item, in the order they are given in.
pub(super) fn steps_by_item(rows: Vec<StepRow>) -> HashMap<Id, Vec<ActionStep>> {
    grouped(rows.into_iter().map(|row| (row.action_item_id.0, ActionStep { state: row.state.0, at: row.at })))
}

/// An action item with what only staff see of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemFile {
    /// The item.
    pub item: ActionItem,
    /// The member of staff who sees to it, by id.
    pub owner: Option<String>,
    /// The document it follows from.
    pub postmortem_id: Id,
    /// Its title.
    pub postmortem: String,
    /// Whether viewers may read both.
    pub visible: bool,
}

#[derive(FromRow)]
struct FileRow {
    #[sqlx(flatten)]
    item: ItemRow,
    owner: Option<String>,
    postmortem: String,
    status: Word<PostmortemStatus>,
}

/// The item of that id, unless its document was deleted.
///
/// # Errors
/// [`StoreError`]
pub async fn get(tx: &mut Tx, page: &Id, id: &Id) -> Result<Option<ItemFile>, StoreError> {
    Ok(read(tx, page, Some(id), 1, 0).await?.pop())
}

/// Items of all documents that are not deleted, newest document first and in their order within it.
///
/// # Errors
/// [`StoreError`]
pub async fn list(tx: &mut Tx, page: &Id, limit: i64, offset: i64) -> Result<Vec<ItemFile>, StoreError> {
    read(tx, page, None, limit, offset).await
}

/// Those with a day that are neither done nor dropped, soonest first: what owners are reminded of.
///
/// # Errors
/// [`StoreError`]
pub async fn items_due(tx: &mut Tx, page: &Id) -> Result<Vec<ItemFile>, StoreError> {
    let mut due = read(tx, page, None, i64::MAX, 0).await?;
    due.retain(|file| file.item.due_on.is_some() && !file.item.state.is_over());
    due.sort_by_key(|file| file.item.due_on);
    Ok(due)
}

async fn read(tx: &mut Tx, page: &Id, only: Option<&Id>, limit: i64, offset: i64) -> Result<Vec<ItemFile>, StoreError> {
    let rows = fetch_all!(
        tx,
        FileRow,
        "select i.postmortem_id, i.id, i.title, i.explanation, i.state, i.due_on, i.link,
                (select count(*) from action_item_votes v where v.action_item_id = i.id) as votes,
                i.owner, p.title as postmortem, p.status
         from action_items i join postmortems p on p.id = i.postmortem_id
         where p.page_id = $1 and p.deleted_at is null and (cast($2 as text) is null or i.id = $2)
         order by p.created_at desc, p.id, i.position, i.id limit $3 offset $4",
        page,
        only,
        limit,
        offset
    )?;
    let steps = fetch_all!(
        tx,
        StepRow,
        "select s.action_item_id, s.state, s.at from action_item_states s
             join action_items i on i.id = s.action_item_id join postmortems p on p.id = i.postmortem_id
         where p.page_id = $1 and (cast($2 as text) is null or i.id = $2) order by s.action_item_id, s.seq",
        page,
        only
    )?;
    let mut steps = steps_by_item(steps);
    let file = |row: FileRow| {
        let (postmortem_id, item) = row.item.item(&mut steps);
        ItemFile { item, owner: row.owner, postmortem_id, postmortem: row.postmortem, visible: row.status.0.is_public() }
    };
    Ok(rows.into_iter().map(file).collect())
}

/// Who sees to the items of a document.
///
/// # Errors
/// [`StoreError`]
pub async fn owners(tx: &mut Tx, postmortem: &Id) -> Result<HashMap<Id, String>, StoreError> {
    let rows = fetch_all!(
        tx,
        (Word<Id>, String),
        "select id, owner from action_items where postmortem_id = $1 and owner is not null",
        postmortem
    )?;
    Ok(rows.into_iter().map(|(id, owner)| (id.0, owner)).collect())
}

/// Notes who sees to an item.
///
/// # Errors
/// [`StoreError::Missing`] where there is no such item.
pub async fn set_owner(tx: &mut Tx, item: &Id, owner: Option<&str>) -> Result<(), StoreError> {
    let rows = execute!(tx, "update action_items set owner = $2 where id = $1", item, owner)?;
    StoreError::unless_changed(rows, "action item", item.as_str())
}

/// Says what follows from a document, in order. A new state of an item is kept in its history under `at`.
///
/// # Errors
/// [`StoreError::Missing`] where another document has an item's id.
pub async fn set(tx: &mut Tx, postmortem: &Id, items: &[ActionItem], at: DateTime<Utc>) -> Result<(), StoreError> {
    // Items are kept in place, so that their history stays; only those no longer there go, with theirs.
    let known = fetch_all!(tx, (Word<Id>,), "select id from action_items where postmortem_id = $1", postmortem)?;
    for (id,) in known {
        if !items.iter().any(|item| item.id == id.0) {
            execute!(tx, "delete from action_items where id = $1", id.0)?;
        }
    }
    for (position, item) in (0_i64..).zip(items) {
        let rows = execute!(
            tx,
            "insert into action_items (id, postmortem_id, position, title, explanation, state, due_on, link)
             values ($1, $2, $3, $4, $5, $6, $7, $8)
             on conflict (id) do update set position = excluded.position, title = excluded.title, explanation = excluded.explanation,
                 state = excluded.state, due_on = excluded.due_on, link = excluded.link
             where action_items.postmortem_id = excluded.postmortem_id",
            item.id,
            postmortem,
            position,
            item.title,
            item.explanation,
            item.state,
            item.due_on,
            item.link
        )?;
        StoreError::unless_changed(rows, "action item", item.id.as_str())?;
        note_state(tx, item, at).await?;
    }
    Ok(())
}

async fn note_state(tx: &mut Tx, item: &ActionItem, at: DateTime<Utc>) -> Result<(), StoreError> {
    let newest = fetch_optional!(
        tx,
        (i64, Word<ActionState>),
        "select seq, state from action_item_states where action_item_id = $1 order by seq desc limit 1",
        item.id
    )?;
    let seq = match newest {
        Some((_, state)) if state.0 == item.state => return Ok(()),
        Some((seq, _)) => seq + 1,
        None => 0,
    };
    execute!(tx, "insert into action_item_states (action_item_id, seq, state, at) values ($1, $2, $3, $4)", item.id, seq, item.state, at)?;
    Ok(())
}

/// Makes the deliveries of a notification to those who voted for an item and asked to be told when it is done; how many they are.
///
/// # Errors
/// [`StoreError`]
pub async fn tell_followers(tx: &mut Tx, notification: &Id, item: &Id, priority: i64, run_at: DateTime<Utc>) -> Result<u64, StoreError> {
    execute!(
        tx,
        "insert into deliveries (notification_id, recipient_id, recipient_kind, priority, state, run_at, epoch, attempts, maybe_duplicate)
         select $1, s.id, $2, $3, $4, $5, $6, $6, $7 from action_item_votes v join subscribers s on s.id = v.subscriber_id
         where v.action_item_id = $8 and v.follows and s.state = 'active' and s.channel = $9
         on conflict (notification_id, recipient_id) do nothing",
        notification,
        RecipientKind::Subscriber,
        priority,
        DeliveryState::Pending,
        run_at,
        0_i64,
        false,
        item,
        Channel::Email
    )
}
