//! A post-mortem: the promise of one, or the document.

use leptos::prelude::*;

use super::incident_card::href;
use super::measure::plain;
use super::time::Zone;
use crate::view::{PostmortemView, PublicView};
use crate::words::{ActionItem, ActionState, Incident, PostmortemLink};

/// The line under an incident: a link to the document, or the promise.
#[must_use]
pub fn line(incident: &Incident, view: &PublicView, zone: Zone) -> Option<AnyView> {
    let link = incident.postmortem.as_ref()?;
    if link.status.is_public() {
        let href = format!("{}#postmortem", href(&incident.id));
        return Some(view! { <p class="pm"><a href=href>"Post-mortem"</a></p> }.into_any());
    }
    promise(link, view, zone)
}

/// The promise in words; overdue where its day has passed.
#[must_use]
pub fn promise(link: &PostmortemLink, view: &PublicView, zone: Zone) -> Option<AnyView> {
    if link.status.is_public() {
        return None;
    }
    let Some(due) = link.due_at else { return Some(view! { <p class="pm">"A post-mortem will follow."</p> }.into_any()) };
    let day = zone.date(zone.day(due));
    if due <= view.as_of {
        return Some(view! { <p class="pm overdue">"Post-mortem promised by "{day}", overdue."</p> }.into_any());
    }
    Some(view! { <p class="pm">"Post-mortem promised by "{day}</p> }.into_any())
}

/// The document as a section of an incident's page; its own title only where it says more than the incident's.
#[must_use]
pub fn section(document: &PostmortemView, incident: &str, zone: Zone) -> AnyView {
    let postmortem = &document.postmortem;
    let title = (postmortem.title != incident).then(|| view! { <p class="pmt">{plain(&postmortem.title)}</p> });
    let published = postmortem.published_at.map(|at| view! { <p class="soft">"Published "{zone.moment(at)}</p> });
    let body = (!document.body_html.is_empty()).then(|| view! { <div class="md" inner_html=document.body_html.clone()></div> });
    let sections = document.sections_html.iter().map(|(anchor, heading, html)| {
        view! { <h3 id=format!("pm-{anchor}")>{heading.clone()}</h3><div class="md" inner_html=html.clone()></div> }
    });
    view! {
        <section id="postmortem" class="card pmd" aria-labelledby="pm-title">
            <h2 id="pm-title">"Post-mortem"</h2>
            {title}
            {published}
            {body}
            {sections.collect::<Vec<_>>()}
            {items(&postmortem.action_items, zone)}
        </section>
    }
    .into_any()
}

fn items(items: &[ActionItem], zone: Zone) -> Option<AnyView> {
    if items.is_empty() {
        return None;
    }
    let rows = items.iter().map(|item| {
        let due = item.due_on.map(|day| {
            let word = match item.state {
                ActionState::Done => ", ",
                ActionState::Planned | ActionState::Underway | ActionState::Dropped => ", due ",
            };
            view! { {word}{zone.date(day)} }
        });
        let title = plain(&item.title);
        // Only addresses of the web: nothing else is a place to read more.
        let link = item.link.clone().filter(|link| link.starts_with("https://") || link.starts_with("http://"));
        let title = match link {
            Some(link) => view! { <a href=link rel="noopener noreferrer nofollow">{title}</a> }.into_any(),
            None => title.into_any(),
        };
        let explanation = item.explanation.as_deref().map(|text| view! { <p>{plain(text)}</p> });
        view! {
            <li class=format!("s-{}", item.state.as_str())>
                <p><strong>{title}</strong>" "<span class="soft">{item.state.label()}{due}</span></p>
                {explanation}
            </li>
        }
    });
    Some(view! { <h3 id="pm-follow-ups">"Follow-ups"</h3><ul class="acts">{rows.collect::<Vec<_>>()}</ul> }.into_any())
}
