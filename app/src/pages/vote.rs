//! `/follow-ups/{item}/vote`: ask for the link to vote with, and `/follow-ups/{item}/vote/{token}`: vote. Opening the link changes
//! nothing: programs open links too.

use leptos::prelude::*;

use super::Body;
use crate::parts::action_item;
use crate::parts::form::{self, Input, Weight};
use crate::parts::locale::Locale;
use crate::parts::measure::plain_or;
use crate::parts::postmortem::href;
use crate::staff::Wrong;
use crate::view::PublicView;
use crate::words::{ActionItem, Id};

/// A follow-up of a public post-mortem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowUp {
    /// The item, as readers see it.
    pub item: ActionItem,
    /// The document it follows from.
    pub postmortem: Id,
    /// Its title.
    pub title: String,
}

impl FollowUp {
    /// Every follow-up that readers see, of the newest document first.
    pub fn all(view: &PublicView) -> impl Iterator<Item = Self> {
        view.documents().map(|known| &known.postmortem).flat_map(|document| {
            document.action_items.iter().map(|item| Self {
                item: item.clone(),
                postmortem: document.id.clone(),
                title: document.title.clone(),
            })
        })
    }

    /// The one of that id.
    #[must_use]
    pub fn find(view: &PublicView, id: &str) -> Option<Self> {
        Self::all(view).find(|one| one.item.id.as_str() == id)
    }

    /// Whether one can vote for it.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        action_item::is_open(&self.item)
    }

    /// What it is called where it is listed.
    #[must_use]
    pub fn name(&self, locale: Locale) -> String {
        plain_or(&self.item.title, &locale.t("untitled"))
    }

    fn shown(&self, locale: Locale) -> AnyView {
        let explanation = self.item.explanation.as_deref().map(|text| view! { <p dir="auto">{plain_or(text, "")}</p> });
        let standing = [("state", locale.t(&format!("vote-state-{}", self.item.state)).into()), ("votes", self.item.votes.into())];
        view! {
            <div class="what">
                <p><strong dir="auto">{self.name(locale)}</strong></p>
                {explanation}
                <p class="soft">
                    {locale.with("vote-standing", standing)}" "
                    <a href=locale.href(&href(&self.postmortem)) dir="auto">{plain_or(&self.title, &locale.t("untitled"))}</a>
                </p>
            </div>
        }
        .into_any()
    }

    fn back(&self, locale: Locale) -> AnyView {
        view! { <p><a href=locale.href(&format!("/follow-ups#{}", self.item.id))>{locale.t("vote-all")}</a></p> }.into_any()
    }
}

/// The form that asks for the link to vote with.
#[must_use]
pub fn ask(view: &PublicView, follow_up: &FollowUp, email: &str, wrong: &[Wrong]) -> Body {
    let locale = Locale::of(view);
    let form = if !follow_up.is_open() {
        view! { <p>{locale.t("vote-closed")}</p> }.into_any()
    } else if !view.page.mail {
        view! { <p>{locale.t("vote-no-mail")}</p> }.into_any()
    } else {
        let label = locale.t("form-address");
        let address = Input { name: "email", label: &label, value: email, wrong, kind: "email", ..Input::default() };
        view! {
            <form method="post" action=locale.href(&format!("/follow-ups/{}/vote", follow_up.item.id))>
                {form::trap(&locale.t("form-trap"))}
                {form::text(&Input { complete: "email", required: true, ..address })}
                {form::button(Weight::Primary, &locale.t("vote-send"))}
            </form>
            <p class="hint">{locale.t("vote-hint")}" "<a href=locale.href("/subscribe")>{locale.t("mail-link")}</a></p>
        }
        .into_any()
    };
    let content = view! { {follow_up.shown(locale)}{form::refused(wrong, &locale.t("form-marked"))}{form}{follow_up.back(locale)} };
    super::visit(view, &locale.t("vote-title"), content.into_any())
}

/// The one answer to everybody who asked (reliability E16).
#[must_use]
pub fn asked(view: &PublicView, email: &str) -> Body {
    let locale = Locale::of(view);
    super::visit(
        view,
        &locale.t("inbox"),
        view! {
            <p class="lede">{locale.with("vote-asked", [("address", email.into())])}</p>
            <p>{locale.t("vote-asked-hint")}</p>
            <p><a href=locale.href("/follow-ups")>{locale.t("vote-all")}</a></p>
        }
        .into_any(),
    )
}

/// A follow-up as a subscriber sees it who came by their link.
#[derive(Clone, Debug)]
pub struct Ballot {
    /// What it is about.
    pub follow_up: FollowUp,
    /// Whether they are told when it is done; `None` where they have not voted.
    pub follows: Option<bool>,
    /// The address of this page.
    pub here: String,
    /// The address at which they see all that they hear of.
    pub manage: String,
    /// Whether what is shown was just saved.
    pub saved: bool,
    /// What was wrong.
    pub wrong: Vec<Wrong>,
}

/// The page with the buttons.
#[must_use]
pub fn ballot(view: &PublicView, ballot: &Ballot) -> Body {
    let (open, locale) = (ballot.follow_up.is_open(), Locale::of(view));
    let standing = match (ballot.follows, open) {
        (None, true) => "vote-not-cast",
        (None, false) => "vote-closed",
        (Some(false), _) => "vote-cast",
        (Some(true), _) => "vote-cast-told",
    };
    let buttons: &[(Weight, &str, &str)] = match (ballot.follows, open) {
        (None, true) => &[(Weight::Primary, "vote", "vote-do"), (Weight::Quiet, "follow", "vote-do-follow")],
        (None, false) => &[],
        (Some(false), true) => &[(Weight::Primary, "follow", "vote-follow"), (Weight::Quiet, "retract", "vote-retract")],
        (Some(false), false) => &[(Weight::Quiet, "retract", "vote-retract")],
        (Some(true), _) => &[(Weight::Quiet, "unfollow", "vote-unfollow"), (Weight::Quiet, "retract", "vote-retract")],
    };
    let buttons: Vec<_> =
        buttons.iter().map(|(weight, value, label)| form::choice_button(*weight, "do", value, &locale.t(label))).collect();
    super::visit(
        view,
        &locale.t("vote-title"),
        view! {
            {ballot.follow_up.shown(locale)}
            {ballot.saved.then(|| view! { <p class="flash" role="status">{locale.t("saved")}</p> })}
            {form::refused(&ballot.wrong, &locale.t("form-marked"))}
            <p>{locale.t(standing)}</p>
            {(!buttons.is_empty()).then(|| view! { <form method="post" action=locale.href(&ballot.here) class="choices">{buttons}</form> })}
            {ballot.follow_up.back(locale)}
            <p><a href=locale.href(&ballot.manage)>{locale.t("vote-manage")}</a></p>
        }
        .into_any(),
    )
}
