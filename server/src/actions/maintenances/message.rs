//! Messages that are edited.

use app::words::Id;
use chrono::{DateTime, Utc};

use super::check;
use super::in_hand::Hand;
use super::tell::tell_anew;
use crate::actions::translations::{Said, Wording};
use crate::actions::{Act, ActionError, Done, Problems};
use crate::store::{maintenances, micros};

/// Changes what a message says, or the time it is shown under; what it said before is kept.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn edit_update(
    act: &Act<'_>,
    id: &Id,
    update: &Id,
    body: &str,
    display_at: Option<DateTime<Utc>>,
    translations: &[Wording],
    seen: Option<i64>,
) -> Result<Done, ActionError> {
    let mut hand = Hand::begin(act).await?;
    let mut work = hand.open(id, seen).await?;
    let known = work.find(update)?;
    let mut edited = known.clone();
    let mut problems = Problems::default();
    edited.body = check::body(&mut problems, body);
    if edited.body.is_empty() {
        problems.add("body", "The message is empty. Write a few words.");
    }
    if let Some(at) = problems.past("display_at", "The time of the message", display_at, act.now) {
        edited.display_at = micros(at);
    }
    let wordings = problems.wordings(translations, Said::MESSAGE);
    problems.end()?;
    let translated = hand.translate(&wordings, id, update).await?;
    if edited == known && !translated {
        return Ok(Done { id: known.id, revision: None });
    }
    // Other words in another language are no edit of these.
    if edited != known {
        edited.updated_at = micros(act.now);
        maintenances::keep_update(&mut hand.tx, &hand.page, update, act.now).await?;
    }
    let m = &mut work.maintenance;
    // Where the work's times came from this message, they follow it.
    m.started_at = m.started_at.filter(|at| *at != known.display_at);
    m.completed_at = m.completed_at.filter(|at| *at != known.display_at);
    for message in m.updates.iter_mut().filter(|message| message.id == *update) {
        message.clone_from(&edited);
    }
    hand.save(&mut work).await?;
    maintenances::change_update(&mut hand.tx, id, &edited).await?;
    tell_anew(&mut hand.tx, &hand.page, &work.maintenance, &edited, &hand.board).await?;
    let detail = format!("\"{}\": the message of {}", work.maintenance.name, edited.display_at.format("%Y-%m-%d %H:%M UTC"));
    hand.commit("maintenance.edit_update", id, detail, edited.id).await
}
