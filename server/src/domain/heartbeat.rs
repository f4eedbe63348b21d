//! Heartbeats: when a beat is missing that a job should have sent (reliability N18). What was sent while nobody of ours could be reached
//! is lost, and says nothing of the job.

use app::words::{Monitor, MonitorKind};
use chrono::{DateTime, TimeDelta, Utc};

use super::evidence;

/// A beat may be this late at least, in seconds, unless somebody chose another grace.
const LEAST_GRACE: i64 = 30;
/// Whoever serves readers says this often that it is there.
pub const PRESENT_EVERY: TimeDelta = TimeDelta::seconds(10);
/// Silence that is longer means that nobody was there: it was said neither the first time nor the second, and the third is due.
pub const ABSENT_AFTER: TimeDelta = TimeDelta::seconds(30);

/// How often a job says that it ran, and how late it may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rhythm {
    /// From beat to beat.
    pub interval: TimeDelta,
    /// How late a beat may be before it is missed.
    pub grace: TimeDelta,
}

impl Rhythm {
    /// That of a monitor. Where no grace was chosen it is a fifth of the interval, and half a minute at least.
    #[must_use]
    pub fn of(monitor: &Monitor) -> Self {
        let interval = monitor.interval_seconds.max(1);
        let grace = monitor.settings.grace_seconds.unwrap_or_else(|| usual_grace(interval));
        Self { interval: TimeDelta::seconds(interval), grace: TimeDelta::seconds(grace.max(0)) }
    }
}

/// The grace of an interval, where nobody chose one. Both in seconds.
#[must_use]
pub const fn usual_grace(interval_seconds: i64) -> i64 {
    let fifth = interval_seconds / 5;
    if fifth < LEAST_GRACE { LEAST_GRACE } else { fifth }
}

/// A time in which nobody of ours could be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Absence {
    /// When somebody was there for the last time.
    pub from: DateTime<Utc>,
    /// When somebody was there again.
    pub until: DateTime<Utc>,
}

/// The absence that ends now, where the newest sign of presence is older than `silence`.
#[must_use]
pub fn absence(present_at: Option<DateTime<Utc>>, now: DateTime<Utc>, silence: TimeDelta) -> Option<Absence> {
    present_at.filter(|at| now - *at > silence).map(|from| Absence { from, until: now })
}

/// When a beat counts as missing that was waited for since `since`, the first time or, where it was found missing at `after` already, once
/// more.
///
/// An absence of ours puts it off by its length. It also excuses every beat that may have come while it lasted: a job that says once a
/// day that it ran is then waited for another day. The same holds for all further beats.
#[must_use]
pub fn missing_at(since: DateTime<Utc>, rhythm: Rhythm, absences: &[Absence], after: Option<DateTime<Utc>>) -> DateTime<Utc> {
    let first = put_off(since, rhythm, absences).max(unexcused(since, rhythm, absences, 1));
    let Some(after) = after.filter(|after| *after >= first) else { return first };
    // The first beat whose grace ends later.
    let passed = (after - since - rhythm.grace).num_milliseconds().div_euclid(step(rhythm));
    unexcused(since, rhythm, absences, passed + 1)
}

/// How much later than expected a beat came that was missing by then; `None` where it came in time.
#[must_use]
pub fn late_by(since: DateTime<Utc>, rhythm: Rhythm, absences: &[Absence], at: DateTime<Utc>) -> Option<TimeDelta> {
    (at > missing_at(since, rhythm, absences, None)).then(|| at - since - rhythm.interval)
}

/// The end of the grace, with the length of every absence added that began before it was over.
fn put_off(since: DateTime<Utc>, rhythm: Rhythm, absences: &[Absence]) -> DateTime<Utc> {
    let mut sorted = absences.to_vec();
    sorted.sort_by_key(|absence| absence.from);
    let (mut end, mut counted) = (since + rhythm.interval + rhythm.grace, since);
    for absence in sorted {
        // What two absences share counts once.
        let from = absence.from.max(counted);
        if from >= end {
            break;
        }
        if absence.until > from {
            end += absence.until - from;
            counted = absence.until;
        }
    }
    end
}

/// The end of the grace of the first beat, from that number on, during which somebody was there all the time.
fn unexcused(since: DateTime<Utc>, rhythm: Rhythm, absences: &[Absence], number: i64) -> DateTime<Utc> {
    let (step, mut number) = (step(rhythm), number);
    let expected = |number: i64| since + TimeDelta::milliseconds(step.saturating_mul(number));
    // A beat may follow a late one, and so come early by as much as that may be late.
    let hides = |absence: &&Absence, number: i64| {
        absence.from <= expected(number) + rhythm.grace && absence.until >= expected(number) - rhythm.grace && absence.until > since
    };
    // Each absence is left behind at once, however many beats it hides, and hides no later ones.
    while let Some(absence) = absences.iter().find(|absence| hides(absence, number)) {
        let hidden = (absence.until + rhythm.grace - since).num_milliseconds().div_euclid(step);
        number = hidden.max(number) + 1;
    }
    expected(number) + rhythm.grace
}

/// The interval in milliseconds, never nothing.
fn step(rhythm: Rhythm) -> i64 {
    rhythm.interval.num_milliseconds().max(1)
}

/// How long one result speaks for a component: that of a heartbeat also while the next one may still be late.
#[must_use]
pub fn holds_for(monitor: &Monitor) -> TimeDelta {
    let usual = evidence::holds_for(monitor.interval_seconds);
    // Twice: a result is renewed only when half of its time has passed.
    if monitor.kind == MonitorKind::Heartbeat { usual + Rhythm::of(monitor).grace * 2 } else { usual }
}
