//! What staff read of the outbox: what was told, to whom, and what came back.

use app::words::{BounceKind, DeliveryState, Id, NotificationKind, RecipientKind};
use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::audience::Untold;
use super::updates::grouped;
use super::values::Word;
use super::{StoreError, Tx};
use crate::domain::notice::Notice;

/// One notification and how far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Its id.
    pub id: Id,
    /// What it tells.
    pub kind: NotificationKind,
    /// What it says.
    pub notice: Notice,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// Nobody is told before.
    pub not_before: DateTime<Utc>,
    /// Whether every delivery was made.
    pub expanded: bool,
    /// When it was taken back.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// How many deliveries stand where; states without any are left out.
    pub counts: Vec<(DeliveryState, i64)>,
    /// How many of those who would hear of it were not told, and why.
    pub untold: Untold,
    /// When the first and the newest of its mails were accepted.
    pub accepted: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

#[derive(FromRow)]
struct ToldRow {
    id: Word<Id>,
    kind: Word<NotificationKind>,
    payload: sqlx::types::Json<Notice>,
    created_at: DateTime<Utc>,
    not_before: DateTime<Utc>,
    expanded_at: Option<DateTime<Utc>>,
    cancelled_at: Option<DateTime<Utc>>,
    suppressed: i64,
    unconfirmed: i64,
    first_sent_at: Option<DateTime<Utc>>,
    last_sent_at: Option<DateTime<Utc>>,
}

impl ToldRow {
    fn told(self, counts: Vec<(DeliveryState, i64)>) -> Told {
        Told {
            id: self.id.0,
            kind: self.kind.0,
            notice: self.payload.0,
            created_at: self.created_at,
            not_before: self.not_before,
            expanded: self.expanded_at.is_some(),
            cancelled_at: self.cancelled_at,
            counts,
            untold: Untold { suppressed: self.suppressed, unconfirmed: self.unconfirmed },
            accepted: self.first_sent_at.zip(self.last_sent_at),
        }
    }
}

/// The notifications of page `$1`, newest first: `$2` after the first `$3`; where `$4`, only those with deliveries that were given up.
macro_rules! newest {
    ($columns:literal) => {
        concat!(
            "select ",
            $columns,
            " from notifications
             where page_id = $1 and (not $4 or exists (
                 select 1 from deliveries f where f.notification_id = notifications.id and f.state = 'failed'))
             order by created_at desc, id limit $2 offset $3"
        )
    };
}

/// Notifications, newest first, and how far each is.
///
/// # Errors
/// [`StoreError`]
pub async fn notifications(tx: &mut Tx, page: &Id, limit: i64, offset: i64) -> Result<Vec<Told>, StoreError> {
    newest(tx, page, false, limit, offset).await
}

/// The same, of those with deliveries that were given up.
///
/// # Errors
/// [`StoreError`]
pub async fn with_failures(tx: &mut Tx, page: &Id, limit: i64, offset: i64) -> Result<Vec<Told>, StoreError> {
    newest(tx, page, true, limit, offset).await
}

async fn newest(tx: &mut Tx, page: &Id, failed: bool, limit: i64, offset: i64) -> Result<Vec<Told>, StoreError> {
    let rows = fetch_all!(
        tx,
        ToldRow,
        newest!(
            "id, kind, payload, created_at, not_before, expanded_at, cancelled_at, suppressed, unconfirmed,
                 first_sent_at, last_sent_at"
        ),
        page,
        limit,
        offset,
        failed
    )?;
    let counts = fetch_all!(
        tx,
        (Word<Id>, Word<DeliveryState>, i64),
        concat!(
            "select notification_id, state, count(*) from deliveries where notification_id in (",
            newest!("id"),
            ") group by notification_id, state order by notification_id, state"
        ),
        page,
        limit,
        offset,
        failed
    )?;
    let mut counts = grouped(counts.into_iter().map(|(id, state, count)| (id.0, (state.0, count))));
    let told = |row: ToldRow| {
        let counts = counts.remove(&row.id.0).unwrap_or_default();
        row.told(counts)
    };
    Ok(rows.into_iter().map(told).collect())
}

/// One notification and how far it is.
///
/// # Errors
/// [`StoreError`]
pub async fn notification(tx: &mut Tx, page: &Id, id: &Id) -> Result<Option<Told>, StoreError> {
    let row = fetch_optional!(
        tx,
        ToldRow,
        "select id, kind, payload, created_at, not_before, expanded_at, cancelled_at, suppressed, unconfirmed, first_sent_at, last_sent_at
         from notifications where page_id = $1 and id = $2",
        page,
        id
    )?;
    let Some(row) = row else { return Ok(None) };
    let counts = fetch_all!(
        tx,
        (Word<DeliveryState>, i64),
        "select state, count(*) from deliveries where notification_id = $1 group by state order by state",
        id
    )?;
    Ok(Some(row.told(counts.into_iter().map(|(state, count)| (state.0, count)).collect())))
}

