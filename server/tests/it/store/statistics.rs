//! What a server believes of tables that grew all at once.

use app::words::Channel;
use server::store::{statistics, subscribers};

use super::sample::{at, furnish, id};
use crate::support::each_engine;

#[tokio::test]
async fn a_look_at_tables_in_the_middle_of_a_change_changes_nothing() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        subscribers::insert(&mut tx, &id("page"), &id("anna"), Channel::Email, "anna@example.test", at("10:00")).await.unwrap();
        statistics::of_subscribers(&mut tx).await.unwrap();
        statistics::of_deliveries(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = db.read().await.unwrap();
        assert!(subscribers::get(&mut tx, &id("page"), &id("anna")).await.unwrap().is_some());
    })
    .await;
}
