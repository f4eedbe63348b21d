//! What a draft says of a component when its check fails: words of staff instead of the stock sentence. The clock may publish them unread,
//! so that nothing in them may lead to a target (reliability N17).

use core::net::IpAddr;

use super::compose;

/// Title and message; empty ones are the stock sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    /// The title of the draft.
    pub title: String,
    /// Its first message, as Markdown.
    pub body: String,
}

impl Template {
    /// Whether it says nothing of its own.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.title.is_empty() && self.body.is_empty()
    }
}

/// A title that can stand in a draft, trimmed; perhaps none.
///
/// # Errors
/// A sentence.
pub fn title(text: &str) -> Result<String, String> {
    if text.trim().is_empty() {
        return Ok(String::new());
    }
    harmless("The title of a draft", compose::line("The title of a draft", text)?)
}

/// A message that can stand in a draft, trimmed; perhaps none.
///
/// # Errors
/// A sentence.
pub fn body(text: &str) -> Result<String, String> {
    harmless("The message of a draft", compose::text("The message of a draft", text)?)
}

fn harmless(what: &str, text: String) -> Result<String, String> {
    if text.contains("://") || text.split(|sign: char| !belongs(sign)).any(is_address) {
        return Err(format!("{what} can be published before anybody has read it, so that it cannot hold a web or IP address. Remove it."));
    }
    Ok(text)
}

/// What an IP address is made of.
const fn belongs(sign: char) -> bool {
    sign.is_ascii_hexdigit() || matches!(sign, '.' | ':')
}

fn is_address(word: &str) -> bool {
    let word = word.trim_end_matches('.');
    let plain = word.parse::<IpAddr>().is_ok();
    // An address of four parts may have a port behind it.
    plain && word.len() > 2 || word.split_once(':').is_some_and(|(host, _)| host.parse::<IpAddr>().is_ok())
}
