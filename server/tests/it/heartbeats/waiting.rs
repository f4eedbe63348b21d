//! What is waited for: around the times in which we were not there, after a pause, and when two write at once.

use app::words::{Role, Verdict};
use chrono::TimeDelta;
use server::store::{absences, monitor_events};

use super::{Watch, each_watch};
use crate::support::Engine;
use crate::support::app::test_now;

#[tokio::test]
async fn the_time_in_which_we_were_down_is_given_to_every_job_on_top() {
    each_watch(async |watch| {
        watch.beat().await;
        watch.pass(50).await;
        let watch = watch.restarted(TimeDelta::minutes(20)).await;
        // Whoever looks first, the presence or the prober, nothing is missing yet.
        watch.app.workers().prober.round().await.unwrap();
        assert_eq!(watch.verdict().await, Verdict::Up);
        watch.there().await;
        let mut tx = watch.app.db.read().await.unwrap();
        let known = absences::after(&mut tx, &watch.page, test_now()).await.unwrap();
        drop(tx);
        let gone: Vec<_> = known.iter().map(|absence| (absence.from - test_now(), absence.until - test_now())).collect();
        assert_eq!(gone, [(TimeDelta::seconds(50), TimeDelta::seconds(50 + 20 * 60))]);
        watch.pass(60).await;
        assert_eq!((watch.verdict().await, watch.checks().await.len()), (Verdict::Up, 1), "its time goes on where it stopped");
        watch.pass(60).await;
        assert_eq!(watch.verdict().await, Verdict::Down, "and ends all the same");
        watch.app.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_daily_job_that_called_while_we_restarted_is_waited_for_another_day() {
    for engine in Engine::ALL {
        let watch = Watch::open(engine, 86_400, Some(60)).await;
        watch.beat().await;
        watch.app.hand.advance(TimeDelta::seconds(86_380));
        // Nobody has said anything for a day in this test; what counts is the restart.
        watch.app.meddle("delete from settings where key = 'present_at'").await;
        watch.there().await;
        let watch = watch.restarted(TimeDelta::seconds(5)).await;
        let gone = watch.there().await;
        assert!(gone.is_none_or(|gone| gone.until - gone.from == TimeDelta::seconds(5)), "{gone:?}");
        watch.pass(300).await;
        assert_eq!(watch.verdict().await, Verdict::Up);
        watch.app.end().await;
    }
}

#[tokio::test]
async fn while_nobody_can_be_reached_nobody_is_missed() {
    each_watch(async |watch| {
        watch.beat().await;
        // The prober works, but whoever hears beats is gone: in a process of its own, or with a database that was away.
        for _ in 0..120 {
            watch.app.hand.advance(TimeDelta::seconds(10));
            watch.app.workers().prober.round().await.unwrap();
        }
        assert_eq!(watch.verdict().await, Verdict::Up);
        watch.app.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_job_that_is_paused_may_call_and_is_waited_for_from_the_end_of_the_pause() {
    each_watch(async |watch| {
        let admin = watch.app.member(Role::Admin).await;
        let to = async |what: &str| {
            let done = admin.post_form(&format!("/staff/monitors/{}/{what}", watch.monitor), &[]).await;
            assert_eq!(done.status, 303);
        };
        watch.beat().await;
        to("pause").await;
        watch.pass(300).await;
        watch.beat().await;
        assert_eq!((watch.verdict().await, watch.checks().await.len()), (Verdict::Unknown, 1), "it is heard, and not counted");
        to("resume").await;
        watch.pass(80).await;
        assert_eq!(watch.verdict().await, Verdict::Unknown);
        watch.pass(10).await;
        assert_eq!(watch.verdict().await, Verdict::Down, "a job that died meanwhile is found");
        // Another grace changes when the next is missing, and nothing that is known.
        let token = watch.app.token(Role::Admin).await;
        let path = format!("/v1/pages/{}/monitors/{}", watch.page, watch.monitor);
        let authorization = format!("OAuth {token}");
        let headers = [("authorization", authorization.as_str()), ("content-type", "application/json")];
        let patched = watch.app.send("PATCH", &path, &headers, b"{\"monitor\": {\"grace_seconds\": 600}}".to_vec()).await;
        assert_eq!((patched.status, patched.json()["grace_seconds"].as_i64()), (200, Some(600)));
        assert_eq!(watch.verdict().await, Verdict::Down);
        watch.beat().await;
        watch.pass(650).await;
        assert_eq!(watch.verdict().await, Verdict::Up);
        watch.app.end().await;
    })
    .await;
}

#[tokio::test]
async fn beats_that_come_at_once_are_all_taken_and_meet_no_other_writer_halfway() {
    each_watch(async |watch| {
        watch.beat().await;
        watch.pass(90).await;
        assert_eq!(watch.verdict().await, Verdict::Down);
        watch.app.hand.advance(TimeDelta::seconds(1));
        let beat = || watch.app.get(&watch.push);
        let (a, b, c, d, e, f) = tokio::join!(beat(), beat(), beat(), beat(), beat(), beat());
        assert_eq!([a, b, c, d, e, f].map(|reply| reply.status), [204; 6]);
        assert_eq!(watch.verdict().await, Verdict::Up);
        let mut tx = watch.app.db.read().await.unwrap();
        let events = monitor_events::list(&mut tx, &watch.page, &monitor_events::Filter::default(), 9, 0).await.unwrap();
        drop(tx);
        assert_eq!(events.iter().map(|event| event.verdict).collect::<Vec<_>>(), [Verdict::Up, Verdict::Down, Verdict::Up]);
        watch.app.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_beat_that_comes_while_it_is_thought_to_be_missing_wins() {
    each_watch(async |watch| {
        watch.beat().await;
        for _ in 0..9 {
            watch.app.hand.advance(TimeDelta::seconds(10));
            watch.there().await;
        }
        let now = watch.app.hand.now();
        let mut tx = watch.app.db.write().await.unwrap();
        let claimed = server::store::checks::claim(&mut tx, "slow", now, now + TimeDelta::seconds(60), 9).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(claimed.len(), 1);
        watch.beat().await;
        let recorded = server::actions::heartbeats::look(&watch.app.db, claimed, now).await.unwrap();
        assert_eq!(recorded, server::actions::checks::Recorded::default());
        assert!(watch.checks().await.iter().all(|made| made.reason.is_none()), "that it was missing is not kept either");
        assert_eq!(watch.verdict().await, Verdict::Up);
        watch.app.end().await;
    })
    .await;
}
