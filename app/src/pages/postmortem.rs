//! `/post-mortems/{id}`: what happened, why, and what follows from it.

use leptos::prelude::*;

use super::Body;
use crate::markdown::to_excerpt;
use crate::parts::chrome::still_crumb;
use crate::parts::foreign;
use crate::parts::locale::Locale;
use crate::parts::measure::plain_or;
use crate::parts::postmortem::{covered, document, href, standing, title_of};
use crate::parts::reports::{self, Said};
use crate::view::{PostmortemView, PublicView};
use crate::words::{Postmortem, PostmortemStatus};

/// Characters of the description that search engines and chat programs show.
const DESCRIPTION: usize = 200;

/// The page. It has a form, so it does not refresh itself.
#[must_use]
pub fn page(view: &PublicView, shown: &PostmortemView) -> Body {
    let locale = Locale::of(view);
    let postmortem = &shown.postmortem;
    let title = title_of(postmortem, locale);
    let main = view! {
        {still_crumb(view)}
        {article(view, shown, Some(reports::feedback(&postmortem.id, &Said::default(), locale)))}
        <p class="more"><a href=locale.href("/post-mortems")>{locale.t("postmortems-all")}</a></p>
    }
    .into_any();
    Body { description: description(postmortem, &title), title, path: href(&postmortem.id), index: true, main }
}

/// The document as readers see it, and what stands below it.
#[must_use]
pub fn article(view: &PublicView, shown: &PostmortemView, below: Option<AnyView>) -> AnyView {
    let (lang, dir) = (foreign::lang(view, &shown.postmortem.id), foreign::dir(view, &shown.postmortem.id));
    let heading = view! { <h1 lang=lang dir=dir>{title_of(&shown.postmortem, Locale::of(view))}</h1> };
    under(heading.into_any(), view, shown, below)
}

/// The same within a page that has a heading of its own.
#[must_use]
pub fn within(view: &PublicView, shown: &PostmortemView) -> AnyView {
    let (lang, dir) = (foreign::lang(view, &shown.postmortem.id), foreign::dir(view, &shown.postmortem.id));
    let heading = view! { <h2 lang=lang dir=dir>{title_of(&shown.postmortem, Locale::of(view))}</h2> };
    under(heading.into_any(), view, shown, None)
}

fn under(heading: AnyView, view: &PublicView, shown: &PostmortemView, below: Option<AnyView>) -> AnyView {
    let locale = Locale::of(view);
    let postmortem = &shown.postmortem;
    let provisional = postmortem.provisional.then(|| view! { <p class="note">{locale.t("postmortem-so-far")}</p> });
    view! {
        <article class="one doc">
            <p class="tag"><span class="cs">{locale.t("postmortem")}</span>{standing(postmortem, locale)}{foreign::mark(view, &postmortem.id)}</p>
            {heading}
            {covers(postmortem, view, locale)}
            {provisional}
            {document(shown, view, locale)}
            {revisions(postmortem, locale)}
            {below}
        </article>
    }
    .into_any()
}

fn description(postmortem: &Postmortem, title: &str) -> String {
    plain_or(&to_excerpt(postmortem.sections.summary.as_deref().unwrap_or(&postmortem.body), DESCRIPTION), title)
}

fn covers(postmortem: &Postmortem, view: &PublicView, locale: Locale) -> Option<AnyView> {
    let covered = covered(postmortem, view, locale);
    (!covered.is_empty()).then(|| {
        view! { <div class="covers"><p class="soft" id="covers">{locale.t("postmortem-about")}</p><ul aria-labelledby="covers">{covered}</ul></div> }.into_any()
    })
}

/// What it said before: nothing that was public is taken away.
fn revisions(postmortem: &Postmortem, locale: Locale) -> Option<AnyView> {
    if postmortem.revisions.is_empty() || postmortem.status != PostmortemStatus::Revised {
        return None;
    }
    let times = locale.with("postmortem-revised-times", [("n", postmortem.revisions.len().into())]);
    let links = postmortem.revisions.iter().rev().map(|revision| {
        let address = locale.href(&format!("{}/revisions/{}", href(&postmortem.id), revision.number));
        view! { <li><a href=address>{locale.filled("postmortem-until", [("time", locale.moment(revision.replaced_at))])}</a></li> }
    });
    Some(
        view! {
            <section id="revisions" aria-labelledby="revisions-title">
                <h2 id="revisions-title">{times}</h2>
                <ul class="moves">{links.collect::<Vec<_>>()}</ul>
            </section>
        }
        .into_any(),
    )
}
