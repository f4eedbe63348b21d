//! Mails that came back: what a report means for a subscriber, when it is enough, and the address that mails come back to.

use app::words::BounceKind;
use chrono::{DateTime, TimeDelta, Utc};

use super::dsn::{Action, Fate, Status};
use super::relay::Reply;

/// So many mails that a full mailbox, or one out of reach, did not take …
const SOFT_BOUNCES: usize = 5;
/// … over so long a time are enough (reliability E8): a holiday is shorter.
const SOFT_DAYS: TimeDelta = TimeDelta::days(14);

/// Longest part of an address before the `@` (RFC 5321 4.5.3.1.1).
const LONGEST_LOCAL: usize = 64;
/// How the tag of a return address begins: who reads it in a log knows what it is.
pub const TAG_BEGINNING: &str = "b-";
/// Characters of a tag: its beginning, two ids and their proof.
pub const TAG_LENGTH: usize = TAG_BEGINNING.len() + 2 * app::words::ID_LENGTH + 20;

/// What a report of a mail means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// What came back.
    pub kind: BounceKind,
    /// Whether the server gave up, so that nobody has the mail.
    pub gave_up: bool,
    /// The code, as precise as it is known.
    pub status: Status,
}

/// What it means for a recipient that this became of their mail; `None` where it arrived (reliability E7, E8).
#[must_use]
pub fn meaning(fate: &Fate) -> Option<Meaning> {
    let status = precise(fate.status, &fate.diagnostic);
    let kind = match (fate.action, status) {
        (Action::Done, _) | (_, Status(..=3, ..)) => return None,
        // Who does not want us, for now or for good, says nothing of the mailbox.
        (_, Status(_, 7, _)) => BounceKind::Policy,
        (Action::Delayed, _) | (Action::Failed, Status(4, ..)) => BounceKind::Soft,
        // Full; too much at once; not in time.
        (Action::Failed, Status(_, 2, 2) | Status(_, 4, 5 | 7)) => BounceKind::Soft,
        // The sender's address, which is ours.
        (Action::Failed, Status(_, 1, 7 | 8)) => BounceKind::Rejected,
        // No such mailbox, a closed one, no way to its domain.
        (Action::Failed, Status(_, 1, _) | Status(_, 2, 1) | Status(_, 4, _)) => BounceKind::Hard,
        (Action::Failed, _) => BounceKind::Rejected,
    };
    Some(Meaning { kind, gave_up: fate.action == Action::Failed, status })
}

/// Some servers report 5.0.0 whatever it was, and keep the code that they were told in the reply beside it. That is a field of its own,
/// with its own form, and no prose: `smtp; 550 5.1.1 …`.
fn precise(status: Status, diagnostic: &str) -> Status {
    let told = || {
        let (kind, reply) = diagnostic.split_once(';')?;
        let (code, text) = reply.trim().split_at_checked(3).filter(|_| kind.trim().eq_ignore_ascii_case("smtp"))?;
        let reply = Reply::new(code.parse().ok()?, text.trim_start_matches(['-', ' ']));
        let (class, subject, detail) = reply.enhanced()?;
        Some(Status(class, subject, detail)).filter(|told| told.0 == status.0)
    };
    if (status.1, status.2) == (0, 0) { told().unwrap_or(status) } else { status }
}

/// What is kept of a report to be shown to staff: code and diagnosis on one line, addresses masked.
#[must_use]
pub fn shown(status: Status, diagnostic: &str) -> String {
    let said = diagnostic.split_once(';').map_or(diagnostic, |(_, said)| said).trim();
    let words: Vec<&str> = said.split_whitespace().map(|word| if word.contains('@') { "…@…" } else { word }).collect();
    let line = format!("{status} {}", words.join(" "));
    line.chars().filter(|c| !c.is_control()).take(Reply::LONGEST).collect::<String>().trim_end().to_owned()
}

/// Whether a mailbox did not take mails for long enough. The instants are those of one report for each notice, in order.
#[must_use]
pub fn worn_out(soft: &[DateTime<Utc>]) -> bool {
    let spread = soft.first().zip(soft.last()).is_some_and(|(first, last)| *last - *first >= SOFT_DAYS);
    soft.len() >= SOFT_BOUNCES && spread
}

/// Whether an address has room for a tag.
#[must_use]
pub fn has_room(address: &str) -> bool {
    address.split_once('@').is_some_and(|(local, _)| local.len() + 1 + TAG_LENGTH <= LONGEST_LOCAL)
}

/// The address that one mail comes back to.
#[must_use]
pub fn return_address(base: &str, tag: &str) -> String {
    let (local, domain) = base.split_once('@').unwrap_or((base, ""));
    format!("{local}+{tag}@{domain}")
}

/// The tag in an address, in small letters, since servers on the way may change their case; `None` where there is none.
#[must_use]
pub fn tag(address: &str) -> Option<String> {
    let (local, _) = address.rsplit_once('@')?;
    let tag = local.rsplit_once('+')?.1.to_ascii_lowercase();
    (tag.len() == TAG_LENGTH && tag.starts_with(TAG_BEGINNING)).then_some(tag)
}
