//! What a page is, for search engines and other programs (schema.org as JSON-LD).

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};

use crate::head::absolute;
use crate::markdown::to_excerpt;
use crate::pages::Body;
use crate::parts::chrome::{self, name_of};
use crate::parts::incident_card::title;
use crate::parts::locale::Locale;
use crate::parts::postmortem::title_of;
use crate::shell::PublicPage;
use crate::view::PublicView;
use crate::words::{Incident, Maintenance, MaintenanceStatus, Postmortem};

/// Most characters of a message.
const EXCERPT: usize = 300;

/// The data block of a page. A `<` in a text cannot end it: none is left in.
#[must_use]
pub fn of(view: &PublicView, body: &Body, page: &PublicPage, address: &str) -> String {
    let mut things: Vec<Value> = match page {
        PublicPage::Home => vec![site(view, address)],
        PublicPage::Incident(id) => {
            let incident = view.incident(id).map(|incident| announcement(view, incident, address));
            incident.or_else(|| view.maintenance(id).and_then(|maintenance| event(view, maintenance, address))).into_iter().collect()
        }
        PublicPage::Postmortem(id) => view.document(id).map(|shown| article(view, &shown.postmortem, address)).into_iter().collect(),
        _ => Vec::new(),
    };
    if *page != PublicPage::Home {
        things.push(way(view, body, address));
    }
    json!({ "@context": "https://schema.org", "@graph": things }).to_string().replace('<', "\\u003c")
}

fn stamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn site(view: &PublicView, address: &str) -> Value {
    json!({ "@type": "WebSite", "name": site_name(view), "url": address, "inLanguage": view.language, "publisher": publisher(view) })
}

fn site_name(view: &PublicView) -> String {
    chrome::site(view, Locale::of(view))
}

fn publisher(view: &PublicView) -> Value {
    let look = &view.page.look;
    let home = Some(&look.chosen.home).filter(|home| !home.is_empty());
    let logo = look.logo.as_ref().map(|logo| absolute(view, &logo.address));
    known(json!({ "@type": "Organization", "name": name_of(view), "url": home, "logo": logo }))
}

/// The thing without what there is not.
fn known(mut thing: Value) -> Value {
    if let Some(fields) = thing.as_object_mut() {
        fields.retain(|_, value| !value.is_null());
    }
    thing
}

/// The page's place under the first one.
fn way(view: &PublicView, body: &Body, address: &str) -> Value {
    let step =
        |position: u8, name: String, address: &str| json!({ "@type": "ListItem", "position": position, "name": name, "item": address });
    let home = absolute(view, &Locale::of(view).href("/"));
    json!({ "@type": "BreadcrumbList", "itemListElement": [step(1, site_name(view), &home), step(2, body.title.clone(), address)] })
}

fn announcement(view: &PublicView, incident: &Incident, address: &str) -> Value {
    let newest = incident.updates.first().map(|update| to_excerpt(&update.body, EXCERPT)).unwrap_or_default();
    json!({
        "@type": "SpecialAnnouncement",
        "name": title(&incident.name, Locale::of(view)),
        "text": newest,
        "datePosted": stamp(incident.published_at.unwrap_or(incident.started_at)),
        "dateModified": stamp(incident.updated_at),
        "url": address,
        "publisher": publisher(view),
    })
}

/// Planned work with a date; without one there is nothing to put into a calendar.
fn event(view: &PublicView, maintenance: &Maintenance, address: &str) -> Option<Value> {
    let window = maintenance.window?;
    let before = maintenance.moves.iter().rev().filter_map(|moved| moved.from).find(|from| from.from != window.from);
    let status = match maintenance.status {
        MaintenanceStatus::Cancelled => "EventCancelled",
        _ if before.is_some() => "EventRescheduled",
        _ => "EventScheduled",
    };
    Some(known(json!({
        "@type": "Event",
        "name": title(&maintenance.name, Locale::of(view)),
        "startDate": stamp(window.from),
        "endDate": stamp(window.until),
        "eventStatus": format!("https://schema.org/{status}"),
        "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
        "location": { "@type": "VirtualLocation", "url": address },
        "organizer": publisher(view),
        "previousStartDate": before.map(|before| stamp(before.from)),
        "url": address,
    })))
}

fn article(view: &PublicView, postmortem: &Postmortem, address: &str) -> Value {
    json!({
        "@type": "Article",
        "headline": title_of(postmortem, Locale::of(view)),
        "datePublished": postmortem.published_at.map(stamp),
        "dateModified": stamp(postmortem.updated_at),
        "inLanguage": view.page.language,
        "author": publisher(view),
        "publisher": publisher(view),
        "url": address,
    })
}
