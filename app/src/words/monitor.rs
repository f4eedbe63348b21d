//! Monitors: what is checked, and what the checks mean.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{ComponentStatus, Id};

wire_enum! {
    /// One kind of check.
    MonitorKind {
        /// An HTTP or HTTPS request.
        Http = "http",
        /// A TCP connection.
        Tcp = "tcp",
        /// A name look-up.
        Dns = "dns",
        /// A TLS handshake and its certificate.
        Tls = "tls",
        /// An ICMP echo.
        Ping = "ping",
        /// A push from the watched side.
        Heartbeat = "heartbeat",
    }
}

wire_enum! {
    /// What a monitor's results mean (reliability N1).
    Verdict {
        /// Good.
        Up = "up",
        /// It answers as it should, and too slowly.
        Degraded = "degraded",
        /// Failed, not yet confirmed.
        Suspect = "suspect",
        /// Failed, confirmed.
        Down = "down",
        /// Good again, not yet confirmed.
        Recovering = "recovering",
        /// Not measured.
        Unknown = "unknown",
        /// Inside a window of planned work.
        Maintenance = "maintenance",
    }
}

impl Verdict {
    /// The words staff read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Up => "Up",
            Self::Degraded => "Slow",
            Self::Suspect => "Failing, not confirmed yet",
            Self::Down => "Down",
            Self::Recovering => "Good again, not confirmed yet",
            Self::Unknown => "Not known",
            Self::Maintenance => "Planned work",
        }
    }
}

wire_enum! {
    /// What is worth a look about a target although all is well. Never a failure.
    Advice {
        /// It has addresses of both kinds, and only those of IPv6 work.
        Ipv4Fails = "ipv4_fails",
        /// It has addresses of both kinds, and only those of IPv4 work.
        Ipv6Fails = "ipv6_fails",
        /// It still speaks a version of TLS that is not in use any more.
        DeprecatedTls = "deprecated_tls",
        /// It leads to another host.
        LeadsElsewhere = "leads_elsewhere",
    }
}

impl Advice {
    /// The words staff read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Ipv4Fails => "Works over IPv6 only",
            Self::Ipv6Fails => "Works over IPv4 only",
            Self::DeprecatedTls => "Still speaks TLS 1.0 or 1.1",
            Self::LeadsElsewhere => "Leads to another host",
        }
    }
}

/// What is checked, how often, and what failing means. Times in the units their names say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Monitor {
    /// Public id.
    pub id: Id,
    /// The component it speaks for; `None` watches without turning the page.
    pub component_id: Option<Id>,
    /// What staff call it.
    pub name: String,
    /// The kind of check.
    pub kind: MonitorKind,
    /// What is asked: of an HTTP monitor an `http` or `https` address. Never shown in public (reliability X4).
    pub target: String,
    /// Seconds from check to check, 1 and up.
    pub interval_seconds: i64,
    /// Longest whole check.
    pub timeout_ms: i64,
    /// Failures in a row that mean down (reliability N1).
    pub failure_threshold: i64,
    /// Good checks in a row that mean up again.
    pub success_threshold: i64,
    /// What down means for the component.
    pub status_when_down: ComponentStatus,
    /// What its kind needs beside the target.
    pub settings: MonitorSettings,
    /// When it was paused; `None` while it checks.
    pub paused_at: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

wire_enum! {
    /// How an HTTP monitor asks.
    HttpMethod {
        /// The whole answer is read.
        Get = "GET",
        /// The head of the answer alone.
        Head = "HEAD",
        /// With a body.
        Post = "POST",
        /// With a body.
        Put = "PUT",
        /// With a body.
        Patch = "PATCH",
        /// Something is deleted.
        Delete = "DELETE",
        /// What can be asked for.
        Options = "OPTIONS",
    }
}

impl Default for HttpMethod {
    /// What readers of the target send (reliability N10).
    fn default() -> Self {
        Self::Get
    }
}

wire_enum! {
    /// What a DNS monitor looks up.
    RecordType {
        /// IPv4 addresses.
        A = "A",
        /// IPv6 addresses.
        Aaaa = "AAAA",
        /// The name that it is another name for.
        Cname = "CNAME",
        /// Who takes its mail.
        Mx = "MX",
        /// Its name servers.
        Ns = "NS",
        /// Texts.
        Txt = "TXT",
        /// Where a service is.
        Srv = "SRV",
        /// Who is responsible for the zone.
        Soa = "SOA",
        /// Which authorities may sign certificates for it.
        Caa = "CAA",
        /// What an address is called.
        Ptr = "PTR",
    }
}

impl Default for RecordType {
    /// What most names are asked for.
    fn default() -> Self {
        Self::A
    }
}

/// What a monitor asks and expects beside its address. Empty means the default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MonitorSettings {
    /// How an HTTP monitor asks.
    pub method: HttpMethod,
    /// The body of the request. May hold secrets, like the headers.
    pub body: Option<String>,
    /// Request headers by name. May hold secrets: staff only, and never repeated in an error.
    pub headers: Vec<(String, String)>,
    /// Status codes that mean good; empty: 200 to 299.
    pub expected_statuses: Vec<u16>,
    /// A text the body must hold.
    pub keyword: Option<String>,
    /// A text the body must not hold.
    pub keyword_absent: Option<String>,
    /// Headers the answer must have, by name, each with a text its value must hold; an empty text takes any value.
    pub expected_headers: Vec<(String, String)>,
    /// A JSON path (RFC 9535) into the body, which must find something.
    pub json_path: Option<String>,
    /// What it must find: a text, or any other JSON value as JSON writes it.
    pub json_value: Option<String>,
    /// The address at which redirects must end.
    pub redirect_target: Option<String>,
    /// Answers that take longer than so many milliseconds are slow; `None`: none is.
    pub response_time_ms: Option<i64>,
    /// The most bytes of a body.
    pub max_body_bytes: Option<i64>,
    /// The SHA-256 of the certificate that the target must show, as 64 hexadecimal digits.
    pub certificate_sha256: Option<String>,
    /// What a TCP monitor sends once it is connected; `\n`, `\r` and `\\` stand for what they name.
    pub send: Option<String>,
    /// A text that it must hear then.
    pub expect: Option<String>,
    /// How late a heartbeat may be, in seconds; `None`: a fifth of the interval, and half a minute at least.
    pub grace_seconds: Option<i64>,
    /// Which of a heartbeat's push addresses is good: how often it was given a new one.
    pub push_epoch: i64,
    /// What a DNS monitor looks up.
    pub record_type: RecordType,
    /// Answers that must come; empty: any will do.
    pub expected_answers: Vec<String>,
    /// The name servers that are asked, as addresses with a port or without; empty: those of the server.
    pub name_servers: Vec<String>,
    /// The name for which a TLS monitor wants a certificate, where it is not the host's.
    pub server_name: Option<String>,
    /// What failures mean for the component by their class or its beginning (`timeout`, `http_5`), where that is not what down means.
    pub statuses_by_class: Vec<(String, ComponentStatus)>,
    /// Whether it means down when the target keeps our checks out.
    pub blocked_is_down: bool,
}
