//! What works in the background: each worker asks the database what is due, so that any number of processes may do the same.
//!
//! A worker has a `run` that goes on until it is told to stop, and one step of it that tests call instead, so that they never wait.

pub mod courier;

use std::sync::Arc;

use tokio::sync::watch;

pub use courier::Courier;

/// The workers of one process.
#[derive(Clone)]
pub struct Workers {
    /// Drains the outbox.
    pub courier: Arc<Courier>,
}

impl Workers {
    /// Runs all of them until `stop` says so.
    pub async fn run(self, stop: watch::Receiver<bool>) {
        tokio::join!(self.courier.run(stop));
    }
}
