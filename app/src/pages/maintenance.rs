//! `/incidents/{id}` of planned work.

use leptos::prelude::*;

use super::Body;
use super::incident::ways;
use crate::parts::chrome::crumb;
use crate::parts::facts::{self, Fact};
use crate::parts::glyph::badge;
use crate::parts::incident_card::{href, title};
use crate::parts::locale::Locale;
use crate::parts::maintenance_card::{FACE, concerned, downtime, moved, tag, when};
use crate::parts::timeline::{Shown, Told, timeline_of};
use crate::parts::{foreign, postmortem};
use crate::stock;
use crate::view::PublicView;
use crate::words::{Maintenance, MaintenanceStatus, MaintenanceUpdate, ReminderPlan, WindowMove};

/// Dates of a series that are named; a calendar has the rest.
const DATES: usize = 12;

/// The page.
#[must_use]
pub fn page(view: &PublicView, maintenance: &Maintenance) -> Body {
    let locale = Locale::of(view);
    let name = title(&maintenance.name, locale);
    let over = maintenance.status.is_over();
    let state = locale.maintenance(maintenance.status);
    let concerned = concerned(maintenance, view, locale).map(
        |list| view! { <section id="s-affected" aria-labelledby="affected"><h2 id="affected">{locale.t("work-concerned")}</h2>{list}</section> },
    );
    let shown = Shown { most: usize::MAX, href: "", class: if over { "over" } else { FACE.class() }, view: Some(view) };
    let told = |update: &MaintenanceUpdate| told(maintenance, update, locale);
    let main = view! {
        {crumb(view, locale)}
        <article class="one">
            <p class="tag">{badge(FACE, &locale.t("work-scheduled"))}<span class="state">{state.clone()}</span>{foreign::mark(view, &maintenance.id)}</p>
            <h1 lang=foreign::lang(view, &maintenance.id) dir=foreign::dir(view, &maintenance.id)>{name.clone()}</h1>
            {when(maintenance, view, locale)}
            {downtime(maintenance, locale)}
            {work(maintenance, locale)}
            {ways(&maintenance.id, over, maintenance.window.map(|_| "follow-calendar"), view, locale)}
            {reminded(maintenance, view, locale)}
            {moves(&maintenance.moves, locale)}
            {concerned}
            {postmortem::of_maintenance(maintenance, view, locale)}
            <section id="s-updates" aria-labelledby="updates-list">
                <h2 id="updates-list">{locale.t("update-list")}</h2>
                {timeline_of(&maintenance.updates, shown, locale, told)}
            </section>
            {series(maintenance, view, locale)}
        </article>
    }
    .into_any();
    Body {
        title: format!("{state}: {name}"),
        description: format!("{}: {name}.", tag(maintenance, locale)),
        path: href(&maintenance.id),
        index: true,
        main,
    }
}

/// A message under the word for what it tells, with the old time beside the new where it moved the work.
fn told(maintenance: &Maintenance, update: &MaintenanceUpdate, locale: Locale) -> Told {
    let above = maintenance.move_of(update).map(|change| view! { <p class="mv">{moved(change, locale)}</p> }.into_any());
    let below = stock::is_automatic(maintenance, update).then(|| view! { <p class="later">{locale.t("work-automatic")}</p> }.into_any());
    Told { word: locale.t(&format!("event-{}", maintenance.event_of(update))), above, below }
}

/// When work really began and ended.
fn work(maintenance: &Maintenance, locale: Locale) -> Option<AnyView> {
    let instants =
        [("fact-announced", maintenance.published_at), ("fact-began", maintenance.started_at), ("fact-ended", maintenance.completed_at)];
    let mut rows: Vec<Fact> = instants.into_iter().filter_map(|(key, at)| at.map(|at| (locale.t(key), locale.moment(at), ""))).collect();
    if let Some((from, until)) = maintenance.started_at.zip(maintenance.completed_at) {
        rows.push((locale.t("fact-took"), locale.duration((until - from).num_seconds()).into_any(), ""));
    }
    (!rows.is_empty()).then(|| facts::row(rows))
}

