//! Planned work.

use std::collections::HashMap;

use app::words::{
    ComponentStatus, Id, Impact, Maintenance, MaintenanceStatus, MaintenanceUpdate, Occurrence, PlannedStatus, ReminderPlan, Window,
    WindowMove,
};
use chrono::{DateTime, Utc};
use sqlx::FromRow;
use sqlx::types::Json;

use super::updates::{UpdateRow, by_parent, grouped};
use super::values::Word;
use super::{StoreError, Tx};

pub use list::{Which, list};
pub use updates::{change_update, keep_update, next_seq, update_ids, upsert_update, withdraw_update};

/// Planned work and what only this side of the house knows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaintenanceRecord {
    /// The work. `status` is what was last said; what holds at an instant is derived from it and the time.
    pub maintenance: Maintenance,
    /// The page's revision with which it last changed.
    pub revision: i64,
    /// Whether viewers may know of it: announced, and not deleted.
    pub visible: bool,
}

#[derive(FromRow)]
struct MaintenanceRow {
    id: Word<Id>,
    name: String,
    status: Word<MaintenanceStatus>,
    impact: Word<Impact>,
    window_from: Option<DateTime<Utc>>,
    window_until: Option<DateTime<Utc>>,
    auto_start: bool,
    auto_complete: bool,
    expected_downtime_minutes: Option<i64>,
    worst_downtime_minutes: Option<i64>,
    remind_before: Json<Vec<i64>>,
    tell_start: bool,
    tell_end: bool,
    sequence: i64,
    series_id: Option<Word<Id>>,
    occurrence: Option<i64>,
    started_at: Option<DateTime<Utc>>,
    completed_at: Option<DateTime<Utc>>,
    published_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    deleted_at: Option<DateTime<Utc>>,
    revision: i64,
}

#[derive(FromRow)]
struct PlannedRow {
    maintenance_id: Word<Id>,
    component_id: Word<Id>,
    status: Word<ComponentStatus>,
}

#[derive(FromRow)]
struct MoveRow {
    maintenance_id: Word<Id>,
    at: DateTime<Utc>,
    old_from: Option<DateTime<Utc>>,
    old_until: Option<DateTime<Utc>>,
    new_from: DateTime<Utc>,
    new_until: DateTime<Utc>,
}

fn window(from: Option<DateTime<Utc>>, until: Option<DateTime<Utc>>) -> Option<Window> {
    from.zip(until).map(|(from, until)| Window { from, until })
}

impl MaintenanceRow {
    fn record(self, components: Vec<PlannedStatus>, moves: Vec<WindowMove>, updates: Vec<MaintenanceUpdate>) -> MaintenanceRecord {
        MaintenanceRecord {
            visible: self.published_at.is_some() && self.deleted_at.is_none(),
            revision: self.revision,
            maintenance: Maintenance {
                id: self.id.0,
                name: self.name,
                status: self.status.0,
                impact: self.impact.0,
                window: window(self.window_from, self.window_until),
                moves,
                auto_start: self.auto_start,
                auto_complete: self.auto_complete,
                reminders: ReminderPlan { before_minutes: self.remind_before.0, at_start: self.tell_start, at_end: self.tell_end },
                occurrence: self.series_id.zip(self.occurrence).map(|(series, number)| Occurrence { series_id: series.0, number }),
                sequence: self.sequence,
                expected_downtime_minutes: self.expected_downtime_minutes,
                worst_downtime_minutes: self.worst_downtime_minutes,
                started_at: self.started_at,
                completed_at: self.completed_at,
                published_at: self.published_at,
                created_at: self.created_at,
                updated_at: self.updated_at,
                components,
                updates,
            },
        }
    }
}

/// Planned work that a sub-select of ids finds, with all that hangs on it: four statements, however much there is.
macro_rules! records {
    ($tx:expr, $row:ty, $more:literal, $ids:expr $(, $arg:expr)*) => {{
        let rows = fetch_all!(
            $tx,
            $row,
            concat!(
                "select id, name, status, impact, window_from, window_until, auto_start, auto_complete, expected_downtime_minutes,
                        worst_downtime_minutes, remind_before, tell_start, tell_end, sequence, series_id, occurrence, started_at,
                        completed_at, published_at, created_at, updated_at, deleted_at, revision", $more,
                " from maintenances where id in (", $ids, ") order by id"
            )
            $(, $arg)*
        )?;
        let planned = fetch_all!(
            $tx,
            PlannedRow,
            concat!(
                "select maintenance_id, component_id, status from maintenance_components
                 where maintenance_id in (", $ids, ") order by maintenance_id, position"
            )
            $(, $arg)*
        )?;
        let moves = fetch_all!(
            $tx,
            MoveRow,
            concat!(
                "select maintenance_id, at, old_from, old_until, new_from, new_until from maintenance_moves
                 where maintenance_id in (", $ids, ") order by maintenance_id, seq"
            )
            $(, $arg)*
        )?;
        let updates = fetch_all!(
            $tx,
            UpdateRow,
            concat!(
                "select maintenance_id as parent_id, id, status, body, display_at, created_at, updated_at, effects, notify
                 from maintenance_updates where withdrawn_at is null and maintenance_id in (", $ids, ")
                 order by maintenance_id, display_at desc, seq desc"
            )
            $(, $arg)*
        )?;
        (rows, Hanging::new(planned, moves, updates)?)
    }};
}

