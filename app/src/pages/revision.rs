//! `/post-mortems/{id}/revisions/{number}`: what a post-mortem said before it was revised.

use leptos::prelude::*;

use super::Body;
use crate::parts::chrome::still_crumb;
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
    let title = title_of(&shown.postmortem);
    let address = href(&newest.postmortem.id);
    let main = view! {
        {still_crumb(view)}
        <article class="one doc">
            <p class="tag"><span class="cs">"Post-mortem"</span><span class="state">"Superseded"</span></p>
            <h1>{title.clone()}</h1>
            <p class="note">"This is what the post-mortem said until "{locale.moment(replaced_at)}". It has been revised since. "<a href=address.clone()>"Read what it says now"</a></p>
            {document(&shown, view, locale)}
        </article>
    }
    .into_any();
    Some(Body {
        description: format!("An earlier version of a post-mortem: {title}"),
        title: format!("Superseded: {title}"),
        path: address,
        index: false,
        main,
    })
}
