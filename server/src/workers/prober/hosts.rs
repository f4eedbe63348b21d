//! At most two checks at once of one host and port: a slow target delays only its own checks (reliability N8).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Checks at once of one host and port.
const AT_ONCE: usize = 2;
/// Hosts remembered before those are forgotten that nobody checks now.
const REMEMBERED: usize = 1_024;

/// Turns by host and port.
#[derive(Default)]
pub(super) struct Hosts(Mutex<HashMap<String, Arc<Semaphore>>>);

impl Hosts {
    /// Waits for a turn; it is over when what is returned is dropped.
    pub(super) async fn take(&self, host_and_port: &str) -> Option<OwnedSemaphorePermit> {
        let turns = {
            let mut hosts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if hosts.len() >= REMEMBERED {
                hosts.retain(|_, turns| Arc::strong_count(turns) > 1);
            }
            hosts.entry(host_and_port.to_owned()).or_insert_with(|| Arc::new(Semaphore::new(AT_ONCE))).clone()
        };
        // Never closed, so that there is always a turn to come.
        turns.acquire_owned().await.ok()
    }
}
