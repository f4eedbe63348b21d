//! What is promised when an incident is over: a post-mortem by a day, or none and why.

use leptos::prelude::*;

use crate::parts::form::{self, Choice, Input};
use crate::staff::Wrong;

/// The fields of the choice, as they were typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanFields {
    /// [`BY`], [`WAIVED`], or empty for neither.
    pub choice: String,
    /// The promised day, such as `2026-11-28`.
    pub by: String,
    /// Who writes it.
    pub owner: String,
    /// Why there will be none.
    pub because: String,
}

/// Promised by a day.
pub const BY: &str = "by";
/// Not planned.
pub const WAIVED: &str = "waived";

/// The fields. `undecided` is what choosing neither means; without it one of the two has to be chosen. Without `staff` whoever promises
/// it owes it.
#[must_use]
pub fn fields(scope: &str, plan: &PlanFields, undecided: Option<&'static str>, staff: Option<&[Choice]>, wrong: &[Wrong]) -> AnyView {
    let input = |name, label, value| Input { name, label, value, wrong, scope, ..Input::default() };
    let promise = Choice::new(BY, "Promise one by a day").with_hint("Readers see the day, and that it is overdue once the day is over.");
    let waived = Choice::new(WAIVED, "Not planned, because").with_hint("Readers see the reason.");
    let choices: Vec<Choice> =
        [promise, waived].into_iter().chain(undecided.map(|hint| Choice::new("", "Decide later").with_hint(hint))).collect();
    let owner = staff.map(|staff| {
        let nobody = plan.owner.is_empty().then(|| Choice::new("", "Nobody yet"));
        let owners: Vec<Choice> = nobody.into_iter().chain(staff.iter().cloned()).collect();
        let owner = Input { hint: "They are reminded. Readers do not see who it is.", ..input("postmortem_owner", "Owner", &plan.owner) };
        form::select(&owner, &with_known(&owners, &plan.owner))
    });
    let hint = if staff.is_none() { "It is yours to write until somebody else takes it over, on its own page." } else { "" };
    let by = Input { kind: "date", hint, ..input("postmortem_by", "Post-mortem by", &plan.by) };
    view! {
        {form::radios(&input("postmortem", "Post-mortem", &plan.choice), &choices)}
        <div class="two">{form::text(&by)}{owner}</div>
        {form::text(&input("postmortem_because", "Reason, where none is planned", &plan.because))}
    }
    .into_any()
}

/// The choices and what is chosen already, though it may be nobody of staff any more.
pub(super) fn with_known(choices: &[Choice], chosen: &str) -> Vec<Choice> {
    let known = choices.iter().any(|choice| choice.value == chosen);
    choices.iter().cloned().chain((!known).then(|| Choice::new(chosen, chosen))).collect()
}
