//! What readers can say without leaving an address: that they see a failure too, and whether a text answered their questions.

use leptos::prelude::*;

use crate::words::Id;

/// The button of those who see a failure too. `subject` is the address of the incident or component.
#[must_use]
pub fn seen(subject: &str, question: &'static str) -> AnyView {
    view! {
        <form class="seen" method="post" action=format!("{subject}/seen")>
            <p>{question}</p>
            <button class="b">"I see this too"</button>
        </form>
    }
    .into_any()
}

/// The question at the end of a post-mortem.
#[must_use]
pub fn feedback(document: &Id) -> AnyView {
    view! {
        <section id="feedback" aria-labelledby="feedback-title">
            <form class="feedback card" method="post" action=format!("/post-mortems/{document}/feedback")>
                <h2 id="feedback-title">"Did this answer your questions?"</h2>
                <div class="picks" role="radiogroup" aria-labelledby="feedback-title">
                    <label class="pick"><input type="radio" name="helpful" value="yes" required/>"Yes"</label>
                    <label class="pick"><input type="radio" name="helpful" value="no"/>"No"</label>
                </div>
                <label class="tell" for="feedback-text">"What is missing or unclear? "<span class="soft">"Optional; read by the team, never published."</span></label>
                <textarea id="feedback-text" name="text" rows="3" maxlength="2000"></textarea>
                <button class="b">"Send"</button>
            </form>
        </section>
    }
    .into_any()
}
