//! A post-mortem for its page among staff: in two statements, where every request counts.

use std::collections::HashMap;

use app::words::{ActionItem, ActionState, ActionStep, Id};
use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::action_items::ItemRow;
use super::postmortem_files::{PostmortemFile, WritingRow};
use super::postmortems::PostmortemRow;
use super::values::Word;
use super::{StoreError, Tx};

#[derive(FromRow)]
struct SheetRow {
    #[sqlx(flatten)]
    record: PostmortemRow,
    #[sqlx(flatten)]
    writing: WritingRow,
    incidents: Option<String>,
}

#[derive(FromRow)]
struct ItemStepRow {
    #[sqlx(flatten)]
    item: ItemRow,
    owner: Option<String>,
    step: Option<Word<ActionState>>,
    step_at: Option<DateTime<Utc>>,
}

/// One post-mortem as [`get`](super::postmortem_files::get), but none that was deleted, and without its revisions.
///
/// # Errors
/// [`StoreError`]
pub async fn sheet(tx: &mut Tx, page: &Id, id: &Id) -> Result<Option<PostmortemFile>, StoreError> {
    let row = fetch_optional!(
        tx,
        SheetRow,
        "select id, maintenance_id, title, status, due_at, published_at, waived_reason, provisional, facts, body, summary, impact,
                causes, actions_taken, near_term, long_term, stay_informed, created_at, updated_at, deleted_at, revision,
                owner, draft, draft_updated_at, draft_by, review_asked_by, review_asked_at, approved_by, approved_at, notified_at,
                (select string_agg(incident_id, ' ' order by position) from postmortem_incidents
                 where postmortem_id = postmortems.id) as incidents
         from postmortems where page_id = $1 and id = $2 and deleted_at is null",
        page,
        id
    )?;
    let Some(row) = row else { return Ok(None) };
    let rows = fetch_all!(
        tx,
        ItemStepRow,
        "select i.postmortem_id, i.id, i.title, i.explanation, i.state, i.due_on, i.link,
                (select count(*) from action_item_votes v where v.action_item_id = i.id) as votes,
                i.owner, s.state as step, s.at as step_at
         from action_items i left join action_item_states s on s.action_item_id = i.id
         where i.postmortem_id = $1 order by i.position, i.id, s.seq",
        id
    )?;
    let mut items: Vec<(ActionItem, Option<String>)> = Vec::new();
    for row in rows {
        let step = row.step.zip(row.step_at).map(|(state, at)| ActionStep { state: state.0, at });
        let (_, item) = row.item.item(&mut HashMap::new());
        if items.last().is_none_or(|(last, _)| last.id != item.id) {
            items.push((item, row.owner));
        }
        if let Some((last, _)) = items.last_mut() {
            last.history.extend(step);
        }
    }
    let incidents: Result<Vec<Id>, _> = row.incidents.iter().flat_map(|ids| ids.split(' ')).map(Id::parse).collect();
    let incidents = incidents.map_err(|_| StoreError::Corrupt(format!("the incidents of post-mortem {id}")))?;
    let record = row.record.record(incidents, items.iter().map(|(item, _)| item.clone()).collect(), Vec::new());
    Ok(Some(row.writing.file(record, items)))
}
