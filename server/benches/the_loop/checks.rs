//! Checks: how soon a fault shows, what each costs, how late each comes.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::app::App;
use crate::within;

const MONITORS: usize = 5_000;
const INTERVAL_SECONDS: u64 = 60;
/// The pace of the bare checker: 80 checks a second, as the monitors make 83.
const BEAT: Duration = Duration::from_millis(100);
const TOGETHER: usize = 8;
const BEATS: usize = 200;
const WATCH: Duration = Duration::from_secs(60);
/// After the last change, so that what follows from it is over.
const SETTLED: Duration = Duration::from_secs(30);
const IDLE: Duration = Duration::from_secs(60);

/// How soon a fault is on the page.
pub async fn fault(app: &App, target: &Target) {
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

/// What the process does that has nothing to check, in CPU time for a second.
async fn idle(app: &App) -> Duration {
    tokio::time::sleep(SETTLED).await;
    let cpu = app.cpu();
    tokio::time::sleep(IDLE).await;
    app.cpu().saturating_sub(cpu).div_f64(IDLE.as_secs_f64())
}

/// What checks cost and how late they come, without readers and with them.
pub async fn many(app: &App, target: &Target) {
    let idle = idle(app).await;
    for n in 0..MONITORS {
        let monitor = json!({"monitor": {"name": format!("Check {n}"), "url": target.url(), "interval_seconds": INTERVAL_SECONDS,
            "timeout_ms": 5000}});
        app.post("monitors", &monitor).await;
    }
    let asked = || target.asked.load(Ordering::Relaxed);
    let first = asked();
    // Each checks at once, and then once more at its own place in the interval.
    within("every monitor has checked", async || asked() >= first + MONITORS).await;
    tokio::time::sleep(Duration::from_secs(INTERVAL_SECONDS)).await;
    let (cpu, before, begin) = (app.cpu(), asked(), Instant::now());
    tokio::time::sleep(WATCH).await;
    let done = asked() - before;
    let used = app.cpu().saturating_sub(cpu);
    let wanted = begin.elapsed().as_secs_f64() / INTERVAL_SECONDS as f64 * MONITORS as f64;
    println!("checks: {MONITORS} monitors at {INTERVAL_SECONDS} s: {done} of {wanted:.0} came in {} s", WATCH.as_secs());
    let passed = begin.elapsed();
    let each = |used: Duration| used.as_secs_f64() * 1000.0 / done as f64;
    let own = used.saturating_sub(idle.mul_f64(passed.as_secs_f64()));
    let bare = bare(target).await;
    println!("checks: {:.3} ms CPU each, {:.3} ms with all that the process does without any check", each(own), each(used));
    println!("checks, bare checker: {bare:.3} ms CPU each, ratio {:.1}", each(own) / bare);
    crate::mail::read(app, "checks").await;
    println!("checks: {:.0} MB of memory", app.memory());
    for line in app.metrics().await.lines().filter(|line| line.contains("allclear_check_") && !line.starts_with('#')) {
        println!("checks: {line}");
    }
}

/// The argument with which this benchmark is the bare checker.
pub const BARE: &str = "bare-checks";

/// What a check costs at least on this machine, in milliseconds of CPU time: a connection, a request, its answer and the end, at the same
/// pace, in a process of its own, and nothing else.
async fn bare(target: &Target) -> f64 {
    let mut command = tokio::process::Command::new(std::env::current_exe().unwrap());
    let done = command.args([BARE, &target.port.to_string()]).output().await.unwrap();
    assert!(done.status.success(), "the bare checker failed: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap().trim().parse().unwrap()
}

/// The bare checker itself; prints what each of its checks cost.
pub async fn bare_checks(arguments: &[String]) {
    let port: u16 = arguments[0].parse().unwrap();
    let (mut beat, mut done) = (tokio::time::interval(BEAT), 0_u32);
    let begun = crate::app::cpu_of(std::process::id());
    for _ in 0..BEATS {
        beat.tick().await;
        for _ in 0..TOGETHER {
            let mut stream = tokio::net::TcpStream::connect(("127.0.0.1", port)).await.unwrap();
            stream.write_all(b"GET /health HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n").await.unwrap();
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).await.unwrap();
            assert!(answer.starts_with(b"HTTP/1.1 200"));
            done += 1;
        }
    }
    let used = crate::app::cpu_of(std::process::id()).saturating_sub(begun);
    println!("{}", used.as_secs_f64() * 1000.0 / f64::from(done));
}

/// Answers every check, well or badly.
pub struct Target {
    port: u16,
    asked: Arc<AtomicUsize>,
    broken: Arc<AtomicBool>,
}

impl Target {
    /// A target on a free port.
    pub async fn start() -> Self {
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
