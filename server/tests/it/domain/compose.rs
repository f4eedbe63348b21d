//! What people may write.

use app::language;
use app::stock::of_incident;
use app::words::IncidentStatus;
use chrono::{TimeDelta, TimeZone, Utc};
use proptest::prelude::*;
use server::domain::compose::{LONGEST_LINE, LONGEST_TEXT, coming, line, past, recent, text};

#[test]
fn a_refusal_names_the_character_and_the_length() {
    assert_eq!(line("The title", " "), Err("The title is empty. Write a few words.".to_owned()));
    assert_eq!(line("The title", " All good \n"), Ok("All good".to_owned()));
    let sentence = line("The title", "a\tb").unwrap_err();
    assert!(sentence.contains("U+0009"), "{sentence}");
    let sentence = text("The message", "fine \u{2067} not").unwrap_err();
    assert!(sentence.starts_with("The message") && sentence.contains("U+2067"), "{sentence}");
    let sentence = text("The message", &"ü".repeat(LONGEST_TEXT + 1)).unwrap_err();
    assert!(sentence.contains("25001") && sentence.contains("at most 25000"), "{sentence}");
    assert_eq!(text("The message", "one\r\ntwo\n\tthree"), Ok("one\ntwo\n\tthree".to_owned()));
    assert!(text("The message", "lone \r return").is_err());
    assert!(text("The message", "noncharacter \u{fffe}").is_err());
    // Marks that scripts written from right to left need are welcome.
    assert!(text("The message", "שלום\u{200f} مرحبا 👩\u{200d}💻").is_ok());
}

#[test]
fn times_are_past_or_coming_with_a_minute_of_grace_for_clocks() {
    let now = Utc.with_ymd_and_hms(2026, 11, 23, 10, 0, 0).unwrap();
    assert!(past("The start", now + TimeDelta::minutes(1), now).is_ok());
    assert!(past("The start", now + TimeDelta::seconds(61), now).unwrap_err().contains("2026-11-23 10:01 UTC"));
    assert!(coming("The next update", now, now).unwrap_err().contains("has passed"));
    assert!(coming("The next update", now + TimeDelta::seconds(1), now).is_ok());
}

#[test]
fn nothing_happened_before_the_year_2000() {
    let now = Utc.with_ymd_and_hms(2026, 11, 23, 10, 0, 0).unwrap();
    let first = Utc.with_ymd_and_hms(2000, 1, 1, 0, 0, 0).unwrap();
    assert_eq!(past("The start", first, now), Ok(first));
    let sentence = past("The start", first - TimeDelta::seconds(1), now).unwrap_err();
    assert_eq!(sentence, "The start is before 2000-01-01 (in the year 1999). Give the year it was in.");
    let sentence = past("The start", chrono::DateTime::<Utc>::MIN_UTC, now).unwrap_err();
    assert!(sentence.starts_with("The start is before 2000-01-01 (in the year -"), "{sentence}");
    assert!(recent("The day", first.date_naive()).is_ok() && recent("The day", first.date_naive().pred_opt().unwrap()).is_err());
}

#[test]
fn a_line_of_nothing_that_can_be_seen_is_empty() {
    for nothing in ["\u{200b}", "\u{2060} \u{feff}", "\u{ad}\u{200d}", "\u{3164}", "\u{2800}", "\u{e0020}\u{fe0f}"] {
        assert_eq!(line("The title", nothing), Err("The title is empty. Write a few words.".to_owned()), "{nothing:?}");
    }
    assert_eq!(line("The title", "\u{200b}می\u{200c}خواهم"), Ok("\u{200b}می\u{200c}خواهم".to_owned()));
}

#[test]
fn every_status_has_its_own_stock_sentence() {
    let sentences: std::collections::HashSet<_> =
        IncidentStatus::ALL.iter().map(|status| of_incident(language::of("en"), *status)).collect();
    assert_eq!(sentences.len(), IncidentStatus::ALL.len());
    for sentence in sentences {
        assert_eq!(text("The message", &sentence), Ok(sentence));
    }
}

proptest! {
    #[test]
    fn what_is_taken_fits_and_is_taken_again_unchanged(written in "\\PC{0,300}|[\u{0}-\u{2fff}]{0,60}") {
        if let Ok(taken) = line("The title", &written) {
            prop_assert!(!taken.is_empty() && taken.chars().count() <= LONGEST_LINE && !taken.chars().any(char::is_control));
            prop_assert_eq!(line("The title", &taken), Ok(taken));
        }
        if let Ok(taken) = text("The message", &written) {
            prop_assert!(!taken.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')));
            prop_assert_eq!(text("The message", &taken), Ok(taken));
        }
    }
}
