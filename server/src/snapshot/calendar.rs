//! `/history.ics` and `/components/{id}/history.ics`: planned work for calendars (contract 2.3). Every window is an event of its own, also
//! those of a series, under an id that stays; work without a date is a task, since an event has to begin. What is moved, extended or
//! called off carries a higher sequence, so that calendars follow.
//!
//! The end of work that overruns does not move on with the clock: it stays where it was planned until staff extend it, and the summary
//! says so. A calendar that changed every minute would be fetched for nothing.

use app::markdown;
use app::parts::locale::Locale;
use app::parts::measure::downtime;
use app::view::PublicView;
use app::words::{Component, Id, Maintenance, MaintenanceStatus, Window};
use chrono::{DateTime, TimeDelta, Utc};

use super::ical::Lines;
use crate::domain::maintenance;

/// Days that a window which is over stays in the calendar.
const PAST_DAYS: i64 = 90;
/// Days that work which was called off, or is over without ever having had a window, stays in the calendar.
const GONE_DAYS: i64 = 30;
/// Characters of the newest message that an entry carries.
const EXCERPT: usize = 500;

/// An entry, and the components it concerns; none concerns all.
struct Planned<'a> {
    components: Vec<&'a Id>,
    lines: Lines,
}

/// All planned work.
#[must_use]
pub fn of_page(view: &PublicView) -> Vec<u8> {
    calendar(&format!("{}: planned work", view.page.name), planned(view).iter())
}

/// What concerns a component.
#[must_use]
pub fn of_component(view: &PublicView, component: &Component) -> Vec<u8> {
    let planned = planned(view);
    let concerned = planned.iter().filter(|p| p.components.is_empty() || p.components.contains(&&component.id));
    calendar(&format!("{}, {}: planned work", view.page.name, component.name), concerned)
}

fn planned(view: &PublicView) -> Vec<Planned<'_>> {
    view.maintenances.iter().filter(|m| is_kept(m, view.as_of)).map(|m| entry(m, view)).collect()
}

fn calendar<'a>(name: &str, planned: impl Iterator<Item = &'a Planned<'a>>) -> Vec<u8> {
    let mut lines = Lines::default();
    lines.component("VCALENDAR", |lines| {
        lines.plain("VERSION", "2.0");
        lines.plain("PRODID", "-//Allclear//Planned work//EN");
        lines.plain("CALSCALE", "GREGORIAN");
        lines.plain("METHOD", "PUBLISH");
        lines.text("NAME", name);
        lines.text("X-WR-CALNAME", name);
        lines.plain("REFRESH-INTERVAL;VALUE=DURATION", "PT15M");
        lines.plain("X-PUBLISHED-TTL", "PT15M");
        planned.for_each(|one| lines.append(&one.lines));
    });
    lines.into_bytes()
}

/// Whether it is still of use: all that is to come, and what was not long ago.
fn is_kept(m: &Maintenance, now: DateTime<Utc>) -> bool {
    match m.window {
        _ if m.status == MaintenanceStatus::Cancelled => changed_at(m, now) > now - TimeDelta::days(GONE_DAYS),
        Some(window) => !m.status.is_over() || window.until > now - TimeDelta::days(PAST_DAYS),
        None => !m.status.is_over() || changed_at(m, now) > now - TimeDelta::days(GONE_DAYS),
    }
}

/// When the entry last changed, by people or by the time.
fn changed_at(m: &Maintenance, now: DateTime<Utc>) -> DateTime<Utc> {
    let overrun_since = m.window.filter(|_| maintenance::overrunning(m, now)).map(|window| window.until);
    let said = m.updates.first().map(|update| update.updated_at);
    m.updated_at.max(said.unwrap_or(m.updated_at)).max(overrun_since.unwrap_or(m.updated_at))
}

fn entry<'a>(m: &'a Maintenance, view: &PublicView) -> Planned<'a> {
    let changed = changed_at(m, view.as_of);
    let common = |lines: &mut Lines, state: &str, status: &str| {
        let address = format!("{}/incidents/{}", view.page.url, m.id);
        lines.plain("UID", &format!("{}@{}", m.id, view.page.host()));
        lines.plain("SEQUENCE", &m.sequence.to_string());
        lines.instant("DTSTAMP", changed);
        lines.instant("LAST-MODIFIED", changed);
        lines.instant("CREATED", m.published_at.unwrap_or(m.created_at));
        lines.text("SUMMARY", &format!("{state}: {}", m.name));
        lines.text("DESCRIPTION", &description(m, view, &address));
        lines.plain("URL", &address);
        lines.plain("STATUS", status);
        lines.plain("CATEGORIES", "MAINTENANCE");
    };
    let mut lines = Lines::default();
    match m.window {
        Some(Window { from, until }) => lines.component("VEVENT", |lines| {
            let state = if maintenance::overrunning(m, view.as_of) { "Overrunning" } else { m.status.label() };
            common(lines, state, if m.status == MaintenanceStatus::Cancelled { "CANCELLED" } else { "CONFIRMED" });
            lines.instant("DTSTART", from);
            lines.instant("DTEND", until);
            lines.plain("TRANSP", "TRANSPARENT");
        }),
        None => lines.component("VTODO", |lines| {
            let (state, status) = match m.status {
                MaintenanceStatus::Scheduled => ("Date to be set", "NEEDS-ACTION"),
                MaintenanceStatus::InProgress | MaintenanceStatus::Verifying => (m.status.label(), "IN-PROCESS"),
                MaintenanceStatus::Completed => (m.status.label(), "COMPLETED"),
                MaintenanceStatus::Cancelled => (m.status.label(), "CANCELLED"),
            };
            common(lines, state, status);
        }),
    }
    Planned { components: m.components.iter().map(|planned| &planned.component_id).collect(), lines }
}

/// What was last said, the time it was planned for before, what it means for whom, and where to read more.
fn description(m: &Maintenance, view: &PublicView, address: &str) -> String {
    let said = m.updates.first().map(|update| markdown::to_excerpt(&update.body, EXCERPT)).filter(|text| !text.is_empty());
    let before = m.moves.last().and_then(|moved| moved.from);
    let downtime = downtime(m.expected_downtime_minutes, m.worst_downtime_minutes);
    let downtime: Vec<String> = downtime.into_iter().map(|(name, long)| format!("{name}: {long}")).collect();
    let components: Vec<String> = m
        .components
        .iter()
        .filter_map(|planned| Some((view.component(planned.component_id.as_str())?, planned.status.label())))
        .map(|(component, status)| format!("{} ({status})", component.component.name))
        .collect();
    let lines = [
        said,
        before.map(|window| format!("Was planned for: {}", Locale::of(view).full_window_text(window))),
        (!downtime.is_empty()).then(|| downtime.join("\n")),
        (!components.is_empty()).then(|| format!("Components: {}", components.join(", "))),
        Some(address.to_owned()),
    ];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}
