//! Messages after the first: posted, edited, taken back.

use app::words::{Id, IncidentUpdate};
use chrono::{DateTime, Utc};

use super::check::Check;
use super::in_hand::InHand;
use super::tell::{tell, tell_anew};
use super::{EditInput, UpdateInput};
use crate::actions::translations::{Place, Said, Wording, hand_on};
use crate::actions::{Act, ActionError, Done, postmortems};
use crate::store::{incident_updates, micros, notifications};

/// Posts a message; the answer's id is the message's.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn post_update(act: &Act<'_>, id: &Id, input: &UpdateInput, seen: Option<i64>) -> Result<Done, ActionError> {
    post(InHand::open(act, id, seen).await?, None, input).await
}

/// Changes what an incident says beside its messages and posts a message, both or neither.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn edit_and_post(act: &Act<'_>, id: &Id, facts: &EditInput, input: &UpdateInput, seen: Option<i64>) -> Result<Done, ActionError> {
    post(InHand::open(act, id, seen).await?, Some(facts), input).await
}

pub(super) async fn post(mut hand: InHand<'_>, facts: Option<&EditInput>, input: &UpdateInput) -> Result<Done, ActionError> {
    if !hand.is_published() {
        return Err(ActionError::Conflict("This incident is a draft that nobody was shown yet. Publish it first.".to_owned()));
    }
    let now = hand.act.now;
    let mut check = Check::default();
    let facts = facts.map(|facts| check.facts(facts, now));
    let body = check.body(&input.body, || hand.stock(input.status));
    let titles = facts.iter().flat_map(|facts| facts.translations.clone());
    let wordings: Vec<_> = titles.chain(check.wordings(&input.translations, Said::MESSAGE)).collect();
    let display_at = check.past("display_at", "The time of the message", input.display_at, now).unwrap_or(now);
    let promise = check.promise(input.next_update_at, None, input.status, now);
    let started_at = facts.as_ref().and_then(|facts| facts.started_at).unwrap_or(hand.incident.started_at);
    check.in_order("display_at", Some(started_at), input.display_at.filter(|_| input.status.is_over()));
    check.status(input.status);
    check.components(&input.components, input.status, &hand.board);
    check.plan(input.postmortem.as_ref(), input.status);
    check.end()?;
    if let Some(facts) = facts {
        hand.set_facts(facts);
    }
    let update = hand.message(input.status, body, &input.components, input.notify, display_at);
    hand.incident.updates.insert(0, update.clone());
    hand.incident.next_update_at = promise;
    let board = hand.save().await?;
    hand.write(&update).await?;
    hand.translate(&wordings, &update.id).await?;
    tell(&mut hand, &update, &board).await?;
    if let Some(plan) = &input.postmortem {
        postmortems::promise_one(hand.act, &mut hand.tx, &hand.page, &hand.incident.id, plan).await?;
    }
    let detail = format!("\"{}\": {}", hand.incident.name, update.status);
    hand.commit("incident.update", detail, update.id).await
}

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
    let mut hand = InHand::open(act, id, seen).await?;
    let known = find(&hand, update)?;
    let mut edited = known.clone();
    let mut check = Check::default();
    edited.body = check.body(body, || hand.stock(known.status));
    if let Some(at) = check.past("display_at", "The time of the message", display_at, act.now) {
        edited.display_at = micros(at);
    }
    check.in_order("display_at", Some(hand.incident.started_at), display_at.filter(|_| edited.status.is_over()));
    let wordings = check.wordings(translations, Said::MESSAGE);
    check.end()?;
    // Other words in another language are no edit of these.
    if edited != known || wordings.is_empty() {
        edited.updated_at = micros(act.now);
        incident_updates::keep(&mut hand.tx, &hand.page, update, act.now).await?;
    }
    for known in hand.incident.updates.iter_mut().filter(|known| known.id == *update) {
        known.clone_from(&edited);
    }
    let board = hand.save().await?;
    incident_updates::change(&mut hand.tx, id, &edited).await?;
    hand.translate(&wordings, update).await?;
    tell_anew(&mut hand, &edited, &board).await?;
    let detail = format!("\"{}\": the message of {}", hand.incident.name, edited.display_at.format("%Y-%m-%d %H:%M UTC"));
    hand.commit("incident.edit_update", detail, edited.id).await
}

/// Takes a message back before anybody got a mail of it. Without any other message the incident is a draft again, with its text.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn undo(act: &Act<'_>, id: &Id, update: &Id) -> Result<Done, ActionError> {
    let mut hand = InHand::open(act, id, None).await?;
    let withdrawn = find(&hand, update)?;
    if !hand.is_published() {
        return Err(ActionError::Conflict("This is a draft that nobody was shown yet: there is nothing to take back.".to_owned()));
    }
    let cancelled = notifications::cancel_of_update(&mut hand.tx, &hand.page, update, act.now).await?;
    if act.now >= withdrawn.created_at + act.undo || (withdrawn.notify && !cancelled) {
        let seconds = act.undo.num_seconds();
        return Err(ActionError::Conflict(format!(
            "A message can be taken back for {seconds} seconds, and this one is older: mails may be out. Edit it, or post another."
        )));
    }
    incident_updates::withdraw(&mut hand.tx, id, update, act.now).await?;
    postmortems::take_back(&mut hand.tx, &hand.page, id, withdrawn.created_at, act.now, hand.revision).await?;
    hand.incident.updates.retain(|known| known.id != *update);
    hand.incident.next_update_at = None;
    let named_elsewhere = |component: &Id| {
        let effects = hand.incident.updates.iter().flat_map(|update| update.effects.iter().flatten());
        effects.map(|effect| &effect.component_id).any(|named| named == component)
    };
    let gone: Vec<Id> = withdrawn.effects.iter().flatten().map(|effect| effect.component_id.clone()).collect();
    let gone: Vec<Id> = gone.into_iter().filter(|component| !named_elsewhere(component)).collect();
    hand.incident.components.retain(|component| !gone.contains(component));
    let again = hand.incident.updates.is_empty().then(|| IncidentUpdate { id: act.fresh_id(), ..withdrawn });
    if let Some(text) = &again {
        hand.incident.published_at = None;
        hand.incident.updates.push(text.clone());
    }
    hand.save().await?;
    if let Some(text) = &again {
        hand.write(text).await?;
        let at = Place { page: &hand.page, revision: hand.revision };
        hand_on(act, &mut hand.tx, at, update, &text.id).await?;
    }
    let detail = format!("\"{}\"", hand.incident.name);
    hand.commit("incident.undo", detail, update.clone()).await
}

fn find(hand: &InHand<'_>, update: &Id) -> Result<IncidentUpdate, ActionError> {
    hand.incident.updates.iter().find(|known| known.id == *update).cloned().ok_or(ActionError::Missing("message"))
}
