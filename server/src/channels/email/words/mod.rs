//! What the mails of each kind say. Sentences stand with those of the pages, in every language; shapes and what only staff read stand in
//! templates. Text and HTML are put together at once, part by part, so that they tell the same.

/// A text below `templates/email`, compiled in.
macro_rules! template {
    ($name:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/email/", $name))
    };
}

mod announcement;
mod confirm;
mod draft;
mod foot;
mod incident;
mod item;
mod leave;
mod maintenance;
mod postmortem;
mod sheet;
mod task;
mod voice;

use app::markdown;

use super::Letter;
use super::links::Links;
use crate::domain::notice::Notice;
use foot::Foot;
use voice::Voice;

/// A mail's words.
pub struct Words {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// What a mail says to everybody who reads it in one language and zone: all but the links of one recipient at its foot.
#[derive(Debug)]
pub struct Content {
    /// Characters that what people wrote was cut to.
    pub limit: usize,
    subject: String,
    text: String,
    html: String,
    foot: Foot,
}

impl Content {
    /// The whole mail for one recipient.
    pub fn to_one(&self, links: &Links<'_>) -> Words {
        let (text, html) = self.foot.filled(links);
        let end = sheet::frame().1;
        Words { subject: self.subject.clone(), text: format!("{}\n\n--\n{text}", self.text), html: format!("{}{html}{end}", self.html) }
    }
}

/// Whether all recipients in one language and zone are told the same: what goes to many holds nobody's links but at its foot.
pub const fn is_shared(notice: &Notice) -> bool {
    match notice {
        Notice::Incident(_) | Notice::Maintenance(_) | Notice::Postmortem(_) | Notice::Announcement(_) | Notice::ItemDone(_) => true,
        Notice::Confirm | Notice::Known(_) | Notice::Link | Notice::Leave(_) | Notice::Draft(_) | Notice::Vote(_) | Notice::Task(_) => {
            false
        }
    }
}

/// What a letter says, with what people wrote cut to so many characters. News to many are not given the links of one recipient.
pub fn of(letter: &Letter, links: &Links<'_>, limit: usize) -> Content {
    let voice = &Voice::of(letter, links.url, limit);
    match &*letter.notice {
        Notice::Incident(notice) => incident::words(voice, notice),
        Notice::Maintenance(notice) => maintenance::words(voice, notice),
        Notice::Postmortem(notice) => postmortem::words(voice, notice),
        Notice::Announcement(notice) => announcement::words(voice, notice),
        Notice::ItemDone(notice) => item::done(voice, notice),
        Notice::Confirm => confirm::words(voice, links),
        Notice::Known(notice) => confirm::more(voice, notice, links),
        Notice::Link => confirm::way(voice, links),
        Notice::Leave(notice) => leave::words(voice, notice, links),
        Notice::Vote(notice) => item::vote(voice, notice, links),
        Notice::Draft(notice) => draft::words(voice, notice),
        Notice::Task(notice) => task::words(voice, notice),
    }
}

/// The line that programs show beside the subject: what is new, and how the message begins.
fn preheader(first: &str, body: &str) -> String {
    let excerpt = markdown::to_excerpt(body, 120);
    if excerpt.is_empty() { first.to_owned() } else { format!("{first}: {excerpt}") }
}
