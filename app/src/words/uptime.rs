//! Uptime: seconds per status for each day, the figure over them, and how fast checks were answered.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::ComponentStatus;

/// One day of one component in the page's zone: whole seconds per status, and seconds nobody measured.
/// The sum is the length of the day that has passed (23 to 25 hours where clocks change).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DaySeconds {
    /// Seconds operational.
    pub operational: i64,
    /// Seconds in degraded performance.
    pub degraded_performance: i64,
    /// Seconds in partial outage.
    pub partial_outage: i64,
    /// Seconds in major outage.
    pub major_outage: i64,
    /// Seconds of planned work, outside the sum.
    pub under_maintenance: i64,
    /// Seconds not measured, outside the sum.
    pub not_measured: i64,
}

impl DaySeconds {
    /// Seconds in which something was wrong.
    #[must_use]
    pub const fn wrong(&self) -> i64 {
        self.degraded_performance + self.partial_outage + self.major_outage
    }

    /// Seconds the figure is about: planned work and silence are outside it.
    #[must_use]
    pub const fn measured(&self) -> i64 {
        self.operational + self.wrong()
    }

    /// All of them: as much of the day as has passed.
    #[must_use]
    pub const fn all(&self) -> i64 {
        self.measured() + self.under_maintenance + self.not_measured
    }

    /// The worst that happened; `None` where nobody measured and nothing was planned.
    #[must_use]
    pub const fn worst(&self) -> Option<ComponentStatus> {
        if self.major_outage > 0 {
            Some(ComponentStatus::MajorOutage)
        } else if self.partial_outage > 0 {
            Some(ComponentStatus::PartialOutage)
        } else if self.degraded_performance > 0 {
            Some(ComponentStatus::DegradedPerformance)
        } else if self.under_maintenance > 0 {
            Some(ComponentStatus::UnderMaintenance)
        } else if self.operational > 0 {
            Some(ComponentStatus::Operational)
        } else {
            None
        }
    }
}

impl std::iter::Sum for DaySeconds {
    fn sum<I: Iterator<Item = Self>>(days: I) -> Self {
        days.fold(Self::default(), |all, day| Self {
            operational: all.operational + day.operational,
            degraded_performance: all.degraded_performance + day.degraded_performance,
            partial_outage: all.partial_outage + day.partial_outage,
            major_outage: all.major_outage + day.major_outage,
            under_maintenance: all.under_maintenance + day.under_maintenance,
            not_measured: all.not_measured + day.not_measured,
        })
    }
}

/// [`DaySeconds`] with its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayUptime {
    /// The day in the page's zone.
    pub day: NaiveDate,
    /// Its seconds.
    pub seconds: DaySeconds,
}

/// From when on a component was what it was, until the next one begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    /// Its first instant.
    pub from: DateTime<Utc>,
    /// What it was, planned work first; `None` while nobody measured.
    pub status: Option<ComponentStatus>,
}

/// How many hundredths of a second of each status count as down: a setting of the page, in whole numbers, so that sums stay exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Weights {
    /// Of degraded performance.
    pub degraded: i64,
    /// Of a partial outage.
    pub partial: i64,
    /// Of a major outage.
    pub major: i64,
}

impl Default for Weights {
    fn default() -> Self {
        Self { degraded: 0, partial: 30, major: 100 }
    }
}

impl Weights {
    /// Seconds that count as down, in hundredths.
    const fn down_hundredths(self, seconds: &DaySeconds) -> i64 {
        seconds.degraded_performance * self.degraded + seconds.partial_outage * self.partial + seconds.major_outage * self.major
    }
}

/// A percentage with its working.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct UptimeFigure {
    /// 0 to 100, cut to two decimals and never rounded up: only a perfect record is 100.
    pub percent: f64,
    /// What it is made from.
    pub seconds: DaySeconds,
    /// Weighted seconds of downtime.
    pub down_seconds: f64,
}

impl UptimeFigure {
    /// The figure of some seconds; `None` where nothing was measured. Planned work and time not measured are outside the sum.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "hundredths of a percent, and seconds of a few thousand years")]
    pub const fn of(seconds: DaySeconds, weights: Weights) -> Option<Self> {
        let measured = seconds.measured();
        if measured <= 0 {
            return None;
        }
        let down = weights.down_hundredths(&seconds);
        // Whole numbers: no grain of a binary fraction can lift or cost a hundredth.
        let hundredths = 100 * (100 * measured - down) / measured;
        Some(Self { percent: hundredths as f64 / 100.0, seconds, down_seconds: down as f64 / 100.0 })
    }

    /// The share of the time it is about that somebody measured or planned, in percent.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a period has fewer seconds than a float counts exactly")]
    pub fn covered(&self) -> f64 {
        let known = self.seconds.measured() + self.seconds.under_maintenance;
        if self.seconds.all() > 0 { 100.0 * known as f64 / self.seconds.all() as f64 } else { 0.0 }
    }

    /// Whether no second of it went unmeasured.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.seconds.not_measured == 0
    }

    /// The figure over several days.
    #[must_use]
    pub fn over<'d>(days: impl IntoIterator<Item = &'d DayUptime>, weights: Weights) -> Option<Self> {
        Self::of(days.into_iter().map(|day| day.seconds).sum(), weights)
    }
}

/// What a number of checks say together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckSums {
    /// Checks that taught us something.
    pub checks: i64,
    /// Those that failed.
    pub failures: i64,
    /// Those with a time.
    pub timed: i64,
    /// Their times together, in microseconds.
    pub total_us: i64,
    /// The longest.
    pub longest_us: i64,
}

impl CheckSums {
    /// The mean time; `None` where none was taken.
    #[must_use]
    pub const fn mean_us(&self) -> Option<i64> {
        if self.timed > 0 { Some(self.total_us / self.timed) } else { None }
    }
}

impl std::iter::Sum for CheckSums {
    fn sum<I: Iterator<Item = Self>>(sums: I) -> Self {
        sums.fold(Self::default(), |all, more| Self {
            checks: all.checks + more.checks,
            failures: all.failures + more.failures,
            timed: all.timed + more.timed,
            total_us: all.total_us + more.total_us,
            longest_us: all.longest_us.max(more.longest_us),
        })
    }
}

/// How fast the monitors of a component were answered. Points without checks are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResponseTimes {
    /// The last day by half hours, oldest first, each by its beginning.
    pub recent: Vec<(DateTime<Utc>, CheckSums)>,
    /// The last days in the page's zone, oldest first, today last.
    pub days: Vec<(NaiveDate, CheckSums)>,
}
