//! What a public address asks for: a page in a language, or a file for programs. One address has one spelling, which is also the key
//! among the documents.

use app::PublicPage;
use app::language::Language;
use app::pages::history::{self, Query, Refused};
use app::view::PublicView;
use app::words::Id;
use chrono::NaiveDate;

use super::document::Kind;
use super::documents::NOT_FOUND;
use super::{atom, badge, calendar, figures, rss};

/// What an address asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// A page; `None` is the page's own language.
    Page(Option<&'static Language>, PublicPage),
    /// A file, the same in every language.
    File(File),
}

/// A file for programs. Those of the whole page are hot; those of one thing are made on first ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum File {
    /// What happened and what is planned, for feed readers and calendars.
    History(About, Format),
    /// How the page or a component is, to be shown elsewhere.
    Badge(Option<Id>, Badge),
    /// A component's uptime with its working.
    Figures(Id, Table),
}

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
}

/// What a feed or a calendar tells of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// Everything on the page.
    Page,
    /// A component.
    Component(Id),
    /// An incident or planned work.
    Incident(Id),
}

/// In which form it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// An Atom feed.
    Atom,
    /// An RSS feed.
    Rss,
    /// A calendar.
    Calendar,
}

/// In which form a badge comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Badge {
    /// A picture.
    Svg,
    /// What those who draw badges themselves ask for.
    Json,
}

/// What the query of an address says, as far as that address has one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Which part of `/history`.
    pub history: Query,
    /// Which year of `/uptime`; `None` is the newest.
    pub year: Option<i32>,
}

impl Asked {
    /// What that address asks for; `None` where it leads nowhere.
    #[must_use]
    pub fn read(language: Option<&'static Language>, path: &str, wanted: Wanted) -> Option<Self> {
        match File::read(path) {
            Some(file) => language.is_none().then_some(Self::File(file)),
            None => page_of(path, wanted).map(|page| Self::Page(language, page)),
        }
    }

    /// The same without what a refused filter names and the view does not know: it is not shown, and must make no copies.
    #[must_use]
    pub fn settled(self, view: &PublicView) -> Self {
        match self {
            Self::Page(language, PublicPage::HistoryRefused(Refused { query, wrong })) => {
                Self::Page(language, PublicPage::HistoryRefused(Refused { query: history::known(view, &query), wrong }))
            }
            other => other,
        }
    }

    /// The address, which is also the key among the documents.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::Page(language, page) => in_language(*language, path(page)),
            Self::File(file) => file.path(),
        }
    }
}

/// The address of a page in a language; the page's own needs no prefix.
#[must_use]
pub fn in_language(language: Option<&Language>, path: String) -> String {
    match language {
        None => path,
        Some(language) if path == "/" => format!("/{}", language.code()),
        Some(language) => format!("/{}{path}", language.code()),
    }
}

impl About {
    /// The address of the page that shows it; the files about it stand below.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::Page => String::new(),
            Self::Component(id) => format!("/components/{id}"),
            Self::Incident(id) => format!("/incidents/{id}"),
        }
    }
}

impl Format {
    const fn name(self) -> &'static str {
        match self {
            Self::Atom => "history.atom",
            Self::Rss => "history.rss",
            Self::Calendar => "history.ics",
        }
    }
}

impl Badge {
    const fn name(self) -> &'static str {
        match self {
            Self::Svg => "badge.svg",
            Self::Json => "badge.json",
        }
    }
}

impl Table {
    const fn name(self) -> &'static str {
        match self {
            Self::Json => "uptime.json",
            Self::Csv => "uptime.csv",
        }
    }
}

impl File {
    /// Those of the whole page.
    pub const OF_PAGE: [Self; 5] = [
        Self::History(About::Page, Format::Atom),
        Self::History(About::Page, Format::Rss),
        Self::History(About::Page, Format::Calendar),
        Self::Badge(None, Badge::Svg),
        Self::Badge(None, Badge::Json),
    ];

    fn read(path: &str) -> Option<Self> {
        let (folder, name) = path.rsplit_once('/')?;
        let about = match folder.strip_prefix('/').and_then(|folder| folder.split_once('/')) {
            None if folder.is_empty() => About::Page,
            Some(("components", id)) => About::Component(Id::parse(id).ok()?),
            Some(("incidents", id)) => About::Incident(Id::parse(id).ok()?),
            _ => return None,
        };
        let format = [Format::Atom, Format::Rss, Format::Calendar].into_iter().find(|format| format.name() == name);
        if let Some(format) = format {
            return Some(Self::History(about, format));
        }
        if let About::Component(id) = &about
            && let Some(table) = [Table::Json, Table::Csv].into_iter().find(|table| table.name() == name)
        {
            return Some(Self::Figures(id.clone(), table));
        }
        let badge = [Badge::Svg, Badge::Json].into_iter().find(|badge| badge.name() == name)?;
        match about {
            About::Page => Some(Self::Badge(None, badge)),
            About::Component(id) => Some(Self::Badge(Some(id), badge)),
            About::Incident(_) => None,
        }
    }

