//! What people write: whether it can be shown. A refusal is a sentence for the writer.

use chrono::{DateTime, Datelike, TimeDelta, Utc};

/// Most characters of a title (contract 4).
pub const LONGEST_LINE: usize = 255;
/// Most characters of a message (contract 4).
pub const LONGEST_TEXT: usize = 25_000;
/// Most characters of a document: far more than anybody reads, and little enough to be rendered at once.
pub const LONGEST_DOCUMENT: usize = 100_000;
/// How far a writer's clock may be ahead of ours.
const GRACE: TimeDelta = TimeDelta::minutes(1);
/// Nothing told here happened before this year: status pages are younger, and clocks that lost their time say 1970 or 1980.
const FIRST_YEAR: i32 = 2000;

/// One line that must not be empty, trimmed. `what` begins the sentence of a refusal: "The title".
///
/// # Errors
/// A sentence.
pub fn line(what: &str, text: &str) -> Result<String, String> {
    let text = text.trim();
    if !text.chars().any(shows) {
        return Err(format!("{what} is empty. Write a few words."));
    }
    fits(what, text, LONGEST_LINE)?;
    harmless(what, text, |character| character.is_control())?;
    Ok(text.to_owned())
}

/// Text of any number of lines, perhaps none, trimmed and with line ends as `\n`.
///
/// # Errors
/// A sentence.
pub fn text(what: &str, text: &str) -> Result<String, String> {
    text_up_to(what, text, LONGEST_TEXT)
}

/// The same with at most so many characters.
///
/// # Errors
/// A sentence.
pub fn text_up_to(what: &str, text: &str, most: usize) -> Result<String, String> {
    let text = text.trim().replace("\r\n", "\n");
    fits(what, &text, most)?;
    harmless(what, &text, no_text)?;
    Ok(text)
}

/// The first character of a text that is refused in it.
#[must_use]
pub fn unseen(text: &str) -> Option<char> {
    text.replace("\r\n", "\n").chars().find(|character| is_unseen(*character, no_text))
}

fn no_text(character: char) -> bool {
    character.is_control() && !matches!(character, '\n' | '\t')
}

fn fits(what: &str, text: &str, most: usize) -> Result<(), String> {
    let length = text.chars().count();
    if length > most {
        return Err(format!("{what} has {length} characters. Shorten it to at most {most}."));
    }
    Ok(())
}

/// Whether a character leaves a mark by itself. Beside one that does, those that do not are welcome: some scripts need them.
#[must_use]
pub const fn shows(character: char) -> bool {
    !(character.is_whitespace()
        || matches!(character,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'))
}

/// Characters that cannot be seen, that XML cannot carry, or that make text read otherwise than it is written.
fn harmless(what: &str, text: &str, refused: impl Fn(char) -> bool) -> Result<(), String> {
    match text.chars().find(|character| is_unseen(*character, &refused)) {
        Some(found) => {
            Err(format!("{what} holds the character U+{:04X}, which is not shown as it is written. Take it out.", u32::from(found)))
        }
        None => Ok(()),
    }
}

fn is_unseen(character: char, refused: impl Fn(char) -> bool) -> bool {
    refused(character) || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}')
}

/// A time that something happened at.
///
/// # Errors
/// A sentence where it has not come yet, or lies too long ago to be meant.
pub fn past(what: &str, at: DateTime<Utc>, now: DateTime<Utc>) -> Result<DateTime<Utc>, String> {
    if at > now + GRACE {
        return Err(format!("{what} is in the future ({}). Give a time that has passed.", at.format("%Y-%m-%d %H:%M UTC")));
    }
    recent(what, at).map(|()| at)
}

/// Whether a day or an instant that has passed can be meant.
///
/// # Errors
/// A sentence where it lies too long ago.
pub fn recent(what: &str, at: impl Datelike) -> Result<(), String> {
    if at.year() < FIRST_YEAR {
        return Err(format!("{what} is before {FIRST_YEAR}-01-01 (in the year {}). Give the year it was in.", at.year()));
    }
    Ok(())
}

/// A time that is promised.
///
/// # Errors
/// A sentence where it has passed.
pub fn coming(what: &str, at: DateTime<Utc>, now: DateTime<Utc>) -> Result<DateTime<Utc>, String> {
    if at <= now {
        return Err(format!("{what} has passed already ({}). Give a time in the future.", at.format("%Y-%m-%d %H:%M UTC")));
    }
    Ok(at)
}

/// The start of something and its end.
///
/// # Errors
/// A sentence where it would be over before it began.
pub fn in_order(started_at: DateTime<Utc>, over_at: DateTime<Utc>) -> Result<(), String> {
    if over_at < started_at {
        let (start, end) = (started_at.format("%Y-%m-%d %H:%M:%S UTC"), over_at.format("%Y-%m-%d %H:%M:%S UTC"));
        return Err(format!("This would be over ({end}) before it started ({start}). Change one of the two times."));
    }
    Ok(())
}
