//! What came from an import, and in what shape: the same object twice changes nothing.

use std::collections::HashMap;

use app::words::Id;
use chrono::{DateTime, Utc};

use super::{StoreError, Tx};

/// The digest of every object imported into the page, by kind and id.
///
/// # Errors
/// [`StoreError`]
pub async fn digests(tx: &mut Tx, page: &Id) -> Result<HashMap<(String, String), String>, StoreError> {
    let rows = fetch_all!(tx, (String, String, String), "select kind, object_id, digest from imported_objects where page_id = $1", page)?;
    Ok(rows.into_iter().map(|(kind, id, digest)| ((kind, id), digest)).collect())
}

/// Notes that an object was imported in this shape.
///
/// # Errors
/// [`StoreError`]
pub async fn record(tx: &mut Tx, page: &Id, kind: &str, id: &str, digest: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
    execute!(
        tx,
        "insert into imported_objects (page_id, kind, object_id, digest, imported_at) values ($1, $2, $3, $4, $5)
         on conflict (page_id, kind, object_id) do update set digest = excluded.digest, imported_at = excluded.imported_at",
        page,
        kind,
        id,
        digest,
        now
    )?;
    Ok(())
}
