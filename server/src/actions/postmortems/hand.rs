//! A post-mortem in hand: loaded, changed, and written back, within somebody's transaction.

use app::words::{ActorKind, Id, ImpactFacts, Postmortem, PostmortemStatus, Sections};
use chrono::{DateTime, TimeDelta, Utc};

use super::Covers;
use super::check::Covered;
use crate::actions::{Act, ActionError, Actor, Done};
use crate::domain::prefill;
use crate::store::postmortem_files::{self as files, PostmortemFile};
use crate::store::postmortems::{self, PostmortemRecord};
use crate::store::{StoreError, Tx, micros, pages, staff};

/// One document, and who changes it.
pub struct Hand<'a> {
    /// Who, when.
    pub act: &'a Act<'a>,
    /// The transaction. The page is held by it, so that nobody else writes meanwhile.
    pub tx: &'a mut Tx,
    /// The page.
    pub page: Id,
    /// The document as it will be.
    pub file: PostmortemFile,
    /// The revision that will show the change, once it is known that readers see a difference.
    pub revision: Option<i64>,
    /// Whether anything is different from what is kept.
    pub changed: bool,
}

impl<'a> Hand<'a> {
    /// One that is there.
    pub async fn open(act: &'a Act<'a>, tx: &'a mut Tx, page: Id, id: &Id) -> Result<Self, ActionError> {
        pages::hold(tx, &page).await?;
        let file = files::get(tx, &page, id).await?.filter(|file| !file.deleted);
        Ok(Self { act, tx, page, file: file.ok_or(ActionError::Missing("post-mortem"))?, revision: None, changed: false })
    }

    /// The one over any of these that is not public yet, made to cover all of them; or a new one.
    pub async fn over(act: &'a Act<'a>, tx: &'a mut Tx, page: Id, covered: &Covered) -> Result<Self, ActionError> {
        pages::hold(tx, &page).await?;
        let covers = covered.covers();
        match files::unpublished_over(tx, &page, &covers).await?.as_slice() {
            [] => Self::fresh(act, tx, page, covered).await,
            [id] => {
                let mut hand = Self::open(act, tx, page, id).await?;
                let mut all = hand.file.covers.clone();
                all.incidents.extend(covers.incidents.into_iter().filter(|id| !hand.file.covers.incidents.contains(id)));
                all.maintenance = all.maintenance.or(covers.maintenance);
                hand.cover(all).await?;
                Ok(hand)
            }
            _ => Err(ActionError::invalid(
                "incidents",
                "Several post-mortems about these are promised or being written already. Publish or delete all of them but one.",
            )),
        }
    }

    /// A new one, of which nobody knows yet.
    pub async fn fresh(act: &'a Act<'a>, tx: &'a mut Tx, page: Id, covered: &Covered) -> Result<Self, ActionError> {
        let revision = pages::revision(tx, &page).await?;
        let covers = covered.covers();
        let now = micros(act.now);
        let postmortem = Postmortem {
            id: act.fresh_id(),
            title: prefill::title(&covered.names()),
            status: PostmortemStatus::Promised,
            due_at: None,
            waived_because: None,
            published_at: None,
            provisional: false,
            created_at: now,
            updated_at: now,
            body: String::new(),
            sections: Sections::default(),
            facts: ImpactFacts::default(),
            incident_ids: covers.incidents,
            maintenance_id: covers.maintenance,
            action_items: Vec::new(),
            revisions: Vec::new(),
        };
        let record = PostmortemRecord { postmortem, revision, visible: false, promised: false };
        let mut file = PostmortemFile::new(record);
        file.owner = member(act.actor);
        Ok(Self { act, tx, page, file, revision: None, changed: true })
    }

    /// Whether viewers may read it.
    pub const fn is_public(&self) -> bool {
        self.file.record.postmortem.status.is_public()
    }

    /// Readers see a difference: the revision that shows it.
    pub async fn raise(&mut self) -> Result<i64, StoreError> {
        if let Some(revision) = self.revision {
            return Ok(revision);
        }
        let revision = pages::bump_revision(self.tx, &self.page, self.act.now).await?;
        self.revision = Some(revision);
        self.file.record.revision = revision;
        Ok(revision)
    }

