//! An announcement that staff want to be heard.

use super::foot::Foot;
use super::sheet::Sheet;
use super::voice::{Said, Voice};
use super::{Content, preheader};
use crate::domain::notice::AnnouncementNotice;

pub fn words(voice: &Voice<'_>, notice: &AnnouncementNotice) -> Content {
    let word = voice.t("announcement");
    let body = voice.body(Some(&notice.announcement_id), &notice.body);
    let until = notice.expires_at.map(|end| (voice.t("fact-to"), voice.locale.full_text(end)));
    let facts: Vec<_> = std::iter::once((voice.t("fact-from"), voice.locale.full_text(notice.starts_at))).chain(until).collect();
    let first = preheader(&word, &body.text);
    let subject = voice.letter.other_words.subject(voice.language().code()).unwrap_or(&notice.subject);
    let subject = voice.subject(&format!("{word}: {subject}"));
    Sheet::new(voice, &first, &voice.letter.page_name, &Said::plain(word.clone()))
        .message(&body)
        .facts(&facts)
        .button(&voice.t("current-status"), &voice.link("/"))
        .ended(subject, &first, Foot::subscriber(voice, None))
}
