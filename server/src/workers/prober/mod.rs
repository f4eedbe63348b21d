//! The prober: makes the checks that are due. It asks the database what is due, probes without a transaction, and records in batches.
//!
//! Nothing here is ever a reason to call a target down: a full queue, a standstill or a panic of ours is "nothing learned"
//! (reliability N5, N6), and results that cannot be written wait.

mod anchors;
mod beat;
mod hosts;
mod lane;
mod writer;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use app::words::{Id, MonitorKind};
use chrono::{DateTime, TimeDelta, Utc};
use tokio::runtime::Handle;
use tokio::sync::{Semaphore, mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::Instant;

use self::anchors::Anchors;
use self::beat::Beat;
use self::hosts::Hosts;
use self::lane::Lane;
use crate::actions::checks::{Finished, LEASE, record};
use crate::actions::heartbeats;
use crate::channels::guard::Target;
use crate::clock::Clock;
use crate::domain::evidence::{Internal, Observation, Outcome};
use crate::domain::schedule;
use crate::meters::Meters;
use crate::probes::{Probes, nothing_learned};
use crate::signals::Signals;
use crate::store::checks::Claimed;
use crate::store::{Db, StoreError, checks, monitors};

/// Checks at once in this process (reliability N8).
const AT_ONCE: usize = 256;
/// Checks taken from the database at most, those included that wait for their turn.
const TAKEN: usize = 1_024;
/// Longest wait for a turn; half of a claim's time.
const TURN: Duration = Duration::from_secs(30);
/// The database is asked at least this often; signals and known times only shorten the wait.
const POLL: Duration = Duration::from_secs(1);
/// And at most this often, so that checks that are due together are taken together.
const GATHER: Duration = Duration::from_millis(200);
/// What is due so soon is taken with what is due now, and waits here: to take each when it is due would cost more than to check it.
const AHEAD: TimeDelta = TimeDelta::seconds(1);
/// Checks that are due within such a part of it begin together, with the latest of them.
const SLOT_MS: u64 = 100;
/// How often the monitors are counted.
const COUNT: Duration = Duration::from_secs(30);
/// What has been due for longer at a start was left behind, and is spread anew.
const LEFT_BEHIND: TimeDelta = TimeDelta::seconds(5);

/// Makes the checks of one process.
pub struct Prober {
    db: Db,
    clock: Clock,
    probes: Probes,
    signals: Signals,
    meters: Arc<Meters>,
    /// Tells this process from others that check.
    owner: String,
    hosts: Hosts,
    slots: Semaphore,
    beat: Beat,
    anchors: Anchors,
    /// Monitors at work, as they were counted last.
    monitors: AtomicUsize,
}

impl Prober {
    /// A prober that has nothing to do yet.
    #[must_use]
    pub fn new(db: Db, clock: Clock, probes: Probes, signals: Signals, meters: Arc<Meters>, anchors: &[String]) -> Self {
        let owner = format!("prober-{}", Id::from_bytes(rand::random()));
        let (beat, anchors) = (Beat::new(clock.clone()), Anchors::new(anchors, clock.clone(), meters.clone()));
        Self {
            db,
            clock,
            probes,
            signals,
            meters,
            owner,
            hosts: Hosts::default(),
            slots: Semaphore::new(AT_ONCE),
            beat,
            anchors,
            monitors: AtomicUsize::new(0),
        }
    }

    /// Makes every check that is due now, to the end; how many it were.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn round(self: &Arc<Self>) -> Result<usize, StoreError> {
        let mut made = 0;
        self.count().await?;
        loop {
            let claimed = self.claim(TAKEN, self.clock.now()).await?;
            self.meters.looped(self.clock.now());
            if claimed.is_empty() {
                return Ok(made);
            }
            let (pushed, asked) = apart(claimed);
            made += pushed.len();
            self.look(pushed).await?;
            let mut running = JoinSet::new();
            for claimed in asked {
                let prober = self.clone();
                running.spawn(async move { prober.make(claimed).await });
            }
            let batch = running.join_all().await;
            made += batch.len();
            if !batch.is_empty() {
                self.write(&batch).await?;
            }
        }
    }

    /// Checks until `stop` says so; what runs then is given back.
    pub async fn run(self: Arc<Self>, stop: watch::Receiver<bool>) {
        let (done, finished) = mpsc::channel(TAKEN);
        let lane = Lane::open().inspect_err(|error| tracing::warn!(%error, "probes have no thread of their own; they run beside all else"));
        let lane = lane.ok();
        let probes = lane.as_ref().map_or_else(Handle::current, |lane| lane.handle().clone());
        let mut beating = JoinSet::new();
        // Where the probes run: it is they who must not stand still.
        let prober = self.clone();
        beating.spawn_on(async move { prober.beat.run().await }, &probes);
        let prober = self.clone();
        beating.spawn_on(async move { prober.anchors.run().await }, &probes);
        tokio::join!(self.take(stop.clone(), done, &probes), writer::run(&self, finished));
        beating.shutdown().await;
        if let Some(lane) = lane {
            lane.close().await;
        }
    }

    /// Takes what is due and lets it run, until told to stop.
    async fn take(self: &Arc<Self>, stop: watch::Receiver<bool>, done: mpsc::Sender<Finished>, probes: &Handle) {
        let mut running = JoinSet::new();
        let mut away = false;
        let (mut standstills, mut counted) = (None, None);
        loop {
            while running.try_join_next().is_some() {}
            if standstills != Some(self.beat.standstills()) {
                // A start or a standstill: what was missed is not made up for in one burst.
                standstills = self.spread().await.is_ok().then(|| self.beat.standstills());
            }
            if counted.is_none_or(|at: Instant| at.elapsed() >= COUNT) && self.count().await.is_ok() {
                counted = Some(Instant::now());
            }
            let wait = match self.begin(&mut running, &done, probes).await {
                Ok(wait) => {
                    away = false;
                    wait
                }
                Err(error) => {
                    if !std::mem::replace(&mut away, true) {
                        tracing::warn!(%error, "the checks that are due cannot be read; they go on when the database answers");
                    }
                    POLL
                }
            };
            let hurried = async {
                tokio::time::sleep(GATHER).await;
                self.signals.monitors.notified().await;
            };
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = hurried => {}
                () = told(stop.clone()) => break,
            }
        }
        running.shutdown().await;
        if let Err(error) = self.release().await {
            tracing::warn!(%error, "checks that were begun could not be given back; they are taken up again within a minute");
        }
    }

    /// Begins what is due, as far as there is room; how long to wait then.
    async fn begin(
        self: &Arc<Self>,
        running: &mut JoinSet<()>,
        done: &mpsc::Sender<Finished>,
        probes: &Handle,
    ) -> Result<Duration, StoreError> {
        if self.beat.is_late() {
            // Nothing is judged before the standstill is noticed: beats of jobs may still wait to be read.
            return Ok(GATHER);
        }
        let due = checks::next_due(&mut self.db.glance().await?, self.clock.now()).await?;
        self.meters.waits(due);
        self.meters.looped(self.clock.now());
        let room = TAKEN.saturating_sub(running.len());
        let Some(due) = due else { return Ok(POLL) };
        let begun = self.clock.now();
        let ahead = due - begun;
        if ahead > AHEAD || room == 0 {
            return Ok((ahead - AHEAD).to_std().unwrap_or(GATHER).clamp(GATHER, POLL));
        }
        let claimed = self.claim(room, begun + AHEAD).await?;
        let wait = if claimed.len() < room { POLL } else { GATHER };
        let (pushed, asked) = apart(claimed);
        if let Some(latest) = pushed.iter().map(|claimed| claimed.due_at).max() {
            let (prober, wait) = (self.clone(), slot(latest - begun));
            running.spawn(async move {
                tokio::time::sleep(wait).await;
                if let Err(error) = prober.look(pushed).await {
                    tracing::warn!(%error, "it could not be looked whether beats are missing; that is made up for within a minute");
                }
            });
        }
        for claimed in asked {
            let (prober, done, wait) = (self.clone(), done.clone(), slot(claimed.due_at - begun));
            let check = async move {
                tokio::time::sleep(wait).await;
                // The writer lives as long as there is anybody who sends.
                drop(done.send(prober.make(claimed).await).await);
            };
            running.spawn_on(check, probes);
        }
        Ok(wait)
    }

    /// Counts the monitors at work.
    async fn count(&self) -> Result<(), StoreError> {
        let verdicts = checks::verdicts(&mut self.db.read().await?).await?;
        let count: i64 = verdicts.iter().map(|(_, count)| *count).sum();
        self.monitors.store(usize::try_from(count).unwrap_or(usize::MAX), Ordering::Relaxed);
        Ok(())
    }

    /// Takes what is due by then.
    async fn claim(&self, limit: usize, by: DateTime<Utc>) -> Result<Vec<Claimed>, StoreError> {
        let mut tx = self.db.write().await?;
        let claimed = checks::claim(&mut tx, &self.owner, by, by + LEASE, i64::try_from(limit).unwrap_or(i64::MAX)).await?;
        tx.commit().await?;
        Ok(claimed)
    }

    async fn release(&self) -> Result<(), StoreError> {
        let mut tx = self.db.write().await?;
        checks::release(&mut tx, &self.owner).await?;
        tx.commit().await
    }

    /// Gives checks that were left behind new times, spread over half a minute; and those that are due only after a clock that was set
    /// back has caught up. Done at the start, and after each standstill and jump of the clock.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn spread(&self) -> Result<(), StoreError> {
        let now = self.clock.now();
        let mut tx = self.db.write().await?;
        for (monitor, interval, due) in checks::due_after(&mut tx, now).await? {
            if schedule::is_too_far(interval, due, now) {
                monitors::check_at(&mut tx, &monitor, schedule::ramp(&monitor, interval, now)).await?;
            }
        }
        for (monitor, interval, due) in checks::overdue(&mut tx, now - LEFT_BEHIND).await? {
            self.meters.left_behind(now - due, interval);
            monitors::check_at(&mut tx, &monitor, schedule::ramp(&monitor, interval, now)).await?;
        }
        tx.commit().await
    }

    /// Looks whether beats are missing that jobs should have sent.
    async fn look(&self, claimed: Vec<Claimed>) -> Result<(), StoreError> {
        if claimed.is_empty() {
            return Ok(());
        }
        let now = self.clock.now();
        for one in &claimed {
            self.meters.began(now - one.due_at, one.monitor.interval_seconds);
        }
        let recorded = heartbeats::look(&self.db, claimed, now).await?;
        if recorded.told {
            self.signals.outbox.notify_one();
        }
        Ok(())
    }

    /// Makes one check when its turn has come.
    async fn make(&self, claimed: Claimed) -> Finished {
        let target = Target::of(claimed.monitor.kind, &claimed.monitor.target).map(|target| target.host_and_port()).unwrap_or_default();
        let turn = async { (self.hosts.take(&target).await, self.slots.acquire().await) };
        let Ok(_turn) = tokio::time::timeout(TURN, turn).await else {
            self.meters.left_behind(self.clock.now() - claimed.due_at, claimed.monitor.interval_seconds);
            return self.finish(claimed, |at| nothing_learned(at, Internal::Queue));
        };
        let at = self.clock.now();
        self.meters.began(at - claimed.due_at, claimed.monitor.interval_seconds);
        let standstills = self.beat.standstills();
        // In a task of its own, so that a panic ends this check only. It ends with the set.
        let mut own = JoinSet::new();
        let (probes, monitor) = (self.probes.clone(), claimed.monitor.clone());
        own.spawn(async move { probes.check(&monitor, at).await });
        let seen = match own.join_next().await {
            Some(Ok(seen)) => seen,
            _ => nothing_learned(at, Internal::Panic),
        };
        if seen.outcome.is_good() {
            self.anchors.well(&claimed.monitor.id);
        }
        let stood = self.beat.standstills() != standstills || self.beat.is_late();
        let ours = if stood {
            Some(Internal::Stall)
        } else if matches!(seen.outcome, Outcome::Bad(_)) && self.anchors.is_us(&claimed, self.monitors.load(Ordering::Relaxed)).await {
            Some(Internal::Network)
        } else {
            None
        };
        self.finish(claimed, |_| ours.map_or(seen, |why| nothing_learned(at, why)))
    }

    fn finish(&self, claimed: Claimed, seen: impl FnOnce(DateTime<Utc>) -> Observation) -> Finished {
        let seen = seen(self.clock.now());
        self.meters.ended(match seen.outcome {
            Outcome::Good => "good",
            Outcome::Slow => "slow",
            Outcome::Bad(_) => "bad",
            Outcome::Internal(_) => "internal",
        });
        Finished { claimed, seen }
    }

    async fn write(&self, batch: &[Finished]) -> Result<(), StoreError> {
        let recorded = record(&self.db, batch, self.clock.now(), || rand::random_range(-1.0..=1.0)).await?;
        if recorded.told {
            self.signals.outbox.notify_one();
        }
        // Before it is looked for what is due the next time.
        if recorded.next.is_some_and(|next| next - self.clock.now() < AHEAD) {
            self.signals.monitors.notify_one();
        }
        Ok(())
    }
}

/// How long to wait for what is due in that time: to the end of its slot.
fn slot(ahead: TimeDelta) -> Duration {
    let slots = u64::try_from(ahead.num_milliseconds()).unwrap_or(0).div_ceil(SLOT_MS);
    Duration::from_millis(slots * SLOT_MS)
}

/// Those whose jobs speak by themselves, and those that are asked.
fn apart(claimed: Vec<Claimed>) -> (Vec<Claimed>, Vec<Claimed>) {
    claimed.into_iter().partition(|claimed| claimed.monitor.kind == MonitorKind::Heartbeat)
}

/// Ends when `stop` says so, or nobody is left to say it.
async fn told(mut stop: watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}
