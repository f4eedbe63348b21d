//! An open incident on the front page, and the pieces of it that its own page uses too.

use leptos::prelude::*;

use super::glyph::{Face, badge, face_of};
use super::locale::Locale;
use super::measure::{plain, plain_or};
use super::timeline::{Shown, timeline};
use super::{facts, foreign};
use crate::view::{ComponentView, PublicView};
use crate::words::{ComponentStatus, Id, Incident};

/// The newest update and at most two older ones, where nothing else is open: the rest is on the incident's own page.
const UPDATES_OF_ONE: usize = 3;

/// Components that each have their own word; more are told in groups, so that the page stays short when much is down.
const APART: usize = 6;

/// Address of an incident's or a maintenance's page.
#[must_use]
pub fn href(id: &Id) -> String {
    format!("/incidents/{id}")
}

/// The title of an incident, never empty: it is a heading and a link.
#[must_use]
pub fn title(name: &str, locale: Locale) -> String {
    plain_or(name, &locale.t("untitled"))
}

/// The title as a link to its page, in its own language.
#[must_use]
pub fn link(id: &Id, name: &str, view: &PublicView, locale: Locale) -> AnyView {
    view! { <a href=locale.href(&href(id)) lang=foreign::lang(view, id) dir=foreign::dir(view, id)>{title(name, locale)}</a> }.into_any()
}

/// An open incident in full.
#[must_use]
pub fn card(incident: &Incident, view: &PublicView, locale: Locale) -> AnyView {
    let href = locale.href(&href(&incident.id));
    let face = Face::from(incident.impact);
    // With several open, each says its newest in full, so that all of them can be taken in.
    let most = if view.open_incidents().nth(1).is_some() { 1 } else { UPDATES_OF_ONE };
    let hidden = incident.updates.len().saturating_sub(most);
    let id = format!("i-{}", incident.id);
    let shown = Shown { most, href: &href, class: face.class(), view: Some(view) };
    view! {
        <article id=id class=format!("card inc e-{}", face.class())>
            <p class="tag">{badge(face, &locale.impact(incident.impact))}</p>
            <h2>{link(&incident.id, &incident.name, view, locale)}</h2>
            {facts::row(facts::of_incident(incident, view.as_of, locale))}
            {facts::overdue(incident, view.as_of, locale)}
            {affected(&incident.components, view, locale)}
            {timeline(&incident.updates, shown, locale)}
            <p class="more"><a href=href.clone()>{locale.with("incident-whole", [("n", hidden.into())])}</a></p>
        </article>
    }
    .into_any()
}

/// An open incident among many, in one row.
#[must_use]
pub fn row(incident: &Incident, view: &PublicView, locale: Locale) -> AnyView {
    let face = Face::from(incident.impact);
    let id = format!("i-{}", incident.id);
    view! {
        <li id=id class=format!("e-{}", face.class())>
            {face.glyph()}
            <h3>{link(&incident.id, &incident.name, view, locale)}</h3>
            <p>{locale.incident(incident.status)}" · "{locale.impact(incident.impact)}" · "{locale.t("fact-began")}" "{locale.moment(incident.started_at)}</p>
            {facts::overdue(incident, view.as_of, locale)}
        </li>
    }
    .into_any()
}

/// The components concerned with what holds of them now; many are told together where the same holds of them.
#[must_use]
pub fn affected(ids: &[Id], view: &PublicView, locale: Locale) -> Option<AnyView> {
    let known: Vec<&ComponentView> = ids.iter().filter_map(|id| view.component(id.as_str())).collect();
    let word = |face, word| (face != Face::Known(ComponentStatus::Operational)).then(|| view! { <span class="soft">{word}</span> });
    let items: Vec<_> = if known.len() > APART {
        let mut alike: Vec<(Face, String, Vec<AnyView>)> = Vec::new();
        for component in known {
            let (face, word) = face_of(component, locale);
            match alike.iter_mut().find(|(_, told, _)| *told == word) {
                Some((_, _, links)) => links.push(component_link(component, locale)),
                None => alike.push((face, word, vec![component_link(component, locale)])),
            }
        }
        let item = |(face, told, links): (Face, String, Vec<AnyView>)| {
            let links = links.into_iter().map(|link| view! { <li>{link}</li> }).collect::<Vec<_>>();
            view! { <li class="many">{face.glyph()}{word(face, told)}" "<ul class="nl">{links}</ul></li> }.into_any()
        };
        alike.into_iter().map(item).collect()
    } else {
        let item = |component: &ComponentView| {
            let (face, told) = face_of(component, locale);
            view! { <li>{face.glyph()}{component_link(component, locale)}" "{word(face, told)}</li> }.into_any()
        };
        known.into_iter().map(item).collect()
    };
    (!items.is_empty()).then(|| view! { <ul class="aff" aria-label=locale.t("incident-affected")>{items}</ul> }.into_any())
}

fn component_link(component: &ComponentView, locale: Locale) -> AnyView {
    let href = locale.href(&format!("/components/{}", component.component.id));
    view! { <a href=href dir="auto">{plain(&component.component.name)}</a> }.into_any()
}
