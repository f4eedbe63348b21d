//! Who hears of one incident or planned work, whatever else they chose.

use app::words::Id;
use chrono::{DateTime, Utc};

use super::values::Word;
use super::{StoreError, Tx};

/// The title of a published incident or planned work that is not over: what one can begin to follow.
///
/// # Errors
/// [`StoreError`]
pub async fn open(tx: &mut Tx, page: &Id, object: &Id) -> Result<Option<String>, StoreError> {
    let row = fetch_optional!(
        tx,
        (String,),
        "select name from incidents
         where page_id = $1 and id = $2 and published_at is not null and deleted_at is null and status not in ('resolved', 'postmortem')
         union all
         select name from maintenances
         where page_id = $1 and id = $2 and published_at is not null and deleted_at is null and status not in ('completed', 'cancelled')",
        page,
        object
    )?;
    Ok(row.map(|(name,)| name))
}

/// A subscriber follows something; whether they had not yet.
///
/// # Errors
/// [`StoreError`]
pub async fn add(tx: &mut Tx, subscriber: &Id, object: &Id, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let rows = execute!(
        tx,
        "insert into subscriber_follows (subscriber_id, object_id, created_at) values ($1, $2, $3)
         on conflict (subscriber_id, object_id) do nothing",
        subscriber,
        object,
        now
    )?;
    Ok(rows > 0)
}

/// A subscriber follows it no more; whether they did.
///
/// # Errors
/// [`StoreError`]
pub async fn remove(tx: &mut Tx, subscriber: &Id, object: &Id) -> Result<bool, StoreError> {
    let rows = execute!(tx, "delete from subscriber_follows where subscriber_id = $1 and object_id = $2", subscriber, object)?;
    Ok(rows > 0)
}

/// A subscriber follows nothing any more.
///
/// # Errors
/// [`StoreError`]
pub async fn clear(tx: &mut Tx, subscriber: &Id) -> Result<(), StoreError> {
    execute!(tx, "delete from subscriber_follows where subscriber_id = $1", subscriber)?;
    Ok(())
}

/// What a subscriber follows, latest first.
///
/// # Errors
/// [`StoreError`]
pub async fn of_subscriber(tx: &mut Tx, subscriber: &Id) -> Result<Vec<Id>, StoreError> {
    let rows = fetch_all!(
        tx,
        (Word<Id>,),
        "select object_id from subscriber_follows where subscriber_id = $1 order by created_at desc, object_id",
        subscriber
    )?;
    Ok(rows.into_iter().map(|(id,)| id.0).collect())
}
