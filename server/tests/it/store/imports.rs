//! What came from an import.

use std::collections::HashMap;

use app::words::{IncidentStatus, MaintenanceStatus};
use server::store::{imports, incident_updates, incidents, maintenances};

use super::sample::{at, furnish, id, incident, maintenance, update};
use crate::support::each_engine;

#[tokio::test]
async fn the_digest_of_an_imported_object_is_the_last_one_noted_for_its_page_and_kind() {
    each_engine(async |db| {
        furnish(&db).await;
        let here = id("page");
        let mut tx = db.write().await.unwrap();
        imports::record(&mut tx, &here, "incident", "one", "first", at("09:00")).await.unwrap();
        imports::record(&mut tx, &here, "component", "one", "third", at("09:00")).await.unwrap();
        imports::record(&mut tx, &here, "incident", "one", "second", at("10:00")).await.unwrap();
        imports::record(&mut tx, &id("other"), "incident", "one", "fourth", at("10:00")).await.unwrap();
        let key = |kind: &str| (kind.to_owned(), "one".to_owned());
        let expected = HashMap::from([(key("incident"), "second".to_owned()), (key("component"), "third".to_owned())]);
        assert_eq!(imports::digests(&mut tx, &here).await.unwrap(), expected);
    })
    .await;
}

#[tokio::test]
async fn a_message_that_is_withdrawn_is_listed_no_more_until_it_is_said_again() {
    each_engine(async |db| {
        furnish(&db).await;
        let page = id("page");
        let mut tx = db.write().await.unwrap();
        incidents::upsert(&mut tx, &page, &incident("inc"), None, 1).await.unwrap();
        let (first, second) =
            (update("u1", IncidentStatus::Investigating, at("09:00")), update("u2", IncidentStatus::Resolved, at("10:00")));
        for (seq, update) in (0..).zip([&first, &second]) {
            incident_updates::upsert(&mut tx, &page, &id("inc"), update, seq).await.unwrap();
        }
        assert_eq!(incident_updates::ids(&mut tx, &id("inc")).await.unwrap(), [id("u1"), id("u2")]);
        incident_updates::withdraw(&mut tx, &id("inc"), &id("u2"), at("11:00")).await.unwrap();
        assert!(incident_updates::withdraw(&mut tx, &id("inc"), &id("u2"), at("11:00")).await.is_err());
        assert_eq!(incident_updates::ids(&mut tx, &id("inc")).await.unwrap(), [id("u1")]);
        incident_updates::upsert(&mut tx, &page, &id("inc"), &second, 1).await.unwrap();
        assert_eq!(incident_updates::ids(&mut tx, &id("inc")).await.unwrap(), [id("u1"), id("u2")]);
        maintenances::upsert(&mut tx, &page, &maintenance("mnt"), 1).await.unwrap();
        let announced = update("m1", MaintenanceStatus::Scheduled, at("09:00"));
        maintenances::upsert_update(&mut tx, &page, &id("mnt"), &announced, 0).await.unwrap();
        assert_eq!(maintenances::update_ids(&mut tx, &id("mnt")).await.unwrap(), [id("m1")]);
        maintenances::withdraw_update(&mut tx, &id("mnt"), &id("m1"), at("11:00")).await.unwrap();
        assert_eq!(maintenances::update_ids(&mut tx, &id("mnt")).await.unwrap(), []);
    })
    .await;
}
