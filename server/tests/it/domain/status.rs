//! Stated, observed, planned, effective; and the impact that statuses mean.

use app::words::ComponentStatus::{DegradedPerformance, MajorOutage, Operational, PartialOutage, UnderMaintenance};
use app::words::{ComponentStatus, Impact, IncidentStatus, IncidentUpdate};
use proptest::prelude::*;
use server::domain::impact::{impact, impact_of, worst_ever};
use server::domain::status::{Word, effective, incident_word, stated, worst};

use super::{any_status, effect, id, minute, update};

fn maybe_status() -> impl Strategy<Value = Option<ComponentStatus>> {
    prop::option::of(any_status())
}

proptest! {
    #[test]
    fn effective_grows_with_each_part(
        (stated, observed, planned) in (any_status(), any_status(), maybe_status()),
        (worse_stated, worse_observed) in (any_status(), any_status()),
    ) {
        let before = effective(stated, Some(observed), planned);
        prop_assert!(before <= effective(stated.max(worse_stated), Some(observed), planned));
        prop_assert!(before <= effective(stated, Some(observed.max(worse_observed)), planned));
        prop_assert!(effective(stated, None, planned) <= before);
    }

    #[test]
    fn planned_work_hides_what_monitors_observe_but_never_what_people_state(
        stated in any_status(), planned in any_status(), (one, other) in (maybe_status(), maybe_status()),
    ) {
        prop_assert_eq!(effective(stated, one, Some(planned)), effective(stated, other, Some(planned)));
        prop_assert!(effective(stated, one, Some(planned)) >= stated);
        prop_assert_eq!(effective(stated, one, Some(planned)), stated.max(planned));
    }

    #[test]
    fn the_newest_word_wins_wherever_it_stands(words in prop::collection::vec((any_status(), 0i64..6), 0..8)) {
        let words: Vec<_> = words.into_iter().map(|(status, at)| Word { status, at: minute(at) }).collect();
        let mut expected = Operational;
        for time in 0..6 {
            for word in words.iter().filter(|word| word.at == minute(time)) {
                expected = word.status;
            }
        }
        prop_assert_eq!(stated(&words), expected);
    }

    #[test]
    fn a_group_is_as_bad_as_its_worst_component(statuses in prop::collection::vec(any_status(), 0..6)) {
        let found = worst(statuses.iter().copied());
        prop_assert!(statuses.iter().all(|status| *status <= found));
        prop_assert!(statuses.contains(&found) || (statuses.is_empty() && found == Operational));
    }
}

#[test]
fn nobody_said_anything_means_operational() {
    assert_eq!(stated(&[]), Operational);
    assert_eq!(effective(stated(&[]), None, None), Operational);
}

#[test]
fn a_failing_check_does_not_show_through_planned_work() {
    assert_eq!(effective(Operational, Some(MajorOutage), Some(UnderMaintenance)), UnderMaintenance);
    assert_eq!(effective(Operational, Some(MajorOutage), None), MajorOutage);
    assert_eq!(effective(PartialOutage, Some(Operational), Some(UnderMaintenance)), PartialOutage);
}

fn with_effects(mut said: IncidentUpdate, effects: &[(u8, ComponentStatus)]) -> IncidentUpdate {
    said.effects = Some(effects.iter().map(|(component, to)| effect(*component, *to)).collect());
    said
}

#[test]
fn an_open_incident_states_its_newest_effect_on_each_component() {
    let updates = [
        with_effects(update(3, IncidentStatus::Monitoring, minute(30)), &[(1, DegradedPerformance)]),
        update(2, IncidentStatus::Identified, minute(20)),
        with_effects(update(1, IncidentStatus::Investigating, minute(10)), &[(1, MajorOutage), (2, PartialOutage)]),
    ];
    assert_eq!(incident_word(&id(1), &updates), Some(Word { status: DegradedPerformance, at: minute(30) }));
    assert_eq!(incident_word(&id(2), &updates), Some(Word { status: PartialOutage, at: minute(10) }));
    assert_eq!(incident_word(&id(3), &updates), None);
}

#[test]
fn resolving_ends_what_the_incident_stated_and_reopening_does_not_bring_it_back() {
    let first = with_effects(update(1, IncidentStatus::Investigating, minute(10)), &[(1, MajorOutage)]);
    let over = update(2, IncidentStatus::Resolved, minute(20));
    let again = update(3, IncidentStatus::Investigating, minute(30));
    assert_eq!(incident_word(&id(1), &[over.clone(), first.clone()]), None);
    assert_eq!(incident_word(&id(1), &[again, over, first]), None);
}

#[test]
fn a_word_is_as_old_as_its_writing() {
    let mut late = with_effects(update(1, IncidentStatus::Investigating, minute(10)), &[(1, MajorOutage)]);
    late.created_at = minute(40);
    assert_eq!(incident_word(&id(1), &[late]), Some(Word { status: MajorOutage, at: minute(40) }));
}

#[test]
fn the_worst_status_ever_set_gives_the_impact() {
    let cases = [
        (None, Impact::None),
        (Some(Operational), Impact::None),
        (Some(UnderMaintenance), Impact::None),
        (Some(DegradedPerformance), Impact::Minor),
        (Some(PartialOutage), Impact::Major),
        (Some(MajorOutage), Impact::Critical),
    ];
    for (worst, expected) in cases {
        assert_eq!(impact(worst, None), expected, "{worst:?}");
        assert_eq!(impact(worst, Some(Impact::Minor)), Impact::Minor);
    }
}

#[test]
fn impact_remembers_the_worst_effect_of_any_update() {
    let updates = [
        with_effects(update(3, IncidentStatus::Resolved, minute(30)), &[(1, Operational)]),
        update(2, IncidentStatus::Monitoring, minute(20)),
        with_effects(update(1, IncidentStatus::Investigating, minute(10)), &[(1, DegradedPerformance), (2, PartialOutage)]),
    ];
    assert_eq!(worst_ever(&updates), Some(PartialOutage));
    assert_eq!(impact_of(&updates, None), Impact::Major);
    assert_eq!(impact_of(&updates, Some(Impact::Critical)), Impact::Critical);
    assert_eq!(impact_of(&[update(1, IncidentStatus::Investigating, minute(0))], None), Impact::None);
}
