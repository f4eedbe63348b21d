//! A draft that waits for a person.

use super::super::template::fill;
use super::Content;
use super::foot::Foot;
use super::sheet::Sheet;
use super::task::for_staff;
use super::voice::{Said, Voice};
use crate::domain::notice::DraftNotice;

pub fn words(voice: &Voice<'_>, notice: &DraftNotice) -> Content {
    let since = voice.locale.full_text(notice.first_failed_at);
    let mut facts = vec![("Monitor".to_owned(), notice.monitor.clone())];
    facts.extend(notice.component.clone().map(|component| ("Component".to_owned(), component)));
    facts.extend([("Reason".to_owned(), notice.reason.clone()), ("Since".to_owned(), since.clone())]);
    let subject = fill(template!("draft/subject.txt"), &[("page", &voice.letter.page_name), ("title", &notice.name)]);
    Sheet::new(voice, &format!("Draft: {}", notice.name), &for_staff(voice), &Said::plain(notice.name.clone()))
        .sentence(template!("draft/sentence.txt").trim_end())
        .facts(&facts)
        .button("Look at the draft", &voice.file(&format!("/staff/incidents/{}", notice.incident_id)))
        .ended(subject, &format!("Since {since}: {}", notice.reason), Foot::staff(voice))
}
