//! Post-mortems as staff have them: what is being written, who writes and who approved it, and what is owed.

use app::words::{ActionItem, Id, PostmortemStatus, PostmortemText};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use sqlx::types::Json;

use super::postmortems::{self, PostmortemRecord};
use super::updates::grouped;
use super::values::Word;
use super::{StoreError, Tx, action_items};

/// What a document is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Covers {
    /// Incidents, the first one first.
    pub incidents: Vec<Id>,
    /// Planned work.
    pub maintenance: Option<Id>,
}

/// A post-mortem with all that staff see of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostmortemFile {
    /// What is public of it, or would be.
    pub record: PostmortemRecord,
    /// What is being written; `None` where nothing is.
    pub draft: Option<PostmortemText>,
    /// What it will cover once what is being written is published; until then the record says what it covers.
    pub covers: Covers,
    /// When the draft was last changed: whoever saves says which one they saw.
    pub draft_updated_at: Option<DateTime<Utc>>,
    /// Who last wrote the draft: an id of staff or of a token, or a name.
    pub draft_by: Option<String>,
    /// The member of staff who owes it, by id.
    pub owner: Option<String>,
    /// Who asked for a review of the draft, as `draft_by`.
    pub review_asked_by: Option<String>,
    /// When.
    pub review_asked_at: Option<DateTime<Utc>>,
    /// Who approved of exactly this draft.
    pub approved_by: Option<String>,
    /// When.
    pub approved_at: Option<DateTime<Utc>>,
    /// When subscribers were last told of it.
    pub notified_at: Option<DateTime<Utc>>,
    /// Its action items, each with the member of staff who sees to it, by id.
    pub items: Vec<(ActionItem, Option<String>)>,
    /// Whether it was deleted.
    pub deleted: bool,
}

/// The draft as it is kept.
#[derive(Serialize, Deserialize)]
struct Draft {
    text: PostmortemText,
    covers: Covers,
}

#[derive(FromRow)]
pub(super) struct WritingRow {
    owner: Option<String>,
    draft: Option<Json<Draft>>,
    draft_updated_at: Option<DateTime<Utc>>,
    draft_by: Option<String>,
    review_asked_by: Option<String>,
    review_asked_at: Option<DateTime<Utc>>,
    approved_by: Option<String>,
    approved_at: Option<DateTime<Utc>>,
    notified_at: Option<DateTime<Utc>>,
    deleted_at: Option<DateTime<Utc>>,
}

impl PostmortemFile {
    /// A document of which nothing is kept yet but its record.
    #[must_use]
    pub fn new(record: PostmortemRecord) -> Self {
        let covers = Covers { incidents: record.postmortem.incident_ids.clone(), maintenance: record.postmortem.maintenance_id.clone() };
        Self {
            record,
            draft: None,
            covers,
            draft_updated_at: None,
            draft_by: None,
            owner: None,
            review_asked_by: None,
            review_asked_at: None,
            approved_by: None,
            approved_at: None,
            notified_at: None,
            items: Vec::new(),
            deleted: false,
        }
    }

    /// What its writers have before them: the draft, or what is public.
    #[must_use]
    pub fn text(&self) -> PostmortemText {
        self.draft.clone().unwrap_or_else(|| self.record.postmortem.text())
    }
}

/// One post-mortem, a deleted one too.
///
/// # Errors
/// [`StoreError`]
pub async fn get(tx: &mut Tx, page: &Id, id: &Id) -> Result<Option<PostmortemFile>, StoreError> {
    let Some(record) = postmortems::get(tx, page, id).await? else { return Ok(None) };
    let row = fetch_one!(
        tx,
        WritingRow,
        "select owner, draft, draft_updated_at, draft_by, review_asked_by, review_asked_at, approved_by, approved_at, notified_at, deleted_at
         from postmortems where id = $1",
        id
    )?;
    let mut owners = action_items::owners(tx, id).await?;
    let items = record.postmortem.action_items.iter().map(|item| (item.clone(), owners.remove(&item.id))).collect();
    Ok(Some(row.file(record, items)))
}

impl WritingRow {
    /// The document with what is written of it.
    pub(super) fn file(self, record: PostmortemRecord, items: Vec<(ActionItem, Option<String>)>) -> PostmortemFile {
        let known = PostmortemFile::new(record);
        let (draft, covers) = match self.draft {
            Some(Json(draft)) => (Some(draft.text), draft.covers),
            None => (None, known.covers.clone()),
        };
        PostmortemFile {
            draft,
            covers,
            draft_updated_at: self.draft_updated_at,
            draft_by: self.draft_by,
            owner: self.owner,
            review_asked_by: self.review_asked_by,
            review_asked_at: self.review_asked_at,
            approved_by: self.approved_by,
            approved_at: self.approved_at,
            notified_at: self.notified_at,
            items,
            deleted: self.deleted_at.is_some(),
            ..known
        }
    }
}

