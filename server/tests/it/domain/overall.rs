//! The overall sentence against an independent table.

use app::words::ComponentStatus::{self, DegradedPerformance, MajorOutage, Operational, PartialOutage, UnderMaintenance};
use app::words::Sentence;
use proptest::prelude::*;
use server::domain::overall::{Leaf, sentence};

use super::any_status;

fn own(statuses: &[ComponentStatus]) -> Vec<Leaf> {
    statuses.iter().map(|status| Leaf { status: *status, upstream: false }).collect()
}

/// Contract 1.3 as counts per status.
fn by_counting(leaves: &[Leaf]) -> &'static str {
    let count = |status| leaves.iter().filter(|leaf| !leaf.upstream && leaf.status == status).count();
    let total = leaves.iter().filter(|leaf| !leaf.upstream).count();
    let counts = (count(MajorOutage), count(PartialOutage), count(DegradedPerformance), count(UnderMaintenance));
    match counts {
        (0, 0, 0, 0) => "All Systems Operational",
        (0, 0, 0, _) => "Service Under Maintenance",
        (0, 0, degraded, _) if degraded == total => "Degraded System Service",
        (0, 0, _, _) => "Partially Degraded Service",
        (0, partial, _, _) if partial == total => "Partial System Outage",
        (0, _, _, _) => "Minor Service Outage",
        (major, _, _, _) if major == total => "Major System Outage",
        _ => "Partial System Outage",
    }
}

proptest! {
    #[test]
    fn the_sentence_agrees_with_the_contract_table(leaves in prop::collection::vec((any_status(), any::<bool>()), 0..7)) {
        let leaves: Vec<_> = leaves.into_iter().map(|(status, upstream)| Leaf { status, upstream }).collect();
        prop_assert_eq!(sentence(&leaves).as_str(), by_counting(&leaves));
    }

    #[test]
    fn the_sentence_says_all_where_all_components_agree(status in any_status(), n in 1usize..6) {
        let said = sentence(&own(&vec![status; n]));
        let expected = match status {
            Operational => Sentence::AllSystemsOperational,
            UnderMaintenance => Sentence::ServiceUnderMaintenance,
            DegradedPerformance => Sentence::DegradedSystemService,
            PartialOutage => Sentence::PartialSystemOutage,
            MajorOutage => Sentence::MajorSystemOutage,
        };
        prop_assert_eq!(said, expected);
    }

    #[test]
    fn upstream_components_never_count(mine in prop::collection::vec(any_status(), 0..5), theirs in prop::collection::vec(any_status(), 0..5)) {
        let alone = own(&mine);
        let mut together = alone.clone();
        together.extend(theirs.into_iter().map(|status| Leaf { status, upstream: true }));
        prop_assert_eq!(sentence(&alone), sentence(&together));
    }

    #[test]
    fn a_component_that_gets_worse_never_improves_the_indicator(
        statuses in prop::collection::vec(any_status(), 1..6), which in any::<prop::sample::Index>(), worse in any_status(),
    ) {
        let before = own(&statuses);
        let mut after = before.clone();
        if let Some(leaf) = after.get_mut(which.index(before.len())) {
            leaf.status = leaf.status.max(worse);
        }
        prop_assert!(sentence(&before).indicator() <= sentence(&after).indicator());
    }
}

#[test]
fn every_named_case_of_the_table_holds() {
    let cases: &[(&[ComponentStatus], Sentence)] = &[
        (&[], Sentence::AllSystemsOperational),
        (&[Operational, Operational], Sentence::AllSystemsOperational),
        (&[Operational, UnderMaintenance], Sentence::ServiceUnderMaintenance),
        (&[UnderMaintenance, UnderMaintenance], Sentence::ServiceUnderMaintenance),
        (&[Operational, DegradedPerformance], Sentence::PartiallyDegradedService),
        (&[DegradedPerformance, UnderMaintenance], Sentence::PartiallyDegradedService),
        (&[DegradedPerformance, DegradedPerformance], Sentence::DegradedSystemService),
        (&[DegradedPerformance, PartialOutage], Sentence::MinorServiceOutage),
        (&[Operational, PartialOutage], Sentence::MinorServiceOutage),
        (&[PartialOutage, PartialOutage], Sentence::PartialSystemOutage),
        (&[Operational, Operational, Operational, MajorOutage], Sentence::PartialSystemOutage),
        (&[PartialOutage, MajorOutage], Sentence::PartialSystemOutage),
        (&[MajorOutage], Sentence::MajorSystemOutage),
        (&[MajorOutage, MajorOutage], Sentence::MajorSystemOutage),
    ];
    for (statuses, expected) in cases {
        assert_eq!(sentence(&own(statuses)), *expected, "{statuses:?}");
    }
}

#[test]
fn a_page_with_only_upstream_components_is_operational() {
    assert_eq!(sentence(&[Leaf { status: MajorOutage, upstream: true }]), Sentence::AllSystemsOperational);
}
