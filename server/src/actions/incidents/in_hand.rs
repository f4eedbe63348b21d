//! An incident in hand: loaded, compared with what the writer saw, changed, and written back with everything that follows.

use app::language::Language;
use app::stock;
use app::words::{ActorKind, ComponentEffect, ComponentStatus, Id, Impact, Incident, IncidentStatus, IncidentUpdate, StatusSource};
use chrono::{DateTime, Utc};

use super::EditInput;
use crate::actions::statuses::{Board, settle};
use crate::actions::translations::{self, Place, Wording};
use crate::actions::{Act, ActionError, Done, pages as page_actions, stale};
use crate::domain::{impact, incident as rules, status};
use crate::store::incidents::{self, IncidentFile};
use crate::store::{StoreError, Tx, incident_updates, micros, pages};

/// One incident and the transaction that changes it.
pub struct InHand<'a> {
    /// Who, when.
    pub act: &'a Act<'a>,
    /// The transaction.
    pub tx: Tx,
    /// The page.
    pub page: Id,
    /// The language that the page's texts are written in.
    language: &'static Language,
    /// The revision that will show the change.
    pub revision: i64,
    /// The incident as it will be.
    pub incident: Incident,
    /// What staff set the impact to.
    pub impact_override: Option<Impact>,
    /// Who looks after it.
    pub owner: Option<String>,
    /// What staff note for themselves.
    pub internal_notes: Option<String>,
    /// What is said of components before the change.
    pub board: Board,
    /// The components it named before the change.
    touched: Vec<Id>,
}

impl<'a> InHand<'a> {
    /// A new one, still empty.
    pub async fn fresh(act: &'a Act<'a>) -> Result<Self, ActionError> {
        let mut tx = act.db.write().await?;
        let page = page_actions::here(&mut tx).await?;
        let language = page_actions::language(&mut tx, &page).await?;
        let revision = pages::bump_revision(&mut tx, &page, act.now).await?;
        let board = Board::load(&mut tx, &page, act.now).await?;
        let incident = empty(act.fresh_id(), act.now);
        let touched = Vec::new();
        Ok(Self { act, tx, page, language, revision, incident, impact_override: None, owner: None, internal_notes: None, board, touched })
    }

    /// One that is there. `seen` is the revision the writer looked at.
    pub async fn open(act: &'a Act<'a>, id: &Id, seen: Option<i64>) -> Result<Self, ActionError> {
        let mut tx = act.db.write().await?;
        let page = page_actions::here(&mut tx).await?;
        let language = page_actions::language(&mut tx, &page).await?;
        let revision = pages::bump_revision(&mut tx, &page, act.now).await?;
        let file = incidents::get(&mut tx, &page, id).await?.filter(|file| !file.deleted);
        let IncidentFile { record, owner, internal_notes, watch, .. } = file.ok_or(ActionError::Missing("incident"))?;
        if seen.is_some_and(|seen| seen != record.revision) {
            return Err(stale(&mut tx, &page, "incident", id).await?);
        }
        // Whatever a person does with it makes it theirs: monitors and the clock leave it alone from then on.
        if act.actor.kind != ActorKind::System && watch.machine_words {
            let taken = incidents::Watch { machine_words: false, ..watch.acknowledged(&act.actor.name, act.now) };
            incidents::set_watch(&mut tx, id, &taken).await?;
        }
        let board = Board::load(&mut tx, &page, act.now).await?;
        let touched = record.incident.components.clone();
        Ok(Self {
            act,
            tx,
            page,
            language,
            revision,
            incident: record.incident,
            impact_override: record.impact_override,
            owner,
            internal_notes,
            board,
            touched,
        })
    }

    /// Whether viewers know of it.
    pub const fn is_published(&self) -> bool {
        self.incident.published_at.is_some()
    }

    /// What a message says where its writer gave only a status.
    pub fn stock(&self, status: IncidentStatus) -> String {
        stock::of_incident(self.language, status)
    }

    /// Takes over what was given beside the messages.
    pub fn set_facts(&mut self, facts: EditInput) {
        self.incident.name = facts.name;
        self.impact_override = facts.impact_override;
        self.incident.next_update_at = facts.next_update_at;
        self.owner = facts.owner;
        self.internal_notes = facts.internal_notes;
        let first = self.incident.updates.iter().map(|update| update.display_at).min();
        self.incident.started_at = facts.started_at.or(first).unwrap_or(self.act.now);
    }

    /// A new message of this incident.
    pub fn message(
        &self,
        status: IncidentStatus,
        body: String,
        given: &[(Id, ComponentStatus)],
        notify: bool,
        display_at: DateTime<Utc>,
    ) -> IncidentUpdate {
        let effects = effects(&self.board, &self.incident, status, given);
        message(status, body, effects, notify, display_at, self.act.now)
    }

