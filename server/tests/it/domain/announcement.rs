//! How many announcements are shown at once.

use app::words::Announcement;
use proptest::prelude::*;
use server::domain::announcement::most_at_once;
use server::domain::valid_until::announced;

use crate::store::sample::{at, id};

fn announcement(word: &str, starts: i64, length: Option<i64>) -> Announcement {
    let minute = |minutes| at("00:00") + chrono::TimeDelta::minutes(minutes);
    let expires_at = length.map(|length| minute(starts + length));
    Announcement { id: id(word), body: String::new(), body_html: String::new(), starts_at: minute(starts), expires_at }
}

proptest! {
    #[test]
    fn it_is_what_a_look_at_every_minute_finds(
        new in (0_i64..60, proptest::option::of(1_i64..60)),
        others in prop::collection::vec((0_i64..60, proptest::option::of(1_i64..60)), 0..12),
    ) {
        let new = announcement("new", new.0, new.1);
        let others: Vec<_> = others.into_iter().map(|(starts, length)| announcement("other", starts, length)).collect();
        let minutes = (0..130).map(|minute| at("00:00") + chrono::TimeDelta::minutes(minute)).filter(|at| announced(&new, *at));
        let seen = minutes.map(|at| 1 + others.iter().filter(|other| announced(other, at)).count()).max();
        prop_assert_eq!(Some(most_at_once(&new, &others)), seen);
    }
}
