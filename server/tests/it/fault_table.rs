//! Every way in which a target fails, on targets that are well first, fail for a while and are well again, watched by a prober that runs by
//! itself, with time compressed 1:20 (reliability 6.3): what it was called, how soon it was found, how soon its end was. `make bench` prints
//! the table with five seeds; here each is played once. Times are reported, not asserted: they belong to the machine.

use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use app::words::{Id, MonitorKind, MonitorSettings, Verdict};
use chrono::{DateTime, TimeDelta, Utc};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use server::actions::monitors::MonitorInput;
use server::channels::guard::Connector;
use server::clock::Clock;
use server::meters::Meters;
use server::probes::Probes;
use server::signals::Signals;
use server::store::monitor_events::{self, MonitorEvent};
use server::workers::Prober;
use tokio::time::sleep;

use crate::prober::create;
use crate::support::app::TestApp;
use crate::support::certificates::{Authority, Flaw, Spoiled, TlsTarget};
use crate::support::name_server::{NameServer, Play, record};
use crate::support::relay::{Relay, Way};
use crate::support::target::{Answer, Target};
use crate::support::{Engine, number};

/// Seconds from check to check: a minute, compressed.
const INTERVAL: i64 = 3;
/// Longest check in milliseconds: fifteen seconds, compressed.
const TIMEOUT_MS: i64 = 750;
/// How long a fault lasts, and how long its end is waited for.
const FAULT: Duration = Duration::from_secs(12);
const AFTER: Duration = Duration::from_secs(9);

/// What turns a fault on and off.
enum Switch {
    Relay(Relay, SocketAddr, Way),
    Target(Target, Answer),
    Name(String, Play),
}

/// What is expected of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    /// Down, with this class.
    Down(&'static str),
    /// Slow.
    Degraded,
    /// A trap: nothing is to be heard of it.
    Nothing,
    /// Whatever comes of it is reported.
    Anything,
}

struct Case {
    name: &'static str,
    expected: Expected,
    input: MonitorInput,
    switch: Switch,
    /// What has to live as long.
    _kept: Vec<Box<dyn Send>>,
}

/// What everything stands on.
struct Ground {
    authority: Authority,
    names: Arc<Mutex<HashMap<String, Play>>>,
    server: NameServer,
    well: SocketAddr,
    _well: Target,
}

impl Ground {
    async fn new() -> Self {
        let names: Arc<Mutex<HashMap<String, Play>>> = Arc::default();
        let known = names.clone();
        let server = NameServer::scripted(move |name, kind| {
            let play = known.lock().unwrap().get(name).cloned();
            match play {
                Some(Play::Records(records)) if !records.iter().any(|record| record.record_type() == kind) => Play::Nothing,
                Some(play) => play,
                None => Play::NxDomain,
            }
        })
        .await;
        let well = Target::new(Answer::ok()).await;
        Self { authority: Authority::new(), names, server, well: well.address, _well: well }
    }

    fn input(&self, name: &'static str, target: String, settings: MonitorSettings) -> MonitorInput {
        MonitorInput {
            name: name.to_owned(),
            target,
            interval_seconds: INTERVAL,
            timeout_ms: TIMEOUT_MS,
            settings,
            ..MonitorInput::default()
        }
    }

    /// A target that is well behind a relay that turns to something else.
    async fn relayed(&self, name: &'static str, class: &'static str, way: Way) -> Case {
        let relay = Relay::new(Way::To(self.well)).await;
        let input = self.input(name, format!("http://{}/", relay.address), MonitorSettings::default());
        let switch = Switch::Relay(relay, self.well, way);
        Case { name, expected: Expected::Down(class), input, switch, _kept: Vec::new() }
    }

    /// A target of HTTP that answers in another way.
    async fn answering(&self, name: &'static str, expected: Expected, settings: MonitorSettings, answer: Answer) -> Case {
        let target = Target::new(Answer::ok()).await;
        let input = self.input(name, target.url("/"), settings);
        Case { name, expected, input, switch: Switch::Target(target, answer), _kept: Vec::new() }
    }

