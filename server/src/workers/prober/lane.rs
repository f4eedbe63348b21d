//! A thread of its own for probes. They are many short waits: on the threads of the service each of them would wake others that have nothing
//! to do, and a reader would wait behind a handshake.

use std::io;
use std::thread::JoinHandle;

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

/// Where probes run.
pub(super) struct Lane {
    handle: Handle,
    /// Nobody sends: that it is gone is the word.
    end: oneshot::Sender<()>,
    thread: JoinHandle<()>,
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
        let run = move || {
            runtime.block_on(async { drop(ended.await) });
            // A look-up that the system makes may still take seconds: nobody waits for it.
            runtime.shutdown_background();
        };
        let thread = std::thread::Builder::new().name("probes".to_owned()).spawn(run)?;
        Ok(Self { handle, end, thread })
    }

    /// Closes it: what still runs there ends, and the thread with it. A process that ends beside a running thread may end in its middle.
    pub(super) async fn close(self) {
        drop(self.end);
        // It ends at once; that it panicked would have been said by then.
        let _ = tokio::task::spawn_blocking(move || self.thread.join()).await;
    }

    /// What to run there with.
    pub(super) const fn handle(&self) -> &Handle {
        &self.handle
    }
}
