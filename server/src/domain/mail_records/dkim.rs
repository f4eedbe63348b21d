//! DKIM (RFC 6376): the record that the key of a signature is published in.

use super::{Answer, Finding, tag, tags, unanswered};
use crate::domain::address;

const WHAT: &str = "DKIM";
/// Longest name in DNS, without the dot at its end.
const LONGEST_NAME: usize = 253;
/// Longest label in it.
const LONGEST_LABEL: usize = 63;

/// The kinds of keys that mails are signed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// RSA with SHA-256.
    Rsa,
    /// Ed25519 with SHA-256 (RFC 8463).
    Ed25519,
}

impl Kind {
    /// As records spell it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rsa => "rsa",
            Self::Ed25519 => "ed25519",
        }
    }

    /// As signatures spell it.
    #[must_use]
    pub const fn algorithm(self) -> &'static str {
        match self {
            Self::Rsa => "rsa-sha256",
            Self::Ed25519 => "ed25519-sha256",
        }
    }
}

/// The public half of a key, as records hold it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    /// Its kind.
    pub kind: Kind,
    /// Its bytes in base64.
    pub base64: String,
}

impl PublicKey {
    /// The record that publishes it.
    #[must_use]
    pub fn record(&self) -> String {
        format!("v=DKIM1; k={}; p={}", self.kind.as_str(), self.base64)
    }
}

/// Whether a domain can sign: one of at least two labels.
#[must_use]
pub fn is_domain(domain: &str) -> bool {
    domain.len() <= LONGEST_NAME && address::is_domain(domain)
}

/// Whether a selector can stand below a domain in DNS.
#[must_use]
pub fn is_selector(selector: &str, domain: &str) -> bool {
    let fits = |label: &str| {
        (1..=LONGEST_LABEL).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    selector.split('.').all(fits) && name(selector, domain).len() <= LONGEST_NAME
}

/// Whether a signature of `domain` counts for a sender of `sender`: the same domain, or one above it (DMARC, relaxed).
#[must_use]
pub fn is_aligned(sender: &str, domain: &str) -> bool {
    sender == domain || sender.strip_suffix(domain).is_some_and(|below| below.ends_with('.'))
}

/// Where the record of a key stands.
#[must_use]
pub fn name(selector: &str, domain: &str) -> String {
    format!("{selector}._domainkey.{domain}")
}

/// What is published, held against the key that signs.
#[must_use]
pub fn judge(name: &str, answer: &Answer<String>, key: &PublicKey) -> Finding {
    let put = || format!("Put there, as TXT: {}", key.record());
    let Some(records) = answer.known() else { return unanswered(WHAT, name) };
    let text = match records {
        [] => return Finding::wrong(WHAT, format!("There is no record at {name}. {}", put())),
        [one] => one,
        many => {
            let sentence =
                format!("There are {} records at {name}, and receivers may read any of them. Keep one: {}", many.len(), key.record());
            return Finding::wrong(WHAT, sentence);
        }
    };
    let tags = tags(text);
    if tags.first().is_some_and(|(name, value)| name == "v" && *value != "DKIM1") || tag(&tags, "p").is_none() {
        return Finding::wrong(WHAT, format!("What stands at {name} is no DKIM record. {}", put()));
    }
    let published: String = tag(&tags, "p").unwrap_or_default().split_whitespace().collect();
    let kind = tag(&tags, "k").unwrap_or("rsa");
    let lists = |tag: Option<&str>, wanted: &[&str]| tag.is_none_or(|list| list.split(':').any(|one| wanted.contains(&one.trim())));
    if published.is_empty() {
        Finding::wrong(WHAT, format!("The key at {name} is taken back (its p= is empty): no signature with it counts. {}", put()))
    } else if kind != key.kind.as_str() || published != key.base64 {
        Finding::wrong(WHAT, format!("The key at {name} is not the one in dkim_key_file, so that every signature fails. {}", put()))
    } else if !lists(tag(&tags, "h"), &["sha256"]) {
        Finding::wrong(WHAT, format!("The record at {name} does not allow sha256 (h=), which every signature uses. {}", put()))
    } else if !lists(tag(&tags, "s"), &["*", "email"]) {
        Finding::wrong(WHAT, format!("The record at {name} is not for e-mail (s=). {}", put()))
    } else if tag(&tags, "t").is_some_and(|flags| flags.split(':').any(|flag| flag.trim() == "y")) {
        Finding::warning(
            WHAT,
            format!("The record at {name} says that it is a test (t=y): receivers may act as if nothing were signed. {}", put()),
        )
    } else {
        Finding::ok(WHAT, format!("{name} publishes the key in dkim_key_file ({})", key.kind.as_str()))
    }
}

/// The finding where mails leave unsigned.
#[must_use]
pub fn unsigned() -> Finding {
    Finding::warning(
        WHAT,
        "Allclear signs nothing, since dkim_key_file, dkim_selector and dkim_domain are not set. Set them, or let the relay sign, \
         List-Unsubscribe and List-Unsubscribe-Post included",
    )
}
