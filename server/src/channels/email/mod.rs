//! Mails: what is told, to one recipient, as bytes for the relay (reliability E10 to E12, E22 to E24).
//!
//! Everything that names a mail is derived from what it tells and to whom, so that a second try carries the same Message-ID, and a later
//! mail of a thread can name an earlier one that was perhaps never sent.

mod fit;
mod links;
mod prepared;
pub mod signature;
pub mod template;
mod trial;
mod words;

use std::sync::Arc;

use app::language::Language;
use app::parts::locale::Locale;
use app::words::{Id, NotificationKind};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MessageBuilder, MultiPart};

pub use fit::Unfit;
pub use prepared::Prepared;
pub use trial::trial;

use super::smtp::Mail;
use crate::config::Dkim;
use crate::domain::bounce;
use crate::domain::notice::Notice;
use crate::domain::other_words::OtherWords;
use crate::secret::{Purpose, Secret};
use links::Links;
use words::{Content, Words};

/// Bytes of a mail: the largest provider hides what goes beyond 102,400 (reliability E24). A signature fits between the two.
const LARGEST: usize = 100_000;
/// Characters that a message is cut to where it makes a mail too large, one after the other; the last always fits.
const CUTS: [usize; 3] = [12_000, 6_000, 3_000];

/// What is told, and to whom.
#[derive(Clone, Debug)]
pub struct Letter {
    /// The page it speaks for.
    pub page: Id,
    /// What readers call it.
    pub page_name: String,
    /// The language that its texts are written in.
    pub own: &'static Language,
    /// The notification.
    pub notification: Id,
    /// What it tells.
    pub kind: NotificationKind,
    /// What it says.
    pub notice: Arc<Notice>,
    /// What people wrote of it in other languages.
    pub other_words: Arc<OtherWords>,
    /// What is the same for other recipients.
    pub prepared: Prepared,
    /// Whether the message before this one was the first of its thread.
    pub follows_root: bool,
    /// The recipient.
    pub recipient: Id,
    /// Where they get mail.
    pub address: String,
    /// The epoch of their links.
    pub token_epoch: i64,
    /// The language they read.
    pub language: &'static Language,
    /// The zone of their clock.
    pub time_zone: Tz,
    /// Now.
    pub now: DateTime<Utc>,
}

impl Letter {
    /// How it is written.
    fn locale(&self) -> Locale {
        Locale::of_reader(self.language, self.own, self.time_zone, self.now)
    }
}

/// Writes mails for one page of the operator's.
#[derive(Clone, Debug)]
pub struct Writer {
    /// The sender, as `Name <address>` or an address.
    pub from: String,
    /// What mails are signed with.
    pub dkim: Option<Dkim>,
    /// The address that mails come back to, each with its own tag; `None`: the sender's.
    pub bounces: Option<String>,
    /// Where readers reach the page, without a slash at the end.
    pub public_url: String,
    /// The key of links and message ids.
    pub secret: Secret,
}

/// A mail and the name it goes by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// For the relay.
    pub mail: Mail,
    /// Its Message-ID.
    pub message_id: String,
}

impl Writer {
    /// Writes one mail. A message that would make it larger than 100 kB is cut, and says where the whole of it is.
    ///
    /// # Errors
    /// [`Unfit`] where it cannot be made.
    pub fn write(&self, letter: &Letter) -> Result<Written, Unfit> {
        let links = Links::of(&self.public_url, &self.secret, letter);
        let key = (letter.language.code(), letter.time_zone);
        let prepared = letter.prepared.get(key);
        let known = prepared.is_some();
        let mut content = prepared.unwrap_or_else(|| Arc::new(words::of(letter, &links, usize::MAX)));
        let mut written = self.write_whole(letter, &content, &links)?;
        let whole = content.limit;
        for limit in CUTS {
            if written.mail.bytes.len() <= LARGEST {
                break;
            }
            if limit < content.limit {
                content = Arc::new(words::of(letter, &links, limit));
                written = self.write_whole(letter, &content, &links)?;
            }
        }
        if words::is_shared(&letter.notice) && (!known || content.limit < whole) {
            letter.prepared.keep(key, &content);
        }
        written.mail.bytes = signed(written.mail.bytes, self.dkim.as_ref(), letter.now)?;
        Ok(written)
    }

