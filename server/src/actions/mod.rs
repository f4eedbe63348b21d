//! What the service does: one transaction each. Load, decide by the rules, save, say that it changed.
//!
//! Every change by a person, a program or a monitor is an action of an [`Act`]: it checks its input, bumps the page's revision where
//! readers see a difference, writes an audit entry, and returns the revision to wait for.

pub mod announcements;
pub mod arrangement;
pub mod bounces;
mod certificates;
mod check;
pub mod checks;
pub mod classes;
pub mod components;
pub mod deliveries;
pub mod demo;
pub mod exports;
pub mod failures;
pub mod heartbeats;
pub mod housekeeping;
pub mod import;
pub mod incidents;
pub mod look;
pub mod maintenances;
pub mod monitors;
pub mod notify;
mod other_words;
pub mod outbox;
pub mod pages;
pub mod people;
pub mod postmortems;
pub mod presence;
pub mod reads;
pub mod recoveries;
pub mod response_times;
pub mod secrets;
pub mod settings;
pub mod statuses;
pub mod subscribers;
pub mod translations;
pub mod voices;

use app::language::{self, Language};
use app::words::{ActorKind, AuditEntry, Id};
use chrono::{DateTime, TimeDelta, Utc};

use crate::store::{Db, StoreError, Tx, audit};

/// Who makes a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// What kind of actor.
    pub kind: ActorKind,
    /// Which one; `None` for the system.
    pub id: Option<Id>,
    /// What the audit calls them: a name, the name of a token.
    pub name: String,
}

impl Actor {
    /// The clock, or the person at the command line.
    #[must_use]
    pub fn system() -> Self {
        Self { kind: ActorKind::System, id: None, name: "system".to_owned() }
    }
}

/// What every action needs beside its own words.
#[derive(Clone, Copy, Debug)]
pub struct Act<'a> {
    /// The database.
    pub db: &'a Db,
    /// Who.
    pub actor: &'a Actor,
    /// When.
    pub now: DateTime<Utc>,
    /// How long a message can be taken back before mails go out.
    pub undo: TimeDelta,
}

impl Act<'_> {
    /// An id for something new.
    #[must_use]
    pub fn fresh_id(&self) -> Id {
        Id::from_bytes(rand::random())
    }

    /// Writes who did what into the audit. `action` is `noun.verb`; `detail` never holds a secret, an address or a body.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn audit(
        &self,
        tx: &mut Tx,
        page: &Id,
        action: &str,
        subject: Option<(&str, &Id)>,
        detail: Option<String>,
    ) -> Result<(), StoreError> {
        let entry = AuditEntry {
            id: self.fresh_id(),
            at: self.now,
            actor_kind: self.actor.kind,
            actor_id: self.actor.id.clone(),
            actor_name: self.actor.name.clone(),
            action: action.to_owned(),
            subject_kind: subject.map(|(kind, _)| kind.to_owned()),
            subject_id: subject.map(|(_, id)| id.clone()),
            detail,
        };
        audit::append(tx, page, &entry).await
    }
}

/// One thing that is wrong with what was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The field, as the form and the API spell it.
    pub field: &'static str,
    /// What is wrong and what to do, in English.
    pub sentence: String,
    /// The message that says the same in other languages, and what stands in it: where visitors read it too.
    pub message: Option<(&'static str, String)>,
}

impl Problem {
    /// A problem with a field that visitors read in their language: the message of that name, with `value` in it.
    pub fn said(field: &'static str, key: &'static str, value: impl Into<String>) -> Self {
        let value = value.into();
        let sentence = language::of("en").with(key, [("value", value.as_str().into())]);
        Self { field, sentence, message: Some((key, value)) }
    }

    /// The sentence in a language; English where it is told to staff and programs only.
    #[must_use]
    pub fn in_language(&self, language: &Language) -> String {
        let said = |(key, value): &(&str, String)| language.with(key, [("value", value.as_str().into())]);
        self.message.as_ref().map_or_else(|| self.sentence.clone(), said)
    }

    /// A problem with a field.
    pub fn new(field: &'static str, sentence: impl Into<String>) -> Self {
        Self { field, sentence: sentence.into(), message: None }
    }
}

/// Collects what is wrong while values are read, so that all of it is told at once.
#[derive(Debug, Default)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// One more.
    pub fn add(&mut self, field: &'static str, sentence: impl Into<String>) {
        self.0.push(Problem::new(field, sentence));
    }

    /// The value, or its default and a problem with the field.
    pub fn keep<T: Default>(&mut self, field: &'static str, read: Result<T, String>) -> T {
        read.unwrap_or_else(|sentence| {
            self.add(field, sentence);
            T::default()
        })
    }

    /// Nothing wrong, or everything that is.
    ///
    /// # Errors
    /// [`ActionError::Invalid`].
    pub fn end(self) -> Result<(), ActionError> {
        if self.0.is_empty() { Ok(()) } else { Err(ActionError::Invalid(self.0)) }
    }
}

/// Why an action changed nothing.
#[derive(Debug, thiserror::Error)]
pub enum ActionError {
    /// The input cannot be used: 422, a sentence beside each field.
    #[error("{}", .0.iter().map(|p| p.sentence.as_str()).collect::<Vec<_>>().join(" "))]
    Invalid(Vec<Problem>),
    /// There is no such object on this page: 404.
    #[error("There is no such {0} here.")]
    Missing(&'static str),
    /// Somebody else changed it meanwhile, or it is past what was asked: 409, nothing lost.
    #[error("{0}")]
    Conflict(String),
    /// The database failed: 503.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ActionError {
    /// One field is wrong.
    pub fn invalid(field: &'static str, sentence: impl Into<String>) -> Self {
        Self::Invalid(vec![Problem::new(field, sentence)])
    }

    /// The same with a field called as the caller called it.
    #[must_use]
    pub fn renamed(mut self, from: &str, to: &'static str) -> Self {
        if let Self::Invalid(problems) = &mut self {
            problems.iter_mut().filter(|problem| problem.field == from).for_each(|problem| problem.field = to);
        }
        self
    }
}

/// What an action did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// What was made or changed.
    pub id: Id,
    /// The revision that shows it; wait for it before answering (`Publisher::shows`). `None` where readers see no difference.
    pub revision: Option<i64>,
}

/// Somebody was faster than the writer of a change to this noun: who, and when.
async fn stale(tx: &mut Tx, page: &Id, noun: &'static str, id: &Id) -> Result<ActionError, StoreError> {
    let last = audit::of_subject(tx, page, id, 1).await?.into_iter().next();
    let (who, when) = last.map_or_else(
        || ("Somebody".to_owned(), String::new()),
        |entry| (entry.actor_name, format!(" at {}", entry.at.format("%H:%M:%S UTC on %Y-%m-%d"))),
    );
    Ok(ActionError::Conflict(format!(
        "{who} changed this {noun}{when}, after you opened it. Nothing of yours was saved yet: read what changed, then send again."
    )))
}
