//! Until `valid_until` nothing shown differs, and at it something does.

use app::language;
use app::words::{Announcement, Maintenance, Occurrence, Window};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use proptest::prelude::*;
use server::domain::calendar::day_of;
use server::domain::maintenance::{automatic_updates, not_begun, overrunning, planned_at, status_at};
use server::domain::valid_until::{Clockwork, announced, passed, valid_until};

use super::maintenance::{any_maintenance, planned};
use super::{at, id, minute};

const ZONES: &[Tz] = &[Tz::Etc__UTC, Tz::Asia__Kathmandu, Tz::Europe__Berlin, Tz::America__Sao_Paulo, Tz::Pacific__Auckland];

fn announcement(from: i64, long: Option<i64>) -> Announcement {
    let until = long.map(|long| minute(from + long));
    Announcement { id: id(1), body: "Hear.".to_owned(), body_html: String::new(), starts_at: minute(from), expires_at: until }
}

/// Everything that may differ from one instant to the next.
fn shown(clockwork: &Clockwork<'_>, zone: Tz, now: DateTime<Utc>) -> impl PartialEq + std::fmt::Debug + use<> {
    let told =
        |m: &&Maintenance| (status_at(m, now), overrunning(m, now), not_begun(m, now), automatic_updates(language::of("en"), m, now));
    let work: Vec<_> = clockwork.maintenances.iter().map(told).collect();
    let plan = planned_at(&id(1), clockwork.maintenances.iter().copied(), now);
    let lapsed: Vec<_> = clockwork.promises.iter().chain(clockwork.fresh_until).map(|at| passed(*at, now)).collect();
    let banners: Vec<_> = clockwork.announcements.iter().map(|a| announced(a, now)).collect();
    let today: NaiveDate = day_of(zone, now);
    (work, plan, lapsed, banners, today)
}

proptest! {
    #[test]
    fn nothing_shown_differs_before_it_and_something_does_at_it(
        zone in prop::sample::select(ZONES),
        works in prop::collection::vec(any_maintenance(), 0..3),
        promises in prop::collection::vec(-100i64..900, 0..3),
        fresh in prop::collection::vec(-100i64..900, 0..3),
        banners in prop::collection::vec((-100i64..900, prop::option::of(1i64..300)), 0..3),
        now in 0i64..600, fraction in 0.0f64..1.0,
    ) {
        let works: Vec<&Maintenance> = works.iter().collect();
        let promises: Vec<_> = promises.into_iter().map(minute).collect();
        let fresh: Vec<_> = fresh.into_iter().map(minute).collect();
        let banners: Vec<_> = banners.into_iter().map(|(from, long)| announcement(from, long)).collect();
        let clockwork = Clockwork { maintenances: &works, promises: &promises, announcements: &banners, fresh_until: &fresh };
        let now = minute(now);
        let until = valid_until(now, zone, &clockwork);
        prop_assert!(until > now);
        let now_shown = shown(&clockwork, zone, now);
        let between = now + TimeDelta::microseconds(((until - now).num_microseconds().unwrap_or(0) as f64 * fraction) as i64);
        for then in [between.min(until - TimeDelta::microseconds(1)), until - TimeDelta::microseconds(1)] {
            prop_assert_eq!(&now_shown, &shown(&clockwork, zone, then));
        }
        prop_assert_ne!(&now_shown, &shown(&clockwork, zone, until));
    }
}

#[test]
fn with_nothing_to_come_a_view_holds_until_midnight_in_the_pages_zone() {
    let nothing = Clockwork::default();
    let now = at("2026-11-23T08:00:00Z");
    assert_eq!(valid_until(now, Tz::UTC, &nothing), at("2026-11-24T00:00:00Z"));
    assert_eq!(valid_until(now, Tz::Asia__Kathmandu, &nothing), at("2026-11-23T18:15:00Z"));
    // Clocks jump over this midnight; the day begins at what they call one o'clock.
    assert_eq!(valid_until(at("2018-11-03T12:00:00Z"), Tz::America__Sao_Paulo, &nothing), at("2018-11-04T03:00:00Z"));
}

#[test]
fn each_cause_alone_ends_it() {
    let now = minute(30);
    let works = [&planned()];
    let work = Clockwork { maintenances: &works, ..Clockwork::default() };
    assert_eq!(valid_until(now, Tz::UTC, &work), minute(60));
    assert_eq!(valid_until(minute(60), Tz::UTC, &work), minute(120));
    let mut by_hand = planned();
    by_hand.auto_start = false;
    let works = [&by_hand];
    assert_eq!(valid_until(now, Tz::UTC, &Clockwork { maintenances: &works, ..Clockwork::default() }), minute(60), "it has not begun");
    let mut window = planned();
    window.occurrence = Some(Occurrence { series_id: id(3), number: 2 });
    window.window = window.window.map(|w| Window { from: w.from + TimeDelta::days(30), until: w.until + TimeDelta::days(30) });
    let works = [&window];
    let series = Clockwork { maintenances: &works, ..Clockwork::default() };
    assert_eq!(valid_until(now, Tz::UTC, &series), minute(60), "from then on it is listed");
    let promise = Clockwork { promises: &[minute(20), minute(45)], ..Clockwork::default() };
    assert_eq!(valid_until(now, Tz::UTC, &promise), minute(45));
    let data = Clockwork { fresh_until: &[minute(31)], ..Clockwork::default() };
    assert_eq!(valid_until(now, Tz::UTC, &data), minute(31));
    let banners = [announcement(0, Some(40))];
    let banner = Clockwork { announcements: &banners, ..Clockwork::default() };
    assert_eq!(valid_until(now, Tz::UTC, &banner), minute(40));
    assert_eq!(valid_until(minute(-10), Tz::UTC, &banner), minute(0));
}
