//! What a form says that somebody wants to hear of, read the same on the pages of visitors and of staff.

use app::staff::Wrong;
use app::words::{Id, Impact, SubscribedKind, Wishes};

use super::form::Form;
use super::staff;
use crate::actions::{ActionError, Problem};

/// What was chosen. What cannot be read is told as a problem; what can be read stays chosen beside it.
pub(super) fn read(form: &Form) -> (Wishes, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut components: Vec<Id> = Vec::new();
    for text in form.all("components") {
        match Id::parse(&text) {
            Ok(id) => components.push(id),
            Err(bad) => problems.push(Problem::new("components", format!("{bad}. Choose from those listed."))),
        }
    }
    let mut kinds: Vec<SubscribedKind> = Vec::new();
    for text in form.all("kinds") {
        match text.parse() {
            Ok(kind) => kinds.push(kind),
            Err(bad) => problems.push(Problem::new("kinds", format!("{bad}. Choose from those listed."))),
        }
    }
    let severity_floor = match form.text("severity_floor").as_str() {
        "" => Impact::None,
        text => text.parse().unwrap_or_else(|bad| {
            problems.push(Problem::new("severity_floor", format!("{bad}. Choose from those listed.")));
            Impact::None
        }),
    };
    let components = (form.text("about") == "chosen").then_some(components);
    (Wishes { components, kinds, severity_floor }, problems)
}

/// The action's problems after those of reading, to be shown beside the fields.
///
/// # Errors
/// The error itself where it is not about the input.
pub(super) fn wrong(read: Vec<Problem>, done: Result<(), ActionError>) -> Result<Vec<Wrong>, ActionError> {
    let more = match done {
        Ok(()) => Vec::new(),
        Err(ActionError::Invalid(problems)) => problems,
        Err(other) => return Err(other),
    };
    Ok(staff::wrong(&[read, more].concat()))
}