/// Keeps what staff have of a document, all but the record and its action items.
///
/// # Errors
/// [`StoreError::Missing`] where there is no such document.
pub async fn set(tx: &mut Tx, file: &PostmortemFile) -> Result<(), StoreError> {
    let id = &file.record.postmortem.id;
    let draft = file.draft.clone().map(|text| Json(Draft { text, covers: file.covers.clone() }));
    let rows = execute!(
        tx,
        "update postmortems set owner = $2, draft = $3, draft_updated_at = $4, draft_by = $5, review_asked_by = $6, review_asked_at = $7,
             approved_by = $8, approved_at = $9, notified_at = $10
         where id = $1",
        id,
        file.owner,
        draft,
        file.draft_updated_at,
        file.draft_by,
        file.review_asked_by,
        file.review_asked_at,
        file.approved_by,
        file.approved_at,
        file.notified_at
    )?;
    StoreError::unless_changed(rows, "post-mortem", id.as_str())
}

/// Keeps what a public document said until now, under the next number.
///
/// # Errors
/// [`StoreError`]
pub async fn keep_revision(tx: &mut Tx, id: &Id, text: &PostmortemText, author: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
    execute!(
        tx,
        "insert into postmortem_revisions (postmortem_id, number, document, author, replaced_at)
         select $1, 1 + count(*), $2, $3, $4 from postmortem_revisions where postmortem_id = $1",
        id,
        Json(text),
        author,
        now
    )?;
    Ok(())
}

/// Marks the incidents that a document covers as changed: what is public of it stands among their messages.
///
/// # Errors
/// [`StoreError`]
pub async fn touch_incidents(tx: &mut Tx, id: &Id, revision: i64, now: DateTime<Utc>) -> Result<(), StoreError> {
    execute!(
        tx,
        "update incidents set revision = $2, updated_at = $3
         where id in (select incident_id from postmortem_incidents where postmortem_id = $1)",
        id,
        revision,
        now
    )?;
    Ok(())
}

/// Takes a document out of sight. It stays in the record.
///
/// # Errors
/// [`StoreError::Missing`] where the page has no such document, or it is deleted already.
pub async fn delete(tx: &mut Tx, page: &Id, id: &Id, now: DateTime<Utc>, revision: i64) -> Result<(), StoreError> {
    let rows = execute!(
        tx,
        "update postmortems set deleted_at = $3, revision = $4 where page_id = $1 and id = $2 and deleted_at is null",
        page,
        id,
        now,
        revision
    )?;
    StoreError::unless_changed(rows, "post-mortem", id.as_str())
}

/// The documents over any of these that are not public yet, oldest first.
///
/// # Errors
/// [`StoreError`]
pub async fn unpublished_over(tx: &mut Tx, page: &Id, covers: &Covers) -> Result<Vec<Id>, StoreError> {
    let rows = fetch_all!(
        tx,
        (Word<Id>, Option<Word<Id>>, Option<Word<Id>>),
        "select p.id, p.maintenance_id, i.incident_id from postmortems p left join postmortem_incidents i on i.postmortem_id = p.id
         where p.page_id = $1 and p.deleted_at is null and p.status not in ('published', 'revised') order by p.created_at, p.id",
        page
    )?;
    let mut found: Vec<Id> = Vec::new();
    for (id, maintenance, incident) in rows {
        let meant = incident.is_some_and(|incident| covers.incidents.contains(&incident.0))
            || maintenance.is_some_and(|maintenance| covers.maintenance.as_ref() == Some(&maintenance.0));
        if meant && !found.contains(&id.0) {
            found.push(id.0);
        }
    }
    Ok(found)
}

/// The document of an incident that is being written or promised, else the one that was published last.
///
/// # Errors
/// [`StoreError`]
pub async fn of_incident(tx: &mut Tx, page: &Id, incident: &Id) -> Result<Option<Id>, StoreError> {
    let row = fetch_optional!(
        tx,
        (Word<Id>,),
        "select p.id from postmortems p join postmortem_incidents i on i.postmortem_id = p.id
         where p.page_id = $1 and p.deleted_at is null and i.incident_id = $2
         order by case when p.status in ('published', 'revised') then 1 else 0 end, p.published_at desc, p.id limit 1",
        page,
        incident
    )?;
    Ok(row.map(|(id,)| id.0))
}

