//! Applying an import in one transaction: create what is new, change what the source changed, leave alone what people changed here.
//!
//! Every object's digest is kept. An object whose source did not change since the last import is skipped, whatever was done to it
//! here; so a second import of the same document changes nothing.

use std::collections::{HashMap, HashSet};

use app::words::{
    self, Component, ComponentGroup, Id, ImpactFacts, IncidentStatus, Postmortem, PostmortemStatus, Sections, StatusChange, StatusSource,
};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::check::{check, gone_at_source};
use super::outcome::{ImportError, Novelty, Outcome};
use super::source::{Incident, Maintenance, Row, Source};
use crate::domain::incident as rules;
use crate::store::components::ComponentRecord;
use crate::store::{
    Db, StoreError, Tx, components, imports, incident_updates, incidents, maintenances, pages, postmortem_files, postmortems,
    status_changes,
};

/// Imports `source` into the default page, or into `page` where one is named.
///
/// # Errors
/// [`ImportError`]; nothing is changed then.
pub async fn run(db: &Db, source: &Source, page: Option<&Id>, dry_run: bool, now: DateTime<Utc>) -> Result<Outcome, ImportError> {
    check(source, now)?;
    let mut tx = db.write().await?;
    let Some(here) = pages::default_page(&mut tx).await? else {
        return Err(ImportError::Contradiction("This database has no page yet.".to_owned()));
    };
    let mut outcome = Outcome::default();
    let into = match page {
        Some(named) if *named == here.id => here.id.clone(),
        Some(named) => return Err(ImportError::NoSuchPage(named.clone(), here.id)),
        None if here.id == source.page.id => here.id.clone(),
        None if !here.adopted && pages::is_empty(&mut tx, &here.id).await? => {
            let zone = zone(source, &mut outcome.notes);
            pages::adopt(&mut tx, &here.id, &source.page.id, &source.page.name, &zone, now).await?;
            source.page.id.clone()
        }
        None => return Err(ImportError::OtherPage { here: here.id, name: here.name, theirs: source.page.id.clone() }),
    };
    outcome.page = into.to_string();
    let digests = imports::digests(&mut tx, &into).await?;
    let known_before: Vec<String> = digests.keys().filter(|(kind, _)| kind == "component").map(|(_, id)| id.clone()).collect();
    let mut work = Work {
        digests,
        known: components::components(&mut tx, &into).await?.into_iter().map(|row| (row.component.id.clone(), row)).collect(),
        tx: &mut tx,
        page: into.clone(),
        now,
        revision: 0,
        outcome: &mut outcome,
        left_out: HashSet::new(),
    };
    work.all(source).await?;
    let left_out = work.left_out.len();
    if left_out > 0 {
        outcome.notes.push(format!(
            "{left_out} components that incidents name are no components of the source's page; those mentions were left out."
        ));
    }
    let gone = gone_at_source(source, &known_before);
    if gone > 0 {
        outcome.notes.push(format!("{gone} components of earlier imports are no longer on the source's page; they stay here."));
    }
    if dry_run || outcome.is_nothing() && here.id == into {
        return Ok(outcome);
    }
    tx.commit().await?;
    Ok(outcome)
}

/// Messages newest first.
pub(super) fn sorted<S>(mut updates: Vec<words::Update<S>>) -> Vec<words::Update<S>> {
    rules::sort_updates(&mut updates);
    updates
}

/// The source's zone where it is one that the world's zone list knows.
fn zone(source: &Source, notes: &mut Vec<String>) -> String {
    match source.page.time_zone.as_deref() {
        None => "Etc/UTC".to_owned(),
        Some(name) if name.parse::<Tz>().is_ok() => name.to_owned(),
        Some(name) => {
            notes.push(format!("The time zone {name:?} is not an IANA name; the page uses Etc/UTC."));
            "Etc/UTC".to_owned()
        }
    }
}

