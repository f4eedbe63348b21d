//! Subscribers: what each chose, and where each subscription stands.

use app::words::{BounceKind, Channel, Id, Impact, SubscribedKind, Subscriber, SubscriberState, Wishes};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;
use sqlx::types::Json;

use super::audience::keys;
use super::updates::grouped;
use super::values::{Word, containing};
use super::{StoreError, Tx, deliveries};
use crate::domain::address;

#[derive(FromRow)]
struct SubscriberRow {
    id: Word<Id>,
    channel: Word<Channel>,
    address: String,
    state: Word<SubscriberState>,
    kinds: Json<Vec<SubscribedKind>>,
    severity_floor: Word<Impact>,
    all_components: bool,
    token_epoch: i64,
    confirmations: i64,
    confirmation_at: Option<DateTime<Utc>>,
    confirm_expires_at: Option<DateTime<Utc>>,
    confirmed_at: Option<DateTime<Utc>>,
    consent_date: Option<NaiveDate>,
    language: Option<String>,
    time_zone: Option<String>,
    shared: bool,
    leave_asked_at: Option<DateTime<Utc>>,
    quarantined_at: Option<DateTime<Utc>>,
    quarantine_reason: Option<String>,
    quarantine_reply: Option<String>,
    unsubscribed_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl SubscriberRow {
    fn subscriber(self, components: Vec<Id>) -> Subscriber {
        Subscriber {
            id: self.id.0,
            channel: self.channel.0,
            address: self.address,
            state: self.state.0,
            kinds: self.kinds.0,
            severity_floor: self.severity_floor.0,
            all_components: self.all_components,
            components,
            token_epoch: self.token_epoch,
            confirmations: self.confirmations,
            confirmation_at: self.confirmation_at,
            confirm_expires_at: self.confirm_expires_at,
            confirmed_at: self.confirmed_at,
            consent_date: self.consent_date,
            language: self.language,
            time_zone: self.time_zone,
            shared: self.shared,
            leave_asked_at: self.leave_asked_at,
            quarantined_at: self.quarantined_at,
            quarantine_reason: self.quarantine_reason,
            quarantine_reply: self.quarantine_reply,
            unsubscribed_at: self.unsubscribed_at,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }
}

/// The start of every statement that reads subscribers.
macro_rules! select_subscribers {
    ($rest:literal) => {
        concat!(
            "select id, channel, address, state, kinds, severity_floor, all_components, token_epoch, confirmations, confirmation_at,
                    confirm_expires_at, confirmed_at, consent_date, language, time_zone, shared, leave_asked_at, quarantined_at,
                    quarantine_reason, quarantine_reply, unsubscribed_at, created_at, updated_at
             from subscribers ",
            $rest
        )
    };
}

/// The subscriber of that id.
///
/// # Errors
/// [`StoreError`]
pub async fn get(tx: &mut Tx, page: &Id, id: &Id) -> Result<Option<Subscriber>, StoreError> {
    let row = fetch_optional!(tx, SubscriberRow, select_subscribers!("where page_id = $1 and id = $2"), page, id)?;
    whole(tx, row).await
}

/// The subscriber at an address, however its letters are cased.
///
/// # Errors
/// [`StoreError`]
pub async fn find(tx: &mut Tx, page: &Id, channel: Channel, address: &str) -> Result<Option<Subscriber>, StoreError> {
    let row = fetch_optional!(
        tx,
        SubscriberRow,
        select_subscribers!("where page_id = $1 and channel = $2 and address_key = $3"),
        page,
        channel,
        address::key(address)
    )?;
    whole(tx, row).await
}

async fn whole(tx: &mut Tx, row: Option<SubscriberRow>) -> Result<Option<Subscriber>, StoreError> {
    let Some(row) = row else { return Ok(None) };
    let components = fetch_all!(
        tx,
        (Word<Id>,),
        "select component_id from subscriber_components where subscriber_id = $1 order by component_id",
        row.id.0
    )?;
    Ok(Some(row.subscriber(components.into_iter().map(|(id,)| id.0).collect())))
}

/// Which subscribers to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only those that stand so.
    pub state: Option<SubscriberState>,
    /// Only those on this channel.
    pub channel: Option<Channel>,
    /// Only those with this somewhere in their address; empty takes all.
    pub query: String,
}

/// Subscribers, newest first.
///
/// # Errors
/// [`StoreError`]
pub async fn list(tx: &mut Tx, page: &Id, filter: &Filter, limit: i64, offset: i64) -> Result<Vec<Subscriber>, StoreError> {
    let rows = fetch_all!(
        tx,
        SubscriberRow,
        select_subscribers!(
            "where page_id = $1 and ($2 is null or state = $2) and ($3 is null or channel = $3) and address_key like $4 escape '\\'
             order by created_at desc, id limit $5 offset $6"
        ),
        page,
        filter.state,
        filter.channel,
        containing(&address::key(filter.query.trim())),
        limit,
        offset
    )?;
    let chosen = fetch_all!(
        tx,
        (Word<Id>, Word<Id>),
        "select subscriber_id, component_id from subscriber_components where subscriber_id in (select key from jsonb_each($1))
         order by component_id",
        keys(rows.iter().map(|row| row.id.0.as_str()))
    )?;
    let mut components = grouped(chosen.into_iter().map(|(subscriber, component)| (subscriber.0, component.0)));
    let subscriber = |row: SubscriberRow| {
        let chosen = components.remove(&row.id.0).unwrap_or_default();
        row.subscriber(chosen)
    };
    Ok(rows.into_iter().map(subscriber).collect())
}

/// How many subscribers stand where; states without any are left out.
///
/// # Errors
/// [`StoreError`]
pub async fn counts(tx: &mut Tx, page: &Id) -> Result<Vec<(SubscriberState, i64)>, StoreError> {
    let rows = fetch_all!(
        tx,
        (Word<SubscriberState>, i64),
        "select state, count(*) from subscribers where page_id = $1 group by state order by state",
        page
    )?;
    Ok(rows.into_iter().map(|(state, count)| (state.0, count)).collect())
}

/// Adds a subscriber who has not confirmed yet, at an address without one; whether there was none. Of many at once, one does.
///
/// # Errors
/// [`StoreError`]
pub async fn insert(tx: &mut Tx, page: &Id, id: &Id, channel: Channel, address: &str, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let wishes = Wishes::default();
    let rows = execute!(
        tx,
        "insert into subscribers (id, page_id, channel, address, address_key, state, kinds, severity_floor, all_components, token_epoch,
             confirmations, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11, $11) on conflict (page_id, channel, address_key) do nothing",
        id,
        page,
        channel,
        address,
        address::key(address),
        SubscriberState::Pending,
        Json(wishes.kinds),
        wishes.severity_floor,
        wishes.components.is_none(),
        0_i64,
        now
    )?;
    Ok(rows > 0)
}

