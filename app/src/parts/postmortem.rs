//! A post-mortem: the promise of one, its summary on the page of what it covers, and the document.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::action_item::{self, progress};
use super::incident_card::{self, title};
use super::locale::Locale;
use super::measure::{duration, plain, plain_or};
use crate::view::{PostmortemView, PublicView};
use crate::words::{Id, Incident, Maintenance, Postmortem, PostmortemLink, PostmortemStatus};

/// Address of a post-mortem's page.
#[must_use]
pub fn href(id: &Id) -> String {
    format!("/post-mortems/{id}")
}

/// The title of a document, never empty.
#[must_use]
pub fn title_of(postmortem: &Postmortem) -> String {
    plain_or(&postmortem.title, "Post-mortem")
}

/// The line under an incident: a link to the document, or the promise.
#[must_use]
pub fn line(incident: &Incident, view: &PublicView, locale: Locale) -> Option<AnyView> {
    let link = incident.postmortem.as_ref()?;
    if link.status.is_public() {
        return Some(view! { <p class="pm"><a href=href(&link.id)>"Post-mortem"</a></p> }.into_any());
    }
    promise(link, view, locale)
}

/// The promise in words, overdue where its day has passed; or why there will be none.
#[must_use]
pub fn promise(link: &PostmortemLink, view: &PublicView, locale: Locale) -> Option<AnyView> {
    if link.status.is_public() {
        return None;
    }
    owed(link.due_at, link.waived_because.as_deref(), view, locale)
}

fn owed(due: Option<DateTime<Utc>>, waived: Option<&str>, view: &PublicView, locale: Locale) -> Option<AnyView> {
    if let Some(because) = waived {
        return Some(view! { <p class="pm">{format!("No post-mortem is planned: {}", plain(because))}</p> }.into_any());
    }
    let Some(due) = due else { return Some(view! { <p class="pm">"A post-mortem will follow."</p> }.into_any()) };
    let day = locale.date(locale.day(due));
    if due <= view.as_of {
        return Some(view! { <p class="pm overdue">"Post-mortem promised by "{day}", overdue."</p> }.into_any());
    }
    Some(view! { <p class="pm">"Post-mortem promised by "{day}</p> }.into_any())
}

/// What the page of planned work says of its post-mortem: its summary, the promise of it, or why there will be none.
#[must_use]
pub fn of_maintenance(maintenance: &Maintenance, view: &PublicView, locale: Locale) -> Option<AnyView> {
    let covers = |p: &&std::sync::Arc<PostmortemView>| p.postmortem.maintenance_id.as_ref() == Some(&maintenance.id);
    if let Some(document) = view.documents().find(covers) {
        return Some(section(document, &maintenance.name, locale));
    }
    let promised = &view.postmortems.iter().find(covers)?.postmortem;
    owed(promised.due_at, promised.waived_because.as_deref(), view, locale)
}

/// The document in short, as a section of the page of what it covers; its own title only where it says more than that page's.
#[must_use]
pub fn section(document: &PostmortemView, covered: &str, locale: Locale) -> AnyView {
    let postmortem = &document.postmortem;
    let title = (postmortem.title != covered).then(|| view! { <p class="pmt">{title_of(postmortem)}</p> });
    let whole = document.sections_html.len() < 2 && postmortem.action_items.is_empty();
    let read = if whole { "Open the post-mortem" } else { "Read the whole post-mortem" };
    let done = progress(&postmortem.action_items).map(|progress| view! { <span class="soft">{progress}"."</span> });
    view! {
        <section id="postmortem" class="card pmd" aria-labelledby="pm-title">
            <h2 id="pm-title">"Post-mortem"</h2>
            {title}
            <p class="soft">{standing(postmortem, locale)}</p>
            <div class="md" inner_html=document.summary_html().to_owned()></div>
            <p class="more"><a href=href(&postmortem.id)>{read}</a>{done}</p>
        </section>
    }
    .into_any()
}

/// When it was published and last revised, and whether more is to come.
#[must_use]
pub fn standing(postmortem: &Postmortem, locale: Locale) -> AnyView {
    let published = postmortem.published_at.map(|at| view! { <span>"Published "{locale.date(locale.day(at))}</span> });
    let revised = (postmortem.status == PostmortemStatus::Revised).then(|| {
        let at = postmortem.revisions.last().map_or(postmortem.updated_at, |revision| revision.replaced_at);
        view! { <span>"Revised "{locale.date(locale.day(at))}</span> }
    });
    let provisional = postmortem.provisional.then(|| view! { <span class="provisional">"Provisional"</span> });
    view! { <span class="standing">{published}{revised}{provisional}</span> }.into_any()
}

