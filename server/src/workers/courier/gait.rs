//! How fast the courier goes at this moment, and whether it stands still.

use chrono::{DateTime, Utc};

use crate::config::Smtp;
use crate::domain::courier::{Advice, advice};
use crate::domain::pace::{DomainPace, RelayPace};
use crate::domain::relay::Outcome;

/// The pace towards the relay and the domains behind it, and pauses.
pub(super) struct Gait {
    relay: Option<RelayPace>,
    domains: Option<DomainPace>,
    paused_until: Option<DateTime<Utc>>,
}

impl Gait {
    /// As configured; a rate of 0 lifts every limit of pace.
    pub(super) fn new(smtp: &Smtp) -> Self {
        let relay = RelayPace::per_second(smtp.rate);
        let domains = relay.is_some().then(|| DomainPace::per_minute(smtp.domain_rate)).flatten();
        Self { relay, domains, paused_until: None }
    }

    /// How many mails may be begun now.
    pub(super) fn room(&self, now: DateTime<Utc>) -> usize {
        if self.paused_until.is_some_and(|until| now < until) {
            return 0;
        }
        self.relay.as_ref().map_or(usize::MAX, |pace| pace.room(now))
    }

    /// Counts so many mails that are about to be sent.
    pub(super) fn count(&mut self, mails: usize, now: DateTime<Utc>) {
        if let Some(relay) = &mut self.relay {
            (0..mails).for_each(|_| relay.count(now));
        }
    }

    /// A mail that was counted was not sent after all.
    pub(super) fn give_back(&mut self) {
        if let Some(relay) = &mut self.relay {
            relay.give_back();
        }
    }

    /// Counts one mail to that domain.
    ///
    /// # Errors
    /// When to come back.
    pub(super) fn begin(&mut self, domain: &str, now: DateTime<Utc>) -> Result<(), DateTime<Utc>> {
        if let Some(until) = self.paused_until.filter(|until| now < *until) {
            return Err(until);
        }
        if let Some(domains) = &mut self.domains {
            domains.take(domain, now)?;
        }
        Ok(())
    }

    /// Heeds what an outcome means for all mails.
    pub(super) fn heed(&mut self, outcome: &Outcome, now: DateTime<Utc>) {
        match (advice(outcome), &mut self.relay) {
            (Advice::WentWell, Some(pace)) => pace.went_well(),
            (Advice::SlowDown, Some(pace)) => pace.slow_down(),
            (Advice::Pause(pause), _) => {
                let until = now + pause;
                if self.paused_until.is_none_or(|known| known <= now) {
                    say_why(outcome, until);
                }
                self.paused_until = self.paused_until.max(Some(until));
            }
            (Advice::GoOn | Advice::WentWell | Advice::SlowDown, _) => {}
        }
    }
}

fn say_why(outcome: &Outcome, until: DateTime<Utc>) {
    match outcome {
        Outcome::Refused(step, reply) => {
            let (step, reply) = (step.as_str(), reply.masked());
            tracing::error!(step, reply, %until, "the mail relay refuses us: no mail is sent until then; look at its settings and ours");
        }
        Outcome::Failed(step, fault) => {
            let (step, fault) = (step.as_str(), fault.as_str());
            tracing::warn!(step, fault, %until, "the mail relay cannot be spoken to: no mail is sent until then");
        }
        _ => {}
    }
}
