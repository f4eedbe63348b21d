//! `/subscribe`: ask for mails.

use leptos::prelude::*;

use super::Body;
use crate::parts::chrome::{feeds, name_of, still_crumb};
use crate::parts::form::{self, Input, Weight};
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
    let description = format!("Hear of incidents of {} when they happen.", name_of(view));
    Body { title: "Get updates".to_owned(), description, path: "/subscribe".to_owned(), index: typed.wrong.is_empty(), main }
}

fn asking(view: &PublicView, typed: &Typed) -> AnyView {
    let wrong = &typed.wrong;
    let address = Input { name: "email", label: "Your e-mail address", value: &typed.email, wrong, kind: "email", ..Input::default() };
    view! {
        {still_crumb(view)}
        <div class="one visit">
            <h1>"Get updates by mail"</h1>
            <p class="lede">"A mail when something breaks, when there is news of it, and when it is over. Every mail has a link to leave."</p>
            <form method="post" action="/subscribe">
                {form::problems(wrong)}
                {form::text(&Input { complete: "email", required: true, ..address })}
                {form::trap()}
                {wishes::fields(&Offered::on(view), &typed.wishes, wrong)}
                {form::hidden("time_zone", "")}
                {form::button(Weight::Primary, "Subscribe")}
            </form>
            <p class="hint">"You get a mail first that asks whether it was you. Only then are you subscribed."</p>
        </div>
    }
    .into_any()
}

fn without_mail(view: &PublicView) -> AnyView {
    view! {
        {still_crumb(view)}
        <div class="one visit"><h1>"Get updates"</h1><p class="lede">"This page sends no mail."</p>{feeds()}</div>
    }
    .into_any()
}

/// The one answer to everybody who asked, whether the address is new, known or was never reached (reliability E16).
#[must_use]
pub fn asked(view: &PublicView, email: &str) -> Body {
    super::visit(
        view,
        "Look into your inbox",
        view! {
            <p class="lede">"If "<b>{email.to_owned()}</b>" is not subscribed yet, a mail is on its way to it. Follow the link in it within 24 hours."</p>
            <p>"Nothing there after some minutes? Look among unwanted mail, and whether the address is spelled right. An address gets one such mail a day."</p>
        }
        .into_any(),
    )
}

/// Too many tried.
#[must_use]
pub fn too_often(view: &PublicView) -> Body {
    super::visit(
        view,
        "Please try again later",
        view! {
            <p class="lede">"There were too many requests to subscribe within a short time. Nothing was changed. Please try again in an hour."</p>
            {feeds()}
        }
        .into_any(),
    )
}
