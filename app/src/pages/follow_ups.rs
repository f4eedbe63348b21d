//! `/follow-ups`: what was promised in post-mortems, over all of them, and how far it has come.

use std::cmp::Reverse;

use leptos::prelude::*;

use super::Body;
use crate::parts::action_item::{is_overdue, item, state_word};
use crate::parts::chrome::{crumb, name_of};
use crate::parts::locale::Locale;
use crate::parts::postmortem::link;
use crate::view::PublicView;
use crate::words::{ActionItem, ActionState, Postmortem};

/// What is going on stands before what is over.
const ORDER: [(ActionState, &str); 4] = [
    (ActionState::Underway, "under-way"),
    (ActionState::Planned, "planned"),
    (ActionState::Done, "done"),
    (ActionState::Dropped, "dropped"),
];

/// An item and the document it follows from.
type Entry<'a> = (&'a ActionItem, &'a Postmortem);

/// The page.
#[must_use]
pub fn page(view: &PublicView) -> Body {
    let locale = Locale::of(view);
    let all: Vec<Entry<'_>> =
        view.documents().flat_map(|document| document.postmortem.action_items.iter().map(|item| (item, &document.postmortem))).collect();
    let groups: Vec<_> = ORDER.into_iter().filter_map(|(state, anchor)| group(&all, state, anchor, view, locale)).collect();
    let empty = all.is_empty().then(|| {
        view! { <p class="none big">{locale.t("follow-ups-none")}</p> }
    });
    let main = view! {
        {crumb(view, locale)}
        <div class="one">
            <h1>{locale.t("section-follow-ups")}</h1>
            <p class="lede">{locale.t("follow-ups-lede")}</p>
            {summary(&all, locale)}
            {groups}
            {empty}
            <p class="more"><a href=locale.href("/post-mortems")>{locale.t("postmortems-all")}</a></p>
        </div>
    }
    .into_any();
    Body {
        title: locale.t("section-follow-ups"),
        description: locale.with("follow-ups-description", [("name", name_of(view).into())]),
        path: "/follow-ups".to_owned(),
        index: true,
        main,
    }
}

/// How many are in which state, each a way to them; and how many are late, plainly.
fn summary(all: &[Entry<'_>], locale: Locale) -> Option<AnyView> {
    if all.is_empty() {
        return None;
    }
    let links = ORDER.into_iter().filter_map(|(state, anchor)| {
        let number = all.iter().filter(|(item, _)| item.state == state).count();
        let word = locale.with(&format!("follow-ups-{state}"), [("n", number.into())]);
        (number > 0).then(|| view! { <li><a href=format!("#{anchor}")>{word}</a></li> })
    });
    let late = all.iter().filter(|(item, _)| is_overdue(item, locale.today())).count();
    let late = (late > 0).then(|| view! { <p class="overdue">{locale.with("follow-ups-overdue", [("n", late.into())])}</p> });
    Some(view! { <nav class="toc" aria-label=locale.t("follow-ups-by-state")><ul>{links.collect::<Vec<_>>()}</ul></nav>{late} }.into_any())
}

fn group(all: &[Entry<'_>], state: ActionState, anchor: &'static str, view: &PublicView, locale: Locale) -> Option<AnyView> {
    let mut entries: Vec<&Entry<'_>> = all.iter().filter(|(item, _)| item.state == state).collect();
    match state {
        // What most people ask for, then what is due first.
        ActionState::Planned | ActionState::Underway => {
            entries.sort_by_key(|(item, _)| (Reverse(item.votes), item.due_on.is_none(), item.due_on));
        }
        ActionState::Done | ActionState::Dropped => entries.sort_by_key(|(item, _)| Reverse(item.history.last().map(|step| step.at))),
    }
    let items: Vec<_> = entries
        .into_iter()
        .map(|(one, from)| {
            let from = view! { <span>{locale.filled("follow-ups-from", [("postmortem", link(from, view, locale))])}</span> };
            item(one, view, locale, Some(from.into_any()))
        })
        .collect();
    let title = format!("{anchor}-title");
    (!items.is_empty()).then(|| {
        view! { <section id=anchor aria-labelledby=title.clone()><h2 id=title.clone()>{state_word(state, locale)}</h2><ul class="acts">{items}</ul></section> }.into_any()
    })
}
