//! What somebody reads who asks for a mail while very many do: their browser does a little work first, or they wait a little.

use leptos::prelude::*;

use super::Body;
use crate::islands::proof::Proof;
use crate::parts::form::{self, Weight};
use crate::parts::locale::Locale;
use crate::view::PublicView;

/// What is asked, and the form that asks it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Where the form goes, in the page's own language.
    pub action: String,
    /// Everything that was typed, to be sent again.
    pub fields: Vec<(String, String)>,
    /// What the work is about.
    pub challenge: String,
}

/// The page. Everything typed is in it, so that nobody types twice.
#[must_use]
pub fn page(view: &PublicView, asked: &Asked) -> Body {
    let locale = Locale::of(view);
    let typed: Vec<_> = asked.fields.iter().map(|(name, value)| form::hidden(name, value)).collect();
    super::visit(
        view,
        &locale.t("proof-title"),
        view! {
            <p class="lede">{locale.t("proof-lede")}</p>
            <form method="post" action=locale.href(&asked.action) class="proof" data-challenge=asked.challenge.clone()>
                {typed}
                {form::hidden("challenge", &asked.challenge)}
                {form::hidden("proof", "")}
                <p class="working" role="status">{locale.t("proof-working")}</p>
                <p class="waiting">{locale.t("proof-wait")}</p>
                {form::button(Weight::Primary, &locale.t("proof-button"))}
            </form>
            <Proof/>
        }
        .into_any(),
    )
}