/// What hangs on planned work, by its id.
struct Hanging {
    planned: HashMap<Id, Vec<PlannedStatus>>,
    moves: HashMap<Id, Vec<WindowMove>>,
    updates: HashMap<Id, Vec<MaintenanceUpdate>>,
}

impl Hanging {
    fn new(planned: Vec<PlannedRow>, moves: Vec<MoveRow>, updates: Vec<UpdateRow>) -> Result<Self, StoreError> {
        let planned = planned.into_iter();
        let moves = moves.into_iter().map(|row| {
            let to = Window { from: row.new_from, until: row.new_until };
            (row.maintenance_id.0, WindowMove { at: row.at, from: window(row.old_from, row.old_until), to })
        });
        Ok(Self {
            planned: grouped(
                planned.map(|row| (row.maintenance_id.0, PlannedStatus { component_id: row.component_id.0, status: row.status.0 })),
            ),
            moves: grouped(moves),
            updates: by_parent(updates)?,
        })
    }

    fn record(&mut self, row: MaintenanceRow) -> MaintenanceRecord {
        let planned = self.planned.remove(&row.id.0).unwrap_or_default();
        let moves = self.moves.remove(&row.id.0).unwrap_or_default();
        let updates = self.updates.remove(&row.id.0).unwrap_or_default();
        row.record(planned, moves, updates)
    }
}

/// Every maintenance that changed after `revision` (all of them after a revision below 0), unannounced and deleted ones too, by id; each
/// with its components, moves and updates, newest update first and without those withdrawn.
///
/// # Errors
/// [`StoreError`]
pub async fn changed_since(tx: &mut Tx, page: &Id, revision: i64) -> Result<Vec<MaintenanceRecord>, StoreError> {
    let (rows, mut hanging) =
        records!(tx, MaintenanceRow, "", "select id from maintenances where page_id = $1 and revision > $2", page, revision);
    Ok(rows.into_iter().map(|row| hanging.record(row)).collect())
}

/// Planned work with all that staff see of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaintenanceFile {
    /// The work.
    pub record: MaintenanceRecord,
    /// Who looks after it.
    pub owner: Option<String>,
    /// What staff note for themselves.
    pub internal_notes: Option<String>,
    /// Whether it was deleted.
    pub deleted: bool,
}

#[derive(FromRow)]
struct FileRow {
    #[sqlx(flatten)]
    maintenance: MaintenanceRow,
    owner: Option<String>,
    internal_notes: Option<String>,
}

impl FileRow {
    fn file(self, hanging: &mut Hanging) -> MaintenanceFile {
        MaintenanceFile {
            owner: self.owner,
            internal_notes: self.internal_notes,
            deleted: self.maintenance.deleted_at.is_some(),
            record: hanging.record(self.maintenance),
        }
    }
}

macro_rules! files {
    ($tx:expr, $ids:expr $(, $arg:expr)*) => {{
        let (rows, mut hanging) = records!($tx, FileRow, ", owner, internal_notes", $ids $(, $arg)*);
        rows.into_iter().map(|row| row.file(&mut hanging)).collect::<Vec<_>>()
    }};
}

mod list;
mod updates;

/// One piece of planned work, a draft or deleted one too.
///
/// # Errors
/// [`StoreError`]
pub async fn get(tx: &mut Tx, page: &Id, id: &Id) -> Result<Option<MaintenanceFile>, StoreError> {
    Ok(files!(tx, "select id from maintenances where page_id = $1 and id = $2", page, id).pop())
}

/// The windows of a series that are not deleted, by number.
///
/// # Errors
/// [`StoreError`]
pub async fn of_series(tx: &mut Tx, page: &Id, series: &Id) -> Result<Vec<MaintenanceFile>, StoreError> {
    let mut found = files!(tx, "select id from maintenances where page_id = $1 and series_id = $2 and deleted_at is null", page, series);
    found.sort_by_key(|file| file.record.maintenance.occurrence.as_ref().map(|occurrence| occurrence.number));
    Ok(found)
}

/// Announced work that is not over as last said and whose window begins before an instant: what the clock may have to tell or to do
/// something for. Soonest first.
///
/// # Errors
/// [`StoreError`]
pub async fn due(tx: &mut Tx, page: &Id, before: DateTime<Utc>) -> Result<Vec<MaintenanceFile>, StoreError> {
    let mut found = files!(
        tx,
        "select id from maintenances
         where page_id = $1 and published_at is not null and deleted_at is null and status not in ('completed', 'cancelled')
             and window_from < $2",
        page,
        before
    );
    found.sort_by_key(|file| file.record.maintenance.window.map(|window| window.from));
    Ok(found)
}

