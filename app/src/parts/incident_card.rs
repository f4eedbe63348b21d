//! An open incident on the front page, and the pieces of it that its own page uses too.

use leptos::prelude::*;

use super::facts;
use super::glyph::{Face, badge, face_of};
use super::locale::Locale;
use super::measure::{plain, plain_or};
use super::timeline::{Shown, timeline};
use crate::view::PublicView;
use crate::words::{ComponentStatus, Id, Incident};

/// The newest update and at most two older ones: the rest is on the incident's own page.
const UPDATES_ON_HOME: usize = 3;

/// Address of an incident's or a maintenance's page.
#[must_use]
pub fn href(id: &Id) -> String {
    format!("/incidents/{id}")
}

/// The title of an incident, never empty: it is a heading and a link.
#[must_use]
pub fn title(name: &str) -> String {
    plain_or(name, "Untitled")
}

/// An open incident in full.
#[must_use]
pub fn card(incident: &Incident, view: &PublicView, locale: Locale) -> AnyView {
    let href = href(&incident.id);
    let face = Face::from(incident.impact);
    let hidden = incident.updates.len().saturating_sub(UPDATES_ON_HOME);
    let more = match hidden {
        0 => "Whole timeline".to_owned(),
        1 => "Whole timeline, 1 more update".to_owned(),
        n => format!("Whole timeline, {n} more updates"),
    };
    let id = format!("i-{}", incident.id);
    let shown = Shown { most: UPDATES_ON_HOME, href: &href, class: face.class() };
    view! {
        <article id=id class=format!("card inc e-{}", face.class())>
            <p class="tag">{badge(face, incident.impact.label())}</p>
            <h2><a href=href.clone()>{title(&incident.name)}</a></h2>
            {facts::row(facts::of_incident(incident, view.as_of, locale))}
            {facts::overdue(incident, view.as_of, locale)}
            {affected(&incident.components, view)}
            {timeline(&incident.updates, shown, locale)}
            <p class="more"><a href=href.clone()>{more}</a></p>
        </article>
    }
    .into_any()
}

/// An open incident among many, in one row.
#[must_use]
pub fn row(incident: &Incident, locale: Locale) -> AnyView {
    let face = Face::from(incident.impact);
    let id = format!("i-{}", incident.id);
    view! {
        <li id=id class=format!("e-{}", face.class())>
            {face.glyph()}
            <h3><a href=href(&incident.id)>{title(&incident.name)}</a></h3>
            <p>{incident.status.label()}", "{incident.impact.label().to_lowercase()}", began "{locale.moment(incident.started_at)}</p>
        </li>
    }
    .into_any()
}

/// The components concerned with what holds of them now.
#[must_use]
pub fn affected(ids: &[Id], view: &PublicView) -> Option<AnyView> {
    let mut items = Vec::new();
    for id in ids {
        let Some(component) = view.component(id.as_str()) else { continue };
        let (face, word) = face_of(component, Locale::of(view));
        let word = (face != Face::Known(ComponentStatus::Operational)).then(|| view! { <span class="soft">{word}</span> });
        let name = plain(&component.component.name);
        items.push(view! { <li>{face.glyph()}<a href=format!("/components/{id}")>{name}</a>" "{word}</li> });
    }
    (!items.is_empty()).then(|| view! { <ul class="aff" aria-label="Affected components">{items}</ul> }.into_any())
}
