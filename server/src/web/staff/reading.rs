//! What the forms on incidents send, as actions take it; and the same texts again for a form that was refused.

use app::language::{self, Language};
use app::pages::staff::other_languages::Texts;
use app::pages::staff::{Facts, Message, NextUpdate};
use app::words::{ComponentStatus, Id, Impact, IncidentStatus};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::actions::incidents::{EditInput, IncidentInput, UpdateInput};
use crate::actions::translations::{self, Wording};
use crate::actions::{ActionError, Problem};
use crate::domain::local_time;
use crate::web::form::Form;

/// The texts of the fields beside the messages.
#[must_use]
pub fn facts(form: &Form) -> Facts {
    Facts {
        name: form.text("name"),
        names: texts(form, "name"),
        impact_override: form.text("impact_override"),
        started_at: form.text("started_at"),
        owner: form.text("owner"),
        internal_notes: form.text("internal_notes"),
    }
}

/// What the form holds of one text in other languages: a field that it has not says nothing.
#[must_use]
pub fn texts(form: &Form, kind: &'static str) -> Texts {
    let sent = |language: &&'static Language| form.names().any(|name| name == translations::field(kind, language));
    let all = language::all().iter().filter(sent);
    all.map(|language| (language, form.text(translations::field(kind, language)))).collect()
}

