//! One monitor and its checks, as staff see them.

use app::words::{Monitor, MonitorKind};
use server::domain::evidence::{Observation, Outcome, Reason};
use server::domain::monitor::State;
use server::store::monitor_sheets::{self, Made};
use server::store::{components, heartbeats, monitors};

use super::monitors::{good, kept, monitor};
use super::sample::{at, furnish, id};
use crate::support::each_engine;

#[tokio::test]
async fn a_monitor_is_seen_with_what_it_speaks_for_and_what_it_waits_for() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        let page = id("page");
        let job = Monitor { kind: MonitorKind::Heartbeat, target: String::new(), ..monitor("job") };
        monitors::upsert(&mut tx, &page, &job).await.unwrap();
        monitors::start_anew(&mut tx, &job.id, Some(at("10:00")), at("09:00")).await.unwrap();
        heartbeats::beaten(&mut tx, &job.id, at("09:30")).await.unwrap();
        let sheet = monitor_sheets::one(&mut tx, &page, &job.id).await.unwrap().unwrap();
        assert_eq!((&sheet.monitor, sheet.state, sheet.component.as_deref()), (&job, State::unknown(at("09:00")), Some("api")));
        assert_eq!((sheet.waits_since, sheet.next_check_at), (Some(at("09:30")), Some(at("10:00"))));
        components::delete_component(&mut tx, &page, &id("api"), at("10:00")).await.unwrap();
        assert_eq!(monitor_sheets::one(&mut tx, &page, &job.id).await.unwrap().unwrap().component, None);
        assert_eq!(monitor_sheets::one(&mut tx, &id("other"), &job.id).await.unwrap(), None, "another page's");
        monitors::delete(&mut tx, &page, &job.id, at("11:00")).await.unwrap();
        assert_eq!(monitor_sheets::one(&mut tx, &page, &job.id).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn the_newest_checks_come_first_with_all_that_was_seen() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        for word in ["one", "two"] {
            monitors::upsert(&mut tx, &id("page"), &monitor(word)).await.unwrap();
        }
        let bad = Observation {
            outcome: Outcome::Bad(Reason::HttpStatus(503)),
            http_status: Some(503),
            excerpt: Some("out of order".to_owned()),
            ..good("10:01")
        };
        for seen in [&good("10:00"), &bad, &good("10:02")] {
            kept(&mut tx, &id("one"), seen).await;
        }
        let newest = monitor_sheets::newest(&mut tx, &id("one"), 2).await.unwrap();
        let made = |seen: &Observation| Made {
            at: seen.at,
            reason: seen.outcome.class(),
            http_status: seen.http_status,
            timings: seen.timings,
            detail: seen.excerpt.clone(),
        };
        assert_eq!(newest, [made(&good("10:02")), made(&bad)]);
        assert_eq!(monitor_sheets::newest(&mut tx, &id("two"), 2).await.unwrap(), []);
    })
    .await;
}
