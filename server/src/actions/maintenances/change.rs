//! Changes of announced work: what is edited and what is said, both or neither.

use app::words::{Id, Window, WindowMove};

use super::in_hand::{Hand, Work};
use super::step::{Said, Step};
use super::{EditInput, UpdateInput, check};
use crate::actions::translations::{Said as Words, Wording};
use crate::actions::{Act, ActionError, Done, Problems};
use crate::store::{StoreError, maintenances, micros, notifications};

/// Gives announced work this window. What changes decides what it is called: a date set, moved, or extended.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn set_window(act: &Act<'_>, id: &Id, window: Window, body: &str, notify: bool, seen: Option<i64>) -> Result<Done, ActionError> {
    change(act, id, None, Some(&Step::Window { window, body, notify }), &[], seen).await
}

/// Calls off what has not begun, or breaks off what has.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn cancel(act: &Act<'_>, id: &Id, body: &str, notify: bool, seen: Option<i64>) -> Result<Done, ActionError> {
    change(act, id, None, Some(&Step::Cancel { body, notify }), &[], seen).await
}

/// Posts a message: work begins by hand or early, is being checked, is finished, goes on, or more is said of it.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn post_update(act: &Act<'_>, id: &Id, input: &UpdateInput, seen: Option<i64>) -> Result<Done, ActionError> {
    change(act, id, None, Some(&Step::Message(input)), &[], seen).await
}

/// Changes the title, the components, what is expected of them, how the work begins and ends, the reminders, and what staff note for
/// themselves. Nobody is told.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn edit(act: &Act<'_>, id: &Id, input: &EditInput, seen: Option<i64>) -> Result<Done, ActionError> {
    change(act, id, Some(input), None, &[], seen).await
}

/// Does all of this or none of it. `translations` are those of the message. The answer's id is that of the message, where there is one.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn change(
    act: &Act<'_>,
    id: &Id,
    facts: Option<&EditInput>,
    step: Option<&Step<'_>>,
    translations: &[Wording],
    seen: Option<i64>,
) -> Result<Done, ActionError> {
    let mut hand = Hand::begin(act).await?;
    let mut work = hand.open(id, seen).await?;
    let mut problems = Problems::default();
    let said = step.map(|step| step.check(hand.language, &work, &mut problems, act.now)).transpose()?;
    let window = said.as_ref().and_then(|said| said.window).or(work.maintenance.window);
    let m = &work.maintenance;
    let facts = match facts {
        Some(facts) => Some(check::facts(&mut problems, facts, window, &hand.board)),
        None => {
            check::downtime(&mut problems, m.expected_downtime_minutes, m.worst_downtime_minutes, window);
            None
        }
    };
    let wordings = problems.wordings(translations, if said.is_some() { Words::MESSAGE } else { Words::TITLE });
    problems.end()?;
    let edited = match facts {
        Some(facts) => set_facts(&mut hand, &mut work, facts).await?,
        None => false,
    };
    let Some(said) = said else {
        if !edited {
            return Ok(Done { id: id.clone(), revision: None });
        }
        hand.save(&mut work).await?;
        let detail = format!("\"{}\"", work.maintenance.name);
        return hand.commit("maintenance.edit", id, detail, id.clone()).await;
    };
    say(hand, work, said, &wordings).await
}

async fn say(mut hand: Hand<'_>, mut work: Work, said: Said, wordings: &[Wording]) -> Result<Done, ActionError> {
    let mut update = work.message(said.status, said.body, said.notify, hand.act.now);
    update.display_at = said.display_at.map_or(update.display_at, micros);
    let m = &mut work.maintenance;
    if let Some(to) = said.window {
        m.moves.push(WindowMove { at: update.created_at, from: m.window, to });
        m.window = Some(to);
    }
    m.sequence += i64::from(said.in_calendar);
    hand.say(&mut work, &update).await?;
    hand.translate(wordings, &work.maintenance.id, &update.id).await?;
    hand.tell(&work, &update, Vec::new()).await?;
    let detail = format!("\"{}\": {}", work.maintenance.name, work.maintenance.event_of(&update));
    hand.commit(said.action, &work.maintenance.id, detail, update.id).await
}

/// Takes over what was given beside the messages; whether anything is different.
async fn set_facts(hand: &mut Hand<'_>, work: &mut Work, facts: EditInput) -> Result<bool, StoreError> {
    let was = work.maintenance.clone();
    let translated = hand.translate(&facts.translations, &was.id, &was.id).await?;
    let notes = (work.owner.clone(), work.internal_notes.clone());
    work.set_facts(facts);
    let m = &mut work.maintenance;
    if was == *m && notes == (work.owner.clone(), work.internal_notes.clone()) {
        return Ok(translated);
    }
    let for_calendars =
        |m: &app::words::Maintenance| (m.name.clone(), m.components.clone(), m.expected_downtime_minutes, m.worst_downtime_minutes);
    m.sequence += i64::from(for_calendars(m) != for_calendars(&was));
    // The announcement names the components concerned: what the wire says of the work and of its messages agrees.
    if m.components != was.components
        && let Some(first) = m.updates.last_mut()
    {
        first.effects = hand.effects(&m.components);
        first.updated_at = micros(hand.act.now);
        maintenances::change_update(&mut hand.tx, &m.id, first).await?;
    }
    Ok(true)
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
