//! Planned work.

use std::collections::HashMap;

use app::words::{
    ComponentStatus, GoneMaintenance, Id, Impact, Maintenance, MaintenanceStatus, MaintenanceUpdate, Occurrence, PlannedStatus,
    ReminderPlan, Window, WindowMove,
};
use chrono::{DateTime, Utc};
use sqlx::FromRow;
use sqlx::types::Json;

use super::updates::{UpdateRow, by_parent, grouped};
use super::values::{Word, containing};
use super::{StoreError, Tx};

pub use desk::{Unfinished, sheet, unfinished};
pub use list::{Which, list};
pub use updates::{change_update, keep_update, next_seq, update_ids, upsert_update, withdraw_update};
pub use write::{delete, keep_gone, set_notes, upsert};

/// Planned work and what only this side of the house knows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaintenanceRecord {
    /// The work. `status` is what was last said; what holds at an instant is derived from it and the time.
    pub maintenance: Maintenance,
    /// The page's revision with which it last changed.
    pub revision: i64,
    /// Whether viewers may know of it: announced, and not deleted.
    pub visible: bool,
    /// What calendars are told where viewers knew of it once and may not any more.
    pub gone: Option<GoneMaintenance>,
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
    taken_back: Option<Json<GoneMaintenance>>,
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
    fn record(mut self, components: Vec<PlannedStatus>, moves: Vec<WindowMove>, updates: Vec<MaintenanceUpdate>) -> MaintenanceRecord {
        MaintenanceRecord {
            visible: self.published_at.is_some() && self.deleted_at.is_none(),
            gone: self.gone(&components),
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

impl MaintenanceRow {
    /// Deleted work is as it was when it was deleted; a draft may have been written anew since its announcement was taken back.
    fn gone(&mut self, components: &[PlannedStatus]) -> Option<GoneMaintenance> {
        let sequence = self.sequence;
        let Some(published_at) = self.published_at else {
            return self.taken_back.take().map(|kept| GoneMaintenance { sequence, ..kept.0 });
        };
        Some(GoneMaintenance {
            id: self.id.0.clone(),
            window: window(self.window_from, self.window_until),
            components: components.iter().map(|planned| planned.component_id.clone()).collect(),
            sequence,
            published_at,
            gone_at: self.deleted_at?,
        })
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
                        completed_at, published_at, created_at, updated_at, deleted_at, taken_back, revision", $more,
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

mod desk;
mod list;
mod updates;
mod write;

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

/// The planned work among the newest incidents and planned work together (as `incidents::in_page` has the incidents).
///
/// # Errors
/// [`StoreError`]
pub async fn in_page(tx: &mut Tx, page: &Id, text: Option<&str>, limit: i64, offset: i64) -> Result<Vec<MaintenanceFile>, StoreError> {
    Ok(files!(tx, newest_of_both!(), page, text.map(containing), limit, offset))
}

/// Planned work that is not deleted, drafts too, newest first; with a text only that whose title or messages hold it.
///
/// # Errors
/// [`StoreError`]
pub async fn search(tx: &mut Tx, page: &Id, text: Option<&str>, limit: i64, offset: i64) -> Result<Vec<MaintenanceFile>, StoreError> {
    let mut found = files!(
        tx,
        concat!(
            "select id from maintenances where page_id = $1 and deleted_at is null and ",
            holds!("maintenances", "maintenance_updates", "maintenance_id"),
            " order by created_at desc, id limit $3 offset $4"
        ),
        page,
        text.map(containing),
        limit,
        offset
    );
    found.sort_by(|a, b| {
        let (a, b) = (&a.record.maintenance, &b.record.maintenance);
        b.created_at.cmp(&a.created_at).then_with(|| a.id.cmp(&b.id))
    });
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
