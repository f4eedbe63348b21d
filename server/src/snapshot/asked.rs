//! What a public address asks for: a page in a language, or a file for programs. One address has one spelling, which is also the key
//! among the documents.

use app::PublicPage;
use app::language::Language;
use app::view::PublicView;
use app::words::Id;
use chrono::NaiveDate;

use super::document::Kind;
use super::documents::NOT_FOUND;
use super::{calendar, figures};

/// What an address asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// A page; `None` is the page's own language.
    Page(Option<&'static Language>, PublicPage),
    /// A file, the same in every language.
    File(File),
}

/// A file for programs that is made on first ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum File {
    /// Planned work that concerns a component, for calendars.
    Calendar(Id),
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

impl Asked {
    /// What that address asks for; `None` where it leads nowhere. `period` is the month of the history, the year of the uptime.
    #[must_use]
    pub fn read(language: Option<&'static Language>, path: &str, period: Option<String>) -> Option<Self> {
        match File::read(path) {
            Some(file) => language.is_none().then_some(Self::File(file)),
            None => page_of(path, period).map(|page| Self::Page(language, page)),
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

impl File {
    fn read(path: &str) -> Option<Self> {
        let (folder, rest) = path.strip_prefix('/')?.split_once('/')?;
        let (id, name) = rest.split_once('/')?;
        let id = Id::parse(id).ok()?;
        match (folder, name) {
            ("components", "history.ics") => Some(Self::Calendar(id)),
            ("components", "uptime.json") => Some(Self::Figures(id, Table::Json)),
            ("components", "uptime.csv") => Some(Self::Figures(id, Table::Csv)),
            _ => None,
        }
    }

    fn path(&self) -> String {
        match self {
            Self::Calendar(id) => format!("/components/{id}/history.ics"),
            Self::Figures(id, Table::Json) => format!("/components/{id}/uptime.json"),
            Self::Figures(id, Table::Csv) => format!("/components/{id}/uptime.csv"),
        }
    }

    /// What it is, which decides its headers.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Calendar(_) => Kind::Calendar,
            Self::Figures(_, Table::Json) => Kind::Json,
            Self::Figures(_, Table::Csv) => Kind::Csv,
        }
    }

    /// Its bytes; `None` where the view knows no such object.
    #[must_use]
    pub fn bytes(&self, view: &PublicView) -> Option<Vec<u8>> {
        match self {
            Self::Calendar(id) => view.component(id.as_str()).map(|component| calendar::of_component(view, &component.component)),
            Self::Figures(id, Table::Json) => view.component(id.as_str()).map(|component| figures::json(view, component)),
            Self::Figures(id, Table::Csv) => view.component(id.as_str()).and_then(|component| figures::csv(view, component).ok()),
        }
    }
}

/// The address of a page, which is also its key among the documents.
fn path(page: &PublicPage) -> String {
    match page {
        PublicPage::Home => "/".to_owned(),
        PublicPage::History(None) => "/history".to_owned(),
        PublicPage::History(Some(month)) => format!("/history?month={month}"),
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
fn page_of(path: &str, period: Option<String>) -> Option<PublicPage> {
    let id = |text: &str| Id::parse(text).ok().map(String::from);
    match path.strip_prefix('/')?.split_once('/') {
        None if path == "/history" => Some(PublicPage::History(period)),
        None if path == "/uptime" => period.map(|year| year.parse().ok()).map_or(Some(None), |year| year.map(Some)).map(PublicPage::Uptime),
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
