//! Deliveries at work: claimed by one courier at a time, sent, and settled. What staff read of them stands in `delivery_reads`.
//!
//! A claim is a lease and an epoch. Whoever holds it writes only while both are still its own, so that a courier that slept through its
//! lease cannot undo what another one did meanwhile (reliability Q5).

use app::words::{DeliveryState, Id, NotificationKind, RecipientKind, SubscriberState};
use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::audience::{about, keys, muted};
use super::values::Word;
use super::{StoreError, Tx};
use crate::domain::courier::Standing;
use crate::domain::notice::Notice;

/// A delivery that is ours to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// What to tell.
    pub notification: Id,
    /// Whom.
    pub recipient: Id,
    /// Our claim is the one of this number.
    pub epoch: i64,
    /// Tries so far.
    pub attempts: i64,
    /// Whether the recipient may have it already.
    pub maybe_duplicate: bool,
}

#[derive(FromRow)]
struct ClaimedRow {
    notification_id: Word<Id>,
    recipient_id: Word<Id>,
    epoch: i64,
    attempts: i64,
    maybe_duplicate: bool,
}

/// Notifications with deliveries that are due, the urgent ones first, each with its priority. One step through the index for each of
/// them, however many deliveries wait: this is asked for every few dozen mails of a list of any length.
///
/// # Errors
/// [`StoreError`]
pub async fn waiting(tx: &mut Tx, now: DateTime<Utc>) -> Result<Vec<(Id, i64)>, StoreError> {
    macro_rules! first {
        ($column:literal) => {
            concat!(
                "(select ",
                $column,
                " from deliveries where state = 'pending' and notification_id = listed.id and run_at <= $1 order by priority, run_at limit 1)"
            )
        };
    }
    let rows = fetch_all!(
        tx,
        (Word<Id>, i64),
        concat!(
            "with recursive listed(id) as (
                 select min(notification_id) from deliveries where state = 'pending'
                 union all
                 select (select min(notification_id) from deliveries where state = 'pending' and notification_id > listed.id)
                 from listed where listed.id is not null
             ), first as (select id, ",
            first!("priority"),
            " as priority, ",
            first!("run_at"),
            " as run_at from listed where id is not null)
             select id, priority from first where priority is not null order by priority, run_at, id"
        ),
        now
    )?;
    Ok(rows.into_iter().map(|(id, priority)| (id.0, priority)).collect())
}

/// The one statement with a variant per engine: on PostgreSQL couriers step over what another one is claiming instead of waiting for it.
/// What is due is pending, and locked from there on; said once more of what is changed, it would make SQLite read every delivery that waits.
macro_rules! claim {
    ($lock:literal) => {
        concat!(
            "with due as materialized (
                 select recipient_id from deliveries where state = 'pending' and notification_id = $1 and run_at <= $2
                 order by priority, run_at, recipient_id limit $3",
            $lock,
            ")
             update deliveries set state = 'sending', owner = $4, lease_until = $5, epoch = epoch + 1
             where notification_id = $1 and recipient_id in (select recipient_id from due)
             returning notification_id, recipient_id, epoch, attempts, maybe_duplicate"
        )
    };
}

