//! Planned work as lists show it.

use app::words::Id;
use chrono::{DateTime, Utc};

use super::{FileRow, Hanging, MaintenanceFile, MoveRow, PlannedRow};
use crate::store::updates::UpdateRow;
use crate::store::{StoreError, Tx};

/// Which planned work a list is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Announced and, as last said, not over: undated first, then the soonest window. What the clock has ended meanwhile is among it.
    Coming,
    /// Not announced, newest first.
    Drafts,
    /// Announced, and over before an instant, latest end first.
    Past {
        /// The instant.
        before: DateTime<Utc>,
        /// At most so many.
        limit: i64,
    },
}

/// A list without deleted ones. Four statements.
///
/// # Errors
/// [`StoreError`]
pub async fn list(tx: &mut Tx, page: &Id, which: Which) -> Result<Vec<MaintenanceFile>, StoreError> {
    let mut found = match which {
        Which::Coming => files!(
            tx,
            "select id from maintenances
             where page_id = $1 and deleted_at is null and published_at is not null and status not in ('completed', 'cancelled')",
            page
        ),
        Which::Drafts => {
            files!(tx, "select id from maintenances where page_id = $1 and deleted_at is null and published_at is null", page)
        }
        Which::Past { before, limit } => files!(
            tx,
            "select id from maintenances
             where page_id = $1 and deleted_at is null and published_at is not null and status in ('completed', 'cancelled')
                 and coalesce(completed_at, updated_at) < $2
             order by coalesce(completed_at, updated_at) desc, id limit $3",
            page,
            before,
            limit
        ),
    };
    found.sort_by(|a, b| {
        let (one, other) = (&a.record.maintenance, &b.record.maintenance);
        let order = match which {
            Which::Coming => one.window.map(|window| window.from).cmp(&other.window.map(|window| window.from)),
            Which::Drafts => other.created_at.cmp(&one.created_at),
            Which::Past { .. } => other.completed_at.unwrap_or(other.updated_at).cmp(&one.completed_at.unwrap_or(one.updated_at)),
        };
        order.then_with(|| one.id.cmp(&other.id))
    });
    Ok(found)
}
