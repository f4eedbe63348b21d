//! Status changes.

use app::words::{ComponentStatus, StatusChange, StatusSource};
use server::store::{StoreError, status_changes};

use super::sample::{DegradedPerformance, MajorOutage, Operational, PartialOutage, at, furnish, id};
use crate::support::each_engine;

fn change(component: &str, time: &str, from: Option<ComponentStatus>, to: ComponentStatus) -> StatusChange {
    StatusChange { component_id: id(component), from, to, at: at(time), source: StatusSource::Incident }
}

#[tokio::test]
async fn changes_since_an_instant_come_with_the_last_one_before_it_of_each_component() {
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
        status_changes::append(&mut tx, &id("page"), &api[..2]).await.unwrap();
        status_changes::append(&mut tx, &id("page"), &web).await.unwrap();
        status_changes::append(&mut tx, &id("page"), &api[2..]).await.unwrap();
        status_changes::append(&mut tx, &id("other"), &[change("far", "09:30", None, Operational)]).await.unwrap();

        let all: Vec<_> = api.iter().chain(&web).cloned().collect();
        assert_eq!(status_changes::since(&mut tx, &id("page"), at("00:00")).await.unwrap(), all);
        let from_ten: Vec<_> = api[2..].iter().chain(&web[1..]).cloned().collect();
        assert_eq!(status_changes::since(&mut tx, &id("page"), at("10:00")).await.unwrap(), from_ten);
        let from_a_moment_later: Vec<_> = api[3..].iter().chain(&web[1..]).cloned().collect();
        assert_eq!(status_changes::since(&mut tx, &id("page"), at("10:00:00.000001")).await.unwrap(), from_a_moment_later);
        let last: Vec<_> = api[4..].iter().chain(&web[1..]).cloned().collect();
        assert_eq!(status_changes::since(&mut tx, &id("page"), at("23:00")).await.unwrap(), last);
    })
    .await;
}

#[tokio::test]
async fn only_what_an_import_told_is_taken_back_for_the_next_import() {
    each_engine(async |db| {
        furnish(&db).await;
        let told = |source| StatusChange { source, ..change("api", "09:00", Some(Operational), MajorOutage) };
        let far = StatusChange { source: StatusSource::Import, ..change("far", "09:00", None, MajorOutage) };
        let mut tx = db.write().await.unwrap();
        status_changes::append(&mut tx, &id("page"), &[told(StatusSource::Import), told(StatusSource::Staff)]).await.unwrap();
        status_changes::append(&mut tx, &id("other"), std::slice::from_ref(&far)).await.unwrap();
        status_changes::remove_imported(&mut tx, &id("page")).await.unwrap();
        assert_eq!(status_changes::since(&mut tx, &id("page"), at("00:00")).await.unwrap(), [told(StatusSource::Staff)]);
        assert_eq!(status_changes::since(&mut tx, &id("other"), at("00:00")).await.unwrap(), [far]);
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
