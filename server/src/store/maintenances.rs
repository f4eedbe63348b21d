//! Planned work.

use app::words::{
    ComponentStatus, Id, Impact, Maintenance, MaintenanceStatus, MaintenanceUpdate, Occurrence, PlannedStatus, ReminderPlan, Window,
    WindowMove,
};
use chrono::{DateTime, Utc};
use sqlx::FromRow;
use sqlx::types::Json;

use super::updates::{UpdateRow, by_parent, effects, grouped};
use super::values::Word;
use super::{StoreError, Tx};

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

/// Every maintenance that changed after `revision` (all of them after a revision below 0), unannounced and deleted ones too, by id; each
/// with its components, moves and updates, newest update first and without those withdrawn. Four statements, however many there are.
///
/// # Errors
/// [`StoreError`]
pub async fn changed_since(tx: &mut Tx, page: &Id, revision: i64) -> Result<Vec<MaintenanceRecord>, StoreError> {
    let rows = fetch_all!(
        tx,
        MaintenanceRow,
        "select id, name, status, impact, window_from, window_until, auto_start, auto_complete, expected_downtime_minutes,
                worst_downtime_minutes, remind_before, tell_start, tell_end, sequence, series_id, occurrence, started_at, completed_at,
                published_at, created_at, updated_at, deleted_at, revision
         from maintenances where page_id = $1 and revision > $2 order by id",
        page,
        revision
    )?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let planned = fetch_all!(
        tx,
        PlannedRow,
        "select maintenance_id, component_id, status from maintenance_components
         where maintenance_id in (select id from maintenances where page_id = $1 and revision > $2) order by maintenance_id, position",
        page,
        revision
    )?;
    let moves = fetch_all!(
        tx,
        MoveRow,
        "select maintenance_id, at, old_from, old_until, new_from, new_until from maintenance_moves
         where maintenance_id in (select id from maintenances where page_id = $1 and revision > $2) order by maintenance_id, seq",
        page,
        revision
    )?;
    let updates = fetch_all!(
        tx,
        UpdateRow,
        "select maintenance_id as parent_id, id, status, body, display_at, created_at, updated_at, effects, notify from maintenance_updates
         where withdrawn_at is null and maintenance_id in (select id from maintenances where page_id = $1 and revision > $2)
         order by maintenance_id, display_at desc, seq desc",
        page,
        revision
    )?;
    let mut planned = grouped(
        planned.into_iter().map(|row| (row.maintenance_id.0, PlannedStatus { component_id: row.component_id.0, status: row.status.0 })),
    );
    let mut moves = grouped(moves.into_iter().map(|row| {
        let to = Window { from: row.new_from, until: row.new_until };
        (row.maintenance_id.0, WindowMove { at: row.at, from: window(row.old_from, row.old_until), to })
    }));
    let mut updates = by_parent::<MaintenanceStatus>(updates)?;
    let record = |row: MaintenanceRow| {
        let planned = planned.remove(&row.id.0).unwrap_or_default();
        let moves = moves.remove(&row.id.0).unwrap_or_default();
        let updates = updates.remove(&row.id.0).unwrap_or_default();
        row.record(planned, moves, updates)
    };
    Ok(rows.into_iter().map(record).collect())
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

/// Writes an update of planned work, new or changed. `seq` orders updates shown under the same time; the higher is the newer.
///
/// # Errors
/// [`StoreError::Missing`] where the page has no such maintenance, or the update's id is another maintenance's.
pub async fn upsert_update(tx: &mut Tx, page: &Id, maintenance: &Id, update: &MaintenanceUpdate, seq: i64) -> Result<(), StoreError> {
    let rows = execute!(
        tx,
        "insert into maintenance_updates (id, maintenance_id, status, body, display_at, seq, effects, notify, created_at, updated_at)
         select $1, id, $4, $5, $6, $7, $8, $9, $10, $11 from maintenances where id = $2 and page_id = $3
         on conflict (id) do update set status = excluded.status, body = excluded.body, display_at = excluded.display_at,
             seq = excluded.seq, effects = excluded.effects, notify = excluded.notify, created_at = excluded.created_at,
             updated_at = excluded.updated_at, withdrawn_at = null
         where maintenance_updates.maintenance_id = excluded.maintenance_id",
        update.id,
        maintenance,
        page,
        update.status,
        update.body,
        update.display_at,
        seq,
        effects(update),
        update.notify,
        update.created_at,
        update.updated_at
    )?;
    StoreError::unless_changed(rows, "maintenance with this update", maintenance.as_str())
}

/// Ids of the messages of a maintenance that are not withdrawn.
///
/// # Errors
/// [`StoreError`] when the database cannot be read.
pub async fn update_ids(tx: &mut Tx, maintenance: &Id) -> Result<Vec<Id>, StoreError> {
    let rows = fetch_all!(
        tx,
        (Word<Id>,),
        "select id from maintenance_updates where maintenance_id = $1 and withdrawn_at is null order by display_at, seq",
        maintenance
    )?;
    Ok(rows.into_iter().map(|(id,)| id.0).collect())
}

/// Takes a message back: it stays in the record, and nobody is shown it any more.
///
/// # Errors
/// [`StoreError::Missing`] where the maintenance has no such message, or it is withdrawn already.
pub async fn withdraw_update(tx: &mut Tx, maintenance: &Id, update: &Id, now: DateTime<Utc>) -> Result<(), StoreError> {
    let rows = execute!(
        tx,
        "update maintenance_updates set withdrawn_at = $3 where id = $2 and maintenance_id = $1 and withdrawn_at is null",
        maintenance,
        update,
        now
    )?;
    StoreError::unless_changed(rows, "message to withdraw", update.as_str())
}
