//! Which passwords are taken.

/// Fewer characters are guessed too easily; nothing else is asked of a password (NIST SP 800-63B).
pub const SHORTEST: usize = 12;
/// More characters only cost time.
pub const LONGEST: usize = 1_000;

/// A password that is taken, never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

/// Why a password is not taken; each is a sentence for the person who typed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPassword {
    /// Fewer than [`SHORTEST`] characters.
    #[error("Choose a password of at least 12 characters. A few unrelated words make a good one.")]
    Short,
    /// More than [`LONGEST`] characters.
    #[error("Choose a password of at most 1,000 characters.")]
    Long,
    /// Typed twice, but not alike.
    #[error("The two passwords are not the same. Type the same password twice.")]
    Different,
}

impl Password {
    /// Takes a password as it was typed, spaces included.
    ///
    /// # Errors
    /// [`BadPassword`].
    pub fn new(text: &str) -> Result<Self, BadPassword> {
        match text.chars().count() {
            ..SHORTEST => Err(BadPassword::Short),
            SHORTEST..=LONGEST => Ok(Self(text.to_owned())),
            _ => Err(BadPassword::Long),
        }
    }

    /// Takes a password that was typed twice.
    ///
    /// # Errors
    /// [`BadPassword`].
    pub fn typed_twice(text: &str, again: &str) -> Result<Self, BadPassword> {
        let password = Self::new(text)?;
        if text == again { Ok(password) } else { Err(BadPassword::Different) }
    }

    /// The password itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