    fn write_whole(&self, letter: &Letter, content: &Content, links: &Links<'_>) -> Result<Written, Unfit> {
        let from: Mailbox = fit::header("sender", self.from.clone())?.parse().map_err(|_| Unfit::Sender)?;
        let to = fit::recipient(&letter.address)?;
        let domain = from.email.domain();
        let thread = Thread::of(self, letter, domain);
        let Words { subject, text, html } = content.to_one(links);
        let mut builder = lettre::Message::builder()
            .from(from.clone())
            .to(Mailbox::new(None, to.clone()))
            .subject(fit::header("subject", fit::cut(&subject))?)
            .date(letter.now.into())
            .message_id(Some(thread.own.clone()));
        builder = headed(builder, "Auto-Submitted", "auto-generated".to_owned());
        if let Some(root) = thread.root {
            builder = builder.in_reply_to(root).references(thread.references.join(" "));
        }
        if let Some(about) = list_of(&letter.notice) {
            builder = list_headers(builder, letter, about, links, domain)?;
        }
        let body = MultiPart::alternative_plain_html(text, html);
        let message = builder.multipart(body).map_err(|error| Unfit::Library(error.to_string()))?;
        let mail = Mail { from: self.return_path(letter, &from), to: to.to_string(), bytes: message.formatted() };
        Ok(Written { mail, message_id: thread.own })
    }

    /// Where a report of this mail goes: to an address that tells by itself which mail it was, and that nobody can invent (reliability E9).
    fn return_path(&self, letter: &Letter, from: &Mailbox) -> String {
        let tag = || self.secret.return_tag(&letter.page, &letter.notification, &letter.recipient);
        self.bounces.as_ref().map_or_else(|| from.email.to_string(), |base| bounce::return_address(base, &tag()))
    }
}

/// How a mail is called, and what it follows.
struct Thread {
    own: String,
    /// The first mail of the thread, if this is not it.
    root: Option<String>,
    references: Vec<String>,
}

impl Thread {
    fn of(writer: &Writer, letter: &Letter, domain: &str) -> Self {
        let id = |kind: &str, of: &Id| {
            let bytes = writer.secret.derive(Purpose::MessageId, &[kind, of.as_str(), letter.recipient.as_str()]);
            let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            format!("<{hex}@{domain}>")
        };
        match letter.notice.thread() {
            Some((kind, subject, None)) => Self { own: id(kind, subject), root: None, references: Vec::new() },
            Some((kind, subject, Some(previous))) => {
                let root = id(kind, subject);
                let before = (!letter.follows_root).then(|| id("notification", previous));
                let references = std::iter::once(root.clone()).chain(before).collect();
                Self { own: id("notification", &letter.notification), root: Some(root), references }
            }
            None => Self { own: id("notification", &letter.notification), root: None, references: Vec::new() },
        }
    }
}

/// What news to many is about; `None` for what one person is asked or told.
fn list_of(notice: &Notice) -> Option<&'static str> {
    match notice {
        Notice::ItemDone(_) => Some("follow-up"),
        other => other.thread().map(|(about, ..)| about),
    }
}

/// What lists carry, so that a reader's program can offer to leave (RFC 2369, RFC 2919, RFC 8058).
fn list_headers(builder: MessageBuilder, letter: &Letter, about: &str, links: &Links<'_>, domain: &str) -> Result<MessageBuilder, Unfit> {
    let name = fit::header("page's name", fit::cut(&letter.page_name))?.replace(['<', '>', '"'], "");
    let leave = links.one_click();
    let mut builder = headed(builder, "List-Unsubscribe", format!("<{leave}>"));
    // One click is for HTTPS only (RFC 8058, 3.1).
    if leave.starts_with("https://") {
        builder = headed(builder, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned());
    }
    builder = headed(builder, "List-Id", format!("{name} <{}.status.{domain}>", letter.page));
    builder = headed(builder, "Precedence", "bulk".to_owned());
    Ok(headed(builder, "Feedback-ID", format!("{}:{about}:allclear:{domain}", letter.page)))
}

fn headed(builder: MessageBuilder, name: &'static str, value: String) -> MessageBuilder {
    builder.raw_header(HeaderValue::new(HeaderName::new_from_ascii_str(name), value))
}

/// The mail as it leaves: with a signature, where there is a key.
fn signed(bytes: Vec<u8>, dkim: Option<&Dkim>, now: DateTime<Utc>) -> Result<Vec<u8>, Unfit> {
    match dkim {
        Some(dkim) => signature::signed(&bytes, dkim, now).map_err(|_| Unfit::Unsigned),
        None => Ok(bytes),
    }
}

/// Makes a mail so that whatever falls over it falls alone (reliability E22). To sign one takes long enough (RSA: a millisecond) to keep
/// others from their turn: that is done on a thread for what takes long; to hand over anything else to one would be most of its work.
///
/// # Errors
/// [`Unfit`] where it cannot be made, [`Unfit::Panic`] where making it panicked.
pub async fn apart<T: Send + 'static>(signs: bool, make: impl FnOnce() -> Result<T, Unfit> + Send + 'static) -> Result<T, Unfit> {
    if signs {
        return tokio::task::spawn_blocking(make).await.unwrap_or(Err(Unfit::Panic));
    }
    // What others share with it is whole at every instant.
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(make)).unwrap_or(Err(Unfit::Panic))
}
