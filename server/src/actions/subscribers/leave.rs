//! Leaving: at once, or by the word of somebody who reads a shared address.

use app::words::{BounceKind, Id, NotificationKind, Subscriber, SubscriberState};
use chrono::{DateTime, TimeDelta, Utc};

use super::{Act, ActionError, known, mail_the_way};
use crate::actions::notify::About;
use crate::domain::notice::{LeaveNotice, Notice};
use crate::store::{StoreError, Tx, follows, mutes, subscriber_sharing, subscribers};

/// How long the link holds that lets a shared address leave, and how long it takes until another is written.
pub const LEAVE_WITHIN: TimeDelta = TimeDelta::hours(24);

/// What became of the wish to leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaving {
    /// The subscription has ended, now or before.
    Left,
    /// Several people read the address: it is asked by mail whether it shall leave.
    Asked,
    /// The link that was mailed is too old.
    Lapsed,
}

/// A subscriber leaves, at once: what is still to be sent to them is not sent. A second time changes nothing. An address that several
/// people read is asked by mail first, as long as mail is sent at all (`mail`).
///
/// # Errors
/// [`ActionError::Missing`] where there is no such subscriber.
pub async fn unsubscribe(act: &Act<'_>, page: &Id, id: &Id, mail: bool) -> Result<Leaving, ActionError> {
    let mut tx = act.db.write().await?;
    let subscriber = known(&mut tx, page, id).await?;
    let asks = mail && asks_first(&subscriber);
    if asks {
        if subscriber_sharing::ask_to_leave(&mut tx, id, act.now - LEAVE_WITHIN, act.now).await? {
            let about = About { subject_kind: "subscriber", subject_id: id, update_id: None };
            let notice = Notice::Leave(LeaveNotice { asked_at: act.now, until: act.now + LEAVE_WITHIN });
            mail_the_way(&mut tx, act, page, id, NotificationKind::ConfirmLeaving, about, notice).await?;
            act.audit(&mut tx, page, "subscriber.ask_to_leave", Some(("subscriber", id)), None).await?;
        }
    } else {
        end(&mut tx, act, page, id).await?;
    }
    tx.commit().await?;
    Ok(if asks { Leaving::Asked } else { Leaving::Left })
}

/// Whether an address is asked by mail before it leaves: one that several people read, and that mails reach.
#[must_use]
pub fn asks_first(subscriber: &Subscriber) -> bool {
    subscriber.shared && subscriber.state == SubscriberState::Active
}

/// Whoever reads a shared address confirms by the link of that mail that it leaves.
///
/// # Errors
/// [`ActionError::Missing`] where there is no such subscriber.
pub async fn leave(act: &Act<'_>, page: &Id, id: &Id) -> Result<Leaving, ActionError> {
    let mut tx = act.db.write().await?;
    let subscriber = known(&mut tx, page, id).await?;
    if subscriber.state != SubscriberState::Unsubscribed && !holds(&subscriber, act.now) {
        return Ok(Leaving::Lapsed);
    }
    end(&mut tx, act, page, id).await?;
    tx.commit().await?;
    Ok(Leaving::Left)
}

/// Whether the link that lets a shared address leave still holds.
#[must_use]
pub fn holds(subscriber: &Subscriber, now: DateTime<Utc>) -> bool {
    subscriber.leave_asked_at.is_some_and(|asked| now < asked + LEAVE_WITHIN)
}

/// Ends the subscription, and all that was chosen with it: whoever comes back begins anew.
async fn end(tx: &mut Tx, act: &Act<'_>, page: &Id, id: &Id) -> Result<(), StoreError> {
    if !subscribers::unsubscribe(tx, id, act.now).await? {
        return Ok(());
    }
    forget_choices(tx, act, id).await?;
    act.audit(tx, page, "subscriber.unsubscribe", Some(("subscriber", id)), None).await
}

async fn forget_choices(tx: &mut Tx, act: &Act<'_>, id: &Id) -> Result<(), StoreError> {
    follows::clear(tx, id).await?;
    mutes::clear(tx, id).await?;
    subscriber_sharing::set(tx, id, false, act.now).await?;
    Ok(())
}

/// Lets a subscriber leave who complained of our mail, also where several read it: whoever calls mail spam is not asked by mail. They
/// return by a fresh confirmation only.
pub(in crate::actions) async fn complained(tx: &mut Tx, act: &Act<'_>, page: &Id, id: &Id, reply: &str) -> Result<(), StoreError> {
    if subscribers::complained(tx, id, reply, act.now).await? {
        forget_choices(tx, act, id).await?;
        act.audit(tx, page, "subscriber.unsubscribe", Some(("subscriber", id)), Some(BounceKind::Complaint.to_string())).await?;
    }
    Ok(())
}
