//! What readers can say without leaving an address: that they see a failure too, and whether a text answered their questions.

use leptos::prelude::*;

use super::form::{self, Choice, Input, Weight};
use super::locale::Locale;
use super::postmortem::href;
use crate::staff::Wrong;
use crate::words::Id;

/// The button of those who see a failure too. `subject` is the address of the incident or component; `known` tells whether the page
/// itself says that something is wrong.
#[must_use]
pub fn seen(subject: &str, known: bool, locale: Locale) -> AnyView {
    let (question, answer) = if known { ("seen-affected", "seen-too") } else { ("seen-broken", "seen-here") };
    view! {
        <form class="seen" method="post" action=locale.href(&format!("{subject}/seen"))>
            <p>{locale.t(question)}</p>
            <button class="b">{locale.t(answer)}</button>
        </form>
    }
    .into_any()
}

/// What somebody says of a post-mortem, as far as they have.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// `yes`, `no`, or nothing yet.
    pub helpful: String,
    /// What they wrote.
    pub text: String,
    /// What is wrong with it.
    pub wrong: Vec<Wrong>,
}

/// The question at the end of a post-mortem.
#[must_use]
pub fn feedback(document: &Id, said: &Said, locale: Locale) -> AnyView {
    let wrong = &said.wrong;
    let (question, missing, hint) = (locale.t("feedback-question"), locale.t("feedback-missing"), locale.t("feedback-hint"));
    let helpful = Input { name: "helpful", label: &question, value: &said.helpful, wrong, ..Input::default() };
    let text = Input { name: "text", label: &missing, value: &said.text, hint: &hint, wrong, ..Input::default() };
    view! {
        <section id="feedback" aria-label=locale.t("feedback-title")>
            <form class="feedback card" method="post" action=locale.href(&format!("{}/feedback", href(document)))>
                {form::refused(wrong, &locale.t("form-marked"))}
                {form::trap(&locale.t("form-trap"))}
                {form::radios(&helpful, &[Choice::new("yes", locale.t("feedback-yes")), Choice::new("no", locale.t("feedback-no"))])}
                {form::textarea(&text, 3)}
                {form::button(Weight::Quiet, &locale.t("feedback-send"))}
            </form>
        </section>
    }
    .into_any()
}
