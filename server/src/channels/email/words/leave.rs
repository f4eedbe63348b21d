//! A request to confirm that an address leaves which several people read.

use super::super::links::{Links, Way};
use super::Content;
use super::foot::Foot;
use super::sheet::Sheet;
use super::voice::{Said, Voice};
use crate::domain::notice::LeaveNotice;

pub fn words(voice: &Voice<'_>, notice: &LeaveNotice, links: &Links<'_>) -> Content {
    let title = voice.t("mail-leave-title");
    let until = voice.locale.full_text(notice.until);
    Sheet::new(voice, &title, &voice.letter.page_name, &Said::plain(title.clone()))
        .sentence(&voice.of_page("mail-leave"))
        .button(&voice.t("mail-leave-button"), &links.way(&Way::Leave(notice.asked_at)))
        .note(&voice.with("mail-leave-note", [("until", until.into())]))
        .ended(voice.subject(&title), &voice.t("mail-leave-short"), Foot::once(voice))
}
