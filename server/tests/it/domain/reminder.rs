//! What the clock has to say: due at its instant, meaningless soon after.

use std::collections::BTreeMap;

use app::language;
use app::words::MaintenanceStatus::{Cancelled, Completed, InProgress, Scheduled, Verifying};
use app::words::{Maintenance, ReminderPlan, Window, WindowMove};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use proptest::prelude::*;
use server::domain::maintenance::{carried_on, status_at};
use server::domain::reminder::{Saying, due, of_item, of_postmortem};

use super::maintenance::{any_maintenance, planned};
use super::{at, day, minute};

/// Work in two weeks, announced at minute 0, with the reminders that are usual.
fn far() -> Maintenance {
    let from = minute(14 * 24 * 60);
    Maintenance { window: Some(Window { from, until: from + TimeDelta::hours(2) }), reminders: ReminderPlan::default(), ..planned() }
}

fn says(m: &Maintenance, now: DateTime<Utc>) -> Vec<Saying> {
    due(m, now).into_iter().map(|due| due.saying).collect()
}

fn micro() -> TimeDelta {
    TimeDelta::microseconds(1)
}

#[test]
fn a_reminder_is_said_at_its_time_and_for_a_quarter_of_what_it_comes_ahead() {
    let from = minute(14 * 24 * 60);
    for (ahead, late) in [(7 * 24 * 60, 60), (24 * 60, 60), (60, 15), (8, 2), (1, 1)] {
        let m = Maintenance { reminders: ReminderPlan { before_minutes: vec![ahead], ..ReminderPlan::silent() }, ..far() };
        let then = from - TimeDelta::minutes(ahead);
        let last = then + TimeDelta::minutes(late) - micro();
        assert_eq!([says(&m, then - micro()), says(&m, last + micro())], [vec![], vec![]], "{ahead} minutes before");
        assert_eq!(
            [says(&m, then), says(&m, last)],
            [vec![Saying::Reminder(then)], vec![Saying::Reminder(then)]],
            "{ahead} minutes before"
        );
        assert_eq!(due(&m, then), due(&m, last), "one key, however late");
    }
}

#[test]
fn a_date_that_is_set_late_is_not_reminded_of_for_what_has_passed() {
    let from = minute(14 * 24 * 60);
    let day_before = from - TimeDelta::days(1);
    let told = Maintenance { published_at: Some(day_before), ..far() };
    assert_eq!(says(&told, day_before), [], "who announces it tells of it");
    let mut moved = far();
    let before = moved.window;
    moved.moves.push(WindowMove {
        at: day_before + TimeDelta::minutes(5),
        from: before,
        to: Window { from, until: from + TimeDelta::hours(3) },
    });
    assert_eq!(says(&moved, day_before + TimeDelta::minutes(6)), []);
    assert_eq!(says(&moved, from - TimeDelta::hours(1)), [Saying::Reminder(from - TimeDelta::hours(1))]);
}

#[test]
fn work_that_moved_or_will_not_happen_is_not_reminded_of_for_its_old_date() {
    let hour_before = minute(14 * 24 * 60 - 60);
    let later = minute(20 * 24 * 60);
    let moved = Maintenance { window: Some(Window { from: later, until: later + TimeDelta::hours(1) }), ..far() };
    assert_ne!(due(&moved, later - TimeDelta::hours(1)).first().map(|due| &due.key), due(&far(), hour_before).first().map(|due| &due.key));
    let undated = Maintenance { window: None, ..far() };
    let cancelled = Maintenance { status: Cancelled, ..far() };
    let over = Maintenance { status: Completed, ..far() };
    let begun = Maintenance { status: InProgress, ..far() };
    let unannounced = Maintenance { published_at: None, ..far() };
    for m in [moved, undated, cancelled, over, begun, unannounced] {
        assert_eq!(says(&m, hour_before), []);
    }
}

#[test]
fn staff_hear_before_work_ends_by_itself_and_while_it_overruns() {
    // From minute 60 to 120: a quarter of it is 15 minutes.
    let (m, ends) = (planned(), minute(120));
    assert_eq!(
        [says(&m, minute(104)), says(&m, minute(105)), says(&m, minute(119)), says(&m, ends)],
        [vec![], vec![Saying::EndsSoon(ends)], vec![Saying::EndsSoon(ends)], vec![]]
    );
    let short = Maintenance { window: Some(Window { from: minute(60), until: minute(64) }), ..planned() };
    assert_eq!([says(&short, minute(62)), says(&short, minute(63))], [vec![], vec![Saying::EndsSoon(minute(64))]]);
    let by_hand = Maintenance { auto_complete: false, ..planned() };
    assert_eq!(says(&by_hand, minute(119)), []);
    let keys: Vec<_> = [120, 149, 150, 179, 240].iter().flat_map(|n| due(&by_hand, minute(*n))).collect();
    assert!(keys.iter().all(|due| due.saying == Saying::Overruns(ends)));
    let keys: Vec<_> = keys.into_iter().map(|due| due.key).collect();
    assert_eq!((keys[0] == keys[1], keys[2] == keys[3], keys[1] == keys[2], keys[3] == keys[4]), (true, true, false, false));
    let spoken = Maintenance { status: Verifying, ..by_hand };
    assert_eq!(says(&spoken, minute(130)), [Saying::Overruns(ends)]);
}

