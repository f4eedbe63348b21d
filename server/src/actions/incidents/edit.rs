//! What an incident says beside its messages, and its end in the record.

use app::words::{Id, StatusSource};

use super::EditInput;
use super::check::Check;
use super::in_hand::InHand;
use crate::actions::statuses::settle;
use crate::actions::{Act, ActionError, Done};
use crate::store::{incidents, notifications};

/// Changes the title, the impact, the start, the promise, and what staff note for themselves.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn edit(act: &Act<'_>, id: &Id, input: &EditInput, seen: Option<i64>) -> Result<Done, ActionError> {
    let mut hand = InHand::open(act, id, seen).await?;
    let mut check = Check::default();
    let mut facts = check.facts(input, act.now);
    facts.next_update_at = check.promise(input.next_update_at, hand.incident.next_update_at, hand.incident.status, act.now);
    let moved = facts.started_at.filter(|start| *start != hand.incident.started_at);
    check.in_order("started_at", moved, hand.incident.resolved_at);
    check.end()?;
    let wordings = std::mem::take(&mut facts.translations);
    hand.set_facts(facts);
    hand.save().await?;
    hand.translate(&wordings, id).await?;
    let detail = format!("\"{}\", impact {}", hand.incident.name, hand.incident.impact);
    hand.commit("incident.edit", detail, id.clone()).await
}

/// Takes an incident out of sight: it stays in the record, says nothing of components any more, and nobody is told of it who was not.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn delete(act: &Act<'_>, id: &Id, seen: Option<i64>) -> Result<Done, ActionError> {
    let mut hand = InHand::open(act, id, seen).await?;
    for update in hand.incident.updates.iter().filter(|update| update.notify) {
        notifications::cancel_of_update(&mut hand.tx, &hand.page, &update.id, act.now).await?;
    }
    incidents::delete(&mut hand.tx, &hand.page, id, act.now, hand.revision).await?;
    settle(&mut hand.tx, &hand.page, &hand.incident.components, act.now, StatusSource::Incident).await?;
    let detail = format!("\"{}\"", hand.incident.name);
    hand.commit("incident.delete", detail, id.clone()).await
}
