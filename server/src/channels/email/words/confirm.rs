//! A request to confirm a subscription. Nothing in it was typed by whoever asked for it.

use super::super::template::fill;
use super::super::{Letter, Links};
use super::Words;
use super::sheet::{Foot, Sheet};
use crate::domain::notice::KnownNotice;

pub fn words(letter: &Letter, links: &Links) -> Words {
    const TITLE: &str = "Confirm your subscription";
    let page = [("page", letter.page_name.as_str())];
    Sheet::new(TITLE, &letter.page_name, TITLE)
        .sentence(&fill(template!("confirm/sentence.txt"), &page))
        .button("Confirm", &links.subject)
        .note(&fill(template!("confirm/note.txt"), &page))
        .ended(fill(template!("confirm/subject.txt"), &page), "One click, and you hear when something breaks.", Foot::Once, letter, links)
}

/// A request to confirm that a subscriber wants to hear of something more. Nothing in it was typed by whoever asked for it.
pub fn more(letter: &Letter, notice: &KnownNotice, links: &Links) -> Words {
    let page = ("page", letter.page_name.as_str());
    let note = template!("known/note.txt");
    let Some((_, title)) = &notice.follow else {
        const TITLE: &str = "Choose what you hear of";
        return Sheet::new(TITLE, &letter.page_name, TITLE)
            .sentence(&fill(template!("known/sentence.txt"), &[page]))
            .button(TITLE, &links.subject)
            .note(note)
            .ended(fill(template!("known/subject.txt"), &[page]), "You are subscribed already.", Foot::Once, letter, links);
    };
    Sheet::new(&format!("Follow: {title}"), &letter.page_name, title)
        .sentence(&fill(template!("follow/sentence.txt"), &[page]))
        .button("Follow it", &links.subject)
        .note(note)
        .ended(
            fill(template!("follow/subject.txt"), &[page, ("title", title.as_str())]),
            "One click, and you hear of every update of it.",
            Foot::Once,
            letter,
            links,
        )
}
