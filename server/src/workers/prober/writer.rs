//! Writes results in batches. While the database is away they wait, and are written later with the time they were made at.

use std::collections::VecDeque;
use std::time::Duration;

use app::words::Verdict;
use tokio::sync::mpsc;
use tokio::time::Instant;

use super::Prober;
use crate::actions::checks::Finished;
use crate::domain::evidence::Outcome;

/// Results that come this close together share one commit; what was decided is to be seen within a second.
const GATHER: Duration = Duration::from_millis(200);
/// And what says that all is as well as it was waits so long for others.
const AT_LEISURE: Duration = Duration::from_millis(800);
/// Results in one transaction.
const BATCH: usize = 256;
/// Results that wait for the database at most (reliability N5).
const WAITING: usize = 10_000;
/// And for how long.
const PATIENCE: Duration = Duration::from_secs(600);
/// Wait before a database that did not answer is asked again.
const RETRY: Duration = Duration::from_secs(1);

/// Writes until nobody sends any more and all is written.
pub(super) async fn run(prober: &Prober, mut finished: mpsc::Receiver<Finished>) {
    let mut waiting: VecDeque<(Instant, Finished)> = VecDeque::new();
    let mut away = false;
    loop {
        if waiting.is_empty() {
            match finished.recv().await {
                Some(first) => waiting.push_back((Instant::now(), first)),
                None => return,
            }
        }
        tokio::time::sleep(if away { RETRY } else { GATHER }).await;
        while let Ok(next) = finished.try_recv() {
            waiting.push_back((Instant::now(), next));
        }
        let long = |(since, one): &(Instant, Finished)| since.elapsed() >= AT_LEISURE || !says_nothing_new(one);
        let is_time = finished.is_closed() || waiting.len() >= BATCH || waiting.iter().any(long);
        if !is_time {
            continue;
        }
        let dropped = give_up(&mut waiting);
        let batch: Vec<Finished> = waiting.iter().take(BATCH).map(|(_, finished)| finished.clone()).collect();
        away = !write(prober, &batch, away).await;
        if !away {
            waiting.drain(..batch.len());
        } else if finished.is_closed() && finished.is_empty() {
            tracing::warn!(results = waiting.len(), "the database is away at the end; these results are lost");
            return;
        }
        prober.meters.holds(waiting.len(), dropped);
    }
}

/// Whether a result says of a target that was well that it is.
fn says_nothing_new(finished: &Finished) -> bool {
    finished.seen.outcome == Outcome::Good && finished.claimed.state.verdict == Verdict::Up
}

/// Drops what has waited for too long; how many it were.
fn give_up(waiting: &mut VecDeque<(Instant, Finished)>) -> u64 {
    let before = waiting.len();
    while waiting.len() > WAITING || waiting.front().is_some_and(|(since, _)| since.elapsed() > PATIENCE) {
        waiting.pop_front();
    }
    let dropped = before - waiting.len();
    if dropped > 0 {
        tracing::warn!(results = dropped, "the database was away for too long; these results are lost");
    }
    u64::try_from(dropped).unwrap_or(u64::MAX)
}

/// False where the database is away. A result that cannot be written for another reason is dropped, so that it does not hold up others.
async fn write(prober: &Prober, batch: &[Finished], was_away: bool) -> bool {
    let Err(error) = prober.write(batch).await else { return true };
    if error.is_unreachable() {
        if !was_away {
            tracing::warn!(%error, "results wait for the database");
        }
        return false;
    }
    for one in batch {
        match prober.write(std::slice::from_ref(one)).await {
            Err(error) if error.is_unreachable() => return false,
            Err(error) => tracing::error!(%error, monitor = %one.claimed.monitor.id, "a result cannot be written and is dropped"),
            Ok(()) => {}
        }
    }
    true
}
