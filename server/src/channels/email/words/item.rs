//! What is said of a follow-up: that it is done, and whether a vote for it was meant. Its words are in the page's own language only.

use super::super::links::{Links, Way};
use super::foot::Foot;
use super::sheet::Sheet;
use super::voice::{Said, Voice};
use super::{Content, preheader};
use crate::domain::notice::ItemNotice;

/// It is done, for those who asked to be told.
pub fn done(voice: &Voice<'_>, notice: &ItemNotice) -> Content {
    let (word, title) = (voice.t("action-done"), voice.own(&notice.title));
    let explanation = notice.explanation.as_deref().unwrap_or_default();
    Sheet::new(voice, &format!("{word}: {}", voice.marked(&title)), &voice.letter.page_name, &title)
        .sentence(&voice.t("mail-item"))
        .message(&voice.own(explanation))
        .facts(&[(voice.t("mail-vote-from"), notice.postmortem.clone())])
        .button(&voice.t("vote-all"), &voice.link(&format!("/follow-ups#{}", notice.item_id)))
        .ended(voice.subject(&format!("{word}: {}", notice.title)), &preheader(&word, explanation), Foot::voter(voice))
}

/// A request to confirm a vote. Nothing in it was typed by whoever asked for it.
pub fn vote(voice: &Voice<'_>, notice: &ItemNotice, links: &Links<'_>) -> Content {
    let (title, item) = (voice.t("mail-vote-title"), voice.own(&notice.title));
    Sheet::new(voice, &format!("{title}: {}", voice.marked(&item)), &voice.letter.page_name, &Said::plain(title.clone()))
        .sentence(&voice.of_page("mail-vote"))
        .facts(&[(voice.t("mail-vote-item"), voice.marked(&item)), (voice.t("mail-vote-from"), notice.postmortem.clone())])
        .button(&voice.t("mail-vote-button"), &links.way(&Way::Vote(notice.item_id.clone())))
        .note(&voice.t("mail-vote-note"))
        .ended(voice.subject(&title), &preheader(&voice.t("mail-vote-short"), &notice.title), Foot::once(voice))
}
