//! To hear of one incident or planned work only: asked for by anybody, confirmed by mail as every subscription is.

use app::words::{Channel, Id, NotificationKind, SubscriberState, Wishes};

use super::{Act, ActionError, Done, Reader, active, address_of_stranger, ask, enlist, mail_the_way};
use crate::actions::notify::About;
use crate::domain::notice::{KnownNotice, Notice};
use crate::store::{StoreError, Tx, follows, mutes, subscriber_zones, subscribers};

/// A stranger asks for mails about one thing only. Whoever is confirmed already gets a link with which to
/// add it; everybody else is asked to confirm. Who asks cannot tell which it was (reliability E16).
///
/// # Errors
/// [`ActionError::Invalid`] for an address that cannot be used; [`ActionError::Missing`] where nothing that is not over has that id.
pub async fn ask_to_follow(act: &Act<'_>, page: &Id, object: &Id, email: &str, reader: &Reader<'_>) -> Result<(), ActionError> {
    let email = address_of_stranger(email)?;
    let mut tx = act.db.write().await?;
    let title = follows::open(&mut tx, page, object).await?.ok_or(ActionError::Missing("incident"))?;
    let before = subscribers::find(&mut tx, page, Channel::Email, &email).await?.map(|known| known.state);
    let subscriber = enlist(&mut tx, act, page, &email).await?.id;
    if before == Some(SubscriberState::Active) {
        show_the_way(&mut tx, act, page, &subscriber, Some((object.clone(), title))).await?;
    } else {
        let asked = ask(&mut tx, act, page, &subscriber).await?;
        // Who is waited for already keeps what they chose.
        let waited_for = before == Some(SubscriberState::Pending);
        if asked && !waited_for {
            subscribers::set_wishes(&mut tx, &subscriber, &Wishes::nothing(), act.now).await?;
            follows::clear(&mut tx, &subscriber).await?;
        }
        if asked || waited_for {
            mutes::remove(&mut tx, &subscriber, object).await?;
            follows::add(&mut tx, &subscriber, object, act.now).await?;
            subscriber_zones::set(&mut tx, &subscriber, reader.zone, Some(reader.language)).await?;
        }
        if asked {
            act.audit(&mut tx, page, "subscriber.subscribe", Some(("subscriber", &subscriber)), None).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// Mails a confirmed subscriber the link with which they change what they hear of.
pub(super) async fn show_the_way(
    tx: &mut Tx,
    act: &Act<'_>,
    page: &Id,
    subscriber: &Id,
    follow: Option<(Id, String)>,
) -> Result<(), StoreError> {
    let subject_id = follow.as_ref().map_or(subscriber, |(object, _)| object).clone();
    let about = About { subject_kind: "subscription", subject_id: &subject_id, update_id: None };
    mail_the_way(tx, act, page, subscriber, NotificationKind::KnownSubscription, about, Notice::Known(KnownNotice { follow })).await
}

/// A confirmed subscriber follows an incident or planned work, and mutes it no more; a second time changes nothing.
///
/// # Errors
/// [`ActionError::Missing`] of the subscriber; [`ActionError::Conflict`] where it is over, so that there is nothing more to hear.
pub async fn follow(act: &Act<'_>, page: &Id, subscriber: &Id, object: &Id) -> Result<Done, ActionError> {
    let mut tx = act.db.write().await?;
    active(&mut tx, page, subscriber).await?;
    if follows::open(&mut tx, page, object).await?.is_none() {
        return Err(ActionError::Conflict("This is over, so there is nothing more to hear of it. Nothing was changed.".to_owned()));
    }
    mutes::remove(&mut tx, subscriber, object).await?;
    if follows::add(&mut tx, subscriber, object, act.now).await? {
        act.audit(&mut tx, page, "subscriber.follow", Some(("subscriber", subscriber)), Some(object.to_string())).await?;
    }
    tx.commit().await?;
    Ok(Done { id: object.clone(), revision: None })
}

/// A subscriber follows it no more; a second time changes nothing.
///
/// # Errors
/// [`ActionError::Store`]
pub async fn unfollow(act: &Act<'_>, page: &Id, subscriber: &Id, object: &Id) -> Result<Done, ActionError> {
    let mut tx = act.db.write().await?;
    if follows::remove(&mut tx, subscriber, object).await? {
        act.audit(&mut tx, page, "subscriber.unfollow", Some(("subscriber", subscriber)), Some(object.to_string())).await?;
    }
    tx.commit().await?;
    Ok(Done { id: object.clone(), revision: None })
}
