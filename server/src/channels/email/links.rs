//! The addresses a mail leads to that hold for one recipient.

use app::parts::locale::Locale;
use app::words::Id;
use chrono::{DateTime, Utc};

use super::Letter;
use crate::secret::{Purpose, Secret};

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// To confirm the subscription.
    Confirm,
    /// To all that was chosen.
    Manage,
    /// To leave.
    Unsubscribe,
    /// To confirm that a shared address leaves, as somebody asked at that instant.
    Leave(DateTime<Utc>),
    /// To follow an incident or planned work.
    Follow(Id),
    /// To hear nothing more of it.
    Mute(Id),
    /// To hear nothing but that it is over.
    UntilOver(Id),
    /// To vote for a follow-up.
    Vote(Id),
}

/// The links of one recipient, in their language.
pub struct Links<'a> {
    pub url: &'a str,
    secret: &'a Secret,
    letter: &'a Letter,
    locale: Locale,
}

impl<'a> Links<'a> {
    pub fn of(url: &'a str, secret: &'a Secret, letter: &'a Letter) -> Self {
        Self { url, secret, letter, locale: letter.locale() }
    }

    /// The address to leave by for programs: the same as long as the subscription lasts, whatever language the page is offered in.
    pub fn one_click(&self) -> String {
        format!("{}/unsubscribe/{}", self.url, self.token(Purpose::Unsubscribe))
    }

    /// The address of a way.
    pub fn way(&self, way: &Way) -> String {
        let path = match way {
            Way::Confirm => format!("/confirm/{}", self.token(Purpose::Confirm)),
            Way::Manage => format!("/subscription/{}", self.token(Purpose::Manage)),
            Way::Unsubscribe => format!("/unsubscribe/{}", self.token(Purpose::Unsubscribe)),
            Way::Leave(asked_at) => {
                let Letter { page, recipient, token_epoch, .. } = self.letter;
                format!("/leave/{}", self.secret.dated_token(Purpose::Leave, page, recipient, *token_epoch, *asked_at))
            }
            Way::Follow(id) => format!("/incidents/{id}/follow/{}", self.token(Purpose::Manage)),
            Way::Mute(id) => format!("/incidents/{id}/mute/{}", self.token(Purpose::Manage)),
            Way::UntilOver(id) => format!("/incidents/{id}/mute/{}?until=over", self.token(Purpose::Manage)),
            Way::Vote(id) => format!("/follow-ups/{id}/vote/{}", self.token(Purpose::Vote)),
        };
        format!("{}{}", self.url, self.locale.href(&path))
    }

    fn token(&self, purpose: Purpose) -> String {
        self.secret.token(purpose, &self.letter.page, &self.letter.recipient, self.letter.token_epoch)
    }
}
