//! Mail to a whole customer list: how fast deliveries are made and handed over, and what publishing and reading feel of it.

use std::path::Path;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::app::App;
use crate::sink::{Sink, bare};
use crate::{PATIENCE, percentile, within};

const SUBSCRIBERS: usize = 100_000;
const PUBLISHES: usize = 40;
const CONNECTIONS: usize = 4;
/// Mails over which the rate is taken, without anything beside them; the rest go out under load.
const MEASURED: usize = 20_000;
/// The same of mails that are signed, and of those for a relay that takes its time.
const REST: usize = 8_000;
/// How long that one takes for each answer: nearer to a relay in the same building than to none.
const PATIENT: Duration = Duration::from_millis(2);
/// Requests a second of readers while mails go out, each sent when its time has come, whatever became of those before it.
const READS: u64 = 500;
const READING: Duration = Duration::from_secs(10);

/// On SQLite in a folder of its own, or on that database.
pub async fn run(engine: &str, database: Option<&str>) {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let csv: String = (0..SUBSCRIBERS).map(|n| format!("reader{n}@mail{}.example.test,,\n", n % 50)).collect();
    std::fs::write(at.join("readers.csv"), format!("email,components,consent_date\n{csv}")).unwrap();
    let sink = Sink::start().await;
    let begin = Instant::now();
    let imported = App::command(at, database, &["import", "subscribers", "readers.csv"], sink.port).output().unwrap();
    assert!(imported.status.success(), "the import of subscribers failed");
    println!("{engine}, import: {SUBSCRIBERS} subscribers in {:.1} s", begin.elapsed().as_secs_f64());
    let app = App::start(at, database, sink.port).await;
    let component = app.post("components", &json!({"component": {"name": "Gateway"}})).await;
    let component = component["id"].as_str().unwrap().to_owned();
    let incident = |n: usize, tell: bool| {
        json!({"incident": {"name": format!("Slow answers {n}"), "status": "investigating", "body": "We are looking into it.",
            "deliver_notifications": tell, "components": {component.as_str(): "partial_outage"}}})
    };
    published(&app, &format!("{engine}, publish"), |n| incident(n, false)).await;
    let ours = drained(&app, &sink, engine, &incident(PUBLISHES, true)).await;
    read(&app, engine).await;
    let more = |n| incident(PUBLISHES + 1 + n, false);
    published(&app, &format!("{engine}, publish while mails go out"), more).await;
    let left = SUBSCRIBERS - sink.taken.load(Ordering::Relaxed).min(SUBSCRIBERS);
    println!("{engine}, mails left when readers and publishing were measured: {left}");
    drop(app);
    let sample = sink.last.lock().unwrap().clone();
    for (what, file) in [("Ed25519", "ed25519.pem"), ("RSA of 2,048 bits", "rsa.pkcs8.pem")] {
        signed(at, database, &sink, &format!("{engine}, signed with {what}"), file).await;
    }
    patient(at, database, engine, &sample).await;
    let alone = MEASURED as f64 / bare(sink.port, &sample, MEASURED, CONNECTIONS).await.as_secs_f64();
    println!("{engine}, bare loop: {alone:.0} mails a second of the same {} bytes, ratio {:.2}", sample.len(), ours / alone);
}

/// How long publishing takes.
async fn published(app: &App, what: &str, incident: impl Fn(usize) -> Value) {
    let mut times = Vec::new();
    for n in 0..PUBLISHES {
        let begin = Instant::now();
        app.post("incidents", &incident(n)).await;
        times.push(begin.elapsed());
    }
    println!("{what}: p95 {:.0} ms over {PUBLISHES} incidents, {SUBSCRIBERS} subscribers", percentile(times, 95));
}

