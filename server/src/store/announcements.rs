//! Banners independent of incidents.

use app::words::{Announcement, Id};
use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::values::Word;
use super::{StoreError, Tx};

#[derive(FromRow)]
struct AnnouncementRow {
    id: Word<Id>,
    body: String,
    starts_at: DateTime<Utc>,
    expires_at: Option<DateTime<Utc>>,
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
    let announcement = |row: AnnouncementRow| Announcement {
        id: row.id.0,
        body: row.body,
        body_html: String::new(),
        starts_at: row.starts_at,
        expires_at: row.expires_at,
    };
    Ok(rows.into_iter().map(announcement).collect())
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
