//! Components, groups, and what is said of them.

use app::words::{Component, ComponentGroup, StatusSource};
use server::store::components::{self, ComponentRecord};
use server::store::{Db, StoreError, pages};

use super::sample::{DegradedPerformance, MajorOutage, PartialOutage, at, component, furnish, id, page};
use crate::support::each_engine;

fn group(word: &str, position: i64) -> ComponentGroup {
    let (created_at, updated_at) = (at("08:00"), at("08:00:00.25"));
    ComponentGroup { id: id(word), name: word.to_owned(), description: Some("one line".to_owned()), position, created_at, updated_at }
}

async fn read(db: &Db, page: &str) -> Vec<ComponentRecord> {
    let mut tx = db.read().await.unwrap();
    components::components(&mut tx, &id(page)).await.unwrap()
}

#[tokio::test]
async fn groups_and_components_come_back_as_written_by_position() {
    each_engine(async |db| {
        let here = id("page");
        let grouped = Component {
            group_id: Some(id("core")),
            description: Some("answers requests".to_owned()),
            showcase: false,
            start_date: None,
            only_show_if_degraded: true,
            upstream: true,
            updated_at: at("09:30:00.123456"),
            ..component("api", 1)
        };
        let mut tx = db.write().await.unwrap();
        pages::insert(&mut tx, &page("page")).await.unwrap();
        pages::insert(&mut tx, &page("other")).await.unwrap();
        components::upsert_group(&mut tx, &here, &group("edge", 2)).await.unwrap();
        components::upsert_group(&mut tx, &here, &group("core", 1)).await.unwrap();
        components::upsert_group(&mut tx, &id("other"), &group("far", 1)).await.unwrap();
        components::upsert_component(&mut tx, &here, &component("web", 2)).await.unwrap();
        components::upsert_component(&mut tx, &here, &grouped).await.unwrap();
        tx.commit().await.unwrap();

        let bare = |component| ComponentRecord { component, stated: None, observed: None, fresh_until: None };
        assert_eq!(read(&db, "page").await, [bare(grouped.clone()), bare(component("web", 2))]);
        let mut tx = db.write().await.unwrap();
        assert_eq!(components::groups(&mut tx, &here).await.unwrap(), [group("core", 1), group("edge", 2)]);
        components::upsert_group(&mut tx, &here, &ComponentGroup { name: "Core".to_owned(), ..group("core", 3) }).await.unwrap();
        components::upsert_component(&mut tx, &here, &Component { group_id: None, position: 9, ..grouped.clone() }).await.unwrap();
        let groups = components::groups(&mut tx, &here).await.unwrap();
        assert_eq!(groups.iter().map(|group| group.name.as_str()).collect::<Vec<_>>(), ["edge", "Core"]);
        tx.commit().await.unwrap();
        assert_eq!(read(&db, "page").await[1].component, Component { group_id: None, position: 9, ..grouped });
    })
    .await;
}

#[tokio::test]
async fn what_is_said_of_a_component_outlives_a_change_of_the_component() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        components::state_component(&mut tx, &id("api"), PartialOutage, at("10:00"), StatusSource::Staff).await.unwrap();
        components::state_component(&mut tx, &id("api"), DegradedPerformance, at("10:05"), StatusSource::Api).await.unwrap();
        components::set_observed(&mut tx, &id("api"), Some(MajorOutage), at("10:06"), Some(at("10:09"))).await.unwrap();
        components::set_observed(&mut tx, &id("web"), Some(MajorOutage), at("10:06"), Some(at("10:09"))).await.unwrap();
        components::set_observed(&mut tx, &id("web"), None, at("10:07"), None).await.unwrap();
        let renamed = Component { name: "API".to_owned(), ..component("api", 1) };
        components::upsert_component(&mut tx, &id("page"), &renamed).await.unwrap();
        tx.commit().await.unwrap();

        let records = read(&db, "page").await;
        assert_eq!(records[0].component, renamed);
        assert_eq!(records[0].stated, Some((DegradedPerformance, at("10:05"), StatusSource::Api)));
        assert_eq!((records[0].observed, records[0].fresh_until), (Some(MajorOutage), Some(at("10:09"))));
        assert_eq!((records[1].stated, records[1].observed, records[1].fresh_until), (None, None, None));
    })
    .await;
}

#[tokio::test]
async fn a_component_whose_status_is_stated_counts_as_changed() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        components::state_component(&mut tx, &id("api"), PartialOutage, at("10:00"), StatusSource::Staff).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(read(&db, "page").await[0].component.updated_at, at("10:00"));
    })
    .await;
}

#[tokio::test]
async fn a_component_of_another_page_is_missing_and_stays_as_it_is() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        components::upsert_group(&mut tx, &id("other"), &group("core", 1)).await.unwrap();
        let answers = [
            components::upsert_component(&mut tx, &id("page"), &component("far", 5)).await,
            components::upsert_group(&mut tx, &id("page"), &group("core", 5)).await,
            components::state_component(&mut tx, &id("nowhere"), MajorOutage, at("10:00"), StatusSource::Staff).await,
            components::set_observed(&mut tx, &id("nowhere"), None, at("10:00"), None).await,
        ];
        for answer in answers {
            assert!(matches!(answer, Err(StoreError::Missing { .. })), "{answer:?}");
        }
        tx.commit().await.unwrap();
        assert_eq!(read(&db, "other").await[0].component, component("far", 1));
    })
    .await;
}

#[tokio::test]
async fn a_deleted_component_is_kept_and_no_longer_listed() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        let answer = components::delete_component(&mut tx, &id("page"), &id("far"), at("10:00")).await;
        assert!(matches!(answer, Err(StoreError::Missing { .. })), "{answer:?}");
        components::delete_component(&mut tx, &id("page"), &id("api"), at("10:00")).await.unwrap();
        assert!(components::delete_component(&mut tx, &id("page"), &id("api"), at("10:00")).await.is_err());
        let left = components::components(&mut tx, &id("page")).await.unwrap();
        assert_eq!(left.iter().map(|row| &row.component.id).collect::<Vec<_>>(), [&id("web")]);
        assert!(components::set_group(&mut tx, &id("page"), &id("api"), None, at("10:01")).await.is_err(), "it cannot be moved");
    })
    .await;
}

#[tokio::test]
async fn components_move_between_groups_and_outlive_them() {
    each_engine(async |db| {
        furnish(&db).await;
        let here = id("page");
        let mut tx = db.write().await.unwrap();
        components::upsert_group(&mut tx, &here, &group("core", 1)).await.unwrap();
        components::set_group(&mut tx, &here, &id("api"), Some(&id("core")), at("10:00")).await.unwrap();
        let answer = components::set_group(&mut tx, &here, &id("far"), Some(&id("core")), at("10:00")).await;
        assert!(matches!(answer, Err(StoreError::Missing { .. })), "{answer:?}");
        let of_api = async |tx: &mut server::store::Tx| {
            let row = components::components(tx, &id("page")).await.unwrap().swap_remove(0).component;
            (row.group_id, row.updated_at)
        };
        assert_eq!(of_api(&mut tx).await, (Some(id("core")), at("10:00")));
        let answer = components::delete_group(&mut tx, &id("other"), &id("core")).await;
        assert!(matches!(answer, Err(StoreError::Missing { .. })), "{answer:?}");
        components::delete_group(&mut tx, &here, &id("core")).await.unwrap();
        assert_eq!(of_api(&mut tx).await.0, None);
        assert_eq!(components::groups(&mut tx, &here).await.unwrap(), []);
    })
    .await;
}
