//! The outbox: things to tell, and to whom. What is told is fixed with the change; the courier expands, sends and records.

mod written;

use app::words::{Channel, DeliveryState, Id, NotificationKind, RecipientKind};
use chrono::{DateTime, Utc};
use sqlx::FromRow;
use sqlx::types::Json;

use super::audience::{Audience, about, floors, hears, keys, kind_pattern, muted};
use super::values::Word;
use super::{StoreError, Tx};
use crate::domain::notice::Notice;
use crate::domain::other_words::OtherWords;
pub use written::{note_sent, note_untold, postpone, rewrite_waiting, set_other_words, written_since};

/// One thing to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    /// Its id.
    pub id: Id,
    /// The page.
    pub page_id: Id,
    /// What it tells.
    pub kind: NotificationKind,
    /// The noun it is about.
    pub subject_kind: String,
    /// Which one.
    pub subject_id: Id,
    /// The message, if it is about one.
    pub update_id: Option<Id>,
    /// What it says.
    pub notice: Notice,
    /// What people wrote of it in other languages; `None` until the first deliveries are made.
    pub other_words: Option<OtherWords>,
    /// Nobody is told before.
    pub not_before: DateTime<Utc>,
    /// The last subscriber a delivery was made for.
    pub fanout_cursor: Option<String>,
    /// When every delivery was made.
    pub expanded_at: Option<DateTime<Utc>>,
    /// When it was taken back.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// When it was written: who confirmed later is not told.
    pub created_at: DateTime<Utc>,
}

impl Notification {
    /// Whether nobody was told yet and somebody will be.
    #[must_use]
    pub const fn is_untold(&self) -> bool {
        self.expanded_at.is_none() && self.cancelled_at.is_none() && self.fanout_cursor.is_none()
    }
}

/// Whom to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// Of which kind.
    pub kind: RecipientKind,
    /// Which one.
    pub id: Id,
    /// Lower goes first.
    pub priority: i64,
}

#[derive(FromRow)]
struct NotificationRow {
    id: Word<Id>,
    page_id: Word<Id>,
    kind: Word<NotificationKind>,
    subject_kind: String,
    subject_id: Word<Id>,
    update_id: Option<Word<Id>>,
    payload: Json<Notice>,
    other_words: Option<Json<OtherWords>>,
    not_before: DateTime<Utc>,
    fanout_cursor: Option<String>,
    expanded_at: Option<DateTime<Utc>>,
    cancelled_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
}

impl From<NotificationRow> for Notification {
    fn from(row: NotificationRow) -> Self {
        Self {
            id: row.id.0,
            page_id: row.page_id.0,
            kind: row.kind.0,
            subject_kind: row.subject_kind,
            subject_id: row.subject_id.0,
            update_id: row.update_id.map(|id| id.0),
            notice: row.payload.0,
            other_words: row.other_words.map(|words| words.0),
            not_before: row.not_before,
            fanout_cursor: row.fanout_cursor,
            expanded_at: row.expanded_at,
            cancelled_at: row.cancelled_at,
            created_at: row.created_at,
        }
    }
}

/// Adds a notification.
///
/// # Errors
/// [`StoreError`]
pub async fn insert(tx: &mut Tx, notification: &Notification) -> Result<(), StoreError> {
    execute!(
        tx,
        "insert into notifications (id, page_id, kind, subject_kind, subject_id, update_id, payload, not_before, fanout_cursor,
             expanded_at, cancelled_at, created_at, other_words)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        notification.id,
        notification.page_id,
        notification.kind,
        notification.subject_kind,
        notification.subject_id,
        notification.update_id,
        Json(&notification.notice),
        notification.not_before,
        notification.fanout_cursor,
        notification.expanded_at,
        notification.cancelled_at,
        notification.created_at,
        notification.other_words.as_ref().map(Json)
    )?;
    Ok(())
}

/// The notification of that id.
///
/// # Errors
/// [`StoreError`]
pub async fn get(tx: &mut Tx, id: &Id) -> Result<Option<Notification>, StoreError> {
    let row = fetch_optional!(
        tx,
        NotificationRow,
        "select id, page_id, kind, subject_kind, subject_id, update_id, payload, other_words, not_before, fanout_cursor, expanded_at,
                cancelled_at, created_at
         from notifications where id = $1",
        id
    )?;
    Ok(row.map(Notification::from))
}

