//! When a monitor checks: evenly spread, without bursts, sooner while a verdict is being confirmed.

use app::words::{Id, Verdict};
use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};

/// Checks never follow each other faster than this, in milliseconds.
const FASTEST_MS: i64 = 1_000;
/// Doubt is settled at least this fast, in milliseconds (reliability N2).
const CONFIRM_MS: i64 = 10_000;
/// What is overdue at a start is spread over this, in milliseconds (reliability N8).
const RAMP_MS: i64 = 30_000;

/// The next check after one that began at `began` and is over at `now`. `jitter` is a random number from -1 to 1: up to 5 % of the
/// interval. Checks keep to a grid of their own that comes from the monitor's id, so that many monitors spread by themselves and a
/// late check shifts nothing. What was missed is skipped.
#[must_use]
pub fn next_check(
    monitor: &Id,
    interval_seconds: i64,
    verdict: Verdict,
    began: DateTime<Utc>,
    now: DateTime<Utc>,
    jitter: f64,
) -> DateTime<Utc> {
    let interval = interval_ms(interval_seconds);
    if matches!(verdict, Verdict::Suspect | Verdict::Recovering) {
        return now.max(began + TimeDelta::milliseconds((interval / 4).clamp(FASTEST_MS.min(interval), CONFIRM_MS)));
    }
    // Half an interval on, so that a check that came early by its jitter does not meet its own point of the grid again.
    let from = now.max(began + TimeDelta::milliseconds(interval / 2)).timestamp_millis();
    let phase = hash(monitor) % interval;
    let point = from + (phase - from).rem_euclid(interval);
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "at most 5 % of a day in milliseconds")]
    let shift = (interval as f64 * 0.05 * jitter.clamp(-1.0, 1.0)) as i64;
    let next = DateTime::from_timestamp_millis(point + shift).unwrap_or(now);
    next.max(began + TimeDelta::milliseconds(FASTEST_MS))
}

/// When a monitor that is overdue checks after a start or a standstill: all of them within half a minute, and not all at once.
#[must_use]
pub fn ramp(monitor: &Id, interval_seconds: i64, now: DateTime<Utc>) -> DateTime<Utc> {
    now + TimeDelta::milliseconds(hash(monitor) % interval_ms(interval_seconds).min(RAMP_MS))
}

/// Whether a check is due later than any check of that monitor can be: the clock was set back since (reliability N7).
#[must_use]
pub fn is_too_far(interval_seconds: i64, due: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    // Half an interval until the point of the grid is looked for, one to that point, and the jitter.
    due - now > TimeDelta::milliseconds(interval_ms(interval_seconds) * 8 / 5 + FASTEST_MS)
}

fn interval_ms(interval_seconds: i64) -> i64 {
    interval_seconds.clamp(1, 86_400) * 1_000
}

/// A number that is the same in every process and at every time.
fn hash(monitor: &Id) -> i64 {
    let digest = Sha256::digest(monitor.as_str());
    digest.iter().take(7).fold(0, |number, byte| number << 8 | i64::from(*byte))
}
