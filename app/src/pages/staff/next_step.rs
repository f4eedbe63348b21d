//! What can be done with announced work: the expected step first, everything else in folds below it.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::fields;
use super::maintenance::{Form, WorkPage, address, seen, wrong_of};
use super::other_languages::{self, Asked, fold};
use super::plan_fields;
use crate::parts::form::{self, Choice, Input, Weight};
use crate::parts::locale::Locale;
use crate::words::MaintenanceStatus;

/// A form in a fold.
struct Step<'a> {
    /// What the fold says.
    ask: &'static str,
    /// Whether it can be undone only by another message.
    danger: bool,
    /// Where it goes, below the work's address.
    to: &'static str,
    /// Which form it is.
    form: Form,
    /// Sets apart its ids.
    scope: &'static str,
    /// What it says and sets.
    inside: Vec<AnyView>,
    /// What its button says.
    label: &'static str,
    /// The page it is on.
    page: &'a WorkPage<'a>,
}

impl Step<'_> {
    fn view(self, open: bool) -> AnyView {
        let (weight, class) = if self.danger { (Weight::Danger, "ask") } else { (Weight::Primary, "ask calm") };
        let open = open || (self.page.refused == self.form && self.form != Form::Message);
        let notify = fields::notify_scoped(self.scope, self.page.next.notify, self.page.reach);
        view! {
            <details class=class open=open>
                <summary>{self.ask}</summary>
                <form method="post" action=address(self.page, self.to)>
                    {seen(self.page)}{self.inside}{notify}{form::button(weight, self.label)}
                </form>
            </details>
        }
        .into_any()
    }
}

/// The section.
#[must_use]
pub fn section(page: &WorkPage, locale: Locale, now: DateTime<Utc>) -> AnyView {
    let work = page.work;
    let begun = matches!(work.status, MaintenanceStatus::InProgress | MaintenanceStatus::Verifying);
    let due = work.window.is_some_and(|window| if begun { window.until <= now } else { window.from <= now });
    let folds: Vec<AnyView> = match work.status {
        MaintenanceStatus::Scheduled if work.window.is_none() => vec![date(page, locale, true), begin(page, false), cancel(page)],
        MaintenanceStatus::Scheduled if due => {
            vec![begin(page, true), longer(page, locale, false), date(page, locale, false), cancel(page)]
        }
        MaintenanceStatus::Scheduled => vec![date(page, locale, false), longer(page, locale, false), begin(page, false), cancel(page)],
        MaintenanceStatus::InProgress => vec![verify(page), finish(page, due), longer(page, locale, due), cancel(page)],
        MaintenanceStatus::Verifying => vec![finish(page, true), longer(page, locale, due), cancel(page)],
        MaintenanceStatus::Completed | MaintenanceStatus::Cancelled => Vec::new(),
    };
    let heading = match work.status {
        MaintenanceStatus::Completed => "Add to it, or go on",
        MaintenanceStatus::Cancelled => "It is called off",
        _ => "What is next",
    };
    let rest = (!page.series.is_empty() || page.refused == Form::Series).then(|| cancel_series(page));
    let called_off = (work.status == MaintenanceStatus::Cancelled)
        .then(|| view! { <p class="hint">"Nothing more can be changed of it. If it is to happen after all, plan it anew."</p> });
    view! {
        <section aria-labelledby="next" class="steps">
            <h2 id="next">{heading}</h2>
            {called_off}{folds}{rest}
            {message(page)}
        </section>
    }
    .into_any()
}

/// The text of a step; what stands there unless somebody wrote something is in the hint.
fn text(page: &WorkPage, form: Form, scope: &'static str, value: &str, hint: &str) -> AnyView {
    let body = Input { name: "body", label: "Message", value, hint, wrong: wrong_of(page, form), scope, ..Input::default() };
    let none = other_languages::none(page.view);
    let bodies = if page.refused == form && form != Form::None { &page.next.bodies } else { &none };
    let wrong = wrong_of(page, form);
    view! { {form::textarea(&body, 4)}{fold(scope, &[Asked::message(bodies)], wrong)} }.into_any()
}

/// What stood in the form, where it is this one that is shown again.
fn kept(page: &WorkPage, form: Form) -> String {
    if page.refused == form { page.next.body.clone() } else { String::new() }
}

fn state(
    page: &WorkPage,
    ask: &'static str,
    status: MaintenanceStatus,
    scope: &'static str,
    hint: &str,
    label: &'static str,
    open: bool,
) -> AnyView {
    let inside = vec![
        form::hidden("status", status.as_str()),
        form::hidden("do", "post"),
        // A refused message is shown in the form below: this one begins empty.
        text(page, Form::None, scope, "", hint),
    ];
    Step { ask, danger: false, to: "/updates", form: Form::Message, scope, inside, label, page }.view(open)
}

fn begin(page: &WorkPage, open: bool) -> AnyView {
    let hint = "Left empty, it says that the work has begun. Its components get the status that is planned for them.";
    state(page, "Start it now", MaintenanceStatus::InProgress, "begin", hint, "Start the work", open)
}

