//! The page keeps itself true: it shows the reader's own time, and takes in a new revision without losing the reader's place.

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

impl Contact {
    const fn words(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Kept => "this page refreshes itself",
            Self::Lost => "the server cannot be reached, shown is what was last known",
        }
    }
}

/// The words beside "As of …". What it works on is the document around it; the revision is read from `<html data-revision>`.
#[island]
pub fn Live() -> impl IntoView {
    let contact = RwSignal::new(Contact::None);
    #[cfg(target_arch = "wasm32")]
    super::poll::start(contact);
    view! { <span class="live" hidden=move || contact.get() == Contact::None>{move || contact.get().words()}</span> }
}
