//! The field's public read API, version 2 (contract 1): eight documents, keys in wire order, no fields of our own.

use app::view::PublicView;
use app::words::{ComponentStatus, Incident, IncidentStatus, Maintenance, MaintenanceStatus, Update};
use chrono::{DateTime, SecondsFormat, Utc};
use chrono_tz::Tz;
use serde::Serialize;

use super::wordings;

/// Most rows in `incidents.json` and `scheduled-maintenances.json` (contract 1.1).
const MOST_ROWS: usize = 50;

/// Path and JSON text of all eight documents.
///
/// # Errors
/// Only if serialising fails, which plain data does not.
pub fn documents(view: &PublicView) -> Result<Vec<(&'static str, Vec<u8>)>, serde_json::Error> {
    let wire = Wire::new(view);
    let page = wire.page();
    let status = Status { indicator: view.sentence.indicator().as_str(), description: view.sentence.as_str() };
    let components = wire.components();
    let incidents = wire.incidents();
    let unresolved = wire.unresolved();
    let maintenances = wire.maintenances();
    let coming = wire.coming();
    let upcoming: Vec<_> = coming.iter().filter(|m| m.status == "scheduled").collect();
    let active: Vec<_> = coming.iter().filter(|m| m.status != "scheduled").collect();
    #[derive(Serialize)]
    struct Rows<'a, I, M> {
        page: &'a Page<'a>,
        #[serde(skip_serializing_if = "Option::is_none")]
        components: Option<&'a [ComponentRow<'a>]>,
        #[serde(skip_serializing_if = "Option::is_none")]
        incidents: Option<I>,
        #[serde(skip_serializing_if = "Option::is_none")]
        scheduled_maintenances: Option<M>,
        #[serde(skip_serializing_if = "Option::is_none")]
        status: Option<&'a Status>,
    }
    type List<'a> = &'a [IncidentRow<'a>];
    type Refs<'a> = &'a [&'a IncidentRow<'a>];
    let rows = |components: Option<&_>, incidents: Option<&_>, maintenances: Option<&_>, status| {
        serde_json::to_vec(&Rows::<List<'_>, List<'_>> {
            page: &page,
            components: components.map(Vec::as_slice),
            incidents: incidents.map(Vec::as_slice),
            scheduled_maintenances: maintenances.map(Vec::as_slice),
            status,
        })
    };
    let planned = |maintenances: Refs<'_>| {
        serde_json::to_vec(&Rows::<List<'_>, Refs<'_>> {
            page: &page,
            components: None,
            incidents: None,
            scheduled_maintenances: Some(maintenances),
            status: None,
        })
    };
    Ok(vec![
        ("/api/v2/summary.json", rows(Some(&components), Some(&unresolved), Some(&coming), Some(&status))?),
        ("/api/v2/status.json", rows(None, None, None, Some(&status))?),
        ("/api/v2/components.json", rows(Some(&components), None, None, None)?),
        ("/api/v2/incidents.json", rows(None, Some(&incidents), None, None)?),
        ("/api/v2/incidents/unresolved.json", rows(None, Some(&unresolved), None, None)?),
        ("/api/v2/scheduled-maintenances.json", rows(None, None, Some(&maintenances), None)?),
        ("/api/v2/scheduled-maintenances/upcoming.json", planned(&upcoming)?),
        ("/api/v2/scheduled-maintenances/active.json", planned(&active)?),
    ])
}

/// The page as the wire has it (contract 1.2).
#[derive(Serialize)]
pub struct Page<'a> {
    id: &'a str,
    name: &'a str,
    url: &'a str,
    time_zone: &'a str,
    updated_at: String,
}

#[derive(Serialize)]
struct Status {
    indicator: &'static str,
    description: &'static str,
}

/// A component or a group as the wire has it (contract 1.4).
#[derive(Clone, Serialize)]
pub struct ComponentRow<'a> {
    id: &'a str,
    name: &'a str,
    status: ComponentStatus,
    created_at: String,
    updated_at: String,
    position: i64,
    description: Option<&'a str>,
    showcase: bool,
    start_date: Option<String>,
    group_id: Option<&'a str>,
    page_id: &'a str,
    group: bool,
    only_show_if_degraded: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    components: Option<Vec<&'a str>>,
}

/// An incident or planned work as the wire has it (contract 1.5).
#[derive(Serialize)]
pub struct IncidentRow<'a> {
    id: &'a str,
    name: &'a str,
    status: &'static str,
    created_at: String,
    updated_at: String,
    monitoring_at: Option<String>,
    resolved_at: Option<String>,
    impact: &'static str,
    shortlink: String,
    started_at: String,
    page_id: &'a str,
    incident_updates: Vec<UpdateRow<'a>>,
    components: Vec<ComponentRow<'a>>,
    reminder_intervals: Option<()>,
    /// Absent of an incident, null while the date is to be set (which only the write API shows).
    #[serde(skip_serializing_if = "Option::is_none")]
    scheduled_for: Option<Option<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scheduled_until: Option<Option<String>>,
}

