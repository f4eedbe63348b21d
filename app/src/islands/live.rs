//! The page keeps itself true: it shows the reader's own time, and takes in a new revision without losing the reader's place.

use leptos::prelude::*;

/// Stands for the time in the words on the reader's own.
pub const TIME: &str = "#";

/// The id of the words beside "As of …". They promise nothing until a script runs, and keep their place unseen till then, so that nothing
/// moves when they are shown. `data-lost` says what stands there when the server does not answer, `data-own` a time of the reader's clock,
/// `data-to` what stands between two.
pub const WORDS: &str = "live";

/// Begins when the page has loaded. What it works on, and all words, stand in the document: an island that were given them would bring a
/// reader of its properties with it, a tenth of all that is loaded.
#[island]
pub fn Live() -> impl IntoView {
    #[cfg(target_arch = "wasm32")]
    super::poll::start();
    // An island has to be something: of nothing, only an empty comment would stand in the document, and those are left out.
    view! { <i hidden=true></i> }
}
