//! Planned work in hand: loaded with what the clock has made of it, compared with what the writer saw, changed, and written back.

use app::language::Language;
use app::words::{ComponentEffect, Id, Impact, Maintenance, MaintenanceStatus, MaintenanceUpdate, PlannedStatus, ReminderPlan, Window};
use chrono::{DateTime, TimeDelta, Utc};

use super::{EditInput, tell};
use crate::actions::statuses::Board;
use crate::actions::translations::{self, Place, Wording};
use crate::actions::{Act, ActionError, Done, pages as page_actions, stale};
use crate::domain::reminder::STALE;
use crate::domain::{incident as rules, maintenance as derived};
use crate::store::maintenances::{self, MaintenanceFile};
use crate::store::{StoreError, Tx, micros, pages};

/// The transaction that changes planned work.
pub struct Hand<'a> {
    /// Who, when.
    pub act: &'a Act<'a>,
    /// The transaction.
    pub tx: Tx,
    /// The page.
    pub page: Id,
    /// The language that the page's texts are written in.
    pub language: &'static Language,
    /// The revision that will show the change.
    pub revision: i64,
    /// The page's components.
    pub board: Board,
}

/// One piece of planned work as it will be.
pub struct Work {
    /// The work.
    pub maintenance: Maintenance,
    /// Who looks after it.
    pub owner: Option<String>,
    /// What staff note for themselves.
    pub internal_notes: Option<String>,
}

impl<'a> Hand<'a> {
    /// Begins.
    pub async fn begin(act: &'a Act<'a>) -> Result<Self, ActionError> {
        let mut tx = act.db.write().await?;
        let page = page_actions::here(&mut tx).await?;
        let language = page_actions::language(&mut tx, &page).await?;
        let revision = pages::bump_revision(&mut tx, &page, act.now).await?;
        let board = Board::load(&mut tx, &page, act.now).await?;
        Ok(Self { act, tx, page, language, revision, board })
    }

    /// One that is there. `seen` is the revision the writer looked at.
    pub async fn open(&mut self, id: &Id, seen: Option<i64>) -> Result<Work, ActionError> {
        let file = maintenances::get(&mut self.tx, &self.page, id).await?.filter(|file| !file.deleted);
        let file = file.ok_or(ActionError::Missing("planned work"))?;
        if seen.is_some_and(|seen| seen != file.record.revision) {
            return Err(stale(&mut self.tx, &self.page, "work", id).await?);
        }
        Ok(self.take(file).await?)
    }

    /// Every window of a series.
    pub async fn series(&mut self, series: &Id) -> Result<Vec<Work>, StoreError> {
        let mut all = Vec::new();
        for file in maintenances::of_series(&mut self.tx, &self.page, series).await? {
            all.push(self.take(file).await?);
        }
        Ok(all)
    }

    async fn take(&mut self, file: MaintenanceFile) -> Result<Work, StoreError> {
        let MaintenanceFile { record, owner, internal_notes, .. } = file;
        let mut maintenance = record.maintenance;
        if record.visible {
            write_down(&mut self.tx, &self.page, self.language, self.act.now, self.revision, &mut maintenance, &self.board).await?;
        }
        Ok(Work { maintenance, owner, internal_notes })
    }

    /// Writes it with what follows from its messages.
    pub async fn save(&mut self, work: &mut Work) -> Result<(), StoreError> {
        let m = &mut work.maintenance;
        rules::sort_updates(&mut m.updates);
        derived::stand(m);
        m.updated_at = micros(self.act.now);
        maintenances::upsert(&mut self.tx, &self.page, m, self.revision).await?;
        maintenances::set_notes(&mut self.tx, &m.id, work.owner.as_deref(), work.internal_notes.as_deref()).await
    }

    /// Saves the work with one more message.
    pub async fn say(&mut self, work: &mut Work, update: &MaintenanceUpdate) -> Result<(), StoreError> {
        work.maintenance.updates.insert(0, update.clone());
        self.save(work).await?;
        write(&mut self.tx, &self.page, &work.maintenance.id, update).await
    }

    /// Tells subscribers of a message, if its writer wants them to hear of it. `further` are the other windows that it is about.
    pub async fn tell(&mut self, work: &Work, update: &MaintenanceUpdate, further: Vec<Window>) -> Result<(), StoreError> {
        let Act { now, undo, .. } = *self.act;
        tell(&mut self.tx, &self.page, now, undo, &work.maintenance, update, &self.board, further).await
    }

    /// What names these components in a message; all of them as they are.
    pub fn effects(&self, components: &[PlannedStatus]) -> Option<Vec<ComponentEffect>> {
        let effect = |planned: &PlannedStatus| {
            let row = self.board.component(&planned.component_id)?;
            let status = self.board.status(row);
            let name = self.board.full_name(row);
            Some(ComponentEffect { component_id: planned.component_id.clone(), name, from: status, to: status })
        };
        let effects: Vec<_> = components.iter().filter_map(effect).collect();
        (!effects.is_empty()).then_some(effects)
    }

