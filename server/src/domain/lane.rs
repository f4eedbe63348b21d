//! Which mails go first (reliability Q10): what one person waits for, then what breaks or changes now, then everything that can wait.

use app::words::NotificationKind;

/// What one person waits for.
pub const PERSONAL: i64 = 0;
/// Incidents, and planned work that is other than it was said to be.
pub const NOW: i64 = 1;
/// What can wait: reminders, announcements, post-mortems.
pub const LATER: i64 = 2;

/// The lane of what goes to many; a smaller one overtakes a larger one.
#[must_use]
pub const fn of_many(kind: NotificationKind) -> i64 {
    use NotificationKind as Kind;
    match kind {
        Kind::IncidentOpened
        | Kind::IncidentUpdated
        | Kind::IncidentResolved
        | Kind::MaintenanceMoved
        | Kind::MaintenanceExtended
        | Kind::MaintenanceCancelled => NOW,
        _ => LATER,
    }
}

/// How many of `left` deliveries that may still be claimed go to one list: what goes to single people is taken whole, lists of a lane take
/// turns. `alike` are the lists of its lane that are still to come, itself among them.
#[must_use]
pub fn share(lane: i64, alike: usize, left: usize) -> usize {
    if lane == PERSONAL { left } else { left.div_ceil(alike.max(1)) }
}
