//! Pages and their settings.

use app::words::{Announcement, StatusChange, StatusSource};
use server::store::pages::{self, PageRecord};
use server::store::{StoreError, announcements, components, imports, incidents, maintenances, postmortems, status_changes};

use super::sample::{Operational, at, component, furnish, id, incident, maintenance, page, postmortem};
use crate::support::{each_engine, each_place, together};

#[tokio::test]
async fn the_oldest_page_is_the_default_page() {
    each_engine(async |db| {
        let mut tx = db.write().await.unwrap();
        assert_eq!(pages::default_page(&mut tx).await.unwrap(), None);
        let young = PageRecord { created_at: at("08:00:00.000001"), ..page("aaa") };
        pages::insert(&mut tx, &young).await.unwrap();
        pages::insert(&mut tx, &page("bbb")).await.unwrap();
        assert_eq!(pages::default_page(&mut tx).await.unwrap(), Some(page("bbb")));
        assert_eq!(pages::count(&mut tx).await.unwrap(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_page_whose_id_is_taken_is_a_unique_violation() {
    each_engine(async |db| {
        let mut tx = db.write().await.unwrap();
        pages::insert(&mut tx, &page("page")).await.unwrap();
        let error = pages::insert(&mut tx, &page("page")).await.unwrap_err();
        assert!(error.is_unique_violation(), "{error:?}");
        assert!(!error.is_unreachable());
    })
    .await;
}

#[tokio::test]
async fn a_page_adopted_under_another_id_keeps_everything_on_it() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        let change = StatusChange { component_id: id("api"), from: None, to: Operational, at: at("09:00"), source: StatusSource::Staff };
        pages::set_setting(&mut tx, &id("page"), "colour", "blue").await.unwrap();
        status_changes::append(&mut tx, &id("page"), std::slice::from_ref(&change)).await.unwrap();
        imports::record(&mut tx, &id("page"), "incident", "one", "digest", at("09:00")).await.unwrap();
        pages::adopt(&mut tx, &id("page"), &id("new"), "Platform", "Asia/Tokyo", at("11:00")).await.unwrap();
        tx.commit().await.unwrap();

        let mut tx = db.read().await.unwrap();
        let adopted = pages::default_page(&mut tx).await.unwrap().unwrap();
        let expected = PageRecord {
            id: id("new"),
            name: "Platform".to_owned(),
            time_zone: "Asia/Tokyo".to_owned(),
            updated_at: at("11:00"),
            adopted: true,
            ..page("page")
        };
        assert_eq!(adopted, expected);
        assert_eq!(components::components(&mut tx, &id("new")).await.unwrap().len(), 2);
        assert_eq!(components::components(&mut tx, &id("other")).await.unwrap().len(), 1);
        assert_eq!(pages::setting(&mut tx, &id("new"), "colour").await.unwrap().as_deref(), Some("blue"));
        assert_eq!(status_changes::noted_since(&mut tx, &id("new"), -1).await.unwrap(), [change]);
        assert_eq!(imports::digests(&mut tx, &id("new")).await.unwrap().len(), 1);
        assert_eq!(imports::digests(&mut tx, &id("page")).await.unwrap().len(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_page_that_is_not_there_is_missing() {
    each_engine(async |db| {
        let mut tx = db.write().await.unwrap();
        let nowhere = id("nowhere");
        let answers = [
            pages::adopt(&mut tx, &nowhere, &id("new"), "x", "UTC", at("11:00")).await,
            pages::bump_revision(&mut tx, &nowhere, at("11:00")).await.map(drop),
            pages::revision(&mut tx, &nowhere).await.map(drop),
            pages::hold(&mut tx, &nowhere).await,
        ];
        for answer in answers {
            assert!(matches!(&answer, Err(StoreError::Missing { what: "page", id }) if id == "nowhere00000"), "{answer:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_revision_grows_by_one_and_the_pages_time_never_goes_back() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        assert_eq!(pages::revision(&mut tx, &id("page")).await.unwrap(), 0);
        assert_eq!(pages::bump_revision(&mut tx, &id("page"), at("11:00:00.5")).await.unwrap(), 1);
        assert_eq!(pages::bump_revision(&mut tx, &id("page"), at("11:00")).await.unwrap(), 2);
        let page = pages::default_page(&mut tx).await.unwrap().unwrap();
        assert_eq!((page.revision, page.updated_at), (2, at("11:00:00.5")));
        assert_eq!(pages::revision(&mut tx, &id("other")).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_page_is_empty_until_anything_is_put_on_it() {
    each_engine(async |db| {
        let here = id("page");
        let mut tx = db.write().await.unwrap();
        pages::insert(&mut tx, &page("page")).await.unwrap();
        pages::insert(&mut tx, &page("other")).await.unwrap();
        components::upsert_component(&mut tx, &id("other"), &component("far", 1)).await.unwrap();
        pages::set_setting(&mut tx, &here, "colour", "blue").await.unwrap();
        assert!(pages::is_empty(&mut tx, &here).await.unwrap(), "settings and other pages do not count");
        tx.commit().await.unwrap();

        let furnished = async |what: &str| {
            let mut tx = db.write().await.unwrap();
            match what {
                "component" => components::upsert_component(&mut tx, &here, &component("api", 1)).await.unwrap(),
                "incident" => incidents::upsert(&mut tx, &here, &incident("inc"), None, 1).await.unwrap(),
                "maintenance" => {
                    let bare = app::words::Maintenance { components: Vec::new(), ..maintenance("mnt") };
                    maintenances::upsert(&mut tx, &here, &bare, 1).await.unwrap();
                }
                "post-mortem" => {
                    let draft = postmortem("pm", app::words::PostmortemStatus::Draft);
                    postmortems::upsert(&mut tx, &here, &draft, 1).await.unwrap();
                }
                _ => {
                    let (id, body, body_html) = (id("ann"), String::new(), String::new());
                    let banner = Announcement { id, body, body_html, starts_at: at("08:00"), expires_at: Some(at("08:01")) };
                    announcements::upsert(&mut tx, &here, &banner).await.unwrap();
                }
            }
            !pages::is_empty(&mut tx, &here).await.unwrap()
        };
        for what in ["component", "incident", "maintenance", "post-mortem", "announcement"] {
            assert!(furnished(what).await, "one {what} is something");
        }
    })
    .await;
}

#[tokio::test]
async fn a_subscriber_a_monitor_or_a_group_alone_makes_a_page_not_empty() {
    const GROUP: &str = "insert into component_groups (id, page_id, name, position, created_at, updated_at)
        select 'x', id, 'x', 1, created_at, created_at from pages";
    const SUBSCRIBER: &str = "insert into subscribers (id, page_id, channel, address, address_key, state, kinds, severity_floor,
            all_components, token_epoch, created_at, updated_at)
        select 'x', id, 'email', 'x', 'x', 'pending', '[]', 'none', true, 0, created_at, created_at from pages";
    const MONITOR: &str = "insert into monitors (id, page_id, name, kind, target, interval_seconds, timeout_ms, failure_threshold,
            success_threshold, status_when_down, settings, created_at, updated_at)
        select 'x', id, 'x', 'http', 'x', 60, 1000, 3, 2, 'major_outage', '{}', created_at, created_at from pages";
    for something in [GROUP, SUBSCRIBER, MONITOR] {
        each_place(async |place| {
            let db = place.open().await;
            let mut tx = db.write().await.unwrap();
            pages::insert(&mut tx, &page("page")).await.unwrap();
            tx.commit().await.unwrap();
            place.meddle(something).await;
            let mut tx = db.read().await.unwrap();
            assert!(!pages::is_empty(&mut tx, &id("page")).await.unwrap(), "{something}");
        })
        .await;
    }
}

#[tokio::test]
async fn a_setting_is_what_was_set_last_on_its_own_page() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        assert_eq!(pages::setting(&mut tx, &id("page"), "colour").await.unwrap(), None);
        pages::set_setting(&mut tx, &id("page"), "colour", "blue").await.unwrap();
        pages::set_setting(&mut tx, &id("page"), "colour", "grün ✓").await.unwrap();
        assert_eq!(pages::setting(&mut tx, &id("page"), "colour").await.unwrap().as_deref(), Some("grün ✓"));
        assert_eq!(pages::setting(&mut tx, &id("other"), "colour").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_setting_is_claimed_by_the_first_of_many() {
    each_engine(async |db| {
        furnish(&db).await;
        let claims = (0..20).map(async |number| {
            let mut tx = db.write().await.unwrap();
            let won = pages::claim_setting(&mut tx, &id("page"), "first", &number.to_string()).await.unwrap();
            tx.commit().await.unwrap();
            won.then(|| number.to_string())
        });
        let won: Vec<String> = together(claims).await.into_iter().flatten().collect();
        assert_eq!(won.len(), 1, "one wins");
        let mut tx = db.write().await.unwrap();
        assert_eq!(pages::setting(&mut tx, &id("page"), "first").await.unwrap().as_deref(), Some(won[0].as_str()));
        assert!(pages::claim_setting(&mut tx, &id("other"), "first", "x").await.unwrap(), "each page has its own");
    })
    .await;
}

#[tokio::test]
async fn who_holds_a_page_makes_others_wait_and_changes_nothing() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut holder = db.write().await.unwrap();
        pages::hold(&mut holder, &id("page")).await.unwrap();
        let mut other = Box::pin(async {
            let mut tx = db.write().await.unwrap();
            pages::hold(&mut tx, &id("page")).await.unwrap();
            pages::setting(&mut tx, &id("page"), "colour").await.unwrap()
        });
        let waited = tokio::time::timeout(std::time::Duration::from_millis(50), &mut other).await;
        assert!(waited.is_err(), "it waits");
        pages::set_setting(&mut holder, &id("page"), "colour", "blue").await.unwrap();
        holder.commit().await.unwrap();
        assert_eq!(other.await.as_deref(), Some("blue"));
        let mut tx = db.read().await.unwrap();
        assert_eq!(pages::default_page(&mut tx).await.unwrap(), Some(page("page")));
    })
    .await;
}

#[tokio::test]
async fn a_page_that_is_renamed_is_somebodys_and_no_other_page_changes() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        pages::rename(&mut tx, &id("page"), "Meridian", "Asia/Tokyo").await.unwrap();
        let renamed = pages::default_page(&mut tx).await.unwrap().unwrap();
        assert_eq!((renamed.name.as_str(), renamed.time_zone.as_str(), renamed.adopted), ("Meridian", "Asia/Tokyo", true));
        let missing = pages::rename(&mut tx, &id("nothing"), "Meridian", "Asia/Tokyo").await;
        assert!(matches!(missing, Err(StoreError::Missing { .. })), "{missing:?}");
    })
    .await;
}
