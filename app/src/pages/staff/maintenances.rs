//! `/staff/maintenances`: what waits for a person, what is being done, what is to come, and what is over.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::named;
use crate::parts::form::{self, Weight};
use crate::parts::locale::Locale;
use crate::parts::maintenance_card::FACE;
use crate::parts::measure::{count, plain};
use crate::staff::{Frame, document};
use crate::words::{Id, MaintenanceStatus, Role, Window};

/// What a list shows of planned work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its id.
    pub id: Id,
    /// Its title.
    pub name: String,
    /// Whether readers know of it.
    pub announced: bool,
    /// Where it stands now, by what was said and the time.
    pub status: MaintenanceStatus,
    /// Its window; `None` is "date to be set".
    pub window: Option<Window>,
    /// Who looks after it.
    pub owner: Option<String>,
    /// What waits for a person, where something does.
    pub waits: Option<Waits>,
    /// Further windows of its series after this one.
    pub more: usize,
    /// When it ended or was called off.
    pub ended_at: Option<DateTime<Utc>>,
}

/// What planned work waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waits {
    /// Its window has ended and the work has not.
    Overrunning,
    /// Its window has begun, and it does not begin by itself.
    ToBegin,
    /// It is done and being checked: somebody says when it is finished.
    ToFinish,
    /// It was announced without a date.
    Date,
}

impl Waits {
    /// What it waits for, where its list does not say it already.
    const fn words(self) -> Option<&'static str> {
        match self {
            Self::Overrunning => Some("Overrunning: its window has ended. Say that it needs longer, or finish it."),
            Self::ToBegin => Some("Its window has begun. It waits for somebody to start it."),
            Self::ToFinish => Some("It is being verified. It waits for somebody to finish it."),
            Self::Date => None,
        }
    }
}

/// All that the page shows.
#[derive(Clone, Debug, Default)]
pub struct Maintenances {
    /// Not announced.
    pub drafts: Vec<Line>,
    /// Being done, or waiting for somebody.
    pub running: Vec<Line>,
    /// Announced with a date that is to come, soonest first.
    pub upcoming: Vec<Line>,
    /// Announced without a date.
    pub undated: Vec<Line>,
    /// Over or called off, latest first.
    pub past: Vec<Line>,
    /// Where those before begin, if there are any.
    pub older: Option<String>,
    /// Whether this is the first page of the past.
    pub newest: bool,
}

/// The page.
#[must_use]
pub fn page(frame: &Frame, list: &Maintenances) -> String {
    document(frame, "Planned work", || {
        let older = list.older.clone().map(|href| view! { <p class="more"><a href=href>"Older work"</a></p> });
        let newer = (!list.newest).then(|| view! { <p class="more"><a href="/staff/maintenances">"Back to the newest"</a></p> });
        let now = list.newest.then(|| {
            view! {
                {running(frame, &list.running)}
                {section(frame, "drafts", "Drafts", &list.drafts)}
                {upcoming(frame, &list.upcoming)}
                {section(frame, "undated", "Date to be set", &list.undated)}
            }
        });
        let past = match list.past.as_slice() {
            [] => form::empty("No planned work is over yet."),
            lines => rows(frame, lines),
        };
        view! {
            <div class="bar">
                <h1>"Planned work"</h1>
                <div class="acts">
                    {form::way(Weight::Quiet, "/staff/maintenances/planner", "Find a quiet time")}
                    {frame.may(Role::Responder).then(|| form::way(Weight::Primary, "/staff/maintenances/new", "Plan work"))}
                </div>
            </div>
            {now}
            <section aria-labelledby="past"><h2 id="past">"Over"</h2>{past}{older}{newer}</section>
        }
        .into_any()
    })
}

/// The page of planned work.
#[must_use]
pub fn href(id: &Id) -> String {
    format!("/staff/maintenances/{id}")
}

/// What is being done or waits for somebody, where there is any.
pub(super) fn running(frame: &Frame, lines: &[Line]) -> Option<AnyView> {
    section(frame, "running", "Work under way", lines)
}

/// What begins today, where there is any.
pub(super) fn today(frame: &Frame, lines: &[Line]) -> Option<AnyView> {
    section(frame, "today", "Planned for today", lines)
}

fn upcoming(frame: &Frame, lines: &[Line]) -> AnyView {
    let list = if lines.is_empty() { form::empty("No work is planned.") } else { rows(frame, lines) };
    view! { <section aria-labelledby="upcoming"><h2 id="upcoming">"Upcoming"</h2>{list}</section> }.into_any()
}

fn section(frame: &Frame, id: &'static str, heading: &'static str, lines: &[Line]) -> Option<AnyView> {
    (!lines.is_empty()).then(|| view! { <section aria-labelledby=id><h2 id=id>{heading}</h2>{rows(frame, lines)}</section> }.into_any())
}

fn rows(frame: &Frame, lines: &[Line]) -> AnyView {
    let rows: Vec<_> = lines.iter().map(|line| row(frame, line)).collect();
    view! { <ul class="rows">{rows}</ul> }.into_any()
}

fn row(frame: &Frame, line: &Line) -> AnyView {
    let locale = frame.locale();
    let owner = line.owner.as_deref().map(plain).filter(|owner| !owner.is_empty()).map(|owner| format!(" · {owner}"));
    let more = (line.more > 0).then(|| format!(", and {}", count(line.more, "more of its series", "more of its series")));
    let urgent = if line.waits == Some(Waits::Overrunning) { "late" } else { "" };
    let waits = line.waits.and_then(Waits::words).map(|words| view! { <p class=urgent>{words}</p> });
    let class = if line.status.is_over() { "e-over act" } else { "e-under_maintenance act" };
    let way = (!line.status.is_over()).then(|| form::way(weight(line), &href(&line.id), word(frame, line)));
    view! {
        <li class=class>
            <div>
                <h3>{FACE.glyph()}<a href=href(&line.id)>{named(&line.name)}</a></h3>
                <p>{when(line, locale)}{more}</p>
                <p>{if line.announced { line.status.label() } else { "Draft" }}{ended(line, locale)}{owner}</p>
                {waits}
            </div>
            {way}
        </li>
    }
    .into_any()
}

fn when(line: &Line, locale: Locale) -> AnyView {
    line.window.map_or_else(|| "Date to be set".into_any(), |window| locale.window(window))
}

fn ended(line: &Line, locale: Locale) -> Option<AnyView> {
    line.ended_at.filter(|_| line.status.is_over()).map(|at| view! { " at "{locale.moment(at)} }.into_any())
}

fn weight(line: &Line) -> Weight {
    if matches!(line.waits, Some(Waits::Overrunning | Waits::ToBegin | Waits::ToFinish)) { Weight::Primary } else { Weight::Quiet }
}

fn word(frame: &Frame, line: &Line) -> &'static str {
    match line.waits {
        _ if !frame.may(Role::Responder) => "Look",
        Some(Waits::Overrunning) => "Extend or finish",
        Some(Waits::ToBegin) => "Start",
        Some(Waits::ToFinish) => "Finish",
        Some(Waits::Date) => "Set the date",
        None => "Open",
    }
}
