//! Incidents and the components they name.

#[macro_use]
mod watch;
mod clock;
mod desk;
mod list;
mod stated;

use std::collections::HashMap;

use app::words::{ComponentStatus, Id, Impact, Incident, IncidentStatus, IncidentUpdate};
use chrono::{DateTime, Utc};
use sqlx::FromRow;
use sqlx::types::Json;

use super::updates::{UpdateRow, by_parent, grouped};
use super::values::{Word, containing};
use super::{StoreError, Tx};
use crate::domain::seen::{Kept, Seen};

pub use clock::{Clock, newest_clock};
pub use desk::{Sheet, Waiting, sheet, waiting};
pub use list::{IncidentSummary, Which, list};
pub use stated::{Stated, stated};
pub use watch::{Watch, Watched, set_origin, set_seen, set_watch, standing, unresolved_of_monitor, watched};

/// An incident and what only this side of the house knows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncidentRecord {
    /// The incident. Its post-mortem is not joined here: `postmortem` is `None`, and no `postmortem` update is made up.
    pub incident: Incident,
    /// What staff set the impact to, if they did.
    pub impact_override: Option<Impact>,
    /// The page's revision with which it last changed.
    pub revision: i64,
    /// Whether viewers may know of it: published, and not deleted.
    pub visible: bool,
    /// What it states of components while it is open, and since when.
    pub stating: Vec<(Id, ComponentStatus, DateTime<Utc>)>,
}

#[derive(FromRow)]
struct IncidentRow {
    id: Word<Id>,
    name: String,
    status: Word<IncidentStatus>,
    impact: Word<Impact>,
    impact_override: Option<Word<Impact>>,
    started_at: DateTime<Utc>,
    detected_at: Option<DateTime<Utc>>,
    published_at: Option<DateTime<Utc>>,
    monitoring_at: Option<DateTime<Utc>>,
    resolved_at: Option<DateTime<Utc>>,
    next_update_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    deleted_at: Option<DateTime<Utc>>,
    revision: i64,
}

#[derive(FromRow)]
struct NamedRow {
    incident_id: Word<Id>,
    component_id: Word<Id>,
    stated_status: Option<Word<ComponentStatus>>,
    stated_at: Option<DateTime<Utc>>,
}

/// A component an incident names, and what the incident states of it since when, if anything.
pub type Named = (Id, Option<(ComponentStatus, DateTime<Utc>)>);

impl IncidentRow {
    fn record(self, named: Vec<Named>, updates: Vec<IncidentUpdate>) -> IncidentRecord {
        IncidentRecord {
            visible: self.published_at.is_some() && self.deleted_at.is_none(),
            revision: self.revision,
            impact_override: self.impact_override.map(|impact| impact.0),
            stating: named.iter().filter_map(|(id, stated)| stated.map(|(status, at)| (id.clone(), status, at))).collect(),
            incident: Incident {
                id: self.id.0,
                name: self.name,
                status: self.status.0,
                impact: self.impact.0,
                started_at: self.started_at,
                detected_at: self.detected_at,
                published_at: self.published_at,
                monitoring_at: self.monitoring_at,
                resolved_at: self.resolved_at,
                next_update_at: self.next_update_at,
                created_at: self.created_at,
                updated_at: self.updated_at,
                components: named.into_iter().map(|(id, _)| id).collect(),
                updates,
                postmortem: None,
            },
        }
    }
}

/// Incidents that a sub-select of ids finds, with their components and messages: three statements, however many there are.
macro_rules! records {
    ($tx:expr, $row:ty, $more:expr, $ids:expr $(, $arg:expr)*) => {{
        let rows = fetch_all!(
            $tx,
            $row,
            concat!(
                "select id, name, status, impact, impact_override, started_at, detected_at, published_at, monitoring_at, resolved_at,
                        next_update_at, created_at, updated_at, deleted_at, revision", $more,
                " from incidents where id in (", $ids, ") order by id"
            )
            $(, $arg)*
        )?;
        let named = fetch_all!(
            $tx,
            NamedRow,
            concat!(
                "select incident_id, component_id, stated_status, stated_at from incident_components
                 where incident_id in (", $ids, ") order by incident_id, position"
            )
            $(, $arg)*
        )?;
        let updates = fetch_all!(
            $tx,
            UpdateRow,
            concat!(
                "select incident_id as parent_id, id, status, body, display_at, created_at, updated_at, effects, notify
                 from incident_updates where withdrawn_at is null and incident_id in (", $ids, ")
                 order by incident_id, display_at desc, seq desc"
            )
            $(, $arg)*
        )?;
        (rows, Hanging::new(named, updates)?)
    }};
}

