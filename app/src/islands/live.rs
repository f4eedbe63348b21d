//! The page keeps itself true: it shows the reader's own time, and takes in a new revision without losing the reader's place.

#![expect(missing_docs, reason = "the macro makes a type of the properties, which cannot carry docs")]

use leptos::prelude::*;

/// How the page stands to the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contact {
    /// No script runs, or none yet: nothing is promised.
    None,
    /// Asked and answered.
    Kept,
    /// Asked in vain, more than once.
    Lost,
}

/// Stands for the time in the words on the reader's own.
pub const TIME: &str = "#";

/// The words beside "As of …": `kept` while the server answers, `lost` when it does not. `own` says a time of the reader's clock, `to`
/// stands between two. What it works on is the document around it. Until a script runs the words keep their place unseen, so that
/// nothing moves when they are shown.
#[island]
pub fn Live(kept: String, lost: String, own: String, to: String) -> impl IntoView {
    let contact = RwSignal::new(Contact::None);
    #[cfg(target_arch = "wasm32")]
    super::poll::start(contact, super::own_time::Words { own, to });
    #[cfg(not(target_arch = "wasm32"))]
    drop((own, to));
    let words = move || if contact.get() == Contact::Lost { lost.clone() } else { kept.clone() };
    view! { <span class="live" data-off=move || (contact.get() == Contact::None).then_some("")>{words}</span> }
}
