//! What came of checks: kept, judged, and where a verdict changes told to readers (the page) and staff (a draft), all in one
//! transaction. A check alone is no change of the record.

use std::collections::BTreeSet;

use app::words::{ComponentStatus, Id, Monitor, Verdict};
use chrono::{DateTime, TimeDelta, Utc};

use super::failures::{self, Plans};
use super::{Act, ActionError, classes, monitors as monitor_actions, recoveries};
use crate::domain::blocked;
use crate::domain::evidence::{Observation, Outcome, Reason, holds_for};
use crate::domain::monitor::{Event, Rules, State, judge};
use crate::domain::schedule;
use crate::probes::Probes;
use crate::store::checks::{self, Claimed};
use crate::store::{Db, StoreError, Tx, monitor_events, monitors, pages};

/// How long a check is one process's: longer than the longest wait for a turn and the longest check together.
pub const LEASE: TimeDelta = TimeDelta::seconds(60);

/// A check that was made.
#[derive(Clone, Debug)]
pub struct Finished {
    /// What was to be checked, and what was known before.
    pub claimed: Claimed,
    /// What was seen.
    pub seen: Observation,
}

/// What followed from a batch of checks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recorded {
    /// Verdicts that changed.
    pub events: Vec<(Id, Event)>,
    /// Whether staff are to be told: the outbox has something new.
    pub told: bool,
}

/// A check and what it means.
struct Judged<'a> {
    finished: &'a Finished,
    state: State,
    event: Option<Event>,
    next: DateTime<Utc>,
    /// What the failure means for the component from here on, where that changes.
    means: Option<Option<ComponentStatus>>,
}

impl Judged<'_> {
    fn monitor(&self) -> &Monitor {
        &self.finished.claimed.monitor
    }

    /// Whether it says something of the target: neither a fault of ours nor a target that keeps us out does.
    fn learned(&self) -> bool {
        match self.finished.seen.outcome {
            Outcome::Internal(_) => false,
            Outcome::Bad(Reason::Blocked) => self.state.is_down(),
            Outcome::Bad(_) | Outcome::Good => true,
        }
    }

    /// Start of a confirmed failure that goes on.
    fn down_since(&self) -> Option<DateTime<Utc>> {
        self.state.first_failed_at.filter(|_| self.state.verdict == Verdict::Down)
    }
}

/// Keeps the results of checks, and what follows from them. `jitter` gives random numbers from -1 to 1.
///
/// # Errors
/// [`StoreError`]; nothing is kept then, and the same can be recorded later.
pub async fn record(db: &Db, batch: &[Finished], now: DateTime<Utc>, mut jitter: impl FnMut() -> f64) -> Result<Recorded, StoreError> {
    let mut judged: Vec<Judged<'_>> = batch.iter().map(|finished| weigh(finished, now, jitter())).collect();
    let mut recorded = Recorded::default();
    let mut tx = db.write().await?;
    // Failures that staff are to be told of: of those inside planned work nothing follows, so that they are no change of the record.
    let (mut untold, mut plans) = (BTreeSet::new(), Plans::default());
    for check in &mut judged {
        check.means = classes::turned(&mut tx, check.monitor(), &check.state, check.event, check.finished.seen.outcome).await?;
        if let Some(since) = check.down_since()
            && failures::to_tell(&mut tx, &mut plans, &check.finished.claimed.page, check.monitor(), since, now).await?.is_some()
        {
            untold.insert(check.monitor().id.clone());
        }
    }
    let changes = |check: &Judged<'_>| check.event.is_some() || check.means.is_some() || untold.contains(&check.monitor().id);
    // Before any row is written, so that writers wait for each other in one order.
    let pages: BTreeSet<Id> = judged.iter().filter(|check| changes(check)).map(|check| check.finished.claimed.page.clone()).collect();
    for page in &pages {
        pages::bump_revision(&mut tx, page, now).await?;
    }
    let mut kept = Vec::new();
    for check in judged.drain(..) {
        if keep(&mut tx, &check, now).await? && changes(&check) {
            kept.push(check);
        }
    }
    for page in &pages {
        let of_page: Vec<&Judged<'_>> = kept.iter().filter(|check| check.finished.claimed.page == *page).collect();
        recorded.told |= turn(&mut tx, page, &of_page, &untold, &mut plans, now).await?;
    }
    tx.commit().await?;
    recorded.events = kept.iter().filter_map(|check| Some((check.monitor().id.clone(), check.event?))).collect();
    Ok(recorded)
}

