//! The fields that the forms on planned work share. Values are the texts as they stand in the fields, right or wrong.

use leptos::prelude::*;

use super::other_languages::Texts;
use crate::parts::form::{self, Choice, Input};
use crate::parts::locale::Locale;
use crate::staff::Wrong;

/// Planned work as a form holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The title.
    pub name: String,
    /// The title in other languages.
    pub names: Texts,
    /// The first message, as Markdown.
    pub body: String,
    /// The first message in other languages.
    pub bodies: Texts,
    /// When.
    pub when: When,
    /// The status each component gets, each as `ID status`.
    pub components: Vec<String>,
    /// Expected minutes without service.
    pub expected: String,
    /// Minutes without service at worst.
    pub worst: String,
    /// Begins by itself.
    pub auto_start: bool,
    /// Ends by itself.
    pub auto_complete: bool,
    /// Reminders that are ticked: minutes before the start, `start`, `end`.
    pub remind: Vec<String>,
    /// Further minutes before the start, with commas between.
    pub remind_more: String,
    /// How it comes again.
    pub again: Again,
    /// Whether subscribers are told.
    pub notify: bool,
    /// Who looks after it.
    pub owner: String,
    /// What staff note for themselves.
    pub internal_notes: String,
}

/// A window as a form holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct When {
    /// Whether there is a date: [`DATED`], or [`UNDATED`] for one that is to be set.
    pub choice: String,
    /// Its start, as `Locale::field` writes it.
    pub from: String,
    /// Its end; empty where the length says it.
    pub until: String,
    /// Its length in minutes.
    pub length: String,
}

/// The choice of a window with a date.
pub const DATED: &str = "dated";
/// The choice of a date that is to be set.
pub const UNDATED: &str = "undated";

/// How a window comes again, as a form holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Again {
    /// Empty for never, `weekly`, `fortnightly`, `monthly`, or `rule`.
    pub choice: String,
    /// How many windows there are.
    pub count: String,
    /// The last day.
    pub last: String,
    /// The rule for `rule`.
    pub rule: String,
    /// Days that are left out, with commas between.
    pub except: String,
}

/// Reminders that are offered: minutes before the start, and their names.
pub const OFFERED: [(&str, &str); 3] = [("10080", "A week before"), ("1440", "A day before"), ("60", "An hour before")];

fn line(name: &'static str, label: &'static str, value: &str, hint: &'static str, wrong: &[Wrong]) -> AnyView {
    form::text(&Input { name, label, value, hint, wrong, ..Input::default() })
}

/// Title and text.
#[must_use]
pub fn words(plan: &Plan, wrong: &[Wrong]) -> AnyView {
    let hint = "Markdown. What is done, why, and what readers will notice. Left empty, it says that work is planned.";
    let body = Input { name: "body", label: "Message", value: &plan.body, hint, wrong, ..Input::default() };
    view! { {title(plan, wrong)}{form::textarea(&body, 6)} }.into_any()
}

/// The title.
#[must_use]
pub fn title(plan: &Plan, wrong: &[Wrong]) -> AnyView {
    line("name", "Title", &plan.name, "What is worked on, in words that readers know.", wrong)
}

/// The window, or that it is to be set.
#[must_use]
pub fn when(when: &When, locale: Locale, wrong: &[Wrong]) -> AnyView {
    let choices = [Choice::new(DATED, "At this time"), Choice::new(UNDATED, "Date to be set")];
    let choice = Input { name: "when", label: "When", value: &when.choice, wrong, ..Input::default() };
    view! { {form::radios(&choice, &choices)}{window("", when, locale, wrong)} }.into_any()
}

/// Start and end, or start and length. `scope` sets apart several on one page.
#[must_use]
pub fn window(scope: &str, when: &When, locale: Locale, wrong: &[Wrong]) -> AnyView {
    let from = Input { name: "window_from", label: "Starts", value: &when.from, wrong, scope, ..Input::default() };
    let until = Input { name: "window_until", label: "Ends", value: &when.until, hint: "Or leave it empty and give the length.", ..from };
    let length = Input { name: "length", label: "Length in minutes", value: &when.length, kind: "number", ..from };
    view! {
        <div class="two">{form::datetime(&from, locale.name())}{form::datetime(&until, locale.name())}</div>
        <div class="two">{form::text(&length)}</div>
    }
    .into_any()
}

