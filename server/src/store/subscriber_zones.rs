//! Where subscribers' clocks are: what their browsers said when they subscribed.

use app::words::{Id, SubscriberState};
use chrono_tz::Tz;

use super::{StoreError, Tx};

/// Says which zone a subscriber is in; `None` where their browser said nothing.
///
/// # Errors
/// [`StoreError::Missing`] where there is no such subscriber.
pub async fn set(tx: &mut Tx, id: &Id, zone: Option<Tz>) -> Result<(), StoreError> {
    let rows = execute!(tx, "update subscribers set time_zone = $2 where id = $1", id, zone.map(Tz::name))?;
    StoreError::unless_changed(rows, "subscriber", id.as_str())
}

/// How many active subscribers there are in each zone; `None` is one that nobody named.
///
/// # Errors
/// [`StoreError`]
pub async fn counts(tx: &mut Tx, page: &Id) -> Result<Vec<(Option<String>, i64)>, StoreError> {
    fetch_all!(
        tx,
        (Option<String>, i64),
        "select time_zone, count(*) from subscribers where page_id = $1 and state = $2 group by time_zone order by time_zone",
        page,
        SubscriberState::Active
    )
}
