//! What an HTTP monitor sends beside its address and expects of the answer, and what a TCP monitor says and hears.

use app::words::{Advice, HttpMethod, Monitor, MonitorKind, MonitorSettings};
use server::domain::evidence::{Observation, Outcome, Reason};
use server::domain::expectation::unescaped;
use sha2::{Digest, Sha256};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::probe::{monitor, probes};
use crate::support::app::test_now;
use crate::support::target::{Answer, Target, certificate_named};

async fn ask(url: &str, settings: MonitorSettings) -> Observation {
    probes().check(&monitor(url, settings), test_now()).await
}

fn usual() -> MonitorSettings {
    MonitorSettings::default()
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[tokio::test]
async fn each_expectation_has_a_class_of_its_own() {
    let document = r#"{"status": "ok", "checks": [{"name": "db", "ms": 12}, {"name": "disk", "ms": null}], "ready": true}"#;
    let json = |path: &str, value: Option<&str>| MonitorSettings { json_path: text(path), json_value: value.map(str::to_owned), ..usual() };
    let header = |name: &str, holds: &str| MonitorSettings { expected_headers: vec![(name.to_owned(), holds.to_owned())], ..usual() };
    let bytes = |most: i64| MonitorSettings { max_body_bytes: Some(most), ..usual() };
    let length = i64::try_from(document.len()).unwrap();
    for (settings, outcome) in [
        (json("$.status", Some("ok")), Outcome::Good),
        (json("$.status", Some("down")), Outcome::Bad(Reason::JsonValue)),
        (json("$.status", None), Outcome::Good),
        (json("$.nothing", None), Outcome::Bad(Reason::JsonValue)),
        (json("$.ready", Some("true")), Outcome::Good),
        (json("$.checks[?@.name == 'db'].ms", Some("12")), Outcome::Good),
        (json("$.checks[*].ms", Some("12.0")), Outcome::Bad(Reason::JsonValue)),
        (json("$.checks[1].ms", Some("null")), Outcome::Good),
        (header("Connection", "close"), Outcome::Good),
        (header("connection", ""), Outcome::Good),
        (header("Content-Type", "json"), Outcome::Bad(Reason::Header)),
        (bytes(length), Outcome::Good),
        (bytes(length - 1), Outcome::Bad(Reason::BodySize)),
    ] {
        let target = Target::new(Answer::Status(200, document.to_owned())).await;
        assert_eq!(ask(&target.url("/"), settings.clone()).await.outcome, outcome, "{settings:?}");
    }
    let page = Target::new(Answer::Status(200, "<html>we are back soon</html>".to_owned())).await;
    assert_eq!(ask(&page.url("/"), json("$.status", None)).await.outcome, Outcome::Bad(Reason::JsonValue), "a page in place of JSON");
    let large = Target::new(Answer::Large(3 * 1024 * 1024)).await;
    assert_eq!(ask(&large.url("/"), bytes(2 * 1024 * 1024)).await.outcome, Outcome::Bad(Reason::BodySize), "beyond what is kept");
    let large = Target::new(Answer::Large(3 * 1024 * 1024)).await;
    assert_eq!(ask(&large.url("/"), bytes(4 * 1024 * 1024)).await.outcome, Outcome::Good);
}

#[tokio::test]
async fn method_and_body_are_sent_to_the_monitored_place_and_to_nobody_else() {
    let last = Target::new(Answer::ok()).await;
    let first = Target::new(Answer::Redirect(last.url("/there"))).await;
    let settings = MonitorSettings { method: HttpMethod::Post, body: text("{\"secret\": 1}"), ..usual() };
    assert_eq!(ask(&first.url("/"), settings.clone()).await.outcome, Outcome::Good);
    let (sent, redirected) = (&first.heads()[0], &last.heads()[0]);
    assert!(sent.starts_with("POST / HTTP/1.1\r\n") && sent.ends_with("{\"secret\": 1}"), "{sent}");
    assert!(redirected.starts_with("GET /there HTTP/1.1\r\n") && !redirected.contains("secret"), "{redirected}");
    let target = Target::new(Answer::ok()).await;
    let head = MonitorSettings { method: HttpMethod::Head, ..usual() };
    assert_eq!(ask(&target.url("/"), head).await.outcome, Outcome::Good, "an announced body does not follow a HEAD");
    assert!(target.heads()[0].starts_with("HEAD / HTTP/1.1\r\n"));
}

#[tokio::test]
async fn redirects_end_where_they_should() {
    let last = Target::new(Answer::ok()).await;
    let first = Target::new(Answer::Redirect(last.url("/login"))).await;
    let ends = |target: String| MonitorSettings { redirect_target: Some(target), ..usual() };
    assert_eq!(ask(&first.url("/"), ends(last.url("/login"))).await.outcome, Outcome::Good);
    assert_eq!(ask(&first.url("/"), ends(last.url("/"))).await.outcome, Outcome::Bad(Reason::RedirectTarget));
}

#[tokio::test]
async fn a_redirect_to_another_host_is_worth_a_look_unless_it_is_expected() {
    let last = Target::at("127.0.0.2", Answer::ok()).await;
    let first = Target::new(Answer::Redirect(last.url("/login"))).await;
    let own = Target::new(Answer::Redirect("/elsewhere".to_owned())).await;
    let expected = MonitorSettings { redirect_target: Some(last.url("/login")), ..usual() };
    let elsewhere = Some(vec![Advice::LeadsElsewhere]);
    let seen = ask(&first.url("/"), usual()).await;
    assert_eq!((seen.outcome, seen.advice), (Outcome::Good, elsewhere));
    let seen = ask(&first.url("/"), expected).await;
    assert_eq!((seen.outcome, seen.advice), (Outcome::Good, Some(Vec::new())));
    let own = ask(&own.url("/"), MonitorSettings { expected_statuses: vec![302], ..usual() }).await;
    assert_eq!((own.outcome, own.advice), (Outcome::Good, Some(Vec::new())), "it is not followed");
}

#[tokio::test]
async fn another_certificate_than_the_expected_one_is_a_failure_though_it_is_valid() {
    let digits = |name: &str| Sha256::digest(certificate_named(name)).iter().map(|byte| format!("{byte:02X}")).collect::<String>();
    let target = Target::tls("good").await;
    let url = format!("https://{}/", target.address);
    let expects = |name: &str| MonitorSettings { certificate_sha256: Some(digits(name)), ..usual() };
    assert_eq!(ask(&url, expects("good")).await.outcome, Outcome::Good);
    assert_eq!(ask(&url, expects("authority")).await.outcome, Outcome::Bad(Reason::Certificate));
}

/// A server that greets, and answers a line with another; it ends with the test.
async fn talker(greeting: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let _ = stream.write_all(greeting.as_bytes()).await;
                let mut said = [0; 64];
                let count = stream.read(&mut said).await.unwrap_or(0);
                if said[..count] == *b"PING\r\n" {
                    let _ = stream.write_all(b"+PONG\r\n").await;
                }
            });
        }
    });
    address
}

