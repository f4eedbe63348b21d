//! What becomes of a delivery, and how fast deliveries go.

use app::words::{DeliveryState, NotificationKind, RecipientKind, SubscriberState};
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use server::domain::courier::{AWAY_PAUSE, Advice, Ended, Standing, Try, Unwanted, advice, judge, wanted};
use server::domain::pace::{DomainPace, RelayPace};
use server::domain::relay::{Fault, Outcome, Reply, Step};
use server::domain::retry;

use super::minute;

fn standing(kind: NotificationKind, subscriber: Option<SubscriberState>) -> Standing {
    Standing { kind, withdrawn: false, superseded: false, muted: false, recipient: RecipientKind::Subscriber, subscriber, staff: false }
}

fn attempt(number: i64, now: DateTime<Utc>) -> Try {
    Try { number, maybe_duplicate: false, written: minute(0), now, chance: 0.5 }
}

fn refused(code: u16, text: &str) -> Ended {
    Ended::Told(Outcome::Refused(Step::Recipient, Reply::new(code, text)))
}

#[test]
fn only_who_asked_for_it_and_stayed_is_told() {
    use NotificationKind::{
        ConfirmSubscription, ConfirmVote, DraftOpened, IncidentOpened, KnownSubscription, MaintenanceAnnounced, MaintenanceCancelled,
        MaintenanceFinished, MaintenanceMoved, MaintenanceReminder,
    };
    use SubscriberState::{Active, Pending, Quarantined, Unsubscribed};
    let ask = |kind, state| wanted(&standing(kind, state));
    assert_eq!(ask(IncidentOpened, Some(Active)), Ok(()));
    for state in [Some(Pending), Some(Quarantined), Some(Unsubscribed), None] {
        assert_eq!(ask(IncidentOpened, state), Err(Unwanted::Left), "{state:?}");
    }
    assert_eq!(ask(ConfirmSubscription, Some(Pending)), Ok(()));
    for state in [Active, Quarantined, Unsubscribed] {
        assert_eq!(ask(ConfirmSubscription, Some(state)), Err(Unwanted::Settled), "{state:?}");
    }
    assert_eq!(ask(ConfirmSubscription, None), Err(Unwanted::Left));
    let active = standing(IncidentOpened, Some(Active));
    for kind in [ConfirmVote, KnownSubscription] {
        assert_eq!(ask(kind, Some(Active)), Ok(()));
        for state in [Some(Pending), Some(Quarantined), Some(Unsubscribed), None] {
            assert_eq!(ask(kind, state), Err(Unwanted::Left), "{state:?}");
        }
    }
    assert_eq!(wanted(&Standing { superseded: true, ..active.clone() }), Err(Unwanted::Superseded));
    let superseded = |kind| wanted(&Standing { superseded: true, ..standing(kind, Some(Active)) });
    assert_eq!(superseded(MaintenanceReminder), Err(Unwanted::Superseded), "it repeats a date that may have moved");
    for event in [MaintenanceAnnounced, MaintenanceMoved, MaintenanceCancelled, MaintenanceFinished] {
        assert_eq!(superseded(event), Ok(()), "{event}: each event of planned work is news of its own");
    }
    assert_eq!(wanted(&Standing { muted: true, ..active.clone() }), Err(Unwanted::Muted));
    assert_eq!(wanted(&Standing { withdrawn: true, ..active }), Err(Unwanted::Withdrawn));
    let staff = Standing { recipient: RecipientKind::Staff, ..standing(DraftOpened, None) };
    assert_eq!(wanted(&staff), Err(Unwanted::Left));
    assert_eq!(wanted(&Standing { staff: true, ..staff }), Ok(()));
}

