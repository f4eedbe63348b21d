//! What visitors say that they see too: one row a network and hour.

use std::collections::{BTreeMap, BTreeSet};

use app::words::{Id, Sighted};
use chrono::{DateTime, Utc};
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
    pub hour: DateTime<Utc>,
    /// The network, as a hash that means nothing in another hour.
    pub network: String,
}

/// Keeps those that are not kept yet; what there are new ones of, each once. One statement an hour, in an order that two processes share,
/// so that they never wait for each other in a circle.
///
/// # Errors
/// [`StoreError`]
pub async fn insert(tx: &mut Tx, page: &Id, sightings: &[Sighting]) -> Result<BTreeSet<(Sighted, Id)>, StoreError> {
    let mut hours: BTreeMap<DateTime<Utc>, BTreeMap<String, [&str; 3]>> = BTreeMap::new();
    for one in sightings {
        let parts = [one.kind.as_str(), one.id.as_str(), one.network.as_str()];
        hours.entry(one.hour).or_default().insert(parts.join(" "), parts);
    }
    let mut new = BTreeSet::new();
    for (hour, rows) in hours {
        let kept = fetch_all!(
            tx,
            (Word<Sighted>, Word<Id>),
            "insert into sightings (page_id, subject_kind, subject_id, hour, network)
             select $1, value ->> 0, value ->> 1, $2, value ->> 2 from jsonb_each($3) where true order by key
             on conflict do nothing returning subject_kind, subject_id",
            page,
            hour,
            Json(rows)
        )?;
        new.extend(kept.into_iter().map(|(kind, id)| (kind.0, id.0)));
    }
    Ok(new)
}

/// How many networks saw what in each hour from `hour` on.
///
/// # Errors
/// [`StoreError`]
pub async fn since(tx: &mut Tx, page: &Id, hour: DateTime<Utc>) -> Result<Vec<Count>, StoreError> {
    let rows = fetch_all!(
        tx,
        (Word<Sighted>, Word<Id>, DateTime<Utc>, i64),
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
pub async fn remove_before(tx: &mut Tx, page: &Id, hour: DateTime<Utc>) -> Result<u64, StoreError> {
    execute!(tx, "delete from sightings where page_id = $1 and hour < $2", page, hour)
}
