//! What a PostgreSQL server believes of tables that grew all at once. It looks by itself a minute later; until then it takes a table for
//! small, joins a hundred thousand rows one by one, and sends a tenth of the mails that it could (measured). SQLite needs no such look:
//! its plans follow the indexes.

use super::{StoreError, Tx};

/// Lets the server look at subscribers anew.
///
/// # Errors
/// [`StoreError`]
pub async fn of_subscribers(tx: &mut Tx) -> Result<(), StoreError> {
    if let Tx::Postgres(_) = tx {
        execute!(tx, "analyze subscribers, subscriber_components")?;
    }
    Ok(())
}

/// Lets the server look at deliveries anew.
///
/// # Errors
/// [`StoreError`]
pub async fn of_deliveries(tx: &mut Tx) -> Result<(), StoreError> {
    if let Tx::Postgres(_) = tx {
        execute!(tx, "analyze deliveries, notifications")?;
    }
    Ok(())
}
