//! What is sound about a service.

use server::domain::health::{clock, public_url, undo};
use server::domain::mail_records::Level;

use super::at;

#[test]
fn a_clock_is_held_against_this_program_its_record_and_its_server() {
    let now = at("2026-11-23T10:00:00Z");
    let later = |seconds| Some(now + chrono::TimeDelta::seconds(seconds));
    assert_eq!(clock(now, None, None).level, Level::Ok);
    assert_eq!(clock(now, later(5), later(300)).level, Level::Ok);
    assert_eq!(clock(now, later(-5), later(-86_400)).level, Level::Ok);
    let apart = clock(now, later(-60), None);
    assert_eq!((apart.level, apart.sentence.contains("60 seconds apart")), (Level::Warning, true), "{apart:?}");
    let back = clock(now, None, later(301));
    assert!(back.level == Level::Wrong && back.sentence.contains("last changed at 2026-11-23 10:05:01 UTC"), "{back:?}");
    assert_eq!(clock(at("1970-01-01T00:00:09Z"), None, None).level, Level::Wrong);
}

#[test]
fn an_address_is_best_under_protection_and_a_slip_can_be_taken_back() {
    assert_eq!(public_url("https://status.example.com").level, Level::Ok);
    assert_eq!(public_url("http://127.0.0.1:3000").level, Level::Warning);
    for (seconds, level) in [(0, Level::Warning), (1, Level::Ok), (10, Level::Ok), (600, Level::Ok), (601, Level::Warning)] {
        assert_eq!(undo(seconds).level, level, "{seconds}");
    }
}
