//! What checks mean: no failure is told before it is confirmed, and nothing of ours is ever a failure.

use app::words::{ComponentStatus, Id, Verdict};
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use server::domain::anchors::{is_lost, is_suspicious};
use server::domain::evidence::{Internal, Outcome, Reason, excerpt, holds_for};
use server::domain::flapping::may_tell;
use server::domain::monitor::{Event, Rules, State, judge, observed};
use server::domain::quorum::{Seen, View, together};
use server::domain::schedule::{is_too_far, next_check, ramp};

const GOOD: Outcome = Outcome::Good;
const BAD: Outcome = Outcome::Bad(Reason::HttpStatus(503));
const SLOW: Outcome = Outcome::Slow;
const OURS: Outcome = Outcome::Internal(Internal::Resources);

fn start() -> DateTime<Utc> {
    "2026-11-23T10:00:00Z".parse().unwrap()
}

fn rules() -> Rules {
    Rules { failure_threshold: 3, success_threshold: 2, holds_for: holds_for(60) }
}

/// Ten seconds from check to check; the state after them, and what others heard with the number of the check.
fn run(outcomes: &[Outcome]) -> (State, Vec<(usize, Event)>) {
    let mut state = State::unknown(start());
    let mut heard = Vec::new();
    for (number, outcome) in outcomes.iter().enumerate() {
        let at = start() + TimeDelta::seconds(10 * i64::try_from(number).unwrap());
        let (next, event) = judge(state, rules(), *outcome, at);
        heard.extend(event.map(|event| (number, event)));
        state = next;
    }
    (state, heard)
}

fn at(number: i64) -> DateTime<Utc> {
    start() + TimeDelta::seconds(10 * number)
}

#[test]
fn three_failures_in_a_row_are_down_since_the_first_of_them() {
    let (state, heard) = run(&[GOOD, BAD, BAD]);
    assert_eq!((state.verdict, state.streak, heard), (Verdict::Suspect, 2, vec![(0, Event::Up(at(0)))]));
    let (state, heard) = run(&[GOOD, BAD, BAD, BAD]);
    assert_eq!((state.verdict, state.since, state.first_failed_at), (Verdict::Down, at(3), Some(at(1))));
    assert_eq!(heard, [(0, Event::Up(at(0))), (3, Event::Down(at(1)))]);
}

#[test]
fn a_suspicion_that_passes_is_never_heard_of() {
    let (state, heard) = run(&[GOOD, BAD, BAD, GOOD, BAD, BAD, GOOD]);
    assert_eq!((state.verdict, state.first_failed_at), (Verdict::Up, None));
    assert_eq!(heard, [(0, Event::Up(at(0)))]);
}

#[test]
fn what_begins_with_a_failure_is_heard_of_when_it_is_up() {
    let (_, heard) = run(&[BAD, GOOD]);
    assert_eq!(heard, [(1, Event::Up(at(1)))]);
}

#[test]
fn it_is_up_again_after_two_good_checks_since_the_first_of_them() {
    let (state, heard) = run(&[BAD, BAD, BAD, GOOD]);
    assert_eq!((state.verdict, state.first_failed_at), (Verdict::Recovering, Some(at(0))));
    assert_eq!(heard.len(), 1);
    let (state, heard) = run(&[BAD, BAD, BAD, GOOD, GOOD]);
    assert_eq!((state.verdict, state.first_failed_at), (Verdict::Up, None));
    assert_eq!(heard[1], (4, Event::Up(at(3))));
}

#[test]
fn a_failure_while_recovering_begins_the_count_anew() {
    let (state, heard) = run(&[BAD, BAD, BAD, GOOD, BAD, GOOD]);
    assert_eq!((state.verdict, state.first_good_at, state.first_failed_at), (Verdict::Recovering, Some(at(5)), Some(at(0))));
    assert_eq!(heard, [(2, Event::Down(at(0)))]);
}

