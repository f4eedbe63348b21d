//! `/subscription/{token}`: what a subscriber hears of, and the way to leave.

use leptos::prelude::*;

use super::follow::Subject;
use super::{Body, mute};
use crate::language;
use crate::parts::form::{self, Choice, Input, Weight};
use crate::parts::incident_card::href;
use crate::parts::locale::Locale;
use crate::parts::wishes::{self, Offered};
use crate::staff::Wrong;
use crate::view::PublicView;
use crate::words::{Mute, SubscriberState, Wishes};

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
    /// What they muted.
    pub mutes: Vec<Muted>,
    /// How they are spoken to.
    pub spoken: Spoken,
    /// Whether several people read the address.
    pub shared: bool,
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

/// An incident or planned work that they hear nothing of, or nothing but its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Muted {
    /// What it is.
    pub subject: Subject,
    /// What they chose.
    pub choice: Mute,
    /// The address at which they hear of it again.
    pub stop: String,
}

/// Language and zone of mails, as they stand in the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spoken {
    /// The code of the language.
    pub language: String,
    /// The name of the zone; empty is the page's.
    pub time_zone: String,
    /// The box "several people read this address".
    pub shared: bool,
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
                {spoken(view, managed, locale)}
                {form::button(Weight::Primary, &locale.t("save"))}
            </form>
            {followed(managed, locale)}
            {muted(managed, locale)}
            {follow_ups(managed, locale)}
            <form method="post" action=locale.href(&managed.leave)>
                <h2>{locale.t("subscription-leave")}</h2>
                <p>{locale.t(if managed.shared { "leave-shared" } else { "subscription-leave-lede" })}</p>
                {form::button(Weight::Danger, &locale.t("unsubscribe-button"))}
            </form>
        }
        .into_any(),
    )
}

/// Language, zone, and whether several people read the address.
fn spoken(view: &PublicView, managed: &Managed, locale: Locale) -> AnyView {
    let (spoken, wrong) = (&managed.spoken, &managed.wrong);
    let languages: Vec<Choice> = view.page.languages.iter().map(|code| Choice::new(code, language::of(code).name())).collect();
    let label = locale.t("subscription-language");
    let chosen = Input { name: "language", label: &label, value: &spoken.language, wrong, ..Input::default() };
    let zones: Vec<&str> = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()).collect();
    let label = locale.t("subscription-zone");
    let hint = locale.with("subscription-zone-hint", [("zone", view.page.time_zone.as_str().into())]);
    let zone = Input { name: "time_zone", label: &label, value: &spoken.time_zone, hint: &hint, wrong, ..Input::default() };
    let shared = if managed.shared {
        view! { <p>{locale.t("subscription-is-shared")}</p> }.into_any()
    } else {
        let (label, hint) = (locale.t("subscription-shared"), locale.t("subscription-shared-hint"));
        form::checkbox(&Input { name: "shared", label: &label, hint: &hint, wrong, ..Input::default() }, spoken.shared)
    };
    view! { {form::select(&chosen, &languages)}{form::suggested(&zone, &zones)}{shared} }.into_any()
}

/// What they muted, each with a way to hear of it again.
fn muted(managed: &Managed, locale: Locale) -> Option<AnyView> {
    let items = managed.mutes.iter().map(|one| {
        view! {
            <li>
                <a href=locale.href(&href(&one.subject.id)) dir="auto">{one.subject.title(locale)}</a>
                <p class="soft">{locale.t(mute::standing(one.choice))}</p>
                <form method="post" action=locale.href(&one.stop)>{form::choice_button(Weight::Quiet, "do", "stop", &locale.t("mute-stop"))}</form>
            </li>
        }
    });
    let items: Vec<_> = items.collect();
    (!items.is_empty()).then(|| {
        view! {
            <section class="voted" aria-labelledby="muted">
                <h2 id="muted">{locale.t("mute-list")}</h2>
                <ul>{items}</ul>
            </section>
        }
        .into_any()
    })
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
