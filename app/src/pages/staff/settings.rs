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
    /// How much of a second counts as down: of degraded performance, a partial outage, a major outage.
    pub weights: [String; 3],
    /// Minutes within which failures are one draft.
    pub merge_minutes: String,
    /// Minutes after which the clock publishes a draft.
    pub publish_after_minutes: String,
    /// Whether the clock resolves what it published.
    pub resolve_by_itself: bool,
}

/// The page.
#[must_use]
pub fn page(frame: &Frame, settings: &Settings, wrong: &[Wrong]) -> String {
    document(frame, "Settings", || {
        let number =
            |name, label, value: &str, hint| form::text(&Input { name, label, value, hint, wrong, kind: "number", ..Input::default() });
        let weight = |name, label, value: &str, hint| form::text(&Input { name, label, value, hint, wrong, ..Input::default() });
        let [degraded, partial, major] = &settings.weights;
        let review = Input {
            name: "review",
            label: "A post-mortem needs a second person before it is published",
            hint: "Whoever wrote it cannot approve it.",
            wrong,
            ..Input::default()
        };
        let resolve = Input {
            name: "resolve_by_itself",
            label: "What the clock published ends by itself",
            hint: "Once its monitors have been up for the minutes above (one at least), readers are told that it is over; only where nobody of your team has touched it.",
            wrong,
            ..Input::default()
        };
        view! {
            <div class="bar"><div><h1>"Settings"</h1><p>"They hold for the whole page. Readers see none of them but the weights of uptime figures."</p></div></div>
            {form::problems(wrong)}
            <form method="post" action="/staff/settings" class="settings">
                <section aria-labelledby="failures">
                    <h2 id="failures">"Failures that monitors see"</h2>
                    {number("merge_minutes", "Minutes within which failures are one draft", &settings.merge_minutes, "Several monitors that fail so soon after each other write one draft, and your team gets one mail. 0: each has its own.")}
                    {number("publish_after_minutes", "Minutes until a draft is published by itself", &settings.publish_after_minutes, "With a neutral text, unless somebody takes it on, stops it or deletes it, or the monitors are up again. From 1 to 120; 0: never, and publishing is a person's.")}
                    {form::checkbox(&resolve, settings.resolve_by_itself)}
                </section>
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
                <section aria-labelledby="uptime">
                    <h2 id="uptime">"Uptime"</h2>
                    {weight("weight_degraded", "Weight of degraded performance", degraded, "How much of it counts as down, from 0 to 1.")}
                    {weight("weight_partial", "Weight of a partial outage", partial, "At 0.3, ten minutes of it make a day of 99.79 %.")}
                    {weight("weight_major", "Weight of a major outage", major, "Stated beside every figure. All figures follow, those of past years too.")}
                </section>
                <div class="acts">{form::button(Weight::Primary, "Save")}</div>
            </form>
        }
        .into_any()
    })
}
