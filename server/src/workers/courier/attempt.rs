//! One try to hand over one delivery.

use std::sync::{Arc, Mutex, PoisonError};

use app::words::Id;
use tokio::sync::{OwnedSemaphorePermit, watch};

use super::looks::{Eye, Seen};
use super::marks::Pen;
use super::told::Told;
use super::{Courier, Load, Way};
use crate::actions::outbox::{self, Mark};
use crate::channels::email::{self, Writer};
use crate::domain::courier::{self, Ended, Try};
use crate::domain::relay::Outcome;
use crate::store::StoreError;
use crate::store::deliveries::{Claimed, Now, Span};

/// Notifications whose mails are made at the same time; more than that are read again.
const TELLINGS: usize = 64;

/// What a mail is handed over with.
struct Means<'a> {
    way: &'a Way,
    eye: Eye,
    /// Says that nothing more is begun.
    stop: watch::Receiver<bool>,
}

/// What is noted of a mail on its way.
#[derive(Default)]
struct Sheet {
    /// Its Message-ID, once it is made.
    message_id: Option<String>,
    /// The right to be under way, once it may be.
    permit: Option<OwnedSemaphorePermit>,
}

/// The claim was lost: another courier has the delivery, and nothing is written down.
struct Lost;

impl Courier {
    /// Carries one claimed delivery to its end, whatever that is, and hands in what became of it.
    pub(super) async fn carry(self: Arc<Self>, load: Load, stop: watch::Receiver<bool>, (eye, pen): (Eye, Pen)) {
        let Some(way) = &self.way else { return };
        let Load { claimed, record, told } = load;
        let started = self.clock.now();
        let mut sheet = Sheet::default();
        let ended = match record {
            Some(record) if !*stop.borrow() => {
                self.attempt(&Means { way, eye, stop: stop.clone() }, &claimed, record, &told, &mut sheet).await
            }
            _ => Ok(Ended::Postponed(started)),
        };
        if !matches!(ended, Ok(Ended::Told(_))) {
            way.gait().give_back();
        }
        let Ok(ended) = ended else { return };
        let finished = self.clock.now();
        let attempt = Try {
            number: claimed.attempts + 1,
            maybe_duplicate: claimed.maybe_duplicate,
            // What is to be told at a time of its own may have been written weeks before.
            written: told.telling.notification.created_at.max(told.telling.notification.not_before),
            now: finished,
            chance: rand::random(),
        };
        let verdict = courier::judge(&ended, attempt);
        let span = Span { started, finished, message_id: sheet.message_id };
        pen.write(Mark { claimed, page: told.telling.page.id.clone(), span, verdict }, sheet.permit).await;
    }

    async fn attempt(
        &self,
        Means { way, eye, stop }: &Means<'_>,
        claimed: &Claimed,
        record: Now,
        told: &Arc<Told>,
        sheet: &mut Sheet,
    ) -> Result<Ended, Lost> {
        if let Err(why) = courier::wanted(&record.standing) {
            return Ok(Ended::Unwanted(why));
        }
        let now = self.clock.now();
        let domain = record.address.rsplit_once('@').map_or("", |(_, domain)| domain).to_ascii_lowercase();
        let Some(secret) = self.secret.get().cloned() else { return Ok(Ended::Postponed(now)) };
        let writer = Writer {
            from: way.from.clone(),
            dkim: way.dkim.clone(),
            bounces: way.bounces.clone(),
            public_url: self.public_url.clone(),
            secret,
        };
        let letter = told.letter(claimed, record, now);
        let written = match email::apart(way.dkim.is_some(), move || writer.write(&letter)).await {
            Ok(written) => written,
            Err(unfit) => return Ok(Ended::Unfit(unfit.to_string())),
        };
        sheet.message_id = Some(written.message_id);
        // What the second look says, where it says that the mail is to be kept back.
        let kept_back = Mutex::new(None);
        let turn = way.pool.turn().await;
        // From here on it may arrive without anybody having written that down.
        sheet.permit = way.unsettled.clone().acquire_owned().await.ok();
        if *stop.borrow() {
            return Ok(Ended::Postponed(self.clock.now()));
        }
        // Only now: the relay may have sent us away while this one waited for its turn.
        if let Err(until) = way.gait().begin(&domain, self.clock.now()) {
            return Ok(Ended::Postponed(until));
        }
        let outcome = turn.send(&written.mail, || self.look_again(eye, claimed, told, &kept_back)).await;
        way.gait().heed(&outcome, self.clock.now());
        match (outcome, kept_back.into_inner().unwrap_or_else(PoisonError::into_inner)) {
            (Outcome::Withheld, Some(ended)) => Ok(ended),
            (Outcome::Withheld, None) => Err(Lost),
            (outcome, _) => Ok(Ended::Told(outcome)),
        }
    }

    /// Whether a mail is still wanted and still ours to send, asked at the last moment; if not, `kept_back` says how it ends, unless the
    /// claim was lost.
    async fn look_again(&self, eye: &Eye, claimed: &Claimed, told: &Arc<Told>, kept_back: &Mutex<Option<Ended>>) -> bool {
        let ended = match eye.look(claimed, told).await {
            Seen::Known(record) => match courier::wanted(&record.standing) {
                Ok(()) => return true,
                Err(why) => Ended::Unwanted(why),
            },
            Seen::Lost => return false,
            Seen::Away => Ended::Postponed(self.clock.now()),
        };
        *kept_back.lock().unwrap_or_else(PoisonError::into_inner) = Some(ended);
        false
    }

    pub(super) async fn told(&self, notification: &Id) -> Result<Option<Arc<Told>>, StoreError> {
        let known = || self.tellings.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(told) = known().get(notification) {
            return Ok(Some(told.clone()));
        }
        let Some(telling) = outbox::telling(&self.db, notification).await? else { return Ok(None) };
        let told = Arc::new(Told::from(telling));
        let mut tellings = known();
        if tellings.len() >= TELLINGS {
            tellings.clear();
        }
        tellings.insert(notification.clone(), told.clone());
        Ok(Some(told))
    }
}
