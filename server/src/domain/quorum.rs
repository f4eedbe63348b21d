//! What several places that look at one target see together (reliability N3).

use app::words::Verdict;
use chrono::{DateTime, TimeDelta, Utc};

/// What one place knows of a monitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// What its checks mean.
    pub verdict: Verdict,
    /// When the newest check that taught us something began.
    pub last_result_at: Option<DateTime<Utc>>,
}

/// What all of them know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// What the checks mean together.
    pub verdict: Verdict,
    /// Whether some place sees it fail, and too few do.
    pub partial: bool,
}

/// Results older than so many intervals do not count where others can speak.
const FRESH_INTERVALS: i32 = 2;

/// What the places see together. One place is its own quorum; of several more than half must agree, and where fewer than that have looked
/// within two intervals nothing is known, never that it is down.
#[must_use]
pub fn together(views: &[View], interval: TimeDelta, now: DateTime<Utc>) -> Seen {
    let whole = |verdict| Seen { verdict, partial: false };
    let [first, _, ..] = views else { return whole(views.first().map_or(Verdict::Unknown, |only| only.verdict)) };
    let needed = views.len() / 2 + 1;
    let fresh = |view: &&View| {
        let looked = view.last_result_at.is_some_and(|at| now - at <= interval * FRESH_INTERVALS);
        looked && !matches!(view.verdict, Verdict::Unknown | Verdict::Maintenance)
    };
    let fresh: Vec<Verdict> = views.iter().filter(fresh).map(|view| view.verdict).collect();
    let count = |of: &[Verdict]| fresh.iter().filter(|verdict| of.contains(verdict)).count();
    if fresh.len() < needed {
        let planned = views.iter().all(|view| view.verdict == Verdict::Maintenance);
        return whole(if planned { first.verdict } else { Verdict::Unknown });
    }
    let (down, failing) = (count(&[Verdict::Down]), count(&[Verdict::Down, Verdict::Recovering]));
    if failing >= needed {
        return whole(if down >= needed { Verdict::Down } else { Verdict::Recovering });
    }
    let partial = failing > 0;
    if count(&[Verdict::Degraded]) >= needed {
        return Seen { verdict: Verdict::Degraded, partial };
    }
    Seen { verdict: Verdict::Up, partial: partial || count(&[Verdict::Degraded]) > 0 }
}
