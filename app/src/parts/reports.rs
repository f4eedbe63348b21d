//! What readers can say without leaving an address: that they see a failure too, and whether a text answered their questions.

use leptos::prelude::*;

use super::form::{self, Choice, Input, Weight};
use super::postmortem::href;
use crate::staff::Wrong;
use crate::words::Id;

/// The button of those who see a failure too. `subject` is the address of the incident or component; `known` tells whether the page
/// itself says that something is wrong.
#[must_use]
pub fn seen(subject: &str, known: bool) -> AnyView {
    let (question, answer) =
        if known { ("Are you affected by this?", "I see this too") } else { ("Does it not work for you?", "I see a problem here") };
    view! {
        <form class="seen" method="post" action=format!("{subject}/seen")>
            <p>{question}</p>
            <button class="b">{answer}</button>
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
pub fn feedback(document: &Id, said: &Said) -> AnyView {
    let wrong = &said.wrong;
    let helpful = Input { name: "helpful", label: "Did this answer your questions?", value: &said.helpful, wrong, ..Input::default() };
    let hint = "Optional, at most 2,000 characters; read by the team, never published.";
    let text = Input { name: "text", label: "What is missing or unclear?", value: &said.text, hint, wrong, ..Input::default() };
    view! {
        <section id="feedback" aria-label="Your opinion">
            <form class="feedback card" method="post" action=format!("{}/feedback", href(document))>
                {form::problems(wrong)}
                {form::trap("Leave this empty")}
                {form::radios(&helpful, &[Choice::new("yes", "Yes"), Choice::new("no", "No")])}
                {form::textarea(&text, 3)}
                {form::button(Weight::Quiet, "Send")}
            </form>
        </section>
    }
    .into_any()
}
