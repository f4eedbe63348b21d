//! Where subscribers' clocks are and what they read: what their browsers and addresses said when they subscribed, or what they chose.

use app::words::Id;
use chrono_tz::Tz;

use super::{StoreError, Tx};

/// Says which zone a subscriber is in and the code of their language; `None` is what the page has.
///
/// # Errors
/// [`StoreError::Missing`] where there is no such subscriber.
pub async fn set(tx: &mut Tx, id: &Id, zone: Option<Tz>, language: Option<&str>) -> Result<(), StoreError> {
    let rows = execute!(tx, "update subscribers set time_zone = $2, language = $3 where id = $1", id, zone.map(Tz::name), language)?;
    StoreError::unless_changed(rows, "subscriber", id.as_str())
}
