//! When nobody was there.

use server::domain::heartbeat::Absence;
use server::store::absences;

use super::sample::{at, furnish, id};
use crate::support::each_engine;

#[tokio::test]
async fn an_absence_is_kept_once_by_its_beginning_and_only_grows() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        let page = id("page");
        let (first, second) = (Absence { from: at("10:00"), until: at("10:05") }, Absence { from: at("11:00"), until: at("11:00:00.5") });
        for absence in [second, first, Absence { until: at("10:02"), ..first }] {
            absences::insert(&mut tx, &page, &absence).await.unwrap();
        }
        assert_eq!(absences::after(&mut tx, &page, at("09:00")).await.unwrap(), [first, second]);
        absences::insert(&mut tx, &page, &Absence { until: at("10:07"), ..first }).await.unwrap();
        assert_eq!(absences::after(&mut tx, &page, at("10:06")).await.unwrap(), [Absence { until: at("10:07"), ..first }, second]);
        assert_eq!(absences::after(&mut tx, &page, at("10:07")).await.unwrap(), [second]);
        assert_eq!(absences::after(&mut tx, &id("other"), at("09:00")).await.unwrap(), [], "of that page only");
        assert_eq!(absences::sweep(&mut tx, &page, at("11:00")).await.unwrap(), 1);
        assert_eq!(absences::after(&mut tx, &page, at("09:00")).await.unwrap(), [second]);
    })
    .await;
}
