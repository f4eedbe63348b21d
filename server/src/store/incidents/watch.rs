//! What monitors and the clock do with incidents: what was seen, and what is known of those that a monitor wrote and that are not over.

use app::words::Id;
use chrono::{DateTime, Utc};
use sqlx::FromRow;
use sqlx::types::Json;

use crate::domain::evidence::Evidence;
use crate::domain::failure::{self, Open, Says, Standing};
use crate::domain::seen::{Kept, Seen};
use crate::store::values::Word;
use crate::store::{StoreError, Tx};

/// What the clock does with an incident that a monitor wrote, and who keeps it from that.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromRow)]
pub struct Watch {
    /// When the clock publishes the draft; `None`: never.
    pub publish_at: Option<DateTime<Utc>>,
    /// When somebody said that they are on it.
    pub acknowledged_at: Option<DateTime<Utc>>,
    /// Who.
    pub acknowledged_by: Option<String>,
    /// Whether all that it says was written by monitors and the clock.
    pub machine_words: bool,
    /// When staff were told that its monitors are up again; `None` once they were told that it fails again.
    pub recovery_told_at: Option<DateTime<Utc>>,
}

impl Watch {
    /// The same once somebody is on it: whoever said so first stays named, and the clock publishes nothing.
    #[must_use]
    pub fn acknowledged(self, by: &str, now: DateTime<Utc>) -> Self {
        Self {
            publish_at: None,
            acknowledged_at: self.acknowledged_at.or(Some(now)),
            acknowledged_by: self.acknowledged_by.or_else(|| Some(by.to_owned())),
            ..self
        }
    }
}

/// An incident that a monitor wrote and that is not over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watched {
    /// The incident.
    pub id: Id,
    /// Its title.
    pub name: String,
    /// When readers were told; `None`: a draft.
    pub published_at: Option<DateTime<Utc>>,
    /// What the clock does with it.
    pub watch: Watch,
    /// What its monitors saw.
    pub seen: Vec<Seen>,
    /// Those of its monitors that still check.
    pub at_work: Vec<Id>,
}

impl Watched {
    /// What the monitors say that it is about.
    #[must_use]
    pub fn standing(&self) -> Standing {
        standing(&self.seen, &self.at_work)
    }

    /// Whether it is about that monitor.
    #[must_use]
    pub fn about(&self, monitor: &Id) -> bool {
        self.seen.iter().any(|seen| seen.monitor_id == *monitor && !seen.beside)
    }

    /// The incident as what decides where a failure belongs.
    #[must_use]
    pub fn open(&self) -> Option<Open> {
        Some(Open {
            id: self.id.clone(),
            untouched_draft: self.published_at.is_none() && self.watch.machine_words,
            newest_at: self.seen.iter().filter(|seen| !seen.beside).map(|seen| seen.noted_at).max()?,
        })
    }
}

/// What monitors say that an incident is about.
#[must_use]
pub fn standing(seen: &[Seen], at_work: &[Id]) -> Standing {
    let own = seen.iter().filter(|seen| !seen.beside);
    failure::standing(own.map(|seen| Says { at_work: at_work.contains(&seen.monitor_id), recovered_at: seen.evidence.recovered_at }))
}

/// The columns of what monitors and the clock do with an incident, behind others. Ids of those at work are one text, so that they cost no
/// statement of their own.
macro_rules! watched_columns {
    ($before:literal) => {
        concat!(
            $before,
            "monitor_id, evidence, publish_at, acknowledged_at, acknowledged_by, machine_words, recovery_told_at,
             (select string_agg(m.id, ',' order by m.id) from incident_monitors n join monitors m on m.id = n.monitor_id
              where n.incident_id = incidents.id and m.paused_at is null and m.deleted_at is null) as at_work"
        )
    };
}

#[derive(FromRow)]
struct WatchedRow {
    id: Word<Id>,
    name: String,
    published_at: Option<DateTime<Utc>>,
    #[sqlx(flatten)]
    watch: Watch,
    monitor_id: Option<Word<Id>>,
    evidence: Option<Json<Kept>>,
    at_work: Option<String>,
}