#[test]
fn waits_grow_from_a_minute_to_eight_hours_and_end_after_two_days() {
    let wait = |tries| (retry::next(tries, minute(0), minute(0), 0.5).unwrap() - minute(0)).num_minutes();
    assert_eq!([1, 2, 3, 4, 5, 6, 7, 8, 9, 20].map(wait), [1, 5, 15, 30, 60, 120, 240, 480, 480, 480]);
    let spread = |chance| (retry::next(8, minute(0), minute(0), chance).unwrap() - minute(0)).num_minutes();
    assert_eq!((spread(0.0), spread(1.0)), (384, 576));
    assert!(retry::next(8, minute(0), minute(40 * 60), 0.5).is_some());
    assert_eq!(retry::next(8, minute(0), minute(40 * 60 + 1), 0.5), None);
}

#[test]
fn an_end_is_one_of_few_states_with_a_named_reason() {
    let accepted = judge(&Ended::Told(Outcome::Accepted(Reply::new(250, "2.0.0 ok"))), attempt(1, minute(1)));
    assert_eq!((accepted.state, accepted.quarantine), (DeliveryState::Sent, None));
    let hard = judge(&refused(550, "5.1.1 nobody"), attempt(1, minute(1)));
    assert_eq!((hard.state, hard.quarantine), (DeliveryState::Failed, Some("hard_bounce")));
    let soft = judge(&refused(552, "5.2.2 full"), attempt(1, minute(1)));
    assert_eq!((soft.state, soft.run_at, soft.quarantine), (DeliveryState::Pending, minute(2), None));
    let soft = judge(&refused(552, "5.2.2 full"), attempt(9, minute(47 * 60)));
    assert_eq!((soft.state, soft.quarantine), (DeliveryState::Failed, Some("soft_bounce")));
    let later = judge(&refused(450, "later"), attempt(9, minute(47 * 60)));
    assert_eq!((later.state, later.quarantine), (DeliveryState::Failed, None));
    let away = judge(&Ended::Told(Outcome::Failed(Step::Connect, Fault::Timeout)), attempt(2, minute(1)));
    assert_eq!((away.state, away.run_at), (DeliveryState::Pending, minute(6)));
    assert_eq!(away.attempt.unwrap().reason.as_deref(), Some("connect_timeout"));
    let postponed = judge(&Ended::Postponed(minute(3)), attempt(1, minute(1)));
    assert_eq!((postponed.state, postponed.run_at, postponed.attempt), (DeliveryState::Pending, minute(3), None));
    let gone = judge(&Ended::Unwanted(Unwanted::Superseded), attempt(1, minute(1)));
    assert_eq!((gone.state, gone.attempt.unwrap().reason.as_deref()), (DeliveryState::Cancelled, Some("superseded")));
}

#[test]
fn a_lost_answer_is_asked_for_once_more() {
    let lost = Ended::Told(Outcome::Unknown(Fault::Timeout));
    let first = judge(&lost, attempt(1, minute(1)));
    assert_eq!((first.state, first.maybe_duplicate), (DeliveryState::Pending, true));
    let second = judge(&lost, Try { maybe_duplicate: true, ..attempt(2, minute(2)) });
    assert_eq!((second.state, second.maybe_duplicate), (DeliveryState::Unknown, true));
}

#[test]
fn what_one_mail_meets_is_heeded_for_all() {
    let told = |step, code, text| advice(&Outcome::Refused(step, Reply::new(code, text)));
    assert_eq!(advice(&Outcome::Accepted(Reply::new(250, ""))), Advice::WentWell);
    assert_eq!(told(Step::Content, 454, "Throttling"), Advice::SlowDown);
    assert_eq!(told(Step::Recipient, 550, "5.1.1 nobody"), Advice::GoOn);
    assert!(matches!(told(Step::Recipient, 550, "5.7.1 no"), Advice::Pause(_)));
    assert!(matches!(told(Step::Recipient, 550, "5.1.8 sender address rejected"), Advice::Pause(_)));
    assert!(matches!(told(Step::Login, 535, "no"), Advice::Pause(_)));
    assert_eq!(told(Step::Greeting, 421, "too busy"), Advice::Pause(AWAY_PAUSE));
    assert_eq!(told(Step::Login, 454, "4.7.0 temporary authentication failure"), Advice::Pause(AWAY_PAUSE));
    assert!(matches!(advice(&Outcome::Failed(Step::Connect, Fault::Closed)), Advice::Pause(_)));
    assert_eq!(advice(&Outcome::Failed(Step::Recipient, Fault::Timeout)), Advice::GoOn);
    assert_eq!(advice(&Outcome::Unknown(Fault::Timeout)), Advice::GoOn);
}

