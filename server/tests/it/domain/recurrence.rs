//! Rules by which windows come again, in zones that turn their clocks.

use app::words::Window;
use chrono::{DateTime, Datelike as _, Days, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::{America::New_York, Australia::Lord_Howe, Europe::Berlin, Tz};
use proptest::prelude::*;
use server::domain::calendar::instant;
use server::domain::recurrence::{Refused, tidy, window_id, windows};

use super::{at, day, id};

/// A window of so many minutes at this local time.
fn first(zone: Tz, local: &str, minutes: i64) -> Window {
    let from = instant(zone, local.parse().unwrap());
    Window { from, until: from + TimeDelta::minutes(minutes) }
}

fn local(zone: Tz, at: DateTime<Utc>) -> NaiveDateTime {
    at.with_timezone(&zone).naive_local()
}

fn starts(rule: &str, zone: Tz, from: &str) -> Vec<String> {
    let made = windows(rule, first(zone, from, 60), zone, &[]).unwrap();
    made.iter().map(|window| local(zone, window.from).format("%m-%d %H:%M").to_string()).collect()
}

/// The sentence of a refusal.
fn refused(rule: &str) -> String {
    match windows(rule, first(Berlin, "2026-03-03T02:30:00", 60), Berlin, &[]) {
        Err(Refused::Rule(sentence)) => sentence,
        other => panic!("{rule}: {other:?}"),
    }
}

#[test]
fn a_window_keeps_its_local_time_over_both_changes_of_the_clocks() {
    assert_eq!(starts("FREQ=WEEKLY;COUNT=3", Berlin, "2026-03-22T04:00:00"), ["03-22 04:00", "03-29 04:00", "04-05 04:00"]);
    assert_eq!(starts("FREQ=DAILY;COUNT=3", New_York, "2026-10-31T22:00:00"), ["10-31 22:00", "11-01 22:00", "11-02 22:00"]);
    let made = windows("FREQ=WEEKLY;COUNT=2", first(Berlin, "2026-10-24T04:00:00", 90), Berlin, &[]).unwrap();
    assert_eq!(made[1].from - made[0].from, TimeDelta::days(7) + TimeDelta::hours(1));
    assert_eq!(made[1].until - made[1].from, TimeDelta::minutes(90), "each is as long as the first");
}

#[test]
fn a_local_time_that_clocks_jump_over_means_the_jump() {
    for (zone, from, jump) in [
        (Berlin, "2026-03-28T02:30:00", "2026-03-29T01:00:00Z"),
        (New_York, "2026-03-07T02:30:00", "2026-03-08T07:00:00Z"),
        // Clocks of Lord Howe are turned by half an hour.
        (Lord_Howe, "2026-10-03T02:15:00", "2026-10-03T15:30:00Z"),
    ] {
        let made = windows("FREQ=DAILY;COUNT=3", first(zone, from, 60), zone, &[]).unwrap();
        assert_eq!(made[1].from, at(jump), "{zone}");
        assert_eq!(local(zone, made[2].from).time(), local(zone, made[0].from).time(), "{zone}");
    }
}

#[test]
fn of_a_local_time_that_comes_twice_the_first_is_meant() {
    for (zone, from, first_of_two) in [
        (Berlin, "2026-10-24T02:30:00", "2026-10-25T00:30:00Z"),
        (New_York, "2026-10-31T01:30:00", "2026-11-01T05:30:00Z"),
        (Lord_Howe, "2026-04-04T01:45:00", "2026-04-04T14:45:00Z"),
    ] {
        let made = windows("FREQ=DAILY;COUNT=2", first(zone, from, 60), zone, &[]).unwrap();
        assert_eq!(made[1].from, at(first_of_two), "{zone}");
    }
}

#[test]
fn rules_are_read_as_people_write_them() {
    assert_eq!(
        starts("RRULE:FREQ=MONTHLY;BYDAY=1TU;COUNT=3", Berlin, "2026-03-03T02:30:00"),
        ["03-03 02:30", "04-07 02:30", "05-05 02:30"]
    );
    assert_eq!(starts(" freq=weekly;byday=tu,th;count=3 ", Berlin, "2026-03-03T02:30:00"), ["03-03 02:30", "03-05 02:30", "03-10 02:30"]);
    // The last day counts whole; an end in UTC is what clocks of the zone show then.
    for until in ["20260317", "20260317T023000", "20260317T013000Z"] {
        assert_eq!(starts(&format!("FREQ=WEEKLY;UNTIL={until}"), Berlin, "2026-03-03T02:30:00").len(), 3, "{until}");
    }
    assert_eq!(starts("FREQ=WEEKLY;UNTIL=20260317T012959Z", Berlin, "2026-03-03T02:30:00").len(), 2);
    assert_eq!(tidy(" rrule:freq=daily;count=2"), "FREQ=DAILY;COUNT=2");
}

#[test]
fn a_rule_without_use_is_refused_with_a_sentence() {
    for (rule, part) in [
        ("FREQ=DAILY", "never ends"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20260401", "both COUNT and UNTIL"),
        ("FREQ=DAILY;UNTIL=tomorrow", "UNTIL is no day"),
        ("FREQ=SOMETIMES;COUNT=2", "cannot be read"),
        ("COUNT=2", "cannot be read"),
        ("FREQ=DAILY;COUNT=2;", "cannot be read"),
        ("FREQ=DAILY;COUNT=2\nEXDATE:20260303", "cannot be read"),
        ("FREQ=DAILY;COUNT=1000", "more than 200"),
        ("FREQ=YEARLY;INTERVAL=65535;COUNT=200", "asks for 200 windows"),
        ("FREQ=MONTHLY;COUNT=30", "more than two years"),
        ("FREQ=WEEKLY;BYDAY=MO;COUNT=3", "first window is not one"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=2", "days that do not exist"),
        ("FREQ=HOURLY;INTERVAL=12;COUNT=2", "fires too often"),
        ("FREQ=DAILY;BYHOUR=2;BYMINUTE=30,45;COUNT=4", "fires too often"),
    ] {
        assert!(refused(rule).contains(part), "{rule}: {}", refused(rule));
    }
    assert!(refused(&"X".repeat(100_000)).len() < 400);
}

#[test]
fn exceptions_must_meet_a_window_and_leave_one() {
    let (rule, window) = ("FREQ=DAILY;COUNT=3", first(Berlin, "2026-03-28T02:30:00", 60));
    let exceptions = |days: &[&str]| windows(rule, window, Berlin, &days.iter().map(|text| day(text)).collect::<Vec<_>>());
    // The first day may be left out too; the number of windows does not grow by it.
    assert_eq!(exceptions(&["2026-03-28"]).unwrap().len(), 2);
    assert!(
        matches!(exceptions(&["2026-03-31"]), Err(Refused::Exceptions(sentence)) if sentence.contains("No window begins on 2026-03-31"))
    );
    assert!(matches!(exceptions(&["2026-03-28", "2026-03-29", "2026-03-30"]), Err(Refused::Exceptions(_))));
}

#[test]
fn every_window_has_an_id_of_its_own() {
    assert_ne!(window_id(&id(1), 1), window_id(&id(1), 2));
    assert_ne!(window_id(&id(1), 1), window_id(&id(2), 1));
    assert_eq!(window_id(&id(1), 1), window_id(&id(1), 1));
}

proptest! {
    #[test]
    fn each_window_begins_at_the_same_local_time_and_none_on_an_exception(
        zone in prop::sample::select(&[Berlin, New_York, Lord_Howe, Tz::UTC][..]),
        weekly in any::<bool>(), interval in 1u32..4, count in 1usize..60,
        (month, of_month, hour, minute) in (1u32..=12, 1u32..=28, 0u32..24, 0u32..60),
        minutes in 1i64..600, left_out in prop::collection::btree_set(0usize..60, 0..5),
    ) {
        let begin = NaiveDate::from_ymd_opt(2026, month, of_month).and_then(|day| day.and_hms_opt(hour, minute, 0)).unwrap();
        // A start that clocks jump over is itself no local time, so no rule meets it.
        prop_assume!(local(zone, instant(zone, begin)) == begin);
        let from = instant(zone, begin);
        let step = if weekly { 7 } else { 1 } * interval;
        let rule = format!("FREQ={};INTERVAL={interval};COUNT={count}", if weekly { "WEEKLY" } else { "DAILY" });
        let days: Vec<NaiveDate> = (0..count).map(|n| begin.date() + Days::new(u64::try_from(n).unwrap() * u64::from(step))).collect();
        let exceptions: Vec<NaiveDate> = left_out.iter().filter_map(|n| days.get(*n).copied()).collect();
        prop_assume!(exceptions.len() < count);
        let made = windows(&rule, Window { from, until: from + TimeDelta::minutes(minutes) }, zone, &exceptions);
        if days.last().is_some_and(|last| (*last - begin.date()).num_days() > 731) {
            prop_assert!(matches!(made, Err(Refused::Rule(_))));
            return Ok(());
        }
        let made = made.unwrap();
        let kept: Vec<NaiveDate> = days.into_iter().filter(|day| !exceptions.contains(day)).collect();
        prop_assert_eq!(made.len(), kept.len());
        for (window, day) in made.iter().zip(kept) {
            prop_assert_eq!(window.from, instant(zone, day.and_time(begin.time())));
            prop_assert_eq!(window.until - window.from, TimeDelta::minutes(minutes));
            // Only the day of a jump can show another time, and at most an hour later.
            let shown = local(zone, window.from);
            prop_assert!(shown.date() == day && shown.time() >= begin.time() && (shown.time() - begin.time()) <= TimeDelta::hours(1));
            prop_assert_eq!(shown.year(), day.year());
        }
        prop_assert!(made.iter().zip(made.iter().skip(1)).all(|(one, next)| one.until <= next.from));
    }

    #[test]
    fn whatever_is_typed_is_read_or_refused(
        rule in prop_oneof![
            any::<String>(),
            "FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY|HOURLY|SECONDLY);(COUNT=[0-9]{1,6}|UNTIL=[0-9]{8}(T[0-9]{6}Z?)?)(;(INTERVAL|BYDAY|BYMONTH|BYMONTHDAY|BYSETPOS|BYYEARDAY|BYWEEKNO|BYHOUR|BYMINUTE|WKST)=-?[0-9A-Z,+-]{1,6}){0,3}",
        ],
    ) {
        match windows(&rule, first(Berlin, "2026-03-03T02:30:00", 60), Berlin, &[]) {
            Ok(made) => prop_assert!(!made.is_empty() && made.len() <= 200),
            Err(Refused::Rule(sentence) | Refused::Exceptions(sentence)) => prop_assert!(sentence.ends_with('.') && sentence.len() < 500, "{}", sentence),
        }
    }
}
