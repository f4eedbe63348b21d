//! What is said before anything is known: the process runs and has not read its record yet.

use leptos::prelude::*;

/// What stands in `<main>`.
#[must_use]
pub fn main() -> AnyView {
    view! {
        <div class="lost">
            <h1>"Allclear is starting"</h1>
            <p>"The status is not known yet: this says nothing about the platform. It takes a few seconds."</p>
            <p><a href="">"Try again"</a></p>
        </div>
    }
    .into_any()
}
