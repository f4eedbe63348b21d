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
            <h1>"There is nothing at this address"</h1>
            <p>"What once was published keeps its address, so the link may be mistyped."</p>
            <ul class="ways">
                <li><a href="/">"Current status"</a></li>
                <li><a href="/history">"Everything that happened"</a></li>
            </ul>
        </div>
    }
    .into_any();
    Body {
        title: "Not found".to_owned(),
        description: "There is nothing at this address.".to_owned(),
        path: "/".to_owned(),
        index: false,
        main,
    }
}
