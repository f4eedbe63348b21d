//! How a page is written: in which language, with which clock. Pages and parts say everything of their own through it.

use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use leptos::prelude::*;

use super::measure;
use crate::calendar;
use crate::language::{self, Language, Value};
use crate::view::PublicView;
use crate::words::{ComponentStatus, Impact, IncidentStatus, MaintenanceStatus, Sentence};

/// What keeps the places of elements in a message: letters that no text has.
const PLACES: std::ops::RangeInclusive<char> = '\u{e000}'..='\u{e0ff}';

/// Words that are named where there is little room, before the rest is counted.
const IN_SHORT: usize = 3;

/// The language, the page's zone, and the day it is there.
#[derive(Clone, Copy, Debug)]
pub struct Locale {
    pub(super) language: &'static Language,
    pub(super) tz: Tz,
    pub(super) today: NaiveDate,
    /// Whether it is the language that pages have without a prefix in their address.
    pub(super) own: bool,
}

impl Locale {
    /// That of a view: the language it is shown in, the page's zone; UTC where its name is not known.
    #[must_use]
    pub fn of(view: &PublicView) -> Self {
        let language = language::of(&view.language);
        Self { language, own: language.code() == view.page.language, ..Self::at(&view.page.time_zone, view.as_of) }
    }

    /// English in the zone of that name at an instant; UTC where the name is not known. What staff pages are written in.
    #[must_use]
    pub fn at(name: &str, now: DateTime<Utc>) -> Self {
        let tz = Tz::from_str(name).unwrap_or(Tz::UTC);
        Self { language: language::of("en"), tz, today: calendar::day_of(tz, now), own: true }
    }

    /// That of one reader: their language and zone, beside the language that pages have without a prefix.
    #[must_use]
    pub fn of_reader(language: &'static Language, own: &Language, tz: Tz, now: DateTime<Utc>) -> Self {
        Self { language, tz, today: calendar::day_of(tz, now), own: language == own }
    }

    /// The same in another of the view's languages.
    #[must_use]
    pub fn beside(self, view: &PublicView, code: &str) -> Self {
        Self { language: language::of(code), own: code == view.page.language, ..self }
    }

