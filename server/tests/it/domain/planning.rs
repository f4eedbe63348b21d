//! What can be planned, and what is warned of.

use app::language;
use app::words::{Id, Impact, Incident, IncidentStatus, Maintenance, MaintenanceStatus, PlannedStatus, Window};
use chrono::TimeDelta;
use proptest::prelude::*;
use server::domain::planning::{Plan, Surroundings, Warning, downtime, longer, movable, reminders, shape, warnings};

use super::maintenance::planned;
use super::{id, minute};

fn span(from: i64, until: i64) -> Window {
    Window { from: minute(from), until: minute(until) }
}

fn incident(component: u8) -> Incident {
    Incident {
        id: id(77),
        name: "Requests fail".to_owned(),
        status: IncidentStatus::Identified,
        impact: Impact::Minor,
        started_at: minute(0),
        detected_at: None,
        published_at: Some(minute(0)),
        monitoring_at: None,
        resolved_at: None,
        next_update_at: None,
        created_at: minute(0),
        updated_at: minute(0),
        components: vec![id(component)],
        updates: Vec::new(),
        postmortem: None,
    }
}

/// What is warned of for these windows and components, beside work on component 1 from minute 60 to 120 and an incident on component 3.
fn warned(windows: &[Window], components: &[Id]) -> Vec<String> {
    let (other, open) = (planned(), incident(3));
    let names = [(id(1), "API".to_owned()), (id(2), "Web".to_owned())];
    let plan = Plan { id: Some(&id(50)), windows, components, announced_at: minute(0) };
    let around = Surroundings { maintenances: &[&other], incidents: &[&open], names: &names, lead_days: 7, now: minute(0) };
    warnings(plan, around).iter().map(Warning::sentence).collect()
}

#[test]
fn short_notice_overlaps_and_open_incidents_are_warned_of() {
    let week = 7 * 24 * 60;
    assert_eq!(warned(&[span(week, week + 60)], &[id(1)]), [] as [&str; 0]);
    assert_eq!(
        warned(&[span(week - 1, week + 60)], &[id(1)]),
        ["Short notice: the window of 30 Nov 2026, 07:59 UTC begins 6 days after it is announced, and not the usual 7."]
    );
    assert_eq!(
        warned(&[span(119, 180)], &[id(1), id(2)])[1..],
        ["\"New switches\" is planned at the same time (23 Nov 2026, 09:00 to 10:00 UTC) and concerns API too."]
    );
    assert_eq!(
        warned(&[span(30, 61)], &[id(2)]),
        [
            "Short notice: the window of 23 Nov 2026, 08:30 UTC begins less than a day after it is announced, and not the usual 7.",
            "\"New switches\" is planned at the same time (23 Nov 2026, 09:00 to 10:00 UTC), on other components.",
        ]
    );
    assert_eq!(warned(&[span(120, 180)], &[id(2)]).len(), 1, "one ends as the other begins");
    assert_eq!(warned(&[], &[id(3)]), ["The incident \"Requests fail\" is open on what this work concerns."]);
    assert_eq!(warned(&[], &[]).len(), 1, "work without components concerns everyone");
    let series = [span(60, 120), span(week, week + 60), span(1500, 1560)];
    assert_eq!(warned(&series, &[id(2)]).iter().filter(|sentence| sentence.starts_with("Short notice")).count(), 2, "each window counts");
}

#[test]
fn work_does_not_overlap_itself_nor_what_is_over() {
    let own = planned();
    let off = Maintenance { id: id(51), status: MaintenanceStatus::Cancelled, ..planned() };
    let plan = Plan { id: Some(&own.id), windows: &[span(60, 120)], components: &[], announced_at: minute(0) };
    let around = Surroundings { maintenances: &[&own, &off], incidents: &[], names: &[], lead_days: 0, now: minute(0) };
    assert_eq!(warnings(plan, around), []);
}

#[test]
fn the_prepared_extension_ends_later_on_a_quarter_hour_and_says_so() {
    let m = planned();
    let (window, text) = longer(language::of("en"), &m, minute(90)).unwrap();
    assert_eq!(window, span(60, 150));
    assert_eq!(
        text,
        "We need longer than planned. We now expect to be done by 23 Nov 2026, 10:30 UTC; until now it was 23 Nov 2026, 10:00 UTC. \
         We will tell you when the work is finished."
    );
    assert_eq!(longer(language::of("en"), &m, minute(131)).unwrap().0, span(60, 165), "it is counted from now where the work overruns");
    assert_eq!(longer(language::of("en"), &Maintenance { window: None, ..m }, minute(0)), None);
}

proptest! {
    #[test]
    fn reminders_are_kept_longest_first_each_once(minutes in prop::collection::vec(-5i64..200_000, 0..13)) {
        let mut sorted = minutes.clone();
        sorted.sort_unstable_by(|a, b| b.cmp(a));
        let doubles = sorted.windows(2).any(|pair| pair[0] == pair[1]);
        let within = minutes.iter().all(|m| (1..=129_600).contains(m));
        match reminders(&minutes) {
            Ok(kept) => prop_assert!(kept == sorted && within && !doubles && minutes.len() <= 10),
            Err(sentence) => prop_assert!((doubles || !within || minutes.len() > 10) && sentence.ends_with('.')),
        }
    }

    #[test]
    fn downtime_fits_into_the_window_and_the_worst_is_the_worst(
        expected in prop::option::of(-2i64..200), worst in prop::option::of(-2i64..200), long in prop::option::of(1i64..200),
    ) {
        let fits = |minutes: Option<i64>| minutes.is_none_or(|m| m >= 0 && long.is_none_or(|long| m <= long));
        let right = fits(expected) && fits(worst) && expected.zip(worst).is_none_or(|(expected, worst)| expected <= worst);
        prop_assert_eq!(downtime(expected, worst, long.map(|long| span(0, long))).is_ok(), right);
    }

    #[test]
    fn a_window_has_an_end_after_its_start_within_thirty_days(from in -100i64..100_000, long in -100i64..50_000) {
        prop_assert_eq!(shape(span(from, from + long), minute(0)).is_ok(), long > 0 && long <= 30 * 24 * 60);
    }

    #[test]
    fn the_start_of_what_has_begun_stays(from in 0i64..200, begun in any::<bool>(), dated in any::<bool>()) {
        let mut m = planned();
        m.components = vec![PlannedStatus { component_id: id(1), status: app::words::ComponentStatus::UnderMaintenance }];
        m.status = if begun { MaintenanceStatus::InProgress } else { MaintenanceStatus::Scheduled };
        m.window = m.window.filter(|_| dated);
        let to = Window { from: minute(from), until: minute(from) + TimeDelta::hours(1) };
        let may = !begun || if dated { from == 60 } else { from <= 90 };
        prop_assert_eq!(movable(&m, to, minute(90)).is_ok(), may);
    }
}
