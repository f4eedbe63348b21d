//! Deliveries at work: claimed by one, settled by the one who claimed them.

use app::words::{DeliveryState, Id, Mute, NotificationKind, RecipientKind, SubscriberState, Wishes};
use chrono_tz::Tz;
use server::domain::courier::{Noted, Standing, Verdict};
use server::domain::notice::Notice;
use server::store::deliveries::{self, Claimed, Span};
use server::store::notifications::{self, Notification, Recipient};
use server::store::settlements::{self, Settlement};
use server::store::{Db, Tx, delivery_reads, mutes, subscriber_zones, subscribers};

use super::notifications::{notification, subscriber};
use super::sample::{at, furnish, id};
use crate::support::office::notice;
use crate::support::{each_engine, each_place};

/// The subscribers `anna`, `bert` and `carl`, and a notification `told` for each of them.
async fn told(db: &Db) {
    furnish(db).await;
    for word in ["anna", "bert", "carl"] {
        subscriber(db, word, "09:00", Wishes::default()).await;
    }
    let mut tx = db.write().await.unwrap();
    notifications::insert(&mut tx, &notification("told", "10:00")).await.unwrap();
    for (word, time) in [("anna", "10:00"), ("bert", "10:01"), ("carl", "10:02")] {
        let recipient = Recipient { kind: RecipientKind::Subscriber, id: id(word), priority: 1 };
        notifications::add_delivery(&mut tx, &id("told"), &recipient, at(time)).await.unwrap();
    }
    tx.commit().await.unwrap();
}

fn verdict(state: DeliveryState, time: &str) -> Verdict {
    let noted = Noted { outcome: "refused", reason: Some("later".to_owned()), reply: Some("450 later".to_owned()) };
    Verdict { state, run_at: at(time), maybe_duplicate: false, attempt: Some(noted), quarantine: None }
}

fn span() -> Span {
    Span { started: at("10:05"), finished: at("10:06"), message_id: Some("<one@example.test>".to_owned()) }
}

fn claimed(word: &str, epoch: i64, attempts: i64) -> Claimed {
    Claimed { notification: id("told"), recipient: id(word), epoch, attempts, maybe_duplicate: false }
}

/// Settles one claim; whether it was still ours.
pub async fn settled(tx: &mut Tx, claimed: &Claimed, span: &Span, verdict: &Verdict) -> bool {
    !settlements::settle(tx, &[Settlement { claimed, span, verdict }]).await.unwrap().is_empty()
}

#[tokio::test]
async fn what_is_due_is_claimed_once_in_order_and_settled_by_its_claim_only() {
    each_engine(async |db| {
        told(&db).await;
        let mut tx = db.write().await.unwrap();
        assert_eq!(deliveries::waiting(&mut tx, at("09:59")).await.unwrap(), []);
        assert_eq!(deliveries::waiting(&mut tx, at("10:01")).await.unwrap(), [(id("told"), 1)]);
        let mut claim = async |time: &str, limit| {
            let mut claimed = deliveries::claim(&mut tx, &id("told"), "me", at(time), at("10:10"), limit).await.unwrap();
            claimed.sort_by(|a, b| a.recipient.cmp(&b.recipient));
            claimed
        };
        assert_eq!(claim("10:01", 1).await, [claimed("anna", 1, 0)]);
        assert_eq!(claim("10:01", 10).await, [claimed("bert", 1, 0)], "the third is not due");
        assert_eq!(claim("10:01", 10).await, []);
        assert_eq!(deliveries::backlog(&mut tx).await.unwrap(), deliveries::Backlog { depth: 3, oldest: Some(at("10:00")) });
        let later = verdict(DeliveryState::Pending, "11:00");
        assert!(settled(&mut tx, &claimed("anna", 1, 0), &span(), &later).await);
        assert!(!settled(&mut tx, &claimed("anna", 1, 0), &span(), &later).await, "it is nobody's now");
        assert!(!settled(&mut tx, &claimed("bert", 2, 0), &span(), &later).await, "not by another claim");
        let again = deliveries::claim(&mut tx, &id("told"), "me", at("11:00"), at("11:10"), 1).await.unwrap();
        assert_eq!(again, [claimed("carl", 1, 0)], "what was due first goes first");
        let again = deliveries::claim(&mut tx, &id("told"), "me", at("11:00"), at("11:10"), 1).await.unwrap();
        assert_eq!(again, [claimed("anna", 2, 1)]);
        assert!(settled(&mut tx, &again[0], &span(), &verdict(DeliveryState::Sent, "11:00")).await);
        tx.commit().await.unwrap();
        let mut tx = db.read().await.unwrap();
        let reads = delivery_reads::deliveries(&mut tx, &id("told"), 10, 0).await.unwrap();
        let anna = reads.iter().find(|read| read.recipient == id("anna")).unwrap();
        assert_eq!((anna.state, anna.attempts, anna.finished_at), (DeliveryState::Sent, 2, Some(at("10:06"))));
        assert_eq!((anna.reason.as_deref(), anna.reply.as_deref()), (Some("later"), Some("450 later")));
    })
    .await;
}

