//! Addresses that several people read.

use app::words::Wishes;
use server::store::{subscriber_sharing, subscribers};

use super::sample::{at, furnish, id};
use super::subscribers::{active, pending};
use crate::support::each_engine;

#[tokio::test]
async fn only_a_shared_address_that_is_told_is_asked_whether_it_leaves_and_once_in_a_while() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        let (team, later) = (active(&mut tx, "team", &Wishes::default()).await, pending(&mut tx, "later").await);
        let ask =
            async |tx: &mut _, id: &_, since: &str, now: &str| subscriber_sharing::ask_to_leave(tx, id, at(since), at(now)).await.unwrap();
        assert!(!ask(&mut tx, &team, "09:00", "11:00").await, "one person reads it");
        assert!(subscriber_sharing::set(&mut tx, &team, true, at("11:00")).await.unwrap());
        assert!(!subscriber_sharing::set(&mut tx, &team, true, at("11:01")).await.unwrap(), "a second time changes nothing");
        subscriber_sharing::set(&mut tx, &later, true, at("11:00")).await.unwrap();
        assert!(!ask(&mut tx, &later, "09:00", "11:00").await, "nobody has confirmed");
        assert!(ask(&mut tx, &team, "09:00", "11:00").await);
        assert!(!ask(&mut tx, &team, "10:59", "11:30").await, "somebody asked after that");
        assert!(ask(&mut tx, &team, "11:00", "12:00").await);
        let read = subscribers::get(&mut tx, &id("page"), &team).await.unwrap().unwrap();
        assert_eq!((read.shared, read.leave_asked_at), (true, Some(at("12:00"))));
        assert!(subscriber_sharing::set(&mut tx, &team, false, at("12:00")).await.unwrap());
        assert!(!subscribers::get(&mut tx, &id("page"), &team).await.unwrap().unwrap().shared);
    })
    .await;
}