    /// The language.
    #[must_use]
    pub const fn language(self) -> &'static Language {
        self.language
    }

    /// The address of a page in this language. Only pages have one each: files and feeds do not.
    #[must_use]
    pub fn href(self, path: &str) -> String {
        match (self.own, path) {
            (true, _) => path.to_owned(),
            (false, "/") => format!("/{}", self.language.code()),
            (false, _) => format!("/{}{path}", self.language.code()),
        }
    }

    /// The message of that name.
    #[must_use]
    pub fn t(self, key: &str) -> String {
        self.language.t(key)
    }

    /// The message of that name, with what stands in it.
    #[must_use]
    pub fn with<const N: usize>(self, key: &str, values: [(&'static str, Value); N]) -> String {
        self.language.with(key, values)
    }

    /// The message of that name with elements in it: it stays one sentence in every language, whatever their order there.
    #[must_use]
    pub fn filled<const N: usize>(self, key: &str, elements: [(&'static str, AnyView); N]) -> AnyView {
        let mut marks = PLACES;
        let mut places: Vec<(char, Option<AnyView>)> = Vec::new();
        let values = elements.map(|(name, element)| {
            let mark = marks.next().unwrap_or_default();
            places.push((mark, Some(element)));
            (name, Value::from(mark.to_string()))
        });
        let message = self.with(key, values);
        let pieces = message.split_inclusive(|letter| PLACES.contains(&letter)).flat_map(|piece| {
            let words = piece.trim_end_matches(|letter| PLACES.contains(&letter));
            let place = places.iter_mut().find(|(mark, _)| piece.ends_with(*mark));
            let element = place.and_then(|(_, element)| element.take());
            // An empty text would be written as a space.
            let words = (!words.is_empty()).then(|| words.to_owned().into_any());
            words.into_iter().chain(element)
        });
        pieces.collect::<Vec<_>>().into_any()
    }

    /// The word for a component's status.
    #[must_use]
    pub fn status(self, status: ComponentStatus) -> String {
        self.t(&format!("status-{}", status.as_str()))
    }

    /// The word for an impact.
    #[must_use]
    pub fn impact(self, impact: Impact) -> String {
        self.t(&format!("impact-{}", impact.as_str()))
    }

    /// The word at the head of an incident's update.
    #[must_use]
    pub fn incident(self, status: IncidentStatus) -> String {
        self.t(&format!("step-{}", status.as_str()))
    }

    /// The word at the head of an update on planned work.
    #[must_use]
    pub fn maintenance(self, status: MaintenanceStatus) -> String {
        self.t(&format!("step-{}", status.as_str()))
    }

    /// The overall status.
    #[must_use]
    pub fn overall(self, sentence: Sentence) -> String {
        self.t(&format!("sentence-{}", sentence.as_str().to_lowercase().replace(' ', "-")))
    }

    /// A length of time in its two largest units: `48 min`, `3 h 12 min`, `2 d 4 h`. Seconds are dropped; less than a minute says so.
    #[must_use]
    pub fn duration(self, seconds: i64) -> String {
        let unit = |(number, unit): (i64, &str)| self.with(&format!("duration-{unit}"), [("n", number.into())]);
        match measure::largest(seconds) {
            (None, _) => self.t("duration-none"),
            (Some(large), None) => unit(large),
            (Some(large), Some(small)) => self.with("duration-two", [("large", unit(large).into()), ("small", unit(small).into())]),
        }
    }

    /// Minutes without service, the expected and the worst, as far as they are known.
    #[must_use]
    pub fn downtime(self, expected: Option<i64>, worst: Option<i64>) -> Option<String> {
        let minutes = |minutes: i64| self.duration(minutes.saturating_mul(60));
        Some(match (expected, worst) {
            (Some(0), None) => self.t("downtime-none"),
            (Some(0), Some(worst)) => self.with("downtime-none-worst", [("worst", minutes(worst).into())]),
            (Some(expected), Some(worst)) if worst > expected => {
                self.with("downtime-both", [("expected", minutes(expected).into()), ("worst", minutes(worst).into())])
            }
            (Some(expected), _) => self.with("downtime-expected", [("expected", minutes(expected).into())]),
            (None, Some(worst)) => self.with("downtime-worst", [("worst", minutes(worst).into())]),
            (None, None) => return None,
        })
    }

    /// A percentage with its sign, cut, never rounded up, to two decimals: only a perfect figure reads 100.
    #[must_use]
    pub fn percent(self, value: f64) -> String {
        self.figure(&measure::percent(value))
    }

    /// The same with one decimal, for shares where two would feign precision.
    #[must_use]
    pub fn share(self, value: f64) -> String {
        self.figure(&measure::share(value))
    }

    fn figure(self, digits: &str) -> String {
        self.with("percent", [("figure", digits.replace('.', &self.t("decimal-mark")).into())])
    }

    /// `a`, `a and b`, `a, b and c`.
    #[must_use]
    pub fn listed(self, words: &[String]) -> String {
        let Some((last, start)) = words.split_last() else { return String::new() };
        let join = |key, first: String, last: &str| self.with(key, [("first", first.into()), ("last", last.into())]);
        match start.split_first() {
            None => last.clone(),
            Some((first, rest)) => join("list-two", rest.iter().fold(first.clone(), |all, word| join("list-more", all, word)), last),
        }
    }
}

impl Locale {
    /// [`Locale::listed`] for places with little room: many are the first three and how many more.
    #[must_use]
    pub fn listed_in_short(self, words: &[String]) -> String {
        match words.split_at_checked(IN_SHORT) {
            Some((first, rest)) if rest.len() > 2 => {
                let rest = self.with("list-rest", [("n", rest.len().into())]);
                self.listed(&[first, &[rest]].concat())
            }
            _ => self.listed(words),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_lengths_read_as_in_each_language() {
        let locale = |code| Locale { language: language::of(code), ..Locale::at("UTC", DateTime::<Utc>::MIN_UTC) };
        let words: Vec<String> = ["API", "Dashboard", "Registry"].map(str::to_owned).to_vec();
        assert_eq!(locale("en").listed(&words), "API, Dashboard and Registry");
        assert_eq!(locale("de").listed(&words), "API, Dashboard und Registry");
        let many: Vec<String> = (1..=50).map(|n| format!("Service {n}")).collect();
        assert_eq!(locale("en").listed_in_short(&many), "Service 1, Service 2, Service 3 and 47 more");
        assert_eq!(locale("de").listed_in_short(&many[..5]), "Service 1, Service 2, Service 3, Service 4 und Service 5");
        assert_eq!(locale("en").duration(187_200), "2 d 4 h");
        assert_eq!(locale("de").percent(99.79), "99,79 %");
        assert_eq!(locale("en").percent(99.999_9), "99.99 %");
    }

    #[test]
    fn pages_in_another_language_stand_under_its_code() {
        let german = Locale { language: language::of("de"), own: false, ..Locale::at("UTC", DateTime::<Utc>::MIN_UTC) };
        assert_eq!(["/", "/history"].map(|path| german.href(path)), ["/de", "/de/history"]);
        assert_eq!(Locale::at("UTC", DateTime::<Utc>::MIN_UTC).href("/history"), "/history");
    }
}
