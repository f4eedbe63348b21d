//! What the pages of incidents share: the page as readers see it, the preview, and how an action's answer becomes a page.

use std::sync::Arc;
use std::time::Duration;

use app::pages::staff::composer::Preview;
use app::pages::staff::{Check, Evidence};
use app::view::PublicView;
use app::words::{ComponentEffect, ComponentStatus, Id, Impact, Incident, IncidentStatus, IncidentUpdate};
use app::{language, stock};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, TimeDelta, Utc};

use crate::actions::Done;
use crate::domain::seen::Seen;
use crate::domain::{evidence, impact, incident as rules};
use crate::web::problem;
use crate::web::router::Shared;

/// Longest wait until readers see what was done.
const SHOWN_WITHIN: Duration = Duration::from_secs(2);

/// What an empty message becomes on this page, by the statuses that a message may have.
#[must_use]
pub fn stock(view: &PublicView) -> Vec<(IncidentStatus, String)> {
    let language = language::of(&view.page.language);
    let statuses = IncidentStatus::ALL.iter().filter(|status| **status != IncidentStatus::Postmortem);
    statuses.map(|status| (*status, stock::of_incident(language, *status))).collect()
}

/// The page as readers see it.
///
/// # Errors
/// The answer to give until the record was read for the first time.
pub fn view(shared: &Shared) -> Result<Arc<PublicView>, Box<Response>> {
    let starting = || {
        let sentence = "Allclear is starting and has not read its record yet. Please try again in a few seconds.";
        Box::new(problem::later(problem::plain(StatusCode::SERVICE_UNAVAILABLE, sentence), TimeDelta::seconds(5)))
    };
    shared.publisher.with_current(|now| now.view.clone()).ok_or_else(starting)
}

/// Waits until readers see what was done, and wakes the courier.
pub async fn settle(shared: &Shared, done: &Done) {
    shared.signals.outbox.notify_one();
    if let Some(revision) = done.revision {
        shared.publisher.shows(revision, SHOWN_WITHIN).await;
    }
}

/// The status of a page that shows what an action refused.
#[must_use]
pub fn status(conflict: bool) -> StatusCode {
    if conflict { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY }
}

/// What monitors saw, as pages show it.
#[must_use]
pub fn shown(seen: Vec<Seen>) -> Vec<Evidence> {
    seen.into_iter().map(|seen| one_shown(seen.evidence, seen.beside)).collect()
}

fn one_shown(evidence: evidence::Evidence, beside: bool) -> Evidence {
    let check = |check: evidence::FailedCheck| Check {
        at: check.at,
        reason: check.reason,
        http_status: check.http_status,
        phases_us: [
            check.timings.dns_us,
            check.timings.connect_us,
            check.timings.tls_us,
            check.timings.first_byte_us,
            check.timings.total_us,
        ],
        excerpt: check.excerpt,
    };
    Evidence {
        monitor: evidence.monitor,
        reason: evidence.reason,
        first_failed_at: evidence.first_failed_at,
        checks: evidence.checks.into_iter().map(check).collect(),
        recovered_at: evidence.recovered_at,
        beside,
    }
}

/// A message that nobody was shown yet.
#[derive(Clone, Debug)]
pub struct Next<'a> {
    /// Where the incident stands with it.
    pub status: IncidentStatus,
    /// Its text; empty becomes the stock sentence.
    pub body: &'a str,
    /// What it states of components.
    pub components: &'a [(Id, ComponentStatus)],
    /// The time it is shown under.
    pub display_at: DateTime<Utc>,
    /// The promise it makes.
    pub next_update_at: Option<DateTime<Utc>>,
}

/// The incident and the page as readers would see them with that message.
#[must_use]
pub fn preview(view: &PublicView, mut incident: Incident, chosen: Option<Impact>, next: &Next<'_>, now: DateTime<Utc>) -> Preview {
    let mut view = PublicView { as_of: now, ..view.clone() };
    let body = match next.body {
        "" => stock::of_incident(language::of(&view.page.language), next.status),
        written => written.to_owned(),
    };
    let effects: Vec<_> = next.components.iter().filter_map(|(id, to)| effect(&view, id, *to)).collect();
    let update = IncidentUpdate {
        id: incident.id.clone(),
        status: next.status,
        body_html: app::markdown::to_html(&body),
        body,
        display_at: next.display_at,
        created_at: now,
        updated_at: now,
        effects: (!effects.is_empty()).then_some(effects),
        notify: false,
    };
    for effect in update.effects.iter().flatten() {
        if !incident.components.contains(&effect.component_id) {
            incident.components.push(effect.component_id.clone());
        }
        for component in view.components.iter_mut().filter(|row| row.component.id == effect.component_id) {
            component.status = effect.to;
        }
    }
    incident.updates.insert(0, update.clone());
    incident.impact = impact::impact_of(&incident.updates, chosen);
    if let Some(standing) = rules::standing(&incident.updates) {
        incident.status = standing.status;
        incident.resolved_at = standing.resolved_at;
    }
    incident.next_update_at = next.next_update_at.filter(|_| !next.status.is_over());
    // The messages before it stand on the page already.
    incident.updates = vec![update];
    Preview { view, incident }
}

fn effect(view: &PublicView, id: &Id, to: ComponentStatus) -> Option<ComponentEffect> {
    let component = view.component(id.as_str())?;
    let group = component.component.group_id.as_ref().and_then(|id| view.groups.iter().find(|group| group.group.id == *id));
    let name = &component.component.name;
    let name = group.map_or_else(|| name.clone(), |group| format!("{} - {name}", group.group.name));
    Some(ComponentEffect { component_id: id.clone(), name, from: component.status, to })
}
