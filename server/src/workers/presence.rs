//! The presence: says in the record that somebody can be reached, so that a beat which could not be heard is not held against its job
//! (reliability N18). It works where readers are served, since that is where beats come in.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::TimeDelta;
use tokio::sync::watch;

use crate::actions::presence;
use crate::clock::Clock;
use crate::domain::heartbeat::{ABSENT_AFTER, Absence, PRESENT_EVERY};
use crate::store::{Db, StoreError};

/// Says that one process is there.
pub struct Presence {
    db: Db,
    clock: Clock,
    /// Whether it has said so since it began.
    said: AtomicBool,
}

impl Presence {
    /// One that has said nothing yet.
    #[must_use]
    pub fn new(db: Db, clock: Clock) -> Self {
        Self { db, clock, said: AtomicBool::new(false) }
    }

    /// Says that somebody is there now, and that nobody was, where the silence before was too long. What comes up knows that it was not
    /// there until now, however short that was: where nobody else was, a beat may be lost.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn note(&self) -> Result<Option<Absence>, StoreError> {
        let silence = if self.said.load(Ordering::SeqCst) { ABSENT_AFTER } else { TimeDelta::zero() };
        let gone = presence::note(&self.db, self.clock.now(), silence).await?;
        self.said.store(true, Ordering::SeqCst);
        if let Some(gone) = gone.filter(|gone| gone.until - gone.from > ABSENT_AFTER) {
            let seconds = (gone.until - gone.from).num_seconds();
            tracing::warn!(seconds, "nobody could be reached for a while; jobs that send heartbeats get that time on top");
        }
        Ok(gone)
    }

    /// Says so again and again until `stop` says so, and once more then.
    pub async fn run(self: Arc<Self>, mut stop: watch::Receiver<bool>) {
        let every = PRESENT_EVERY.to_std().unwrap_or(Duration::from_secs(10));
        let mut away = false;
        loop {
            let stopped = tokio::time::timeout(every, stop.wait_for(|stop| *stop)).await.is_ok();
            match self.note().await {
                Ok(_) => away = false,
                Err(error) if !std::mem::replace(&mut away, true) => {
                    tracing::warn!(%error, "presence cannot be noted; heartbeats wait until the database answers");
                }
                Err(_) => {}
            }
            if stopped {
                return;
            }
        }
    }
}
