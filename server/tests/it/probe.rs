//! The HTTP probe against real targets: every way in which an answer can be wrong has a name, and none of them tells a secret.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use app::words::{ComponentStatus, Id, Monitor, MonitorKind, MonitorSettings};
use server::channels::guard::Connector;
use server::domain::evidence::{Internal, Observation, Outcome, Reason};
use server::probes::Probes;

use crate::support::app::test_now;
use crate::support::target::{Answer, Target, certificate_named};

/// A monitor of that address.
pub fn monitor(url: &str, settings: MonitorSettings) -> Monitor {
    Monitor {
        id: Id::parse("monitor00000").unwrap(),
        component_id: None,
        name: "API".to_owned(),
        kind: MonitorKind::Http,
        target: url.to_owned(),
        interval_seconds: 60,
        timeout_ms: 5_000,
        failure_threshold: 3,
        success_threshold: 2,
        status_when_down: ComponentStatus::MajorOutage,
        settings,
        paused_at: None,
        created_at: test_now(),
        updated_at: test_now(),
    }
}

/// Probes that may reach loopback and trust the tests' authority.
pub fn probes() -> Probes {
    Probes::new(Connector::new(&["127.0.0.0/8".parse().unwrap()]), &[certificate_named("authority")])
}

async fn ask(monitor: &Monitor) -> Observation {
    probes().check(monitor, test_now()).await
}

async fn seen(answer: Answer) -> Observation {
    let target = Target::new(answer).await;
    ask(&monitor(&target.url("/health?token=canary"), MonitorSettings::default())).await
}

#[tokio::test]
async fn a_good_answer_is_good_and_every_phase_has_its_time() {
    let target = Target::new(Answer::ok()).await;
    let seen = ask(&monitor(&target.url("/health?full=1"), MonitorSettings::default())).await;
    assert_eq!((seen.outcome, seen.http_status, seen.excerpt, seen.at), (Outcome::Good, Some(200), None, test_now()));
    let times = seen.timings;
    assert!(times.connect_us.is_some() && times.dns_us.is_none() && times.tls_us.is_none(), "{times:?}");
    assert!(times.first_byte_us.unwrap() <= times.total_us.unwrap());
    let head = &target.heads()[0];
    assert!(head.starts_with("GET /health?full=1 HTTP/1.1\r\n"), "{head}");
    let lower = head.to_ascii_lowercase();
    assert!(lower.contains(&format!("host: {}\r\n", target.address)), "{head}");
    assert!(lower.contains(concat!("user-agent: allclear/", env!("CARGO_PKG_VERSION"), "\r\n")), "{head}");
}

#[tokio::test]
async fn every_fault_has_its_own_class() {
    for (answer, class) in [
        (Answer::Status(503, "out of order".to_owned()), "http_503"),
        (Answer::Status(404, String::new()), "http_404"),
        (Answer::HalfBody, "partial_response"),
        (Answer::Reset, "reset"),
        (Answer::Close, "reset"),
        (Answer::Garbage, "bad_response"),
        (Answer::Redirect("file:///etc/passwd".to_owned()), "redirects"),
        (Answer::Redirect(String::new()), "redirects"),
    ] {
        let said = format!("{answer:?}");
        let seen = seen(answer).await;
        assert_eq!(seen.outcome.class().as_deref(), Some(class), "{said}");
        assert!(!format!("{seen:?}").contains("canary"), "what was seen repeats the address: {seen:?}");
    }
}

#[tokio::test]
async fn silence_ends_with_the_monitors_own_time() {
    for answer in [Answer::Hang, Answer::HalfBodyHang, Answer::Slow(Duration::from_secs(30))] {
        let target = Target::new(answer).await;
        let monitor = Monitor { timeout_ms: 200, ..monitor(&target.url("/"), MonitorSettings::default()) };
        let begun = std::time::Instant::now();
        assert_eq!(ask(&monitor).await.outcome, Outcome::Bad(Reason::Timeout));
        assert!(begun.elapsed() < Duration::from_secs(3));
    }
}

