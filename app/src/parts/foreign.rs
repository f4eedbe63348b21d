//! What people wrote in another language than the page around it: programs are told which it is, readers see a small mark.

use leptos::prelude::*;

use super::locale::Locale;
use crate::language;
use crate::view::PublicView;
use crate::words::Id;

/// The `lang` of an element with what people wrote of this, where it is not the page's around it.
#[must_use]
pub fn lang(view: &PublicView, id: &Id) -> Option<String> {
    view.is_foreign(id).then(|| view.page.language.clone())
}

/// The `dir` of that element: its own words say which.
#[must_use]
pub fn dir(view: &PublicView, id: &Id) -> Option<&'static str> {
    view.is_foreign(id).then_some("auto")
}

/// The mark beside a text that is not in the language of the page around it.
#[must_use]
pub fn mark(view: &PublicView, id: &Id) -> Option<AnyView> {
    let locale = Locale::of(view);
    let said = || locale.with("foreign-mark", [("language", language::of(&view.page.language).name_in(locale.language()).into())]);
    view.is_foreign(id).then(|| view! { <span class="in">{said()}</span> }.into_any())
}