    /// Writes it with what follows from its messages, and settles the components it names or named. Answers with what is said now.
    pub async fn save(&mut self) -> Result<Board, StoreError> {
        let published = self.is_published();
        let incident = &mut self.incident;
        rules::sort_updates(&mut incident.updates);
        if let Some(standing) = rules::standing(&incident.updates) {
            incident.status = standing.status;
            incident.monitoring_at = standing.monitoring_at;
            incident.resolved_at = standing.resolved_at;
        }
        if incident.status.is_over() {
            incident.next_update_at = None;
        }
        incident.impact = impact::impact_of(&incident.updates, self.impact_override);
        incident.updated_at = self.act.now;
        for effect in incident.updates.iter().rev().flat_map(|update| update.effects.iter().flatten()) {
            if !incident.components.contains(&effect.component_id) {
                incident.components.push(effect.component_id.clone());
            }
        }
        self.touched.extend(incident.components.iter().cloned());
        let named: Vec<incidents::Named> = incident
            .components
            .iter()
            .map(|id| {
                let word = status::incident_word(id, &incident.updates).filter(|_| published);
                (id.clone(), word.map(|word| (word.status, word.at)))
            })
            .collect();
        incidents::upsert(&mut self.tx, &self.page, incident, self.impact_override, self.revision).await?;
        incidents::set_notes(&mut self.tx, &incident.id, self.owner.as_deref(), self.internal_notes.as_deref()).await?;
        incidents::set_components(&mut self.tx, &incident.id, &named).await?;
        settle(&mut self.tx, &self.page, &self.touched, self.act.now, StatusSource::Incident).await
    }

    /// Adds a message to those in the record. The incident itself is saved before.
    pub async fn write(&mut self, update: &IncidentUpdate) -> Result<(), StoreError> {
        let seq = incident_updates::next_seq(&mut self.tx, &self.incident.id).await?;
        incident_updates::upsert(&mut self.tx, &self.page, &self.incident.id, update, seq).await
    }

    /// Writes what is said of it, and of one of its messages, in other languages.
    pub async fn translate(&mut self, wordings: &[Wording], update: &Id) -> Result<bool, StoreError> {
        let at = Place { page: &self.page, revision: self.revision };
        translations::write(self.act, &mut self.tx, at, wordings, &self.incident.id, update).await
    }

    /// Notes who did it, and ends the transaction.
    pub async fn commit(mut self, action: &str, detail: String, id: Id) -> Result<Done, ActionError> {
        let subject = Some(("incident", &self.incident.id));
        self.act.audit(&mut self.tx, &self.page, action, subject, Some(detail)).await?;
        self.tx.commit().await?;
        Ok(Done { id, revision: Some(self.revision) })
    }
}

/// A new message.
pub fn message(
    status: IncidentStatus,
    body: String,
    effects: Option<Vec<ComponentEffect>>,
    notify: bool,
    display_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> IncidentUpdate {
    IncidentUpdate {
        id: Id::from_bytes(rand::random()),
        status,
        body,
        body_html: String::new(),
        display_at: micros(display_at),
        created_at: micros(now),
        updated_at: micros(now),
        effects,
        notify,
    }
}

/// What a message of this status does to components. What ends the incident gives back what it stated, whether the writer said so
/// or not.
pub fn effects(
    board: &Board,
    incident: &Incident,
    status: IncidentStatus,
    given: &[(Id, ComponentStatus)],
) -> Option<Vec<ComponentEffect>> {
    let mut named: Vec<&Id> = given.iter().map(|(id, _)| id).collect();
    if status.is_over() {
        for id in incident.components.iter().filter(|id| status::incident_word(id, &incident.updates).is_some()) {
            if !named.contains(&id) {
                named.push(id);
            }
        }
    }
    let effect = |id: &Id| {
        let row = board.component(id)?;
        let said = given.iter().find(|(named, _)| named == id).map(|(_, said)| *said).filter(|_| !status.is_over());
        Some(ComponentEffect {
            component_id: id.clone(),
            name: board.full_name(row),
            from: board.status(row),
            to: said.unwrap_or_else(|| board.status_but_for(row, Some(&incident.id))),
        })
    };
    let effects: Vec<_> = named.into_iter().filter_map(effect).collect();
    (!effects.is_empty()).then_some(effects)
}

/// An incident of which nothing is said yet.
pub fn empty(id: Id, now: DateTime<Utc>) -> Incident {
    Incident {
        id,
        name: String::new(),
        status: IncidentStatus::Investigating,
        impact: Impact::None,
        started_at: now,
        detected_at: None,
        published_at: None,
        monitoring_at: None,
        resolved_at: None,
        next_update_at: None,
        created_at: now,
        updated_at: now,
        components: Vec::new(),
        updates: Vec::new(),
        postmortem: None,
    }
}
