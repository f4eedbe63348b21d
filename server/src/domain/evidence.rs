//! What a check saw, and what of it is kept as evidence of a failure.

use app::words::Advice;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::certificate::Certificate;

/// One check: when it began, what came of it, and how long it took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observation {
    /// When it began.
    pub at: DateTime<Utc>,
    /// What came of it.
    pub outcome: Outcome,
    /// The status code, where an answer came.
    pub http_status: Option<u16>,
    /// How long it took.
    pub timings: Timings,
    /// The beginning of the body of a bad answer, for staff only.
    pub excerpt: Option<String>,
    /// The certificate that the target showed, where it showed one.
    pub certificate: Option<Certificate>,
    /// What is worth a look all the same; `None` where nobody looked.
    pub advice: Option<Vec<Advice>>,
}

/// What came of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The target answered as it should.
    Good,
    /// It answered as it should, and later than it should (reliability N11).
    Slow,
    /// The target did not.
    Bad(Reason),
    /// Nothing was learned of the target, because of ourselves (reliability N5). Never counts as a failure.
    Internal(Internal),
}

/// Why a check failed: a class with a fixed name, never a text of a library, an address or a secret (reliability X42).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// An answer with a status that was not expected: `http_503`.
    HttpStatus(u16),
    /// No whole answer in time.
    Timeout,
    /// Nobody listens there.
    ConnectRefused,
    /// No connection in time.
    ConnectTimeout,
    /// The host cannot be reached.
    Unreachable,
    /// The connection was cut before an answer came.
    Reset,
    /// The name could not be resolved, and why is not known.
    Dns,
    /// There is no such name.
    DnsNxdomain,
    /// The name servers could not answer.
    DnsServfail,
    /// The name servers refused to answer.
    DnsRefused,
    /// No name server answered in time.
    DnsTimeout,
    /// The name has no record of that kind; of a target: no address.
    DnsNoRecords,
    /// The name servers answered something else than what is expected.
    DnsAnswer,
    /// The certificate has expired.
    TlsExpired,
    /// The certificate is not valid yet.
    TlsNotYetValid,
    /// Nobody we trust signed the certificate.
    TlsUntrusted,
    /// The certificate signed itself.
    TlsSelfSigned,
    /// The target shows its own certificate only, without the one between it and an authority.
    TlsIncompleteChain,
    /// The certificate was taken back.
    TlsRevoked,
    /// The certificate is for another host.
    TlsWrongHost,
    /// The target speaks no version of TLS that is still in use.
    TlsProtocol,
    /// TLS failed in another way.
    TlsHandshake,
    /// The answer is not HTTP.
    BadResponse,
    /// The answer broke off.
    PartialResponse,
    /// The keyword is missing, or there although it must not be.
    Keyword,
    /// A header of the answer is missing, or holds something else.
    Header,
    /// The body is no JSON, or holds another value there.
    JsonValue,
    /// Redirects ended somewhere else.
    RedirectTarget,
    /// The body is larger than it may be.
    BodySize,
    /// The certificate is valid, and not the one that is expected.
    Certificate,
    /// What was said after connecting is not what is expected.
    Answer,
    /// Redirects in a circle, too many of them, one without an address, or one from https to http.
    Redirects,
    /// The target is in a network that monitors may not reach.
    RefusedTarget,
    /// A job did not say in time that it ran.
    HeartbeatMissed,
    /// A job said that it failed.
    HeartbeatFailed,
    /// The target keeps our checks out (reliability N14).
    Blocked,
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::HttpStatus(status) => return write!(f, "http_{status}"),
            Self::Timeout => "timeout",
            Self::ConnectRefused => "connect_refused",
            Self::ConnectTimeout => "connect_timeout",
            Self::Unreachable => "unreachable",
            Self::Reset => "reset",
            Self::Dns => "dns",
            Self::DnsNxdomain => "dns_nxdomain",
            Self::DnsServfail => "dns_servfail",
            Self::DnsRefused => "dns_refused",
            Self::DnsTimeout => "dns_timeout",
            Self::DnsNoRecords => "dns_no_records",
            Self::DnsAnswer => "dns_answer",
            Self::TlsExpired => "tls_expired",
            Self::TlsNotYetValid => "tls_not_yet_valid",
            Self::TlsUntrusted => "tls_untrusted",
            Self::TlsSelfSigned => "tls_self_signed",
            Self::TlsIncompleteChain => "tls_incomplete_chain",
            Self::TlsRevoked => "tls_revoked",
            Self::TlsProtocol => "tls_protocol",
            Self::TlsWrongHost => "tls_wrong_host",
            Self::TlsHandshake => "tls_handshake",
            Self::BadResponse => "bad_response",
            Self::PartialResponse => "partial_response",
            Self::Keyword => "keyword",
            Self::Header => "header",
            Self::JsonValue => "json_value",
            Self::RedirectTarget => "redirect_target",
            Self::BodySize => "body_size",
            Self::Certificate => "certificate",
            Self::Answer => "answer",
            Self::Redirects => "redirects",
            Self::RefusedTarget => "refused_target",
            Self::HeartbeatMissed => "heartbeat_missed",
            Self::HeartbeatFailed => "heartbeat_failed",
            Self::Blocked => "blocked",
        })
    }
}

