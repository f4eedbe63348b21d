//! Subscribers as an export writes them, a piece at a time.

use app::words::{Channel, Id, Impact, SubscribedKind, SubscriberState};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;
use sqlx::types::Json;

use super::audience::keys;
use super::updates::grouped;
use super::values::Word;
use super::{StoreError, Tx};

/// What an export says of a subscriber.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// Which one.
    pub id: Id,
    /// Their address.
    pub address: String,
    /// The components chosen that are still there; `None` hears of all.
    pub components: Option<Vec<Id>>,
    /// Kinds of news.
    pub kinds: Vec<SubscribedKind>,
    /// The least impact of an incident they hear of.
    pub severity_floor: Impact,
    /// Whether several people read the address.
    pub shared: bool,
    /// When they consented elsewhere.
    pub consent_date: Option<NaiveDate>,
    /// When they confirmed.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// The code of their language; `None` is the page's own.
    pub language: Option<String>,
    /// The name of their zone; `None` is the page's.
    pub time_zone: Option<String>,
    /// Where they stand.
    pub state: SubscriberState,
}

#[derive(FromRow)]
struct Row {
    id: Word<Id>,
    address: String,
    all_components: bool,
    kinds: Json<Vec<SubscribedKind>>,
    severity_floor: Word<Impact>,
    shared: bool,
    consent_date: Option<NaiveDate>,
    confirmed_at: Option<DateTime<Utc>>,
    language: Option<String>,
    time_zone: Option<String>,
    state: Word<SubscriberState>,
}

/// The next subscribers on a channel after the one of that id, in the order of ids; of one state or of all.
///
/// # Errors
/// [`StoreError`]
pub async fn after(
    tx: &mut Tx,
    page: &Id,
    channel: Channel,
    state: Option<SubscriberState>,
    after: Option<&Id>,
    limit: i64,
) -> Result<Vec<Exported>, StoreError> {
    let rows = fetch_all!(
        tx,
        Row,
        "select id, address, all_components, kinds, severity_floor, shared, consent_date, confirmed_at, language, time_zone, state from subscribers
         where page_id = $1 and channel = $2 and ($3 is null or state = $3) and id > $4 order by id limit $5",
        page,
        channel,
        state,
        after.map_or("", Id::as_str),
        limit
    )?;
    let chosen = fetch_all!(
        tx,
        (Word<Id>, Word<Id>),
        "select s.subscriber_id, s.component_id from subscriber_components s join components c on c.id = s.component_id
         where s.subscriber_id in (select key from jsonb_each($1)) and c.deleted_at is null order by s.component_id",
        keys(rows.iter().filter(|row| !row.all_components).map(|row| row.id.0.as_str()))
    )?;
    let mut chosen = grouped(chosen.into_iter().map(|(subscriber, component)| (subscriber.0, component.0)));
    let exported = |row: Row| Exported {
        components: (!row.all_components).then(|| chosen.remove(&row.id.0).unwrap_or_default()),
        id: row.id.0,
        address: row.address,
        kinds: row.kinds.0,
        severity_floor: row.severity_floor.0,
        shared: row.shared,
        consent_date: row.consent_date,
        confirmed_at: row.confirmed_at,
        language: row.language,
        time_zone: row.time_zone,
        state: row.state.0,
    };
    Ok(rows.into_iter().map(exported).collect())
}
