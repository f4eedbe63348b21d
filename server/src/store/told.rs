//! What the clock has told or done once, and never does again.

use app::words::Id;
use chrono::{DateTime, Utc};

use super::{StoreError, Tx};

/// Whether this is the first time for `key`, which says what is done and for which instant. Whoever gets a yes does it in the same
/// transaction: several processes, a restart and a tick that comes twice then do it once.
///
/// # Errors
/// [`StoreError`]
pub async fn first(tx: &mut Tx, page: &Id, key: &str, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let rows =
        execute!(tx, "insert into told (page_id, key, at) values ($1, $2, $3) on conflict (page_id, key) do nothing", page, key, now)?;
    Ok(rows > 0)
}

/// Whether `key` was done already: a look before a transaction is begun for it.
///
/// # Errors
/// [`StoreError`]
pub async fn known(tx: &mut Tx, page: &Id, key: &str) -> Result<bool, StoreError> {
    let (known,) = fetch_one!(tx, (bool,), "select exists (select 1 from told where page_id = $1 and key = $2)", page, key)?;
    Ok(known)
}

/// Forgets what was done before `before`: a key names an instant that will not come again.
///
/// # Errors
/// [`StoreError`]
pub async fn sweep(tx: &mut Tx, page: &Id, before: DateTime<Utc>) -> Result<u64, StoreError> {
    execute!(tx, "delete from told where page_id = $1 and at < $2", page, before)
}
