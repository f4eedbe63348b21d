//! `/staff/incidents`: what waits, what is open, and what is over.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::evidence::{self, Evidence};
use super::named;
use crate::parts::form::{self, Weight};
use crate::parts::glyph::Face;
use crate::parts::locale::Locale;
use crate::parts::measure::{duration, plain};
use crate::staff::{Frame, document};
use crate::words::{Id, Impact, IncidentStatus, Role};

/// What a list shows of an incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its id.
    pub id: Id,
    /// Its title.
    pub name: String,
    /// Where it stands.
    pub status: IncidentStatus,
    /// How bad it is.
    pub impact: Impact,
    /// Start of the failure.
    pub started_at: DateTime<Utc>,
    /// When it was over.
    pub resolved_at: Option<DateTime<Utc>>,
    /// The promised time of the next message.
    pub next_update_at: Option<DateTime<Utc>>,
    /// Who looks after it.
    pub owner: Option<String>,
    /// What monitors saw.
    pub evidence: Vec<Evidence>,
    /// When the clock publishes it; `None`: never.
    pub publish_at: Option<DateTime<Utc>>,
}

/// All that the page shows.
#[derive(Clone, Debug, Default)]
pub struct Incidents {
    /// Not published.
    pub drafts: Vec<Line>,
    /// Published and not over.
    pub open: Vec<Line>,
    /// Over, latest end first.
    pub past: Vec<Line>,
    /// Where those before begin, if there are any.
    pub older: Option<String>,
    /// Whether this is the first page of the past.
    pub newest: bool,
}

/// The page.
#[must_use]
pub fn page(frame: &Frame, list: &Incidents) -> String {
    document(frame, "Incidents", || {
        let locale = frame.locale();
        let past = list.past.iter().map(|line| past_row(line, locale)).collect::<Vec<_>>();
        let past =
            if past.is_empty() { form::empty("No incident is over yet.") } else { view! { <ul class="rows">{past}</ul> }.into_any() };
        let older = list.older.clone().map(|href| view! { <p class="more"><a href=href>"Older incidents"</a></p> });
        let newer = (!list.newest).then(|| view! { <p class="more"><a href="/staff/incidents">"Back to the newest"</a></p> });
        let now = list.newest.then(|| view! { {drafts(frame, &list.drafts)}{open(frame, &list.open)} });
        view! {
            <div class="bar"><h1>"Incidents"</h1>{report(frame)}</div>
            {now}
            <section aria-labelledby="past"><h2 id="past">"Over"</h2>{past}{older}{newer}</section>
        }
        .into_any()
    })
}

/// The way to a new incident, for those who may.
pub(super) fn report(frame: &Frame) -> Option<AnyView> {
    frame.may(Role::Responder).then(|| form::way(Weight::Primary, "/staff/incidents/new", "Report an incident"))
}

/// The page of an incident.
#[must_use]
pub fn href(id: &Id) -> String {
    format!("/staff/incidents/{id}")
}

/// What nobody outside sees yet.
pub(super) fn drafts(frame: &Frame, lines: &[Line]) -> Option<AnyView> {
    let locale = frame.locale();
    let rows = lines.iter().map(|line| {
        let by_hand = || view! { "Written by hand, began "{locale.moment(line.started_at)} }.into_any();
        let why = evidence::line(&line.evidence, locale).unwrap_or_else(by_hand);
        let clock = line.publish_at.map(|at| view! { <p><b class="late">"Published by itself at "{locale.moment(at)}</b></p> });
        view! {
            <li class="e-unknown act">
                <div><h3><a href=href(&line.id)>{named(&line.name)}</a></h3><p>{why}</p>{clock}</div>
                {form::way(Weight::Primary, &href(&line.id), if frame.may(Role::Responder) { "Review and publish" } else { "Look" })}
            </li>
        }
    });
    let rows: Vec<_> = rows.collect();
    (!rows.is_empty()).then(|| {
        view! { <section aria-labelledby="drafts"><h2 id="drafts">"Drafts that wait"</h2><ul class="rows">{rows}</ul></section> }.into_any()
    })
}

/// What is being told.
pub(super) fn open(frame: &Frame, lines: &[Line]) -> AnyView {
    let rows: Vec<_> = lines.iter().map(|line| open_row(frame, line)).collect();
    let rows = if rows.is_empty() { form::empty("No incident is open.") } else { view! { <ul class="rows">{rows}</ul> }.into_any() };
    view! { <section aria-labelledby="open"><h2 id="open">"Open now"</h2>{rows}</section> }.into_any()
}

fn open_row(frame: &Frame, line: &Line) -> AnyView {
    let (locale, face) = (frame.locale(), Face::from(line.impact));
    let promise = match line.next_update_at {
        Some(at) if at <= frame.now => view! { <b class="late">"Update overdue since "{locale.moment(at)}</b> }.into_any(),
        Some(at) => view! { "Next update by "{locale.moment(at)} }.into_any(),
        None => "No next update promised".into_any(),
    };
    let owner = line.owner.as_deref().map(plain).filter(|owner| !owner.is_empty()).map(|owner| format!(" · {owner}"));
    let age = duration((frame.now - line.started_at).num_seconds());
    let label = if frame.may(Role::Responder) { "Post an update" } else { "Look" };
    view! {
        <li class=format!("e-{} act", face.class())>
            <div>
                <h3>{face.glyph()}<a href=href(&line.id)>{named(&line.name)}</a></h3>
                <p>{line.status.label()}", "{line.impact.label().to_lowercase()}", for "{age}{owner}</p>
                <p>{promise}</p>
            </div>
            {form::way(Weight::Quiet, &href(&line.id), label)}
        </li>
    }
    .into_any()
}

fn past_row(line: &Line, locale: Locale) -> AnyView {
    let face = Face::from(line.impact);
    let lasted = line.resolved_at.map(|at| format!(", resolved after {}", duration((at - line.started_at).num_seconds())));
    view! {
        <li class="e-over">
            {face.glyph()}
            <h3><a href=href(&line.id)>{named(&line.name)}</a></h3>
            <p>{line.impact.label()}", began "{locale.moment(line.started_at)}{lasted}</p>
        </li>
    }
    .into_any()
}
