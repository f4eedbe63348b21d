//! The fields that the forms on incidents share. Values are the texts as they stand in the fields, right or wrong.

use leptos::prelude::*;

use super::other_languages::Texts;
use crate::parts::form::{self, Choice, Input};
use crate::parts::glyph::{badge, face_of};
use crate::parts::locale::Locale;
use crate::parts::measure::{count, plain_or};
use crate::staff::Wrong;
use crate::view::{ComponentView, PublicView};
use crate::words::{ComponentStatus, Impact, IncidentStatus};

/// What an incident says beside its messages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The title.
    pub name: String,
    /// The chosen impact; empty follows from the components.
    pub impact_override: String,
    /// The title in other languages.
    pub names: Texts,
    /// Start of the failure, as `Locale::field` writes it; empty is the time of the first message.
    pub started_at: String,
    /// Who looks after it.
    pub owner: String,
    /// What staff note for themselves.
    pub internal_notes: String,
}

/// A message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// Where the incident stands.
    pub status: String,
    /// The text as Markdown.
    pub body: String,
    /// The text in other languages.
    pub bodies: Texts,
    /// What it states of components, each as `ID status`.
    pub components: Vec<String>,
    /// Whether subscribers are told.
    pub notify: bool,
    /// The promise.
    pub next: NextUpdate,
}

/// When the next message is promised.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NextUpdate {
    /// Minutes from now, `at`, or empty for no promise.
    pub choice: String,
    /// The time for `at`, as `Locale::field` writes it.
    pub at: String,
}

/// Components above this number are folded by group.
const UNFOLDED: usize = 12;

/// Title first: it is what everybody reads.
#[must_use]
pub fn title(facts: &Facts, wrong: &[Wrong]) -> AnyView {
    let hint = "The symptom in plain words, as a reader would say it.";
    form::text(&Input { name: "name", label: "Title", value: &facts.name, hint, wrong, ..Input::default() })
}

/// Impact, start and promise; what staff keep to themselves.
#[must_use]
pub fn details(facts: &Facts, locale: Locale, wrong: &[Wrong]) -> AnyView {
    let impacts = [Impact::None, Impact::Minor, Impact::Major, Impact::Critical];
    let choices: Vec<Choice> = std::iter::once(Choice::new("", "Follows from the components"))
        .chain(impacts.into_iter().map(|impact| Choice::new(impact.as_str(), impact.label())))
        .collect();
    let impact = Input {
        name: "impact_override",
        label: "Impact",
        value: &facts.impact_override,
        hint: "Degraded is minor, a partial outage is major, a major outage is critical.",
        wrong,
        ..Input::default()
    };
    let started = Input {
        name: "started_at",
        label: "Began",
        value: &facts.started_at,
        hint: "When the failure began. Empty: now.",
        wrong,
        ..Input::default()
    };
    view! { <div class="two">{form::select(&impact, &choices)}{form::datetime(&started, locale.name())}</div> }.into_any()
}

/// What never leaves the house.
#[must_use]
pub fn internal(facts: &Facts, wrong: &[Wrong]) -> AnyView {
    let owner = Input { name: "owner", label: "Owner", value: &facts.owner, hint: "Who looks after it.", wrong, ..Input::default() };
    let notes = Input {
        name: "internal_notes",
        label: "Internal notes",
        value: &facts.internal_notes,
        hint: "Only staff see these. They are in no page, feed or mail.",
        wrong,
        ..Input::default()
    };
    view! { {form::text(&owner)}{form::textarea(&notes, 3)} }.into_any()
}

/// Status and text. An empty text becomes the sentence beside the chosen status, which is in the page's own language.
#[must_use]
pub fn words(message: &Message, stock: &[(IncidentStatus, String)], lang: &str, wrong: &[Wrong]) -> AnyView {
    let choice = |(status, sentence): &(IncidentStatus, String)| Choice::new(status.as_str(), status.label()).quoting(sentence, lang);
    let choices: Vec<Choice> = stock.iter().map(choice).collect();
    let status = Input { name: "status", label: "Status", value: &message.status, wrong, ..Input::default() };
    let body = Input {
        name: "body",
        label: "Message",
        value: &message.body,
        hint: "Markdown. What is broken for whom, what you do, when you say more. Left empty, it says the sentence beside the status.",
        wrong,
        ..Input::default()
    };
    view! { {form::radios(&status, &choices)}{form::textarea(&body, 6)} }.into_any()
}

