//! Where subscribers' clocks are.

use app::words::Channel;
use chrono_tz::Tz;
use server::store::{StoreError, load, subscriber_zones, subscribers};

use super::sample::{at, furnish, id};
use crate::support::each_engine;

#[tokio::test]
async fn active_subscribers_are_counted_by_their_zone() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        for (word, zone, active) in [
            ("anna", Some(Tz::Europe__Berlin), true),
            ("ben", Some(Tz::Europe__Berlin), true),
            ("cleo", Some(Tz::Asia__Tokyo), false),
            ("dora", None, true),
        ] {
            let address = format!("{word}@example.test");
            subscribers::insert(&mut tx, &id("page"), &id(word), Channel::Email, &address, at("10:00")).await.unwrap();
            subscriber_zones::set(&mut tx, &id(word), zone, Some("de")).await.unwrap();
            if active {
                subscribers::confirm(&mut tx, &id(word), None, at("10:05")).await.unwrap();
            }
        }
        let anna = subscribers::get(&mut tx, &id("page"), &id("anna")).await.unwrap().unwrap();
        assert_eq!((anna.language.as_deref(), anna.time_zone.as_deref()), (Some("de"), Some("Europe/Berlin")));
        let mut found = load::known(&mut tx, &id("page"), at("10:00")).await.unwrap().people;
        // The engines differ on where nothing stands among texts.
        found.sort();
        assert_eq!(found, [(None, 1), (Some("Europe/Berlin".to_owned()), 2)]);
        assert_eq!(load::known(&mut tx, &id("other"), at("10:00")).await.unwrap(), load::Load::default());
        subscriber_zones::set(&mut tx, &id("anna"), None, None).await.unwrap();
        let anna = subscribers::get(&mut tx, &id("page"), &id("anna")).await.unwrap().unwrap();
        assert_eq!((anna.language, anna.time_zone), (None, None), "what the page has");
        let missing = subscriber_zones::set(&mut tx, &id("nobody"), None, Some("en")).await.unwrap_err();
        assert!(matches!(missing, StoreError::Missing { what: "subscriber", .. }), "{missing}");
    })
    .await;
}
