//! The mail relay: where it is, how it is spoken to, and how fast.

use super::{ConfigError, Dkim, Hidden, Values, dkim};
use crate::domain::{address, bounce};

/// The mail relay and how it is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Smtp {
    /// Its host.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub security: SmtpSecurity,
    /// Name and password, if it asks for them.
    pub credentials: Option<(String, Hidden)>,
    /// Most connections at once.
    pub connections: usize,
    /// Mails per second; 0 lifts every limit of pace.
    pub rate: usize,
    /// Mails per minute to one recipient domain; 0 lifts it.
    pub domain_rate: usize,
    /// The sender, as `Name <address>` or an address.
    pub from: String,
    /// What mails are signed with; `None`: the relay signs them, or nobody.
    pub dkim: Option<Dkim>,
    /// The address that mails come back to, each with a tag of its own behind a `+`; `None`: all come back to the sender's, untold apart.
    pub bounces: Option<String>,
}

/// How the connection to the relay is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmtpSecurity {
    /// TLS from the first byte (`smtps://`).
    Implicit,
    /// STARTTLS, or nothing is sent.
    Required,
    /// STARTTLS where it is offered.
    Opportunistic,
    /// Plain text.
    None,
}

/// The section; `None` where no relay is set.
pub(super) fn section(values: &Values) -> Result<Option<Smtp>, ConfigError> {
    let half = |given: &str, missing: &'static str| ConfigError::HalfFilled { given: given.to_owned(), missing };
    let (url, from) = match (values.given("smtp_url"), values.given("mail_from")) {
        (Some(url), Some(from)) => (url, from),
        (Some((key, _)), None) => return Err(half(key, "mail_from")),
        (None, given) => {
            let lonely = given
                .or_else(|| ["mail_bounces", "smtp_connections", "smtp_rate", "smtp_domain_rate"].iter().find_map(|key| values.given(key)));
            let lonely = lonely.map(|(key, _)| key.as_str()).or_else(|| dkim::given(values));
            return lonely.map_or(Ok(None), |key| Err(half(key, "smtp_url")));
        }
    };
    let bad_from = || ConfigError::BadValue {
        key: from.0.clone(),
        value: from.1.clone(),
        wanted: "an address such as status@example.com or Example Status <status@example.com>",
    };
    // The mail library would fall over some characters that its parser lets pass (reliability E22).
    let sender: lettre::message::Mailbox = from.1.parse().map_err(|_| bad_from())?;
    if from.1.chars().any(char::is_control) || !sender.email.domain().contains('.') && sender.email.domain() != "localhost" {
        return Err(bad_from());
    }
    let (host, port, security, credentials) = relay(url)?;
    Ok(Some(Smtp {
        host,
        port,
        security,
        credentials,
        connections: values.positive("smtp_connections", 4)?,
        rate: values.number("smtp_rate", 10)?,
        domain_rate: values.number("smtp_domain_rate", 120)?,
        from: from.1.clone(),
        dkim: dkim::section(values, sender.email.domain())?,
        bounces: bounces(values)?,
    }))
}

type Relay = (String, u16, SmtpSecurity, Option<(String, Hidden)>);

fn relay((key, value): &(String, String)) -> Result<Relay, ConfigError> {
    // The address may hold a password: it is never repeated.
    let bad = || ConfigError::BadValue {
        key: key.clone(),
        value: "…".to_owned(),
        wanted: "smtp://[user:password@]host[:port][?tls=required|opportunistic|none] or smtps://…",
    };
    let url = url::Url::parse(value).map_err(|_| bad())?;
    let mut security = match url.scheme() {
        "smtp" => SmtpSecurity::Opportunistic,
        "smtps" => SmtpSecurity::Implicit,
        _ => return Err(bad()),
    };
    for (name, choice) in url.query_pairs() {
        security = match (name.as_ref(), choice.as_ref(), security) {
            ("tls", _, SmtpSecurity::Implicit) => return Err(bad()),
            ("tls", "required", _) => SmtpSecurity::Required,
            ("tls", "opportunistic", _) => SmtpSecurity::Opportunistic,
            ("tls", "none", _) => SmtpSecurity::None,
            _ => return Err(bad()),
        };
    }
    let host = url.host_str().filter(|host| !host.is_empty()).ok_or_else(bad)?.to_owned();
    if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
        return Err(bad());
    }
    let port = url.port().unwrap_or(if security == SmtpSecurity::Implicit { 465 } else { 587 });
    let plain = |text: &str| percent_decoded(text).filter(|text| !text.chars().any(char::is_control)).ok_or_else(bad);
    let credentials = match (url.username(), url.password()) {
        ("", None) => None,
        (user, Some(password)) if !user.is_empty() => Some((plain(user)?, Hidden(plain(password)?))),
        _ => return Err(bad()),
    };
    Ok((host, port, security, credentials))
}

fn percent_decoded(text: &str) -> Option<String> {
    // A form's `+` is a space, an address's is not.
    form_urlencoded::parse(format!("v={}", text.replace('+', "%2B")).as_bytes()).next().map(|(_, value)| value.into_owned())
}

fn bounces(values: &Values) -> Result<Option<String>, ConfigError> {
    let Some((key, value)) = values.given("mail_bounces") else { return Ok(None) };
    let address = address::parse(value).ok().filter(|address| bounce::has_room(address));
    let wanted = "an address alone, with at most 17 characters before the @, such as bounces@example.com";
    address.map(Some).ok_or_else(|| ConfigError::BadValue { key: key.clone(), value: value.clone(), wanted })
}
