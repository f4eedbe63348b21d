//! Which documents there are: the hot ones, rendered whenever the view changes, and the long tail, rendered on first ask.

use std::collections::HashMap;
use std::sync::Arc;

use app::language::Language;
use app::pages::history::Query;
use app::view::PublicView;
use app::words::LookFile;
use app::{Assets, PublicPage};
use axum::http::StatusCode;
use chrono::TimeDelta;

use super::asked::{Asked, File};
use super::document::{Document, Effort, Kind};
use super::{postmortem_feed, v2};

/// The page for addresses that lead nowhere stands among the hot documents under this name, which is no address of ours.
pub const NOT_FOUND: &str = "not-found";

/// How long an incident stays hot after it began, and a post-mortem after it changed.
const HOT_DAYS: i64 = 30;

/// Seconds between a reader's looks at `/live.json` while something is open, and while nothing is (reliability W10).
const POLL_OPEN_SECONDS: u32 = 30;
const POLL_QUIET_SECONDS: u32 = 60;

/// Hot documents by path.
pub type Hot = HashMap<String, Arc<Document>>;

/// The view in each language it is offered in beside its own, by code.
pub type Spoken = HashMap<&'static str, Arc<PublicView>>;

/// Says the view in its other languages, once for all who ask. Of the view `before`, what did not change is kept as it was said.
#[must_use]
pub fn spoken(view: &PublicView, before: Option<(&PublicView, &Spoken)>) -> Spoken {
    let said = |language: &Language| {
        let before = before.and_then(|(own, spoken)| Some((own, spoken.get(language.code())?.as_ref())));
        Arc::new(view.in_language_since(language.code(), before))
    };
    view.other_languages().map(|language| (language.code(), said(language))).collect()
}

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
    pub fn hot(&self, view: &Arc<PublicView>, spoken: &Spoken, before: &Hot) -> anyhow::Result<Hot> {
        let mut made = Made { before, hot: Hot::new() };
        for page in hot_pages(view) {
            made.page(&self.assets, None, page, view)?;
        }
        for language in view.other_languages() {
            let Some(view) = spoken.get(language.code()) else { continue };
            for page in [PublicPage::Home, PublicPage::NotFound] {
                made.page(&self.assets, Some(language), page, view)?;
            }
        }
        for (path, json) in v2::documents(view)? {
            made.keep(path.to_owned(), Kind::Json, StatusCode::OK, json);
        }
        for file in File::OF_PAGE {
            if let Some(bytes) = file.bytes(view)? {
                made.keep(file.path(), file.kind(), StatusCode::OK, bytes);
            }
        }
        made.keep("/post-mortems.atom".to_owned(), Kind::Atom, StatusCode::OK, postmortem_feed::feed(view).into_bytes());
        made.keep("/live.json".to_owned(), Kind::Json, StatusCode::OK, live(view).into_bytes());
        made.keep("/robots.txt".to_owned(), Kind::Text, StatusCode::OK, ROBOTS.to_vec());
        for file in view.page.look.files.iter() {
            made.keep_file(file);
        }
        Ok(made.hot)
    }

    /// A document of the long tail, from the view in the language that is asked for; `None` where it knows no such object.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn long_tail(&self, asked: &Asked, view: &Arc<PublicView>) -> anyhow::Result<Option<Document>> {
        let document = |status, kind, bytes| Document::new(kind, status, bytes, Effort::Fast);
        let page = match asked {
            Asked::File(file) => return Ok(file.bytes(view)?.map(|bytes| document(StatusCode::OK, file.kind(), bytes))),
            Asked::Page(_, page) => page,
        };
        let refused = matches!(page, PublicPage::HistoryRefused(_) | PublicPage::UptimeRefused);
        let status = if refused { StatusCode::BAD_REQUEST } else { StatusCode::OK };
        Ok(app::render(page, view, &self.assets).map(|html| document(status, Kind::Html, html.into_bytes())))
    }

    /// The page shown while nothing is known yet.
    #[must_use]
    pub fn starting(&self, language: &Language) -> Document {
        let html = app::render_starting(language, &self.assets);
        Document::new(Kind::Html, StatusCode::SERVICE_UNAVAILABLE, html.into_bytes(), Effort::Fast)
    }
}

struct Made<'a> {
    before: &'a Hot,
    hot: Hot,
}

impl Made<'_> {
    fn page(
        &mut self,
        assets: &Assets,
        language: Option<&'static Language>,
        page: PublicPage,
        view: &Arc<PublicView>,
    ) -> anyhow::Result<()> {
        let Some(html) = app::render(&page, view, assets) else { anyhow::bail!("{page:?} cannot be rendered") };
        let status = if page == PublicPage::NotFound { StatusCode::NOT_FOUND } else { StatusCode::OK };
        self.keep(Asked::Page(language, page).path(), Kind::Html, status, html.into_bytes());
        Ok(())
    }

    /// What stands at an address that names its content is the same as before, without a look at its bytes.
    fn keep_file(&mut self, file: &LookFile) {
        let kind = file.kind.map_or(Kind::Sheet, Kind::Picture);
        let made = || Arc::new(Document::new(kind, StatusCode::OK, file.bytes.clone(), Effort::Fast));
        let document = self.before.get(&file.address).cloned().unwrap_or_else(made);
        self.hot.insert(file.address.clone(), document);
    }

    fn keep(&mut self, path: String, kind: Kind, status: StatusCode, bytes: Vec<u8>) {
        let same = self.before.get(&path).filter(|before| before.kind == kind && before.identity.bytes == bytes);
        let document = same.cloned().unwrap_or_else(|| Arc::new(Document::new(kind, status, bytes, Effort::Fast)));
        self.hot.insert(path, document);
    }
}

/// Home, the newest month, the lists of post-mortems and follow-ups, the form to subscribe, the 404, every incident that is open or
/// not older than [`HOT_DAYS`], and every post-mortem that changed since.
fn hot_pages(view: &PublicView) -> Vec<PublicPage> {
    let since = view.as_of - TimeDelta::days(HOT_DAYS);
    let mut pages = vec![
        PublicPage::Home,
        PublicPage::History(Query::default()),
        PublicPage::Uptime(None),
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

/// Search engines that ask are kept away from what is no page. Those that are to list nothing have to read that on the pages.
const ROBOTS: &[u8] = b"User-agent: *\nDisallow: /staff\n";

fn live(view: &PublicView) -> String {
    let open = view.open_incidents().next().is_some();
    let seconds = if open { POLL_OPEN_SECONDS } else { POLL_QUIET_SECONDS };
    format!("{{\"revision\":{},\"changed_at\":\"{}\",\"next_poll_s\":{seconds}}}", view.revision, view.changed())
}
