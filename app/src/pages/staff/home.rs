//! `/staff`: what needs somebody now.

use leptos::prelude::*;

use super::incidents::{self, Line};
use super::maintenances;
use crate::parts::form;
use crate::parts::glyph::{Face, badge, face_of};
use crate::parts::locale::Locale;
use crate::parts::measure::{duration, plain_or};
use crate::staff::{Frame, document};
use crate::view::{ComponentView, PublicView};
use crate::words::Sightings;

/// A component that visitors see a failure of, while no open incident speaks of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Its name.
    pub name: String,
    /// How many see it.
    pub sightings: Sightings,
}

/// Announced work that concerns this day.
#[derive(Clone, Debug, Default)]
pub struct Work {
    /// Being done, or waiting for somebody.
    pub running: Vec<maintenances::Line>,
    /// Begins today.
    pub today: Vec<maintenances::Line>,
}

/// Mails that are due and do not go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LateMails {
    /// How many deliveries wait.
    pub waiting: i64,
    /// For how many seconds the oldest has been due.
    pub seconds: i64,
}

/// All that waits for somebody.
#[derive(Clone, Debug, Default)]
pub struct Waiting {
    /// Mails that are due and do not go out.
    pub late: Option<LateMails>,
    /// Incidents nobody was shown yet.
    pub drafts: Vec<Line>,
    /// Open incidents.
    pub open: Vec<Line>,
    /// Planned work of today.
    pub work: Work,
    /// What visitors report beside them.
    pub reports: Vec<Report>,
}

/// The page: drafts and open incidents, what visitors report beside them, planned work of today, and what is not as it should be.
#[must_use]
pub fn page(frame: &Frame, waiting: &Waiting, view: &PublicView) -> String {
    let Waiting { late, drafts, open, work, reports } = waiting;
    document(frame, "Overview", || {
        let face = Face::from(view.sentence);
        let unwell: Vec<_> = view
            .components
            .iter()
            .filter(|c| face_of(c, frame.locale()).0 != Face::Known(crate::words::ComponentStatus::Operational))
            .collect();
        view! {
            <div class="bar">
                <div><h1>{face.glyph()}" "{view.sentence.as_str()}</h1><p>"As of "{frame.locale().moment(frame.now)}</p></div>
                {incidents::report(frame)}
            </div>
            {late.map(alarm)}
            {incidents::drafts(frame, drafts)}
            {maintenances::running(frame, &work.running)}
            {incidents::open(frame, open)}
            {reported(reports)}
            {maintenances::today(frame, &work.today)}
            {components(&unwell, view)}
        }
        .into_any()
    })
}

fn alarm(late: LateMails) -> AnyView {
    let mails = if late.waiting == 1 { "1 mail waits".to_owned() } else { format!("{} mails wait", late.waiting) };
    view! {
        <p class="overdue">
            {format!("Mails do not go out: {mails}, and the oldest has been due for {}. ", duration(late.seconds))}
            <a href="/staff/deliveries">"Deliveries"</a>
        </p>
    }
    .into_any()
}

fn reported(reports: &[Report]) -> Option<AnyView> {
    let rows = reports.iter().filter_map(|report| {
        let sentence = report.sightings.sentence()?;
        Some(view! { <li><span class="nm">{plain_or(&report.name, "Untitled")}</span><span class="soft">{sentence}</span></li> })
    });
    let rows: Vec<_> = rows.collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section aria-labelledby="reported">
                <h2 id="reported">"Visitors see a failure"</h2>
                <p class="hint">"No open incident speaks of these."</p>
                <ul class="states">{rows}</ul>
            </section>
        }
        .into_any()
    })
}

fn components(unwell: &[&ComponentView], view: &PublicView) -> AnyView {
    let rows: Vec<_> = unwell
        .iter()
        .map(|component| {
            let (face, word) = face_of(component, Locale::at(&view.page.time_zone, view.as_of));
            let group = component.component.group_id.as_ref().and_then(|id| view.groups.iter().find(|group| group.group.id == *id));
            let group = group.map(|group| view! { <span class="soft">{plain_or(&group.group.name, "Untitled")}</span> });
            view! { <li><span class="nm">{plain_or(&component.component.name, "Untitled")}" "{group}</span>{badge(face, &word)}</li> }
        })
        .collect();
    let list = if view.components.is_empty() {
        form::empty("There are no components yet. Add what your readers know by name.")
    } else if rows.is_empty() {
        form::empty("Every component is operational.")
    } else {
        view! { <ul class="states">{rows}</ul> }.into_any()
    };
    view! {
        <section aria-labelledby="unwell">
            <h2 id="unwell">"Not operational"</h2>
            {list}
            <p class="more"><a href="/staff/components">"All components"</a></p>
        </section>
    }
    .into_any()
}
