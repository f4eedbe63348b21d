//! The past: one line of history, and the day it belongs to.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use leptos::prelude::*;

use super::foreign;
use super::glyph::Face;
use super::incident_card::{href, title};
use super::locale::Locale;
use super::maintenance_card;
use super::measure::plain;
use super::postmortem;
use crate::markdown::to_excerpt;
use crate::view::PublicView;
use crate::words::{Id, Impact, Incident, IncidentStatus, Maintenance, MaintenanceStatus, Update};

/// Characters of a closing text that stand in a list.
const EXCERPT: usize = 220;

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Entry {
    /// Something broken.
    Incident(Arc<Incident>),
    /// Planned work.
    Maintenance(Arc<Maintenance>),
}

impl Entry {
    /// When it began, or was to begin; planned work that was cancelled before that is told of when it was cancelled.
    #[must_use]
    pub fn start(&self) -> DateTime<Utc> {
        match self {
            Self::Incident(incident) => incident.started_at,
            Self::Maintenance(m) => begun_at(m),
        }
    }

    /// When it ended; `None` while it goes on.
    #[must_use]
    pub fn end(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Incident(incident) => incident.resolved_at.filter(|_| incident.status.is_over()),
            Self::Maintenance(m) => ended_at(m),
        }
    }

    /// The last day it went on; `None` while it does. What ended with the first instant of a day belongs to the day before.
    #[must_use]
    pub fn last_day(&self, locale: Locale) -> Option<NaiveDate> {
        self.end().map(|end| locale.day((end - TimeDelta::nanoseconds(1)).max(self.start())))
    }

    /// Whether it went on within these days, both included.
    #[must_use]
    pub fn is_within(&self, (first, last): (NaiveDate, NaiveDate), locale: Locale) -> bool {
        locale.day(self.start()) <= last && self.last_day(locale).is_none_or(|ended| ended >= first)
    }

    /// Whether there is nothing more to come of it.
    #[must_use]
    pub fn is_over(&self) -> bool {
        match self {
            Self::Incident(incident) => incident.status.is_over(),
            Self::Maintenance(m) => m.status.is_over(),
        }
    }

    /// Whether it concerns a component.
    #[must_use]
    pub fn touches(&self, id: &Id) -> bool {
        match self {
            Self::Incident(incident) => incident.components.contains(id),
            Self::Maintenance(m) => m.concerns(id),
        }
    }

    /// How bad it was, or is; planned work is none of that unless somebody said so.
    #[must_use]
    pub fn impact(&self) -> Impact {
        match self {
            Self::Incident(incident) => incident.impact,
            Self::Maintenance(m) => m.impact,
        }
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &Id {
        match self {
            Self::Incident(incident) => &incident.id,
            Self::Maintenance(m) => &m.id,
        }
    }

    /// The title as text.
    #[must_use]
    pub fn title(&self, locale: Locale) -> String {
        match self {
            Self::Incident(incident) => title(&incident.name, locale),
            Self::Maintenance(m) => title(&m.name, locale),
        }
    }

    /// The address of its page.
    #[must_use]
    pub fn href(&self) -> String {
        match self {
            Self::Incident(incident) => href(&incident.id),
            Self::Maintenance(m) => href(&m.id),
        }
    }

    /// The entry as one line: for what is told in full elsewhere on the page.
    #[must_use]
    pub fn mentioned(&self, view: &PublicView, locale: Locale) -> AnyView {
        let outcome = locale.with("entry-mentioned", [("outcome", self.outcome(locale).into())]);
        view! { <div class="en">{self.heading(view, locale)}<p class="res">{outcome}</p></div> }.into_any()
    }

    fn heading(&self, view: &PublicView, locale: Locale) -> AnyView {
        let face = match self {
            Self::Incident(incident) => Face::from(incident.impact),
            Self::Maintenance(_) => maintenance_card::FACE,
        };
        let (lang, dir) = (foreign::lang(view, self.id()), foreign::dir(view, self.id()));
        view! { <h4>{face.glyph()}<a href=locale.href(&self.href()) lang=lang dir=dir>{self.title(locale)}</a></h4> }.into_any()
    }

    /// How bad, how long, how it ended or where it stands.
    fn outcome(&self, locale: Locale) -> String {
        match self {
            Self::Incident(incident) => incident_outcome(incident, locale),
            Self::Maintenance(m) => maintenance_outcome(m, locale),
        }
    }

    /// The entry in a list: what, how bad, how long, how it ended.
    #[must_use]
    pub fn shown(&self, view: &PublicView, locale: Locale) -> AnyView {
        let (excerpt, ids): (_, Vec<&Id>) = match self {
            Self::Incident(i) => (closing(i), i.components.iter().collect()),
            Self::Maintenance(m) => (m.updates.first().map(said), m.components.iter().map(|planned| &planned.component_id).collect()),
        };
        let names: Vec<String> = ids.iter().filter_map(|id| view.component(id.as_str())).map(|c| plain(&c.component.name)).collect();
        let names = (!names.is_empty()).then(|| view! { <span class="names">{locale.listed_in_short(&names)}</span> });
        let document = match self {
            Self::Incident(i) => postmortem::line(i, view, locale),
            Self::Maintenance(_) => None,
        };
        let excerpt = excerpt.filter(|(_, text)| !text.is_empty());
        let excerpt = excerpt.map(|(id, text)| view! { <p lang=foreign::lang(view, id) dir=foreign::dir(view, id)>{text}</p> });
        view! {
            <div class="en">
                {self.heading(view, locale)}
                <p class="res">{self.outcome(locale)}{names}</p>
                {excerpt}
                {document}
            </div>
        }
        .into_any()
    }
}

