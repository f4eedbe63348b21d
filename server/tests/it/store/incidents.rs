//! Incidents, their updates and components.

use app::words::{Id, Impact, Incident, IncidentStatus, IncidentUpdate};
use server::store::incidents::{self, IncidentRecord};
use server::store::{Db, StoreError, incident_updates};

use super::sample::{MajorOutage, PartialOutage, at, effective_update, furnish, id, incident, update};
use crate::support::{each_engine, each_place};

async fn read(db: &Db, revision: i64) -> Vec<IncidentRecord> {
    let mut tx = db.read().await.unwrap();
    incidents::changed_since(&mut tx, &id("page"), revision).await.unwrap()
}

fn ids(updates: &[IncidentUpdate]) -> Vec<&Id> {
    updates.iter().map(|update| &update.id).collect()
}

#[tokio::test]
async fn an_incident_comes_back_as_written() {
    each_engine(async |db| {
        furnish(&db).await;
        let full = Incident {
            status: IncidentStatus::Resolved,
            impact: Impact::Critical,
            detected_at: Some(at("09:59:59.123456")),
            monitoring_at: Some(at("10:30")),
            resolved_at: Some(at("11:00")),
            next_update_at: Some(at("10:45")),
            components: vec![id("web"), id("api")],
            updates: vec![effective_update("u2", at("10:20")), update("u1", IncidentStatus::Investigating, at("10:01"))],
            ..incident("full")
        };
        let draft = Incident { published_at: None, ..incident("zzz") };
        let here = id("page");
        let mut tx = db.write().await.unwrap();
        incidents::upsert(&mut tx, &here, &full, Some(Impact::Critical), 1).await.unwrap();
        incidents::upsert(&mut tx, &here, &draft, None, 2).await.unwrap();
        let named = [(id("web"), None), (id("api"), Some((MajorOutage, at("10:20"))))];
        incidents::set_components(&mut tx, &full.id, &named).await.unwrap();
        for (seq, update) in (0..).zip(full.updates.iter().rev()) {
            incident_updates::upsert(&mut tx, &here, &full.id, update, seq).await.unwrap();
        }
        tx.commit().await.unwrap();

        let stating = vec![(id("api"), MajorOutage, at("10:20"))];
        let impact_override = Some(Impact::Critical);
        let expected = [
            IncidentRecord { incident: full, impact_override, revision: 1, visible: true, stating },
            IncidentRecord { incident: draft, impact_override: None, revision: 2, visible: false, stating: Vec::new() },
        ];
        assert_eq!(read(&db, 0).await, expected);
    })
    .await;
}

#[tokio::test]
async fn only_what_changed_after_a_revision_is_read_and_only_of_the_page() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        for (word, revision) in [("one", 1), ("two", 2), ("three", 3)] {
            incidents::upsert(&mut tx, &id("page"), &incident(word), None, revision).await.unwrap();
            let first = update(&format!("{word}u"), IncidentStatus::Investigating, at("10:01"));
            incident_updates::upsert(&mut tx, &id("page"), &id(word), &first, 0).await.unwrap();
        }
        incidents::upsert(&mut tx, &id("other"), &incident("far"), None, 9).await.unwrap();
        tx.commit().await.unwrap();

        let changed = async |revision| {
            let records = read(&db, revision).await;
            assert!(records.iter().all(|record| record.incident.updates.len() == 1));
            records.into_iter().map(|record| record.incident.id).collect::<Vec<_>>()
        };
        assert_eq!(changed(-1).await, [id("one"), id("three"), id("two")]);
        assert_eq!(changed(1).await, [id("three"), id("two")]);
        assert_eq!(changed(3).await, [] as [Id; 0]);
        let mut tx = db.write().await.unwrap();
        incidents::touch(&mut tx, &id("one"), 4).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(changed(3).await, [id("one")]);
    })
    .await;
}

#[tokio::test]
async fn updates_are_newest_first_and_under_the_same_time_by_sequence() {
    each_engine(async |db| {
        furnish(&db).await;
        let here = id("page");
        let mut tx = db.write().await.unwrap();
        incidents::upsert(&mut tx, &here, &incident("inc"), None, 1).await.unwrap();
        let shown = [("ua", "10:00:00.5", 3), ("ub", "10:00", 0), ("uc", "10:00", 2), ("ud", "10:00", 1), ("ue", "10:00:01", 0)];
        for (word, time, seq) in shown {
            let written = update(word, IncidentStatus::Investigating, at(time));
            incident_updates::upsert(&mut tx, &here, &id("inc"), &written, seq).await.unwrap();
        }
        tx.commit().await.unwrap();
        let records = read(&db, 0).await;
        assert_eq!(ids(&records[0].incident.updates), [&id("ue"), &id("ua"), &id("uc"), &id("ud"), &id("ub")]);
    })
    .await;
}

