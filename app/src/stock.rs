//! Stock sentences: what a message says where its writer gave only a status or only what happened, in each language. They are written
//! into the record in the page's own language, as a person would; a view in another language knows them again and says them in its own.

use std::sync::LazyLock;

use chrono::{DateTime, Datelike, Utc};

use crate::language::{self, Language, Value};
use crate::markdown;
use crate::words::{
    Incident, IncidentStatus, IncidentUpdate, Maintenance, MaintenanceEvent, MaintenanceStatus, MaintenanceUpdate, Window, WindowMove,
};

/// Where an incident stands.
#[must_use]
pub fn of_incident(language: &Language, status: IncidentStatus) -> String {
    language.plain(&format!("stock-{status}"), [])
}

/// How planned work stands; nothing where it is still to come, since that is said with its window: [`announced`].
#[must_use]
pub fn of_work(language: &Language, status: MaintenanceStatus) -> String {
    if status == MaintenanceStatus::Scheduled { String::new() } else { language.plain(&format!("stock-{status}"), []) }
}

/// That work is planned, and when.
#[must_use]
pub fn announced(language: &Language, window: Option<Window>) -> String {
    match window {
        None => language.plain("stock-undated", []),
        Some(window) => language.plain("stock-announced", [("window", span(language, window))]),
    }
}

/// That the window of work is another, and which it was.
#[must_use]
pub fn moved(language: &Language, change: &WindowMove) -> String {
    let window = ("window", span(language, change.to));
    match change.from {
        None => language.plain("stock-date_set", [window]),
        Some(before) => language.plain(&format!("stock-{}", change.event()), [window, ("before", span(language, before))]),
    }
}

/// That work needs until an instant and not, as was said before, until an earlier one.
#[must_use]
pub fn longer(language: &Language, before: DateTime<Utc>, until: DateTime<Utc>) -> String {
    language.plain("stock-longer", [("until", instant(language, until)), ("before", instant(language, before))])
}

/// That every window of a series that is still to come is called off.
#[must_use]
pub fn series_cancelled(language: &Language) -> String {
    language.plain("stock-series", [])
}

/// What the clock says when work begins by itself.
#[must_use]
pub fn begun_by_itself(language: &Language) -> String {
    language.plain("stock-itself-begun", [])
}

/// What the clock says when work ends by itself.
#[must_use]
pub fn ended_by_itself(language: &Language) -> String {
    language.plain("stock-itself-ended", [])
}

/// Title and message that a failing check proposes; it may speak for a component.
#[must_use]
pub fn failure(language: &Language, component: Option<&str>) -> (String, String) {
    match component {
        None => (language.plain("stock-failure-some-title", []), language.plain("stock-failure-some", [])),
        Some(component) => {
            let named = || [("component", Value::from(component))];
            (language.plain("stock-failure-title", named()), language.plain("stock-failure", named()))
        }
    }
}

/// Title and message that several failing checks propose together.
#[must_use]
pub fn failures(language: &Language) -> (String, String) {
    (language.plain("stock-failures-title", []), language.plain("stock-failures", []))
}

/// Whether nobody wrote a message: the clock did, with its own words, and at its own time.
#[must_use]
pub fn is_automatic(work: &Maintenance, update: &MaintenanceUpdate) -> bool {
    KNOWN.iter().any(|known| known.by_clock.contains(&update.body)) && work.is_on_time(update)
}

/// `22 Nov 2026, 14:32 UTC`
fn instant(language: &Language, at: DateTime<Utc>) -> Value<'static> {
    Value::from(dated(language, at, at.format("%H:%M UTC").to_string()))
}

/// `22 Nov 2026, 14:32 to 15:30 UTC`, with the day of the end where that is another one.
fn span(language: &Language, window: Window) -> Value<'static> {
    let Window { from, until } = window;
    let end = until.format("%H:%M UTC").to_string();
    let end = if from.date_naive() == until.date_naive() { end } else { dated(language, until, end) };
    let start = dated(language, from, from.format("%H:%M").to_string());
    Value::from(format!("{start} {} {end}", language.plain("window-to", [])))
}

fn dated(language: &Language, at: DateTime<Utc>, time: String) -> String {
    let month = language.plain(&format!("month-{}", at.month()), []);
    let date = [("day", at.day().into()), ("month", month.into()), ("year", at.year().to_string().into())];
    language.plain("date-time", [("date", language.plain("date-full", date).into()), ("time", time.into())])
}

/// What is said, as Markdown and as sanitised HTML.
#[derive(Clone, Debug)]
pub struct Spoken {
    /// Markdown.
    pub body: String,
    /// HTML.
    pub body_html: String,
}

impl From<String> for Spoken {
    fn from(body: String) -> Self {
        Self { body_html: markdown::to_html(&body), body }
    }
}

/// Stands for what is put into a sentence: a letter that no text has.
const PLACE: char = '\u{e000}';

/// A sentence with something put into it: what stands before and behind that, by which a text is known without a sentence being made.
struct Shape(String, String);

impl Shape {
    fn of(language: &Language, key: &str) -> Self {
        let place = || Value::from(PLACE.to_string());
        let said = language.plain(key, ["window", "before", "until", "component"].map(|name| (name, place())));
        let (start, rest) = said.split_once(PLACE).unwrap_or((&said, ""));
        Self(start.to_owned(), rest.rsplit(PLACE).next().unwrap_or_default().to_owned())
    }

