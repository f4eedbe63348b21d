//! Whether answers that are right come too late (reliability N11). It takes as many in a row as going down and coming up do.

use chrono::{DateTime, Utc};

use super::monitor::Rules;

/// How the answers of a monitor stand in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slowness {
    /// Answers of the newest kind in a row: slow ones above 0, quick ones below.
    pub row: i64,
    /// When the first of them was asked for.
    pub row_since: Option<DateTime<Utc>>,
    /// When the first of the slow answers was asked for that settled it; `None` while it counts as quick.
    pub confirmed_since: Option<DateTime<Utc>>,
}

impl Slowness {
    /// Nothing is known.
    pub const NONE: Self = Self { row: 0, row_since: None, confirmed_since: None };

    /// After one more answer; `lapsed`: none has come for so long that it begins a new row.
    pub(super) fn after(self, slow: bool, rules: Rules, at: DateTime<Utc>, lapsed: bool) -> Self {
        let step = if slow { 1 } else { -1 };
        let goes_on = !lapsed && self.row.signum() == step;
        let row = if goes_on { self.row.saturating_add(step) } else { step };
        let row_since = if goes_on { self.row_since } else { Some(at) };
        let confirmed_since = if slow && row >= rules.failure_threshold {
            self.confirmed_since.or(row_since)
        } else if !slow && row <= -rules.success_threshold {
            None
        } else {
            self.confirmed_since
        };
        Self { row, row_since, confirmed_since }
    }

    /// After a check without an answer: what comes next begins a new row.
    pub(super) const fn interrupted(self) -> Self {
        Self { row: 0, row_since: None, ..self }
    }

    /// The same after the clock was set back.
    pub(super) fn set_back(self, at: DateTime<Utc>) -> Self {
        let by_then = |time: Option<DateTime<Utc>>| time.map(|time| time.min(at));
        Self { row_since: by_then(self.row_since), confirmed_since: by_then(self.confirmed_since), ..self }
    }
}
