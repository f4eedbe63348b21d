//! How fast the loop is: publishing while many wait to be told, mails per second into a sink beside a bare loop of the same words, what a
//! check costs and how late it comes, and how soon a fault is on the page. The real binary over real sockets; every load is bounded and
//! ends by itself. Every line it prints is `what: value`. With arguments, only those parts run: `checks`, `sqlite`, `postgres`.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a benchmark that panics has failed, and it prints"
)]

mod app;
mod checks;
mod mail;
#[path = "../../tests/it/support/postgres.rs"]
#[expect(dead_code, reason = "here a database brings no tables of its own")]
mod postgres;
mod sink;

use std::time::{Duration, Instant};

use app::App;
use checks::Target;
use sink::Sink;

/// Longest wait for anything.
const PATIENCE: Duration = Duration::from_secs(120);

#[tokio::main]
async fn main() {
    server::channels::guard::choose_cryptography();
    let named: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    if named.first().is_some_and(|first| first == sink::BARE) {
        return sink::bare_loop(&named[1..]).await;
    }
    if named.first().is_some_and(|first| first == checks::BARE) {
        return checks::bare_checks(&named[1..]).await;
    }
    let wanted = |part: &str| named.is_empty() || named.iter().any(|name| name == part);
    if wanted("checks") {
        let target = Target::start().await;
        let folder = tempfile::tempdir().unwrap();
        // Apart from the rest, so that nothing but checks is counted.
        let app = App::start(folder.path(), None, Sink::start().await.port).await;
        checks::fault(&app, &target).await;
        checks::many(&app, &target).await;
    }
    if wanted("sqlite") {
        mail::run("SQLite", None).await;
    }
    if wanted("postgres") {
        mail::run("PostgreSQL", Some(&postgres::empty_database().await)).await;
    }
}

/// Waits until it is so.
pub async fn within(what: &str, mut done: impl AsyncFnMut() -> bool) {
    let begin = Instant::now();
    while !done().await {
        assert!(begin.elapsed() < PATIENCE, "not within {PATIENCE:?}: {what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// The time, in milliseconds, that so many in a hundred take at most.
pub fn percentile(mut times: Vec<Duration>, hundredths: usize) -> f64 {
    times.sort();
    times.get(times.len() * hundredths / 100).or(times.last()).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
}