/// Claims at most `limit` due deliveries of a notification for `owner`, until the lease ends.
///
/// # Errors
/// [`StoreError`]
pub async fn claim(
    tx: &mut Tx,
    notification: &Id,
    owner: &str,
    now: DateTime<Utc>,
    lease_until: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Claimed>, StoreError> {
    let rows = match tx {
        Tx::Sqlite(_) => fetch_all!(tx, ClaimedRow, claim!(""), notification, now, limit, owner, lease_until)?,
        Tx::Postgres(_) => fetch_all!(tx, ClaimedRow, claim!(" for update skip locked"), notification, now, limit, owner, lease_until)?,
    };
    let claimed = |row: ClaimedRow| Claimed {
        notification: row.notification_id.0,
        recipient: row.recipient_id.0,
        epoch: row.epoch,
        attempts: row.attempts,
        maybe_duplicate: row.maybe_duplicate,
    };
    Ok(rows.into_iter().map(claimed).collect())
}

/// Lengthens every lease of `owner`.
///
/// # Errors
/// [`StoreError`]
pub async fn renew(tx: &mut Tx, owner: &str, lease_until: DateTime<Utc>) -> Result<u64, StoreError> {
    execute!(tx, "update deliveries set lease_until = $2 where state = 'sending' and owner = $1", owner, lease_until)
}

/// Takes deliveries back whose lease ended before `before`: their courier is gone, and nobody knows whether it had handed them over.
///
/// # Errors
/// [`StoreError`]
pub async fn reclaim(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64, StoreError> {
    execute!(
        tx,
        "update deliveries set state = 'pending', owner = null, lease_until = null, maybe_duplicate = $2
         where state = 'sending' and lease_until < $1",
        before,
        true
    )
}

/// What the record says of a claimed delivery just before it is handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Now {
    /// What decides whether it is still wanted.
    pub standing: Standing,
    /// Where the recipient gets mail; empty where they are gone.
    pub address: String,
    /// The epoch of a subscriber's links.
    pub token_epoch: i64,
    /// The code of the language a subscriber reads, where it is known.
    pub language: Option<String>,
    /// The zone of a subscriber's clock, where it is known.
    pub time_zone: Option<String>,
}

#[derive(FromRow)]
struct NowRow {
    recipient_id: Word<Id>,
    epoch: i64,
    kind: Word<NotificationKind>,
    withdrawn: bool,
    superseded: bool,
    muted: bool,
    recipient_kind: Word<RecipientKind>,
    subscriber_state: Option<Word<SubscriberState>>,
    subscriber_address: Option<String>,
    token_epoch: Option<i64>,
    language: Option<String>,
    time_zone: Option<String>,
    staff_address: Option<String>,
}

impl From<NowRow> for Now {
    fn from(row: NowRow) -> Self {
        Self {
            standing: Standing {
                kind: row.kind.0,
                withdrawn: row.withdrawn,
                superseded: row.superseded,
                muted: row.muted,
                recipient: row.recipient_kind.0,
                subscriber: row.subscriber_state.map(|state| state.0),
                staff: row.staff_address.is_some(),
            },
            address: row.subscriber_address.or(row.staff_address).unwrap_or_default(),
            token_epoch: row.token_epoch.unwrap_or(0),
            language: row.language,
            time_zone: row.time_zone,
        }
    }
}

/// What the record says of claimed deliveries of one notification just before they are handed over: recipient, number of the claim, and
/// what is said. Those whose claim is lost are left out.
///
/// # Errors
/// [`StoreError`]
pub async fn looks(
    tx: &mut Tx,
    notification: &Id,
    recipients: &[&Id],
    notice: &Notice,
    now: DateTime<Utc>,
) -> Result<Vec<(Id, i64, Now)>, StoreError> {
    let rows = fetch_all!(
        tx,
        NowRow,
        concat!(
            "select d.recipient_id, d.epoch, n.kind, n.cancelled_at is not null as withdrawn, d.recipient_kind, s.state as subscriber_state,
                s.address as subscriber_address, s.token_epoch, s.language, s.time_zone, m.email as staff_address, ",
            muted!("d.recipient_id", "$3"),
            " as muted, exists (
                    select 1 from notifications later join deliveries l on l.notification_id = later.id
                    where later.page_id = n.page_id and later.created_at > n.created_at and later.subject_kind = n.subject_kind
                        and later.subject_id = n.subject_id
                        and later.cancelled_at is null and l.recipient_id = d.recipient_id and l.state <> 'cancelled') as superseded
             from deliveries d
                 join notifications n on n.id = d.notification_id
                 left join subscribers s on d.recipient_kind = 'subscriber' and s.id = d.recipient_id
                 left join staff m on d.recipient_kind = 'staff' and m.id = d.recipient_id and m.disabled_at is null
             where d.notification_id = $1 and d.recipient_id in (select key from jsonb_each($2)) and d.state = 'sending'
                 and d.lease_until > $4"
        ),
        notification,
        keys(recipients.iter().map(|id| id.as_str())),
        about(notice.about(), notice.is_over()),
        now
    )?;
    Ok(rows.into_iter().map(|row| (row.recipient_id.0.clone(), row.epoch, row.into())).collect())
}

/// When a try took place, and under which Message-ID.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// When it began.
    pub started: DateTime<Utc>,
    /// When it ended.
    pub finished: DateTime<Utc>,
    /// The mail's Message-ID, once there was a mail.
    pub message_id: Option<String>,
}

/// Puts deliveries of a notice that were given up back into the queue: that to one recipient, or all. Those to whoever may not be told any
/// more stay as they are, and so does everything that was accepted. How many there were.
///
/// # Errors
/// [`StoreError`]
pub async fn requeue(tx: &mut Tx, page: &Id, notification: &Id, recipient: Option<&Id>, now: DateTime<Utc>) -> Result<u64, StoreError> {
    execute!(
        tx,
        "update deliveries set state = $5, run_at = $4, finished_at = null
         where notification_id = $2 and state = $6 and (cast($3 as text) is null or recipient_id = $3)
             and exists (
                 select 1 from notifications n
                     left join subscribers s on deliveries.recipient_kind = $7 and s.id = deliveries.recipient_id
                     left join staff p on deliveries.recipient_kind = $8 and p.id = deliveries.recipient_id
                 where n.id = $2 and n.page_id = $1 and n.cancelled_at is null
                     and (p.id is not null and p.disabled_at is null
                         or n.kind <> $9 and s.state = $10
                         or n.kind = $9 and s.state = $11 and s.confirm_expires_at > $4))",
        page,
        notification,
        recipient,
        now,
        DeliveryState::Pending,
        DeliveryState::Failed,
        RecipientKind::Subscriber,
        RecipientKind::Staff,
        NotificationKind::ConfirmSubscription,
        SubscriberState::Active,
        SubscriberState::Pending
    )
}

/// Cancels what still waits for a subscriber.
pub(super) async fn cancel(tx: &mut Tx, subscriber: &Id, now: DateTime<Utc>) -> Result<(), StoreError> {
    execute!(
        tx,
        "update deliveries set state = $3, finished_at = $4 where recipient_id = $1 and state = $2",
        subscriber,
        DeliveryState::Pending,
        DeliveryState::Cancelled,
        now
    )?;
    Ok(())
}

/// What waits to be sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Backlog {
    /// Deliveries that are pending or being sent.
    pub depth: i64,
    /// When the delivery became due that is due longest, or the notification whose deliveries are still to be made.
    pub oldest: Option<DateTime<Utc>>,
}

/// What waits to be sent.
///
/// # Errors
/// [`StoreError`]
pub async fn backlog(tx: &mut Tx) -> Result<Backlog, StoreError> {
    let (depth, oldest) = fetch_one!(
        tx,
        (i64, Option<DateTime<Utc>>),
        "select count(*) filter (where made), min(due) from (
             select run_at as due, true as made from deliveries where state = 'pending' or state = 'sending'
             union all
             select not_before, false from notifications where expanded_at is null and cancelled_at is null
         ) waiting"
    )?;
    Ok(Backlog { depth, oldest })
}
