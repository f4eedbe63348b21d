//! Reports about mails: what a mail server says became of one (RFC 3464), and that a reader complained of one (RFC 5965).
//!
//! Whoever writes to us chooses every byte. So only the fields that these formats define are read, where they belong; what is said
//! in prose is not believed, and neither is a report inside of another mail. One pass over the bytes, whatever they are.

use std::borrow::Cow;
use std::fmt;

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::parsers::MessageStream;
use mail_parser::{ContentType, HeaderValue};

/// Parts of a report that are looked at: it has three.
const MOST_PARTS: usize = 8;
/// Recipients of one report: our mails have one each.
const MOST_RECIPIENTS: usize = 50;
/// Addresses that a report was sent to.
const MOST_ADDRESSES: usize = 16;
/// Fields kept of one block, all of them wanted ones.
const MOST_FIELDS: usize = 32;
/// Bytes of a field's name, and of the colon behind it.
const LONGEST_NAME: usize = 64;
/// Bytes kept of a field; what is looked for is far shorter.
const LONGEST_VALUE: usize = 2_000;
/// Longest address that mail servers take (RFC 5321 4.5.3.1.3).
const LONGEST_ADDRESS: usize = 254;

/// Where a mail server names the address that a mail reached it under; the first two are written by it, not by the sender.
const ADDRESSED: [&str; 5] = ["delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "to"];

/// A report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The addresses it was sent to, and where a complaint names it, the one its mail came from.
    pub addressed: Vec<String>,
    /// What it says.
    pub said: Said,
}

/// What a report says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// What became of a mail for each recipient.
    Delivery(Vec<Fate>),
    /// A reader did not want it.
    Complaint(Complaint),
    /// A reader said something else of it.
    Other,
}

/// That a reader did not want a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// What they said it is, in one word of RFC 5965.
    pub word: &'static str,
    /// Where the mail had gone.
    pub recipients: Vec<String>,
}

/// What became of a mail for one recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fate {
    /// Their address.
    pub recipient: String,
    /// What the server did.
    pub action: Action,
    /// Why.
    pub status: Status,
    /// What the server said that it spoke to, as `smtp; 550 …`; empty where nothing is told.
    pub diagnostic: String,
}

/// What a server did with a mail (RFC 3464, 2.3.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// It gave up.
    Failed,
    /// It tries again.
    Delayed,
    /// It handed the mail over, or on.
    Done,
}

/// A status code: class, subject and detail (RFC 3463).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Status(pub u16, pub u16, pub u16);

impl Status {
    /// Reads a code such as `5.1.1`; what follows after a space is a remark.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split([' ', '\t', '(']).next()?.split('.').map(|part| {
            let fits = (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
            part.parse().ok().filter(|_| fits)
        });
        match (parts.next()?, parts.next()?, parts.next()?, parts.next()) {
            (Some(class @ (2 | 4 | 5)), Some(subject), Some(detail), None) => Some(Self(class, subject, detail)),
            _ => None,
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.0, self.1, self.2)
    }
}

/// Why a mail is no report that can be read; each is a sentence for whoever handed it in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It is some other mail.
    #[error("This mail is no report: only multipart/report with delivery-status (RFC 3464) or feedback-report (RFC 5965) is read.")]
    NotAReport,
    /// It says that it is a report, and is none.
    #[error("This report is broken: the part that programs read is missing, or its fields cannot be understood.")]
    Broken,
}

/// Reads a report.
///
/// # Errors
/// [`Unreadable`]
pub fn read(mail: &[u8]) -> Result<Report, Unreadable> {
    let (head, body) = fields(mail, &|name| name == "content-type" || ADDRESSED.contains(&name));
    let content_type = content_type(&head).filter(|of| of.ctype() == "multipart" && of.subtype() == Some("report"));
    let content_type = content_type.ok_or(Unreadable::NotAReport)?;
    let kind = content_type.attribute("report-type").map(str::to_ascii_lowercase);
    let boundary = content_type.attribute("boundary").filter(|boundary| !boundary.is_empty());
    let part = |of: &[&str]| boundary.and_then(|boundary| message_part(body, boundary, of)).ok_or(Unreadable::Broken);
    let addressed: Vec<String> = head.iter().filter(|field| field.name != "content-type").flat_map(Field::addresses).collect();
    let report = match kind.as_deref() {
        // The second is the same with addresses that are not ASCII (RFC 6533).
        Some("delivery-status") => {
            Report { addressed, said: Said::Delivery(fates(&part(&["delivery-status", "global-delivery-status"])?)?) }
        }
        Some("feedback-report") => feedback(addressed, &part(&["feedback-report"])?)?,
        _ => return Err(Unreadable::NotAReport),
    };
    Ok(Report { addressed: report.addressed.into_iter().take(MOST_ADDRESSES).collect(), ..report })
}

