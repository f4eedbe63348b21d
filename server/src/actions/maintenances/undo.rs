//! Taking a message back, before anybody got a mail of it: window, status and times are what they were before it.

use app::language::Language;
use app::words::{GoneMaintenance, Id, Maintenance, MaintenanceStatus, MaintenanceUpdate};

use super::in_hand::{Hand, Work, write};
use chrono::{DateTime, Utc};

use crate::actions::translations::{Place, hand_on};
use crate::actions::{Act, ActionError, Done};
use crate::domain::maintenance::{automatic_updates, is_automatic, stand};
use crate::store::{maintenances, micros, notifications, series};

/// Takes a message back. Without any other message the work is a draft again, with its text. What was done to a whole series is taken
/// back for all of it: a cancellation from every window; of an announcement the first window stays as a draft, without the series.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn undo(act: &Act<'_>, id: &Id, update: &Id) -> Result<Done, ActionError> {
    let mut hand = Hand::begin(act).await?;
    let mut work = hand.open(id, None).await?;
    let withdrawn = work.find(update)?;
    if work.maintenance.published_at.is_none() {
        return Err(ActionError::Conflict("This is a draft that nobody was shown yet: there is nothing to take back.".to_owned()));
    }
    if is_automatic(&work.maintenance, &withdrawn) {
        let sentence = "This was said by the clock when the window began or ended. Say in a message of your own what holds instead.";
        return Err(ActionError::Conflict(sentence.to_owned()));
    }
    let mut others = others(&mut hand, &work.maintenance, &withdrawn).await?;
    let mut cancelled = notifications::cancel_of_update(&mut hand.tx, &hand.page, update, act.now).await?;
    let mut notify = withdrawn.notify;
    for (_, same) in others.iter().filter(|(_, same)| same.notify) {
        notify = true;
        cancelled |= notifications::cancel_of_update(&mut hand.tx, &hand.page, &same.id, act.now).await?;
    }
    if act.now >= withdrawn.created_at + act.undo || (notify && !cancelled) {
        let seconds = act.undo.num_seconds();
        return Err(ActionError::Conflict(format!(
            "A message can be taken back for {seconds} seconds, and this one is older: mails may be out. Post another one instead."
        )));
    }
    let series_id = work.maintenance.occurrence.as_ref().map(|of| of.series_id.clone()).filter(|_| !others.is_empty());
    let announced = is_announcement(&work.maintenance, &withdrawn);
    take_back(&mut hand, &mut work, &withdrawn).await?;
    if let Some(series_id) = series_id {
        for (other, same) in &mut others {
            if announced {
                maintenances::delete(&mut hand.tx, &hand.page, &other.maintenance.id, act.now, hand.revision).await?;
            } else {
                take_back(&mut hand, other, same).await?;
            }
        }
        series::set_ended(&mut hand.tx, &hand.page, &series_id, announced.then_some(act.now)).await?;
    }
    let detail = format!("\"{}\"", work.maintenance.name);
    hand.commit("maintenance.undo", id, detail, update.clone()).await
}

/// The other windows of the series of which the same was said in the same breath, with what was said.
async fn others(
    hand: &mut Hand<'_>,
    m: &Maintenance,
    withdrawn: &MaintenanceUpdate,
) -> Result<Vec<(Work, MaintenanceUpdate)>, ActionError> {
    let whole = withdrawn.status == MaintenanceStatus::Cancelled || is_announcement(m, withdrawn);
    let Some(of) = m.occurrence.as_ref().filter(|_| whole) else { return Ok(Vec::new()) };
    let all = hand.series(&of.series_id).await?.into_iter().filter(|work| work.maintenance.id != m.id);
    let same = |work: Work| {
        let newest = work.maintenance.updates.iter().find(|update| !is_automatic(&work.maintenance, update))?;
        let same = newest.created_at == withdrawn.created_at && newest.status == withdrawn.status;
        let newest = newest.clone();
        same.then_some((work, newest))
    };
    Ok(all.filter_map(same).collect())
}

/// Whether this is all that people have said.
fn is_announcement(m: &Maintenance, update: &MaintenanceUpdate) -> bool {
    m.updates.iter().all(|known| known.id == update.id || is_automatic(m, known))
}

async fn take_back(hand: &mut Hand<'_>, work: &mut Work, withdrawn: &MaintenanceUpdate) -> Result<(), ActionError> {
    let now = hand.act.now;
    let m = &mut work.maintenance;
    maintenances::withdraw_update(&mut hand.tx, &m.id, &withdrawn.id, now).await?;
    m.updates.retain(|known| known.id != withdrawn.id);
    if let Some(at) = m.moves.iter().position(|moved| moved.at == withdrawn.created_at) {
        let moved = m.moves.remove(at);
        match m.moves.get_mut(at) {
            Some(next) => next.from = moved.from,
            None => m.window = moved.from,
        }
    }
    for made in unmade(hand.language, m, withdrawn.created_at, now) {
        maintenances::withdraw_update(&mut hand.tx, &work.maintenance.id, &made.id, now).await?;
        notifications::cancel_of_update(&mut hand.tx, &hand.page, &made.id, now).await?;
    }
    let m = &mut work.maintenance;
    // What a calendar has fetched once it must be told again.
    m.sequence += 1;
    if m.updates.is_empty() {
        let text = MaintenanceUpdate { id: hand.act.fresh_id(), ..withdrawn.clone() };
        let gone = GoneMaintenance {
            id: m.id.clone(),
            window: m.window,
            components: m.components.iter().map(|planned| planned.component_id.clone()).collect(),
            sequence: m.sequence,
            published_at: m.published_at.take().unwrap_or(withdrawn.created_at),
            gone_at: micros(now),
        };
        m.occurrence = None;
        m.updates.push(text.clone());
        let id = m.id.clone();
        hand.save(work).await?;
        maintenances::keep_gone(&mut hand.tx, &gone).await?;
        write(&mut hand.tx, &hand.page, &id, &text).await?;
        let at = Place { page: &hand.page, revision: hand.revision };
        hand_on(hand.act, &mut hand.tx, at, &withdrawn.id, &text.id).await?;
    } else {
        hand.save(work).await?;
    }
    Ok(())
}

/// Takes out what the clock has made since an instant and would not make as the work stands without what was said then.
fn unmade(language: &Language, m: &mut Maintenance, since: DateTime<Utc>, now: DateTime<Utc>) -> Vec<MaintenanceUpdate> {
    let whole = m.clone();
    let (made, said): (Vec<_>, Vec<_>) =
        whole.updates.iter().cloned().partition(|update| update.created_at >= since && is_automatic(&whole, update));
    m.updates.clone_from(&said);
    stand(m);
    let again = if said.is_empty() { Vec::new() } else { automatic_updates(language, m, now) };
    let (kept, gone): (Vec<_>, Vec<_>) = made.into_iter().partition(|update| again.iter().any(|new| new.id == update.id));
    m.updates.splice(0..0, kept);
    gone
}
