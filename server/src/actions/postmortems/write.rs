//! Drafts: begun out of the timeline, and saved while people write.

use app::words::{Id, PostmortemStatus, PostmortemText};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::check::{self, Covered};
use super::hand::{Hand, member, writer};
use super::{Covers, Saved};
use crate::actions::{Act, ActionError, Done, pages as page_actions};
use crate::domain::prefill;
use crate::store::{StoreError, Tx, components, pages, postmortem_files as files};

/// Who goes on writing after a longer pause begins anew, for the audit: its entries tell of sittings, not of key strokes.
const SITTING: TimeDelta = TimeDelta::minutes(30);

/// Begins a draft over incidents and planned work, with what their timelines say; its owner is the actor, unless it has one. One that is
/// promised for any of them is taken up, also where it was said that there will be none; one that is being written already is extended.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn begin(act: &Act<'_>, incidents: &[Id], maintenance: Option<&Id>) -> Result<Done, ActionError> {
    let mut tx = act.db.write().await?;
    let page = page_actions::here(&mut tx).await?;
    let covers = Covers { incidents: incidents.to_vec(), maintenance: maintenance.cloned() };
    let covered = check::covered(&mut tx, &page, &covers).await?;
    let mut hand = Hand::over(act, &mut tx, page, &covered).await?;
    if hand.file.draft.is_none() {
        hand.prefill(&covered).await?;
    }
    if !hand.changed {
        return Ok(Done { id: hand.file.record.postmortem.id, revision: None });
    }
    hand.save().await?;
    let done = hand.done("postmortem.begin", None).await?;
    tx.commit().await?;
    Ok(done)
}

/// Saves what is being written, as often as it is written; readers see nothing of it. `seen` is the draft's `draft_updated_at` that the
/// writer had before them, `None` where there was no draft. Of a public document the incidents it covers change with its next publication.
///
/// # Errors
/// [`ActionError`]; nothing is changed then. Where somebody else wrote since, both texts are kept: theirs here, the other by its writer.
pub async fn save(
    act: &Act<'_>,
    id: &Id,
    text: &PostmortemText,
    covers: &Covers,
    seen: Option<DateTime<Utc>>,
) -> Result<Saved, ActionError> {
    let mut tx = act.db.write().await?;
    let page = page_actions::here(&mut tx).await?;
    let mut hand = Hand::open(act, &mut tx, page, id).await?;
    hand.unless_stale(seen).await?;
    let sitting = hand.sitting();
    hand.write(text, covers).await?;
    if hand.changed {
        hand.save().await?;
        if !sitting {
            hand.done("postmortem.write", None).await?;
        }
    }
    let saved = Saved { draft_updated_at: hand.file.draft_updated_at, revision: hand.revision };
    tx.commit().await?;
    Ok(saved)
}

impl Hand<'_> {
    /// Whether the writer is at it already, so that the audit need not tell of it again.
    fn sitting(&self) -> bool {
        self.file.draft_by.as_deref() == Some(&writer(self.act.actor))
            && self.file.draft_updated_at.is_some_and(|at| self.act.now - at < SITTING)
    }

    /// Takes over what is written.
    pub async fn write(&mut self, text: &PostmortemText, covers: &Covers) -> Result<(), ActionError> {
        let text = check::text(self.tx, &self.page, text, self.act.now).await?;
        let before = self.file.covers.clone();
        if *covers != before {
            let covers = check::covered(self.tx, &self.page, covers).await?.covers();
            self.alone_over(&covers).await?;
            self.cover(covers).await?;
        }
        if self.file.covers != before || text != self.file.text() {
            self.draft(text).await?;
        }
        Ok(())
    }

    /// One incident has at most one document that is not public.
    async fn alone_over(&mut self, covers: &Covers) -> Result<(), ActionError> {
        if self.is_public() {
            return Ok(());
        }
        let id = &self.file.record.postmortem.id;
        if files::unpublished_over(self.tx, &self.page, covers).await?.iter().any(|other| other != id) {
            let sentence = "Another post-mortem about one of these is promised or being written already. Publish or delete it first.";
            return Err(ActionError::invalid("incidents", sentence));
        }
        Ok(())
    }

    /// This is the draft from now on.
    pub async fn draft(&mut self, text: PostmortemText) -> Result<(), StoreError> {
        if !self.is_public() {
            if !text.title.is_empty() {
                self.file.record.postmortem.title.clone_from(&text.title);
            }
            if self.file.record.postmortem.status == PostmortemStatus::Promised {
                self.file.record.postmortem.status = PostmortemStatus::Draft;
            }
            // Whoever writes it after all plans it.
            if self.file.record.postmortem.waived_because.take().is_some() {
                self.raise().await?;
            }
        }
        self.file.draft = Some(text);
        self.written();
        self.changed = true;
        Ok(())
    }

    /// Begins the draft with what the timelines say.
    pub async fn prefill(&mut self, covered: &Covered) -> Result<(), StoreError> {
        let text = suggested(self.tx, covered).await?;
        self.draft(text).await?;
        self.file.owner = self.file.owner.take().or_else(|| member(self.act.actor));
        Ok(())
    }
}

async fn suggested(tx: &mut Tx, covered: &Covered) -> Result<PostmortemText, StoreError> {
    let page = pages::default_page(tx).await?;
    let zone: Tz = page.as_ref().and_then(|page| page.time_zone.parse().ok()).unwrap_or(Tz::UTC);
    let known = match &page {
        Some(page) => components::components(tx, &page.id).await?,
        None => Vec::new(),
    };
    Ok(prefill::prefill(&covered.incidents, covered.maintenance.as_ref(), zone, |id| {
        known.iter().find(|row| row.component.id == *id).map(|row| row.component.name.clone())
    }))
}