/// An import under way.
struct Work<'a> {
    tx: &'a mut Tx,
    page: Id,
    now: DateTime<Utc>,
    /// 0 until the first write: an import that changes nothing is no revision.
    revision: i64,
    digests: HashMap<(String, String), String>,
    known: HashMap<Id, ComponentRecord>,
    outcome: &'a mut Outcome,
    left_out: HashSet<Id>,
}

impl Work<'_> {
    async fn all(&mut self, source: &Source) -> Result<(), ImportError> {
        // Groups first: components refer to them.
        let (groups, leaves): (Vec<_>, Vec<_>) = source.components.iter().partition(|row| row.group);
        for (at, row) in groups.into_iter().chain(leaves).enumerate() {
            self.component(row, at).await?;
        }
        // Oldest first, so that what is newest was written last.
        for incident in source.incidents.iter().rev() {
            self.incident(incident).await?;
        }
        for maintenance in source.scheduled_maintenances.iter().rev() {
            self.maintenance(maintenance).await?;
        }
        Ok(())
    }

    async fn revision(&mut self) -> Result<i64, StoreError> {
        if self.revision == 0 {
            self.revision = pages::bump_revision(self.tx, &self.page, self.now).await?;
        }
        Ok(self.revision)
    }

    /// Compares with the last import and keeps the new digest.
    async fn novelty(&mut self, kind: &str, id: &Id, object: &impl Serialize) -> Result<Novelty, ImportError> {
        let text = serde_json::to_vec(object).map_err(|error| StoreError::Corrupt(error.to_string()))?;
        let digest: String = Sha256::digest(&text).iter().map(|byte| format!("{byte:02x}")).collect();
        if let Some((other, _)) = self.digests.keys().find(|(other, known)| other != kind && *known == id.as_str()) {
            return Err(ImportError::Contradiction(format!("The id {id} was imported as {other} before, and is now {kind}.")));
        }
        let before = self.digests.get(&(kind.to_owned(), id.to_string()));
        let novelty = match before {
            Some(before) if *before == digest => return Ok(Novelty::Same),
            Some(_) => Novelty::Changed,
            None => Novelty::Created,
        };
        imports::record(self.tx, &self.page, kind, id.as_str(), &digest, self.now).await?;
        Ok(novelty)
    }

    async fn component(&mut self, row: &Row, at: usize) -> Result<(), ImportError> {
        let novelty = self.novelty(if row.group { "group" } else { "component" }, &row.id, row).await?;
        self.outcome.components.add(novelty);
        if novelty == Novelty::Same {
            return Ok(());
        }
        self.revision().await?;
        let position = row.position.unwrap_or(i64::try_from(at).unwrap_or(0) + 1).max(1);
        let description = row.description.clone().filter(|text| !text.trim().is_empty());
        if row.group {
            let group = ComponentGroup {
                id: row.id.clone(),
                name: row.name.clone(),
                description,
                position,
                created_at: row.created_at,
                updated_at: row.updated_at,
            };
            return Ok(components::upsert_group(self.tx, &self.page, &group).await?);
        }
        let known = self.known.get(&row.id);
        let before = known.and_then(|known| known.stated).map(|(status, _, _)| status);
        let component = Component {
            id: row.id.clone(),
            group_id: row.group_id.clone(),
            name: row.name.clone(),
            description,
            position,
            showcase: row.showcase,
            start_date: row.start_date,
            only_show_if_degraded: row.only_show_if_degraded,
            // The wire does not say; what was said here stays.
            upstream: known.is_some_and(|known| known.component.upstream),
            created_at: row.created_at,
            updated_at: row.updated_at,
        };
        components::upsert_component(self.tx, &self.page, &component).await?;
        if before != Some(row.status) {
            components::state_component(self.tx, &row.id, row.status, self.now, StatusSource::Import).await?;
            // What was before the first word is not measured: silence is not uptime.
            let change =
                StatusChange { component_id: row.id.clone(), from: before, to: row.status, at: self.now, source: StatusSource::Import };
            status_changes::append(self.tx, &self.page, &[change]).await?;
        }
        self.known.insert(
            row.id.clone(),
            ComponentRecord { component, stated: Some((row.status, self.now, StatusSource::Import)), observed: None, fresh_until: None },
        );
        Ok(())
    }

    async fn incident(&mut self, row: &Incident) -> Result<(), ImportError> {
        let novelty = self.novelty("incident", &row.id, row).await?;
        self.outcome.incidents.add(novelty);
        if novelty == Novelty::Same {
            return Ok(());
        }
        let revision = self.revision().await?;
        let updates = sorted(row.updates());
        let standing = rules::standing(&updates);
        let (documents, messages): (Vec<_>, Vec<_>) = updates.iter().partition(|update| update.status == IncidentStatus::Postmortem);
        // Every component ever named, by the incident or by what its messages did (contract 1.9), once each.
        let named = row.components.iter().map(|named| &named.id);
        let named = named.chain(messages.iter().flat_map(|update| update.effects.iter().flatten().map(|effect| &effect.component_id)));
        let components = self.listed(named);
        let first_shown = updates.iter().map(|update| update.display_at).min();
        let incident = words::Incident {
            id: row.id.clone(),
            name: row.name.clone(),
            status: standing.as_ref().map_or(row.status, |standing| standing.status),
            impact: row.impact,
            started_at: row.started_at.or(first_shown).unwrap_or(row.created_at),
            detected_at: None,
            published_at: rules::first_post(&updates).or(Some(row.created_at)),
            monitoring_at: standing.as_ref().and_then(|standing| standing.monitoring_at),
            resolved_at: standing
                .as_ref()
                .filter(|standing| standing.status.is_over())
                .and_then(|standing| row.resolved_at.or(standing.resolved_at)),
            next_update_at: None,
            created_at: row.created_at,
            updated_at: row.updated_at,
            components: components.clone(),
            updates: Vec::new(),
            postmortem: None,
        };
        // What the source says of impact stands, whatever its components say.
        incidents::upsert(self.tx, &self.page, &incident, Some(row.impact), revision).await?;
        let known = incident_updates::ids(self.tx, &row.id).await?;
        // What the source took back is taken back here.
        for gone in known.iter().filter(|id| messages.iter().all(|update| update.id != **id)) {
            incident_updates::withdraw(self.tx, &row.id, gone, self.now).await?;
        }
        let mut stating: Vec<incidents::Named> = components.into_iter().map(|id| (id, None)).collect();
        for (at, update) in messages.iter().enumerate() {
            let seq = i64::try_from(messages.len() - at).unwrap_or(0);
            incident_updates::upsert(self.tx, &self.page, &row.id, update, seq).await?;
        }
        if !incident.status.is_over() {
            for effect in
                messages.iter().rev().flat_map(|update| update.effects.iter().flatten().map(move |effect| (effect, update.display_at)))
            {
                if let Some(named) = stating.iter_mut().find(|(id, _)| *id == effect.0.component_id) {
                    named.1 = Some((effect.0.to, effect.1));
                }
            }
        }
        incidents::set_components(self.tx, &row.id, &stating).await?;
        let new: Vec<_> = messages.iter().copied().filter(|update| !known.contains(&update.id)).collect();
        self.effects(&new).await?;
        for document in &documents {
            // What follows from it was written here: the source knows nothing of it.
            let known = postmortem_files::get(self.tx, &self.page, &document.id).await?;
            let postmortem = Postmortem {
                id: document.id.clone(),
                title: row.name.clone(),
                status: PostmortemStatus::Published,
                due_at: None,
                waived_because: None,
                published_at: Some(document.display_at),
                provisional: false,
                created_at: document.created_at,
                updated_at: document.updated_at,
                body: document.body.clone(),
                sections: Sections::default(),
                facts: ImpactFacts::default(),
                incident_ids: vec![row.id.clone()],
                maintenance_id: None,
                action_items: known.map(|file| file.record.postmortem.action_items).unwrap_or_default(),
                revisions: Vec::new(),
            };
            postmortems::upsert(self.tx, &self.page, &postmortem, revision).await?;
        }
        self.outcome.updates += updates.len();
        self.outcome.postmortems += documents.len();
        Ok(())
    }

    /// What the messages did to components becomes their history: the source said so at the time.
    async fn effects(&mut self, messages: &[&words::IncidentUpdate]) -> Result<(), StoreError> {
        let changes =
            messages.iter().rev().flat_map(|update| update.effects.iter().flatten().map(move |effect| (effect, update.display_at)));
        let changes: Vec<StatusChange> = changes
            .filter(|(effect, _)| effect.from != effect.to && self.known.contains_key(&effect.component_id))
            .map(|(effect, at)| StatusChange {
                component_id: effect.component_id.clone(),
                from: Some(effect.from),
                to: effect.to,
                at,
                source: StatusSource::Import,
            })
            .collect();
        status_changes::append(self.tx, &self.page, &changes).await
    }

    async fn maintenance(&mut self, row: &Maintenance) -> Result<(), ImportError> {
        let novelty = self.novelty("maintenance", &row.id, row).await?;
        self.outcome.maintenances.add(novelty);
        if novelty == Novelty::Same {
            return Ok(());
        }
        let revision = self.revision().await?;
        let updates = sorted(row.updates());
        let status = updates.first().map_or(row.status, |update| update.status);
        let closed = updates.iter().take_while(|u| u.status.is_over()).last().map(|u| u.display_at);
        let began = updates.iter().filter(|u| u.status == words::MaintenanceStatus::InProgress).map(|u| u.display_at).min();
        let maintenance = words::Maintenance {
            id: row.id.clone(),
            name: row.name.clone(),
            status,
            impact: row.impact,
            window: Some(words::Window { from: row.scheduled_for, until: row.scheduled_until }),
            moves: Vec::new(),
            // The wire does not say whether it runs by itself; the field's default is that it does.
            auto_start: true,
            auto_complete: true,
            reminders: words::ReminderPlan::silent(),
            occurrence: None,
            sequence: 0,
            expected_downtime_minutes: None,
            worst_downtime_minutes: None,
            started_at: began,
            completed_at: status.is_over().then(|| row.resolved_at.or(closed).unwrap_or(row.scheduled_until)),
            published_at: Some(row.created_at),
            created_at: row.created_at,
            updated_at: row.updated_at,
            components: self
                .listed(row.components.iter().map(|named| &named.id))
                .into_iter()
                .map(|component_id| words::PlannedStatus { component_id, status: words::ComponentStatus::UnderMaintenance })
                .collect(),
            updates: Vec::new(),
        };
        maintenances::upsert(self.tx, &self.page, &maintenance, revision).await?;
        for gone in maintenances::update_ids(self.tx, &row.id).await?.iter().filter(|id| updates.iter().all(|update| update.id != **id)) {
            maintenances::withdraw_update(self.tx, &row.id, gone, self.now).await?;
        }
        for (at, update) in updates.iter().enumerate() {
            let seq = i64::try_from(updates.len() - at).unwrap_or(0);
            maintenances::upsert_update(self.tx, &self.page, &row.id, update, seq).await?;
        }
        self.outcome.updates += updates.len();
        Ok(())
    }

    /// Those of the ids that are components here, once each, in order.
    fn listed<'i>(&mut self, ids: impl Iterator<Item = &'i Id>) -> Vec<Id> {
        let mut listed: Vec<Id> = Vec::new();
        for id in ids {
            if !self.known.contains_key(id) {
                self.left_out.insert(id.clone());
            } else if !listed.contains(id) {
                listed.push(id.clone());
            }
        }
        listed
    }
}