/// The promise of the next message.
#[must_use]
pub fn next_update(next: &NextUpdate, locale: Locale, wrong: &[Wrong]) -> AnyView {
    next_update_scoped("", next, locale, wrong)
}

/// The same in a second form of the page.
#[must_use]
pub fn next_update_scoped(scope: &str, next: &NextUpdate, locale: Locale, wrong: &[Wrong]) -> AnyView {
    let choices = [
        Choice::new("", "No promise"),
        Choice::new("30", "In 30 minutes"),
        Choice::new("60", "In 1 hour"),
        Choice::new("120", "In 2 hours"),
        Choice::new("at", "At the time beside"),
    ];
    let choice = Input { name: "next", label: "Next update by", value: &next.choice, scope, ..Input::default() };
    let at = Input { name: "next_update_at", label: "Time", value: &next.at, wrong, scope, ..Input::default() };
    view! { <div class="two">{form::select(&choice, &choices)}{form::datetime(&at, locale.name())}</div> }.into_any()
}

/// Whether subscribers are told, and how many that would be where it is known.
#[must_use]
pub fn notify(notify: bool, reach: Option<i64>) -> AnyView {
    notify_scoped("", notify, reach)
}

/// The same in a second form of the page.
#[must_use]
pub fn notify_scoped(scope: &str, notify: bool, reach: Option<i64>) -> AnyView {
    let label = match reach.map(|reach| usize::try_from(reach).unwrap_or(0)) {
        None => "Tell subscribers".to_owned(),
        Some(0) => "Tell subscribers (nobody has subscribed to this yet)".to_owned(),
        Some(reach) => format!("Tell subscribers ({})", count(reach, "person", "people")),
    };
    form::checkbox(&Input { name: "notify", label: &label, scope, ..Input::default() }, notify)
}

/// A status for each component; `unnamed` is what stands for not saying anything.
#[must_use]
pub fn components(chosen: &[String], view: &PublicView, unnamed: &str, wrong: &[Wrong]) -> AnyView {
    let locale = Locale::at(&view.page.time_zone, view.as_of);
    let row = |component: &ComponentView| row(component, chosen, unnamed, locale);
    let lone: Vec<AnyView> = view.components.iter().filter(|c| c.component.group_id.is_none()).map(row).collect();
    let lone = (!lone.is_empty()).then(|| view! { <ul class="states">{lone}</ul> });
    let folded = view.components.len() > UNFOLDED;
    let groups: Vec<AnyView> = view
        .groups
        .iter()
        .map(|group| {
            let members = || group.components.iter().filter_map(|id| view.component(id.as_str()));
            let named = members().any(|member| chosen.iter().any(|text| text.starts_with(member.component.id.as_str())));
            let rows: Vec<AnyView> = members().map(row).collect();
            let name = plain_or(&group.group.name, "Untitled");
            view! { <details class="gr" open=named || !folded><summary>{name}</summary><ul class="states">{rows}</ul></details> }.into_any()
        })
        .collect();
    let empty =
        view.components.is_empty().then(|| form::empty("There are no components yet. An incident without components concerns everyone."));
    let problem: Vec<&str> = wrong.iter().filter(|w| w.field == "components").map(|w| w.sentence.as_str()).collect();
    let described = (!problem.is_empty()).then_some("f-components-wrong");
    let problem = (!problem.is_empty()).then(|| view! { <p class="wrong" id="f-components-wrong">{problem.join(" ")}</p> });
    view! { <fieldset class="field board" aria-describedby=described><legend>"Components"</legend>{problem}{lone}{groups}{empty}</fieldset> }.into_any()
}

fn row(view: &ComponentView, chosen: &[String], unnamed: &str, locale: Locale) -> AnyView {
    let id = &view.component.id;
    let name = plain_or(&view.component.name, "Untitled");
    let (face, word) = face_of(view, locale);
    let choices: Vec<Choice> = std::iter::once(Choice::new("", unnamed))
        .chain(ComponentStatus::ALL.iter().map(|status| Choice::new(format!("{id} {status}"), status.label())))
        .collect();
    let value = chosen.iter().find(|text| text.starts_with(id.as_str())).map_or("", String::as_str);
    let input = Input { name: "components", label: &name, value, scope: id.as_str(), ..Input::default() };
    view! { <li><span class="nm">{name.clone()}</span>{badge(face, &word)}{form::menu_of_row(&input, &choices)}</li> }.into_any()
}
