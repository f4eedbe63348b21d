//! What is watched, how it is, and the form that says what to watch.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::evidence::milliseconds;
use super::heartbeat_fields;
use super::monitor_fields::{asking, field};
use crate::parts::form::{self, Choice, Weight};
use crate::parts::glyph::{Face, badge};
use crate::parts::locale::Locale;
use crate::parts::measure::plain_or;
use crate::staff::{Frame, Wrong, document};
use crate::words::{Advice, ComponentStatus, Id, Monitor, MonitorKind, Role, Verdict};

/// A monitor, as the list shows it.
#[derive(Clone, Debug)]
pub struct Watched {
    /// The monitor.
    pub monitor: Monitor,
    /// What its checks mean.
    pub verdict: Verdict,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Whether its component is worked on as planned.
    pub worked_on: bool,
    /// The newest check: when, why it failed if it did, and how long it took in microseconds.
    pub last: Option<(DateTime<Utc>, Option<String>, Option<i64>)>,
    /// When the certificate ends that it saw.
    pub certificate_expires_at: Option<DateTime<Utc>>,
    /// What is worth a look although all is well.
    pub advice: Vec<Advice>,
    /// What its component is called.
    pub component: Option<String>,
}

/// The list.
#[must_use]
pub fn list(frame: &Frame, watched: &[Watched]) -> String {
    document(frame, "Monitors", || {
        let (locale, admin) = (frame.locale(), frame.may(Role::Admin));
        let columns: &[&'static str] =
            if admin { &["Monitor", "State", "Last check", "Component", "Do"] } else { &["Monitor", "State", "Last check", "Component"] };
        let kept_out = watched.iter().filter(|one| is_kept_out(one)).map(|one| plain_or(&one.monitor.name, "Monitor without a name"));
        let kept_out = warning(&kept_out.collect::<Vec<_>>());
        let rows: Vec<_> = watched.iter().map(|one| row(one, locale, admin)).collect();
        let list = if rows.is_empty() {
            form::empty(
                "Nothing is watched yet. A monitor asks an address again and again, and writes a draft incident when it fails. A heartbeat waits for a job to say that it ran.",
            )
        } else {
            form::table("What is watched", columns, rows)
        };
        view! {
            <div class="bar"><h1>"Monitors"</h1>{admin.then(ways)}</div>
            {kept_out}
            {list}
        }
        .into_any()
    })
}

/// What can be added.
fn ways() -> AnyView {
    view! {
        <div class="pair">
            {form::way(Weight::Quiet, "/staff/monitors/new?kind=heartbeat", "Add a heartbeat")}
            {form::way(Weight::Primary, "/staff/monitors/new", "Add a monitor")}
        </div>
    }
    .into_any()
}

/// Whether nothing is known of it because its checks are kept out.
fn is_kept_out(one: &Watched) -> bool {
    let newest = one.last.as_ref().and_then(|(_, reason, _)| reason.as_deref());
    one.verdict == Verdict::Unknown && one.monitor.paused_at.is_none() && newest == Some("blocked")
}

fn warning(names: &[String]) -> Option<AnyView> {
    let sentence = format!(
        "Nothing is known of {}: the address keeps our checks out (401, 403, 429 or a page that asks whether we are human). Let them in there, \
         or say in the monitor that this means down.",
        names.join(", ")
    );
    (!names.is_empty()).then(|| view! { <p class="flash warn">{sentence}</p> }.into_any())
}

fn row(one: &Watched, locale: Locale, admin: bool) -> Vec<AnyView> {
    let monitor = &one.monitor;
    let to = |what: &str| format!("/staff/monitors/{}/{what}", monitor.id);
    let name = plain_or(&monitor.name, "Monitor without a name");
    let name = view! { <a href=to("checks")>{name}</a> };
    let beats = monitor.kind == MonitorKind::Heartbeat;
    let target = if beats { "Waits for beats".to_owned() } else { plain_or(&monitor.target, "") };
    let state = match monitor.paused_at {
        Some(at) => view! { "Paused"<br/><span class="soft">"since "{locale.moment(at)}</span> }.into_any(),
        None => {
            view! { {standing(one.verdict, one.worked_on, monitor.status_when_down)}<br/><span class="soft">"since "{locale.moment(one.since)}</span> }.into_any()
        }
    };
    let last = one.last.as_ref().map_or_else(
        || "Not checked yet".into_any(),
        |(at, reason, total)| {
            let reason = reason.clone().unwrap_or_else(|| "good".to_owned());
            let took = total.map(|us| format!(" in {}", milliseconds(us)));
            view! { <code>{reason}</code>{took}<br/><span class="soft">{locale.moment(*at)}</span> }.into_any()
        },
    );
    let certificate =
        one.certificate_expires_at.map(|ends| view! { <br/><span class="soft">"Certificate ends "{locale.moment(ends)}</span> }.into_any());
    let advice: Vec<_> = one.advice.iter().map(|advice| view! { <br/><span class="soft">{advice.label()}</span> }.into_any()).collect();
    let mut row = vec![
        view! { {name}<br/><span class="soft">{target}</span> }.into_any(),
        state,
        view! { {last}{certificate}{advice} }.into_any(),
        one.component.as_deref().map_or_else(|| "None".to_owned(), |name| plain_or(name, "Component without a name")).into_any(),
    ];
    if admin {
        let (turn, label) = if monitor.paused_at.is_some() { ("resume", "Resume") } else { ("pause", "Pause") };
        row.push(
            view! {
                <div class="pair">
                    {(!beats).then(|| view! { <form method="post" action=to("check")>{form::button(Weight::Quiet, "Check now")}</form> })}
                    <form method="post" action=to(turn)>{form::button(Weight::Quiet, label)}</form>
                </div>
            }
            .into_any(),
        );
    }
    row
}

/// What a monitor is shown as: what its checks mean, beside the planned work on its component where there is any.
pub(super) fn standing(verdict: Verdict, worked_on: bool, when_down: ComponentStatus) -> AnyView {
    let checks = badge(face(verdict, when_down), verdict.label());
    if !worked_on {
        return checks.into_any();
    }
    let planned = Verdict::Maintenance;
    view! { {badge(face(planned, when_down), planned.label())}<br/><span class="soft">"Its checks: "</span>{checks} }.into_any()
}

/// A verdict in the colour and shape of the status it leads to.
pub(super) fn face(verdict: Verdict, when_down: ComponentStatus) -> Face {
    match verdict {
        Verdict::Up => Face::Known(ComponentStatus::Operational),
        Verdict::Degraded | Verdict::Suspect | Verdict::Recovering => Face::Known(ComponentStatus::DegradedPerformance),
        Verdict::Down => Face::Known(when_down),
        Verdict::Maintenance => Face::Known(ComponentStatus::UnderMaintenance),
        Verdict::Unknown => Face::Unknown,
    }
}

/// The fields of the form, as they were typed.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    /// What staff call it.
    pub name: String,
    /// The kind of check.
    pub kind: String,
    /// What is asked.
    pub target: String,
    /// Seconds from check to check.
    pub interval_seconds: String,
    /// Longest whole check.
    pub timeout_ms: String,
    /// The component it speaks for; empty for none.
    pub component_id: String,
    /// Failures in a row that mean down.
    pub failure_threshold: String,
    /// Good checks in a row that mean up again.
    pub success_threshold: String,
    /// What down means for the component.
    pub status_when_down: String,
    /// Request headers, one a line.
    pub headers: String,
    /// Status codes that are good, with commas.
    pub expected_statuses: String,
    /// A text the answer must hold.
    pub keyword: String,
    /// A text the answer must not hold.
    pub keyword_absent: String,
    /// How it is asked.
    pub method: String,
    /// The body of the request.
    pub body: String,
    /// Headers of the answer, one a line.
    pub expected_headers: String,
    /// Where a JSON value stands.
    pub json_path: String,
    /// That value.
    pub json_value: String,
    /// Where redirects end.
    pub redirect_target: String,
    /// How many milliseconds an answer may take before it is slow.
    pub response_time_ms: String,
    /// The most bytes of a body.
    pub max_body_bytes: String,
    /// The SHA-256 of the certificate.
    pub certificate_sha256: String,
    /// What a TCP monitor sends.
    pub send: String,
    /// What it hears then.
    pub expect: String,
    /// How late a beat may be.
    pub grace_seconds: String,
    /// What a DNS monitor looks up.
    pub record_type: String,
    /// What must be answered, one a line.
    pub expected_answers: String,
    /// The name servers that are asked, with commas.
    pub name_servers: String,
    /// The name for which a TLS monitor wants a certificate.
    pub server_name: String,
    /// What failures of a class mean, one a line.
    pub statuses_by_class: String,
    /// Whether being kept out means down.
    pub blocked_is_down: bool,
    /// Whether it rests.
    pub paused: bool,
}