/// A post-mortem in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostmortemSummary {
    /// The document.
    pub id: Id,
    /// Its title, of a draft too.
    pub title: String,
    /// Where it stands.
    pub status: PostmortemStatus,
    /// The promised date.
    pub due_at: Option<DateTime<Utc>>,
    /// Why there will be none.
    pub waived_because: Option<String>,
    /// When it was published.
    pub published_at: Option<DateTime<Utc>>,
    /// Whether it says of itself that more will follow.
    pub provisional: bool,
    /// The member of staff who owes it, by id.
    pub owner: Option<String>,
    /// When the draft was last changed; `None` where nothing is being written.
    pub draft_updated_at: Option<DateTime<Utc>>,
    /// Who last wrote the draft, as in [`PostmortemFile`].
    pub draft_by: Option<String>,
    /// Who asked for a review of the draft, likewise.
    pub review_asked_by: Option<String>,
    /// When.
    pub review_asked_at: Option<DateTime<Utc>>,
    /// When the draft was approved.
    pub approved_at: Option<DateTime<Utc>>,
    /// Ids and titles of the incidents it covers, in order.
    pub incidents: Vec<(Id, String)>,
    /// The planned work it covers.
    pub maintenance_id: Option<Id>,
    /// When it was promised or begun.
    pub created_at: DateTime<Utc>,
}

#[derive(FromRow)]
struct SummaryRow {
    id: Word<Id>,
    title: String,
    status: Word<PostmortemStatus>,
    due_at: Option<DateTime<Utc>>,
    waived_reason: Option<String>,
    published_at: Option<DateTime<Utc>>,
    provisional: bool,
    owner: Option<String>,
    draft_updated_at: Option<DateTime<Utc>>,
    draft_by: Option<String>,
    review_asked_by: Option<String>,
    review_asked_at: Option<DateTime<Utc>>,
    approved_at: Option<DateTime<Utc>>,
    maintenance_id: Option<Word<Id>>,
    created_at: DateTime<Utc>,
}

/// All that are not deleted: those that are not public yet, soonest due first and those without a date last; then the public ones,
/// newest first.
///
/// # Errors
/// [`StoreError`]
pub async fn list(tx: &mut Tx, page: &Id) -> Result<Vec<PostmortemSummary>, StoreError> {
    let rows = fetch_all!(
        tx,
        SummaryRow,
        "select id, title, status, due_at, waived_reason, published_at, provisional, owner, draft_updated_at, draft_by, review_asked_by,
                review_asked_at, approved_at, maintenance_id, created_at
         from postmortems where page_id = $1 and deleted_at is null
         order by case when published_at is null then 0 else 1 end, published_at desc,
             case when due_at is null then 1 else 0 end, due_at, created_at desc, id",
        page
    )?;
    let covered = fetch_all!(
        tx,
        (Word<Id>, Word<Id>, String),
        "select c.postmortem_id, i.id, i.name from postmortem_incidents c join incidents i on i.id = c.incident_id
         where i.page_id = $1 order by c.postmortem_id, c.position",
        page
    )?;
    let mut covered = grouped(covered.into_iter().map(|(postmortem, incident, name)| (postmortem.0, (incident.0, name))));
    let summary = |row: SummaryRow| PostmortemSummary {
        incidents: covered.remove(&row.id.0).unwrap_or_default(),
        id: row.id.0,
        title: row.title,
        status: row.status.0,
        due_at: row.due_at,
        waived_because: row.waived_reason,
        published_at: row.published_at,
        provisional: row.provisional,
        owner: row.owner,
        draft_updated_at: row.draft_updated_at,
        draft_by: row.draft_by,
        review_asked_by: row.review_asked_by,
        review_asked_at: row.review_asked_at,
        approved_at: row.approved_at,
        maintenance_id: row.maintenance_id.map(|id| id.0),
        created_at: row.created_at,
    };
    Ok(rows.into_iter().map(summary).collect())
}

/// Those that are promised by a date and not public yet, soonest first: what owners are reminded of.
///
/// # Errors
/// [`StoreError`]
pub async fn owed(tx: &mut Tx, page: &Id) -> Result<Vec<PostmortemSummary>, StoreError> {
    let mut owed = list(tx, page).await?;
    owed.retain(|summary| !summary.status.is_public() && summary.due_at.is_some());
    Ok(owed)
}
