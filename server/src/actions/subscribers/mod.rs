//! Subscriptions: asked for, confirmed, changed and left, by the subscriber's own hand or by staff.
//!
//! Nobody becomes active without confirming, unless staff say that they consented elsewhere; and who left comes back by confirming only.

mod choices;
pub(super) mod component_names;
mod follow;
pub mod import;
mod leave;
mod link;
mod mute;
mod staff;

use app::words::{ActorKind, Channel, Id, Impact, NotificationKind, RecipientKind, Subscriber, SubscriberState, Wishes};
use chrono::TimeDelta;
use chrono_tz::Tz;

pub use choices::{Choices, change};
pub use follow::{ask_to_follow, follow, unfollow};
pub(super) use leave::complained;
pub use leave::{LEAVE_WITHIN, Leaving, asks_first, holds, leave, unsubscribe};
pub use link::send_link;
pub(super) use link::{confirmed, mail_the_way};
pub use mute::{mute, unmute};
pub use staff::{AddInput, add, remove, resend_confirmation, set_shared};

use super::notify::{self, About};
use super::{Act, ActionError, Actor, Done, Problem};
use crate::domain::address;
use crate::domain::notice::Notice;
use crate::store::subscribers::Asking;
use crate::store::{StoreError, Tx, components, subscriber_zones, subscribers};

/// How long the link of a confirmation mail holds, and how long it takes until the next may be asked for (reliability E15).
pub const CONFIRM_WITHIN: TimeDelta = TimeDelta::hours(24);
/// Confirmation mails to an address that does not answer.
const MOST_CONFIRMATIONS: i64 = 3;
/// After so long somebody who did not answer, or said no, may be asked again: the next request may be their own.
const FORGOTTEN_AFTER: TimeDelta = TimeDelta::days(90);

/// Whoever acts on a subscription of their own; nobody in particular before there is one.
#[must_use]
pub fn actor(id: Option<Id>) -> Actor {
    Actor { kind: ActorKind::Subscriber, id, name: "subscriber".to_owned() }
}

/// What is known of whoever asks for mails.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    /// The zone of their clock, where their browser says it.
    pub zone: Option<Tz>,
    /// The code of the language they read the page in.
    pub language: &'a str,
}

