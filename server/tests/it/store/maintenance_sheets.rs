//! Planned work as the pages of staff ask for it.

use app::words::{ComponentStatus, Maintenance, MaintenanceStatus, PlannedStatus, WindowMove};
use server::store::maintenances;

use super::sample::{PartialOutage, at, furnish, id, maintenance, update, window};
use crate::support::each_engine;

#[tokio::test]
async fn a_sheet_says_what_the_whole_record_says() {
    each_engine(async |db| {
        furnish(&db).await;
        let page = id("page");
        let full = Maintenance {
            moves: vec![
                WindowMove { at: at("11:00"), from: None, to: window("19:00", "20:00") },
                WindowMove { at: at("12:00"), from: Some(window("19:00", "20:00")), to: window("20:00", "21:00") },
            ],
            components: vec![
                PlannedStatus { component_id: id("web"), status: PartialOutage },
                PlannedStatus { component_id: id("api"), status: ComponentStatus::UnderMaintenance },
            ],
            updates: vec![update("u2", MaintenanceStatus::Scheduled, at("11:00")), update("u1", MaintenanceStatus::Scheduled, at("10:00"))],
            ..maintenance("full")
        };
        let bare = Maintenance { window: None, published_at: None, components: Vec::new(), ..maintenance("bare") };
        let mut tx = db.write().await.unwrap();
        for (revision, work) in (1..).zip([&full, &bare]) {
            maintenances::upsert(&mut tx, &page, work, revision).await.unwrap();
        }
        for (seq, update) in (0..).zip(full.updates.iter().rev()) {
            maintenances::upsert_update(&mut tx, &page, &full.id, update, seq).await.unwrap();
        }
        maintenances::set_notes(&mut tx, &full.id, Some("Ada"), Some("Call the provider.")).await.unwrap();
        for work in [&full, &bare] {
            let sheet = maintenances::sheet(&mut tx, &page, &work.id).await.unwrap().expect("it is there");
            assert_eq!(Some(&sheet), maintenances::get(&mut tx, &page, &work.id).await.unwrap().as_ref());
            assert_eq!(sheet.record.maintenance, *work);
        }
        assert_eq!(maintenances::sheet(&mut tx, &id("other"), &full.id).await.unwrap(), None, "of that page only");
        maintenances::delete(&mut tx, &page, &full.id, at("13:00"), 3).await.unwrap();
        assert_eq!(maintenances::sheet(&mut tx, &page, &full.id).await.unwrap(), None, "a deleted one has no page");
    })
    .await;
}

#[tokio::test]
async fn what_is_not_over_is_listed_with_its_owner_newest_first() {
    each_engine(async |db| {
        furnish(&db).await;
        let page = id("page");
        let status = |word: &str, status, created: &str| Maintenance { status, created_at: at(created), ..maintenance(word) };
        let draft = Maintenance { published_at: None, window: None, created_at: at("10:03"), ..maintenance("draft") };
        let works = [
            status("planned", MaintenanceStatus::Scheduled, "10:00"),
            status("running", MaintenanceStatus::InProgress, "10:01"),
            status("done", MaintenanceStatus::Completed, "10:02"),
            status("off", MaintenanceStatus::Cancelled, "10:02"),
            status("gone", MaintenanceStatus::Scheduled, "10:02"),
            draft,
        ];
        let mut tx = db.write().await.unwrap();
        for (revision, work) in (1..).zip(&works) {
            maintenances::upsert(&mut tx, &page, work, revision).await.unwrap();
        }
        maintenances::set_notes(&mut tx, &id("running"), Some("Ada"), None).await.unwrap();
        maintenances::delete(&mut tx, &page, &id("gone"), at("13:00"), 9).await.unwrap();
        let found = maintenances::unfinished(&mut tx, &page).await.unwrap();
        let short: Vec<_> = found.iter().map(|one| (one.id.clone(), one.announced, one.window, one.owner.as_deref())).collect();
        let span = Some(window("20:00", "21:00"));
        assert_eq!(short, [(id("draft"), false, None, None), (id("running"), true, span, Some("Ada")), (id("planned"), true, span, None)]);
        assert_eq!(maintenances::unfinished(&mut tx, &id("other")).await.unwrap(), []);
    })
    .await;
}
