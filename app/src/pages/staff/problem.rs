//! The page that says why something cannot be done.

use leptos::prelude::*;

use crate::staff::{Frame, document};

/// A sentence, and the way back.
#[must_use]
pub fn page(frame: &Frame, title: &str, sentence: &str) -> String {
    document(frame, title, || {
        view! {
            <h1>{title.to_owned()}</h1>
            <p>{sentence.to_owned()}</p>
            <p><a href="/staff">"Back to the overview"</a></p>
        }
        .into_any()
    })
}
