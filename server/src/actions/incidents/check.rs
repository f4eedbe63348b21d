//! Whether what was given can be used. All problems are told at once, each beside its field.

use app::words::{ComponentStatus, Id, Impact, IncidentStatus};
use chrono::{DateTime, Utc};

use super::EditInput;
use crate::actions::postmortems::Plan;
use crate::actions::statuses::Board;
use crate::actions::translations::{Said, Wording};
use crate::actions::{ActionError, Problems};
use crate::domain::compose;

/// What is wrong with words on incidents.
#[derive(Debug, Default)]
pub struct Check(Problems);

impl Check {
    /// Nothing wrong, or everything that is.
    pub fn end(self) -> Result<(), ActionError> {
        self.0.end()
    }

    /// A message's text; `stock` fills an empty one.
    pub fn body(&mut self, text: &str, stock: impl FnOnce() -> String) -> String {
        let body = self.0.keep("body", compose::text("The message", text));
        if body.is_empty() { stock() } else { body }
    }

    /// What is said in other languages.
    pub fn wordings(&mut self, given: &[Wording], said: Said) -> Vec<Wording> {
        self.0.wordings(given, said)
    }

    /// A time that something happened at.
    pub fn past(&mut self, field: &'static str, what: &str, at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.0.past(field, what, at, now)
    }

    /// What is over began before. Only times that were given are looked at: what an import says of its own past stays.
    pub fn in_order(&mut self, field: &'static str, started_at: Option<DateTime<Utc>>, over_at: Option<DateTime<Utc>>) {
        let both = started_at.zip(over_at).map_or(Ok(()), |(started_at, over_at)| compose::in_order(started_at, over_at));
        self.0.keep(field, both);
    }

    /// A promise. One that was made before stays as it is when it has lapsed; of what is over nothing is promised.
    pub fn promise(
        &mut self,
        at: Option<DateTime<Utc>>,
        known: Option<DateTime<Utc>>,
        status: IncidentStatus,
        now: DateTime<Utc>,
    ) -> Option<DateTime<Utc>> {
        match at {
            _ if status.is_over() => None,
            Some(at) if Some(at) != known => {
                self.0.keep("next_update_at", compose::coming("The time of the next update", at, now).map(Some))
            }
            same => same,
        }
    }

    /// The status of a message. A post-mortem is a document of its own.
    pub fn status(&mut self, status: IncidentStatus) {
        if status == IncidentStatus::Postmortem {
            let sentence = "A post-mortem is a document of its own, not a status of a message. Use resolved.";
            self.0.add("status", sentence);
        }
    }

    /// What becomes of the post-mortem is said at the end.
    pub fn plan(&mut self, plan: Option<&Plan>, status: IncidentStatus) {
        if plan.is_some() && !status.is_over() {
            let sentence = "Say what becomes of the post-mortem with the message that ends the incident, or on the page of post-mortems.";
            self.0.add("postmortem", sentence);
        }
    }

    /// What is stated of components: each of this page, each once. A message that ends the incident can only say that they work again.
    pub fn components(&mut self, given: &[(Id, ComponentStatus)], status: IncidentStatus, board: &Board) {
        for (name, stated) in self.0.components(given, board) {
            if status.is_over() && stated != ComponentStatus::Operational {
                let sentence = format!(
                    "An incident that is over says nothing of {name} any more, so it cannot leave it in {}. \
                     Say so on the component itself, or keep the incident open.",
                    stated.label().to_lowercase()
                );
                self.0.add("components", sentence);
            }
        }
    }

    /// What an incident says beside its messages, cleaned. The promise is checked apart.
    pub fn facts(&mut self, input: &EditInput, now: DateTime<Utc>) -> EditInput {
        if input.impact_override == Some(Impact::Maintenance) {
            self.0.add("impact_override", "An incident is no planned work. Choose none, minor, major or critical.");
        }
        EditInput {
            name: self.0.keep("name", compose::line("The title", &input.name)),
            impact_override: input.impact_override,
            started_at: self.past("started_at", "The start", input.started_at, now),
            next_update_at: input.next_update_at,
            owner: self.0.owner(input.owner.as_deref()),
            internal_notes: self.0.notes(input.internal_notes.as_deref()),
            translations: self.wordings(&input.translations, Said::TITLE),
        }
    }
}
