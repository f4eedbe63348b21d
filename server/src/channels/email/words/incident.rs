//! A message of an incident.

use app::parts::locale::Locale;

use super::super::template::fill;
use super::super::{Letter, Links};
use super::sheet::{BROKEN, Foot, OK, Sheet};
use super::{Words, preheader};
use crate::domain::notice::IncidentNotice;

pub fn words(letter: &Letter, notice: &IncidentNotice, links: &Links) -> Words {
    let zone = Locale::at(&letter.time_zone, notice.display_at);
    let status = notice.status.label();
    let mut facts = vec![("Impact", notice.impact.label().to_owned()), ("Started", zone.full_text(notice.started_at))];
    facts.extend(notice.resolved_at.map(|at| ("Resolved", zone.full_text(at))));
    facts.extend(notice.next_update_at.map(|at| ("Next update by", zone.full_text(at))));
    let subject = fill(template!("incident/subject.txt"), &[("page", &letter.page_name), ("subject", &notice.subject)]);
    Sheet::new(&format!("{status}: {}", notice.name), &letter.page_name, &notice.name)
        .state(if notice.status.is_over() { OK } else { BROKEN }, status, &zone.full_text(notice.display_at))
        .message(&notice.body)
        .facts(&facts)
        .components("Components:", &notice.components)
        .button("Follow this incident", &links.subject)
        .ended(subject, &preheader(status, &notice.body), Foot::Subscriber, letter, links)
}