fn verify(page: &WorkPage) -> AnyView {
    let hint = "Left empty, it says that the work is done and is being checked.";
    state(page, "Done, now being verified", MaintenanceStatus::Verifying, "verify", hint, "Say that it is being verified", false)
}

fn finish(page: &WorkPage, open: bool) -> AnyView {
    let hint = "Left empty, it says that the work is finished. Its components become what their monitors and incidents say.";
    state(page, "Finish it", MaintenanceStatus::Completed, "finish", hint, "Finish the work", open)
}

fn date(page: &WorkPage, locale: Locale, open: bool) -> AnyView {
    let (ask, label) =
        if page.work.window.is_none() { ("Set the date", "Set the date") } else { ("Move it to another time", "Move the work") };
    let hint = "Left empty, it says the new time, and the old one beside it.";
    let inside = vec![
        plan_fields::window("date", &page.next.when, locale, wrong_of(page, Form::Window)),
        text(page, Form::Window, "date", &kept(page, Form::Window), hint),
    ];
    Step { ask, danger: false, to: "/window", form: Form::Window, scope: "date", inside, label, page }.view(open)
}

fn longer(page: &WorkPage, locale: Locale, open: bool) -> AnyView {
    let Some(prepared) = &page.longer else { return ().into_any() };
    let again = page.refused == Form::Longer;
    let (until, body) = if again { (&page.next.when.until, &page.next.body) } else { (&prepared.when.until, &prepared.body) };
    let wrong = wrong_of(page, Form::Longer);
    let until = Input { name: "window_until", label: "New end", value: until, wrong, scope: "longer", ..Input::default() };
    let inside = vec![
        form::hidden("window_from", &prepared.when.from),
        form::hidden("longer", "1"),
        form::datetime(&until, locale.name()),
        text(page, Form::Longer, "longer", body, "Change the time here too where you change the end."),
    ];
    Step {
        ask: "We need longer",
        danger: false,
        to: "/window",
        form: Form::Longer,
        scope: "longer",
        inside,
        label: "Tell the new end",
        page,
    }
    .view(open || page.longer_open)
}

fn cancel(page: &WorkPage) -> AnyView {
    let hint = "Left empty, it says that the work is cancelled and will not go on.";
    let inside = vec![
        view! { <p>"It stays on the page and in calendars as cancelled. It cannot begin again: plan it anew."</p> }.into_any(),
        text(page, Form::Cancel, "cancel", &kept(page, Form::Cancel), hint),
    ];
    Step { ask: "Cancel it", danger: true, to: "/cancel", form: Form::Cancel, scope: "cancel", inside, label: "Cancel the work", page }
        .view(false)
}

fn cancel_series(page: &WorkPage) -> AnyView {
    let (hint, value) = ("Left empty, it says that the work is cancelled and will not go on.", kept(page, Form::Series));
    let wrong = wrong_of(page, Form::Series);
    let series = Input { name: "body", label: "Message", value: &value, hint, wrong, scope: "series", ..Input::default() };
    let inside = vec![
        form::hidden("series", "1"),
        view! { <p>"Every window of the series that has not begun is called off, this one too, and told in one message."</p> }.into_any(),
        form::textarea(&series, 4),
    ];
    Step {
        ask: "Cancel the rest of the series",
        danger: true,
        to: "/cancel",
        form: Form::Series,
        scope: "series",
        inside,
        label: "Cancel all that is left",
        page,
    }
    .view(false)
}

/// Words without another step: status as it is, or chosen.
fn message(page: &WorkPage) -> Option<AnyView> {
    let wrong = wrong_of(page, Form::Message);
    let statuses: &[MaintenanceStatus] = match page.work.status {
        MaintenanceStatus::Scheduled => &[MaintenanceStatus::Scheduled, MaintenanceStatus::InProgress],
        MaintenanceStatus::InProgress => &[MaintenanceStatus::InProgress, MaintenanceStatus::Verifying, MaintenanceStatus::Completed],
        MaintenanceStatus::Verifying => &[MaintenanceStatus::Verifying, MaintenanceStatus::InProgress, MaintenanceStatus::Completed],
        // What is called off stays so: nothing more is said of it.
        MaintenanceStatus::Cancelled => return None,
        MaintenanceStatus::Completed => &[MaintenanceStatus::Completed, MaintenanceStatus::InProgress],
    };
    let choices: Vec<Choice> = statuses.iter().map(|status| Choice::new(status.as_str(), status.label())).collect();
    let value = if page.refused == Form::Message { page.next.status.as_str() } else { page.work.status.as_str() };
    let status = Input { name: "status", label: "Status", value, wrong, ..Input::default() };
    Some(
        view! {
            <form method="post" action=address(page, "/updates")>
                <h3>"Post an update"</h3>
                {seen(page)}
                {form::radios(&status, &choices)}
                {text(page, Form::Message, "", &kept(page, Form::Message), "Markdown. How it goes, and what readers notice.")}
                {fields::notify(page.next.notify, page.reach)}
                <div class="acts send">
                    {form::choice_button(Weight::Quiet, "do", "preview", "Preview")}
                    {form::choice_button(Weight::Primary, "do", "post", "Post the update")}
                </div>
            </form>
        }
        .into_any(),
    )
}
