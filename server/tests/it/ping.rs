//! Ping monitors, where this system lets us ping, and what is said where it does not.

use app::words::{Monitor, MonitorKind, MonitorSettings};
use chrono::TimeDelta;
use server::actions::monitors::{self, MonitorInput};
use server::actions::{Act, ActionError, Actor};
use server::channels::guard::echo;
use server::domain::evidence::{Internal, Outcome};

use crate::probe::monitor;
use crate::support::Engine;
use crate::support::app::{TestApp, test_now};

#[tokio::test]
async fn a_host_that_is_there_sends_an_echo_and_a_system_that_forbids_it_teaches_nothing() {
    let speaks_six = std::net::UdpSocket::bind("[::1]:0").is_ok();
    for host in ["127.0.0.1", "::1"].into_iter().filter(|host| speaks_six || !host.contains(':')) {
        let ping = Monitor { kind: MonitorKind::Ping, ..monitor(host, MonitorSettings::default()) };
        let here = ["127.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()];
        let seen = server::probes::Probes::new(server::channels::guard::Connector::new(&here), &[]).check(&ping, test_now()).await;
        if echo::is_permitted() {
            assert_eq!(seen.outcome, Outcome::Good, "{host}");
            assert!(seen.timings.first_byte_us.is_some() && seen.timings.total_us >= seen.timings.first_byte_us, "{:?}", seen.timings);
        } else {
            assert_eq!(seen.outcome, Outcome::Internal(Internal::Forbidden), "{host}");
        }
    }
}

#[tokio::test]
async fn silence_ends_with_the_monitors_own_time() {
    // An address of the examples' network, which leads nowhere.
    let probes = server::probes::Probes::new(server::channels::guard::Connector::new(&["192.0.2.0/24".parse().unwrap()]), &[]);
    let ping = Monitor { kind: MonitorKind::Ping, timeout_ms: 1_300, ..monitor("192.0.2.1", MonitorSettings::default()) };
    let begun = std::time::Instant::now();
    let class = probes.check(&ping, test_now()).await.outcome.class();
    let classes: &[&str] = if echo::is_permitted() { &["timeout", "unreachable", "internal"] } else { &["internal"] };
    assert!(class.as_deref().is_some_and(|class| classes.contains(&class)), "{class:?}");
    assert!(begun.elapsed() < std::time::Duration::from_secs(3));
}

#[tokio::test]
async fn a_ping_monitor_is_made_where_it_can_work_and_refused_with_a_sentence_elsewhere() {
    let app = TestApp::new(Engine::Sqlite).await;
    let (page, actor) = (app.page().await.id, Actor::system());
    let act = Act { db: &app.db, actor: &actor, now: app.hand.now(), undo: TimeDelta::zero() };
    let input = |target: &str| MonitorInput {
        name: "Host".to_owned(),
        kind: MonitorKind::Ping,
        target: target.to_owned(),
        ..MonitorInput::default()
    };
    let done = monitors::create(&act, &page, &[], input("host.example.com")).await;
    match done {
        Ok(_) => assert!(echo::is_permitted()),
        Err(ActionError::Invalid(problems)) => {
            assert!(!echo::is_permitted());
            assert_eq!(problems.iter().map(|problem| problem.field).collect::<Vec<_>>(), ["kind"]);
            assert!(problems[0].sentence.contains("net.ipv4.ping_group_range"), "{}", problems[0].sentence);
        }
        Err(other) => panic!("{other:?}"),
    }
    for target in ["host.example.com:80", "http://host.example.com", "host.example.com/x", "10.0.0.1", "", "a b"] {
        let Err(ActionError::Invalid(problems)) = monitors::create(&act, &page, &[], input(target)).await else { panic!("{target}") };
        assert!(problems.iter().any(|problem| problem.field == "target"), "{target}");
    }
    app.end().await;
}
