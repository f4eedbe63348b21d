//! An action item: what is to be done so that it does not happen again, and how far it has come.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::locale::Locale;
use super::measure::{plain, plain_or};
use crate::markdown::visible;
use crate::view::PublicView;
use crate::words::{ActionItem, ActionState};

/// The item with its anchor, its past, and the way to vote for it. `from` names where it follows from, on a page that lists items by
/// their state; any other page names the state instead.
#[must_use]
pub fn item(item: &ActionItem, view: &PublicView, locale: Locale, from: Option<AnyView>) -> AnyView {
    let explanation = item.explanation.as_deref().map(plain).filter(|text| !text.is_empty()).map(|text| view! { <p>{text}</p> });
    let link = item.link.clone().filter(|link| leads_to_the_web(link));
    let link = link.map(|link| view! { <span><a href=link rel="noopener noreferrer nofollow">"Read more"</a></span> });
    let state = from.is_none().then(|| view! { <span class=format!("st st-{}", item.state.as_str())>{item.state.label()}</span> });
    view! {
        <li id=item.id.to_string() class="act">
            <p class="ah"><strong>{plain_or(&item.title, "Untitled")}</strong>{state}{vote(item, view)}</p>
            {explanation}
            <p class="am">{due(item, locale)}{past(item, locale)}{from}{link}</p>
        </li>
    }
    .into_any()
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
    let date = locale.date(day);
    if is_overdue(item, locale.today()) {
        return Some(view! { <span class="overdue">"Overdue since "{date}</span> }.into_any());
    }
    match item.state {
        ActionState::Planned | ActionState::Underway => Some(view! { <span>"Due "{date}</span> }.into_any()),
        // What was done or dropped has its day in its past.
        ActionState::Done if !knows_its_end(item) => Some(view! { <span>"Done "{date}</span> }.into_any()),
        ActionState::Done | ActionState::Dropped => None,
    }
}

fn knows_its_end(item: &ActionItem) -> bool {
    item.history.iter().any(|step| step.state == ActionState::Done)
}

/// Every state it had with its day: "planned 12 Oct, under way 3 Nov".
fn past(item: &ActionItem, locale: Locale) -> Option<AnyView> {
    let steps = item.history.iter().enumerate().map(|(at, step)| {
        let word = step.state.label();
        let word = if at == 0 { word.to_owned() } else { format!(", {}", word.to_lowercase()) };
        view! { {word}" "{locale.date(locale.day(step.at))} }
    });
    (!item.history.is_empty()).then(|| view! { <span>{steps.collect::<Vec<_>>()}</span> }.into_any())
}

/// Votes come from subscribers, so that without mail there are none.
fn vote(item: &ActionItem, view: &PublicView) -> Option<AnyView> {
    let count = match item.votes {
        0 => None,
        1 => Some("1 vote".to_owned()),
        votes => Some(format!("{votes} votes")),
    };
    let open = is_open(item) && view.page.mail;
    let vote = open.then(|| {
        let label = format!("Vote for: {}", plain_or(&item.title, "Untitled"));
        view! { <a href=format!("/follow-ups/{}/vote", item.id) aria-label=label>"Vote"</a> }
    });
    (count.is_some() || open).then(|| view! { <span class="vote">{count.map(|count| view! { <b>{count}</b> })}{vote}</span> }.into_any())
}

/// How many of them are done, in words.
#[must_use]
pub fn progress(items: &[ActionItem]) -> Option<String> {
    let done = items.iter().filter(|item| item.state == ActionState::Done).count();
    match items.len() {
        0 => None,
        1 if done == 1 => Some("Its follow-up is done".to_owned()),
        1 => Some("1 follow-up".to_owned()),
        all if done == all => Some(format!("All {all} follow-ups are done")),
        all => Some(format!("{done} of {all} follow-ups are done")),
    }
}
