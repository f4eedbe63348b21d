//! Planned work under random clocks.

use app::language;
use app::stock::is_automatic;
use app::words::ComponentStatus::{DegradedPerformance, Operational, UnderMaintenance};
use app::words::MaintenanceStatus::{self, Cancelled, Completed, InProgress, Scheduled, Verifying};
use app::words::{GoneMaintenance, Impact, Maintenance, PlannedStatus, ReminderPlan, Window};
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use server::domain::maintenance::{
    automatic_updates, carried_on, disturbs, is_told_as_gone, is_under_way, next_change, not_begun, overrunning, planned_at, status_at,
    under_way,
};

use super::{id, minute, update};

/// A window from minute 60 to minute 120, announced at minute 0, beginning and ending by itself.
pub fn planned() -> Maintenance {
    Maintenance {
        id: id(9),
        name: "New switches".to_owned(),
        status: Scheduled,
        impact: Impact::Maintenance,
        window: Some(Window { from: minute(60), until: minute(120) }),
        moves: Vec::new(),
        auto_start: true,
        auto_complete: true,
        reminders: ReminderPlan::silent(),
        occurrence: None,
        sequence: 0,
        expected_downtime_minutes: None,
        worst_downtime_minutes: None,
        started_at: None,
        completed_at: None,
        published_at: Some(minute(0)),
        created_at: minute(0),
        updated_at: minute(0),
        components: vec![PlannedStatus { component_id: id(1), status: UnderMaintenance }],
        updates: vec![update(1, Scheduled, minute(0))],
    }
}

/// The same after somebody said more.
fn said(mut m: Maintenance, status: MaintenanceStatus, shown: DateTime<Utc>) -> Maintenance {
    m.status = status;
    m.updates.insert(0, update(u8::try_from(m.updates.len() + 1).unwrap_or(u8::MAX), status, shown));
    m
}

prop_compose! {
    /// Any maintenance of which up to three things were said by minute 0; its window lies around then.
    pub fn any_maintenance()(
        dated in prop::bool::weighted(0.9), from in -200i64..200, long in 1i64..200,
        auto_start in any::<bool>(), auto_complete in any::<bool>(),
        words in prop::collection::vec((prop::sample::select(MaintenanceStatus::ALL), -300i64..=0), 0..3),
    ) -> Maintenance {
        let mut m = planned();
        m.window = dated.then(|| Window { from: minute(from), until: minute(from + long) });
        (m.auto_start, m.auto_complete) = (auto_start, auto_complete);
        m.updates = vec![update(1, Scheduled, minute(-300))];
        let mut words = words;
        words.sort_by_key(|(_, at)| *at);
        words.into_iter().fold(m, |m, (status, at)| said(m, status, minute(at)))
    }
}

/// What a keeper does that writes down what the clock has done.
fn written_down(m: &Maintenance, now: DateTime<Utc>) -> Maintenance {
    let mut kept = m.clone();
    kept.status = status_at(m, now);
    kept.updates.splice(0..0, automatic_updates(language::of("en"), m, now));
    kept
}

proptest! {
    #[test]
    fn status_only_goes_forward_when_nobody_writes(m in any_maintenance(), (a, b) in (0i64..500, 0i64..500)) {
        let (earlier, later) = (status_at(&m, minute(a.min(b))), status_at(&m, minute(a.max(b))));
        prop_assert!(earlier <= later, "{earlier} then {later}");
        prop_assert!(!m.status.is_over() || later == m.status);
        prop_assert!((later == Cancelled) == (m.status == Cancelled));
    }

    #[test]
    fn automatic_updates_make_the_newest_update_agree_with_the_status(m in any_maintenance(), now in 0i64..500) {
        let kept = written_down(&m, minute(now));
        prop_assert_eq!(kept.updates.first().map(|u| u.status), Some(status_at(&m, minute(now))));
        let newest_first = kept.updates.is_sorted_by(|a, b| a.display_at >= b.display_at);
        prop_assert!(newest_first);
        prop_assert!(kept.updates.iter().all(|u| u.display_at <= minute(now)));
        let mut ids: Vec<_> = kept.updates.iter().map(|u| u.id.clone()).collect();
        ids.sort();
        ids.dedup();
        prop_assert_eq!(ids.len(), kept.updates.len());
    }

    #[test]
    fn writing_down_what_the_clock_did_changes_nothing_shown(m in any_maintenance(), (now, passes) in (0i64..400, 0i64..200)) {
        let (now, later) = (minute(now), minute(now + passes));
        let kept = written_down(&m, now);
        prop_assert!(automatic_updates(language::of("en"), &kept, now).is_empty());
        prop_assert_eq!(status_at(&kept, later), status_at(&m, later));
        prop_assert_eq!(overrunning(&kept, later), overrunning(&m, later));
        prop_assert_eq!(written_down(&kept, later), written_down(&m, later));
    }

    #[test]
    fn the_next_change_is_the_first_one_and_a_real_one(m in any_maintenance(), (now, then) in (0i64..400, 0i64..400)) {
        let shown = |at| (status_at(&m, at), overrunning(&m, at), not_begun(&m, at));
        let now = minute(now);
        let next = next_change(&m, now);
        prop_assert!(next.is_none_or(|next| next > now && shown(next) != shown(now)));
        let then = minute(then);
        if then >= now && next.is_none_or(|next| then < next) {
            prop_assert_eq!(shown(then), shown(now));
        }
    }

    #[test]
    fn time_under_way_never_lies_ahead_and_never_shrinks(m in any_maintenance(), (a, b) in (0i64..500, 0i64..500)) {
        let (now, later) = (minute(a.min(b)), minute(a.max(b)));
        if let Some(span) = under_way(&m, now) {
            prop_assert!(span.from < span.until && span.until <= now);
            let grown = under_way(&m, later);
            prop_assert!(grown.is_some_and(|g| g.from == span.from && g.until >= span.until), "{span:?} then {grown:?}");
        }
    }
}

