//! What a document must hold together before any of it is taken.

use std::collections::HashSet;

use app::words::Id;
use chrono::{DateTime, Utc};

use super::apply::sorted;
use super::outcome::ImportError;
use super::source::Source;
use crate::domain::{incident as rules, uptime};

/// How many components of earlier imports the document no longer has.
pub(super) fn gone_at_source(source: &Source, known: &[String]) -> usize {
    known.iter().filter(|id| source.components.iter().all(|row| row.id.as_str() != id.as_str())).count()
}

/// Ids must be unique, and a message needs a parent that agrees with it.
pub(super) fn check(source: &Source, now: DateTime<Utc>) -> Result<(), ImportError> {
    let mut seen = HashSet::new();
    let contradiction = |sentence: String| Err(ImportError::Contradiction(sentence));
    let groups: HashSet<&Id> = source.components.iter().filter(|row| row.group).map(|row| &row.id).collect();
    for row in &source.components {
        if !seen.insert(&row.id) {
            return contradiction(format!("Two components have the id {}.", row.id));
        }
        if let Some(group) = row.group_id.as_ref().filter(|group| !groups.contains(group)) {
            return contradiction(format!("Component {} is in group {group}, which the document does not have.", row.id));
        }
        if let Some(Err(sentence)) = row.start_date.map(|day| uptime::check_start(day, now.date_naive())) {
            return contradiction(format!("Component {}: {sentence}", row.id));
        }
    }
    for maintenance in &source.scheduled_maintenances {
        if maintenance.scheduled_until <= maintenance.scheduled_for {
            return contradiction(format!("Maintenance {} ends before it starts.", maintenance.id));
        }
    }
    for incident in &source.incidents {
        let newest = rules::standing(&sorted(incident.updates())).map(|standing| standing.status);
        if let Some(newest) = newest.filter(|newest| *newest != incident.status) {
            return contradiction(format!("Incident {} is {}, but its newest update says {newest}.", incident.id, incident.status));
        }
    }
    let incidents = source.incidents.iter().map(|i| (&i.id, i.incident_updates.iter().map(|u| &u.id).collect::<Vec<_>>()));
    let planned = source.scheduled_maintenances.iter().map(|m| (&m.id, m.incident_updates.iter().map(|u| &u.id).collect()));
    for (id, updates) in incidents.chain(planned) {
        if updates.is_empty() {
            return contradiction(format!("{id} has no updates."));
        }
        for object in std::iter::once(id).chain(updates) {
            if !seen.insert(object) {
                return contradiction(format!("The id {object} stands in the document twice."));
            }
        }
    }
    Ok(())
}
