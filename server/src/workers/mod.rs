//! What works in the background: each worker asks the database what is due, so that any number of processes may do the same.
//!
//! A worker has a `run` that goes on until it is told to stop, and one step of it that tests call instead, so that they never wait.

use tokio::sync::watch;

/// The workers of one process.
#[derive(Clone, Default)]
pub struct Workers {}

impl Workers {
    /// Runs all of them until `stop` says so.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        // Only an error of the sender ends the wait early: then there is nobody left to work for.
        let _ = stop.wait_for(|stop| *stop).await;
    }
}
