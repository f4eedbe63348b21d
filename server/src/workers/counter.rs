//! The counter: writes down what visitors say that they see too, a group at a time. It works where readers are served, since what it
//! writes waits in that process's memory.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Mutex, watch};

use crate::actions::voices::sightings::{self, Buffer};
use crate::clock::Clock;
use crate::signals::Signals;
use crate::store::{Db, StoreError};

/// How long reports wait: what comes in between costs one transaction together.
const EVERY: Duration = Duration::from_secs(2);

/// Writes the reports of one process.
pub struct Counter {
    db: Db,
    clock: Clock,
    signals: Signals,
    buffer: Arc<Buffer>,
    /// One at a time: whoever has flushed knows that everything noted before is written.
    turn: Mutex<()>,
}

impl Counter {
    /// A counter of what that buffer takes.
    #[must_use]
    pub fn new(db: Db, clock: Clock, signals: Signals, buffer: Arc<Buffer>) -> Self {
        Self { db, clock, signals, buffer, turn: Mutex::default() }
    }

    /// Writes everything that waits.
    ///
    /// # Errors
    /// [`StoreError`]; what is not written goes on waiting.
    pub async fn flush(&self) -> Result<(), StoreError> {
        let _turn = self.turn.lock().await;
        if sightings::flush(&self.db, &self.buffer, self.clock.now()).await? {
            self.signals.outbox.notify_one();
        }
        Ok(())
    }

    /// Writes from time to time until `stop` says so, and once more then.
    pub async fn run(self: Arc<Self>, mut stop: watch::Receiver<bool>) {
        loop {
            let stopped = tokio::time::timeout(EVERY, stop.wait_for(|stop| *stop)).await.is_ok();
            if let Err(error) = self.flush().await {
                tracing::warn!(%error, "what visitors see cannot be written; it waits until the database answers");
            }
            if stopped {
                return;
            }
        }
    }
}
