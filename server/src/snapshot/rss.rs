//! Feeds as RSS 2.0, as the field has them (contract 2.2). The end of planned work stands in an element without a namespace, which
//! libraries for RSS do not write.

use app::view::PublicView;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::asked::About;
use super::feed::{self, Item};
use super::xml::element;

/// What the field's feeds say of themselves here.
const DESCRIPTION: &str = "Statuspage";

/// The feed as XML; `None` where nobody knows what it is about.
#[must_use]
pub fn feed(view: &PublicView, about: &About) -> Option<Vec<u8>> {
    let told = feed::feed(view, about)?;
    let zone: Tz = view.page.time_zone.parse().unwrap_or(Tz::UTC);
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel>",
    );
    element(&mut out, "title", &told.title);
    element(&mut out, "link", &told.address);
    element(&mut out, "description", DESCRIPTION);
    element(&mut out, "language", &view.page.language);
    element(&mut out, "pubDate", &dated(told.updated, zone));
    for item in &told.items {
        out.push_str("<item>");
        write_item(&mut out, item, zone);
        out.push_str("</item>");
    }
    out.push_str("</channel></rss>\n");
    Some(out.into_bytes())
}

fn write_item(out: &mut String, item: &Item, zone: Tz) {
    element(out, "title", &item.title);
    element(out, "description", &item.html);
    element(out, "pubDate", &dated(item.published, zone));
    if let Some(until) = item.until {
        element(out, "maintenanceEndDate", &dated(until, zone));
    }
    element(out, "link", &item.address);
    element(out, "guid", &item.address);
}

/// An instant as RFC 822 writes it, in the page's offset.
fn dated(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%a, %d %b %Y %H:%M:%S %z").to_string()
}