/// The newest notification about an object of that kind that was not taken back: what the next one follows in the thread. Of those
/// written at the same instant it is the one that is told last.
///
/// # Errors
/// [`StoreError`]
pub async fn newest_about(tx: &mut Tx, page: &Id, kind: &str, subject: &Id) -> Result<Option<Notification>, StoreError> {
    let row = fetch_optional!(
        tx,
        NotificationRow,
        "select id, page_id, kind, subject_kind, subject_id, update_id, payload, other_words, not_before, fanout_cursor, expanded_at,
                cancelled_at, created_at
         from notifications where page_id = $1 and subject_kind = $2 and subject_id = $3 and cancelled_at is null
         order by created_at desc, not_before desc, id limit 1",
        page,
        kind,
        subject
    )?;
    Ok(row.map(Notification::from))
}

/// Takes back what was to be told of a message, where nobody was told yet; whether it was.
///
/// # Errors
/// [`StoreError`]
pub async fn cancel_of_update(tx: &mut Tx, page: &Id, update: &Id, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let rows = execute!(
        tx,
        "update notifications set cancelled_at = $3
         where page_id = $1 and update_id = $2 and cancelled_at is null and expanded_at is null and fanout_cursor is null",
        page,
        update,
        now
    )?;
    Ok(rows > 0)
}

/// Takes back everything that was to be told of an object and that nobody was told yet.
///
/// # Errors
/// [`StoreError`]
pub async fn cancel_about(tx: &mut Tx, page: &Id, kind: &str, subject: &Id, now: DateTime<Utc>) -> Result<(), StoreError> {
    execute!(
        tx,
        "update notifications set cancelled_at = $4
         where page_id = $1 and subject_kind = $2 and subject_id = $3 and cancelled_at is null and expanded_at is null
             and fanout_cursor is null",
        page,
        kind,
        subject,
        now
    )?;
    Ok(())
}

/// Says something else of a message, where nobody was told yet; whether it was.
///
/// # Errors
/// [`StoreError`]
pub async fn rewrite(tx: &mut Tx, id: &Id, notice: &Notice) -> Result<bool, StoreError> {
    let rows = execute!(
        tx,
        "update notifications set payload = $2
         where id = $1 and cancelled_at is null and expanded_at is null and fanout_cursor is null",
        id,
        Json(notice)
    )?;
    Ok(rows > 0)
}

/// What is told of a message and was not taken back.
///
/// # Errors
/// [`StoreError`]
pub async fn of_update(tx: &mut Tx, page: &Id, update: &Id) -> Result<Option<Notification>, StoreError> {
    let row = fetch_optional!(
        tx,
        NotificationRow,
        "select id, page_id, kind, subject_kind, subject_id, update_id, payload, other_words, not_before, fanout_cursor, expanded_at,
                cancelled_at, created_at
         from notifications where page_id = $1 and update_id = $2 and cancelled_at is null order by created_at desc, id limit 1",
        page,
        update
    )?;
    Ok(row.map(Notification::from))
}

/// Makes the delivery of a notification to one recipient; a second time changes nothing.
///
/// # Errors
/// [`StoreError`]
pub async fn add_delivery(tx: &mut Tx, notification: &Id, recipient: &Recipient, run_at: DateTime<Utc>) -> Result<(), StoreError> {
    execute!(
        tx,
        "insert into deliveries (notification_id, recipient_id, recipient_kind, priority, state, run_at, epoch, attempts, maybe_duplicate)
         values ($1, $2, $3, $4, $5, $6, $7, $7, $8) on conflict (notification_id, recipient_id) do nothing",
        notification,
        recipient.id,
        recipient.kind,
        recipient.priority,
        DeliveryState::Pending,
        run_at,
        0_i64,
        false
    )?;
    Ok(())
}

/// The notification whose deliveries are to be made next: due, not taken back, and longest overdue. It is locked, so that two processes
/// never make the same ones and nobody takes it back meanwhile.
///
/// # Errors
/// [`StoreError`]
pub async fn to_expand(tx: &mut Tx, now: DateTime<Utc>) -> Result<Option<Notification>, StoreError> {
    let row = fetch_optional!(
        tx,
        NotificationRow,
        "update notifications set fanout_cursor = fanout_cursor
         where expanded_at is null and cancelled_at is null and id = (
             select id from notifications where expanded_at is null and cancelled_at is null and not_before <= $1
             order by not_before, id limit 1)
         returning id, page_id, kind, subject_kind, subject_id, update_id, payload, other_words, not_before, fanout_cursor, expanded_at,
                   cancelled_at, created_at",
        now
    )?;
    Ok(row.map(Notification::from))
}