/// The ids of a text of them.
pub(super) fn ids(text: Option<&str>) -> Vec<Id> {
    text.iter().flat_map(|text| text.split(',')).filter_map(|id| Id::parse(id).ok()).collect()
}

/// What was seen, as a row has it.
pub(super) fn seen(evidence: Option<Json<Kept>>, monitor: Option<&Id>) -> Vec<Seen> {
    evidence.map(|kept| kept.0.seen(monitor)).unwrap_or_default()
}

/// The incidents and drafts of the page that monitors wrote and that are not over, oldest first. One statement.
///
/// # Errors
/// [`StoreError`]
pub async fn watched(tx: &mut Tx, page: &Id) -> Result<Vec<Watched>, StoreError> {
    let rows = fetch_all!(
        tx,
        WatchedRow,
        concat!(
            "select ",
            watched_columns!("id, name, published_at, "),
            " from incidents where page_id = $1 and resolved_at is null and deleted_at is null and monitor_id is not null
             order by created_at, id"
        ),
        page
    )?;
    let watched = |row: WatchedRow| Watched {
        seen: seen(row.evidence, row.monitor_id.map(|id| id.0).as_ref()),
        at_work: ids(row.at_work.as_deref()),
        id: row.id.0,
        name: row.name,
        published_at: row.published_at,
        watch: row.watch,
    };
    Ok(rows.into_iter().map(watched).collect())
}

/// Notes which monitor an incident comes from, what it saw, and when that was noted.
///
/// # Errors
/// [`StoreError::Missing`] where there is no such incident.
pub async fn set_origin(tx: &mut Tx, id: &Id, monitor: &Id, evidence: &Evidence, noted_at: DateTime<Utc>) -> Result<(), StoreError> {
    let rows = execute!(tx, "update incidents set monitor_id = $2 where id = $1", id, monitor)?;
    StoreError::unless_changed(rows, "incident", id.as_str())?;
    set_seen(tx, id, &[Seen { monitor_id: monitor.clone(), beside: false, noted_at, evidence: evidence.clone() }], monitor).await
}

/// The incident or draft of a monitor that is not over and not deleted.
///
/// # Errors
/// [`StoreError`]
pub async fn unresolved_of_monitor(tx: &mut Tx, page: &Id, monitor: &Id) -> Result<Option<Id>, StoreError> {
    let row = fetch_optional!(
        tx,
        (Word<Id>,),
        "select id from incidents where page_id = $1 and monitor_id = $2 and resolved_at is null and deleted_at is null
         order by created_at, id limit 1",
        page,
        monitor
    )?;
    Ok(row.map(|(id,)| id.0))
}

/// Keeps what the monitors of an incident saw, where that of one of them, `of`, is new. Staff only, so that readers see no difference.
///
/// # Errors
/// [`StoreError::Missing`] where there is no such incident.
pub async fn set_seen(tx: &mut Tx, incident: &Id, seen: &[Seen], of: &Id) -> Result<(), StoreError> {
    let rows = execute!(tx, "update incidents set evidence = $2 where id = $1", incident, Json(seen))?;
    StoreError::unless_changed(rows, "incident", incident.as_str())?;
    for one in seen.iter().filter(|one| one.monitor_id == *of) {
        execute!(
            tx,
            "insert into incident_monitors (incident_id, monitor_id, beside, noted_at) values ($1, $2, $3, $4)
             on conflict (incident_id, monitor_id) do update set beside = excluded.beside, noted_at = excluded.noted_at",
            incident,
            one.monitor_id,
            one.beside,
            one.noted_at
        )?;
    }
    Ok(())
}

/// What the clock does with an incident from now on.
///
/// # Errors
/// [`StoreError::Missing`] where there is no such incident.
pub async fn set_watch(tx: &mut Tx, incident: &Id, watch: &Watch) -> Result<(), StoreError> {
    let rows = execute!(
        tx,
        "update incidents set publish_at = $2, acknowledged_at = $3, acknowledged_by = $4, machine_words = $5, recovery_told_at = $6
         where id = $1",
        incident,
        watch.publish_at,
        watch.acknowledged_at,
        watch.acknowledged_by,
        watch.machine_words,
        watch.recovery_told_at
    )?;
    StoreError::unless_changed(rows, "incident", incident.as_str())
}
