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
    let locale = Locale::of(view);
    super::visit(
        view,
        &locale.t("thanks"),
        view! {
            <p class="lede">{locale.t("thanks-seen")}" "<b dir="auto">{plain_or(name, &locale.t("untitled"))}</b></p>
            <p>{locale.t("thanks-seen-hint")}</p>
            {ways(locale, back)}
        }
        .into_any(),
    )
}

/// The incident is over: there is nothing to see too.
#[must_use]
pub fn over(view: &PublicView, name: &str, back: &str) -> Body {
    let locale = Locale::of(view);
    super::visit(
        view,
        &locale.t("thanks-over"),
        view! {
            <p class="lede"><b dir="auto">{plain_or(name, &locale.t("untitled"))}</b></p><p>{locale.t("thanks-over-lede")}</p>
            {ways(locale, back)}
        }
        .into_any(),
    )
}

fn ways(locale: Locale, back: &str) -> AnyView {
    view! {
        <ul class="ways"><li><a href=locale.href(back)>{locale.t("thanks-back")}</a></li><li><a href=locale.href("/")>{locale.t("current-status")}</a></li></ul>
    }
    .into_any()
}

/// What was said of a post-mortem is kept.
#[must_use]
pub fn feedback(view: &PublicView, title: &str, back: &str) -> Body {
    let locale = Locale::of(view);
    super::visit(
        view,
        &locale.t("thanks"),
        view! {
            <p class="lede">{locale.t("thanks-feedback")}" "<b dir="auto">{plain_or(title, &locale.t("untitled"))}</b></p>
            <p>{locale.t("thanks-feedback-hint")}</p>
            {ways(locale, back)}
        }
        .into_any(),
    )
}

/// The form on a page of its own, with what was wrong.
#[must_use]
pub fn feedback_again(view: &PublicView, document: &Postmortem, said: &Said) -> Body {
    let locale = Locale::of(view);
    let title = title_of(document, locale);
    let again = reports::feedback(&document.id, said, locale);
    let content = view! { <p class="lede" dir="auto">{title}</p>{again}{ways(locale, &href(&document.id))} };
    super::visit(view, &locale.t("thanks-not-kept"), content.into_any())
}

/// Too many tried.
#[must_use]
pub fn too_often(view: &PublicView) -> Body {
    let locale = Locale::of(view);
    super::visit(view, &locale.t("later"), view! { <p class="lede">{locale.t("later-sentence")}</p> }.into_any())
}
