//! What becomes of a delivery: whether it is still wanted, and what an attempt's outcome means for it, its recipient and the sender.

use app::words::{DeliveryState, NotificationKind, RecipientKind, SubscriberState};
use chrono::{DateTime, TimeDelta, Utc};

use super::relay::{Class, Fault, Outcome, Reply, Step, classify};
use super::retry;

/// Nothing is sent for so long after the relay refused us as a sender: a person has to look.
pub const REFUSED_PAUSE: TimeDelta = TimeDelta::minutes(5);
/// Nothing is sent for so long after the relay could not be spoken to at all.
pub const AWAY_PAUSE: TimeDelta = TimeDelta::seconds(30);

/// Staff are alarmed where mails are due for so long and do not go out: ten times what a long list takes to begin.
pub const LATE: TimeDelta = TimeDelta::minutes(5);

/// How long mails have been due, where that is so long that somebody has to look.
#[must_use]
pub fn late(oldest: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<TimeDelta> {
    oldest.map(|due| now - due).filter(|late| *late >= LATE)
}

/// What the record says of a delivery and its recipient just before it is handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// What is told.
    pub kind: NotificationKind,
    /// Whether the notification was taken back.
    pub withdrawn: bool,
    /// Whether the recipient was also made a delivery of a newer message about the same.
    pub superseded: bool,
    /// Whether the recipient muted what it is about.
    pub muted: bool,
    /// Who it goes to.
    pub recipient: RecipientKind,
    /// Where the subscription stands; `None` where the recipient is no subscriber, or is gone.
    pub subscriber: Option<SubscriberState>,
    /// Whether the recipient is a member of staff who may still sign in.
    pub staff: bool,
}

/// Why nobody wants a delivery any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unwanted {
    /// The message was taken back.
    Withdrawn,
    /// A newer message says more.
    Superseded,
    /// The recipient left, or was never one.
    Left,
    /// The recipient wants to hear no more of it.
    Muted,
    /// There is nothing left to confirm.
    Settled,
}

impl Unwanted {
    /// As a recorded reason spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Withdrawn => "withdrawn",
            Self::Superseded => "superseded",
            Self::Left => "recipient_left",
            Self::Muted => "muted",
            Self::Settled => "nothing_to_confirm",
        }
    }
}

/// Whether a delivery is still wanted (reliability E6, E17).
///
/// # Errors
/// [`Unwanted`]
pub fn wanted(standing: &Standing) -> Result<(), Unwanted> {
    if standing.withdrawn {
        return Err(Unwanted::Withdrawn);
    }
    match (standing.recipient, standing.kind, standing.subscriber) {
        (RecipientKind::Staff, ..) => {
            if standing.staff {
                Ok(())
            } else {
                Err(Unwanted::Left)
            }
        }
        (RecipientKind::Subscriber, NotificationKind::ConfirmSubscription, Some(SubscriberState::Pending)) => Ok(()),
        (RecipientKind::Subscriber, NotificationKind::ConfirmSubscription, Some(_)) => Err(Unwanted::Settled),
        (RecipientKind::Subscriber, _, Some(SubscriberState::Active)) if standing.muted => Err(Unwanted::Muted),
        (RecipientKind::Subscriber, _, Some(SubscriberState::Active)) if standing.superseded && gives_way(standing.kind) => {
            Err(Unwanted::Superseded)
        }
        (RecipientKind::Subscriber, _, Some(SubscriberState::Active)) => Ok(()),
        (RecipientKind::Subscriber, ..) => Err(Unwanted::Left),
    }
}

/// Whether a newer message about the same makes this one needless. Each event of planned work is news of its own: the next one tells what
/// became of a date, not what it was, and an announcement may speak of further windows. A reminder only repeats a date, which may have moved.
const fn gives_way(kind: NotificationKind) -> bool {
    !matches!(
        kind,
        NotificationKind::MaintenanceAnnounced
            | NotificationKind::MaintenanceDateSet
            | NotificationKind::MaintenanceMoved
            | NotificationKind::MaintenanceExtended
            | NotificationKind::MaintenanceCancelled
            | NotificationKind::MaintenanceStarted
            | NotificationKind::MaintenanceVerifying
            | NotificationKind::MaintenanceFinished
            | NotificationKind::MaintenanceUpdated
    )
}

/// How one attempt ended, as the courier sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// As the relay or the line to it had it.
    Told(Outcome),
    /// The mail could not be made; a sentence says why.
    Unfit(String),
    /// Nobody wants it any more.
    Unwanted(Unwanted),
    /// Not tried: it has to wait for its turn, without any fault of its own.
    Postponed(DateTime<Utc>),
}

/// What an attempt needs to be judged by.
#[derive(Clone, Copy, Debug)]
pub struct Try {
    /// Its number, from 1.
    pub number: i64,
    /// Whether the recipient may have the mail already.
    pub maybe_duplicate: bool,
    /// When the notification was written.
    pub written: DateTime<Utc>,
    /// When it ended.
    pub now: DateTime<Utc>,
    /// From 0 to 1: how much of a wait is left to chance.
    pub chance: f64,
}

