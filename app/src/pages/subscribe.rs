//! `/subscribe`: ask for mails.

use leptos::prelude::*;

use super::{Body, way};
use crate::parts::chrome::{feeds, name_of, still_crumb};
use crate::parts::form::{self, Input, Weight};
use crate::parts::locale::Locale;
use crate::parts::wishes::{self, Offered};
use crate::staff::Wrong;
use crate::view::PublicView;
use crate::words::Wishes;

/// What was typed, and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// The address.
    pub email: String,
    /// What to hear of.
    pub wishes: Wishes,
    /// A sentence for each field that cannot be used.
    pub wrong: Vec<Wrong>,
}

/// The form; the other ways to be told where no mail is sent (reliability E26).
#[must_use]
pub fn page(view: &PublicView, typed: &Typed) -> Body {
    let main = if view.page.mail { asking(view, typed) } else { without_mail(view) };
    let locale = Locale::of(view);
    let description = locale.with("subscribe-description", [("name", name_of(view).into())]);
    Body { title: locale.t("updates"), description, path: "/subscribe".to_owned(), index: typed.wrong.is_empty(), main }
}

fn asking(view: &PublicView, typed: &Typed) -> AnyView {
    let (wrong, locale) = (&typed.wrong, Locale::of(view));
    let label = locale.t("form-address");
    let address = Input { name: "email", label: &label, value: &typed.email, wrong, kind: "email", ..Input::default() };
    view! {
        {still_crumb(view)}
        <div class="one visit">
            <h1>{locale.t("subscribe-title")}</h1>
            <p class="lede">{locale.t("subscribe-lede")}</p>
            <form method="post" action=locale.href("/subscribe")>
                {form::refused(wrong, &locale.t("form-marked"))}
                {form::text(&Input { complete: "email", required: true, ..address })}
                {form::trap(&locale.t("form-trap"))}
                {wishes::fields(locale, &Offered::on(view), &typed.wishes, wrong)}
                {form::hidden("time_zone", "")}
                {form::button(Weight::Primary, &locale.t("subscribe-button"))}
            </form>
            <p class="hint">{locale.t("subscribe-hint")}</p>
            <section class="voted" aria-labelledby="way">
                <h2 id="way">{locale.t("way-title")}</h2>
                <p>{locale.t("way-lede")}</p>
                {way::form(locale, "", &[])}
            </section>
        </div>
    }
    .into_any()
}

fn without_mail(view: &PublicView) -> AnyView {
    let locale = Locale::of(view);
    view! {
        {still_crumb(view)}
        <div class="one visit"><h1>{locale.t("updates")}</h1><p class="lede">{locale.t("subscribe-no-mail")}</p>{feeds(locale)}</div>
    }
    .into_any()
}

/// The one answer to everybody who asked, whether the address is new, known or was never reached (reliability E16).
#[must_use]
pub fn asked(view: &PublicView, email: &str) -> Body {
    let locale = Locale::of(view);
    super::visit(
        view,
        &locale.t("inbox"),
        view! {
            <p class="lede">{locale.with("subscribe-asked", [("address", email.into())])}</p>
            <p>{locale.t("subscribe-asked-hint")}</p>
        }
        .into_any(),
    )
}

/// Too many tried.
#[must_use]
pub fn too_often(view: &PublicView) -> Body {
    let locale = Locale::of(view);
    super::visit(
        view,
        &locale.t("later"),
        view! {
            <p class="lede">{locale.t("later-sentence")}</p>
            {feeds(locale)}
        }
        .into_any(),
    )
}
