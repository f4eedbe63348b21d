//! The post-mortem of an incident as programs write it: whatever is said of it at once, all or nothing.

use app::words::{Id, PostmortemText};

use super::check::{self, Covered};
use super::hand::Hand;
use super::{Covers, Plan};
use crate::actions::{Act, ActionError, Done, Problems, pages as page_actions};
use crate::domain::sections;
use crate::store::{incidents, postmortem_files as files};

/// What is said of it; what is not said stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PutInput {
    /// The title.
    pub title: Option<String>,
    /// The whole text as one Markdown document, with the named sections under their headings.
    pub body: Option<String>,
    /// What it covers.
    pub covers: Option<Covers>,
    /// What is promised.
    pub plan: Option<Plan>,
    /// The member of staff who owes it, by id, address or name.
    pub owner: Option<String>,
}

/// Writes the draft, the promise or both of the post-mortem of an incident: the one that is not public yet, else the public one, else a
/// new one. Readers see nothing of a draft.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn put(act: &Act<'_>, incident: &Id, input: &PutInput) -> Result<Done, ActionError> {
    let mut tx = act.db.write().await?;
    let page = page_actions::here(&mut tx).await?;
    incidents::get(&mut tx, &page, incident).await?.filter(|file| !file.deleted).ok_or(ActionError::Missing("incident"))?;
    let own = Covers { incidents: vec![incident.clone()], maintenance: None };
    let covered = check::covered(&mut tx, &page, &own).await?;
    let mut hand = match files::of_incident(&mut tx, &page, incident).await? {
        Some(id) => Hand::open(act, &mut tx, page, &id).await?,
        None => Hand::fresh(act, &mut tx, page, &covered).await?,
    };
    if let Some(plan) = &input.plan {
        hand.plan(plan).await?;
    }
    hand.put(input, &covered).await?;
    if !hand.changed {
        return Ok(Done { id: hand.file.record.postmortem.id, revision: None });
    }
    hand.save().await?;
    let done = hand.done("postmortem.write", None).await?;
    tx.commit().await?;
    Ok(done)
}

impl Hand<'_> {
    async fn put(&mut self, input: &PutInput, covered: &Covered) -> Result<(), ActionError> {
        if let Some(given) = &input.owner {
            let mut problems = Problems::default();
            let owner = problems.keep("owner", check::owner(self.tx, &self.page, Some(given), self.file.owner.as_deref()).await?);
            problems.end()?;
            self.changed |= owner != self.file.owner;
            self.file.owner = owner;
        }
        let writes = input.title.is_some() || input.body.is_some();
        if self.file.draft.is_none() && !self.is_public() && (writes || input.plan.is_none()) {
            self.prefill(covered).await?;
        }
        if !writes && input.covers.is_none() {
            return Ok(());
        }
        let mut text = self.file.text();
        if let Some(body) = &input.body {
            let facts = text.facts;
            text = PostmortemText { facts, title: text.title, ..sections::read(body) };
        }
        if let Some(title) = &input.title {
            text.title.clone_from(title);
        }
        let covers = input.covers.clone().unwrap_or_else(|| self.file.covers.clone());
        self.write(&text, &covers).await
    }
}
