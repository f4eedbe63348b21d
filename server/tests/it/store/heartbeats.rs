//! Since when a beat is waited for.

use app::words::{Monitor, MonitorKind};
use server::store::{Tx, checks, heartbeats, monitors};

use super::monitors::monitor;
use super::sample::{at, furnish, id};
use crate::support::each_engine;

async fn waits_since(tx: &mut Tx) -> Option<chrono::DateTime<chrono::Utc>> {
    checks::known(tx, &id("job")).await.unwrap().unwrap().waits_since
}

#[tokio::test]
async fn a_beat_is_waited_for_since_the_newest_one_or_the_end_of_a_pause() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        let job = Monitor { kind: MonitorKind::Heartbeat, target: String::new(), ..monitor("job") };
        for one in [&job, &monitor("web")] {
            monitors::upsert(&mut tx, &id("page"), one).await.unwrap();
            monitors::start_anew(&mut tx, &one.id, Some(at("10:00")), at("09:00")).await.unwrap();
        }
        assert_eq!(heartbeats::push_epoch(&mut tx, &id("job")).await.unwrap(), Some((id("page"), 0)));
        assert_eq!(heartbeats::push_epoch(&mut tx, &id("web")).await.unwrap(), None, "it asks");

        heartbeats::go_on(&mut tx, &id("job"), at("10:00")).await.unwrap();
        assert_eq!(waits_since(&mut tx).await, None, "before the first beat nothing is waited for");
        for (beat, since) in [("10:01", "10:01"), ("10:03", "10:03"), ("10:02", "10:03")] {
            heartbeats::beaten(&mut tx, &id("job"), at(beat)).await.unwrap();
            assert_eq!(waits_since(&mut tx).await, Some(at(since)));
        }
        heartbeats::go_on(&mut tx, &id("job"), at("11:00")).await.unwrap();
        monitors::start_anew(&mut tx, &id("job"), Some(at("11:00")), at("11:00")).await.unwrap();
        assert_eq!(waits_since(&mut tx).await, Some(at("11:00")));
        heartbeats::forget(&mut tx, &id("job")).await.unwrap();
        assert_eq!(waits_since(&mut tx).await, None);

        monitors::delete(&mut tx, &id("page"), &id("job"), at("12:00")).await.unwrap();
        assert_eq!(heartbeats::push_epoch(&mut tx, &id("job")).await.unwrap(), None);
        assert_eq!(checks::known(&mut tx, &id("job")).await.unwrap(), None);
    })
    .await;
}
