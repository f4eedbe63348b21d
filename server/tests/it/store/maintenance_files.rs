//! Planned work with all that staff see of it: found, listed, changed and deleted.

use app::words::{GoneMaintenance, Id, Maintenance, MaintenanceStatus, Occurrence};
use server::store::maintenances::{self, MaintenanceFile, Which};
use server::store::{Db, StoreError, Tx, incident_updates, incidents};

use super::sample::{at, furnish, id, incident, maintenance, update, window};
use crate::support::each_engine;

fn names(files: &[MaintenanceFile]) -> Vec<&str> {
    files.iter().map(|file| file.record.maintenance.id.as_str().trim_end_matches('0')).collect()
}

/// Work of every kind there is: a draft, undated, soon, later, under way, over, cancelled and deleted.
async fn every_kind(db: &Db) -> Tx {
    furnish(db).await;
    let mut tx = db.write().await.unwrap();
    let over = Maintenance { status: MaintenanceStatus::Completed, completed_at: Some(at("12:00")), ..maintenance("over") };
    let all = [
        Maintenance { published_at: None, created_at: at("10:05"), ..maintenance("draft") },
        Maintenance { published_at: None, created_at: at("10:06"), ..maintenance("draftb") },
        Maintenance { window: None, created_at: at("10:04"), ..maintenance("undated") },
        Maintenance { window: Some(window("20:00", "21:00")), created_at: at("10:03"), ..maintenance("later") },
        Maintenance { window: Some(window("19:00", "21:00")), ..maintenance("soon") },
        Maintenance { window: Some(window("09:00", "21:00")), status: MaintenanceStatus::InProgress, ..maintenance("going") },
        over,
        Maintenance { status: MaintenanceStatus::Cancelled, updated_at: at("13:00"), ..maintenance("off") },
        maintenance("gone"),
    ];
    for work in &all {
        maintenances::upsert(&mut tx, &id("page"), work, 1).await.unwrap();
    }
    maintenances::delete(&mut tx, &id("page"), &id("gone"), at("14:00"), 2).await.unwrap();
    tx
}