/// The document itself: where its parts are, the facts, every section, and what follows from it.
#[must_use]
pub fn document(document: &PostmortemView, view: &PublicView, locale: Locale) -> AnyView {
    let postmortem = &document.postmortem;
    let mut facts = facts(postmortem, view, locale);
    let mut parts: Vec<(String, String)> = Vec::new();
    let mut sections: Vec<AnyView> = Vec::new();
    for (anchor, heading, html) in &document.sections_html {
        parts.push((anchor.clone(), heading.clone()));
        let facts = (anchor == "impact").then(|| facts.take()).flatten();
        let prose = view! { {facts}<div class="md" inner_html=html.clone()></div> };
        sections.push(part(anchor, heading, prose.into_any()));
    }
    // Facts without prose stand where the prose would: behind the summary.
    if let Some(facts) = facts {
        let at = usize::from(parts.first().is_some_and(|(anchor, _)| anchor == "summary"));
        parts.insert(at, ("impact".to_owned(), "Impact".to_owned()));
        sections.insert(at, part("impact", "Impact", facts));
    }
    let items: Vec<_> = postmortem.action_items.iter().map(|item| action_item::item(item, view, locale, None)).collect();
    if !items.is_empty() {
        parts.push(("follow-ups".to_owned(), "Follow-ups".to_owned()));
        let progress = progress(&postmortem.action_items)
            .map(|progress| view! { <p class="hint">{progress}". "<a href="/follow-ups">"Follow-ups of all post-mortems"</a></p> });
        sections.push(part("follow-ups", "Follow-ups", view! { {progress}<ul class="acts">{items}</ul> }.into_any()));
    }
    let free = (!document.body_html.is_empty()).then(|| view! { <div class="md free" inner_html=document.body_html.clone()></div> });
    view! { {contents(&parts)}{free}{sections} }.into_any()
}

fn part(anchor: &str, heading: &str, content: AnyView) -> AnyView {
    let title = format!("{anchor}-title");
    view! { <section id=anchor.to_owned() aria-labelledby=title.clone()><h2 id=title.clone()>{heading.to_owned()}</h2>{content}</section> }
        .into_any()
}

/// Where to find what in it; nothing to find in a short one.
fn contents(parts: &[(String, String)]) -> Option<AnyView> {
    let links = parts.iter().map(|(anchor, heading)| view! { <li><a href=format!("#{anchor}")>{heading.clone()}</a></li> });
    (parts.len() > 2).then(|| view! { <nav class="toc" aria-label="Contents"><ul>{links.collect::<Vec<_>>()}</ul></nav> }.into_any())
}

/// The facts of the impact as a table; `None` where none is known.
fn facts(postmortem: &Postmortem, view: &PublicView, locale: Locale) -> Option<AnyView> {
    let facts = &postmortem.facts;
    let mut rows: Vec<(&'static str, AnyView)> = Vec::new();
    if let Some(at) = facts.from {
        rows.push(("From", locale.moment(at)));
    }
    if let Some(at) = facts.until {
        rows.push(("To", locale.moment(at)));
    }
    if let Some(text) = lasted(postmortem, view) {
        rows.push(("Duration", text.into_any()));
    }
    let named = facts.components.iter().filter_map(|id| view.component(id.as_str()));
    let named: Vec<_> = named
        .map(
            |c| view! { <li><a href=format!("/components/{}", c.component.id)>{plain_or(&c.component.name, "Unnamed component")}</a></li> },
        )
        .collect();
    if !named.is_empty() {
        rows.push(("Components", view! { <ul class="nl">{named}</ul> }.into_any()));
    }
    let words = |text: &Option<String>| text.as_deref().map(plain).filter(|text| !text.is_empty());
    if let Some(text) = words(&facts.share_affected) {
        rows.push(("Affected", text.into_any()));
    }
    if let Some(loss) = facts.data_loss {
        rows.push(("Data loss", loss.label().into_any()));
    }
    if let Some(text) = words(&facts.workaround) {
        rows.push(("Workaround", text.into_any()));
    }
    let cells = rows.into_iter().map(|(label, value)| view! { <tr><th scope="row">{label}</th><td>{value}</td></tr> }).collect::<Vec<_>>();
    (!cells.is_empty()).then(|| view! { <table class="if"><tbody>{cells}</tbody></table> }.into_any())
}

/// How long it lasted. Between several incidents there was time without any, which does not count.
fn lasted(postmortem: &Postmortem, view: &PublicView) -> Option<String> {
    let (from, until) = postmortem.facts.from.zip(postmortem.facts.until)?;
    let covered: Vec<i64> = postmortem
        .incident_ids
        .iter()
        .filter_map(|id| view.incident(id.as_str()))
        .filter_map(|incident| incident.resolved_at.map(|end| (end - incident.started_at).num_seconds()))
        .collect();
    if covered.len() > 1 && covered.len() == postmortem.incident_ids.len() {
        return Some(format!("{} in {} incidents", duration(covered.iter().sum()), covered.len()));
    }
    Some(duration((until - from).num_seconds()))
}

/// What it covers, as links: incidents in the order given, then the planned work.
#[must_use]
pub fn covered(postmortem: &Postmortem, view: &PublicView, locale: Locale) -> Vec<AnyView> {
    let incidents = postmortem.incident_ids.iter().filter_map(|id| view.incident(id.as_str()));
    let incidents = incidents.map(|incident| (&incident.id, &incident.name, Some(incident.started_at)));
    let work = postmortem.maintenance_id.as_ref().and_then(|id| view.maintenance(id.as_str()));
    let work = work.map(|m| (&m.id, &m.name, m.started_at.or(m.window.map(|window| window.from))));
    incidents
        .chain(work)
        .map(|(id, name, at)| {
            let date = at.map(|at| view! { <span class="soft">{locale.date(locale.day(at))}</span> });
            view! { <li><a href=incident_card::href(id)>{title(name)}</a>" "{date}</li> }.into_any()
        })
        .collect()
}
