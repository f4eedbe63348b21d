//! What an answer must be like to be good.

use app::words::MonitorSettings;
use serde_json::Value;
use serde_json_path::JsonPath;

use super::blocked;
use super::evidence::Reason;

/// An answer, as far as it was read.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// The status code.
    pub status: u16,
    /// The headers by name, in lower case.
    pub headers: &'a [(String, String)],
    /// The body, as far as it was read.
    pub body: &'a [u8],
    /// Whether nothing of the body is missing but what we did not want.
    pub whole: bool,
    /// Bytes of the body, those that were not kept included.
    pub length: usize,
    /// The address that answered, after redirects.
    pub address: &'a str,
}

/// What is wrong with an answer, the plainest first; `None` where nothing is (reliability N10, N11).
#[must_use]
pub fn wrong(settings: &MonitorSettings, answer: &Answer<'_>) -> Option<Reason> {
    let expected = match settings.expected_statuses.as_slice() {
        [] => (200..300).contains(&answer.status),
        expected => expected.contains(&answer.status),
    };
    let holds = |keyword: &Option<String>| keyword.as_ref().map(|keyword| contains(answer.body, keyword.as_bytes()));
    let too_large = settings.max_body_bytes.and_then(|most| usize::try_from(most).ok()).is_some_and(|most| answer.length > most);
    if blocked::is_block(answer, expected) {
        Some(Reason::Blocked)
    } else if !expected {
        Some(Reason::HttpStatus(answer.status))
    } else if too_large {
        Some(Reason::BodySize)
    } else if !answer.whole {
        Some(Reason::PartialResponse)
    } else if settings.redirect_target.as_ref().is_some_and(|target| target != answer.address) {
        Some(Reason::RedirectTarget)
    } else if !settings.expected_headers.iter().all(|(name, text)| has_header(answer.headers, name, text)) {
        Some(Reason::Header)
    } else if holds(&settings.keyword) == Some(false) || holds(&settings.keyword_absent) == Some(true) {
        Some(Reason::Keyword)
    } else if settings.json_path.as_ref().is_some_and(|path| !has_value(answer.body, path, settings.json_value.as_deref())) {
        Some(Reason::JsonValue)
    } else {
        None
    }
}

/// Whether bytes stand somewhere in others.
#[must_use]
pub fn contains(bytes: &[u8], text: &[u8]) -> bool {
    text.is_empty() || bytes.windows(text.len()).any(|window| window == text)
}

/// A text in which `\\n`, `\\r`, `\\t` and `\\\\` stand for what they name; what stands behind another backslash stands for itself, with it.
#[must_use]
pub fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        let named = if letter == '\\' { letters.next() } else { None };
        match named {
            None => out.push(letter),
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('t') => out.push('\t'),
            Some('\\') => out.push('\\'),
            Some(other) => out.extend(['\\', other]),
        }
    }
    out
}

fn has_header(headers: &[(String, String)], name: &str, text: &str) -> bool {
    headers.iter().any(|(known, value)| known.eq_ignore_ascii_case(name) && value.contains(text))
}

fn has_value(body: &[u8], path: &str, value: Option<&str>) -> bool {
    let (Ok(document), Ok(path)) = (serde_json::from_slice::<Value>(body), JsonPath::parse(path)) else { return false };
    let mut found = path.query(&document).all().into_iter();
    match value {
        None => found.next().is_some(),
        Some(value) => found.any(|found| is_value(found, value)),
    }
}

/// Whether a value is the one that was written down: a text without quotes, anything else as JSON.
fn is_value(found: &Value, written: &str) -> bool {
    match found {
        Value::String(text) => text == written,
        other => serde_json::from_str::<Value>(written).is_ok_and(|written| written == *other),
    }
}
