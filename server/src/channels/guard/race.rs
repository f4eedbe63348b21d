//! Several ways to the same thing: each is begun a little after the one before, and the first that leads there wins (RFC 8305).

use std::future::Future;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{Instant, timeout_at};

/// What a failure means for the ways that are left.
pub(super) enum After<E> {
    /// Another may lead there.
    GoOn,
    /// None will.
    Stop(E),
}

/// The first success of these attempts. The next one is begun when one before it failed, or when `pause` has passed; `failed` is told
/// of each failure. `None` where no attempt succeeded until `limit`. Attempts that are not needed any more end.
pub(super) async fn first<T, E, F>(
    attempts: impl IntoIterator<Item = F>,
    pause: Duration,
    limit: Instant,
    mut failed: impl FnMut(E) -> After<E>,
) -> Option<Result<T, E>>
where
    T: Send + 'static,
    E: Send + 'static,
    F: Future<Output = Result<T, E>> + Send + 'static,
{
    let mut waiting = attempts.into_iter().peekable();
    let mut running = JoinSet::new();
    loop {
        running.spawn(waiting.next()?);
        let more = waiting.peek().is_some();
        let begun = Instant::now();
        loop {
            let until = if more { limit.min(begun + pause) } else { limit };
            match timeout_at(until, running.join_next()).await {
                Ok(Some(Ok(Ok(found)))) => return Some(Ok(found)),
                Ok(Some(Ok(Err(error)))) => {
                    if let After::Stop(error) = failed(error) {
                        return Some(Err(error));
                    }
                }
                // An attempt that broke is one that failed.
                Ok(Some(Err(_))) => {}
                Ok(None) => break,
                Err(_) if Instant::now() >= limit => return None,
                Err(_) => break,
            }
            if more {
                break;
            }
        }
    }
}
