//! Which documents there are: the hot ones, rendered whenever the view changes, and the long tail, rendered on first ask.

use std::collections::HashMap;
use std::sync::Arc;

use app::view::PublicView;
use app::words::Id;
use app::{Assets, PublicPage};
use axum::http::StatusCode;
use chrono::TimeDelta;

use super::document::{Document, Effort, Kind};
use super::{atom, calendar, postmortem_feed, v2};

/// The page for addresses that lead nowhere stands among the hot documents under this key, which no path can be.
pub const NOT_FOUND: &str = "not-found";

/// How long an incident stays hot after it began, and a post-mortem after it changed.
const HOT_DAYS: i64 = 30;

/// Seconds between a reader's looks at `/live.json` while something is open, and while nothing is (reliability W10).
const POLL_OPEN_SECONDS: u32 = 30;
const POLL_QUIET_SECONDS: u32 = 60;

/// Hot documents by path.
pub type Hot = HashMap<String, Arc<Document>>;

/// Turns views into documents.
#[derive(Clone, Debug)]
pub struct Renderer {
    assets: Arc<Assets>,
}

impl Renderer {
    /// Renders with these embedded files.
    #[must_use]
    pub fn new(assets: Assets) -> Self {
        Self { assets: Arc::new(assets) }
    }

    /// The embedded files that pages refer to.
    #[must_use]
    pub fn assets(&self) -> &Assets {
        &self.assets
    }

    /// Every hot document of a view. One whose bytes did not change is taken over from `before` as it is, so that neither
    /// its compressed forms nor its ETags are made again.
    ///
    /// # Errors
    /// A document that cannot be rendered; the caller keeps what it has.
    pub fn hot(&self, view: &Arc<PublicView>, before: &Hot) -> anyhow::Result<Hot> {
        let mut made = Made { before, hot: Hot::new() };
        for page in hot_pages(view) {
            let Some(html) = app::render(&page, view, &self.assets) else { anyhow::bail!("{page:?} cannot be rendered") };
            let status = if page == PublicPage::NotFound { StatusCode::NOT_FOUND } else { StatusCode::OK };
            made.keep(path(&page), Kind::Html, status, html.into_bytes());
        }
        for (path, json) in v2::documents(view)? {
            made.keep(path.to_owned(), Kind::Json, StatusCode::OK, json);
        }
        made.keep("/history.atom".to_owned(), Kind::Atom, StatusCode::OK, atom::feed(view).into_bytes());
        made.keep("/post-mortems.atom".to_owned(), Kind::Atom, StatusCode::OK, postmortem_feed::feed(view).into_bytes());
        for (path, calendar) in calendar::documents(view) {
            made.keep(path, Kind::Calendar, StatusCode::OK, calendar);
        }
        made.keep("/live.json".to_owned(), Kind::Json, StatusCode::OK, live(view).into_bytes());
        made.keep("/robots.txt".to_owned(), Kind::Text, StatusCode::OK, b"User-agent: *\nDisallow: /staff\n".to_vec());
        Ok(made.hot)
    }

    /// A document of the long tail; `None` where the view knows no such object.
    #[must_use]
    pub fn long_tail(&self, page: &PublicPage, view: &Arc<PublicView>) -> Option<Document> {
        app::render(page, view, &self.assets).map(|html| Document::new(Kind::Html, StatusCode::OK, html.into_bytes(), Effort::Fast))
    }

    /// The page shown while nothing is known yet.
    #[must_use]
    pub fn starting(&self) -> Document {
        let html = app::render_starting(&self.assets);
        Document::new(Kind::Html, StatusCode::SERVICE_UNAVAILABLE, html.into_bytes(), Effort::Fast)
    }
}

struct Made<'a> {
    before: &'a Hot,
    hot: Hot,
}

impl Made<'_> {
    fn keep(&mut self, path: String, kind: Kind, status: StatusCode, bytes: Vec<u8>) {
        let same = self.before.get(&path).filter(|before| before.kind == kind && before.identity.bytes == bytes);
        let document = same.cloned().unwrap_or_else(|| Arc::new(Document::new(kind, status, bytes, Effort::Fast)));
        self.hot.insert(path, document);
    }
}

/// The address of a page, which is also its key among the documents.
#[must_use]
pub fn path(page: &PublicPage) -> String {
    match page {
        PublicPage::Home => "/".to_owned(),
        PublicPage::History(None) => "/history".to_owned(),
        PublicPage::History(Some(month)) => format!("/history?month={month}"),
        PublicPage::Incident(id) => format!("/incidents/{id}"),
        PublicPage::Component(id) => format!("/components/{id}"),
        PublicPage::Postmortems => "/post-mortems".to_owned(),
        PublicPage::Postmortem(id) => format!("/post-mortems/{id}"),
        PublicPage::Revision(id, number) => format!("/post-mortems/{id}/revisions/{number}"),
        PublicPage::FollowUps => "/follow-ups".to_owned(),
        PublicPage::Subscribe => "/subscribe".to_owned(),
        PublicPage::NotFound => NOT_FOUND.to_owned(),
    }
}

/// The page that an address of the long tail names.
#[must_use]
pub fn page_of(path: &str, month: Option<String>) -> Option<PublicPage> {
    let id = |text: &str| Id::parse(text).ok().map(String::from);
    match path.strip_prefix('/')?.split_once('/') {
        None if path == "/history" => Some(PublicPage::History(month)),
        Some(("incidents", rest)) => id(rest).map(PublicPage::Incident),
        Some(("components", rest)) => id(rest).map(PublicPage::Component),
        Some(("post-mortems", rest)) => match rest.split_once("/revisions/") {
            Some((document, number)) => id(document).zip(revision(number)).map(|(document, number)| PublicPage::Revision(document, number)),
            None => id(rest).map(PublicPage::Postmortem),
        },
        _ => None,
    }
}

/// The number of a revision, in the one spelling that its address has.
fn revision(text: &str) -> Option<i64> {
    text.parse().ok().filter(|number: &i64| *number > 0 && number.to_string() == text)
}

/// Home, the newest month, the lists of post-mortems and follow-ups, the form to subscribe, the 404, every incident that is open or
/// not older than [`HOT_DAYS`], and every post-mortem that changed since.
fn hot_pages(view: &PublicView) -> Vec<PublicPage> {
    let since = view.as_of - TimeDelta::days(HOT_DAYS);
    let mut pages = vec![
        PublicPage::Home,
        PublicPage::History(None),
        PublicPage::Postmortems,
        PublicPage::FollowUps,
        PublicPage::Subscribe,
        PublicPage::NotFound,
    ];
    let incidents = view.incidents.iter().filter(|i| !i.status.is_over() || i.started_at >= since).map(|i| &i.id);
    let planned = view.listed().filter(|m| !m.status.is_over() || m.updated_at >= since).map(|m| &m.id);
    pages.extend(incidents.chain(planned).map(|id| PublicPage::Incident(id.to_string())));
    let documents = view.documents().filter(|p| p.postmortem.updated_at >= since).map(|p| &p.postmortem.id);
    pages.extend(documents.map(|id| PublicPage::Postmortem(id.to_string())));
    pages
}

fn live(view: &PublicView) -> String {
    let open = view.open_incidents().next().is_some();
    let seconds = if open { POLL_OPEN_SECONDS } else { POLL_QUIET_SECONDS };
    format!("{{\"revision\":{},\"next_poll_s\":{seconds}}}", view.revision)
}