/// The first part of one of these types below `message/`, decoded.
fn message_part<'a>(body: &'a [u8], boundary: &str, of: &[&str]) -> Option<Cow<'a, [u8]>> {
    parts(body, boundary).into_iter().find_map(|part| {
        let (head, content) = fields(part, &|name| name == "content-type" || name == "content-transfer-encoding");
        content_type(&head).filter(|own| own.ctype() == "message" && own.subtype().is_some_and(|own| of.contains(&own)))?;
        match single(&head, "content-transfer-encoding").map(str::to_ascii_lowercase).as_deref() {
            Some("base64") => base64_decode(content).map(Cow::Owned),
            Some("quoted-printable") => quoted_printable_decode(content).map(Cow::Owned),
            _ => Some(Cow::Borrowed(content)),
        }
    })
}

/// What became of each recipient: blocks of fields, the first of which speaks of the mail as a whole. A block that says something twice
/// says nothing.
fn fates(content: &[u8]) -> Result<Vec<Fate>, Unreadable> {
    const WANTED: [&str; 5] = ["final-recipient", "original-recipient", "action", "status", "diagnostic-code"];
    let mut rest = content;
    let mut fates = Vec::new();
    let mut broken = false;
    while !rest.is_empty() && fates.len() < MOST_RECIPIENTS {
        let (block, after) = fields(rest, &|name| WANTED.contains(&name));
        rest = after;
        if block.is_empty() {
            continue;
        }
        let fate = fate(&block);
        broken |= fate.is_none();
        fates.extend(fate);
    }
    if fates.is_empty() || broken { Err(Unreadable::Broken) } else { Ok(fates) }
}

fn fate(block: &[Field]) -> Option<Fate> {
    // The original recipient counts only where the final one is no address of mail: an alias with several recipients is not at fault
    // where one of them is.
    let recipient = mail_address(single(block, "final-recipient")?).or_else(|| mail_address(single(block, "original-recipient")?))?;
    let action = match single(block, "action")?.split([' ', '\t', '(']).next()?.to_ascii_lowercase().as_str() {
        "failed" => Action::Failed,
        "delayed" => Action::Delayed,
        "delivered" | "relayed" | "expanded" => Action::Done,
        _ => return None,
    };
    let status = Status::parse(single(block, "status")?)?;
    let diagnostic = single(block, "diagnostic-code").unwrap_or_default().to_owned();
    Some(Fate { recipient, action, status, diagnostic })
}

/// What a reader said. That something was no spam after all, or that it carries a virus, is no wish to hear no more.
fn feedback(addressed: Vec<String>, content: &[u8]) -> Result<Report, Unreadable> {
    let wanted = |name: &str| ["feedback-type", "original-rcpt-to", "original-mail-from"].contains(&name);
    let (block, _) = fields(content, &wanted);
    let kind = single(&block, "feedback-type").ok_or(Unreadable::Broken)?.to_ascii_lowercase();
    let named = |name: &'static str| block.iter().filter(move |field| field.name == name).flat_map(Field::addresses);
    let word = ["abuse", "fraud", "opt-out"].into_iter().find(|word| *word == kind);
    let said = word.map_or(Said::Other, |word| {
        Said::Complaint(Complaint { word, recipients: named("original-rcpt-to").take(MOST_RECIPIENTS).collect() })
    });
    // Providers send complaints to an address that was agreed on with them: which mail it is stands in the report.
    let addressed = named("original-mail-from").chain(addressed).collect();
    Ok(Report { addressed, said })
}

/// The address in `rfc822; anna@example.com`; `None` for addresses of other worlds.
fn mail_address(value: &str) -> Option<String> {
    let (kind, address) = value.split_once(';')?;
    let is_mail = ["rfc822", "utf-8"].iter().any(|known| kind.trim().eq_ignore_ascii_case(known));
    is_mail.then(|| addresses(address).next().map(str::to_owned)).flatten()
}

