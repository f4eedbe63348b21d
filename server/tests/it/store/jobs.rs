//! Jobs of the clock: each runs once at a time, whoever runs it.

use server::store::{jobs, pages};

use super::sample::{at, furnish, id, page};
use crate::support::each_engine;

#[tokio::test]
async fn a_job_is_claimed_by_one_and_finished_by_the_one_who_claimed() {
    each_engine(async |db| {
        furnish(&db).await;
        let here = id("page");
        let mut tx = db.write().await.unwrap();
        jobs::ensure(&mut tx, &here, "roll_up", at("10:00")).await.unwrap();
        jobs::ensure(&mut tx, &here, "roll_up", at("23:00")).await.unwrap();
        assert_eq!(jobs::all(&mut tx, &here).await.unwrap(), [("roll_up".to_owned(), at("10:00"))]);
        assert_eq!(jobs::all(&mut tx, &id("other")).await.unwrap(), []);
        assert_eq!(jobs::claim(&mut tx, &here, "roll_up", "me", at("09:59"), at("10:10")).await.unwrap(), None, "not due");
        let first = jobs::claim(&mut tx, &here, "roll_up", "me", at("10:00"), at("10:10")).await.unwrap().unwrap();
        assert_eq!(jobs::claim(&mut tx, &here, "roll_up", "you", at("10:09"), at("10:20")).await.unwrap(), None, "somebody runs it");
        let second = jobs::claim(&mut tx, &here, "roll_up", "you", at("10:10"), at("10:20")).await.unwrap().unwrap();
        assert!(second > first);
        assert!(!jobs::finish(&mut tx, &here, "roll_up", first, at("11:00"), at("10:11"), None).await.unwrap(), "the claim was lost");
        assert!(jobs::finish(&mut tx, &here, "roll_up", second, at("11:00"), at("10:12"), None).await.unwrap());
        assert_eq!(jobs::last(&mut tx, &here, "roll_up").await.unwrap(), Some((Some(at("10:12")), None)));
        let third = jobs::claim(&mut tx, &here, "roll_up", "me", at("11:00"), at("11:10")).await.unwrap().unwrap();
        assert!(jobs::finish(&mut tx, &here, "roll_up", third, at("12:00"), at("11:01"), Some("it broke")).await.unwrap());
        assert_eq!(jobs::last(&mut tx, &here, "roll_up").await.unwrap(), Some((Some(at("10:12")), Some("it broke".to_owned()))));
        assert_eq!(jobs::last(&mut tx, &here, "nothing").await.unwrap(), None);
        assert_eq!(pages::default_page(&mut tx).await.unwrap().map(|found| found.id), Some(page("page").id));
    })
    .await;
}
