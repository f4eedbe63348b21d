//! Banners independent of incidents.

use app::words::{Announcement, Id};
use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::values::Word;
use super::{StoreError, Tx};

/// An announcement and what staff know of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnouncementFile {
    /// What readers see.
    pub announcement: Announcement,
    /// Who last wrote it; `None` where no person did.
    pub author: Option<String>,
    /// When it was written.
    pub created_at: Option<DateTime<Utc>>,
    /// When it last changed.
    pub updated_at: Option<DateTime<Utc>>,
}

#[derive(FromRow)]
struct AnnouncementRow {
    id: Word<Id>,
    body: String,
    starts_at: DateTime<Utc>,
    expires_at: Option<DateTime<Utc>>,
}

#[derive(FromRow)]
struct FileRow {
    #[sqlx(flatten)]
    announcement: AnnouncementRow,
    author: Option<String>,
    created_at: Option<DateTime<Utc>>,
    updated_at: Option<DateTime<Utc>>,
}

impl From<AnnouncementRow> for Announcement {
    fn from(row: AnnouncementRow) -> Self {
        Self { id: row.id.0, body: row.body, body_html: String::new(), starts_at: row.starts_at, expires_at: row.expires_at }
    }
}

impl From<FileRow> for AnnouncementFile {
    fn from(row: FileRow) -> Self {
        let announcement = Announcement::from(row.announcement);
        Self { announcement, author: row.author, created_at: row.created_at, updated_at: row.updated_at }
    }
}

/// Every announcement that has not expired at `now`, also those that have not begun, oldest start first.
///
/// # Errors
/// [`StoreError`]
pub async fn all_current(tx: &mut Tx, page: &Id, now: DateTime<Utc>) -> Result<Vec<Announcement>, StoreError> {
    let rows = fetch_all!(
        tx,
        AnnouncementRow,
        "select id, body, starts_at, expires_at from announcements
         where page_id = $1 and (expires_at is null or expires_at > $2) order by starts_at, id",
        page,
        now
    )?;
    Ok(rows.into_iter().map(Announcement::from).collect())
}

/// All of them, latest start first.
///
/// # Errors
/// [`StoreError`]
pub async fn list(tx: &mut Tx, page: &Id, limit: i64, offset: i64) -> Result<Vec<AnnouncementFile>, StoreError> {
    let rows = fetch_all!(
        tx,
        FileRow,
        "select id, body, starts_at, expires_at, author, created_at, updated_at from announcements
         where page_id = $1 order by starts_at desc, id limit $2 offset $3",
        page,
        limit,
        offset
    )?;
    Ok(rows.into_iter().map(AnnouncementFile::from).collect())
}

/// The announcement of that id.
///
/// # Errors
/// [`StoreError`]
pub async fn get(tx: &mut Tx, page: &Id, id: &Id) -> Result<Option<AnnouncementFile>, StoreError> {
    let row = fetch_optional!(
        tx,
        FileRow,
        "select id, body, starts_at, expires_at, author, created_at, updated_at from announcements where page_id = $1 and id = $2",
        page,
        id
    )?;
    Ok(row.map(AnnouncementFile::from))
}

/// Writes an announcement, new or changed.
///
/// # Errors
/// [`StoreError::Missing`] where another page has the id.
pub async fn upsert(tx: &mut Tx, page: &Id, announcement: &Announcement) -> Result<(), StoreError> {
    let rows = execute!(
        tx,
        "insert into announcements (id, page_id, body, starts_at, expires_at) values ($1, $2, $3, $4, $5)
         on conflict (id) do update set body = excluded.body, starts_at = excluded.starts_at, expires_at = excluded.expires_at
         where announcements.page_id = excluded.page_id",
        announcement.id,
        page,
        announcement.body,
        announcement.starts_at,
        announcement.expires_at
    )?;
    StoreError::unless_changed(rows, "announcement", announcement.id.as_str())
}

/// Notes who wrote an announcement now.
///
/// # Errors
/// [`StoreError::Missing`] where there is no such announcement.
pub async fn sign(tx: &mut Tx, id: &Id, author: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
    let rows = execute!(
        tx,
        "update announcements set author = $2, created_at = coalesce(created_at, $3), updated_at = $3 where id = $1",
        id,
        author,
        now
    )?;
    StoreError::unless_changed(rows, "announcement", id.as_str())
}

/// Removes an announcement, as if it had not been.
///
/// # Errors
/// [`StoreError::Missing`] where there is none of that id on the page.
pub async fn remove(tx: &mut Tx, page: &Id, id: &Id) -> Result<(), StoreError> {
    let rows = execute!(tx, "delete from announcements where page_id = $1 and id = $2", page, id)?;
    StoreError::unless_changed(rows, "announcement", id.as_str())
}
