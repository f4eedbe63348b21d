//! Checks: claimed by one, concluded by the one who claimed, summed up, removed.

use std::collections::BTreeMap;

use app::words::{Monitor, Verdict};
use chrono::DateTime;
use server::domain::evidence::{INTERNAL, Internal, Observation, Outcome, Reason};
use server::domain::monitor::State;
use server::store::checks::Rollup;
use server::store::{Db, Tx, check_batches, checks, components, load, monitors};

use super::monitors::{concluded, good, kept, monitor};
use super::sample::{at, furnish, id};
use crate::support::{each_engine, each_place};

fn bad(time: &str) -> Observation {
    Observation {
        outcome: Outcome::Bad(Reason::HttpStatus(503)),
        http_status: Some(503),
        excerpt: Some("out \"of\" order".to_owned()),
        ..good(time)
    }
}

fn ours(time: &str) -> Observation {
    Observation { outcome: Outcome::Internal(Internal::Stall), http_status: None, ..good(time) }
}

async fn watched(db: &Db, words: &[&str]) -> Tx {
    furnish(db).await;
    let mut tx = db.write().await.unwrap();
    for (number, word) in words.iter().enumerate() {
        monitors::upsert(&mut tx, &id("page"), &monitor(word)).await.unwrap();
        monitors::start_anew(&mut tx, &id(word), Some(at(&format!("10:0{number}"))), at("09:00")).await.unwrap();
    }
    tx
}

