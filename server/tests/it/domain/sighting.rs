//! "I see this too": who counts as one, and how many there are within an hour.

use std::net::IpAddr;

use app::words::{Sighted, Sightings};
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use server::actions::voices::sightings::sighting;
use server::domain::sighting::{Count, first_hour, hour, network, tallies, within_an_hour};
use server::secret::Secret;

use crate::store::sample::id;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn instant() -> impl Strategy<Value = DateTime<Utc>> {
    (0_i64..4_000_000_000).prop_map(|seconds| DateTime::from_timestamp(seconds, 0).unwrap())
}

#[test]
fn one_customer_is_one_network() {
    for (address, expected) in [
        ("203.0.113.7", "203.0.113.0"),
        ("203.0.113.255", "203.0.113.0"),
        ("203.0.112.255", "203.0.112.0"),
        ("::ffff:203.0.113.7", "203.0.113.0"),
        ("2001:db8:1:ffff::1", "2001:db8:1::"),
        ("2001:db8:2::1", "2001:db8:2::"),
    ] {
        assert_eq!(network(address.parse().unwrap()).to_string(), expected, "{address}");
    }
}

#[test]
fn the_last_hour_reaches_into_the_hour_before_and_the_day_begins_at_midnight() {
    let api = |hour: &str, networks| Count { kind: Sighted::Component, id: id("api"), hour: at(&format!("{hour}:00:00Z")), networks };
    let counts = [api("2026-11-22T22", 3), api("2026-11-22T23", 5), api("2026-11-23T09", 6), api("2026-11-23T10", 4)];
    let now = at("2026-11-23T10:20:00Z");
    // Midnight in Berlin.
    let today = at("2026-11-22T23:00:00Z");
    assert_eq!(first_hour(now, today), today);
    assert_eq!(
        first_hour(at("2026-11-22T23:10:00Z"), today),
        at("2026-11-22T22:00:00Z"),
        "shortly after midnight the hour before counts too"
    );
    let all = tallies(&counts, now, today);
    assert_eq!(all[&(Sighted::Component, id("api"))], Sightings { last_hour: 4 + 4, today: 5 + 6 + 4 });
    assert_eq!(tallies(&counts, at("2026-11-23T12:00:00Z"), today)[&(Sighted::Component, id("api"))].last_hour, 0);
}

#[test]
fn staff_read_how_many_see_it_and_nothing_where_nobody_does() {
    assert_eq!(Sightings::default().sentence(), None);
    let sentence = |last_hour, today| Sightings { last_hour, today }.sentence().unwrap();
    assert_eq!(sentence(14, 40), "seen by about 14 networks in the last hour, 40 today");
    assert_eq!(sentence(1, 1), "seen by 1 network in the last hour, 1 today");
}

proptest! {
    #[test]
    fn one_network_has_one_key_within_an_hour_and_another_in_every_other(
        first in any::<[u8; 4]>(), host in any::<u8>(), now in instant(), later in 0_i64..200_000, word in "[a-z]{3}",
    ) {
        let secret = Secret::new("a secret of more than thirty-two letters");
        let key = |address: [u8; 4], now, word: &str| {
            sighting(&secret, &id("page"), Sighted::Component, &id(word), IpAddr::from(address), now).network
        };
        let then = now + TimeDelta::seconds(later);
        let [a, b, c, _] = first;
        prop_assert_eq!(hour(now) == hour(then), key(first, now, "api") == key([a, b, c, host], then, "api"));
        prop_assert!(key(first, now, "api") != key([a, b, c ^ 1, host], now, "api"), "another network has another key");
        prop_assert_eq!(word == "api", key(first, now, "api") == key(first, now, &word), "it says nothing of any other thing");
    }

    #[test]
    fn the_last_hour_is_never_less_than_what_came_in_it_and_never_more_than_both_hours(before in 0_i64..100_000, running in 0_i64..100_000, now in instant()) {
        let counted = within_an_hour(before, running, now);
        prop_assert!((running..=running + before).contains(&counted));
        let soon = now + TimeDelta::seconds(1);
        prop_assert!(hour(soon) != hour(now) || within_an_hour(before, running, soon) <= counted, "it fades until the hour is over");
        prop_assert!(within_an_hour(0, running, now) == running);
    }
}
