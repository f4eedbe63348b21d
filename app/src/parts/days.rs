//! The days of a component as text: a line each, with what happened and a way to more.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::entry::Entry;
use super::glyph::Face;
use super::locale::Locale;
use crate::view::{ComponentView, PublicView};
use crate::words::{DaySeconds, DayUptime, UptimeFigure};

/// What happened to a component from one day to another, newest first. Work to come is no event yet.
#[must_use]
pub fn events(component: &ComponentView, view: &PublicView, days: (NaiveDate, NaiveDate), locale: Locale) -> Vec<Entry> {
    let id = &component.component.id;
    let incidents = view.incidents.iter().cloned().map(Entry::Incident);
    let work = view.maintenances.iter().cloned().map(Entry::Maintenance);
    let concerns = |entry: &Entry| entry.touches(id) && entry.start() < view.as_of && entry.is_within(days, locale);
    let mut found: Vec<Entry> = incidents.chain(work).filter(concerns).collect();
    found.sort_by_key(|entry| std::cmp::Reverse(entry.start()));
    found
}

/// The page of a day.
#[must_use]
pub fn href(component: &ComponentView, day: NaiveDate, locale: Locale) -> String {
    locale.href(&format!("/components/{}/days/{day}", component.component.id))
}

/// What there is to say of a day beside its date: the figure, what was lost, how many incidents.
fn told(seconds: &DaySeconds, figure: Option<UptimeFigure>, incidents: usize, locale: Locale) -> Vec<String> {
    let mut words = vec![locale.up(figure)];
    words.extend(happened(seconds, figure, incidents, locale));
    words
}

fn happened(seconds: &DaySeconds, figure: Option<UptimeFigure>, incidents: usize, locale: Locale) -> Vec<String> {
    let mut words = locale.lost(seconds);
    // A day that nobody measured at all says so in place of its figure.
    if figure.is_some() && seconds.not_measured > 0 {
        words.push(locale.with("uptime-lost-not_measured", [("length", locale.duration(seconds.not_measured).into())]));
    }
    if incidents > 0 {
        words.push(locale.with("uptime-incidents", [("n", incidents.into())]));
    }
    words
}

/// The table of the days that the strip shows, newest first. Its rows carry the text that the strip's tip shows.
#[must_use]
pub fn table(component: &ComponentView, view: &PublicView, locale: Locale) -> Option<AnyView> {
    let (first, last) = (component.days.first()?.day, component.days.last()?.day);
    let mut incidents = events(component, view, (first, last), locale);
    incidents.retain(|entry| matches!(entry, Entry::Incident(_)));
    let row = |day: &DayUptime| {
        let (seconds, date) = (&day.seconds, day.day);
        let figure = UptimeFigure::of(*seconds, view.weights);
        let number = incidents.iter().filter(|entry| entry.is_within((date, date), locale)).count();
        let what = locale.row(&told(seconds, figure, number, locale));
        let text = locale.with("uptime-day", [("day", locale.named_date(date).into()), ("what", what.into())]);
        let face = seconds.worst().map_or(Face::Unknown, Face::Known);
        let percent = figure.map_or_else(|| "–".to_owned(), |figure| locale.percent(figure.percent));
        let happened = happened(seconds, figure, number, locale);
        let happened = match (happened.is_empty(), figure) {
            (true, None) => locale.t("uptime-not-measured"),
            (true, Some(_)) => locale.t("uptime-nothing"),
            (false, _) => locale.row(&happened),
        };
        let quiet = (number == 0 && seconds.wrong() == 0).then_some("soft");
        let date = view! { <a href=href(component, date, locale)>{locale.date(date)}</a> };
        view! {
            <tr data-t=text class=quiet>
                <th scope="row">{date}</th>
                <td class="n">{percent}</td>
                <td><span class="wh">{face.glyph()}<span>{happened}</span></span></td>
            </tr>
        }
    };
    let rows: Vec<_> = component.days.iter().rev().map(row).collect();
    let heading = |key, class: Option<&'static str>| view! { <th scope="col" class=class>{locale.t(key)}</th> };
    Some(
        view! {
            <section id="s-days" aria-labelledby="days">
                <h2 id="days">{locale.with("uptime-last-days", [("n", component.days.len().into())])}</h2>
                <table class="dt">
                    <thead>
                        <tr>{heading("uptime-col-day", None)}{heading("uptime-col-uptime", Some("n"))}{heading("uptime-col-what", None)}</tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </section>
        }
        .into_any(),
    )
}

/// What the page of a day says of it in one line.
#[must_use]
pub fn line(day: &DayUptime, incidents: usize, view: &PublicView, locale: Locale) -> String {
    locale.row(&told(&day.seconds, UptimeFigure::of(day.seconds, view.weights), incidents, locale))
}
