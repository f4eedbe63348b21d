//! What is promised: a post-mortem by a date, or none for a reason. Readers see either at once.

use app::words::{Id, PostmortemStatus};
use chrono::{DateTime, Utc};

use super::check;
use super::hand::Hand;
use super::{Covers, Plan};
use crate::actions::{Act, ActionError, Done, pages as page_actions};
use crate::store::postmortem_files as files;
use crate::store::{StoreError, Tx};

/// Promises a post-mortem over incidents and planned work, or says why there will be none. One that is promised or being written for
/// any of them is taken for all of them.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn promise(act: &Act<'_>, incidents: &[Id], maintenance: Option<&Id>, plan: &Plan) -> Result<Done, ActionError> {
    let mut tx = act.db.write().await?;
    let page = page_actions::here(&mut tx).await?;
    let covers = Covers { incidents: incidents.to_vec(), maintenance: maintenance.cloned() };
    let covered = check::covered(&mut tx, &page, &covers).await?;
    let hand = Hand::over(act, &mut tx, page, &covered).await?;
    let done = settle(hand, plan).await?;
    tx.commit().await?;
    Ok(done)
}

/// The same for one incident within the transaction of the message that ends it.
pub(crate) async fn promise_one(act: &Act<'_>, tx: &mut Tx, page: &Id, incident: &Id, plan: &Plan) -> Result<(), ActionError> {
    let covers = Covers { incidents: vec![incident.clone()], maintenance: None };
    let covered = check::covered(tx, page, &covers).await?;
    let hand = Hand::over(act, tx, page.clone(), &covered).await?;
    settle(hand, plan).await?;
    Ok(())
}

/// Takes back what was promised together with the message of that instant, unless somebody did more to it since.
pub(crate) async fn take_back(
    tx: &mut Tx,
    page: &Id,
    incident: &Id,
    said_at: DateTime<Utc>,
    now: DateTime<Utc>,
    revision: i64,
) -> Result<(), StoreError> {
    let covers = Covers { incidents: vec![incident.clone()], maintenance: None };
    for id in files::unpublished_over(tx, page, &covers).await? {
        let made_then = files::get(tx, page, &id).await?.is_some_and(|file| {
            let postmortem = &file.record.postmortem;
            let untouched = file.draft.is_none() && file.items.is_empty() && postmortem.updated_at == said_at;
            untouched && postmortem.created_at == said_at && file.covers == covers
        });
        if made_then {
            files::delete(tx, page, &id, now, revision).await?;
        }
    }
    Ok(())
}

/// Changes what is promised of a post-mortem that is not public yet: another date, none after all, or one after all.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn set_plan(act: &Act<'_>, id: &Id, plan: &Plan) -> Result<Done, ActionError> {
    let mut tx = act.db.write().await?;
    let page = page_actions::here(&mut tx).await?;
    let hand = Hand::open(act, &mut tx, page, id).await?;
    let done = settle(hand, plan).await?;
    tx.commit().await?;
    Ok(done)
}

async fn settle(mut hand: Hand<'_>, plan: &Plan) -> Result<Done, ActionError> {
    hand.plan(plan).await?;
    if !hand.changed {
        return Ok(Done { id: hand.file.record.postmortem.id, revision: None });
    }
    hand.save().await?;
    let promise = hand.promise();
    Ok(hand.done("postmortem.plan", Some(&promise)).await?)
}

impl Hand<'_> {
    /// Takes over what is promised.
    pub async fn plan(&mut self, given: &Plan) -> Result<(), ActionError> {
        if self.is_public() {
            return Err(ActionError::Conflict("This post-mortem is published already: there is nothing left to promise.".to_owned()));
        }
        let known = self.file.record.postmortem.due_at;
        let plan = check::plan(self.tx, &self.page, given, &self.file, self.act.now).await?;
        let before = (known, self.file.record.postmortem.waived_because.clone(), self.file.owner.clone());
        let (due_at, because, owner) = match plan {
            Plan::By { due_at, owner } => (Some(due_at), None, owner),
            Plan::Waived { because } => (None, Some(because), None),
        };
        let owner = owner.or_else(|| self.file.owner.clone());
        if before == (due_at, because.clone(), owner.clone()) {
            return Ok(());
        }
        self.changed = true;
        self.raise().await?;
        self.file.owner = owner;
        let postmortem = &mut self.file.record.postmortem;
        postmortem.due_at = due_at;
        postmortem.waived_because = because;
        postmortem.updated_at = self.act.now;
        // A reason for none ends a promise, and writing goes on where it began.
        if self.file.draft.is_none() {
            postmortem.status = PostmortemStatus::Promised;
        }
        Ok(())
    }

    /// What is promised, for the audit.
    fn promise(&self) -> String {
        let postmortem = &self.file.record.postmortem;
        match (&postmortem.waived_because, postmortem.due_at) {
            (Some(because), _) => format!("not planned, because {because}"),
            (None, Some(due_at)) => format!("by {}", due_at.format("%Y-%m-%d %H:%M UTC")),
            (None, None) => "nothing promised".to_owned(),
        }
    }
}
