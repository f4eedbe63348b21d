//! Mails of planned work: each event in its own words, the old time beside the new, one thread per window.

use app::words::NotificationKind::{
    MaintenanceAnnounced, MaintenanceCancelled, MaintenanceDateSet, MaintenanceExtended, MaintenanceFinished, MaintenanceMoved,
    MaintenanceReminder, MaintenanceStarted, MaintenanceUpdated, MaintenanceVerifying,
};
use app::words::{ComponentStatus, MaintenanceStatus, NotificationKind};
use chrono::TimeDelta;
use server::domain::notice::{MaintenanceNotice, Notice, NoticeComponent};

use super::{BODY, html, id, letter, parsed, raw, text_of, written};
use crate::support::works::{hours, window};
use server::channels::email::{Letter, Written};

/// What a mail of that kind tells of work in two days, between 11 and 13 in Berlin.
pub fn planned(kind: NotificationKind) -> MaintenanceNotice {
    let mut notice = MaintenanceNotice {
        maintenance_id: id("mnt"),
        subject: "Database migration".to_owned(),
        name: "Database migration to a larger machine".to_owned(),
        update_id: Some(id("upd")),
        said: Some(id("upd")),
        status: MaintenanceStatus::Scheduled,
        body: BODY.to_owned(),
        at: hours(0),
        window: Some(window(48, 50)),
        window_before: None,
        further: Vec::new(),
        expected_downtime_minutes: Some(10),
        worst_downtime_minutes: Some(45),
        components: vec![
            NoticeComponent { id: id("api"), name: "Platform - API".to_owned(), status: ComponentStatus::UnderMaintenance },
            NoticeComponent { id: id("git"), name: "Git <hosted>".to_owned(), status: ComponentStatus::DegradedPerformance },
        ],
        previous: None,
    };
    match kind {
        MaintenanceMoved => notice.window_before = Some(window(24, 26)),
        MaintenanceExtended => {
            (notice.window_before, notice.window) = (Some(window(-2, 1)), Some(window(-2, 3)));
            notice.status = MaintenanceStatus::InProgress;
        }
        MaintenanceReminder => (notice.update_id, notice.at) = (None, hours(24)),
        MaintenanceStarted => notice.status = MaintenanceStatus::InProgress,
        MaintenanceVerifying => notice.status = MaintenanceStatus::Verifying,
        MaintenanceFinished => notice.status = MaintenanceStatus::Completed,
        MaintenanceCancelled => notice.status = MaintenanceStatus::Cancelled,
        _ => {}
    }
    notice
}

pub fn mail(kind: NotificationKind, notice: MaintenanceNotice) -> Written {
    written(&Letter { kind, ..letter(Notice::Maintenance(notice)) })
}

/// Every kind, with the line that has to tell what is new, and words of its own.
pub const KINDS: [(NotificationKind, &str, &str); 10] = [
    (MaintenanceAnnounced, "Planned for Wed 25 Nov 2026, 11:00 CET (10:00 UTC)", "We plan this work for the time above."),
    (MaintenanceDateSet, "Date set: Wed 25 Nov 2026, 11:00 CET (10:00 UTC)", "Now it has one."),
    (MaintenanceMoved, "Moved to Wed 25 Nov 2026, 11:00 CET (10:00 UTC)", "at another time than we told you before."),
    (MaintenanceExtended, "Extended to Mon 23 Nov 2026, 14:00 CET (13:00 UTC)", "takes longer than we told you before."),
    (MaintenanceCancelled, "Cancelled", "This work does not take place."),
    (MaintenanceReminder, "Begins in about 24 hours", "this planned work is near."),
    (MaintenanceStarted, "Started", "This work has begun."),
    (MaintenanceVerifying, "Done, now being verified", "We check that all is well"),
    (MaintenanceFinished, "Finished", "This work is over."),
    (MaintenanceUpdated, "Update", "There is more to say about this work."),
];

