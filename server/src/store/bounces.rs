//! What was reported of mails after a mail server had taken them.

use app::words::{BounceKind, DeliveryState, Id, RecipientKind};
use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::values::Word;
use super::{StoreError, Tx};

/// A delivery that something is reported of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    /// Who it went to.
    pub recipient: RecipientKind,
    /// Their address; `None` where they were removed since.
    pub address: Option<String>,
    /// When its notice was written.
    pub written: DateTime<Utc>,
    /// When a subscriber confirmed last.
    pub confirmed_at: Option<DateTime<Utc>>,
}

#[derive(FromRow)]
struct ReturnedRow {
    recipient_kind: Word<RecipientKind>,
    address: Option<String>,
    created_at: DateTime<Utc>,
    confirmed_at: Option<DateTime<Utc>>,
}

/// The delivery of a notice of this page to a recipient.
///
/// # Errors
/// [`StoreError`]
pub async fn delivery(tx: &mut Tx, page: &Id, notification: &Id, recipient: &Id) -> Result<Option<Returned>, StoreError> {
    let row = fetch_optional!(
        tx,
        ReturnedRow,
        "select d.recipient_kind, coalesce(s.address, p.email) as address, n.created_at, s.confirmed_at
         from deliveries d
             join notifications n on n.id = d.notification_id
             left join subscribers s on d.recipient_kind = $4 and s.id = d.recipient_id
             left join staff p on d.recipient_kind = $5 and p.id = d.recipient_id
         where n.page_id = $1 and d.notification_id = $2 and d.recipient_id = $3",
        page,
        notification,
        recipient,
        RecipientKind::Subscriber,
        RecipientKind::Staff
    )?;
    Ok(row.map(|row| Returned {
        recipient: row.recipient_kind.0,
        address: row.address,
        written: row.created_at,
        confirmed_at: row.confirmed_at,
    }))
}

/// What was reported of one delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounce {
    /// What was told.
    pub notification: Id,
    /// To whom.
    pub recipient: Id,
    /// What came back.
    pub kind: BounceKind,
    /// Code and diagnosis on one line, with addresses masked.
    pub report: String,
    /// When the report came.
    pub at: DateTime<Utc>,
}

/// Writes down what was reported, of each delivery and kind once; whether it was news.
///
/// # Errors
/// [`StoreError`]
pub async fn insert(tx: &mut Tx, page: &Id, bounce: &Bounce) -> Result<bool, StoreError> {
    let rows = execute!(
        tx,
        "insert into bounces (page_id, notification_id, recipient_id, kind, report, at) values ($1, $2, $3, $4, $5, $6)
         on conflict (notification_id, recipient_id, kind) do nothing",
        page,
        bounce.notification,
        bounce.recipient,
        bounce.kind,
        bounce.report,
        bounce.at
    )?;
    Ok(rows > 0)
}

/// Notes that nobody has a mail that was accepted. Where its courier has not written down yet that it was, the courier finds its claim
/// lost: who reports of a mail has had it.
///
/// # Errors
/// [`StoreError`]
pub async fn mark(tx: &mut Tx, notification: &Id, recipient: &Id, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let rows = execute!(
        tx,
        "update deliveries set state = $3, finished_at = $4, owner = null, lease_until = null
         where notification_id = $1 and recipient_id = $2 and state in ($5, $6, $7)",
        notification,
        recipient,
        DeliveryState::Bounced,
        now,
        DeliveryState::Sent,
        DeliveryState::Unknown,
        DeliveryState::Sending
    )?;
    Ok(rows > 0)
}

/// When the mailbox of a subscriber did not take a mail since they confirmed, in order: once for each notice.
///
/// # Errors
/// [`StoreError`]
pub async fn soft(tx: &mut Tx, subscriber: &Id) -> Result<Vec<DateTime<Utc>>, StoreError> {
    let rows = fetch_all!(
        tx,
        (DateTime<Utc>,),
        "select b.at from bounces b join subscribers s on s.id = b.recipient_id
         where b.recipient_id = $1 and b.kind = $2 and (s.confirmed_at is null or b.at >= s.confirmed_at) order by b.at",
        subscriber,
        BounceKind::Soft
    )?;
    Ok(rows.into_iter().map(|(at,)| at).collect())
}

/// Forgets what was reported before `before`, and of recipients who are gone.
///
/// # Errors
/// [`StoreError`]
pub async fn sweep(tx: &mut Tx, page: &Id, before: DateTime<Utc>) -> Result<u64, StoreError> {
    execute!(
        tx,
        "delete from bounces where page_id = $1 and (at < $2
             or not exists (select 1 from subscribers s where s.id = bounces.recipient_id)
                and not exists (select 1 from staff p where p.id = bounces.recipient_id))",
        page,
        before
    )
}
