//! What readers choose for themselves: light or dark, and the zone that times are shown in. Both live in the browser; without scripts the
//! system's theme holds, and every time stands in the page's zone and in UTC.

use leptos::prelude::*;

/// Makes the menus of the page work: labels with `data-choice` (`theme`, `zone`), hidden until now.
#[island]
pub fn Choices() -> impl IntoView {
    #[cfg(target_arch = "wasm32")]
    {
        super::menus::start();
        // The one island that stands on every page, so also on the form that asks for mails.
        super::own_time::say_zone();
    }
    // An island has to be something: of nothing, only an empty comment would stand in the document, and those are left out.
    view! { <i hidden=true></i> }
}
