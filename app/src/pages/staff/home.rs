//! `/staff`: what needs somebody now.

use leptos::prelude::*;

use super::incidents::{self, Line};
use super::maintenances;
use crate::parts::form;
use crate::parts::glyph::{Face, badge, face_of};
use crate::parts::measure::plain_or;
use crate::staff::{Frame, document};
use crate::view::{ComponentView, PublicView};

/// Announced work that concerns this day.
#[derive(Clone, Debug, Default)]
pub struct Work {
    /// Being done, or waiting for somebody.
    pub running: Vec<maintenances::Line>,
    /// Begins today.
    pub today: Vec<maintenances::Line>,
}

/// The page: drafts and open incidents, planned work of today, and what is not as it should be.
#[must_use]
pub fn page(frame: &Frame, drafts: &[Line], open: &[Line], work: &Work, view: &PublicView) -> String {
    document(frame, "Overview", || {
        let face = Face::from(view.sentence);
        let unwell: Vec<_> =
            view.components.iter().filter(|c| face_of(c).0 != Face::Known(crate::words::ComponentStatus::Operational)).collect();
        view! {
            <div class="bar">
                <div><h1>{face.glyph()}" "{view.sentence.as_str()}</h1><p>"As of "{frame.zone().moment(frame.now)}</p></div>
                {incidents::report(frame)}
            </div>
            {incidents::drafts(frame, drafts)}
            {maintenances::running(frame, &work.running)}
            {incidents::open(frame, open)}
            {maintenances::today(frame, &work.today)}
            {components(&unwell, view)}
        }
        .into_any()
    })
}

fn components(unwell: &[&ComponentView], view: &PublicView) -> AnyView {
    let rows: Vec<_> = unwell
        .iter()
        .map(|component| {
            let (face, word) = face_of(component);
            let group = component.component.group_id.as_ref().and_then(|id| view.groups.iter().find(|group| group.group.id == *id));
            let group = group.map(|group| view! { <span class="soft">{plain_or(&group.group.name, "Untitled")}</span> });
            view! { <li><span class="nm">{plain_or(&component.component.name, "Untitled")}" "{group}</span>{badge(face, word)}</li> }
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
