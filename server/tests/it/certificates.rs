//! Certificates: each way in which one is wrong has a class, for HTTPS and TLS monitors alike, and staff hear in time when one ends.

use app::words::{Advice, ComponentStatus, Id, Monitor, MonitorKind, MonitorSettings, NotificationKind, Role, Verdict};
use chrono::{DateTime, TimeDelta, Utc};
use server::actions::monitors::{self as actions, MonitorInput};
use server::actions::{Act, Actor};
use server::channels::guard::Connector;
use server::clock::Clock;
use server::domain::certificate::Certificate;
use server::domain::evidence::{Observation, Outcome, Reason};
use server::domain::notice::Notice;
use server::probes::Probes;
use server::store::{certificates, monitors, notifications};
use sha2::{Digest, Sha256};

use crate::probe::monitor;
use crate::store::monitors::good;
use crate::support::Engine;
use crate::support::app::{TestApp, test_now};
use crate::support::certificates::{Authority, Flaw, Spoiled, TlsTarget};

fn probes(authority: &Authority) -> Probes {
    Probes::new(Connector::new(&["127.0.0.0/8".parse().unwrap()]), &[authority.certificate()])
}

fn tls(target: &TlsTarget, settings: MonitorSettings) -> Monitor {
    Monitor { kind: MonitorKind::Tls, ..monitor(&target.address.to_string(), settings) }
}

