//! `/history`: what happened, a month at a time, all of it or what a filter asks for. A filter that cannot be meant gets the same page,
//! with what is allowed said beside its field.

mod filter;
mod query;

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use leptos::prelude::*;

pub use self::filter::with_month;
pub use self::query::{Kind, Query, Refused};
use super::Body;
use crate::parts::chrome::{self, crumb, name_of};
use crate::parts::entry::{Entry, day, history, oldest};
use crate::parts::locale::Locale;
use crate::parts::period;
use crate::parts::time::Month;
use crate::staff::Wrong;
use crate::view::PublicView;

/// What happened in which month.
type Months = BTreeMap<Month, Vec<Entry>>;

/// The first and the last month there are, and the one that is shown.
#[derive(Clone, Copy)]
struct Span {
    oldest: Month,
    newest: Month,
    shown: Month,
}

/// The months of which there is a record, up to the newest.
fn recorded(view: &PublicView) -> RangeInclusive<Month> {
    let locale = Locale::of(view);
    let newest = Month::of(locale.today());
    let told = oldest(view).map(|at| Month::of(locale.day(at)));
    // Months that were measured are there as well, though nothing happened in them: figures lead to them.
    let measured = period::first_day(view).map(Month::of);
    told.into_iter().chain(measured).min().unwrap_or(newest).min(newest)..=newest
}

/// Whether there is such a part: a component that is shown, and a month of which there is a record.
#[must_use]
pub fn exists(view: &PublicView, query: &Query) -> bool {
    known(view, query) == *query
}

/// The page of a month, the newest where none is asked for; `None` where the month is still to come or before the first record, and
/// where there is no such component.
#[must_use]
pub fn page(view: &PublicView, query: &Query) -> Option<Body> {
    exists(view, query).then(|| shown(view, query, &[]))
}

/// The page for what cannot be meant: what of it could be read and is there, with a sentence beside each wrong field.
#[must_use]
pub fn refused(view: &PublicView, refused: &Refused) -> Body {
    let locale = Locale::of(view);
    let wrong = refused.wrong.iter().map(|name| Wrong { field: (*name).to_owned(), sentence: locale.t(Refused::message(name)) });
    let wrong: Vec<Wrong> = wrong.collect();
    Body { index: false, ..shown(view, &known(view, &refused.query), &wrong) }
}

/// What of it is there: a component that is shown, a month of which there is a record.
#[must_use]
pub fn known(view: &PublicView, query: &Query) -> Query {
    let month = query.month.filter(|month| recorded(view).contains(month));
    let component = query.component.clone().filter(|id| view.component(id.as_str()).is_some());
    Query { month, component, ..query.clone() }
}

fn shown(view: &PublicView, query: &Query, wrong: &[Wrong]) -> Body {
    let locale = Locale::of(view);
    let (oldest, newest) = recorded(view).into_inner();
    let span = Span { oldest, newest, shown: query.month.unwrap_or(newest) };
    let month = |entry: &Entry| Month::of(locale.day(entry.start()));
    let mut months = Months::new();
    for entry in history(view).into_iter().filter(|entry| query.takes(entry)) {
        months.entry(month(&entry)).or_default().push(entry);
    }
    let title = span.shown.title(locale);
    let said = |key| locale.with(key, [("month", title.clone().into()), ("name", name_of(view).into())]);
    let main = view! {
        {crumb(view, locale)}
        <div class="head"><h1>{title.clone()}</h1>{turns(query, span, locale)}</div>
        {filter::form(query, wrong, view, locale)}
        {filter::chosen(query, view, locale)}
        {list(months.get(&span.shown).map(Vec::as_slice).unwrap_or_default(), query, view, locale)}
        {index(&months, query, span, locale)}
    }
    .into_any();
    let month = query.month.filter(|month| *month != newest);
    Body {
        title: said(if query.is_filtered() { "history-title-filtered" } else { "history-title" }),
        description: said("history-description"),
        path: query.of(month).path(),
        // Every filter of every month would be a page of its own that says nothing new.
        index: !query.is_filtered(),
        main,
    }
}

