//! Whether a domain takes mails at all, as far as DNS says so (reliability E21).

use super::mail_records::Answer;

/// Whether a domain says that it takes none: there is no such name, or its only exchange is nobody (RFC 7505). Where DNS fails, or says
/// nothing on mail, a mail may still arrive, and nobody is turned away for it.
#[must_use]
pub fn takes_none(exchanges: &Answer<String>) -> bool {
    match exchanges {
        Answer::NoName => true,
        Answer::Records(names) => matches!(names.as_slice(), [only] if only.is_empty()),
        Answer::Nothing | Answer::Failed => false,
    }
}

/// Whether the addresses have to be asked for as well: a domain without exchanges is its own (RFC 5321, 5.1).
#[must_use]
pub fn is_its_own(exchanges: &Answer<String>) -> bool {
    *exchanges == Answer::Nothing
}
