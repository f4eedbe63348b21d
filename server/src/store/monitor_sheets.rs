//! One monitor as its page shows it to staff.

use app::words::{Id, Monitor};
use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::check_rows::CheckRow;
use super::monitors::{MonitorRow, StateRow};
use super::{StoreError, Tx};
use crate::domain::evidence::Timings;
use crate::domain::monitor::State;

/// A monitor, what is known of it, and what it speaks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonitorSheet {
    /// The monitor.
    pub monitor: Monitor,
    /// What its checks mean.
    pub state: State,
    /// What its component is called.
    pub component: Option<String>,
    /// From when on the next beat is waited for; `None` before the first, and for other kinds.
    pub waits_since: Option<DateTime<Utc>>,
    /// When it checks next, or looks whether a beat is missing; `None` while it rests.
    pub next_check_at: Option<DateTime<Utc>>,
}

#[derive(FromRow)]
struct SheetRow {
    #[sqlx(flatten)]
    monitor: MonitorRow,
    #[sqlx(flatten)]
    state: StateRow,
    component_name: Option<String>,
    waits_since: Option<DateTime<Utc>>,
    next_check_at: Option<DateTime<Utc>>,
}

/// One monitor of the page, unless it is deleted.
///
/// # Errors
/// [`StoreError`]
pub async fn one(tx: &mut Tx, page: &Id, id: &Id) -> Result<Option<MonitorSheet>, StoreError> {
    let row = fetch_optional!(
        tx,
        SheetRow,
        "select m.id, m.component_id, m.name, m.kind, m.target, m.interval_seconds, m.timeout_ms, m.failure_threshold,
                m.success_threshold, m.status_when_down, m.settings, m.paused_at, m.created_at, m.updated_at,
                s.verdict, s.since, s.streak, s.first_failed_at, s.first_good_at, s.last_result_at,
                s.slow_row, s.slow_row_since, s.slow_since, s.turns, s.waits_since,
                s.next_check_at, c.name as component_name
         from monitors m
         join monitor_states s on s.monitor_id = m.id
         left join components c on c.id = m.component_id and c.deleted_at is null
         where m.id = $2 and m.page_id = $1 and m.deleted_at is null",
        page,
        id
    )?;
    Ok(row.map(|row| MonitorSheet {
        monitor: row.monitor.into(),
        state: row.state.into(),
        component: row.component_name,
        waits_since: row.waits_since,
        next_check_at: row.next_check_at,
    }))
}

/// A check that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// When it began.
    pub at: DateTime<Utc>,
    /// Why it failed or taught nothing; `None` where all was well.
    pub reason: Option<String>,
    /// The status code, where an answer came.
    pub http_status: Option<u16>,
    /// How long it took.
    pub timings: Timings,
    /// What else is to be said of it: the beginning of a bad answer, how late a beat was.
    pub detail: Option<String>,
}

#[derive(FromRow)]
struct MadeRow {
    #[sqlx(flatten)]
    check: CheckRow,
    detail: Option<String>,
}

/// The newest checks of a monitor, newest first, at most `limit`.
///
/// # Errors
/// [`StoreError`]
pub async fn newest(tx: &mut Tx, monitor: &Id, limit: i64) -> Result<Vec<Made>, StoreError> {
    let rows = fetch_all!(
        tx,
        MadeRow,
        "select at, reason, detail, http_status, dns_us, connect_us, tls_us, first_byte_us, total_us from check_results
         where monitor_id = $1 order by at desc limit $2",
        monitor,
        limit
    )?;
    let made = |row: MadeRow| Made {
        at: row.check.at,
        http_status: row.check.http_status(),
        timings: row.check.timings(),
        reason: row.check.reason,
        detail: row.detail,
    };
    Ok(rows.into_iter().map(made).collect())
}