#[test]
fn what_kept_us_from_looking_changes_nothing_and_later_means_unknown() {
    let (state, heard) = run(&[GOOD, OURS, OURS, OURS, OURS]);
    assert_eq!((state.verdict, heard.len()), (Verdict::Up, 1));
    let up = State { verdict: Verdict::Up, last_result_at: Some(start()), ..State::unknown(start()) };
    let (state, event) = judge(up, rules(), OURS, start() + TimeDelta::seconds(181));
    assert_eq!((state.verdict, event), (Verdict::Unknown, None));
    let down = State { verdict: Verdict::Down, first_failed_at: Some(start()), ..up };
    let (state, event) = judge(down, rules(), OURS, start() + TimeDelta::hours(5));
    assert_eq!((state, event), (down, None));
}

#[test]
fn failures_before_a_long_silence_do_not_count_with_those_after_it() {
    let (state, _) = run(&[GOOD, BAD, BAD]);
    let (state, event) = judge(state, rules(), BAD, start() + TimeDelta::hours(1));
    assert_eq!((state.verdict, state.streak, event), (Verdict::Suspect, 1, None));
}

#[test]
fn a_clock_that_is_set_back_neither_stops_the_count_nor_leaves_anything_ahead_of_it() {
    let (state, _) = run(&[GOOD, BAD, BAD]);
    let earlier = start() - TimeDelta::hours(1);
    let (state, event) = judge(state, rules(), BAD, earlier);
    assert_eq!((state.verdict, event), (Verdict::Down, Some(Event::Down(earlier))));
    assert_eq!((state.since, state.began(), state.last_result_at), (earlier, earlier, Some(earlier)));
}

#[test]
fn without_our_own_network_nothing_is_known_at_once_but_what_is_down_stays_so() {
    let gone = Outcome::Internal(Internal::Network);
    let (state, heard) = run(&[GOOD, BAD, BAD, gone, BAD, BAD]);
    assert_eq!((state.verdict, state.streak, heard.len()), (Verdict::Suspect, 2, 1));
    let (state, heard) = run(&[BAD, BAD, BAD, gone, GOOD, gone, GOOD]);
    assert_eq!((state.verdict, heard.len()), (Verdict::Up, 2));
}

#[test]
fn three_slow_answers_in_a_row_are_degraded_since_the_first_and_two_quick_ones_end_it() {
    let (state, heard) = run(&[GOOD, SLOW, SLOW, GOOD, SLOW, SLOW]);
    assert_eq!((state.verdict, heard.len()), (Verdict::Up, 1));
    let (state, heard) = run(&[GOOD, SLOW, SLOW, SLOW, GOOD]);
    assert_eq!((state.verdict, state.since, state.began(), heard[1]), (Verdict::Degraded, at(3), at(1), (3, Event::Degraded(at(1)))));
    let (state, heard) = run(&[GOOD, SLOW, SLOW, SLOW, GOOD, GOOD]);
    assert_eq!((state.verdict, state.since, state.began(), heard[2]), (Verdict::Up, at(5), at(4), (5, Event::Up(at(4)))));
}

#[test]
fn a_suspicion_in_between_does_not_make_a_slow_target_quick() {
    let (state, heard) = run(&[GOOD, SLOW, SLOW, SLOW, BAD, BAD, GOOD]);
    assert_eq!((state.verdict, state.began(), heard.len()), (Verdict::Degraded, at(1), 2));
    let (state, _) = run(&[GOOD, SLOW, SLOW, SLOW, BAD, BAD, BAD, GOOD, GOOD]);
    assert_eq!((state.verdict, state.first_failed_at), (Verdict::Up, None));
}

