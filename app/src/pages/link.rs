//! What a link leads to that is none of ours, or holds no more. It tells nobody which addresses are subscribed.

use leptos::prelude::*;

use super::Body;
use crate::parts::locale::Locale;
use crate::view::PublicView;

/// The page.
#[must_use]
pub fn unknown(view: &PublicView) -> Body {
    let locale = Locale::of(view);
    super::visit(
        view,
        &locale.t("link-title"),
        view! {
            <p class="lede">{locale.t("link-lede")}</p>
            <p><a href=locale.href("/subscribe")>{locale.t("updates")}</a></p>
        }
        .into_any(),
    )
}