fn begun_at(m: &Maintenance) -> DateTime<Utc> {
    if m.status == MaintenanceStatus::Cancelled && m.started_at.is_none() {
        return cancelled_at(m);
    }
    m.started_at.or(m.window.map(|w| w.from)).or(m.published_at).unwrap_or(m.created_at)
}

fn ended_at(m: &Maintenance) -> Option<DateTime<Utc>> {
    if m.status == MaintenanceStatus::Cancelled {
        return Some(m.completed_at.unwrap_or_else(|| cancelled_at(m)));
    }
    m.completed_at.or(m.window.map(|w| w.until)).filter(|_| m.status.is_over())
}

fn cancelled_at(maintenance: &Maintenance) -> DateTime<Utc> {
    let closing = maintenance.updates.iter().take_while(|update| update.status == MaintenanceStatus::Cancelled).last();
    closing.map_or(maintenance.updated_at, |update| update.display_at)
}

fn incident_outcome(incident: &Incident, locale: Locale) -> String {
    let impact = locale.impact(incident.impact);
    match incident.resolved_at.filter(|_| incident.status.is_over()) {
        Some(at) => {
            let lasted = locale.duration((at - incident.started_at).num_seconds());
            locale.with("entry-resolved-after", [("impact", impact.into()), ("duration", lasted.into())])
        }
        None => locale.with(&format!("entry-{}", incident.status), [("impact", impact.into())]),
    }
}

fn maintenance_outcome(maintenance: &Maintenance, locale: Locale) -> String {
    let started = maintenance.started_at.or(maintenance.window.map(|w| w.from));
    match (maintenance.status, started.zip(maintenance.completed_at)) {
        (MaintenanceStatus::Completed, Some((from, until))) => {
            let lasted = locale.duration((until - from).num_seconds());
            locale.with("entry-completed-after", [("duration", lasted.into())])
        }
        (status, _) => locale.t(&format!("entry-{status}")),
    }
}

/// How it ended, or how it stands: the newest update that is not a post-mortem.
fn closing(incident: &Incident) -> Option<(&Id, String)> {
    incident.updates.iter().find(|u| u.status != IncidentStatus::Postmortem).map(said)
}

/// An update in short.
fn said<S>(update: &Update<S>) -> (&Id, String) {
    (&update.id, to_excerpt(&update.body, EXCERPT))
}

/// Like [`history`], but only what was not over at `since`: what is shown no more is passed over without a copy.
#[must_use]
pub fn recent(view: &PublicView, since: DateTime<Utc>) -> Vec<Entry> {
    let ended = view.ended.iter().take_while(|i| i.resolved_at.unwrap_or(i.updated_at) >= since);
    let works = works(view).filter(|m| ended_at(m).is_none_or(|end| end >= since));
    newest_first(view, view.open_incidents().chain(ended), works)
}

/// Everything that has begun or is over, newest first. Work still to come is no history.
#[must_use]
pub fn history(view: &PublicView) -> Vec<Entry> {
    newest_first(view, view.incidents.iter(), works(view))
}

/// When the oldest of all that began; `None` where there is no history.
#[must_use]
pub fn oldest(view: &PublicView) -> Option<DateTime<Utc>> {
    let incidents = view.incidents.iter().map(|incident| incident.started_at);
    incidents.chain(works(view).map(|m| begun_at(m))).min()
}

/// Planned work that has begun, or never will.
fn works(view: &PublicView) -> impl Iterator<Item = &Arc<Maintenance>> {
    view.maintenances.iter().filter(|m| m.status != MaintenanceStatus::Scheduled)
}

fn newest_first<'a>(
    view: &PublicView,
    incidents: impl Iterator<Item = &'a Arc<Incident>>,
    works: impl Iterator<Item = &'a Arc<Maintenance>>,
) -> Vec<Entry> {
    let mut entries: Vec<Entry> = incidents.cloned().map(Entry::Incident).collect();
    entries.extend(works.cloned().map(Entry::Maintenance));
    entries.retain(|entry| entry.start() <= view.as_of || entry.end().is_some());
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.start()));
    entries
}

/// A day and its entries, or a run of days with none.
#[must_use]
pub fn day(heading: String, key: NaiveDate, content: AnyView) -> AnyView {
    view! { <div class="day" id=format!("d-{key}")><h3>{heading}</h3><div>{content}</div></div> }.into_any()
}
