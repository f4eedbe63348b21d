//! That somebody of ours can be reached: a mark in the record that is never old while anybody serves readers, and the times in which it was
//! (reliability N18).

use app::words::Id;
use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::heartbeat::{ABSENT_AFTER, Absence, absence};
use crate::store::{Db, StoreError, Tx, absences, pages};

/// The setting that says when somebody was there for the last time.
const MARK: &str = "present_at";
/// The setting that says when everything was found to work for the last time.
const WHOLE: &str = "whole_at";

/// Notes that somebody is there, and that nobody was, where the newest mark is older than `silence`. What is noted of that time.
///
/// # Errors
/// [`StoreError`]
pub async fn note(db: &Db, now: DateTime<Utc>, silence: TimeDelta) -> Result<Option<Absence>, StoreError> {
    let mut tx = db.write().await?;
    let Some(page) = pages::default_page(&mut tx).await?.map(|page| page.id) else { return Ok(None) };
    let before = mark(&mut tx, &page).await?;
    let gone = absence(before, now, silence);
    if let Some(gone) = &gone {
        absences::insert(&mut tx, &page, gone).await?;
    }
    // Processes whose clocks differ do not turn it back.
    if before.is_none_or(|before| before < now) {
        pages::set_setting(&mut tx, &page, MARK, &now.to_rfc3339()).await?;
    }
    tx.commit().await?;
    Ok(gone)
}

/// The times after `since` in which nobody was there, with the one that goes on or that nobody has noted yet.
///
/// # Errors
/// [`StoreError`]
pub async fn absences_after(tx: &mut Tx, page: &Id, since: DateTime<Utc>, now: DateTime<Utc>) -> Result<Vec<Absence>, StoreError> {
    let mut known = absences::after(tx, page, since).await?;
    known.extend(absence(mark(tx, page).await?, now, ABSENT_AFTER));
    Ok(known)
}

async fn mark(tx: &mut Tx, page: &Id) -> Result<Option<DateTime<Utc>>, StoreError> {
    Ok(pages::setting(tx, page, MARK).await?.and_then(|text| text.parse().ok()))
}

/// Notes that everything works: a write that succeeds is part of what is noted.
///
/// # Errors
/// [`StoreError`]
pub async fn note_whole(db: &Db, now: DateTime<Utc>) -> Result<(), StoreError> {
    let mut tx = db.write().await?;
    if let Some(page) = pages::default_page(&mut tx).await? {
        pages::set_setting(&mut tx, &page.id, WHOLE, &now.to_rfc3339()).await?;
    }
    tx.commit().await
}
