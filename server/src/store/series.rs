//! Rules by which planned work comes again.

use app::words::Id;
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;
use sqlx::types::Json;

use super::values::Word;
use super::{StoreError, Tx};

/// A rule. Its windows are maintenances of their own (`Maintenance::occurrence`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// Its id.
    pub id: Id,
    /// The rule (RFC 5545), without its name.
    pub rrule: String,
    /// The zone its local times are of.
    pub time_zone: String,
    /// Days left out.
    pub exceptions: Vec<NaiveDate>,
    /// When it was announced.
    pub created_at: DateTime<Utc>,
    /// When what had not begun of it was called off.
    pub ended_at: Option<DateTime<Utc>>,
}

#[derive(FromRow)]
struct SeriesRow {
    id: Word<Id>,
    rrule: String,
    time_zone: String,
    exceptions: Json<Vec<NaiveDate>>,
    created_at: DateTime<Utc>,
    ended_at: Option<DateTime<Utc>>,
}

/// Adds a series.
///
/// # Errors
/// [`StoreError`]
pub async fn insert(tx: &mut Tx, page: &Id, series: &Series) -> Result<(), StoreError> {
    execute!(
        tx,
        "insert into maintenance_series (id, page_id, rrule, time_zone, exceptions, created_at, ended_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        series.id,
        page,
        series.rrule,
        series.time_zone,
        Json(&series.exceptions),
        series.created_at,
        series.ended_at
    )?;
    Ok(())
}

/// The series of that id.
///
/// # Errors
/// [`StoreError`]
pub async fn get(tx: &mut Tx, page: &Id, id: &Id) -> Result<Option<Series>, StoreError> {
    let row = fetch_optional!(
        tx,
        SeriesRow,
        "select id, rrule, time_zone, exceptions, created_at, ended_at from maintenance_series where page_id = $1 and id = $2",
        page,
        id
    )?;
    Ok(row.map(|row| Series {
        id: row.id.0,
        rrule: row.rrule,
        time_zone: row.time_zone,
        exceptions: row.exceptions.0,
        created_at: row.created_at,
        ended_at: row.ended_at,
    }))
}

/// Notes when a series was called off, or that it goes on.
///
/// # Errors
/// [`StoreError::Missing`] where the page has no such series.
pub async fn set_ended(tx: &mut Tx, page: &Id, id: &Id, ended_at: Option<DateTime<Utc>>) -> Result<(), StoreError> {
    let rows = execute!(tx, "update maintenance_series set ended_at = $3 where page_id = $1 and id = $2", page, id, ended_at)?;
    StoreError::unless_changed(rows, "series", id.as_str())
}
