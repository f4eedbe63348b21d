//! How often something may be done: the generic cell rate algorithm, which needs one instant per key and no timer.

use chrono::{DateTime, TimeDelta, Utc};

/// So many at once, then one each time `every` has passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// How many may come at once after a rest.
    pub burst: i32,
    /// The time that gives one more.
    pub every: TimeDelta,
}

/// What a [`Pace`] says about one try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// When the key is as rested as if it had never been used; kept for the next try.
    pub rested: DateTime<Utc>,
    /// How many more may come at once.
    pub left: i32,
}

impl Pace {
    /// `count` in `period`, all of them at once if need be; `None` where no count is no limit.
    #[must_use]
    pub fn per(count: usize, period: TimeDelta) -> Option<Self> {
        let burst = i32::try_from(count).unwrap_or(i32::MAX);
        (burst > 0).then(|| Self { burst, every: period / burst })
    }

    /// Whether one more may come now, when the key was to be rested at `rested` (`None`: never used).
    ///
    /// # Errors
    /// How long to wait; a try that is refused costs nothing.
    pub fn take(self, rested: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Result<Taken, TimeDelta> {
        let rested = rested.map_or(now, |rested| rested.max(now)) + self.every;
        let room = self.every * self.burst - (rested - now);
        if room < TimeDelta::zero() {
            return Err(-room);
        }
        // A pace of no time at all refuses nobody.
        let left = room.num_microseconds().unwrap_or(i64::MAX) / self.every.num_microseconds().unwrap_or(1).max(1);
        Ok(Taken { rested, left: i32::try_from(left).unwrap_or(self.burst) })
    }
}
