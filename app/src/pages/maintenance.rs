//! `/incidents/{id}` of planned work.

use leptos::prelude::*;

use super::Body;
use crate::parts::chrome::{calendar, crumb};
use crate::parts::facts::{self, Fact};
use crate::parts::glyph::badge;
use crate::parts::incident_card::{href, title};
use crate::parts::locale::Locale;
use crate::parts::maintenance_card::{FACE, concerned, downtime, moved, tag, when};
use crate::parts::measure::{count, duration, listed};
use crate::parts::postmortem;
use crate::parts::timeline::{Shown, Told, timeline_of};
use crate::view::PublicView;
use crate::words::{Maintenance, MaintenanceStatus, MaintenanceUpdate, ReminderPlan, WindowMove};

/// Dates of a series that are named; a calendar has the rest.
const DATES: usize = 12;

/// The page.
#[must_use]
pub fn page(view: &PublicView, maintenance: &Maintenance) -> Body {
    let locale = Locale::of(view);
    let name = title(&maintenance.name);
    let concerned = concerned(maintenance, view).map(
        |list| view! { <section id="s-affected" aria-labelledby="affected"><h2 id="affected">"Components concerned"</h2>{list}</section> },
    );
    let shown = Shown { most: usize::MAX, href: "", class: if maintenance.status.is_over() { "over" } else { FACE.class() } };
    let told = |update: &MaintenanceUpdate| told(maintenance, update, locale);
    let main = view! {
        {crumb(view, locale)}
        <article class="one">
            <p class="tag">{badge(FACE, "Planned work")}<span class="state">{maintenance.status.label()}</span></p>
            <h1>{name.clone()}</h1>
            {when(maintenance, view, locale)}
            {downtime(maintenance)}
            {work(maintenance, locale)}
            {announced_how(maintenance, view)}
            {moves(&maintenance.moves, locale)}
            {concerned}
            {postmortem::of_maintenance(maintenance, view, locale)}
            <section id="s-updates" aria-labelledby="updates-list">
                <h2 id="updates-list">"Updates"</h2>
                {timeline_of(&maintenance.updates, shown, locale, told)}
            </section>
            {series(maintenance, view, locale)}
        </article>
    }
    .into_any();
    Body {
        title: format!("{}: {name}", maintenance.status.label()),
        description: format!("{}: {name}.", tag(maintenance)),
        path: href(&maintenance.id),
        index: true,
        main,
    }
}

/// A message under the word for what it tells, with the old time beside the new where it moved the work.
fn told(maintenance: &Maintenance, update: &MaintenanceUpdate, locale: Locale) -> Told {
    let above = maintenance.move_of(update).map(|change| view! { <p class="mv">{moved(change, locale)}</p> }.into_any());
    let below = maintenance.is_automatic(update).then(|| view! { <p class="later">"Posted automatically"</p> }.into_any());
    Told { word: maintenance.event_of(update).label(), above, below }
}

/// When work really began and ended.
fn work(maintenance: &Maintenance, locale: Locale) -> Option<AnyView> {
    let mut rows: Vec<Fact> = Vec::new();
    if let Some(at) = maintenance.published_at {
        rows.push(("Announced", locale.moment(at), ""));
    }
    if let Some(at) = maintenance.started_at {
        rows.push(("Began", locale.moment(at), ""));
    }
    if let Some(at) = maintenance.completed_at {
        rows.push(("Ended", locale.moment(at), ""));
    }
    if let Some((from, until)) = maintenance.started_at.zip(maintenance.completed_at) {
        rows.push(("Took", duration((until - from).num_seconds()).into_any(), ""));
    }
    (!rows.is_empty()).then(|| facts::row(rows))
}

/// How one hears of it before it begins: by calendar, and by mail as the plan says.
fn announced_how(maintenance: &Maintenance, view: &PublicView) -> Option<AnyView> {
    if maintenance.status != MaintenanceStatus::Scheduled {
        return None;
    }
    let calendar = maintenance.window.map(|_| view! { <a href=calendar(view)>"Add to calendar"</a> });
    let reminded =
        view.page.mail.then(|| reminders(&maintenance.reminders)).flatten().map(|sentence| view! { <span class="soft">{sentence}</span> });
    (calendar.is_some() || reminded.is_some()).then(|| view! { <p class="more">{calendar}{reminded}</p> }.into_any())
}

/// The plan in a sentence; `None` where nobody is reminded of anything.
fn reminders(plan: &ReminderPlan) -> Option<String> {
    let before: Vec<String> = plan.before_minutes.iter().map(|minutes| before(*minutes)).collect();
    let mut parts = Vec::new();
    if !before.is_empty() {
        parts.push(format!("{} before", listed(&before)));
    }
    if plan.at_start {
        parts.push("when it begins".to_owned());
    }
    if plan.at_end {
        parts.push("when it ends".to_owned());
    }
    (!parts.is_empty()).then(|| format!("Subscribers are reminded {}.", listed(&parts)))
}

/// `7 days`, `24 hours`, `1 hour`, `90 minutes`: the largest unit that needs no second one; a single day is 24 hours.
fn before(minutes: i64) -> String {
    let whole = |of: i64| usize::try_from(minutes / of).ok().filter(|_| minutes % of == 0);
    match (whole(24 * 60), whole(60), whole(1)) {
        (Some(days), ..) if days > 1 => count(days, "day", "days"),
        (_, Some(hours), _) if hours > 0 => count(hours, "hour", "hours"),
        (.., Some(minutes)) => count(minutes, "minute", "minutes"),
        _ => format!("{minutes} minutes"),
    }
}

/// Every date it had, newest first; a single change stands with the message that told of it.
fn moves(moves: &[WindowMove], locale: Locale) -> Option<AnyView> {
    if moves.len() < 2 {
        return None;
    }
    let items = moves.iter().rev().map(|change| {
        let first = change.from.is_none().then_some("Date set: ");
        view! { <li>{first}{moved(change, locale)}<span class="soft">", announced "{locale.moment(change.at)}</span></li> }
    });
    Some(
        view! { <section id="s-moves" aria-labelledby="moves"><h2 id="moves">"Dates"</h2><ul class="moves">{items.collect::<Vec<_>>()}</ul></section> }
            .into_any(),
    )
}

/// The other dates of its series that are still to come.
fn series(maintenance: &Maintenance, view: &PublicView, locale: Locale) -> Option<AnyView> {
    let occurrence = maintenance.occurrence.as_ref()?;
    let further = view.further(maintenance);
    let all = view.maintenances.iter().filter(|m| m.occurrence.as_ref().is_some_and(|o| o.series_id == occurrence.series_id)).count();
    let dates = further.iter().take(DATES).filter_map(|m| m.window.map(|window| (&m.id, window)));
    let dates: Vec<_> = dates.map(|(id, window)| view! { <li><a href=href(id)>{locale.window_text(window)}</a></li> }).collect();
    let beyond = further.len().saturating_sub(DATES);
    let beyond = (beyond > 0).then(|| view! { <li class="soft">{format!("and {beyond} more, all of them in the calendar")}</li> });
    let none = dates.is_empty().then(|| view! { <p class="none">"No other date is to come."</p> });
    Some(
        view! {
            <section id="s-series" aria-labelledby="series">
                <h2 id="series">"Other dates"</h2>
                <p class="hint">{format!("Number {} of {all} in a series.", occurrence.number)}</p>
                {none}
                <ul class="moves">{dates}{beyond}</ul>
            </section>
        }
        .into_any(),
    )
}
