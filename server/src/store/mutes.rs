//! Who wants to hear nothing more of one incident or planned work, or nothing but that it is over.

use app::words::{Id, Mute};
use chrono::{DateTime, Utc};

use super::values::Word;
use super::{StoreError, Tx};

/// Whether there is a published incident or planned work of that id: what one can mute, over or not.
///
/// # Errors
/// [`StoreError`]
pub async fn published(tx: &mut Tx, page: &Id, object: &Id) -> Result<bool, StoreError> {
    let (there,) = fetch_one!(
        tx,
        (bool,),
        "select exists (select 1 from incidents where page_id = $1 and id = $2 and published_at is not null and deleted_at is null)
             or exists (select 1 from maintenances where page_id = $1 and id = $2 and published_at is not null and deleted_at is null)",
        page,
        object
    )?;
    Ok(there)
}

/// A subscriber mutes something, or chooses otherwise; whether that is new.
///
/// # Errors
/// [`StoreError`]
pub async fn set(tx: &mut Tx, subscriber: &Id, object: &Id, choice: Mute, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let rows = execute!(
        tx,
        "insert into subscriber_mutes (subscriber_id, object_id, choice, created_at) values ($1, $2, $3, $4)
         on conflict (subscriber_id, object_id) do update set choice = excluded.choice, created_at = excluded.created_at
         where subscriber_mutes.choice <> excluded.choice",
        subscriber,
        object,
        choice,
        now
    )?;
    Ok(rows > 0)
}

/// A subscriber mutes it no more; whether they did.
///
/// # Errors
/// [`StoreError`]
pub async fn remove(tx: &mut Tx, subscriber: &Id, object: &Id) -> Result<bool, StoreError> {
    let rows = execute!(tx, "delete from subscriber_mutes where subscriber_id = $1 and object_id = $2", subscriber, object)?;
    Ok(rows > 0)
}

/// A subscriber mutes nothing any more.
///
/// # Errors
/// [`StoreError`]
pub async fn clear(tx: &mut Tx, subscriber: &Id) -> Result<(), StoreError> {
    execute!(tx, "delete from subscriber_mutes where subscriber_id = $1", subscriber)?;
    Ok(())
}

/// What a subscriber mutes, latest first.
///
/// # Errors
/// [`StoreError`]
pub async fn of_subscriber(tx: &mut Tx, subscriber: &Id) -> Result<Vec<(Id, Mute)>, StoreError> {
    let rows = fetch_all!(
        tx,
        (Word<Id>, Word<Mute>),
        "select object_id, choice from subscriber_mutes where subscriber_id = $1 order by created_at desc, object_id",
        subscriber
    )?;
    Ok(rows.into_iter().map(|(id, choice)| (id.0, choice.0)).collect())
}
