//! `/history`: what happened, a month at a time.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::Body;
use crate::parts::chrome::{crumb, name_of};
use crate::parts::entry::{Entry, day, history};
use crate::parts::locale::Locale;
use crate::parts::measure::count;
use crate::parts::time::Month;
use crate::view::PublicView;

/// The page of a month, the newest where none is asked for; `None` where the month is malformed, still to come, or before the
/// first record.
#[must_use]
pub fn page(view: &PublicView, month: Option<&str>) -> Option<Body> {
    let locale = Locale::of(view);
    let newest = Month::of(locale.today());
    let entries = history(view);
    let mut months: BTreeMap<Month, Vec<Entry>> = BTreeMap::new();
    for entry in entries {
        months.entry(Month::of(locale.day(entry.start()))).or_default().push(entry);
    }
    let oldest = months.keys().next().copied().unwrap_or(newest).min(newest);
    let shown = month.map_or(Some(newest), Month::parse)?;
    if shown > newest || shown < oldest {
        return None;
    }
    let path = if shown == newest { "/history".to_owned() } else { address(shown) };
    let title = format!("History, {}", shown.title(locale));
    let main = view! {
        {crumb(view, locale)}
        <div class="head"><h1>{shown.title(locale)}</h1>{turns(shown, oldest, newest, locale)}</div>
        {list(months.get(&shown).map(Vec::as_slice).unwrap_or_default(), view, locale)}
        {index(&months, shown, (oldest, newest), locale)}
    }
    .into_any();
    let description = format!("Incidents and planned work of {} in {}.", name_of(view), shown.title(locale));
    Some(Body { title, description, path, index: true, main })
}

fn address(month: Month) -> String {
    format!("/history?month={}", month.key())
}

/// The months beside it: calendar neighbours, so that nothing is skipped.
fn turns(shown: Month, oldest: Month, newest: Month, locale: Locale) -> AnyView {
    let older = (shown > oldest).then(|| {
        let month = shown.before();
        view! { <a href=address(month) rel="prev"><span aria-hidden="true">"← "</span>{month.title(locale)}</a> }
    });
    let newer = (shown < newest).then(|| {
        let month = shown.after();
        view! { <a href=address(month) rel="next">{month.title(locale)}<span aria-hidden="true">" →"</span></a> }
    });
    view! { <nav class="turns" aria-label="Months">{older}{newer}</nav> }.into_any()
}

fn list(entries: &[Entry], view: &PublicView, locale: Locale) -> AnyView {
    if entries.is_empty() {
        return view! { <p class="none big">"No incidents reported."</p> }.into_any();
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
    view! { <section id="s-entries" aria-labelledby="entries"><h2 id="entries" class="vh">"Incidents and planned work"</h2>{days}</section> }.into_any()
}

/// Every year since the first record, its months in their columns; those with entries are links. Years without any are one line.
fn index(months: &BTreeMap<Month, Vec<Entry>>, shown: Month, (oldest, newest): (Month, Month), locale: Locale) -> AnyView {
    let mut rows: Vec<AnyView> = Vec::new();
    let mut quiet: Option<(i32, i32)> = None;
    for year in (oldest.year()..=newest.year()).rev() {
        let cells: Vec<AnyView> = Month::all_of(year).map(|month| cell(months, month, shown, (oldest, newest), locale)).collect();
        let told = months.keys().any(|month| month.year() == year) || [shown.year(), newest.year()].contains(&year);
        if !told {
            quiet = Some(quiet.map_or((year, year), |(_, last)| (year, last)));
            continue;
        }
        rows.extend(quiet.take().map(quiet_years));
        rows.push(view! { <div class="yr"><h3>{year.to_string()}</h3><ul>{cells}</ul></div> }.into_any());
    }
    rows.extend(quiet.map(quiet_years));
    view! { <nav class="index" aria-labelledby="all-months"><h2 id="all-months">"All months"</h2>{rows}</nav> }.into_any()
}

fn quiet_years((first, last): (i32, i32)) -> AnyView {
    let years = if first == last { first.to_string() } else { format!("{first}–{last}") };
    view! { <div class="yr"><h3>{years}</h3><p class="none">"No incidents reported."</p></div> }.into_any()
}

fn cell(months: &BTreeMap<Month, Vec<Entry>>, month: Month, shown: Month, (oldest, newest): (Month, Month), locale: Locale) -> AnyView {
    if month < oldest || month > newest {
        return view! { <li aria-hidden="true"></li> }.into_any();
    }
    let number = months.get(&month).map_or(0, Vec::len);
    let current = (month == shown).then_some("page");
    if number == 0 && month != newest {
        return view! { <li><span aria-current=current>{month.short(locale)}</span></li> }.into_any();
    }
    let spoken = format!("{}, {}", month.title(locale), count(number, "entry", "entries"));
    let number = (number > 0).then(|| view! { <b>{number.to_string()}</b> });
    view! { <li><a href=address(month) aria-current=current aria-label=spoken>{month.short(locale)}{number}</a></li> }.into_any()
}