/// Writes planned work, new or changed, with its components and moves, without its updates.
///
/// # Errors
/// [`StoreError::Missing`] where another page has the id.
pub async fn upsert(tx: &mut Tx, page: &Id, maintenance: &Maintenance, revision: i64) -> Result<(), StoreError> {
    let rows = execute!(
        tx,
        "insert into maintenances (id, page_id, name, status, impact, window_from, window_until, auto_start, auto_complete,
             expected_downtime_minutes, worst_downtime_minutes, started_at, completed_at, published_at, created_at, updated_at, revision,
             remind_before, tell_start, tell_end, sequence, series_id, occurrence)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
         on conflict (id) do update set name = excluded.name, status = excluded.status, impact = excluded.impact,
             window_from = excluded.window_from, window_until = excluded.window_until, auto_start = excluded.auto_start,
             auto_complete = excluded.auto_complete, expected_downtime_minutes = excluded.expected_downtime_minutes,
             worst_downtime_minutes = excluded.worst_downtime_minutes, started_at = excluded.started_at,
             completed_at = excluded.completed_at, published_at = excluded.published_at, created_at = excluded.created_at,
             updated_at = excluded.updated_at, revision = excluded.revision, remind_before = excluded.remind_before,
             tell_start = excluded.tell_start, tell_end = excluded.tell_end, sequence = excluded.sequence,
             series_id = excluded.series_id, occurrence = excluded.occurrence
         where maintenances.page_id = excluded.page_id",
        maintenance.id,
        page,
        maintenance.name,
        maintenance.status,
        maintenance.impact,
        maintenance.window.map(|window| window.from),
        maintenance.window.map(|window| window.until),
        maintenance.auto_start,
        maintenance.auto_complete,
        maintenance.expected_downtime_minutes,
        maintenance.worst_downtime_minutes,
        maintenance.started_at,
        maintenance.completed_at,
        maintenance.published_at,
        maintenance.created_at,
        maintenance.updated_at,
        revision,
        Json(&maintenance.reminders.before_minutes),
        maintenance.reminders.at_start,
        maintenance.reminders.at_end,
        maintenance.sequence,
        maintenance.occurrence.as_ref().map(|occurrence| &occurrence.series_id),
        maintenance.occurrence.as_ref().map(|occurrence| occurrence.number)
    )?;
    StoreError::unless_changed(rows, "maintenance", maintenance.id.as_str())?;
    set_components(tx, maintenance).await?;
    set_moves(tx, maintenance).await
}

async fn set_components(tx: &mut Tx, maintenance: &Maintenance) -> Result<(), StoreError> {
    execute!(tx, "delete from maintenance_components where maintenance_id = $1", maintenance.id)?;
    for (position, planned) in (0_i64..).zip(&maintenance.components) {
        execute!(
            tx,
            "insert into maintenance_components (maintenance_id, component_id, position, status) values ($1, $2, $3, $4)",
            maintenance.id,
            planned.component_id,
            position,
            planned.status
        )?;
    }
    Ok(())
}

async fn set_moves(tx: &mut Tx, maintenance: &Maintenance) -> Result<(), StoreError> {
    execute!(tx, "delete from maintenance_moves where maintenance_id = $1", maintenance.id)?;
    for (seq, moved) in (0_i64..).zip(&maintenance.moves) {
        execute!(
            tx,
            "insert into maintenance_moves (maintenance_id, seq, at, old_from, old_until, new_from, new_until)
             values ($1, $2, $3, $4, $5, $6, $7)",
            maintenance.id,
            seq,
            moved.at,
            moved.from.map(|window| window.from),
            moved.from.map(|window| window.until),
            moved.to.from,
            moved.to.until
        )?;
    }
    Ok(())
}

/// Notes who looks after planned work and what staff note for themselves.
///
/// # Errors
/// [`StoreError::Missing`] where there is no such maintenance.
pub async fn set_notes(tx: &mut Tx, id: &Id, owner: Option<&str>, internal_notes: Option<&str>) -> Result<(), StoreError> {
    let rows = execute!(tx, "update maintenances set owner = $2, internal_notes = $3 where id = $1", id, owner, internal_notes)?;
    StoreError::unless_changed(rows, "maintenance", id.as_str())
}

/// Takes planned work out of sight. It stays in the record.
///
/// # Errors
/// [`StoreError::Missing`] where the page has no such work, or it is deleted already.
pub async fn delete(tx: &mut Tx, page: &Id, id: &Id, now: DateTime<Utc>, revision: i64) -> Result<(), StoreError> {
    let rows = execute!(
        tx,
        "update maintenances set deleted_at = $3, revision = $4 where page_id = $1 and id = $2 and deleted_at is null",
        page,
        id,
        now,
        revision
    )?;
    StoreError::unless_changed(rows, "maintenance", id.as_str())
}
