//! The outbox at work, for the courier: deliveries are made, claimed, looked at and settled, each in a short transaction of its own.
//! None is open while a mail is on its way.

use app::words::{Id, Impact, LookSettings, SubscribedKind};
use chrono::{DateTime, TimeDelta, Utc};

use super::notify::{BULK, PERSONAL};
use super::{Act, Actor, other_words};
use crate::domain::courier::Verdict;
use crate::domain::notice::Notice;
use crate::store::audience::Audience;
use crate::store::deliveries::{self, Backlog, Claimed, Now, Span};
use crate::store::notifications::{self, Notification};
use crate::store::pages::{self, PageRecord};
use crate::store::{Db, StoreError, look, subscribers};

/// Subscribers looked at in one transaction.
const CHUNK: i64 = 1_000;
/// A claim ends by itself after this: its courier is gone then.
pub const LEASE: TimeDelta = TimeDelta::seconds(60);

/// Makes the deliveries of the notification that is due longest, for the next thousand subscribers; whether there was one.
///
/// # Errors
/// [`StoreError`]
pub async fn expand(db: &Db, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let mut tx = db.write().await?;
    let Some(notification) = notifications::to_expand(&mut tx, now).await? else { return Ok(false) };
    if notification.fanout_cursor.is_none() {
        let words = other_words::of(&mut tx, &notification.page_id, &notification.notice).await?;
        notifications::set_other_words(&mut tx, &notification.id, &words).await?;
    }
    let cursor = match audience(&notification, now) {
        Some(audience) => notifications::fan_out(&mut tx, &notification, &audience, BULK, CHUNK, now).await?,
        None => None,
    };
    let expanded_at = cursor.is_none().then_some(now);
    notifications::set_progress(&mut tx, &notification.id, cursor.as_ref(), expanded_at).await?;
    tx.commit().await?;
    Ok(true)
}

/// Whom a notification is for; `None` where its deliveries were made with it, or where what it announces is over.
fn audience(notification: &Notification, now: DateTime<Utc>) -> Option<Audience<'_>> {
    let (about, over) = (notification.notice.about(), notification.notice.is_over());
    match &notification.notice {
        Notice::Incident(notice) => Some(Audience {
            kind: SubscribedKind::Incidents,
            impact: notice.impact,
            components: notice.components.iter().map(|component| &component.id).collect(),
            about,
            over,
        }),
        Notice::Maintenance(notice) => Some(Audience {
            kind: SubscribedKind::Maintenances,
            impact: Impact::Maintenance,
            components: notice.components.iter().map(|component| &component.id).collect(),
            about,
            over,
        }),
        Notice::Postmortem(notice) => Some(Audience {
            kind: SubscribedKind::Postmortems,
            impact: notice.impact,
            components: notice.components.iter().collect(),
            about,
            over,
        }),
        Notice::Announcement(notice) if notice.expires_at.is_some_and(|end| end <= now) => None,
        Notice::Announcement(_) => {
            Some(Audience { kind: SubscribedKind::Announcements, impact: Impact::None, components: Vec::new(), about, over })
        }
        Notice::Confirm
        | Notice::Known(_)
        | Notice::Link
        | Notice::Leave(_)
        | Notice::Draft(_)
        | Notice::ItemDone(_)
        | Notice::Vote(_)
        | Notice::Task(_) => None,
    }
}

/// Claims at most `room` deliveries. What goes to single people comes first; what goes to many takes turns, so that a long list does not
/// keep the next one waiting (reliability Q10).
///
/// # Errors
/// [`StoreError`]
pub async fn claim(db: &Db, owner: &str, now: DateTime<Utc>, room: usize) -> Result<Vec<Claimed>, StoreError> {
    let mut tx = db.read().await?;
    let waiting = deliveries::waiting(&mut tx, now).await?;
    drop(tx);
    if waiting.is_empty() {
        return Ok(Vec::new());
    }
    let mut tx = db.write().await?;
    let mut claimed = Vec::new();
    let mut lists = waiting.iter().filter(|(_, priority)| *priority > PERSONAL).count();
    for (notification, priority) in &waiting {
        let left = room - claimed.len();
        let share = if *priority > PERSONAL { left.div_ceil(lists.max(1)) } else { left };
        lists -= usize::from(*priority > PERSONAL);
        if share > 0 {
            let limit = i64::try_from(share).unwrap_or(i64::MAX);
            claimed.extend(deliveries::claim(&mut tx, notification, owner, now, now + LEASE, limit).await?);
        }
    }
    tx.commit().await?;
    Ok(claimed)
}

