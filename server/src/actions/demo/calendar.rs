//! The instants the demonstration is told in.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};

/// Counts back from the instant the demonstration is made at. What is long past has hours of its own, in UTC, which has an instant
/// for every hour of every day; so a night is a night whenever the demonstration is made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Calendar {
    now: DateTime<Utc>,
}

impl Calendar {
    /// For a demonstration made at that instant, cut to the minute: people do not post at 27 seconds past.
    pub(super) fn of(now: DateTime<Utc>) -> Self {
        Self { now: now - TimeDelta::nanoseconds(now.timestamp_nanos_opt().unwrap_or(0).rem_euclid(60_000_000_000)) }
    }

    /// So many minutes before it was made.
    pub(super) fn ago(self, minutes: i64) -> DateTime<Utc> {
        self.now - TimeDelta::minutes(minutes)
    }

    /// So many minutes after it was made.
    pub(super) fn ahead(self, minutes: i64) -> DateTime<Utc> {
        self.ago(-minutes)
    }

    /// The UTC day so many days before it was made; a negative number lies ahead.
    pub(super) fn day(self, days_ago: i64) -> NaiveDate {
        (self.now - TimeDelta::days(days_ago)).date_naive()
    }

    /// A time of that day, in UTC.
    pub(super) fn at(self, days_ago: i64, hour: i64, minute: i64) -> DateTime<Utc> {
        self.day(days_ago).and_time(NaiveTime::MIN).and_utc() + TimeDelta::minutes(hour * 60 + minute)
    }
}
