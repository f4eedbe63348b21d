//! What the clock tells it tells once: by several processes at the same instant, across restarts, and when one is killed at its work.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use app::words::{Id, NotificationKind, ReminderPlan, Role, Window};
use chrono::{DateTime, TimeDelta, Utc};
use server::actions::maintenances::{self as planned, MaintenanceInput, clock};
use server::actions::{Act, Actor, pages};
use server::clock::{Clock, Hand};
use server::domain::notice::Notice;
use server::meters::Meters;
use server::store::{Db, components, delivery_reads};
use server::workers::Keeper;

use super::plan;
use crate::store::sample;
use crate::support::app::{TestApp, test_now};
use crate::support::{Engine, Place};

fn minute(n: i64) -> DateTime<Utc> {
    test_now() + TimeDelta::minutes(n)
}

/// Work from one minute to another, reminded of three, two and one minutes before.
fn input(from: i64, until: i64) -> MaintenanceInput {
    let reminders = ReminderPlan { before_minutes: vec![3, 2, 1], ..ReminderPlan::default() };
    MaintenanceInput { reminders, ..plan(Some(Window { from: minute(from), until: minute(until) })) }
}

async fn announce(db: &Db, input: &MaintenanceInput) -> Id {
    let actor = Actor::system();
    let act = Act { db, actor: &actor, now: test_now(), undo: TimeDelta::zero() };
    planned::create(&act, input, None, true).await.unwrap().id
}

async fn furnished(db: &Db) -> Id {
    let page = pages::ensure_default(db, sample::id("page"), test_now() - TimeDelta::days(1)).await.unwrap();
    let mut tx = db.write().await.unwrap();
    components::upsert_component(&mut tx, &page, &sample::component("api", 1)).await.unwrap();
    tx.commit().await.unwrap();
    page
}

/// How often each thing was told of each work: reminders by the instant they were due for.
async fn told(db: &Db, page: &Id) -> BTreeMap<(Id, String), usize> {
    let mut tx = db.read().await.unwrap();
    let mut counts = BTreeMap::new();
    for one in delivery_reads::notifications(&mut tx, page, 10_000, 0).await.unwrap() {
        let (id, what) = match one.notice {
            Notice::Maintenance(notice) if one.kind == NotificationKind::MaintenanceReminder => {
                (notice.maintenance_id, format!("reminder {}", (notice.at - test_now()).num_minutes()))
            }
            Notice::Maintenance(notice) => (notice.maintenance_id, one.kind.to_string()),
            Notice::Task(task) => {
                let (_, rest) = task.path.split_at("/staff/maintenances/".len());
                (Id::parse(rest.trim_end_matches("?longer=1")).unwrap(), task.subject)
            }
            other => panic!("nobody is told of {other:?} here"),
        };
        *counts.entry((id, what)).or_default() += 1;
    }
    counts
}

/// All that is told of [`input`] whose keepers never were away for long.
fn all_of(id: &Id, from: i64) -> BTreeMap<(Id, String), usize> {
    let mut all: Vec<String> = (1..=3).map(|ahead| format!("reminder {}", from - ahead)).collect();
    all.extend(["announced", "started", "finished"].map(|what| format!("maintenance_{what}")));
    all.push("Planned work ends soon: New switches".to_owned());
    all.into_iter().map(|what| ((id.clone(), what), 1)).collect()
}