#[test]
fn each_event_has_a_first_line_and_words_of_its_own() {
    let mut seen = Vec::new();
    for (kind, first, words) in KINDS {
        let mail = mail(kind, planned(kind));
        let (text, html) = (text_of(&mail), html(&parsed(&mail)));
        assert!(text.starts_with(&format!("{first}: Database migration to a larger machine\nExample, ")), "{text}");
        assert!(text.contains(words) && html.contains(words), "{words:?} is missing in {text}");
        assert!(html.contains(&format!("mso-hide:all\">{first}: ")), "the line beside the subject: {html}");
        assert!(html.contains(&app::markdown::to_html(BODY)), "the same bytes as on the page");
        assert!(!text.contains("{{title}}") && !html.contains("{{start}}"), "every place is filled");
        for (_, _, others) in KINDS {
            assert_eq!(text.contains(others), others == words, "{others:?} in {text}");
        }
        seen.push(text.lines().next().unwrap().to_owned());
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), KINDS.len());
}

#[test]
fn every_mail_of_planned_work_says_when_for_whom_how_long_and_where_to_read_on() {
    for (kind, ..) in KINDS {
        let mail = mail(kind, planned(kind));
        let (text, html) = (text_of(&mail), html(&parsed(&mail)));
        let manage = "https://status.example.test/subscription/ada000000000";
        // What is over does not say how components are meanwhile.
        let over = matches!(kind, NotificationKind::MaintenanceFinished | NotificationKind::MaintenanceCancelled);
        let meanwhile = |name: &str, status: &str| if over { format!("- {name}\n") } else { format!("- {name}: {status}") };
        for said in [meanwhile("Platform - API", "Under maintenance"), meanwhile("Git <hosted>", "Degraded performance")] {
            assert!(text.contains(&said), "{kind}: {said:?} is missing in {text}");
        }
        assert_eq!(html.contains("Under maintenance"), !over, "{kind}");
        for said in [
            "Expected downtime 10 min, at worst 45 min.",
            "https://status.example.test/incidents/mnt000000000",
            "https://status.example.test/history.ics",
            manage,
            "https://status.example.test/unsubscribe/ada000000000",
        ] {
            assert!(text.contains(said), "{kind}: {said:?} is missing in {text}");
        }
        for said in ["10 min", "45 min", "Platform - API", "Git &lt;hosted&gt;", "/history.ics\"", manage] {
            assert!(html.contains(said), "{kind}: {said:?} is missing in {html}");
        }
        assert_eq!(parsed(&mail).subject(), Some("[Example] Database migration"), "{kind}");
        assert_eq!(raw(&mail, "Feedback-ID").as_deref(), Some("page00000000:maintenance:allclear:example.test"));
        assert_eq!(raw(&mail, "List-Unsubscribe-Post").as_deref(), Some("List-Unsubscribe=One-Click"));
    }
}

#[test]
fn the_earlier_time_stands_beside_the_new_one() {
    let moved = mail(MaintenanceMoved, planned(MaintenanceMoved));
    let (text, page) = (text_of(&moved), html(&parsed(&moved)));
    let was = "Tue 24 Nov 2026, 11:00 to 13:00 CET (10:00 to 12:00 UTC)";
    let now = "Wed 25 Nov 2026, 11:00 to 13:00 CET (10:00 to 12:00 UTC)";
    assert!(text.contains(&format!("Was: {was}\nNow: {now}, 2 h\n")), "{text}");
    assert!(page.contains(&format!("<s>{was}</s>")), "{page}");
    assert!(page.contains(">Wed 25 Nov 2026, 11:00 to 13:00 CET</strong>") && page.contains("10:00 to 12:00 UTC · 2 h"), "{page}");
    let cancelled = mail(MaintenanceCancelled, planned(MaintenanceCancelled));
    let (text, page) = (text_of(&cancelled), html(&parsed(&cancelled)));
    assert!(text.contains(&format!("Was planned for: {now}\n")) && page.contains(&format!("<s>{now}</s>")), "{text}");
    let announced = mail(MaintenanceAnnounced, planned(MaintenanceAnnounced));
    assert!(text_of(&announced).contains(&format!("When: {now}, 2 h\n")), "{}", text_of(&announced));
    assert!(!html(&parsed(&announced)).contains("<s>"));
    let begun = MaintenanceNotice { window: Some(window(-1, 1)), ..planned(MaintenanceCancelled) };
    assert!(text_of(&mail(MaintenanceCancelled, begun)).starts_with("Called off while under way: "));
}

