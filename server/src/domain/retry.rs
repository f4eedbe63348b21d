//! When a delivery that failed is tried again (reliability E6).

use chrono::{DateTime, TimeDelta, Utc};

/// Minutes to wait after the first, second, … try; the last one repeats.
const MINUTES: [i64; 8] = [1, 5, 15, 30, 60, 120, 240, 480];
/// An update of an incident helps nobody after two days.
pub const GIVE_UP: TimeDelta = TimeDelta::hours(48);
/// Share of a wait that is left to chance, so that what failed together does not come back together.
const JITTER: f64 = 0.2;

/// When to try again after `tries` tries of something written at `written`; `None` gives up. `chance` is from 0 to 1.
#[must_use]
pub fn next(tries: i64, written: DateTime<Utc>, now: DateTime<Utc>, chance: f64) -> Option<DateTime<Utc>> {
    let index = usize::try_from(tries - 1).unwrap_or(0).min(MINUTES.len() - 1);
    let minutes = MINUTES.get(index).copied().unwrap_or(1);
    let factor = 1.0 + JITTER * (2.0 * chance.clamp(0.0, 1.0) - 1.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "at most some hundred million milliseconds")]
    let wait = TimeDelta::milliseconds(((minutes * 60_000) as f64 * factor) as i64);
    let at = now + wait;
    (at <= written + GIVE_UP).then_some(at)
}
