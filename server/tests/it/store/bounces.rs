//! What was reported of mails after they were accepted.

use app::words::{BounceKind, DeliveryState, NotificationKind, RecipientKind, Wishes};
use server::actions::notify::{self, About};
use server::domain::notice::Notice;
use server::store::bounces::{self, Bounce, Returned};
use server::store::{Db, Tx, deliveries, delivery_reads, subscribers};

use super::deliveries::settled;
use super::sample::{at, furnish, id};
use super::subscribers::active;
use crate::support::{each_engine, each_place};

/// A notice to `anna`, a subscriber; to `zoe`, a member of staff; and to `gone`, of whom nothing is known any more.
async fn told(tx: &mut Tx) -> app::words::Id {
    let about = About { subject_kind: "incident", subject_id: &id("down"), update_id: None };
    let to = [(RecipientKind::Subscriber, id("anna")), (RecipientKind::Staff, id("zoe")), (RecipientKind::Subscriber, id("gone"))];
    notify::people(tx, &id("page"), NotificationKind::IncidentOpened, about, Notice::Confirm, &to, at("10:10")).await.unwrap()
}

async fn begun(db: &Db) -> Tx {
    furnish(db).await;
    let mut tx = db.write().await.unwrap();
    active(&mut tx, "anna", &Wishes::default()).await;
    tx
}

fn bounce(notification: &str, kind: BounceKind, time: &str) -> Bounce {
    Bounce { notification: id(notification), recipient: id("anna"), kind, report: format!("5.1.1 {time}"), at: at(time) }
}

