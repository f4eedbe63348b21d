//! What the mails of one notification are made of: read once, and made once for each language and zone.

use std::sync::Arc;

use app::language;
use app::words::RecipientKind;
use chrono::{DateTime, Utc};

use crate::actions::outbox::Telling;
use crate::channels::email::{Letter, Prepared};
use crate::domain::notice::Notice;
use crate::domain::other_words::OtherWords;
use crate::domain::reader;
use crate::store::deliveries::{Claimed, Now};

/// One notification, with what all its mails share.
pub(super) struct Told {
    pub(super) telling: Telling,
    pub(super) notice: Arc<Notice>,
    other_words: Arc<OtherWords>,
    prepared: Prepared,
}

impl From<Telling> for Told {
    fn from(telling: Telling) -> Self {
        Self {
            notice: Arc::new(telling.notification.notice.clone()),
            other_words: Arc::new(telling.notification.other_words.clone().unwrap_or_default()),
            prepared: Prepared::default(),
            telling,
        }
    }
}

impl Told {
    /// The mail to one recipient: to a subscriber in their language and zone, to staff in English and the page's.
    pub(super) fn letter(&self, claimed: &Claimed, record: Now, now: DateTime<Utc>) -> Letter {
        let Telling { page, notification, follows_root, look } = &self.telling;
        let language = match record.standing.recipient {
            RecipientKind::Subscriber => reader::spoken(record.language.as_deref(), look),
            RecipientKind::Staff => language::of("en"),
        };
        Letter {
            page: page.id.clone(),
            page_name: page.name.clone(),
            own: reader::own(look),
            notification: notification.id.clone(),
            kind: notification.kind,
            notice: self.notice.clone(),
            other_words: self.other_words.clone(),
            prepared: self.prepared.clone(),
            follows_root: *follows_root,
            recipient: claimed.recipient.clone(),
            address: record.address,
            token_epoch: record.token_epoch,
            language,
            time_zone: reader::zone(record.time_zone.as_deref(), &page.time_zone),
            now,
        }
    }
}
