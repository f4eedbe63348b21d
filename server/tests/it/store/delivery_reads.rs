//! What staff read of the outbox.

use app::words::{Channel, DeliveryState, NotificationKind, RecipientKind};
use server::actions::notify::{self, About};
use server::domain::notice::Notice;
use server::store::{delivery_reads, subscribers};

use super::sample::{at, furnish, id};
use crate::support::{each_engine, each_place};

#[tokio::test]
async fn notifications_come_newest_first_with_counts_and_deliveries_with_what_came_back_last() {
    each_place(async |place| {
        let db = place.open().await;
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        let here = id("page");
        for word in ["anna", "bert", "carl"] {
            subscribers::insert(&mut tx, &here, &id(word), Channel::Email, &format!("{word}@example.test"), at("09:00")).await.unwrap();
        }
        let mut told = Vec::new();
        for (time, words) in [("10:00", vec!["anna"]), ("11:00", vec!["anna", "bert", "carl", "gone"])] {
            let subject = id("down");
            let about = About { subject_kind: "incident", subject_id: &subject, update_id: None };
            let to: Vec<_> = words.iter().map(|word| (RecipientKind::Subscriber, id(word))).collect();
            let kind = NotificationKind::ConfirmSubscription;
            told.push(notify::people(&mut tx, &here, kind, about, Notice::Confirm, &to, at(time)).await.unwrap());
        }
        tx.commit().await.unwrap();
        place
            .meddle(
                "update deliveries set state = 'failed', attempts = 2 where recipient_id = 'carl00000000';
                 insert into attempts (notification_id, recipient_id, number, started_at, finished_at, outcome, reason, reply)
                 select notification_id, recipient_id, 1, run_at, run_at, 'retry', 'timeout', null from deliveries where state = 'failed';
                 insert into attempts (notification_id, recipient_id, number, started_at, finished_at, outcome, reason, reply)
                 select notification_id, recipient_id, 2, run_at, run_at, 'failed', 'refused', '550 no' from deliveries where state = 'failed'",
            )
            .await;
        let mut tx = db.read().await.unwrap();
        let read = delivery_reads::notifications(&mut tx, &here, 10, 0).await.unwrap();
        assert_eq!(read.iter().map(|one| one.id.clone()).collect::<Vec<_>>(), [told[1].clone(), told[0].clone()]);
        assert_eq!(read[0].counts, [(DeliveryState::Failed, 1), (DeliveryState::Pending, 3)]);
        assert_eq!((read[0].created_at, read[0].expanded, read[0].cancelled_at), (at("11:00"), true, None));
        assert_eq!(delivery_reads::notifications(&mut tx, &here, 1, 1).await.unwrap(), [read[1].clone()]);
        assert_eq!(delivery_reads::with_failures(&mut tx, &here, 10, 0).await.unwrap(), [read[0].clone()], "those with failures alone");
        assert_eq!(delivery_reads::with_failures(&mut tx, &here, 10, 1).await.unwrap(), []);
        assert_eq!(delivery_reads::notification(&mut tx, &here, &told[1]).await.unwrap(), Some(read[0].clone()));
        assert_eq!(delivery_reads::notification(&mut tx, &id("other"), &told[1]).await.unwrap(), None);
        let deliveries = delivery_reads::deliveries(&mut tx, &told[1], 3, 0).await.unwrap();
        let shown: Vec<_> = deliveries.iter().map(|d| (d.address.as_deref(), d.state, d.reason.as_deref(), d.reply.as_deref())).collect();
        let waits = |address| (Some(address), DeliveryState::Pending, None, None);
        let failed = (Some("carl@example.test"), DeliveryState::Failed, Some("refused"), Some("550 no"));
        assert_eq!(shown, [failed, waits("anna@example.test"), waits("bert@example.test")]);
        let rest = delivery_reads::deliveries(&mut tx, &told[1], 3, 3).await.unwrap();
        assert_eq!((rest.len(), rest[0].address.as_deref(), &rest[0].recipient), (1, None, &id("gone")));
        drop(tx);
        db.close().await;
    })
    .await;
}

#[tokio::test]
async fn mails_to_subscribers_are_counted_by_message_and_state() {
    each_engine(async |db| {
        furnish(&db).await;
        let here = id("page");
        let (subject, first, second) = (id("work"), id("u1"), id("u2"));
        let mut tx = db.write().await.unwrap();
        for (update, to) in [(Some(&first), vec!["anna", "bert"]), (Some(&second), vec!["anna"]), (None, vec!["bert"])] {
            let about = About { subject_kind: "maintenance", subject_id: &subject, update_id: update };
            let to: Vec<_> =
                to.into_iter().map(|word| (RecipientKind::Subscriber, id(word))).chain([(RecipientKind::Staff, id("ada"))]).collect();
            notify::people(&mut tx, &here, NotificationKind::MaintenanceMoved, about, Notice::Confirm, &to, at("10:00")).await.unwrap();
        }
        let told = delivery_reads::by_message(&mut tx, &here, &subject).await.unwrap();
        assert_eq!(told, [(first, DeliveryState::Pending, 2), (second, DeliveryState::Pending, 1)]);
        assert_eq!(delivery_reads::by_message(&mut tx, &here, &id("else")).await.unwrap(), []);
    })
    .await;
}
