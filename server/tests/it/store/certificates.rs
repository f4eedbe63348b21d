//! The certificates that monitors saw.

use server::domain::certificate::Certificate;
use server::store::{certificates, monitors};

use super::monitors::monitor;
use super::sample::{at, furnish, id};
use crate::support::each_engine;

fn certificate(letter: &str, ends: &str) -> Certificate {
    Certificate { sha256: letter.repeat(64), expires_at: at(ends) }
}

#[tokio::test]
async fn the_last_certificate_is_kept_and_each_warning_is_given_once() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        for word in ["one", "two"] {
            monitors::upsert(&mut tx, &id("page"), &monitor(word)).await.unwrap();
            monitors::start_anew(&mut tx, &id(word), None, at("09:00")).await.unwrap();
        }
        let (first, second) = (certificate("a", "11:00"), certificate("b", "12:00"));
        assert_eq!(certificates::get(&mut tx, &id("one")).await.unwrap(), None);
        for seen in [&first, &first, &second] {
            certificates::put(&mut tx, &id("one"), seen, at("10:00")).await.unwrap();
            assert_eq!(certificates::get(&mut tx, &id("one")).await.unwrap().as_ref(), Some(seen));
        }
        let shown = monitors::list(&mut tx, &id("page")).await.unwrap();
        let shown: Vec<_> = shown.into_iter().map(|record| (record.monitor.id, record.certificate)).collect();
        assert_eq!(shown, [(id("one"), Some(second.clone())), (id("two"), None)]);
        for (monitor, seen, days, is_first) in [
            ("one", &second, 30, true),
            ("one", &second, 30, false),
            ("one", &second, 14, true),
            ("one", &first, 30, true),
            ("two", &second, 30, true),
            ("one", &first, 30, false),
        ] {
            let told = certificates::first_warning(&mut tx, &id(monitor), &seen.sha256, days, at("10:00")).await.unwrap();
            assert_eq!(told, is_first, "{monitor} {days} {}", seen.expires_at);
        }
        certificates::forget(&mut tx, &id("one")).await.unwrap();
        assert_eq!(certificates::get(&mut tx, &id("one")).await.unwrap(), None);
    })
    .await;
}
