//! A draft that waits for a person.

use super::super::template::fill;
use super::Content;
use super::foot::Foot;
use super::sheet::Sheet;
use super::task::for_staff;
use super::voice::{Said, Voice};
use crate::domain::notice::{DraftNotice, in_one_line};

pub fn words(voice: &Voice<'_>, notice: &DraftNotice) -> Content {
    let since = voice.locale.full_text(notice.first_failed_at);
    let monitors: Vec<String> = std::iter::once(&notice.monitor).chain(&notice.also).cloned().collect();
    let several = !notice.also.is_empty();
    let mut facts = vec![(if several { "Monitors" } else { "Monitor" }.to_owned(), in_one_line(&monitors))];
    let label = if several { "Components" } else { "Component" };
    facts.extend(notice.component.clone().map(|component| (label.to_owned(), component)));
    facts.extend([("Reason".to_owned(), notice.reason.clone()), ("Since".to_owned(), since.clone())]);
    let clock = |at| ("Published by itself".to_owned(), format!("{}, unless you stop it", voice.locale.full_text(at)));
    facts.extend(notice.publish_at.map(clock));
    let subject = fill(template!("draft/subject.txt"), &[("page", &voice.letter.page_name), ("title", &notice.name)]);
    Sheet::new(voice, &format!("Draft: {}", notice.name), &for_staff(voice), &Said::plain(notice.name.clone()))
        .sentence(template!("draft/sentence.txt").trim_end())
        .facts(&facts)
        .button("Look at the draft", &voice.file(&format!("/staff/incidents/{}", notice.incident_id)))
        .ended(subject, &format!("Since {since}: {}", notice.reason), Foot::staff(voice))
}
