//! What somebody may have asked for: to confirm a subscription, to hear of more, or the link to it. Nothing in these mails was typed by
//! whoever asked.

use super::super::links::{Links, Way};
use super::Content;
use super::foot::Foot;
use super::sheet::Sheet;
use super::voice::{Said, Voice};
use crate::domain::notice::KnownNotice;

pub fn words(voice: &Voice<'_>, links: &Links<'_>) -> Content {
    let title = voice.t("confirm-title");
    Sheet::new(voice, &title, &voice.letter.page_name, &Said::plain(title.clone()))
        .sentence(&voice.of_page("mail-confirm"))
        .button(&voice.t("confirm-button"), &links.way(&Way::Confirm))
        .note(&voice.t("mail-confirm-note"))
        .ended(voice.subject(&title), &voice.t("mail-confirm-short"), Foot::once(voice))
}

/// A request to confirm that a subscriber wants to hear of something more.
pub fn more(voice: &Voice<'_>, notice: &KnownNotice, links: &Links<'_>) -> Content {
    let page = &voice.letter.page_name;
    let note = voice.t("mail-no-change");
    let Some((id, title)) = &notice.follow else {
        let title = voice.t("mail-choose");
        return Sheet::new(voice, &title, page, &Said::plain(title.clone()))
            .sentence(&voice.of_page("mail-known"))
            .button(&title, &links.way(&Way::Manage))
            .note(&note)
            .ended(voice.subject(&title), &voice.t("mail-known-short"), Foot::once(voice));
    };
    let (word, name) = (voice.t("follow-ask"), voice.name(id, title));
    Sheet::new(voice, &format!("{word}: {}", voice.marked(&name)), page, &name)
        .sentence(&voice.of_page("mail-follow"))
        .button(&voice.t("follow-do"), &links.way(&Way::Follow(id.clone())))
        .note(&note)
        .ended(voice.subject(&format!("{word}: {}", name.text)), &voice.t("mail-follow-short"), Foot::once(voice))
}

/// The link to a subscription.
pub fn way(voice: &Voice<'_>, links: &Links<'_>) -> Content {
    let title = voice.t("mail-way-title");
    Sheet::new(voice, &title, &voice.letter.page_name, &Said::plain(title.clone()))
        .sentence(&voice.of_page("mail-way"))
        .button(&voice.t("mail-way-button"), &links.way(&Way::Manage))
        .note(&voice.t("mail-way-note"))
        .ended(voice.subject(&title), &voice.t("mail-no-change"), Foot::once(voice))
}
