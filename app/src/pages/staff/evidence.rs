//! What a monitor saw when it wrote a draft. Staff only.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::parts::form;
use crate::parts::locale::Locale;
use crate::parts::measure::plain;

/// What a monitor saw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// What staff call the monitor.
    pub monitor: String,
    /// The class of the newest failure.
    pub reason: String,
    /// First failed check.
    pub first_failed_at: DateTime<Utc>,
    /// The failed checks that were kept, oldest first.
    pub checks: Vec<Check>,
    /// First good check of the run that ended it.
    pub recovered_at: Option<DateTime<Utc>>,
    /// Whether the incident is about something else: it failed at the same time.
    pub beside: bool,
}

/// One failed check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// When it began.
    pub at: DateTime<Utc>,
    /// The class of the failure.
    pub reason: String,
    /// The status code, where an answer came.
    pub http_status: Option<u16>,
    /// How long name look-up, connection, TLS, the first byte and the whole took, in microseconds.
    pub phases_us: [Option<i64>; 5],
    /// The beginning of the body.
    pub excerpt: Option<String>,
}

/// Names of a check's phases, in their order.
const PHASES: [&str; 5] = ["name", "connection", "TLS", "first byte", "all"];

impl Evidence {
    /// All of it in one line: which monitor, why, since when.
    #[must_use]
    pub fn line(&self, locale: Locale) -> AnyView {
        let recovered = self.recovered_at.map(|at| view! { ", good again since "{locale.moment(at)} });
        view! { {plain(&self.monitor)}": "{words(&self.reason)}", since "{locale.moment(self.first_failed_at)}{recovered} }.into_any()
    }

    /// All of it, check by check.
    fn part(&self, locale: Locale) -> AnyView {
        let newest = self.checks.iter().rev().find_map(|check| check.excerpt.as_deref());
        let excerpt = newest.map(|text| view! { <h4>"What it answered"</h4><pre>{plain(text)}</pre> });
        let rows: Vec<_> = self
            .checks
            .iter()
            .rev()
            .map(|check| {
                let status = check.http_status.map_or_else(|| "none".to_owned(), |status| status.to_string());
                vec![locale.moment(check.at), words(&check.reason).into_any(), status.into_any(), took(&check.phases_us).into_any()]
            })
            .collect();
        view! {
            <h3>{plain(&self.monitor)}</h3>
            {self.beside.then(|| view! { <p class="hint">"It failed at the same time. This incident does not speak of it: it has a draft of its own."</p> })}
            <p>{self.line(locale)}"."</p>
            {(!rows.is_empty()).then(|| form::table("Failed checks, newest first", &["Checked", "Result", "Status", "Took"], rows))}
            {excerpt}
        }
        .into_any()
    }
}

/// What all of them saw in one line: the first of them, and how many more there are.
#[must_use]
pub fn line(all: &[Evidence], locale: Locale) -> Option<AnyView> {
    let (own, beside): (Vec<&Evidence>, Vec<&Evidence>) = all.iter().partition(|one| !one.beside);
    let first = own.first()?;
    let more = match own.len() {
        0 | 1 => String::new(),
        2 => "; one more monitor failed".to_owned(),
        monitors => format!("; {} more monitors failed", monitors - 1),
    };
    let beside = match beside.as_slice() {
        [] => String::new(),
        names => {
            let names: Vec<_> = names.iter().map(|one| plain(&one.monitor)).collect();
            format!("; at the same time failed: {}", names.join(", "))
        }
    };
    // An empty text would be written as a space.
    let tail = Some(format!("{more}{beside}")).filter(|tail| !tail.is_empty());
    Some(view! { {first.line(locale)}{tail} }.into_any())
}

/// What all of them saw, check by check.
#[must_use]
pub fn section(all: &[Evidence], locale: Locale) -> Option<AnyView> {
    let heading = match all.len() {
        0 => return None,
        1 => "What the monitor saw",
        _ => "What the monitors saw",
    };
    let parts: Vec<_> = all.iter().map(|one| one.part(locale)).collect();
    Some(
        view! {
            <section aria-labelledby="evidence">
                <h2 id="evidence">{heading}</h2>
                <p class="hint">"Only staff see this."</p>
                {parts}
            </section>
        }
        .into_any(),
    )
}

/// How long the phases of a check took.
pub(super) fn took(phases_us: &[Option<i64>; 5]) -> String {
    let parts = phases_us.iter().zip(PHASES).filter_map(|(us, name)| us.map(|us| format!("{name} {}", milliseconds(us))));
    let text = parts.collect::<Vec<_>>().join(", ");
    if text.is_empty() { "not measured".to_owned() } else { text }
}

/// A time in whole milliseconds.
pub(super) fn milliseconds(us: i64) -> String {
    if us < 1_000 { "under 1 ms".to_owned() } else { format!("{} ms", (us + 500) / 1_000) }
}

/// The class of a failure in words.
#[must_use]
pub fn words(reason: &str) -> String {
    if let Some(status) = reason.strip_prefix("http_") {
        return format!("answered with status {status}");
    }
    match reason {
        "timeout" => "no whole answer in time",
        "connect_refused" => "nobody listens there",
        "connect_timeout" => "no connection in time",
        "unreachable" => "the host cannot be reached",
        "reset" => "the connection was cut",
        "dns" => "the name could not be resolved",
        "dns_nxdomain" => "there is no such name",
        "dns_servfail" => "the name servers could not answer",
        "dns_refused" => "the name servers refused to answer",
        "dns_timeout" => "no name server answered in time",
        "dns_no_records" => "the name has no such record",
        "dns_answer" => "the name servers answered something else",
        "tls_expired" => "the certificate has expired",
        "tls_not_yet_valid" => "the certificate is not valid yet",
        "tls_untrusted" => "the certificate is not trusted",
        "tls_self_signed" => "the certificate signed itself",
        "tls_incomplete_chain" => "the certificate came without the one that leads to an authority",
        "tls_revoked" => "the certificate was taken back",
        "tls_protocol" => "it speaks no version of TLS that is still in use",
        "tls_wrong_host" => "the certificate is for another host",
        "tls_handshake" => "TLS failed",
        "bad_response" => "the answer is not HTTP",
        "partial_response" => "the answer broke off",
        "keyword" => "the text it should hold is not right",
        "header" => "a header is missing, or holds something else",
        "json_value" => "the value in the answer is another one",
        "redirect_target" => "redirects end somewhere else",
        "body_size" => "the answer is larger than it may be",
        "certificate" => "the certificate is valid, and not the one that is expected",
        "answer" => "what came is not what is expected",
        "redirects" => "too many redirects",
        "blocked" => "the target keeps our checks out",
        "refused_target" => "the target is in a network that monitors may not reach",
        "heartbeat_missed" => "no beat came in time",
        "heartbeat_failed" => "the job said that it failed",
        "internal" => "nothing was learned, because of ourselves",
        other => other,
    }
    .to_owned()
}
