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
    let (wrong, locale) = (&managed.wrong, Locale::of(view));
    let standing = match managed.state {
        SubscriberState::Active => None,
        SubscriberState::Pending => Some("subscription-pending"),
        SubscriberState::Quarantined => Some("subscription-quarantined"),
        SubscriberState::Unsubscribed => return super::unsubscribe::done(view),
    };
    super::visit(
        view,
        &locale.t("subscription-title"),
        view! {
            <p class="lede"><bdi>{managed.address.clone()}</bdi></p>
            {standing.map(|key| view! { <p class="flash">{locale.t(key)}</p> })}
            {managed.saved.then(|| view! { <p class="flash" role="status">{locale.t("saved")}</p> })}
            <form method="post" action=locale.href(&managed.here)>
                {form::refused(wrong, &locale.t("form-marked"))}
                {wishes::fields(locale, &Offered::on(view), &managed.wishes, wrong)}
                {wishes::floor(locale, &managed.wishes, wrong)}
                {form::button(Weight::Primary, &locale.t("save"))}
            </form>
            {followed(managed, locale)}
            {follow_ups(managed, locale)}
            <form method="post" action=locale.href(&managed.leave)>
                <h2>{locale.t("subscription-leave")}</h2>
                <p>{locale.t("subscription-leave-lede")}</p>
                {form::button(Weight::Danger, &locale.t("unsubscribe-button"))}
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
                <a href=locale.href(&href(&one.subject.id)) dir="auto">{one.subject.title(locale)}</a>
                {over}
                <form method="post" action=locale.href(&one.stop)>{form::choice_button(Weight::Quiet, "do", "stop", &locale.t("follow-stop"))}</form>
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
fn follow_ups(managed: &Managed, locale: Locale) -> Option<AnyView> {
    if managed.votes.is_empty() && managed.ballots.is_empty() {
        return None;
    }
    let voted = managed.votes.iter().map(|vote| {
        let stop = vote.follows.then(|| {
            view! {
                <form method="post" action=locale.href(&vote.ballot)>
                    <p class="soft">{locale.t("vote-told")}</p>
                    {form::choice_button(Weight::Quiet, "do", "unfollow", &locale.t("vote-unfollow"))}
                </form>
            }
        });
        view! { <li><a href=locale.href(&vote.ballot) dir="auto">{vote.name.clone()}</a>{stop}</li> }
    });
    let ballots = managed.ballots.iter().map(|(name, ballot)| view! { <li><a href=locale.href(ballot) dir="auto">{name.clone()}</a></li> });
    let others = (!managed.ballots.is_empty()).then(|| {
        view! { <details><summary>{locale.t("subscription-others")}</summary><ul>{ballots.collect::<Vec<_>>()}</ul></details> }
    });
    Some(
        view! {
            <section class="voted" aria-labelledby="voted">
                <h2 id="voted">{locale.t("menu-follow-ups")}</h2>
                <p>{locale.t(if managed.votes.is_empty() { "subscription-no-votes" } else { "subscription-votes" })}</p>
                <ul>{voted.collect::<Vec<_>>()}</ul>
                {others}
            </section>
        }
        .into_any(),
    )
}
