//! `/post-mortems.atom`: every public post-mortem, the newest first, with its summary; the page has the rest.

use app::markdown;
use app::view::{PostmortemView, PublicView};
use app::words::PostmortemStatus;
use atom_syndication::{Content, Entry, Feed, Link, Person, Text};

use super::atom::{in_utc, link, whole_seconds};

/// As many as the feed of incidents carries.
const ENTRIES: usize = 25;

/// The feed as XML.
#[must_use]
pub fn feed(view: &PublicView) -> String {
    let host = view.page.url.split("://").nth(1).unwrap_or("localhost");
    let documents: Vec<_> = view.documents().take(ENTRIES).collect();
    let changed = documents.iter().map(|document| document.postmortem.updated_at).max();
    let name = markdown::visible(&view.page.name);
    let feed = Feed {
        lang: Some("en".to_owned()),
        id: format!("tag:{host},2005:/post-mortems"),
        title: Text::plain(format!("{name} Status - Post-mortems")),
        updated: whole_seconds(changed.unwrap_or(view.page.updated_at)),
        links: vec![
            link("alternate", "text/html", format!("{}/post-mortems", view.page.url)),
            link("self", "application/atom+xml", format!("{}/post-mortems.atom", view.page.url)),
        ],
        authors: vec![Person { name, ..Person::default() }],
        entries: documents.into_iter().map(|document| entry(view, host, document)).collect(),
        ..Feed::default()
    };
    in_utc(&feed)
}

fn entry(view: &PublicView, host: &str, document: &PostmortemView) -> Entry {
    let postmortem = &document.postmortem;
    let address = format!("{}/post-mortems/{}", view.page.url, postmortem.id);
    let mark = match postmortem.status {
        _ if postmortem.provisional => "<p><strong>Provisional:</strong> a fuller version will follow.</p>",
        PostmortemStatus::Revised => "<p><strong>Revised</strong> since it was published.</p>",
        _ => "",
    };
    Entry {
        id: format!("tag:{host},2005:Postmortem/{}", postmortem.id),
        title: Text::plain(markdown::visible(&postmortem.title)),
        published: postmortem.published_at.map(whole_seconds),
        updated: whole_seconds(postmortem.updated_at),
        links: vec![Link { title: Some("The whole post-mortem".to_owned()), ..link("alternate", "text/html", address) }],
        content: Some(Content {
            content_type: Some("html".to_owned()),
            value: Some(format!("{mark}{}", document.summary_html())),
            ..Content::default()
        }),
        ..Entry::default()
    }
}
