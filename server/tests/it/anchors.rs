//! Is it us? When places that have nothing to do with each other are silent too, no failure is believed, and nobody is told.

use app::words::{ComponentStatus, Verdict};
use chrono::TimeDelta;
use server::actions::monitors::MonitorInput;
use server::store::{incidents, monitors};
use tokio::net::TcpListener;

use crate::prober::{create, input, pass, status};
use crate::store::sample;
use crate::support::Engine;
use crate::support::app::TestApp;
use crate::support::target::{Answer, Target};

/// So many places that answer, and their addresses as the settings want them.
async fn anchors(count: usize) -> (Vec<TcpListener>, String) {
    let mut listening = Vec::new();
    for _ in 0..count {
        listening.push(TcpListener::bind("127.0.0.1:0").await.unwrap());
    }
    let addresses: Vec<String> = listening.iter().map(|one| one.local_addr().unwrap().to_string()).collect();
    (listening, addresses.join(","))
}

async fn verdicts(app: &TestApp) -> Vec<Verdict> {
    let page = app.page().await.id;
    let mut tx = app.db.read().await.unwrap();
    monitors::list(&mut tx, &page).await.unwrap().iter().map(|record| record.state.verdict).collect()
}

async fn drafts(app: &TestApp) -> usize {
    let page = app.page().await.id;
    let mut tx = app.db.read().await.unwrap();
    incidents::changed_since(&mut tx, &page, -1).await.unwrap().len()
}

#[tokio::test]
async fn while_our_own_network_is_gone_nothing_is_down_nobody_is_told_and_afterwards_all_goes_on() {
    for engine in Engine::ALL {
        let (listening, addresses) = anchors(3).await;
        let app = TestApp::with(engine, &[("ALLCLEAR_ANCHORS", &addresses)]).await;
        let page = crate::prober::furnish(&app).await;
        let target = Target::new(Answer::ok()).await;
        create(&app, &page, input(&target)).await;
        let other = MonitorInput { name: "Another".to_owned(), component_id: None, ..input(&target) };
        create(&app, &page, other).await;
        pass(&app, 30).await;
        assert_eq!(verdicts(&app).await, [Verdict::Up, Verdict::Up]);
        assert!(app.admin("/metrics").await.contains("allclear_checks_total{outcome=\"good\"}"));

        // Everything is gone at once: the targets, and two of three anchors.
        target.answers(Answer::Reset);
        let mut listening = listening;
        let places: Vec<_> = listening.drain(..2).map(|one| one.local_addr().unwrap()).collect();
        pass(&app, 120).await;
        assert_eq!(verdicts(&app).await, [Verdict::Unknown, Verdict::Unknown]);
        assert_eq!((drafts(&app).await, status(&app).await.as_str()), (0, "operational"));
        let metrics = app.admin("/metrics").await;
        assert!(metrics.contains("allclear_network_lost 1"), "{metrics}");

        // The network is back, and the targets with it.
        for place in places {
            listening.push(TcpListener::bind(place).await.unwrap());
        }
        target.answers(Answer::ok());
        pass(&app, 60).await;
        assert_eq!(verdicts(&app).await, [Verdict::Up, Verdict::Up]);
        assert_eq!((drafts(&app).await, status(&app).await.as_str()), (0, "operational"));

        // A failure while the anchors answer is one of the target.
        target.answers(Answer::Reset);
        pass(&app, 120).await;
        assert_eq!(verdicts(&app).await, [Verdict::Down, Verdict::Down]);
        assert_eq!(status(&app).await, ComponentStatus::MajorOutage.as_str());
        assert!(drafts(&app).await >= 1);
        assert!(app.admin("/metrics").await.contains("allclear_network_lost 0"));
        app.end().await;
    }
}

