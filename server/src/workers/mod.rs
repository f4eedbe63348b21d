//! What works in the background: each worker asks the database what is due, so that any number of processes may do the same.
//!
//! A worker has a `run` that goes on until it is told to stop, and one step of it that tests call instead, so that they never wait.

pub mod counter;
pub mod courier;
pub mod dead_man;
pub mod keeper;
pub mod presence;
pub mod prober;
pub mod tally;

use std::sync::Arc;

use tokio::sync::watch;

pub use counter::Counter;
pub use courier::Courier;
pub use dead_man::DeadMan;
pub use keeper::Keeper;
pub use presence::Presence;
pub use prober::Prober;
pub use tally::Tally;

/// The workers of one process.
#[derive(Clone)]
pub struct Workers {
    /// Drains the outbox.
    pub courier: Arc<Courier>,
    /// Makes the checks that are due.
    pub prober: Arc<Prober>,
    /// Runs the jobs of the clock.
    pub keeper: Arc<Keeper>,
    /// Calls an outside watcher while all is well; `None` where there is none.
    pub dead_man: Option<Arc<DeadMan>>,
    /// Says that somebody can be reached; it works wherever readers are served.
    pub presence: Arc<Presence>,
    /// Writes what visitors see; it works wherever readers are served.
    pub counter: Arc<Counter>,
    /// Writes down how much readers read; it works there too.
    pub tally: Arc<Tally>,
}

impl Workers {
    /// Runs all that need not be where readers are served, until `stop` says so.
    pub async fn run(self, stop: watch::Receiver<bool>) {
        let calling = stop.clone();
        let dead_man = async {
            if let Some(dead_man) = self.dead_man {
                dead_man.run(calling).await;
            }
        };
        tokio::join!(self.courier.run(stop.clone()), self.prober.run(stop.clone()), self.keeper.run(stop), dead_man);
    }
}
