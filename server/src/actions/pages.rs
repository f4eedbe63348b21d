//! The page itself.

use app::language::{self, Language};
use app::words::Id;
use chrono::{DateTime, Utc};

use super::ActionError;
use crate::store::pages::PageRecord;
use crate::store::{Db, StoreError, Tx, look, pages};

/// The page that actions change: the default page, for now the only one.
///
/// # Errors
/// [`ActionError::Missing`] before the first start.
pub async fn here(tx: &mut Tx) -> Result<Id, ActionError> {
    pages::default_page(tx).await?.map(|page| page.id).ok_or(ActionError::Missing("page"))
}

/// The language that texts of the page are written in.
///
/// # Errors
/// [`StoreError`] when the database cannot be read.
pub async fn language(tx: &mut Tx, page: &Id) -> Result<&'static Language, StoreError> {
    match look::settings(tx, page).await {
        // Whoever has something to say can say it all the same.
        Err(StoreError::Corrupt(_)) => Ok(language::of("")),
        chosen => Ok(language::of(&chosen?.language)),
    }
}

/// The id of the default page, made where there is none, so that `/` is 200 from the first start on. Many processes may do so at once.
///
/// # Errors
/// [`StoreError`] when the database cannot be read or written.
pub async fn ensure_default(db: &Db, fresh: Id, now: DateTime<Utc>) -> Result<Id, StoreError> {
    let mut tx = db.read().await?;
    let there = pages::default_page(&mut tx).await?;
    drop(tx);
    if let Some(page) = there {
        return Ok(page.id);
    }
    let mut tx = db.write().await?;
    if let Some(page) = pages::default_page(&mut tx).await? {
        return Ok(page.id);
    }
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
    tx.commit().await?;
    Ok(page.id)
}
