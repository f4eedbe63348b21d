//! What a link leads to that is none of ours, or holds no more. It tells nobody which addresses are subscribed.

use leptos::prelude::*;

use super::Body;
use crate::view::PublicView;

/// The page.
#[must_use]
pub fn unknown(view: &PublicView) -> Body {
    super::visit(
        view,
        "This link does not hold",
        view! {
            <p class="lede">"It may be cut off, or of a subscription that has ended or was begun anew. Use the link in the newest mail."</p>
            <p><a href="/subscribe">"Get updates"</a></p>
        }
        .into_any(),
    )
}
