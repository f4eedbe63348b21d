//! Monitors that go down and come up time and again (reliability N15).

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// More turns than this within [`WINDOW`] are unstable.
const MOST: usize = 6;
/// The time that is looked at.
const WINDOW: TimeDelta = TimeDelta::hours(1);
/// While it is unstable, staff hear of it this often at most.
const QUIET: TimeDelta = TimeDelta::minutes(30);

/// When a monitor last went down or came up, the newest last: as many as decide whether it is unstable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Turns([Option<DateTime<Utc>>; MOST + 1]);

impl Turns {
    /// It never did.
    pub const NONE: Self = Self([None; MOST + 1]);

    /// With one more.
    pub(super) fn and(mut self, at: DateTime<Utc>) -> Self {
        self.0.rotate_left(1);
        if let Some(newest) = self.0.last_mut() {
            *newest = Some(at);
        }
        self
    }

    /// As text; `None` where it never did.
    #[must_use]
    pub fn written(&self) -> Option<String> {
        // An array of times is always JSON.
        (*self != Self::NONE).then(|| serde_json::to_string(self).unwrap_or_default())
    }

    /// What was written; nothing where it says something else.
    #[must_use]
    pub fn read(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }

    /// Whether it turned more than six times in the hour before `now`.
    #[must_use]
    pub fn is_unstable(&self, now: DateTime<Utc>) -> bool {
        self.0.first().copied().flatten().is_some_and(|oldest| now - oldest <= WINDOW)
    }

    /// The same after the clock was set back.
    pub(super) fn set_back(self, at: DateTime<Utc>) -> Self {
        Self(self.0.map(|time| time.map(|time| time.min(at))))
    }
}

/// Whether a new failure of a monitor is to be told of, when staff were last told of one at `told_at`: of an unstable one every half hour,
/// so that one draft stays open for all of it.
#[must_use]
pub fn may_tell(turns: &Turns, told_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    !turns.is_unstable(now) || told_at.is_none_or(|told_at| now - told_at >= QUIET)
}
