//! Components, their groups, and what is said of them.

use app::words::{Component, ComponentGroup, ComponentStatus, Id, StatusSource};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;

use super::values::Word;
use super::{StoreError, Tx};

/// A component and what is said of it. What an open incident states stands with the incident; what is planned, with the maintenance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComponentRecord {
    /// The component.
    pub component: Component,
    /// The newest human word outside incidents, when it was said, and by whom.
    pub stated: Option<(ComponentStatus, DateTime<Utc>, StatusSource)>,
    /// What the monitors say; `None` where there are none, or they do not know.
    pub observed: Option<ComponentStatus>,
    /// The instant after which the monitors have been silent for too long.
    pub fresh_until: Option<DateTime<Utc>>,
}

#[derive(FromRow)]
struct ComponentRow {
    id: Word<Id>,
    group_id: Option<Word<Id>>,
    name: String,
    description: Option<String>,
    position: i64,
    showcase: bool,
    start_date: Option<NaiveDate>,
    only_show_if_degraded: bool,
    upstream: bool,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    stated_status: Option<Word<ComponentStatus>>,
    stated_at: Option<DateTime<Utc>>,
    stated_source: Option<Word<StatusSource>>,
    observed_status: Option<Word<ComponentStatus>>,
    fresh_until: Option<DateTime<Utc>>,
}

impl From<ComponentRow> for ComponentRecord {
    fn from(row: ComponentRow) -> Self {
        let component = Component {
            id: row.id.0,
            group_id: row.group_id.map(|id| id.0),
            name: row.name,
            description: row.description,
            position: row.position,
            showcase: row.showcase,
            start_date: row.start_date,
            only_show_if_degraded: row.only_show_if_degraded,
            upstream: row.upstream,
            created_at: row.created_at,
            updated_at: row.updated_at,
        };
        let stated = match (row.stated_status, row.stated_at, row.stated_source) {
            (Some(status), Some(at), Some(source)) => Some((status.0, at, source.0)),
            _ => None,
        };
        Self { component, stated, observed: row.observed_status.map(|status| status.0), fresh_until: row.fresh_until }
    }
}

