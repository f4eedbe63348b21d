//! `/post-mortems`: every post-mortem, and those that are owed.

use std::sync::Arc;

use leptos::prelude::*;

use super::Body;
use crate::markdown::to_excerpt;
use crate::parts::action_item::progress;
use crate::parts::chrome::{crumb, name_of};
use crate::parts::locale::Locale;
use crate::parts::postmortem::{covered, href, standing, title_of};
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
            <h1>"Post-mortems"</h1>
            <p class="lede">"What went wrong, why, and what we do so that it does not happen again."</p>
            {promised(view, locale)}
            {documents(view, locale)}
            <p class="more"><a href="/follow-ups">"Follow-ups of all post-mortems"</a><a href="/post-mortems.atom">"Atom feed"</a></p>
        </div>
    }
    .into_any();
    Body {
        title: "Post-mortems".to_owned(),
        description: format!("Why incidents of {} happened, and what follows from them.", name_of(view)),
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
            let date = locale.date(locale.day(due));
            let when = if due <= view.as_of {
                view! { <p class="overdue">"Promised by "{date}", overdue."</p> }.into_any()
            } else {
                view! { <p class="soft">"Promised by "{date}</p> }.into_any()
            };
            Some(view! { <li><ul class="about">{covered(postmortem, view, locale)}</ul>{when}</li> })
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! { <section id="s-promised" aria-labelledby="promised"><h2 id="promised">"Being written"</h2><ul class="owed">{rows}</ul></section> }.into_any()
    })
}

fn documents(view: &PublicView, locale: Locale) -> AnyView {
    let all: Vec<&Arc<PostmortemView>> = view.documents().collect();
    let full: Vec<_> = all.iter().take(FULL).map(|document| shown(document, view, locale)).collect();
    let rows: Vec<_> = all.iter().skip(FULL).map(|document| row(document, locale)).collect();
    if full.is_empty() {
        return view! {
            <section id="s-documents"><p class="none big">"No post-mortem has been published yet. When one is promised or published, it stands here."</p></section>
        }
        .into_any();
    }
    let rows = (!rows.is_empty()).then(|| view! { <h3>"Earlier"</h3><ul class="moves">{rows}</ul> });
    view! {
        <section id="s-documents" aria-labelledby="documents">
            <h2 id="documents">"Published"</h2>
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
    let covered = (!covered.is_empty()).then(|| view! { <ul class="about" aria-label="About">{covered}</ul> });
    let done = progress(&postmortem.action_items).map(|progress| view! { <p class="soft">{progress}"."</p> });
    view! {
        <article class="pme">
            <p class="soft">{standing(postmortem, locale)}</p>
            <h3><a href=href(&postmortem.id)>{title_of(postmortem)}</a></h3>
            <p class="ex">{to_excerpt(text, EXCERPT)}</p>
            {covered}
            {done}
        </article>
    }
    .into_any()
}

fn row(document: &PostmortemView, locale: Locale) -> AnyView {
    let postmortem = &document.postmortem;
    let date = postmortem.published_at.map(|at| view! { <span class="soft">{locale.date(locale.day(at))}</span> });
    view! { <li><a href=href(&postmortem.id)>{title_of(postmortem)}</a>" "{date}</li> }.into_any()
}