/// A message as the wire has it (contract 1.6).
#[derive(Serialize)]
pub struct UpdateRow<'a> {
    id: &'a str,
    status: &'static str,
    body: &'a str,
    incident_id: &'a str,
    created_at: String,
    updated_at: String,
    display_at: String,
    affected_components: Option<Vec<AffectedRow<'a>>>,
    deliver_notifications: bool,
    custom_tweet: Option<()>,
    tweet_id: Option<()>,
    /// No field of the read API: what is said in other languages.
    #[serde(skip_serializing_if = "Option::is_none")]
    translations: Option<wordings::Row<'a>>,
}

#[derive(Serialize)]
struct AffectedRow<'a> {
    code: &'a str,
    name: &'a str,
    old_status: ComponentStatus,
    new_status: ComponentStatus,
}

/// Turns the view into rows.
pub struct Wire<'a> {
    view: &'a PublicView,
    zone: Tz,
    /// Whether messages carry what they say in other languages.
    beside: bool,
}

impl<'a> Wire<'a> {
    /// Rows of this view.
    #[must_use]
    pub fn new(view: &'a PublicView) -> Self {
        Self { view, zone: view.page.time_zone.parse().unwrap_or(Tz::UTC), beside: false }
    }

    /// The same for the write API: messages with what they say in other languages.
    #[must_use]
    pub fn with_translations(view: &'a PublicView) -> Self {
        Self { beside: true, ..Self::new(view) }
    }