/// Makes the deliveries of a notification to those of the next `limit` active subscribers who hear of it and had confirmed when it was
/// written. The last subscriber looked at; `None` where there was none left.
///
/// # Errors
/// [`StoreError`]
pub async fn fan_out(
    tx: &mut Tx,
    notification: &Notification,
    audience: &Audience<'_>,
    priority: i64,
    limit: i64,
    run_at: DateTime<Utc>,
) -> Result<Option<Id>, StoreError> {
    let after = notification.fanout_cursor.as_deref().unwrap_or("");
    let (last,) = fetch_one!(
        tx,
        (Option<Word<Id>>,),
        "select max(id) from (select id from subscribers where page_id = $1 and state = 'active' and id > $2 order by id limit $3) chunk",
        notification.page_id,
        after,
        limit
    )?;
    let Some(Word(last)) = last else { return Ok(None) };
    execute!(
        tx,
        concat!(
            "insert into deliveries (notification_id, recipient_id, recipient_kind, priority, state, run_at, epoch, attempts, maybe_duplicate)
             select $6, id, $7, $8, $9, $10, $11, $11, $12 from subscribers
             where page_id = $13 and state = 'active' and id > $14 and id <= $15 and channel = $16 and confirmed_at <= $17 and ",
            hears!(),
            " on conflict (notification_id, recipient_id) do nothing"
        ),
        kind_pattern(audience.kind),
        floors(audience.kind, audience.impact),
        audience.components.is_empty(),
        keys(audience.components.iter().map(|id| id.as_str())),
        about(audience.about.iter().copied(), audience.over),
        notification.id,
        RecipientKind::Subscriber,
        priority,
        DeliveryState::Pending,
        run_at,
        0_i64,
        false,
        notification.page_id,
        after,
        last,
        Channel::Email,
        notification.created_at
    )?;
    Ok(Some(last))
}

/// Notes how far the deliveries of a notification are made.
///
/// # Errors
/// [`StoreError`]
pub async fn set_progress(tx: &mut Tx, id: &Id, cursor: Option<&Id>, expanded_at: Option<DateTime<Utc>>) -> Result<(), StoreError> {
    let rows = execute!(
        tx,
        "update notifications set fanout_cursor = coalesce($2, fanout_cursor), expanded_at = $3 where id = $1",
        id,
        cursor,
        expanded_at
    )?;
    StoreError::unless_changed(rows, "notification", id.as_str())
}

/// When the notification became due whose deliveries have waited longest to be made.
///
/// # Errors
/// [`StoreError`]
pub async fn oldest_unexpanded(tx: &mut Tx) -> Result<Option<DateTime<Utc>>, StoreError> {
    let (oldest,) = fetch_one!(
        tx,
        (Option<DateTime<Utc>>,),
        "select min(not_before) from notifications where expanded_at is null and cancelled_at is null"
    )?;
    Ok(oldest)
}

/// Notices of the page `$1` from before `$2`, of nothing that still goes on: of an open incident and of planned work that is not over all
/// are kept, they are its thread. What the clock has ended is over once it is written down.
macro_rules! over {
    () => {
        "page_id = $1 and created_at < $2 and (expanded_at is not null or cancelled_at is not null)
         and not exists (select 1 from incidents i where i.id = n.subject_id and i.resolved_at is null and i.deleted_at is null)
         and not exists (select 1 from maintenances m where m.id = n.subject_id and m.deleted_at is null
             and m.status not in ('completed', 'cancelled'))"
    };
}

/// Removes at most `limit` deliveries of notices that were told before `before` about what is over, and such notices without any; how
/// many deliveries it were.
///
/// # Errors
/// [`StoreError`]
pub async fn remove_told(tx: &mut Tx, page: &Id, before: DateTime<Utc>, limit: i64) -> Result<u64, StoreError> {
    let deliveries = execute!(
        tx,
        concat!(
            "delete from deliveries where (notification_id, recipient_id) in (
                 select d.notification_id, d.recipient_id from deliveries d join notifications n on n.id = d.notification_id
                 where d.state not in ('pending', 'sending') and ",
            over!(),
            " limit $3)"
        ),
        page,
        before,
        limit
    )?;
    execute!(
        tx,
        concat!(
            "delete from notifications where id in (
                 select id from notifications n where not exists (select 1 from deliveries d where d.notification_id = n.id) and ",
            over!(),
            ")"
        ),
        page,
        before
    )?;
    Ok(deliveries)
}
