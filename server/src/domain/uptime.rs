//! Uptime: seconds per status for each day, and the figure over them. Silence is not uptime: what nobody measured is outside the sum.

use app::view::UptimeFigure;
use app::words::{ComponentStatus, DaySeconds, DayUptime, StatusChange, Window};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::calendar::day_start;

/// How much of a second of each status counts as down, 0 to 1; a setting of the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    /// Of degraded performance.
    pub degraded: f64,
    /// Of a partial outage.
    pub partial: f64,
    /// Of a major outage.
    pub major: f64,
}

impl Default for Weights {
    fn default() -> Self {
        Self { degraded: 0.0, partial: 0.3, major: 1.0 }
    }
}

/// The days from `first_day` to `last_day`, both included, of one component in the page's zone.
///
/// `changes` are its own, oldest first; what was before the first is not measured. `planned` are the spans of planned work (they may
/// overlap and need no order); they come before every other status. What lies after `now` is counted nowhere, so today is
/// shorter and days to come are empty. Every instant counts from the second it lies in, so that a day's seconds always add up.
#[must_use]
pub fn days(
    changes: &[StatusChange],
    planned: &[Window],
    zone: Tz,
    first_day: NaiveDate,
    last_day: NaiveDate,
    now: DateTime<Utc>,
) -> Vec<DayUptime> {
    let mut line = Line::new(changes, planned, day_start(zone, first_day).timestamp());
    let mut days = Vec::new();
    for day in first_day.iter_days().take_while(|day| *day <= last_day) {
        let end = day.succ_opt().map_or(i64::MAX, |next| day_start(zone, next).timestamp()).min(now.timestamp());
        let mut seconds = DaySeconds::default();
        while let Some((kind, passed)) = line.next_piece(end) {
            *kind.of(&mut seconds) += passed;
        }
        days.push(DayUptime { day, seconds });
    }
    days
}

/// Uptime over several days; `None` where nothing was measured. Planned work and time not measured are outside the sum.
#[must_use]
pub fn figure(days: &[DayUptime], weights: Weights) -> Option<UptimeFigure> {
    let sum = |of: fn(&DaySeconds) -> i64| days.iter().map(|day| of(&day.seconds)).sum::<i64>();
    let degraded = sum(|s| s.degraded_performance);
    let partial = sum(|s| s.partial_outage);
    let major = sum(|s| s.major_outage);
    let measured = sum(|s| s.operational) + degraded + partial + major;
    if measured <= 0 {
        return None;
    }
    let down = degraded as f64 * weights.degraded + partial as f64 * weights.partial + major as f64 * weights.major;
    Some(UptimeFigure {
        percent: 100.0 * (measured as f64 - down) / measured as f64,
        measured_seconds: measured,
        down_seconds: down,
        maintenance_seconds: sum(|s| s.under_maintenance),
        not_measured_seconds: sum(|s| s.not_measured),
    })
}

/// A percentage as it is shown, without the sign: two decimals, cut and not rounded, so that only a perfect record reads "100".
#[must_use]
pub fn percent_text(percent: f64) -> String {
    if percent >= 100.0 {
        return "100".to_owned();
    }
    // A figure such as 99.79 has no exact binary form: without the grain a hair too little would cost a whole hundredth.
    let hundredths = (percent * 100.0 + 1e-6).floor().clamp(0.0, 9999.0);
    format!("{:.2}", hundredths / 100.0)
}

/// What a second counts as.
#[derive(Clone, Copy)]
enum Kind {
    NotMeasured,
    Status(ComponentStatus),
}

impl Kind {
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
    changes: std::iter::Peekable<std::slice::Iter<'a, StatusChange>>,
    planned: std::iter::Peekable<std::vec::IntoIter<(i64, i64)>>,
    planned_until: i64,
}

impl<'a> Line<'a> {
    fn new(changes: &'a [StatusChange], planned: &[Window], start: i64) -> Self {
        let mut planned: Vec<_> = planned.iter().map(|window| (window.from.timestamp(), window.until.timestamp())).collect();
        planned.sort_unstable();
        Self {
            at: start,
            kind: Kind::NotMeasured,
            changes: changes.iter().peekable(),
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
        let (kind, until) = if self.at < self.planned_until {
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
