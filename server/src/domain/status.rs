//! The status of one component: stated by people, observed by monitors, planned by maintenance.

use app::words::{ComponentStatus, Id, IncidentUpdate};
use chrono::{DateTime, Utc};

/// One human word on a component that still holds: of staff, the API, an import, or of an open incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// What was said.
    pub status: ComponentStatus,
    /// When it was said.
    pub at: DateTime<Utc>,
}

/// What people say of a component: the newest word; of equally new ones the later in the slice. Nobody said anything = operational.
#[must_use]
pub fn stated(words: &[Word]) -> ComponentStatus {
    words.iter().max_by_key(|word| word.at).map_or(ComponentStatus::Operational, |word| word.status)
}

/// What an incident still says of a component: its newest effect on it. `updates` are newest first. Being resolved ends what was
/// said until then, so an incident that is over says nothing, and a reopened one only what came after.
///
/// The word is as old as its writing, not as the time it is shown under: who writes at 10:30 "down since 10:00" overrules what
/// somebody else said at 10:15.
#[must_use]
pub fn incident_word(component: &Id, updates: &[IncidentUpdate]) -> Option<Word> {
    updates.iter().take_while(|update| !update.status.is_over()).find_map(|update| {
        let effect = update.effects.iter().flatten().find(|effect| effect.component_id == *component)?;
        Some(Word { status: effect.to, at: update.created_at })
    })
}

/// What viewers read: the worse of what people state and what monitors observe. While planned work is under way its status takes
/// the monitors' place, because failing checks are expected then; it never hides what people say.
#[must_use]
pub fn effective(stated: ComponentStatus, observed: Option<ComponentStatus>, planned: Option<ComponentStatus>) -> ComponentStatus {
    planned.or(observed).map_or(stated, |other| stated.max(other))
}

/// The worst of several statuses, as a group shows it; of none, operational.
#[must_use]
pub fn worst(statuses: impl IntoIterator<Item = ComponentStatus>) -> ComponentStatus {
    statuses.into_iter().max().unwrap_or(ComponentStatus::Operational)
}
