//! Heartbeats: a job says that it ran, or is found not to have said so in time (reliability N18).

use std::collections::BTreeMap;

use app::words::{Id, Monitor, MonitorKind};
use chrono::{DateTime, TimeDelta, Utc};

use super::checks::{Finished, Recorded, record, record_in};
use super::presence;
use crate::domain::evidence::{Observation, Outcome, Reason, Timings};
use crate::domain::heartbeat::{Absence, Rhythm, late_by, missing_at};
use crate::secret::{Purpose, Secret};
use crate::store::check_batches::{self, Conclusion};
use crate::store::checks::Claimed;
use crate::store::{Db, StoreError, Tx, checks, heartbeats};

/// A job that never ran yet is looked at this often: nothing follows from it, and its first beat says when to look.
const IDLE: TimeDelta = TimeDelta::days(1);

/// What a job says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beat {
    /// It ran.
    Ran,
    /// It ran and failed.
    Failed,
}

/// The path of the address at which a job says that it ran. A monitor has one, until it is given another.
#[must_use]
pub fn push_path(secret: &Secret, page: &Id, monitor: &Monitor) -> String {
    format!("/hooks/heartbeat/{}", secret.token(Purpose::Heartbeat, page, &monitor.id, monitor.settings.push_epoch))
}

/// The monitor whose push address has this token; `None` where it is nobody's.
///
/// # Errors
/// [`StoreError`]
pub async fn named(db: &Db, secret: &Secret, token: &str) -> Result<Option<Id>, StoreError> {
    let Some(monitor) = Secret::subject(token) else { return Ok(None) };
    let mut tx = db.read().await?;
    let known = heartbeats::push_epoch(&mut tx, &monitor).await?;
    Ok(known.filter(|(page, epoch)| secret.proves(token, Purpose::Heartbeat, page, &monitor, *epoch)).map(|_| monitor))
}

/// Keeps what a job says as the result of a check, with all that follows from it; `None` where its monitor rests.
///
/// # Errors
/// [`StoreError`]
pub async fn take(db: &Db, monitor: &Id, beat: Beat, now: DateTime<Utc>) -> Result<Option<Recorded>, StoreError> {
    // Of all who write of one monitor at the same time one gets through with each turn.
    loop {
        let mut tx = db.write().await?;
        let known = checks::known(&mut tx, monitor).await?;
        // It may have become something else since it was named.
        let Some(claimed) = known.filter(|known| known.monitor.kind == MonitorKind::Heartbeat) else { return Ok(None) };
        let seen = heard(&mut tx, &claimed, beat, now).await?;
        let (recorded, ours) = record_in(&mut tx, &[Finished { claimed, seen }], now, || 0.0).await?;
        if ours {
            heartbeats::beaten(&mut tx, monitor, now).await?;
            tx.commit().await?;
            return Ok(Some(recorded));
        }
    }
}

/// A beat as a check that was made, with how late it was.
async fn heard(tx: &mut Tx, claimed: &Claimed, beat: Beat, now: DateTime<Utc>) -> Result<Observation, StoreError> {
    let rhythm = Rhythm::of(&claimed.monitor);
    let late = match claimed.waits_since {
        // Absences make no beat later than it is.
        Some(since) if now > since + rhythm.interval + rhythm.grace => {
            late_by(since, rhythm, &presence::absences_after(tx, &claimed.page, since, now).await?, now)
        }
        _ => None,
    };
    let outcome = match beat {
        Beat::Ran => Outcome::Good,
        Beat::Failed => Outcome::Bad(Reason::HeartbeatFailed),
    };
    Ok(Observation { excerpt: late.map(|late| format!("{} s late", late.num_seconds())), ..seen(now, outcome) })
}

/// Looks whether the beats of these monitors are missing. Those that are count as failed checks; the others are looked at again when
/// they would be.
///
/// # Errors
/// [`StoreError`]
pub async fn look(db: &Db, batch: Vec<Claimed>, now: DateTime<Utc>) -> Result<Recorded, StoreError> {
    let (mut missing, mut waiting) = (Vec::new(), Vec::new());
    let mut tx = db.read().await?;
    let mut absences: BTreeMap<Id, Vec<Absence>> = BTreeMap::new();
    for claimed in batch {
        let Some(since) = claimed.waits_since else {
            waiting.push((claimed, now + IDLE));
            continue;
        };
        if !absences.contains_key(&claimed.page) {
            // All there are: an absence from before a beat says nothing of the next one.
            let all = presence::absences_after(&mut tx, &claimed.page, DateTime::UNIX_EPOCH, now).await?;
            absences.insert(claimed.page.clone(), all);
        }
        let away = absences.get(&claimed.page).map_or(&[][..], Vec::as_slice);
        let found = claimed.state.last_result_at.filter(|at| *at > since);
        let at = missing_at(since, Rhythm::of(&claimed.monitor), away, found);
        if at > now {
            waiting.push((claimed, at));
        } else {
            missing.push(Finished { claimed, seen: seen(now, Outcome::Bad(Reason::HeartbeatMissed)) });
        }
    }
    drop(tx);
    if !waiting.is_empty() {
        let mut tx = db.write().await?;
        let conclusions: Vec<Conclusion<'_>> = waiting
            .iter()
            .map(|(claimed, at)| Conclusion {
                monitor: &claimed.monitor.id,
                epoch: claimed.epoch,
                state: &claimed.state,
                next_check_at: *at,
            })
            .collect();
        check_batches::conclude(&mut tx, &conclusions).await?;
        tx.commit().await?;
    }
    if missing.is_empty() { Ok(Recorded::default()) } else { record(db, &missing, now, || 0.0).await }
}

/// When a monitor is looked at after a result: when the next beat is missing unless it comes, or the same one still is.
pub(super) fn next_look(monitor: &Monitor, outcome: Outcome, at: DateTime<Utc>) -> DateTime<Utc> {
    let rhythm = Rhythm::of(monitor);
    if outcome == Outcome::Bad(Reason::HeartbeatMissed) { at + rhythm.interval } else { missing_at(at, rhythm, &[], None) }
}

fn seen(at: DateTime<Utc>, outcome: Outcome) -> Observation {
    Observation { at, outcome, http_status: None, timings: Timings::default(), excerpt: None, certificate: None, advice: None }
}