#[test]
fn work_begins_and_ends_by_itself_where_it_was_told_to() {
    let m = planned();
    let statuses: Vec<_> = [59, 60, 119, 120].map(|n| status_at(&m, minute(n))).to_vec();
    assert_eq!(statuses, [Scheduled, InProgress, InProgress, Completed]);
    assert!((0..200).all(|n| !overrunning(&m, minute(n))));
}

#[test]
fn work_that_needs_a_person_waits_for_one() {
    let by_hand = Maintenance { auto_start: false, ..planned() };
    assert_eq!(status_at(&by_hand, minute(300)), Scheduled);
    assert_eq!(next_change(&by_hand, minute(0)), Some(minute(60)), "from then on it is late");
    assert!(!not_begun(&by_hand, minute(59)) && not_begun(&by_hand, minute(60)) && !not_begun(&planned(), minute(60)));
    assert_eq!(next_change(&by_hand, minute(60)), None);
    let undated = Maintenance { window: None, ..planned() };
    assert_eq!(status_at(&undated, minute(300)), Scheduled);
    assert!(automatic_updates(language::of("en"), &undated, minute(300)).is_empty());
}

#[test]
fn work_without_automatic_end_overruns_until_staff_confirm() {
    let m = Maintenance { auto_complete: false, ..planned() };
    assert_eq!(status_at(&m, minute(200)), InProgress);
    assert!(!overrunning(&m, minute(119)));
    assert!(overrunning(&m, minute(120)));
    assert_eq!(next_change(&m, minute(60)), Some(minute(120)));
    let done = said(m, Completed, minute(150));
    assert!(!overrunning(&done, minute(200)));
    assert_eq!(under_way(&done, minute(200)), Some(Window { from: minute(60), until: minute(150) }));
}

#[test]
fn the_clock_does_not_overrule_who_spoke_after_it() {
    let m = said(said(planned(), InProgress, minute(61)), Verifying, minute(125));
    assert_eq!(status_at(&m, minute(200)), Verifying);
    assert!(overrunning(&m, minute(200)));
}

#[test]
fn the_clock_says_the_fields_own_words() {
    let m = Maintenance { reminders: ReminderPlan { at_end: false, ..ReminderPlan::default() }, ..planned() };
    let made = automatic_updates(language::of("en"), &m, minute(300));
    let told: Vec<_> = made.iter().map(|u| (u.status, u.body.as_str(), u.display_at)).collect();
    let begun = "Scheduled maintenance is currently in progress. We will provide updates as necessary.";
    let ended = "The scheduled maintenance has been completed.";
    assert_eq!(told, [(Completed, ended, minute(120)), (InProgress, begun, minute(60))]);
    assert!(made.iter().all(|u| u.effects.is_none() && u.created_at == u.display_at));
    assert!(made.iter().map(|u| u.notify).eq([false, true]), "each is told where the plan says so");
    assert!(automatic_updates(language::of("en"), &m, minute(90)).iter().eq(made.iter().skip(1)));
}

