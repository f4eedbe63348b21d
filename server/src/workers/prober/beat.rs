//! Whether this process stood still: suspended, stopped, or kept from running. What was being checked meanwhile is unknown, not down
//! (reliability N6, N7).

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::time::Instant;

use crate::clock::Clock;

/// How often the heart beats.
const BEAT: Duration = Duration::from_millis(100);
/// A beat that comes later than this was no beat.
const LATE: Duration = Duration::from_millis(1_100);
/// The clock on the wall may differ from the time that passed by this between two beats, in milliseconds: it is set, or we slept.
const JUMP_MS: i64 = 2_000;

/// A timer that notices when it is not run.
pub(super) struct Beat {
    clock: Clock,
    begun: Instant,
    /// Milliseconds from `begun` to the last beat; 0 before the first.
    last_ms: AtomicU64,
    standstills: AtomicU64,
}

impl Beat {
    /// A heart that does not beat yet.
    pub(super) fn new(clock: Clock) -> Self {
        Self { clock, begun: Instant::now(), last_ms: AtomicU64::new(0), standstills: AtomicU64::new(0) }
    }

    /// How often this process stood still. A check that began with another number than it ended with learned nothing.
    pub(super) fn standstills(&self) -> u64 {
        self.standstills.load(Ordering::SeqCst)
    }

    /// Whether the next beat is overdue: a check may be the first to run after a standstill.
    pub(super) fn is_late(&self) -> bool {
        let last = self.last_ms.load(Ordering::SeqCst);
        last > 0 && self.passed().saturating_sub(last) > millis(LATE)
    }

    /// Beats for ever; ends with the task it runs in.
    pub(super) async fn run(&self) {
        let mut wall = self.clock.now();
        let mut last = self.passed();
        loop {
            tokio::time::sleep(BEAT).await;
            let (passed, now) = (self.passed(), self.clock.now());
            let between = passed.saturating_sub(last);
            let drift = (now - wall).num_milliseconds() - i64::try_from(between).unwrap_or(i64::MAX);
            if between > millis(LATE) || drift.abs() > JUMP_MS {
                self.standstills.fetch_add(1, Ordering::SeqCst);
                tracing::warn!(
                    stood_ms = between,
                    clock_jumped_ms = drift,
                    "this process stood still or its clock was set; checks in flight are discarded"
                );
            }
            (wall, last) = (now, passed);
            self.last_ms.store(passed.max(1), Ordering::SeqCst);
        }
    }

    fn passed(&self) -> u64 {
        millis(self.begun.elapsed())
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