#[test]
fn more_than_six_turns_in_an_hour_are_unstable_and_told_of_every_half_hour() {
    let turn = [BAD, BAD, BAD, GOOD, GOOD];
    let turns = |times: usize| run(&[GOOD].into_iter().chain(turn.repeat(times)).collect::<Vec<_>>()).0.turns;
    let now = at(5 * 4 + 1);
    assert!(!turns(3).is_unstable(now), "six turns");
    assert!(turns(4).is_unstable(now), "eight turns");
    assert!(!turns(4).is_unstable(now + TimeDelta::hours(1)));
    assert!(may_tell(&turns(3), Some(now), now) && may_tell(&turns(4), None, now));
    let told = now - TimeDelta::minutes(29);
    assert!(!may_tell(&turns(4), Some(told), now) && may_tell(&turns(4), Some(told - TimeDelta::minutes(1)), now));
}

#[test]
fn a_component_shows_the_worst_that_its_monitors_know() {
    use ComponentStatus::{DegradedPerformance, MajorOutage, Operational};
    assert_eq!(observed([]), None);
    let whole = |verdict| Seen { verdict, partial: false };
    assert_eq!(observed([(whole(Verdict::Unknown), MajorOutage)]), None);
    assert_eq!(observed([(whole(Verdict::Unknown), MajorOutage), (whole(Verdict::Up), MajorOutage)]), Some(Operational));
    let some = [(whole(Verdict::Recovering), DegradedPerformance), (whole(Verdict::Suspect), MajorOutage)];
    assert_eq!(observed(some), Some(DegradedPerformance));
    assert_eq!(observed([(whole(Verdict::Down), MajorOutage), (whole(Verdict::Down), DegradedPerformance)]), Some(MajorOutage));
    assert_eq!(observed([(whole(Verdict::Degraded), MajorOutage), (whole(Verdict::Up), MajorOutage)]), Some(DegradedPerformance));
    assert_eq!(observed([(Seen { verdict: Verdict::Up, partial: true }, MajorOutage)]), Some(DegradedPerformance));
}

#[test]
fn an_excerpt_is_the_beginning_as_a_person_reads_it() {
    assert_eq!(excerpt(b"  <h1>Down</h1>\r\n\r\n\tback\0soon\n ").as_deref(), Some("<h1>Down</h1> back soon"));
    assert_eq!(excerpt("a\u{202e}b\u{200b}c".as_bytes()).as_deref(), Some("abc"));
    assert_eq!(excerpt(b" \n\0 "), None);
    assert_eq!(excerpt("ä".repeat(10_000).as_bytes()).unwrap().chars().count(), 300);
    assert!(excerpt(&[0xff; 5_000]).unwrap().chars().count() <= 300);
}

#[test]
fn doubt_is_settled_fast_but_never_faster_than_a_second() {
    let id = Id::parse("monitor00000").unwrap();
    let after = |interval, verdict| (next_check(&id, interval, verdict, start(), start(), 0.0) - start()).num_milliseconds();
    assert_eq!(after(60, Verdict::Suspect), 10_000);
    assert_eq!(after(20, Verdict::Recovering), 5_000);
    assert_eq!(after(2, Verdict::Suspect), 1_000);
    assert_eq!(after(1, Verdict::Suspect), 1_000);
}

