//! What updates mean for their incident, over any order of statuses.

use app::words::IncidentStatus::{Identified, Investigating, Monitoring, Postmortem, Resolved};
use app::words::{IncidentStatus, IncidentUpdate};
use proptest::prelude::*;
use server::domain::incident::{Standing, first_post, sort_updates, standing};

use super::{minute, update};

/// Updates newest first, from statuses told oldest first, ten minutes apart.
fn told(statuses: &[IncidentStatus]) -> Vec<IncidentUpdate> {
    let mut updates: Vec<_> = statuses.iter().zip(1u8..).map(|(status, n)| update(n, *status, minute(i64::from(n) * 10))).collect();
    updates.reverse();
    updates
}

proptest! {
    #[test]
    fn any_story_is_understood_as_telling_it_step_by_step(
        statuses in prop::collection::vec(prop::sample::select(IncidentStatus::ALL), 1..12),
    ) {
        let mut expected: Option<Standing> = None;
        for (status, n) in statuses.iter().zip(1i64..) {
            let now = Some(minute(n * 10));
            let before = expected;
            expected = Some(Standing {
                status: *status,
                monitoring_at: before.and_then(|b| b.monitoring_at).or(now.filter(|_| *status == Monitoring)),
                resolved_at: if status.is_over() { before.and_then(|b| b.resolved_at).or(now) } else { None },
            });
        }
        let found = standing(&told(&statuses));
        prop_assert_eq!(found, expected);
        prop_assert_eq!(found.map(|s| s.resolved_at.is_some()), statuses.last().map(|s| s.is_over()));
    }

    #[test]
    fn sorting_is_newest_first_and_keeps_equal_times_as_given(times in prop::collection::vec(0i64..5, 0..12)) {
        let mut updates: Vec<_> = times.iter().zip(0u8..).map(|(time, n)| update(n, (n, Investigating), minute(*time))).collect();
        sort_updates(&mut updates);
        let in_order = updates.is_sorted_by(|a, b| (b.display_at, a.status.0) < (a.display_at, b.status.0));
        prop_assert!(in_order);
    }
}

#[test]
fn an_incident_without_words_stands_nowhere() {
    assert_eq!(standing(&[]), None);
    assert_eq!(first_post::<IncidentStatus>(&[]), None);
}

#[test]
fn a_post_mortem_does_not_move_the_end() {
    let found = standing(&told(&[Investigating, Monitoring, Resolved, Postmortem]));
    let expected = Standing { status: Postmortem, monitoring_at: Some(minute(20)), resolved_at: Some(minute(30)) };
    assert_eq!(found, Some(expected));
}

#[test]
fn reopening_clears_the_end_and_keeps_the_first_monitoring() {
    let open = standing(&told(&[Monitoring, Resolved, Investigating, Monitoring]));
    assert_eq!(open, Some(Standing { status: Monitoring, monitoring_at: Some(minute(10)), resolved_at: None }));
    let closed = standing(&told(&[Monitoring, Resolved, Investigating, Identified, Resolved]));
    assert_eq!(closed.and_then(|s| s.resolved_at), Some(minute(50)));
}

#[test]
fn the_first_post_is_when_words_were_really_written() {
    let mut updates = told(&[Investigating, Identified]);
    for said in &mut updates {
        said.display_at = minute(-500);
    }
    assert_eq!(first_post(&updates), Some(minute(10)));
}
