//! What a monitor saw when it wrote a draft incident; shown to staff only, since an excerpt may hold anything.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The failure that confirmed it, and the few checks before it. Times are microseconds of each phase.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The class of the failure, such as `http_503` or `timeout`.
    pub reason: String,
    /// The status code, where there was an answer.
    pub http_status: Option<u16>,
    /// Name look-up.
    pub dns: Option<i64>,
    /// TCP connection.
    pub connect: Option<i64>,
    /// TLS handshake.
    pub tls: Option<i64>,
    /// First byte of the answer.
    pub first_byte: Option<i64>,
    /// The whole check.
    pub total: Option<i64>,
    /// The beginning of the answer's body as text.
    pub excerpt: Option<String>,
    /// First failed check.
    pub first_failed_at: DateTime<Utc>,
    /// The last few checks, oldest first.
    pub checks: Vec<EvidenceCheck>,
}

/// One check as evidence keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceCheck {
    /// When.
    pub at: DateTime<Utc>,
    /// Whether it was good.
    pub good: bool,
    /// The class of the failure.
    pub reason: Option<String>,
    /// The status code, where there was an answer.
    pub http_status: Option<u16>,
    /// The whole check, in microseconds.
    pub total: Option<i64>,
}