/// Sends as many as there is room for, every 10 ms for so many seconds; how many went.
fn sent(pace: &mut RelayPace, from: DateTime<Utc>, seconds: i64) -> usize {
    let mut sent = 0;
    for tick in 0..seconds * 100 {
        let now = from + TimeDelta::milliseconds(tick * 10);
        while pace.room(now) > 0 {
            pace.count(now);
            sent += 1;
        }
    }
    sent
}

#[test]
fn the_pace_is_two_seconds_at_once_and_then_steady() {
    let mut pace = RelayPace::per_second(10).unwrap();
    assert_eq!(pace.room(minute(0)), 20);
    let first_minute = sent(&mut pace, minute(0), 60);
    assert!((600..=620).contains(&first_minute), "{first_minute}");
    assert!(RelayPace::per_second(0).is_none(), "0 lifts the limit");
    for _ in 0..5 {
        pace.count(minute(2));
        pace.give_back();
    }
    assert_eq!(pace.room(minute(2)), 20, "what was given back can be used");
}

#[test]
fn a_busy_relay_halves_the_pace_and_good_mails_bring_it_back() {
    let mut pace = RelayPace::per_second(100).unwrap();
    pace.slow_down();
    let slow = sent(&mut pace, minute(0), 10);
    assert!((500..=600).contains(&slow), "{slow}");
    (0..100).for_each(|_| pace.slow_down());
    assert!(sent(&mut pace, minute(1), 60) >= 60, "it never stands still");
    (0..100).for_each(|_| pace.went_well());
    let back = sent(&mut pace, minute(10), 10);
    assert!((1_000..=1_200).contains(&back), "{back}");
}

#[test]
fn who_is_sent_away_from_a_domain_comes_back_when_there_is_room_one_after_the_other() {
    let mut pace = DomainPace::per_minute(60).unwrap();
    let mut promised = Vec::new();
    for number in 0..100 {
        match pace.take("example.test", minute(0)) {
            Ok(()) => assert!(number < 60),
            Err(at) => promised.push(at),
        }
    }
    assert_eq!(promised.len(), 40);
    assert!(promised.is_sorted_by(|a, b| a < b));
    assert_eq!(pace.take("other.test", minute(0)), Ok(()), "another domain is not held up");
    for at in promised {
        assert_eq!(pace.take("example.test", at), Ok(()), "a promise is kept");
    }
    assert!(DomainPace::per_minute(0).is_none());
}

proptest! {
    #[test]
    fn no_burst_goes_beyond_what_was_configured(rate in 1_usize..200, steps in prop::collection::vec(0_i64..3_000, 1..60)) {
        let mut pace = RelayPace::per_second(rate).unwrap();
        let (mut now, mut count) = (minute(0), 0_usize);
        for step in steps {
            now += TimeDelta::milliseconds(step);
            while pace.room(now) > 0 {
                pace.count(now);
                count += 1;
            }
            let passed = usize::try_from((now - minute(0)).num_milliseconds()).unwrap();
            prop_assert!(count <= rate * 2 + rate * passed / 1_000 + 1, "{count} after {passed} ms at {rate}");
        }
    }

    #[test]
    fn a_delivery_never_comes_back_at_once_nor_after_it_was_given_up(number in 1_i64..30, late in 0_i64..4_000, chance in 0.0_f64..1.0) {
        let now = minute(late);
        let verdict = judge(&refused(450, "later"), Try { chance, ..attempt(number, now) });
        match verdict.state {
            DeliveryState::Pending => {
                prop_assert!(verdict.run_at >= now + TimeDelta::seconds(48));
                prop_assert!(verdict.run_at <= minute(0) + retry::GIVE_UP);
            }
            state => prop_assert_eq!(state, DeliveryState::Failed),
        }
    }
}
