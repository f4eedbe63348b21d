//! Failures of monitors and the incidents that were written of them.

use app::words::{Id, Monitor, Verdict};
use chrono::{DateTime, Utc};
use sqlx::FromRow;
use sqlx::types::Json;

use super::monitors::MonitorRow;
use super::values::Word;
use super::{StoreError, Tx};
use crate::domain::evidence::Evidence;
use crate::domain::seen::{Kept, Seen};

#[derive(FromRow)]
struct FailedRow {
    #[sqlx(flatten)]
    monitor: MonitorRow,
    first_failed_at: DateTime<Utc>,
}

/// Whether the failure that began then has been told of: an incident that is about the monitor is open, or was written since, whatever
/// became of it.
///
/// # Errors
/// [`StoreError`]
pub async fn has_told(tx: &mut Tx, monitor: &Id, first_failed_at: DateTime<Utc>) -> Result<bool, StoreError> {
    let (told,) = fetch_one!(
        tx,
        (bool,),
        "select exists (select 1 from incident_monitors n join incidents i on i.id = n.incident_id
             where n.monitor_id = $1 and not n.beside and ((i.resolved_at is null and i.deleted_at is null) or n.noted_at >= $2))",
        monitor,
        first_failed_at
    )?;
    Ok(told)
}

/// When an incident was last written of a failure of that monitor, whatever became of it.
///
/// # Errors
/// [`StoreError`]
pub async fn told_at(tx: &mut Tx, monitor: &Id) -> Result<Option<DateTime<Utc>>, StoreError> {
    let (told_at,) = fetch_one!(
        tx,
        (Option<DateTime<Utc>>,),
        "select max(noted_at) from incident_monitors where monitor_id = $1 and not beside",
        monitor
    )?;
    Ok(told_at)
}

/// Monitors at work whose confirmed failure nobody was told of, each with the first failed check.
///
/// # Errors
/// [`StoreError`]
pub async fn untold_failures(tx: &mut Tx, page: &Id) -> Result<Vec<(Monitor, DateTime<Utc>)>, StoreError> {
    let rows = fetch_all!(
        tx,
        FailedRow,
        "select m.id, m.component_id, m.name, m.kind, m.target, m.interval_seconds, m.timeout_ms, m.failure_threshold,
                m.success_threshold, m.status_when_down, m.settings, m.paused_at, m.created_at, m.updated_at, s.first_failed_at
         from monitors m join monitor_states s on s.monitor_id = m.id
         where m.page_id = $1 and m.deleted_at is null and m.paused_at is null and s.verdict = $2 and s.first_failed_at is not null
           and not exists (select 1 from incident_monitors n join incidents i on i.id = n.incident_id
               where n.monitor_id = m.id and not n.beside
                 and ((i.resolved_at is null and i.deleted_at is null) or n.noted_at >= s.first_failed_at))
         order by m.id",
        page,
        Verdict::Down
    )?;
    Ok(rows.into_iter().map(|row| (row.monitor.into(), row.first_failed_at)).collect())
}

/// The newest incident that is about the monitor and not over, with what the monitor saw.
///
/// # Errors
/// [`StoreError`]
pub async fn open_incident(tx: &mut Tx, monitor: &Id) -> Result<Option<(Id, Evidence)>, StoreError> {
    let all = seen_in(tx, monitor).await?;
    let own = all.into_iter().find_map(|(incident, seen)| {
        let own = seen.into_iter().find(|seen| seen.monitor_id == *monitor && !seen.beside)?;
        Some((incident, own.evidence))
    });
    Ok(own)
}

/// The incidents that are not over and know of a failure of the monitor, newest first, each with all that was seen of it.
///
/// # Errors
/// [`StoreError`]
pub async fn seen_in(tx: &mut Tx, monitor: &Id) -> Result<Vec<(Id, Vec<Seen>)>, StoreError> {
    let rows = fetch_all!(
        tx,
        (Word<Id>, Option<Word<Id>>, Json<Kept>),
        "select i.id, i.monitor_id, i.evidence from incidents i join incident_monitors n on n.incident_id = i.id
         where n.monitor_id = $1 and i.resolved_at is null and i.deleted_at is null and i.evidence is not null
         order by i.created_at desc, i.id",
        monitor
    )?;
    Ok(rows.into_iter().map(|(id, wrote, kept)| (id.0, kept.0.seen(wrote.map(|wrote| wrote.0).as_ref()))).collect())
}
