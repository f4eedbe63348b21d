//! A post-mortem: the promise of one, its summary on the page of what it covers, and the document.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::action_item::{self, progress};
use super::foreign;
use super::incident_card::{self, title};
use super::locale::Locale;
use super::measure::{plain, plain_or};
use crate::view::{PostmortemView, PublicView};
use crate::words::{Id, Incident, Maintenance, Postmortem, PostmortemLink, PostmortemStatus};

/// Address of a post-mortem's page.
#[must_use]
pub fn href(id: &Id) -> String {
    format!("/post-mortems/{id}")
}

/// The title of a document, never empty.
#[must_use]
pub fn title_of(postmortem: &Postmortem, locale: Locale) -> String {
    plain_or(&postmortem.title, &locale.t("postmortem"))
}

/// A link to a document by its title.
#[must_use]
pub fn link(postmortem: &Postmortem, view: &PublicView, locale: Locale) -> AnyView {
    let (lang, dir) = (foreign::lang(view, &postmortem.id), foreign::dir(view, &postmortem.id));
    view! { <a href=locale.href(&href(&postmortem.id)) lang=lang dir=dir>{title_of(postmortem, locale)}</a> }.into_any()
}

/// The line under an incident: a link to the document, or the promise.
#[must_use]
pub fn line(incident: &Incident, view: &PublicView, locale: Locale) -> Option<AnyView> {
    let link = incident.postmortem.as_ref()?;
    if link.status.is_public() {
        return Some(view! { <p class="pm"><a href=locale.href(&href(&link.id))>{locale.t("postmortem")}</a></p> }.into_any());
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
        return Some(view! { <p class="pm">{locale.with("postmortem-waived", [("because", plain(because).into())])}</p> }.into_any());
    }
    let Some(due) = due else { return Some(view! { <p class="pm">{locale.t("postmortem-will-follow")}</p> }.into_any()) };
    let said = |key| locale.filled(key, [("day", locale.date(locale.day(due)))]);
    if due <= view.as_of {
        return Some(view! { <p class="pm overdue">{said("postmortem-overdue")}</p> }.into_any());
    }
    Some(view! { <p class="pm">{said("postmortem-promised")}</p> }.into_any())
}

/// What the page of planned work says of its post-mortem: its summary, the promise of it, or why there will be none.
#[must_use]
pub fn of_maintenance(maintenance: &Maintenance, view: &PublicView, locale: Locale) -> Option<AnyView> {
    let covers = |p: &&std::sync::Arc<PostmortemView>| p.postmortem.maintenance_id.as_ref() == Some(&maintenance.id);
    if let Some(document) = view.documents().find(covers) {
        return Some(section(document, &maintenance.name, view, locale));
    }
    let promised = &view.postmortems.iter().find(covers)?.postmortem;
    owed(promised.due_at, promised.waived_because.as_deref(), view, locale)
}

/// The document in short, as a section of the page of what it covers; its own title only where it says more than that page's.
#[must_use]
pub fn section(document: &PostmortemView, covered: &str, view: &PublicView, locale: Locale) -> AnyView {
    let postmortem = &document.postmortem;
    let (lang, dir) = (foreign::lang(view, &postmortem.id), foreign::dir(view, &postmortem.id));
    let title = title_of(postmortem, locale);
    let title = (postmortem.title != covered).then(|| view! { <p class="pmt" lang=lang.clone() dir=dir>{title}</p> });
    let whole = document.sections_html.len() < 2 && postmortem.action_items.is_empty();
    let read = locale.t(if whole { "postmortem-open" } else { "postmortem-read" });
    let done = progress(&postmortem.action_items, locale).map(|progress| view! { <span class="soft">{progress}</span> });
    view! {
        <section id="postmortem" class="card pmd" aria-labelledby="pm-title">
            <h2 id="pm-title">{locale.t("postmortem")}</h2>
            {title}
            <p class="soft">{standing(postmortem, locale)}{foreign::mark(view, &postmortem.id)}</p>
            <div class="md" lang=lang dir=dir inner_html=document.summary_html().to_owned()></div>
            <p class="more"><a href=locale.href(&href(&postmortem.id))>{read}</a>{done}</p>
        </section>
    }
    .into_any()
}

/// When it was published and last revised, and whether more is to come.
#[must_use]
pub fn standing(postmortem: &Postmortem, locale: Locale) -> AnyView {
    let said = |key, at| view! { <span>{locale.filled(key, [("day", locale.date(locale.day(at)))])}</span> };
    let published = postmortem.published_at.map(|at| said("postmortem-published", at));
    let revised = (postmortem.status == PostmortemStatus::Revised).then(|| {
        let at = postmortem.revisions.last().map_or(postmortem.updated_at, |revision| revision.replaced_at);
        said("postmortem-revised", at)
    });
    let provisional = postmortem.provisional.then(|| view! { <span class="provisional">{locale.t("postmortem-provisional")}</span> });
    view! { <span class="standing">{published}{revised}{provisional}</span> }.into_any()
}

