//! What visitors say that they see too.

use app::words::Sighted;
use server::domain::sighting::Count;
use server::store::sightings::{self, Sighting};

use super::sample::{furnish, id};
use crate::support::each_engine;

fn sighting(kind: Sighted, word: &str, hour: &str, network: &str) -> Sighting {
    Sighting { kind, id: id(word), hour: hour.to_owned(), network: network.to_owned() }
}

fn count(kind: Sighted, word: &str, hour: &str, networks: i64) -> Count {
    Count { kind, id: id(word), hour: hour.to_owned(), networks }
}

#[tokio::test]
async fn a_network_counts_once_an_hour_and_thing() {
    each_engine(async |db| {
        furnish(&db).await;
        let page = id("page");
        let mut tx = db.write().await.unwrap();
        let api = |hour, network| sighting(Sighted::Component, "api", hour, network);
        let first = [api("2026-11-05T10", "a"), api("2026-11-05T10", "b"), sighting(Sighted::Incident, "one", "2026-11-05T10", "a")];
        let new = sightings::insert(&mut tx, &page, &first).await.unwrap();
        assert_eq!(new, [(Sighted::Incident, id("one")), (Sighted::Component, id("api"))]);
        assert_eq!(sightings::insert(&mut tx, &page, &first).await.unwrap(), [], "nothing is new");
        let new = sightings::insert(&mut tx, &page, &[api("2026-11-05T10", "a"), api("2026-11-05T11", "a")]).await.unwrap();
        assert_eq!(new, [(Sighted::Component, id("api"))]);
        let all = [
            count(Sighted::Component, "api", "2026-11-05T10", 2),
            count(Sighted::Component, "api", "2026-11-05T11", 1),
            count(Sighted::Incident, "one", "2026-11-05T10", 1),
        ];
        assert_eq!(sightings::since(&mut tx, &page, "2026-11-05T10").await.unwrap(), all);
        assert_eq!(sightings::since(&mut tx, &page, "2026-11-05T11").await.unwrap(), [all[1].clone()]);
        assert_eq!(sightings::since(&mut tx, &id("other"), "2026-11-05T10").await.unwrap(), []);
        assert_eq!(sightings::remove_before(&mut tx, &page, "2026-11-05T11").await.unwrap(), 3);
        assert_eq!(sightings::since(&mut tx, &page, "").await.unwrap(), [all[1].clone()]);
    })
    .await;
}
