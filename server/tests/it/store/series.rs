//! Rules by which planned work comes again.

use server::store::StoreError;
use server::store::series::{self, Series};

use super::sample::{at, furnish, id};
use crate::support::each_engine;

#[tokio::test]
async fn a_series_is_kept_and_ended_on_its_own_page() {
    each_engine(async |db| {
        furnish(&db).await;
        let (here, other) = (id("page"), id("other"));
        let known = Series {
            id: id("series"),
            rrule: "FREQ=WEEKLY;COUNT=3".to_owned(),
            time_zone: "Europe/Berlin".to_owned(),
            exceptions: vec!["2026-11-12".parse().unwrap()],
            created_at: at("10:00"),
            ended_at: None,
        };
        let mut tx = db.write().await.unwrap();
        series::insert(&mut tx, &here, &known).await.unwrap();
        assert_eq!(series::get(&mut tx, &here, &known.id).await.unwrap(), Some(known.clone()));
        assert_eq!(series::get(&mut tx, &other, &known.id).await.unwrap(), None);
        series::set_ended(&mut tx, &here, &known.id, Some(at("11:00"))).await.unwrap();
        assert_eq!(series::get(&mut tx, &here, &known.id).await.unwrap().unwrap().ended_at, Some(at("11:00")));
        series::set_ended(&mut tx, &here, &known.id, None).await.unwrap();
        assert_eq!(series::get(&mut tx, &here, &known.id).await.unwrap(), Some(known.clone()));
        let missing = series::set_ended(&mut tx, &other, &known.id, None).await;
        assert!(matches!(missing, Err(StoreError::Missing { what: "series", .. })), "{missing:?}");
    })
    .await;
}