/// The document itself: where its parts are, the facts, every section, and what follows from it.
#[must_use]
pub fn document(document: &PostmortemView, view: &PublicView, locale: Locale) -> AnyView {
    let postmortem = &document.postmortem;
    let mut facts = facts(postmortem, view, locale);
    let mut parts: Vec<(String, String)> = Vec::new();
    let mut sections: Vec<AnyView> = Vec::new();
    let (lang, dir) = (foreign::lang(view, &postmortem.id), foreign::dir(view, &postmortem.id));
    let heading = |anchor: &str| locale.t(&format!("section-{anchor}"));
    for (anchor, _, html) in &document.sections_html {
        parts.push((anchor.clone(), heading(anchor)));
        let facts = (anchor == "impact").then(|| facts.take()).flatten();
        let prose = view! { {facts}<div class="md" lang=lang.clone() dir=dir inner_html=html.clone()></div> };
        sections.push(part(anchor, heading(anchor), prose.into_any()));
    }
    // Facts without prose stand where the prose would: behind the summary.
    if let Some(facts) = facts {
        let at = usize::from(parts.first().is_some_and(|(anchor, _)| anchor == "summary"));
        parts.insert(at, ("impact".to_owned(), heading("impact")));
        sections.insert(at, part("impact", heading("impact"), facts));
    }
    let items: Vec<_> = postmortem.action_items.iter().map(|item| action_item::item(item, view, locale, None)).collect();
    if !items.is_empty() {
        parts.push(("follow-ups".to_owned(), heading("follow-ups")));
        let all = locale.href("/follow-ups");
        let progress = progress(&postmortem.action_items, locale)
            .map(|progress| view! { <p class="hint">{progress}" "<a href=all>{locale.t("follow-ups-all")}</a></p> });
        sections.push(part("follow-ups", heading("follow-ups"), view! { {progress}<ul class="acts">{items}</ul> }.into_any()));
    }
    let free = (!document.body_html.is_empty())
        .then(|| view! { <div class="md free" lang=lang dir=dir inner_html=document.body_html.clone()></div> });
    view! { {contents(&parts, locale)}{free}{sections} }.into_any()
}

fn part(anchor: &str, heading: String, content: AnyView) -> AnyView {
    let title = format!("{anchor}-title");
    view! { <section id=anchor.to_owned() aria-labelledby=title.clone()><h2 id=title.clone()>{heading}</h2>{content}</section> }.into_any()
}

/// Where to find what in it; nothing to find in a short one.
fn contents(parts: &[(String, String)], locale: Locale) -> Option<AnyView> {
    let links = parts.iter().map(|(anchor, heading)| view! { <li><a href=format!("#{anchor}")>{heading.clone()}</a></li> });
    (parts.len() > 2).then(|| {
        view! { <nav class="toc" aria-label=locale.t("postmortem-contents")><ul>{links.collect::<Vec<_>>()}</ul></nav> }.into_any()
    })
}

/// The facts of the impact as a table; `None` where none is known.
fn facts(postmortem: &Postmortem, view: &PublicView, locale: Locale) -> Option<AnyView> {
    let facts = &postmortem.facts;
    let mut rows: Vec<(&'static str, AnyView)> = Vec::new();
    if let Some(at) = facts.from {
        rows.push(("from", locale.moment(at)));
    }
    if let Some(at) = facts.until {
        rows.push(("to", locale.moment(at)));
    }
    if let Some(text) = lasted(postmortem, view, locale) {
        rows.push(("duration", text.into_any()));
    }
    let named = facts.components.iter().filter_map(|id| view.component(id.as_str()));
    let named: Vec<_> = named
        .map(
            |c| view! { <li><a href=locale.href(&format!("/components/{}", c.component.id))>{plain_or(&c.component.name, &locale.t("component-unnamed"))}</a></li> },
        )
        .collect();
    if !named.is_empty() {
        rows.push(("components", view! { <ul class="nl">{named}</ul> }.into_any()));
    }
    let (lang, dir) = (foreign::lang(view, &postmortem.id), foreign::dir(view, &postmortem.id));
    let words_of = |text: String| match &lang {
        Some(lang) => view! { <span lang=lang.clone() dir=dir>{text}</span> }.into_any(),
        None => text.into_any(),
    };
    let words = |text: &Option<String>| text.as_deref().map(plain).filter(|text| !text.is_empty());
    if let Some(text) = words(&facts.share_affected) {
        rows.push(("affected", words_of(text)));
    }
    if let Some(loss) = facts.data_loss {
        rows.push(("data-loss", locale.t(&format!("data-loss-{loss}")).into_any()));
    }
    if let Some(text) = words(&facts.workaround) {
        rows.push(("workaround", words_of(text)));
    }
    let label = |fact| locale.t(&format!("fact-{fact}"));
    let cells = rows.into_iter().map(|(fact, value)| view! { <tr><th scope="row">{label(fact)}</th><td>{value}</td></tr> });
    let cells: Vec<_> = cells.collect();
    (!cells.is_empty()).then(|| view! { <table class="if"><tbody>{cells}</tbody></table> }.into_any())
}

/// How long it lasted. Between several incidents there was time without any, which does not count.
fn lasted(postmortem: &Postmortem, view: &PublicView, locale: Locale) -> Option<String> {
    let (from, until) = postmortem.facts.from.zip(postmortem.facts.until)?;
    let covered: Vec<i64> = postmortem
        .incident_ids
        .iter()
        .filter_map(|id| view.incident(id.as_str()))
        .filter_map(|incident| incident.resolved_at.map(|end| (end - incident.started_at).num_seconds()))
        .collect();
    if covered.len() > 1 && covered.len() == postmortem.incident_ids.len() {
        let all = locale.duration(covered.iter().sum());
        return Some(locale.with("postmortem-in-incidents", [("duration", all.into()), ("n", covered.len().into())]));
    }
    Some(locale.duration((until - from).num_seconds()))
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
            let (lang, dir) = (foreign::lang(view, id), foreign::dir(view, id));
            view! { <li><a href=locale.href(&incident_card::href(id)) lang=lang dir=dir>{title(name, locale)}</a>" "{date}</li> }.into_any()
        })
        .collect()
}
