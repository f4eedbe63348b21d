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
    #[must_use]
    pub fn section(&self, locale: Locale) -> AnyView {
        let newest = self.checks.iter().rev().find_map(|check| check.excerpt.as_deref());
        let excerpt = newest.map(|text| view! { <h3>"What it answered"</h3><pre>{plain(text)}</pre> });
        let rows = self.checks.iter().rev().map(|check| {
            let status = check.http_status.map_or_else(|| "none".to_owned(), |status| status.to_string());
            vec![locale.moment(check.at), words(&check.reason).into_any(), status.into_any(), took(&check.phases_us).into_any()]
        });
        view! {
            <section aria-labelledby="evidence">
                <h2 id="evidence">"What the monitor saw"</h2>
                <p class="hint">"Only staff see this."</p>
                <p>{self.line(locale)}"."</p>
                {form::table("Failed checks, newest first", &["Checked", "Result", "Status", "Took"], rows.collect())}
                {excerpt}
            </section>
        }
        .into_any()
    }
}

/// How long the phases of a check took.
pub(super) fn took(phases_us: &[Option<i64>; 5]) -> String {
    let parts = phases_us.iter().zip(PHASES).filter_map(|(us, name)| us.map(|us| format!("{name} {} ms", (us + 500) / 1000)));
    let text = parts.collect::<Vec<_>>().join(", ");
    if text.is_empty() { "not measured".to_owned() } else { text }
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
        "refused_target" => "the target is in a network that monitors may not reach",
        "heartbeat_missed" => "no beat came in time",
        "heartbeat_failed" => "the job said that it failed",
        "internal" => "nothing was learned, because of ourselves",
        other => other,
    }
    .to_owned()
}