#[tokio::test]
async fn writing_again_changes_in_place() {
    each_engine(async |db| {
        furnish(&db).await;
        let here = id("page");
        let mut tx = db.write().await.unwrap();
        incidents::upsert(&mut tx, &here, &incident("inc"), Some(Impact::Minor), 1).await.unwrap();
        incidents::set_components(&mut tx, &id("inc"), &[(id("api"), Some((PartialOutage, at("10:00"))))]).await.unwrap();
        incident_updates::upsert(&mut tx, &here, &id("inc"), &effective_update("uu", at("10:00")), 0).await.unwrap();
        let renamed = Incident { name: "Requests are slow".to_owned(), components: vec![id("web")], ..incident("inc") };
        let edited = IncidentUpdate { body: "edited".to_owned(), effects: None, ..effective_update("uu", at("10:10")) };
        incidents::upsert(&mut tx, &here, &renamed, None, 2).await.unwrap();
        incidents::set_components(&mut tx, &id("inc"), &[(id("web"), None)]).await.unwrap();
        incident_updates::upsert(&mut tx, &here, &id("inc"), &edited, 0).await.unwrap();
        tx.commit().await.unwrap();

        let expected = Incident { updates: vec![edited], ..renamed };
        assert_eq!(
            read(&db, 0).await,
            [IncidentRecord { incident: expected, impact_override: None, revision: 2, visible: true, stating: Vec::new() }]
        );
    })
    .await;
}

#[tokio::test]
async fn a_withdrawn_update_and_a_deleted_incident_are_kept_but_not_shown() {
    each_place(async |place| {
        let db = place.open().await;
        furnish(&db).await;
        let here = id("page");
        let mut tx = db.write().await.unwrap();
        incidents::upsert(&mut tx, &here, &incident("inc"), None, 1).await.unwrap();
        for (word, time) in [("ua", "10:00"), ("ub", "10:10")] {
            let written = update(word, IncidentStatus::Investigating, at(time));
            incident_updates::upsert(&mut tx, &here, &id("inc"), &written, 0).await.unwrap();
        }
        tx.commit().await.unwrap();
        place.meddle("update incident_updates set withdrawn_at = created_at where id = 'ub0000000000'").await;
        place.meddle("update incidents set deleted_at = created_at").await;
        let records = read(&db, 0).await;
        assert_eq!(ids(&records[0].incident.updates), [&id("ua")]);
        assert!(!records[0].visible);
    })
    .await;
}

#[tokio::test]
async fn an_incident_of_another_page_is_missing_and_stays_as_it_is() {
    each_engine(async |db| {
        furnish(&db).await;
        let (here, other) = (id("page"), id("other"));
        let mut tx = db.write().await.unwrap();
        incidents::upsert(&mut tx, &here, &incident("inc"), None, 1).await.unwrap();
        incidents::upsert(&mut tx, &here, &incident("two"), None, 1).await.unwrap();
        let first = update("uu", IncidentStatus::Investigating, at("10:00"));
        incident_updates::upsert(&mut tx, &here, &id("inc"), &first, 0).await.unwrap();
        let foreign = update("uv", IncidentStatus::Investigating, at("10:00"));
        let answers = [
            incidents::upsert(&mut tx, &other, &incident("inc"), None, 9).await,
            incident_updates::upsert(&mut tx, &other, &id("inc"), &foreign, 0).await,
            incident_updates::upsert(&mut tx, &here, &id("two"), &first, 0).await,
            incidents::touch(&mut tx, &id("nowhere"), 9).await,
        ];
        for answer in answers {
            assert!(matches!(answer, Err(StoreError::Missing { .. })), "{answer:?}");
        }
        tx.commit().await.unwrap();
        let records = read(&db, 0).await;
        assert_eq!((records[0].revision, ids(&records[0].incident.updates)), (1, vec![&id("uu")]));
        assert_eq!(records[1].incident.updates, []);
    })
    .await;
}

#[tokio::test]
async fn a_component_nobody_knows_cannot_be_named() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        incidents::upsert(&mut tx, &id("page"), &incident("inc"), None, 1).await.unwrap();
        let answer = incidents::set_components(&mut tx, &id("inc"), &[(id("nowhere"), None)]).await;
        assert!(matches!(answer, Err(StoreError::Sql(_))), "{answer:?}");
    })
    .await;
}