    /// What is said of something in other languages.
    #[must_use]
    pub fn translations(&self, id: &app::words::Id) -> wordings::Row<'a> {
        wordings::of(self.view, id)
    }

    /// ISO 8601 with three fractional digits and the page's own offset, `Z` for UTC (contract 1.7).
    #[must_use]
    pub fn time(&self, at: DateTime<Utc>) -> String {
        at.with_timezone(&self.zone).to_rfc3339_opts(SecondsFormat::Millis, true)
    }

    /// The page.
    #[must_use]
    pub fn page(&self) -> Page<'a> {
        let page = &self.view.page;
        Page { id: page.id.as_str(), name: &page.name, url: &page.url, time_zone: &page.time_zone, updated_at: self.time(page.updated_at) }
    }

    /// A component that is no group.
    #[must_use]
    pub fn leaf(&self, view: &'a app::view::ComponentView) -> ComponentRow<'a> {
        let component = &view.component;
        ComponentRow {
            id: component.id.as_str(),
            name: &component.name,
            status: view.status,
            created_at: self.time(component.created_at),
            updated_at: self.time(component.updated_at),
            position: component.position.max(1),
            description: component.description.as_deref(),
            showcase: component.showcase,
            start_date: component.start_date.map(|day| day.to_string()),
            group_id: component.group_id.as_ref().map(app::words::Id::as_str),
            page_id: self.view.page.id.as_str(),
            group: false,
            only_show_if_degraded: component.only_show_if_degraded,
            components: None,
        }
    }

    /// Groups and leaves mixed, by position (contract 1.4).
    fn components(&self) -> Vec<ComponentRow<'a>> {
        let groups = self.view.groups.iter().map(|view| ComponentRow {
            id: view.group.id.as_str(),
            name: &view.group.name,
            status: view.status,
            created_at: self.time(view.group.created_at),
            updated_at: self.time(view.group.updated_at),
            position: view.group.position.max(1),
            description: view.group.description.as_deref(),
            showcase: false,
            start_date: None,
            group_id: None,
            page_id: self.view.page.id.as_str(),
            group: true,
            only_show_if_degraded: false,
            components: Some(view.components.iter().map(app::words::Id::as_str).collect()),
        });
        let mut rows: Vec<_> = groups.chain(self.view.components.iter().map(|view| self.leaf(view))).collect();
        rows.sort_by_key(|row| row.position);
        rows
    }

    /// The 50 newest: unresolved first, then by the time they were resolved (contract 1.9).
    fn incidents(&self) -> Vec<IncidentRow<'a>> {
        let mut rows: Vec<&'a Incident> = self.view.incidents.iter().map(AsRef::as_ref).collect();
        rows.sort_by_key(|i| (i.status.is_over(), std::cmp::Reverse(i.resolved_at.unwrap_or(i.started_at))));
        rows.truncate(MOST_ROWS);
        rows.into_iter().map(|incident| self.incident(incident)).collect()
    }

    fn unresolved(&self) -> Vec<IncidentRow<'a>> {
        let open = self.view.incidents.iter().filter(|i| !i.status.is_over());
        open.map(|incident| self.incident(incident)).collect()
    }

    /// An incident; the view need not have it.
    #[must_use]
    pub fn incident(&self, incident: &'a Incident) -> IncidentRow<'a> {
        IncidentRow {
            id: incident.id.as_str(),
            name: &incident.name,
            status: incident.status.as_str(),
            created_at: self.time(incident.created_at),
            updated_at: self.time(incident.updated_at),
            monitoring_at: incident.monitoring_at.map(|at| self.time(at)),
            // Held together here whatever the store says: non-null exactly when over (contract 1.5).
            resolved_at: incident.status.is_over().then(|| self.time(incident.resolved_at.unwrap_or(incident.updated_at))),
            impact: incident.impact.as_str(),
            shortlink: format!("{}/incidents/{}", self.view.page.url, incident.id),
            started_at: self.time(incident.started_at),
            page_id: self.view.page.id.as_str(),
            incident_updates: self.updates(incident.id.as_str(), &incident.updates, IncidentStatus::as_str),
            components: self.nested(incident.components.iter()),
            reminder_intervals: None,
            scheduled_for: None,
            scheduled_until: None,
        }
    }

    /// Dated and not cancelled (design §8), 50 newest: what is not over first, then by the time it was over.
    fn maintenances(&self) -> Vec<IncidentRow<'a>> {
        let mut rows: Vec<&'a Maintenance> = self.dated().collect();
        rows.sort_by_key(|m| (m.status.is_over(), std::cmp::Reverse(m.completed_at.or(m.window.map(|w| w.from)))));
        rows.truncate(MOST_ROWS);
        rows.into_iter().map(|m| self.maintenance(m)).collect()
    }

    /// Upcoming and under way, the next one first (contract 1.9).
    fn coming(&self) -> Vec<IncidentRow<'a>> {
        let mut rows: Vec<&'a Maintenance> = self.dated().filter(|m| !m.status.is_over()).collect();
        rows.sort_by_key(|m| m.window.map(|w| w.from));
        rows.into_iter().map(|m| self.maintenance(m)).collect()
    }

    /// What lists show of it, with a window.
    fn dated(&self) -> impl Iterator<Item = &'a Maintenance> + use<'a> {
        self.view.listed().map(AsRef::as_ref).filter(|m: &&Maintenance| m.status != MaintenanceStatus::Cancelled && m.window.is_some())
    }

    /// Planned work, as it stands; the view need not have it.
    #[must_use]
    pub fn maintenance(&self, m: &'a Maintenance) -> IncidentRow<'a> {
        let verifying = m.updates.iter().filter(|u| u.status == MaintenanceStatus::Verifying).map(|u| u.display_at).min();
        let ended = || self.time(m.completed_at.or(m.window.map(|window| window.until)).unwrap_or(m.updated_at));
        IncidentRow {
            id: m.id.as_str(),
            name: &m.name,
            status: m.status.as_str(),
            created_at: self.time(m.created_at),
            updated_at: self.time(m.updated_at),
            monitoring_at: verifying.map(|at| self.time(at)),
            resolved_at: m.status.is_over().then(ended),
            impact: m.impact.as_str(),
            shortlink: format!("{}/incidents/{}", self.view.page.url, m.id),
            started_at: self.time(m.created_at),
            page_id: self.view.page.id.as_str(),
            incident_updates: self.updates(m.id.as_str(), &m.updates, MaintenanceStatus::as_str),
            components: self.nested(m.components.iter().map(|planned| &planned.component_id)),
            reminder_intervals: None,
            scheduled_for: Some(m.window.map(|window| self.time(window.from))),
            scheduled_until: Some(m.window.map(|window| self.time(window.until))),
        }
    }

    fn updates<S: Copy>(&self, parent: &'a str, updates: &'a [Update<S>], word: fn(S) -> &'static str) -> Vec<UpdateRow<'a>> {
        updates.iter().map(|update| self.update(parent, update, word)).collect()
    }

    /// A message of an incident or of planned work.
    #[must_use]
    pub fn update<S: Copy>(&self, parent: &'a str, update: &'a Update<S>, word: fn(S) -> &'static str) -> UpdateRow<'a> {
        UpdateRow {
            id: update.id.as_str(),
            status: word(update.status),
            body: &update.body,
            incident_id: parent,
            created_at: self.time(update.created_at),
            updated_at: self.time(update.updated_at),
            display_at: self.time(update.display_at),
            affected_components: update.effects.as_ref().map(|effects| {
                let rows = effects.iter().map(|effect| AffectedRow {
                    code: effect.component_id.as_str(),
                    name: &effect.name,
                    old_status: effect.from,
                    new_status: effect.to,
                });
                rows.collect()
            }),
            deliver_notifications: update.notify,
            custom_tweet: None,
            tweet_id: None,
            translations: self.beside.then(|| self.translations(&update.id)),
        }
    }

    /// Leaf rows with their current status, by position (contract 1.4).
    fn nested(&self, ids: impl Iterator<Item = &'a app::words::Id>) -> Vec<ComponentRow<'a>> {
        let mut rows: Vec<_> = ids.filter_map(|id| self.view.component(id.as_str())).map(|view| self.leaf(view)).collect();
        rows.sort_by_key(|row| row.position);
        rows
    }
}
