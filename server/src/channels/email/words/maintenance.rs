//! News of planned work: what is new in the first line, the time with the earlier one beside it, and what it means for whom.

use app::parts::locale::Locale;
use app::parts::measure::{count, downtime, duration};
use app::words::{MaintenanceStatus, NotificationKind, Window};
use chrono::TimeDelta;

use super::super::template::{escaped, fill};
use super::super::{Letter, Links};
use super::sheet::{Foot, INK, OK, PLANNED, Sheet, Tone};
use super::{Words, preheader, told};
use crate::domain::notice::MaintenanceNotice;

/// Further times of a series that a mail lists; the calendar has all of them.
const FURTHER: usize = 12;

/// What the mail is about in a word, its colour, and the template that says it.
struct Event {
    word: &'static str,
    tone: Tone,
    template: &'static str,
}

pub fn words(letter: &Letter, notice: &MaintenanceNotice, links: &Links) -> Words {
    let zone = Locale::at(&letter.time_zone, notice.at);
    let event = event(letter.kind, notice);
    let called_off = letter.kind == NotificationKind::MaintenanceCancelled;
    let start = notice.window.map(|window| zone.full_text(window.from)).unwrap_or_default();
    let end = notice.window.map(|window| zone.full_text(window.until)).unwrap_or_default();
    let left = notice.window.map(|window| left(window.from - notice.at)).unwrap_or_default();
    let times = (notice.further.len() + 1).to_string();
    let (first, sentence) = told(event.template, &[("start", &start), ("end", &end), ("left", &left), ("count", &times)]);
    let subject = fill(template!("maintenance/subject.txt"), &[("page", &letter.page_name), ("subject", &notice.subject)]);
    let mut sheet = Sheet::new(&format!("{first}: {}", notice.name), &letter.page_name, &notice.name).state(
        event.tone,
        event.word,
        &zone.full_text(notice.at),
    );
    sheet = when(sheet, notice, zone, called_off).sentence(&sentence);
    if letter.kind == NotificationKind::MaintenanceReminder && !notice.body.trim().is_empty() {
        sheet = sheet.caption("What we said last:");
    }
    let over = matches!(notice.status, MaintenanceStatus::Completed | MaintenanceStatus::Cancelled);
    sheet
        .message(&notice.body)
        .facts(&downtime(notice.expected_downtime_minutes, notice.worst_downtime_minutes))
        .components("While the work is under way:", if over { &[] } else { &notice.components })
        .list("Components it concerned:", &if over { names(notice) } else { Vec::new() })
        .list(if called_off { "These times are called off as well:" } else { "The work takes place again:" }, &further(notice, zone))
        .button("Read it on the page", &links.subject)
        .link("Calendar of planned work", &links.calendar)
        .ended(subject, &preheader(&first, &notice.body), Foot::Subscriber, letter, links)
}

fn names(notice: &MaintenanceNotice) -> Vec<String> {
    notice.components.iter().map(|component| component.name.clone()).collect()
}

fn event(kind: NotificationKind, notice: &MaintenanceNotice) -> Event {
    let series = !notice.further.is_empty();
    let begun = notice.window.is_some_and(|window| window.from <= notice.at);
    let (word, tone, template) = match kind {
        NotificationKind::MaintenanceAnnounced if notice.window.is_none() => {
            ("Announced", PLANNED, template!("maintenance/announced-undated.txt"))
        }
        NotificationKind::MaintenanceAnnounced if series => ("Announced", PLANNED, template!("maintenance/announced-series.txt")),
        NotificationKind::MaintenanceAnnounced => ("Announced", PLANNED, template!("maintenance/announced.txt")),
        NotificationKind::MaintenanceDateSet => ("Date set", PLANNED, template!("maintenance/date-set.txt")),
        NotificationKind::MaintenanceMoved => ("Moved", PLANNED, template!("maintenance/moved.txt")),
        NotificationKind::MaintenanceExtended => ("Extended", PLANNED, template!("maintenance/extended.txt")),
        NotificationKind::MaintenanceCancelled if series => ("Cancelled", INK, template!("maintenance/cancelled-series.txt")),
        NotificationKind::MaintenanceCancelled if begun => ("Cancelled", INK, template!("maintenance/cancelled-begun.txt")),
        NotificationKind::MaintenanceCancelled => ("Cancelled", INK, template!("maintenance/cancelled.txt")),
        NotificationKind::MaintenanceReminder => ("Reminder", PLANNED, template!("maintenance/reminder.txt")),
        NotificationKind::MaintenanceStarted => ("Started", PLANNED, template!("maintenance/started.txt")),
        NotificationKind::MaintenanceVerifying => ("Verifying", PLANNED, template!("maintenance/verifying.txt")),
        NotificationKind::MaintenanceFinished => ("Finished", OK, template!("maintenance/finished.txt")),
        _ => ("Update", PLANNED, template!("maintenance/updated.txt")),
    };
    Event { word, tone, template }
}

/// The window, the earlier one struck through beside it.
fn when(sheet: Sheet, notice: &MaintenanceNotice, zone: Locale, called_off: bool) -> Sheet {
    let struck = |name: &str, window: Window| {
        let text = zone.full_window_text(window);
        fill(template!("part/window-before.html"), &[("name", name), ("window", &escaped(&text))])
    };
    let standing =
        |window: &str, beside: &str| fill(template!("part/window-now.html"), &[("window", &escaped(window)), ("beside", &escaped(beside))]);
    let (text, html) = match (notice.window_before, notice.window) {
        (_, Some(window)) if called_off => {
            (format!("Was planned for: {}", zone.full_window_text(window)), struck("Was planned for", window))
        }
        (before, Some(window)) => {
            let long = duration((window.until - window.from).num_seconds());
            let (there, utc) = zone.full_window(window);
            let beside: Vec<String> = utc.into_iter().chain([long.clone()]).collect();
            let name = if before.is_some() { "Now" } else { "When" };
            let mut text = format!("{name}: {}, {long}", zone.full_window_text(window));
            let mut html = standing(&there, &beside.join(" · "));
            if let Some(before) = before {
                text = format!("Was: {}\n{text}", zone.full_window_text(before));
                html = format!("{}\n{html}", struck("Was", before));
            }
            (text, html)
        }
        (_, None) if called_off => return sheet,
        (_, None) => ("When: date to be set".to_owned(), standing("Date to be set", "There is no window yet.")),
    };
    sheet.part(text, fill(template!("part/window.html"), &[("lines", &html)]))
}

fn further(notice: &MaintenanceNotice, zone: Locale) -> Vec<String> {
    let mut lines: Vec<String> = notice.further.iter().take(FURTHER).map(|window| zone.full_window_text(*window)).collect();
    let more = notice.further.len().saturating_sub(FURTHER);
    if more > 0 {
        lines.push(format!("and {} more; the calendar has all of them", count(more, "time", "times")));
    }
    lines
}

/// How long until then, as people say it: `in about 24 hours`.
fn left(left: TimeDelta) -> String {
    let minutes = (left.num_seconds() + 30) / 60;
    let rounded = |unit: i64| usize::try_from((minutes + unit / 2) / unit).unwrap_or_default();
    match minutes {
        ..1 => "now".to_owned(),
        1..90 => format!("in about {}", count(rounded(1), "minute", "minutes")),
        90..2_880 => format!("in about {}", count(rounded(60), "hour", "hours")),
        _ => format!("in about {}", count(rounded(1_440), "day", "days")),
    }
}