    /// What a text of this shape says between.
    fn between<'a>(&self, text: &'a str) -> Option<&'a str> {
        text.strip_prefix(self.0.as_str())?.strip_suffix(self.1.as_str())
    }
}

/// The sentences of one language as they are known again, made once.
struct Known {
    language: &'static Language,
    /// By status, in the same order in every language.
    incidents: Vec<(IncidentStatus, Spoken)>,
    work: Vec<(MaintenanceStatus, Spoken)>,
    by_clock: [String; 2],
    untitled: [String; 2],
    failure_title: Shape,
    failure: Shape,
    announced: Shape,
    date_set: Shape,
    moved: Shape,
    extended: Shape,
    longer: Shape,
}

static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(|| language::all().iter().map(Known::of).collect());

impl Known {
    fn of(language: &'static Language) -> Self {
        use MaintenanceStatus::{Cancelled, Completed, InProgress, Scheduled, Verifying};
        let ((untitled, unnamed), (several_title, several)) = (failure(language, None), failures(language));
        let unnamed = [unnamed, several].map(|body| (IncidentStatus::Investigating, body.into()));
        let of_status = |status: &IncidentStatus| (*status, of_incident(language, *status).into());
        let work = [
            (Scheduled, announced(language, None)),
            (InProgress, of_work(language, InProgress)),
            (InProgress, begun_by_itself(language)),
            (Verifying, of_work(language, Verifying)),
            (Completed, of_work(language, Completed)),
            (Completed, ended_by_itself(language)),
            (Cancelled, of_work(language, Cancelled)),
            (Cancelled, series_cancelled(language)),
        ];
        Self {
            language,
            incidents: IncidentStatus::ALL.iter().map(of_status).chain(unnamed).collect(),
            work: work.map(|(status, body)| (status, body.into())).into(),
            by_clock: [begun_by_itself(language), ended_by_itself(language)],
            untitled: [untitled, several_title],
            failure_title: Shape::of(language, "stock-failure-title"),
            failure: Shape::of(language, "stock-failure"),
            announced: Shape::of(language, "stock-announced"),
            date_set: Shape::of(language, "stock-date_set"),
            moved: Shape::of(language, "stock-moved"),
            extended: Shape::of(language, "stock-extended"),
            longer: Shape::of(language, "stock-longer"),
        }
    }
}

/// Knows the stock sentences of one language again and says them in another. What cannot be one costs a comparison or two.
#[derive(Clone, Copy)]
pub struct Interpreter {
    own: &'static Known,
    other: &'static Known,
}

impl Interpreter {
    /// From the language of one code into that of the other; `None` where one is not known.
    #[must_use]
    pub fn between(own: &str, other: &str) -> Option<Self> {
        let known = |code: &str| KNOWN.iter().find(|known| known.language.code() == code);
        Some(Self { own: known(own)?, other: known(other)? })
    }

    /// The title of an incident that a check proposed.
    #[must_use]
    pub fn title(self, incident: &Incident) -> Option<String> {
        if let Some((_, said)) = self.own.untitled.iter().zip(&self.other.untitled).find(|(own, _)| **own == incident.name) {
            return Some(said.clone());
        }
        let component = self.own.failure_title.between(&incident.name)?;
        let named = incident.updates.iter().any(|update| names(update, component));
        named.then(|| failure(self.other.language, Some(component)).0)
    }

    /// A message on an incident.
    #[must_use]
    pub fn incident(self, update: &IncidentUpdate) -> Option<Spoken> {
        if let Some(said) = same(&self.own.incidents, &self.other.incidents, update.status, &update.body) {
            return Some(said);
        }
        let component = self.own.failure.between(&update.body).filter(|_| update.status == IncidentStatus::Investigating)?;
        names(update, component).then(|| failure(self.other.language, Some(component)).1.into())
    }

    /// A message on planned work: of its own window, if it tells of one.
    #[must_use]
    pub fn work(self, work: &Maintenance, update: &MaintenanceUpdate) -> Option<Spoken> {
        if let Some(said) = same(&self.own.work, &self.other.work, update.status, &update.body) {
            return Some(said);
        }
        let (own, body) = (self.own, update.body.as_str());
        let again = |shape: &Shape, say: &dyn Fn(&Language) -> String| {
            let known = shape.between(body).is_some() && say(own.language) == body;
            known.then(|| Spoken::from(say(self.other.language)))
        };
        if let Some(change) = work.move_of(update) {
            let shape = match change.event() {
                MaintenanceEvent::DateSet => &own.date_set,
                MaintenanceEvent::Extended => &own.extended,
                _ => &own.moved,
            };
            let prepared = || {
                let before = change.from?;
                again(&own.longer, &|language| longer(language, before.until, change.to.until))
            };
            return again(shape, &|language| moved(language, change)).or_else(prepared);
        }
        let first = work.updates.last().is_some_and(|first| first.id == update.id);
        let window = work.moves.first().map_or(work.window, |change| change.from).filter(|_| first)?;
        again(&own.announced, &|language| announced(language, Some(window)))
    }
}

/// The same sentence in the other language.
fn same<S: PartialEq>(own: &[(S, Spoken)], other: &[(S, Spoken)], status: S, body: &str) -> Option<Spoken> {
    own.iter().zip(other).find(|((of, known), _)| *of == status && known.body == body).map(|(_, (_, said))| said.clone())
}

/// Whether a message states something of a component of that name.
fn names(update: &IncidentUpdate, component: &str) -> bool {
    update.effects.iter().flatten().any(|effect| effect.name == component)
}
