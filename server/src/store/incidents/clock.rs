//! How long it took until everybody knew of an incident.

use app::words::{Id, NotificationKind};
use chrono::{DateTime, Utc};
use sqlx::FromRow;
use sqlx::types::Json;

use super::super::values::Word;
use super::super::{StoreError, Tx};
use super::watch;
use crate::domain::seen::Kept;

/// When the steps were taken from a failure to the mails that told of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The first failed check, or when the failure began as staff say.
    pub failed_at: DateTime<Utc>,
    /// When a monitor's draft was written; `None` where staff wrote it.
    pub drafted_at: Option<DateTime<Utc>>,
    /// When readers were first told.
    pub published_at: Option<DateTime<Utc>>,
    /// When the first mail was accepted.
    pub first_mail_at: Option<DateTime<Utc>>,
    /// When the newest was.
    pub last_mail_at: Option<DateTime<Utc>>,
}

#[derive(FromRow)]
struct ClockRow {
    started_at: DateTime<Utc>,
    created_at: DateTime<Utc>,
    published_at: Option<DateTime<Utc>>,
    monitor_id: Option<Word<Id>>,
    evidence: Option<Json<Kept>>,
    first_sent_at: Option<DateTime<Utc>>,
    last_sent_at: Option<DateTime<Utc>>,
}

/// Of the incident that subscribers were told of last, with the mails that first told of it. One statement.
///
/// # Errors
/// [`StoreError`]
pub async fn newest_clock(tx: &mut Tx, page: &Id) -> Result<Option<Clock>, StoreError> {
    let row = fetch_optional!(
        tx,
        ClockRow,
        "select i.started_at, i.created_at, i.published_at, i.monitor_id, i.evidence, n.first_sent_at, n.last_sent_at
         from notifications n join incidents i on i.id = n.subject_id and i.deleted_at is null
         where n.page_id = $1 and n.kind = $2 and n.cancelled_at is null
         order by n.created_at desc, n.id limit 1",
        page,
        NotificationKind::IncidentOpened
    )?;
    Ok(row.map(|row| {
        let seen = watch::seen(row.evidence, row.monitor_id.map(|id| id.0).as_ref());
        let failed_at = seen.iter().filter(|seen| !seen.beside).map(|seen| seen.evidence.first_failed_at).min();
        Clock {
            failed_at: failed_at.unwrap_or(row.started_at),
            drafted_at: failed_at.map(|_| row.created_at),
            published_at: row.published_at,
            first_mail_at: row.first_sent_at,
            last_mail_at: row.last_sent_at,
        }
    }))
}
