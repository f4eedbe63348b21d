//! What of the history is shown: a form that needs no script, and what it was asked for, each with a way back.

use leptos::prelude::*;

use super::query::{Kind, Query};
use crate::markdown;
use crate::parts::components;
use crate::parts::form::{self, Choice, Input, Weight};
use crate::parts::locale::Locale;
use crate::parts::measure::plain_or;
use crate::staff::Wrong;
use crate::view::{ComponentView, PublicView};
use crate::words::{Id, Impact};

/// Stands for the month that was typed, in a page that is the same whatever that was: letters nobody types.
const TYPED: &str = "\u{e000}month\u{e001}";

/// Letters of a month that was typed which are shown again: enough to see what is wrong with it.
const TYPED_LETTERS: usize = 40;

/// The page of a refused filter with the month that was typed in its field.
#[must_use]
pub fn with_month(page: &str, typed: &str) -> String {
    let typed: String = markdown::visible(typed).chars().take(TYPED_LETTERS).collect();
    let typed = typed.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;");
    page.replacen(&format!("value=\"{TYPED}\""), &format!("value=\"{typed}\""), 1)
}

/// The form, folded away until it is used. A month is chosen beside the title, so that its field is in sight only where it is wrong.
pub fn form(query: &Query, wrong: &[Wrong], view: &PublicView, locale: Locale) -> AnyView {
    let components = components::in_order(view).into_iter().map(|c| (c.component.id.as_str(), named(c, locale)));
    let impacts = Query::IMPACTS.into_iter().map(|impact| (impact.as_str(), least(impact, locale)));
    let kinds = Kind::ALL.into_iter().map(|kind| (kind.as_str(), of_kind(kind, locale)));
    let component = menu("component", query.component.as_ref().map(Id::as_str), components, wrong, locale);
    let impact = menu("impact", query.impact.map(Impact::as_str), impacts, wrong, locale);
    let kind = menu("kind", query.kind.map(Kind::as_str), kinds, wrong, locale);
    let month = if wrong.iter().any(|wrong| wrong.field == "month") {
        let label = locale.t("history-month");
        Some(form::text(&Input { name: "month", label: &label, value: TYPED, wrong, ..Input::default() }))
    } else {
        query.month.map(|month| form::hidden("month", &month.key()))
    };
    view! {
        <details class="how filter" open=query.is_filtered() || !wrong.is_empty()>
            <summary>{locale.t("history-filter")}</summary>
            <form action=locale.href("/history")>
                {month}{component}{impact}{kind}
                {form::button(Weight::Quiet, &locale.t("history-show"))}
            </form>
        </details>
    }
    .into_any()
}

fn menu<'a>(name: &str, chosen: Option<&str>, values: impl Iterator<Item = (&'a str, String)>, wrong: &[Wrong], locale: Locale) -> AnyView {
    let every = (String::new(), locale.t(&format!("history-{name}-any")));
    let choices = [every].into_iter().chain(values.map(|(value, label)| (value.to_owned(), label)));
    let choices: Vec<Choice> = choices.map(|(value, label)| Choice::new(value, label)).collect();
    let label = locale.t(&format!("history-{name}"));
    form::select(&Input { name, label: &label, value: chosen.unwrap_or_default(), wrong, ..Input::default() }, &choices)
}

/// What the list is restricted to, each a link to the same without it; nothing where it is not.
pub fn chosen(query: &Query, view: &PublicView, locale: Locale) -> Option<AnyView> {
    let component = query.component.as_ref().and_then(|id| view.component(id.as_str()));
    let without = [
        component.map(|c| (named(c, locale), Query { component: None, ..query.clone() })),
        query.impact.map(|impact| (least(impact, locale), Query { impact: None, ..query.clone() })),
        query.kind.map(|kind| (of_kind(kind, locale), Query { kind: None, ..query.clone() })),
    ];
    let links = without.into_iter().flatten().map(|(word, rest)| {
        let spoken = locale.with("history-without", [("filter", word.clone().into())]);
        view! { <li><a href=locale.href(&rest.path()) aria-label=spoken>{word}<span aria-hidden="true">" ×"</span></a></li> }
    });
    let links: Vec<_> = links.collect();
    let all = locale.href(&Query { month: query.month, ..Query::default() }.path());
    (!links.is_empty()).then(|| {
        view! {
            <div class="toc chosen">
                <p id="chosen" class="soft">{locale.t("history-chosen")}</p>
                <ul aria-labelledby="chosen">{links}<li><a href=all>{locale.t("history-everything")}</a></li></ul>
            </div>
        }
        .into_any()
    })
}

fn named(component: &ComponentView, locale: Locale) -> String {
    plain_or(&component.component.name, &locale.t("component-unnamed"))
}

fn least(impact: Impact, locale: Locale) -> String {
    locale.t(&format!("history-impact-{impact}"))
}

fn of_kind(kind: Kind, locale: Locale) -> String {
    locale.t(&format!("history-kind-{}", kind.as_str()))
}