    /// A target of HTTPS whose certificate is changed for another.
    async fn certified(&self, name: &'static str, expected: Expected, faulty: TlsTarget) -> Case {
        let good = TlsTarget::new(&self.authority, Flaw::None).await;
        let relay = Relay::new(Way::To(good.address)).await;
        let input = self.input(name, format!("https://{}/", relay.address), MonitorSettings::default());
        let switch = Switch::Relay(relay, good.address, Way::To(faulty.address));
        Case { name, expected, input, switch, _kept: vec![Box::new(good), Box::new(faulty)] }
    }

    /// A target whose name is resolved in another way.
    fn named(&self, name: &'static str, expected: Expected, play: Play) -> Case {
        let host = format!("{}.faults.example", name.to_lowercase().replace([' ', ','], "-"));
        self.names.lock().unwrap().insert(host.clone(), Play::address("127.0.0.1"));
        let input = self.input(name, format!("http://{host}:{}/", self.well.port()), MonitorSettings::default());
        Case { name, expected, input, switch: Switch::Name(host, play), _kept: Vec::new() }
    }

    async fn cases(&self) -> Vec<Case> {
        use Expected::{Anything, Degraded, Down, Nothing};
        let usual = MonitorSettings::default;
        let keyword = || MonitorSettings { keyword: Some("is well".to_owned()), ..usual() };
        let absent = || MonitorSettings { keyword_absent: Some("Fatal error".to_owned()), ..usual() };
        let quick = || MonitorSettings { response_time_ms: Some(200), ..usual() };
        let said = |body: &str| Answer::Status(200, body.to_owned());
        let mut cases = vec![
            self.relayed("Refused", "connect_refused", Way::Refused).await,
            self.relayed("Silent", "connect_timeout", Way::Silent).await,
            self.answering("Reset", Down("reset"), usual(), Answer::Reset).await,
            self.answering("Closed without an answer", Down("reset"), usual(), Answer::Close).await,
            self.answering("No first byte", Down("timeout"), usual(), Answer::Hang).await,
            self.answering("Body stalls", Down("timeout"), usual(), Answer::HalfBodyHang).await,
            self.answering("Body byte by byte", Down("timeout"), usual(), Answer::Drip).await,
            self.answering("Body cut", Down("partial_response"), usual(), Answer::HalfBody).await,
            self.answering("Chunk of a wrong length", Down("partial_response"), usual(), Answer::BadChunk).await,
            self.answering("No HTTP", Down("bad_response"), usual(), Answer::Garbage).await,
            self.answering("Not found", Down("http_404"), usual(), Answer::Status(404, "none".to_owned())).await,
            self.answering("Server error", Down("http_500"), usual(), Answer::Status(500, "oh".to_owned())).await,
            self.answering("Unavailable", Down("http_503"), usual(), Answer::Status(503, "busy".to_owned())).await,
            self.answering("Error on GET only", Down("http_502"), usual(), Answer::ByMethod { head: 200, other: 502 }).await,
            self.answering("Trap: HEAD not allowed", Nothing, usual(), Answer::ByMethod { head: 405, other: 200 }).await,
            self.answering("Keyword lost", Down("keyword"), keyword(), said("Welcome to nginx!")).await,
            self.answering("Empty body", Down("keyword"), keyword(), said("")).await,
            self.answering("Keyword injected", Down("keyword"), absent(), said("<b>Fatal error</b>: out of memory")).await,
            self.answering("Redirects in a circle", Down("redirects"), usual(), Answer::Redirect("/".to_owned())).await,
            self.answering("Slow", Degraded, quick(), Answer::Slow(Duration::from_millis(350))).await,
            self.answering("Trap: one error in a hundred", Nothing, usual(), Answer::Sometimes(1)).await,
            self.answering("Errors in 40 of a hundred", Anything, usual(), Answer::Sometimes(40)).await,
            self.named("NXDOMAIN", Down("dns_nxdomain"), Play::NxDomain),
            self.named("SERVFAIL", Down("dns_servfail"), Play::ServFail),
            self.named("REFUSED", Down("dns_refused"), Play::Refused),
            self.named("Name without addresses", Down("dns_no_records"), Play::Nothing),
            self.named("Name server dead", Down("dns_timeout"), Play::Silence),
            self.named("Trap, slow name server", Nothing, Play::Late(Duration::from_millis(150), Box::new(Play::address("127.0.0.1")))),
        ];
        for (name, class, flaw) in [
            ("Certificate expired", "tls_expired", Flaw::Expired),
            ("Certificate not valid yet", "tls_not_yet_valid", Flaw::NotYetValid),
            ("Certificate self-signed", "tls_self_signed", Flaw::SelfSigned),
            ("Unknown authority", "tls_untrusted", Flaw::UnknownAuthority),
            ("Certificate of another host", "tls_wrong_host", Flaw::WrongHost),
            ("Intermediate missing", "tls_incomplete_chain", Flaw::MissingIntermediate),
        ] {
            cases.push(self.certified(name, Down(class), TlsTarget::new(&self.authority, flaw).await).await);
        }
        for (name, class, how) in [
            ("Old TLS only", "tls_protocol", Spoiled::OldProtocol),
            ("Handshake refused", "tls_handshake", Spoiled::Refused),
            ("Reset in the handshake", "reset", Spoiled::Reset),
            ("Handshake stalls", "timeout", Spoiled::Silence),
        ] {
            cases.push(self.certified(name, Down(class), TlsTarget::spoiled(how).await).await);
        }
        let of_old = TlsTarget::of_old(&self.authority, Flaw::None).await;
        cases.push(self.certified("Trap: old TLS beside good", Nothing, of_old).await);
        cases.push(self.chain().await);
        cases.push(self.two_servers().await);
        cases.push(self.tcp().await);
        cases
    }

