//! An action item: what is to be done so that it does not happen again, and how far it has come.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::foreign;
use super::locale::Locale;
use super::measure::{plain, plain_or};
use crate::markdown::visible;
use crate::view::PublicView;
use crate::words::{ActionItem, ActionState, ActionStep};

/// The item with its anchor, its past, and the way to vote for it. `from` names where it follows from, on a page that lists items by
/// their state; any other page names the state instead.
#[must_use]
pub fn item(item: &ActionItem, view: &PublicView, locale: Locale, from: Option<AnyView>) -> AnyView {
    let (lang, dir) = (foreign::lang(view, &item.id), foreign::dir(view, &item.id));
    let explanation = item.explanation.as_deref().map(plain).filter(|text| !text.is_empty());
    let explanation = explanation.map(|text| view! { <p lang=lang.clone() dir=dir>{text}</p> });
    let link = item.link.clone().filter(|link| leads_to_the_web(link));
    let link = link.map(|link| view! { <span><a href=link rel="noopener noreferrer nofollow">{locale.t("action-read-more")}</a></span> });
    let state =
        from.is_none().then(|| view! { <span class=format!("st st-{}", item.state.as_str())>{state_word(item.state, locale)}</span> });
    view! {
        <li id=item.id.to_string() class="act">
            <p class="ah"><strong lang=lang dir=dir>{title_of(item, locale)}</strong>{state}{vote(item, view, locale)}</p>
            {explanation}
            <p class="am">{due(item, locale)}{past(item, locale)}{from}{link}</p>
        </li>
    }
    .into_any()
}

fn title_of(item: &ActionItem, locale: Locale) -> String {
    plain_or(&item.title, &locale.t("untitled"))
}

/// The word for a state.
#[must_use]
pub fn state_word(state: ActionState, locale: Locale) -> String {
    locale.t(&format!("action-{state}"))
}

/// Nothing but an address of the web, written as one, is a place to read more.
fn leads_to_the_web(link: &str) -> bool {
    let address = link.starts_with("https://") || link.starts_with("http://");
    address && !link.contains(|c: char| c.is_whitespace() || "<>\"".contains(c)) && visible(link) == link
}

/// Whether it is late: its day is over and it is not done. It is due until the end of that day in the page's zone.
#[must_use]
pub fn is_overdue(item: &ActionItem, today: NaiveDate) -> bool {
    is_open(item) && item.due_on.is_some_and(|due| due < today)
}

/// Whether it is still to be done.
#[must_use]
pub const fn is_open(item: &ActionItem) -> bool {
    matches!(item.state, ActionState::Planned | ActionState::Underway)
}

fn due(item: &ActionItem, locale: Locale) -> Option<AnyView> {
    let day = item.due_on?;
    let said = |key| locale.filled(key, [("day", locale.date(day))]);
    if is_overdue(item, locale.today()) {
        return Some(view! { <span class="overdue">{said("action-overdue")}</span> }.into_any());
    }
    match item.state {
        ActionState::Planned | ActionState::Underway => Some(view! { <span>{said("action-due")}</span> }.into_any()),
        // What was done or dropped has its day in its past.
        ActionState::Done if !knows_its_end(item) => Some(view! { <span>{said("action-first-done")}</span> }.into_any()),
        ActionState::Done | ActionState::Dropped => None,
    }
}

fn knows_its_end(item: &ActionItem) -> bool {
    item.history.iter().any(|step| step.state == ActionState::Done)
}

/// Every state it had with its day: "Planned 12 Oct, under way 3 Nov".
fn past(item: &ActionItem, locale: Locale) -> Option<AnyView> {
    let said = |place: &str, step: &ActionStep| {
        locale.filled(&format!("action-{place}-{}", step.state), [("day", locale.date(locale.day(step.at)))])
    };
    let (first, later) = item.history.split_first()?;
    let steps = later
        .iter()
        .fold(said("first", first), |before, step| locale.filled("list-more", [("first", before), ("last", said("then", step))]));
    Some(view! { <span>{steps}</span> }.into_any())
}

/// Votes come from subscribers, so that without mail there are none.
fn vote(item: &ActionItem, view: &PublicView, locale: Locale) -> Option<AnyView> {
    let count = (item.votes > 0).then(|| locale.with("action-votes", [("n", item.votes.into())]));
    let open = is_open(item) && view.page.mail;
    let vote = open.then(|| {
        let label = locale.with("action-vote-for", [("title", title_of(item, locale).into())]);
        view! { <a href=locale.href(&format!("/follow-ups/{}/vote", item.id)) aria-label=label>{locale.t("action-vote")}</a> }
    });
    (count.is_some() || open).then(|| view! { <span class="vote">{count.map(|count| view! { <b>{count}</b> })}{vote}</span> }.into_any())
}

/// How many of them are done, as a sentence.
#[must_use]
pub fn progress(items: &[ActionItem], locale: Locale) -> Option<String> {
    let (done, all) = (items.iter().filter(|item| item.state == ActionState::Done).count(), items.len());
    let key = if done == all { "action-progress-all" } else { "action-progress" };
    (all > 0).then(|| locale.with(key, [("done", done.into()), ("n", all.into())]))
}
