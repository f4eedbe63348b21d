//! Counting statements.

use server::store::{count, pages};

use super::sample::{furnish, id};
use crate::support::each_engine;

#[tokio::test]
async fn statements_are_counted_where_somebody_counts() {
    each_engine(async |db| {
        furnish(&db).await;
        let work = async {
            let mut tx = db.write().await.unwrap();
            pages::default_page(&mut tx).await.unwrap();
            pages::set_setting(&mut tx, &id("page"), "colour", "blue").await.unwrap();
            tx.commit().await.unwrap();
            "done"
        };
        assert_eq!(count::counting(work).await, ("done", 2));
        assert_eq!(count::counting(async {}).await, ((), 0));
    })
    .await;
}
