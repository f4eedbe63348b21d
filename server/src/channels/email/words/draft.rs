//! A draft that waits for a person.

use app::parts::locale::Locale;

use super::super::template::fill;
use super::super::{Letter, Links};
use super::Words;
use super::sheet::{Foot, Sheet};
use super::task::for_staff;
use crate::domain::notice::DraftNotice;

pub fn words(letter: &Letter, notice: &DraftNotice, links: &Links) -> Words {
    let since = Locale::at(&letter.time_zone, notice.first_failed_at).full_text(notice.first_failed_at);
    let mut facts = vec![("Monitor", notice.monitor.clone())];
    facts.extend(notice.component.clone().map(|component| ("Component", component)));
    facts.extend([("Reason", notice.reason.clone()), ("Since", since.clone())]);
    let subject = fill(template!("draft/subject.txt"), &[("page", &letter.page_name), ("title", &notice.name)]);
    Sheet::new(&format!("Draft: {}", notice.name), &for_staff(letter), &notice.name)
        .sentence(template!("draft/sentence.txt").trim_end())
        .facts(&facts)
        .button("Look at the draft", &links.subject)
        .ended(subject, &format!("Since {since}: {}", notice.reason), Foot::Staff, letter, links)
}
