//! `/follow-ups/{item}/vote`: ask for the link to vote with, and `/follow-ups/{item}/vote/{token}`: vote. Opening the link changes
//! nothing: programs open links too.

use leptos::prelude::*;

use super::Body;
use crate::parts::action_item;
use crate::parts::form::{self, Input, Weight};
use crate::parts::measure::{count, plain_or};
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
    pub fn name(&self) -> String {
        plain_or(&self.item.title, "Untitled")
    }

    fn shown(&self) -> AnyView {
        let explanation = self.item.explanation.as_deref().map(|text| view! { <p>{plain_or(text, "")}</p> });
        let votes = count(usize::try_from(self.item.votes).unwrap_or(0), "vote", "votes");
        view! {
            <div class="what">
                <p><strong>{self.name()}</strong></p>
                {explanation}
                <p class="soft">
                    {self.item.state.label()}", "{votes}". Follows from "
                    <a href=href(&self.postmortem)>{plain_or(&self.title, "a post-mortem")}</a>"."
                </p>
            </div>
        }
        .into_any()
    }

    fn back(&self) -> AnyView {
        view! { <p><a href=format!("/follow-ups#{}", self.item.id)>"All follow-ups"</a></p> }.into_any()
    }
}

/// The form that asks for the link to vote with.
#[must_use]
pub fn ask(view: &PublicView, follow_up: &FollowUp, email: &str, wrong: &[Wrong]) -> Body {
    let form = if !follow_up.is_open() {
        view! { <p>"It takes no votes any more."</p> }.into_any()
    } else if !view.page.mail {
        view! { <p>"This page sends no mail, so nobody can vote here: a vote is confirmed by mail."</p> }.into_any()
    } else {
        let address = Input { name: "email", label: "Your e-mail address", value: email, wrong, kind: "email", ..Input::default() };
        view! {
            <form method="post" action=format!("/follow-ups/{}/vote", follow_up.item.id)>
                {form::trap()}
                {form::text(&Input { complete: "email", required: true, ..address })}
                {form::button(Weight::Primary, "Send me the link to vote")}
            </form>
            <p class="hint">"Everybody who is subscribed here has one vote for each follow-up. Not subscribed yet? "<a href="/subscribe">"Get updates"</a>" first."</p>
        }
        .into_any()
    };
    super::visit(view, "Vote for a follow-up", view! { {follow_up.shown()}{form::problems(wrong)}{form}{follow_up.back()} }.into_any())
}

/// The one answer to everybody who asked (reliability E16).
#[must_use]
pub fn asked(view: &PublicView, email: &str) -> Body {
    super::visit(
        view,
        "Look into your inbox",
        view! {
            <p class="lede">"If "<b>{email.to_owned()}</b>" is a confirmed subscriber here, a mail is on its way to it. Follow the link in it to vote."</p>
            <p>"Nothing there after some minutes? Look among unwanted mail, and whether the address is the one you are subscribed with."</p>
            <p><a href="/follow-ups">"All follow-ups"</a></p>
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
    let open = ballot.follow_up.is_open();
    let standing = match (ballot.follows, open) {
        (None, true) => "You have not voted for it.",
        (None, false) => "It takes no votes any more.",
        (Some(false), _) => "You voted for it.",
        (Some(true), _) => "You voted for it, and you are told when it is done.",
    };
    let buttons: &[(Weight, &str, &str)] = match (ballot.follows, open) {
        (None, true) => &[(Weight::Primary, "vote", "Vote"), (Weight::Quiet, "follow", "Vote, and tell me when it is done")],
        (None, false) => &[],
        (Some(false), true) => &[(Weight::Primary, "follow", "Tell me when it is done"), (Weight::Quiet, "retract", "Take my vote back")],
        (Some(false), false) => &[(Weight::Quiet, "retract", "Take my vote back")],
        (Some(true), _) => &[(Weight::Quiet, "unfollow", "Do not tell me"), (Weight::Quiet, "retract", "Take my vote back")],
    };
    let buttons: Vec<_> = buttons.iter().map(|(weight, value, label)| form::choice_button(*weight, "do", value, label)).collect();
    super::visit(
        view,
        "Vote for a follow-up",
        view! {
            {ballot.follow_up.shown()}
            {ballot.saved.then(|| view! { <p class="flash" role="status">"Saved."</p> })}
            {form::problems(&ballot.wrong)}
            <p>{standing}</p>
            {(!buttons.is_empty()).then(|| view! { <form method="post" action=ballot.here.clone() class="choices">{buttons}</form> })}
            {ballot.follow_up.back()}
            <p><a href=ballot.manage.clone()>"All that you hear of"</a></p>
        }
        .into_any(),
    )
}
