//! Something that waits for staff.

use app::markdown;

use super::super::template::fill;
use super::Content;
use super::foot::Foot;
use super::sheet::Sheet;
use super::voice::{Said, Voice};
use crate::domain::notice::TaskNotice;

pub fn words(voice: &Voice<'_>, notice: &TaskNotice) -> Content {
    let subject = fill(template!("task/subject.txt"), &[("page", &voice.letter.page_name), ("subject", &notice.subject)]);
    let sentence = voice.shortened(&markdown::visible(&notice.sentence));
    Sheet::new(voice, &notice.subject, &for_staff(voice), &Said::plain(notice.subject.clone()))
        .sentence(&sentence)
        .facts(&notice.facts)
        .button(&notice.action, &voice.file(&notice.path))
        .ended(subject, &sentence, Foot::staff(voice))
}

/// Who speaks to whom.
pub fn for_staff(voice: &Voice<'_>) -> String {
    format!("{} · for staff", voice.letter.page_name)
}
