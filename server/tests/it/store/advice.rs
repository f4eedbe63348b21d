//! What is worth a look about targets.

use app::words::Advice;
use server::store::{advice, monitors};

use super::monitors::monitor;
use super::sample::{at, furnish, id};
use crate::support::each_engine;

#[tokio::test]
async fn advice_is_replaced_and_listed_with_its_monitor() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        for word in ["one", "two", "three"] {
            monitors::upsert(&mut tx, &id("page"), &monitor(word)).await.unwrap();
            monitors::start_anew(&mut tx, &id(word), None, at("09:00")).await.unwrap();
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
        let all = monitors::list(&mut tx, &id("page")).await.unwrap();
        let all: Vec<_> = all.into_iter().map(|record| (record.monitor.id, record.advice)).collect();
        let expected =
            [(id("one"), vec![Advice::Ipv4Fails, Advice::Ipv6Fails]), (id("three"), vec![]), (id("two"), vec![Advice::DeprecatedTls])];
        assert_eq!(all, expected, "each monitor stands once");
    })
    .await;
}
