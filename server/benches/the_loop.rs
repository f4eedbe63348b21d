//! How fast the loop is: publishing while 10,000 wait to be told, mails per second into a sink, what a check costs and how late it
//! comes, and how soon a fault is on the page. The real binary over real sockets; every load is bounded and ends by itself.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a benchmark that panics has failed, and it prints"
)]

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

const SUBSCRIBERS: usize = 10_000;
const PUBLISHES: usize = 40;
const MONITORS: usize = 1_000;
const INTERVAL_SECONDS: u64 = 10;
const WATCH: Duration = Duration::from_secs(30);
/// Longest wait for anything.
const PATIENCE: Duration = Duration::from_secs(120);

#[tokio::main]
async fn main() {
    server::channels::guard::choose_cryptography();
    let target = Target::start().await;
    let folder = tempfile::tempdir().unwrap();
    // Apart from the rest, so that nothing but checks is counted.
    let app = App::start(folder.path(), Sink::start().await.port).await;
    fault(&app, &target).await;
    checks(&app, &target).await;
    drop(app);
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let csv: String = (0..SUBSCRIBERS).map(|n| format!("reader{n}@mail{}.example.test,,\n", n % 50)).collect();
    std::fs::write(at.join("readers.csv"), format!("email,components,consent_date\n{csv}")).unwrap();
    let sink = Sink::start().await;
    let imported = App::command(at, &["import", "subscribers", "readers.csv"], sink.port).output().unwrap();
    assert!(imported.status.success(), "the import of subscribers failed");
    publishing_and_mail(&App::start(at, sink.port).await, &sink).await;
}

async fn publishing_and_mail(app: &App, sink: &Sink) {
    let component = app.post("components", &json!({"component": {"name": "Gateway"}})).await;
    let component = component["id"].as_str().unwrap().to_owned();
    let incident = |n: usize, tell: bool| {
        json!({"incident": {"name": format!("Slow answers {n}"), "status": "investigating", "body": "We are looking into it.",
            "deliver_notifications": tell, "components": {component.as_str(): "partial_outage"}}})
    };
    let mut times = Vec::new();
    for n in 0..PUBLISHES {
        let begin = Instant::now();
        app.post("incidents", &incident(n, false)).await;
        times.push(begin.elapsed());
    }
    println!("publish: p95 {:.0} ms over {PUBLISHES} incidents, {SUBSCRIBERS} subscribers", p95(times));
    let drained = drain(app, sink, &incident(PUBLISHES, true), async || false).await;
    println!(
        "mails: {:.0} per second, {SUBSCRIBERS} in {:.1} s, at most {} connections",
        SUBSCRIBERS as f64 / drained.as_secs_f64(),
        drained.as_secs_f64(),
        sink.most.load(Ordering::Relaxed)
    );
    let mut times = Vec::new();
    let publish = async || {
        let begin = Instant::now();
        app.post("incidents", &incident(PUBLISHES + 2 + times.len(), false)).await;
        times.push(begin.elapsed());
        times.len() < PUBLISHES
    };
    drain(app, sink, &incident(PUBLISHES + 1, true), publish).await;
    println!("publish while mails go out: p95 {:.0} ms over {} incidents", p95(times.clone()), times.len());
}

