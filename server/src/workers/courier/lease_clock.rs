//! The clock by which leases end: that of the database, as far as it is known (reliability Q6). Several processes agree on it, however
//! wrong the clocks of their machines are.

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};

use crate::clock::Clock;
use crate::store::{Db, StoreError};

/// What lies within that is the time the question took.
const ALIKE: TimeDelta = TimeDelta::milliseconds(250);

/// Tells when leases end.
pub(super) struct LeaseClock {
    clock: Clock,
    /// That of this machine, which the database's is compared with. The service goes by `clock`, which tests move.
    machine: Clock,
    /// How many milliseconds the database's clock is ahead.
    ahead: AtomicI64,
}

impl LeaseClock {
    /// Takes the two clocks for the same until it is [set](Self::set).
    pub(super) fn new(clock: Clock, machine: Clock) -> Self {
        Self { clock, machine, ahead: AtomicI64::new(0) }
    }

    /// Compares the clocks anew. A SQLite file has none but ours.
    ///
    /// # Errors
    /// [`StoreError`]; then what was known before goes on.
    pub(super) async fn set(&self, db: &Db) -> Result<(), StoreError> {
        let before = self.machine.now();
        let Some(time) = db.time().await? else { return Ok(()) };
        let ahead = time - (before + (self.machine.now() - before) / 2);
        let ahead = if ahead.abs() < ALIKE { TimeDelta::zero() } else { ahead };
        let known = self.ahead.swap(ahead.num_milliseconds(), Ordering::Relaxed);
        if known == 0 && !ahead.is_zero() {
            tracing::warn!(ahead_ms = ahead.num_milliseconds(), "the clocks of this machine and of the database differ: set them alike");
        }
        Ok(())
    }

    /// The time now.
    pub(super) fn now(&self) -> DateTime<Utc> {
        self.clock.now() + TimeDelta::milliseconds(self.ahead.load(Ordering::Relaxed))
    }
}