fn digits(target: &TlsTarget) -> String {
    Sha256::digest(&target.chain[0]).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What monitors of both kinds see.
async fn seen(authority: &Authority, target: &TlsTarget) -> [Observation; 2] {
    let (probes, usual) = (probes(authority), MonitorSettings::default());
    let quick = |monitor: Monitor| Monitor { timeout_ms: 1_500, ..monitor };
    [
        probes.check(&quick(tls(target, usual.clone())), test_now()).await,
        probes.check(&quick(monitor(&target.url(), usual)), test_now()).await,
    ]
}

#[tokio::test]
async fn every_wrong_certificate_has_its_own_class() {
    let authority = Authority::new();
    for (flaw, class) in [
        (Flaw::None, None),
        (Flaw::Intermediate, None),
        (Flaw::EndsIn(2), None),
        (Flaw::Expired, Some("tls_expired")),
        (Flaw::NotYetValid, Some("tls_not_yet_valid")),
        (Flaw::SelfSigned, Some("tls_self_signed")),
        (Flaw::UnknownAuthority, Some("tls_untrusted")),
        (Flaw::WrongHost, Some("tls_wrong_host")),
        (Flaw::MissingIntermediate, Some("tls_incomplete_chain")),
    ] {
        let target = TlsTarget::new(&authority, flaw).await;
        for seen in seen(&authority, &target).await {
            assert_eq!(seen.outcome.class().as_deref(), class, "{flaw:?}");
            assert_eq!(seen.timings.tls_us.is_some(), class.is_none());
            let certificate = seen.certificate.expect("it was shown");
            assert_eq!(certificate.sha256, digits(&target), "also where it is refused");
            if let Flaw::EndsIn(days) = flaw {
                assert_eq!(certificate.expires_at, Authority::end(days));
            }
        }
    }
}

#[tokio::test]
async fn every_spoiled_handshake_has_its_own_class() {
    let authority = Authority::new();
    for (spoiled, class) in [
        (Spoiled::OldProtocol, "tls_protocol"),
        (Spoiled::AnswersInOldProtocol, "tls_protocol"),
        (Spoiled::Refused, "tls_handshake"),
        (Spoiled::Close, "tls_handshake"),
        (Spoiled::Plain, "tls_handshake"),
        (Spoiled::Reset, "reset"),
        (Spoiled::Silence, "timeout"),
    ] {
        let target = TlsTarget::spoiled(spoiled).await;
        for seen in seen(&authority, &target).await {
            assert_eq!(seen.outcome.class().as_deref(), Some(class), "{spoiled:?}");
            assert_eq!((seen.certificate, seen.timings.tls_us), (None, None));
            assert!(seen.timings.connect_us.is_some());
        }
    }
}

#[tokio::test]
async fn a_tls_monitor_may_want_another_name_and_one_certificate_only() {
    let authority = Authority::new();
    let target = TlsTarget::named(&authority, "mail.example.com", Flaw::None).await;
    let probes = probes(&authority);
    let asked = async |server_name: Option<&str>, sha256: Option<&str>| {
        let settings = MonitorSettings {
            server_name: server_name.map(str::to_owned),
            certificate_sha256: sha256.map(str::to_owned),
            ..MonitorSettings::default()
        };
        probes.check(&tls(&target, settings), test_now()).await.outcome
    };
    assert_eq!(asked(None, None).await, Outcome::Bad(Reason::TlsWrongHost));
    assert_eq!(asked(Some("mail.example.com"), None).await, Outcome::Good);
    assert_eq!(asked(Some("mail.example.com"), Some(&digits(&target).to_uppercase())).await, Outcome::Good);
    assert_eq!(asked(Some("mail.example.com"), Some(&"0".repeat(64))).await, Outcome::Bad(Reason::Certificate));
    let nobody = Monitor { kind: MonitorKind::Tls, ..monitor("127.0.0.1:1", MonitorSettings::default()) };
    assert_eq!(probes.check(&nobody, test_now()).await.outcome, Outcome::Bad(Reason::ConnectRefused));
}

#[tokio::test]
async fn an_old_protocol_beside_a_good_one_is_advice_and_looked_for_seldom() {
    let authority = Authority::new();
    let (probes, usual) = (probes(&authority), MonitorSettings::default());
    for (target, advice) in [
        (TlsTarget::of_old(&authority, Flaw::None).await, vec![Advice::DeprecatedTls]),
        (TlsTarget::new(&authority, Flaw::None).await, Vec::new()),
    ] {
        for monitor in [tls(&target, usual.clone()), monitor(&target.url(), usual.clone())] {
            let first = probes.check(&monitor, test_now()).await;
            assert_eq!((first.outcome, first.advice), (Outcome::Good, Some(advice.clone())), "{}", monitor.kind);
            let second = probes.check(&monitor, test_now()).await;
            assert_eq!((second.outcome, second.advice), (Outcome::Good, None), "it looks once an hour");
        }
    }
}

#[test]
fn staff_are_warned_by_the_days_that_are_left() {
    let now = test_now();
    for (left, days) in [
        (TimeDelta::days(31), None),
        (TimeDelta::days(30) + TimeDelta::seconds(1), None),
        (TimeDelta::days(30), Some(30)),
        (TimeDelta::days(14), Some(14)),
        (TimeDelta::days(10), Some(14)),
        (TimeDelta::days(7), Some(7)),
        (TimeDelta::days(3), Some(3)),
        (TimeDelta::hours(25), Some(3)),
        (TimeDelta::days(1), Some(1)),
        (TimeDelta::seconds(1), Some(1)),
        (TimeDelta::zero(), None),
        (TimeDelta::days(-1), None),
    ] {
        let certificate = Certificate { sha256: String::new(), expires_at: now + left };
        assert_eq!(certificate.warning(now), days, "{left}");
    }
}

async fn create(app: &TestApp, page: &Id, input: MonitorInput) -> Id {
    let (actor, networks) = (Actor::system(), ["127.0.0.0/8".parse().unwrap()]);
    let act = Act { db: &app.db, actor: &actor, now: app.hand.now(), undo: TimeDelta::zero() };
    actions::create(&act, page, &networks, input).await.unwrap().id
}

/// Keeps the result of a check that saw that certificate.
async fn record(app: &TestApp, page: &Id, monitor: &Id, certificate: &Certificate) -> bool {
    let now = app.hand.now();
    let mut tx = app.db.write().await.unwrap();
    let lease = now + TimeDelta::seconds(60);
    let claimed = server::store::checks::claim_one(&mut tx, monitor, "test", now, lease).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    assert_eq!(&claimed.page, page);
    let seen = Observation { at: now, certificate: Some(certificate.clone()), ..good("10:00") };
    let finished = server::actions::checks::Finished { claimed, seen };
    server::actions::checks::record(&app.db, &[finished], now, || 0.0).await.unwrap().told
}

#[tokio::test]
async fn staff_are_told_once_for_each_certificate_and_time_left_and_nothing_is_down() {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        app.member(Role::Responder).await;
        let page = app.page().await.id;
        let input = MonitorInput { name: "Shop".to_owned(), target: "https://127.0.0.1/".to_owned(), ..MonitorInput::default() };
        let monitor = create(&app, &page, input.clone()).await;
        let begun = app.hand.now();
        let ends = |days: i64| begun + TimeDelta::days(days);
        let first = Certificate { sha256: "a".repeat(64), expires_at: ends(40) };
        let mut told = Vec::new();
        for day in 0..40 {
            app.hand.set(begun + TimeDelta::days(day));
            for _ in 0..2 {
                app.hand.advance(TimeDelta::seconds(1));
                if record(&app, &page, &monitor, &first).await {
                    told.push(day);
                }
            }
        }
        assert_eq!(told, [10, 26, 33, 37, 39]);
        let renewed = Certificate { sha256: "b".repeat(64), expires_at: ends(46) };
        app.hand.advance(TimeDelta::seconds(1));
        assert!(record(&app, &page, &monitor, &renewed).await, "another certificate that ends within a week");
        assert!(!record(&app, &page, &monitor, &first).await, "an old one that a second machine still shows is known");
        let mut tx = app.db.read().await.unwrap();
        let newest = notifications::newest_about(&mut tx, &page, "task", &monitor).await.unwrap().unwrap();
        assert_eq!(newest.kind, NotificationKind::StaffTask);
        let Notice::Task(notice) = newest.notice else { panic!("it is a task") };
        assert_eq!(notice.subject, "A certificate ends within 7 days: Shop");
        assert!(!format!("{notice:?}").contains("127.0.0.1"), "{notice:?}");
        let known = monitors::list(&mut tx, &page).await.unwrap().remove(0);
        assert_eq!((known.state.verdict, known.certificate.as_ref()), (Verdict::Up, Some(&first)));
        drop(tx);

        let token = format!("OAuth {}", app.token(Role::Admin).await);
        let address = format!("/v1/pages/{page}/monitors/{monitor}");
        let read = async || app.get_with(&address, &[("authorization", token.as_str())]).await.json()["certificate_expires_at"].clone();
        let time: DateTime<Utc> = read().await.as_str().unwrap().parse().unwrap();
        assert_eq!(time, first.expires_at);
        assert!(app.member(Role::Viewer).await.get("/staff/monitors").await.text().contains("Certificate ends"));
        // Another target is another certificate.
        let act = Act { db: &app.db, actor: &Actor::system(), now: app.hand.now(), undo: TimeDelta::zero() };
        let other = MonitorInput { target: "https://127.0.0.2/".to_owned(), ..input };
        actions::update(&act, &page, &["127.0.0.0/8".parse().unwrap()], &monitor, other).await.unwrap();
        assert!(read().await.is_null());
        let mut tx = app.db.read().await.unwrap();
        assert_eq!(certificates::get(&mut tx, &monitor).await.unwrap(), None);
        drop(tx);
        app.end().await;
    }
}

