//! What is said of a follow-up: that it is done, and whether a vote for it was meant.

use super::super::template::fill;
use super::super::{Letter, Links};
use super::sheet::{Foot, Sheet};
use super::{Words, preheader};
use crate::domain::notice::ItemNotice;

/// It is done, for those who asked to be told.
pub fn done(letter: &Letter, notice: &ItemNotice, links: &Links) -> Words {
    let subject = fill(template!("item/subject.txt"), &[("page", &letter.page_name), ("title", &notice.title)]);
    let sentence = template!("item/sentence.txt").trim_end();
    let explanation = notice.explanation.as_deref().unwrap_or_default();
    Sheet::new(&format!("Done: {}", notice.title), &letter.page_name, &notice.title)
        .sentence(sentence)
        .message(explanation)
        .facts(&[("Follows from", notice.postmortem.clone())])
        .button("See all follow-ups", &links.subject)
        .ended(subject, &preheader("Done", explanation), Foot::Voter, letter, links)
}

/// A request to confirm a vote. Nothing in it was typed by whoever asked for it.
pub fn vote(letter: &Letter, notice: &ItemNotice, links: &Links) -> Words {
    const TITLE: &str = "Confirm your vote";
    let page = [("page", letter.page_name.as_str())];
    Sheet::new(&format!("{TITLE}: {}", notice.title), &letter.page_name, TITLE)
        .sentence(&fill(template!("vote/sentence.txt"), &page))
        .facts(&[("Follow-up", notice.title.clone()), ("Follows from", notice.postmortem.clone())])
        .button("Confirm the vote", &links.subject)
        .note(&fill(template!("vote/note.txt"), &page))
        .ended(
            fill(template!("vote/subject.txt"), &page),
            &preheader("One click, and your vote counts", &notice.title),
            Foot::Once,
            letter,
            links,
        )
}
