//! Which part of the history is asked for, and the one spelling that its address has.

use crate::parts::entry::Entry;
use crate::parts::time::Month;
use crate::words::{Id, Impact};

/// What happened, or what was planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Something broken.
    Incident,
    /// Planned work.
    Maintenance,
}

impl Kind {
    /// Every value, in the order of the form.
    pub const ALL: [Self; 2] = [Self::Incident, Self::Maintenance];

    /// As addresses carry it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Incident => "incident",
            Self::Maintenance => "maintenance",
        }
    }
}

/// A part of the history.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// A month; `None` is the newest.
    pub month: Option<Month>,
    /// Only what concerned this component.
    pub component: Option<Id>,
    /// Only what was at least this bad.
    pub impact: Option<Impact>,
    /// Only incidents, or only planned work.
    pub kind: Option<Kind>,
}

impl Query {
    /// Its parameters, in the order that its address has them in.
    pub const NAMES: [&'static str; 4] = ["month", "component", "impact", "kind"];

    /// Impacts that can be asked for, the least first: nothing at all, and planned work, are no more than no answer.
    pub const IMPACTS: [Impact; 3] = [Impact::Minor, Impact::Major, Impact::Critical];

    /// Reads parameters. Empty ones and others are passed over; of those that stand twice, the first counts.
    ///
    /// # Errors
    /// What could be read, and for each value that cannot be meant the message that says what is allowed.
    pub fn read(parameters: impl Iterator<Item = (String, String)>) -> Result<Self, Refused> {
        let sent: Vec<(String, String)> = parameters.filter(|(_, value)| !value.is_empty()).collect();
        let sent = |wanted: &str| sent.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
        let mut wrong = Vec::new();
        let query = Self {
            month: meant("month", sent("month").map(Month::parse), &mut wrong),
            component: meant("component", sent("component").map(|value| Id::parse(value).ok()), &mut wrong),
            impact: meant("impact", sent("impact").map(|value| of(value, Self::IMPACTS, Impact::as_str)), &mut wrong),
            kind: meant("kind", sent("kind").map(|value| of(value, Kind::ALL, Kind::as_str)), &mut wrong),
        };
        if wrong.is_empty() { Ok(query) } else { Err(Refused { query, wrong }) }
    }

    /// The address.
    #[must_use]
    pub fn path(&self) -> String {
        let values = [
            self.month.map(Month::key),
            self.component.as_ref().map(Id::to_string),
            self.impact.map(|impact| impact.to_string()),
            self.kind.map(|kind| kind.as_str().to_owned()),
        ];
        let pairs = Self::NAMES.into_iter().zip(values).filter_map(|(name, value)| Some(format!("{name}={}", value?)));
        let pairs: Vec<String> = pairs.collect();
        if pairs.is_empty() { "/history".to_owned() } else { format!("/history?{}", pairs.join("&")) }
    }

    /// The same of another month.
    #[must_use]
    pub fn of(&self, month: Option<Month>) -> Self {
        Self { month, ..self.clone() }
    }

    /// Whether it leaves anything of a month out.
    #[must_use]
    pub const fn is_filtered(&self) -> bool {
        self.component.is_some() || self.impact.is_some() || self.kind.is_some()
    }

    /// Whether it asks for that entry, whatever the month.
    #[must_use]
    pub fn takes(&self, entry: &Entry) -> bool {
        let kind = match entry {
            Entry::Incident(_) => Kind::Incident,
            Entry::Maintenance(_) => Kind::Maintenance,
        };
        self.component.as_ref().is_none_or(|id| entry.touches(id))
            && self.impact.is_none_or(|least| entry.impact() >= least)
            && self.kind.is_none_or(|wanted| wanted == kind)
    }
}

/// What was asked for and cannot be meant. The wrong texts do not stand here: however many there are, the page is the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refused {
    /// What could be read.
    pub query: Query,
    /// The parameters that could not, in the order of [`Query::NAMES`].
    pub wrong: Vec<&'static str>,
}

impl Refused {
    /// The message that says what is allowed there.
    #[must_use]
    pub fn message(name: &str) -> &'static str {
        match name {
            "month" => "wrong-month",
            "component" => "wrong-component-id",
            "impact" => "wrong-impact",
            _ => "wrong-kind",
        }
    }
}

/// The value, where one was sent that is a value; what is none is noted.
fn meant<T>(name: &'static str, read: Option<Option<T>>, wrong: &mut Vec<&'static str>) -> Option<T> {
    if matches!(read, Some(None)) {
        wrong.push(name);
    }
    read.flatten()
}

/// The word that is written so.
fn of<T: Copy>(text: &str, words: impl IntoIterator<Item = T>, written: fn(T) -> &'static str) -> Option<T> {
    words.into_iter().find(|word| written(*word) == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Result<Query, Refused> {
        Query::read(query.split('&').filter_map(|pair| pair.split_once('=')).map(|(name, value)| (name.to_owned(), value.to_owned())))
    }

    #[test]
    fn what_is_asked_for_has_one_address() {
        let whole = "/history?month=2026-11&component=abcdefghijkl&impact=major&kind=incident";
        for query in [
            "month=2026-11&component=abcdefghijkl&impact=major&kind=incident",
            "kind=incident&impact=major&x=1&component=abcdefghijkl&month=2026-11&month=2026-10",
        ] {
            assert_eq!(read(query).map(|query| query.path()), Ok(whole.to_owned()));
        }
        assert_eq!(read("month=&component=&impact=&kind=").map(|query| query.path()), Ok("/history".to_owned()));
    }

    #[test]
    fn what_cannot_be_meant_is_named_and_the_rest_is_kept() {
        for (query, wrong) in [
            ("month=2026-13", "month"),
            ("component=API", "component"),
            ("impact=none", "impact"),
            ("impact=maintenance&impact=major", "impact"),
            ("kind=postmortem", "kind"),
        ] {
            assert_eq!(read(query), Err(Refused { wrong: vec![wrong], ..Refused::default() }), "{query}");
        }
        let some = read("kind=x&impact=major&month=soon&component=abcdefghijkl").unwrap_err();
        assert_eq!((some.query.path(), some.wrong), ("/history?component=abcdefghijkl&impact=major".to_owned(), vec!["month", "kind"]));
    }
}