fn outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![4 => Just(GOOD), 5 => Just(BAD), 2 => Just(OURS)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, ..ProptestConfig::default() })]

    #[test]
    fn down_always_follows_enough_failures_in_a_row_and_up_enough_good_checks(
        checks in prop::collection::vec((outcome(), 0_i64..400), 1..60),
        failure_threshold in 1_i64..6,
        success_threshold in 1_i64..5,
    ) {
        let rules = Rules { failure_threshold, success_threshold, holds_for: holds_for(60) };
        let mut state = State::unknown(start());
        let (mut now, mut row, mut down, mut last_event) = (start(), (GOOD, 0_i64, start()), false, None::<DateTime<Utc>>);
        for (outcome, seconds) in checks {
            now += TimeDelta::seconds(seconds);
            let before = state;
            let (next, event) = judge(state, rules, outcome, now);
            state = next;
            if let Outcome::Internal(_) = outcome {
                prop_assert_eq!(event, None);
                prop_assert!(state.verdict == before.verdict || state.verdict == Verdict::Unknown);
                continue;
            }
            row = if row.0 == outcome { (outcome, row.1 + 1, row.2) } else { (outcome, 1, now) };
            prop_assert_eq!(state.last_result_at, Some(now));
            match event {
                Some(Event::Down(first)) => {
                    prop_assert!(!down && outcome == BAD && row.1 >= failure_threshold);
                    prop_assert!(first >= row.2 && first <= now);
                    down = true;
                }
                Some(Event::Up(first)) => {
                    prop_assert!(outcome == GOOD && first >= row.2 && first <= now);
                    prop_assert!(!down || row.1 >= success_threshold);
                    down = false;
                }
                Some(Event::Degraded(_)) => prop_assert!(false, "none was slow"),
                None => {}
            }
            if event.is_some() {
                prop_assert!(last_event.is_none_or(|last| last <= now));
                last_event = Some(now);
            }
            prop_assert_eq!(state.is_down(), down);
            prop_assert!(state.is_down() <= state.first_failed_at.is_some());
        }
    }

    #[test]
    fn the_next_check_is_ahead_within_an_interval_and_a_half_and_monitors_spread(
        id in "[a-z0-9]{12}", interval in 1_i64..=86_400, late in 0_i64..200_000, jitter in -1.0..=1.0_f64,
    ) {
        let id = Id::parse(&id).unwrap();
        let now = start() + TimeDelta::milliseconds(late);
        let next = next_check(&id, interval, Verdict::Up, start(), now, jitter);
        let wait = next - now.max(start() + TimeDelta::milliseconds(interval * 500));
        prop_assert!(next - start() >= TimeDelta::seconds(1));
        prop_assert!(wait >= TimeDelta::milliseconds(-interval * 50) && wait <= TimeDelta::milliseconds(interval * 1_050).max(TimeDelta::seconds(1)));
        let ramped = ramp(&id, interval, now) - now;
        prop_assert!(ramped >= TimeDelta::zero() && ramped < TimeDelta::seconds(interval.min(30)));
    }
}

#[test]
fn monitors_keep_their_pace_and_spread_over_the_interval() {
    let mut counts = [0_usize; 10];
    for number in 0..1_000_u128 {
        let id = Id::from_bytes((number * 0x9e37_79b9_7f4a_7c15_1234).to_be_bytes());
        let first = next_check(&id, 60, Verdict::Up, start(), start(), 0.0);
        let second = next_check(&id, 60, Verdict::Up, first, first, 0.0);
        assert_eq!((second - first).num_milliseconds(), 60_000, "without jitter a monitor keeps its pace");
        let tenth = usize::try_from(first.timestamp_millis().rem_euclid(60_000) / 6_000).unwrap();
        counts[tenth] += 1;
    }
    assert!(counts.iter().all(|count| (60..140).contains(count)), "a tenth of the interval holds about a tenth of the checks: {counts:?}");
}

/// What several places see, each with how many seconds ago it looked.
fn seen(places: &[(Verdict, i64)]) -> Seen {
    let view = |(verdict, ago): &(Verdict, i64)| View { verdict: *verdict, last_result_at: Some(start() - TimeDelta::seconds(*ago)) };
    together(&places.iter().map(view).collect::<Vec<_>>(), TimeDelta::seconds(60), start())
}

