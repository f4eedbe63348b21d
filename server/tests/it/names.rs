//! DNS monitors, and the names of what other monitors ask: each way to have no answer has a class, and one server of several is not all.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use app::words::{Advice, Monitor, MonitorKind, MonitorSettings, RecordType};
use hickory_resolver::proto::op::ResponseCode;
use hickory_resolver::proto::rr;
use server::channels::guard::Connector;
use server::domain::evidence::{Observation, Outcome, Reason};
use server::probes::Probes;

use crate::probe::{monitor, probes};
use crate::support::app::test_now;
use crate::support::name_server::{NameServer, Play, record};
use crate::support::target::{Answer, Target};

fn settings(servers: &[SocketAddr], record_type: RecordType, expected: &[&str]) -> MonitorSettings {
    MonitorSettings {
        record_type,
        expected_answers: expected.iter().map(|text| (*text).to_owned()).collect(),
        name_servers: servers.iter().map(ToString::to_string).collect(),
        ..MonitorSettings::default()
    }
}

fn look_up(name: &str, settings: MonitorSettings) -> Monitor {
    Monitor { kind: MonitorKind::Dns, ..monitor(name, settings) }
}

/// What a DNS monitor sees of a name of which a server plays that.
async fn seen(play: Play, record_type: RecordType, expected: &[&str]) -> Observation {
    let server = NameServer::new(play).await;
    let monitor = Monitor { timeout_ms: 1_500, ..look_up("www.example.com", settings(&[server.address], record_type, expected)) };
    probes().check(&monitor, test_now()).await
}

