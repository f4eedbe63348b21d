//! When a platform is used, and when work disturbs least.

use app::words::Window;
use chrono::{DateTime, Datelike, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;
use proptest::prelude::*;
use server::domain::load::{self, HOURS, Wanted, Week};

use super::at;

const BERLIN: Tz = Tz::Europe__Berlin;

/// Hour of the week, Monday from midnight first.
fn hour(day: usize, clock: usize) -> usize {
    day * 24 + clock
}

#[test]
fn an_hour_of_the_week_is_what_the_clock_on_the_wall_shows() {
    // Monday, 23 November 2026.
    assert_eq!(load::hour_of_week(Tz::UTC, at("2026-11-23T00:00:00Z")), 0);
    assert_eq!(load::hour_of_week(BERLIN, at("2026-11-22T23:00:00Z")), 0, "it is Monday there already");
    assert_eq!(load::hour_of_week(BERLIN, at("2026-07-05T21:59:59Z")), hour(6, 23), "in summer too");
}

#[test]
fn a_mean_weighs_by_what_was_measured() {
    let monday = at("2026-11-23T10:05:00Z");
    let week = load::means(Tz::UTC, [(monday, 300.0, 3.0), (monday + TimeDelta::days(7), 500.0, 1.0)]);
    assert_eq!(week.figure(10), Some(200.0));
    assert_eq!(week.figure(11), None, "nothing is known of other hours");
    assert!(week.is_known());
    assert!(!load::means(Tz::UTC, []).is_known());
}

#[test]
fn an_hour_without_reads_counts_as_none_and_the_running_hour_not_at_all() {
    let first = at("2026-11-16T08:00:00Z");
    let counted = [(first, 10), (at("2026-11-23T08:00:00Z"), 30), (at("2026-11-23T10:00:00Z"), 999)];
    let week = load::reads(Tz::UTC, &counted, at("2026-11-23T10:30:00Z"));
    assert_eq!(week.figure(8), Some(20.0));
    assert_eq!(week.figure(9), Some(0.0));
    assert_eq!(week.figure(10), Some(0.0), "the Monday before had none at 10, and today's is not over");
    assert!(!load::reads(Tz::UTC, &[], at("2026-11-23T10:30:00Z")).is_known());
}

#[test]
fn people_are_at_work_by_their_own_clocks() {
    let now = at("2026-11-23T00:00:00Z");
    let week = load::at_work(Tz::UTC, &[(Tz::UTC, 3), (Tz::America__New_York, 2)], now);
    assert_eq!(week.figure(hour(0, 8)), Some(3.0));
    assert_eq!(week.figure(hour(0, 13)), Some(5.0), "it is eight in New York");
    assert_eq!(week.figure(hour(0, 22)), Some(2.0));
    assert_eq!(week.figure(hour(0, 23)), Some(0.0));
    assert_eq!(week.figure(hour(5, 12)), Some(0.0), "on Saturday nobody is");
    assert!(!load::at_work(Tz::UTC, &[], now).is_known());
}

#[test]
fn where_clocks_are_turned_no_hour_is_missing_and_none_is_shifted() {
    // Clocks in Berlin are turned forward on 28 March 2027 and show no 02:30.
    let week = load::at_work(BERLIN, &[(BERLIN, 1)], at("2027-03-22T00:00:00Z"));
    assert!(week.figures().iter().all(Option::is_some), "every hour of the week has a figure");
    for day in 0..5 {
        assert_eq!(week.figure(hour(day, 7)), Some(0.0));
        assert_eq!(week.figure(hour(day, 8)), Some(1.0));
        assert_eq!(week.figure(hour(day, 17)), Some(1.0));
        assert_eq!(week.figure(hour(day, 18)), Some(0.0));
    }
}

#[test]
fn levels_go_from_the_quietest_hour_to_the_busiest() {
    let measured =
        (0..HOURS).map(|hour| (at("2026-11-23T00:00:00Z") + TimeDelta::hours(i64::try_from(hour).unwrap()), 100.0 + hour as f64, 1.0));
    let week = load::means(Tz::UTC, measured).relative();
    assert_eq!(week.level(0), Some(0));
    assert_eq!(week.level(HOURS - 1), Some(4));
    assert!((1..HOURS).all(|hour| week.level(hour - 1) <= week.level(hour)));
    let flat = load::means(Tz::UTC, [(at("2026-11-23T00:00:00Z"), 7.0, 1.0)]).relative();
    assert_eq!(flat.level(0), Some(0), "what is the same all over is quiet all over");
    assert_eq!(flat.level(1), None);
}

/// A week that is busy on weekdays from 8 to 18.
fn office_hours(zone: Tz) -> Week {
    load::together(&[load::at_work(zone, &[(zone, 1)], at("2026-11-23T00:00:00Z"))])
}

#[test]
fn the_quietest_windows_come_first_and_none_meets_another() {
    let week = office_hours(Tz::UTC);
    let taken = [Window { from: at("2026-12-01T00:00:00Z"), until: at("2026-12-01T06:00:00Z") }];
    let from = at("2026-11-30T10:00:00Z");
    let wanted = Wanted { zone: Tz::UTC, from, length: TimeDelta::hours(2), taken: &taken };
    let found = load::suggestions(&week, &wanted);
    assert_eq!(found.len(), 5);
    assert_eq!(found[0].from, at("2026-11-30T18:00:00Z"), "the first quiet evening");
    assert_eq!(found[1].from, at("2026-12-01T06:00:00Z"), "the next day, right after what is planned there");
}

#[test]
fn no_window_is_suggested_in_which_clocks_are_turned() {
    // Every hour is the same, so the earliest of each day would be taken; the night to 25 October 2026 has 25 hours.
    let wanted = Wanted { zone: BERLIN, from: at("2026-10-24T20:00:00Z"), length: TimeDelta::hours(8), taken: &[] };
    let found = load::suggestions(&load::means(BERLIN, []), &wanted);
    assert!(
        found.iter().all(|window| window.until <= at("2026-10-25T00:59:59Z") || window.from >= at("2026-10-25T01:00:00Z")),
        "{found:?}"
    );
    assert_eq!(found.len(), 5);
}

proptest! {
    #[test]
    fn suggestions_keep_to_what_is_asked(
        zone in prop::sample::select(vec![Tz::UTC, BERLIN, Tz::America__St_Johns, Tz::Asia__Kathmandu, Tz::Pacific__Apia]),
        start in 1_700_000_000_i64..1_900_000_000,
        minutes in 1_i64..2_000,
        taken in prop::collection::vec((0_i64..40_000, 1_i64..3_000), 0..20),
    ) {
        let from = DateTime::from_timestamp(start, 0).unwrap();
        let taken: Vec<Window> = taken
            .into_iter()
            .map(|(after, long)| {
                let begins = from + TimeDelta::minutes(after);
                Window { from: begins, until: begins + TimeDelta::minutes(long) }
            })
            .collect();
        let week = office_hours(zone);
        let wanted = Wanted { zone, from, length: TimeDelta::minutes(minutes), taken: &taken };
        let found = load::suggestions(&week, &wanted);
        prop_assert!(found.len() <= 5);
        for window in &found {
            prop_assert!(window.from >= from && window.until - window.from == TimeDelta::minutes(minutes));
            prop_assert!(taken.iter().all(|other| window.until <= other.from || other.until <= window.from));
            let local: chrono::NaiveDateTime = window.from.with_timezone(&zone).naive_local();
            let end = window.until.with_timezone(&zone).naive_local();
            prop_assert_eq!(end - local, TimeDelta::minutes(minutes), "the clock on the wall agrees");
        }
        let weights: Vec<f64> = found.iter().map(|window| load::weight(&week, zone, *window)).collect();
        prop_assert!(weights.windows(2).all(|pair| pair[0] <= pair[1] + 1e-9), "the quietest first: {:?}", weights);
    }

    #[test]
    fn every_instant_is_in_the_hour_of_the_week_its_clock_shows(start in 0_i64..4_000_000_000) {
        let instant: DateTime<Utc> = DateTime::from_timestamp(start, 0).unwrap();
        let local = instant.with_timezone(&BERLIN);
        let hour = load::hour_of_week(BERLIN, instant);
        prop_assert!(hour < HOURS);
        prop_assert_eq!((hour / 24, hour % 24), (local.weekday().num_days_from_monday() as usize, local.hour() as usize));
    }
}
