//! What checks came to mean.

use app::words::Verdict;
use server::domain::evidence::{Observation, Outcome, Reason};
use server::store::monitor_events::{self, Filter, MonitorEvent};
use server::store::monitors;

use super::monitors::{good, monitor};
use super::sample::{at, furnish, id};
use crate::support::each_engine;

fn bad(time: &str) -> Observation {
    Observation { outcome: Outcome::Bad(Reason::HttpStatus(503)), http_status: Some(503), ..good(time) }
}

#[tokio::test]
async fn each_change_is_kept_once_and_found_by_monitor_and_time() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        let here = id("page");
        for word in ["one", "two"] {
            monitors::upsert(&mut tx, &here, &monitor(word)).await.unwrap();
        }
        let down = (Verdict::Suspect, Verdict::Down, at("09:58"));
        for _ in 0..2 {
            monitor_events::insert(&mut tx, &id("one"), down, &bad("10:00"), at("10:00:01")).await.unwrap();
        }
        let up = (Verdict::Recovering, Verdict::Up, at("10:30"));
        monitor_events::insert(&mut tx, &id("one"), up, &good("10:31"), at("10:31:01")).await.unwrap();
        monitor_events::insert(&mut tx, &id("two"), up, &good("10:40"), at("10:40:01")).await.unwrap();
        let mut found = async |filter: Filter, limit, offset| {
            let all = monitor_events::list(&mut tx, &here, &filter, limit, offset).await.unwrap();
            all.iter().map(|event: &MonitorEvent| (event.monitor.clone(), event.at)).collect::<Vec<_>>()
        };
        let (first, second, third) = ((id("one"), at("10:00")), (id("one"), at("10:31")), (id("two"), at("10:40")));
        assert_eq!(found(Filter::default(), 10, 0).await, [third.clone(), second.clone(), first.clone()]);
        assert_eq!(found(Filter::default(), 1, 1).await, std::slice::from_ref(&second));
        assert_eq!(found(Filter { monitor: Some(id("one")), ..Filter::default() }, 10, 0).await, [second.clone(), first.clone()]);
        let between = Filter { since: Some(at("10:00:02")), until: Some(at("10:40:01")), ..Filter::default() };
        assert_eq!(found(between, 10, 0).await, [second]);
        let all = monitor_events::list(&mut tx, &here, &Filter::default(), 10, 2).await.unwrap();
        let seen = bad("10:00");
        assert_eq!((all[0].before, all[0].verdict, all[0].since, all[0].decided_at), (down.0, down.1, down.2, at("10:00:01")));
        assert_eq!((&all[0].reason, all[0].http_status, all[0].timings), (&seen.outcome.class(), seen.http_status, seen.timings));
        assert_eq!(monitor_events::list(&mut tx, &id("other"), &Filter::default(), 10, 0).await.unwrap(), []);
        assert_eq!(monitor_events::remove(&mut tx, at("10:31:01"), 10).await.unwrap(), 1);
        assert_eq!(monitor_events::remove(&mut tx, at("11:00"), 1).await.unwrap(), 1, "no more than asked for");
    })
    .await;
}
