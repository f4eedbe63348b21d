//! Subscribers by the thousand: what an import asks, and what it writes.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use app::words::{Channel, Id, Impact, SubscribedKind, SubscriberState, Wishes};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use sqlx::types::Json;

use super::audience::keys;
use super::values::Word;
use super::{StoreError, Tx};

/// Where the subscriber at an address stands, as far as an import needs to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Which one.
    pub id: Id,
    /// Where they stand.
    pub state: SubscriberState,
    /// Whether they left or could not be reached, and did not confirm anew.
    pub kept_away: bool,
}

/// Where those of the subscribers stand who are at one of these addresses, by the address's key.
///
/// # Errors
/// [`StoreError`]
pub async fn standings<'a>(
    tx: &mut Tx,
    page: &Id,
    channel: Channel,
    address_keys: impl Iterator<Item = &'a str>,
) -> Result<HashMap<String, Standing>, StoreError> {
    let rows = fetch_all!(
        tx,
        (String, Word<Id>, Word<SubscriberState>, bool),
        "select address_key, id, state, unsubscribed_at is not null or quarantined_at is not null from subscribers
         where page_id = $1 and channel = $2 and address_key in (select key from jsonb_each($3))",
        page,
        channel,
        keys(address_keys)
    )?;
    Ok(rows.into_iter().map(|(key, id, state, kept_away)| (key, Standing { id: id.0, state: state.0, kept_away })).collect())
}

/// Which news a newcomer hears of; by default of all.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Heard {
    /// Kinds of news.
    pub kinds: BTreeSet<SubscribedKind>,
    /// The least impact of an incident.
    pub severity_floor: Impact,
    /// Whether several people read the address.
    pub shared: bool,
}

impl Default for Heard {
    fn default() -> Self {
        let Wishes { kinds, severity_floor, .. } = Wishes::default();
        Self { kinds: kinds.into_iter().collect(), severity_floor, shared: false }
    }
}

impl Heard {
    /// What either asks for.
    pub fn widen(&mut self, other: Self) {
        self.kinds.extend(other.kinds);
        self.severity_floor = self.severity_floor.min(other.severity_floor);
        self.shared |= other.shared;
    }
}

/// A subscriber who consented elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Newcomer {
    /// Their address.
    pub address: String,
    /// What makes it the same as others.
    pub key: String,
    /// The components chosen; `None` hears of all.
    pub components: Option<BTreeSet<Id>>,
    /// Which news.
    #[serde(skip)]
    pub heard: Heard,
    /// When they consented.
    pub consent_date: Option<NaiveDate>,
    /// The code of their language; `None` is the page's own.
    pub language: Option<&'static str>,
    /// The name of their zone; `None` is the page's.
    pub time_zone: Option<&'static str>,
}

/// Adds subscribers who are active at once, by the thousand: one statement for all who hear of the same news, one for the components of all.
/// An address that has a subscriber by now is left alone.
///
/// # Errors
/// [`StoreError`]
pub async fn insert_active(
    tx: &mut Tx,
    page: &Id,
    channel: Channel,
    newcomers: &BTreeMap<Id, Newcomer>,
    now: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let mut alike: BTreeMap<&Heard, BTreeMap<&Id, &Newcomer>> = BTreeMap::new();
    for (id, newcomer) in newcomers {
        alike.entry(&newcomer.heard).or_default().insert(id, newcomer);
    }
    let mut rows = 0;
    for (heard, newcomers) in alike {
        rows += execute!(
            tx,
            "insert into subscribers (id, page_id, channel, address, address_key, state, kinds, severity_floor, all_components, token_epoch,
                 confirmations, confirmed_at, consent_date, language, time_zone, created_at, updated_at, shared)
             select key, $2, $3, value ->> 'address', value ->> 'key', $4, $5, $6, value ->> 'components' is null, $7, $7, $8,
                 date(value ->> 'consent_date'), value ->> 'language', value ->> 'time_zone', $8, $8, $9
             from jsonb_each($1) where true on conflict (page_id, channel, address_key) do nothing",
            Json(newcomers),
            page,
            channel,
            SubscriberState::Active,
            Json(&heard.kinds),
            heard.severity_floor,
            0_i64,
            now,
            heard.shared
        )?;
    }
    let chosen = newcomers.iter().flat_map(|(id, newcomer)| newcomer.components.iter().flatten().map(move |component| (id, component)));
    let chosen: BTreeMap<String, [&Id; 2]> = chosen.map(|pair| (format!("{}{}", pair.0, pair.1), [pair.0, pair.1])).collect();
    execute!(
        tx,
        "insert into subscriber_components (subscriber_id, component_id)
         select s.id, chosen.value ->> 1 from jsonb_each($1) chosen join subscribers s on s.id = chosen.value ->> 0 where true
         on conflict do nothing",
        Json(chosen)
    )?;
    Ok(rows)
}
