//! The text format of calendars (RFC 5545): components of lines, no line longer than 75 octets, and texts escaped.

use app::markdown;
use chrono::{DateTime, Utc};

/// Octets of a line without its end (RFC 5545, 3.1).
const LONGEST: usize = 75;

/// A calendar in the making.
#[derive(Clone, Debug, Default)]
pub struct Lines(String);

impl Lines {
    /// A property whose value is fit as it is.
    pub fn plain(&mut self, name: &str, value: &str) {
        self.0.push_str(&folded(&format!("{name}:{value}")));
        self.0.push_str("\r\n");
    }

    /// A property whose value people wrote.
    pub fn text(&mut self, name: &str, value: &str) {
        self.plain(name, &escaped(value));
    }

    /// A property that is an instant.
    pub fn instant(&mut self, name: &str, at: DateTime<Utc>) {
        self.plain(name, &at.format("%Y%m%dT%H%M%SZ").to_string());
    }

    /// A component: what is within, between its beginning and its end.
    pub fn component(&mut self, name: &str, within: impl FnOnce(&mut Self)) {
        self.plain("BEGIN", name);
        within(self);
        self.plain("END", name);
    }

    /// Lines that were made before.
    pub fn append(&mut self, made: &Self) {
        self.0.push_str(&made.0);
    }

    /// As bytes.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }
}

/// A text as a value: what would end it or the line is escaped (RFC 5545, 3.3.11), and what no reader sees is left out.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in markdown::visible(text).chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            other => out.push(other),
        }
    }
    out
}

/// A line in pieces of at most 75 octets, the following ones begun by a space that counts (RFC 5545, 3.1). A letter is never torn.
#[must_use]
pub fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + line.len() / LONGEST * 3);
    let mut octets = 0;
    for letter in line.chars() {
        if octets + letter.len_utf8() > LONGEST {
            out.push_str("\r\n ");
            octets = 1;
        }
        out.push(letter);
        octets += letter.len_utf8();
    }
    out
}
