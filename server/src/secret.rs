//! The key that links and message ids are derived from: HMAC over what they stand for, so that nothing needs to be stored (design §8).

use app::words::Id;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::domain::bounce::{TAG_BEGINNING, TAG_LENGTH};

/// What a derived token is good for; a token of one purpose is none of another (reliability E14).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To confirm a subscription.
    Confirm,
    /// To see and change a subscription.
    Manage,
    /// To leave.
    Unsubscribe,
    /// To confirm that a shared address leaves, as somebody asked at an instant.
    Leave,
    /// To add the first member of staff.
    SetUp,
    /// To choose a password.
    Invitation,
    /// To vote for an action item.
    Vote,
    /// To read a draft of a post-mortem until an instant: the epoch is its second.
    Preview,
    /// To say that a job ran.
    Heartbeat,
    /// To show that a browser worked, or somebody waited, before a mailbox is mailed.
    Proof,
    /// To count a network once an hour.
    Sighting,
    /// Message ids of mails.
    MessageId,
    /// The address that a mail comes back to.
    Return,
}

impl Purpose {
    const fn label(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Manage => "manage",
            Self::Unsubscribe => "unsubscribe",
            Self::Leave => "leave",
            Self::SetUp => "set-up",
            Self::Invitation => "invitation",
            Self::Vote => "vote",
            Self::Preview => "preview",
            Self::Heartbeat => "heartbeat",
            Self::Proof => "proof",
            Self::Sighting => "sighting",
            Self::MessageId => "message-id",
            Self::Return => "return",
        }
    }
}

/// The key. Cheap to clone; never printed.
#[derive(Clone)]
pub struct Secret(std::sync::Arc<[u8]>);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Secret {
    /// From the text that configuration or the database holds.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.as_bytes().into())
    }

    /// 128 bits that only this key derives from `parts`.
    #[must_use]
    pub fn derive(&self, purpose: Purpose, parts: &[&str]) -> [u8; 16] {
        // Lengths keep ("ab","c") and ("a","bc") apart. HMAC takes keys of every length.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else { return [0; 16] };
        for part in std::iter::once(&purpose.label()).chain(parts) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        let mut out = [0; 16];
        for (to, from) in out.iter_mut().zip(mac.finalize().into_bytes()) {
            *to = from;
        }
        out
    }

    /// A token for a link: the id, and what proves it. 12 + 22 characters, fit for a path.
    #[must_use]
    pub fn token(&self, purpose: Purpose, page: &Id, id: &Id, epoch: i64) -> String {
        self.sealed(purpose, id, &[page.as_str(), id.as_str(), &epoch.to_string()])
    }

    /// The same for what somebody asked for at an instant: a token of one request is none of another.
    #[must_use]
    pub fn dated_token(&self, purpose: Purpose, page: &Id, id: &Id, epoch: i64, asked_at: DateTime<Utc>) -> String {
        let second = asked_at.timestamp().to_string();
        self.sealed(purpose, id, &[page.as_str(), id.as_str(), &epoch.to_string(), &second])
    }

    fn sealed(&self, purpose: Purpose, id: &Id, parts: &[&str]) -> String {
        format!("{id}{}", URL_SAFE_NO_PAD.encode(self.derive(purpose, parts)))
    }

    /// The id a token speaks of. Whether it proves anything is what [`Secret::proves`] says, once the epoch is known.
    #[must_use]
    pub fn subject(token: &str) -> Option<Id> {
        let id = token.get(..app::words::ID_LENGTH)?;
        Id::parse(id).ok().filter(|_| token.len() == app::words::ID_LENGTH + 22)
    }

    /// What proves that we asked at that second for somebody to be no flood before that mailbox is mailed.
    #[must_use]
    pub fn challenge(&self, page: &Id, mailbox: &str, second: i64) -> String {
        let proof = self.derive(Purpose::Proof, &[page.as_str(), mailbox, &second.to_string()]);
        format!("{second}.{}", URL_SAFE_NO_PAD.encode(proof))
    }

    /// Whether this is such a challenge for that mailbox, and when it was made.
    #[must_use]
    pub fn challenged(&self, page: &Id, mailbox: &str, challenge: &str) -> Option<DateTime<Utc>> {
        let (second, _) = challenge.split_once('.')?;
        let second = second.parse().ok()?;
        same(&self.challenge(page, mailbox, second), challenge).then(|| DateTime::from_timestamp(second, 0)).flatten()
    }

    /// Whether this is the token of that purpose, page, id and epoch; takes the same time for every wrong one.
    #[must_use]
    pub fn proves(&self, token: &str, purpose: Purpose, page: &Id, id: &Id, epoch: i64) -> bool {
        same(&self.token(purpose, page, id, epoch), token)
    }

    /// The tag of the address that one delivery comes back to: what was told, to whom, and what proves it. Small letters and digits, so
    /// that nothing is lost where servers change the case of letters.
    ///
    /// The proof has 100 bits: with the ids that is what fits into the 64 octets before an `@` beside a name of 17, and each try to guess
    /// it costs a mail.
    #[must_use]
    pub fn return_tag(&self, page: &Id, notification: &Id, recipient: &Id) -> String {
        const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
        let mut number = u128::from_be_bytes(self.derive(Purpose::Return, &[page.as_str(), notification.as_str(), recipient.as_str()]));
        let proof = (0..TAG_LENGTH - TAG_BEGINNING.len() - 2 * app::words::ID_LENGTH).map(|_| {
            let letter = usize::try_from(number % 32).ok().and_then(|index| LETTERS.get(index));
            number /= 32;
            letter.copied().map_or('a', char::from)
        });
        format!("{TAG_BEGINNING}{notification}{recipient}{}", proof.collect::<String>())
    }

    /// The notification and the recipient that a tag proves to speak of; takes the same time for every wrong one.
    #[must_use]
    pub fn returned(&self, page: &Id, tag: &str) -> Option<(Id, Id)> {
        let named = tag.strip_prefix(TAG_BEGINNING)?;
        let notification = Id::parse(named.get(..app::words::ID_LENGTH)?).ok()?;
        let recipient = Id::parse(named.get(app::words::ID_LENGTH..2 * app::words::ID_LENGTH)?).ok()?;
        same(&self.return_tag(page, &notification, &recipient), tag).then_some((notification, recipient))
    }

    /// The same for a [`Secret::dated_token`].
    #[must_use]
    pub fn proves_dated(&self, token: &str, purpose: Purpose, page: &Id, id: &Id, epoch: i64, asked_at: DateTime<Utc>) -> bool {
        same(&self.dated_token(purpose, page, id, epoch, asked_at), token)
    }
}

/// Whether two tokens are the same; takes the same time for every wrong one.
fn same(known: &str, given: &str) -> bool {
    use subtle::ConstantTimeEq as _;
    known.as_bytes().ct_eq(given.as_bytes()).into()
}
