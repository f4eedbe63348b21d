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
    /// The message that says what is allowed, where a value is none of it.
    pub fn read(parameters: impl Iterator<Item = (String, String)>) -> Result<Self, &'static str> {
        let mut query = Self::default();
        for (name, value) in parameters.filter(|(_, value)| !value.is_empty()) {
            match name.as_str() {
                "month" if query.month.is_none() => query.month = Some(Month::parse(&value).ok_or(MONTH)?),
                "component" if query.component.is_none() => query.component = Some(Id::parse(&value).map_err(|_| COMPONENT)?),
                "impact" if query.impact.is_none() => {
                    query.impact = Some(Self::IMPACTS.into_iter().find(|impact| impact.as_str() == value).ok_or(IMPACT)?);
                }
                "kind" if query.kind.is_none() => {
                    query.kind = Some(Kind::ALL.into_iter().find(|kind| kind.as_str() == value).ok_or(KIND)?);
                }
                _ => {}
            }
        }
        Ok(query)
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

const MONTH: &str = "wrong-month";
const COMPONENT: &str = "wrong-component-id";
const IMPACT: &str = "wrong-impact";
const KIND: &str = "wrong-kind";

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Result<Query, &'static str> {
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
    fn what_cannot_be_meant_is_answered_with_what_can() {
        for (query, sentence) in [
            ("month=2026-13", MONTH),
            ("component=API", COMPONENT),
            ("impact=none", IMPACT),
            ("impact=maintenance", IMPACT),
            ("kind=postmortem", KIND),
        ] {
            assert_eq!(read(query), Err(sentence), "{query}");
        }
    }
}
