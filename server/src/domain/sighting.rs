//! "I see this too": how visitors are told apart without knowing them, and when so many see the same that staff are alerted.

use core::net::{IpAddr, Ipv6Addr};
use std::collections::BTreeMap;

use app::words::{Id, Sighted, Sightings};
use chrono::{DateTime, DurationRound as _, TimeDelta, Utc};

/// Staff are alerted of the same thing once in so many hours.
pub const QUIET_HOURS: i64 = 6;
/// How long reports are kept: a week, and the day on which somebody looks back at it.
pub const KEPT: TimeDelta = TimeDelta::days(8);

/// What counts as one visitor: the /24 of an IPv4 address, the /48 of an IPv6 address. Each is what one customer is given, so that
/// nobody becomes a crowd by changing to the next of their own addresses. Neighbours count as one: a crowd that is counted too small
/// alerts a little later, one that is made up alerts of nothing.
#[must_use]
pub fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            IpAddr::from([a, b, c, 0])
        }
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from(u128::from(v6) >> 80 << 80)),
    }
}

/// The first instant of the hour.
#[must_use]
pub fn hour(at: DateTime<Utc>) -> DateTime<Utc> {
    // Cutting an instant to an hour fails only outside the years that can be kept.
    at.duration_trunc(TimeDelta::hours(1)).unwrap_or(at)
}

/// Networks that said within one hour that they see something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// What kind of thing.
    pub kind: Sighted,
    /// Which one.
    pub id: Id,
    /// The hour.
    pub hour: DateTime<Utc>,
    /// How many.
    pub networks: i64,
}

/// About how many networks there were within the last 60 minutes. Nobody can be recognised from one hour to the next, so the hour
/// before counts by the share of it that is not yet 60 minutes ago.
#[must_use]
pub fn within_an_hour(before: i64, running: i64, now: DateTime<Utc>) -> i64 {
    let left = 3_600 - now.timestamp().rem_euclid(3_600);
    // Rounded up: a crowd that begins shortly before the hour alerts as soon as one that begins after it.
    running + (before * left + 3_599) / 3_600
}

/// The first hour whose counts are needed to say how things are `now`, on the day that began at `today`.
#[must_use]
pub fn first_hour(now: DateTime<Utc>, today: DateTime<Utc>) -> DateTime<Utc> {
    hour(today.min(now - TimeDelta::hours(1)))
}

/// What is seen, by thing.
#[must_use]
pub fn tallies(counts: &[Count], now: DateTime<Utc>, today: DateTime<Utc>) -> BTreeMap<(Sighted, Id), Sightings> {
    let (running, before, first_today) = (hour(now), hour(now - TimeDelta::hours(1)), hour(today));
    let mut hours: BTreeMap<(Sighted, Id), [i64; 3]> = BTreeMap::new();
    for count in counts {
        let [of_before, of_running, of_today] = hours.entry((count.kind, count.id.clone())).or_default();
        *of_before += if count.hour == before { count.networks } else { 0 };
        *of_running += if count.hour == running { count.networks } else { 0 };
        *of_today += if count.hour >= first_today { count.networks } else { 0 };
    }
    let tally = |[before, running, today]: [i64; 3]| Sightings { last_hour: within_an_hour(before, running, now), today };
    hours.into_iter().map(|(thing, hours)| (thing, tally(hours))).collect()
}