/// A stranger asks for mails: an address that is not active yet gets a mail to confirm it. Who asks cannot tell which addresses are
/// known: the answer is the same, and so is most of the work (reliability E16).
///
/// # Errors
/// [`ActionError::Invalid`] for an address or wishes that cannot be used.
pub async fn subscribe(act: &Act<'_>, page: &Id, email: &str, wishes: &Wishes, reader: &Reader<'_>) -> Result<(), ActionError> {
    // What cannot be used is refused before anybody who writes has to wait for it.
    let (email, wishes) = checked(&mut act.db.read().await?, page, address::parse_of_stranger(email), wishes).await?;
    let mut tx = act.db.write().await?;
    let subscriber = enlist(&mut tx, act, page, &email).await?;
    if subscriber.state == SubscriberState::Active && subscriber.kinds.is_empty() {
        // They hear of nothing but what they follow: only they may choose more.
        follow::show_the_way(&mut tx, act, page, &subscriber.id, None).await?;
    }
    let asked = ask(&mut tx, act, page, &subscriber.id).await?;
    if asked || subscriber.state == SubscriberState::Pending {
        subscribers::set_wishes(&mut tx, &subscriber.id, &wishes, act.now).await?;
        subscriber_zones::set(&mut tx, &subscriber.id, reader.zone, Some(reader.language)).await?;
    }
    if asked {
        act.audit(&mut tx, page, "subscriber.subscribe", Some(("subscriber", &subscriber.id)), None).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// What became of a confirmation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmation {
    /// The subscription is active, now or already.
    Active,
    /// The link is too old, or the subscriber left meanwhile.
    Lapsed,
}

/// The subscriber confirms; a second time changes nothing.
///
/// # Errors
/// [`ActionError::Missing`] where there is no such subscriber.
pub async fn confirm(act: &Act<'_>, page: &Id, id: &Id) -> Result<Confirmation, ActionError> {
    let mut tx = act.db.write().await?;
    let subscriber = known(&mut tx, page, id).await?;
    if subscriber.state == SubscriberState::Active {
        return Ok(Confirmation::Active);
    }
    let in_time = subscriber.confirm_expires_at.is_some_and(|until| act.now < until);
    if !in_time || !subscribers::confirm(&mut tx, id, None, act.now).await? {
        return Ok(Confirmation::Lapsed);
    }
    act.audit(&mut tx, page, "subscriber.confirm", Some(("subscriber", id)), None).await?;
    tx.commit().await?;
    Ok(Confirmation::Active)
}

async fn known(tx: &mut Tx, page: &Id, id: &Id) -> Result<Subscriber, ActionError> {
    subscribers::get(tx, page, id).await?.ok_or(ActionError::Missing("subscriber"))
}

/// The subscriber, if they are confirmed.
async fn active(tx: &mut Tx, page: &Id, id: &Id) -> Result<Subscriber, ActionError> {
    let known = known(tx, page, id).await?;
    if known.state == SubscriberState::Active { Ok(known) } else { Err(ActionError::Missing("subscriber")) }
}

/// Tells an active subscriber nothing more, because mails to them come back; they return by a fresh confirmation only.
pub(super) async fn quarantine(
    tx: &mut Tx,
    act: &Act<'_>,
    page: &Id,
    id: &Id,
    reason: &str,
    reply: Option<&str>,
) -> Result<(), StoreError> {
    if subscribers::quarantine(tx, id, reason, reply, act.now).await? {
        act.audit(tx, page, "subscriber.quarantine", Some(("subscriber", id)), Some(reason.to_owned())).await?;
    }
    Ok(())
}

/// An address that anybody may give.
pub(super) fn address_of_stranger(email: &str) -> Result<String, ActionError> {
    address::parse_of_stranger(email).map_err(|bad| ActionError::Invalid(vec![Problem::said("email", bad.key(), "")]))
}

/// The subscriber at an address, made where there is none. Nobody is asked yet.
async fn enlist(tx: &mut Tx, act: &Act<'_>, page: &Id, email: &str) -> Result<Subscriber, ActionError> {
    subscribers::insert(tx, page, &act.fresh_id(), Channel::Email, email, act.now).await?;
    subscribers::find(tx, page, Channel::Email, email).await?.ok_or(ActionError::Missing("subscriber"))
}

/// Puts a confirmation mail into the outbox, unless there were enough; whether it did.
async fn ask(tx: &mut Tx, act: &Act<'_>, page: &Id, id: &Id) -> Result<bool, StoreError> {
    let (rested_since, expires_at) = (act.now - CONFIRM_WITHIN, act.now + CONFIRM_WITHIN);
    let forgotten_since = act.now - FORGOTTEN_AFTER;
    let asking = Asking { now: act.now, rested_since, most: MOST_CONFIRMATIONS, forgotten_since, expires_at };
    let asked = subscribers::ask(tx, id, &asking).await?;
    if asked {
        let about = About { subject_kind: "subscriber", subject_id: id, update_id: None };
        let to = [(RecipientKind::Subscriber, id.clone())];
        notify::people(tx, page, NotificationKind::ConfirmSubscription, about, Notice::Confirm, &to, act.now).await?;
    }
    Ok(asked)
}

/// The address and the wishes, each thing once, or a sentence for everything that is wrong with them.
async fn checked(
    tx: &mut Tx,
    page: &Id,
    email: Result<String, address::BadAddress>,
    wishes: &Wishes,
) -> Result<(String, Wishes), ActionError> {
    let mut wishes = wishes.clone();
    let mut problems = Vec::new();
    wishes.kinds.sort_unstable();
    wishes.kinds.dedup();
    if wishes.kinds.is_empty() {
        problems.push(Problem::said("kinds", "wrong-kinds-none", ""));
    }
    if wishes.severity_floor == Impact::Maintenance {
        problems.push(Problem::said("severity_floor", "wrong-floor", ""));
    }
    if let Some(chosen) = &mut wishes.components {
        chosen.sort_unstable();
        chosen.dedup();
        let there = components::components(tx, page).await?;
        if chosen.is_empty() {
            problems.push(Problem::said("components", "wrong-components-none", ""));
        } else if let Some(foreign) = chosen.iter().find(|id| there.iter().all(|record| record.component.id != **id)) {
            problems.push(Problem::said("components", "wrong-component", foreign.as_str()));
        }
    }
    match email {
        Ok(email) if problems.is_empty() => return Ok((email, wishes)),
        Ok(_) => {}
        Err(bad) => problems.insert(0, Problem::said("email", bad.key(), "")),
    }
    Err(ActionError::Invalid(problems))
}
