//! Post-mortems as staff have them.

use app::words::{Postmortem, PostmortemStatus, PostmortemText};
use server::store::postmortem_files::{self, Covers, PostmortemFile};
use server::store::{Db, StoreError, incidents, maintenances, postmortems};

use super::sample::{at, furnish, id, incident, maintenance, postmortem};
use crate::support::each_engine;

async fn furnished(db: &Db) {
    furnish(db).await;
    let mut tx = db.write().await.unwrap();
    for word in ["one", "two"] {
        incidents::upsert(&mut tx, &id("page"), &incident(word), None, 1).await.unwrap();
    }
    maintenances::upsert(&mut tx, &id("page"), &maintenance("mnt"), 1).await.unwrap();
    let public =
        Postmortem { incident_ids: vec![id("one")], published_at: Some(at("13:00")), ..postmortem("public", PostmortemStatus::Published) };
    let draft = Postmortem {
        incident_ids: vec![id("two"), id("one")],
        maintenance_id: Some(id("mnt")),
        due_at: Some(at("15:00")),
        ..postmortem("draft", PostmortemStatus::Draft)
    };
    let waived = Postmortem { waived_because: Some("it was small".to_owned()), ..postmortem("waived", PostmortemStatus::Promised) };
    for document in [public, draft, waived] {
        postmortems::upsert(&mut tx, &id("page"), &document, 2).await.unwrap();
    }
    tx.commit().await.unwrap();
}

fn covers(incidents: &[&str], maintenance: Option<&str>) -> Covers {
    Covers { incidents: incidents.iter().map(|word| id(word)).collect(), maintenance: maintenance.map(id) }
}

#[tokio::test]
async fn what_is_being_written_comes_back_as_it_was_kept() {
    each_engine(async |db| {
        furnished(&db).await;
        let mut tx = db.write().await.unwrap();
        let fresh = postmortem_files::get(&mut tx, &id("page"), &id("draft")).await.unwrap().unwrap();
        assert_eq!(fresh, PostmortemFile::new(fresh.record.clone()));
        assert_eq!(Some(fresh.record.clone()), postmortems::get(&mut tx, &id("page"), &id("draft")).await.unwrap());
        assert_eq!(fresh.covers, covers(&["two", "one"], Some("mnt")));
        let full = PostmortemFile {
            draft: Some(PostmortemText { title: "New".to_owned(), body: "More.".to_owned(), ..PostmortemText::default() }),
            covers: covers(&["one"], None),
            draft_updated_at: Some(at("13:00:00.000001")),
            draft_by: Some("ada".to_owned()),
            owner: Some("ben".to_owned()),
            review_asked_by: Some("ada".to_owned()),
            review_asked_at: Some(at("13:01")),
            approved_by: Some("ben".to_owned()),
            approved_at: Some(at("13:02")),
            notified_at: Some(at("13:03")),
            ..fresh
        };
        postmortem_files::set(&mut tx, &full).await.unwrap();
        assert_eq!(postmortem_files::get(&mut tx, &id("page"), &id("draft")).await.unwrap(), Some(full));
        assert_eq!(postmortem_files::get(&mut tx, &id("other"), &id("draft")).await.unwrap(), None);
        postmortems::touch(&mut tx, &id("draft"), 7).await.unwrap();
        assert_eq!(postmortems::get(&mut tx, &id("page"), &id("draft")).await.unwrap().unwrap().revision, 7);
    })
    .await;
}

#[tokio::test]
async fn revisions_are_numbered_and_incidents_are_touched() {
    each_engine(async |db| {
        furnished(&db).await;
        let mut tx = db.write().await.unwrap();
        for (body, time) in [("First.", "14:00"), ("Second.", "14:30")] {
            let text = PostmortemText { body: body.to_owned(), ..PostmortemText::default() };
            postmortem_files::keep_revision(&mut tx, &id("public"), &text, "ada", at(time)).await.unwrap();
        }
        let record = postmortems::get(&mut tx, &id("page"), &id("public")).await.unwrap().unwrap();
        let kept: Vec<_> =
            record.postmortem.revisions.iter().map(|kept| (kept.number, kept.text.body.as_str(), kept.replaced_at)).collect();
        assert_eq!(kept, [(1, "First.", at("14:00")), (2, "Second.", at("14:30"))]);
        postmortem_files::touch_incidents(&mut tx, &id("public"), 9, at("14:30")).await.unwrap();
        let touched = incidents::changed_since(&mut tx, &id("page"), 8).await.unwrap();
        assert_eq!(touched.len(), 1);
        assert_eq!((&touched[0].incident.id, touched[0].incident.updated_at), (&id("one"), at("14:30")));
    })
    .await;
}

#[tokio::test]
async fn documents_are_found_by_what_they_cover_and_by_what_is_owed() {
    each_engine(async |db| {
        furnished(&db).await;
        let mut tx = db.write().await.unwrap();
        for meant in [covers(&["one"], None), covers(&["two"], None), covers(&[], Some("mnt"))] {
            assert_eq!(postmortem_files::unpublished_over(&mut tx, &id("page"), &meant).await.unwrap(), [id("draft")]);
        }
        assert_eq!(postmortem_files::unpublished_over(&mut tx, &id("other"), &covers(&["one"], None)).await.unwrap(), []);
        let of_one = async |tx: &mut _| postmortem_files::of_incident(tx, &id("page"), &id("one")).await.unwrap();
        assert_eq!(of_one(&mut tx).await, Some(id("draft")), "what is being written comes first");
        let list = postmortem_files::list(&mut tx, &id("page")).await.unwrap();
        assert_eq!(list.iter().map(|summary| summary.id.clone()).collect::<Vec<_>>(), ["draft", "waived", "public"].map(id));
        assert_eq!(list[0].incidents.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>(), ["two", "one"].map(id));
        assert_eq!((list[0].maintenance_id.clone(), list[1].waived_because.as_deref()), (Some(id("mnt")), Some("it was small")));
        let owed = postmortem_files::owed(&mut tx, &id("page")).await.unwrap();
        assert_eq!(owed.iter().map(|summary| summary.id.clone()).collect::<Vec<_>>(), [id("draft")]);

        postmortem_files::delete(&mut tx, &id("page"), &id("draft"), at("15:00"), 9).await.unwrap();
        let twice = postmortem_files::delete(&mut tx, &id("page"), &id("draft"), at("15:00"), 9).await;
        assert!(matches!(twice, Err(StoreError::Missing { .. })));
        assert_eq!(of_one(&mut tx).await, Some(id("public")));
        assert_eq!(postmortem_files::owed(&mut tx, &id("page")).await.unwrap(), []);
        assert_eq!(postmortem_files::unpublished_over(&mut tx, &id("page"), &covers(&["one"], None)).await.unwrap(), []);
        assert!(postmortem_files::get(&mut tx, &id("page"), &id("draft")).await.unwrap().unwrap().deleted);
    })
    .await;
}
