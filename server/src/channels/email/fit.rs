//! What may stand in a header. It is decided here, before the mail library sees it: a line break in a name makes it panic, and a NUL in
//! an address makes it lose the recipient (reliability E22).

use crate::domain::address::{self, BadAddress};

/// Longest value of a header that people write.
const LONGEST: usize = 200;

/// Why a mail cannot be made. The sentence names no address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// A header would hold characters that no reader sees.
    #[error("the {0} has control characters or marks that turn the direction of writing")]
    Characters(&'static str),
    /// A header would be too long.
    #[error("the {0} has more than {LONGEST} characters")]
    Long(&'static str),
    /// The recipient is no address.
    #[error("the recipient's address cannot be mailed to: {0}")]
    Recipient(BadAddress),
    /// The sender is no address.
    #[error("the sender, mail_from, is no address")]
    Sender,
    /// The mail library refused.
    #[error("the mail cannot be put together: {0}")]
    Library(String),
    /// The key does not sign.
    #[error("the mail cannot be signed with the key in dkim_key_file")]
    Unsigned,
    /// The mail library fell over.
    #[error("the mail cannot be put together: the mail library fell over it")]
    Panic,
}

/// The text of a header, if it is fit for one.
pub fn header(what: &'static str, text: String) -> Result<String, Unfit> {
    if text.chars().count() > LONGEST {
        return Err(Unfit::Long(what));
    }
    // What is visible is decided in one place; a header has no line breaks and tabs either.
    if text.contains(['\n', '\t', '\u{2028}', '\u{2029}']) || app::markdown::visible(&text) != text {
        return Err(Unfit::Characters(what));
    }
    Ok(text)
}

/// A recipient, if mails can go there.
pub fn recipient(text: &str) -> Result<lettre::Address, Unfit> {
    let address = address::parse(text).map_err(Unfit::Recipient)?;
    address.parse().map_err(|_| Unfit::Recipient(BadAddress::Shape))
}

/// The text cut to what a header may hold.
pub fn cut(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST - 1).chain(std::iter::once('…')).collect()
}