/// Probes whose names come from these servers.
fn probes_of(servers: &[SocketAddr]) -> Probes {
    Probes::new(Connector::with_servers(&["127.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()], servers), &[])
}

#[tokio::test]
async fn every_way_to_have_no_answer_has_its_own_class() {
    for (play, class) in [
        (Play::NxDomain, "dns_nxdomain"),
        (Play::AliasToNowhere, "dns_nxdomain"),
        (Play::ServFail, "dns_servfail"),
        (Play::Refused, "dns_refused"),
        (Play::Silence, "dns_timeout"),
        (Play::Nothing, "dns_no_records"),
        (Play::Code(ResponseCode::NotImp), "dns"),
    ] {
        let seen = seen(play.clone(), RecordType::A, &[]).await;
        assert_eq!(seen.outcome.class().as_deref(), Some(class), "{play:?}");
        assert!(seen.timings.dns_us.is_some() && seen.timings.connect_us.is_none(), "{:?}", seen.timings);
    }
    let closed = tokio::net::UdpSocket::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let monitor = Monitor { timeout_ms: 500, ..look_up("www.example.com", settings(&[closed], RecordType::A, &[])) };
    assert_eq!(probes().check(&monitor, test_now()).await.outcome, Outcome::Bad(Reason::DnsTimeout), "nobody listens there");
}

#[tokio::test]
async fn an_alias_is_followed_and_one_that_leads_nowhere_is_no_name() {
    let server = NameServer::scripted(|name, _| match name {
        "www.example.com" => Play::Records(vec![record("CNAME", "host.example.com")]),
        "host.example.com" => Play::address("192.0.2.7"),
        "old.example.com" => Play::Records(vec![record("CNAME", "gone.example.com")]),
        _ => Play::NxDomain,
    })
    .await;
    let asked = async |name: &str, kind, expected: &[&str]| {
        probes().check(&look_up(name, settings(&[server.address], kind, expected)), test_now()).await.outcome
    };
    assert_eq!(asked("www.example.com", RecordType::A, &["192.0.2.7"]).await, Outcome::Good);
    assert_eq!(asked("www.example.com", RecordType::Cname, &["HOST.example.com."]).await, Outcome::Good);
    assert_eq!(asked("old.example.com", RecordType::A, &[]).await, Outcome::Bad(Reason::DnsNxdomain));
}

#[tokio::test]
async fn answers_are_compared_as_names_addresses_and_texts_are() {
    let good = Outcome::Good;
    let other = Outcome::Bad(Reason::DnsAnswer);
    for (kind, found, expected, outcome) in [
        (RecordType::A, &["192.0.2.1", "192.0.2.2"][..], &["192.0.2.2"][..], good),
        (RecordType::A, &["192.0.2.1", "192.0.2.2"], &["192.0.2.2", "192.0.2.1"], good),
        (RecordType::A, &["192.0.2.1"], &["192.0.2.1", "192.0.2.2"], other),
        (RecordType::A, &["192.0.2.1"], &[], good),
        (RecordType::Aaaa, &["2001:db8::1"], &["2001:DB8:0:0::0001"], good),
        (RecordType::Aaaa, &["2001:db8::1"], &["2001:db8::2"], other),
        (RecordType::Cname, &["Host.Example.com"], &["host.example.COM."], good),
        (RecordType::Ns, &["ns1.example.com", "ns2.example.com"], &["ns2.example.com"], good),
        (RecordType::Ns, &["ns1.example.com"], &["ns9.example.com"], other),
        (RecordType::Mx, &["10 mail.example.com"], &["10  Mail.example.com."], good),
        (RecordType::Mx, &["10 mail.example.com"], &["mail.example.com"], good),
        (RecordType::Mx, &["10 mail.example.com"], &["20 mail.example.com"], other),
        (RecordType::Txt, &["v=spf1 -all"], &["v=spf1 -all"], good),
        (RecordType::Txt, &["v=spf1 -all"], &["\"v=spf1 -all\""], good),
        (RecordType::Txt, &["v=spf1 -all"], &["V=SPF1 -ALL"], other),
        (RecordType::Srv, &["1 2 5269 xmpp.example.com"], &["1 2 5269 xmpp.example.com."], good),
        (RecordType::Srv, &["1 2 5269 xmpp.example.com"], &["xmpp.example.com"], good),
        (RecordType::Soa, &["ns.example.com hostmaster.example.com 7"], &["NS.example.com"], good),
        (RecordType::Soa, &["ns.example.com hostmaster.example.com 7"], &["ns.example.com hostmaster.example.com 7 60 60 60 60"], good),
        (RecordType::Caa, &["0 issue \"ca.example.net\""], &["0 issue ca.example.net"], good),
        (RecordType::Caa, &["0 issue \"ca.example.net\""], &["ca.example.net"], good),
        (RecordType::Caa, &["0 issue \"ca.example.net\""], &["ca.example.org"], other),
    ] {
        let play = Play::Records(found.iter().map(|text| record(kind.as_str(), text)).collect());
        let seen = seen(play, kind, expected).await;
        assert_eq!(seen.outcome, outcome, "{kind} {expected:?}");
        assert_eq!(seen.excerpt.is_some(), outcome == other, "staff read what came instead: {:?}", seen.excerpt);
    }
    let seen = seen(Play::Records(vec![record("A", "192.0.2.1"), record("A", "192.0.2.2")]), RecordType::A, &["192.0.2.3"]).await;
    assert_eq!(seen.excerpt.as_deref(), Some("192.0.2.1, 192.0.2.2"));
}

#[tokio::test]
async fn an_address_is_looked_up_by_what_it_is_called() {
    let server = NameServer::scripted(|name, _| match name {
        "7.2.0.192.in-addr.arpa" => Play::Records(vec![record("PTR", "host.example.com")]),
        _ => Play::NxDomain,
    })
    .await;
    let monitor = look_up("192.0.2.7", settings(&[server.address], RecordType::Ptr, &["host.example.com"]));
    assert_eq!(probes().check(&monitor, test_now()).await.outcome, Outcome::Good);
}

#[tokio::test]
async fn a_long_answer_is_asked_for_over_tcp_and_a_slow_one_is_waited_for() {
    let long = record("TXT", &"x".repeat(3_000));
    let over_tcp = Play::OverTcp(Box::new(Play::Records(vec![long])));
    assert_eq!(seen(over_tcp, RecordType::Txt, &[]).await.outcome, Outcome::Good);
    let late = Play::Late(Duration::from_millis(1_200), Box::new(Play::address("192.0.2.1")));
    assert_eq!(seen(late, RecordType::A, &["192.0.2.1"]).await.outcome, Outcome::Good);
}

#[tokio::test]
async fn one_server_of_several_that_fails_is_no_failure_and_takes_little_time() {
    let good = NameServer::new(Play::address("192.0.2.1")).await;
    for play in [Play::Silence, Play::ServFail, Play::Refused, Play::Garbage] {
        let bad = NameServer::new(play.clone()).await;
        let both = look_up("www.example.com", settings(&[bad.address, good.address], RecordType::A, &["192.0.2.1"]));
        let begun = Instant::now();
        assert_eq!(probes().check(&both, test_now()).await.outcome, Outcome::Good, "{play:?}");
        assert!(begun.elapsed() < Duration::from_millis(1_500), "{play:?}");
        assert!(!bad.asked().is_empty(), "the first one is asked first");
    }
    let (silent, failing) = (NameServer::new(Play::Silence).await, NameServer::new(Play::ServFail).await);
    let both = look_up("www.example.com", settings(&[silent.address, failing.address], RecordType::A, &[]));
    let both = Monitor { timeout_ms: 1_200, ..both };
    assert_eq!(probes().check(&both, test_now()).await.outcome, Outcome::Bad(Reason::DnsServfail), "what was said tells more than silence");
}

#[tokio::test]
async fn name_servers_in_this_network_are_not_asked() {
    let server = NameServer::new(Play::address("192.0.2.1")).await;
    let outside = Probes::new(Connector::new(&[]), &[]);
    let monitor = look_up("www.example.com", settings(&[server.address], RecordType::A, &[]));
    assert_eq!(outside.check(&monitor, test_now()).await.outcome, Outcome::Bad(Reason::RefusedTarget));
    assert_eq!(server.asked(), []);
}

#[tokio::test]
async fn nothing_is_remembered_from_check_to_check() {
    let server = NameServer::new(Play::address("192.0.2.1")).await;
    let probes = probes_of(&[server.address]);
    let monitor = look_up("www.example.com", settings(&[], RecordType::A, &["192.0.2.1"]));
    assert_eq!(probes.check(&monitor, test_now()).await.outcome, Outcome::Good);
    server.plays(Play::NxDomain);
    assert_eq!(probes.check(&monitor, test_now()).await.outcome, Outcome::Bad(Reason::DnsNxdomain));
    server.plays(Play::address("192.0.2.1"));
    assert_eq!(probes.check(&monitor, test_now()).await.outcome, Outcome::Good);
    assert!(server.asked().iter().all(|(name, _)| name == "www.example.com"), "{:?}", server.asked());
}

#[tokio::test]
async fn the_name_of_a_target_fails_with_the_same_classes() {
    let target = Target::new(Answer::ok()).await;
    let server = NameServer::new(Play::address("127.0.0.1")).await;
    let probes = probes_of(&[server.address]);
    let port = target.address.port();
    let http = monitor(&format!("http://web.example.com:{port}/"), MonitorSettings::default());
    let tcp = Monitor { kind: MonitorKind::Tcp, ..monitor(&format!("web.example.com:{port}"), MonitorSettings::default()) };
    for (play, outcome) in [
        (Play::NxDomain, Outcome::Bad(Reason::DnsNxdomain)),
        (Play::ServFail, Outcome::Bad(Reason::DnsServfail)),
        (Play::Refused, Outcome::Bad(Reason::DnsRefused)),
        (Play::Nothing, Outcome::Bad(Reason::DnsNoRecords)),
        (Play::Silence, Outcome::Bad(Reason::DnsTimeout)),
    ] {
        server.plays(play.clone());
        for monitor in [&http, &tcp] {
            let seen = probes.check(&Monitor { timeout_ms: 1_000, ..monitor.clone() }, test_now()).await;
            assert_eq!(seen.outcome, outcome, "{play:?} {}", monitor.kind);
        }
    }
    assert_eq!(target.asked(), 0);
    let good = NameServer::scripted(|_, kind| if kind == rr::RecordType::A { Play::address("127.0.0.1") } else { Play::Nothing }).await;
    let probes = probes_of(&[good.address]);
    for monitor in [&http, &tcp] {
        let seen = probes.check(monitor, test_now()).await;
        assert_eq!(seen.outcome, Outcome::Good, "{}", monitor.kind);
        assert!(seen.timings.dns_us.is_some(), "{:?}", seen.timings);
    }
}

#[tokio::test]
async fn one_kind_of_address_that_is_broken_is_no_failure() {
    let target = Target::new(Answer::ok()).await;
    let http = monitor(&format!("http://web.example.com:{}/", target.address.port()), MonitorSettings::default());
    // Nobody listens on ::1; then the question for it is never answered; then it is refused.
    for six in [Play::address("::1"), Play::Silence, Play::ServFail] {
        let said = format!("{six:?}");
        let server =
            NameServer::scripted(move |_, kind| if kind == rr::RecordType::AAAA { six.clone() } else { Play::address("127.0.0.1") }).await;
        let begun = Instant::now();
        let seen = probes_of(&[server.address]).check(&http, test_now()).await;
        assert_eq!(seen.outcome, Outcome::Good, "{said}");
        assert!(begun.elapsed() < Duration::from_secs(1), "{said} took {:?}", begun.elapsed());
    }
}

#[tokio::test]
async fn a_kind_of_address_that_fails_beside_one_that_works_is_advice() {
    let target = Target::new(Answer::ok()).await;
    let port = target.address.port();
    let speaks_six = std::net::TcpListener::bind("[::1]:0").is_ok();
    let server = NameServer::scripted(|_, kind| match kind {
        rr::RecordType::AAAA => Play::address("::1"),
        _ => Play::address("127.0.0.1"),
    })
    .await;
    for (name, kind) in
        [(format!("http://web.example.com:{port}/"), MonitorKind::Http), (format!("web.example.com:{port}"), MonitorKind::Tcp)]
    {
        let seen = probes_of(&[server.address]).check(&Monitor { kind, ..monitor(&name, MonitorSettings::default()) }, test_now()).await;
        let advice = speaks_six.then_some(Advice::Ipv6Fails).into_iter().collect();
        assert_eq!((seen.outcome, seen.advice), (Outcome::Good, Some(advice)), "{kind}");
    }
    let four = NameServer::scripted(|_, kind| if kind == rr::RecordType::A { Play::address("127.0.0.1") } else { Play::Nothing }).await;
    let http = monitor(&format!("http://web.example.com:{port}/"), MonitorSettings::default());
    assert_eq!(probes_of(&[four.address]).check(&http, test_now()).await.advice, Some(Vec::new()), "who has one kind only lacks nothing");
}

#[tokio::test]
async fn one_address_of_several_that_is_dead_is_no_failure() {
    let target = Target::new(Answer::ok()).await;
    let two = Play::Records(vec![record("A", "127.0.0.9"), record("A", "127.0.0.1")]);
    let server = NameServer::scripted(move |_, kind| if kind == rr::RecordType::A { two.clone() } else { Play::Nothing }).await;
    let http = monitor(&format!("http://web.example.com:{}/", target.address.port()), MonitorSettings::default());
    assert_eq!(probes_of(&[server.address]).check(&http, test_now()).await.outcome, Outcome::Good);
}
