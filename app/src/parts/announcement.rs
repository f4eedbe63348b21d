//! An announcement: a banner above everything else.

use leptos::prelude::*;

use super::foreign;
use crate::language;
use crate::view::PublicView;
use crate::words::Announcement;

/// The banner, as readers see it; staff see it without a view, in English.
#[must_use]
pub fn banner(announcement: &Announcement, view: Option<&PublicView>) -> AnyView {
    let id = &announcement.id;
    let language = language::of(view.map_or("en", |view| &view.language));
    let (lang, dir) = (view.and_then(|view| foreign::lang(view, id)), view.and_then(|view| foreign::dir(view, id)));
    view! {
        <aside class="ann" id=format!("a-{id}") aria-label=language.t("announcement")>
            <div class="md" lang=lang dir=dir inner_html=announcement.body_html.clone()></div>
            {view.and_then(|view| foreign::mark(view, id))}
        </aside>
    }
    .into_any()
}
