//! The one sentence over the whole page (contract 1.3).

use app::words::{ComponentStatus, Sentence};

/// A component that is not a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// Its effective status.
    pub status: ComponentStatus,
    /// Somebody else's service, shown apart; it never colours the overall status.
    pub upstream: bool,
}

/// The overall status. Only statuses count, never an incident's impact; "all" holds for a single component too.
#[must_use]
pub fn sentence(leaves: &[Leaf]) -> Sentence {
    let own = || leaves.iter().filter(|leaf| !leaf.upstream).map(|leaf| leaf.status);
    let some = |status| own().any(|s| s == status);
    let all = |status| own().all(|s| s == status);

    // From worst to best: the first status that any component has decides, so "all" is never asked of an empty page.
    if some(ComponentStatus::MajorOutage) {
        return if all(ComponentStatus::MajorOutage) { Sentence::MajorSystemOutage } else { Sentence::PartialSystemOutage };
    }
    if some(ComponentStatus::PartialOutage) {
        return if all(ComponentStatus::PartialOutage) { Sentence::PartialSystemOutage } else { Sentence::MinorServiceOutage };
    }
    if some(ComponentStatus::DegradedPerformance) {
        let every = all(ComponentStatus::DegradedPerformance);
        return if every { Sentence::DegradedSystemService } else { Sentence::PartiallyDegradedService };
    }
    if some(ComponentStatus::UnderMaintenance) {
        return Sentence::ServiceUnderMaintenance;
    }
    Sentence::AllSystemsOperational
}