fn process(db: &Db) -> (Arc<Keeper>, Hand) {
    let (clock, hand) = Clock::manual(test_now());
    (Arc::new(Keeper::new(db.clone(), clock, Arc::new(Meters::default()))), hand)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_processes_that_tick_at_the_same_instant_one_tells() {
    let place = Place::migrated(Engine::Postgres).await;
    let dbs = [place.open().await, place.open().await];
    let page = furnished(&dbs[0]).await;
    let mut expected = BTreeMap::new();
    for number in 0..8 {
        let from = 5 + number % 4;
        let id = announce(&dbs[0], &input(from, from + 4)).await;
        expected.extend(all_of(&id, from));
    }
    let processes = [process(&dbs[0]), process(&dbs[1])];
    for tick in 0..100 {
        let now = test_now() + TimeDelta::seconds(tick * 10);
        let mut at_once = tokio::task::JoinSet::new();
        for ((keeper, hand), db) in processes.iter().zip(&dbs) {
            hand.set(now);
            let keeper = keeper.clone();
            at_once.spawn(async move { keeper.tick().await.map(drop) });
            // And as if the keepers did not know of each other's jobs.
            let (db, page) = (db.clone(), page.clone());
            at_once.spawn(async move { clock::tick(&db, &page, now).await });
        }
        at_once.join_all().await.into_iter().for_each(Result::unwrap);
    }
    assert_eq!(told(&dbs[0], &page).await, expected);
    for db in dbs {
        db.close().await;
    }
}

#[tokio::test]
async fn a_keeper_that_is_killed_at_its_work_leaves_neither_doubles_nor_gaps() {
    for engine in Engine::ALL {
        let place = Place::migrated(engine).await;
        let db = place.open().await;
        let page = furnished(&db).await;
        let mut expected = BTreeMap::new();
        for number in 0..10 {
            let id = announce(&db, &input(5 + 2 * number, 9 + 2 * number)).await;
            expected.extend(all_of(&id, 5 + 2 * number));
        }
        let mut killed = 0;
        for tick in 0..260 {
            // Each process is another one; every second minute one is killed, each time a little later in its work.
            let (keeper, hand) = process(&db);
            hand.set(test_now() + TimeDelta::seconds(tick * 10));
            let life = Duration::from_micros(if tick % 12 == 0 { 300 * u64::try_from(tick / 12).unwrap() } else { 60_000_000 });
            match tokio::time::timeout(life, keeper.tick()).await {
                Ok(ran) => assert!(ran.is_ok(), "{ran:?}"),
                Err(_) => killed += 1,
            }
        }
        assert!(killed > 3, "some were killed: {killed}");
        assert_eq!(told(&db, &page).await, expected, "{engine:?}");
        db.close().await;
    }
}

#[tokio::test]
async fn a_restart_between_two_ticks_changes_nothing() {
    for engine in Engine::ALL {
        let mut app = TestApp::new(engine).await;
        app.member(Role::Responder).await;
        let page = furnished(&app.db).await;
        let id = announce(
            &app.db,
            &MaintenanceInput { reminders: ReminderPlan { before_minutes: vec![1], ..ReminderPlan::default() }, ..input(2, 4) },
        )
        .await;
        for _ in 0..6 {
            for _ in 0..5 {
                app.advance(TimeDelta::seconds(10)).await;
                app.workers().keeper.tick().await.unwrap();
            }
            app = app.restart().await;
        }
        let mut expected = all_of(&id, 2);
        expected.retain(|(_, what), _| !["reminder -1", "reminder 0"].contains(&what.as_str()));
        assert_eq!(told(&app.db, &page).await, expected);
        let rows = app.get("/api/v2/scheduled-maintenances.json").await.json();
        assert_eq!(rows["scheduled_maintenances"][0]["status"], "completed");
        app.end().await;
    }
}

#[tokio::test]
async fn a_keeper_that_was_away_tells_only_what_still_means_something() {
    let app = TestApp::plain().await;
    let page = furnished(&app.db).await;
    let short = announce(&app.db, &input(5, 9)).await;
    let long = announce(&app.db, &input(5, 3 * 24 * 60)).await;
    let by_hand = announce(&app.db, &MaintenanceInput { auto_complete: false, ..input(10, 20) }).await;
    app.hand.set(minute(25 * 60));
    app.workers().keeper.tick().await.unwrap();
    let mut expected = BTreeMap::new();
    for id in [&short, &long, &by_hand] {
        expected.insert((id.clone(), "maintenance_announced".to_owned()), 1);
    }
    // The short one ended more than a day ago; the others have begun, and one of them should have ended: that is told once.
    for id in [&long, &by_hand] {
        expected.insert((id.clone(), "maintenance_started".to_owned()), 1);
    }
    expected.insert((by_hand, "Planned work is overrunning: New switches".to_owned()), 1);
    assert_eq!(told(&app.db, &page).await, expected);
    app.end().await;
}
