//! Reads of public documents become a sum per hour.

use chrono::{DateTime, Utc};

use crate::domain::load;
use crate::reads::Reads;
use crate::store::{Db, StoreError, page_reads, pages};

/// Adds what was counted since the last time to the hour of `now`. While the database is away it stays counted.
///
/// # Errors
/// [`StoreError`]
pub async fn write(db: &Db, reads: &Reads, now: DateTime<Utc>) -> Result<(), StoreError> {
    let counted = reads.take();
    if counted == 0 {
        return Ok(());
    }
    let added = async {
        let mut tx = db.write().await?;
        if let Some(page) = pages::default_page(&mut tx).await? {
            page_reads::add(&mut tx, &page.id, load::whole_hour(now), counted).await?;
        }
        Ok(tx)
    };
    match added.await {
        // Whoever does not hear whether it was written does not write it again: rather too few than twice the same.
        Ok(tx) => tx.commit().await,
        Err(error) => {
            reads.put_back(counted);
            Err(error)
        }
    }
}
