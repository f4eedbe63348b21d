//! What visitors say that they see too: one row a network and hour.

use std::collections::BTreeMap;

use app::words::{Id, Sighted};
use sqlx::types::Json;

use super::values::Word;
use super::{StoreError, Tx};
use crate::domain::sighting::Count;

/// A network says within an hour that it sees something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sighting {
    /// What kind of thing.
    pub kind: Sighted,
    /// Which one.
    pub id: Id,
    /// The hour.
    pub hour: String,
    /// The network, as a hash that means nothing in another hour.
    pub network: String,
}

/// Keeps those that are not kept yet; what there are new ones of, each once. One statement, in an order that two processes share, so
/// that neither waits for the other in a circle.
///
/// # Errors
/// [`StoreError`]
pub async fn insert(tx: &mut Tx, page: &Id, sightings: &[Sighting]) -> Result<Vec<(Sighted, Id)>, StoreError> {
    let rows: BTreeMap<String, [&str; 4]> = sightings
        .iter()
        .map(|one| {
            let parts = [one.kind.as_str(), one.id.as_str(), one.hour.as_str(), one.network.as_str()];
            (parts.join(" "), parts)
        })
        .collect();
    let mut new = fetch_all!(
        tx,
        (Word<Sighted>, Word<Id>),
        "insert into sightings (page_id, subject_kind, subject_id, hour, network)
         select $1, value ->> 0, value ->> 1, value ->> 2, value ->> 3 from jsonb_each($2) where true order by key
         on conflict do nothing returning subject_kind, subject_id",
        page,
        Json(rows)
    )?
    .into_iter()
    .map(|(kind, id)| (kind.0, id.0))
    .collect::<Vec<_>>();
    new.sort_unstable();
    new.dedup();
    Ok(new)
}

/// How many networks saw what in each hour from `hour` on.
///
/// # Errors
/// [`StoreError`]
pub async fn since(tx: &mut Tx, page: &Id, hour: &str) -> Result<Vec<Count>, StoreError> {
    let rows = fetch_all!(
        tx,
        (Word<Sighted>, Word<Id>, String, i64),
        "select subject_kind, subject_id, hour, count(*) from sightings where page_id = $1 and hour >= $2
         group by subject_kind, subject_id, hour order by subject_kind, subject_id, hour",
        page,
        hour
    )?;
    Ok(rows.into_iter().map(|(kind, id, hour, networks)| Count { kind: kind.0, id: id.0, hour, networks }).collect())
}

/// Forgets the hours before `hour`.
///
/// # Errors
/// [`StoreError`]
pub async fn remove_before(tx: &mut Tx, page: &Id, hour: &str) -> Result<u64, StoreError> {
    execute!(tx, "delete from sightings where page_id = $1 and hour < $2", page, hour)
}