#[tokio::test]
async fn a_lease_that_ended_is_taken_back_with_a_mark_unless_it_was_lengthened() {
    each_place(async |place| {
        let db = place.open().await;
        told(&db).await;
        let mut tx = db.write().await.unwrap();
        deliveries::claim(&mut tx, &id("told"), "gone", at("10:00"), at("10:10"), 10).await.unwrap();
        deliveries::claim(&mut tx, &id("told"), "here", at("10:01"), at("10:10"), 10).await.unwrap();
        assert_eq!(deliveries::renew(&mut tx, "here", at("10:20")).await.unwrap(), 1);
        assert_eq!(deliveries::reclaim(&mut tx, at("10:10")).await.unwrap(), 0);
        assert_eq!(deliveries::reclaim(&mut tx, at("10:11")).await.unwrap(), 1);
        tx.commit().await.unwrap();
        assert_eq!(place.texts("select recipient_id from deliveries where maybe_duplicate").await, ["anna00000000"]);
        assert_eq!(place.texts("select recipient_id from deliveries where state = 'sending'").await, ["bert00000000"]);
        db.close().await;
    })
    .await;
}

#[tokio::test]
async fn the_record_is_looked_at_while_the_claim_holds() {
    each_place(async |place| {
        let db = place.open().await;
        told(&db).await;
        place
            .meddle(
                "insert into staff (id, page_id, email, email_key, role, created_at, updated_at)
                 select 'zoe000000000', id, 'zoe@example.test', 'zoe@example.test', 'owner', created_at, created_at from pages where id = 'page00000000'",
            )
            .await;
        let mut tx = db.write().await.unwrap();
        let zoe = Recipient { kind: RecipientKind::Staff, id: id("zoe"), priority: 0 };
        notifications::add_delivery(&mut tx, &id("told"), &zoe, at("10:00")).await.unwrap();
        deliveries::claim(&mut tx, &id("told"), "me", at("10:01"), at("10:10"), 10).await.unwrap();
        let outage = Notice::Incident(notice("inc"));
        let look = async |tx: &mut _, word: &str, time: &str| {
            let known = deliveries::looks(tx, &id("told"), &[&id(word)], &outage, at(time)).await.unwrap();
            known.into_iter().next().map(|(_, _, now)| now)
        };
        let anna = look(&mut tx, "anna", "10:05").await.unwrap();
        let standing = Standing {
            kind: NotificationKind::IncidentOpened,
            withdrawn: false,
            superseded: false,
            muted: false,
            recipient: RecipientKind::Subscriber,
            subscriber: Some(SubscriberState::Active),
            staff: false,
        };
        assert_eq!((anna.address.as_str(), anna.standing), ("anna@example.test", standing.clone()));
        assert_eq!(look(&mut tx, "anna", "10:10").await, None, "the lease has ended");
        assert_eq!(look(&mut tx, "carl", "10:05").await, None, "not claimed");
        let (one, two, three) = (id("anna"), id("bert"), id("carl"));
        let mut both = deliveries::looks(&mut tx, &id("told"), &[&one, &two, &three], &outage, at("10:05")).await.unwrap();
        both.sort_by(|(a, ..), (b, ..)| a.cmp(b));
        let same = |(recipient, epoch, now): (Id, i64, deliveries::Now)| (recipient, epoch, now.address);
        let both: Vec<_> = both.into_iter().map(same).collect();
        let expected = [(one, 1, "anna@example.test".to_owned()), (two, 1, "bert@example.test".to_owned())];
        assert_eq!(both, expected, "several at once, as one by one");
        let late = deliveries::looks(&mut tx, &id("told"), &[&id("anna")], &outage, at("10:10")).await.unwrap();
        assert_eq!(late, [], "the lease has ended");
        let zoe = look(&mut tx, "zoe", "10:05").await.unwrap();
        let staff = Standing { recipient: RecipientKind::Staff, subscriber: None, staff: true, ..standing.clone() };
        assert_eq!((zoe.address.as_str(), zoe.standing), ("zoe@example.test", staff));
        assert!(subscribers::unsubscribe(&mut tx, &id("anna"), at("10:05")).await.unwrap());
        let left = look(&mut tx, "anna", "10:05").await.unwrap().standing;
        assert_eq!(left, Standing { subscriber: Some(SubscriberState::Unsubscribed), ..standing.clone() });
        // A newer message of the same incident, for one of them.
        let newer = notification("newer", "10:04");
        notifications::insert(&mut tx, &newer).await.unwrap();
        let bert = Recipient { kind: RecipientKind::Subscriber, id: id("bert"), priority: 1 };
        notifications::add_delivery(&mut tx, &id("newer"), &bert, at("10:04")).await.unwrap();
        assert!(look(&mut tx, "bert", "10:05").await.unwrap().standing.superseded);
        subscriber_zones::set(&mut tx, &id("bert"), Some(Tz::Asia__Tokyo), Some("de")).await.unwrap();
        let bert = look(&mut tx, "bert", "10:05").await.unwrap();
        assert_eq!((bert.language.as_deref(), bert.time_zone.as_deref(), bert.standing.muted), (Some("de"), Some("Asia/Tokyo"), false));
        mutes::set(&mut tx, &id("bert"), &id("inc"), Mute::UntilOver, at("10:05")).await.unwrap();
        assert!(look(&mut tx, "bert", "10:05").await.unwrap().standing.muted);
        assert!(!look(&mut tx, "anna", "10:05").await.unwrap().standing.muted, "each for themselves");
        assert!(!look(&mut tx, "anna", "10:05").await.unwrap().standing.superseded);
        tx.commit().await.unwrap();
        place.meddle("update notifications set cancelled_at = created_at where id = 'told00000000'").await;
        place.meddle("update staff set disabled_at = created_at").await;
        let mut tx = db.read().await.unwrap();
        assert!(look(&mut tx, "bert", "10:05").await.unwrap().standing.withdrawn);
        assert!(!look(&mut tx, "zoe", "10:05").await.unwrap().standing.staff);
        drop(tx);
        db.close().await;
    })
    .await;
}

