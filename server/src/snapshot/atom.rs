//! `/history.atom` (contract 2.1): 25 entries, incidents and maintenances together, newest first; readers key on `id`. Beside them
//! stand the events of planned work, each an entry of its own: in the 25, work that is moved keeps its id, and readers see nothing new.

use std::collections::HashSet;
use std::sync::Arc;

use app::markdown;
use app::parts::locale::Locale;
use app::view::PublicView;
use app::words::{Incident, IncidentStatus, Maintenance, MaintenanceEvent, MaintenanceStatus, MaintenanceUpdate, Update};
use atom_syndication::{Content, Entry, Feed, FixedDateTime, Link, Person, Text};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

/// As many as the field's feeds carry (contract 2.1, measured).
const ENTRIES: usize = 25;
/// As many events of planned work, at most.
const EVENTS: usize = 25;
/// Days that an event stays in the feed.
const EVENT_DAYS: i64 = 30;

/// The feed as XML.
#[must_use]
pub fn feed(view: &PublicView) -> String {
    let zone: Tz = view.page.time_zone.parse().unwrap_or(Tz::UTC);
    let host = view.page.host();
    let incidents = view.incidents.iter().map(|incident| incident_entry(view, host, zone, incident));
    // A cancelled or undated maintenance is news too: the page, the feed and the calendar tell of it (design §8).
    let maintenances = told(view.listed()).into_iter().map(|maintenance| maintenance_entry(view, host, zone, maintenance));
    let mut entries: Vec<Entry> = newest(incidents.chain(maintenances).collect(), ENTRIES);
    entries.extend(newest(events(view, host), EVENTS));
    let entries = newest(entries, ENTRIES + EVENTS);
    let name = markdown::visible(&view.page.name);
    let feed = Feed {
        lang: Some("en".to_owned()),
        id: format!("tag:{host},2005:/history"),
        title: Text::plain(format!("{name} Status - Incident History")),
        updated: view.page.updated_at.fixed_offset(),
        links: vec![
            link("alternate", "text/html", view.page.url.clone()),
            link("self", "application/atom+xml", format!("{}/history.atom", view.page.url)),
        ],
        authors: vec![Person { name, ..Person::default() }],
        entries,
        ..Feed::default()
    };
    feed.to_string()
}

/// Planned work without what would push everything else out: of the windows of a series that were called off together, the first alone.
fn told<'a>(works: impl Iterator<Item = &'a Arc<Maintenance>>) -> Vec<&'a Maintenance> {
    let mut works: Vec<&Maintenance> = works.map(AsRef::as_ref).collect();
    works.sort_by_key(|m| m.window.map(|window| window.from));
    let mut called_off = HashSet::new();
    works.retain(|m| match (&m.occurrence, m.updates.first()) {
        (Some(of), Some(last)) if m.status == MaintenanceStatus::Cancelled => called_off.insert((&of.series_id, last.created_at)),
        _ => true,
    });
    works
}

/// The newest of them, newest first.
fn newest(mut entries: Vec<Entry>, most: usize) -> Vec<Entry> {
    entries.sort_by(|a, b| b.published.cmp(&a.published).then_with(|| a.id.cmp(&b.id)));
    entries.truncate(most);
    entries
}

fn incident_entry(view: &PublicView, host: &str, zone: Tz, incident: &Incident) -> Entry {
    let newest = incident.updates.first().map_or(incident.updated_at, |update| update.display_at);
    let published = if incident.status.is_over() { incident.resolved_at.unwrap_or(newest) } else { newest };
    let content = timeline(&incident.updates, zone, IncidentStatus::label, |_| None);
    let id = incident.id.as_str();
    entry(view, (format!("tag:{host},2005:Incident/{id}"), id), &incident.name, published, incident.updated_at, content)
}

fn maintenance_entry(view: &PublicView, host: &str, zone: Tz, maintenance: &Maintenance) -> Entry {
    let newest = maintenance.updates.first().map_or(maintenance.updated_at, |update| update.display_at);
    let published = match (maintenance.status, maintenance.window) {
        (MaintenanceStatus::Scheduled, Some(window)) => window.from,
        (MaintenanceStatus::Completed, Some(window)) => maintenance.completed_at.unwrap_or(window.until),
        _ => newest,
    };
    let mut content = String::new();
    if maintenance.status == MaintenanceStatus::Scheduled {
        content.push_str("<p><strong>THIS IS A SCHEDULED EVENT ");
        match maintenance.window {
            Some(window) => {
                stamp(&mut content, window.from, zone);
                content.push_str(" &nbsp;-&nbsp; ");
                stamp(&mut content, window.until, zone);
            }
            None => content.push_str("(date to be set)"),
        }
        content.push_str("</strong></p>");
    }
    // The change of the window says more than the status, which stayed.
    let own = |update: &MaintenanceUpdate| maintenance.move_of(update).map(|_| maintenance.event_of(update).label());
    content.push_str(&timeline(&maintenance.updates, zone, MaintenanceStatus::label, own));
    let id = maintenance.id.as_str();
    entry(view, (format!("tag:{host},2005:Incident/{id}"), id), &maintenance.name, published, maintenance.updated_at, content)
}

