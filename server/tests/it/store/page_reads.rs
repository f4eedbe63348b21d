//! Reads per hour.

use server::store::page_reads;

use super::sample::{at, furnish, id};
use crate::support::each_engine;

#[tokio::test]
async fn reads_of_an_hour_add_up_and_old_hours_go() {
    each_engine(async |db| {
        furnish(&db).await;
        let (page, other) = (id("page"), id("other"));
        let mut tx = db.write().await.unwrap();
        for (hour, reads) in [("10:00", 3), ("11:00", 1), ("10:00", 4)] {
            page_reads::add(&mut tx, &page, at(hour), reads).await.unwrap();
        }
        page_reads::add(&mut tx, &other, at("10:00"), 9).await.unwrap();
        assert_eq!(page_reads::since(&mut tx, &page, at("09:00")).await.unwrap(), [(at("10:00"), 7), (at("11:00"), 1)]);
        assert_eq!(page_reads::since(&mut tx, &page, at("10:01")).await.unwrap(), [(at("11:00"), 1)]);
        assert_eq!(page_reads::sweep(&mut tx, &page, at("11:00")).await.unwrap(), 1);
        assert_eq!(page_reads::since(&mut tx, &page, at("09:00")).await.unwrap(), [(at("11:00"), 1)]);
        assert_eq!(page_reads::since(&mut tx, &other, at("09:00")).await.unwrap(), [(at("10:00"), 9)], "another page keeps its own");
    })
    .await;
}
