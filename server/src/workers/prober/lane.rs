//! A thread of its own for probes. They are many short waits: on the threads of the service each of them would wake others that have nothing
//! to do, and a reader would wait behind a handshake.

use std::io;

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

/// Where probes run; what still runs there ends when it is dropped.
pub(super) struct Lane {
    handle: Handle,
    /// Nobody sends: that it is gone is the word.
    _end: oneshot::Sender<()>,
}

impl Lane {
    /// Opens it.
    ///
    /// # Errors
    /// Where the system has no thread left.
    pub(super) fn open() -> io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        let (end, ended) = oneshot::channel();
        std::thread::Builder::new().name("probes".to_owned()).spawn(move || runtime.block_on(async { drop(ended.await) }))?;
        Ok(Self { handle, _end: end })
    }

    /// What to run there with.
    pub(super) const fn handle(&self) -> &Handle {
        &self.handle
    }
}
