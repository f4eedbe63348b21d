//! What is said before anything is known: the process runs and has not read its record yet.

use leptos::prelude::*;

use crate::language::Language;

/// What stands in `<main>`.
#[must_use]
pub fn main(language: &Language) -> AnyView {
    view! {
        <div class="lost">
            <h1>{language.t("starting")}</h1>
            <p>{language.t("starting-lede")}</p>
            <p><a href="">{language.t("starting-again")}</a></p>
        </div>
    }
    .into_any()
}
