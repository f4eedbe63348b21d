//! What is done once.

use server::store::told;

use super::sample::{at, furnish, id};
use crate::support::each_engine;

#[tokio::test]
async fn a_key_is_first_once_and_again_after_it_was_forgotten() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        let page = id("page");
        assert!(!told::known(&mut tx, &page, "reminder/one").await.unwrap());
        assert!(told::first(&mut tx, &page, "reminder/one", at("10:00")).await.unwrap());
        assert!(told::known(&mut tx, &page, "reminder/one").await.unwrap());
        assert!(!told::known(&mut tx, &id("other"), "reminder/one").await.unwrap(), "a page knows its own");
        assert!(!told::first(&mut tx, &page, "reminder/one", at("10:01")).await.unwrap());
        assert!(told::first(&mut tx, &page, "reminder/two", at("10:02")).await.unwrap());
        assert_eq!(told::sweep(&mut tx, &page, at("10:01")).await.unwrap(), 1);
        assert!(told::first(&mut tx, &page, "reminder/one", at("10:03")).await.unwrap());
        assert!(!told::first(&mut tx, &page, "reminder/two", at("10:03")).await.unwrap());
    })
    .await;
}