#[tokio::test]
async fn a_delivery_is_found_with_the_address_it_went_to() {
    each_place(async |place| {
        let db = place.open().await;
        let tx = begun(&db).await;
        tx.commit().await.unwrap();
        place
            .meddle(
                "insert into staff (id, page_id, email, email_key, role, created_at, updated_at)
                 select 'zoe000000000', id, 'zoe@example.test', 'zoe@example.test', 'owner', created_at, created_at from pages where id = 'page00000000'",
            )
            .await;
        let mut tx = db.write().await.unwrap();
        let told = told(&mut tx).await;
        let find = async |tx: &mut _, page: &str, word: &str| bounces::delivery(tx, &id(page), &told, &id(word)).await.unwrap();
        let confirmed_at = subscribers::get(&mut tx, &id("page"), &id("anna")).await.unwrap().unwrap().confirmed_at;
        assert!(confirmed_at.is_some());
        let anna = Returned {
            recipient: RecipientKind::Subscriber,
            address: Some("anna@Example.test".to_owned()),
            written: at("10:10"),
            confirmed_at,
        };
        assert_eq!(find(&mut tx, "page", "anna").await, Some(anna.clone()));
        let zoe = Returned { recipient: RecipientKind::Staff, address: Some("zoe@example.test".to_owned()), confirmed_at: None, ..anna.clone() };
        assert_eq!(find(&mut tx, "page", "zoe").await, Some(zoe));
        assert_eq!(find(&mut tx, "page", "gone").await, Some(Returned { address: None, confirmed_at: None, ..anna }));
        assert_eq!(find(&mut tx, "page", "nobody").await, None);
        assert_eq!(find(&mut tx, "other", "anna").await, None);
        drop(tx);
        db.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_report_of_each_kind_is_noted_once_and_the_newest_is_shown() {
    each_engine(async |db| {
        let mut tx = begun(&db).await;
        let told = told(&mut tx).await;
        let here = id("page");
        let of = |kind, time| Bounce { notification: told.clone(), ..bounce("x", kind, time) };
        assert!(bounces::insert(&mut tx, &here, &of(BounceKind::Soft, "11:00")).await.unwrap());
        assert!(!bounces::insert(&mut tx, &here, &of(BounceKind::Soft, "12:00")).await.unwrap());
        let shown = async |tx: &mut _| {
            let reads = delivery_reads::deliveries(tx, &told, 10, 0).await.unwrap();
            assert_eq!((reads.len(), reads[0].recipient.clone()), (3, id("anna")), "once, and before those of whom nothing is reported");
            reads[0].bounce.clone()
        };
        assert_eq!(shown(&mut tx).await, Some((BounceKind::Soft, "5.1.1 11:00".to_owned(), at("11:00"))));
        let missed = async |tx: &mut _, after: Option<&str>| {
            let reads = delivery_reads::not_reached(tx, &told, after.map(id).as_ref(), 10).await.unwrap();
            reads.into_iter().map(|read| read.recipient).collect::<Vec<_>>()
        };
        assert_eq!(missed(&mut tx, None).await, [id("anna")], "the others are still to be told");
        assert_eq!(missed(&mut tx, Some("anna")).await, []);
        assert!(bounces::insert(&mut tx, &here, &of(BounceKind::Hard, "13:00")).await.unwrap());
        assert_eq!(shown(&mut tx).await, Some((BounceKind::Hard, "5.1.1 13:00".to_owned(), at("13:00"))));
    })
    .await;
}

#[tokio::test]
async fn what_was_accepted_is_marked_also_before_its_courier_wrote_so() {
    each_engine(async |db| {
        let mut tx = begun(&db).await;
        let told = told(&mut tx).await;
        let state = async |tx: &mut _| {
            let reads = delivery_reads::deliveries(tx, &told, 10, 0).await.unwrap();
            reads.into_iter().find(|read| read.recipient == id("anna")).unwrap().state
        };
        assert!(!bounces::mark(&mut tx, &told, &id("anna"), at("11:00")).await.unwrap(), "it was not sent");
        let claimed = deliveries::claim(&mut tx, &told, "me", at("10:10"), at("10:11"), 10).await.unwrap();
        let anna = claimed.into_iter().find(|claimed| claimed.recipient == id("anna")).unwrap();
        assert!(bounces::mark(&mut tx, &told, &id("anna"), at("11:00")).await.unwrap());
        assert!(!bounces::mark(&mut tx, &told, &id("anna"), at("11:01")).await.unwrap(), "once");
        let span = deliveries::Span { started: at("10:10"), finished: at("10:11"), message_id: None };
        let sent = server::domain::courier::Verdict {
            state: DeliveryState::Sent,
            run_at: at("10:11"),
            maybe_duplicate: false,
            attempt: None,
            quarantine: None,
        };
        assert!(!settled(&mut tx, &anna, &span, &sent).await, "the claim is lost");
        assert_eq!(state(&mut tx).await, DeliveryState::Bounced);
    })
    .await;
}

#[tokio::test]
async fn soft_bounces_count_by_notice_since_the_last_confirmation() {
    each_engine(async |db| {
        let mut tx = begun(&db).await;
        let here = id("page");
        for (notice, kind, time) in [
            ("early", BounceKind::Soft, "08:00"),
            ("second", BounceKind::Soft, "14:00"),
            ("first", BounceKind::Soft, "13:00"),
            ("first", BounceKind::Hard, "13:30"),
            ("third", BounceKind::Complaint, "15:00"),
        ] {
            assert!(bounces::insert(&mut tx, &here, &bounce(notice, kind, time)).await.unwrap());
        }
        assert_eq!(bounces::soft(&mut tx, &id("anna")).await.unwrap(), [at("13:00"), at("14:00")]);
        assert!(bounces::soft(&mut tx, &id("nobody")).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_is_old_or_of_nobody_is_forgotten() {
    each_engine(async |db| {
        let mut tx = begun(&db).await;
        let here = id("page");
        for (notice, time) in [("old", "11:00"), ("new", "12:00")] {
            assert!(bounces::insert(&mut tx, &here, &bounce(notice, BounceKind::Soft, time)).await.unwrap());
        }
        assert_eq!(bounces::sweep(&mut tx, &id("other"), at("23:00")).await.unwrap(), 0);
        assert_eq!(bounces::sweep(&mut tx, &here, at("12:00")).await.unwrap(), 1);
        assert_eq!(bounces::soft(&mut tx, &id("anna")).await.unwrap(), [at("12:00")]);
        assert!(subscribers::remove(&mut tx, &here, &id("anna"), at("12:00")).await.unwrap());
        assert_eq!(bounces::sweep(&mut tx, &here, at("11:00")).await.unwrap(), 1);
    })
    .await;
}
