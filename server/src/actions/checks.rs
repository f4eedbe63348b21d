//! What came of checks: kept, judged, and where a verdict changes told to readers (the page) and staff (a draft), all in one
//! transaction. A check alone is no change of the record.

use std::collections::{BTreeMap, BTreeSet};

use app::words::{ComponentStatus, Id, Monitor, MonitorKind, Verdict};
use chrono::{DateTime, TimeDelta, Utc};

use super::failures::{self, Plans};
use super::heartbeats::next_look;
use super::{Act, ActionError, certificates, classes, monitors as monitor_actions, recoveries};
use crate::domain::blocked;
use crate::domain::evidence::{Observation, Outcome, Reason};
use crate::domain::flapping::may_tell;
use crate::domain::heartbeat::holds_for;
use crate::domain::monitor::{Event, Rules, State, judge};
use crate::domain::schedule;
use crate::probes::Probes;
use crate::store::check_batches::{self, Conclusion};
use crate::store::checks::{self, Claimed};
use crate::store::{Db, StoreError, Tx, advice, monitor_events, monitor_failures, monitors, pages};

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
    /// When the first of these monitors checks again.
    pub next: Option<DateTime<Utc>>,
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
            Outcome::Bad(_) | Outcome::Good | Outcome::Slow => true,
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
pub async fn record(db: &Db, batch: &[Finished], now: DateTime<Utc>, jitter: impl FnMut() -> f64) -> Result<Recorded, StoreError> {
    let mut tx = db.write().await?;
    let (recorded, _) = record_in(&mut tx, batch, now, jitter).await?;
    tx.commit().await?;
    Ok(recorded)
}

/// The same in a transaction of the caller's; and whether all of them were still ours to make.
pub(super) async fn record_in(
    tx: &mut Tx,
    batch: &[Finished],
    now: DateTime<Utc>,
    mut jitter: impl FnMut() -> f64,
) -> Result<(Recorded, bool), StoreError> {
    let mut judged: Vec<Judged<'_>> = batch.iter().map(|finished| weigh(finished, now, jitter())).collect();
    let mut recorded = Recorded::default();
    // Failures that staff are to be told of: of those inside planned work nothing follows, so that they are no change of the record.
    let (mut untold, mut plans) = (BTreeSet::new(), Plans::default());
    for check in &mut judged {
        check.means = classes::turned(tx, check.monitor(), &check.state, check.event, check.finished.seen.outcome).await?;
        if let Some(since) = check.down_since()
            // One that turns time and again has its draft: another one for each turn would say nothing more (reliability N15).
            && (!check.state.turns.is_unstable(now) || may_tell(&check.state.turns, monitor_failures::told_at(tx, &check.monitor().id).await?, now))
            && failures::to_tell(tx, &mut plans, &check.finished.claimed.page, check.monitor(), since, now).await?.is_some()
        {
            untold.insert(check.monitor().id.clone());
        }
    }
    let changes = |check: &Judged<'_>| check.event.is_some() || check.means.is_some() || untold.contains(&check.monitor().id);
    // Before any row is written, so that writers wait for each other in one order.
    let pages: BTreeSet<Id> = judged.iter().filter(|check| changes(check)).map(|check| check.finished.claimed.page.clone()).collect();
    for page in &pages {
        pages::bump_revision(tx, page, now).await?;
    }
    let ours = keep(tx, &judged, now).await?;
    for Finished { claimed, seen } in judged.iter().map(|check| check.finished).filter(|check| ours.contains(&check.claimed.monitor.id)) {
        recorded.told |=
            certificates::keep(tx, &claimed.page, &claimed.monitor, (claimed.certificate.as_deref(), seen.certificate.as_ref()), now)
                .await?;
        if let Some(seen) = &seen.advice {
            advice::set(tx, &claimed.monitor.id, seen, now).await?;
        }
    }
    recorded.next = judged.iter().filter(|check| ours.contains(&check.monitor().id)).map(|check| check.next).min();
    let all_ours = judged.iter().all(|check| ours.contains(&check.monitor().id));
    let kept: Vec<Judged<'_>> = judged.into_iter().filter(|check| ours.contains(&check.monitor().id) && changes(check)).collect();
    for page in &pages {
        let of_page: Vec<&Judged<'_>> = kept.iter().filter(|check| check.finished.claimed.page == *page).collect();
        recorded.told |= turn(tx, page, &of_page, &untold, &mut plans, now).await?;
    }
    recorded.events = kept.iter().filter_map(|check| Some((check.monitor().id.clone(), check.event?))).collect();
    Ok((recorded, all_ours))
}