/// How long readers are without it, and what begins and ends by itself.
#[must_use]
pub fn course(plan: &Plan, wrong: &[Wrong]) -> AnyView {
    let minutes = |name, label, value: &str| form::text(&Input { name, label, value, kind: "number", wrong, ..Input::default() });
    let begins = Input {
        name: "auto_start",
        label: "Begins by itself at its start",
        hint: "Otherwise it stays scheduled until staff say that it begins.",
        wrong,
        ..Input::default()
    };
    let ends = Input {
        name: "auto_complete",
        label: "Ends by itself at its end",
        hint: "Otherwise it stays under way until staff say that it is finished; readers see that it takes longer.",
        ..begins
    };
    view! {
        <div class="two">
            {minutes("expected_downtime_minutes", "Expected downtime in minutes", &plan.expected)}
            {minutes("worst_downtime_minutes", "Downtime at worst in minutes", &plan.worst)}
        </div>
        {form::checkbox(&begins, plan.auto_start)}
        {form::checkbox(&ends, plan.auto_complete)}
    }
    .into_any()
}

/// When subscribers are reminded.
#[must_use]
pub fn reminders(plan: &Plan, wrong: &[Wrong]) -> AnyView {
    let mut choices: Vec<Choice> = OFFERED.iter().map(|(minutes, name)| Choice::new(*minutes, *name)).collect();
    choices.push(Choice::new("start", "When it begins by itself"));
    choices.push(Choice::new("end", "When it ends by itself"));
    let input = Input {
        name: "remind",
        label: "Reminders to subscribers",
        hint: "Each is sent once. One whose time has passed is left out.",
        wrong,
        ..Input::default()
    };
    let more = "Minutes before the start, such as 2880, 15.";
    view! { {form::checkboxes(&input, &choices, &plan.remind)}{line("reminder_minutes", "Further reminders", &plan.remind_more, more, wrong)} }
        .into_any()
}

/// How it comes again.
#[must_use]
pub fn again(again: &Again, wrong: &[Wrong]) -> AnyView {
    let choices = [
        Choice::new("", "Once"),
        Choice::new("weekly", "Every week"),
        Choice::new("fortnightly", "Every two weeks"),
        Choice::new("monthly", "Every month, on the same day"),
        Choice::new("rule", "By a rule of its own"),
    ];
    let choice = Input { name: "again", label: "Comes again", value: &again.choice, wrong, ..Input::default() };
    let count = Input { name: "count", label: "Windows in all", value: &again.count, kind: "number", wrong, ..Input::default() };
    let last = Input { name: "last", label: "Or until this day", value: &again.last, kind: "date", wrong, ..Input::default() };
    let rule = "As in calendars, with an end: FREQ=MONTHLY;BYDAY=1SA;COUNT=6 is the first Saturday of six months.";
    let except = "Days on which there is none, such as 2026-12-24, 2026-12-31.";
    let folded = ["again", "count", "last", "rrule", "exceptions"];
    let open = !again.choice.is_empty() || wrong.iter().any(|wrong| folded.contains(&wrong.field.as_str()));
    view! {
        <details class="more-fields" open=open>
            <summary>"Comes again"</summary>
            {form::select(&choice, &choices)}
            <div class="two">{form::text(&count)}{form::text(&last)}</div>
            {line("rrule", "Its own rule", &again.rule, rule, wrong)}
            {line("exceptions", "Except on", &again.except, except, wrong)}
        </details>
    }
    .into_any()
}

/// What never leaves the house.
#[must_use]
pub fn internal(plan: &Plan, wrong: &[Wrong]) -> AnyView {
    let hint = "Only staff see these. They are in no page, feed, calendar or mail.";
    let notes = Input { name: "internal_notes", label: "Internal notes", value: &plan.internal_notes, hint, wrong, ..Input::default() };
    view! { {line("owner", "Owner", &plan.owner, "Who looks after it.", wrong)}{form::textarea(&notes, 3)} }.into_any()
}
