//! Post-mortems and what follows from them.

use app::words::{
    ActionItem, ActionState, ActionStep, Id, ImpactFacts, Postmortem, PostmortemRevision, PostmortemStatus, PostmortemText, Sections,
};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;
use sqlx::types::Json;

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
struct PostmortemRow {
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
struct ItemRow {
    postmortem_id: Word<Id>,
    id: Word<Id>,
    title: String,
    explanation: Option<String>,
    state: Word<ActionState>,
    due_on: Option<NaiveDate>,
    link: Option<String>,
    votes: i64,
}

#[derive(FromRow)]
struct StepRow {
    action_item_id: Word<Id>,
    state: Word<ActionState>,
    at: DateTime<Utc>,
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
    fn record(self, incident_ids: Vec<Id>, action_items: Vec<ActionItem>, revisions: Vec<PostmortemRevision>) -> PostmortemRecord {
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
    let rows = fetch_all!(
        tx,
        PostmortemRow,
        "select id, maintenance_id, title, status, due_at, published_at, waived_reason, provisional, facts, body, summary, impact, causes, actions_taken,
                near_term, long_term, stay_informed, created_at, updated_at, deleted_at, revision
         from postmortems where page_id = $1 and revision > $2 order by id",
        page,
        revision
    )?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let covered = fetch_all!(
        tx,
        (Word<Id>, Word<Id>),
        "select postmortem_id, incident_id from postmortem_incidents
         where postmortem_id in (select id from postmortems where page_id = $1 and revision > $2) order by postmortem_id, position",
        page,
        revision
    )?;
    let items = fetch_all!(
        tx,
        ItemRow,
        "select postmortem_id, id, title, explanation, state, due_on, link,
                (select count(*) from action_item_votes v where v.action_item_id = action_items.id) as votes
         from action_items
         where postmortem_id in (select id from postmortems where page_id = $1 and revision > $2) order by postmortem_id, position",
        page,
        revision
    )?;
    let steps = fetch_all!(
        tx,
        StepRow,
        "select s.action_item_id, s.state, s.at from action_item_states s
             join action_items i on i.id = s.action_item_id join postmortems p on p.id = i.postmortem_id
         where p.page_id = $1 and p.revision > $2 order by s.action_item_id, s.seq",
        page,
        revision
    )?;
    let revisions = fetch_all!(
        tx,
        RevisionRow,
        "select postmortem_id, number, document, replaced_at from postmortem_revisions
         where postmortem_id in (select id from postmortems where page_id = $1 and revision > $2) order by postmortem_id, number",
        page,
        revision
    )?;
    let mut steps = grouped(steps.into_iter().map(|row| (row.action_item_id.0, ActionStep { state: row.state.0, at: row.at })));
    let mut revisions =
        grouped(revisions.into_iter().map(|row| {
            (row.postmortem_id.0, PostmortemRevision { number: row.number, text: row.document.0, replaced_at: row.replaced_at })
        }));
    let mut covered = grouped(covered.into_iter().map(|(postmortem, incident)| (postmortem.0, incident.0)));
    let mut items = grouped(items.into_iter().map(|row| {
        let item = ActionItem {
            history: steps.remove(&row.id.0).unwrap_or_default(),
            votes: row.votes,
            id: row.id.0,
            title: row.title,
            explanation: row.explanation,
            state: row.state.0,
            due_on: row.due_on,
            link: row.link,
        };
        (row.postmortem_id.0, item)
    }));
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
    set_action_items(tx, postmortem).await
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

async fn set_action_items(tx: &mut Tx, postmortem: &Postmortem) -> Result<(), StoreError> {
    // Items are kept in place, so that their history stays; only those no longer there go, with theirs.
    let known = fetch_all!(tx, (Word<Id>,), "select id from action_items where postmortem_id = $1", postmortem.id)?;
    for (id,) in known {
        if !postmortem.action_items.iter().any(|item| item.id == id.0) {
            execute!(tx, "delete from action_items where id = $1", id.0)?;
        }
    }
    for (position, item) in (0_i64..).zip(&postmortem.action_items) {
        let rows = execute!(
            tx,
            "insert into action_items (id, postmortem_id, position, title, explanation, state, due_on, link)
             values ($1, $2, $3, $4, $5, $6, $7, $8)
             on conflict (id) do update set position = excluded.position, title = excluded.title, explanation = excluded.explanation,
                 state = excluded.state, due_on = excluded.due_on, link = excluded.link
             where action_items.postmortem_id = excluded.postmortem_id",
            item.id,
            postmortem.id,
            position,
            item.title,
            item.explanation,
            item.state,
            item.due_on,
            item.link
        )?;
        StoreError::unless_changed(rows, "action item", item.id.as_str())?;
        note_state(tx, item, postmortem.updated_at).await?;
    }
    Ok(())
}

async fn note_state(tx: &mut Tx, item: &ActionItem, at: DateTime<Utc>) -> Result<(), StoreError> {
    let newest = fetch_optional!(
        tx,
        (i64, Word<ActionState>),
        "select seq, state from action_item_states where action_item_id = $1 order by seq desc limit 1",
        item.id
    )?;
    let seq = match newest {
        Some((_, state)) if state.0 == item.state => return Ok(()),
        Some((seq, _)) => seq + 1,
        None => 0,
    };
    execute!(tx, "insert into action_item_states (action_item_id, seq, state, at) values ($1, $2, $3, $4)", item.id, seq, item.state, at)?;
    Ok(())
}
