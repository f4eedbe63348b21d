//! `/staff/settings`: what the operator chose for the page.

use leptos::prelude::*;

use crate::parts::form::{self, Input, Weight};
use crate::staff::{Frame, Wrong, document};

/// What stands in the form, as texts, right or wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Days between the announcement of work and its start.
    pub lead_days: String,
    /// Days until a post-mortem.
    pub postmortem_days: String,
    /// Whether a second person approves post-mortems.
    pub review: bool,
    /// Networks that alert staff.
    pub sightings_alert: String,
}

/// The page.
#[must_use]
pub fn page(frame: &Frame, settings: &Settings, wrong: &[Wrong]) -> String {
    document(frame, "Settings", || {
        let number =
            |name, label, value: &str, hint| form::text(&Input { name, label, value, hint, wrong, kind: "number", ..Input::default() });
        let review = Input {
            name: "review",
            label: "A post-mortem needs a second person before it is published",
            hint: "Whoever wrote it cannot approve it.",
            wrong,
            ..Input::default()
        };
        view! {
            <div class="bar"><div><h1>"Settings"</h1><p>"They hold for the whole page, from the next change on. Readers do not see them."</p></div></div>
            {form::problems(wrong)}
            <form method="post" action="/staff/settings" class="settings">
                <section aria-labelledby="work">
                    <h2 id="work">"Planned work"</h2>
                    {number("lead_days", "Lead time in days", &settings.lead_days, "Work that is announced later than this before its start is warned of. The planner suggests nothing sooner.")}
                </section>
                <section aria-labelledby="postmortems">
                    <h2 id="postmortems">"Post-mortems"</h2>
                    {number("postmortem_days", "Days until a post-mortem", &settings.postmortem_days, "What is promised when an incident ends, unless its writer says otherwise.")}
                    {form::checkbox(&review, settings.review)}
                </section>
                <section aria-labelledby="reports">
                    <h2 id="reports">"Reports of readers"</h2>
                    {number("sightings_alert", "Reports that alert staff", &settings.sightings_alert, "So many networks that see the same failure within an hour, even while every check is green.")}
                </section>
                <div class="acts">{form::button(Weight::Primary, "Save")}</div>
            </form>
        }
        .into_any()
    })
}
