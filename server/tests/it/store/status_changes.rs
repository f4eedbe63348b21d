//! Status changes.

use app::words::{ComponentStatus, StatusChange, StatusSource};
use server::store::{StoreError, pages, status_changes};

use super::sample::{DegradedPerformance, MajorOutage, Operational, PartialOutage, at, furnish, id};
use crate::support::each_engine;

fn change(component: &str, time: &str, from: Option<ComponentStatus>, to: ComponentStatus) -> StatusChange {
    StatusChange { component_id: id(component), from, to, at: at(time), source: StatusSource::Incident }
}

#[tokio::test]
async fn changes_come_by_component_and_carry_the_revision_that_noted_them() {
    each_engine(async |db| {
        furnish(&db).await;
        let api = [
            change("api", "08:00", None, Operational),
            change("api", "09:00", Some(Operational), PartialOutage),
            change("api", "09:00", Some(PartialOutage), MajorOutage),
            change("api", "10:00", Some(MajorOutage), Operational),
            change("api", "10:00:00.5", Some(Operational), DegradedPerformance),
        ];
        let web = [change("web", "07:00", None, Operational), change("web", "07:30", Some(Operational), MajorOutage)];
        let mut tx = db.write().await.unwrap();
        let first = pages::bump_revision(&mut tx, &id("page"), at("12:00")).await.unwrap();
        status_changes::append(&mut tx, &id("page"), &api[..2]).await.unwrap();
        status_changes::append(&mut tx, &id("page"), &web).await.unwrap();
        let second = pages::bump_revision(&mut tx, &id("page"), at("12:01")).await.unwrap();
        status_changes::append(&mut tx, &id("page"), &api[2..]).await.unwrap();
        status_changes::append(&mut tx, &id("other"), &[change("far", "09:30", None, Operational)]).await.unwrap();

        let all: Vec<_> = api.iter().chain(&web).cloned().collect();
        assert_eq!(status_changes::noted_since(&mut tx, &id("page"), -1).await.unwrap(), all);
        assert_eq!(status_changes::noted_since(&mut tx, &id("page"), first - 1).await.unwrap(), all);
        assert_eq!(status_changes::noted_since(&mut tx, &id("page"), first).await.unwrap(), api[2..]);
        assert_eq!(status_changes::noted_since(&mut tx, &id("page"), second).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_change_of_another_pages_component_is_refused() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        let answer = status_changes::append(&mut tx, &id("page"), &[change("far", "09:00", None, Operational)]).await;
        assert!(matches!(answer, Err(StoreError::Missing { .. })), "{answer:?}");
    })
    .await;
}

#[tokio::test]
async fn the_newest_status_of_each_component_is_the_last_noted_one() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        let api = [change("api", "09:00", None, Operational), change("api", "10:00", Some(Operational), MajorOutage)];
        let same_instant = [change("api", "10:00", Some(MajorOutage), Operational)];
        status_changes::append(&mut tx, &id("page"), &api).await.unwrap();
        status_changes::append(&mut tx, &id("page"), &same_instant).await.unwrap();
        status_changes::append(&mut tx, &id("other"), &[change("far", "09:30", None, MajorOutage)]).await.unwrap();
        let newest = status_changes::newest(&mut tx, &id("page")).await.unwrap();
        assert_eq!(newest, std::collections::HashMap::from([(id("api"), Operational)]));
    })
    .await;
}