/// What became of planned work after it was announced.
fn events(view: &PublicView, host: &str) -> Vec<Entry> {
    let since = view.as_of - TimeDelta::days(EVENT_DAYS);
    let zone = Locale::of(view);
    let mut entries = Vec::new();
    for maintenance in told(view.maintenances.iter()) {
        for update in maintenance.updates.iter().filter(|update| update.display_at > since) {
            let event = maintenance.event_of(update);
            if matches!(event, MaintenanceEvent::Announced | MaintenanceEvent::Updated) {
                continue;
            }
            let title = format!("{}: {}", event.label(), maintenance.name);
            let content = format!("{}{}", change_of_window(maintenance, update, zone), update.body_html);
            let (id, path) = (format!("tag:{host},2005:MaintenanceEvent/{}", update.id), format!("{}#u-{}", maintenance.id, update.id));
            entries.push(entry(view, (id, &path), &title, update.display_at, update.updated_at, content));
        }
    }
    entries
}

/// The new window with the old one beside it, where a message announced one.
fn change_of_window(maintenance: &Maintenance, update: &MaintenanceUpdate, zone: Locale) -> String {
    let Some(moved) = maintenance.move_of(update) else { return String::new() };
    let now = zone.full_window_text(moved.to);
    match moved.from {
        Some(before) => format!("<p>Was: <s>{}</s><br>Now: <strong>{now}</strong></p>", zone.full_window_text(before)),
        None => format!("<p>Now planned for: <strong>{now}</strong></p>"),
    }
}

/// An entry with its id and the path of what it is about.
fn entry(
    view: &PublicView,
    (id, path): (String, &str),
    title: &str,
    published: DateTime<Utc>,
    updated: DateTime<Utc>,
    content: String,
) -> Entry {
    let address = format!("{}/incidents/{path}", view.page.url);
    Entry {
        id,
        title: Text::plain(markdown::visible(title)),
        published: Some(whole_seconds(published)),
        updated: whole_seconds(updated),
        links: vec![link("alternate", "text/html", address)],
        content: Some(Content { content_type: Some("html".to_owned()), value: Some(content), ..Content::default() }),
        ..Entry::default()
    }
}

/// All updates, newest first, each under its time and word; `Update` where the status did not change (contract 2.1) and there is no
/// word of its own for it.
fn timeline<S: Copy + PartialEq>(
    updates: &[Update<S>],
    zone: Tz,
    label: fn(S) -> &'static str,
    own: impl Fn(&Update<S>) -> Option<&'static str>,
) -> String {
    let mut html = String::new();
    for (at, update) in updates.iter().enumerate() {
        let before = updates.get(at + 1).map(|earlier| earlier.status);
        let word = own(update).unwrap_or_else(|| if before == Some(update.status) { "Update" } else { label(update.status) });
        html.push_str("<p><small>");
        stamp(&mut html, update.display_at, zone);
        html.push_str("</small><br><strong>");
        html.push_str(word);
        html.push_str("</strong> - ");
        // The first paragraph stands on the word's line, as the field's feeds have it.
        match update.body_html.strip_prefix("<p>") {
            Some(rest) => html.push_str(rest),
            None => {
                html.push_str("</p>");
                html.push_str(&update.body_html);
            }
        }
    }
    html
}

fn stamp(html: &mut String, at: DateTime<Utc>, zone: Tz) {
    let local = at.with_timezone(&zone);
    html.push_str(&local.format("%b <var data-var='date'>%e</var>, <var data-var='time'>%H:%M</var> %Z").to_string());
}

/// As the field writes instants in feeds.
pub(super) fn whole_seconds(at: DateTime<Utc>) -> FixedDateTime {
    DateTime::from_timestamp(at.timestamp(), 0).unwrap_or(at).fixed_offset()
}

/// A link to one form of something.
pub(super) fn link(rel: &str, mime_type: &str, href: String) -> Link {
    Link { rel: rel.to_owned(), mime_type: Some(mime_type.to_owned()), href, ..Link::default() }
}
