//! From the first words to their announcement. A draft is planned work with one message that nobody was shown yet.

use app::stock;
use app::words::{Id, MaintenanceStatus};

use super::in_hand::{Hand, Work, write};
use super::{EditInput, MaintenanceInput, RecurrenceInput, check, series};
use crate::actions::translations::Said;
use crate::actions::{Act, ActionError, Done, Problems};
use crate::store::maintenances;

/// Plans work: announced at once, or as a draft. With a rule it is announced as a series.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn create(act: &Act<'_>, input: &MaintenanceInput, again: Option<&RecurrenceInput>, publish: bool) -> Result<Done, ActionError> {
    let hand = Hand::begin(act).await?;
    match again {
        Some(again) => series::announce(hand, input, again, publish).await,
        None => first_words(hand, Work::empty(act.fresh_id(), act.now), input, publish).await,
    }
}

/// Writes a draft anew.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn save_draft(act: &Act<'_>, id: &Id, input: &MaintenanceInput, seen: Option<i64>) -> Result<Done, ActionError> {
    let (hand, work) = draft(act, id, seen).await?;
    first_words(hand, work, input, false).await
}

/// Announces a draft as it is given here.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn publish(act: &Act<'_>, id: &Id, input: &MaintenanceInput, seen: Option<i64>) -> Result<Done, ActionError> {
    let (hand, work) = draft(act, id, seen).await?;
    first_words(hand, work, input, true).await
}

async fn draft<'a>(act: &'a Act<'a>, id: &Id, seen: Option<i64>) -> Result<(Hand<'a>, Work), ActionError> {
    let mut hand = Hand::begin(act).await?;
    let work = hand.open(id, seen).await?;
    if work.maintenance.published_at.is_some() {
        return Err(ActionError::Conflict("This work is announced already. Post an update, or set its window, instead.".to_owned()));
    }
    Ok((hand, work))
}

async fn first_words(mut hand: Hand<'_>, mut work: Work, input: &MaintenanceInput, publish: bool) -> Result<Done, ActionError> {
    let now = hand.act.now;
    let mut problems = Problems::default();
    let facts = check::facts(&mut problems, &EditInput::from(input), input.window, &hand.board);
    let window = input.window.map(|window| check::window(&mut problems, window, publish, now));
    let mut body = check::body(&mut problems, &input.body);
    let wordings = problems.wordings(&input.translations, Said::BOTH);
    problems.end()?;
    if publish && body.is_empty() {
        body = stock::announced(hand.language, window);
    }
    let known = work.maintenance.updates.pop();
    let mut update = work.message(MaintenanceStatus::Scheduled, body, input.notify, now);
    work.set_facts(facts);
    update.effects = hand.effects(&work.maintenance.components);
    work.maintenance.window = window;
    if publish {
        work.maintenance.published_at = Some(update.created_at);
        // Where it was announced before, calendars were told since then that it is off.
        work.maintenance.sequence += i64::from(work.maintenance.sequence > 0);
    }
    if let Some(known) = &known {
        update.id = known.id.clone();
    }
    work.maintenance.updates.push(update.clone());
    hand.save(&mut work).await?;
    let id = work.maintenance.id.clone();
    match known {
        Some(_) => maintenances::change_update(&mut hand.tx, &id, &update).await?,
        None => write(&mut hand.tx, &hand.page, &id, &update).await?,
    }
    hand.translate(&wordings, &id, &update.id).await?;
    if publish {
        hand.tell(&work, &update, Vec::new()).await?;
    }
    let detail = format!("\"{}\"", work.maintenance.name);
    hand.commit(if publish { "maintenance.publish" } else { "maintenance.draft" }, &id, detail, id.clone()).await
}
