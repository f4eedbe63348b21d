//! The signature of a mail (RFC 6376): which headers it covers, how they are read so that relays may fold them anew, and the header that
//! carries it. The mail library signs each header once only, so that a second one could be added behind it; this signs them as absent, too.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};

use crate::config::Dkim;
use crate::signing_key::Unsigned;

/// What a signature covers where a mail has it (reliability E12).
const SIGNED: &[&str] = &[
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Reply-To",
    "MIME-Version",
    "Content-Type",
    "In-Reply-To",
    "References",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "List-Id",
    "Auto-Submitted",
    "Precedence",
    "Feedback-ID",
];
/// What nobody may add: it is signed once more than it is there (RFC 6376, 8.15).
const ONLY_ONCE: &[&str] = &["From", "To", "Subject", "Date", "Message-ID"];
/// Characters of a line of the header.
const LINE: usize = 72;

/// The mail with its signature before it. Lines end with CR LF.
///
/// # Errors
/// [`Unsigned`] where the key does not sign.
pub fn signed(mail: &[u8], dkim: &Dkim, now: DateTime<Utc>) -> Result<Vec<u8>, Unsigned> {
    let (head, body) = halves(mail);
    let fields = fields(head);
    let mut names = Vec::new();
    let mut text = Vec::new();
    for name in SIGNED {
        let same = |field: &&&[u8]| name_of(field).eq_ignore_ascii_case(name.as_bytes());
        // Of several the last is read first.
        let found: Vec<_> = fields.iter().rev().filter(same).collect();
        for field in &found {
            names.push(*name);
            text.extend(relaxed_field(field));
        }
        if ONLY_ONCE.contains(name) {
            names.push(*name);
        }
    }
    let unsigned = header(dkim, now, &names, &STANDARD.encode(Sha256::digest(relaxed_body(body))));
    let own = relaxed_field(unsigned.as_bytes());
    // The header itself is read without its signature and without the end of its line.
    text.extend(own.strip_suffix(b"\r\n").unwrap_or(&own));
    let signature = dkim.key.sign(&text)?;
    let mut out = unsigned.trim_end().to_owned();
    for part in signature.as_bytes().chunks(LINE) {
        out.push_str("\r\n\t");
        out.push_str(&String::from_utf8_lossy(part));
    }
    out.push_str("\r\n");
    Ok([out.as_bytes(), mail].concat())
}

/// The header up to `b=`, its signature to be added.
fn header(dkim: &Dkim, now: DateTime<Utc>, names: &[&str], body_hash: &str) -> String {
    let algorithm = dkim.key.kind().algorithm();
    let (domain, selector, at) = (&dkim.domain, &dkim.selector, now.timestamp());
    let mut listed = String::new();
    let mut line = 0;
    for (number, name) in names.iter().enumerate() {
        if number > 0 {
            listed.push(':');
            line += 1;
        }
        if line + name.len() > LINE {
            listed.push_str("\r\n\t ");
            line = 0;
        }
        listed.push_str(name);
        line += name.len();
    }
    format!(
        "DKIM-Signature: v=1; a={algorithm}; c=relaxed/relaxed;\r\n\td={domain};\r\n\ts={selector}; t={at};\r\n\th={listed};\r\n\t\
         bh={body_hash};\r\n\tb=\r\n"
    )
}

/// Headers and body, without the empty line between them.
fn halves(mail: &[u8]) -> (&[u8], &[u8]) {
    let end = mail.windows(4).position(|part| part == b"\r\n\r\n");
    match end.and_then(|end| Some((mail.get(..end + 2)?, mail.get(end + 4..)?))) {
        Some(halves) => halves,
        None => (mail, &[]),
    }
}

/// The headers, each with all its lines.
fn fields(head: &[u8]) -> Vec<&[u8]> {
    let mut fields = Vec::new();
    let mut begun = 0;
    let mut at = 0;
    for line in head.split_inclusive(|byte| *byte == b'\n') {
        let goes_on = matches!(line.first(), Some(b' ' | b'\t'));
        if !goes_on && at > begun {
            fields.extend(head.get(begun..at));
            begun = at;
        }
        at += line.len();
    }
    fields.extend(head.get(begun..at).filter(|field| !field.is_empty()));
    fields
}

fn name_of(field: &[u8]) -> &[u8] {
    field.split(|byte| *byte == b':').next().unwrap_or_default().trim_ascii()
}

/// A header as it is signed: its name in small letters, its lines as one, every space a single one (RFC 6376, 3.4.2).
fn relaxed_field(field: &[u8]) -> Vec<u8> {
    let name = name_of(field);
    let value = field.iter().skip_while(|byte| **byte != b':').skip(1);
    let mut out = name.to_ascii_lowercase();
    out.push(b':');
    let start = out.len();
    for byte in value.filter(|byte| !matches!(byte, b'\r' | b'\n')) {
        match byte {
            b' ' | b'\t' if out.len() == start || out.last() == Some(&b' ') => {}
            b'\t' => out.push(b' '),
            byte => out.push(*byte),
        }
    }
    while out.len() > start && out.last() == Some(&b' ') {
        out.pop();
    }
    out.extend_from_slice(b"\r\n");
    out
}

/// The body as it is signed: no space at the ends of lines, every other a single one, no empty lines at its end (RFC 6376, 3.4.4).
fn relaxed_body(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut empty = 0;
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let ends = line.iter().rposition(|byte| !is_space(*byte)).map_or(0, |last| last + 1);
        let line = line.get(..ends).unwrap_or_default();
        if line.is_empty() {
            empty += 1;
            continue;
        }
        out.extend(std::iter::repeat_n(b"\r\n", empty).flatten());
        empty = 0;
        let mut space = false;
        for byte in line {
            if !(space && is_space(*byte)) {
                out.push(if is_space(*byte) { b' ' } else { *byte });
            }
            space = is_space(*byte);
        }
        out.extend_from_slice(b"\r\n");
    }
    out
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}
