//! What staff do with deliveries that were given up.

use app::words::Id;

use super::{Act, ActionError};
use crate::store::{deliveries, delivery_reads};

/// Tries deliveries of a notice again that were given up: that to one recipient, or all. How many there are. Nobody is told twice by it,
/// and nobody who may not be told any more.
///
/// # Errors
/// [`ActionError::Missing`] where there is no such notice; [`ActionError::Conflict`] where there is nothing to try again.
pub async fn requeue(act: &Act<'_>, page: &Id, notification: &Id, recipient: Option<&Id>) -> Result<u64, ActionError> {
    let mut tx = act.db.write().await?;
    if delivery_reads::notification(&mut tx, page, notification).await?.is_none() {
        return Err(ActionError::Missing("notice"));
    }
    let count = deliveries::requeue(&mut tx, page, notification, recipient, act.now).await?;
    if count == 0 {
        return Err(ActionError::Conflict(NOTHING.to_owned()));
    }
    act.audit(&mut tx, page, "delivery.requeue", Some(("notification", notification)), Some(format!("{count} tried again"))).await?;
    tx.commit().await?;
    Ok(count)
}

const NOTHING: &str = "There is nothing to try again: only what failed is, and only to people who still want to hear of it. What was taken \
                       back stays so.";
