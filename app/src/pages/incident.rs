//! `/incidents/{id}`: one incident from its first words to its post-mortem.

use leptos::prelude::*;

use super::{Body, follow};
use crate::parts::chrome::{crumb, webcal};
use crate::parts::glyph::{Face, badge};
use crate::parts::incident_card::{href, link, title};
use crate::parts::locale::Locale;
use crate::parts::measure::plain_or;
use crate::parts::timeline::{Shown, timeline};
use crate::parts::{course, facts, foreign, postmortem, reports};
use crate::view::PublicView;
use crate::words::{Id, Incident, IncidentStatus};

/// The page.
#[must_use]
pub fn page(view: &PublicView, incident: &Incident) -> Body {
    let locale = Locale::of(view);
    let face = Face::from(incident.impact);
    let name = title(&incident.name, locale);
    let promise = incident.postmortem.as_ref().and_then(|link| postmortem::promise(link, view, locale));
    let over = incident.status.is_over();
    let state = state(incident, locale);
    let shown = Shown { most: usize::MAX, href: "", class: if over { "over" } else { face.class() }, view: Some(view) };
    let main = view! {
        {crumb(view, locale)}
        <article class="one">
            <p class="tag">{badge(face, &locale.impact(incident.impact))}<span class="state">{state.clone()}</span>{foreign::mark(view, &incident.id)}</p>
            <h1 lang=foreign::lang(view, &incident.id) dir=foreign::dir(view, &incident.id)>{name.clone()}</h1>
            {facts::row(facts::of_incident(incident, view.as_of, locale))}
            {facts::overdue(incident, view.as_of, locale)}
            {promise}
            {ways(&incident.id, over, Some("follow-dates"), view, locale)}
            {course::section(incident, view, locale)}
            {(!over).then(|| reports::seen(&href(&incident.id), true, locale))}
            {document(incident, view, locale)}
            <section id="s-updates" aria-labelledby="updates-list">
                <h2 id="updates-list">{locale.t("update-list")}</h2>
                {timeline(&incident.updates, shown, locale)}
            </section>
            {related(incident, view, locale)}
        </article>
    }
    .into_any();
    let first = incident.updates.first().map(|u| crate::markdown::to_excerpt(&u.body, 160)).unwrap_or_default();
    Body { title: format!("{state}: {name}"), description: plain_or(&first, &name), path: href(&incident.id), index: true, main }
}

/// Where it stands; a post-mortem has its own place on the page.
fn state(incident: &Incident, locale: Locale) -> String {
    locale.incident(if incident.status == IncidentStatus::Postmortem { IncidentStatus::Resolved } else { incident.status })
}

/// How to hear of it: by mail while it goes on, by its own feed, and by its calendar, whose name is the message
/// `calendar`; `None` while it has no date.
pub(super) fn ways(id: &Id, over: bool, calendar: Option<&str>, view: &PublicView, locale: Locale) -> AnyView {
    let by_mail =
        (view.page.mail && !over).then(|| view! { <a class="b" href=locale.href(&follow::address(id))>{locale.t("follow-link")}</a> });
    let dates = format!("{}/history.ics", href(id));
    view! {
        <p class="more">
            {by_mail}
            <a href=format!("{}/history.atom", href(id))>{locale.t("follow-feed")}</a>
            {calendar.map(|key| view! { <a href=webcal(view, &dates)>{locale.t(key)}</a><a href=dates.clone()>{locale.t("follow-file")}</a> })}
        </p>
    }
    .into_any()
}

fn document(incident: &Incident, view: &PublicView, locale: Locale) -> Option<AnyView> {
    let link = incident.postmortem.as_ref().filter(|link| link.status.is_public())?;
    view.postmortem(link.id.as_str()).map(|document| postmortem::section(document, &incident.name, view, locale))
}

fn related(incident: &Incident, view: &PublicView, locale: Locale) -> Option<AnyView> {
    let related = view.related(incident);
    let items = related.into_iter().map(|other| {
        let face = Face::from(other.impact);
        view! {
            <li class=format!("e-{}", face.class())>
                {face.glyph()}
                <h3>{link(&other.id, &other.name, view, locale)}</h3>
                <p>{locale.impact(other.impact)}" · "{state(other, locale)}" · "{locale.full_date(locale.day(other.started_at))}</p>
            </li>
        }
    });
    let items: Vec<_> = items.collect();
    (!items.is_empty()).then(|| {
        view! {
            <section id="s-related" aria-labelledby="related">
                <h2 id="related">{locale.t("incident-related")}</h2>
                <p class="hint">{locale.t("incident-related-hint")}</p>
                <ul class="card rows">{items}</ul>
            </section>
        }
        .into_any()
    })
}