/// What kept us from looking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Internal {
    /// This machine has no sockets, memory or network left.
    Resources,
    /// This process stood still while the check ran (reliability N6).
    Stall,
    /// The check itself broke.
    Panic,
    /// The check waited too long for its turn.
    Queue,
    /// Our own network is gone: places that have nothing to do with each other do not answer either (reliability N4).
    Network,
    /// This version does not know this kind of check.
    Kind,
    /// This system forbids what the check takes.
    Forbidden,
}

/// The class under which checks that taught us nothing are kept.
pub const INTERNAL: &str = "internal";

/// The class under which answers that came too late are kept.
pub const SLOW: &str = "slow";

impl Outcome {
    /// Whether the target answered as it should.
    #[must_use]
    pub const fn is_good(&self) -> bool {
        matches!(self, Self::Good | Self::Slow)
    }

    /// The class that is kept with the result; `None` where all was well.
    #[must_use]
    pub fn class(&self) -> Option<String> {
        match self {
            Self::Good => None,
            Self::Slow => Some(SLOW.to_owned()),
            Self::Bad(reason) => Some(reason.to_string()),
            Self::Internal(_) => Some(INTERNAL.to_owned()),
        }
    }
}

/// How long the phases of a check took, in microseconds; those that were not reached are `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Timings {
    /// Resolving the name.
    pub dns_us: Option<i64>,
    /// Connecting.
    pub connect_us: Option<i64>,
    /// Shaking hands over TLS.
    pub tls_us: Option<i64>,
    /// From the request to the first byte of the answer.
    pub first_byte_us: Option<i64>,
    /// All of it, redirects included.
    pub total_us: Option<i64>,
}

/// What a monitor saw, kept with the draft it wrote. Staff only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// What staff call the monitor.
    pub monitor: String,
    /// The class of the newest failure.
    pub reason: String,
    /// First failed check.
    pub first_failed_at: DateTime<Utc>,
    /// The failed checks, oldest first, at most [`KEPT_CHECKS`].
    pub checks: Vec<FailedCheck>,
    /// First good check of the run that ended it.
    pub recovered_at: Option<DateTime<Utc>>,
}

/// One failed check as evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedCheck {
    /// When it began.
    pub at: DateTime<Utc>,
    /// The class of the failure.
    pub reason: String,
    /// The status code, where an answer came.
    pub http_status: Option<u16>,
    /// How long it took.
    pub timings: Timings,
    /// The beginning of the body.
    pub excerpt: Option<String>,
}

/// More checks than this tell staff nothing new.
pub const KEPT_CHECKS: i64 = 20;

/// Characters of a body that are kept.
const EXCERPT: usize = 300;

/// The beginning of a body as a person can read it: white space as single spaces, nothing that does not print or turns the
/// direction of writing around. `None` where nothing is left.
#[must_use]
pub fn excerpt(body: &[u8]) -> Option<String> {
    // Four bytes are the longest character; the rest is room for white space that falls together.
    let head = body.get(..EXCERPT * 16).unwrap_or(body);
    let text = String::from_utf8_lossy(head);
    let mut out = String::new();
    let mut kept = 0;
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if kept > 0 && kept < EXCERPT {
            out.push(' ');
            kept += 1;
        }
        for c in word.chars().filter(|c| !turns_direction(*c)).take(EXCERPT.saturating_sub(kept)) {
            out.push(c);
            kept += 1;
        }
    }
    let out = out.trim_end().to_owned();
    (!out.is_empty()).then_some(out)
}

/// Characters that change how the text around them is laid out.
const fn turns_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// How long one result speaks for a component; later silence is "no recent data".
#[must_use]
pub fn holds_for(interval_seconds: i64) -> TimeDelta {
    TimeDelta::seconds(interval_seconds.saturating_mul(3).max(180))
}