/// One delivery, whom it is for, and the last that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryRead {
    /// Whom it is for.
    pub recipient: Id,
    /// Of which kind.
    pub recipient_kind: RecipientKind,
    /// Their address; `None` where they were removed since.
    pub address: Option<String>,
    /// Where it stands.
    pub state: DeliveryState,
    /// When it is tried, or was to be.
    pub run_at: DateTime<Utc>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
    /// How often it was tried.
    pub attempts: i64,
    /// The class of the last attempt's failure.
    pub reason: Option<String>,
    /// What the other side said last.
    pub reply: Option<String>,
    /// What was reported after it was accepted, and when.
    pub bounce: Option<(BounceKind, String, DateTime<Utc>)>,
}

#[derive(FromRow)]
struct DeliveryRow {
    recipient_id: Word<Id>,
    recipient_kind: Word<RecipientKind>,
    address: Option<String>,
    state: Word<DeliveryState>,
    run_at: DateTime<Utc>,
    finished_at: Option<DateTime<Utc>>,
    attempts: i64,
    reason: Option<String>,
    reply: Option<String>,
    bounce: Option<Word<BounceKind>>,
    report: Option<String>,
    bounced_at: Option<DateTime<Utc>>,
}

impl DeliveryRow {
    fn read(self) -> DeliveryRead {
        DeliveryRead {
            recipient: self.recipient_id.0,
            recipient_kind: self.recipient_kind.0,
            address: self.address,
            state: self.state.0,
            run_at: self.run_at,
            finished_at: self.finished_at,
            attempts: self.attempts,
            reason: self.reason,
            reply: self.reply,
            bounce: self.bounce.zip(self.report).zip(self.bounced_at).map(|((kind, report), at)| (kind.0, report, at)),
        }
    }
}

/// Deliveries of notification `$1` to subscribers (`$2`) and staff (`$3`), with the last that came back.
macro_rules! select_deliveries {
    ($rest:literal) => {
        concat!(
            "select d.recipient_id, d.recipient_kind, coalesce(s.address, p.email) as address, d.state, d.run_at, d.finished_at, d.attempts,
                a.reason, a.reply, b.kind as bounce, b.report, b.at as bounced_at
         from deliveries d
         left join subscribers s on d.recipient_kind = $2 and s.id = d.recipient_id
         left join staff p on d.recipient_kind = $3 and p.id = d.recipient_id
         left join attempts a on a.notification_id = d.notification_id and a.recipient_id = d.recipient_id
             and a.number = (select max(number) from attempts l where l.notification_id = d.notification_id and l.recipient_id = d.recipient_id)
         left join bounces b on b.notification_id = d.notification_id and b.recipient_id = d.recipient_id
             and b.kind = (select kind from bounces l where l.notification_id = d.notification_id and l.recipient_id = d.recipient_id
                           order by at desc, kind limit 1)
         where d.notification_id = $1 ",
            $rest
        )
    };
}

/// Deliveries of a notification: those that failed first, then what came back, then by recipient.
///
/// # Errors
/// [`StoreError`]
pub async fn deliveries(tx: &mut Tx, notification: &Id, limit: i64, offset: i64) -> Result<Vec<DeliveryRead>, StoreError> {
    let rows = fetch_all!(
        tx,
        DeliveryRow,
        select_deliveries!(
            "order by case when d.state = $4 then 0 when b.kind is not null then 1 else 2 end, d.recipient_id limit $5 offset $6"
        ),
        notification,
        RecipientKind::Subscriber,
        RecipientKind::Staff,
        DeliveryState::Failed,
        limit,
        offset
    )?;
    Ok(rows.into_iter().map(DeliveryRow::read).collect())
}

/// The next deliveries of a notification, after the one to that recipient, that did not arrive as far as is known: given up, no longer
/// wanted, reported as undeliverable, or with an answer that was lost.
///
/// # Errors
/// [`StoreError`]
pub async fn not_reached(tx: &mut Tx, notification: &Id, after: Option<&Id>, limit: i64) -> Result<Vec<DeliveryRead>, StoreError> {
    let rows = fetch_all!(
        tx,
        DeliveryRow,
        select_deliveries!(
            "and d.recipient_id > $4 and (d.state in ('failed', 'cancelled', 'bounced', 'unknown') or b.kind is not null)
             order by d.recipient_id limit $5"
        ),
        notification,
        RecipientKind::Subscriber,
        RecipientKind::Staff,
        after.map_or("", Id::as_str),
        limit
    )?;
    Ok(rows.into_iter().map(DeliveryRow::read).collect())
}

/// How many mails to subscribers of each message about an object stand where. One statement.
///
/// # Errors
/// [`StoreError`]
pub async fn by_message(tx: &mut Tx, page: &Id, subject: &Id) -> Result<Vec<(Id, DeliveryState, i64)>, StoreError> {
    let rows = fetch_all!(
        tx,
        (Word<Id>, Word<DeliveryState>, i64),
        "select n.update_id, d.state, count(*) from notifications n join deliveries d on d.notification_id = n.id
         where n.page_id = $1 and n.subject_id = $2 and n.update_id is not null and d.recipient_kind = $3
         group by n.update_id, d.state order by n.update_id, d.state",
        page,
        subject,
        RecipientKind::Subscriber
    )?;
    Ok(rows.into_iter().map(|(update, state, count)| (update.0, state.0, count)).collect())
}