/// The same as actions take it.
#[must_use]
pub fn wordings(names: &Texts, bodies: &Texts) -> Vec<Wording> {
    let name = |(language, text): &(&'static Language, String)| Wording { language, name: Some(text.clone()), body: None };
    let body = |(language, text): &(&'static Language, String)| Wording { language, name: None, body: Some(text.clone()) };
    names.iter().map(name).chain(bodies.iter().map(body)).collect()
}

/// The texts of the fields of a message.
#[must_use]
pub fn message(form: &Form) -> Message {
    Message {
        status: form.text("status"),
        body: form.text("body"),
        bodies: texts(form, "body"),
        components: form.all("components").into_iter().filter(|text| !text.is_empty()).collect(),
        notify: form.flag("notify"),
        next: next(form),
    }
}

/// The texts of a promise.
#[must_use]
pub fn next(form: &Form) -> NextUpdate {
    NextUpdate { choice: form.text("next"), at: form.text("next_update_at") }
}

/// The revision that the writer looked at.
///
/// # Errors
/// A problem with the whole form where it holds something else: then nothing could tell a stale form.
pub fn seen(form: &Form) -> Result<Option<i64>, ActionError> {
    let refused = || ActionError::invalid("", "This form was changed on its way. Open the page again and send it from there.");
    form.text("seen").parse().map(Some).map_err(|_| refused())
}

/// Reads texts into values and collects what is wrong, each beside its field.
#[derive(Debug)]
pub struct Reading {
    /// The page's zone.
    pub(super) zone: Tz,
    /// Now.
    pub(super) now: DateTime<Utc>,
    pub(super) problems: Vec<Problem>,
}

impl Reading {
    /// For forms with times in that zone.
    #[must_use]
    pub fn new(zone: &str, now: DateTime<Utc>) -> Self {
        Self { zone: zone.parse().unwrap_or(Tz::UTC), now, problems: Vec::new() }
    }

    /// The value, unless something was wrong.
    ///
    /// # Errors
    /// Everything that was.
    pub fn end<T>(self, value: T) -> Result<T, ActionError> {
        if self.problems.is_empty() { Ok(value) } else { Err(ActionError::Invalid(self.problems)) }
    }

    /// The day of an instant in the page's zone.
    pub(super) fn day_of(&self, at: DateTime<Utc>) -> chrono::NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }

    /// Something wrong with a field.
    pub fn refuse(&mut self, field: &'static str, sentence: impl Into<String>) {
        self.problems.push(Problem::new(field, sentence));
    }

    /// A local time. One that was not touched stays as exact as it was: the field shows no seconds.
    pub fn time(&mut self, field: &'static str, text: &str, known: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
        if text.is_empty() {
            return None;
        }
        match local_time::read(self.zone, text) {
            Ok(at) => Some(known.filter(|known| (*known - at).num_seconds() < 60 && *known >= at).unwrap_or(at)),
            Err(sentence) => {
                self.problems.push(Problem::new(field, sentence));
                None
            }
        }
    }

    fn promise(&mut self, next: &NextUpdate, known: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
        match next.choice.as_str() {
            "" => None,
            "at" if next.at.is_empty() => {
                self.problems.push(Problem::new("next_update_at", "Give the time of the next update, or choose no promise."));
                None
            }
            "at" => self.time("next_update_at", &next.at, known),
            minutes => match minutes.parse::<u16>().ok().filter(|minutes| (1..=24 * 60).contains(minutes)) {
                Some(minutes) => Some(self.now + TimeDelta::minutes(minutes.into())),
                None => {
                    self.problems.push(Problem::new("next_update_at", "Choose one of the times for the next update."));
                    None
                }
            },
        }
    }

    fn status(&mut self, text: &str) -> IncidentStatus {
        text.parse().unwrap_or_else(|_| {
            self.problems.push(Problem::new("status", "Choose one of the statuses."));
            IncidentStatus::Investigating
        })
    }

    fn impact(&mut self, text: &str) -> Option<Impact> {
        if text.is_empty() {
            return None;
        }
        let impact = text.parse().ok();
        if impact.is_none() {
            self.problems.push(Problem::new("impact_override", "Choose one of the impacts, or let it follow from the components."));
        }
        impact
    }

    /// Components and a status for each, each as `ID status`.
    pub(super) fn components(&mut self, chosen: &[String]) -> Vec<(Id, ComponentStatus)> {
        let read = |text: &String| {
            let (id, status) = text.split_once(' ')?;
            Some((Id::parse(id).ok()?, status.parse().ok()?))
        };
        let read: Option<Vec<_>> = chosen.iter().map(read).collect();
        read.unwrap_or_else(|| {
            self.problems.push(Problem::new("components", "Choose a status for components of this page only."));
            Vec::new()
        })
    }

    /// A whole incident. `started` is the start that the form was filled with.
    pub fn incident(&mut self, facts: &Facts, message: &Message, started: Option<DateTime<Utc>>) -> IncidentInput {
        IncidentInput {
            name: facts.name.clone(),
            status: self.status(&message.status),
            body: message.body.clone(),
            components: self.components(&message.components),
            impact_override: self.impact(&facts.impact_override),
            started_at: self.time("started_at", &facts.started_at, started),
            notify: message.notify,
            next_update_at: self.promise(&message.next, None),
            owner: some(&facts.owner),
            internal_notes: some(&facts.internal_notes),
            translations: wordings(&facts.names, &message.bodies),
        }
    }

    /// One more message.
    pub fn update(&mut self, message: &Message, display_at: &str) -> UpdateInput {
        UpdateInput {
            status: self.status(&message.status),
            body: message.body.clone(),
            components: self.components(&message.components),
            notify: message.notify,
            next_update_at: self.promise(&message.next, None),
            display_at: self.time("display_at", display_at, None),
            postmortem: None,
            translations: wordings(&Texts::new(), &message.bodies),
        }
    }

    /// What an incident says beside its messages.
    pub fn edit(&mut self, facts: &Facts, next: &NextUpdate, started: Option<DateTime<Utc>>, promised: Option<DateTime<Utc>>) -> EditInput {
        EditInput {
            name: facts.name.clone(),
            impact_override: self.impact(&facts.impact_override),
            started_at: self.time("started_at", &facts.started_at, started),
            next_update_at: self.promise(next, promised),
            owner: some(&facts.owner),
            internal_notes: some(&facts.internal_notes),
            translations: wordings(&facts.names, &Texts::new()),
        }
    }
}

/// A text, where there is one.
pub(super) fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
