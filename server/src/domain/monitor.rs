//! What the checks of a monitor mean: up, suspect, down, recovering (reliability N1). One location is its own quorum.

use app::words::{ComponentStatus, Verdict};
use chrono::{DateTime, TimeDelta, Utc};

use super::evidence::{Internal, Outcome};
use super::flapping::Turns;
use super::quorum::Seen;
use super::slowness::Slowness;

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
    /// How its answers stand in time.
    pub slowness: Slowness,
    /// When it last went down or came up.
    pub turns: Turns,
}

impl State {
    /// Nothing is known.
    #[must_use]
    pub const fn unknown(since: DateTime<Utc>) -> Self {
        Self {
            verdict: Verdict::Unknown,
            since,
            streak: 0,
            first_failed_at: None,
            first_good_at: None,
            last_result_at: None,
            slowness: Slowness::NONE,
            turns: Turns::NONE,
        }
    }

    /// When what the checks mean began: with the first failed check, or with the first good one (reliability N2).
    #[must_use]
    pub fn began(&self) -> DateTime<Utc> {
        match self.verdict {
            Verdict::Suspect | Verdict::Down => self.first_failed_at,
            Verdict::Up | Verdict::Recovering => self.first_good_at,
            Verdict::Degraded => self.slowness.confirmed_since,
            Verdict::Unknown | Verdict::Maintenance => None,
        }
        .unwrap_or(self.since)
    }

    /// Whether the failure is confirmed and not over.
    #[must_use]
    pub const fn is_down(&self) -> bool {
        matches!(self.verdict, Verdict::Down | Verdict::Recovering)
    }

    /// The same after the clock was set back to `at`: nothing of it lies ahead (reliability N7).
    #[must_use]
    pub(super) fn set_back(self, at: DateTime<Utc>) -> Self {
        let by_then = |time: Option<DateTime<Utc>>| time.map(|time| time.min(at));
        Self {
            since: self.since.min(at),
            first_failed_at: by_then(self.first_failed_at),
            first_good_at: by_then(self.first_good_at),
            last_result_at: by_then(self.last_result_at),
            slowness: self.slowness.set_back(at),
            turns: self.turns.set_back(at),
            ..self
        }
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
    /// It is up, for the first time or again, or as quick as it should be; the good run began with this check.
    Up(DateTime<Utc>),
    /// It answers, and too slowly; that began with this check.
    Degraded(DateTime<Utc>),
}

/// The state after one more check that began at `at`, and what of it others hear. Checks come in the order in which they were begun: one
/// that seems to be older than the newest known was begun after the clock had been set back.
#[must_use]
pub fn judge(state: State, rules: Rules, outcome: Outcome, at: DateTime<Utc>) -> (State, Option<Event>) {
    let state = if state.last_result_at.is_some_and(|last| at < last) { state.set_back(at) } else { state };
    let lapsed = state.last_result_at.is_none_or(|last| at - last > rules.holds_for);
    match outcome {
        Outcome::Good | Outcome::Slow => {
            let slowness = state.slowness.after(outcome == Outcome::Slow, rules, at, lapsed);
            good(State { slowness, ..state }, rules, at, lapsed)
        }
        Outcome::Bad(_) => bad(State { slowness: state.slowness.interrupted(), ..state }, rules, at, lapsed),
        // What was confirmed as down stays so until somebody has looked again; anything else is not known any more: at once where our own
        // network is gone (reliability N4), else when the newest result does not speak for the target any more.
        Outcome::Internal(why)
            if (lapsed || why == Internal::Network) && matches!(state.verdict, Verdict::Up | Verdict::Suspect | Verdict::Degraded) =>
        {
            (State { last_result_at: state.last_result_at, turns: state.turns, ..State::unknown(at) }, None)
        }
        Outcome::Internal(_) => (state, None),
    }
}

/// `state` knows already how the answers stand in time.
fn good(state: State, rules: Rules, at: DateTime<Utc>, lapsed: bool) -> (State, Option<Event>) {
    let next = State { last_result_at: Some(at), ..state };
    match state.verdict {
        Verdict::Up => match state.slowness.confirmed_since {
            None => (State { streak: state.streak.saturating_add(1), ..next }, None),
            Some(first) => (State { verdict: Verdict::Degraded, since: at, streak: 1, ..next }, Some(Event::Degraded(first))),
        },
        Verdict::Degraded => match state.slowness.confirmed_since {
            Some(_) => (State { streak: state.streak.saturating_add(1), ..next }, None),
            None => {
                let first = state.slowness.row_since.unwrap_or(at);
                (State { verdict: Verdict::Up, since: at, streak: 1, first_good_at: Some(first), ..next }, Some(Event::Up(first)))
            }
        },
        Verdict::Down | Verdict::Recovering => {
            let goes_on = state.verdict == Verdict::Recovering && !lapsed;
            let (streak, first) = if goes_on { (state.streak + 1, state.first_good_at.unwrap_or(at)) } else { (1, at) };
            let next = State { streak, first_good_at: Some(first), ..next };
            if streak >= rules.success_threshold {
                let turns = state.turns.and(at);
                (State { verdict: Verdict::Up, since: at, first_failed_at: None, turns, ..next }, Some(Event::Up(first)))
            } else {
                let since = if state.verdict == Verdict::Recovering { state.since } else { at };
                (State { verdict: Verdict::Recovering, since, ..next }, None)
            }
        }
        // Nobody heard of the suspicion, so nobody hears of its end; unless it was never seen up before.
        Verdict::Suspect if state.slowness.confirmed_since.is_some() => {
            (State { verdict: Verdict::Degraded, since: at, streak: 1, first_failed_at: None, ..next }, None)
        }
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
        Verdict::Up | Verdict::Degraded | Verdict::Suspect | Verdict::Unknown | Verdict::Maintenance => {
            let goes_on = state.verdict == Verdict::Suspect && !lapsed;
            let (streak, first) = if goes_on { (state.streak + 1, state.first_failed_at.unwrap_or(at)) } else { (1, at) };
            let next = State { streak, first_failed_at: Some(first), ..next };
            if streak >= rules.failure_threshold {
                let next = State { first_good_at: None, slowness: Slowness::NONE, turns: state.turns.and(at), ..next };
                (State { verdict: Verdict::Down, since: at, ..next }, Some(Event::Down(first)))
            } else {
                let since = if state.verdict == Verdict::Suspect { state.since } else { at };
                (State { verdict: Verdict::Suspect, since, ..next }, None)
            }
        }
    }
}

/// What a monitor is shown as: while its component is worked on, what its checks mean is no alarm (reliability N16). The checks go on, and
/// what they mean is known the moment the work ends.
#[must_use]
pub const fn shown(verdict: Verdict, worked_on: bool) -> Verdict {
    if worked_on { Verdict::Maintenance } else { verdict }
}

/// What the monitors of a component observe: the worst that is known; `None` where nothing is. Each with what its being down means.
#[must_use]
pub fn observed(monitors: impl IntoIterator<Item = (Seen, ComponentStatus)>) -> Option<ComponentStatus> {
    let says = |(seen, when_down): (Seen, _)| match seen.verdict {
        Verdict::Down | Verdict::Recovering => Some(when_down),
        Verdict::Degraded => Some(ComponentStatus::DegradedPerformance),
        Verdict::Up | Verdict::Suspect if seen.partial => Some(ComponentStatus::DegradedPerformance),
        Verdict::Up | Verdict::Suspect => Some(ComponentStatus::Operational),
        Verdict::Unknown | Verdict::Maintenance => None,
    };
    monitors.into_iter().filter_map(says).max()
}
