//! From the draft to what is public, and back.

use app::words::{Id, PostmortemStatus, PostmortemText};
use chrono::{DateTime, Utc};

use super::check;
use super::hand::{Hand, writer};
use super::tell::tell;
use crate::actions::{Act, ActionError, Done, Problems, pages as page_actions, settings};
use crate::store::{micros, notifications, postmortem_files as files};

/// Shows readers what was written, the first time or in place of what they read so far, which is kept as a revision. Subscribers are told
/// once of each publication if `notify` says so. The same text again changes nothing and tells nobody. `seen` as when saving.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn publish(act: &Act<'_>, id: &Id, provisional: bool, notify: bool, seen: Option<DateTime<Utc>>) -> Result<Done, ActionError> {
    let mut tx = act.db.write().await?;
    let page = page_actions::here(&mut tx).await?;
    let mut hand = Hand::open(act, &mut tx, page, id).await?;
    hand.unless_stale(seen).await?;
    let (text, known) = (hand.file.text(), hand.file.record.postmortem.clone());
    let public = hand.is_public();
    let says_more = !public
        || text != known.text()
        || hand.file.covers.incidents != known.incident_ids
        || hand.file.covers.maintenance != known.maintenance_id;
    if !says_more && provisional == known.provisional {
        return Ok(Done { id: id.clone(), revision: None });
    }
    says_something(&text)?;
    if says_more && hand.file.approved_at.is_none() && settings::load(hand.tx, &hand.page).await?.review {
        let sentence = "This page wants a second person to approve exactly this text before it is published. Ask for a review.";
        return Err(ActionError::Conflict(sentence.to_owned()));
    }
    let covered = check::covered(hand.tx, &hand.page, &hand.file.covers.clone()).await?;
    let mut added = covered.incidents.iter().filter(|incident| !public || !known.incident_ids.contains(&incident.id));
    if let Some(open) = added.find(|incident| !incident.status.is_over()) {
        let sentence = format!("\"{}\" is not over, and a published post-mortem would end it. Resolve it first.", open.name);
        return Err(ActionError::invalid("incidents", sentence));
    }
    let now = micros(act.now);
    let revision = hand.raise().await?;
    if public {
        // Also those that it covers no longer.
        files::touch_incidents(hand.tx, id, revision, now).await?;
        if text != known.text() {
            files::keep_revision(hand.tx, id, &known.text(), &writer(act.actor), now).await?;
        }
    }
    hand.apply(&covered.covers());
    hand.file.covers = covered.covers();
    let postmortem = &mut hand.file.record.postmortem;
    postmortem.status = if public { PostmortemStatus::Revised } else { PostmortemStatus::Published };
    postmortem.published_at = postmortem.published_at.or(Some(now));
    postmortem.updated_at = now;
    postmortem.provisional = provisional;
    postmortem.waived_because = None;
    (postmortem.title, postmortem.body) = (text.title, text.body);
    (postmortem.sections, postmortem.facts) = (text.sections, text.facts);
    hand.file.draft = None;
    hand.file.draft_updated_at = None;
    hand.file.draft_by = None;
    hand.end_review();
    if notify {
        hand.file.notified_at = Some(now);
    }
    hand.save().await?;
    files::touch_incidents(hand.tx, id, revision, now).await?;
    if notify {
        tell(&mut hand, &covered).await?;
    }
    let done = hand.done(if public { "postmortem.revise" } else { "postmortem.publish" }, None).await?;
    tx.commit().await?;
    Ok(done)
}

/// Whether there is anything to read.
pub fn says_something(text: &PostmortemText) -> Result<(), ActionError> {
    let mut problems = Problems::default();
    if text.title.is_empty() {
        problems.add("title", "The title is empty. Write what this is about in a few words.");
    }
    if text.is_empty() {
        problems.add("body", "This post-mortem says nothing yet. Write at least a summary.");
    }
    problems.end()
}

/// Takes it back from readers: it is a draft again, with its text, or with what was being written beside it. Who was not told yet is
/// not told any more; what was promised stands again.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn revert(act: &Act<'_>, id: &Id) -> Result<Done, ActionError> {
    let mut tx = act.db.write().await?;
    let page = page_actions::here(&mut tx).await?;
    let mut hand = Hand::open(act, &mut tx, page, id).await?;
    if !hand.is_public() {
        return Err(ActionError::Conflict("This post-mortem is not published: there is nothing to take back.".to_owned()));
    }
    let revision = hand.raise().await?;
    files::touch_incidents(hand.tx, id, revision, act.now).await?;
    notifications::cancel_of_update(hand.tx, &hand.page, id, act.now).await?;
    if hand.file.draft.is_none() {
        hand.file.draft = Some(hand.file.record.postmortem.text());
        hand.written();
    }
    hand.apply(&hand.file.covers.clone());
    let postmortem = &mut hand.file.record.postmortem;
    postmortem.status = PostmortemStatus::Draft;
    postmortem.published_at = None;
    postmortem.updated_at = act.now;
    hand.save().await?;
    let done = hand.done("postmortem.revert", None).await?;
    tx.commit().await?;
    Ok(done)
}

/// Takes it out of sight with all that follows from it; it stays in the record.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn delete(act: &Act<'_>, id: &Id) -> Result<Done, ActionError> {
    let mut tx = act.db.write().await?;
    let page = page_actions::here(&mut tx).await?;
    let mut hand = Hand::open(act, &mut tx, page, id).await?;
    if hand.is_public() || hand.file.record.promised {
        hand.raise().await?;
    }
    let revision = hand.file.record.revision;
    if hand.is_public() {
        files::touch_incidents(hand.tx, id, revision, act.now).await?;
    }
    notifications::cancel_of_update(hand.tx, &hand.page, id, act.now).await?;
    files::delete(hand.tx, &hand.page, id, act.now, revision).await?;
    let done = hand.done("postmortem.delete", None).await?;
    tx.commit().await?;
    Ok(done)
}
