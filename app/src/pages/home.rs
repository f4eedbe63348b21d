//! `/`: how everything is, now.

use chrono::{Days, TimeDelta};
use leptos::prelude::*;

use super::Body;
use crate::parts::chrome::{as_of, calendar, name_of};
use crate::parts::entry::{Entry, day, recent};
use crate::parts::glyph::Face;
use crate::parts::locale::Locale;
use crate::parts::{announcement, brand, components, incident_card, maintenance_card};
use crate::view::PublicView;
use crate::words::Maintenance;

/// Open incidents and planned work shown in full, of each; with more, the later ones are rows.
const CARDS: usize = 3;
/// Days of history, today included.
const DAYS: u64 = 7;

/// The page.
#[must_use]
pub fn page(view: &PublicView) -> Body {
    let locale = Locale::of(view);
    let main = view! {
        {view.announcements.iter().map(|one| announcement::banner(one, Some(view))).collect::<Vec<_>>()}
        {hero(view, locale)}
        {incidents(view, locale)}
        {planned(view, locale)}
        {components::list(view, locale)}
        {components::upstream(view)}
        {past(view, locale)}
        {brand::about(view, locale)}
    }
    .into_any();
    Body { title: locale.overall(view.sentence), description: description(view, locale), path: "/".to_owned(), index: true, main }
}

fn description(view: &PublicView, locale: Locale) -> String {
    let sentence = locale.overall(view.sentence);
    let open: Vec<String> = view.open_incidents().take(3).map(|i| incident_card::title(&i.name, locale)).collect();
    if open.is_empty() {
        return locale.with("home-description", [("sentence", sentence.into()), ("name", name_of(view).into())]);
    }
    locale.with("home-description-open", [("sentence", sentence.into()), ("open", open.join("; ").into())])
}

fn hero(view: &PublicView, locale: Locale) -> AnyView {
    let face = Face::from(view.sentence);
    view! {
        <div class="hero">
            <div id="now" role="status"><h1>{face.glyph()}<span>{locale.overall(view.sentence)}</span></h1></div>
            <p>{as_of(view, locale)}</p>
        </div>
    }
    .into_any()
}

fn incidents(view: &PublicView, locale: Locale) -> Option<AnyView> {
    let open: Vec<_> = view.open_incidents().collect();
    if open.is_empty() {
        return None;
    }
    let cards: Vec<_> = open.iter().take(CARDS).map(|incident| incident_card::card(incident, view, locale)).collect();
    let rest: Vec<_> = open.iter().skip(CARDS).map(|incident| incident_card::row(incident, view, locale)).collect();
    let rest = (!rest.is_empty()).then(|| {
        view! { <div class="card"><h2 class="mini">{locale.t("home-also-open")}</h2><ul class="rows">{rest}</ul></div> }
    });
    Some(view! { <section id="s-open" aria-label=locale.t("home-open")>{cards}{rest}</section> }.into_any())
}

/// Of a series what is under way and the next window; its card tells of the others.
fn planned(view: &PublicView, locale: Locale) -> Option<AnyView> {
    let mut shown: Vec<&Maintenance> = Vec::new();
    for coming in view.coming() {
        let told = |known: &&Maintenance| coming.occurrence.is_some() && series(known) == series(coming) && known.status == coming.status;
        if !shown.iter().any(told) {
            shown.push(coming);
        }
    }
    if shown.is_empty() {
        return None;
    }
    let cards: Vec<_> = shown.iter().take(CARDS).map(|m| maintenance_card::card(m, view, locale)).collect();
    let rest: Vec<_> = shown.iter().skip(CARDS).map(|m| maintenance_card::row(m, view, locale)).collect();
    let rest = (!rest.is_empty()).then(|| {
        view! { <div class="card"><h2 class="mini">{locale.t("home-also-planned")}</h2><ul class="rows">{rest}</ul></div> }
    });
    let calendar = view! { <p class="more cal"><a href=calendar(view)>{locale.t("home-calendar")}</a></p> };
    Some(view! { <section id="s-planned" aria-label=locale.t("home-planned")>{cards}{rest}{calendar}</section> }.into_any())
}

