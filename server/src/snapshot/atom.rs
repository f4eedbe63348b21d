//! Feeds as Atom (contract 2.1).

use app::markdown;
use app::view::PublicView;
use atom_syndication::{Content, Entry, Feed, FixedDateTime, Link, Person, Text};
use chrono::{DateTime, Utc};

use super::asked::{About, File, Format};
use super::feed::{self, Item};

/// The feed as XML; `None` where nobody knows what it is about.
#[must_use]
pub fn feed(view: &PublicView, about: &About) -> Option<Vec<u8>> {
    let told = feed::feed(view, about)?;
    let own = format!("{}{}", view.page.url, File::History(about.clone(), Format::Atom).path());
    let feed = Feed {
        lang: Some(view.page.language.clone()),
        id: told.id,
        title: Text::plain(told.title),
        updated: whole_seconds(told.updated),
        links: vec![link("alternate", "text/html", told.address), link("self", "application/atom+xml", own)],
        authors: vec![Person { name: markdown::visible(&view.page.name), ..Person::default() }],
        entries: told.items.into_iter().map(entry).collect(),
        ..Feed::default()
    };
    Some(in_utc(&feed).into_bytes())
}

/// The XML with its instants as the contract has them, `…Z`: the library writes the offset. No text has these letters, its `<` is escaped.
pub(super) fn in_utc(feed: &Feed) -> String {
    ["updated", "published"].iter().fold(feed.to_string(), |xml, name| xml.replace(&format!("+00:00</{name}>"), &format!("Z</{name}>")))
}

fn entry(item: Item) -> Entry {
    Entry {
        id: item.id,
        title: Text::plain(item.title),
        published: Some(whole_seconds(item.published)),
        updated: whole_seconds(item.updated),
        links: vec![link("alternate", "text/html", item.address)],
        content: Some(Content { content_type: Some("html".to_owned()), value: Some(item.html), ..Content::default() }),
        ..Entry::default()
    }
}

/// As the field writes instants in feeds.
pub(super) fn whole_seconds(at: DateTime<Utc>) -> FixedDateTime {
    DateTime::from_timestamp(at.timestamp(), 0).unwrap_or(at).fixed_offset()
}

/// A link to one form of something.
pub(super) fn link(rel: &str, mime_type: &str, href: String) -> Link {
    Link { rel: rel.to_owned(), mime_type: Some(mime_type.to_owned()), href, ..Link::default() }
}