/// The form of one monitor.
#[derive(Clone, Copy, Debug)]
pub struct Edit<'a> {
    /// The monitor; `None` for a new one.
    pub id: Option<&'a Id>,
    /// What the fields hold.
    pub fields: &'a Fields,
    /// The components to choose from.
    pub components: &'a [Choice],
    /// What is wrong.
    pub wrong: &'a [Wrong],
}

/// The form that adds or changes a monitor.
#[must_use]
pub fn edit(frame: &Frame, edit: &Edit) -> String {
    let beats = edit.fields.kind == MonitorKind::Heartbeat.as_str();
    let title = match (edit.id.is_some(), beats) {
        (true, _) => "Change a monitor",
        (false, false) => "Add a monitor",
        (false, true) => "Add a heartbeat",
    };
    document(frame, title, || {
        let action = edit.id.map_or_else(|| "/staff/monitors".to_owned(), |id| format!("/staff/monitors/{id}"));
        let send = if edit.id.is_some() { "Save" } else { "Add the monitor" };
        let delete = edit.id.map(|id| {
            let sentence = "It stops to check, and what it observed is no longer said of its component. Incidents it wrote stay.";
            form::confirm("Delete this monitor", sentence, &format!("/staff/monitors/{id}/delete"), &[], "Delete the monitor")
        });
        view! {
            <h1>{title}</h1>
            {form::problems(edit.wrong)}
            <form method="post" action=action>
                {if beats { heartbeat_fields::fields(edit) } else { asking(edit) }}
                {form::checkbox(&field(edit, "paused", "Paused", "on", "It keeps its settings and does not check."), edit.fields.paused)}
                <div class="acts">{form::button(Weight::Primary, send)}</div>
            </form>
            {delete}
        }
        .into_any()
    })
}
