//! The fields of a heartbeat monitor: it asks nobody, so that there is no address and no request.

use leptos::prelude::*;

use super::monitor_fields::{field, meaning};
use super::monitors::Edit;
use crate::parts::form::{self, Input};
use crate::words::MonitorKind;

/// How often a beat comes, and what its absence means.
pub(super) fn fields(edit: &Edit) -> AnyView {
    let fields = edit.fields;
    let number = |name, label, value, hint| form::text(&Input { kind: "number", ..field(edit, name, label, value, hint) });
    let grace = "From 1 to 2678400. Empty: a fifth of the time between beats, and 30 at least.";
    view! {
        {form::hidden("kind", MonitorKind::Heartbeat.as_str())}
        {form::text(&Input { required: true, ..field(edit, "name", "Name", &fields.name, "Only staff read it.") })}
        {number("interval_seconds", "Seconds between beats", &fields.interval_seconds, "How often the job runs: 300 is every five minutes, 86400 every day; at most 2678400, which is 31 days.")}
        {number("grace_seconds", "Seconds that a beat may be late", &fields.grace_seconds, grace)}
        {meaning(edit, ["Missing beats in a row that mean down", "From 1 to 20. One is enough: its grace has passed by then.", "Beats in a row that mean up again"])}
    }
    .into_any()
}
