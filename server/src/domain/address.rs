//! E-mail addresses: which are taken, when two are the same, and how one is shown to somebody who need not know it.

use std::fmt;

use app::language;

/// Longest address that mail servers take (RFC 5321 4.5.3.1.3).
const LONGEST: usize = 254;
/// Longest part before the `@`.
const LONGEST_LOCAL: usize = 64;
/// Longest label of a domain.
const LONGEST_LABEL: usize = 63;

/// Mailboxes that belong to a role and not to a person, and that a stranger could have mailed by signing them up (reliability E21).
const ROLES: &[&str] = &["abuse", "postmaster", "noreply", "no-reply", "mailer-daemon"];

/// Why an address is not taken; each is a sentence for the person who typed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadAddress {
    /// Nothing was typed.
    Empty,
    /// More characters than an address may have.
    Long,
    /// Several addresses, or one with a name around it.
    NotAlone,
    /// Characters that no mail server of ours takes.
    Characters,
    /// No `@`, or nothing on one side of it.
    Shape,
    /// An IP address or a name of one label behind the `@`.
    Domain,
    /// One of the mailboxes of a role.
    Role,
}

impl BadAddress {
    /// The message that says so.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Empty => "wrong-address-empty",
            Self::Long => "wrong-address-long",
            Self::NotAlone => "wrong-address-not-alone",
            Self::Characters => "wrong-address-characters",
            Self::Shape => "wrong-address-shape",
            Self::Domain => "wrong-address-domain",
            Self::Role => "wrong-address-role",
        }
    }
}

/// In English, for staff and programs.
impl fmt::Display for BadAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&language::of("en").t(self.key()))
    }
}

impl std::error::Error for BadAddress {}

/// Reads an address, without the space around it.
///
/// # Errors
/// [`BadAddress`].
pub fn parse(text: &str) -> Result<String, BadAddress> {
    let text = text.trim();
    if text.is_empty() {
        return Err(BadAddress::Empty);
    }
    if text.len() > LONGEST {
        return Err(BadAddress::Long);
    }
    if text.contains(['<', '>', ',', ';', '"', '(', ')']) || text.matches('@').count() > 1 {
        return Err(BadAddress::NotAlone);
    }
    if text.contains(['[', ']']) {
        return Err(BadAddress::Domain);
    }
    if !text.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(BadAddress::Characters);
    }
    let (local, domain) = text.split_once('@').ok_or(BadAddress::Shape)?;
    if local.is_empty() || domain.is_empty() || local.len() > LONGEST_LOCAL || local.split('.').any(str::is_empty) {
        return Err(BadAddress::Shape);
    }
    // RFC 5322 calls these atext.
    if !local.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&b)) {
        return Err(BadAddress::Characters);
    }
    if is_domain(domain) { Ok(text.to_owned()) } else { Err(BadAddress::Domain) }
}

/// [`parse`] for what a stranger typed: mailboxes of a role are refused too.
///
/// # Errors
/// [`BadAddress`].
pub fn parse_of_stranger(text: &str) -> Result<String, BadAddress> {
    let address = parse(text)?;
    let lower = key(&address);
    let local = lower.split(['@', '+']).next().unwrap_or_default();
    if ROLES.contains(&local) { Err(BadAddress::Role) } else { Ok(address) }
}

/// Whether this is a full domain, and no address or name of a machine.
#[must_use]
pub fn is_domain(domain: &str) -> bool {
    let label = |label: &str| {
        (1..=LONGEST_LABEL).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let Some((_, last)) = domain.rsplit_once('.') else { return false };
    // The last label of an IP address is a number, that of a domain never is.
    domain.split('.').all(label) && !last.eq_ignore_ascii_case("localhost") && !last.bytes().all(|b| b.is_ascii_digit())
}

/// What stands behind the `@`, in small letters.
#[must_use]
pub fn domain(address: &str) -> String {
    address.rsplit_once('@').map_or("", |(_, domain)| domain).to_ascii_lowercase()
}

/// What makes two addresses the same subscriber: everything but the case of letters.
#[must_use]
pub fn key(address: &str) -> String {
    address.to_ascii_lowercase()
}

/// What makes two addresses the same mailbox for limits: also what stands behind a plus, and the dots of the largest provider, which
/// it ignores. Only for counting: some providers do tell such addresses apart.
#[must_use]
pub fn mailbox(address: &str) -> String {
    let key = key(address);
    let Some((local, domain)) = key.rsplit_once('@') else { return key };
    let local = local.split('+').next().unwrap_or_default();
    match domain {
        "gmail.com" | "googlemail.com" => format!("{}@gmail.com", local.replace('.', "")),
        _ => format!("{local}@{domain}"),
    }
}

/// The address for somebody who need not know it: `a***@example.com`.
#[must_use]
pub fn masked(address: &str) -> String {
    let (local, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    let first: String = local.chars().take(1).collect();
    format!("{first}***@{domain}")
}
