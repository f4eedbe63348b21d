//! What visitors say that they see too.

use std::collections::BTreeSet;

use app::words::Sighted;
use server::domain::sighting::Count;
use server::store::sightings::{self, Sighting};

use super::sample::{at, furnish, id};
use crate::support::each_engine;

fn sighting(kind: Sighted, word: &str, hour: &str, network: &str) -> Sighting {
    Sighting { kind, id: id(word), hour: at(hour), network: network.to_owned() }
}

fn count(kind: Sighted, word: &str, hour: &str, networks: i64) -> Count {
    Count { kind, id: id(word), hour: at(hour), networks }
}

#[tokio::test]
async fn a_network_counts_once_an_hour_and_thing() {
    each_engine(async |db| {
        furnish(&db).await;
        let page = id("page");
        let mut tx = db.write().await.unwrap();
        let api = |hour, network| sighting(Sighted::Component, "api", hour, network);
        let first = [api("10:00", "a"), api("10:00", "b"), sighting(Sighted::Incident, "one", "10:00", "a")];
        let new = sightings::insert(&mut tx, &page, &first).await.unwrap();
        assert_eq!(new, BTreeSet::from([(Sighted::Incident, id("one")), (Sighted::Component, id("api"))]));
        assert_eq!(sightings::insert(&mut tx, &page, &first).await.unwrap(), BTreeSet::new(), "nothing is new");
        let new = sightings::insert(&mut tx, &page, &[api("10:00", "a"), api("11:00", "a")]).await.unwrap();
        assert_eq!(new, BTreeSet::from([(Sighted::Component, id("api"))]));
        let all = [
            count(Sighted::Component, "api", "10:00", 2),
            count(Sighted::Component, "api", "11:00", 1),
            count(Sighted::Incident, "one", "10:00", 1),
        ];
        assert_eq!(sightings::since(&mut tx, &page, at("10:00")).await.unwrap(), all);
        assert_eq!(sightings::since(&mut tx, &page, at("11:00")).await.unwrap(), [all[1].clone()]);
        assert_eq!(sightings::since(&mut tx, &id("other"), at("10:00")).await.unwrap(), []);
        assert_eq!(sightings::remove_before(&mut tx, &page, at("11:00")).await.unwrap(), 3);
        assert_eq!(sightings::since(&mut tx, &page, at("00:00")).await.unwrap(), [all[1].clone()]);
    })
    .await;
}