/// What becomes of a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Where it stands now.
    pub state: DeliveryState,
    /// When it is due, while it is pending.
    pub run_at: DateTime<Utc>,
    /// Whether the recipient may have the mail already.
    pub maybe_duplicate: bool,
    /// What is written down of the attempt: its outcome, reason and reply; `None` where there was none.
    pub attempt: Option<Noted>,
    /// Why the recipient is told no more; where it is [`Class::Soft`], only once there are several such (reliability E8).
    pub quarantine: Option<&'static str>,
}

/// What is written down of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    /// One word.
    pub outcome: &'static str,
    /// A named reason.
    pub reason: Option<String>,
    /// The reply, with addresses masked.
    pub reply: Option<String>,
}

/// What an attempt's end means for its delivery (reliability E6, E7, E8, Q3).
#[must_use]
pub fn judge(ended: &Ended, attempt: Try) -> Verdict {
    let noted = |outcome, reason: Option<String>, reply: Option<&Reply>| Some(Noted { outcome, reason, reply: reply.map(Reply::masked) });
    let done = |state, attempt_noted| Verdict {
        state,
        run_at: attempt.now,
        maybe_duplicate: attempt.maybe_duplicate,
        attempt: attempt_noted,
        quarantine: None,
    };
    let again = |attempt_noted| {
        let next = retry::next(attempt.number, attempt.written, attempt.now, attempt.chance);
        let state = if next.is_some() { DeliveryState::Pending } else { DeliveryState::Failed };
        Verdict { run_at: next.unwrap_or(attempt.now), ..done(state, attempt_noted) }
    };
    match ended {
        Ended::Postponed(until) => Verdict { run_at: *until, ..done(DeliveryState::Pending, None) },
        Ended::Told(Outcome::Withheld) => Verdict { run_at: attempt.now, ..done(DeliveryState::Pending, None) },
        Ended::Unwanted(why) => done(DeliveryState::Cancelled, noted("cancelled", Some(why.as_str().to_owned()), None)),
        Ended::Unfit(why) => done(DeliveryState::Failed, noted("failed", Some(why.clone()), None)),
        Ended::Told(Outcome::Accepted(reply)) => done(DeliveryState::Sent, noted("accepted", None, Some(reply))),
        Ended::Told(Outcome::Failed(step, fault)) => again(noted("failed", Some(format!("{}_{}", step.as_str(), fault.as_str())), None)),
        Ended::Told(Outcome::Unknown(fault)) => {
            let noted = noted("unknown", Some(format!("content_{}", fault.as_str())), None);
            if attempt.maybe_duplicate {
                return done(DeliveryState::Unknown, noted);
            }
            // Once more, under the same Message-ID: better twice than never.
            Verdict { maybe_duplicate: true, ..again(noted) }
        }
        Ended::Told(Outcome::Refused(step, reply)) => {
            let class = classify(*step, reply);
            let noted = noted("refused", Some(class.as_str().to_owned()), Some(reply));
            match class {
                Class::Hard => Verdict { quarantine: Some(class.as_str()), ..done(DeliveryState::Failed, noted) },
                Class::Rejected => done(DeliveryState::Failed, noted),
                Class::Soft => {
                    let verdict = again(noted);
                    let given_up = verdict.state == DeliveryState::Failed;
                    Verdict { quarantine: given_up.then_some(class.as_str()), ..verdict }
                }
                Class::Policy | Class::Busy | Class::Later => again(noted),
            }
        }
    }
}

/// What an outcome means for the sender as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advice {
    /// Go on.
    GoOn,
    /// A little faster again.
    WentWell,
    /// Slower.
    SlowDown,
    /// Send nothing for a while.
    Pause(TimeDelta),
}

/// What an outcome means for the sender as a whole (reliability E5, E7).
#[must_use]
pub fn advice(outcome: &Outcome) -> Advice {
    match outcome {
        Outcome::Accepted(_) => Advice::WentWell,
        // "Not now" at the door is what a closed door says.
        Outcome::Refused(step, reply) if *step <= Step::Login && reply.code < 500 => Advice::Pause(AWAY_PAUSE),
        Outcome::Refused(step, reply) => match classify(*step, reply) {
            Class::Busy => Advice::SlowDown,
            Class::Policy => Advice::Pause(REFUSED_PAUSE),
            _ => Advice::GoOn,
        },
        // Not even a greeting: the next mail would fare no better.
        Outcome::Failed(step, Fault::Unprotected | Fault::Certificate | Fault::NoLogin) if *step <= Step::Login => {
            Advice::Pause(REFUSED_PAUSE)
        }
        Outcome::Failed(step, _) if *step <= Step::Login => Advice::Pause(AWAY_PAUSE),
        Outcome::Failed(..) | Outcome::Unknown(_) | Outcome::Withheld => Advice::GoOn,
    }
}
