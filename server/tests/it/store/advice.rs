//! What is worth a look about targets.

use app::words::Advice;
use server::store::{advice, monitors};

use super::monitors::monitor;
use super::sample::{at, furnish, id};
use crate::support::each_engine;

#[tokio::test]
async fn advice_is_replaced_and_belongs_to_a_page() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        for word in ["one", "two"] {
            monitors::upsert(&mut tx, &id("page"), &monitor(word)).await.unwrap();
        }
        for seen in
            [&[Advice::Ipv6Fails, Advice::DeprecatedTls][..], &[Advice::DeprecatedTls], &[], &[Advice::Ipv4Fails, Advice::Ipv6Fails]]
        {
            advice::set(&mut tx, &id("one"), seen, at("10:00")).await.unwrap();
            let mut known = advice::get(&mut tx, &id("one")).await.unwrap();
            let mut seen = seen.to_vec();
            known.sort_unstable();
            seen.sort_unstable();
            assert_eq!(known, seen);
        }
        advice::set(&mut tx, &id("two"), &[Advice::DeprecatedTls], at("10:00")).await.unwrap();
        let all = advice::list(&mut tx, &id("page")).await.unwrap();
        assert_eq!(all, [(id("one"), Advice::Ipv4Fails), (id("one"), Advice::Ipv6Fails), (id("two"), Advice::DeprecatedTls)]);
        assert_eq!(advice::list(&mut tx, &id("other")).await.unwrap(), []);
        monitors::delete(&mut tx, &id("page"), &id("one"), at("10:01")).await.unwrap();
        assert_eq!(advice::list(&mut tx, &id("page")).await.unwrap(), [(id("two"), Advice::DeprecatedTls)]);
    })
    .await;
}