    /// Writes what is said of the work, and of one of its messages, in other languages.
    pub async fn translate(&mut self, wordings: &[Wording], work: &Id, update: &Id) -> Result<bool, StoreError> {
        translations::write(self.act, &mut self.tx, Place { page: &self.page, revision: self.revision }, wordings, work, update).await
    }

    /// Notes who did it, and ends the transaction.
    pub async fn commit(mut self, action: &str, subject: &Id, detail: String, id: Id) -> Result<Done, ActionError> {
        self.act.audit(&mut self.tx, &self.page, action, Some(("maintenance", subject)), Some(detail)).await?;
        self.tx.commit().await?;
        Ok(Done { id, revision: Some(self.revision) })
    }
}

impl Work {
    /// Work of which nothing is said yet.
    pub fn empty(id: Id, now: DateTime<Utc>) -> Self {
        let maintenance = Maintenance {
            id,
            name: String::new(),
            status: MaintenanceStatus::Scheduled,
            impact: Impact::Maintenance,
            window: None,
            moves: Vec::new(),
            auto_start: true,
            auto_complete: true,
            reminders: ReminderPlan::default(),
            occurrence: None,
            sequence: 0,
            expected_downtime_minutes: None,
            worst_downtime_minutes: None,
            started_at: None,
            completed_at: None,
            published_at: None,
            created_at: micros(now),
            updated_at: micros(now),
            components: Vec::new(),
            updates: Vec::new(),
        };
        Self { maintenance, owner: None, internal_notes: None }
    }

    /// Takes over what was given beside messages and window.
    pub fn set_facts(&mut self, facts: EditInput) {
        let m = &mut self.maintenance;
        m.name = facts.name;
        m.components = facts.components.into_iter().map(|(component_id, status)| PlannedStatus { component_id, status }).collect();
        m.impact = facts.impact_override.unwrap_or(Impact::Maintenance);
        m.auto_start = facts.auto_start;
        m.auto_complete = facts.auto_complete;
        m.expected_downtime_minutes = facts.expected_downtime_minutes;
        m.worst_downtime_minutes = facts.worst_downtime_minutes;
        m.reminders = facts.reminders;
        self.owner = facts.owner;
        self.internal_notes = facts.internal_notes;
    }

    /// A new message of this work. No two are written at the same instant: a change of the window finds its message by it.
    pub fn message(&self, status: MaintenanceStatus, body: String, notify: bool, now: DateTime<Utc>) -> MaintenanceUpdate {
        let after = self.maintenance.updates.iter().map(|update| update.created_at + TimeDelta::microseconds(1)).max();
        let at = after.map_or(micros(now), |after| after.max(micros(now)));
        MaintenanceUpdate {
            id: Id::from_bytes(rand::random()),
            status,
            body,
            body_html: String::new(),
            display_at: at,
            created_at: at,
            updated_at: at,
            effects: None,
            notify,
        }
    }

    /// The message of that id.
    pub fn find(&self, update: &Id) -> Result<MaintenanceUpdate, ActionError> {
        self.maintenance.updates.iter().find(|known| known.id == *update).cloned().ok_or(ActionError::Missing("message"))
    }
}

/// Adds a message to those in the record. The work itself is saved before.
pub async fn write(tx: &mut Tx, page: &Id, maintenance: &Id, update: &MaintenanceUpdate) -> Result<(), StoreError> {
    let seq = maintenances::next_seq(tx, maintenance).await?;
    maintenances::upsert_update(tx, page, maintenance, update, seq).await
}

/// Writes down what the clock has made of published work by now and tells subscribers of it where its plan says so; whether there was
/// anything. Where work began and ended before anybody looked, only its end is told: that it began has lost its meaning, as its end has
/// a day later. `language` is the page's own.
///
/// # Errors
/// [`StoreError`].
pub(crate) async fn write_down(
    tx: &mut Tx,
    page: &Id,
    language: &Language,
    now: DateTime<Utc>,
    revision: i64,
    maintenance: &mut Maintenance,
    board: &Board,
) -> Result<bool, StoreError> {
    let Some(carried_on) = derived::carried_on(language, maintenance, now) else { return Ok(false) };
    let made = carried_on.updates.len() - maintenance.updates.len();
    maintenances::upsert(tx, page, &carried_on, revision).await?;
    for update in carried_on.updates.iter().take(made).rev() {
        write(tx, page, &carried_on.id, update).await?;
    }
    let means = carried_on.completed_at.is_none_or(|ended| now < ended + STALE);
    if let Some(newest) = carried_on.updates.first().filter(|_| means) {
        tell(tx, page, now, TimeDelta::zero(), &carried_on, newest, board, Vec::new()).await?;
    }
    *maintenance = carried_on;
    Ok(true)
}
