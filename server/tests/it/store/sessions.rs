//! Sessions.

use app::words::Role;
use server::store::sessions::{self, SignedIn};
use server::store::{Db, Tx, pages, staff};

use super::sample::{at, furnish, id, page};
use super::staff::record;
use crate::support::each_engine;

async fn somebody(db: &Db) -> Tx {
    furnish(db).await;
    let mut tx = db.write().await.unwrap();
    staff::insert(&mut tx, &id("page"), "ann@example.test", &record("ann", Role::Admin)).await.unwrap();
    tx
}

#[tokio::test]
async fn a_session_tells_its_member_and_their_page_until_it_ends() {
    each_engine(async |db| {
        let mut tx = somebody(&db).await;
        sessions::insert(&mut tx, "hash", &id("ann"), at("09:00"), at("12:00")).await.unwrap();
        let expected = SignedIn { member: record("ann", Role::Admin).member, page: page("page"), seen_at: at("09:00"), settings: None };
        assert_eq!(sessions::signed_in(&mut tx, "hash", at("10:00"), at("08:00")).await.unwrap(), Some(expected));
        assert_eq!(sessions::signed_in(&mut tx, "other", at("10:00"), at("08:00")).await.unwrap(), None);
        assert_eq!(sessions::signed_in(&mut tx, "hash", at("12:00"), at("08:00")).await.unwrap(), None, "it has ended");
        assert_eq!(sessions::signed_in(&mut tx, "hash", at("10:00"), at("09:00")).await.unwrap(), None, "it was idle");
        sessions::seen(&mut tx, "hash", at("09:30")).await.unwrap();
        let seen = sessions::signed_in(&mut tx, "hash", at("10:00"), at("09:00")).await.unwrap().unwrap();
        assert_eq!(seen.seen_at, at("09:30"));
        pages::set_setting(&mut tx, &id("page"), "settings", "{}").await.unwrap();
        let chosen = sessions::signed_in(&mut tx, "hash", at("10:00"), at("09:00")).await.unwrap().unwrap();
        assert_eq!(chosen.settings.as_deref(), Some("{}"), "what the operator chose comes with it");
    })
    .await;
}

#[tokio::test]
async fn nobody_is_signed_in_who_is_shut_out() {
    each_engine(async |db| {
        let mut tx = somebody(&db).await;
        sessions::insert(&mut tx, "hash", &id("ann"), at("09:00"), at("12:00")).await.unwrap();
        let mut ann = record("ann", Role::Admin);
        ann.member.disabled_at = Some(at("09:30"));
        assert!(staff::update(&mut tx, &id("page"), &ann, ann.updated_at).await.unwrap());
        assert_eq!(sessions::signed_in(&mut tx, "hash", at("10:00"), at("08:00")).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn sessions_end_one_by_one_all_but_one_or_when_their_time_has_passed() {
    each_engine(async |db| {
        let mut tx = somebody(&db).await;
        let there = async |tx: &mut Tx, hash| sessions::signed_in(tx, hash, at("10:00"), at("08:00")).await.unwrap().is_some();
        for hash in ["one", "two", "three", "four"] {
            sessions::insert(&mut tx, hash, &id("ann"), at("09:00"), at("12:00")).await.unwrap();
        }
        sessions::end(&mut tx, "one").await.unwrap();
        assert!(!there(&mut tx, "one").await && there(&mut tx, "two").await);
        assert_eq!(sessions::end_all(&mut tx, &id("ann"), Some("two")).await.unwrap(), 2);
        assert!(there(&mut tx, "two").await && !there(&mut tx, "three").await);
        assert_eq!(sessions::sweep(&mut tx, at("11:59")).await.unwrap(), 0);
        assert_eq!(sessions::sweep(&mut tx, at("12:00")).await.unwrap(), 1);
        sessions::insert(&mut tx, "five", &id("ann"), at("09:00"), at("12:00")).await.unwrap();
        assert_eq!(sessions::end_all(&mut tx, &id("ann"), None).await.unwrap(), 1);
    })
    .await;
}