#[test]
fn staff_hear_twice_that_work_waits_for_their_word() {
    let m = Maintenance { auto_start: false, ..planned() };
    assert_eq!(says(&m, minute(59)), []);
    let mut keys: Vec<_> = (60..60 + 24 * 60 + 60).flat_map(|n| due(&m, minute(n))).collect();
    assert!(keys.iter().all(|due| due.saying == Saying::Waits(minute(60))));
    keys.dedup();
    assert_eq!(keys.len(), 2, "at the start and half an hour later, until a day later nobody can want to hear of it");
    let begun = Maintenance { status: InProgress, ..m };
    assert_eq!(says(&begun, minute(61)), []);
}

proptest! {
    #[test]
    fn ticking_says_each_thing_once_and_nothing_that_lost_its_meaning(
        m in any_maintenance(), plan in prop::collection::vec(1i64..300, 0..4), gaps in prop::collection::vec(1i64..90, 1..60),
    ) {
        let mut m = Maintenance { reminders: ReminderPlan { before_minutes: plan, ..ReminderPlan::default() }, ..m };
        let (mut now, mut said) = (minute(0), BTreeMap::new());
        for gap in gaps {
            now += TimeDelta::minutes(gap);
            // A keeper writes down what time has done, or did not come to it: what is said is the same.
            let after = carried_on(language::of("en"), &m, now);
            prop_assert_eq!(due(after.as_ref().unwrap_or(&m), now), due(&m, now));
            if gap % 2 == 0 && let Some(after) = after {
                m = after;
            }
            let status = status_at(&m, now);
            for due in due(&m, now) {
                let window = m.window.unwrap();
                match due.saying {
                    Saying::Reminder(then) => {
                        prop_assert!(status == Scheduled && then <= now && now < window.from && m.published_at.unwrap() < then);
                        prop_assert!(now - then <= (window.from - then) / 4 + TimeDelta::minutes(1) && now - then < TimeDelta::hours(1));
                    }
                    Saying::EndsSoon(then) => prop_assert!(m.auto_complete && now < then && then == window.until && status < Completed),
                    Saying::Overruns(then) => prop_assert!(then <= now && matches!(status, InProgress | Verifying)),
                    Saying::Waits(then) => prop_assert!(!m.auto_start && status == Scheduled && then <= now && then == window.from),
                }
                said.entry(due.key).or_insert(due.saying);
            }
        }
        let reminders = said.values().filter(|saying| matches!(saying, Saying::Reminder(_))).count();
        prop_assert!(reminders <= m.reminders.before_minutes.len());
    }
}

#[test]
fn of_several_reminders_that_were_missed_only_the_newest_is_sent() {
    let due = at("2026-11-10T12:00:00Z");
    let on = |text: &str| of_postmortem(due, at(text));
    assert_eq!(on("2026-11-09T11:59:59Z"), None);
    assert_eq!(on("2026-11-09T12:00:00Z"), Some(at("2026-11-09T12:00:00Z")));
    assert_eq!(on("2026-11-10T12:00:00Z"), Some(due));
    assert_eq!(on("2026-11-11T12:00:00Z"), None, "a day late says nothing new");
    assert_eq!(on("2026-11-13T20:00:00Z"), Some(at("2026-11-13T12:00:00Z")));
    assert_eq!(on("2026-11-18T11:59:59Z"), Some(at("2026-11-17T12:00:00Z")));
    assert_eq!(on("2027-01-01T00:00:00Z"), None);
}

#[test]
fn owners_of_action_items_hear_at_nine_in_the_pages_zone_whatever_clocks_do() {
    // Clocks are turned back on 25 October 2026 in Berlin: nine is 07:00 UTC the day before, and 08:00 UTC on the day.
    let (due, zone) = (day("2026-10-25"), Tz::Europe__Berlin);
    let on = |text: &str| of_item(due, zone, at(text));
    assert_eq!(on("2026-10-24T06:59:59Z"), None);
    assert_eq!(on("2026-10-24T07:00:00Z"), Some(at("2026-10-24T07:00:00Z")));
    assert_eq!(on("2026-10-25T08:00:00Z"), Some(at("2026-10-25T08:00:00Z")));
    assert_eq!(on("2026-10-26T08:00:00Z"), None);
    assert_eq!(on("2026-11-01T08:00:00Z"), Some(at("2026-11-01T08:00:00Z")));
}
