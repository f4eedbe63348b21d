//! Percentiles: those of many hours together are those of all their checks.

use proptest::prelude::*;
use server::domain::times::Times;

/// The time that so many of a hundred do not exceed, by sorting.
fn sorted(mut times: Vec<i64>, of_hundred: usize) -> u64 {
    times.sort_unstable();
    let position = (times.len() * of_hundred).div_ceil(100).max(1) - 1;
    u64::try_from(times[position]).unwrap()
}

#[test]
fn nothing_counted_has_no_percentile_and_what_cannot_be_read_is_nothing() {
    assert_eq!((Times::default().len(), Times::default().percentile(95.0)), (0, None));
    assert_eq!(Times::read(b"no histogram"), Times::default());
    assert_eq!(Times::read(&[]), Times::default());
    assert_eq!(Times::of([0, -5]).percentile(50.0), Some(1), "no time is shorter than a microsecond");
    assert!(Times::of([i64::MAX]).percentile(50.0).unwrap() >= 59_000_000, "nor longer than a minute");
}

#[test]
fn an_hour_of_checks_takes_little_room() {
    let hour = Times::of((0..60).map(|n| 40_000 + n * 311));
    assert!(hour.written().len() < 200, "{}", hour.written().len());
    let day = Times::of((0..1_440).map(|n| 40_000 + (n * 7_919) % 30_000));
    assert!(day.written().len() < 400, "{}", day.written().len());
}

proptest! {
    #[test]
    fn added_up_they_say_within_one_percent_what_all_of_them_say(hours in prop::collection::vec(prop::collection::vec(1_i64..15_000_000, 1..60), 1..24)) {
        let mut together = Times::default();
        for hour in &hours {
            together.add(&Times::read(&Times::of(hour.iter().copied()).written()));
        }
        let all: Vec<i64> = hours.concat();
        prop_assert_eq!(together.len(), u64::try_from(all.len()).unwrap());
        for of_hundred in [50_usize, 95, 99, 100] {
            let (said, known) = (together.percentile(of_hundred as f64).unwrap(), sorted(all.clone(), of_hundred));
            prop_assert!(said.abs_diff(known) <= known / 100 + 1, "p{}: {} {}", of_hundred, said, known);
        }
    }

    #[test]
    fn whatever_was_kept_is_read_without_a_fall(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Times::read(&bytes).percentile(95.0);
    }
}
