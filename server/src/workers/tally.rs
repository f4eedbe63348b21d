//! The tally: writes down how often readers were handed a document. Every process that serves readers has its own.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use crate::actions;
use crate::clock::Clock;
use crate::reads::Reads;
use crate::store::{Db, StoreError};

/// How often: a process that is killed forgets a minute of reads.
const EVERY: Duration = Duration::from_secs(60);

/// Writes the reads of one process.
pub struct Tally {
    db: Db,
    clock: Clock,
    reads: Arc<Reads>,
}

impl Tally {
    /// A tally of what `reads` counts.
    #[must_use]
    pub fn new(db: Db, clock: Clock, reads: Arc<Reads>) -> Self {
        Self { db, clock, reads }
    }

    /// Writes what was counted since the last time.
    ///
    /// # Errors
    /// [`StoreError`]; it is written the next time.
    pub async fn write(&self) -> Result<(), StoreError> {
        actions::reads::write(&self.db, &self.reads, self.clock.now()).await
    }

    /// Writes every minute until `stop` says so, and once more at the end.
    pub async fn run(self: Arc<Self>, mut stop: watch::Receiver<bool>) {
        loop {
            let stopped = tokio::time::timeout(EVERY, stop.wait_for(|stop| *stop)).await.is_ok();
            if let Err(error) = self.write().await {
                tracing::warn!(%error, "reads of the page cannot be written; they are added when the database answers");
            }
            if stopped {
                return;
            }
        }
    }
}
