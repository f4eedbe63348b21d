//! Something that waits for staff.

use app::markdown;

use super::super::template::fill;
use super::super::{Letter, Links};
use super::Words;
use super::sheet::{Foot, Sheet};
use crate::domain::notice::TaskNotice;

pub fn words(letter: &Letter, notice: &TaskNotice, links: &Links) -> Words {
    let facts: Vec<_> = notice.facts.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    let subject = fill(template!("task/subject.txt"), &[("page", &letter.page_name), ("subject", &notice.subject)]);
    Sheet::new(&notice.subject, &for_staff(letter), &notice.subject)
        .sentence(&markdown::visible(&notice.sentence))
        .facts(&facts)
        .button(&notice.action, &links.subject)
        .ended(subject, &notice.sentence, Foot::Staff, letter, links)
}

/// Who speaks to whom.
pub fn for_staff(letter: &Letter) -> String {
    format!("{} · for staff", letter.page_name)
}
