//! `/subscription/{token}`: what a subscriber hears of, and the way to leave.

use leptos::prelude::*;

use super::Body;
use super::follow::Subject;
use crate::parts::form::{self, Weight};
use crate::parts::incident_card::href;
use crate::parts::locale::Locale;
use crate::parts::wishes::{self, Offered};
use crate::staff::Wrong;
use crate::view::PublicView;
use crate::words::{SubscriberState, Wishes};

/// A subscription as its owner sees it.
#[derive(Clone, Debug)]
pub struct Managed {
    /// The address, masked: the link may be passed on.
    pub address: String,
    /// Where it stands.
    pub state: SubscriberState,
    /// What they hear of, or what they just chose.
    pub wishes: Wishes,
    /// The address of this page.
    pub here: String,
    /// The address at which they leave.
    pub leave: String,
    /// What they follow.
    pub follows: Vec<Followed>,
    /// What they voted for.
    pub votes: Vec<Voted>,
    /// What else they may vote for: name and address of the ballot.
    pub ballots: Vec<(String, String)>,
    /// Whether what is shown was just saved.
    pub saved: bool,
    /// A sentence for each field that cannot be used.
    pub wrong: Vec<Wrong>,
}

/// An incident or planned work that they hear of whatever else they chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    /// What it is.
    pub subject: Subject,
    /// The address at which they stop.
    pub stop: String,
}

/// A follow-up that they voted for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voted {
    /// What it is called.
    pub name: String,
    /// The address of the ballot.
    pub ballot: String,
    /// Whether they are told when it is done.
    pub follows: bool,
}

/// The page.
#[must_use]
pub fn page(view: &PublicView, managed: &Managed) -> Body {
    let wrong = &managed.wrong;
    let standing = match managed.state {
        SubscriberState::Active => None,
        SubscriberState::Pending => Some("It is not confirmed yet: follow the link in the first mail."),
        SubscriberState::Quarantined => Some("Mails to this address came back, so none are sent. Subscribe again to start anew."),
        SubscriberState::Unsubscribed => return super::unsubscribe::done(view),
    };
    super::visit(
        view,
        "Your subscription",
        view! {
            <p class="lede">{managed.address.clone()}</p>
            {standing.map(|sentence| view! { <p class="flash">{sentence}</p> })}
            {managed.saved.then(|| view! { <p class="flash" role="status">"Saved."</p> })}
            <form method="post" action=managed.here.clone()>
                {form::problems(wrong)}
                {wishes::fields(&Offered::on(view), &managed.wishes, wrong)}
                {wishes::floor(&managed.wishes, wrong)}
                {form::button(Weight::Primary, "Save")}
            </form>
            {followed(managed, Locale::of(view))}
            {follow_ups(managed)}
            <form method="post" action=managed.leave.clone()>
                <h2>"Leave"</h2>
                <p>"You hear no more, at once."</p>
                {form::button(Weight::Danger, "Unsubscribe")}
            </form>
        }
        .into_any(),
    )
}

/// What they follow, each with a way to stop.
fn followed(managed: &Managed, locale: Locale) -> Option<AnyView> {
    let items = managed.follows.iter().map(|one| {
        let over = one.subject.over.then(|| view! { <p class="soft">{locale.t("follow-over")}</p> });
        view! {
            <li>
                <a href=locale.href(&href(&one.subject.id)) dir="auto">{one.subject.title()}</a>
                {over}
                <form method="post" action=one.stop.clone()>{form::choice_button(Weight::Quiet, "do", "stop", &locale.t("follow-stop"))}</form>
            </li>
        }
    });
    let items: Vec<_> = items.collect();
    let only = managed.wishes.kinds.is_empty().then(|| view! { <p>{locale.t("follow-only")}</p> });
    (!items.is_empty()).then(|| {
        view! {
            <section class="voted" aria-labelledby="followed">
                <h2 id="followed">{locale.t("follow-list")}</h2>
                {only}
                <ul>{items}</ul>
            </section>
        }
        .into_any()
    })
}

/// What they voted for, with a way to stop; and what they may still vote for.
fn follow_ups(managed: &Managed) -> Option<AnyView> {
    if managed.votes.is_empty() && managed.ballots.is_empty() {
        return None;
    }
    let voted = managed.votes.iter().map(|vote| {
        let stop = vote.follows.then(|| {
            view! {
                <form method="post" action=vote.ballot.clone()>
                    <p class="soft">"You are told when it is done."</p>
                    {form::choice_button(Weight::Quiet, "do", "unfollow", "Do not tell me")}
                </form>
            }
        });
        view! { <li><a href=vote.ballot.clone()>{vote.name.clone()}</a>{stop}</li> }
    });
    let ballots = managed.ballots.iter().map(|(name, ballot)| view! { <li><a href=ballot.clone()>{name.clone()}</a></li> });
    let others = (!managed.ballots.is_empty()).then(|| {
        view! { <details><summary>"Vote for others"</summary><ul>{ballots.collect::<Vec<_>>()}</ul></details> }
    });
    Some(
        view! {
            <section class="voted" aria-labelledby="voted">
                <h2 id="voted">"Follow-ups"</h2>
                <p>{if managed.votes.is_empty() { "You have not voted for any yet." } else { "You voted for these." }}</p>
                <ul>{voted.collect::<Vec<_>>()}</ul>
                {others}
            </section>
        }
        .into_any(),
    )
}