    /// More redirects than are followed.
    async fn chain(&self) -> Case {
        let (name, mut next, mut kept) = ("Too many redirects", format!("http://{}/", self.well), Vec::<Box<dyn Send>>::new());
        for _ in 0..6 {
            let target = Target::new(Answer::Redirect(next)).await;
            next = target.url("/");
            kept.push(Box::new(target));
        }
        let first = Target::new(Answer::ok()).await;
        let input = self.input(name, first.url("/"), MonitorSettings::default());
        let switch = Switch::Target(first, Answer::Redirect(next));
        Case { name, expected: Expected::Down("redirects"), input, switch, _kept: kept }
    }

    /// One of two name servers goes silent; the other knows the name.
    async fn two_servers(&self) -> Case {
        let name = "Trap: one of two name servers dead";
        let other = NameServer::new(Play::Records(vec![record("A", "192.0.2.7")])).await;
        self.names.lock().unwrap().insert("two.faults.example".to_owned(), Play::Records(vec![record("A", "192.0.2.7")]));
        let settings = MonitorSettings {
            name_servers: vec![self.server.address.to_string(), other.address.to_string()],
            expected_answers: vec!["192.0.2.7".to_owned()],
            ..MonitorSettings::default()
        };
        // Two servers of two seconds each, compressed: the second must have its turn.
        let input =
            MonitorInput { kind: MonitorKind::Dns, timeout_ms: 5_000, ..self.input(name, "two.faults.example".to_owned(), settings) };
        let switch = Switch::Name("two.faults.example".to_owned(), Play::Silence);
        Case { name, expected: Expected::Nothing, input, switch, _kept: vec![Box::new(other)] }
    }

