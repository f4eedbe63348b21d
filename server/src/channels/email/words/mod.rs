//! What the mails of each kind say. Every kind has a folder of texts; text and HTML are put together at once, part by part, so that they
//! tell the same.

/// A text below `templates/email`, compiled in.
macro_rules! template {
    ($name:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/email/", $name))
    };
}

mod confirm;
mod draft;
mod incident;
mod item;
mod maintenance;
mod postmortem;
mod sheet;
mod task;

use app::markdown;

use super::template::fill;
use super::{Letter, Links};
use crate::domain::notice::Notice;

/// A mail's words.
pub struct Words {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// What a letter says.
pub fn of(letter: &Letter, links: &Links) -> Words {
    match &letter.notice {
        Notice::Incident(notice) => incident::words(letter, notice, links),
        Notice::Confirm => confirm::words(letter, links),
        Notice::Known(notice) => confirm::more(letter, notice, links),
        Notice::Draft(notice) => draft::words(letter, notice, links),
        Notice::Maintenance(notice) => maintenance::words(letter, notice, links),
        Notice::Postmortem(notice) => postmortem::words(letter, notice, links),
        Notice::ItemDone(notice) => item::done(letter, notice, links),
        Notice::Vote(notice) => item::vote(letter, notice, links),
        Notice::Task(notice) => task::words(letter, notice, links),
    }
}

/// The one text of a notice that may be longer than a mail can be.
pub const fn message_of(notice: &mut Notice) -> Option<&mut String> {
    match notice {
        Notice::Incident(notice) => Some(&mut notice.body),
        Notice::Maintenance(notice) => Some(&mut notice.body),
        Notice::Postmortem(notice) => Some(&mut notice.summary),
        Notice::ItemDone(notice) | Notice::Vote(notice) => notice.explanation.as_mut(),
        Notice::Task(notice) => Some(&mut notice.sentence),
        Notice::Confirm | Notice::Known(_) | Notice::Draft(_) => None,
    }
}

/// The beginning of a message, cut where a paragraph or at least a word ends.
pub fn shortened(body: &str, limit: usize) -> String {
    let start: String = body.chars().take(limit).collect();
    let end = start.rfind("\n\n").or_else(|| start.rfind(char::is_whitespace)).unwrap_or(start.len());
    format!("{}\n\n*The message is longer than a mail can be. All of it is on the page.*", start.get(..end).unwrap_or(&start))
}

/// The two lines of a template that says what happened: a first line that alone tells what is new, and a sentence.
fn told(template: &str, values: &[(&str, &str)]) -> (String, String) {
    let (first, sentence) = template.split_once('\n').unwrap_or((template, ""));
    (fill(first, values), fill(sentence, values))
}

/// The line that programs show beside the subject: what is new, and how the message begins.
fn preheader(first: &str, body: &str) -> String {
    let excerpt = markdown::to_excerpt(body, 120);
    if excerpt.is_empty() { first.to_owned() } else { format!("{first}: {excerpt}") }
}