/// The months beside it: calendar neighbours, so that nothing is skipped.
fn turns(query: &Query, span: Span, locale: Locale) -> AnyView {
    let link = |month: Month| (locale.href(&query.of(Some(month)).path()), month.title(locale));
    let older = (span.shown > span.oldest).then(|| link(span.shown.before()));
    let newer = (span.shown < span.newest).then(|| link(span.shown.after()));
    chrome::turns(&locale.t("history-months"), older, newer, locale)
}

fn list(entries: &[Entry], query: &Query, view: &PublicView, locale: Locale) -> AnyView {
    if entries.is_empty() {
        let nothing = locale.t(if query.is_filtered() { "history-nothing-matches" } else { "no-incidents" });
        return view! { <p class="none big">{nothing}</p> }.into_any();
    }
    let mut days: Vec<(chrono::NaiveDate, Vec<AnyView>)> = Vec::new();
    for entry in entries {
        let date = locale.day(entry.start());
        let shown = entry.shown(view, locale);
        match days.last_mut() {
            Some((last, row)) if *last == date => row.push(shown),
            _ => days.push((date, vec![shown])),
        }
    }
    // The heading between the page's title and a day's, for those who move by headings.
    let days = days.into_iter().map(|(date, row)| day(locale.named_date(date), date, row.into_any())).collect::<Vec<_>>();
    view! {
        <section id="s-entries" aria-labelledby="entries"><h2 id="entries" class="vh">{locale.t("history-entries")}</h2>{days}</section>
    }
    .into_any()
}

/// Every year since the first record, its months in their columns; those with entries are links. Years without any are one line.
fn index(months: &Months, query: &Query, span: Span, locale: Locale) -> AnyView {
    let quiet_years = |(first, last): (i32, i32)| {
        let years = if first == last { first.to_string() } else { format!("{first}–{last}") };
        let nothing = locale.t(if query.is_filtered() { "history-nothing" } else { "no-incidents" });
        view! { <div class="yr"><h3>{years}</h3><p class="none">{nothing}</p></div> }.into_any()
    };
    let mut rows: Vec<AnyView> = Vec::new();
    let mut quiet: Option<(i32, i32)> = None;
    for year in (span.oldest.year()..=span.newest.year()).rev() {
        let told = months.keys().any(|month| month.year() == year) || [span.shown.year(), span.newest.year()].contains(&year);
        if !told {
            quiet = Some(quiet.map_or((year, year), |(_, last)| (year, last)));
            continue;
        }
        let cells: Vec<AnyView> = Month::all_of(year).map(|month| cell(months, month, query, span, locale)).collect();
        rows.extend(quiet.take().map(quiet_years));
        rows.push(view! { <div class="yr"><h3>{year.to_string()}</h3><ul>{cells}</ul></div> }.into_any());
    }
    rows.extend(quiet.map(quiet_years));
    view! { <nav class="index" aria-labelledby="all-months"><h2 id="all-months">{locale.t("history-all-months")}</h2>{rows}</nav> }
        .into_any()
}

fn cell(months: &Months, month: Month, query: &Query, span: Span, locale: Locale) -> AnyView {
    if month < span.oldest || month > span.newest {
        return view! { <li aria-hidden="true"></li> }.into_any();
    }
    let number = months.get(&month).map_or(0, Vec::len);
    let current = (month == span.shown).then_some("page");
    if number == 0 && month != span.newest {
        return view! { <li><span aria-current=current>{month.short(locale)}</span></li> }.into_any();
    }
    let spoken = locale.with("history-month-entries", [("month", month.title(locale).into()), ("n", number.into())]);
    let number = (number > 0).then(|| view! { <b>{number.to_string()}</b> });
    let address = locale.href(&query.of(Some(month)).path());
    view! { <li><a href=address aria-current=current aria-label=spoken>{month.short(locale)}{number}</a></li> }.into_any()
}