/// Publishes, and watches everybody's deliveries being made and the first mails go out; how many a second.
async fn drained(app: &App, sink: &Sink, engine: &str, incident: &Value) -> f64 {
    let begin = Instant::now();
    app.post("incidents", incident).await;
    let told = begin.elapsed();
    let taken = || sink.taken.load(Ordering::Relaxed);
    within("every delivery is made", async || {
        let waiting = app.metric("allclear_outbox_depth ").await.unwrap_or_default();
        waiting as usize + taken() >= SUBSCRIBERS
    })
    .await;
    println!(
        "{engine}, deliveries: {SUBSCRIBERS} made {:.1} s after the request, which took {:.0} ms",
        begin.elapsed().as_secs_f64(),
        told.as_secs_f64() * 1000.0
    );
    within("the first mail", async || taken() > 0).await;
    println!("{engine}, first mail: {:.1} s after the request", begin.elapsed().as_secs_f64());
    let (first, begin, used) = (taken(), Instant::now(), app.cpu());
    within("the measured mails", async || taken() >= first + MEASURED).await;
    let (mails, took) = (taken() - first, begin.elapsed().as_secs_f64());
    println!(
        "{engine}, mails: {:.0} a second, {:.2} ms CPU each, at most {} connections",
        mails as f64 / took,
        app.cpu().saturating_sub(used).as_secs_f64() * 1000.0 / mails as f64,
        sink.most.load(Ordering::Relaxed)
    );
    mails as f64 / took
}

/// Signs mails with that key.
async fn signed(at: &Path, database: Option<&str>, sink: &Sink, what: &str, file: &str) {
    let key = format!("{}/tests/fixtures/dkim/{file}", env!("CARGO_MANIFEST_DIR"));
    let settings =
        [("ALLCLEAR_DKIM_KEY_FILE", key.as_str()), ("ALLCLEAR_DKIM_SELECTOR", "bench"), ("ALLCLEAR_DKIM_DOMAIN", "example.test")];
    let app = App::with(at, database, sink.port, &settings).await;
    more(&app, sink, what).await;
    let signed = String::from_utf8_lossy(&sink.last.lock().unwrap()).contains("DKIM-Signature:");
    assert!(signed, "they are signed");
}

/// The same list by a relay that takes its time, beside the bare loop to it.
async fn patient(at: &Path, database: Option<&str>, engine: &str, sample: &[u8]) {
    let slow = Sink::after(Some(PATIENT)).await;
    let app = App::start(at, database, slow.port).await;
    let ours = more(&app, &slow, &format!("{engine}, relay that answers after {} ms", PATIENT.as_millis())).await;
    drop(app);
    let alone = REST as f64 / bare(slow.port, sample, REST, CONNECTIONS).await.as_secs_f64();
    println!("{engine}, bare loop to that relay: {alone:.0} mails a second, ratio {:.2}", ours / alone);
}

/// More of the mails that wait, by a process that has just begun; how many a second.
async fn more(app: &App, sink: &Sink, what: &str) -> f64 {
    let taken = || sink.taken.load(Ordering::Relaxed);
    let before = taken();
    within("the first of them", async || taken() > before).await;
    let (first, begin, used) = (taken(), Instant::now(), app.cpu());
    within("the rest of them", async || taken() >= first + REST).await;
    let (mails, took) = (taken() - first, begin.elapsed().as_secs_f64());
    let each = app.cpu().saturating_sub(used).as_secs_f64() * 1000.0 / mails as f64;
    println!("{what}: {:.0} mails a second, {each:.2} ms CPU each", mails as f64 / took);
    mails as f64 / took
}

/// What readers feel meanwhile.
pub async fn read(app: &App, engine: &str) {
    #[expect(clippy::disallowed_methods, reason = "the benchmark speaks to its own service")]
    let client = reqwest::Client::new();
    let (times, began) = (Arc::new(Mutex::new(Vec::new())), tokio::time::Instant::now());
    let mut beat = tokio::time::interval(Duration::from_micros(1_000_000 / READS));
    let mut readers = tokio::task::JoinSet::new();
    while began.elapsed() < READING {
        let due = beat.tick().await;
        let (client, times, address) = (client.clone(), times.clone(), app.base.clone());
        readers.spawn(async move {
            let answer = client.get(address).send().await.unwrap();
            assert!(answer.status().is_success());
            let _ = answer.bytes().await.unwrap();
            times.lock().unwrap().push(due.elapsed());
        });
    }
    let all = async { while readers.join_next().await.is_some() {} };
    tokio::time::timeout(PATIENCE, all).await.expect("readers are answered");
    let times = times.lock().unwrap().clone();
    println!("{engine}, readers meanwhile: p99 {:.1} ms over {} requests at {READS} a second", percentile(times.clone(), 99), times.len());
}
