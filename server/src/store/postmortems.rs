//! Post-mortems and what follows from them.

use app::words::{ActionItem, Id, ImpactFacts, Postmortem, PostmortemRevision, PostmortemStatus, PostmortemText, Sections};
use chrono::{DateTime, Utc};
use sqlx::FromRow;
use sqlx::types::Json;

use super::action_items::{self, ItemRow, StepRow, steps_by_item};
use super::updates::grouped;
use super::values::Word;
use super::{StoreError, Tx};

/// A post-mortem and what only this side of the house knows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostmortemRecord {
    /// The document, with the incidents it covers and its action items.
    pub postmortem: Postmortem,
    /// The page's revision with which it last changed.
    pub revision: i64,
    /// Whether viewers may read it: published or revised, and not deleted.
    pub visible: bool,
    /// Whether viewers may know that it is promised, or why there will be none: not readable yet, dated or waived, not deleted. Of such
    /// a one nothing but the date or the reason may be shown; it may be a draft already.
    pub promised: bool,
}

#[derive(FromRow)]
pub(super) struct PostmortemRow {
    id: Word<Id>,
    maintenance_id: Option<Word<Id>>,
    title: String,
    status: Word<PostmortemStatus>,
    due_at: Option<DateTime<Utc>>,
    published_at: Option<DateTime<Utc>>,
    waived_reason: Option<String>,
    provisional: bool,
    facts: Option<Json<ImpactFacts>>,
    body: String,
    #[sqlx(flatten)]
    sections: SectionsRow,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    deleted_at: Option<DateTime<Utc>>,
    revision: i64,
}

#[derive(FromRow)]
struct SectionsRow {
    summary: Option<String>,
    impact: Option<String>,
    causes: Option<String>,
    actions_taken: Option<String>,
    near_term: Option<String>,
    long_term: Option<String>,
    stay_informed: Option<String>,
}

#[derive(FromRow)]
struct RevisionRow {
    postmortem_id: Word<Id>,
    number: i64,
    document: Json<PostmortemText>,
    replaced_at: DateTime<Utc>,
}

impl From<SectionsRow> for Sections {
    fn from(row: SectionsRow) -> Self {
        Self {
            summary: row.summary,
            impact: row.impact,
            causes: row.causes,
            actions_taken: row.actions_taken,
            near_term: row.near_term,
            long_term: row.long_term,
            stay_informed: row.stay_informed,
        }
    }
}

impl PostmortemRow {
    pub(super) fn record(
        self,
        incident_ids: Vec<Id>,
        action_items: Vec<ActionItem>,
        revisions: Vec<PostmortemRevision>,
    ) -> PostmortemRecord {
        let status = self.status.0;
        let kept = self.deleted_at.is_none();
        PostmortemRecord {
            visible: kept && status.is_public(),
            promised: kept && !status.is_public() && (self.due_at.is_some() || self.waived_reason.is_some()),
            revision: self.revision,
            postmortem: Postmortem {
                id: self.id.0,
                title: self.title,
                status,
                due_at: self.due_at,
                waived_because: self.waived_reason,
                published_at: self.published_at,
                provisional: self.provisional,
                created_at: self.created_at,
                updated_at: self.updated_at,
                body: self.body,
                sections: Sections::from(self.sections),
                facts: self.facts.map(|facts| facts.0).unwrap_or_default(),
                incident_ids,
                maintenance_id: self.maintenance_id.map(|id| id.0),
                action_items,
                revisions,
            },
        }
    }
}

/// Every post-mortem that changed after `revision` (all of them after a revision below 0), drafts and deleted ones too, by id. Five
/// statements, however many there are.
///
/// # Errors
/// [`StoreError`]
pub async fn changed_since(tx: &mut Tx, page: &Id, revision: i64) -> Result<Vec<PostmortemRecord>, StoreError> {
    read(tx, page, revision, None).await
}

/// The post-mortem of that id, a draft or deleted one too.
///
/// # Errors
/// [`StoreError`]
pub async fn get(tx: &mut Tx, page: &Id, id: &Id) -> Result<Option<PostmortemRecord>, StoreError> {
    Ok(read(tx, page, -1, Some(id)).await?.pop())
}

/// The post-mortems of the page `$1` that changed after `$2`, of which only `$3` is meant where it is given.
macro_rules! meant {
    () => {
        "select id from postmortems where page_id = $1 and revision > $2 and (cast($3 as text) is null or id = $3)"
    };
}

