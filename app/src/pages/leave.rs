//! `/leave/{token}`: somebody who reads a shared address confirms that it leaves. Opening the link changes nothing: programs open links
//! too.

use leptos::prelude::*;

use super::Body;
use crate::parts::chrome::name_of;
use crate::parts::form::{self, Weight};
use crate::parts::locale::Locale;
use crate::view::PublicView;

/// The button.
#[must_use]
pub fn ask(view: &PublicView, token: &str) -> Body {
    let locale = Locale::of(view);
    super::visit(
        view,
        &locale.t("leave-title"),
        view! {
            <p class="lede">{locale.with("leave-lede", [("name", name_of(view).into())])}</p>
            <form method="post" action=locale.href(&format!("/leave/{token}"))>{form::button(Weight::Danger, &locale.t("leave-button"))}</form>
            <p class="hint">{locale.t("leave-hint")}</p>
        }
        .into_any(),
    )
}

/// The link is too old.
#[must_use]
pub fn lapsed(view: &PublicView) -> Body {
    let locale = Locale::of(view);
    super::visit(view, &locale.t("confirm-lapsed"), view! { <p class="lede">{locale.t("leave-lapsed")}</p> }.into_any())
}

/// Somebody asked that a shared address leave: it is mailed first.
#[must_use]
pub fn asked(view: &PublicView) -> Body {
    let locale = Locale::of(view);
    super::visit(
        view,
        &locale.t("leave-asked-title"),
        view! {
            <p class="lede">{locale.t("leave-asked")}</p>
            <p>{locale.t("leave-asked-hint")}</p>
        }
        .into_any(),
    )
}
