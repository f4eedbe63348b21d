//! What the checks of a monitor mean: up, suspect, down, recovering (reliability N1). One location is its own quorum.

use app::words::{ComponentStatus, Verdict};
use chrono::{DateTime, TimeDelta, Utc};

use super::evidence::Outcome;

/// What is known of a monitor at one location.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    /// What its checks mean.
    pub verdict: Verdict,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Checks of the newest kind in a row.
    pub streak: i64,
    /// First failed check of the failure that goes on, or is being confirmed.
    pub first_failed_at: Option<DateTime<Utc>>,
    /// First good check of the newest run of good ones; `None` while it is down and when it was never seen up.
    pub first_good_at: Option<DateTime<Utc>>,
    /// When the newest check that taught us something began.
    pub last_result_at: Option<DateTime<Utc>>,
}

impl State {
    /// Nothing is known.
    #[must_use]
    pub const fn unknown(since: DateTime<Utc>) -> Self {
        Self { verdict: Verdict::Unknown, since, streak: 0, first_failed_at: None, first_good_at: None, last_result_at: None }
    }

    /// When what the checks mean began: with the first failed check, or with the first good one (reliability N2).
    #[must_use]
    pub fn began(&self) -> DateTime<Utc> {
        match self.verdict {
            Verdict::Suspect | Verdict::Down => self.first_failed_at,
            Verdict::Up | Verdict::Recovering => self.first_good_at,
            Verdict::Unknown | Verdict::Maintenance => None,
        }
        .unwrap_or(self.since)
    }

    /// Whether the failure is confirmed and not over.
    #[must_use]
    pub const fn is_down(&self) -> bool {
        matches!(self.verdict, Verdict::Down | Verdict::Recovering)
    }
}

/// What it takes to change a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Failures in a row that mean down.
    pub failure_threshold: i64,
    /// Good checks in a row that mean up again.
    pub success_threshold: i64,
    /// How long a result speaks for the target; what comes later begins a new row.
    pub holds_for: TimeDelta,
}

/// A change that others hear of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The failure is confirmed; it began with this check.
    Down(DateTime<Utc>),
    /// It is up, for the first time or again; the good run began with this check.
    Up(DateTime<Utc>),
}

/// The state after one more check that began at `at`, and what of it others hear. A check older than the newest known changes nothing.
#[must_use]
pub fn judge(state: State, rules: Rules, outcome: Outcome, at: DateTime<Utc>) -> (State, Option<Event>) {
    if state.last_result_at.is_some_and(|last| at < last) {
        return (state, None);
    }
    let lapsed = state.last_result_at.is_none_or(|last| at - last > rules.holds_for);
    match outcome {
        Outcome::Good => good(state, rules, at, lapsed),
        Outcome::Bad(_) => bad(state, rules, at, lapsed),
        // What was confirmed as down stays so until somebody has looked again; anything else is not known any more.
        Outcome::Internal(_) if lapsed && matches!(state.verdict, Verdict::Up | Verdict::Suspect) => {
            (State { last_result_at: state.last_result_at, ..State::unknown(at) }, None)
        }
        Outcome::Internal(_) => (state, None),
    }
}

fn good(state: State, rules: Rules, at: DateTime<Utc>, lapsed: bool) -> (State, Option<Event>) {
    let next = State { last_result_at: Some(at), ..state };
    match state.verdict {
        Verdict::Up => (State { streak: state.streak.saturating_add(1), ..next }, None),
        Verdict::Down | Verdict::Recovering => {
            let goes_on = state.verdict == Verdict::Recovering && !lapsed;
            let (streak, first) = if goes_on { (state.streak + 1, state.first_good_at.unwrap_or(at)) } else { (1, at) };
            let next = State { streak, first_good_at: Some(first), ..next };
            if streak >= rules.success_threshold {
                (State { verdict: Verdict::Up, since: at, first_failed_at: None, ..next }, Some(Event::Up(first)))
            } else {
                let since = if state.verdict == Verdict::Recovering { state.since } else { at };
                (State { verdict: Verdict::Recovering, since, ..next }, None)
            }
        }
        // Nobody heard of the suspicion, so nobody hears of its end; unless it was never seen up before.
        Verdict::Suspect | Verdict::Unknown | Verdict::Maintenance => {
            let event = (state.verdict != Verdict::Suspect || state.first_good_at.is_none()).then_some(Event::Up(at));
            (State { verdict: Verdict::Up, since: at, streak: 1, first_failed_at: None, first_good_at: Some(at), ..next }, event)
        }
    }
}

fn bad(state: State, rules: Rules, at: DateTime<Utc>, lapsed: bool) -> (State, Option<Event>) {
    let next = State { last_result_at: Some(at), ..state };
    match state.verdict {
        Verdict::Down => (State { streak: state.streak.saturating_add(1), ..next }, None),
        // A failure while recovering: the good checks before it count for nothing.
        Verdict::Recovering => (State { verdict: Verdict::Down, since: at, streak: 1, first_good_at: None, ..next }, None),
        Verdict::Up | Verdict::Suspect | Verdict::Unknown | Verdict::Maintenance => {
            let goes_on = state.verdict == Verdict::Suspect && !lapsed;
            let (streak, first) = if goes_on { (state.streak + 1, state.first_failed_at.unwrap_or(at)) } else { (1, at) };
            let next = State { streak, first_failed_at: Some(first), ..next };
            if streak >= rules.failure_threshold {
                (State { verdict: Verdict::Down, since: at, first_good_at: None, ..next }, Some(Event::Down(first)))
            } else {
                let since = if state.verdict == Verdict::Suspect { state.since } else { at };
                (State { verdict: Verdict::Suspect, since, ..next }, None)
            }
        }
    }
}

/// What the monitors of a component observe: the worst that is known; `None` where nothing is. Each with what its being down means.
#[must_use]
pub fn observed(monitors: impl IntoIterator<Item = (Verdict, ComponentStatus)>) -> Option<ComponentStatus> {
    let says = |(verdict, when_down)| match verdict {
        Verdict::Down | Verdict::Recovering => Some(when_down),
        Verdict::Up | Verdict::Suspect => Some(ComponentStatus::Operational),
        Verdict::Unknown | Verdict::Maintenance => None,
    };
    monitors.into_iter().filter_map(says).max()
}
