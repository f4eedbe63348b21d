//! What is worth a look about a target although all is well.

use app::words::{Advice, Id};
use chrono::{DateTime, Utc};

use super::values::Word;
use super::{StoreError, Tx};

/// Replaces what is known of a monitor; what was known stays as old as it is.
///
/// # Errors
/// [`StoreError`]
pub async fn set(tx: &mut Tx, monitor: &Id, advice: &[Advice], now: DateTime<Utc>) -> Result<(), StoreError> {
    let known = get(tx, monitor).await?;
    for gone in known.iter().filter(|known| !advice.contains(known)) {
        execute!(tx, "delete from monitor_advice where monitor_id = $1 and kind = $2", monitor, *gone)?;
    }
    for new in advice.iter().filter(|new| !known.contains(new)) {
        execute!(
            tx,
            "insert into monitor_advice (monitor_id, kind, since) values ($1, $2, $3) on conflict (monitor_id, kind) do nothing",
            monitor,
            *new,
            now
        )?;
    }
    Ok(())
}

/// What is known of a monitor.
///
/// # Errors
/// [`StoreError`]
pub async fn get(tx: &mut Tx, monitor: &Id) -> Result<Vec<Advice>, StoreError> {
    let rows = fetch_all!(tx, (Word<Advice>,), "select kind from monitor_advice where monitor_id = $1 order by kind", monitor)?;
    Ok(rows.into_iter().map(|(kind,)| kind.0).collect())
}
