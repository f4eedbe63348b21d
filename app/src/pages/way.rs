//! `/subscription`: ask for the link to a subscription. The same form stands below the one to subscribe.

use leptos::prelude::*;

use super::Body;
use crate::parts::form::{self, Input, Weight};
use crate::parts::locale::Locale;
use crate::staff::Wrong;
use crate::view::PublicView;

/// Where the form is sent.
pub const HERE: &str = "/subscription";

/// The form.
#[must_use]
pub fn form(locale: Locale, email: &str, wrong: &[Wrong]) -> AnyView {
    let label = locale.t("form-address");
    let address = Input { name: "email", label: &label, value: email, wrong, kind: "email", scope: "way", ..Input::default() };
    view! {
        <form method="post" action=locale.href(HERE)>
            {form::refused(wrong, &locale.t("form-marked"))}
            {form::trap(&locale.t("form-trap"))}
            {form::text(&Input { complete: "email", required: true, ..address })}
            {form::button(Weight::Quiet, &locale.t("way-button"))}
        </form>
    }
    .into_any()
}

/// The form on a page of its own.
#[must_use]
pub fn page(view: &PublicView, email: &str, wrong: &[Wrong]) -> Body {
    let locale = Locale::of(view);
    let content = if view.page.mail {
        view! { <p class="lede">{locale.t("way-lede")}</p>{form(locale, email, wrong)} }.into_any()
    } else {
        view! { <p class="lede">{locale.t("subscribe-no-mail")}</p> }.into_any()
    };
    super::visit(
        view,
        &locale.t("way-title"),
        view! { {content}<p><a href=locale.href("/subscribe")>{locale.t("updates")}</a></p> }.into_any(),
    )
}

/// The one answer to everybody who asked, whether the address is subscribed or not (reliability E16).
#[must_use]
pub fn asked(view: &PublicView, email: &str) -> Body {
    let locale = Locale::of(view);
    super::visit(
        view,
        &locale.t("inbox"),
        view! {
            <p class="lede">{locale.with("way-asked", [("address", email.into())])}</p>
            <p>{locale.t("way-asked-hint")}</p>
        }
        .into_any(),
    )
}