fn series(maintenance: &Maintenance) -> Option<&crate::words::Id> {
    maintenance.occurrence.as_ref().map(|occurrence| &occurrence.series_id)
}

fn past(view: &PublicView, locale: Locale) -> AnyView {
    let today = locale.today();
    let first = today.checked_sub_days(Days::new(DAYS - 1)).unwrap_or(today);
    // A day more than shown: a day of the page's zone begins at most 14 hours from the same day in UTC.
    let since = view.as_of - TimeDelta::days(DAYS.cast_signed() + 1);
    let entries: Vec<Entry> = recent(view, since).into_iter().filter(|e| e.is_over() || matches!(e, Entry::Incident(_))).collect();
    let mut days: Vec<AnyView> = Vec::new();
    let mut quiet: Option<(chrono::NaiveDate, chrono::NaiveDate)> = None;
    let mut date = today;
    let mut any = false;
    loop {
        let of_day: Vec<&Entry> = entries.iter().filter(|e| shown_on(e, locale, first) == Some(date)).collect();
        let going_on: Vec<&Entry> = entries.iter().filter(|e| of_day.is_empty() && spans(e, locale, date)).collect();
        if of_day.is_empty() && going_on.is_empty() {
            quiet = Some(quiet.map_or((date, date), |(_, last)| (date, last)));
        } else {
            any = true;
            days.extend(quiet.take().map(|run| quiet_days(run, locale)));
            let content: Vec<AnyView> = if of_day.is_empty() {
                going_on
                    .iter()
                    .map(|e| {
                        view! { <p class="none"><a href=locale.href(&e.href())>{e.title(locale)}</a>" "{locale.t("home-went-on")}</p> }
                            .into_any()
                    })
                    .collect()
            } else {
                of_day.iter().map(|e| if e.is_over() { e.shown(view, locale) } else { e.mentioned(view, locale) }).collect()
            };
            days.push(day(locale.named_date(date), date, content.into_any()));
        }
        match date.pred_opt() {
            Some(before) if before >= first => date = before,
            _ => break,
        }
    }
    days.extend(quiet.map(|run| quiet_days(run, locale)));
    let newest = view.incidents.first().filter(|_| !any).cloned().map(Entry::Incident);
    let last = newest.map(|e| {
        let date = locale.day(e.start());
        view! { <p class="last">{locale.t("home-last")}" "{locale.full_date(date)}", "<a href=locale.href(&e.href())>{e.title(locale)}</a></p> }
    });
    view! {
        <section id="s-past" aria-labelledby="past">
            <div class="sh"><h2 id="past">{locale.t("home-past")}</h2></div>
            {days}
            {last}
            <p class="more"><a href=locale.href("/history")>{locale.t("home-all")}</a></p>
        </section>
    }
    .into_any()
}

fn quiet_days((first, last): (chrono::NaiveDate, chrono::NaiveDate), locale: Locale) -> AnyView {
    let text = view! { <p class="none">{locale.t("home-none")}</p> }.into_any();
    day(locale.run_of_days(first, last), last, text)
}

/// The day an entry is told on: the day it began, or where that is too long ago, the day it ended.
fn shown_on(entry: &Entry, locale: Locale, first: chrono::NaiveDate) -> Option<chrono::NaiveDate> {
    let began = locale.day(entry.start());
    if began >= first {
        return Some(began);
    }
    entry.last_day(locale).filter(|ended| *ended >= first)
}

fn spans(entry: &Entry, locale: Locale, date: chrono::NaiveDate) -> bool {
    matches!(entry, Entry::Incident(_)) && entry.is_within((date, date), locale)
}