/// Publishes, and waits until everybody was told; from the first mail on it does something else beside it for as long as that wants.
async fn drain(app: &App, sink: &Sink, incident: &Value, mut beside: impl AsyncFnMut() -> bool) -> Duration {
    let (before, begin) = (sink.taken.load(Ordering::Relaxed), Instant::now());
    app.post("incidents", incident).await;
    let (mut first, mut more) = (None, true);
    loop {
        let taken = sink.taken.load(Ordering::Relaxed) - before;
        assert!(begin.elapsed() < PATIENCE, "only {taken} mails came");
        if taken >= SUBSCRIBERS {
            return first.unwrap_or(begin).elapsed();
        }
        if taken > 0 {
            first.get_or_insert_with(Instant::now);
            more = more && beside().await;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

async fn fault(app: &App, target: &Target) {
    let component = app.post("components", &json!({"component": {"name": "Watched"}})).await;
    let component = component["id"].as_str().unwrap();
    let monitor = json!({"monitor": {"name": "Fault", "url": target.url(), "interval_seconds": 2, "timeout_ms": 1000,
        "component_id": component, "failure_threshold": 3, "success_threshold": 2}});
    let made = app.post("monitors", &monitor).await;
    let asked = target.asked.load(Ordering::Relaxed);
    within("the monitor checks", async || target.asked.load(Ordering::Relaxed) >= asked + 3).await;
    target.broken.store(true, Ordering::Relaxed);
    let begin = Instant::now();
    within("the page turns", async || app.status_of(component).await != "operational").await;
    println!("fault: on the page after {:.1} s with interval 2 s and 3 of 3", begin.elapsed().as_secs_f64());
    target.broken.store(false, Ordering::Relaxed);
    app.delete(&format!("monitors/{}", made["id"].as_str().unwrap())).await;
}

async fn checks(app: &App, target: &Target) {
    for n in 0..MONITORS {
        let monitor = json!({"monitor": {"name": format!("Check {n}"), "url": target.url(), "interval_seconds": INTERVAL_SECONDS,
            "timeout_ms": 5000}});
        app.post("monitors", &monitor).await;
    }
    let asked = target.asked.load(Ordering::Relaxed);
    within("every monitor has checked", async || target.asked.load(Ordering::Relaxed) >= asked + 2 * MONITORS).await;
    let (cpu, asked, begin) = (app.cpu(), target.asked.load(Ordering::Relaxed), Instant::now());
    tokio::time::sleep(WATCH).await;
    let done = target.asked.load(Ordering::Relaxed) - asked;
    let used = app.cpu().saturating_sub(cpu);
    let wanted = begin.elapsed().as_secs_f64() / INTERVAL_SECONDS as f64 * MONITORS as f64;
    println!(
        "checks: {:.3} ms CPU each, everything the process does included; {done} of {wanted:.0} came",
        used.as_secs_f64() * 1000.0 / done as f64
    );
    for line in app.metrics().await.lines().filter(|line| line.contains("check_lag") && !line.starts_with('#')) {
        println!("checks: {line}");
    }
}

async fn within(what: &str, mut done: impl AsyncFnMut() -> bool) {
    let begin = Instant::now();
    while !done().await {
        assert!(begin.elapsed() < PATIENCE, "not within {PATIENCE:?}: {what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

fn p95(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times.get(times.len() * 95 / 100).or(times.last()).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
}

/// The real binary, on a database of its own.
struct App {
    child: Child,
    base: String,
    operator: String,
    page: String,
    token: String,
    client: reqwest::Client,
}

impl Drop for App {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl App {
    async fn start(at: &Path, smtp: u16) -> Self {
        let token = Self::command(at, &["token", "create", "bench", "--role", "admin"], smtp).output().unwrap();
        let token = String::from_utf8(token.stdout).unwrap().split_whitespace().last().expect("a token").to_owned();
        let port = || std::net::TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).unwrap().port();
        let (listen, operator) = (port(), port());
        let child = Self::command(at, &["serve"], smtp)
            .env("ALLCLEAR_LISTEN", format!("127.0.0.1:{listen}"))
            .env("ALLCLEAR_ADMIN_LISTEN", format!("127.0.0.1:{operator}"))
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        #[expect(clippy::disallowed_methods, reason = "the benchmark speaks to its own service")]
        let client = reqwest::Client::new();
        let base = format!("http://127.0.0.1:{listen}");
        within("the page is served", async || client.get(&base).send().await.is_ok_and(|answer| answer.status().is_success())).await;
        let summary: Value =
            serde_json::from_slice(&client.get(format!("{base}/api/v2/status.json")).send().await.unwrap().bytes().await.unwrap()).unwrap();
        let page = summary["page"]["id"].as_str().unwrap().to_owned();
        Self { child, base, operator: format!("http://127.0.0.1:{operator}"), page, token, client }
    }

    fn command(at: &Path, arguments: &[&str], smtp: u16) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_allclear"));
        command.args(arguments).current_dir(at).env_clear().stderr(Stdio::inherit());
        command.env("ALLCLEAR_SMTP_URL", format!("smtp://127.0.0.1:{smtp}?tls=none"));
        command.env("ALLCLEAR_MAIL_FROM", "status@example.test").env("ALLCLEAR_ALLOW_PRIVATE_TARGETS", "127.0.0.0/8");
        // As fast as it goes, and quiet.
        command.env("ALLCLEAR_SMTP_RATE", "0").env("ALLCLEAR_UNDO_SECONDS", "0").env("ALLCLEAR_API_RATE", "0").env("ALLCLEAR_LOG", "error");
        command
    }

    fn address(&self, path: &str) -> String {
        format!("{}/v1/pages/{}/{path}", self.base, self.page)
    }

    async fn post(&self, path: &str, body: &Value) -> Value {
        let request = self.client.post(self.address(path)).header("authorization", format!("OAuth {}", self.token));
        let answer = request.header("content-type", "application/json").body(body.to_string()).send().await.unwrap();
        let (status, bytes) = (answer.status(), answer.bytes().await.unwrap());
        assert_eq!(status.as_u16(), 201, "{path}: {}", String::from_utf8_lossy(&bytes));
        serde_json::from_slice(&bytes).unwrap()
    }

    async fn delete(&self, path: &str) {
        let request = self.client.delete(self.address(path)).header("authorization", format!("OAuth {}", self.token));
        assert!(request.send().await.unwrap().status().is_success(), "{path} is deleted");
    }

    async fn status_of(&self, component: &str) -> String {
        let answer = self.client.get(format!("{}/api/v2/components.json", self.base)).send().await.unwrap();
        let document: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
        let row = document["components"].as_array().unwrap().iter().find(|row| row["id"] == component).unwrap();
        row["status"].as_str().unwrap().to_owned()
    }

    async fn metrics(&self) -> String {
        self.client.get(format!("{}/metrics", self.operator)).send().await.unwrap().text().await.unwrap()
    }

    /// CPU time of the process so far: user and system, from the kernel's hundredths of a second.
    fn cpu(&self) -> Duration {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap();
        let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
        let ticks = |n: usize| fields.get(n).and_then(|text| text.parse::<u64>().ok()).unwrap();
        Duration::from_millis((ticks(11) + ticks(12)) * 10)
    }
}

/// Takes every mail and counts.
struct Sink {
    port: u16,
    taken: Arc<AtomicUsize>,
    most: Arc<AtomicUsize>,
}

impl Sink {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (taken, most, open) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let sink = Self { port, taken: taken.clone(), most: most.clone() };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                most.fetch_max(open.fetch_add(1, Ordering::Relaxed) + 1, Ordering::Relaxed);
                let (taken, open) = (taken.clone(), open.clone());
                tokio::spawn(async move {
                    // A connection that breaks off is the sender's to mend.
                    let _ = take(stream, &taken).await;
                    open.fetch_sub(1, Ordering::Relaxed);
                });
            }
        });
        sink
    }
}

async fn take(stream: TcpStream, taken: &AtomicUsize) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 sink\r\n").await?;
    let (mut line, mut in_data) = (Vec::new(), false);
    loop {
        line.clear();
        if stream.read_until(b'\n', &mut line).await? == 0 {
            return Ok(());
        }
        if in_data {
            if line == b".\r\n" {
                in_data = false;
                taken.fetch_add(1, Ordering::Relaxed);
                stream.write_all(b"250 taken\r\n").await?;
            }
            continue;
        }
        match line.get(..4).map(<[u8]>::to_ascii_uppercase).as_deref() {
            Some(b"DATA") => {
                in_data = true;
                stream.write_all(b"354 go on\r\n").await?;
            }
            Some(b"QUIT") => {
                stream.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            _ => stream.write_all(b"250 ok\r\n").await?,
        }
    }
}

/// Answers every check, well or badly.
struct Target {
    port: u16,
    asked: Arc<AtomicUsize>,
    broken: Arc<AtomicBool>,
}

impl Target {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let target = Self { port, asked: Arc::default(), broken: Arc::default() };
        let (asked, broken) = (target.asked.clone(), target.broken.clone());
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                asked.fetch_add(1, Ordering::Relaxed);
                let status = if broken.load(Ordering::Relaxed) { "503 Service Unavailable" } else { "200 OK" };
                tokio::spawn(async move {
                    let mut request = [0; 2048];
                    // A check that breaks off has its answer already.
                    let _ = stream.read(&mut request).await;
                    let _ =
                        stream.write_all(format!("HTTP/1.1 {status}\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok").as_bytes()).await;
                });
            }
        });
        target
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}/health", self.port)
    }
}
