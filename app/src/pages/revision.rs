//! `/post-mortems/{id}/revisions/{number}`: what a post-mortem said before it was revised.

use leptos::prelude::*;

use super::Body;
use crate::parts::chrome::still_crumb;
use crate::parts::foreign;
use crate::parts::locale::Locale;
use crate::parts::postmortem::{document, href, title_of};
use crate::view::{PostmortemView, PublicView};

/// The page; `None` where there was no revision of that number. Action items live on and have one state: they stand with the newest
/// version only.
#[must_use]
pub fn page(view: &PublicView, newest: &PostmortemView, number: i64) -> Option<Body> {
    let locale = Locale::of(view);
    let replaced_at = newest.postmortem.revisions.iter().find(|revision| revision.number == number)?.replaced_at;
    let shown = newest.before(number)?;
    let title = title_of(&shown.postmortem, locale);
    let (lang, dir) = (foreign::lang(view, &newest.postmortem.id), foreign::dir(view, &newest.postmortem.id));
    let address = href(&newest.postmortem.id);
    let main = view! {
        {still_crumb(view)}
        <article class="one doc">
            <p class="tag"><span class="cs">{locale.t("postmortem")}</span><span class="state">{locale.t("revision-superseded")}</span></p>
            <h1 lang=lang dir=dir>{title.clone()}</h1>
            <p class="note">{locale.filled("revision-until", [("time", locale.moment(replaced_at))])}" "<a href=locale.href(&address)>{locale.t("revision-now")}</a></p>
            {document(&shown, view, locale)}
        </article>
    }
    .into_any();
    Some(Body {
        description: locale.with("revision-description", [("title", title.clone().into())]),
        title: locale.with("revision-title", [("title", title.into())]),
        path: address,
        index: false,
        main,
    })
}
