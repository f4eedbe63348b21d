//! Planned work.

use app::words::{ComponentStatus, Maintenance, MaintenanceStatus, PlannedStatus, WindowMove};
use server::store::maintenances::{self, MaintenanceRecord};
use server::store::{Db, StoreError};

use super::sample::{PartialOutage, at, furnish, id, maintenance, update, window};
use crate::support::{each_engine, each_place};

async fn read(db: &Db, revision: i64) -> Vec<MaintenanceRecord> {
    let mut tx = db.read().await.unwrap();
    maintenances::changed_since(&mut tx, &id("page"), revision).await.unwrap()
}

#[tokio::test]
async fn planned_work_comes_back_as_written() {
    each_engine(async |db| {
        furnish(&db).await;
        let full = Maintenance {
            status: MaintenanceStatus::Completed,
            moves: vec![
                WindowMove { at: at("11:00"), from: None, to: window("19:00", "20:00") },
                WindowMove { at: at("11:00"), from: Some(window("19:00", "20:00")), to: window("20:00", "21:00") },
            ],
            auto_start: false,
            auto_complete: true,
            worst_downtime_minutes: Some(30),
            started_at: Some(at("20:01")),
            completed_at: Some(at("20:59:59.999999")),
            components: vec![
                PlannedStatus { component_id: id("web"), status: PartialOutage },
                PlannedStatus { component_id: id("api"), status: ComponentStatus::UnderMaintenance },
            ],
            updates: vec![
                update("u3", MaintenanceStatus::Completed, at("21:00")),
                update("u2", MaintenanceStatus::InProgress, at("20:01")),
                update("u1", MaintenanceStatus::Scheduled, at("20:01")),
            ],
            ..maintenance("full")
        };
        let undated = Maintenance { window: None, published_at: None, components: Vec::new(), ..maintenance("undated") };
        let mut tx = db.write().await.unwrap();
        maintenances::upsert(&mut tx, &id("page"), &full, 1).await.unwrap();
        maintenances::upsert(&mut tx, &id("page"), &undated, 2).await.unwrap();
        for (seq, update) in (0..).zip(full.updates.iter().rev()) {
            maintenances::upsert_update(&mut tx, &id("page"), &full.id, update, seq).await.unwrap();
        }
        tx.commit().await.unwrap();

        let first = MaintenanceRecord { maintenance: full, revision: 1, visible: true, gone: None };
        let second = MaintenanceRecord { maintenance: undated, revision: 2, visible: false, gone: None };
        assert_eq!(read(&db, 0).await, [first, second.clone()]);
        assert_eq!(read(&db, 1).await, [second]);
        assert_eq!(read(&db, 2).await, []);
    })
    .await;
}

#[tokio::test]
async fn writing_again_changes_in_place() {
    each_engine(async |db| {
        furnish(&db).await;
        let here = id("page");
        let moved = WindowMove { at: at("11:00"), from: None, to: window("19:00", "20:00") };
        let before = Maintenance { moves: vec![moved], ..maintenance("mnt") };
        let after = Maintenance {
            name: "Later".to_owned(),
            window: None,
            moves: Vec::new(),
            components: vec![PlannedStatus { component_id: id("api"), status: PartialOutage }],
            ..maintenance("mnt")
        };
        let edited = update("uu", MaintenanceStatus::Cancelled, at("12:00"));
        let mut tx = db.write().await.unwrap();
        maintenances::upsert(&mut tx, &here, &before, 1).await.unwrap();
        maintenances::upsert_update(&mut tx, &here, &id("mnt"), &update("uu", MaintenanceStatus::Scheduled, at("10:00")), 0).await.unwrap();
        maintenances::upsert(&mut tx, &here, &after, 2).await.unwrap();
        maintenances::upsert_update(&mut tx, &here, &id("mnt"), &edited, 0).await.unwrap();
        tx.commit().await.unwrap();
        let expected = Maintenance { updates: vec![edited], ..after };
        assert_eq!(read(&db, 0).await, [MaintenanceRecord { maintenance: expected, revision: 2, visible: true, gone: None }]);
    })
    .await;
}

#[tokio::test]
async fn a_withdrawn_update_and_deleted_work_are_kept_but_not_shown() {
    each_place(async |place| {
        let db = place.open().await;
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        maintenances::upsert(&mut tx, &id("page"), &maintenance("mnt"), 1).await.unwrap();
        let announced = update("uu", MaintenanceStatus::Scheduled, at("10:00"));
        maintenances::upsert_update(&mut tx, &id("page"), &id("mnt"), &announced, 0).await.unwrap();
        tx.commit().await.unwrap();
        place.meddle("update maintenance_updates set withdrawn_at = created_at").await;
        place.meddle("update maintenances set deleted_at = created_at").await;
        let records = read(&db, 0).await;
        assert_eq!((records[0].visible, records[0].maintenance.updates.len()), (false, 0));
        let known = records[0].gone.as_ref().unwrap();
        assert_eq!((known.window, known.gone_at), (Some(window("20:00", "21:00")), at("10:00")), "calendars are told that it is off");
    })
    .await;
}

#[tokio::test]
async fn planned_work_of_another_page_is_missing_and_stays_as_it_is() {
    each_engine(async |db| {
        furnish(&db).await;
        let (here, other) = (id("page"), id("other"));
        let bare = |word| Maintenance { components: Vec::new(), ..maintenance(word) };
        let announced = update("uu", MaintenanceStatus::Scheduled, at("10:00"));
        let mut tx = db.write().await.unwrap();
        maintenances::upsert(&mut tx, &here, &maintenance("mnt"), 1).await.unwrap();
        maintenances::upsert(&mut tx, &here, &bare("two"), 1).await.unwrap();
        maintenances::upsert_update(&mut tx, &here, &id("mnt"), &announced, 0).await.unwrap();
        let answers = [
            maintenances::upsert(&mut tx, &other, &bare("mnt"), 9).await,
            maintenances::upsert_update(&mut tx, &other, &id("mnt"), &announced, 0).await,
            maintenances::upsert_update(&mut tx, &here, &id("two"), &announced, 0).await,
        ];
        for answer in answers {
            assert!(matches!(answer, Err(StoreError::Missing { .. })), "{answer:?}");
        }
        tx.commit().await.unwrap();
        let expected = Maintenance { updates: vec![announced], ..maintenance("mnt") };
        assert_eq!(read(&db, 0).await[0], MaintenanceRecord { maintenance: expected, revision: 1, visible: true, gone: None });
    })
    .await;
}
