//! Texts as XML: what would end them is escaped, and what the format forbids is left out.

use std::fmt::Write as _;

use app::markdown;

/// A text as it may stand in an element or between quotation marks.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for letter in markdown::visible(text).chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            other => out.push(other),
        }
    }
    out
}

/// Writes an element that is nothing but a text.
pub fn element(out: &mut String, name: &str, text: &str) {
    // Writing into a text does not fail.
    let _ = write!(out, "<{name}>{}</{name}>", escaped(text));
}
