//! Links that are mailed to a confirmed subscriber who may have asked for them. Who asks cannot tell whether an address is one's: the
//! answer is the same, and so is most of the work (reliability E16).

use app::words::{Channel, Id, NotificationKind, RecipientKind, SubscriberState};
use chrono::TimeDelta;

use super::{Act, ActionError, address_of_stranger};
use crate::actions::notify::{self, About};
use crate::domain::notice::Notice;
use crate::store::{StoreError, Tx, notifications, subscribers};

/// Links to one subscription that are written within [`LINKS_WITHIN`] at most: somebody else may be asking.
const MOST_LINKS: i64 = 3;
/// Within this.
const LINKS_WITHIN: TimeDelta = TimeDelta::hours(24);

/// Somebody wants the link to their subscription: where the address is a confirmed subscriber's, it is mailed there.
///
/// # Errors
/// [`ActionError::Invalid`] for an address that cannot be used.
pub async fn send_link(act: &Act<'_>, page: &Id, email: &str) -> Result<(), ActionError> {
    let email = address_of_stranger(email)?;
    let mut tx = act.db.write().await?;
    if let Some(id) = confirmed(&mut tx, page, &email).await? {
        let kind = NotificationKind::SubscriptionLink;
        if notifications::written_since(&mut tx, page, kind, &id, act.now - LINKS_WITHIN).await? < MOST_LINKS {
            let about = About { subject_kind: "subscription", subject_id: &id, update_id: None };
            mail_the_way(&mut tx, act, page, &id, kind, about, Notice::Link).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// The confirmed subscriber at an address.
pub(in crate::actions) async fn confirmed(tx: &mut Tx, page: &Id, email: &str) -> Result<Option<Id>, StoreError> {
    let found = subscribers::find(tx, page, Channel::Email, email).await?;
    Ok(found.filter(|known| known.state == SubscriberState::Active).map(|known| known.id))
}

/// Mails a link to one subscriber.
pub(in crate::actions) async fn mail_the_way(
    tx: &mut Tx,
    act: &Act<'_>,
    page: &Id,
    subscriber: &Id,
    kind: NotificationKind,
    about: About<'_>,
    notice: Notice,
) -> Result<(), StoreError> {
    let to = [(RecipientKind::Subscriber, subscriber.clone())];
    notify::people(tx, page, kind, about, notice, &to, act.now).await?;
    Ok(())
}
