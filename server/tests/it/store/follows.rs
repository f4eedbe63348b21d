//! What subscribers follow.

use app::words::{Channel, IncidentStatus, MaintenanceStatus};
use server::store::{follows, incidents, maintenances, subscribers};

use super::sample::{at, furnish, id, incident, maintenance};
use crate::support::each_engine;

#[tokio::test]
async fn a_subscriber_follows_something_once_until_they_stop() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        let (anna, outage, work) = (id("anna"), id("outage"), id("work"));
        subscribers::insert(&mut tx, &id("page"), &anna, Channel::Email, "anna@example.test", at("09:00")).await.unwrap();
        assert!(follows::add(&mut tx, &anna, &outage, at("10:00")).await.unwrap());
        assert!(!follows::add(&mut tx, &anna, &outage, at("11:00")).await.unwrap(), "a second time changes nothing");
        assert!(follows::add(&mut tx, &anna, &work, at("10:30")).await.unwrap());
        assert_eq!(follows::of_subscriber(&mut tx, &anna).await.unwrap(), [work.clone(), outage.clone()], "latest first");
        assert!(follows::remove(&mut tx, &anna, &work).await.unwrap());
        assert!(!follows::remove(&mut tx, &anna, &work).await.unwrap());
        follows::clear(&mut tx, &anna).await.unwrap();
        assert_eq!(follows::of_subscriber(&mut tx, &anna).await.unwrap(), []);
        follows::add(&mut tx, &anna, &outage, at("12:00")).await.unwrap();
        subscribers::remove(&mut tx, &id("page"), &anna, at("12:01")).await.unwrap();
        assert_eq!(follows::of_subscriber(&mut tx, &anna).await.unwrap(), [], "forgotten with them");
    })
    .await;
}

#[tokio::test]
async fn only_what_is_published_and_goes_on_can_be_followed() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        let page = id("page");
        for (word, status, published) in [
            ("outage", IncidentStatus::Monitoring, true),
            ("draft", IncidentStatus::Investigating, false),
            ("past", IncidentStatus::Resolved, true),
        ] {
            let mut told = incident(word);
            told.status = status;
            told.published_at = published.then(|| at("10:00"));
            incidents::upsert(&mut tx, &page, &told, None, 1).await.unwrap();
        }
        for (word, status) in [("work", MaintenanceStatus::InProgress), ("gone", MaintenanceStatus::Cancelled)] {
            let mut planned = maintenance(word);
            planned.status = status;
            planned.published_at = Some(at("10:00"));
            maintenances::upsert(&mut tx, &page, &planned, 1).await.unwrap();
        }
        let mut open = async |word: &str| follows::open(&mut tx, &page, &id(word)).await.unwrap().is_some();
        assert!(open("outage").await && open("work").await);
        for word in ["draft", "past", "gone", "nothing"] {
            assert!(!open(word).await, "{word}");
        }
    })
    .await;
}
