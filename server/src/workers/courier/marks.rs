//! What became of deliveries, written down by the group: a commit for each mail would be most of the work (reliability Q7).

use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, mpsc};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout_at};

use crate::actions::outbox::{self, Mark};
use crate::store::Db;

/// Most in one group.
pub const GROUP: usize = 16;
/// So many do not wait for others. The rest of the permits is for mails that are handed over while these are written: were there none left,
/// every connection would stand still for as long as the database takes.
const ENOUGH: usize = GROUP / 2;
/// The longest that one waits for others.
const GATHER: Duration = Duration::from_millis(50);
/// Wait before a group that could not be written is written again.
const RETRY: Duration = Duration::from_secs(1);
/// How often a group is written that the database answers, but does not take. A database that is away is waited for without end.
const TRIES: u32 = 5;

/// What is unwritten carries the permit of its mail, where that was under way, so that there is never more of it than there may be.
type Unwritten = (Mark, Option<OwnedSemaphorePermit>);

/// Writes marks down until everybody who has a pen has put it away.
pub struct Marks {
    pen: Pen,
    written: JoinHandle<()>,
}

/// Hands marks in.
#[derive(Clone)]
pub struct Pen(mpsc::Sender<Unwritten>);

impl Pen {
    /// Hands one in.
    pub async fn write(&self, mark: Mark, permit: Option<OwnedSemaphorePermit>) {
        // Nobody reads any more at the very end of the service: the lease tells the next start.
        let _ = self.0.send((mark, permit)).await;
    }
}

impl Marks {
    /// Begins.
    pub fn new(db: Db) -> Self {
        let (sender, receiver) = mpsc::channel(GROUP);
        Self { pen: Pen(sender), written: tokio::spawn(gather(db, receiver)) }
    }

    /// A pen.
    pub fn pen(&self) -> Pen {
        self.pen.clone()
    }

    /// Waits until everything is written.
    pub async fn end(self) {
        drop(self.pen);
        if let Err(error) = self.written.await {
            tracing::error!(%error, "what became of some mails was not written down; they may arrive twice");
        }
    }
}

async fn gather(db: Db, mut receiver: mpsc::Receiver<Unwritten>) {
    while let Some(first) = receiver.recv().await {
        let mut group = vec![first];
        let until = Instant::now() + GATHER;
        while group.len() < ENOUGH {
            match timeout_at(until, receiver.recv()).await {
                Ok(Some(next)) => group.push(next),
                Ok(None) | Err(_) => break,
            }
        }
        // What came while the last group was written.
        while group.len() < GROUP
            && let Ok(next) = receiver.try_recv()
        {
            group.push(next);
        }
        let (marks, _permits): (Vec<Mark>, Vec<Option<OwnedSemaphorePermit>>) = group.into_iter().unzip();
        write(&db, &marks).await;
    }
}

/// Writes down one by one what cannot be written together: one that is refused does not take the others with it.
async fn each(db: &Db, marks: &[Mark]) {
    for mark in marks {
        while let Err(error) = outbox::settle(db, std::slice::from_ref(mark)).await {
            if !error.is_unreachable() {
                tracing::error!(%error, notification = %mark.claimed.notification, "what became of a mail cannot be written down; it may arrive twice");
                break;
            }
            sleep(RETRY).await;
        }
    }
}

async fn write(db: &Db, marks: &[Mark]) {
    let mut refused = 0;
    while let Err(error) = outbox::settle(db, marks).await {
        refused += u32::from(!error.is_unreachable());
        if refused >= TRIES {
            return each(db, marks).await;
        }
        tracing::warn!(%error, "what became of some mails could not be written down yet");
        sleep(RETRY).await;
    }
}