/// Says what a subscriber wants to hear of.
///
/// # Errors
/// [`StoreError::Missing`] where there is no such subscriber.
pub async fn set_wishes(tx: &mut Tx, id: &Id, wishes: &Wishes, now: DateTime<Utc>) -> Result<(), StoreError> {
    let rows = execute!(
        tx,
        "update subscribers set kinds = $2, severity_floor = $3, all_components = $4, updated_at = $5 where id = $1",
        id,
        Json(&wishes.kinds),
        wishes.severity_floor,
        wishes.components.is_none(),
        now
    )?;
    StoreError::unless_changed(rows, "subscriber", id.as_str())?;
    execute!(tx, "delete from subscriber_components where subscriber_id = $1", id)?;
    for component in wishes.components.iter().flatten() {
        execute!(
            tx,
            "insert into subscriber_components (subscriber_id, component_id) values ($1, $2) on conflict do nothing",
            id,
            component
        )?;
    }
    Ok(())
}

/// When the next confirmation mail may be written, and until when its link holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asking {
    /// Now.
    pub now: DateTime<Utc>,
    /// Only if the last one was written before this.
    pub rested_since: DateTime<Utc>,
    /// Only if fewer were written in a row.
    pub most: i64,
    /// A row ends where the last one was written before this.
    pub forgotten_since: DateTime<Utc>,
    /// Until when the link holds.
    pub expires_at: DateTime<Utc>,
}

/// Counts one more confirmation mail, and lets who left or could not be reached begin anew; whether one may be written. Of many at
/// once, one may. Whoever is active is not asked. The row goes on when they say no: who reports such a mail is not asked again each day.
///
/// # Errors
/// [`StoreError`]
pub async fn ask(tx: &mut Tx, id: &Id, asking: &Asking) -> Result<bool, StoreError> {
    let rows = execute!(
        tx,
        "update subscribers set state = $2, confirmation_at = $4, confirm_expires_at = $7, updated_at = $4,
             token_epoch = case when state = $2 then token_epoch else token_epoch + 1 end,
             confirmations = case when confirmation_at is null or confirmation_at <= $8 then 1 else confirmations + 1 end
         where id = $1 and state <> $3 and (confirmation_at is null or confirmation_at <= $5)
             and (confirmations < $6 or confirmation_at <= $8)",
        id,
        SubscriberState::Pending,
        SubscriberState::Active,
        asking.now,
        asking.rested_since,
        asking.most,
        asking.expires_at,
        asking.forgotten_since
    )?;
    Ok(rows > 0)
}