#[tokio::test]
async fn a_glance_sees_at_each_statement_what_is_true_then_and_holds_up_nobody() {
    each_engine(async |db| {
        watched(&db, &["a"]).await.commit().await.unwrap();
        let mut glance = db.glance().await.unwrap();
        assert_eq!(checks::next_due(&mut glance, at("09:59")).await.unwrap(), Some(at("10:00")));
        let mut tx = db.write().await.unwrap();
        monitors::check_at(&mut tx, &id("a"), at("10:30")).await.unwrap();
        assert_eq!(checks::next_due(&mut glance, at("09:59")).await.unwrap(), Some(at("10:00")), "it is not written yet");
        tx.commit().await.unwrap();
        assert_eq!(checks::next_due(&mut glance, at("09:59")).await.unwrap(), Some(at("10:30")));
        glance.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_is_due_goes_to_one_process_the_longest_waiting_first() {
    each_engine(async |db| {
        let mut tx = watched(&db, &["a", "b", "c"]).await;
        assert_eq!(checks::next_due(&mut tx, at("09:59")).await.unwrap(), Some(at("10:00")));
        assert_eq!(checks::claim(&mut tx, "me", at("09:59"), at("10:59"), 9).await.unwrap(), []);
        let first = checks::claim(&mut tx, "me", at("10:01"), at("10:02"), 1).await.unwrap();
        assert_eq!(
            (first[0].monitor.clone(), first[0].page.clone(), first[0].due_at, first[0].epoch),
            (monitor("a"), id("page"), at("10:00"), 1)
        );
        assert_eq!((first[0].state, first[0].fresh_until), (State::unknown(at("09:00")), None));
        let second = checks::claim(&mut tx, "you", at("10:01"), at("10:03"), 9).await.unwrap();
        assert_eq!(second.iter().map(|claimed| claimed.monitor.id.clone()).collect::<Vec<_>>(), [id("b")]);
        assert_eq!(checks::next_due(&mut tx, at("10:01")).await.unwrap(), Some(at("10:02")), "what others hold is not due");
        // A lease that lapsed makes the check anybody's, and the first claim is void.
        let third = checks::claim(&mut tx, "you", at("10:02"), at("10:04"), 9).await.unwrap();
        assert_eq!(
            third.iter().map(|claimed| (claimed.monitor.id.clone(), claimed.epoch)).collect::<Vec<_>>(),
            [(id("a"), 2), (id("c"), 1)]
        );
        let up = State {
            verdict: Verdict::Up,
            streak: 7,
            first_good_at: Some(at("10:01")),
            last_result_at: Some(at("10:01:30.5")),
            ..State::unknown(at("10:01"))
        };
        assert!(!concluded(&mut tx, &id("a"), 1, &up, at("11:00")).await);
        assert!(concluded(&mut tx, &id("a"), 2, &up, at("11:00")).await);
        assert_eq!(
            checks::claim(&mut tx, "me", at("11:00"), at("11:01"), 1).await.unwrap()[0].state,
            State::unknown(at("09:00")),
            "b's lease lapsed too"
        );
        let again = checks::claim(&mut tx, "me", at("11:00"), at("11:02"), 9).await.unwrap();
        assert_eq!(again.iter().find(|claimed| claimed.monitor.id == id("a")).unwrap().state, up);
    })
    .await;
}

#[tokio::test]
async fn one_check_is_claimed_out_of_turn_unless_somebody_makes_it() {
    each_engine(async |db| {
        let mut tx = watched(&db, &["a", "b"]).await;
        let claimed = checks::claim_one(&mut tx, &id("b"), "staff", at("09:00"), at("09:01")).await.unwrap().unwrap();
        assert_eq!((claimed.monitor.id, claimed.epoch), (id("b"), 1));
        assert_eq!(checks::claim_one(&mut tx, &id("b"), "other", at("09:00"), at("09:01")).await.unwrap(), None);
        monitors::start_anew(&mut tx, &id("a"), None, at("09:00")).await.unwrap();
        assert_eq!(checks::claim_one(&mut tx, &id("a"), "staff", at("09:00"), at("09:01")).await.unwrap(), None, "it rests");
        assert_eq!(checks::release(&mut tx, "staff").await.unwrap(), 1);
        assert!(checks::claim_one(&mut tx, &id("b"), "other", at("09:00"), at("09:01")).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn of_two_results_that_come_by_themselves_with_the_same_number_the_second_is_told_that_it_lost() {
    each_engine(async |db| {
        let mut tx = watched(&db, &["a"]).await;
        let known = checks::known(&mut tx, &id("a")).await.unwrap().unwrap();
        assert_eq!((&known.monitor, &known.page, known.due_at, known.waits_since), (&monitor("a"), &id("page"), at("10:00"), None));
        // A claim makes what was known before void, and a result makes the claim void.
        let claimed = checks::claim_one(&mut tx, &id("a"), "me", at("10:00"), at("10:01")).await.unwrap().unwrap();
        assert!(!concluded(&mut tx, &id("a"), known.epoch, &known.state, at("11:00")).await);
        let known = checks::known(&mut tx, &id("a")).await.unwrap().unwrap();
        assert!(concluded(&mut tx, &id("a"), known.epoch, &known.state, at("11:00")).await);
        assert!(!concluded(&mut tx, &id("a"), claimed.epoch, &known.state, at("12:00")).await);
        assert_eq!(checks::known(&mut tx, &id("a")).await.unwrap().unwrap().due_at, at("11:00"));
        monitors::start_anew(&mut tx, &id("a"), None, at("09:00")).await.unwrap();
        assert_eq!(checks::known(&mut tx, &id("a")).await.unwrap(), None, "it rests");
    })
    .await;
}

#[tokio::test]
async fn many_processes_claim_each_check_once() {
    each_place(async |place| {
        let db = place.open().await;
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        for number in 0..120 {
            let monitor = Monitor { id: id(&format!("m{number:03}")), ..monitor("m") };
            monitors::upsert(&mut tx, &id("page"), &monitor).await.unwrap();
            monitors::start_anew(&mut tx, &monitor.id, Some(at("10:00")), at("09:00")).await.unwrap();
        }
        tx.commit().await.unwrap();
        let mut running = tokio::task::JoinSet::new();
        for process in 0..6 {
            let db = place.open().await;
            running.spawn(async move {
                let mut mine = Vec::new();
                loop {
                    let mut tx = db.write().await.unwrap();
                    let claimed = checks::claim(&mut tx, &format!("process-{process}"), at("10:00"), at("10:01"), 7).await.unwrap();
                    tx.commit().await.unwrap();
                    if claimed.is_empty() {
                        return mine;
                    }
                    mine.extend(claimed.into_iter().map(|claimed| (claimed.monitor.id, claimed.epoch)));
                }
            });
        }
        let mut all: Vec<_> = running.join_all().await.into_iter().flatten().collect();
        all.sort();
        assert_eq!(all.len(), 120, "a check was claimed twice, or not at all");
        assert!(all.iter().all(|(_, epoch)| *epoch == 1));
        db.close().await;
    })
    .await;
}

#[tokio::test]
async fn what_was_left_behind_is_told_with_its_interval() {
    each_engine(async |db| {
        let mut tx = watched(&db, &["a", "b"]).await;
        assert_eq!(checks::overdue(&mut tx, at("10:00")).await.unwrap(), []);
        assert_eq!(checks::overdue(&mut tx, at("10:00:30")).await.unwrap(), [(id("a"), 30, at("10:00"))]);
        checks::claim(&mut tx, "me", at("10:00"), at("10:05"), 9).await.unwrap();
        assert_eq!(checks::overdue(&mut tx, at("10:04")).await.unwrap(), [(id("b"), 30, at("10:01"))]);
        assert_eq!(checks::due_after(&mut tx, at("10:04")).await.unwrap(), []);
        assert_eq!(checks::due_after(&mut tx, at("09:00")).await.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn failed_checks_come_back_as_evidence_without_those_that_taught_nothing() {
    each_engine(async |db| {
        let mut tx = watched(&db, &["a"]).await;
        for seen in [good("09:59"), bad("10:00"), ours("10:01"), bad("10:02"), bad("10:03")] {
            kept(&mut tx, &id("a"), &seen).await;
            kept(&mut tx, &id("a"), &seen).await;
        }
        let failures = checks::failures(&mut tx, &id("a"), at("10:00"), 2).await.unwrap();
        assert_eq!(failures.iter().map(|failed| failed.at).collect::<Vec<_>>(), [at("10:02"), at("10:03")]);
        let newest = &failures[1];
        assert_eq!((newest.reason.as_str(), newest.http_status, newest.timings), ("http_503", Some(503), bad("10:03").timings));
        assert_eq!(newest.excerpt.as_deref(), Some("out \"of\" order"));
        assert!(checks::failures(&mut tx, &id("a"), at("10:00"), 9).await.unwrap().iter().all(|failed| failed.reason != INTERNAL));
    })
    .await;
}

#[tokio::test]
async fn freshness_only_grows() {
    each_engine(async |db| {
        let mut tx = watched(&db, &["a"]).await;
        assert_eq!(checks::freshness(&mut tx, &id("page")).await.unwrap(), []);
        check_batches::refresh(&mut tx, &BTreeMap::from([(&id("api"), at("10:10"))])).await.unwrap();
        check_batches::refresh(&mut tx, &BTreeMap::from([(&id("api"), at("10:05"))])).await.unwrap();
        assert_eq!(checks::freshness(&mut tx, &id("page")).await.unwrap(), [(id("api"), at("10:10"))]);
        assert_eq!(components::components(&mut tx, &id("page")).await.unwrap()[0].fresh_until, Some(at("10:10")));
        let claimed = checks::claim(&mut tx, "me", at("10:00"), at("10:01"), 9).await.unwrap();
        assert_eq!(claimed[0].fresh_until, Some(at("10:10")));
    })
    .await;
}

#[tokio::test]
async fn results_are_summed_up_by_bucket_as_often_as_one_likes_and_removed_in_chunks() {
    each_engine(async |db| {
        let mut tx = watched(&db, &["a", "b"]).await;
        assert_eq!(checks::oldest_result(&mut tx, DateTime::UNIX_EPOCH).await.unwrap(), None);
        for seen in [good("10:00"), bad("10:01"), ours("10:02"), good("10:04:59.9"), good("10:05")] {
            kept(&mut tx, &id("a"), &seen).await;
        }
        kept(&mut tx, &id("b"), &ours("10:01")).await;
        assert_eq!(checks::oldest_result(&mut tx, DateTime::UNIX_EPOCH).await.unwrap(), Some(at("10:00")));
        checks::roll_up(&mut tx, at("10:00"), at("10:05")).await.unwrap();
        let late =
            Observation { timings: server::domain::evidence::Timings { total_us: Some(900), ..good("10:03").timings }, ..good("10:03") };
        kept(&mut tx, &id("a"), &late).await;
        for _ in 0..2 {
            assert_eq!(checks::roll_up(&mut tx, at("10:00"), at("10:05")).await.unwrap(), 1);
        }
        checks::roll_up(&mut tx, at("10:05"), at("10:10")).await.unwrap();
        let bucket = Rollup { bucket_start: at("10:00"), checks: 4, failures: 1, timed_checks: 4, total_us_sum: 1_200, total_us_max: 900 };
        let next = Rollup { bucket_start: at("10:05"), checks: 1, failures: 0, timed_checks: 1, total_us_sum: 100, total_us_max: 100 };
        assert_eq!(checks::rollups(&mut tx, &id("a"), at("10:00")).await.unwrap(), [bucket, next]);
        assert_eq!(checks::rollups(&mut tx, &id("b"), at("10:00")).await.unwrap(), [], "what taught nothing is not counted");
        let times = load::known(&mut tx, &id("page"), at("10:00")).await.unwrap().times;
        assert_eq!(times, [(at("10:00"), 1_200, 4), (at("10:05"), 100, 1)], "all monitors together");
        let times = load::known(&mut tx, &id("page"), at("10:01")).await.unwrap().times;
        assert_eq!(times, [(at("10:05"), 100, 1)], "from then on");
        assert_eq!(load::known(&mut tx, &id("other"), at("10:00")).await.unwrap().times, [], "of that page only");

        assert_eq!(checks::remove_results(&mut tx, at("10:04"), 3).await.unwrap(), 3);
        assert_eq!(checks::remove_results(&mut tx, at("10:04"), 3).await.unwrap(), 2);
        assert_eq!(checks::oldest_result(&mut tx, DateTime::UNIX_EPOCH).await.unwrap(), Some(at("10:04:59.9")));
        assert_eq!(checks::remove_rollups(&mut tx, at("10:05"), 500).await.unwrap(), 1);
        assert_eq!(checks::rollups(&mut tx, &id("a"), at("10:00")).await.unwrap(), [next]);
    })
    .await;
}
