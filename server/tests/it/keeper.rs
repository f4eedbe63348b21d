//! The clock's jobs: each runs when it is due, whoever runs it, and a run too many changes nothing.

use app::calendar;
use chrono::{DateTime, TimeDelta};
use chrono_tz::Tz;
use server::actions;
use server::domain::evidence::{Outcome, Timings};
use server::domain::times::Times;
use server::store::{Db, checks, jobs, monitors, pages, response_times, subscribers, told};

use crate::store::monitors::{good, kept, monitor};
use crate::store::sample;
use crate::support::Engine;
use crate::support::app::{TestApp, test_now};

async fn furnished(engine: Engine) -> TestApp {
    let app = TestApp::new(engine).await;
    let mut tx = app.db.write().await.unwrap();
    let page = pages::default_page(&mut tx).await.unwrap().unwrap().id;
    server::store::components::upsert_component(&mut tx, &page, &sample::component("api", 1)).await.unwrap();
    monitors::upsert(&mut tx, &page, &monitor("a")).await.unwrap();
    monitors::start_anew(&mut tx, &sample::id("a"), None, test_now()).await.unwrap();
    tx.commit().await.unwrap();
    app
}

async fn add(db: &Db, at: chrono::DateTime<chrono::Utc>) {
    let mut tx = db.write().await.unwrap();
    let seen = server::domain::evidence::Observation {
        at,
        outcome: Outcome::Good,
        timings: Timings { total_us: Some(100), ..Timings::default() },
        ..good("10:00")
    };
    kept(&mut tx, &sample::id("a"), &seen).await;
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn results_are_summed_up_every_minute_and_late_ones_are_caught_up_with() {
    for engine in Engine::ALL {
        let app = furnished(engine).await;
        let counts = async || {
            let mut tx = app.db.read().await.unwrap();
            let rollups = checks::rollups(&mut tx, &sample::id("a"), test_now() - TimeDelta::hours(1)).await.unwrap();
            rollups.iter().map(|rollup| rollup.checks).collect::<Vec<_>>()
        };
        add(&app.db, test_now() - TimeDelta::minutes(7)).await;
        add(&app.db, test_now()).await;
        assert_eq!(app.workers().keeper.tick().await.unwrap(), ["planned_work", "failures", "promises", "roll_up", "retention"]);
        assert_eq!(counts().await, [1, 1]);
        assert!(app.workers().keeper.tick().await.unwrap().is_empty(), "nothing is due");
        add(&app.db, test_now() - TimeDelta::minutes(8)).await;
        app.hand.advance(TimeDelta::seconds(60));
        assert_eq!(app.workers().keeper.tick().await.unwrap(), ["planned_work", "failures", "promises", "roll_up"]);
        assert_eq!(counts().await, [2, 1]);
        app.end().await;
    }
}

#[tokio::test]
async fn old_results_go_and_their_sums_stay() {
    let app = furnished(Engine::Sqlite).await;
    let week = TimeDelta::days(7);
    for before in [TimeDelta::days(2), week - TimeDelta::minutes(1), week + TimeDelta::minutes(1)] {
        add(&app.db, test_now() - before).await;
    }
    app.workers().keeper.tick().await.unwrap();
    let mut tx = app.db.read().await.unwrap();
    assert_eq!(checks::oldest_result(&mut tx, DateTime::UNIX_EPOCH).await.unwrap(), Some(test_now() - week + TimeDelta::minutes(1)));
    assert_eq!(checks::rollups(&mut tx, &sample::id("a"), test_now() - TimeDelta::days(9)).await.unwrap().len(), 3);
    drop(tx);
    let page = app.page().await.id;
    let mut tx = app.db.write().await.unwrap();
    assert!(told::first(&mut tx, &page, "long ago", test_now() - TimeDelta::days(3)).await.unwrap());
    assert!(told::first(&mut tx, &page, "last year", test_now()).await.unwrap());
    tx.commit().await.unwrap();
    app.hand.advance(TimeDelta::days(398));
    app.workers().keeper.tick().await.unwrap();
    let mut tx = app.db.read().await.unwrap();
    assert_eq!(
        [told::known(&mut tx, &page, "long ago").await.unwrap(), told::known(&mut tx, &page, "last year").await.unwrap()],
        [false, true]
    );
    assert_eq!(checks::oldest_result(&mut tx, DateTime::UNIX_EPOCH).await.unwrap(), None);
    assert_eq!(checks::rollups(&mut tx, &sample::id("a"), test_now() - TimeDelta::days(9)).await.unwrap(), [], "90 days are over");
    let first = test_now().date_naive() - TimeDelta::days(9);
    let days = response_times::histograms(&mut tx, &sample::id("a"), first).await.unwrap();
    assert_eq!(
        days.iter().map(|(_, kept)| Times::read(kept).len()).collect::<Vec<_>>(),
        [2, 1],
        "days stay, with how their times were spread"
    );
    drop(tx);
    app.end().await;
}

#[tokio::test]
async fn percentiles_of_ninety_days_count_every_check_once_wherever_days_begin() {
    let hours = 240;
    for (zone, chosen) in [
        (Tz::UTC, "update pages set time_zone = 'UTC'"),
        (Tz::Pacific__Auckland, "update pages set time_zone = 'Pacific/Auckland'"),
        (Tz::America__Los_Angeles, "update pages set time_zone = 'America/Los_Angeles'"),
    ] {
        let app = furnished(Engine::Sqlite).await;
        app.meddle(chosen).await;
        for hour in 0..hours {
            add(&app.db, test_now() - TimeDelta::hours(hour) - TimeDelta::minutes(30)).await;
        }
        // Summed up while all of them are there; then what is older than a week goes.
        app.workers().keeper.tick().await.unwrap();
        let spread = actions::response_times::spread(&app.db, &sample::id("a"), zone, test_now()).await.unwrap();
        let today = calendar::day_of(zone, test_now());
        let week = test_now() - calendar::day_start(zone, today - TimeDelta::days(6));
        let expected = [24, u64::try_from((week + TimeDelta::minutes(30)).num_hours()).unwrap(), u64::try_from(hours).unwrap()];
        assert_eq!(spread.iter().map(|of| of.checks).collect::<Vec<_>>(), expected, "{zone}");
        assert_eq!(spread.iter().map(|of| of.days).collect::<Vec<_>>(), [1, 7, 90]);
        app.end().await;
    }
}

#[tokio::test]
async fn a_job_that_somebody_else_runs_is_left_alone_until_their_time_is_up() {
    let app = furnished(Engine::Sqlite).await;
    app.workers().keeper.tick().await.unwrap();
    app.hand.advance(TimeDelta::minutes(1));
    let now = app.hand.now();
    let mut tx = app.db.write().await.unwrap();
    let page = pages::default_page(&mut tx).await.unwrap().unwrap().id;
    jobs::claim(&mut tx, &page, "roll_up", "another process", now, now + TimeDelta::seconds(90)).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    assert_eq!(app.workers().keeper.tick().await.unwrap(), ["planned_work", "failures", "promises"]);
    app.hand.advance(TimeDelta::seconds(90));
    assert_eq!(app.workers().keeper.tick().await.unwrap(), ["planned_work", "failures", "promises", "roll_up"], "it may have died");
    app.end().await;
}

#[tokio::test]
async fn the_operator_sees_how_long_ago_the_jobs_were_looked_at() {
    let app = furnished(Engine::Sqlite).await;
    app.workers().keeper.tick().await.unwrap();
    app.hand.advance(TimeDelta::seconds(7));
    let metrics = app.admin("/metrics").await;
    assert!(metrics.contains("allclear_scheduler_last_tick_age_seconds 7"), "{metrics}");
    assert!(metrics.contains("allclear_check_lag_p95_seconds 0"), "{metrics}");
    app.end().await;
}

#[tokio::test]
async fn requests_to_subscribe_that_nobody_confirms_are_forgotten_after_two_days() {
    let app = furnished(Engine::Sqlite).await;
    let page = app.page().await.id;
    let mut tx = app.db.write().await.unwrap();
    let email = app::words::Channel::Email;
    subscribers::insert(&mut tx, &page, &sample::id("guest"), email, "guest@example.com", test_now()).await.unwrap();
    tx.commit().await.unwrap();
    let known = async || {
        app.workers().keeper.tick().await.unwrap();
        let mut tx = app.db.read().await.unwrap();
        subscribers::find(&mut tx, &page, email, "guest@example.com").await.unwrap().is_some()
    };
    app.hand.advance(TimeDelta::hours(47));
    assert!(known().await);
    app.hand.advance(TimeDelta::hours(2));
    assert!(!known().await);
    app.end().await;
}
