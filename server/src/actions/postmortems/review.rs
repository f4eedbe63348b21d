//! A second person reads before readers do.

use app::words::{ActorKind, Id, NotificationKind, PostmortemStatus, RecipientKind};
use chrono::{DateTime, Utc};

use super::hand::{Hand, writer};
use super::publish::says_something;
use crate::actions::notify::{self, About};
use crate::actions::{Act, ActionError, Done, pages as page_actions};
use crate::domain::compose;
use crate::domain::notice::{Notice, TaskNotice};
use crate::store::{StoreError, micros, monitors};

/// Asks somebody else to read what is written. `seen` as when saving.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn ask_review(act: &Act<'_>, id: &Id, seen: Option<DateTime<Utc>>) -> Result<Done, ActionError> {
    let mut tx = act.db.write().await?;
    let page = page_actions::here(&mut tx).await?;
    let mut hand = Hand::open(act, &mut tx, page, id).await?;
    hand.unless_stale(seen).await?;
    if hand.file.draft.is_none() {
        return Err(ActionError::Conflict("Nothing is being written here that could be reviewed.".to_owned()));
    }
    says_something(&hand.file.text())?;
    hand.end_review();
    hand.file.review_asked_by = Some(writer(act.actor));
    hand.file.review_asked_at = Some(micros(act.now));
    hand.stand(PostmortemStatus::Review);
    hand.save().await?;
    tell_readers(&mut hand).await?;
    let done = hand.done("postmortem.ask_review", None).await?;
    tx.commit().await?;
    Ok(done)
}

/// Approves of exactly the text that was `seen`; a change of it withdraws that. Whoever last wrote it cannot approve.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn approve(act: &Act<'_>, id: &Id, seen: Option<DateTime<Utc>>) -> Result<Done, ActionError> {
    let mut tx = act.db.write().await?;
    let page = page_actions::here(&mut tx).await?;
    let mut hand = Hand::open(act, &mut tx, page, id).await?;
    hand.under_review()?;
    hand.unless_stale(seen).await?;
    if act.actor.kind != ActorKind::Staff {
        return Err(ActionError::Conflict("A review is done by a person. Let a member of staff approve.".to_owned()));
    }
    if hand.file.draft_by.as_deref() == Some(&writer(act.actor)) {
        return Err(ActionError::Conflict("You wrote the last words of this yourself. Let somebody else read and approve.".to_owned()));
    }
    hand.file.approved_by = Some(writer(act.actor));
    hand.file.approved_at = Some(micros(act.now));
    hand.save().await?;
    let done = hand.done("postmortem.approve", None).await?;
    tx.commit().await?;
    Ok(done)
}

/// Gives it back to its writer, who is told the reason; it stands in the audit of the document too.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn send_back(act: &Act<'_>, id: &Id, because: &str) -> Result<Done, ActionError> {
    let because = compose::line("What is still missing", because).map_err(|sentence| ActionError::invalid("because", sentence))?;
    let mut tx = act.db.write().await?;
    let page = page_actions::here(&mut tx).await?;
    let mut hand = Hand::open(act, &mut tx, page, id).await?;
    hand.under_review()?;
    hand.end_review();
    hand.stand(PostmortemStatus::Draft);
    hand.save().await?;
    tell_writer(&mut hand, &because).await?;
    let done = hand.done("postmortem.send_back", Some(&because)).await?;
    tx.commit().await?;
    Ok(done)
}

/// Lets everybody else who may write know that somebody waits for a second reader.
async fn tell_readers(hand: &mut Hand<'_>) -> Result<(), StoreError> {
    let asker = hand.act.actor.id.clone();
    let readers = monitors::responders(hand.tx, &hand.page).await?.into_iter().filter(|id| Some(id) != asker.as_ref()).collect();
    let sentence = format!("{} asks for a second reader. Approve of it, or send it back with what is still missing.", hand.act.actor.name);
    task(hand, "A post-mortem waits for a second reader", sentence, Vec::new(), readers).await
}

/// Lets whoever wrote last know what is still missing.
async fn tell_writer(hand: &mut Hand<'_>, because: &str) -> Result<(), StoreError> {
    let writer = hand.file.draft_by.as_deref().and_then(|writer| Id::parse(writer).ok());
    let sentence = format!("{} read it and sent it back to you.", hand.act.actor.name);
    let facts = vec![("Still missing".to_owned(), because.to_owned())];
    task(hand, "A post-mortem came back", sentence, facts, writer.into_iter().collect()).await
}

async fn task(hand: &mut Hand<'_>, what: &str, sentence: String, facts: Vec<(String, String)>, to: Vec<Id>) -> Result<(), StoreError> {
    let id = hand.file.record.postmortem.id.clone();
    let notice = Notice::Task(TaskNotice {
        subject: format!("{what}: {}", hand.file.text().title),
        sentence,
        facts,
        path: format!("/staff/post-mortems/{id}"),
        action: "Open the post-mortem".to_owned(),
    });
    let to: Vec<(RecipientKind, Id)> = to.into_iter().map(|id| (RecipientKind::Staff, id)).collect();
    if !to.is_empty() {
        let about = About { subject_kind: "task", subject_id: &id, update_id: None };
        notify::people(hand.tx, &hand.page, NotificationKind::StaffTask, about, notice, &to, hand.act.now).await?;
    }
    Ok(())
}

impl Hand<'_> {
    fn under_review(&self) -> Result<(), ActionError> {
        if self.file.review_asked_at.is_some() {
            return Ok(());
        }
        Err(ActionError::Conflict("Nobody asked for a review of this post-mortem, or it was sent back. Ask for one first.".to_owned()))
    }

    /// Where it stands while it is not public; what is public stays so whatever is written beside it.
    fn stand(&mut self, status: PostmortemStatus) {
        if !self.is_public() {
            self.file.record.postmortem.status = status;
        }
    }
}
