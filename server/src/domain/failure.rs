//! What follows from confirmed failures: which of them are told together, when they are over, and what the clock does where nobody is
//! there (reliability N15, N17).

use app::words::{ComponentStatus, Id};
use chrono::{DateTime, TimeDelta, Utc};

/// What the monitors of an incident say together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// One of them at least is not up again.
    Failing,
    /// All of them are up again, the last one since then.
    Recovered(DateTime<Utc>),
    /// None of them is at work any more.
    Unknown,
}

/// What one monitor of an incident says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Says {
    /// Whether it still checks: neither paused nor deleted.
    pub at_work: bool,
    /// First good check of the run that ended its failure.
    pub recovered_at: Option<DateTime<Utc>>,
}

/// What they say together. Who is not at work any more says nothing.
#[must_use]
pub fn standing(monitors: impl IntoIterator<Item = Says>) -> Standing {
    monitors.into_iter().filter(|says| says.at_work).fold(Standing::Unknown, |so_far, says| match (so_far, says.recovered_at) {
        (Standing::Failing, _) | (_, None) => Standing::Failing,
        (Standing::Recovered(known), Some(at)) => Standing::Recovered(known.max(at)),
        (Standing::Unknown, Some(at)) => Standing::Recovered(at),
    })
}

/// An open incident that a monitor wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// The incident.
    pub id: Id,
    /// Whether it is a draft of which every word is a monitor's: no person has touched it and readers do not know of it.
    pub untouched_draft: bool,
    /// When the newest failure was noted in it.
    pub newest_at: DateTime<Utc>,
}

impl Open {
    fn is_near(&self, now: DateTime<Utc>, gap: TimeDelta) -> bool {
        now - self.newest_at < gap
    }
}

/// The draft that a failure confirmed at `now` joins: the one with the newest failure, where that is nearer than `gap`. What a person has
/// touched is theirs, and what readers know of is never changed behind the back of staff.
#[must_use]
pub fn joined(open: &[Open], now: DateTime<Utc>, gap: TimeDelta) -> Option<&Id> {
    open.iter().filter(|one| one.untouched_draft && one.is_near(now, gap)).max_by_key(|one| (one.newest_at, &one.id)).map(|one| &one.id)
}

/// The incidents beside which a failure confirmed at `now` is shown to staff: those it may not join although it is as near.
pub fn beside(open: &[Open], now: DateTime<Utc>, gap: TimeDelta) -> impl Iterator<Item = &Id> {
    open.iter().filter(move |one| !one.untouched_draft && one.is_near(now, gap)).map(|one| &one.id)
}

/// The components of a draft with one more; of one that is there already the worse status counts.
#[must_use]
pub fn grown(known: &[(Id, ComponentStatus)], more: Option<&(Id, ComponentStatus)>) -> Vec<(Id, ComponentStatus)> {
    let mut grown = known.to_vec();
    if let Some((id, status)) = more {
        match grown.iter_mut().find(|(there, _)| there == id) {
            Some((_, worst)) => *worst = (*worst).max(*status),
            None => grown.push((id.clone(), *status)),
        }
    }
    grown
}

/// When the clock publishes a draft that is written at `now`; never without the page's choice of minutes.
#[must_use]
pub fn publish_at(minutes: i64, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    TimeDelta::try_minutes(minutes).filter(|wait| *wait > TimeDelta::zero()).map(|wait| now + wait)
}

/// When it publishes a draft whose monitors fail again at `now` after all of them were up: not sooner than a new draft.
#[must_use]
pub fn publish_again_at(known: Option<DateTime<Utc>>, minutes: i64, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    known.map(|known| known.max(publish_at(minutes, now).unwrap_or(known)))
}

/// Whether the clock publishes a draft now. While its monitors are up again, or say nothing, there is nothing to publish.
#[must_use]
pub fn publishes(publish_at: Option<DateTime<Utc>>, standing: Standing, now: DateTime<Utc>) -> bool {
    publish_at.is_some_and(|at| at <= now) && standing == Standing::Failing
}

/// Since when all is well, where that has held for `gap`: what fails again sooner is the same failure.
#[must_use]
pub fn over_since(standing: Standing, now: DateTime<Utc>, gap: TimeDelta) -> Option<DateTime<Utc>> {
    match standing {
        Standing::Recovered(since) if since + gap <= now => Some(since),
        _ => None,
    }
}
