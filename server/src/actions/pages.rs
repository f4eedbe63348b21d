//! The page itself.

use app::words::Id;
use chrono::{DateTime, Utc};

use crate::store::pages::PageRecord;
use crate::store::{Db, StoreError, pages};

/// Makes sure that a default page exists, so that `/` is 200 from the first start on. Many processes may do so at once.
///
/// # Errors
/// [`StoreError`] when the database cannot be read or written.
pub async fn ensure_default(db: &Db, fresh: Id, now: DateTime<Utc>) -> Result<(), StoreError> {
    let mut tx = db.read().await?;
    let there = pages::default_page(&mut tx).await?.is_some();
    drop(tx);
    if there {
        return Ok(());
    }
    let mut tx = db.write().await?;
    if pages::default_page(&mut tx).await?.is_none() {
        let page = PageRecord {
            id: fresh,
            name: "Status".to_owned(),
            time_zone: "Etc/UTC".to_owned(),
            revision: 0,
            created_at: now,
            updated_at: now,
            adopted: false,
        };
        pages::insert(&mut tx, &page).await?;
    }
    tx.commit().await
}