#[tokio::test]
async fn nobody_there_is_refused_and_an_unknown_name_is_dns() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let seen = ask(&monitor(&format!("http://{free}/"), MonitorSettings::default())).await;
    assert_eq!(seen.outcome, Outcome::Bad(Reason::ConnectRefused));
    let nobody = Connector::with_resolver(&[], Arc::new(|_, _| Box::pin(async { Err(std::io::Error::other("no such host").into()) })));
    let seen = Probes::new(nobody, &[]).check(&monitor("http://nothing.example.com/", MonitorSettings::default()), test_now()).await;
    assert_eq!(seen.outcome, Outcome::Bad(Reason::Dns));
}

#[tokio::test]
async fn a_machine_without_sockets_learned_nothing() {
    // EMFILE, from the resolver as the system hands it out.
    let starved = Connector::with_resolver(&[], Arc::new(|_, _| Box::pin(async { Err(std::io::Error::from_raw_os_error(24).into()) })));
    let seen = Probes::new(starved, &[]).check(&monitor("http://api.example.com/", MonitorSettings::default()), test_now()).await;
    assert_eq!((seen.outcome, seen.outcome.class().as_deref()), (Outcome::Internal(Internal::Resources), Some("internal")));
}

#[tokio::test]
async fn what_is_expected_decides() {
    let keyword = |text: &str| MonitorSettings { keyword: Some(text.to_owned()), ..MonitorSettings::default() };
    let absent = |text: &str| MonitorSettings { keyword_absent: Some(text.to_owned()), ..MonitorSettings::default() };
    let statuses = |expected: &[u16]| MonitorSettings { expected_statuses: expected.to_vec(), ..MonitorSettings::default() };
    for (answer, settings, outcome) in [
        (Answer::ok(), keyword("is well"), Outcome::Good),
        (Answer::ok(), keyword("is ill"), Outcome::Bad(Reason::Keyword)),
        (Answer::ok(), absent("error"), Outcome::Good),
        (Answer::ok(), absent("all"), Outcome::Bad(Reason::Keyword)),
        (Answer::Status(418, String::new()), statuses(&[200, 418]), Outcome::Good),
        (Answer::ok(), statuses(&[204]), Outcome::Bad(Reason::HttpStatus(200))),
        (Answer::Redirect("/elsewhere".to_owned()), statuses(&[302]), Outcome::Good),
    ] {
        let target = Target::new(answer).await;
        assert_eq!(ask(&monitor(&target.url("/"), settings.clone())).await.outcome, outcome, "{settings:?}");
    }
}

#[tokio::test]
async fn the_beginning_of_a_bad_answer_is_kept_and_a_large_body_is_judged_by_its_first_megabyte() {
    let seen = seen(Answer::Status(500, format!("  Database\r\n is {}", "x".repeat(5_000)))).await;
    assert!(seen.excerpt.as_ref().unwrap().starts_with("Database is xxx"));
    assert_eq!(seen.excerpt.unwrap().chars().count(), 300);
    let target = Target::new(Answer::Large(8 * 1024 * 1024)).await;
    assert_eq!(ask(&monitor(&target.url("/"), MonitorSettings::default())).await.outcome, Outcome::Good);
}

#[tokio::test]
async fn redirects_are_followed_five_times_and_not_in_a_circle() {
    let mut next = Target::new(Answer::ok()).await;
    let last = next.address;
    let mut chain = Vec::new();
    for _ in 0..5 {
        let before = Target::new(Answer::Redirect(next.url("/"))).await;
        chain.push(std::mem::replace(&mut next, before));
    }
    let five = ask(&monitor(&next.url("/"), MonitorSettings::default())).await;
    assert_eq!((five.outcome, five.http_status, chain[0].address), (Outcome::Good, Some(200), last));
    let six = Target::new(Answer::Redirect(next.url("/"))).await;
    let seen = ask(&monitor(&six.url("/"), MonitorSettings::default())).await;
    assert_eq!((seen.outcome, seen.http_status), (Outcome::Bad(Reason::Redirects), Some(302)));
    assert_eq!(chain[0].asked(), 1, "the sixth redirect is not followed");
    let circle = Target::new(Answer::Redirect("/".to_owned())).await;
    assert_eq!(ask(&monitor(&circle.url("/"), MonitorSettings::default())).await.outcome, Outcome::Bad(Reason::Redirects));
    assert_eq!(circle.asked(), 1);
}

