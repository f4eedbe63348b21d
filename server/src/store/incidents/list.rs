//! Incidents as lists show them.

use app::words::{Id, Impact, IncidentStatus};
use chrono::{DateTime, Utc};
use sqlx::FromRow;

use crate::store::updates::grouped;
use crate::store::values::Word;
use crate::store::{StoreError, Tx};

/// What a list shows of an incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncidentSummary {
    /// Its id.
    pub id: Id,
    /// Its title.
    pub name: String,
    /// Where it stands.
    pub status: IncidentStatus,
    /// How bad it is.
    pub impact: Impact,
    /// Start of the failure.
    pub started_at: DateTime<Utc>,
    /// When the first words were published; `None`: a draft.
    pub published_at: Option<DateTime<Utc>>,
    /// When it was over.
    pub resolved_at: Option<DateTime<Utc>>,
    /// The promised time of the next message.
    pub next_update_at: Option<DateTime<Utc>>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// Who looks after it.
    pub owner: Option<String>,
    /// The monitor that wrote its draft.
    pub monitor_id: Option<Id>,
    /// The components it names.
    pub components: Vec<Id>,
}

#[derive(FromRow)]
struct SummaryRow {
    id: Word<Id>,
    name: String,
    status: Word<IncidentStatus>,
    impact: Word<Impact>,
    started_at: DateTime<Utc>,
    published_at: Option<DateTime<Utc>>,
    resolved_at: Option<DateTime<Utc>>,
    next_update_at: Option<DateTime<Utc>>,
    updated_at: DateTime<Utc>,
    owner: Option<String>,
    monitor_id: Option<Word<Id>>,
}

/// Which incidents a list is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Published and not over, newest start first.
    Open,
    /// Not published, newest first.
    Drafts,
    /// Published and over before an instant, latest end first.
    Past {
        /// The instant.
        before: DateTime<Utc>,
        /// At most so many.
        limit: i64,
    },
}

/// A list without deleted ones, in two statements.
///
/// # Errors
/// [`StoreError`]
pub async fn list(tx: &mut Tx, page: &Id, which: Which) -> Result<Vec<IncidentSummary>, StoreError> {
    macro_rules! summaries {
        ($rest:literal $(, $arg:expr)*) => {{
            let rows = fetch_all!(
                tx,
                SummaryRow,
                concat!(
                    "select id, name, status, impact, started_at, published_at, resolved_at, next_update_at, updated_at, owner, monitor_id
                     from incidents where page_id = $1 and deleted_at is null and ", $rest
                ),
                page $(, $arg)*
            )?;
            let named = fetch_all!(
                tx,
                (Word<Id>, Word<Id>),
                concat!(
                    "select incident_id, component_id from incident_components where incident_id in (
                         select id from incidents where page_id = $1 and deleted_at is null and ", $rest, ")
                     order by incident_id, position"
                ),
                page $(, $arg)*
            )?;
            (rows, named)
        }};
    }
    let (rows, named) = match which {
        Which::Open => summaries!("published_at is not null and resolved_at is null order by started_at desc, id"),
        Which::Drafts => summaries!("published_at is null order by created_at desc, id"),
        Which::Past { before, limit } => {
            summaries!("published_at is not null and resolved_at < $2 order by resolved_at desc, id limit $3", before, limit)
        }
    };
    let mut named = grouped(named.into_iter().map(|(incident, component)| (incident.0, component.0)));
    let summary = |row: SummaryRow| IncidentSummary {
        components: named.remove(&row.id.0).unwrap_or_default(),
        id: row.id.0,
        name: row.name,
        status: row.status.0,
        impact: row.impact.0,
        started_at: row.started_at,
        published_at: row.published_at,
        resolved_at: row.resolved_at,
        next_update_at: row.next_update_at,
        updated_at: row.updated_at,
        owner: row.owner,
        monitor_id: row.monitor_id.map(|id| id.0),
    };
    Ok(rows.into_iter().map(summary).collect())
}
