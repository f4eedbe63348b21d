//! The outbox at work, for the courier: deliveries are made, claimed, looked at and settled, each in a short transaction of its own.
//! None is open while a mail is on its way.

use std::collections::{BTreeMap, HashMap};

use app::words::{BounceKind, DeliveryState, Id, Impact, LookSettings, SubscribedKind};
use chrono::{DateTime, TimeDelta, Utc};

use super::subscribers::quarantine;
use super::{Act, Actor, other_words};
use crate::domain::bounce;
use crate::domain::courier::Verdict;
use crate::domain::lane;
use crate::domain::notice::Notice;
use crate::domain::relay::Class;
use crate::store::audience::{self, Audience};
use crate::store::bounces::{self, Bounce};
use crate::store::deliveries::{self, Backlog, Claimed, Now, Span};
use crate::store::notifications::{self, Notification};
use crate::store::pages::{self, PageRecord};
use crate::store::settlements::{self, Settlement};
use crate::store::{Db, StoreError, Tx, incidents, look, statistics};

/// Subscribers looked at in one transaction.
const CHUNK: i64 = 1_000;
/// A claim ends by itself after this: its courier is gone then.
pub const LEASE: TimeDelta = TimeDelta::seconds(60);

/// Makes the deliveries of the notification that is due longest, for the next thousand subscribers; whether there was one.
///
/// # Errors
/// [`StoreError`]
pub async fn expand(db: &Db, now: DateTime<Utc>) -> Result<bool, StoreError> {
    // Looking needs no turn at writing; the courier asks between any two claims.
    let due = notifications::oldest_unexpanded(&mut db.glance().await?).await?;
    if due.is_none_or(|due| due > now) {
        return Ok(false);
    }
    let mut tx = db.write().await?;
    let Some(notification) = notifications::to_expand(&mut tx, now).await? else { return Ok(false) };
    let first = notification.fanout_cursor.is_none();
    if first {
        let words = other_words::of(&mut tx, &notification.page_id, &notification.notice).await?;
        notifications::set_other_words(&mut tx, &notification.id, &words).await?;
    }
    let cursor = match audience_of(&notification, now) {
        Some(of) => {
            if first {
                let untold = audience::untold(&mut tx, &notification.page_id, &of, notification.created_at).await?;
                notifications::note_untold(&mut tx, &notification.id, untold).await?;
            }
            notifications::fan_out(&mut tx, &notification, &of, lane::of_many(notification.kind), CHUNK, now).await?
        }
        None => None,
    };
    let expanded_at = cursor.is_none().then_some(now);
    notifications::set_progress(&mut tx, &notification.id, cursor.as_ref(), expanded_at).await?;
    // More than one chunk may have made a large table of a small one.
    if expanded_at.is_some() && !first {
        statistics::of_deliveries(&mut tx).await?;
    }
    tx.commit().await?;
    Ok(true)
}

/// Whom a notification is for; `None` where its deliveries were made with it, or where what it announces is over.
fn audience_of(notification: &Notification, now: DateTime<Utc>) -> Option<Audience<'_>> {
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

