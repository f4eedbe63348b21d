//! What staff and programs do with subscriptions.

use app::words::{Id, Subscriber, SubscriberState, Wishes};

use super::choices::spoken;
use super::{Act, ActionError, Done, ask, checked, enlist, known};
use crate::domain::address;
use crate::store::{subscriber_sharing, subscriber_zones, subscribers};

/// A subscriber to add.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddInput {
    /// Their address.
    pub email: String,
    /// What they hear of.
    pub wishes: Wishes,
    /// Whether they consented elsewhere: they are active at once and get no mail about it.
    pub skip_confirmation: bool,
    /// The code of their language; `None` is the page's own.
    pub language: Option<String>,
    /// The name of their zone; `None` is the page's.
    pub time_zone: Option<String>,
    /// Whether several people read the address.
    pub shared: bool,
}

/// Adds a subscriber. Who left, or could not be reached, comes back by confirming only.
///
/// # Errors
/// [`ActionError::Invalid`] for an address or wishes that cannot be used.
pub async fn add(act: &Act<'_>, page: &Id, input: &AddInput) -> Result<Done, ActionError> {
    let mut tx = act.db.write().await?;
    let (email, wishes) = checked(&mut tx, page, address::parse(&input.email), &input.wishes).await?;
    let (spoken, problems) = spoken(&mut tx, page, input.language.as_deref(), input.time_zone.as_deref()).await?;
    if !problems.is_empty() {
        return Err(ActionError::Invalid(problems));
    }
    let subscriber = enlist(&mut tx, act, page, &email).await?;
    let id = subscriber.id.clone();
    let refused = |sentence: &str| Err(ActionError::invalid("email", sentence));
    if subscriber.state == SubscriberState::Active {
        return refused("This address is subscribed already.");
    }
    if input.skip_confirmation {
        if must_confirm(&subscriber) {
            return refused(
                "This address left or could not be reached: it comes back by confirming only. Add it with a confirmation mail.",
            );
        }
        subscribers::confirm(&mut tx, &id, None, act.now).await?;
    } else if !ask(&mut tx, act, page, &id).await? {
        return refused(ASKED_ENOUGH);
    }
    subscribers::set_wishes(&mut tx, &id, &wishes, act.now).await?;
    // What is not given stays as they said it themselves.
    let zone = spoken.zone.or_else(|| subscriber.time_zone.as_deref()?.parse().ok());
    subscriber_zones::set(&mut tx, &id, zone, spoken.code().or(subscriber.language.as_deref())).await?;
    if input.shared {
        subscriber_sharing::set(&mut tx, &id, true, act.now).await?;
    }
    let how = if input.skip_confirmation { "without confirmation" } else { "confirmation asked for" };
    act.audit(&mut tx, page, "subscriber.add", Some(("subscriber", &id)), Some(how.to_owned())).await?;
    tx.commit().await?;
    Ok(Done { id, revision: None })
}

const ASKED_ENOUGH: &str = "A confirmation mail was written to this address within the last 24 hours, or three were not answered. Try \
                            again in a day, or ask them to look among unwanted mail.";

/// Whether consent given before does not count any more.
pub(super) const fn must_confirm(subscriber: &Subscriber) -> bool {
    subscriber.unsubscribed_at.is_some() || subscriber.quarantined_at.is_some()
}

/// Says whether several people read an address; a second time changes nothing.
///
/// # Errors
/// [`ActionError::Missing`] where there is no such subscriber.
pub async fn set_shared(act: &Act<'_>, page: &Id, id: &Id, shared: bool) -> Result<Done, ActionError> {
    let mut tx = act.db.write().await?;
    known(&mut tx, page, id).await?;
    if subscriber_sharing::set(&mut tx, id, shared, act.now).await? {
        let action = if shared { "subscriber.share" } else { "subscriber.unshare" };
        act.audit(&mut tx, page, action, Some(("subscriber", id)), None).await?;
    }
    tx.commit().await?;
    Ok(Done { id: id.clone(), revision: None })
}

/// Forgets a subscriber, and what was still to be sent to them.
///
/// # Errors
/// [`ActionError::Missing`] where there is no such subscriber.
pub async fn remove(act: &Act<'_>, page: &Id, id: &Id) -> Result<Done, ActionError> {
    let mut tx = act.db.write().await?;
    if !subscribers::remove(&mut tx, page, id, act.now).await? {
        return Err(ActionError::Missing("subscriber"));
    }
    act.audit(&mut tx, page, "subscriber.remove", Some(("subscriber", id)), None).await?;
    tx.commit().await?;
    Ok(Done { id: id.clone(), revision: None })
}

/// Writes another confirmation mail to a subscriber who has not confirmed.
///
/// # Errors
/// [`ActionError::Conflict`] where they need none, or had enough; [`ActionError::Missing`].
pub async fn resend_confirmation(act: &Act<'_>, page: &Id, id: &Id) -> Result<Done, ActionError> {
    let mut tx = act.db.write().await?;
    if known(&mut tx, page, id).await?.state != SubscriberState::Pending {
        return Err(ActionError::Conflict("This subscription does not wait for a confirmation.".to_owned()));
    }
    if !ask(&mut tx, act, page, id).await? {
        return Err(ActionError::Conflict(ASKED_ENOUGH.to_owned()));
    }
    act.audit(&mut tx, page, "subscriber.resend_confirmation", Some(("subscriber", id)), None).await?;
    tx.commit().await?;
    Ok(Done { id: id.clone(), revision: None })
}