#[tokio::test]
async fn a_tcp_monitor_connects_says_and_hears() {
    let tcp = async |address: &str, send: Option<&str>, expect: Option<&str>| {
        let settings = MonitorSettings { send: send.map(str::to_owned), expect: expect.map(str::to_owned), ..usual() };
        let monitor = Monitor { kind: MonitorKind::Tcp, timeout_ms: 500, ..monitor(address, settings) };
        probes().check(&monitor, test_now()).await
    };
    let address = talker("* ready\r\n").await;
    let good = tcp(&address, None, None).await;
    assert_eq!((good.outcome, good.http_status), (Outcome::Good, None));
    assert!(good.timings.connect_us.is_some() && good.timings.total_us >= good.timings.connect_us, "{good:?}");
    assert_eq!(tcp(&format!("tcp://{address}"), None, Some("ready")).await.outcome, Outcome::Good);
    assert_eq!(tcp(&address, Some("PING\\r\\n"), Some("+PONG")).await.outcome, Outcome::Good);
    let other = tcp(&address, Some("HELP\\r\\n"), Some("+PONG")).await;
    assert_eq!((other.outcome, other.excerpt.as_deref()), (Outcome::Bad(Reason::Answer), Some("* ready")), "it hung up without it");
    assert_eq!(tcp(&address, None, Some("+PONG")).await.outcome, Outcome::Bad(Reason::Timeout), "it waits, and so do we, but not for ever");
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    assert_eq!(tcp(&free, None, None).await.outcome, Outcome::Bad(Reason::ConnectRefused));
    for address in ["10.1.2.3:5432", "[fd00::1]:22"] {
        assert_eq!(tcp(address, None, None).await.outcome, Outcome::Bad(Reason::RefusedTarget), "{address}");
    }
    assert_eq!(unescaped(r"a\r\n\t\\n\x\"), "a\r\n\t\\n\\x\\");
}
