//! `/confirm/{token}`: say that it was you who asked for mails. Opening the link changes nothing: programs open links too.

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
        "Confirm your subscription",
        view! {
            <p class="lede">"One press, and you hear of "{name_of(view)}" by mail."</p>
            <form method="post" action=format!("/confirm/{token}")>{form::button(Weight::Primary, "Confirm")}</form>
            <p class="hint">"It was not you? Do nothing: without your press there are no mails."</p>
        }
        .into_any(),
    )
}

/// It is done, now or before; `manage` is the way to change it.
#[must_use]
pub fn done(view: &PublicView, manage: &str) -> Body {
    super::visit(
        view,
        "You are subscribed",
        view! {
            <p class="lede">"You hear of "{name_of(view)}" by mail from now on."</p>
            <p><a href=manage.to_owned()>"Choose what you hear of, or leave"</a></p>
        }
        .into_any(),
    )
}

/// The link is too old; another mail can be asked for.
#[must_use]
pub fn lapsed(view: &PublicView, token: &str) -> Body {
    super::visit(
        view,
        "This link is too old",
        view! {
            <p class="lede">"Links to confirm hold for 24 hours. Nothing was changed."</p>
            <form method="post" action=format!("/confirm/{token}")>
                {form::hidden("again", "1")}
                {form::button(Weight::Primary, "Send me a new one")}
            </form>
        }
        .into_any(),
    )
}

/// Another mail is on its way.
#[must_use]
pub fn sent_again(view: &PublicView) -> Body {
    let text = view! { <p class="lede">"A new mail is on its way. Follow the link in it within 24 hours."</p> };
    super::visit(view, "Look into your inbox", text.into_any())
}

/// No other mail is written.
#[must_use]
pub fn not_again(view: &PublicView, sentence: &str) -> Body {
    super::visit(view, "No new mail was written", view! { <p class="lede">{sentence.to_owned()}</p> }.into_any())
}
