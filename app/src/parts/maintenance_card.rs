//! Planned work: when, how long without service, and what it was before it was moved.

use leptos::prelude::*;

use super::glyph::{Face, badge};
use super::incident_card::{affected, href, link};
use super::locale::Locale;
use super::timeline::prose;
use crate::view::{PublicView, SERIES_DAYS};
use crate::words::{ComponentStatus, Id, Maintenance, MaintenanceStatus, WindowMove};

/// The face of planned work.
pub const FACE: Face = Face::Known(ComponentStatus::UnderMaintenance);

/// Planned work on the front page: the newest word in full.
#[must_use]
pub fn card(maintenance: &Maintenance, view: &PublicView, locale: Locale) -> AnyView {
    let id = format!("i-{}", maintenance.id);
    view! {
        <article id=id class="card mnt e-under_maintenance">
            <p class="tag">{badge(FACE, &tag(maintenance, locale))}</p>
            <h2>{link(&maintenance.id, &maintenance.name, view, locale)}</h2>
            {when(maintenance, view, locale)}
            {repeats(maintenance, view, locale)}
            {downtime(maintenance, locale)}
            {maintenance.updates.first().map(|newest| prose(newest, Some(view)))}
            {concerned(maintenance, view, locale)}
            <p class="more"><a href=locale.href(&href(&maintenance.id))>{locale.t("work-details")}</a></p>
        </article>
    }
    .into_any()
}

/// Planned work among much of it, in one row.
#[must_use]
pub fn row(maintenance: &Maintenance, view: &PublicView, locale: Locale) -> AnyView {
    view! {
        <li id=format!("i-{}", maintenance.id) class="e-under_maintenance">
            {FACE.glyph()}
            <h3>{link(&maintenance.id, &maintenance.name, view, locale)}</h3>
            <div>{when(maintenance, view, locale)}{repeats(maintenance, view, locale)}</div>
        </li>
    }
    .into_any()
}

/// That it comes again: the dates of the next weeks, and how many there are beyond.
#[must_use]
pub fn repeats(maintenance: &Maintenance, view: &PublicView, locale: Locale) -> Option<AnyView> {
    let further = view.further(maintenance);
    if further.is_empty() || maintenance.status.is_over() {
        return None;
    }
    let near = view.as_of + chrono::TimeDelta::days(SERIES_DAYS);
    let soon = further.iter().filter_map(|m| m.window.filter(|window| window.from <= near).map(|window| (&m.id, window.from)));
    let soon: Vec<_> =
        soon.map(|(id, from)| view! { <li><a href=locale.href(&href(id))>{locale.date(locale.day(from))}</a></li> }).collect();
    let beyond = further.len() - soon.len();
    let all = locale.with("work-repeats", [("n", further.len().into())]);
    let rest = (!soon.is_empty() && beyond > 0).then(|| view! { <li>{locale.with("work-later-dates", [("n", beyond.into())])}</li> });
    let dates = (!soon.is_empty()).then(|| view! { <ul class="nl">{soon}{rest}</ul> });
    Some(view! { <div class="rep"><p>{all}</p>{dates}</div> }.into_any())
}

/// A change of the window: the old time struck beside the new.
#[must_use]
pub fn moved(moved: &WindowMove, locale: Locale) -> AnyView {
    let old = moved.from.map(|from| view! { <del>{locale.window(from)}</del><span class="to"></span> });
    view! { {old}{locale.window(moved.to)} }.into_any()
}

/// The small words above the title.
#[must_use]
pub fn tag(maintenance: &Maintenance, locale: Locale) -> String {
    locale.t(&format!("work-{}", maintenance.status))
}

/// The window, the one before it struck out beside it, when it really ended, and whether the work is taking longer.
#[must_use]
pub fn when(maintenance: &Maintenance, view: &PublicView, locale: Locale) -> AnyView {
    let window = maintenance.window.map_or_else(
        || view! { <strong>{locale.t("work-undated")}</strong> }.into_any(),
        |window| {
            if maintenance.status == MaintenanceStatus::Cancelled {
                view! { <del>{locale.window(window)}</del> }.into_any()
            } else {
                view! { <strong>{locale.window(window)}</strong> }.into_any()
            }
        },
    );
    let moved = maintenance.moves.last().and_then(|last| Some((last.from?, last.to))).map(|(old, new)| {
        let key = if old.from == new.from && new.until > old.until { "work-extended-from" } else { "work-moved-from" };
        view! { " "<span class="was">{locale.t(key)}" "<del>{locale.window(old)}</del></span> }
    });
    let ended = maintenance.completed_at.filter(|_| maintenance.status == MaintenanceStatus::Completed);
    let early = ended.filter(|at| maintenance.window.is_some_and(|window| (window.until - *at).num_seconds() >= 60));
    let early = early.map(|at| view! { " "<span class="was">{locale.t("work-ended-early")}" "{locale.moment(at)}</span> });
    view! { <p class="when">{window}{moved}{early}</p>{late(maintenance, view, locale)} }.into_any()
}

/// That it takes longer than planned, or has not begun although its time has come.
fn late(maintenance: &Maintenance, view: &PublicView, locale: Locale) -> Option<AnyView> {
    let window = maintenance.window?;
    let (key, at) = match maintenance.status {
        MaintenanceStatus::Scheduled if window.from <= view.as_of => ("work-not-begun", window.from),
        MaintenanceStatus::InProgress | MaintenanceStatus::Verifying if window.until <= view.as_of => ("work-overruns", window.until),
        _ => return None,
    };
    Some(view! { <p class="overdue">{locale.t(key)}" "{locale.moment(at)}</p> }.into_any())
}

/// Expected minutes without service, and at worst.
#[must_use]
pub fn downtime(maintenance: &Maintenance, locale: Locale) -> Option<AnyView> {
    let text = locale.downtime(maintenance.expected_downtime_minutes, maintenance.worst_downtime_minutes)?;
    Some(view! { <p class="down">{text}</p> }.into_any())
}

/// The components it concerns.
#[must_use]
pub fn concerned(maintenance: &Maintenance, view: &PublicView, locale: Locale) -> Option<AnyView> {
    let ids: Vec<Id> = maintenance.components.iter().map(|planned| planned.component_id.clone()).collect();
    affected(&ids, view, locale)
}
