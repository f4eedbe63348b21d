//! What an incident's updates mean for the incident. Any order of statuses is allowed; nothing is refused here.

use std::cmp::Reverse;

use app::words::{IncidentStatus, IncidentUpdate, Update};
use chrono::{DateTime, Utc};

/// Where an incident stands, derived from its updates (contract 1.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The newest update's status.
    pub status: IncidentStatus,
    /// When a fix was first being watched; a reopening does not undo it.
    pub monitoring_at: Option<DateTime<Utc>>,
    /// When it was over; `None` exactly while it is not.
    pub resolved_at: Option<DateTime<Utc>>,
}

/// Where an incident with these updates (newest first) stands; `None` where nothing was said yet.
#[must_use]
pub fn standing(updates: &[IncidentUpdate]) -> Option<Standing> {
    let status = updates.first()?.status;
    let first_monitoring = updates.iter().rfind(|update| update.status == IncidentStatus::Monitoring);
    // The closing update is the oldest of the unbroken run of over ones at the top: a post-mortem published
    // days later does not move the end, and a reopening leaves no run at all.
    let closing = updates.iter().take_while(|update| update.status.is_over()).last();
    Some(Standing {
        status,
        monitoring_at: first_monitoring.map(|update| update.display_at),
        resolved_at: closing.map(|update| update.display_at),
    })
}

/// Puts updates newest first by the time they are shown under. Equal times keep the order they are given in.
pub fn sort_updates<S>(updates: &mut [Update<S>]) {
    updates.sort_by_key(|update| Reverse(update.display_at));
}

/// When the first words were really written, whatever time they are shown under; `None` where there are none.
#[must_use]
pub fn first_post<S>(updates: &[Update<S>]) -> Option<DateTime<Utc>> {
    updates.iter().map(|update| update.created_at).min()
}