/// Claims at most `room` deliveries that are due at `now`, for a lease that begins at `leased`, the same instant by the clock of leases.
/// What goes to single people comes first, then what breaks now, then the rest; lists of a kind take turns, so that a long one does not
/// keep the next one waiting (reliability Q10).
///
/// # Errors
/// [`StoreError`]
pub async fn claim(db: &Db, owner: &str, now: DateTime<Utc>, leased: DateTime<Utc>, room: usize) -> Result<Vec<Claimed>, StoreError> {
    let mut tx = db.glance().await?;
    let waiting = deliveries::waiting(&mut tx, now).await?;
    drop(tx);
    if waiting.is_empty() {
        return Ok(Vec::new());
    }
    let mut tx = db.write().await?;
    let mut claimed = Vec::new();
    for (index, (notification, lane)) in waiting.iter().enumerate() {
        let left = room.saturating_sub(claimed.len());
        if left == 0 {
            break;
        }
        let alike = waiting.iter().skip(index).take_while(|(_, other)| other == lane).count();
        let limit = i64::try_from(lane::share(*lane, alike, left)).unwrap_or(i64::MAX);
        claimed.extend(deliveries::claim(&mut tx, notification, owner, now, leased + LEASE, limit).await?);
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
    let look = look::settings_or_usual(&mut tx, &page.id).await?;
    Ok(Some(Telling { page, notification, follows_root, look }))
}

/// What the record says at this moment of claimed deliveries of one notification, each with its claim; those whose claim is lost are left out.
///
/// # Errors
/// [`StoreError`]
pub async fn looks(db: &Db, claimed: &[Claimed], notice: &Notice, now: DateTime<Utc>) -> Result<Vec<(Claimed, Now)>, StoreError> {
    let Some(first) = claimed.first() else { return Ok(Vec::new()) };
    let recipients: Vec<&Id> = claimed.iter().map(|claimed| &claimed.recipient).collect();
    let mut tx = db.glance().await?;
    let known = deliveries::looks(&mut tx, &first.notification, &recipients, notice, now).await?;
    let mut known: HashMap<Id, (i64, Now)> = known.into_iter().map(|(recipient, epoch, now)| (recipient, (epoch, now))).collect();
    let record = |claimed: &Claimed| {
        let (_, now) = known.remove(&claimed.recipient).filter(|(epoch, _)| *epoch == claimed.epoch)?;
        Some((claimed.clone(), now))
    };
    Ok(claimed.iter().filter_map(record).collect())
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
    let of: Vec<Settlement<'_>> =
        marks.iter().map(|mark| Settlement { claimed: &mark.claimed, span: &mark.span, verdict: &mark.verdict }).collect();
    let settled = settlements::settle(&mut tx, &of).await?;
    // In the order of their ids, so that two processes never wait for each other.
    let mut sent: BTreeMap<&Id, (DateTime<Utc>, DateTime<Utc>)> = BTreeMap::new();
    for mark in marks {
        let ours = settled.contains(&(mark.claimed.notification.clone(), mark.claimed.recipient.clone()));
        if ours && mark.verdict.state == DeliveryState::Sent {
            let at = mark.span.finished;
            let (first, last) = sent.entry(&mark.claimed.notification).or_insert((at, at));
            (*first, *last) = ((*first).min(at), (*last).max(at));
        }
        let Some(reason) = mark.verdict.quarantine.filter(|_| ours) else { continue };
        let reply = mark.verdict.attempt.as_ref().and_then(|attempt| attempt.reply.as_deref());
        if reason == Class::Soft.as_str() && !is_worn_out(&mut tx, mark, reply).await? {
            continue;
        }
        let act = Act { db, actor: &Actor::system(), now: mark.span.finished, undo: TimeDelta::zero() };
        quarantine(&mut tx, &act, &mark.page, &mark.claimed.recipient, reason, reply).await?;
    }
    for (notification, (first, last)) in sent {
        notifications::note_sent(&mut tx, notification, first, last).await?;
    }
    tx.commit().await
}

/// Whether it is enough that a full mailbox took none of the tries: it counts as a mail that came back, of which there must be several
/// (reliability E8).
async fn is_worn_out(tx: &mut Tx, mark: &Mark, reply: Option<&str>) -> Result<bool, StoreError> {
    let Mark { claimed: Claimed { notification, recipient, .. }, page, span, .. } = mark;
    let report = reply.unwrap_or_default().to_owned();
    let noted =
        Bounce { notification: notification.clone(), recipient: recipient.clone(), kind: BounceKind::Soft, report, at: span.finished };
    bounces::insert(tx, page, &noted).await?;
    Ok(bounce::worn_out(&bounces::soft(tx, recipient).await?))
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

/// How long it took until everybody knew of the incident that was told of last; `None` where none was.
///
/// # Errors
/// [`StoreError`]
pub async fn newest_clock(db: &Db) -> Result<Option<incidents::Clock>, StoreError> {
    let mut tx = db.read().await?;
    let Some(page) = pages::default_page(&mut tx).await? else { return Ok(None) };
    incidents::newest_clock(&mut tx, &page.id).await
}

/// What waits to be sent, with notifications whose deliveries are still to be made.
///
/// # Errors
/// [`StoreError`]
pub async fn backlog(db: &Db) -> Result<Backlog, StoreError> {
    deliveries::backlog(&mut db.read().await?).await
}
