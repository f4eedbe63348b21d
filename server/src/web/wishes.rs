//! What a form says that somebody wants to hear of, read the same on the pages of visitors and of staff.

use app::language::Language;
use app::staff::Wrong;
use app::words::{Id, Impact, SubscribedKind, Wishes};

use super::form::{self, Form};
use crate::actions::{ActionError, Problem};

/// Of what was sent and cannot be read, characters told back at most.
const LONGEST_SHOWN: usize = 40;

/// What was chosen. What cannot be read is told as a problem; what can be read stays chosen beside it.
pub(super) fn read(form: &Form) -> (Wishes, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut components: Vec<Id> = Vec::new();
    for text in form.all("components") {
        match Id::parse(&text) {
            Ok(id) => components.push(id),
            Err(_) => problems.push(unlisted("components", &text)),
        }
    }
    let mut kinds: Vec<SubscribedKind> = Vec::new();
    for text in form.all("kinds") {
        match text.parse() {
            Ok(kind) => kinds.push(kind),
            Err(_) => problems.push(unlisted("kinds", &text)),
        }
    }
    let severity_floor = match form.text("severity_floor").as_str() {
        "" => Impact::None,
        text => text.parse().unwrap_or_else(|_| {
            problems.push(unlisted("severity_floor", text));
            Impact::None
        }),
    };
    let components = (form.text("about") == "chosen").then_some(components);
    (Wishes { components, kinds, severity_floor }, problems)
}

/// No page of ours offers that.
fn unlisted(field: &'static str, text: &str) -> Problem {
    Problem::said(field, "wrong-unlisted", text.chars().take(LONGEST_SHOWN).collect::<String>())
}

/// The action's problems after those of reading, to be shown beside the fields, in a language.
///
/// # Errors
/// The error itself where it is not about the input.
pub(super) fn wrong(language: &Language, read: Vec<Problem>, done: Result<(), ActionError>) -> Result<Vec<Wrong>, ActionError> {
    let more = match done {
        Ok(()) => Vec::new(),
        Err(ActionError::Invalid(problems)) => problems,
        Err(other) => return Err(other),
    };
    Ok(form::wrong(language, &[read, more].concat()))
}
