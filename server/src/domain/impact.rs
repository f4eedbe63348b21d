//! How bad an incident is (contract 1.5).

use app::words::{ComponentStatus, Impact, Update};

/// The impact that the worst status ever set means, unless staff chose one.
#[must_use]
pub fn impact(worst_ever: Option<ComponentStatus>, overridden: Option<Impact>) -> Impact {
    overridden.unwrap_or(match worst_ever {
        None | Some(ComponentStatus::Operational | ComponentStatus::UnderMaintenance) => Impact::None,
        Some(ComponentStatus::DegradedPerformance) => Impact::Minor,
        Some(ComponentStatus::PartialOutage) => Impact::Major,
        Some(ComponentStatus::MajorOutage) => Impact::Critical,
    })
}

/// The worst status that any of the updates ever set on any component; `None` where they name none.
#[must_use]
pub fn worst_ever<S>(updates: &[Update<S>]) -> Option<ComponentStatus> {
    updates.iter().flat_map(|update| update.effects.iter().flatten()).map(|effect| effect.to).max()
}

/// The impact of a record with these updates.
#[must_use]
pub fn impact_of<S>(updates: &[Update<S>], overridden: Option<Impact>) -> Impact {
    impact(worst_ever(updates), overridden)
}