/// What hangs on incidents, by incident.
struct Hanging {
    named: HashMap<Id, Vec<Named>>,
    updates: HashMap<Id, Vec<IncidentUpdate>>,
}

impl Hanging {
    fn new(named: Vec<NamedRow>, updates: Vec<UpdateRow>) -> Result<Self, StoreError> {
        let named = grouped(named.into_iter().map(|row| {
            let stated = row.stated_status.map(|status| status.0).zip(row.stated_at);
            (row.incident_id.0, (row.component_id.0, stated))
        }));
        Ok(Self { named, updates: by_parent(updates)? })
    }

    fn record(&mut self, row: IncidentRow) -> IncidentRecord {
        let named = self.named.remove(&row.id.0).unwrap_or_default();
        let updates = self.updates.remove(&row.id.0).unwrap_or_default();
        row.record(named, updates)
    }
}

/// Every incident that changed after `revision` (all of them after a revision below 0), drafts and deleted ones too, by id; each with
/// its updates, newest first and without those withdrawn.
///
/// # Errors
/// [`StoreError`]
pub async fn changed_since(tx: &mut Tx, page: &Id, revision: i64) -> Result<Vec<IncidentRecord>, StoreError> {
    let (rows, mut hanging) =
        records!(tx, IncidentRow, "", "select id from incidents where page_id = $1 and revision > $2", page, revision);
    Ok(rows.into_iter().map(|row| hanging.record(row)).collect())
}

/// An incident with all that staff see of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncidentFile {
    /// The incident.
    pub record: IncidentRecord,
    /// Who looks after it.
    pub owner: Option<String>,
    /// What staff note for themselves.
    pub internal_notes: Option<String>,
    /// Whether it was deleted.
    pub deleted: bool,
    /// The monitor that wrote its draft.
    pub monitor_id: Option<Id>,
    /// What it and other monitors saw.
    pub seen: Vec<Seen>,
    /// Those of its monitors that still check.
    pub at_work: Vec<Id>,
    /// What the clock does with it, where a monitor wrote it.
    pub watch: Watch,
    /// Its messages that were edited.
    pub edits: Vec<Id>,
}

#[derive(FromRow)]
struct FileRow {
    #[sqlx(flatten)]
    incident: IncidentRow,
    owner: Option<String>,
    internal_notes: Option<String>,
    monitor_id: Option<Word<Id>>,
    evidence: Option<Json<Kept>>,
    at_work: Option<String>,
    #[sqlx(flatten)]
    watch: Watch,
}

impl FileRow {
    fn file(self, hanging: &mut Hanging, edits: Vec<Id>) -> IncidentFile {
        IncidentFile {
            edits,
            owner: self.owner,
            internal_notes: self.internal_notes,
            deleted: self.incident.deleted_at.is_some(),
            seen: watch::seen(self.evidence, self.monitor_id.as_ref().map(|id| &id.0)),
            monitor_id: self.monitor_id.map(|id| id.0),
            at_work: watch::ids(self.at_work.as_deref()),
            watch: self.watch,
            record: hanging.record(self.incident),
        }
    }
}

macro_rules! files {
    ($tx:expr, $ids:expr, $page:expr $(, $arg:expr)*) => {{
        let (rows, mut hanging) = records!(
            $tx,
            FileRow,
            watched_columns!(", owner, internal_notes, "),
            $ids,
            $page
            $(, $arg)*
        );
        let edited = fetch_all!(
            $tx,
            (Word<Id>, Word<Id>),
            concat!(
                "select distinct u.incident_id, u.id from incident_updates u join update_revisions r on r.update_id = u.id
                 where u.incident_id in (", $ids, ") order by u.incident_id, u.id"
            ),
            $page $(, $arg)*
        )?;
        let mut edited = grouped(edited.into_iter().map(|(incident, update)| (incident.0, update.0)));
        let file = |row: FileRow| {
            let edits = edited.remove(&row.incident.id.0).unwrap_or_default();
            row.file(&mut hanging, edits)
        };
        rows.into_iter().map(file).collect::<Vec<_>>()
    }};
}

/// One incident, a draft or deleted one too.
///
/// # Errors
/// [`StoreError`]
pub async fn get(tx: &mut Tx, page: &Id, id: &Id) -> Result<Option<IncidentFile>, StoreError> {
    Ok(files!(tx, "select id from incidents where page_id = $1 and id = $2", page, id).pop())
}

