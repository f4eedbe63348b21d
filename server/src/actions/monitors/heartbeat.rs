//! Heartbeat monitors: what of them cannot be meant, and since when they wait for a beat.

use app::words::{Monitor, MonitorKind, MonitorSettings};
use chrono::{DateTime, Utc};

use crate::actions::Problem;
use crate::store::{StoreError, Tx, heartbeats};

/// The longest that a beat is waited for, and as long again may it be late: a job that runs once a month. In seconds.
pub(super) const LONGEST: i64 = 31 * 86_400;

/// A heartbeat monitor has no target.
pub(super) fn wrong(target: &str) -> Option<Problem> {
    let sentence = "A heartbeat monitor asks nobody: the job calls its push address. Leave the address empty.";
    (!target.is_empty()).then(|| Problem::new("target", sentence))
}

/// A grace that cannot be meant.
pub(super) fn wrong_grace(kind: MonitorKind, settings: &MonitorSettings) -> Option<Problem> {
    let grace = settings.grace_seconds?;
    if kind != MonitorKind::Heartbeat {
        return Some(Problem::new("grace_seconds", "Only heartbeat monitors have a grace. Leave it empty."));
    }
    let sentence = || format!("The seconds that a beat may be late must be a whole number from 1 to {LONGEST}.");
    (!(1..=LONGEST).contains(&grace)).then(|| Problem::new("grace_seconds", sentence()))
}

/// Settings without the grace: another one changes when a beat is missing, not what was heard.
pub(super) fn but_grace(settings: &MonitorSettings) -> MonitorSettings {
    MonitorSettings { grace_seconds: None, ..settings.clone() }
}

/// What becomes of waiting when a monitor knows nothing any more. Who goes on after a pause waits from then on, so that a job that died
/// meanwhile is found; who becomes a heartbeat monitor has heard nothing yet.
pub(super) async fn wait_anew(tx: &mut Tx, before: &Monitor, after: &Monitor, now: DateTime<Utc>) -> Result<(), StoreError> {
    if before.kind != after.kind {
        heartbeats::forget(tx, &after.id).await
    } else if before.paused_at.is_some() && after.paused_at.is_none() {
        heartbeats::go_on(tx, &after.id, now).await
    } else {
        Ok(())
    }
}
