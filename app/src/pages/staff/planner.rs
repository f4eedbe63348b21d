//! `/staff/maintenances/planner`: when the platform is used, what is planned already, and when work would disturb least.

use leptos::prelude::*;

use super::maintenances::href;
use super::named;
use crate::pages::staff::load_map::{self, Cell};
use crate::parts::form::{self, Choice, Input, Weight};
use crate::parts::locale::Locale;
use crate::parts::measure::{duration, listed};
use crate::staff::{Frame, Wrong, document};
use crate::words::{Id, Role, Window};

/// All that the page shows.
#[derive(Clone, Debug)]
pub struct Planner {
    /// What is known of the load; the first one is all of it together.
    pub sources: Vec<Source>,
    /// Which of them is looked at: its key.
    pub chosen: &'static str,
    /// The length looked for, in minutes, as typed.
    pub length: String,
    /// What is wrong with it.
    pub wrong: Vec<Wrong>,
    /// The least days between now and a suggestion.
    pub lead_days: i64,
    /// Windows at quiet hours, the quietest first.
    pub suggested: Vec<Suggestion>,
    /// Work that is announced for the next weeks, soonest first.
    pub planned: Vec<(Id, String, Window)>,
    /// Open incidents.
    pub open: Vec<(Id, String)>,
}

/// One thing that says how busy an hour is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its name in the address.
    pub key: &'static str,
    /// Its name.
    pub label: &'static str,
    /// What its figures are.
    pub sentence: String,
    /// The hours of the week, Monday from midnight first; empty where nothing is known yet.
    pub cells: Vec<Option<Cell>>,
}

/// A window to plan work in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// When.
    pub window: Window,
    /// The load in it, from 0 (the quietest hour of the week) to 100.
    pub load: i64,
    /// The hours of the week it touches, to be marked in the map.
    pub hours: Vec<usize>,
}

/// The page.
#[must_use]
pub fn page(frame: &Frame, planner: &Planner) -> String {
    document(frame, "Planner", || {
        view! {
            <p class="back"><a href="/staff/maintenances">"All planned work"</a></p>
            <h1>"When to do planned work"</h1>
            <p class="soft">{format!("Every hour of the week in {}: the stronger the colour, the busier.", frame.locale().name())}</p>
            {form::problems(&planner.wrong)}
            <div class="pair plan">
                <section aria-labelledby="map">{map(planner, frame.locale())}</section>
                <div class="beside">{suggested(frame, planner)}{taken(planner, frame.locale())}</div>
            </div>
        }
        .into_any()
    })
}

fn address(planner: &Planner, source: &str) -> String {
    let length = &planner.length;
    // A length that is no number is not carried on.
    if length.bytes().all(|b| b.is_ascii_digit()) { format!("?source={source}&length={length}") } else { format!("?source={source}") }
}

fn map(planner: &Planner, locale: Locale) -> AnyView {
    let links = planner.sources.iter().map(|source| {
        let current = (source.key == planner.chosen).then_some("true");
        view! { <a href=address(planner, source.key) aria-current=current>{source.label}</a> }
    });
    let links: Vec<_> = links.collect();
    let source = planner.sources.iter().find(|source| source.key == planner.chosen).or(planner.sources.first());
    let shown = source.map(|source| {
        let marked: Vec<usize> = planner.suggested.iter().flat_map(|one| one.hours.clone()).collect();
        let drawn = if source.cells.is_empty() {
            form::empty(&format!("There is no data of this yet. {}", source.sentence))
        } else {
            view! { <p class="hint">{source.sentence.clone()}</p>{load_map::picture(source.label, &source.cells, &marked, locale.name())} }
                .into_any()
        };
        // The first source is all of them together: it says which of them it lacks.
        let lacks = planner.sources.iter().filter(|other| other.cells.is_empty() && other.key != source.key);
        let lacks: Vec<String> = lacks.map(|other| other.label.to_lowercase()).collect();
        let whole = planner.sources.first().is_some_and(|all| all.key == source.key);
        let missing =
            (whole && !lacks.is_empty()).then(|| view! { <p class="hint">{format!("There is no data yet of {}.", listed(&lacks))}</p> });
        view! { {drawn}{missing} }
    });
    view! {
        <h2 id="map">"Load"</h2>
        <nav class="tabs" aria-label="What the map shows">{links}</nav>
        {shown}
    }
    .into_any()
}

