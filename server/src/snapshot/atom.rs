//! `/history.atom` (contract 2.1): 25 entries, incidents and maintenances together, newest first; readers key on `id`.

use app::markdown;
use app::view::PublicView;
use app::words::{Incident, IncidentStatus, Maintenance, MaintenanceStatus, Update};
use atom_syndication::{Content, Entry, Feed, FixedDateTime, Link, Person, Text};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;

/// As many as the field's feeds carry (contract 2.1, measured).
const ENTRIES: usize = 25;

/// The feed as XML.
#[must_use]
pub fn feed(view: &PublicView) -> String {
    let zone: Tz = view.page.time_zone.parse().unwrap_or(Tz::UTC);
    let host = view.page.url.split("://").nth(1).unwrap_or("localhost");
    let incidents = view.incidents.iter().map(|incident| incident_entry(view, host, zone, incident));
    // A cancelled or undated maintenance is news too: the page, the feed and the calendar tell of it (design §8).
    let maintenances = view.maintenances.iter().map(|maintenance| maintenance_entry(view, host, zone, maintenance));
    let mut entries: Vec<Entry> = incidents.chain(maintenances).collect();
    entries.sort_by(|a, b| b.published.cmp(&a.published).then_with(|| a.id.cmp(&b.id)));
    entries.truncate(ENTRIES);
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

fn incident_entry(view: &PublicView, host: &str, zone: Tz, incident: &Incident) -> Entry {
    let newest = incident.updates.first().map_or(incident.updated_at, |update| update.display_at);
    let published = if incident.status.is_over() { incident.resolved_at.unwrap_or(newest) } else { newest };
    let content = timeline(&incident.updates, zone, IncidentStatus::label);
    entry(view, host, incident.id.as_str(), &incident.name, published, incident.updated_at, content)
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
    content.push_str(&timeline(&maintenance.updates, zone, MaintenanceStatus::label));
    entry(view, host, maintenance.id.as_str(), &maintenance.name, published, maintenance.updated_at, content)
}

fn entry(view: &PublicView, host: &str, id: &str, title: &str, published: DateTime<Utc>, updated: DateTime<Utc>, content: String) -> Entry {
    let address = format!("{}/incidents/{id}", view.page.url);
    Entry {
        id: format!("tag:{host},2005:Incident/{id}"),
        title: Text::plain(markdown::visible(title)),
        published: Some(whole_seconds(published)),
        updated: whole_seconds(updated),
        links: vec![link("alternate", "text/html", address)],
        content: Some(Content { content_type: Some("html".to_owned()), value: Some(content), ..Content::default() }),
        ..Entry::default()
    }
}

/// All updates, newest first, each under its time and word; `Update` where the status did not change (contract 2.1).
fn timeline<S: Copy + PartialEq>(updates: &[Update<S>], zone: Tz, label: fn(S) -> &'static str) -> String {
    let mut html = String::new();
    for (at, update) in updates.iter().enumerate() {
        let before = updates.get(at + 1).map(|earlier| earlier.status);
        html.push_str("<p><small>");
        stamp(&mut html, update.display_at, zone);
        html.push_str("</small><br><strong>");
        html.push_str(if before == Some(update.status) { "Update" } else { label(update.status) });
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
