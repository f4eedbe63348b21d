//! One try to hand over one delivery.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use tokio::sync::watch;

use super::marks::Pen;
use super::{Courier, Way};
use crate::actions::outbox::{self, Mark, Telling};
use crate::channels::email::{self, Letter, Writer};
use crate::domain::courier::{self, Ended, Try};
use crate::domain::relay::Outcome;
use crate::store::StoreError;
use crate::store::deliveries::{Claimed, Now, Span};

/// Notifications whose mails are made at the same time; more than that are read again.
const TELLINGS: usize = 64;

/// The claim was lost: another courier has the delivery, and nothing is written down.
struct Lost;

impl Courier {
    /// Carries one claimed delivery to its end, whatever that is, and hands in what became of it.
    pub(super) async fn carry(self: Arc<Self>, claimed: Claimed, stop: watch::Receiver<bool>, pen: Pen) {
        let Some(way) = &self.way else { return };
        let Ok(permit) = way.unsettled.clone().acquire_owned().await else { return };
        let telling = match self.telling(&claimed).await {
            Ok(Some(telling)) => telling,
            // Without its notification the delivery is gone as well; while the database is away, the lease ends by itself.
            Ok(None) => return,
            Err(error) => return tracing::warn!(%error, "a notification could not be read"),
        };
        let started = self.clock.now();
        let mut message_id = None;
        let ended = if *stop.borrow() {
            Ok(Ended::Postponed(started))
        } else {
            self.attempt(way, &claimed, &telling, started, &mut message_id).await
        };
        if !matches!(ended, Ok(Ended::Told(_))) {
            way.gait().give_back();
        }
        let Ok(ended) = ended else { return };
        let finished = self.clock.now();
        let attempt = Try {
            number: claimed.attempts + 1,
            maybe_duplicate: claimed.maybe_duplicate,
            written: telling.notification.created_at,
            now: finished,
            chance: rand::random(),
        };
        let verdict = courier::judge(&ended, attempt);
        let span = Span { started, finished, message_id };
        pen.write(Mark { claimed, page: telling.page.id.clone(), span, verdict }, permit).await;
    }

    async fn attempt(
        &self,
        way: &Way,
        claimed: &Claimed,
        telling: &Telling,
        now: DateTime<Utc>,
        message_id: &mut Option<String>,
    ) -> Result<Ended, Lost> {
        let record = match self.look(claimed, now).await? {
            Ok(record) => record,
            Err(ended) => return Ok(ended),
        };
        let domain = record.address.rsplit_once('@').map_or("", |(_, domain)| domain).to_ascii_lowercase();
        let Some(secret) = self.secret.get().cloned() else { return Ok(Ended::Postponed(now)) };
        let writer = Writer { from: way.from.clone(), dkim: way.dkim.clone(), public_url: self.public_url.clone(), secret };
        let letter = letter(claimed, telling, record, now);
        let written = match email::apart(move || writer.write(&letter)).await {
            Ok(written) => written,
            Err(unfit) => return Ok(Ended::Unfit(unfit.to_string())),
        };
        *message_id = Some(written.message_id);
        // What the second look says, where it says that the mail is to be kept back.
        let kept_back = Mutex::new(None);
        let turn = way.pool.turn().await;
        // Only now: the relay may have sent us away while this one waited for its turn.
        if let Err(until) = way.gait().begin(&domain, self.clock.now()) {
            return Ok(Ended::Postponed(until));
        }
        let outcome = turn.send(&written.mail, || self.look_again(claimed, &kept_back)).await;
        way.gait().heed(&outcome, self.clock.now());
        match (outcome, kept_back.into_inner().unwrap_or_else(PoisonError::into_inner)) {
            (Outcome::Withheld, Some(ended)) => Ok(ended),
            (Outcome::Withheld, None) => Err(Lost),
            (outcome, _) => Ok(Ended::Told(outcome)),
        }
    }

    /// Whether a mail is still wanted and still ours to send, asked at the last moment; if not, `kept_back` says how it ends, unless the
    /// claim was lost.
    async fn look_again(&self, claimed: &Claimed, kept_back: &Mutex<Option<Ended>>) -> bool {
        match self.look(claimed, self.clock.now()).await {
            Ok(Ok(_)) => true,
            Ok(Err(ended)) => {
                *kept_back.lock().unwrap_or_else(PoisonError::into_inner) = Some(ended);
                false
            }
            Err(Lost) => false,
        }
    }

    /// What the record says now, or how the delivery ends for it: nobody wants it any more, or the record cannot be asked.
    async fn look(&self, claimed: &Claimed, now: DateTime<Utc>) -> Result<Result<Now, Ended>, Lost> {
        match outbox::look(&self.db, claimed, now).await {
            Ok(Some(record)) => Ok(match courier::wanted(&record.standing) {
                Ok(()) => Ok(record),
                Err(why) => Err(Ended::Unwanted(why)),
            }),
            Ok(None) => Err(Lost),
            Err(error) => {
                tracing::warn!(%error, "a delivery could not be looked at; it waits");
                Ok(Err(Ended::Postponed(now)))
            }
        }
    }

    async fn telling(&self, claimed: &Claimed) -> Result<Option<Arc<Telling>>, StoreError> {
        let known = || self.tellings.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(telling) = known().get(&claimed.notification) {
            return Ok(Some(telling.clone()));
        }
        let Some(telling) = outbox::telling(&self.db, &claimed.notification).await?.map(Arc::new) else { return Ok(None) };
        let mut tellings = known();
        if tellings.len() >= TELLINGS {
            tellings.clear();
        }
        tellings.insert(claimed.notification.clone(), telling.clone());
        Ok(Some(telling))
    }
}

fn letter(claimed: &Claimed, telling: &Telling, record: Now, now: DateTime<Utc>) -> Letter {
    Letter {
        page: telling.page.id.clone(),
        page_name: telling.page.name.clone(),
        time_zone: telling.page.time_zone.clone(),
        notification: telling.notification.id.clone(),
        kind: telling.notification.kind,
        notice: telling.notification.notice.clone(),
        follows_root: telling.follows_root,
        recipient: claimed.recipient.clone(),
        address: record.address,
        token_epoch: record.token_epoch,
        now,
    }
}
