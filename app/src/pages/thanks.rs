//! What visitors read after they said something: that they see a failure too, or whether a post-mortem answered their questions.

use leptos::prelude::*;

use super::Body;
use crate::parts::locale::Locale;
use crate::parts::measure::plain_or;
use crate::parts::postmortem::{href, title_of};
use crate::parts::reports::{self, Said};
use crate::view::PublicView;
use crate::words::Postmortem;

/// "I see this too", the first time or again. What of is its name and where it is shown.
#[must_use]
pub fn seen(view: &PublicView, name: &str, back: &str) -> Body {
    super::visit(
        view,
        "Thank you",
        view! {
            <p class="lede">"We know now that you see it too: "<b>{plain_or(name, "Untitled")}</b>"."</p>
            <p>"It helps us to see how far it reaches. Nothing is kept of who you are, and nothing on this page changes by it."</p>
            {ways(back)}
        }
        .into_any(),
    )
}

/// The incident is over: there is nothing to see too.
#[must_use]
pub fn over(view: &PublicView, name: &str, back: &str) -> Body {
    super::visit(
        view,
        "This incident is over",
        view! {
            <p class="lede"><b>{plain_or(name, "Untitled")}</b>" is over, so nothing was noted. If you still see a failure, say so on the component's own page."</p>
            {ways(back)}
        }
        .into_any(),
    )
}

fn ways(back: &str) -> AnyView {
    view! {
        <ul class="ways"><li><a href=back.to_owned()>"Back"</a></li><li><a href="/">"Current status"</a></li></ul>
    }
    .into_any()
}

/// What was said of a post-mortem is kept.
#[must_use]
pub fn feedback(view: &PublicView, title: &str, back: &str) -> Body {
    super::visit(
        view,
        "Thank you",
        view! {
            <p class="lede">"Your answer on "<b>{plain_or(title, "the post-mortem")}</b>" was given to those who write here."</p>
            <p>"Nothing is kept of who you are, so nobody can write back."</p>
            {ways(back)}
        }
        .into_any(),
    )
}

/// The form on a page of its own, with what was wrong.
#[must_use]
pub fn feedback_again(view: &PublicView, document: &Postmortem, said: &Said) -> Body {
    let locale = Locale::of(view);
    let title = title_of(document, locale);
    let content = view! { <p class="lede">{title}</p>{reports::feedback(&document.id, said, locale)}{ways(&href(&document.id))} };
    super::visit(view, "Your answer was not kept", content.into_any())
}

/// Too many tried.
#[must_use]
pub fn too_often(view: &PublicView) -> Body {
    super::visit(
        view,
        "Please try again later",
        view! { <p class="lede">"There were too many such requests within a short time. Nothing was changed. Please try again in an hour."</p> }
            .into_any(),
    )
}
