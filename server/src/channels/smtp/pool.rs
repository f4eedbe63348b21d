//! Few connections to the relay, used again while there is no doubt about them.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};

use super::conversation::Conversation;
use super::{Mail, Relay};
use crate::domain::relay::{Fault, Outcome, Step};

/// Mails one connection carries (reliability E3).
const MOST_MAILS: u32 = 100;
/// Its longest life.
const LONGEST_LIFE: Duration = Duration::from_mins(5);
/// The longest it lies idle.
const LONGEST_REST: Duration = Duration::from_secs(30);

/// The connections to one relay.
///
/// A connection that carries a mail belongs to the call that sends it and is given back only when the conversation stands where it
/// began. Whatever else happens, a time-out, an unexpected word, or that the call is dropped half way, drops and closes it.
pub struct Pool {
    relay: Relay,
    /// One for each connection there may be: 10,000 queued mails never open one more (reliability E2).
    turns: Semaphore,
    parked: Mutex<Vec<Conversation>>,
}

impl Pool {
    /// A pool without any connection yet.
    #[must_use]
    pub fn new(relay: Relay) -> Self {
        let turns = Semaphore::new(relay.connections);
        Self { relay, turns, parked: Mutex::default() }
    }

    /// Waits for a turn to send: there are as many as there may be connections.
    pub async fn turn(&self) -> Turn<'_> {
        // The pool never closes its turns, so there is always one to come.
        Turn { pool: self, _permit: self.turns.acquire().await.ok() }
    }

    async fn send<W: Future<Output = bool> + Send>(&self, mail: &Mail, wanted: impl Fn() -> W + Sync) -> Outcome {
        if let Some(parked) = self.take().await {
            let outcome = self.carry(parked, mail, &wanted).await;
            // The relay may have closed it meanwhile: no fault of the mail, which is tried again on a new connection.
            if outcome != Outcome::Failed(Step::Sender, Fault::Closed) {
                return outcome;
            }
        }
        match Conversation::open(&self.relay).await {
            Ok(fresh) => self.carry(fresh, mail, &wanted).await,
            Err(ended) => ended,
        }
    }

    /// Closes connections that lay idle too long.
    pub async fn rest(&self) {
        // A connection that says goodbye still counts as one.
        while let Ok(_turn) = self.turns.try_acquire() {
            let tired = self.parked(|parked| Some(parked.swap_remove(parked.iter().position(is_tired)?)));
            let Some(one) = tired else { return };
            one.quit().await;
        }
    }

    /// Closes every connection that lies idle.
    pub async fn close(&self) {
        for one in self.parked(std::mem::take) {
            one.quit().await;
        }
    }

    async fn carry<W: Future<Output = bool> + Send>(
        &self,
        mut conversation: Conversation,
        mail: &Mail,
        wanted: &(impl Fn() -> W + Sync),
    ) -> Outcome {
        let outcome = conversation.deliver(mail, wanted).await;
        if conversation.clean {
            if is_tired(&conversation) {
                conversation.quit().await;
            } else {
                self.parked(|parked| parked.push(conversation));
            }
        }
        outcome
    }

    /// A parked connection that is still good. Those that are not are closed here, before another is opened.
    async fn take(&self) -> Option<Conversation> {
        while let Some(mut one) = self.parked(Vec::pop) {
            if is_tired(&one) {
                one.quit().await;
            } else if one.is_alive() {
                return Some(one);
            }
        }
        None
    }

    fn parked<T>(&self, change: impl FnOnce(&mut Vec<Conversation>) -> T) -> T {
        // The list is whole at every instant: a panic elsewhere does not make it wrong.
        change(&mut self.parked.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The right to use one connection.
pub struct Turn<'a> {
    pool: &'a Pool,
    _permit: Option<SemaphorePermit<'a>>,
}

impl Turn<'_> {
    /// Hands one mail over. `wanted` is asked at the last moment at which it can still be kept back.
    pub async fn send<W: Future<Output = bool> + Send>(self, mail: &Mail, wanted: impl Fn() -> W + Sync) -> Outcome {
        self.pool.send(mail, wanted).await
    }
}

fn is_tired(one: &Conversation) -> bool {
    one.carried >= MOST_MAILS || one.opened.elapsed() >= LONGEST_LIFE || one.idle_since.elapsed() >= LONGEST_REST
}
