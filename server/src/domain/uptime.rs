//! Uptime: seconds per status for each day, and the figure over them. Silence is not uptime: what nobody measured is outside the sum.

use app::words::{ComponentStatus, DaySeconds, DayUptime, StatusChange, Stretch, Window};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::calendar::day_start;

/// The first day of which uptime can be offered.
pub const EARLIEST: NaiveDate = match NaiveDate::from_ymd_opt(2000, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// How many days ahead the first day may lie.
const AHEAD: i64 = 366;

/// Whether uptime can be offered from that day on.
///
/// # Errors
/// A sentence that names the days which can be taken.
pub fn check_start(day: NaiveDate, today: NaiveDate) -> Result<(), String> {
    let latest = today + chrono::TimeDelta::days(AHEAD);
    if (EARLIEST..=latest).contains(&day) {
        return Ok(());
    }
    Err(format!("Uptime cannot begin on {day}. Choose a day from {EARLIEST} to {latest}, or none: then it begins with the first status."))
}

/// What is known of one component.
#[derive(Clone, Copy, Debug)]
pub struct History<'a> {
    /// Its changes, oldest first; what was before the first is not measured.
    pub changes: &'a [StatusChange],
    /// The spans of planned work (they may overlap and need no order); they come before every other status.
    pub planned: &'a [Window],
    /// The page's zone.
    pub zone: Tz,
    /// The day from which uptime is offered: what was before counts as not measured.
    pub start_date: Option<NaiveDate>,
}

impl History<'_> {
    /// The days from `first_day` to `last_day`, both included. What lies after `now` is counted nowhere, so today is shorter and days to
    /// come are empty. Every instant counts from the second it lies in, so that a day's seconds always add up.
    #[must_use]
    pub fn days(&self, first_day: NaiveDate, last_day: NaiveDate, now: DateTime<Utc>) -> Vec<DayUptime> {
        let mut line = Line::new(self, day_start(self.zone, first_day).timestamp());
        let mut days = Vec::new();
        for day in first_day.iter_days().take_while(|day| *day <= last_day) {
            let end = day.succ_opt().map_or(i64::MAX, |next| day_start(self.zone, next).timestamp()).min(now.timestamp());
            let mut seconds = DaySeconds::default();
            while let Some((kind, passed)) = line.next_piece(end) {
                *kind.of(&mut seconds) += passed;
            }
            days.push(DayUptime { day, seconds });
        }
        days
    }

    /// What it was when, from the beginning of `first_day` until `now`.
    #[must_use]
    pub fn stretches(&self, first_day: NaiveDate, now: DateTime<Utc>) -> Vec<Stretch> {
        let mut line = Line::new(self, day_start(self.zone, first_day).timestamp());
        let mut found: Vec<Stretch> = Vec::new();
        loop {
            let from = line.at;
            let Some((kind, _)) = line.next_piece(now.timestamp()) else { return found };
            let status = kind.status();
            if found.last().is_none_or(|before| before.status != status) {
                found.push(Stretch { from: DateTime::from_timestamp(from, 0).unwrap_or(now), status });
            }
        }
    }
}

/// What a second counts as.
#[derive(Clone, Copy)]
enum Kind {
    NotMeasured,
    Status(ComponentStatus),
}

impl Kind {
    const fn status(self) -> Option<ComponentStatus> {
        match self {
            Self::NotMeasured => None,
            Self::Status(status) => Some(status),
        }
    }

    fn of(self, seconds: &mut DaySeconds) -> &mut i64 {
        match self {
            Self::NotMeasured => &mut seconds.not_measured,
            Self::Status(ComponentStatus::Operational) => &mut seconds.operational,
            Self::Status(ComponentStatus::UnderMaintenance) => &mut seconds.under_maintenance,
            Self::Status(ComponentStatus::DegradedPerformance) => &mut seconds.degraded_performance,
            Self::Status(ComponentStatus::PartialOutage) => &mut seconds.partial_outage,
            Self::Status(ComponentStatus::MajorOutage) => &mut seconds.major_outage,
        }
    }
}

/// A component's time line, read once from left to right in Unix seconds.
struct Line<'a> {
    at: i64,
    kind: Kind,
    /// Nothing before it is measured.
    offered: i64,
    changes: std::iter::Peekable<std::slice::Iter<'a, StatusChange>>,
    planned: std::iter::Peekable<std::vec::IntoIter<(i64, i64)>>,
    planned_until: i64,
}

impl<'a> Line<'a> {
    fn new(history: &History<'a>, start: i64) -> Self {
        let mut planned: Vec<_> = history.planned.iter().map(|window| (window.from.timestamp(), window.until.timestamp())).collect();
        planned.sort_unstable();
        // The years before the start are passed over at once: only what held at the start matters.
        let known = history.changes.partition_point(|change| change.at.timestamp() <= start);
        Self {
            at: start,
            kind: Kind::NotMeasured,
            offered: history.start_date.map_or(i64::MIN, |day| day_start(history.zone, day).timestamp()),
            changes: history.changes.get(known.saturating_sub(1)..).unwrap_or_default().iter().peekable(),
            planned: planned.into_iter().peekable(),
            planned_until: i64::MIN,
        }
    }

    /// The next stretch in which nothing changes, not beyond `end`: what it counts as, and its seconds.
    fn next_piece(&mut self, end: i64) -> Option<(Kind, i64)> {
        if self.at >= end {
            return None;
        }
        while let Some(change) = self.changes.next_if(|change| change.at.timestamp() <= self.at) {
            self.kind = Kind::Status(change.to);
        }
        while let Some((_, until)) = self.planned.next_if(|(from, _)| *from <= self.at) {
            self.planned_until = self.planned_until.max(until);
        }
        let (kind, until) = if self.at < self.offered {
            (Kind::NotMeasured, self.offered)
        } else if self.at < self.planned_until {
            (Kind::Status(ComponentStatus::UnderMaintenance), self.planned_until)
        } else {
            let change = self.changes.peek().map_or(i64::MAX, |change| change.at.timestamp());
            let window = self.planned.peek().map_or(i64::MAX, |(from, _)| *from);
            (self.kind, change.min(window))
        };
        let passed = until.min(end) - self.at;
        self.at += passed;
        Some((kind, passed))
    }
}