#[test]
fn the_clock_speaks_the_language_of_the_page() {
    let german = language::of("de");
    let made = automatic_updates(german, &planned(), minute(300));
    let said: Vec<_> = made.iter().map(|u| u.body.as_str()).collect();
    assert_eq!(said, ["Die geplanten Arbeiten sind abgeschlossen.", "Die geplanten Arbeiten sind im Gange. Bei Bedarf melden wir Neues."]);
    let english = automatic_updates(language::of("en"), &planned(), minute(300));
    assert!(made.iter().map(|u| &u.id).eq(english.iter().map(|u| &u.id)), "they are the same messages in every language");
    let kept = carried_on(german, &planned(), minute(300)).unwrap();
    assert!(kept.updates.iter().filter(|update| is_automatic(&kept, update)).eq(&made));
}

#[test]
fn work_announced_after_it_was_to_begin_begins_with_its_announcement() {
    let m = Maintenance { updates: vec![update(1, Scheduled, minute(70))], ..planned() };
    let made = automatic_updates(language::of("en"), &m, minute(80));
    assert_eq!(made.first().map(|u| (u.status, u.display_at)), Some((InProgress, minute(70))));
}

#[test]
fn work_that_begins_a_second_time_says_so_under_a_new_id() {
    let mut m = said(written_down(&planned(), minute(60)), Scheduled, minute(65));
    m.window = Some(Window { from: minute(600), until: minute(660) });
    let made = automatic_updates(language::of("en"), &m, minute(600));
    assert_eq!(made.len(), 1);
    assert!(made.iter().all(|new| m.updates.iter().all(|old| old.id != new.id)));
}

#[test]
fn cancelled_work_was_under_way_only_if_it_had_begun() {
    let before = said(planned(), Cancelled, minute(30));
    assert_eq!(under_way(&before, minute(300)), None);
    let midway = said(planned(), Cancelled, minute(80));
    assert_eq!(under_way(&midway, minute(300)), Some(Window { from: minute(60), until: minute(80) }));
    let by_hand = Maintenance { auto_start: false, ..said(planned(), Cancelled, minute(80)) };
    assert_eq!(under_way(&by_hand, minute(300)), None);
}

#[test]
fn recorded_times_come_before_planned_ones() {
    let m = Maintenance { started_at: Some(minute(55)), completed_at: Some(minute(100)), status: Completed, ..planned() };
    assert_eq!(under_way(&m, minute(300)), Some(Window { from: minute(55), until: minute(100) }));
    let early = said(planned(), InProgress, minute(40));
    assert_eq!(under_way(&early, minute(50)), Some(Window { from: minute(40), until: minute(50) }));
    assert_eq!(under_way(&early, minute(300)), Some(Window { from: minute(40), until: minute(120) }));
}

#[test]
fn the_worst_planned_status_among_work_under_way_counts() {
    let mild = planned();
    let mut worse = planned();
    worse.window = Some(Window { from: minute(90), until: minute(100) });
    worse.components = vec![PlannedStatus { component_id: id(1), status: DegradedPerformance }];
    let at = |n| planned_at(&id(1), [&mild, &worse], minute(n));
    assert_eq!(
        [at(59), at(60), at(95), at(100), at(120)],
        [None, Some(UnderMaintenance), Some(DegradedPerformance), Some(UnderMaintenance), None]
    );
    assert_eq!(planned_at(&id(2), [&mild, &worse], minute(95)), None);
    assert!(is_under_way(&mild, minute(60)));
    // What is to stay operational is not disturbed: a failure of it is a failure.
    worse.components = vec![PlannedStatus { component_id: id(1), status: Operational }];
    assert_eq!(planned_at(&id(1), [&worse], minute(95)), None);
    assert!(!disturbs(&worse, &id(1)) && disturbs(&mild, &id(1)) && !disturbs(&mild, &id(2)));
}

#[test]
fn calendars_are_told_for_30_days_that_work_is_off() {
    let gone = GoneMaintenance {
        id: id(9),
        window: planned().window,
        components: vec![id(1)],
        sequence: 1,
        published_at: minute(0),
        gone_at: minute(10),
    };
    let days = TimeDelta::days(30);
    assert!(is_told_as_gone(&gone, minute(10)) && is_told_as_gone(&gone, minute(9) + days));
    assert!(!is_told_as_gone(&gone, minute(10) + days));
    assert!(gone.concerns(&id(1)) && !gone.concerns(&id(2)));
    assert!(GoneMaintenance { components: Vec::new(), ..gone }.concerns(&id(2)), "what names no component concerned all");
}
