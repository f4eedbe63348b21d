//! How often something may be done.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use server::domain::limit::Pace;

fn at(millis: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(1_800_000_000_000 + millis).unwrap()
}

#[test]
fn a_burst_then_one_by_one_and_all_again_after_a_rest() {
    let pace = Pace { burst: 5, every: TimeDelta::minutes(1) };
    let mut rested = None;
    for left in (0..5).rev() {
        let taken = pace.take(rested, at(0)).unwrap();
        assert_eq!(taken.left, left);
        rested = Some(taken.rested);
    }
    assert_eq!(pace.take(rested, at(0)), Err(TimeDelta::minutes(1)));
    assert_eq!(pace.take(rested, at(59_000)), Err(TimeDelta::seconds(1)));
    let taken = pace.take(rested, at(60_000)).unwrap();
    assert_eq!(taken.left, 0);
    assert_eq!(pace.take(Some(taken.rested), at(60_000)), Err(TimeDelta::minutes(1)));
    assert_eq!(pace.take(Some(taken.rested), at(360_000)).unwrap().left, 4);
}

#[test]
fn no_count_is_no_limit() {
    assert_eq!(Pace::per(0, TimeDelta::hours(1)), None);
    assert_eq!(Pace::per(20, TimeDelta::hours(1)), Some(Pace { burst: 20, every: TimeDelta::minutes(3) }));
    let huge = Pace::per(usize::MAX, TimeDelta::minutes(1)).unwrap();
    assert!(huge.take(None, at(0)).is_ok());
}

proptest! {
    #[test]
    fn in_no_stretch_of_time_are_more_taken_than_the_pace_allows(
        burst in 1..20_i32, every in 1..10_000_i64, pauses in prop::collection::vec(0..5_000_i64, 1..200)
    ) {
        let pace = Pace { burst, every: TimeDelta::milliseconds(every) };
        let (mut now, mut rested, mut taken) = (0, None, Vec::new());
        for pause in pauses {
            now += pause;
            match pace.take(rested, at(now)) {
                Ok(one) => {
                    rested = Some(one.rested);
                    taken.push(now);
                }
                Err(wait) => {
                    prop_assert!(wait > TimeDelta::zero());
                    prop_assert!(pace.take(rested, at(now) + wait).is_ok(), "whoever waits as told is let in");
                }
            }
        }
        for (first, start) in taken.iter().enumerate() {
            for (last, end) in taken.iter().enumerate().skip(first) {
                let allowed = i64::from(burst) + (end - start) / every;
                prop_assert!((last - first + 1) as i64 <= allowed);
            }
        }
    }
}