/// What a mail is made of, beside its recipient.
#[derive(Clone, Debug)]
pub struct Telling {
    /// The page it speaks for.
    pub page: PageRecord,
    /// What is told.
    pub notification: Notification,
    /// Whether the message before this one was the first of the thread.
    pub follows_root: bool,
    /// In which languages the page is offered.
    pub look: LookSettings,
}

/// What a notification's mails are made of; `None` where it is gone.
///
/// # Errors
/// [`StoreError`]
pub async fn telling(db: &Db, id: &Id) -> Result<Option<Telling>, StoreError> {
    let mut tx = db.read().await?;
    let Some(notification) = notifications::get(&mut tx, id).await? else { return Ok(None) };
    let Some(page) = pages::default_page(&mut tx).await? else { return Ok(None) };
    let previous = notification.notice.thread().and_then(|(_, _, previous)| previous.cloned());
    let previous = match previous {
        Some(previous) => notifications::get(&mut tx, &previous).await?,
        None => None,
    };
    let follows_root = previous.is_some_and(|previous| previous.notice.thread().is_some_and(|(_, _, before)| before.is_none()));
    let look = match look::settings(&mut tx, &page.id).await {
        // What cannot be read of the look does not keep anybody from being told.
        Err(StoreError::Corrupt(_)) => LookSettings::default(),
        chosen => chosen?,
    };
    Ok(Some(Telling { page, notification, follows_root, look }))
}

/// What the record says of a claimed delivery of a notice at this moment; `None` where the claim is lost.
///
/// # Errors
/// [`StoreError`]
pub async fn look(db: &Db, claimed: &Claimed, notice: &Notice, now: DateTime<Utc>) -> Result<Option<Now>, StoreError> {
    let mut tx = db.read().await?;
    deliveries::look(&mut tx, claimed, notice, now).await
}

/// What became of one delivery.
#[derive(Clone, Debug)]
pub struct Mark {
    /// The claim.
    pub claimed: Claimed,
    /// The page.
    pub page: Id,
    /// When it was tried.
    pub span: Span,
    /// What became of it.
    pub verdict: Verdict,
}

/// Writes down what became of these deliveries, all at once.
///
/// # Errors
/// [`StoreError`]; then nothing was written.
pub async fn settle(db: &Db, marks: &[Mark]) -> Result<(), StoreError> {
    let mut tx = db.write().await?;
    for mark in marks {
        let ours = deliveries::settle(&mut tx, &mark.claimed, &mark.span, &mark.verdict).await?;
        let Some(reason) = mark.verdict.quarantine.filter(|_| ours) else { continue };
        if subscribers::quarantine(&mut tx, &mark.claimed.recipient, reason, mark.span.finished).await? {
            let act = Act { db, actor: &Actor::system(), now: mark.span.finished, undo: TimeDelta::zero() };
            let subscriber = Some(("subscriber", &mark.claimed.recipient));
            act.audit(&mut tx, &mark.page, "subscriber.quarantine", subscriber, Some(reason.to_owned())).await?;
        }
    }
    tx.commit().await
}

/// Lengthens every lease of `owner`.
///
/// # Errors
/// [`StoreError`]
pub async fn renew(db: &Db, owner: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
    let mut tx = db.write().await?;
    deliveries::renew(&mut tx, owner, now + LEASE).await?;
    tx.commit().await
}

/// Takes back what a courier that is gone had claimed. A SQLite file has one courier at a time, so that on its start every claim is one
/// of a courier that is gone (`alone`); on PostgreSQL a lease has to end first.
///
/// # Errors
/// [`StoreError`]
pub async fn reclaim(db: &Db, now: DateTime<Utc>, alone: bool) -> Result<(), StoreError> {
    let mut tx = db.write().await?;
    let reclaimed = deliveries::reclaim(&mut tx, if alone { DateTime::<Utc>::MAX_UTC } else { now }).await?;
    tx.commit().await?;
    if reclaimed > 0 {
        tracing::warn!(deliveries = reclaimed, "a courier ended without settling what it had claimed; these may arrive twice");
    }
    Ok(())
}

/// What waits to be sent, with notifications whose deliveries are still to be made.
///
/// # Errors
/// [`StoreError`]
pub async fn backlog(db: &Db) -> Result<Backlog, StoreError> {
    let mut tx = db.read().await?;
    let backlog = deliveries::backlog(&mut tx).await?;
    let unexpanded = notifications::oldest_unexpanded(&mut tx).await?;
    Ok(Backlog { oldest: backlog.oldest.into_iter().chain(unexpanded).min(), ..backlog })
}
