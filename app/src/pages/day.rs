//! `/components/{id}/days/{date}`: what happened to a component on one day.

use chrono::{DateTime, NaiveDate, Utc};
use leptos::prelude::*;

use super::Body;
use super::component::name;
use crate::parts::chrome::{crumb, turns};
use crate::parts::entry::Entry;
use crate::parts::foreign::{dir, lang};
use crate::parts::glyph::{Face, badge};
use crate::parts::locale::Locale;
use crate::parts::{days, working};
use crate::view::{ComponentView, PublicView};
use crate::words::{ComponentStatus, DayUptime, Window};

/// The page; `None` where there is no record of that day.
#[must_use]
pub fn page(view: &PublicView, component: &ComponentView, date: NaiveDate) -> Option<Body> {
    let locale = Locale::of(view);
    let id = &component.component.id;
    let recorded: Vec<&DayUptime> = view.all_days(component).collect();
    let place = recorded.iter().position(|known| known.day == date)?;
    let day = **recorded.get(place)?;
    let before = place.checked_sub(1).and_then(|before| recorded.get(before));
    let after = recorded.get(place + 1);
    let window = locale.day_window(date);
    let until = window.until.min(view.as_of);
    let events = days::events(component, view, (date, date), locale);
    let incidents = events.iter().filter(|entry| matches!(entry, Entry::Incident(_))).count();
    let said = days::line(&day, incidents, view, locale);
    let name = name(component, locale);
    let title = locale.with("day-title", [("name", name.clone().into()), ("day", locale.day_in_full(date).into())]);
    let turn = |other: &&DayUptime| (days::href(component, other.day, locale), locale.short_date(other.day));
    let main = view! {
        {crumb(view, locale)}
        <article class="one">
            <p class="tag"><a class="state" href=locale.href(&format!("/components/{id}")) lang=lang(view, id) dir=dir(view, id)>{name.clone()}</a></p>
            <div class="head dayhead">
                <h1>{locale.full_date(date)}</h1>
                {turns(&locale.t("day-beside"), before.map(turn), after.map(turn), locale)}
            </div>
            <p class="lede">{said.clone()}</p>
            {working::figure(&[day], view, locale)}
            {spans(&view.stretches(component, window.from, until), view, locale.about(date))}
            {told(&events, view, locale)}
        </article>
    }
    .into_any();
    Some(Body {
        description: locale.with("day-about", [("name", name.into()), ("day", locale.day_in_full(date).into())]),
        title,
        path: format!("/components/{id}/days/{date}"),
        index: false,
        main,
    })
}

/// What it was from when to when.
fn spans(spans: &[(Window, Option<ComponentStatus>)], view: &PublicView, locale: Locale) -> AnyView {
    let end = |at: DateTime<Utc>| if at >= view.as_of { locale.t("day-now").into_any() } else { locale.moment(at) };
    let row = |(span, status): &(Window, Option<ComponentStatus>)| {
        let word = status.map_or_else(|| locale.t("status-unknown"), |status| locale.status(status));
        let length = locale.duration((span.until - span.from).num_seconds());
        view! {
            <tr>
                <td>{locale.moment(span.from)}</td>
                <td>{end(span.until)}</td>
                <td class="n">{length}</td>
                <td>{badge(status.map_or(Face::Unknown, Face::Known), &word)}</td>
            </tr>
        }
    };
    let heading = |key| view! { <th scope="col">{locale.t(key)}</th> };
    view! {
        <section aria-labelledby="spans">
            <h2 id="spans">{locale.t("day-spans")}</h2>
            <table class="dt">
                <thead>
                    <tr>{heading("day-col-from")}{heading("day-col-until")}{heading("day-col-length")}{heading("day-col-status")}</tr>
                </thead>
                <tbody>{spans.iter().map(row).collect::<Vec<_>>()}</tbody>
            </table>
        </section>
    }
    .into_any()
}

fn told(events: &[Entry], view: &PublicView, locale: Locale) -> AnyView {
    let list = if events.is_empty() {
        view! { <p class="none">{locale.t("day-nothing")}</p> }.into_any()
    } else {
        let row = |entry: &Entry| {
            let began = locale.short_date(locale.day(entry.start()));
            view! { <div class="day"><h3>{began}</h3><div>{entry.shown(view, locale)}</div></div> }
        };
        events.iter().map(row).collect::<Vec<_>>().into_any()
    };
    view! {
        <section aria-labelledby="touched">
            <h2 id="touched">{locale.t("component-touched")}</h2>
            {list}
        </section>
    }
    .into_any()
}