    /// A service that listens and says something else.
    async fn tcp(&self) -> Case {
        let name = "TCP, another greeting";
        let good = TlsTarget::spoiled(Spoiled::Plain).await;
        let relay = Relay::new(Way::To(good.address)).await;
        let settings =
            MonitorSettings { send: Some("EHLO\\r\\n".to_owned()), expect: Some("220 ".to_owned()), ..MonitorSettings::default() };
        let input = MonitorInput { kind: MonitorKind::Tcp, ..self.input(name, relay.address.to_string(), settings) };
        let faulty = TlsTarget::spoiled(Spoiled::Refused).await;
        let switch = Switch::Relay(relay, good.address, Way::To(faulty.address));
        Case { name, expected: Expected::Down("answer"), input, switch, _kept: vec![Box::new(good), Box::new(faulty)] }
    }
}

impl Case {
    async fn turn(&self, names: &Mutex<HashMap<String, Play>>, faulty: bool) {
        match &self.switch {
            Switch::Relay(relay, well, fault) => relay.turn(if faulty { *fault } else { Way::To(*well) }).await,
            Switch::Target(target, answer) => target.answers(if faulty { answer.clone() } else { Answer::ok() }),
            Switch::Name(host, play) => {
                let good =
                    if host.starts_with("two.") { Play::Records(vec![record("A", "192.0.2.7")]) } else { Play::address("127.0.0.1") };
                names.lock().unwrap().insert(host.clone(), if faulty { play.clone() } else { good });
            }
        }
    }
}

/// What came of one case.
struct Row {
    name: &'static str,
    expected: Expected,
    class: Option<String>,
    found: Option<TimeDelta>,
    ended: Option<TimeDelta>,
    alarms: usize,
}

impl Row {
    fn of(case: &Case, events: &[&MonitorEvent], began: DateTime<Utc>, ended: DateTime<Utc>) -> Self {
        let alarm = |event: &&&MonitorEvent| matches!(event.verdict, Verdict::Down | Verdict::Degraded);
        let first = events.iter().filter(|event| event.decided_at >= began).find(alarm);
        let over = events.iter().find(|event| event.decided_at >= ended && event.verdict == Verdict::Up);
        Self {
            name: case.name,
            expected: case.expected,
            class: first.and_then(|event| event.reason.clone()),
            found: first.map(|event| event.decided_at - began),
            ended: over.map(|event| event.decided_at - ended),
            alarms: events.iter().filter(alarm).count(),
        }
    }

    /// Whether it was called what it is.
    fn is_right(&self) -> bool {
        match self.expected {
            Expected::Down(class) => self.class.as_deref() == Some(class),
            Expected::Degraded => self.class.as_deref() == Some("slow"),
            Expected::Nothing => self.alarms == 0,
            Expected::Anything => true,
        }
    }
}

/// Plays all cases at once, each at a moment of its own within an interval.
async fn play(seed: u64) -> Vec<Row> {
    let ground = Ground::new().await;
    let app = TestApp::new(Engine::Sqlite).await;
    let page = crate::prober::furnish(&app).await;
    let clock = Clock::system();
    app.hand.set(clock.now());
    let cases = ground.cases().await;
    let mut ids: Vec<Id> = Vec::new();
    for case in &cases {
        ids.push(create(&app, &page, case.input.clone()).await);
    }
    let connector = Connector::with_servers(&["127.0.0.0/8".parse().unwrap()], &[ground.server.address]);
    let probes = Probes::new(connector, &[ground.authority.certificate()]);
    let (signals, meters) = (Signals::default(), Arc::new(Meters::default()));
    let prober = Arc::new(Prober::new(app.db.clone(), clock.clone(), probes, signals, meters, &[]));
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let running = tokio::spawn(prober.run(stopped));
    let known = async || {
        let mut tx = app.db.read().await.unwrap();
        monitor_events::list(&mut tx, &page, &monitor_events::Filter::default(), 10_000, 0).await.unwrap()
    };
    let begun = std::time::Instant::now();
    while known().await.iter().filter(|event| event.verdict == Verdict::Up).count() < cases.len() {
        assert!(begun.elapsed() < Duration::from_secs(30), "not everything is well at the start");
        sleep(Duration::from_millis(100)).await;
    }
    let mut dice = StdRng::seed_from_u64(seed);
    let moments: Vec<Duration> = cases.iter().map(|_| Duration::from_millis(dice.random_range(0..3_000))).collect();
    let play = async |case: &Case, moment: Duration| {
        sleep(moment).await;
        case.turn(&ground.names, true).await;
        let began = clock.now();
        sleep(FAULT).await;
        case.turn(&ground.names, false).await;
        let ended = clock.now();
        sleep(AFTER).await;
        (began, ended)
    };
    let spans = futures_util::future::join_all(cases.iter().zip(&moments).map(|(case, moment)| play(case, *moment))).await;
    let mut events = known().await;
    events.reverse();
    stop.send_replace(true);
    tokio::time::timeout(Duration::from_secs(5), running).await.expect("it ends when it is told to").unwrap();
    app.end().await;
    let rows = cases.iter().zip(&ids).zip(spans).map(|((case, id), (began, ended))| {
        let of: Vec<&MonitorEvent> = events.iter().filter(|event| event.monitor == *id).collect();
        Row::of(case, &of, began, ended)
    });
    rows.collect()
}

