//! Asks, before a failure is believed, whether it is us (reliability N4).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use app::words::{Id, Verdict};
use chrono::{DateTime, TimeDelta, Utc};
use tokio::time::{MissedTickBehavior, interval};

use crate::channels::guard::anchors::answering;
use crate::clock::Clock;
use crate::domain::anchors::{is_lost, is_suspicious};
use crate::meters::Meters;
use crate::store::checks::Claimed;

/// How often they are asked in any case.
const EVERY: TimeDelta = TimeDelta::seconds(30);
/// And how often while they do not answer, so that checks go on soon after.
const SOON: TimeDelta = TimeDelta::seconds(5);
/// How often it is looked whether that time has come.
const BEAT: Duration = Duration::from_secs(1);

/// The anchors, and what is known of them.
pub(super) struct Anchors {
    anchors: Arc<[String]>,
    clock: Clock,
    meters: Arc<Meters>,
    known: Mutex<Known>,
    /// One asks at a time; who waits takes the answer of the one before.
    asking: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct Known {
    asked_at: Option<DateTime<Utc>>,
    /// Too few of them answered.
    silent: bool,
    /// Enough of them answered at least once since the start. Where they never did, they are rather blocked than gone.
    answered_once: bool,
    /// Monitors whose newest check failed, each with the time until which it counts.
    failing: HashMap<Id, DateTime<Utc>>,
}

impl Anchors {
    /// Anchors that were not asked yet; without any, every failure is believed.
    pub(super) fn new(anchors: &[String], clock: Clock, meters: Arc<Meters>) -> Self {
        Self { anchors: anchors.into(), clock, meters, known: Mutex::default(), asking: tokio::sync::Mutex::default() }
    }

    /// Asks again and again; ends with the task it runs in.
    pub(super) async fn run(&self) {
        if self.anchors.is_empty() {
            return std::future::pending().await;
        }
        let mut beats = interval(BEAT);
        beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            beats.tick().await;
            let wait = if self.known().silent { SOON } else { EVERY };
            self.ask(wait).await;
        }
    }

    /// A check of a monitor was good.
    pub(super) fn well(&self, monitor: &Id) {
        if !self.anchors.is_empty() {
            self.known().failing.remove(monitor);
        }
    }

    /// Whether a failed check of a monitor tells more of us than of its target, where so many `monitors` are at work.
    pub(super) async fn is_us(&self, claimed: &Claimed, monitors: usize) -> bool {
        if self.anchors.is_empty() {
            return false;
        }
        let (monitor, state) = (&claimed.monitor, &claimed.state);
        let confirms = match state.verdict {
            Verdict::Suspect => state.streak + 1 >= monitor.failure_threshold,
            Verdict::Down | Verdict::Recovering => false,
            Verdict::Up | Verdict::Degraded | Verdict::Unknown | Verdict::Maintenance => monitor.failure_threshold <= 1,
        };
        let failing = {
            let (now, mut known) = (self.clock.now(), self.known());
            known.failing.retain(|_, until| *until > now);
            // The next check is due within an interval and a half, and this one counts until that is over.
            let interval = TimeDelta::seconds(monitor.interval_seconds);
            known.failing.insert(monitor.id.clone(), now + interval * 2 + EVERY);
            known.failing.len()
        };
        if confirms || self.known().silent {
            self.ask(SOON).await;
        }
        let known = self.known();
        known.silent && (known.answered_once || is_suspicious(failing, monitors))
    }

    /// Asks them, unless somebody did within that time.
    async fn ask(&self, within: TimeDelta) {
        let _turn = self.asking.lock().await;
        // A clock that was set in either direction is a reason to ask.
        if self.known().asked_at.is_some_and(|at| (self.clock.now() - at).abs() < within) {
            return;
        }
        let answered = answering(&self.anchors).await;
        let silent = is_lost(answered, self.anchors.len());
        let mut known = self.known();
        known.asked_at = Some(self.clock.now());
        known.answered_once |= !silent;
        let before = std::mem::replace(&mut known.silent, silent);
        drop(known);
        self.meters.network(silent);
        if before != silent {
            let asked = self.anchors.len();
            if silent {
                tracing::warn!(answered, asked, "our own network seems to be gone: until it is back no failure is believed");
            } else {
                tracing::info!(answered, asked, "our own network is back");
            }
        }
    }

    fn known(&self) -> std::sync::MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
