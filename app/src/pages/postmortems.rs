//! `/post-mortems`: every post-mortem, and those that are owed.

use std::sync::Arc;

use leptos::prelude::*;

use super::Body;
use crate::markdown::to_excerpt;
use crate::parts::action_item::progress;
use crate::parts::chrome::{crumb, name_of};
use crate::parts::foreign;
use crate::parts::locale::Locale;
use crate::parts::postmortem::{covered, link, standing};
use crate::view::{PostmortemView, PublicView};
use crate::words::Postmortem;

/// Characters of a summary in the list.
const EXCERPT: usize = 300;
/// As many stand here with their summaries; older ones are rows.
const FULL: usize = 20;

/// The page.
#[must_use]
pub fn page(view: &PublicView) -> Body {
    let locale = Locale::of(view);
    let main = view! {
        {crumb(view, locale)}
        <div class="one">
            <h1>{locale.t("postmortems")}</h1>
            <p class="lede">{locale.t("postmortems-lede")}</p>
            {promised(view, locale)}
            {documents(view, locale)}
            <p class="more"><a href=locale.href("/follow-ups")>{locale.t("follow-ups-all")}</a><a href="/post-mortems.atom">{locale.t("postmortems-feed")}</a></p>
        </div>
    }
    .into_any();
    Body {
        title: locale.t("postmortems"),
        description: locale.with("postmortems-description", [("name", name_of(view).into())]),
        path: "/post-mortems".to_owned(),
        index: true,
        main,
    }
}

/// Those with a date, the soonest first. What is not planned is said where it would be looked for: with the incident.
fn promised(view: &PublicView, locale: Locale) -> Option<AnyView> {
    let mut owed: Vec<&Postmortem> = view.postmortems.iter().map(|p| &p.postmortem).filter(|p| !p.status.is_public()).collect();
    owed.retain(|p| p.due_at.is_some() && p.waived_because.is_none());
    owed.sort_by_key(|p| p.due_at);
    let rows: Vec<_> = owed
        .into_iter()
        .filter_map(|postmortem| {
            let due = postmortem.due_at?;
            let said = |key| locale.filled(key, [("day", locale.date(locale.day(due)))]);
            let when = if due <= view.as_of {
                view! { <p class="overdue">{said("postmortems-overdue")}</p> }.into_any()
            } else {
                view! { <p class="soft">{said("postmortems-promised")}</p> }.into_any()
            };
            Some(view! { <li><ul class="about">{covered(postmortem, view, locale)}</ul>{when}</li> })
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! { <section id="s-promised" aria-labelledby="promised"><h2 id="promised">{locale.t("postmortems-owed")}</h2><ul class="owed">{rows}</ul></section> }.into_any()
    })
}

fn documents(view: &PublicView, locale: Locale) -> AnyView {
    let all: Vec<&Arc<PostmortemView>> = view.documents().collect();
    let full: Vec<_> = all.iter().take(FULL).map(|document| shown(document, view, locale)).collect();
    let rows: Vec<_> = all.iter().skip(FULL).map(|document| row(document, view, locale)).collect();
    if full.is_empty() {
        return view! {
            <section id="s-documents"><p class="none big">{locale.t("postmortems-none")}</p></section>
        }
        .into_any();
    }
    let rows = (!rows.is_empty()).then(|| view! { <h3>{locale.t("postmortems-earlier")}</h3><ul class="moves">{rows}</ul> });
    view! {
        <section id="s-documents" aria-labelledby="documents">
            <h2 id="documents">{locale.t("postmortems-published")}</h2>
            {full}
            {rows}
        </section>
    }
    .into_any()
}

fn shown(document: &PostmortemView, view: &PublicView, locale: Locale) -> AnyView {
    let postmortem = &document.postmortem;
    let text = postmortem.sections.summary.as_deref().unwrap_or(&postmortem.body);
    let covered = covered(postmortem, view, locale);
    let covered = (!covered.is_empty()).then(|| view! { <ul class="about" aria-label=locale.t("postmortem-about")>{covered}</ul> });
    let done = progress(&postmortem.action_items, locale).map(|progress| view! { <p class="soft">{progress}</p> });
    let (lang, dir) = (foreign::lang(view, &postmortem.id), foreign::dir(view, &postmortem.id));
    view! {
        <article class="pme">
            <p class="soft">{standing(postmortem, locale)}{foreign::mark(view, &postmortem.id)}</p>
            <h3>{link(postmortem, view, locale)}</h3>
            <p class="ex" lang=lang dir=dir>{to_excerpt(text, EXCERPT)}</p>
            {covered}
            {done}
        </article>
    }
    .into_any()
}

fn row(document: &PostmortemView, view: &PublicView, locale: Locale) -> AnyView {
    let postmortem = &document.postmortem;
    let date = postmortem.published_at.map(|at| view! { <span class="soft">{locale.date(locale.day(at))}</span> });
    view! { <li>{link(postmortem, view, locale)}" "{date}</li> }.into_any()
}
