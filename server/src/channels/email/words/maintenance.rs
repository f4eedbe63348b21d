//! News of planned work: what is new in the first line, the time with the earlier one beside it, and what it means for whom.

use app::words::{MaintenanceStatus, NotificationKind, Window};
use chrono::TimeDelta;

use super::super::template::{escaped, fill};
use super::foot::Foot;
use super::sheet::{INK, OK, PLANNED, Sheet, Tone};
use super::voice::Voice;
use super::{Content, preheader};
use crate::domain::notice::MaintenanceNotice;

/// Further times of a series that a mail lists; the calendar has all of them.
const FURTHER: usize = 12;

/// What the mail is about: the message of its word, its colour, and what the messages that tell of it are called.
struct Event {
    word: &'static str,
    tone: Tone,
    name: &'static str,
}

pub fn words(voice: &Voice<'_>, notice: &MaintenanceNotice) -> Content {
    let at = |time| voice.locale.full_text(time);
    let event = event(voice.letter.kind, notice);
    let called_off = voice.letter.kind == NotificationKind::MaintenanceCancelled;
    let first = first(voice, notice, event.name);
    let over = matches!(notice.status, MaintenanceStatus::Completed | MaintenanceStatus::Cancelled);
    let name = voice.name(&notice.maintenance_id, &notice.name);
    let body = voice.body(notice.said.as_ref().or(notice.update_id.as_ref()), &notice.body);
    let mut sheet = Sheet::new(voice, &format!("{first}: {}", voice.marked(&name)), &voice.letter.page_name, &name).state(
        event.tone,
        &voice.t(event.word),
        &at(notice.at),
    );
    sheet = when(sheet, voice, notice, called_off).sentence(&voice.t(&format!("mail-work-{}-about", event.name)));
    if voice.letter.kind == NotificationKind::MaintenanceReminder && !body.text.trim().is_empty() {
        sheet = sheet.caption(&format!("{}:", voice.t("mail-said-last")));
    }
    sheet = sheet.message(&body);
    if let Some(downtime) = voice.locale.downtime(notice.expected_downtime_minutes, notice.worst_downtime_minutes) {
        sheet = sheet.sentence(&downtime);
    }
    sheet
        .components(&voice.t("mail-meanwhile"), if over { &[] } else { &notice.components })
        .list(&voice.t("work-concerned"), &if over { names(voice, notice) } else { Vec::new() })
        .list(&voice.t(if called_off { "mail-also-off" } else { "mail-again" }), &further(voice, notice))
        .button(&voice.t("mail-read"), &voice.link(&format!("/incidents/{}", notice.maintenance_id)))
        .link(&voice.t("mail-calendar"), &voice.file("/history.ics"))
        .ended(
            voice.thread(&notice.subject),
            &preheader(&first, &body.text),
            Foot::subscriber(voice, Some((&notice.maintenance_id, !over))),
        )
}

fn names(voice: &Voice<'_>, notice: &MaintenanceNotice) -> Vec<String> {
    notice.components.iter().map(|component| voice.component(component)).collect()
}

/// The line that alone tells what is new.
fn first(voice: &Voice<'_>, notice: &MaintenanceNotice, name: &str) -> String {
    let at = |time| voice.locale.full_text(time);
    let start = || notice.window.map(|window| at(window.from)).unwrap_or_default().into();
    let times = || (notice.further.len() + 1).into();
    let key = format!("mail-work-{name}");
    match name {
        "announced" | "date_set" | "moved" => voice.with(&key, [("start", start())]),
        "announced-series" => voice.with(&key, [("n", times()), ("start", start())]),
        "cancelled-series" => voice.with(&key, [("n", times())]),
        "extended" => voice.with(&key, [("end", notice.window.map(|window| at(window.until)).unwrap_or_default().into())]),
        "reminder" => {
            voice.with(&key, [("left", notice.window.map(|window| left(voice, window.from - notice.at)).unwrap_or_default().into())])
        }
        _ => voice.t(&key),
    }
}

