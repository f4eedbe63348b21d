//! Series: windows that come again, announced and called off together. Each window is planned work of its own.

use app::stock;
use app::words::{Id, Maintenance, MaintenanceStatus, Occurrence, Window};
use chrono_tz::Tz;

use super::in_hand::{Hand, Work};
use super::{EditInput, MaintenanceInput, RecurrenceInput, check};
use crate::actions::translations::Said;
use crate::actions::{Act, ActionError, Done, Problems};
use crate::domain::recurrence;
use crate::store::series::{self, Series};
use crate::store::{micros, pages};

/// Announces all windows of a rule: one notice, in the thread of the first window; each window has its own from then on. The answer's
/// id is the first window's.
pub async fn announce(mut hand: Hand<'_>, input: &MaintenanceInput, again: &RecurrenceInput, publish: bool) -> Result<Done, ActionError> {
    let act = hand.act;
    if !publish {
        return Err(ActionError::invalid("rrule", "A series cannot be kept as a draft. Announce it, or take the rule out."));
    }
    let Some(first) = input.window else {
        return Err(ActionError::invalid("rrule", "A series needs a date. Give the start and the end of its first window."));
    };
    let mut problems = Problems::default();
    let facts = check::facts(&mut problems, &EditInput::from(input), Some(first), &hand.board);
    let first = check::window(&mut problems, first, true, act.now);
    let body = check::body(&mut problems, &input.body);
    let wordings = problems.wordings(&input.translations, Said::BOTH);
    problems.end()?;
    let time_zone = pages::default_page(&mut hand.tx).await?.ok_or(ActionError::Missing("page"))?.time_zone;
    let zone: Tz = time_zone.parse().unwrap_or(Tz::UTC);
    let windows = recurrence::windows(&again.rule, first, zone, &again.exceptions).map_err(|refused| match refused {
        recurrence::Refused::Rule(sentence) => ActionError::invalid("rrule", sentence),
        recurrence::Refused::Exceptions(sentence) => ActionError::invalid("exceptions", sentence),
    })?;
    let of = Series {
        id: act.fresh_id(),
        rrule: recurrence::tidy(&again.rule),
        time_zone,
        exceptions: again.exceptions.clone(),
        created_at: micros(act.now),
        ended_at: None,
    };
    series::insert(&mut hand.tx, &hand.page, &of).await?;
    let mut head = None;
    for (number, window) in (1_i64..).zip(&windows) {
        let mut work = Work::empty(recurrence::window_id(&of.id, number), act.now);
        work.set_facts(facts.clone());
        work.maintenance.window = Some(*window);
        work.maintenance.occurrence = Some(Occurrence { series_id: of.id.clone(), number });
        let words = if body.is_empty() { stock::announced(hand.language, Some(*window)) } else { body.clone() };
        let mut update = work.message(MaintenanceStatus::Scheduled, words, input.notify && head.is_none(), act.now);
        update.effects = hand.effects(&work.maintenance.components);
        work.maintenance.published_at = Some(update.created_at);
        hand.say(&mut work, &update).await?;
        hand.translate(&wordings, &work.maintenance.id, &update.id).await?;
        head.get_or_insert((work, update));
    }
    let (work, update) = head.ok_or(ActionError::Missing("window"))?;
    hand.tell(&work, &update, windows.into_iter().skip(1).collect()).await?;
    let detail = format!("\"{}\", again by {}", work.maintenance.name, of.rrule);
    let id = work.maintenance.id;
    hand.commit("maintenance.publish", &id, detail, id.clone()).await
}

/// Calls off every window of a series that has not begun: one notice, in the thread of the next one. The answer's id is the message's.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn cancel_series(act: &Act<'_>, id: &Id, body: &str, notify: bool) -> Result<Done, ActionError> {
    let mut hand = Hand::begin(act).await?;
    let known = series::get(&mut hand.tx, &hand.page, id).await?.ok_or(ActionError::Missing("series"))?;
    if let Some(at) = known.ended_at {
        let at = at.format("%Y-%m-%d %H:%M UTC");
        return Err(ActionError::Conflict(format!("This series is cancelled already ({at}). Nothing was changed.")));
    }
    let mut coming = hand.series(id).await?;
    coming.retain(|work| has_not_begun(&work.maintenance));
    coming.sort_by_key(|work| work.maintenance.window.map(|window| window.from));
    if coming.is_empty() {
        return Err(ActionError::Conflict("Every window of this series has begun or is over: there is nothing to cancel.".to_owned()));
    }
    let mut problems = Problems::default();
    let mut body = check::body(&mut problems, body);
    problems.end()?;
    if body.is_empty() {
        body = stock::series_cancelled(hand.language);
    }
    let further: Vec<Window> = coming.iter().skip(1).filter_map(|work| work.maintenance.window).collect();
    let mut head = None;
    for mut work in coming {
        let update = work.message(MaintenanceStatus::Cancelled, body.clone(), notify && head.is_none(), act.now);
        work.maintenance.sequence += 1;
        hand.say(&mut work, &update).await?;
        head.get_or_insert((work, update));
    }
    series::set_ended(&mut hand.tx, &hand.page, id, Some(micros(act.now))).await?;
    let (work, update) = head.ok_or(ActionError::Missing("window"))?;
    hand.tell(&work, &update, further).await?;
    let detail = format!("\"{}\", all windows to come", work.maintenance.name);
    hand.commit("maintenance.cancel_series", &work.maintenance.id, detail, update.id).await
}

const fn has_not_begun(m: &Maintenance) -> bool {
    m.published_at.is_some() && matches!(m.status, MaintenanceStatus::Scheduled)
}
