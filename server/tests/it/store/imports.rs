//! What came from an import.

use std::collections::HashMap;

use server::store::imports;

use super::sample::{at, furnish, id};
use crate::support::each_engine;

#[tokio::test]
async fn the_digest_of_an_imported_object_is_the_last_one_noted_for_its_page_and_kind() {
    each_engine(async |db| {
        furnish(&db).await;
        let here = id("page");
        let mut tx = db.write().await.unwrap();
        imports::record(&mut tx, &here, "incident", "one", "first", at("09:00")).await.unwrap();
        imports::record(&mut tx, &here, "component", "one", "third", at("09:00")).await.unwrap();
        imports::record(&mut tx, &here, "incident", "one", "second", at("10:00")).await.unwrap();
        imports::record(&mut tx, &id("other"), "incident", "one", "fourth", at("10:00")).await.unwrap();
        let key = |kind: &str| (kind.to_owned(), "one".to_owned());
        let expected = HashMap::from([(key("incident"), "second".to_owned()), (key("component"), "third".to_owned())]);
        assert_eq!(imports::digests(&mut tx, &here).await.unwrap(), expected);
    })
    .await;
}
