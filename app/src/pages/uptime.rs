//! `/uptime`: every component's days, and its months in a year.

use std::ops::RangeInclusive;

use leptos::prelude::*;

use super::Body;
use super::component::name;
use crate::parts::chrome::{crumb, name_of};
use crate::parts::foreign::{dir, lang};
use crate::parts::locale::Locale;
use crate::parts::{components, form, months, period, working};
use crate::staff::Wrong;
use crate::view::{DAYS_SHOWN, PublicView};

/// The page with the months of a year, this one where none is asked for; `None` where there is no record of it.
#[must_use]
pub fn page(view: &PublicView, year: Option<i32>) -> Option<Body> {
    let recorded = period::recorded(view);
    let newest = *recorded.end();
    let wanted = year.unwrap_or(newest);
    recorded.contains(&wanted).then(|| shown(view, wanted, recorded, &[]))
}

/// The page of this year for what is no year.
#[must_use]
pub fn refused(view: &PublicView) -> Body {
    let recorded = period::recorded(view);
    let wrong = Wrong { field: String::new(), sentence: Locale::of(view).t("wrong-year") };
    Body { index: false, ..shown(view, *recorded.end(), recorded, &[wrong]) }
}

fn shown(view: &PublicView, shown: i32, recorded: RangeInclusive<i32>, wrong: &[Wrong]) -> Body {
    let locale = Locale::of(view);
    let newest = *recorded.end();
    let link = |year: i32| {
        let current = (year == shown).then_some("page");
        view! { <a href=locale.href(&address(year, newest)) aria-current=current>{year.to_string()}</a> }
    };
    let years = (recorded.clone().count() > 1).then(|| {
        view! { <nav class="turns" aria-label=locale.t("uptime-choose-year")>{recorded.rev().map(link).collect::<Vec<_>>()}</nav> }
    });
    let main = view! {
        {crumb(view, locale)}
        <div class="one">
            <h1>{locale.t("uptime-title")}</h1>
            {form::refused(wrong, "")}
            <p class="lede">{locale.with("uptime-lede", [("n", DAYS_SHOWN.into())])}</p>
            <p class="soft">{locale.t("uptime-overall-note")}</p>
            {working::method(view.weights, locale)}
        </div>
        {components::list(view, locale)}
        <section id="s-months" aria-labelledby="months">
            <div class="sh"><h2 id="months">{locale.with("uptime-by-month", [("year", shown.to_string().into())])}</h2>{years}</div>
            {matrix(view, shown, locale)}
        </section>
    }
    .into_any();
    Body {
        title: locale.t("uptime-title"),
        description: locale.with("uptime-about", [("page", name_of(view).into())]),
        path: address(shown, newest),
        index: true,
        main,
    }
}

/// The newest year has one address: the one without it.
fn address(year: i32, newest: i32) -> String {
    if year == newest { "/uptime".to_owned() } else { format!("/uptime?year={year}") }
}

/// A row of months for each component that was measured in that year, in the order of the front page, providers last.
fn matrix(view: &PublicView, year: i32, locale: Locale) -> AnyView {
    let rows: Vec<AnyView> = components::in_order(view)
        .into_iter()
        .filter_map(|component| {
            let id = &component.component.id;
            let found = months::year(component, view, year)?;
            let href = locale.href(&format!("/components/{id}#years"));
            let heading = view! { <h3><a class="cn" href=href lang=lang(view, id) dir=dir(view, id)>{name(component, locale)}</a></h3> };
            Some(found.shown(heading.into_any(), component, locale))
        })
        .collect();
    if rows.is_empty() {
        return view! { <p class="none big">{locale.with("uptime-no-record", [("year", year.to_string().into())])}</p> }.into_any();
    }
    view! { {rows}<p class="hint">{locale.t("uptime-marks")}</p> }.into_any()
}