#[tokio::test]
async fn what_was_given_up_is_queued_again_for_those_who_may_be_told() {
    each_place(async |place| {
        let db = place.open().await;
        told(&db).await;
        let here = id("page");
        let mut tx = db.write().await.unwrap();
        for claimed in deliveries::claim(&mut tx, &id("told"), "me", at("10:02"), at("10:10"), 10).await.unwrap() {
            let state = if claimed.recipient == id("carl") { DeliveryState::Sent } else { DeliveryState::Failed };
            assert!(settled(&mut tx, &claimed, &span(), &verdict(state, "10:06")).await);
        }
        let again = async |tx: &mut _, page: &str, word: Option<&str>| {
            let recipient = word.map(id);
            deliveries::requeue(tx, &id(page), &id("told"), recipient.as_ref(), at("11:00")).await.unwrap()
        };
        assert_eq!(again(&mut tx, "other", None).await, 0, "of another page");
        assert_eq!(again(&mut tx, "page", Some("carl")).await, 0, "it was accepted");
        assert_eq!(again(&mut tx, "page", Some("anna")).await, 1);
        assert_eq!(again(&mut tx, "page", Some("anna")).await, 0, "it waits already");
        assert!(subscribers::quarantine(&mut tx, &id("bert"), "hard_bounce", None, at("11:00")).await.unwrap());
        assert_eq!(again(&mut tx, "page", None).await, 0, "who is given up is not told");
        let read = delivery_reads::notification(&mut tx, &here, &id("told")).await.unwrap().unwrap();
        assert_eq!(read.counts, [(DeliveryState::Failed, 1), (DeliveryState::Pending, 1), (DeliveryState::Sent, 1)]);
        let claimed = deliveries::claim(&mut tx, &id("told"), "me", at("11:00"), at("11:10"), 10).await.unwrap();
        assert_eq!(claimed, [self::claimed("anna", 2, 1)], "the tries before count");
        tx.commit().await.unwrap();
        place.meddle("update deliveries set state = 'failed'; update notifications set cancelled_at = created_at").await;
        let mut tx = db.write().await.unwrap();
        assert_eq!(again(&mut tx, "page", None).await, 0, "what was taken back stays so");
        drop(tx);
        db.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_request_to_confirm_is_queued_again_while_its_link_holds() {
    each_place(async |place| {
        let db = place.open().await;
        furnish(&db).await;
        let asking = subscribers::Asking {
            now: at("10:00"),
            rested_since: at("09:00"),
            most: 3,
            forgotten_since: at("00:00"),
            expires_at: at("12:00"),
        };
        let mut tx = db.write().await.unwrap();
        let emil = super::subscribers::pending(&mut tx, "emil").await;
        assert!(subscribers::ask(&mut tx, &emil, &asking).await.unwrap());
        let asked = Notification { kind: NotificationKind::ConfirmSubscription, ..notification("asked", "10:00") };
        notifications::insert(&mut tx, &asked).await.unwrap();
        let recipient = Recipient { kind: RecipientKind::Subscriber, id: emil.clone(), priority: 0 };
        notifications::add_delivery(&mut tx, &id("asked"), &recipient, at("10:00")).await.unwrap();
        tx.commit().await.unwrap();
        place.meddle("update deliveries set state = 'failed'").await;
        let mut tx = db.write().await.unwrap();
        assert_eq!(deliveries::requeue(&mut tx, &id("page"), &id("asked"), None, at("12:00")).await.unwrap(), 0);
        assert_eq!(deliveries::requeue(&mut tx, &id("page"), &id("asked"), None, at("11:59")).await.unwrap(), 1);
        drop(tx);
        db.close().await;
    })
    .await;
}
