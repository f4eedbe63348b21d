//! What one HTTP check costs: processor time of the checking side alone, against a target on loopback in a thread of its own.
//! `cargo bench --bench check [CHECKS]`

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a program that tells what it measured, or fails")]

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::time::Instant;

use app::words::{ComponentStatus, Id, Monitor, MonitorKind, MonitorSettings};
use chrono::DateTime;
use server::channels::guard::Connector;
use server::domain::evidence::Outcome;
use server::probes::Probes;

fn main() {
    let checks: u32 = std::env::args().filter_map(|argument| argument.parse().ok()).next().unwrap_or(10_000);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let target = format!("http://{}/health", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]).unwrap();
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 12\r\nConnection: close\r\n\r\nall is well\n");
        }
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let probes = Probes::new(Connector::new(&["127.0.0.0/8".parse().unwrap()]), &[]);
    let monitor = Monitor {
        id: Id::parse("monitor00000").unwrap(),
        component_id: None,
        name: "Target".to_owned(),
        kind: MonitorKind::Http,
        target,
        interval_seconds: 60,
        timeout_ms: 10_000,
        failure_threshold: 3,
        success_threshold: 2,
        status_when_down: ComponentStatus::MajorOutage,
        settings: MonitorSettings::default(),
        paused_at: None,
        created_at: DateTime::UNIX_EPOCH,
        updated_at: DateTime::UNIX_EPOCH,
    };
    let (begun, before) = (Instant::now(), processor_ms());
    runtime.block_on(async {
        for _ in 0..checks {
            assert_eq!(probes.check(&monitor, DateTime::UNIX_EPOCH).await.outcome, Outcome::Good);
        }
    });
    let (took, worked) = (begun.elapsed(), processor_ms() - before);
    println!(
        "{checks} checks, one after the other: {:.3} ms each, {:.3} ms of processor each",
        took.as_secs_f64() * 1e3 / f64::from(checks),
        worked / f64::from(checks)
    );
}

/// Processor time of this thread so far, in milliseconds, as Linux counts it.
fn processor_ms() -> f64 {
    let schedule = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    schedule.split(' ').next().unwrap().parse::<f64>().unwrap() / 1e6
}
