//! Work that nobody waits for.

use tokio::sync::oneshot;

/// The least urgent that Linux knows.
const LEAST_URGENT: i32 = 19;

/// Runs long work on a thread of its own that gives way to everything else: readers, mails and checks do not feel it.
///
/// # Errors
/// The thread could not be made, or the work panicked.
pub async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> anyhow::Result<T> {
    let (done, result) = oneshot::channel();
    std::thread::Builder::new().name("aside".to_owned()).spawn(move || {
        // On Linux this is the priority of this thread alone. Where it cannot be lowered, the work is done all the same.
        let _ = rustix::process::nice(LEAST_URGENT);
        // Whoever waited may have gone.
        let _ = done.send(work());
    })?;
    Ok(result.await?)
}
