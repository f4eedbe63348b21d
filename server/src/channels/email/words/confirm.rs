//! A request to confirm a subscription. Nothing in it was typed by whoever asked for it.

use super::super::template::fill;
use super::super::{Letter, Links};
use super::Words;
use super::sheet::{Foot, Sheet};

pub fn words(letter: &Letter, links: &Links) -> Words {
    const TITLE: &str = "Confirm your subscription";
    let page = [("page", letter.page_name.as_str())];
    Sheet::new(TITLE, &letter.page_name, TITLE)
        .sentence(&fill(template!("confirm/sentence.txt"), &page))
        .button("Confirm", &links.subject)
        .note(&fill(template!("confirm/note.txt"), &page))
        .ended(fill(template!("confirm/subject.txt"), &page), "One click, and you hear when something breaks.", Foot::Once, letter, links)
}