/// Incidents that are not deleted, drafts too, newest start first; with a text only those whose title or messages hold it, `open` only
/// those that are published and not over.
///
/// # Errors
/// [`StoreError`]
pub async fn search(
    tx: &mut Tx,
    page: &Id,
    text: Option<&str>,
    open: bool,
    limit: i64,
    offset: i64,
) -> Result<Vec<IncidentFile>, StoreError> {
    let pattern = text.map(containing);
    let mut found = files!(
        tx,
        concat!(
            "select id from incidents where page_id = $1 and deleted_at is null and ",
            holds!("incidents", "incident_updates", "incident_id"),
            " and (not $3 or (published_at is not null and resolved_at is null)) order by started_at desc, id limit $4 offset $5"
        ),
        page,
        pattern,
        open,
        limit,
        offset
    );
    found.sort_by(|a, b| {
        let (a, b) = (&a.record.incident, &b.record.incident);
        b.started_at.cmp(&a.started_at).then_with(|| a.id.cmp(&b.id))
    });
    Ok(found)
}

/// The incidents among the newest incidents and planned work together (as `maintenances::in_page` has the planned work).
///
/// # Errors
/// [`StoreError`]
pub async fn in_page(tx: &mut Tx, page: &Id, text: Option<&str>, limit: i64, offset: i64) -> Result<Vec<IncidentFile>, StoreError> {
    Ok(files!(tx, newest_of_both!(), page, text.map(containing), limit, offset))
}

/// Writes an incident, new or changed, without its components and updates.
///
/// # Errors
/// [`StoreError::Missing`] where another page has the id.
pub async fn upsert(tx: &mut Tx, page: &Id, incident: &Incident, impact_override: Option<Impact>, revision: i64) -> Result<(), StoreError> {
    let rows = execute!(
        tx,
        "insert into incidents (id, page_id, name, status, impact, impact_override, started_at, detected_at, published_at,
             monitoring_at, resolved_at, next_update_at, created_at, updated_at, revision)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
         on conflict (id) do update set name = excluded.name, status = excluded.status, impact = excluded.impact,
             impact_override = excluded.impact_override, started_at = excluded.started_at, detected_at = excluded.detected_at,
             published_at = excluded.published_at, monitoring_at = excluded.monitoring_at, resolved_at = excluded.resolved_at,
             next_update_at = excluded.next_update_at, created_at = excluded.created_at, updated_at = excluded.updated_at,
             revision = excluded.revision
         where incidents.page_id = excluded.page_id",
        incident.id,
        page,
        incident.name,
        incident.status,
        incident.impact,
        impact_override,
        incident.started_at,
        incident.detected_at,
        incident.published_at,
        incident.monitoring_at,
        incident.resolved_at,
        incident.next_update_at,
        incident.created_at,
        incident.updated_at,
        revision
    )?;
    StoreError::unless_changed(rows, "incident", incident.id.as_str())
}

/// Says which components an incident names, in order, and what it states of each.
///
/// # Errors
/// [`StoreError::Sql`] where there is no such incident or component.
pub async fn set_components(tx: &mut Tx, incident: &Id, components: &[Named]) -> Result<(), StoreError> {
    execute!(tx, "delete from incident_components where incident_id = $1", incident)?;
    for (position, (component, stated)) in (0_i64..).zip(components) {
        execute!(
            tx,
            "insert into incident_components (incident_id, component_id, position, stated_status, stated_at) values ($1, $2, $3, $4, $5)",
            incident,
            component,
            position,
            stated.map(|(status, _)| status),
            stated.map(|(_, at)| at)
        )?;
    }
    Ok(())
}

/// Marks an incident as changed with this revision, where something that hangs on it changed.
///
/// # Errors
/// [`StoreError::Missing`] where there is no such incident.
pub async fn touch(tx: &mut Tx, id: &Id, revision: i64) -> Result<(), StoreError> {
    let rows = execute!(tx, "update incidents set revision = $2 where id = $1", id, revision)?;
    StoreError::unless_changed(rows, "incident", id.as_str())
}

/// Notes who looks after an incident and what staff note for themselves.
///
/// # Errors
/// [`StoreError::Missing`] where there is no such incident.
pub async fn set_notes(tx: &mut Tx, id: &Id, owner: Option<&str>, internal_notes: Option<&str>) -> Result<(), StoreError> {
    let rows = execute!(tx, "update incidents set owner = $2, internal_notes = $3 where id = $1", id, owner, internal_notes)?;
    StoreError::unless_changed(rows, "incident", id.as_str())
}

/// Takes an incident out of sight. It stays in the record.
///
/// # Errors
/// [`StoreError::Missing`] where the page has no such incident, or it is deleted already.
pub async fn delete(tx: &mut Tx, page: &Id, id: &Id, now: DateTime<Utc>, revision: i64) -> Result<(), StoreError> {
    let rows = execute!(
        tx,
        "update incidents set deleted_at = $3, revision = $4 where page_id = $1 and id = $2 and deleted_at is null",
        page,
        id,
        now,
        revision
    )?;
    StoreError::unless_changed(rows, "incident", id.as_str())
}
