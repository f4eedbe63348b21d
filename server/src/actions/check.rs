//! What is asked of words on incidents and on planned work alike.

use app::words::{ComponentStatus, Id};
use chrono::{DateTime, Utc};

use super::Problems;
use super::statuses::Board;
use crate::domain::compose;

impl Problems {
    /// A time that something happened at.
    pub fn past(&mut self, field: &'static str, what: &str, at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.keep(field, at.map(|at| compose::past(what, at, now)).transpose())
    }

    /// Components of this page, each once; the names of those that are, with what was said of them.
    pub fn components<'b>(&mut self, given: &[(Id, ComponentStatus)], board: &'b Board) -> Vec<(&'b str, ComponentStatus)> {
        let mut named: Vec<(&Id, &str, ComponentStatus)> = Vec::new();
        for (id, status) in given {
            let Some(row) = board.component(id) else {
                self.add("components", format!("There is no component {id} on this page. Choose one of its components."));
                continue;
            };
            let name = row.component.name.as_str();
            if named.iter().any(|(known, ..)| *known == id) {
                self.add("components", format!("{name} is named twice. Name each component once."));
            }
            named.push((id, name, *status));
        }
        named.into_iter().map(|(_, name, status)| (name, status)).collect()
    }

    /// Who looks after something; nobody where nothing is written.
    pub fn owner(&mut self, text: Option<&str>) -> Option<String> {
        let given = text.filter(|text| !text.trim().is_empty());
        self.keep("owner", given.map(|text| compose::line("The owner", text)).transpose())
    }

    /// What staff note for themselves.
    pub fn notes(&mut self, text: Option<&str>) -> Option<String> {
        let text = self.keep("internal_notes", compose::text("The note", text.unwrap_or_default()));
        Some(text).filter(|text| !text.is_empty())
    }
}
