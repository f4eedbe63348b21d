//! The dead man: an outside watcher is called after a good loop, and never otherwise (reliability N20).

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use server::clock::Clock;
use server::config::Config;
use server::meters::Meters;
use server::workers::DeadMan;
use server::workers::dead_man::{Turn, Unwell};

use crate::probe::probes;
use crate::support::Engine;
use crate::support::app::{TestApp, test_now};
use crate::support::target::{Answer, Target};

#[tokio::test]
async fn the_watcher_is_called_after_a_good_loop_and_operators_see_what_came_of_it() {
    for engine in Engine::ALL {
        let watcher = Target::new(Answer::Status(204, String::new())).await;
        let url = watcher.url("/ping/canary");
        let app = TestApp::with(engine, &[("ALLCLEAR_DEAD_MAN_URL", url.as_str())]).await;
        let workers = app.workers().clone();
        let dead_man = workers.dead_man.unwrap();
        assert!(!app.admin("/metrics").await.contains("allclear_dead_man_total"));
        assert_eq!(dead_man.turn().await, Turn::Withheld(Unwell::Checks), "nobody has looked for checks yet");
        workers.prober.round().await.unwrap();
        app.look().await;
        assert_eq!(dead_man.turn().await, Turn::Sent);
        assert_eq!(watcher.asked(), 1);
        assert!(watcher.heads()[0].starts_with("GET /ping/canary HTTP/1.1\r\n"), "{:?}", watcher.heads());

        watcher.answers(Answer::Status(500, String::new()));
        assert_eq!(dead_man.turn().await, Turn::Failed);
        watcher.answers(Answer::ok());
        assert_eq!(dead_man.turn().await, Turn::Sent);

        app.hand.advance(TimeDelta::seconds(31));
        assert_eq!(dead_man.turn().await, Turn::Withheld(Unwell::Checks));
        let metrics = app.admin("/metrics").await;
        for (outcome, count) in [("sent", 2), ("failed", 1), ("withheld", 2)] {
            assert!(metrics.contains(&format!("allclear_dead_man_total{{outcome=\"{outcome}\"}} {count}\n")), "{metrics}");
        }
        assert!(!metrics.contains("canary"));
        workers.prober.round().await.unwrap();
        app.db.close().await;
        assert_eq!(dead_man.turn().await, Turn::Withheld(Unwell::Database));
        assert_eq!(watcher.asked(), 3, "never when something is not well");
        app.end().await;
    }
}

#[tokio::test]
async fn the_watcher_is_not_called_while_readers_are_shown_an_old_record() {
    let app = TestApp::new(Engine::Sqlite).await;
    let watcher = Target::new(Answer::ok()).await;
    let (clock, hand) = Clock::manual(test_now());
    let meters = Arc::new(Meters::default());
    let called = async |shown: Option<DateTime<Utc>>| {
        meters.looped(hand.now());
        let dead_man = DeadMan::new(app.db.clone(), clock.clone(), meters.clone(), probes(), Arc::new(move || shown), watcher.url("/"));
        dead_man.turn().await
    };
    assert_eq!(called(None).await, Turn::Withheld(Unwell::Page), "nothing was ever shown");
    assert_eq!(called(Some(test_now() - TimeDelta::seconds(91))).await, Turn::Withheld(Unwell::Page));
    assert_eq!(watcher.asked(), 0);
    assert_eq!(called(Some(test_now() - TimeDelta::seconds(90))).await, Turn::Sent);
    app.end().await;
}

#[tokio::test]
async fn a_watcher_that_hangs_is_given_up() {
    let app = TestApp::new(Engine::Sqlite).await;
    let watcher = Target::new(Answer::Hang).await;
    let (clock, _) = Clock::manual(test_now());
    let meters = Arc::new(Meters::default());
    meters.looped(test_now());
    let dead_man = DeadMan::new(app.db.clone(), clock, meters, probes(), Arc::new(|| Some(test_now())), watcher.url("/"));
    let begun = std::time::Instant::now();
    assert_eq!(dead_man.turn().await, Turn::Failed);
    assert!(begun.elapsed() < std::time::Duration::from_secs(15), "{:?}", begun.elapsed());
    app.end().await;
}

#[test]
fn an_address_that_cannot_be_called_stops_the_start_and_is_not_repeated() {
    let read = |url: &str, networks: &str| {
        let environment = [("ALLCLEAR_DEAD_MAN_URL", url), ("ALLCLEAR_ALLOW_PRIVATE_TARGETS", networks)];
        Config::from_sources(None, environment.map(|(key, value)| (key.to_owned(), value.to_owned())))
    };
    for url in ["watcher", "ftp://watch.example.com/canary", "http://10.0.0.7/canary", "https://me:canary@watch.example.com/", "https://"] {
        let error = read(url, "").unwrap_err().to_string();
        assert!(error.starts_with("ALLCLEAR_DEAD_MAN_URL is ") && !error.contains("canary"), "{error}");
    }
    assert_eq!(read("", "").unwrap().dead_man_url, None);
    let given = read("http://10.0.0.7/canary", "10.0.0.0/8").unwrap();
    assert!(given.dead_man_url.is_some() && !format!("{given:?}").contains("canary"));
}
