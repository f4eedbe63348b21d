//! `/confirm/{token}`: say that it was you who asked for mails. Opening the link changes nothing: programs open links too.

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
        &locale.t("confirm-title"),
        view! {
            <p class="lede">{locale.with("confirm-lede", [("name", name_of(view).into())])}</p>
            <form method="post" action=locale.href(&format!("/confirm/{token}"))>{form::button(Weight::Primary, &locale.t("confirm-button"))}</form>
            <p class="hint">{locale.t("confirm-hint")}</p>
        }
        .into_any(),
    )
}

/// It is done, now or before; `manage` is the way to change it.
#[must_use]
pub fn done(view: &PublicView, manage: &str) -> Body {
    let locale = Locale::of(view);
    super::visit(
        view,
        &locale.t("confirm-done"),
        view! {
            <p class="lede">{locale.with("confirm-done-lede", [("name", name_of(view).into())])}</p>
            <p><a href=locale.href(manage)>{locale.t("confirm-manage")}</a></p>
        }
        .into_any(),
    )
}

/// The link is too old; another mail can be asked for.
#[must_use]
pub fn lapsed(view: &PublicView, token: &str) -> Body {
    let locale = Locale::of(view);
    super::visit(
        view,
        &locale.t("confirm-lapsed"),
        view! {
            <p class="lede">{locale.t("confirm-lapsed-lede")}</p>
            <form method="post" action=locale.href(&format!("/confirm/{token}"))>
                {form::hidden("again", "1")}
                {form::button(Weight::Primary, &locale.t("confirm-again"))}
            </form>
        }
        .into_any(),
    )
}

/// Another mail is on its way.
#[must_use]
pub fn sent_again(view: &PublicView) -> Body {
    let locale = Locale::of(view);
    let text = view! { <p class="lede">{locale.t("confirm-sent")}</p> };
    super::visit(view, &locale.t("inbox"), text.into_any())
}

/// No other mail is written: they confirmed or left meanwhile, or there were enough.
#[must_use]
pub fn not_again(view: &PublicView) -> Body {
    let locale = Locale::of(view);
    super::visit(view, &locale.t("confirm-not-sent"), view! { <p class="lede">{locale.t("confirm-not-sent-lede")}</p> }.into_any())
}
