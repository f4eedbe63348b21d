//! Incidents, their updates and the components they name.

use app::words::{ComponentStatus, Id, Impact, Incident, IncidentStatus, IncidentUpdate};
use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::updates::{UpdateRow, by_parent, effects, grouped};
use super::values::Word;
use super::{StoreError, Tx};

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

/// Every incident that changed after `revision` (all of them after a revision below 0), drafts and deleted ones too, by id; each with
/// its updates, newest first and without those withdrawn. Three statements, however many there are.
///
/// # Errors
/// [`StoreError`]
pub async fn changed_since(tx: &mut Tx, page: &Id, revision: i64) -> Result<Vec<IncidentRecord>, StoreError> {
    let rows = fetch_all!(
        tx,
        IncidentRow,
        "select id, name, status, impact, impact_override, started_at, detected_at, published_at, monitoring_at, resolved_at,
                next_update_at, created_at, updated_at, deleted_at, revision
         from incidents where page_id = $1 and revision > $2 order by id",
        page,
        revision
    )?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let named = fetch_all!(
        tx,
        NamedRow,
        "select incident_id, component_id, stated_status, stated_at from incident_components
         where incident_id in (select id from incidents where page_id = $1 and revision > $2) order by incident_id, position",
        page,
        revision
    )?;
    let updates = fetch_all!(
        tx,
        UpdateRow,
        "select incident_id as parent_id, id, status, body, display_at, created_at, updated_at, effects, notify from incident_updates
         where withdrawn_at is null and incident_id in (select id from incidents where page_id = $1 and revision > $2)
         order by incident_id, display_at desc, seq desc",
        page,
        revision
    )?;
    let mut named = grouped(named.into_iter().map(|row| {
        let stated = row.stated_status.map(|status| status.0).zip(row.stated_at);
        (row.incident_id.0, (row.component_id.0, stated))
    }));
    let mut updates = by_parent::<IncidentStatus>(updates)?;
    let record = |row: IncidentRow| {
        let named = named.remove(&row.id.0).unwrap_or_default();
        let updates = updates.remove(&row.id.0).unwrap_or_default();
        row.record(named, updates)
    };
    Ok(rows.into_iter().map(record).collect())
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

/// Writes an update of an incident, new or changed. `seq` orders updates shown under the same time; the higher is the newer.
///
/// # Errors
/// [`StoreError::Missing`] where the page has no such incident, or the update's id is another incident's.
pub async fn upsert_update(tx: &mut Tx, page: &Id, incident: &Id, update: &IncidentUpdate, seq: i64) -> Result<(), StoreError> {
    let rows = execute!(
        tx,
        "insert into incident_updates (id, incident_id, status, body, display_at, seq, effects, notify, created_at, updated_at)
         select $1, id, $4, $5, $6, $7, $8, $9, $10, $11 from incidents where id = $2 and page_id = $3
         on conflict (id) do update set status = excluded.status, body = excluded.body, display_at = excluded.display_at,
             seq = excluded.seq, effects = excluded.effects, notify = excluded.notify, created_at = excluded.created_at,
             updated_at = excluded.updated_at, withdrawn_at = null
         where incident_updates.incident_id = excluded.incident_id",
        update.id,
        incident,
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
    StoreError::unless_changed(rows, "incident with this update", incident.as_str())
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

/// Ids of the messages of an incident that are not withdrawn.
///
/// # Errors
/// [`StoreError`] when the database cannot be read.
pub async fn update_ids(tx: &mut Tx, incident: &Id) -> Result<Vec<Id>, StoreError> {
    let rows = fetch_all!(
        tx,
        (Word<Id>,),
        "select id from incident_updates where incident_id = $1 and withdrawn_at is null order by display_at, seq",
        incident
    )?;
    Ok(rows.into_iter().map(|(id,)| id.0).collect())
}

/// Takes a message back: it stays in the record, and nobody is shown it any more.
///
/// # Errors
/// [`StoreError::Missing`] where the incident has no such message, or it is withdrawn already.
pub async fn withdraw_update(tx: &mut Tx, incident: &Id, update: &Id, now: DateTime<Utc>) -> Result<(), StoreError> {
    let rows = execute!(
        tx,
        "update incident_updates set withdrawn_at = $3 where id = $2 and incident_id = $1 and withdrawn_at is null",
        incident,
        update,
        now
    )?;
    StoreError::unless_changed(rows, "message to withdraw", update.as_str())
}