fn event(kind: NotificationKind, notice: &MaintenanceNotice) -> Event {
    let series = !notice.further.is_empty();
    let begun = notice.window.is_some_and(|window| window.from <= notice.at);
    let (word, tone, name) = match kind {
        NotificationKind::MaintenanceAnnounced if notice.window.is_none() => ("event-announced", PLANNED, "announced-undated"),
        NotificationKind::MaintenanceAnnounced if series => ("event-announced", PLANNED, "announced-series"),
        NotificationKind::MaintenanceAnnounced => ("event-announced", PLANNED, "announced"),
        NotificationKind::MaintenanceDateSet => ("event-date_set", PLANNED, "date_set"),
        NotificationKind::MaintenanceMoved => ("event-moved", PLANNED, "moved"),
        NotificationKind::MaintenanceExtended => ("event-extended", PLANNED, "extended"),
        NotificationKind::MaintenanceCancelled if series => ("event-cancelled", INK, "cancelled-series"),
        NotificationKind::MaintenanceCancelled if begun => ("event-cancelled", INK, "cancelled-begun"),
        NotificationKind::MaintenanceCancelled => ("event-cancelled", INK, "cancelled"),
        NotificationKind::MaintenanceReminder => ("mail-word-reminder", PLANNED, "reminder"),
        NotificationKind::MaintenanceStarted => ("event-started", PLANNED, "started"),
        NotificationKind::MaintenanceVerifying => ("event-verifying", PLANNED, "verifying"),
        NotificationKind::MaintenanceFinished => ("event-finished", OK, "finished"),
        _ => ("event-updated", PLANNED, "updated"),
    };
    Event { word, tone, name }
}

/// The window, the earlier one struck through beside it.
fn when<'a>(sheet: Sheet<'a>, voice: &Voice<'_>, notice: &MaintenanceNotice, called_off: bool) -> Sheet<'a> {
    let zone = voice.locale;
    let struck = |name: &str, window: Window| {
        let text = zone.full_window_text(window);
        fill(template!("part/window-before.html"), &[("name", &escaped(name)), ("window", &escaped(&text))])
    };
    let standing =
        |window: &str, beside: &str| fill(template!("part/window-now.html"), &[("window", &escaped(window)), ("beside", &escaped(beside))]);
    let (text, html) = match (notice.window_before, notice.window) {
        (_, Some(window)) if called_off => {
            let name = voice.t("mail-window-planned");
            (format!("{name}: {}", zone.full_window_text(window)), struck(&name, window))
        }
        (before, Some(window)) => {
            let long = zone.duration((window.until - window.from).num_seconds());
            let (there, utc) = zone.full_window(window);
            let beside: Vec<String> = utc.into_iter().chain([long.clone()]).collect();
            let name = voice.t(if before.is_some() { "mail-window-now" } else { "mail-window-when" });
            let mut text = format!("{name}: {}, {long}", zone.full_window_text(window));
            let mut html = standing(&there, &beside.join(" · "));
            if let Some(before) = before {
                let name = voice.t("mail-window-was");
                text = format!("{name}: {}\n{text}", zone.full_window_text(before));
                html = format!("{}\n{html}", struck(&name, before));
            }
            (text, html)
        }
        (_, None) if called_off => return sheet,
        (_, None) => {
            let undated = voice.t("mail-window-undated");
            (format!("{}: {undated}", voice.t("mail-window-when")), standing(&undated, &voice.t("mail-window-none")))
        }
    };
    let html = sheet.turned(template!("part/window.html"), &[("lines", &html)]);
    sheet.part(text, html)
}

fn further(voice: &Voice<'_>, notice: &MaintenanceNotice) -> Vec<String> {
    let mut lines: Vec<String> = notice.further.iter().take(FURTHER).map(|window| voice.locale.full_window_text(*window)).collect();
    let more = notice.further.len().saturating_sub(FURTHER);
    lines.extend((more > 0).then(|| voice.with("work-beyond", [("n", more.into())])));
    lines
}

/// How long until then, as people say it: `in about 24 hours`.
fn left(voice: &Voice<'_>, left: TimeDelta) -> String {
    let minutes = (left.num_seconds() + 30) / 60;
    let about = |unit: i64, key: &str| {
        let time = voice.with(key, [("n", ((minutes + unit / 2) / unit).into())]);
        voice.with("mail-left", [("time", time.into())])
    };
    match minutes {
        ..1 => voice.t("mail-left-now"),
        1..90 => about(1, "reminder-minutes"),
        90..2_880 => about(60, "reminder-hours"),
        _ => about(1_440, "reminder-days"),
    }
}