/// Everything in a text that looks like an address.
fn addresses(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control() || "<>,;:\"()[]".contains(c));
    words.filter(|word| {
        word.len() <= LONGEST_ADDRESS
            && word.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty() && !domain.contains('@'))
    })
}

/// One field.
struct Field {
    /// In small letters.
    name: String,
    /// On one line.
    value: String,
}

impl Field {
    fn addresses(&self) -> impl Iterator<Item = String> {
        addresses(&self.value).map(str::to_owned)
    }
}

/// The value of a field that stands there once.
fn single<'a>(fields: &'a [Field], name: &str) -> Option<&'a str> {
    let mut found = fields.iter().filter(|field| field.name == name);
    found.next().filter(|_| found.next().is_none()).map(|field| field.value.trim())
}

/// The wanted fields up to the first empty line, and what follows it. A line without a colon belongs to nothing; so does the one that
/// mail servers put before a mail which they hand to a program (`From sender date`).
fn fields<'a>(bytes: &'a [u8], wanted: &dyn Fn(&str) -> bool) -> (Vec<Field>, &'a [u8]) {
    let mut found: Vec<(String, Vec<u8>)> = Vec::new();
    // Whether the line before belongs to a wanted field, so that one which goes on with space does too.
    let mut open = false;
    let mut rest = bytes;
    while !rest.is_empty() {
        let (line, after) = line(rest);
        rest = after;
        if line.is_empty() {
            break;
        }
        if line.first().is_some_and(|byte| matches!(byte, b' ' | b'\t')) {
            if let Some((_, value)) = found.last_mut().filter(|_| open) {
                keep(value, b" ");
                keep(value, line.trim_ascii());
            }
            continue;
        }
        open = false;
        let Some(colon) = line.iter().take(LONGEST_NAME).position(|byte| *byte == b':') else { continue };
        let (name, value) = line.split_at(colon);
        let name = String::from_utf8_lossy(name.trim_ascii_end()).to_ascii_lowercase();
        if found.len() < MOST_FIELDS && wanted(&name) {
            let mut kept = Vec::new();
            keep(&mut kept, value.get(1..).unwrap_or_default().trim_ascii());
            found.push((name, kept));
            open = true;
        }
    }
    let field = |(name, value): (String, Vec<u8>)| Field { name, value: String::from_utf8_lossy(&value).into_owned() };
    (found.into_iter().map(field).collect(), rest)
}

fn keep(value: &mut Vec<u8>, more: &[u8]) {
    let room = LONGEST_VALUE.saturating_sub(value.len());
    value.extend(more.iter().take(room));
}

/// The first line without its end, and what follows it.
fn line(bytes: &[u8]) -> (&[u8], &[u8]) {
    let (line, rest) = match bytes.iter().position(|byte| *byte == b'\n') {
        Some(end) => (bytes.get(..end).unwrap_or_default(), bytes.get(end + 1..).unwrap_or_default()),
        None => (bytes, &[][..]),
    };
    (line.strip_suffix(b"\r").unwrap_or(line), rest)
}

/// What stands between the lines of a boundary. A last part without an end is taken as it is: servers cut what is too long.
fn parts<'a>(body: &'a [u8], boundary: &str) -> Vec<&'a [u8]> {
    let mut parts = Vec::new();
    let mut begun: Option<&[u8]> = None;
    let mut rest = body;
    while !rest.is_empty() && parts.len() < MOST_PARTS {
        let (line, after) = line(rest);
        let mark = line.strip_prefix(b"--").and_then(|line| line.strip_prefix(boundary.as_bytes())).map(<[u8]>::trim_ascii_end);
        if let Some(mark @ (b"" | b"--")) = mark {
            if let Some(part) = begun {
                parts.push(part.get(..part.len().saturating_sub(rest.len())).unwrap_or_default());
            }
            begun = mark.is_empty().then_some(after);
            if begun.is_none() {
                return parts;
            }
        }
        rest = after;
    }
    parts.extend(begun.filter(|_| parts.len() < MOST_PARTS));
    parts
}

/// The type of what follows a head; `None` where it is not said exactly once.
fn content_type(head: &[Field]) -> Option<ContentType<'static>> {
    let line = format!("{}\n", single(head, "content-type")?);
    match MessageStream::new(line.as_bytes()).parse_content_type().into_owned() {
        HeaderValue::ContentType(own) => Some(own),
        _ => None,
    }
}