#[tokio::test]
async fn a_certificate_that_a_target_shows_is_the_one_staff_are_told_of() {
    let app = TestApp::new(Engine::Sqlite).await;
    app.member(Role::Responder).await;
    app.hand.set(Clock::system().now());
    let authority = Authority::new();
    let target = TlsTarget::of_old(&authority, Flaw::EndsIn(2)).await;
    let page = app.page().await.id;
    let input = MonitorInput {
        name: "Mail".to_owned(),
        kind: MonitorKind::Tls,
        target: target.address.to_string(),
        status_when_down: ComponentStatus::MajorOutage,
        ..MonitorInput::default()
    };
    let id = create(&app, &page, input).await;
    let act = Act { db: &app.db, actor: &Actor::system(), now: app.hand.now(), undo: TimeDelta::zero() };
    let (seen, recorded) = server::actions::checks::check_now(&act, &probes(&authority), &page, &id).await.unwrap();
    assert_eq!((seen.outcome, recorded.told), (Outcome::Good, true));
    let token = format!("OAuth {}", app.token(Role::Admin).await);
    let address = format!("/v1/pages/{page}/monitors");
    let read = app.get_with(&address, &[("authorization", token.as_str())]).await.json();
    assert_eq!((&read[0]["advice"], &read[0]["kind"]), (&serde_json::json!(["deprecated_tls"]), &serde_json::json!("tls")));
    assert!(app.member(Role::Viewer).await.get("/staff/monitors").await.text().contains("Still speaks TLS 1.0 or 1.1"));
    let mut tx = app.db.read().await.unwrap();
    let newest = notifications::newest_about(&mut tx, &page, "task", &id).await.unwrap().unwrap();
    let Notice::Task(notice) = newest.notice else { panic!("it is a task") };
    assert_eq!(notice.subject, "A certificate ends within 3 days: Mail");
    drop(tx);
    app.end().await;
}
