//! Announcements.

use app::words::Announcement;
use server::store::StoreError;
use server::store::announcements::{self, AnnouncementFile};

use super::sample::{at, furnish, id};
use crate::support::each_engine;

fn announcement(word: &str, starts: &str, expires: Option<&str>) -> Announcement {
    let body = "Read *this*.".to_owned();
    Announcement { id: id(word), body, body_html: String::new(), starts_at: at(starts), expires_at: expires.map(at) }
}

#[tokio::test]
async fn announcements_are_read_until_they_expire_also_before_they_begin() {
    each_engine(async |db| {
        furnish(&db).await;
        let here = id("page");
        let past = announcement("past", "08:00", Some("10:00"));
        let lasting = announcement("lasting", "07:00", None);
        let ahead = announcement("ahead", "11:00", Some("12:00"));
        let mut tx = db.write().await.unwrap();
        for each in [&past, &ahead, &lasting] {
            announcements::upsert(&mut tx, &here, each).await.unwrap();
        }
        announcements::upsert(&mut tx, &id("other"), &announcement("far", "08:00", None)).await.unwrap();
        assert_eq!(
            announcements::all_current(&mut tx, &here, at("09:59:59.999999")).await.unwrap(),
            [lasting.clone(), past.clone(), ahead.clone()]
        );
        assert_eq!(announcements::all_current(&mut tx, &here, at("10:00")).await.unwrap(), [lasting.clone(), ahead.clone()]);
        let withdrawn = Announcement { expires_at: Some(at("09:00")), ..lasting };
        announcements::upsert(&mut tx, &here, &withdrawn).await.unwrap();
        assert_eq!(announcements::all_current(&mut tx, &here, at("10:00")).await.unwrap(), [ahead]);
    })
    .await;
}

#[tokio::test]
async fn an_announcement_of_another_page_is_missing_and_stays_as_it_is() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        let ours = announcement("ours", "08:00", None);
        announcements::upsert(&mut tx, &id("page"), &ours).await.unwrap();
        let answer = announcements::upsert(&mut tx, &id("other"), &announcement("ours", "09:00", None)).await;
        assert!(matches!(answer, Err(StoreError::Missing { .. })), "{answer:?}");
        assert_eq!(announcements::all_current(&mut tx, &id("page"), at("10:00")).await.unwrap(), [ours]);
    })
    .await;
}

#[tokio::test]
async fn announcements_are_listed_latest_start_first_with_who_wrote_them_until_they_are_removed() {
    each_engine(async |db| {
        furnish(&db).await;
        let here = id("page");
        let (early, late) = (announcement("early", "08:00", Some("09:00")), announcement("late", "11:00", None));
        let mut tx = db.write().await.unwrap();
        for each in [&early, &late] {
            announcements::upsert(&mut tx, &here, each).await.unwrap();
        }
        announcements::sign(&mut tx, &early.id, "Ada", at("08:00")).await.unwrap();
        announcements::sign(&mut tx, &early.id, "Grace", at("08:30")).await.unwrap();
        let unsigned = AnnouncementFile { announcement: late.clone(), author: None, created_at: None, updated_at: None };
        let signed = AnnouncementFile {
            announcement: early.clone(),
            author: Some("Grace".to_owned()),
            created_at: Some(at("08:00")),
            updated_at: Some(at("08:30")),
        };
        assert_eq!(announcements::list(&mut tx, &here, 10, 0).await.unwrap(), [unsigned, signed.clone()]);
        assert_eq!(announcements::list(&mut tx, &here, 1, 1).await.unwrap(), std::slice::from_ref(&signed));
        assert_eq!(announcements::get(&mut tx, &here, &early.id).await.unwrap(), Some(signed));
        assert_eq!(announcements::get(&mut tx, &id("other"), &early.id).await.unwrap(), None);
        assert!(matches!(announcements::remove(&mut tx, &id("other"), &early.id).await, Err(StoreError::Missing { .. })));
        announcements::remove(&mut tx, &here, &early.id).await.unwrap();
        assert_eq!(announcements::get(&mut tx, &here, &early.id).await.unwrap(), None);
        assert!(matches!(announcements::sign(&mut tx, &early.id, "Ada", at("10:00")).await, Err(StoreError::Missing { .. })));
    })
    .await;
}
