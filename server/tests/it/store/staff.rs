//! Members of staff.

use app::words::{Role, StaffMember};
use server::store::staff::{self, StaffRecord};

use super::sample::{at, furnish, id};
use crate::support::each_engine;

pub fn record(word: &str, role: Role) -> StaffRecord {
    let member = StaffMember {
        id: id(word),
        email: format!("{word}@Example.test"),
        name: Some(word.to_uppercase()),
        role,
        disabled_at: None,
        last_sign_in_at: None,
        created_at: at("08:00"),
    };
    StaffRecord { member, password_hash: Some("a hash".to_owned()), updated_at: at("08:00:00.000001") }
}

#[tokio::test]
async fn a_member_is_found_by_address_and_by_id_on_their_own_page() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        assert!(!staff::exists(&mut tx, &id("page")).await.unwrap());
        let (ann, ben) = (record("ann", Role::Owner), record("ben", Role::Viewer));
        staff::insert(&mut tx, &id("page"), "ben@example.test", &ben).await.unwrap();
        staff::insert(&mut tx, &id("page"), "ann@example.test", &ann).await.unwrap();
        assert!(staff::exists(&mut tx, &id("page")).await.unwrap());
        assert!(!staff::exists(&mut tx, &id("other")).await.unwrap());
        assert_eq!(staff::all(&mut tx, &id("page")).await.unwrap(), [ann.clone(), ben]);
        assert_eq!(staff::all(&mut tx, &id("other")).await.unwrap(), []);
        assert_eq!(staff::by_email(&mut tx, &id("page"), "ann@example.test").await.unwrap(), Some(ann.clone()));
        assert_eq!(staff::by_email(&mut tx, &id("other"), "ann@example.test").await.unwrap(), None);
        assert_eq!(staff::by_id(&mut tx, &id("page"), &id("ann")).await.unwrap(), Some(ann));
        assert_eq!(staff::by_id(&mut tx, &id("other"), &id("ann")).await.unwrap(), None);
        let again = staff::insert(&mut tx, &id("page"), "ann@example.test", &record("eve", Role::Owner)).await;
        assert!(again.unwrap_err().is_unique_violation());
    })
    .await;
}

#[tokio::test]
async fn a_member_is_changed_only_from_what_was_read() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        let before = record("ann", Role::Owner);
        staff::insert(&mut tx, &id("page"), "ann@example.test", &before).await.unwrap();
        let mut after = before.clone();
        after.member.role = Role::Viewer;
        after.member.disabled_at = Some(at("09:00"));
        after.password_hash = Some("another hash".to_owned());
        after.updated_at = at("09:00");
        assert!(!staff::update(&mut tx, &id("page"), &after, at("08:00")).await.unwrap(), "read at another time");
        assert!(!staff::update(&mut tx, &id("other"), &after, before.updated_at).await.unwrap(), "of another page");
        assert!(staff::update(&mut tx, &id("page"), &after, before.updated_at).await.unwrap());
        assert_eq!(staff::by_id(&mut tx, &id("page"), &id("ann")).await.unwrap(), Some(after));
    })
    .await;
}

#[tokio::test]
async fn a_sign_in_is_noted_for_the_password_of_now_and_only_while_the_member_may() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        let mut ann = record("ann", Role::Owner);
        staff::insert(&mut tx, &id("page"), "ann@example.test", &ann).await.unwrap();
        assert!(!staff::signed_in(&mut tx, &id("ann"), "an old hash", at("09:00")).await.unwrap());
        assert!(staff::signed_in(&mut tx, &id("ann"), "a hash", at("09:00")).await.unwrap());
        ann.member.last_sign_in_at = Some(at("09:00"));
        assert_eq!(staff::by_id(&mut tx, &id("page"), &id("ann")).await.unwrap(), Some(ann.clone()));
        ann.member.disabled_at = Some(at("10:00"));
        assert!(staff::update(&mut tx, &id("page"), &ann, ann.updated_at).await.unwrap());
        assert!(!staff::signed_in(&mut tx, &id("ann"), "a hash", at("11:00")).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn active_owners_are_those_who_can_sign_in() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        let mut shut_out = record("dan", Role::Owner);
        shut_out.member.disabled_at = Some(at("09:00"));
        let invited = StaffRecord { password_hash: None, ..record("eve", Role::Owner) };
        for one in [record("ann", Role::Owner), record("ben", Role::Admin), shut_out, invited] {
            staff::insert(&mut tx, &id("page"), &one.member.email, &one).await.unwrap();
        }
        assert_eq!(staff::active_owners(&mut tx, &id("page")).await.unwrap(), 1);
        assert_eq!(staff::active_owners(&mut tx, &id("other")).await.unwrap(), 0);
    })
    .await;
}
