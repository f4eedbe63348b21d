//! `/history.ics`, and the same of a component or of one thing: planned work for calendars (contract 2.3). Every window is an event of
//! its own, also those of a series, under an id that stays; work without a date is a task, since an event has to begin. What is moved,
//! extended or called off carries a higher sequence, so that calendars follow; so does what was deleted, or announced and taken back:
//! for some days it stands there as cancelled, without a word that was said of it. An incident stands in no calendar but its own.
//!
//! The end of work that overruns does not move on with the clock: it stays where it was planned until staff extend it, and the summary
//! says so. A calendar that changed every minute would be fetched for nothing.

use app::markdown;
use app::parts::locale::Locale;
use app::parts::measure::downtime;
use app::view::PublicView;
use app::words::{GoneMaintenance, Id, Incident, Maintenance, MaintenanceStatus, Window};
use chrono::{DateTime, TimeDelta, Utc};

use super::asked::About;
use super::feed;
use super::ical::Lines;
use crate::domain::maintenance::{self, GONE_DAYS};

/// Days that a window which is over stays in the calendar.
const PAST_DAYS: i64 = 90;
/// Characters of the newest message that an entry carries.
const EXCERPT: usize = 500;

/// The calendar about that; `None` where nobody knows it.
#[must_use]
pub fn calendar(view: &PublicView, about: &About) -> Option<Vec<u8>> {
    let page = &view.page.name;
    let works = || view.maintenances.iter().filter(|m| feed::concerns(about, m));
    let gone = || view.gone.iter().filter(|gone| concerned(about, gone));
    let kept = || {
        let shown = works().filter(|m| is_kept(m, view.as_of)).map(|m| planned(m, view));
        shown.chain(gone().filter(|gone| was_kept(gone)).map(|gone| off(gone, view))).collect()
    };
    let (name, entries): (String, Vec<Lines>) = match about {
        About::Page => (format!("{page}: planned work"), kept()),
        About::Component(id) => (format!("{page}, {}: planned work", view.component(id.as_str())?.component.name), kept()),
        // Whoever has its address wants to know of it, however long ago it was.
        About::Incident(id) => match view.incident(id.as_str()) {
            Some(incident) => (format!("{page}: {}", incident.name), vec![failure(incident, view)]),
            None => match works().next() {
                Some(m) => (format!("{page}: {}", m.name), vec![planned(m, view)]),
                None => (format!("{page}: planned work"), vec![off(gone().next()?, view)]),
            },
        },
    };
    let mut lines = Lines::default();
    lines.component("VCALENDAR", |lines| {
        lines.plain("VERSION", "2.0");
        lines.plain("PRODID", "-//Allclear//Planned work//EN");
        lines.plain("CALSCALE", "GREGORIAN");
        lines.plain("METHOD", "PUBLISH");
        lines.text("NAME", &name);
        lines.text("X-WR-CALNAME", &name);
        lines.plain("REFRESH-INTERVAL;VALUE=DURATION", "PT15M");
        lines.plain("X-PUBLISHED-TTL", "PT15M");
        entries.iter().for_each(|one| lines.append(one));
    });
    Some(lines.into_bytes())
}

/// Whether it is still of use: all that is to come, and what was not long ago.
fn is_kept(m: &Maintenance, now: DateTime<Utc>) -> bool {
    match m.window {
        _ if m.status == MaintenanceStatus::Cancelled => changed_at(m, now) > now - TimeDelta::days(GONE_DAYS),
        Some(window) => !m.status.is_over() || window.until > now - TimeDelta::days(PAST_DAYS),
        None => !m.status.is_over() || changed_at(m, now) > now - TimeDelta::days(GONE_DAYS),
    }
}

/// Whether that was told of work which is gone.
fn concerned(about: &About, gone: &GoneMaintenance) -> bool {
    match about {
        About::Page => true,
        About::Component(id) => gone.concerns(id),
        About::Incident(id) => gone.id == *id,
    }
}

/// Whether calendars of many things still had it when it went.
fn was_kept(gone: &GoneMaintenance) -> bool {
    gone.window.is_none_or(|window| window.until > gone.gone_at - TimeDelta::days(PAST_DAYS))
}

/// When the entry last changed, by people or by the time.
fn changed_at(m: &Maintenance, now: DateTime<Utc>) -> DateTime<Utc> {
    let overrun_since = m.window.filter(|_| maintenance::overrunning(m, now)).map(|window| window.until);
    let said = m.updates.first().map(|update| update.updated_at);
    m.updated_at.max(said.unwrap_or(m.updated_at)).max(overrun_since.unwrap_or(m.updated_at))
}

/// What stands in every entry alike.
struct Common<'a> {
    id: &'a Id,
    name: &'a str,
    sequence: i64,
    created: DateTime<Utc>,
    changed: DateTime<Utc>,
    category: &'a str,
    description: String,
    address: String,
}

