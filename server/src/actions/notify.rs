//! Puts notices into the outbox, in the transaction of the change they tell of.

use app::words::{Id, NotificationKind, RecipientKind};
use chrono::{DateTime, TimeDelta, Utc};

use super::other_words;
use crate::domain::lane;
use crate::domain::notice::Notice;
use crate::store::notifications::{self, Notification, Recipient};
use crate::store::{StoreError, Tx};

/// What a notification is about: the noun, its id, and the message if it is one.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// `incident` or `subscriber`.
    pub subject_kind: &'static str,
    /// Its id.
    pub subject_id: &'a Id,
    /// The message.
    pub update_id: Option<&'a Id>,
}

/// Tells subscribers. The courier finds out whom; nobody is told before `undo` has passed.
///
/// # Errors
/// [`StoreError`].
pub async fn subscribers(
    tx: &mut Tx,
    page: &Id,
    kind: NotificationKind,
    about: About<'_>,
    notice: Notice,
    now: DateTime<Utc>,
    undo: TimeDelta,
) -> Result<Id, StoreError> {
    let notification = notification(page, kind, about, notice, now, now + undo);
    notifications::insert(tx, &notification).await?;
    Ok(notification.id)
}

/// Tells these people now, ahead of everything that goes to many.
///
/// # Errors
/// [`StoreError`].
pub async fn people(
    tx: &mut Tx,
    page: &Id,
    kind: NotificationKind,
    about: About<'_>,
    notice: Notice,
    recipients: &[(RecipientKind, Id)],
    now: DateTime<Utc>,
) -> Result<Id, StoreError> {
    let mut notification = notification(page, kind, about, notice, now, now);
    notification.expanded_at = Some(now);
    notification.other_words = Some(other_words::of(tx, page, &notification.notice).await?);
    notifications::insert(tx, &notification).await?;
    for (kind, id) in recipients {
        let recipient = Recipient { kind: *kind, id: id.clone(), priority: lane::PERSONAL };
        notifications::add_delivery(tx, &notification.id, &recipient, now).await?;
    }
    Ok(notification.id)
}

fn notification(
    page: &Id,
    kind: NotificationKind,
    about: About<'_>,
    notice: Notice,
    now: DateTime<Utc>,
    not_before: DateTime<Utc>,
) -> Notification {
    Notification {
        id: Id::from_bytes(rand::random()),
        page_id: page.clone(),
        kind,
        subject_kind: about.subject_kind.to_owned(),
        subject_id: about.subject_id.clone(),
        update_id: about.update_id.cloned(),
        notice,
        other_words: None,
        not_before,
        fanout_cursor: None,
        expanded_at: None,
        cancelled_at: None,
        created_at: now,
    }
}