    /// The address, which is also the key among the documents.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::History(about, format) => format!("{}/{}", about.path(), format.name()),
            Self::Badge(None, badge) => format!("/{}", badge.name()),
            Self::Badge(Some(id), badge) => format!("/components/{id}/{}", badge.name()),
            Self::Figures(id, table) => format!("/components/{id}/{}", table.name()),
        }
    }

    /// What it is, which decides its headers.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::History(_, Format::Atom) => Kind::Atom,
            Self::History(_, Format::Rss) => Kind::Rss,
            Self::History(_, Format::Calendar) => Kind::Calendar,
            Self::Badge(_, Badge::Svg) => Kind::BadgeSvg,
            Self::Badge(_, Badge::Json) => Kind::BadgeJson,
            Self::Figures(_, Table::Json) => Kind::Json,
            Self::Figures(_, Table::Csv) => Kind::Csv,
        }
    }

    /// Its bytes; `None` where the view knows no such object.
    ///
    /// # Errors
    /// A table that cannot be written.
    pub fn bytes(&self, view: &PublicView) -> anyhow::Result<Option<Vec<u8>>> {
        Ok(match self {
            Self::History(about, Format::Atom) => atom::feed(view, about),
            Self::History(about, Format::Rss) => rss::feed(view, about),
            Self::History(about, Format::Calendar) => calendar::calendar(view, about),
            Self::Badge(component, badge) => badge::badge(view, component.as_ref(), *badge),
            Self::Figures(id, table) => {
                let Some(component) = view.component(id.as_str()) else { return Ok(None) };
                Some(match table {
                    Table::Json => figures::json(view, component)?,
                    Table::Csv => figures::csv(view, component)?,
                })
            }
        })
    }
}

/// The address of a page, which is also its key among the documents.
#[must_use]
pub fn path(page: &PublicPage) -> String {
    match page {
        PublicPage::Home => "/".to_owned(),
        PublicPage::History(query) => query.path(),
        // What is no address of ours: however a filter is wrong, it is one of few.
        PublicPage::HistoryRefused(refused) => format!("{}#{}", refused.query.path(), refused.wrong.join("+")),
        PublicPage::UptimeRefused => "/uptime#year".to_owned(),
        PublicPage::Incident(id) => format!("/incidents/{id}"),
        PublicPage::Component(id) => format!("/components/{id}"),
        PublicPage::Day(id, day) => format!("/components/{id}/days/{day}"),
        PublicPage::Uptime(None) => "/uptime".to_owned(),
        PublicPage::Uptime(Some(year)) => format!("/uptime?year={year}"),
        PublicPage::Postmortems => "/post-mortems".to_owned(),
        PublicPage::Postmortem(id) => format!("/post-mortems/{id}"),
        PublicPage::Revision(id, number) => format!("/post-mortems/{id}/revisions/{number}"),
        PublicPage::FollowUps => "/follow-ups".to_owned(),
        PublicPage::Subscribe => "/subscribe".to_owned(),
        PublicPage::NotFound => format!("/{NOT_FOUND}"),
    }
}

/// The page that an address of the long tail names.
fn page_of(path: &str, wanted: Wanted) -> Option<PublicPage> {
    let id = |text: &str| Id::parse(text).ok().map(String::from);
    match path.strip_prefix('/')?.split_once('/') {
        None if path == "/history" => Some(PublicPage::History(wanted.history)),
        // In the page's own language these are hot.
        None if path == "/post-mortems" => Some(PublicPage::Postmortems),
        None if path == "/follow-ups" => Some(PublicPage::FollowUps),
        None if path == "/subscribe" => Some(PublicPage::Subscribe),
        None if path == "/uptime" => Some(PublicPage::Uptime(wanted.year)),
        Some(("incidents", rest)) => id(rest).map(PublicPage::Incident),
        Some(("components", rest)) => match rest.split_once("/days/") {
            Some((component, date)) => id(component).zip(day(date)).map(|(component, day)| PublicPage::Day(component, day)),
            None => id(rest).map(PublicPage::Component),
        },
        Some(("post-mortems", rest)) => match rest.split_once("/revisions/") {
            Some((document, number)) => id(document).zip(revision(number)).map(|(document, number)| PublicPage::Revision(document, number)),
            None => id(rest).map(PublicPage::Postmortem),
        },
        _ => None,
    }
}

/// A day, in the one spelling that its address has.
fn day(text: &str) -> Option<NaiveDate> {
    text.parse().ok().filter(|day: &NaiveDate| day.to_string() == text)
}

/// The number of a revision, in the one spelling that its address has.
fn revision(text: &str) -> Option<i64> {
    text.parse().ok().filter(|number: &i64| *number > 0 && number.to_string() == text)
}
