//! What the process measures of its own work, for the operator. Numbers only; nothing depends on them.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

/// How many checks the figures of lag are taken over.
const REMEMBERED: usize = 1_024;

/// Meters of one process.
#[derive(Debug, Default)]
pub struct Meters(Mutex<Inner>);

#[derive(Debug, Default)]
struct Inner {
    lags_ms: VecDeque<i64>,
    /// Of the newest checks whose time came, whether they were missed: not made within one interval.
    missed: VecDeque<bool>,
    outcomes: BTreeMap<&'static str, u64>,
    oldest_due: Option<DateTime<Utc>>,
    unwritten: usize,
    dropped: u64,
    last_tick: Option<DateTime<Utc>>,
    network_lost: Option<bool>,
    last_loop: Option<DateTime<Utc>>,
    pings: BTreeMap<&'static str, u64>,
}

/// What the meters say at one instant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// How late checks began: of half of them at most this, in milliseconds.
    pub lag_p50_ms: i64,
    /// Of 95 in 100.
    pub lag_p95_ms: i64,
    /// How long the check has been due that waits longest.
    pub oldest_ms: i64,
    /// How many in a million checks whose time came were not made within one interval.
    pub missed_ppm: i64,
    /// Checks by what came of them: `good`, `slow`, `bad`, `internal`.
    pub outcomes: BTreeMap<&'static str, u64>,
    /// Results that wait for the database.
    pub unwritten: usize,
    /// Results that were given up because the database was away for too long.
    pub dropped: u64,
    /// Milliseconds since the clock's jobs were last looked at; `None` before the first time.
    pub tick_age_ms: Option<i64>,
    /// Whether our own network is gone; `None` where nobody asks.
    pub network_lost: Option<bool>,
    /// When checks were last looked for; `None` before the first time.
    pub looped_at: Option<DateTime<Utc>>,
    /// Turns of the dead man's ping by what came of them: `sent`, `withheld`, `failed`.
    pub pings: BTreeMap<&'static str, u64>,
}

impl Meters {
    fn with<T>(&self, change: impl FnOnce(&mut Inner) -> T) -> T {
        // Numbers cannot be left half changed.
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// A check of that interval began this long after it was due.
    pub fn began(&self, lag: TimeDelta, interval_seconds: i64) {
        self.with(|inner| {
            push(&mut inner.lags_ms, lag.num_milliseconds().max(0));
            push(&mut inner.missed, lag > TimeDelta::seconds(interval_seconds));
        });
    }

    /// A check of that interval is given up or put off that was due for so long.
    pub fn left_behind(&self, lag: TimeDelta, interval_seconds: i64) {
        if lag > TimeDelta::seconds(interval_seconds) {
            self.with(|inner| push(&mut inner.missed, true));
        }
    }

    /// A check is over.
    pub fn ended(&self, outcome: &'static str) {
        self.with(|inner| *inner.outcomes.entry(outcome).or_default() += 1);
    }

    /// Which check waits longest for somebody to make it.
    pub fn waits(&self, oldest_due: Option<DateTime<Utc>>) {
        self.with(|inner| inner.oldest_due = oldest_due);
    }

    /// How many results wait for the database, and how many more were given up.
    pub fn holds(&self, unwritten: usize, dropped: u64) {
        self.with(|inner| {
            inner.unwritten = unwritten;
            inner.dropped += dropped;
        });
    }

    /// The clock's jobs were looked at.
    pub fn ticked(&self, now: DateTime<Utc>) {
        self.with(|inner| inner.last_tick = Some(now));
    }

    /// Whether our own network is gone.
    pub fn network(&self, lost: bool) {
        self.with(|inner| inner.network_lost = Some(lost));
    }

    /// Checks were looked for.
    pub fn looped(&self, now: DateTime<Utc>) {
        self.with(|inner| inner.last_loop = Some(now));
    }

    /// It was the dead man's turn.
    pub fn pinged(&self, outcome: &'static str) {
        self.with(|inner| *inner.pings.entry(outcome).or_default() += 1);
    }

    /// What the meters say now.
    #[must_use]
    pub fn read(&self, now: DateTime<Utc>) -> Reading {
        self.with(|inner| {
            let mut lags: Vec<i64> = inner.lags_ms.iter().copied().collect();
            lags.sort_unstable();
            let at = |percent: usize| lags.get((lags.len() * percent / 100).min(lags.len().saturating_sub(1))).copied().unwrap_or(0);
            let since = |instant: DateTime<Utc>| (now - instant).num_milliseconds().max(0);
            Reading {
                lag_p50_ms: at(50),
                lag_p95_ms: at(95),
                oldest_ms: inner.oldest_due.map_or(0, since),
                missed_ppm: ppm(&inner.missed),
                outcomes: inner.outcomes.clone(),
                unwritten: inner.unwritten,
                dropped: inner.dropped,
                tick_age_ms: inner.last_tick.map(since),
                network_lost: inner.network_lost,
                looped_at: inner.last_loop,
                pings: inner.pings.clone(),
            }
        })
    }
}

/// Remembers the newest.
fn push<T>(newest: &mut VecDeque<T>, value: T) {
    if newest.len() == REMEMBERED {
        newest.pop_front();
    }
    newest.push_back(value);
}

/// How many in a million.
fn ppm(missed: &VecDeque<bool>) -> i64 {
    let of = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    of(missed.iter().filter(|missed| **missed).count()) * 1_000_000 / of(missed.len()).max(1)
}