fn suggested(frame: &Frame, planner: &Planner) -> AnyView {
    let locale = frame.locale();
    let lengths = ["30", "60", "120", "240", "480"];
    let mut choices: Vec<Choice> =
        lengths.iter().map(|minutes| Choice::new(*minutes, duration(minutes.parse::<i64>().unwrap_or(0) * 60))).collect();
    if !lengths.contains(&planner.length.as_str()) {
        let named = planner.length.parse::<i64>().map_or_else(|_| planner.length.clone(), |minutes| duration(minutes * 60));
        choices.push(Choice::new(planner.length.clone(), named));
    }
    let length = Input { name: "length", label: "The work takes", value: &planner.length, wrong: &planner.wrong, ..Input::default() };
    let rows: Vec<_> = planner.suggested.iter().map(|one| row(frame, planner, one)).collect();
    let list = if rows.is_empty() {
        form::empty("No window of this length is free in the four weeks after the lead time. Try a shorter one.")
    } else {
        view! { <ol class="rows">{rows}</ol> }.into_any()
    };
    let lead = match planner.lead_days {
        1 => "a day".to_owned(),
        days => format!("{days} days"),
    };
    view! {
        <section aria-labelledby="quiet">
            <h2 id="quiet">"Quiet windows"</h2>
            <form method="get" action="/staff/maintenances/planner" class="row">
                {form::hidden("source", planner.chosen)}
                {form::select(&length, &choices)}
                {form::button(Weight::Quiet, "Look")}
            </form>
            <p class="hint">{format!("At least {lead} from now, over no other window, the quietest first. They are framed in the map. Times are in {}.", locale.name())}</p>
            {list}
        </section>
    }
    .into_any()
}

fn row(frame: &Frame, planner: &Planner, one: &Suggestion) -> AnyView {
    let locale = frame.locale();
    let ends = format!("window_from={}&window_until={}", locale.field(one.window.from), locale.field(one.window.until));
    let plan = frame.may(Role::Responder).then(|| form::way(Weight::Quiet, &format!("/staff/maintenances/new?{ends}"), "Plan work here"));
    // Without any figure there is nothing to compare.
    let known = planner.sources.first().is_some_and(|all| !all.cells.is_empty());
    let load = known.then(|| view! { <p>{format!("Load {} of 100", one.load)}</p> });
    view! { <li class="e-under_maintenance act"><div><h3><span>{locale.window(one.window)}</span></h3>{load}</div>{plan}</li> }.into_any()
}

fn taken(planner: &Planner, locale: Locale) -> AnyView {
    let planned = planner.planned.iter().map(|(id, name, window)| {
        view! { <li class="e-under_maintenance act"><div><h3><a href=href(id)>{named(name)}</a></h3><p>{locale.window(*window)}</p></div></li> }.into_any()
    });
    let open = planner.open.iter().map(|(id, name)| {
        let href = super::incidents::href(id);
        view! { <li class="e-major_outage act"><div><h3><a href=href>{named(name)}</a></h3><p>"An open incident: finish it first."</p></div></li> }
            .into_any()
    });
    let rows: Vec<AnyView> = open.chain(planned).collect();
    let list = if rows.is_empty() {
        form::empty("Nothing is planned for the next four weeks, and no incident is open.")
    } else {
        view! { <ul class="rows">{rows}</ul> }.into_any()
    };
    view! { <section aria-labelledby="taken"><h2 id="taken">"In the way"</h2>{list}</section> }.into_any()
}
