//! `/unsubscribe/{token}`: leave. Opening the link changes nothing: programs open links too.

use leptos::prelude::*;

use super::Body;
use crate::parts::chrome::name_of;
use crate::parts::form::{self, Weight};
use crate::parts::locale::Locale;
use crate::view::PublicView;

/// The button. Where several people read the address (`shared`), it is mailed first.
#[must_use]
pub fn ask(view: &PublicView, token: &str, shared: bool) -> Body {
    let locale = Locale::of(view);
    let lede = if shared { locale.t("leave-shared") } else { locale.with("unsubscribe-lede", [("name", name_of(view).into())]) };
    super::visit(
        view,
        &locale.t("unsubscribe-button"),
        view! {
            <p class="lede">{lede}</p>
            <form method="post" action=locale.href(&format!("/unsubscribe/{token}"))>{form::button(Weight::Primary, &locale.t("unsubscribe-button"))}</form>
        }
        .into_any(),
    )
}

/// It is done, now or before.
#[must_use]
pub fn done(view: &PublicView) -> Body {
    let locale = Locale::of(view);
    super::visit(
        view,
        &locale.t("unsubscribe-done"),
        view! {
            <p class="lede">{locale.with("unsubscribe-done-lede", [("name", name_of(view).into())])}</p>
            <p><a href=locale.href("/subscribe")>{locale.t("unsubscribe-again")}</a></p>
        }
        .into_any(),
    )
}
