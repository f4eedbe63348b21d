//! Pages and their settings.

use app::words::Id;
use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::values::Word;
use super::{StoreError, Tx};

/// One public status page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRecord {
    /// Public id.
    pub id: Id,
    /// The name readers know the platform by.
    pub name: String,
    /// IANA name of the zone in which days begin.
    pub time_zone: String,
    /// Grows with every change of the record.
    pub revision: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When any of the record last changed.
    pub updated_at: DateTime<Utc>,
    /// Whether somebody configured it or wrote into it. An import takes the identity of the file only while nobody did.
    pub adopted: bool,
}

#[derive(FromRow)]
struct PageRow {
    id: Word<Id>,
    name: String,
    time_zone: String,
    revision: i64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    adopted: bool,
}

impl From<PageRow> for PageRecord {
    fn from(row: PageRow) -> Self {
        Self {
            id: row.id.0,
            name: row.name,
            time_zone: row.time_zone,
            revision: row.revision,
            created_at: row.created_at,
            updated_at: row.updated_at,
            adopted: row.adopted,
        }
    }
}

/// The oldest page: the one that answers for an unknown host.
///
/// # Errors
/// [`StoreError`]
pub async fn default_page(tx: &mut Tx) -> Result<Option<PageRecord>, StoreError> {
    let row = fetch_optional!(
        tx,
        PageRow,
        "select id, name, time_zone, revision, created_at, updated_at, adopted from pages order by created_at, id limit 1"
    )?;
    Ok(row.map(PageRecord::from))
}

/// Adds a page.
///
/// # Errors
/// [`StoreError::is_unique_violation`] where the id is taken.
pub async fn insert(tx: &mut Tx, page: &PageRecord) -> Result<(), StoreError> {
    execute!(
        tx,
        "insert into pages (id, name, time_zone, revision, created_at, updated_at, adopted) values ($1, $2, $3, $4, $5, $6, $7)",
        page.id,
        page.name,
        page.time_zone,
        page.revision,
        page.created_at,
        page.updated_at,
        page.adopted
    )?;
    Ok(())
}

/// Gives a page another identity in place, and marks it as somebody's. Everything on it stays on it.
///
/// # Errors
/// [`StoreError::Missing`] where there is no such page; [`StoreError::is_unique_violation`] where the new id is taken.
pub async fn adopt(tx: &mut Tx, old: &Id, new: &Id, name: &str, time_zone: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
    let rows = execute!(
        tx,
        "update pages set id = $2, name = $3, time_zone = $4, updated_at = $5, adopted = $6 where id = $1",
        old,
        new,
        name,
        time_zone,
        now,
        true
    )?;
    StoreError::unless_changed(rows, "page", old.as_str())
}

/// Gives a page another name and zone, and marks it as somebody's.
///
/// # Errors
/// [`StoreError::Missing`] where there is no such page.
pub async fn rename(tx: &mut Tx, page: &Id, name: &str, time_zone: &str) -> Result<(), StoreError> {
    let rows = execute!(tx, "update pages set name = $2, time_zone = $3, adopted = $4 where id = $1", page, name, time_zone, true)?;
    StoreError::unless_changed(rows, "page", page.as_str())
}

/// How many pages there are.
///
/// # Errors
/// [`StoreError`]
pub async fn count(tx: &mut Tx) -> Result<i64, StoreError> {
    let (count,) = fetch_one!(tx, (i64,), "select count(*) from pages")?;
    Ok(count)
}

/// The next revision of the page's record. Every change of the record calls this first in its transaction: it makes writers wait for
/// each other, so that revisions become visible in their order.
///
/// # Errors
/// [`StoreError::Missing`] where there is no such page.
pub async fn bump_revision(tx: &mut Tx, page: &Id, now: DateTime<Utc>) -> Result<i64, StoreError> {
    // A clock that was set back does not take the page's time back.
    let row = fetch_optional!(
        tx,
        (i64,),
        "update pages set revision = revision + 1, updated_at = case when updated_at < $2 then $2 else updated_at end
         where id = $1 returning revision",
        page,
        now
    )?;
    row.map(|(revision,)| revision).ok_or_else(|| missing(page))
}

/// The revision of the page's record: the one row every process polls.
///
/// # Errors
/// [`StoreError::Missing`] where there is no such page.
pub async fn revision(tx: &mut Tx, page: &Id) -> Result<i64, StoreError> {
    let row = fetch_optional!(tx, (i64,), "select revision from pages where id = $1", page)?;
    row.map(|(revision,)| revision).ok_or_else(|| missing(page))
}

/// Makes whoever else holds the page wait, so that what is read from now on stays so until this transaction ends. For rules over
/// several rows whose changes no reader sees.
///
/// # Errors
/// [`StoreError::Missing`] where there is no such page.
pub async fn hold(tx: &mut Tx, page: &Id) -> Result<(), StoreError> {
    let rows = execute!(tx, "update pages set revision = revision where id = $1", page)?;
    StoreError::unless_changed(rows, "page", page.as_str())
}

/// Whether nobody put anything on the page yet.
///
/// # Errors
/// [`StoreError`]
pub async fn is_empty(tx: &mut Tx, page: &Id) -> Result<bool, StoreError> {
    let (empty,) = fetch_one!(
        tx,
        (bool,),
        "select not (exists (select 1 from components where page_id = $1)
             or exists (select 1 from component_groups where page_id = $1)
             or exists (select 1 from incidents where page_id = $1)
             or exists (select 1 from maintenances where page_id = $1)
             or exists (select 1 from postmortems where page_id = $1)
             or exists (select 1 from announcements where page_id = $1)
             or exists (select 1 from subscribers where page_id = $1)
             or exists (select 1 from monitors where page_id = $1))",
        page
    )?;
    Ok(empty)
}

/// One setting of the page.
///
/// # Errors
/// [`StoreError`]
pub async fn setting(tx: &mut Tx, page: &Id, key: &str) -> Result<Option<String>, StoreError> {
    let row = fetch_optional!(tx, (String,), "select value from settings where page_id = $1 and key = $2", page, key)?;
    Ok(row.map(|(value,)| value))
}

/// Sets one setting of the page.
///
/// # Errors
/// [`StoreError`]
pub async fn set_setting(tx: &mut Tx, page: &Id, key: &str, value: &str) -> Result<(), StoreError> {
    execute!(
        tx,
        "insert into settings (page_id, key, value) values ($1, $2, $3) on conflict (page_id, key) do update set value = excluded.value",
        page,
        key,
        value
    )?;
    Ok(())
}

/// Sets one setting of the page unless it is set; whether it was this call that did. Of many at once, one does.
///
/// # Errors
/// [`StoreError`]
pub async fn claim_setting(tx: &mut Tx, page: &Id, key: &str, value: &str) -> Result<bool, StoreError> {
    let rows = execute!(
        tx,
        "insert into settings (page_id, key, value) values ($1, $2, $3) on conflict (page_id, key) do nothing",
        page,
        key,
        value
    )?;
    Ok(rows > 0)
}

fn missing(page: &Id) -> StoreError {
    StoreError::Missing { what: "page", id: page.to_string() }
}