#[tokio::test]
async fn anchors_that_never_answered_are_believed_only_where_many_monitors_fail() {
    let app = TestApp::with(Engine::Sqlite, &[("ALLCLEAR_ANCHORS", "127.0.0.1:1,127.0.0.1:2")]).await;
    let page = crate::prober::furnish(&app).await;
    let (broken, well) = (Target::new(Answer::Reset).await, Target::new(Answer::ok()).await);
    create(&app, &page, input(&broken)).await;
    for n in 0..9 {
        create(&app, &page, MonitorInput { name: format!("Well {n}"), component_id: None, ..input(&well) }).await;
    }
    pass(&app, 90).await;
    let known = verdicts(&app).await;
    assert_eq!(known.iter().filter(|verdict| **verdict == Verdict::Down).count(), 1, "one of ten is believed: {known:?}");
    well.answers(Answer::Reset);
    pass(&app, 90).await;
    let known = verdicts(&app).await;
    assert_eq!(known.iter().filter(|verdict| **verdict == Verdict::Down).count(), 1, "all at once are rather us: {known:?}");
    app.end().await;
}

#[tokio::test]
async fn a_slow_target_turns_its_component_and_back_and_writes_no_draft() {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        let page = crate::prober::furnish(&app).await;
        let target = Target::new(Answer::ok()).await;
        let mut monitor = input(&target);
        monitor.settings.response_time_ms = Some(100);
        create(&app, &page, monitor).await;
        pass(&app, 30).await;
        assert_eq!(verdicts(&app).await, [Verdict::Up]);
        target.answers(Answer::Slow(std::time::Duration::from_millis(150)));
        pass(&app, 70).await;
        assert_eq!((verdicts(&app).await, status(&app).await.as_str()), (vec![Verdict::Degraded], "degraded_performance"));
        target.answers(Answer::ok());
        pass(&app, 60).await;
        assert_eq!((verdicts(&app).await, status(&app).await.as_str()), (vec![Verdict::Up], "operational"));
        assert_eq!(drafts(&app).await, 0);
        let mut tx = app.db.read().await.unwrap();
        let events = server::store::monitor_events::list(&mut tx, &page, &Default::default(), 9, 0).await.unwrap();
        let slow = events.iter().find(|event| event.verdict == Verdict::Degraded).unwrap();
        assert_eq!((slow.before, slow.reason.as_deref()), (Verdict::Up, Some("slow")));
        assert!(slow.since < slow.at && app.hand.now() - slow.decided_at < TimeDelta::minutes(3));
        drop(tx);
        app.end().await;
    }
}

#[tokio::test]
async fn a_clock_that_is_set_back_by_an_hour_does_not_stop_the_checks() {
    let app = TestApp::new(Engine::Sqlite).await;
    let page = crate::prober::furnish(&app).await;
    let target = Target::new(Answer::ok()).await;
    create(&app, &page, MonitorInput { component_id: Some(sample::id("api")), ..input(&target) }).await;
    pass(&app, 30).await;
    app.hand.advance(TimeDelta::hours(-1));
    app.workers().prober.spread().await.unwrap();
    let asked = target.asked();
    target.answers(Answer::Reset);
    pass(&app, 90).await;
    assert!(target.asked() > asked + 2);
    assert_eq!((verdicts(&app).await, drafts(&app).await), (vec![Verdict::Down], 1));
    app.end().await;
}

#[test]
fn anchors_are_hosts_with_ports() {
    let read = |value: &str| {
        let one = ("ALLCLEAR_ANCHORS".to_owned(), value.to_owned());
        server::config::Config::from_sources(None, [one]).map(|config| config.anchors).map_err(|error| error.to_string())
    };
    assert_eq!(read("").unwrap(), Vec::<String>::new());
    assert_eq!(
        read("192.0.2.1:443, dns.example.net:53,[2001:db8::1]:443").unwrap(),
        ["192.0.2.1:443", "dns.example.net:53", "[2001:db8::1]:443"]
    );
    for wrong in ["192.0.2.1", "host:0", "host:70000", ":53", "2001:db8::1:443", "https://example.net:443/"] {
        let sentence = read(wrong).unwrap_err();
        assert!(sentence.contains("ALLCLEAR_ANCHORS") && sentence.contains("a list of hosts with ports"), "{sentence}");
    }
}
