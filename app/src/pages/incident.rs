//! `/incidents/{id}`: one incident from its first words to its post-mortem.

use leptos::prelude::*;

use super::Body;
use crate::parts::chrome::crumb;
use crate::parts::glyph::{Face, badge};
use crate::parts::incident_card::{affected, href, title};
use crate::parts::locale::Locale;
use crate::parts::measure::plain_or;
use crate::parts::timeline::{Shown, timeline};
use crate::parts::{facts, postmortem, reports};
use crate::view::PublicView;
use crate::words::{Incident, IncidentStatus};

/// The page.
#[must_use]
pub fn page(view: &PublicView, incident: &Incident) -> Body {
    let locale = Locale::of(view);
    let face = Face::from(incident.impact);
    let name = title(&incident.name);
    let promise = incident.postmortem.as_ref().and_then(|link| postmortem::promise(link, view, locale));
    let state = if incident.status == IncidentStatus::Postmortem { IncidentStatus::Resolved } else { incident.status };
    let affected = affected(&incident.components, view)
        .map(|list| view! { <section id="s-affected" aria-labelledby="affected"><h2 id="affected">"Affected components"</h2><p class="hint">"With their status now."</p>{list}</section> });
    let shown = Shown { most: usize::MAX, href: "", class: if incident.status.is_over() { "over" } else { face.class() } };
    let seen = (!incident.status.is_over()).then(|| reports::seen(&href(&incident.id), true));
    let main = view! {
        {crumb(view, locale)}
        <article class="one">
            <p class="tag">{badge(face, incident.impact.label())}<span class="state">{state.label()}</span></p>
            <h1>{name.clone()}</h1>
            {facts::row(facts::of_incident(incident, view.as_of, locale))}
            {facts::overdue(incident, view.as_of, locale)}
            {promise}
            {affected}
            {seen}
            {document(incident, view, locale)}
            <section id="s-updates" aria-labelledby="updates-list">
                <h2 id="updates-list">"Updates"</h2>
                {timeline(&incident.updates, shown, locale)}
            </section>
        </article>
    }
    .into_any();
    let first = incident.updates.first().map(|u| crate::markdown::to_excerpt(&u.body, 160)).unwrap_or_default();
    Body { title: format!("{}: {name}", state.label()), description: plain_or(&first, &name), path: href(&incident.id), index: true, main }
}

fn document(incident: &Incident, view: &PublicView, locale: Locale) -> Option<AnyView> {
    let link = incident.postmortem.as_ref().filter(|link| link.status.is_public())?;
    view.postmortem(link.id.as_str()).map(|document| postmortem::section(document, &incident.name, view, locale))
}
