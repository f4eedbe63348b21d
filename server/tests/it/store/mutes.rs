//! What subscribers muted.

use app::words::{IncidentStatus, Mute};
use server::store::{incidents, maintenances, mutes, subscribers};

use super::sample::{at, furnish, id, incident, maintenance};
use super::subscribers::pending;
use crate::support::each_engine;

#[tokio::test]
async fn a_subscriber_mutes_something_once_and_may_choose_otherwise() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        let anna = pending(&mut tx, "anna").await;
        let (outage, work) = (id("outage"), id("work"));
        assert!(mutes::set(&mut tx, &anna, &outage, Mute::All, at("10:00")).await.unwrap());
        assert!(!mutes::set(&mut tx, &anna, &outage, Mute::All, at("10:10")).await.unwrap(), "a second time changes nothing");
        assert!(mutes::set(&mut tx, &anna, &work, Mute::All, at("10:20")).await.unwrap());
        assert!(mutes::set(&mut tx, &anna, &outage, Mute::UntilOver, at("10:30")).await.unwrap(), "another choice does");
        let muted = mutes::of_subscriber(&mut tx, &anna).await.unwrap();
        assert_eq!(muted, [(outage.clone(), Mute::UntilOver), (work.clone(), Mute::All)], "latest first");
        assert!(mutes::remove(&mut tx, &anna, &work).await.unwrap());
        assert!(!mutes::remove(&mut tx, &anna, &work).await.unwrap());
        mutes::clear(&mut tx, &anna).await.unwrap();
        assert_eq!(mutes::of_subscriber(&mut tx, &anna).await.unwrap(), []);
        mutes::set(&mut tx, &anna, &outage, Mute::All, at("11:00")).await.unwrap();
        subscribers::remove(&mut tx, &id("page"), &anna, at("11:01")).await.unwrap();
        assert_eq!(mutes::of_subscriber(&mut tx, &anna).await.unwrap(), [], "forgotten with them");
    })
    .await;
}

#[tokio::test]
async fn what_was_published_can_be_muted_over_or_not() {
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
        let mut planned = maintenance("work");
        planned.published_at = Some(at("10:00"));
        maintenances::upsert(&mut tx, &page, &planned, 1).await.unwrap();
        let mut there = async |word: &str| mutes::published(&mut tx, &page, &id(word)).await.unwrap();
        assert!(there("outage").await && there("past").await && there("work").await);
        assert!(!there("draft").await && !there("nothing").await);
    })
    .await;
}