#[derive(FromRow)]
struct GroupRow {
    id: Word<Id>,
    name: String,
    description: Option<String>,
    position: i64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

/// The page's groups by position.
///
/// # Errors
/// [`StoreError`]
pub async fn groups(tx: &mut Tx, page: &Id) -> Result<Vec<ComponentGroup>, StoreError> {
    let rows = fetch_all!(
        tx,
        GroupRow,
        "select id, name, description, position, created_at, updated_at from component_groups where page_id = $1 order by position, id",
        page
    )?;
    let group = |row: GroupRow| ComponentGroup {
        id: row.id.0,
        name: row.name,
        description: row.description,
        position: row.position,
        created_at: row.created_at,
        updated_at: row.updated_at,
    };
    Ok(rows.into_iter().map(group).collect())
}

/// The page's components by position, without deleted ones.
///
/// # Errors
/// [`StoreError`]
pub async fn components(tx: &mut Tx, page: &Id) -> Result<Vec<ComponentRecord>, StoreError> {
    let rows = fetch_all!(
        tx,
        ComponentRow,
        "select id, group_id, name, description, position, showcase, start_date, only_show_if_degraded, upstream, created_at, updated_at,
                stated_status, stated_at, stated_source, observed_status, fresh_until
         from components where page_id = $1 and deleted_at is null order by position, id",
        page
    )?;
    Ok(rows.into_iter().map(ComponentRecord::from).collect())
}

/// Writes a group, new or changed.
///
/// # Errors
/// [`StoreError::Missing`] where another page has the id.
pub async fn upsert_group(tx: &mut Tx, page: &Id, group: &ComponentGroup) -> Result<(), StoreError> {
    let rows = execute!(
        tx,
        "insert into component_groups (id, page_id, name, description, position, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (id) do update set name = excluded.name, description = excluded.description, position = excluded.position,
             created_at = excluded.created_at, updated_at = excluded.updated_at
         where component_groups.page_id = excluded.page_id",
        group.id,
        page,
        group.name,
        group.description,
        group.position,
        group.created_at,
        group.updated_at
    )?;
    StoreError::unless_changed(rows, "component group", group.id.as_str())
}

/// Writes a component, new or changed. What is said of it stays.
///
/// # Errors
/// [`StoreError::Missing`] where another page has the id.
pub async fn upsert_component(tx: &mut Tx, page: &Id, component: &Component) -> Result<(), StoreError> {
    let rows = execute!(
        tx,
        "insert into components (id, page_id, group_id, name, description, position, showcase, start_date, only_show_if_degraded,
             upstream, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         on conflict (id) do update set group_id = excluded.group_id, name = excluded.name, description = excluded.description,
             position = excluded.position, showcase = excluded.showcase, start_date = excluded.start_date,
             only_show_if_degraded = excluded.only_show_if_degraded, upstream = excluded.upstream, created_at = excluded.created_at,
             updated_at = excluded.updated_at
         where components.page_id = excluded.page_id",
        component.id,
        page,
        component.group_id,
        component.name,
        component.description,
        component.position,
        component.showcase,
        component.start_date,
        component.only_show_if_degraded,
        component.upstream,
        component.created_at,
        component.updated_at
    )?;
    StoreError::unless_changed(rows, "component", component.id.as_str())
}

/// Notes the newest human word on a component.
///
/// # Errors
/// [`StoreError::Missing`] where there is no such component.
pub async fn state_component(
    tx: &mut Tx,
    id: &Id,
    status: ComponentStatus,
    at: DateTime<Utc>,
    source: StatusSource,
) -> Result<(), StoreError> {
    let rows = execute!(
        tx,
        "update components set stated_status = $2, stated_at = $3, stated_source = $4, updated_at = $3 where id = $1",
        id,
        status,
        at,
        source
    )?;
    StoreError::unless_changed(rows, "component", id.as_str())
}

/// Notes what the monitors say of a component, and until when their silence means nothing.
///
/// # Errors
/// [`StoreError::Missing`] where there is no such component.
pub async fn set_observed(
    tx: &mut Tx,
    id: &Id,
    status: Option<ComponentStatus>,
    at: DateTime<Utc>,
    fresh_until: Option<DateTime<Utc>>,
) -> Result<(), StoreError> {
    let rows = execute!(
        tx,
        "update components set observed_status = $2, observed_at = $3, fresh_until = $4 where id = $1",
        id,
        status,
        at,
        fresh_until
    )?;
    StoreError::unless_changed(rows, "component", id.as_str())
}

/// Takes a component out of sight. It stays in the record, for what was said of it.
///
/// # Errors
/// [`StoreError::Missing`] where the page has no such component, or it is deleted already.
pub async fn delete_component(tx: &mut Tx, page: &Id, id: &Id, now: DateTime<Utc>) -> Result<(), StoreError> {
    let rows = execute!(
        tx,
        "update components set deleted_at = $3, updated_at = $3 where page_id = $1 and id = $2 and deleted_at is null",
        page,
        id,
        now
    )?;
    StoreError::unless_changed(rows, "component", id.as_str())
}

/// Removes a group; its components stand alone then.
///
/// # Errors
/// [`StoreError::Missing`] where the page has no such group.
pub async fn delete_group(tx: &mut Tx, page: &Id, id: &Id) -> Result<(), StoreError> {
    let rows = execute!(tx, "delete from component_groups where page_id = $1 and id = $2", page, id)?;
    StoreError::unless_changed(rows, "component group", id.as_str())
}

/// Moves a component into a group, or out of every group.
///
/// # Errors
/// [`StoreError::Missing`] where the page has no such component, or it is deleted.
pub async fn set_group(tx: &mut Tx, page: &Id, id: &Id, group: Option<&Id>, now: DateTime<Utc>) -> Result<(), StoreError> {
    let rows = execute!(
        tx,
        "update components set group_id = $3, updated_at = $4 where page_id = $1 and id = $2 and deleted_at is null",
        page,
        id,
        group,
        now
    )?;
    StoreError::unless_changed(rows, "component", id.as_str())
}