fn seconds(times: &[Option<TimeDelta>]) -> String {
    let mut known: Vec<f64> = times.iter().flatten().map(|time| time.as_seconds_f64()).collect();
    known.sort_by(f64::total_cmp);
    let (Some(half), Some(most)) = (known.get(known.len() / 2), known.last()) else { return "never".to_owned() };
    format!("{half:.1} / {most:.1}")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_is_found_and_called_by_its_name_and_no_trap_is_fallen_into() {
    let seeds = number("ALLCLEAR_FAULT_SEEDS").unwrap_or(1);
    let mut rows: BTreeMap<usize, Vec<Row>> = BTreeMap::new();
    for seed in 1..=seeds {
        for (n, row) in play(seed).await.into_iter().enumerate() {
            rows.entry(n).or_default().push(row);
        }
    }
    println!("| fault | class | found | found after (median / longest, s) | end found after (median / longest, s) |");
    println!("| --- | --- | ---: | ---: | ---: |");
    for of in rows.values() {
        let first = &of[0];
        let class = match first.expected {
            Expected::Down(class) => format!("`{class}`"),
            Expected::Degraded => "`slow`".to_owned(),
            Expected::Nothing => "no alarm".to_owned(),
            Expected::Anything => "whatever comes".to_owned(),
        };
        let (right, all) = (of.iter().filter(|row| row.is_right()).count(), of.len());
        let times = |pick: fn(&Row) -> Option<TimeDelta>| seconds(&of.iter().map(pick).collect::<Vec<_>>());
        let (found, ended) = match first.expected {
            Expected::Nothing => ("none".to_owned(), "none".to_owned()),
            _ => (times(|row| row.found), times(|row| row.ended)),
        };
        println!("| {} | {class} | {right} of {all} | {found} | {ended} |", first.name);
    }
    let all: Vec<&Row> = rows.values().flatten().collect();
    let wrong: Vec<_> = all.iter().filter(|row| !row.is_right()).map(|row| (row.name, row.class.clone(), row.alarms)).collect();
    let trapped: Vec<_> = all.iter().filter(|row| row.expected == Expected::Nothing && row.alarms > 0).map(|row| row.name).collect();
    let named = all.iter().filter(|row| matches!(row.expected, Expected::Down(_) | Expected::Degraded));
    let unfound: Vec<_> = named.filter(|row| row.found.is_none()).map(|row| row.name).collect();
    println!("{} of {} as expected", all.len() - wrong.len(), all.len());
    assert_eq!((unfound, trapped), (Vec::<&str>::new(), Vec::<&str>::new()), "not found, and false alarms");
    assert!(wrong.len() * 20 <= all.len(), "at least 95 of 100 are called by their name: {wrong:?}");
}