#[test]
fn work_without_a_date_says_that_the_date_is_to_be_set() {
    for kind in [MaintenanceAnnounced, MaintenanceUpdated, MaintenanceStarted, MaintenanceFinished] {
        let undated = MaintenanceNotice { window: None, ..planned(kind) };
        let mail = mail(kind, undated);
        let (text, html) = (text_of(&mail), html(&parsed(&mail)));
        assert!(text.contains("When: Date to be set\n") && html.contains("Date to be set"), "{text}");
        assert_eq!(text.starts_with("Planned, date to be set: "), kind == MaintenanceAnnounced, "{text}");
    }
    let off = MaintenanceNotice { window: None, ..planned(MaintenanceCancelled) };
    let text = text_of(&mail(MaintenanceCancelled, off));
    assert!(text.starts_with("Cancelled: ") && !text.to_lowercase().contains("date to be set"), "{text}");
}

#[test]
fn a_series_is_announced_once_with_its_times() {
    let further: Vec<_> = (1..=20).map(|week| window(48 + week * 168, 50 + week * 168)).collect();
    let series = |kind| MaintenanceNotice { further: further.clone(), body: String::new(), ..planned(kind) };
    let announced = mail(MaintenanceAnnounced, series(MaintenanceAnnounced));
    let (text, page) = (text_of(&announced), html(&parsed(&announced)));
    assert!(text.starts_with("Planned 21 times from Wed 25 Nov 2026, 11:00 CET (10:00 UTC): "), "{text}");
    let list = "The work takes place again:\n- Wed 2 Dec 2026, 11:00 to 13:00 CET (10:00 to 12:00 UTC)\n- Wed 9 Dec 2026, ";
    assert!(text.contains(list) && text.contains("\n- and 8 more, all of them in the calendar\n"), "{text}");
    assert_eq!(page.matches("<li>").count(), 13, "{page}");
    assert!(!text.contains("\n\n\n"), "no gap where nothing was said: {text:?}");
    let text = text_of(&mail(MaintenanceCancelled, series(MaintenanceCancelled)));
    assert!(text.starts_with("Cancelled, 21 times: ") && text.contains("These times are called off as well:\n- Wed 2 Dec"), "{text}");
}

#[test]
fn a_reminder_says_how_long_it_is_until_then() {
    let cases = [
        (0, "now"),
        (1, "in about 1 minute"),
        (60, "in about 60 minutes"),
        (120, "in about 2 hours"),
        (24 * 60, "in about 24 hours"),
        (7 * 24 * 60 + 3, "in about 7 days"),
    ];
    for (minutes, left) in cases {
        let notice = MaintenanceNotice { at: hours(48) - TimeDelta::minutes(minutes), ..planned(MaintenanceReminder) };
        let text = text_of(&mail(MaintenanceReminder, notice));
        assert!(text.starts_with(&format!("Begins {left}: ")) && text.contains("What we said last:\n\nWe see **errors**"), "{text}");
    }
    let silent = MaintenanceNotice { body: String::new(), ..planned(MaintenanceReminder) };
    assert!(!text_of(&mail(MaintenanceReminder, silent)).contains("What we said last"));
}

#[test]
fn mails_of_one_window_make_one_thread() {
    let at = |kind, note: &str, previous: Option<&str>, follows_root| {
        let name = format!("Title at {note}");
        let notice = MaintenanceNotice { previous: previous.map(id), name, ..planned(kind) };
        written(&Letter { kind, notification: id(note), follows_root, ..letter(Notice::Maintenance(notice)) })
    };
    let root = at(MaintenanceAnnounced, "first", None, false);
    let moved = at(MaintenanceMoved, "second", Some("first"), true);
    let reminder = at(MaintenanceReminder, "third", Some("second"), false);
    assert_eq!((raw(&root, "In-Reply-To"), raw(&root, "References")), (None, None));
    for later in [&moved, &reminder] {
        assert_eq!(raw(later, "In-Reply-To").as_deref(), Some(root.message_id.as_str()));
        assert_eq!(parsed(later).subject(), parsed(&root).subject(), "the subject outlives changes of the title");
    }
    assert_eq!(raw(&reminder, "References"), Some(format!("{} {}", root.message_id, moved.message_id)));
}
