//! Times that people type.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::{Europe::Berlin, TZ_VARIANTS, Tz};
use proptest::prelude::*;
use server::domain::local_time::read;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[test]
fn a_time_is_read_in_the_pages_zone() {
    assert_eq!(read(Berlin, "2026-11-23T14:05"), Ok(at("2026-11-23T13:05:00Z")));
    assert_eq!(read(Berlin, "2026-07-01T14:05:30"), Ok(at("2026-07-01T12:05:30Z")));
    assert_eq!(read(Tz::UTC, "2026-11-23T14:05"), Ok(at("2026-11-23T14:05:00Z")));
}

#[test]
fn a_time_that_clocks_jump_over_is_refused_with_a_sentence() {
    let refused = read(Berlin, "2026-03-29T02:30").unwrap_err();
    assert_eq!(
        refused,
        "02:30 on 29 Mar 2026 does not exist in Europe/Berlin: clocks are turned forward over it. Give a time an hour later."
    );
}

#[test]
fn of_a_time_that_comes_twice_the_first_is_taken() {
    assert_eq!(read(Berlin, "2026-10-25T02:30"), Ok(at("2026-10-25T00:30:00Z")));
}

#[test]
fn what_is_no_time_is_refused_with_a_sentence_that_shows_it() {
    for text in ["", "now", "2026-11-23", "2026-13-01T10:00", "2026-11-23T25:00", "23.11.2026 14:05", "2026-11-23T14:05Z", "\u{202e}\u{0}"]
    {
        let refused = read(Berlin, text).unwrap_err();
        assert!(refused.ends_with("is no date and time. Write it like 2026-11-23T14:05."), "{text}: {refused}");
        assert!(!refused.chars().any(char::is_control), "{refused:?}");
    }
}

proptest! {
    #[test]
    fn what_a_field_shows_is_read_back_or_an_hour_that_comes_twice(zone in 0..TZ_VARIANTS.len(), minutes in 0_i64..40_000_000) {
        let zone = TZ_VARIANTS[zone];
        let instant = at("1970-01-01T00:00:00Z") + TimeDelta::minutes(minutes);
        let shown = instant.with_timezone(&zone).format("%Y-%m-%dT%H:%M:%S").to_string();
        let back = read(zone, &shown).unwrap();
        prop_assert!(back <= instant, "{shown} in {zone} is read as {back}");
        prop_assert_eq!(back.with_timezone(&zone).naive_local(), instant.with_timezone(&zone).naive_local());
    }

    #[test]
    fn no_text_is_too_strange(text in ".{0,60}") {
        let _ = read(Berlin, &text);
    }
}
