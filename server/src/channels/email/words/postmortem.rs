//! A post-mortem that was published or revised.

use app::parts::locale::Locale;
use app::words::NotificationKind;

use super::super::template::fill;
use super::super::{Letter, Links};
use super::sheet::{Foot, OK, PLANNED, Sheet};
use super::{Words, preheader, told};
use crate::domain::notice::PostmortemNotice;

pub fn words(letter: &Letter, notice: &PostmortemNotice, links: &Links) -> Words {
    let zone = Locale::at(&letter.time_zone, notice.at);
    let (word, template) = match (letter.kind, notice.provisional) {
        (NotificationKind::PostmortemRevised, false) => ("Revised", template!("postmortem/revised.txt")),
        (NotificationKind::PostmortemRevised, true) => ("Revised, provisional", template!("postmortem/revised-provisional.txt")),
        (_, false) => ("Published", template!("postmortem/published.txt")),
        (_, true) => ("Provisional", template!("postmortem/provisional.txt")),
    };
    let (first, sentence) = told(template, &[]);
    let subject = fill(template!("postmortem/subject.txt"), &[("page", &letter.page_name), ("subject", &notice.title)]);
    let facts: Vec<_> = notice.covers.iter().map(|title| ("About", title.clone())).collect();
    Sheet::new(&format!("{first}: {}", notice.title), &format!("{} · post-mortem", letter.page_name), &notice.title)
        .state(if notice.provisional { PLANNED } else { OK }, word, &zone.full_text(notice.at))
        .sentence(&sentence)
        .message(&notice.summary)
        .facts(&facts)
        .button("Read the post-mortem", &links.subject)
        .link("What follows from our post-mortems", &links.follow_ups)
        .ended(subject, &preheader(&first, &notice.summary), Foot::Subscriber, letter, links)
}
