//! Votes for follow-ups, by confirmed subscribers: one each, taken back when they like, with a word when it is done if they ask.

use app::words::{ActionState, Id, NotificationKind, SubscriberState};

use crate::actions::notify::About;
use crate::actions::subscribers::{address_of_stranger, confirmed, mail_the_way};
use crate::actions::{Act, ActionError, Done};
use crate::domain::notice::{ItemNotice, Notice};
use crate::store::votes::PublicItem;
use crate::store::{Tx, pages, subscribers, votes};

/// What a subscriber may do about a follow-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Vote for it; whoever has voted keeps what they chose.
    Vote,
    /// Vote for it, and be told when it is done.
    Follow,
    /// Keep the vote, and not be told.
    Unfollow,
    /// Take the vote back.
    Retract,
}

impl Choice {
    /// As forms spell it.
    ///
    /// # Errors
    /// [`ActionError::Invalid`] where it is none.
    pub fn read(word: &str) -> Result<Self, ActionError> {
        match word {
            "vote" => Ok(Self::Vote),
            "follow" => Ok(Self::Follow),
            "unfollow" => Ok(Self::Unfollow),
            "retract" => Ok(Self::Retract),
            _ => Err(ActionError::invalid("do", "Press one of the buttons on the page of the follow-up. Nothing was changed.")),
        }
    }
}

/// Somebody wants to vote: if the address is a confirmed subscriber's, a link is mailed to it. Who asks cannot tell whether it is: the
/// answer is the same (reliability E16).
///
/// # Errors
/// [`ActionError::Invalid`] for an address that cannot be used; [`ActionError::Missing`] and [`ActionError::Conflict`] of the item.
pub async fn ask(act: &Act<'_>, page: &Id, item: &Id, email: &str) -> Result<(), ActionError> {
    let email = address_of_stranger(email)?;
    let mut tx = act.db.write().await?;
    let item = open(&mut tx, page, item).await?;
    if let Some(subscriber) = confirmed(&mut tx, page, &email).await? {
        // Mails of two items are about two things, so that neither takes the place of the other.
        let about = About { subject_kind: "vote", subject_id: &item.id, update_id: None };
        let notice = Notice::Vote(ItemNotice {
            item_id: item.id.clone(),
            title: item.title.clone(),
            explanation: item.explanation.clone(),
            postmortem_id: item.postmortem_id.clone(),
            postmortem: item.postmortem.clone(),
        });
        mail_the_way(&mut tx, act, page, &subscriber, NotificationKind::ConfirmVote, about, notice).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// A subscriber votes, changes what they are told, or takes the vote back. What is so already changes nothing.
///
/// # Errors
/// [`ActionError::Missing`] of the subscriber or the item; [`ActionError::Conflict`] where there is nothing to vote for any more.
pub async fn choose(act: &Act<'_>, page: &Id, subscriber: &Id, item: &Id, choice: Choice) -> Result<Done, ActionError> {
    let mut tx = act.db.write().await?;
    let revision = pages::bump_revision(&mut tx, page, act.now).await?;
    let known = subscribers::get(&mut tx, page, subscriber).await?.filter(|known| known.state == SubscriberState::Active);
    let subscriber = &known.ok_or(ActionError::Missing("subscriber"))?.id;
    let (counts, changed) = match choice {
        Choice::Vote | Choice::Follow => {
            open(&mut tx, page, item).await?;
            let follows = choice == Choice::Follow;
            let cast = votes::cast(&mut tx, item, subscriber, follows, act.now).await?;
            let follows = follows && votes::set_follows(&mut tx, item, subscriber, true).await?;
            (cast, cast || follows)
        }
        Choice::Unfollow => {
            there(&mut tx, page, item).await?;
            (false, votes::set_follows(&mut tx, item, subscriber, false).await?)
        }
        Choice::Retract => {
            there(&mut tx, page, item).await?;
            let retracted = votes::retract(&mut tx, item, subscriber).await?;
            (retracted, retracted)
        }
    };
    let mut done = Done { id: item.clone(), revision: None };
    if !changed {
        return Ok(done);
    }
    if counts {
        votes::show(&mut tx, item, revision).await?;
        done.revision = Some(revision);
    }
    let verb = match choice {
        Choice::Vote => "vote.cast",
        Choice::Follow => "vote.follow",
        Choice::Unfollow => "vote.unfollow",
        Choice::Retract => "vote.retract",
    };
    act.audit(&mut tx, page, verb, Some(("action_item", item)), None).await?;
    tx.commit().await?;
    Ok(done)
}

async fn there(tx: &mut Tx, page: &Id, item: &Id) -> Result<PublicItem, ActionError> {
    votes::item(tx, page, item).await?.ok_or(ActionError::Missing("follow-up"))
}

/// The item, as long as there is something to vote for.
async fn open(tx: &mut Tx, page: &Id, item: &Id) -> Result<PublicItem, ActionError> {
    let item = there(tx, page, item).await?;
    match item.state {
        ActionState::Planned | ActionState::Underway => Ok(item),
        ActionState::Done | ActionState::Dropped => Err(ActionError::Conflict("This follow-up takes no votes any more.".to_owned())),
    }
}
