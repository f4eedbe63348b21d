//! A long text keeps itself: what is written into a form is saved a moment later, and the page says when, or why not.

use leptos::prelude::*;

/// The words beside the form's button. The form around it is the one with `data-autosave`, the address that takes its fields. Without
/// scripts there are no words, and the button saves.
#[island]
pub fn Autosave() -> impl IntoView {
    let words = RwSignal::new(String::new());
    #[cfg(target_arch = "wasm32")]
    super::saving::start(words);
    view! { <p class="autosave" role="status" aria-live="polite">{move || words.get()}</p> }
}
