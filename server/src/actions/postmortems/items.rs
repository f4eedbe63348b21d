//! What follows from a post-mortem. Readers see items while their document is public, with every state they had.

use app::words::{ActionItem, ActionState, Id};
use chrono::{NaiveDate, TimeDelta};
use url::Url;

use super::ItemInput;
use super::check;
use super::hand::Hand;
use super::tell::tell_done;
use crate::actions::{Act, ActionError, Done, Problems, pages as page_actions};
use crate::domain::compose;
use crate::store::{action_items, postmortems};

/// Most characters of a link: browsers show no longer ones.
const LONGEST_LINK: usize = 2_000;
/// Nobody plans further ahead than ten years; a year of more digits is a slip.
const FURTHEST: TimeDelta = TimeDelta::days(3_653);

/// Adds an item at the end; the answer's id is the item's.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn add_item(act: &Act<'_>, postmortem: &Id, input: &ItemInput) -> Result<Done, ActionError> {
    change(act, postmortem, act.fresh_id(), Change::Add, input).await
}

/// Changes an item. Subscribers who asked for it are told once that it is done.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn change_item(act: &Act<'_>, postmortem: &Id, item: &Id, input: &ItemInput) -> Result<Done, ActionError> {
    change(act, postmortem, item.clone(), Change::InPlace, input).await
}

#[derive(PartialEq, Eq)]
enum Change {
    Add,
    InPlace,
}

async fn change(act: &Act<'_>, postmortem: &Id, id: Id, how: Change, input: &ItemInput) -> Result<Done, ActionError> {
    let mut tx = act.db.write().await?;
    let page = page_actions::here(&mut tx).await?;
    let mut hand = Hand::open(act, &mut tx, page, postmortem).await?;
    let known = hand.file.items.iter().find(|(item, _)| item.id == id).cloned();
    if known.is_none() && how == Change::InPlace {
        return Err(ActionError::Missing("action item"));
    }
    let seen_to = known.as_ref().and_then(|(_, owner)| owner.as_deref());
    let owner = check::owner(hand.tx, &hand.page, input.owner.as_deref(), seen_to).await?;
    let mut problems = Problems::default();
    let owner = problems.keep("owner", owner);
    let item = ActionItem {
        id: id.clone(),
        title: problems.keep("title", compose::line("The title", &input.title)),
        explanation: explanation(&mut problems, input),
        state: input.state,
        due_on: problems.keep("due_on", input.due_on.map(|day| date(day, act.now.date_naive())).transpose()),
        link: problems.keep("link", input.link.as_deref().map(str::trim).filter(|link| !link.is_empty()).map(link).transpose()),
        history: known.as_ref().map(|(item, _)| item.history.clone()).unwrap_or_default(),
        votes: known.as_ref().map_or(0, |(item, _)| item.votes),
    };
    problems.end()?;
    if known.as_ref() == Some(&(item.clone(), owner.clone())) {
        return Ok(Done { id, revision: None });
    }
    let items = &mut hand.file.record.postmortem.action_items;
    match items.iter_mut().find(|known| known.id == id) {
        Some(place) => place.clone_from(&item),
        None => items.push(item.clone()),
    }
    hand.keep_items().await?;
    action_items::set_owner(hand.tx, &id, owner.as_deref()).await?;
    let is_done = item.state == ActionState::Done && known.is_none_or(|(before, _)| before.state != ActionState::Done);
    if is_done && hand.is_public() {
        tell_done(&mut hand, &item).await?;
    }
    let action = if how == Change::Add { "action_item.add" } else { "action_item.change" };
    let done = hand.item_done(action, &item).await?;
    tx.commit().await?;
    Ok(done)
}

fn explanation(problems: &mut Problems, input: &ItemInput) -> Option<String> {
    let text = problems.keep("explanation", compose::text("The explanation", input.explanation.as_deref().unwrap_or_default()));
    Some(text).filter(|text| !text.is_empty())
}

/// A day that can be meant.
fn date(day: NaiveDate, today: NaiveDate) -> Result<NaiveDate, String> {
    if day > today + FURTHEST {
        return Err(format!("The date ({day}) is more than ten years ahead. Give the year that is meant."));
    }
    compose::recent("The date", day).map(|()| day)
}

/// An address that readers can be sent to.
fn link(text: &str) -> Result<String, String> {
    let refused =
        || Err("The link must be an https address without a name or password in it, such as https://example.com/plan.".to_owned());
    let Ok(url) = Url::parse(text) else { return refused() };
    let bare = url.username().is_empty() && url.password().is_none();
    if url.scheme() != "https" || url.host_str().is_none() || !bare || text.len() > LONGEST_LINK {
        return refused();
    }
    Ok(url.to_string())
}

/// Removes an item with its votes.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn remove_item(act: &Act<'_>, postmortem: &Id, item: &Id) -> Result<Done, ActionError> {
    let mut tx = act.db.write().await?;
    let page = page_actions::here(&mut tx).await?;
    let mut hand = Hand::open(act, &mut tx, page, postmortem).await?;
    let items = &mut hand.file.record.postmortem.action_items;
    let place = items.iter().position(|known| known.id == *item).ok_or(ActionError::Missing("action item"))?;
    let gone = items.remove(place);
    hand.keep_items().await?;
    let done = hand.item_done("action_item.remove", &gone).await?;
    tx.commit().await?;
    Ok(done)
}

/// Puts the items of a document into this order.
///
/// # Errors
/// [`ActionError`] where it does not name each of them once; nothing is changed then.
pub async fn order_items(act: &Act<'_>, postmortem: &Id, order: &[Id]) -> Result<Done, ActionError> {
    let mut tx = act.db.write().await?;
    let page = page_actions::here(&mut tx).await?;
    let mut hand = Hand::open(act, &mut tx, page, postmortem).await?;
    let known = hand.file.record.postmortem.action_items.clone();
    let ordered: Vec<ActionItem> = order.iter().filter_map(|id| known.iter().find(|item| item.id == *id)).cloned().collect();
    let each_once = known.iter().all(|item| ordered.iter().filter(|other| other.id == item.id).count() == 1);
    if !each_once || ordered.len() != order.len() {
        return Err(ActionError::invalid("order", "The order must name each action item of this post-mortem once. Open the page again."));
    }
    if ordered == known {
        return Ok(Done { id: postmortem.clone(), revision: None });
    }
    hand.file.record.postmortem.action_items = ordered;
    hand.keep_items().await?;
    let done = hand.done("postmortem.order_items", None).await?;
    tx.commit().await?;
    Ok(done)
}

impl Hand<'_> {
    /// Writes the items as they are now; readers see a difference where the document is public.
    async fn keep_items(&mut self) -> Result<(), ActionError> {
        if self.is_public() {
            self.raise().await?;
        }
        let postmortem = &self.file.record.postmortem;
        action_items::set(self.tx, &postmortem.id, &postmortem.action_items, self.act.now).await?;
        postmortems::touch(self.tx, &postmortem.id, self.file.record.revision).await?;
        Ok(())
    }

    async fn item_done(&mut self, action: &str, item: &ActionItem) -> Result<Done, ActionError> {
        let detail = format!("\"{}\": {}", item.title, item.state);
        self.act.audit(self.tx, &self.page, action, Some(("action_item", &item.id)), Some(detail)).await?;
        Ok(Done { id: item.id.clone(), revision: self.revision })
    }
}
