//! The page for an address that leads nowhere: it still says how the platform is.

use leptos::prelude::*;

use super::Body;
use crate::parts::chrome::crumb;
use crate::parts::locale::Locale;
use crate::view::PublicView;

/// The page.
#[must_use]
pub fn page(view: &PublicView) -> Body {
    let locale = Locale::of(view);
    let main = view! {
        {crumb(view, locale)}
        <div class="lost">
            <h1>{locale.t("lost")}</h1>
            <p>{locale.t("lost-lede")}</p>
            <ul class="ways">
                <li><a href=locale.href("/")>{locale.t("current-status")}</a></li>
                <li><a href=locale.href("/history")>{locale.t("lost-history")}</a></li>
            </ul>
        </div>
    }
    .into_any();
    Body { title: locale.t("lost-title"), description: locale.t("lost"), path: "/".to_owned(), index: false, main }
}
