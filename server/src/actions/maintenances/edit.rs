//! What planned work says beside its messages, and its end in the record.

use app::words::Id;

use super::in_hand::Hand;
use super::{EditInput, check};
use crate::actions::{Act, ActionError, Done, Problems};
use crate::store::{maintenances, micros, notifications};

/// Changes the title, the components, what is expected of them, how the work begins and ends, the reminders, and what staff note for
/// themselves. Nobody is told.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn edit(act: &Act<'_>, id: &Id, input: &EditInput, seen: Option<i64>) -> Result<Done, ActionError> {
    let mut hand = Hand::begin(act).await?;
    let mut work = hand.open(id, seen).await?;
    let mut problems = Problems::default();
    let facts = check::facts(&mut problems, input, work.maintenance.window, &hand.board);
    problems.end()?;
    let before = (work.maintenance.clone(), work.owner.clone(), work.internal_notes.clone());
    work.set_facts(facts);
    let m = &mut work.maintenance;
    if (&before.0, &before.1, &before.2) == (m, &work.owner, &work.internal_notes) {
        return Ok(Done { id: id.clone(), revision: None });
    }
    let was = &before.0;
    let in_calendar = m.name != was.name
        || m.components != was.components
        || m.expected_downtime_minutes != was.expected_downtime_minutes
        || m.worst_downtime_minutes != was.worst_downtime_minutes;
    if in_calendar {
        m.sequence += 1;
    }
    // The announcement names the components concerned: what the wire says of the work and of its messages agrees.
    if m.components != was.components
        && let Some(first) = m.updates.last_mut()
    {
        first.effects = hand.effects(&m.components);
        first.updated_at = micros(act.now);
        let first = first.clone();
        maintenances::change_update(&mut hand.tx, id, &first).await?;
    }
    hand.save(&mut work).await?;
    let detail = format!("\"{}\"", work.maintenance.name);
    hand.commit("maintenance.edit", id, detail, id.clone()).await
}

/// Takes planned work out of sight: it stays in the record, is not under way any more, and nobody is told of it who was not.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn delete(act: &Act<'_>, id: &Id, seen: Option<i64>) -> Result<Done, ActionError> {
    let mut hand = Hand::begin(act).await?;
    let work = hand.open(id, seen).await?;
    notifications::cancel_about(&mut hand.tx, &hand.page, "maintenance", id, act.now).await?;
    maintenances::delete(&mut hand.tx, &hand.page, id, act.now, hand.revision).await?;
    let detail = format!("\"{}\"", work.maintenance.name);
    hand.commit("maintenance.delete", id, detail, id.clone()).await
}
