//! How fast mails go out: to the relay as a whole, and to each recipient domain (reliability E5).

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::limit;

/// As many mails may go at once as this many seconds allow one by one.
const BURST_SECONDS: usize = 2;
/// How much slower than configured the relay can make us.
const SLOWEST: f64 = 64.0;
/// Each accepted mail gives back this share of the configured pace: 50 good ones undo the first halving.
const RECOVERY: f64 = 0.01;
/// Domains whose pace is remembered at once; those that are rested are forgotten first.
const DOMAINS: usize = 10_000;

/// The pace towards the relay. It is halved when the relay asks for it, and recovers bit by bit.
#[derive(Clone, Debug)]
pub struct RelayPace {
    full: limit::Pace,
    /// The share of the configured pace that is used now: 1 is all of it.
    share: f64,
    rested: Option<DateTime<Utc>>,
}

impl RelayPace {
    /// So many mails a second; `None` where 0 lifts the limit.
    #[must_use]
    pub fn per_second(mails: usize) -> Option<Self> {
        let full = limit::Pace::per(mails * BURST_SECONDS, seconds(BURST_SECONDS))?;
        Some(Self { full, share: 1.0, rested: None })
    }

    /// How many mails may go now.
    #[must_use]
    pub fn room(&self, now: DateTime<Utc>) -> usize {
        self.now().take(self.rested, now).map_or(0, |taken| usize::try_from(taken.left).unwrap_or(0) + 1)
    }

    /// Counts one mail; one more than there was room for only makes the next wait longer.
    pub fn count(&mut self, now: DateTime<Utc>) {
        self.rested = Some(self.rested.map_or(now, |rested| rested.max(now)) + self.now().every);
    }

    /// A mail that was counted was not sent after all.
    pub fn give_back(&mut self) {
        self.rested = self.rested.map(|rested| rested - self.now().every);
    }

    /// The relay wants to be left in peace: half the pace from here on.
    pub fn slow_down(&mut self) {
        self.share = (self.share / 2.0).max(1.0 / SLOWEST);
    }

    /// A mail was accepted: a little faster again.
    pub fn went_well(&mut self) {
        self.share = (self.share + RECOVERY).min(1.0);
    }

    /// The pace of this moment: the slower, the fewer at once as well.
    #[must_use]
    pub fn now(&self) -> limit::Pace {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_precision_loss,
            reason = "at most 64 times an interval of at most a second"
        )]
        let every = TimeDelta::microseconds((self.full.every.num_microseconds().unwrap_or(i64::MAX) as f64 / self.share) as i64);
        #[expect(clippy::cast_possible_truncation, reason = "a share of an i32 is one")]
        let burst = ((f64::from(self.full.burst) * self.share) as i32).max(1);
        limit::Pace { burst, every }
    }
}

/// The pace towards each recipient domain.
#[derive(Clone, Debug)]
pub struct DomainPace {
    pace: limit::Pace,
    known: HashMap<String, Seen>,
}

/// What is remembered of a domain.
#[derive(Clone, Copy, Debug)]
struct Seen {
    rested: Option<DateTime<Utc>>,
    /// The latest time that somebody was told to come back at.
    promised: DateTime<Utc>,
}

impl DomainPace {
    /// So many mails a minute to each domain; `None` where 0 lifts the limit.
    #[must_use]
    pub fn per_minute(mails: usize) -> Option<Self> {
        Some(Self { pace: limit::Pace::per(mails, TimeDelta::minutes(1))?, known: HashMap::new() })
    }

    /// Counts one mail to that domain.
    ///
    /// # Errors
    /// When to come back. Everybody who is sent away is given a later time than the one before, so that they do not all come at once.
    pub fn take(&mut self, domain: &str, now: DateTime<Utc>) -> Result<(), DateTime<Utc>> {
        if self.known.len() >= DOMAINS {
            self.known.retain(|_, seen| seen.promised > now || seen.rested.is_some_and(|rested| rested > now));
        }
        let seen = self.known.entry(domain.to_owned()).or_insert(Seen { rested: None, promised: now });
        match self.pace.take(seen.rested, now) {
            Ok(taken) => {
                seen.rested = Some(taken.rested);
                Ok(())
            }
            Err(wait) => {
                seen.promised = (seen.promised + self.pace.every).max(now + wait);
                Err(seen.promised)
            }
        }
    }
}

fn seconds(count: usize) -> TimeDelta {
    TimeDelta::seconds(i64::try_from(count).unwrap_or(1))
}