#[tokio::test]
async fn lists_are_in_the_order_that_staff_read_them() {
    each_engine(async |db| {
        let mut tx = every_kind(&db).await;
        let here = id("page");
        let listed = async |tx: &mut Tx, which| maintenances::list(tx, &here, which).await.unwrap();
        assert_eq!(names(&listed(&mut tx, Which::Coming).await), ["undated", "going", "soon", "later"]);
        assert_eq!(names(&listed(&mut tx, Which::Drafts).await), ["draftb", "draft"]);
        let past = |before, limit| Which::Past { before: at(before), limit };
        assert_eq!(names(&listed(&mut tx, past("23:00", 10)).await), ["off", "over"]);
        assert_eq!(names(&listed(&mut tx, past("23:00", 1)).await), ["off"]);
        assert_eq!(names(&listed(&mut tx, past("13:00", 10)).await), ["over"]);
        assert!(maintenances::list(&mut tx, &id("other"), Which::Coming).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_the_clock_may_have_to_do_something_for_is_announced_dated_and_not_over() {
    each_engine(async |db| {
        let mut tx = every_kind(&db).await;
        let due = async |tx: &mut Tx, page: Id, before| names(&maintenances::due(tx, &page, at(before)).await.unwrap()).join(" ");
        assert_eq!(due(&mut tx, id("page"), "23:00").await, "going soon later");
        assert_eq!(due(&mut tx, id("page"), "20:00").await, "going soon");
        assert_eq!(due(&mut tx, id("other"), "23:00").await, "");
    })
    .await;
}

#[tokio::test]
async fn a_file_holds_what_only_staff_know() {
    each_engine(async |db| {
        let mut tx = every_kind(&db).await;
        let (here, soon) = (id("page"), id("soon"));
        maintenances::set_notes(&mut tx, &soon, Some("Ada"), Some("Ask *first*.")).await.unwrap();
        let file = maintenances::get(&mut tx, &here, &soon).await.unwrap().unwrap();
        assert_eq!((file.owner.as_deref(), file.internal_notes.as_deref(), file.deleted), (Some("Ada"), Some("Ask *first*."), false));
        assert!(file.record.visible);
        let gone = maintenances::get(&mut tx, &here, &id("gone")).await.unwrap().unwrap();
        assert_eq!((gone.deleted, gone.record.visible, gone.record.revision), (true, false, 2));
        assert_eq!(maintenances::get(&mut tx, &id("other"), &soon).await.unwrap(), None);
        let known = GoneMaintenance {
            id: id("gone"),
            window: maintenance("gone").window,
            components: vec![id("web")],
            sequence: 1,
            published_at: at("10:00"),
            gone_at: at("14:00"),
        };
        assert_eq!((gone.record.maintenance.sequence, gone.record.gone), (1, Some(known.clone())));
        let taken_back = GoneMaintenance { id: id("draft"), window: None, components: vec![id("api")], sequence: 0, ..known };
        maintenances::keep_gone(&mut tx, &taken_back).await.unwrap();
        let draft = maintenances::get(&mut tx, &here, &id("draft")).await.unwrap().unwrap();
        assert_eq!(draft.record.gone, Some(taken_back.clone()), "not as the draft is now");
        let announced = Maintenance { published_at: Some(at("15:00")), ..draft.record.maintenance };
        maintenances::upsert(&mut tx, &here, &announced, 3).await.unwrap();
        assert_eq!(maintenances::get(&mut tx, &here, &id("draft")).await.unwrap().unwrap().record.gone, None);
        for answer in [
            maintenances::keep_gone(&mut tx, &GoneMaintenance { id: id("nobody"), ..taken_back }).await,
            maintenances::set_notes(&mut tx, &id("nobody"), None, None).await,
            maintenances::delete(&mut tx, &here, &id("gone"), at("15:00"), 3).await,
            maintenances::delete(&mut tx, &id("other"), &soon, at("15:00"), 3).await,
        ] {
            assert!(matches!(answer, Err(StoreError::Missing { .. })), "{answer:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_series_has_its_windows_by_number() {
    each_engine(async |db| {
        let mut tx = every_kind(&db).await;
        let here = id("page");
        for (word, number) in [("two", 2), ("ten", 10), ("one", 1)] {
            let occurrence = Some(Occurrence { series_id: id("series"), number });
            maintenances::upsert(&mut tx, &here, &Maintenance { occurrence, ..maintenance(word) }, 1).await.unwrap();
        }
        assert_eq!(names(&maintenances::of_series(&mut tx, &here, &id("series")).await.unwrap()), ["one", "two", "ten"]);
        maintenances::delete(&mut tx, &here, &id("two"), at("14:00"), 2).await.unwrap();
        assert_eq!(names(&maintenances::of_series(&mut tx, &here, &id("series")).await.unwrap()), ["one", "ten"]);
        assert!(maintenances::of_series(&mut tx, &id("other"), &id("series")).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn messages_are_changed_in_their_place_and_what_they_said_is_kept() {
    each_engine(async |db| {
        let mut tx = every_kind(&db).await;
        let (here, soon) = (id("page"), id("soon"));
        assert_eq!(maintenances::next_seq(&mut tx, &soon).await.unwrap(), 1);
        let first = update("uu", MaintenanceStatus::Scheduled, at("10:00"));
        maintenances::upsert_update(&mut tx, &here, &soon, &first, 4).await.unwrap();
        assert_eq!(maintenances::next_seq(&mut tx, &soon).await.unwrap(), 5);
        maintenances::keep_update(&mut tx, &here, &first.id, at("11:00")).await.unwrap();
        let mut edited = first.clone();
        edited.body = "Edited.".to_owned();
        maintenances::change_update(&mut tx, &soon, &edited).await.unwrap();
        let file = maintenances::get(&mut tx, &here, &soon).await.unwrap().unwrap();
        assert_eq!(file.record.maintenance.updates, [edited.clone()]);
        let earlier = incident_updates::earlier(&mut tx, &here, &first.id).await.unwrap();
        assert_eq!((earlier.len(), earlier[0].body.as_str(), earlier[0].replaced_at), (1, first.body.as_str(), at("11:00")));
        maintenances::withdraw_update(&mut tx, &soon, &first.id, at("12:00")).await.unwrap();
        assert!(maintenances::update_ids(&mut tx, &soon).await.unwrap().is_empty());
        for answer in [
            maintenances::change_update(&mut tx, &soon, &edited).await,
            maintenances::change_update(&mut tx, &id("later"), &edited).await,
            maintenances::keep_update(&mut tx, &id("other"), &first.id, at("12:00")).await,
        ] {
            assert!(matches!(answer, Err(StoreError::Missing { .. })), "{answer:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn planned_work_is_found_by_its_words_and_paged_together_with_incidents() {
    each_engine(async |db| {
        let mut tx = every_kind(&db).await;
        let here = id("page");
        let words = update("uu", MaintenanceStatus::Scheduled, at("10:00"));
        maintenances::upsert_update(&mut tx, &here, &id("soon"), &words, 1).await.unwrap();
        let named = Maintenance { name: "100%_sure".to_owned(), created_at: at("10:30"), ..maintenance("named") };
        maintenances::upsert(&mut tx, &here, &named, 1).await.unwrap();
        let (found, page) = (async |tx: &mut Tx, text| maintenances::search(tx, &here, text, 3, 0).await.unwrap(), id("page"));
        assert_eq!(names(&found(&mut tx, None).await), ["named", "draftb", "draft"]);
        assert_eq!(names(&found(&mut tx, Some("%_SURE")).await), ["named"]);
        assert_eq!(names(&found(&mut tx, Some("GRÜSSE")).await), [] as [&str; 0]);
        assert_eq!(names(&found(&mut tx, Some("quotes")).await), ["soon"]);
        assert_eq!(names(&maintenances::search(&mut tx, &page, None, 2, 3).await.unwrap()), ["undated", "later"]);

        let mut known = incident("inc");
        known.started_at = at("10:05").checked_add_signed(chrono::TimeDelta::seconds(30)).unwrap();
        incidents::upsert(&mut tx, &page, &known, None, 1).await.unwrap();
        let planned = maintenances::in_page(&mut tx, &page, None, 3, 1).await.unwrap();
        let broken = incidents::in_page(&mut tx, &page, None, 3, 1).await.unwrap();
        assert_eq!(names(&planned), ["draft", "draftb"]);
        assert_eq!(broken.iter().map(|file| &file.record.incident.id).collect::<Vec<_>>(), [&known.id]);
        assert_eq!(incidents::in_page(&mut tx, &page, Some("fail"), 10, 0).await.unwrap().len(), 1);
        assert!(maintenances::in_page(&mut tx, &page, Some("fail"), 10, 0).await.unwrap().is_empty());
        assert!(maintenances::in_page(&mut tx, &id("other"), None, 10, 0).await.unwrap().is_empty());
    })
    .await;
}