/// How one who is subscribed hears of it before it begins.
fn reminded(maintenance: &Maintenance, view: &PublicView, locale: Locale) -> Option<AnyView> {
    let due = maintenance.status == MaintenanceStatus::Scheduled && view.page.mail;
    let sentence = due.then(|| reminders(&maintenance.reminders, locale)).flatten();
    sentence.map(|sentence| view! { <p class="soft">{sentence}</p> }.into_any())
}

/// The plan in a sentence; `None` where nobody is reminded of anything.
fn reminders(plan: &ReminderPlan, locale: Locale) -> Option<String> {
    let before: Vec<String> = plan.before_minutes.iter().map(|minutes| before(*minutes, locale)).collect();
    let mut parts = Vec::new();
    if !before.is_empty() {
        parts.push(locale.with("reminder-before", [("times", locale.listed(&before).into())]));
    }
    if plan.at_start {
        parts.push(locale.t("reminder-start"));
    }
    if plan.at_end {
        parts.push(locale.t("reminder-end"));
    }
    (!parts.is_empty()).then(|| locale.with("reminder-plan", [("when", locale.listed(&parts).into())]))
}

/// `7 days`, `24 hours`, `1 hour`, `90 minutes`: the largest unit that needs no second one; a single day is 24 hours.
fn before(minutes: i64, locale: Locale) -> String {
    let whole = |of: i64| Some(minutes / of).filter(|count| minutes % of == 0 && *count > 0);
    let (key, count) = match (whole(24 * 60), whole(60)) {
        (Some(days), _) if days > 1 => ("reminder-days", days),
        (_, Some(hours)) => ("reminder-hours", hours),
        _ => ("reminder-minutes", minutes),
    };
    locale.with(key, [("n", count.into())])
}

/// Every date it had, newest first; a single change stands with the message that told of it.
fn moves(moves: &[WindowMove], locale: Locale) -> Option<AnyView> {
    if moves.len() < 2 {
        return None;
    }
    let items = moves.iter().rev().map(|change| {
        let first = change.from.is_none().then(|| view! { {locale.t("event-date_set")}": " });
        view! { <li>{first}{moved(change, locale)}" "<span class="soft">{locale.t("work-move-told")}" "{locale.moment(change.at)}</span></li> }
    });
    let title = locale.t("work-dates");
    Some(
        view! { <section id="s-moves" aria-labelledby="moves"><h2 id="moves">{title}</h2><ul class="moves">{items.collect::<Vec<_>>()}</ul></section> }
            .into_any(),
    )
}

/// The other dates of its series that are still to come.
fn series(maintenance: &Maintenance, view: &PublicView, locale: Locale) -> Option<AnyView> {
    let occurrence = maintenance.occurrence.as_ref()?;
    let further = view.further(maintenance);
    let all = view.maintenances.iter().filter(|m| m.occurrence.as_ref().is_some_and(|o| o.series_id == occurrence.series_id)).count();
    let dates = further.iter().take(DATES).filter_map(|m| m.window.map(|window| (&m.id, window)));
    let dates: Vec<_> =
        dates.map(|(id, window)| view! { <li><a href=locale.href(&href(id))>{locale.window_text(window)}</a></li> }).collect();
    let beyond = further.len().saturating_sub(DATES);
    let beyond = (beyond > 0).then(|| view! { <li class="soft">{locale.with("work-beyond", [("n", beyond.into())])}</li> });
    let none = dates.is_empty().then(|| view! { <p class="none">{locale.t("work-no-other-date")}</p> });
    Some(
        view! {
            <section id="s-series" aria-labelledby="series">
                <h2 id="series">{locale.t("work-other-dates")}</h2>
                <p class="hint">{locale.with("work-number", [("n", occurrence.number.into()), ("all", all.into())])}</p>
                {none}
                <ul class="moves">{dates}{beyond}</ul>
            </section>
        }
        .into_any(),
    )
}
