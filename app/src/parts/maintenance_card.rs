//! Planned work: when, how long without service, and what it was before it was moved.

use leptos::prelude::*;

use super::glyph::{Face, badge};
use super::incident_card::{affected, href, title};
use super::locale::Locale;
use super::measure::{count, duration};
use crate::view::{PublicView, SERIES_DAYS};
use crate::words::{ComponentStatus, Id, Maintenance, MaintenanceStatus, WindowMove};

/// The face of planned work.
pub const FACE: Face = Face::Known(ComponentStatus::UnderMaintenance);

/// Planned work on the front page: the newest word in full.
#[must_use]
pub fn card(maintenance: &Maintenance, view: &PublicView, locale: Locale) -> AnyView {
    let href = href(&maintenance.id);
    let id = format!("i-{}", maintenance.id);
    let newest = maintenance.updates.first().map(|u| view! { <div class="md" inner_html=u.body_html.clone()></div> });
    view! {
        <article id=id class="card mnt e-under_maintenance">
            <p class="tag">{badge(FACE, tag(maintenance))}</p>
            <h2><a href=href.clone()>{title(&maintenance.name)}</a></h2>
            {when(maintenance, view, locale)}
            {repeats(maintenance, view, locale)}
            {downtime(maintenance)}
            {newest}
            {concerned(maintenance, view)}
            <p class="more"><a href=href.clone()>"Details"</a></p>
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
            <h3><a href=href(&maintenance.id)>{title(&maintenance.name)}</a></h3>
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
    let soon: Vec<_> = soon.map(|(id, from)| view! { <a href=href(id)>{locale.date(locale.day(from))}</a>", " }).collect();
    let beyond = further.len() - soon.len();
    let all = count(further.len(), "more date", "more dates");
    if soon.is_empty() {
        return Some(view! { <p class="rep">"Repeats, "{all}"."</p> }.into_any());
    }
    let rest = if beyond > 0 { format!("{beyond} later") } else { "then no more".to_owned() };
    Some(view! { <p class="rep">"Repeats, "{all}": "{soon}{rest}"."</p> }.into_any())
}

/// A change of the window: the old time struck beside the new.
#[must_use]
pub fn moved(moved: &WindowMove, locale: Locale) -> AnyView {
    let old = moved.from.map(|from| view! { <del>{locale.window_text(from)}</del>" became " });
    view! { {old}<span>{locale.window_text(moved.to)}</span> }.into_any()
}

/// The small words above the title.
#[must_use]
pub const fn tag(maintenance: &Maintenance) -> &'static str {
    match maintenance.status {
        MaintenanceStatus::Scheduled => "Planned work",
        MaintenanceStatus::InProgress => "Planned work under way",
        MaintenanceStatus::Verifying => "Planned work, being verified",
        MaintenanceStatus::Completed => "Planned work, completed",
        MaintenanceStatus::Cancelled => "Planned work, cancelled",
    }
}

/// The window, the one before it struck out beside it, and whether the work is taking longer.
#[must_use]
pub fn when(maintenance: &Maintenance, view: &PublicView, locale: Locale) -> AnyView {
    let window = maintenance.window.map_or_else(
        || view! { <strong>"Date to be set"</strong> }.into_any(),
        |window| {
            if maintenance.status == MaintenanceStatus::Cancelled {
                view! { <del>{locale.window(window)}</del> }.into_any()
            } else {
                view! { <strong>{locale.window(window)}</strong> }.into_any()
            }
        },
    );
    let moved = maintenance.moves.last().and_then(|last| last.from).map(|old| {
        let text = locale.window_text(old);
        view! { " "<span class="was">"moved from "<del>{text}</del></span> }
    });
    view! { <p class="when">{window}{moved}</p>{late(maintenance, view, locale)} }.into_any()
}

/// That it takes longer than planned, or has not begun although its time has come.
fn late(maintenance: &Maintenance, view: &PublicView, locale: Locale) -> Option<AnyView> {
    let window = maintenance.window?;
    match maintenance.status {
        MaintenanceStatus::Scheduled if window.from <= view.as_of => {
            Some(view! { <p class="overdue">"It was to begin at "{locale.moment(window.from)}" and has not begun yet."</p> }.into_any())
        }
        MaintenanceStatus::InProgress | MaintenanceStatus::Verifying if window.until <= view.as_of => Some(
            view! { <p class="overdue">"Taking longer than planned: it was to end at "{locale.moment(window.until)}"."</p> }.into_any(),
        ),
        _ => None,
    }
}

/// Expected minutes without service, and at worst.
#[must_use]
pub fn downtime(maintenance: &Maintenance) -> Option<AnyView> {
    let minutes = |minutes: i64| duration(minutes * 60);
    let text = match (maintenance.expected_downtime_minutes, maintenance.worst_downtime_minutes) {
        (Some(0), None) => "No downtime expected.".to_owned(),
        (Some(0), Some(worst)) => format!("No downtime expected, {} at worst.", minutes(worst)),
        (Some(expected), Some(worst)) if worst > expected => {
            format!("Expected downtime {}, at worst {}.", minutes(expected), minutes(worst))
        }
        (Some(expected), _) => format!("Expected downtime {}.", minutes(expected)),
        (None, Some(worst)) => format!("Downtime at worst {}.", minutes(worst)),
        (None, None) => return None,
    };
    Some(view! { <p class="down">{text}</p> }.into_any())
}

/// The components it concerns.
#[must_use]
pub fn concerned(maintenance: &Maintenance, view: &PublicView) -> Option<AnyView> {
    let ids: Vec<Id> = maintenance.components.iter().map(|planned| planned.component_id.clone()).collect();
    affected(&ids, view)
}
