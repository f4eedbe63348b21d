//! `/unsubscribe/{token}`: leave. Opening the link changes nothing: programs open links too.

use leptos::prelude::*;

use super::Body;
use crate::parts::chrome::name_of;
use crate::parts::form::{self, Weight};
use crate::view::PublicView;

/// The button.
#[must_use]
pub fn ask(view: &PublicView, token: &str) -> Body {
    super::visit(
        view,
        "Unsubscribe",
        view! {
            <p class="lede">"One press, and you get no more mails about "{name_of(view)}"."</p>
            <form method="post" action=format!("/unsubscribe/{token}")>{form::button(Weight::Primary, "Unsubscribe")}</form>
        }
        .into_any(),
    )
}

/// It is done, now or before.
#[must_use]
pub fn done(view: &PublicView) -> Body {
    super::visit(
        view,
        "You are unsubscribed",
        view! {
            <p class="lede">"You get no more mails about "{name_of(view)}"."</p>
            <p><a href="/subscribe">"Subscribe again"</a></p>
        }
        .into_any(),
    )
}