fn weigh(finished: &Finished, now: DateTime<Utc>, jitter: f64) -> Judged<'_> {
    let Finished { claimed, seen } = finished;
    let monitor = &claimed.monitor;
    let rules =
        Rules { failure_threshold: monitor.failure_threshold, success_threshold: monitor.success_threshold, holds_for: holds_for(monitor) };
    let (state, event) = match seen.outcome {
        Outcome::Bad(Reason::Blocked) => blocked::judge(claimed.state, monitor.interval_seconds, monitor.settings.blocked_is_down, seen.at),
        outcome => judge(claimed.state, rules, outcome, seen.at),
    };
    let next = match monitor.kind {
        MonitorKind::Heartbeat => next_look(monitor, seen.outcome, seen.at),
        _ => schedule::next_check(&monitor.id, monitor.interval_seconds, state.verdict, seen.at, now, jitter),
    };
    Judged { finished, state, event, next, means: None }
}

/// Keeps results and what they mean; of which monitors. A check that was somebody else's to make by then changes nothing else.
async fn keep(tx: &mut Tx, judged: &[Judged<'_>], now: DateTime<Utc>) -> Result<BTreeSet<Id>, StoreError> {
    let concluded: Vec<Conclusion<'_>> = judged
        .iter()
        .map(|check| Conclusion {
            monitor: &check.monitor().id,
            epoch: check.finished.claimed.epoch,
            state: &check.state,
            next_check_at: check.next,
        })
        .collect();
    let ours = check_batches::conclude(tx, &concluded).await?;
    // What was seen is kept all the same; but that a beat was missing was only thought where it came meanwhile.
    let is_kept = |check: &&Judged<'_>| ours.contains(&check.monitor().id) || check.monitor().kind != MonitorKind::Heartbeat;
    let results: Vec<_> = judged.iter().filter(is_kept).map(|check| (&check.monitor().id, &check.finished.seen)).collect();
    check_batches::insert_results(tx, &results).await?;
    let mut fresh: BTreeMap<&Id, DateTime<Utc>> = BTreeMap::new();
    for check in judged.iter().filter(|check| ours.contains(&check.monitor().id)) {
        let (Claimed { state, fresh_until, .. }, seen) = (&check.finished.claimed, &check.finished.seen);
        let monitor = check.monitor();
        if state.verdict != check.state.verdict {
            let change = (state.verdict, check.state.verdict, check.state.began());
            monitor_events::insert(tx, &monitor.id, change, seen, now).await?;
        }
        let span = holds_for(monitor);
        // Written only when it would lapse within half its time: a check alone costs no write of the component.
        let lapses = fresh_until.is_none_or(|until| until < seen.at + span / 2);
        if let Some(component) = monitor.component_id.as_ref().filter(|_| lapses && check.learned()) {
            let until = fresh.entry(component).or_insert(seen.at + span);
            *until = (*until).max(seen.at + span);
        }
    }
    check_batches::refresh(tx, &fresh).await?;
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
            Some(Event::Degraded(_)) | None => {}
        }
        if check.means.is_some() && !matches!(check.event, Some(Event::Down(_))) {
            failures::worsen(tx, page, check.monitor(), &board, now).await?;
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
/// [`ActionError::Missing`]; [`ActionError::Conflict`] where it rests, is being checked, or waits for a job to speak.
pub async fn check_now(act: &Act<'_>, probes: &Probes, page: &Id, id: &Id) -> Result<(Observation, Recorded), ActionError> {
    let owner = format!("now-{}", act.fresh_id());
    let mut tx = act.db.write().await?;
    let monitor = monitors::get(&mut tx, page, id).await?.ok_or(ActionError::Missing("monitor"))?;
    if monitor.kind == MonitorKind::Heartbeat {
        return Err(ActionError::Conflict("This monitor asks nobody: it waits for the job to call its push address.".to_owned()));
    }
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
