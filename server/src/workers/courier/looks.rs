//! The last look at the record before a mail is handed over. Those that are asked for at the same time are taken together: a transaction
//! for each mail would be much of its work.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::words::Id;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use super::Courier;
use super::told::Told;
use crate::actions::outbox;
use crate::store::deliveries::{Claimed, Now};

/// Questions in one look at most.
const TOGETHER: usize = 64;

/// What the record says of a claimed delivery.
pub(super) enum Seen {
    /// This.
    Known(Now),
    /// It is not ours any more.
    Lost,
    /// It could not be asked.
    Away,
}

struct Question {
    claimed: Claimed,
    told: Arc<Told>,
    answer: oneshot::Sender<Seen>,
}

/// Looks until everybody who has an eye has closed it.
pub(super) struct Looks {
    eye: Eye,
    looking: JoinHandle<()>,
}

/// Asks.
#[derive(Clone)]
pub(super) struct Eye(mpsc::Sender<Question>);

impl Eye {
    /// What the record says of a delivery now: nothing that was written before this was called is overlooked.
    pub(super) async fn look(&self, claimed: &Claimed, told: &Arc<Told>) -> Seen {
        let (answer, answered) = oneshot::channel();
        // Whoever looks is gone only at the very end of the service; then there is no answer either.
        let _ = self.0.send(Question { claimed: claimed.clone(), told: told.clone(), answer }).await;
        answered.await.unwrap_or(Seen::Away)
    }
}

impl Looks {
    /// Begins.
    pub(super) fn new(courier: Arc<Courier>) -> Self {
        let (sender, receiver) = mpsc::channel(TOGETHER);
        Self { eye: Eye(sender), looking: tokio::spawn(look(courier, receiver)) }
    }

    /// An eye.
    pub(super) fn eye(&self) -> Eye {
        self.eye.clone()
    }
}

impl Drop for Looks {
    fn drop(&mut self) {
        self.looking.abort();
    }
}

async fn look(courier: Arc<Courier>, mut receiver: mpsc::Receiver<Question>) {
    let mut asked = Vec::new();
    while receiver.recv_many(&mut asked, TOGETHER).await > 0 {
        let mut of_notice: BTreeMap<Id, Vec<Question>> = BTreeMap::new();
        for question in asked.drain(..) {
            of_notice.entry(question.claimed.notification.clone()).or_default().push(question);
        }
        for questions in of_notice.into_values() {
            answer(&courier, questions).await;
        }
    }
}

/// Answers questions about one notification.
async fn answer(courier: &Courier, questions: Vec<Question>) {
    let Some(told) = questions.first().map(|question| question.told.clone()) else { return };
    let claimed: Vec<Claimed> = questions.iter().map(|question| question.claimed.clone()).collect();
    let mut known: BTreeMap<Id, Now> = match outbox::looks(&courier.db, &claimed, &told.notice, courier.leases.now()).await {
        Ok(known) => known.into_iter().map(|(claimed, now)| (claimed.recipient, now)).collect(),
        Err(error) => {
            tracing::warn!(%error, deliveries = claimed.len(), "deliveries could not be looked at; they wait");
            questions.into_iter().for_each(|question| drop(question.answer.send(Seen::Away)));
            return;
        }
    };
    for Question { claimed, answer, .. } in questions {
        // Nobody waits any more for what was given up meanwhile.
        drop(answer.send(known.remove(&claimed.recipient).map_or(Seen::Lost, Seen::Known)));
    }
}