fn weigh(finished: &Finished, now: DateTime<Utc>, jitter: f64) -> Judged<'_> {
    let Finished { claimed, seen } = finished;
    let monitor = &claimed.monitor;
    let rules = Rules {
        failure_threshold: monitor.failure_threshold,
        success_threshold: monitor.success_threshold,
        holds_for: holds_for(monitor.interval_seconds),
    };
    let (state, event) = match seen.outcome {
        Outcome::Bad(Reason::Blocked) => blocked::judge(claimed.state, monitor.interval_seconds, monitor.settings.blocked_is_down, seen.at),
        outcome => judge(claimed.state, rules, outcome, seen.at),
    };
    let next = schedule::next_check(&monitor.id, monitor.interval_seconds, state.verdict, seen.at, now, jitter);
    Judged { finished, state, event, next, means: None }
}

/// Keeps a result and what it means; false where the check was somebody else's to make by then.
async fn keep(tx: &mut Tx, check: &Judged<'_>, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let (Claimed { epoch, fresh_until, state, .. }, seen) = (&check.finished.claimed, &check.finished.seen);
    let monitor = check.monitor();
    checks::insert_result(tx, &monitor.id, seen).await?;
    let ours = checks::conclude(tx, &monitor.id, *epoch, &check.state, check.next).await?;
    if ours && state.verdict != check.state.verdict {
        let change = (state.verdict, check.state.verdict, check.state.began());
        monitor_events::insert(tx, &monitor.id, change, seen, now).await?;
    }
    let span = holds_for(monitor.interval_seconds);
    // Written only when it would lapse within half its time: a check alone costs no write of the component.
    let lapses = fresh_until.is_none_or(|until| until < seen.at + span / 2);
    if let Some(component) = monitor.component_id.as_ref().filter(|_| ours && lapses && check.learned()) {
        checks::refresh(tx, component, seen.at + span).await?;
    }
    Ok(ours)
}

/// Turns the page and writes drafts, after the verdicts of these monitors changed. Whether staff are to be told.
async fn turn(
    tx: &mut Tx,
    page: &Id,
    of: &[&Judged<'_>],
    untold: &BTreeSet<Id>,
    plans: &mut Plans,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let components: BTreeSet<Id> = of.iter().filter_map(|check| check.monitor().component_id.clone()).collect();
    let components: Vec<Id> = components.into_iter().collect();
    for check in of {
        if let Some(means) = check.means {
            monitors::set_status_down(tx, &check.monitor().id, means).await?;
        }
    }
    let board = monitor_actions::observe(tx, page, &components, now).await?;
    let mut told = false;
    for check in of {
        match check.event {
            Some(Event::Up(first_good_at)) => recoveries::note(tx, page, &check.monitor().id, Some(first_good_at), now).await?,
            Some(Event::Down(_)) => recoveries::note(tx, page, &check.monitor().id, None, now).await?,
            None => {}
        }
        if let Some(since) = check.down_since().filter(|_| untold.contains(&check.monitor().id)) {
            told |= failures::tell(tx, plans, page, check.monitor(), since, &board, now).await?;
        }
    }
    Ok(told)
}

/// Checks a monitor now, as any other check, and says what was seen.
///
/// # Errors
/// [`ActionError::Missing`]; [`ActionError::Conflict`] where it rests, or is being checked.
pub async fn check_now(act: &Act<'_>, probes: &Probes, page: &Id, id: &Id) -> Result<(Observation, Recorded), ActionError> {
    let owner = format!("now-{}", act.fresh_id());
    let mut tx = act.db.write().await?;
    let monitor = monitors::get(&mut tx, page, id).await?.ok_or(ActionError::Missing("monitor"))?;
    let claimed = checks::claim_one(&mut tx, id, &owner, act.now, act.now + LEASE).await?;
    tx.commit().await?;
    let Some(claimed) = claimed else {
        let sentence = if monitor.paused_at.is_some() {
            "This monitor is paused. Resume it to check it."
        } else {
            "This monitor is being checked right now. Look again in a few seconds."
        };
        return Err(ActionError::Conflict(sentence.to_owned()));
    };
    let seen = probes.check(&claimed.monitor, act.now).await;
    let batch = [Finished { claimed, seen: seen.clone() }];
    let recorded = record(act.db, &batch, act.now, || 0.0).await?;
    Ok((seen, recorded))
}
