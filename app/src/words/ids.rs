//! Public identifiers: the field's 12 characters `[a-z0-9]` (contract 1.2). An import keeps the ids it finds.

use serde::{Deserialize, Serialize};

/// The id of a public object: exactly 12 characters `[a-z0-9]`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Id(String);

/// Length of every public id.
pub const ID_LENGTH: usize = 12;

const ALPHABET: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// A text that is not a public id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadId(String);

impl std::fmt::Display for BadId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let shown: String = self.0.chars().take(40).collect();
        write!(f, "{shown:?} is not an id: ids have 12 characters, a to z and 0 to 9")
    }
}

impl std::error::Error for BadId {}

impl Id {
    /// Reads an id.
    ///
    /// # Errors
    /// [`BadId`] unless the text has exactly 12 characters `[a-z0-9]`.
    pub fn parse(text: &str) -> Result<Self, BadId> {
        let fits = text.len() == ID_LENGTH && text.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_lowercase());
        if fits { Ok(Self(text.to_owned())) } else { Err(BadId(text.to_owned())) }
    }

    /// Makes an id from 16 bytes: random ones for a new object, a digest for one that must be derivable.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        let mut number = u128::from_be_bytes(bytes);
        let text = (0..ID_LENGTH)
            .map(|_| {
                let digit = usize::try_from(number % 36).unwrap_or(0);
                number /= 36;
                ALPHABET.get(digit).copied().map_or('0', char::from)
            })
            .collect();
        Self(text)
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Id {
    type Error = BadId;
    fn try_from(text: String) -> Result<Self, BadId> {
        Self::parse(&text)
    }
}

impl From<Id> for String {
    fn from(id: Id) -> Self {
        id.0
    }
}

impl std::borrow::Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}
