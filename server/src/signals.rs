//! Who has something to do: signals only shorten the wait, the database is the truth. Everything works without them.

use std::sync::Arc;

use tokio::sync::Notify;

/// Wakes workers of this process.
#[derive(Clone, Debug, Default)]
pub struct Signals {
    /// The outbox has something new.
    pub outbox: Arc<Notify>,
    /// Monitors were added or changed.
    pub monitors: Arc<Notify>,
}
