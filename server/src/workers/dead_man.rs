//! The dead man: calls an outside watcher once a minute for as long as all is well here, so that somebody notices when it is not
//! (reliability N20). Silence is the alarm: it never calls after a turn in which something did not work.

use std::sync::Arc;
use std::time::Duration;

use app::words::{ComponentStatus, Id, Monitor, MonitorKind, MonitorSettings};
use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;

use crate::actions::presence;
use crate::clock::Clock;
use crate::domain::evidence::Outcome;
use crate::meters::Meters;
use crate::probes::Probes;
use crate::store::Db;

/// How often it calls.
const EVERY: Duration = Duration::from_secs(60);
/// Longest call: the next turn never waits for it.
const LONGEST_MS: i64 = 10_000;
/// Checks are looked for every second; a prober that did not for so long stands still.
const LOOKED: TimeDelta = TimeDelta::seconds(30);
/// What readers are shown is compared with the record every second, and said to be so once a minute.
const SHOWN: TimeDelta = TimeDelta::seconds(90);
/// Longest wait for the database.
const WRITTEN: Duration = Duration::from_secs(10);

/// When the record was last seen to say what readers are shown.
pub type Shown = Arc<dyn Fn() -> Option<DateTime<Utc>> + Send + Sync>;

/// What came of a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// All was well, and the watcher knows.
    Sent,
    /// Something is not well here: the watcher is not called.
    Withheld(Unwell),
    /// All was well, but the watcher did not take the call.
    Failed,
}

/// What is not well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unwell {
    /// Nobody looks for checks that are due.
    #[error("checks stand still")]
    Checks,
    /// The database takes nothing.
    #[error("the database takes nothing")]
    Database,
    /// Readers are shown something old.
    #[error("readers are shown an old record")]
    Page,
}

/// Calls the watcher of one process.
pub struct DeadMan {
    db: Db,
    clock: Clock,
    meters: Arc<Meters>,
    probes: Probes,
    shown: Shown,
    /// The watcher's address.
    url: String,
}

impl DeadMan {
    /// A dead man that has not called yet.
    #[must_use]
    pub fn new(db: Db, clock: Clock, meters: Arc<Meters>, probes: Probes, shown: Shown, url: String) -> Self {
        Self { db, clock, meters, probes, shown, url }
    }

    /// One turn: looks whether all is well, and calls if it is.
    pub async fn turn(&self) -> Turn {
        let turn = match self.unwell().await {
            Some(unwell) => Turn::Withheld(unwell),
            None => self.call().await,
        };
        self.meters.pinged(match turn {
            Turn::Sent => "sent",
            Turn::Withheld(_) => "withheld",
            Turn::Failed => "failed",
        });
        turn
    }

    /// What is not well, in the order of the loop: checks are made, what they say is written, and readers see it.
    async fn unwell(&self) -> Option<Unwell> {
        let now = self.clock.now();
        let recent = |at: Option<DateTime<Utc>>, within| at.is_some_and(|at| now - at <= within);
        if !recent(self.meters.read(now).looped_at, LOOKED) {
            return Some(Unwell::Checks);
        }
        if !matches!(tokio::time::timeout(WRITTEN, presence::note_whole(&self.db, now)).await, Ok(Ok(()))) {
            return Some(Unwell::Database);
        }
        (!recent((self.shown)(), SHOWN)).then_some(Unwell::Page)
    }

    /// A call is made as a check is: through the one connector, with a limit on every step.
    async fn call(&self) -> Turn {
        let now = self.clock.now();
        let watcher = Monitor {
            id: Id::from_bytes([0; 16]),
            component_id: None,
            name: "Dead man".to_owned(),
            kind: MonitorKind::Http,
            target: self.url.clone(),
            interval_seconds: 60,
            timeout_ms: LONGEST_MS,
            failure_threshold: 1,
            success_threshold: 1,
            status_when_down: ComponentStatus::Operational,
            settings: MonitorSettings::default(),
            paused_at: None,
            created_at: now,
            updated_at: now,
        };
        match self.probes.check(&watcher, now).await.outcome {
            Outcome::Good | Outcome::Slow => Turn::Sent,
            Outcome::Bad(_) | Outcome::Internal(_) => Turn::Failed,
        }
    }

    /// Takes its turn once a minute until `stop` says so. What changes is logged, and what goes on is not.
    pub async fn run(self: Arc<Self>, mut stop: watch::Receiver<bool>) {
        let mut before = Turn::Sent;
        while tokio::time::timeout(EVERY, stop.wait_for(|stop| *stop)).await.is_err() {
            let turn = tokio::select! {
                turn = self.turn() => turn,
                _ = stop.wait_for(|stop| *stop) => return,
            };
            match turn {
                Turn::Withheld(unwell) if turn != before => {
                    tracing::warn!(%unwell, "the outside watcher is not called: something is not well")
                }
                Turn::Failed if turn != before => tracing::warn!("the outside watcher does not take the call; dead_man_url may be wrong"),
                Turn::Sent if turn != before => tracing::info!("the outside watcher is called again"),
                _ => {}
            }
            before = turn;
        }
    }
}
