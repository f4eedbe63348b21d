//! What staff have on the desk: all that waits for them, and one incident in few statements.

use app::words::{DeliveryState, Id, Impact, IncidentStatus, RecipientKind};
use chrono::{DateTime, Utc};
use sqlx::FromRow;
use sqlx::types::Json;

use super::{FileRow, Hanging, IncidentFile, watch};
use crate::domain::seen::{Kept, Seen};
use crate::store::updates::UpdateRow;
use crate::store::values::Word;
use crate::store::{StoreError, Tx};

/// A draft, or an incident that is not over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
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
    /// The promised time of the next message.
    pub next_update_at: Option<DateTime<Utc>>,
    /// Who looks after it.
    pub owner: Option<String>,
    /// What monitors saw.
    pub seen: Vec<Seen>,
    /// When the clock publishes it; `None`: never.
    pub publish_at: Option<DateTime<Utc>>,
}

#[derive(FromRow)]
struct WaitingRow {
    id: Word<Id>,
    name: String,
    status: Word<IncidentStatus>,
    impact: Word<Impact>,
    started_at: DateTime<Utc>,
    published_at: Option<DateTime<Utc>>,
    next_update_at: Option<DateTime<Utc>>,
    owner: Option<String>,
    publish_at: Option<DateTime<Utc>>,
    monitor_id: Option<Word<Id>>,
    evidence: Option<Json<Kept>>,
}

/// Drafts and incidents that are not over, newest start first. One statement.
///
/// # Errors
/// [`StoreError`]
pub async fn waiting(tx: &mut Tx, page: &Id) -> Result<Vec<Waiting>, StoreError> {
    let rows = fetch_all!(
        tx,
        WaitingRow,
        "select id, name, status, impact, started_at, published_at, next_update_at, owner, publish_at, monitor_id, evidence
         from incidents
         where page_id = $1 and deleted_at is null and (resolved_at is null or published_at is null) order by started_at desc, id",
        page
    )?;
    let waiting = |row: WaitingRow| Waiting {
        id: row.id.0,
        name: row.name,
        status: row.status.0,
        impact: row.impact.0,
        started_at: row.started_at,
        published_at: row.published_at,
        next_update_at: row.next_update_at,
        owner: row.owner,
        seen: watch::seen(row.evidence, row.monitor_id.map(|id| id.0).as_ref()),
        publish_at: row.publish_at,
    };
    Ok(rows.into_iter().map(waiting).collect())
}

/// One incident for its page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The incident as [`get`](super::get) has it, without the components that no message names.
    pub file: IncidentFile,
    /// How many mails of which message stand where.
    pub told: Vec<(Id, DeliveryState, i64)>,
    /// When the first and the newest mail of each message were accepted.
    pub accepted: Vec<(Id, DateTime<Utc>, DateTime<Utc>)>,
}

#[derive(FromRow)]
struct SaidRow {
    #[sqlx(flatten)]
    update: UpdateRow,
    update_id: Word<Id>,
    told: Option<String>,
    first_sent_at: Option<DateTime<Utc>>,
    last_sent_at: Option<DateTime<Utc>>,
}

/// One incident for its page, unless it was deleted. Two statements.
///
/// # Errors
/// [`StoreError`]
pub async fn sheet(tx: &mut Tx, page: &Id, id: &Id) -> Result<Option<Sheet>, StoreError> {
    let row = fetch_optional!(
        tx,
        FileRow,
        concat!(
            "select id, name, status, impact, impact_override, started_at, detected_at, published_at, monitoring_at, resolved_at,
                    next_update_at, created_at, updated_at, deleted_at, revision, ",
            watched_columns!("owner, internal_notes, "),
            " from incidents where page_id = $1 and id = $2 and deleted_at is null"
        ),
        page,
        id
    )?;
    let Some(row) = row else { return Ok(None) };
    // The counts of a message are one text, such as `pending 3,sent 12`, so that they cost no statement of their own.
    let said = fetch_all!(
        tx,
        SaidRow,
        "select incident_id as parent_id, id, id as update_id, status, body, display_at, created_at, updated_at, effects, notify,
                (select string_agg(counted.state || ' ' || counted.number, ',' order by counted.state) from (
                     select d.state, count(*) as number from notifications n join deliveries d on d.notification_id = n.id
                     where n.page_id = $1 and n.update_id = incident_updates.id and d.recipient_kind = $3 group by d.state
                 ) counted) as told,
                (select min(first_sent_at) from notifications n where n.page_id = $1 and n.update_id = incident_updates.id) as first_sent_at,
                (select max(last_sent_at) from notifications n where n.page_id = $1 and n.update_id = incident_updates.id) as last_sent_at
         from incident_updates where withdrawn_at is null and incident_id = $2 order by display_at desc, seq desc",
        page,
        id,
        RecipientKind::Subscriber
    )?;
    let mut told = Vec::new();
    for row in &said {
        for (state, number) in row.told.iter().flat_map(|text| text.split(',')).filter_map(|each| each.split_once(' ')) {
            let unreadable = || StoreError::Corrupt(format!("{number} deliveries that are {state}"));
            told.push((row.update_id.0.clone(), state.parse().map_err(|_| unreadable())?, number.parse().map_err(|_| unreadable())?));
        }
    }
    let times = |row: &SaidRow| Some((row.update_id.0.clone(), row.first_sent_at?, row.last_sent_at?));
    let accepted = said.iter().filter_map(times).collect();
    let mut file = row.file(&mut Hanging::new(Vec::new(), said.into_iter().map(|row| row.update).collect())?, Vec::new());
    let incident = &mut file.record.incident;
    for effect in incident.updates.iter().rev().flat_map(|update| update.effects.iter().flatten()) {
        if !incident.components.contains(&effect.component_id) {
            incident.components.push(effect.component_id.clone());
        }
    }
    file.edits = incident.updates.iter().filter(|update| update.edited_at().is_some()).map(|update| update.id.clone()).collect();
    Ok(Some(Sheet { file, told, accepted }))
}
