//! Days in the page's zone, where clocks are turned.

use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Tz;
use proptest::prelude::*;
use server::domain::calendar::{day_of, day_start, next_day_start};

use super::{at, day};

const ZONES: &[Tz] = &[
    Tz::Etc__UTC,
    Tz::Europe__Berlin,
    Tz::America__Sao_Paulo,
    Tz::Asia__Kathmandu,
    Tz::America__St_Johns,
    Tz::America__Havana,
    Tz::Pacific__Apia,
    Tz::Australia__Lord_Howe,
];

fn hours(zone: Tz, date: &str) -> f64 {
    let first = day(date);
    let length = day_start(zone, first + TimeDelta::days(1)) - day_start(zone, first);
    length.num_seconds() as f64 / 3600.0
}

#[test]
fn days_have_23_or_25_hours_where_clocks_change() {
    assert_eq!(hours(Tz::Europe__Berlin, "2026-03-29"), 23.0);
    assert_eq!(hours(Tz::Europe__Berlin, "2026-10-25"), 25.0);
    assert_eq!(hours(Tz::Europe__Berlin, "2026-11-23"), 24.0);
    assert_eq!(hours(Tz::Australia__Lord_Howe, "2026-10-04"), 23.5);
}

#[test]
fn a_day_whose_midnight_does_not_exist_begins_at_the_jump() {
    assert_eq!(day_start(Tz::America__Sao_Paulo, day("2018-11-04")), at("2018-11-04T03:00:00Z"));
    assert_eq!(hours(Tz::America__Sao_Paulo, "2018-11-04"), 23.0);
    // Clocks in Toronto jumped from 23:30 to 0:30 that night: the new day began half an hour into its own time.
    assert_eq!(day_start(Tz::America__Toronto, day("1919-03-31")), at("1919-03-31T04:30:00Z"));
}

#[test]
fn a_day_whose_midnight_comes_twice_begins_at_the_first() {
    assert_eq!(day_start(Tz::America__Havana, day("2026-11-01")), at("2026-11-01T04:00:00Z"));
    assert_eq!(hours(Tz::America__Havana, "2026-11-01"), 25.0);
    // Newfoundland turned clocks back from 0:01 to 23:01: one minute of the new day, then an hour of the old one again.
    let midnight = at("2010-11-07T02:30:00Z");
    assert_eq!(day_start(Tz::America__St_Johns, day("2010-11-07")), midnight);
    assert_eq!(day_of(Tz::America__St_Johns, midnight + TimeDelta::minutes(30)), day("2010-11-07"));
}

#[test]
fn a_day_at_whose_midnight_clocks_go_back_begins_once_and_both_sides_agree() {
    // Midnight turns into 23:00.
    for (zone, date) in [(Tz::Africa__Cairo, "2026-10-30"), (Tz::Asia__Beirut, "2026-10-25"), (Tz::America__Nuuk, "2026-10-25")] {
        let first = day_start(zone, day(date));
        let locale = app::parts::locale::Locale::at(zone.name(), first);
        for minute in -120..120 {
            let now = first + TimeDelta::minutes(minute);
            assert_eq!(day_of(zone, now) == day(date), minute >= 0, "{zone} {now}");
            assert_eq!(locale.day(now), day_of(zone, now), "{zone} {now}");
            assert_eq!(app::parts::locale::Locale::at(zone.name(), now).today(), day_of(zone, now), "{zone} {now}");
        }
    }
}

#[test]
fn a_day_that_a_zone_left_out_is_empty() {
    assert_eq!(hours(Tz::Pacific__Apia, "2011-12-30"), 0.0);
    assert_eq!(next_day_start(Tz::Pacific__Apia, at("2011-12-29T23:00:00Z")), at("2011-12-30T10:00:00Z"));
}

#[test]
fn the_farthest_days_are_no_danger() {
    for zone in ZONES {
        assert!(day_start(*zone, NaiveDate::MIN) < day_start(*zone, NaiveDate::MAX));
    }
}

proptest! {
    #[test]
    fn every_instant_is_in_exactly_one_day(zone in prop::sample::select(ZONES), seconds in 1_200_000_000i64..1_900_000_000) {
        let now = at("1970-01-01T00:00:00Z") + TimeDelta::seconds(seconds);
        let today = day_of(zone, now);
        prop_assert!(day_start(zone, today) <= now);
        prop_assert!(now < day_start(zone, today + TimeDelta::days(1)));
        let next = next_day_start(zone, now);
        prop_assert!(next > now);
        prop_assert_eq!(day_of(zone, next - TimeDelta::microseconds(1)), today);
        prop_assert!(day_of(zone, next) > today);
    }
}
