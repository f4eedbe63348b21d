//! What is noted of a notification after it was written, until it is told, and how many were.

use app::words::{DeliveryState, Id, NotificationKind};
use chrono::{DateTime, Utc};
use sqlx::types::Json;

use super::super::audience::Untold;
use super::super::{StoreError, Tx};
use crate::domain::notice::Notice;
use crate::domain::other_words::OtherWords;

/// Keeps what people wrote of a notification in other languages.
///
/// # Errors
/// [`StoreError::Missing`] where there is no such notification.
pub async fn set_other_words(tx: &mut Tx, id: &Id, words: &OtherWords) -> Result<(), StoreError> {
    let rows = execute!(tx, "update notifications set other_words = $2 where id = $1", id, Json(words))?;
    StoreError::unless_changed(rows, "notification", id.as_str())
}

/// Lets a notice to people say something else, where none of them was told yet; whether it does.
///
/// # Errors
/// [`StoreError`]
pub async fn rewrite_waiting(tx: &mut Tx, id: &Id, notice: &Notice) -> Result<bool, StoreError> {
    let rows = execute!(
        tx,
        "update notifications set payload = $2
         where id = $1 and cancelled_at is null
           and not exists (select 1 from deliveries where notification_id = $1 and state <> $3)",
        id,
        Json(notice),
        DeliveryState::Pending
    )?;
    Ok(rows > 0)
}

/// How many notifications of a kind were written about something after `since`.
///
/// # Errors
/// [`StoreError`]
pub async fn written_since(tx: &mut Tx, page: &Id, kind: NotificationKind, subject: &Id, since: DateTime<Utc>) -> Result<i64, StoreError> {
    let (count,) = fetch_one!(
        tx,
        (i64,),
        "select count(*) from notifications where page_id = $1 and kind = $2 and subject_id = $3 and created_at > $4",
        page,
        kind,
        subject,
        since
    )?;
    Ok(count)
}

/// Lets a notification wait until another instant, where nobody was told yet.
///
/// # Errors
/// [`StoreError`]
pub async fn postpone(tx: &mut Tx, id: &Id, not_before: DateTime<Utc>) -> Result<(), StoreError> {
    execute!(
        tx,
        "update notifications set not_before = $2
         where id = $1 and cancelled_at is null and expanded_at is null and fanout_cursor is null",
        id,
        not_before
    )?;
    Ok(())
}

/// Notes how many are not told of a notification who would hear of it.
///
/// # Errors
/// [`StoreError`]
pub async fn note_untold(tx: &mut Tx, id: &Id, untold: Untold) -> Result<(), StoreError> {
    let rows = execute!(
        tx,
        "update notifications set suppressed = $2, unconfirmed = $3 where id = $1",
        id,
        untold.suppressed,
        untold.unconfirmed
    )?;
    StoreError::unless_changed(rows, "notification", id.as_str())
}

/// Notes when mails of a notification were accepted: the clock of what it tells.
///
/// # Errors
/// [`StoreError`]
pub async fn note_sent(tx: &mut Tx, id: &Id, first: DateTime<Utc>, last: DateTime<Utc>) -> Result<(), StoreError> {
    execute!(
        tx,
        "update notifications set
             first_sent_at = case when first_sent_at is null or first_sent_at > $2 then $2 else first_sent_at end,
             last_sent_at = case when last_sent_at is null or last_sent_at < $3 then $3 else last_sent_at end
         where id = $1",
        id,
        first,
        last
    )?;
    Ok(())
}