#[test]
fn more_than_half_of_the_places_must_see_it_fail_and_have_looked_lately() {
    use Verdict::{Degraded, Down, Recovering, Unknown, Up};
    let whole = |verdict| Seen { verdict, partial: false };
    let partly = |verdict| Seen { verdict, partial: true };
    assert_eq!(together(&[], TimeDelta::seconds(60), start()), whole(Unknown));
    assert_eq!(seen(&[(Down, 100_000)]), whole(Down), "one place is its own quorum");
    assert_eq!(seen(&[(Down, 5), (Up, 5)]), partly(Up), "one of two is not more than half");
    assert_eq!(seen(&[(Down, 5), (Down, 5), (Up, 5)]), whole(Down));
    assert_eq!(seen(&[(Down, 5), (Recovering, 5), (Up, 5)]), whole(Recovering));
    assert_eq!(seen(&[(Down, 5), (Up, 5), (Up, 5)]), partly(Up));
    assert_eq!(seen(&[(Down, 5), (Down, 121), (Up, 5)]), partly(Up), "an old result does not speak");
    assert_eq!(seen(&[(Down, 5), (Down, 121), (Down, 121)]), whole(Unknown), "too few have looked");
    assert_eq!(seen(&[(Down, 5), (Unknown, 5), (Unknown, 5)]), whole(Unknown));
    assert_eq!(seen(&[(Degraded, 5), (Degraded, 5), (Up, 5)]), whole(Degraded));
    assert_eq!(seen(&[(Degraded, 5), (Up, 5), (Up, 5)]), partly(Up));
    assert_eq!(seen(&[(Up, 5), (Up, 5), (Up, 5), (Up, 5)]), whole(Up));
}

#[test]
fn two_anchors_of_three_must_be_silent_and_a_fifth_of_the_monitors_is_suspicious() {
    assert!(!is_lost(0, 0), "nobody is asked");
    assert!(is_lost(0, 1) && !is_lost(1, 1) && !is_lost(1, 2) && is_lost(0, 2));
    assert!(is_lost(1, 3) && !is_lost(2, 3) && is_lost(1, 5) && !is_lost(2, 5));
    assert!(is_suspicious(1, 1) && is_suspicious(1, 5) && !is_suspicious(1, 6) && is_suspicious(20, 100));
    assert!(!is_suspicious(0, 1) && !is_suspicious(19, 100));
}

proptest! {
    /// A check that is due later than this was planned by a clock that has been set back since.
    #[test]
    fn no_check_is_planned_too_far_ahead(id in "[a-z0-9]{12}", interval in 1_i64..90_000, late in 0_i64..200_000, jitter in -1.0..1.0_f64) {
        let id = Id::parse(&id).unwrap();
        let now = start() + TimeDelta::milliseconds(late);
        for verdict in [Verdict::Up, Verdict::Suspect] {
            let next = next_check(&id, interval, verdict, start(), now, jitter);
            prop_assert!(!is_too_far(interval, next, now), "{next}");
            prop_assert!(is_too_far(interval, next + TimeDelta::days(2), now));
        }
    }

    /// However the clock is set, nothing that is known lies ahead of it, and no failure of ours turns anything.
    #[test]
    fn whatever_the_clock_does_nothing_known_lies_ahead_of_it(steps in prop::collection::vec((0_usize..5, -4_000_i64..4_000), 1..200)) {
        let mut state = State::unknown(start());
        let mut now = start();
        for (outcome, jump) in steps {
            // Most steps are those of a clock that goes on, some are those of one that is set.
            now += TimeDelta::seconds(if jump.abs() < 200 { jump * 20 } else { 30 });
            let outcome = [GOOD, BAD, SLOW, OURS, Outcome::Internal(Internal::Network)][outcome];
            let (next, event) = judge(state, rules(), outcome, now);
            let known = [Some(next.began()), next.first_failed_at, next.first_good_at, next.last_result_at, next.slowness.row_since];
            if !matches!(outcome, Outcome::Internal(_)) {
                prop_assert!(known.into_iter().flatten().all(|time| time <= now), "{next:?} at {now}");
                prop_assert!(next.since <= now);
            } else {
                prop_assert!(event.is_none() && !(next.verdict == Verdict::Down && state.verdict != Verdict::Down));
            }
            if let Some(Event::Down(at) | Event::Up(at) | Event::Degraded(at)) = event {
                prop_assert!(at <= now);
            }
            state = next;
        }
    }
}
