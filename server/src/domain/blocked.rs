//! Targets that keep our checks out (reliability N14). Whether others are let in is not known: that is neither up nor down, until it lasts and
//! the owner says that it means down.

use app::words::Verdict;
use chrono::{DateTime, TimeDelta, Utc};

use super::expectation::{Answer, contains};
use super::monitor::{Event, State};

/// Statuses with which a target says that it knows us and does not want us, or not so often.
const STATUSES: [u16; 3] = [401, 403, 429];

/// Headers of pages that ask whether we are human: what stands in front of many sites says so by itself.
const HEADERS: [(&str, &str); 3] = [("cf-mitigated", "challenge"), ("x-amzn-waf-action", "challenge"), ("x-amzn-waf-action", "captcha")];

/// What stands in such pages. Some of it stands in good pages too, so that it counts only where the status is bad.
const SIGNS: [&str; 6] = [
    "<title>Just a moment...</title>",
    "Attention Required! | Cloudflare",
    "_Incapsula_Resource",
    "captcha-delivery.com",
    "px-captcha",
    "Sucuri WebSite Firewall",
];

/// Intervals after which being kept out may mean down.
const INTERVALS: i64 = 3;

/// Whether an answer keeps us out; `expected`: whether its status is good.
#[must_use]
pub fn is_block(answer: &Answer<'_>, expected: bool) -> bool {
    let says =
        |(name, text): &(&str, &str)| answer.headers.iter().any(|(known, value)| known.eq_ignore_ascii_case(name) && value.contains(text));
    let challenged = HEADERS.iter().any(says);
    challenged || (!expected && (STATUSES.contains(&answer.status) || SIGNS.iter().any(|sign| contains(answer.body, sign.as_bytes()))))
}

/// The state after a check at `at` that was kept out. What was confirmed as down stays so until somebody has looked again; anything else is not
/// known any more. After three intervals it is down since the first such check, where that `is_down`.
#[must_use]
pub fn judge(state: State, interval_seconds: i64, is_down: bool, at: DateTime<Utc>) -> (State, Option<Event>) {
    if state.is_down() {
        return (state, None);
    }
    let state = if state.last_result_at.is_some_and(|last| at < last) { state.set_back(at) } else { state };
    // While nothing is known, a first failed check is the first one that was kept out.
    let first = state.first_failed_at.filter(|_| state.verdict == Verdict::Unknown).unwrap_or(at);
    let since = if first == at { at } else { state.since };
    let kept_out =
        State { streak: if first == at { 1 } else { state.streak.saturating_add(1) }, since, turns: state.turns, ..State::unknown(at) };
    let next = State { first_failed_at: Some(first), last_result_at: Some(at), ..kept_out };
    let lasts = at - first >= TimeDelta::seconds(interval_seconds.saturating_mul(INTERVALS));
    if is_down && lasts {
        return (State { verdict: Verdict::Down, since: at, turns: state.turns.and(at), ..next }, Some(Event::Down(first)));
    }
    (next, None)
}