    /// Lets it cover these: at once where it is not public, so that a promise stands at each of them; else with the next publication.
    pub async fn cover(&mut self, covers: Covers) -> Result<(), StoreError> {
        if covers == self.file.covers {
            return Ok(());
        }
        if !self.is_public() {
            if self.file.record.promised {
                self.raise().await?;
            }
            self.apply(&covers);
        }
        self.file.covers = covers;
        self.changed = true;
        Ok(())
    }

    /// Lets the record cover these.
    pub fn apply(&mut self, covers: &Covers) {
        self.file.record.postmortem.incident_ids.clone_from(&covers.incidents);
        self.file.record.postmortem.maintenance_id.clone_from(&covers.maintenance);
    }

    /// Refuses to go on where somebody else wrote since `seen`.
    pub async fn unless_stale(&mut self, seen: Option<DateTime<Utc>>) -> Result<(), ActionError> {
        if seen.map(micros) == self.file.draft_updated_at {
            return Ok(());
        }
        let who = match &self.file.draft_by {
            Some(writer) => self.called(&writer.clone()).await?,
            None => "Somebody".to_owned(),
        };
        let when = self.file.draft_updated_at.map_or_else(String::new, |at| format!(" at {}", at.format("%H:%M:%S UTC on %Y-%m-%d")));
        Err(ActionError::Conflict(format!(
            "{who} changed this post-mortem{when}, after you opened it. Their text is kept and yours was not saved: keep a copy of yours, \
             open the page again and bring both together."
        )))
    }

    async fn called(&mut self, writer: &str) -> Result<String, StoreError> {
        let Ok(id) = Id::parse(writer) else { return Ok(writer.to_owned()) };
        let member = staff::by_id(self.tx, &self.page, &id).await?.map(|record| record.member);
        Ok(member.map_or_else(|| "A program".to_owned(), |member| member.name.unwrap_or(member.email)))
    }

    /// The draft changes now. Two changes never carry the same instant, or one of them could be overwritten unseen.
    pub fn written(&mut self) {
        let after = self.file.draft_updated_at.map(|before| before + TimeDelta::microseconds(1));
        self.file.draft_updated_at = Some(after.map_or(micros(self.act.now), |after| after.max(micros(self.act.now))));
        self.file.draft_by = Some(writer(self.act.actor));
        self.file.approved_by = None;
        self.file.approved_at = None;
    }

    /// Nobody is asked for a review any more.
    pub fn end_review(&mut self) {
        self.file.review_asked_by = None;
        self.file.review_asked_at = None;
        self.file.approved_by = None;
        self.file.approved_at = None;
    }

    /// Writes all of it.
    pub async fn save(&mut self) -> Result<(), StoreError> {
        let record = &self.file.record;
        postmortems::upsert(self.tx, &self.page, &record.postmortem, record.revision).await?;
        files::set(self.tx, &self.file).await
    }

    /// Notes who did it.
    pub async fn done(&mut self, action: &str, detail: Option<&str>) -> Result<Done, StoreError> {
        let id = self.file.record.postmortem.id.clone();
        let title = self.title();
        let detail = detail.map_or_else(|| format!("\"{title}\""), |detail| format!("\"{title}\": {detail}"));
        self.act.audit(self.tx, &self.page, action, Some(("postmortem", &id)), Some(detail)).await?;
        Ok(Done { id, revision: self.revision })
    }

    /// What staff call it.
    pub fn title(&self) -> &str {
        let draft = self.file.draft.as_ref().map(|draft| draft.title.as_str()).filter(|title| !title.is_empty());
        draft.unwrap_or(&self.file.record.postmortem.title)
    }
}

/// What is kept of who wrote: an id, or the name of who has none.
pub fn writer(actor: &Actor) -> String {
    actor.id.as_ref().map_or_else(|| actor.name.clone(), ToString::to_string)
}

/// The member of staff, if it is one.
pub fn member(actor: &Actor) -> Option<String> {
    actor.id.as_ref().filter(|_| actor.kind == ActorKind::Staff).map(ToString::to_string)
}