/// Makes an unconfirmed subscriber active; whether it was unconfirmed. Whoever consented elsewhere says when.
///
/// # Errors
/// [`StoreError`]
pub async fn confirm(tx: &mut Tx, id: &Id, consent_date: Option<NaiveDate>, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let rows = execute!(
        tx,
        "update subscribers set state = $3, confirmed_at = $4, updated_at = $4, confirmations = $5, confirmation_at = null,
             confirm_expires_at = null, unsubscribed_at = null, quarantined_at = null, quarantine_reason = null,
             quarantine_reply = null, consent_date = coalesce($6, consent_date)
         where id = $1 and state = $2",
        id,
        SubscriberState::Pending,
        SubscriberState::Active,
        now,
        0_i64,
        consent_date
    )?;
    // A second request to confirm that is still to be sent has become pointless.
    deliveries::cancel(tx, id, now).await?;
    Ok(rows > 0)
}

/// Lets a subscriber leave; whether they had not left yet. Nothing that is still to be sent is sent to them.
///
/// # Errors
/// [`StoreError`]
pub async fn unsubscribe(tx: &mut Tx, id: &Id, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let rows = execute!(
        tx,
        "update subscribers set state = $2, unsubscribed_at = $3, updated_at = $3, confirm_expires_at = null where id = $1 and state <> $2",
        id,
        SubscriberState::Unsubscribed,
        now
    )?;
    deliveries::cancel(tx, id, now).await?;
    Ok(rows > 0)
}

/// Tells an active subscriber nothing more, because mails to them come back: `reason` is one word, `reply` what the other side said.
/// Nothing that is still to be sent is sent to them. Whether they were active.
///
/// # Errors
/// [`StoreError`]
pub async fn quarantine(tx: &mut Tx, id: &Id, reason: &str, reply: Option<&str>, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let rows = execute!(
        tx,
        "update subscribers set state = $3, quarantined_at = $4, quarantine_reason = $5, quarantine_reply = $6, updated_at = $4
         where id = $1 and state = $2",
        id,
        SubscriberState::Active,
        SubscriberState::Quarantined,
        now,
        reason,
        reply
    )?;
    if rows > 0 {
        deliveries::cancel(tx, id, now).await?;
    }
    Ok(rows > 0)
}

/// Lets a subscriber leave who complained of our mail, and remembers why; whether that was news. Nothing that is still to be sent is
/// sent to them.
///
/// # Errors
/// [`StoreError`]
pub async fn complained(tx: &mut Tx, id: &Id, reply: &str, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let rows = execute!(
        tx,
        "update subscribers set state = $2, unsubscribed_at = coalesce(unsubscribed_at, $3), quarantined_at = $3, quarantine_reason = $4,
             quarantine_reply = $5, updated_at = $3, confirm_expires_at = null
         where id = $1 and (state <> $2 or quarantine_reason is null or quarantine_reason <> $4)",
        id,
        SubscriberState::Unsubscribed,
        now,
        BounceKind::Complaint,
        reply
    )?;
    deliveries::cancel(tx, id, now).await?;
    Ok(rows > 0)
}

/// Forgets a subscriber and what was still to be sent to them; whether there was one.
///
/// # Errors
/// [`StoreError`]
pub async fn remove(tx: &mut Tx, page: &Id, id: &Id, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let rows = execute!(tx, "delete from subscribers where page_id = $1 and id = $2", page, id)?;
    if rows > 0 {
        deliveries::cancel(tx, id, now).await?;
    }
    Ok(rows > 0)
}

/// Ends what nobody confirmed and nobody was asked again since `before`: new addresses are forgotten, and who had left or could not be
/// reached stands there again, so that it is still known that they must not be told. How many were ended.
///
/// # Errors
/// [`StoreError`]
pub async fn remove_unconfirmed(tx: &mut Tx, page: &Id, before: DateTime<Utc>) -> Result<u64, StoreError> {
    let restored = execute!(
        tx,
        "update subscribers set state = case when unsubscribed_at is not null then $3 else $4 end, confirm_expires_at = null
         where page_id = $1 and state = $2 and coalesce(confirmation_at, created_at) < $5
             and (unsubscribed_at is not null or quarantined_at is not null)",
        page,
        SubscriberState::Pending,
        SubscriberState::Unsubscribed,
        SubscriberState::Quarantined,
        before
    )?;
    let removed = execute!(
        tx,
        "delete from subscribers where page_id = $1 and state = $2 and coalesce(confirmation_at, created_at) < $3",
        page,
        SubscriberState::Pending,
        before
    )?;
    Ok(restored + removed)
}