async fn read(tx: &mut Tx, page: &Id, revision: i64, only: Option<&Id>) -> Result<Vec<PostmortemRecord>, StoreError> {
    let rows = fetch_all!(
        tx,
        PostmortemRow,
        concat!(
            "select id, maintenance_id, title, status, due_at, published_at, waived_reason, provisional, facts, body, summary, impact,
                    causes, actions_taken, near_term, long_term, stay_informed, created_at, updated_at, deleted_at, revision
             from postmortems where id in (",
            meant!(),
            ") order by id"
        ),
        page,
        revision,
        only
    )?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let covered = fetch_all!(
        tx,
        (Word<Id>, Word<Id>),
        concat!(
            "select postmortem_id, incident_id from postmortem_incidents where postmortem_id in (",
            meant!(),
            ") order by postmortem_id, position"
        ),
        page,
        revision,
        only
    )?;
    let items = fetch_all!(
        tx,
        ItemRow,
        concat!(
            "select postmortem_id, id, title, explanation, state, due_on, link,
                    (select count(*) from action_item_votes v where v.action_item_id = action_items.id) as votes
             from action_items where postmortem_id in (",
            meant!(),
            ") order by postmortem_id, position"
        ),
        page,
        revision,
        only
    )?;
    let steps = fetch_all!(
        tx,
        StepRow,
        concat!(
            "select s.action_item_id, s.state, s.at from action_item_states s join action_items i on i.id = s.action_item_id
             where i.postmortem_id in (",
            meant!(),
            ") order by s.action_item_id, s.seq"
        ),
        page,
        revision,
        only
    )?;
    let revisions = fetch_all!(
        tx,
        RevisionRow,
        concat!(
            "select postmortem_id, number, document, replaced_at from postmortem_revisions where postmortem_id in (",
            meant!(),
            ") order by postmortem_id, number"
        ),
        page,
        revision,
        only
    )?;
    let mut steps = steps_by_item(steps);
    let mut revisions =
        grouped(revisions.into_iter().map(|row| {
            (row.postmortem_id.0, PostmortemRevision { number: row.number, text: row.document.0, replaced_at: row.replaced_at })
        }));
    let mut covered = grouped(covered.into_iter().map(|(postmortem, incident)| (postmortem.0, incident.0)));
    let mut items = grouped(items.into_iter().map(|row| row.item(&mut steps)));
    let record = |row: PostmortemRow| {
        let covered = covered.remove(&row.id.0).unwrap_or_default();
        let items = items.remove(&row.id.0).unwrap_or_default();
        let revisions = revisions.remove(&row.id.0).unwrap_or_default();
        row.record(covered, items, revisions)
    };
    Ok(rows.into_iter().map(record).collect())
}

/// Writes a post-mortem, new or changed, with the incidents it covers and its action items. A new state of an action item is kept in
/// its history under the document's `updated_at`.
///
/// # Errors
/// [`StoreError::Missing`] where another page has the id, or another document has an action item's.
pub async fn upsert(tx: &mut Tx, page: &Id, postmortem: &Postmortem, revision: i64) -> Result<(), StoreError> {
    let sections = &postmortem.sections;
    let rows = execute!(
        tx,
        "insert into postmortems (id, page_id, maintenance_id, title, status, due_at, published_at, provisional, body, summary, impact,
             causes, actions_taken, near_term, long_term, stay_informed, created_at, updated_at, revision, waived_reason, facts)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
         on conflict (id) do update set maintenance_id = excluded.maintenance_id, title = excluded.title, status = excluded.status,
             due_at = excluded.due_at, published_at = excluded.published_at, body = excluded.body, summary = excluded.summary,
             impact = excluded.impact, causes = excluded.causes, actions_taken = excluded.actions_taken,
             near_term = excluded.near_term, long_term = excluded.long_term, stay_informed = excluded.stay_informed,
             created_at = excluded.created_at, updated_at = excluded.updated_at, revision = excluded.revision,
             waived_reason = excluded.waived_reason, facts = excluded.facts, provisional = excluded.provisional
         where postmortems.page_id = excluded.page_id",
        postmortem.id,
        page,
        postmortem.maintenance_id,
        postmortem.title,
        postmortem.status,
        postmortem.due_at,
        postmortem.published_at,
        postmortem.provisional,
        postmortem.body,
        sections.summary,
        sections.impact,
        sections.causes,
        sections.actions_taken,
        sections.near_term,
        sections.long_term,
        sections.stay_informed,
        postmortem.created_at,
        postmortem.updated_at,
        revision,
        postmortem.waived_because,
        Json(&postmortem.facts)
    )?;
    StoreError::unless_changed(rows, "post-mortem", postmortem.id.as_str())?;
    set_incidents(tx, postmortem).await?;
    action_items::set(tx, &postmortem.id, &postmortem.action_items, postmortem.updated_at).await
}

async fn set_incidents(tx: &mut Tx, postmortem: &Postmortem) -> Result<(), StoreError> {
    execute!(tx, "delete from postmortem_incidents where postmortem_id = $1", postmortem.id)?;
    for (position, incident) in (0_i64..).zip(&postmortem.incident_ids) {
        execute!(
            tx,
            "insert into postmortem_incidents (postmortem_id, incident_id, position) values ($1, $2, $3)",
            postmortem.id,
            incident,
            position
        )?;
    }
    Ok(())
}

/// Marks a post-mortem as changed with this revision, where something that hangs on it changed.
///
/// # Errors
/// [`StoreError::Missing`] where there is no such post-mortem.
pub async fn touch(tx: &mut Tx, id: &Id, revision: i64) -> Result<(), StoreError> {
    let rows = execute!(tx, "update postmortems set revision = $2 where id = $1", id, revision)?;
    StoreError::unless_changed(rows, "post-mortem", id.as_str())
}
