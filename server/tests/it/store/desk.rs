//! What staff have on the desk.

use app::words::{DeliveryState, Incident, IncidentStatus, NotificationKind, RecipientKind};
use server::actions::notify::{self, About};
use server::domain::notice::Notice;
use server::store::{delivery_reads, incident_updates, incidents, notifications};

use super::sample::{at, effective_update, furnish, id, incident, update};
use crate::support::each_engine;

#[tokio::test]
async fn drafts_and_open_incidents_wait_and_what_is_over_or_deleted_does_not() {
    each_engine(async |db| {
        furnish(&db).await;
        let here = id("page");
        let draft = Incident { published_at: None, started_at: at("11:00"), ..incident("draft") };
        let over = Incident { status: IncidentStatus::Resolved, resolved_at: Some(at("11:00")), ..incident("over") };
        let mut tx = db.write().await.unwrap();
        for (incident, revision) in [(&draft, 1), (&incident("open"), 2), (&over, 3), (&incident("gone"), 4)] {
            incidents::upsert(&mut tx, &here, incident, None, revision).await.unwrap();
        }
        incidents::set_notes(&mut tx, &id("open"), Some("Ada"), None).await.unwrap();
        incidents::delete(&mut tx, &here, &id("gone"), at("12:00"), 5).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = db.read().await.unwrap();
        let waiting = incidents::waiting(&mut tx, &here).await.unwrap();
        let found: Vec<_> = waiting.iter().map(|one| (one.id.clone(), one.published_at, one.owner.as_deref())).collect();
        assert_eq!(found, [(id("draft"), None, None), (id("open"), Some(at("10:01")), Some("Ada"))]);
        assert!(incidents::waiting(&mut tx, &id("other")).await.unwrap().is_empty(), "another page has nothing");
    })
    .await;
}

#[tokio::test]
async fn a_sheet_is_the_incident_with_what_its_messages_name_and_which_were_edited() {
    each_engine(async |db| {
        furnish(&db).await;
        let here = id("page");
        let first = update("u1", IncidentStatus::Investigating, at("10:01"));
        let mut second = effective_update("u2", at("10:20"));
        second.updated_at = at("10:45");
        let mut tx = db.write().await.unwrap();
        incidents::upsert(&mut tx, &here, &incident("down"), None, 7).await.unwrap();
        incidents::set_notes(&mut tx, &id("down"), None, Some("The cache again?")).await.unwrap();
        incident_updates::upsert(&mut tx, &here, &id("down"), &first, 1).await.unwrap();
        incident_updates::upsert(&mut tx, &here, &id("down"), &second, 2).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = db.write().await.unwrap();
        let file = incidents::sheet(&mut tx, &here, &id("down")).await.unwrap().unwrap().file;
        assert_eq!(file.record.incident.updates, [second, first]);
        assert_eq!(file.record.incident.components, [id("api")]);
        assert_eq!((file.record.revision, file.internal_notes.as_deref()), (7, Some("The cache again?")));
        assert_eq!(file.edits, [id("u2")]);
        assert_eq!(incidents::sheet(&mut tx, &id("other"), &id("down")).await.unwrap(), None, "another page has none of it");
        incidents::delete(&mut tx, &here, &id("down"), at("12:00"), 8).await.unwrap();
        assert_eq!(incidents::sheet(&mut tx, &here, &id("down")).await.unwrap(), None, "a deleted one has no page");
    })
    .await;
}

#[tokio::test]
async fn mails_to_subscribers_are_counted_by_message_and_state() {
    each_engine(async |db| {
        furnish(&db).await;
        let here = id("page");
        let (subject, first, second) = (id("down"), id("u1"), id("u2"));
        let mut tx = db.write().await.unwrap();
        incidents::upsert(&mut tx, &here, &incident("down"), None, 7).await.unwrap();
        for (word, minute, seq) in [("u1", "10:00", 1), ("u2", "10:20", 2)] {
            incident_updates::upsert(&mut tx, &here, &subject, &effective_update(word, at(minute)), seq).await.unwrap();
        }
        for (update, to) in [(Some(&first), vec!["anna", "bert"]), (Some(&second), vec!["anna"]), (None, vec!["bert"])] {
            let about = About { subject_kind: "incident", subject_id: &subject, update_id: update };
            let to: Vec<_> =
                to.into_iter().map(|word| (RecipientKind::Subscriber, id(word))).chain([(RecipientKind::Staff, id("ada"))]).collect();
            notify::people(&mut tx, &here, NotificationKind::IncidentUpdated, about, Notice::Confirm, &to, at("10:00")).await.unwrap();
        }
        let shown = incidents::sheet(&mut tx, &here, &subject).await.unwrap().unwrap();
        assert_eq!(shown.told, [(second, DeliveryState::Pending, 1), (first, DeliveryState::Pending, 2)], "newest first");
        assert_eq!(shown.accepted, []);
    })
    .await;
}

#[tokio::test]
async fn the_clock_of_an_incident_runs_until_the_last_mail_that_first_told_of_it() {
    each_engine(async |db| {
        furnish(&db).await;
        let here = id("page");
        let (subject, update) = (id("down"), id("u1"));
        let mut tx = db.write().await.unwrap();
        assert_eq!(incidents::newest_clock(&mut tx, &here).await.unwrap(), None);
        incidents::upsert(&mut tx, &here, &incident("down"), None, 7).await.unwrap();
        incident_updates::upsert(&mut tx, &here, &subject, &effective_update("u1", at("10:00")), 1).await.unwrap();
        let about = About { subject_kind: "incident", subject_id: &subject, update_id: Some(&update) };
        let to = [(RecipientKind::Subscriber, id("anna"))];
        let opened = NotificationKind::IncidentOpened;
        let told = notify::people(&mut tx, &here, opened, about, Notice::Confirm, &to, at("10:00")).await.unwrap();
        let clock = async |tx: &mut _| incidents::newest_clock(tx, &here).await.unwrap().unwrap();
        let known = incident("down");
        let before = clock(&mut tx).await;
        assert_eq!((before.failed_at, before.drafted_at, before.published_at), (known.started_at, None, known.published_at));
        assert_eq!((before.first_mail_at, before.last_mail_at), (None, None));
        for (first, last) in [("10:02", "10:03"), ("10:01", "10:02"), ("10:04", "10:05")] {
            notifications::note_sent(&mut tx, &told, at(first), at(last)).await.unwrap();
        }
        let after = clock(&mut tx).await;
        assert_eq!((after.first_mail_at, after.last_mail_at), (Some(at("10:01")), Some(at("10:05"))), "in whatever order they come");
        let shown = incidents::sheet(&mut tx, &here, &subject).await.unwrap().unwrap();
        assert_eq!(shown.accepted, [(update, at("10:01"), at("10:05"))]);
        let read = delivery_reads::notification(&mut tx, &here, &told).await.unwrap().unwrap();
        assert_eq!(read.accepted, Some((at("10:01"), at("10:05"))));
    })
    .await;
}
