//! `/incidents/{id}/follow`: ask to hear by mail of one incident or planned work, and `/incidents/{id}/follow/{token}`: decide. Opening
//! the link changes nothing: programs open links too.

use leptos::prelude::*;

use super::Body;
use crate::parts::form::{self, Input, Weight};
use crate::parts::incident_card::{href, title};
use crate::parts::locale::Locale;
use crate::staff::Wrong;
use crate::view::PublicView;
use crate::words::Id;

/// What one can follow, as readers see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The incident or the planned work.
    pub id: Id,
    /// Its title.
    pub name: String,
    /// Whether there is nothing more to hear of it.
    pub over: bool,
}

impl Subject {
    /// The one of that id.
    #[must_use]
    pub fn find(view: &PublicView, id: &str) -> Option<Self> {
        let incident = view.incident(id).map(|i| Self { id: i.id.clone(), name: i.name.clone(), over: i.status.is_over() });
        incident.or_else(|| view.maintenance(id).map(|m| Self { id: m.id.clone(), name: m.name.clone(), over: m.status.is_over() }))
    }

    /// What it is called, never empty.
    #[must_use]
    pub fn title(&self, locale: Locale) -> String {
        title(&self.name, locale)
    }

    pub(super) fn shown(&self, locale: Locale) -> AnyView {
        view! { <p class="what"><a href=locale.href(&href(&self.id))><strong dir="auto">{self.title(locale)}</strong></a></p> }.into_any()
    }
}

/// The address of the form.
#[must_use]
pub fn address(id: &Id) -> String {
    format!("{}/follow", href(id))
}

/// The form; where there is nothing to follow, why.
#[must_use]
pub fn ask(view: &PublicView, subject: &Subject, email: &str, wrong: &[Wrong]) -> Body {
    let locale = Locale::of(view);
    let form = if subject.over {
        view! { <p>{locale.t("follow-over")}</p> }.into_any()
    } else if !view.page.mail {
        view! { <p>{locale.t("follow-no-mail")}</p> }.into_any()
    } else {
        let label = locale.t("follow-address");
        let address_field = Input { name: "email", label: &label, value: email, wrong, kind: "email", ..Input::default() };
        view! {
            <p>{locale.t("follow-lede")}</p>
            <form method="post" action=locale.href(&address(&subject.id))>
                {form::refused(wrong, &locale.t("form-marked"))}
                {form::trap(&locale.t("form-trap"))}
                {form::text(&Input { complete: "email", required: true, ..address_field })}
                {form::hidden("time_zone", "")}
                {form::button(Weight::Primary, &locale.t("follow-ask"))}
            </form>
            <p class="hint">{locale.t("follow-hint")}</p>
            <p><a href=locale.href("/subscribe")>{locale.t("follow-everything")}</a></p>
        }
        .into_any()
    };
    super::visit(view, &locale.t("follow-title"), view! { {subject.shown(locale)}{form} }.into_any())
}

/// The one answer to everybody who asked, whether the address is known or not (reliability E16).
#[must_use]
pub fn asked(view: &PublicView, subject: &Subject, email: &str) -> Body {
    let locale = Locale::of(view);
    super::visit(
        view,
        &locale.t("follow-asked-title"),
        view! {
            <p class="lede">{locale.with("follow-asked", [("address", email.to_owned().into())])}</p>
            <p>{locale.t("follow-asked-hint")}</p>
            {subject.shown(locale)}
        }
        .into_any(),
    )
}

/// What somebody sees who came by the link in their mail.
#[derive(Clone, Debug)]
pub struct Following {
    /// What it is about.
    pub subject: Subject,
    /// Whether they follow it.
    pub follows: bool,
    /// The address of this page.
    pub here: String,
    /// The address at which they see all that they hear of.
    pub manage: String,
    /// What was wrong.
    pub wrong: Vec<Wrong>,
}

/// The page with the button.
#[must_use]
pub fn decide(view: &PublicView, following: &Following) -> Body {
    let locale = Locale::of(view);
    let (standing, button) = match (following.follows, following.subject.over) {
        (true, _) => ("follow-standing", Some((Weight::Quiet, "stop", "follow-stop"))),
        (false, false) => ("follow-question", Some((Weight::Primary, "follow", "follow-do"))),
        (false, true) => ("follow-over", None),
    };
    let button = button.map(|(weight, value, label)| {
        view! { <form method="post" action=locale.href(&following.here)>{form::choice_button(weight, "do", value, &locale.t(label))}</form> }
    });
    super::visit(
        view,
        &locale.t("follow-title"),
        view! {
            {following.subject.shown(locale)}
            {form::refused(&following.wrong, &locale.t("form-marked"))}
            <p>{locale.t(standing)}</p>
            {button}
            <p><a href=locale.href(&following.manage)>{locale.t("follow-all")}</a></p>
        }
        .into_any(),
    )
}
