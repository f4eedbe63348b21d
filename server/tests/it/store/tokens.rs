//! Tokens of the write API.

use app::words::{ApiToken, Role};
use server::store::tokens::{self, NamedToken};

use super::sample::{at, furnish, id, page};
use crate::support::each_engine;

fn token(word: &str, created: &str) -> ApiToken {
    ApiToken {
        id: id(word),
        name: format!("the {word}"),
        prefix: format!("{word:0<8}"),
        role: Role::Responder.into(),
        created_at: at(created),
        used_at: None,
        expires_at: Some(at("12:00")),
        revoked_at: None,
    }
}

#[tokio::test]
async fn a_token_is_found_by_its_prefix_with_its_hash_and_its_page() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        let (old, new) = (token("old", "08:00"), token("new", "09:00"));
        tokens::insert(&mut tx, &id("page"), &old, "hash of old").await.unwrap();
        tokens::insert(&mut tx, &id("page"), &new, "hash of new").await.unwrap();
        let found = tokens::by_prefix(&mut tx, "old00000").await.unwrap();
        assert_eq!(found, Some(NamedToken { token: old.clone(), hash: "hash of old".to_owned(), page: page("page") }));
        assert_eq!(tokens::by_prefix(&mut tx, "unknown0").await.unwrap(), None);
        assert_eq!(tokens::all(&mut tx, &id("page")).await.unwrap(), [new.clone(), old]);
        assert_eq!(tokens::all(&mut tx, &id("other")).await.unwrap(), []);
        let twin = ApiToken { id: id("twin"), ..new };
        assert!(tokens::insert(&mut tx, &id("other"), &twin, "x").await.unwrap_err().is_unique_violation());
    })
    .await;
}

#[tokio::test]
async fn a_token_is_used_and_taken_back_once_on_its_own_page() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        tokens::insert(&mut tx, &id("page"), &token("key", "08:00"), "hash").await.unwrap();
        tokens::used(&mut tx, &id("key"), at("09:00")).await.unwrap();
        assert_eq!(tokens::revoke(&mut tx, &id("other"), &id("key"), at("10:00")).await.unwrap(), None);
        assert_eq!(tokens::revoke(&mut tx, &id("page"), &id("key"), at("10:00")).await.unwrap().as_deref(), Some("the key"));
        assert_eq!(tokens::revoke(&mut tx, &id("page"), &id("key"), at("11:00")).await.unwrap(), None);
        let expected = ApiToken { used_at: Some(at("09:00")), revoked_at: Some(at("10:00")), ..token("key", "08:00") };
        assert_eq!(tokens::all(&mut tx, &id("page")).await.unwrap(), [expected]);
    })
    .await;
}
