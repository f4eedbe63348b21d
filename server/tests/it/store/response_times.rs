//! How fast checks were answered, by the five minutes and by the day.

use app::words::CheckSums;
use server::store::{checks, monitors, response_times};

use super::monitors::{good, kept, monitor};
use super::sample::{at, furnish, id};
use crate::support::each_engine;

#[tokio::test]
async fn sums_of_all_monitors_of_a_component_by_five_minutes_and_by_the_day() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        assert_eq!(response_times::oldest_bucket(&mut tx).await.unwrap(), None);
        for word in ["a", "b"] {
            monitors::upsert(&mut tx, &id("page"), &monitor(word)).await.unwrap();
            monitors::start_anew(&mut tx, &id(word), None, at("09:00")).await.unwrap();
            for time in ["10:01", "10:06"] {
                kept(&mut tx, &id(word), &good(time)).await;
            }
        }
        for (from, until) in [("10:00", "10:05"), ("10:05", "10:10")] {
            checks::roll_up(&mut tx, at(from), at(until)).await.unwrap();
        }
        assert_eq!(response_times::oldest_bucket(&mut tx).await.unwrap(), Some(at("10:00")));
        let one = good("10:01").timings.total_us.unwrap();
        let both = CheckSums { checks: 2, failures: 0, timed: 2, total_us: 2 * one, longest_us: one };
        let mut buckets = response_times::buckets(&mut tx, &id("page"), at("10:00")).await.unwrap();
        buckets.sort_by_key(|(_, from, _)| *from);
        assert_eq!(buckets, [(id("api"), at("10:00"), both), (id("api"), at("10:05"), both)]);
        assert_eq!(response_times::buckets(&mut tx, &id("page"), at("10:01")).await.unwrap().len(), 1);
        assert_eq!(response_times::buckets(&mut tx, &id("other"), at("10:00")).await.unwrap(), []);

        let day = at("10:00").date_naive();
        for _ in 0..2 {
            response_times::roll_up_day(&mut tx, day, at("00:00"), at("23:00")).await.unwrap();
        }
        let whole = [both, both].into_iter().sum();
        assert_eq!(response_times::days(&mut tx, &id("page"), day).await.unwrap(), [(id("api"), day, whole)]);
        assert_eq!(response_times::days(&mut tx, &id("page"), day.succ_opt().unwrap()).await.unwrap(), []);

        let monitors = response_times::summed_up_on(&mut tx, day).await.unwrap();
        let times = response_times::times(&mut tx, &monitors[0], at("10:00"), at("10:05")).await.unwrap();
        assert!(
            !times.is_empty() && times.iter().all(|(began, time)| (at("10:00")..at("10:05")).contains(began) && *time == 100),
            "{times:?}"
        );
        assert_eq!(response_times::histograms(&mut tx, &monitors[0], day).await.unwrap(), []);
        response_times::set_histogram(&mut tx, &monitors[0], day, &[1, 2]).await.unwrap();
        assert_eq!(response_times::histograms(&mut tx, &monitors[0], day).await.unwrap(), [(day, vec![1, 2])]);
        assert_eq!(response_times::histograms(&mut tx, &monitors[1], day).await.unwrap(), [], "another monitor's");
        response_times::roll_up_day(&mut tx, day, at("00:00"), at("23:00")).await.unwrap();
        assert_eq!(response_times::histograms(&mut tx, &monitors[0], day).await.unwrap().len(), 1, "what was kept stays");
    })
    .await;
}
