//! When a beat is missing.

use app::words::{Monitor, MonitorKind, MonitorSettings};
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use server::domain::heartbeat::{Absence, Rhythm, absence, holds_for, late_by, missing_at, usual_grace};

use crate::store::monitors::monitor;

fn at(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000 + second, 0).unwrap()
}

fn second(at: DateTime<Utc>) -> i64 {
    (at - self::at(0)).num_seconds()
}

fn rhythm(interval: i64, grace: i64) -> Rhythm {
    Rhythm { interval: TimeDelta::seconds(interval), grace: TimeDelta::seconds(grace) }
}

fn away(from: i64, until: i64) -> Absence {
    Absence { from: at(from), until: at(until) }
}

fn missing(of: Rhythm, absences: &[Absence], after: Option<i64>) -> i64 {
    second(missing_at(at(0), of, absences, after.map(at)))
}

fn beats(interval_seconds: i64, grace_seconds: Option<i64>) -> Monitor {
    let settings = MonitorSettings { grace_seconds, ..MonitorSettings::default() };
    Monitor { kind: MonitorKind::Heartbeat, interval_seconds, settings, ..monitor("job") }
}

#[test]
fn the_grace_is_a_fifth_of_the_interval_and_half_a_minute_at_least_unless_somebody_chose_another() {
    for (interval, grace) in [(1, 30), (60, 30), (150, 30), (155, 31), (300, 60), (86_400, 17_280)] {
        assert_eq!(usual_grace(interval), grace);
        assert_eq!(Rhythm::of(&beats(interval, None)), rhythm(interval, grace));
    }
    assert_eq!(Rhythm::of(&beats(300, Some(5))), rhythm(300, 5));
}

#[test]
fn a_beat_is_missing_once_its_grace_is_over_and_again_with_every_further_interval() {
    let every_minute = rhythm(60, 30);
    assert_eq!(missing(every_minute, &[], None), 90);
    assert_eq!(missing(every_minute, &[], Some(90)), 150);
    assert_eq!(missing(every_minute, &[], Some(149)), 150);
    assert_eq!(missing(every_minute, &[], Some(1_000)), 1_050);
}

#[test]
fn an_absence_of_ours_puts_it_off_by_its_length() {
    let hourly = rhythm(3_600, 600);
    assert_eq!(missing(hourly, &[away(1_000, 1_500)], None), 4_700);
    assert_eq!(missing(hourly, &[away(1_000, 1_500), away(1_200, 1_700)], None), 4_900, "what two have in common counts once");
    assert_eq!(missing(hourly, &[away(-500, 100)], None), 4_300, "what was before the beat does not count");
    assert_eq!(missing(hourly, &[away(-500, -100)], None), 4_200);
}

#[test]
fn a_beat_that_may_have_come_while_nobody_was_there_is_excused() {
    let daily = rhythm(86_400, 600);
    // Half a minute around the time of the daily job: it may have called, and calls again a day later.
    assert_eq!(missing(daily, &[away(86_390, 86_420)], None), 2 * 86_400 + 600);
    assert_eq!(missing(daily, &[away(86_390, 86_420), away(172_000, 172_801)], None), 3 * 86_400 + 600);
    // The newest beat was late, and the next one may come early by as much.
    assert_eq!(missing(daily, &[away(85_700, 85_801)], None), 2 * 86_400 + 600);
    assert_eq!(missing(daily, &[away(85_700, 85_799)], None), 86_400 + 600 + 99);
    // A long absence of a job that calls every second is no long calculation.
    assert_eq!(missing(rhythm(1, 0), &[away(1, 30 * 86_400)], None), 30 * 86_400 + 1);
}

#[test]
fn silence_is_an_absence_when_it_lasted_for_too_long() {
    let most = TimeDelta::seconds(30);
    assert_eq!(absence(None, at(0), most), None, "who was never there was not gone");
    assert_eq!(absence(Some(at(0)), at(30), most), None);
    assert_eq!(absence(Some(at(0)), at(31), most), Some(away(0, 31)));
    assert_eq!(absence(Some(at(9)), at(0), TimeDelta::zero()), None, "clocks differ");
}

