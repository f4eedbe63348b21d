//! What mails are signed with: a key, the name it has in DNS, and the domain it speaks for.

use super::{ConfigError, Values};
use crate::domain::mail_records::dkim;
use crate::signing_key::SigningKey;

/// The signature on every mail (RFC 6376).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dkim {
    /// The domain that signs, in small letters: that of the sender, or one above it.
    pub domain: String,
    /// The name of the key below that domain.
    pub selector: String,
    /// The key.
    pub key: SigningKey,
}

/// The settings that belong together.
const SECTION: [&str; 3] = ["dkim_key_file", "dkim_selector", "dkim_domain"];

/// The key in which the first of these was given.
pub(super) fn given(values: &Values) -> Option<&str> {
    SECTION.iter().find_map(|key| values.given(key)).map(|(key, _)| key.as_str())
}

/// The section, where mails come from an address of `sender`'s domain.
pub(super) fn section(values: &Values, sender: &str) -> Result<Option<Dkim>, ConfigError> {
    let [file, selector, domain] = match SECTION.map(|key| values.given(key)) {
        [Some(file), Some(selector), Some(domain)] => [file, selector, domain],
        some => {
            let missing = SECTION.iter().zip(some).find_map(|(key, given)| given.is_none().then_some(*key));
            return match (given(values), missing) {
                (Some(given), Some(missing)) => Err(ConfigError::HalfFilled { given: given.to_owned(), missing }),
                _ => Ok(None),
            };
        }
    };
    let bad = |(key, value): &(String, String), wanted| ConfigError::BadValue { key: key.clone(), value: value.clone(), wanted };
    let name = domain.1.to_ascii_lowercase();
    if !dkim::is_domain(&name) {
        return Err(bad(domain, "a domain such as example.com, in the letters, digits and dashes that DNS has"));
    }
    if !dkim::is_selector(&selector.1, &name) {
        let wanted = "a name that can stand in DNS, such as allclear or s2026: letters, digits and dashes, at most 63 between two dots";
        return Err(bad(selector, wanted));
    }
    if !dkim::is_aligned(&sender.to_ascii_lowercase(), &name) {
        let (key, value) = domain.clone();
        return Err(ConfigError::Unaligned { key, value, sender: sender.to_owned() });
    }
    let unusable = |cause: String| ConfigError::KeyFile { key: file.0.clone(), path: file.1.clone(), cause };
    let pem = read(&file.1).map_err(|error| unusable(format!("it cannot be read: {error}")))?;
    let key = SigningKey::from_pem(&pem).map_err(|bad| unusable(bad.to_string()))?;
    Ok(Some(Dkim { domain: name, selector: selector.1.clone(), key }))
}

/// No key is longer; whatever is, such as a device, is no key.
const LARGEST: u64 = 64 * 1024;

fn read(path: &str) -> std::io::Result<Vec<u8>> {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(LARGEST).read_to_end(&mut bytes)?;
    Ok(bytes)
}