#[tokio::test]
async fn x14_a_redirect_into_this_network_is_not_followed() {
    let inside = Target::new(Answer::ok()).await;
    let outside = Target::new(Answer::Redirect(inside.url("/latest/meta-data"))).await;
    // What is public here is one address of loopback; the redirect leads to another one, by number and by name.
    let connector = Connector::with_resolver(
        &["127.0.0.1/32".parse().unwrap()],
        Arc::new(|name, _| {
            let address: IpAddr = if name == "inside.example.com" { [127, 0, 0, 2].into() } else { [127, 0, 0, 1].into() };
            Box::pin(async move { Ok(vec![address]) })
        }),
    );
    let probes = Probes::new(connector, &[]);
    for to in [
        "http://169.254.169.254/latest/meta-data".to_owned(),
        "http://127.0.0.2:1/".to_owned(),
        "http://[::1]/".to_owned(),
        format!("http://inside.example.com:{}/", inside.address.port()),
    ] {
        outside.answers(Answer::Redirect(to.clone()));
        let seen = probes.check(&monitor(&outside.url("/"), MonitorSettings::default()), test_now()).await;
        assert_eq!(seen.outcome, Outcome::Bad(Reason::RefusedTarget), "{to}");
    }
    assert_eq!(inside.asked(), 0);
}

#[tokio::test]
async fn own_headers_are_sent_to_the_monitored_place_and_to_nobody_else() {
    let other = Target::new(Answer::ok()).await;
    let first = Target::new(Answer::Redirect(other.url("/"))).await;
    let headers = vec![("Authorization".to_owned(), "Bearer canary".to_owned()), ("user-agent".to_owned(), "Special".to_owned())];
    let seen = ask(&monitor(&first.url("/"), MonitorSettings { headers, ..MonitorSettings::default() })).await;
    assert_eq!(seen.outcome, Outcome::Good);
    let (told, untold) = (first.heads()[0].to_ascii_lowercase(), other.heads()[0].to_ascii_lowercase());
    assert!(told.contains("authorization: bearer canary") && told.contains("user-agent: special"), "{told}");
    assert!(!untold.contains("canary") && !untold.contains("special"), "{untold}");
}

#[tokio::test]
async fn certificates_are_judged_by_name() {
    for (certificate, outcome) in [
        ("good", Outcome::Good),
        ("expired", Outcome::Bad(Reason::TlsExpired)),
        ("not_yet_valid", Outcome::Bad(Reason::TlsNotYetValid)),
        ("wrong_host", Outcome::Bad(Reason::TlsWrongHost)),
        ("untrusted", Outcome::Bad(Reason::TlsSelfSigned)),
    ] {
        let target = Target::tls(certificate).await;
        let seen = ask(&monitor(&format!("https://{}/", target.address), MonitorSettings::default())).await;
        assert_eq!(seen.outcome, outcome, "{certificate}");
        assert_eq!(seen.timings.tls_us.is_some(), outcome == Outcome::Good);
    }
    let plain = Target::new(Answer::Garbage).await;
    let seen = ask(&Monitor { timeout_ms: 2_000, ..monitor(&format!("https://{}/", plain.address), MonitorSettings::default()) }).await;
    assert!(matches!(seen.outcome, Outcome::Bad(Reason::TlsHandshake | Reason::Timeout)), "{:?}", seen.outcome);
}

#[tokio::test]
async fn a_redirect_from_https_to_http_is_a_failure() {
    let plain = Target::new(Answer::ok()).await;
    let secure = Target::tls("good").await;
    secure.answers(Answer::Redirect(plain.url("/")));
    let seen = ask(&monitor(&format!("https://{}/", secure.address), MonitorSettings::default())).await;
    assert_eq!((seen.outcome, plain.asked()), (Outcome::Bad(Reason::Redirects), 0));
}