#[test]
fn a_beat_is_late_when_it_was_missing_and_no_later_than_we_were_there_to_hear_it() {
    let every_minute = rhythm(60, 30);
    let late = |absences: &[Absence], now| late_by(at(0), every_minute, absences, at(now)).map(|late| late.num_seconds());
    assert_eq!((late(&[], 60), late(&[], 90), late(&[], 91)), (None, None, Some(31)));
    assert_eq!(late(&[away(10, 100)], 150), None);
}

#[test]
fn a_component_is_known_of_until_a_beat_is_missing_however_long_its_grace_is() {
    for (interval, grace) in [(60, None), (60, Some(86_400)), (86_400, None)] {
        let monitor = beats(interval, grace);
        let known = holds_for(&monitor);
        // Freshness is renewed with the first result after half of its time.
        assert!(known / 2 >= Rhythm::of(&monitor).interval + Rhythm::of(&monitor).grace, "{interval} {grace:?}");
    }
    assert_eq!(holds_for(&monitor("web")), TimeDelta::seconds(180));
}

/// The same rules, a second and a beat at a time.
fn brute(interval: i64, grace: i64, absences: &[(i64, i64)], after: Option<i64>) -> i64 {
    let gone = |second: i64| absences.iter().any(|(from, until)| *from <= second && second < *until);
    let (mut put_off, mut left) = (0, interval + grace);
    while left > 0 {
        left -= i64::from(!gone(put_off));
        put_off += 1;
    }
    let excused = |beat: i64| {
        let (early, late) = (beat * interval - grace, beat * interval + grace);
        absences.iter().any(|(from, until)| *until > 0 && *from <= late && early <= *until)
    };
    let whole = |after: Option<i64>| {
        let end = |beat: i64| beat * interval + grace;
        (1..).find(|beat| !excused(*beat) && after.is_none_or(|after| end(*beat) > after)).map(end).unwrap()
    };
    let first = put_off.max(whole(None));
    match after {
        Some(after) if after >= first => whole(Some(after)),
        _ => first,
    }
}

fn absences() -> impl Strategy<Value = Vec<(i64, i64)>> {
    prop::collection::vec((-600..3_000_i64, 1..600_i64), 0..6)
        .prop_map(|all| all.into_iter().map(|(from, length)| (from, from + length)).collect())
}

proptest! {
    #[test]
    fn the_rule_is_the_one_that_counts_seconds_and_beats_one_by_one(
        interval in 1..300_i64, grace in 0..200_i64, gone in absences(), after in prop::option::of(-100..5_000_i64)
    ) {
        let known: Vec<Absence> = gone.iter().map(|(from, until)| away(*from, *until)).collect();
        prop_assert_eq!(missing(rhythm(interval, grace), &known, after), brute(interval, grace, &gone, after));
    }

    #[test]
    fn whatever_happens_a_job_has_its_interval_and_its_grace_while_somebody_is_there(
        interval in 1..300_i64, grace in 0..200_i64, gone in absences(), more in (0..3_000_i64, 1..600_i64)
    ) {
        let of = rhythm(interval, grace);
        let mut known: Vec<Absence> = gone.iter().map(|(from, until)| away(*from, *until)).collect();
        let first = missing(of, &known, None);
        let there = (0..first).filter(|second| !gone.iter().any(|(from, until)| from <= second && second < until)).count();
        prop_assert!(there as i64 >= interval + grace);
        prop_assert!(missing(of, &known, Some(first)) > first, "the same absence of a beat is found once");
        known.push(away(more.0, more.0 + more.1));
        prop_assert!(missing(of, &known, None) >= first, "no absence of ours makes a job look worse");
    }
}