impl Common<'_> {
    fn write(&self, lines: &mut Lines, view: &PublicView, (state, status): (&str, &str)) {
        lines.plain("UID", &format!("{}@{}", self.id, view.page.host()));
        lines.plain("SEQUENCE", &self.sequence.to_string());
        lines.instant("DTSTAMP", self.changed);
        lines.instant("LAST-MODIFIED", self.changed);
        lines.instant("CREATED", self.created);
        lines.text("SUMMARY", &format!("{state}: {}", self.name));
        lines.text("DESCRIPTION", &self.description);
        lines.plain("URL", &self.address);
        lines.plain("STATUS", status);
        lines.plain("CATEGORIES", self.category);
    }
}

fn address(id: &Id, view: &PublicView) -> String {
    format!("{}/incidents/{id}", view.page.url)
}

fn planned(m: &Maintenance, view: &PublicView) -> Lines {
    let common = Common {
        id: &m.id,
        name: &m.name,
        sequence: m.sequence,
        created: m.published_at.unwrap_or(m.created_at),
        changed: changed_at(m, view.as_of),
        category: "MAINTENANCE",
        description: description(m, view),
        address: address(&m.id, view),
    };
    let mut lines = Lines::default();
    match m.window {
        Some(Window { from, until }) => lines.component("VEVENT", |lines| {
            let state = if maintenance::overrunning(m, view.as_of) { "Overrunning" } else { m.status.label() };
            let status = if m.status == MaintenanceStatus::Cancelled { "CANCELLED" } else { "CONFIRMED" };
            common.write(lines, view, (state, status));
            lines.instant("DTSTART", from);
            lines.instant("DTEND", until);
            lines.plain("TRANSP", "TRANSPARENT");
        }),
        None => lines.component("VTODO", |lines| {
            let states = match m.status {
                MaintenanceStatus::Scheduled => ("Date to be set", "NEEDS-ACTION"),
                MaintenanceStatus::InProgress | MaintenanceStatus::Verifying => (m.status.label(), "IN-PROCESS"),
                MaintenanceStatus::Completed => (m.status.label(), "COMPLETED"),
                MaintenanceStatus::Cancelled => (m.status.label(), "CANCELLED"),
            };
            common.write(lines, view, states);
        }),
    }
    lines
}

/// What is gone: when it was to be, and that it is off. Why it went is nobody's to know, so nothing is left of its words.
fn off(gone: &GoneMaintenance, view: &PublicView) -> Lines {
    let common = Common {
        id: &gone.id,
        name: "Planned work",
        sequence: gone.sequence,
        created: gone.published_at,
        changed: gone.gone_at,
        category: "MAINTENANCE",
        description: format!("This planned work was taken off the page.\n{}", view.page.url),
        address: view.page.url.clone(),
    };
    let states = (MaintenanceStatus::Cancelled.label(), "CANCELLED");
    let mut lines = Lines::default();
    match gone.window {
        Some(Window { from, until }) => lines.component("VEVENT", |lines| {
            common.write(lines, view, states);
            lines.instant("DTSTART", from);
            lines.instant("DTEND", until);
            lines.plain("TRANSP", "TRANSPARENT");
        }),
        None => lines.component("VTODO", |lines| common.write(lines, view, states)),
    }
    lines
}

/// An incident: from its start until its end, where that is known.
fn failure(incident: &Incident, view: &PublicView) -> Lines {
    let said = incident.updates.first().map(|update| markdown::to_excerpt(&update.body, EXCERPT)).filter(|text| !text.is_empty());
    let common = Common {
        id: &incident.id,
        name: &incident.name,
        // It has to rise with each change and never to fall, also where a message is taken back.
        sequence: (incident.updated_at - incident.created_at).num_seconds().max(0),
        created: incident.published_at.unwrap_or(incident.created_at),
        changed: incident.updated_at,
        category: "INCIDENT",
        description: said.into_iter().chain([address(&incident.id, view)]).collect::<Vec<_>>().join("\n"),
        address: address(&incident.id, view),
    };
    let mut lines = Lines::default();
    lines.component("VEVENT", |lines| {
        common.write(lines, view, (incident.status.label(), "CONFIRMED"));
        lines.instant("DTSTART", incident.started_at);
        if let Some(end) = incident.resolved_at.filter(|end| *end > incident.started_at) {
            lines.instant("DTEND", end);
        }
        lines.plain("TRANSP", "TRANSPARENT");
    });
    lines
}

/// What was last said, the time it was planned for before, what it means for whom, and where to read more.
fn description(m: &Maintenance, view: &PublicView) -> String {
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
        Some(address(&m.id, view)),
    ];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}
