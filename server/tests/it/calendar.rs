//! Planned work as calendars read it: by the rules of the format, and by two libraries that know nothing of us.

mod gone;

use std::collections::BTreeMap;
use std::process::Command;

use app::words::{Maintenance, MaintenanceStatus, Occurrence, Window};
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use serde_json::json;
use server::snapshot::ical::{escaped, folded};
use server::store::{maintenances, pages};

use crate::store::sample::id;
use crate::support::Engine;
use crate::support::app::TestApp;
use crate::support::works::{hours, moved, said, show, window, work};

/// Takes folded lines apart again, as a reader does (RFC 5545, 3.1).
fn unfolded(text: &str) -> String {
    text.replace("\r\n ", "")
}

/// Takes a value back to the text it was (RFC 5545, 3.3.11).
fn unescaped(value: &str) -> String {
    let mut out = String::new();
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        out.push(match letter {
            '\\' => match letters.next() {
                Some('n' | 'N') => '\n',
                other => other.expect("no value ends in the middle of an escape"),
            },
            other => other,
        });
    }
    out
}

fn lines_hold(text: &str) {
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line:?}", line.len());
        assert!(!line.contains(['\r', '\n']), "{line:?}");
    }
}

proptest! {
    #[test]
    fn any_text_comes_back_from_a_calendar_as_it_was(text in "(\\PC|[\\\\;,\n\t]|é|你|👩‍🚀){0,200}") {
        let shown = app::markdown::visible(&text);
        let line = folded(&format!("SUMMARY:{}", escaped(&text)));
        lines_hold(&line);
        let value = unfolded(&line);
        prop_assert_eq!(unescaped(value.strip_prefix("SUMMARY:").unwrap()), shown);
    }

    #[test]
    fn what_no_reader_sees_does_not_end_a_line(text in "[\\x00-\\x1f\\x7f-\\x{9f}ab:]{0,100}") {
        let line = folded(&format!("DESCRIPTION:{}", escaped(&text)));
        prop_assert!(line.split("\r\n ").all(|piece| !piece.contains(|letter: char| letter.is_control() && letter != '\t')), "{:?}", line);
    }
}

/// Work of every kind, with the state that its summary has to begin with.
fn works() -> Vec<(Maintenance, &'static str)> {
    let later = |from: i64, until: i64| window(from, until);
    let named = |mut work: Maintenance, name: &str| {
        work.name = name.to_owned();
        work
    };
    let mut works = vec![
        (named(work("undated", None), "Move; of \"everything\", to C:\\ new"), "Date to be set"),
        (named(work("dated", Some(later(24, 26))), &format!("Grüße 你好 👩‍🚀 {}", "sehr lang, ja; ".repeat(10))), "Scheduled"),
        (
            moved(work("moved", Some(later(48, 50))), "movedb", later(72, 74), hours(-2), "Moved, because a; b, c.\n\nMore of it."),
            "Scheduled",
        ),
        (moved(work("dateset", None), "datesetb", later(100, 101), hours(-3), ""), "Scheduled"),
        (work("running", Some(later(-1, 3))), "In progress"),
        (work("late", Some(later(-5, -1))), "Overrunning"),
        (moved(work("longer", Some(later(-3, -1))), "longerb", later(-3, 2), hours(-1), "We need longer."), "In progress"),
        (said(work("checked", Some(later(-3, 1))), "checkedb", MaintenanceStatus::Verifying, hours(-1), "We look."), "Verifying"),
        (said(work("over", Some(later(-30, -28))), "overb", MaintenanceStatus::Completed, hours(-28), "Done."), "Completed"),
        (said(work("called", Some(later(200, 202))), "calledb", MaintenanceStatus::Cancelled, hours(-20), "Not needed."), "Cancelled"),
        (said(work("never", None), "neverb", MaintenanceStatus::Cancelled, hours(-20), "Not needed."), "Cancelled"),
    ];
    for number in 1..=4 {
        let mut one = work(&format!("series{number}"), Some(later(24 * 7 * number, 24 * 7 * number + 2)));
        one.occurrence = Some(Occurrence { series_id: id("series"), number });
        works.push((one, "Scheduled"));
    }
    works
}

/// What is long past or was long called off: no calendar needs it.
fn forgotten() -> Vec<Maintenance> {
    let day = 24;
    let done = said(work("old", Some(window(-91 * day, -90 * day - 1))), "oldb", MaintenanceStatus::Completed, hours(-90 * day), "Done.");
    let off = |word: &str, window| {
        said(work(word, window), &format!("{word}b"), MaintenanceStatus::Cancelled, hours(-30 * day - 1), "Not needed.")
    };
    vec![done, off("oldcall", Some(window(5, 6))), off("oldnever", None)]
}

/// Announced once and deleted an hour ago, with and without a date.
fn deleted() -> Vec<Maintenance> {
    vec![work("gonedated", Some(window(30, 31))), work("goneundated", None)]
}

/// Properties by name of every entry, by its id.
fn entries(calendar: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    let mut entry: Option<BTreeMap<String, String>> = None;
    for line in unfolded(calendar).split("\r\n") {
        let Some((name, value)) = line.split_once(':') else { continue };
        match (name, value) {
            ("BEGIN", "VEVENT" | "VTODO") => entry = Some(BTreeMap::from([("kind".to_owned(), value.to_owned())])),
            ("END", "VEVENT" | "VTODO") => {
                let entry = entry.take().unwrap();
                assert!(found.insert(entry["UID"].clone(), entry).is_none(), "each id once");
            }
            _ => {
                if let Some(entry) = &mut entry {
                    assert!(entry.insert(name.to_owned(), unescaped(value)).is_none(), "{name} stands once");
                }
            }
        }
    }
    found
}

#[tokio::test]
async fn two_libraries_read_of_the_calendar_what_was_meant() {
    let setup = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.ci/setup")).arg("readers").output().unwrap();
    assert!(setup.status.success(), "{}", String::from_utf8_lossy(&setup.stderr));
    let app = TestApp::plain().await;
    let works = works();
    let all: Vec<Maintenance> = works.iter().map(|(work, _)| work.clone()).chain(forgotten()).chain(deleted()).collect();
    show(&app, &all).await;
    let mut tx = app.db.write().await.unwrap();
    let revision = pages::bump_revision(&mut tx, &id("page"), app.hand.now()).await.unwrap();
    for work in deleted() {
        maintenances::delete(&mut tx, &id("page"), &work.id, hours(-1), revision).await.unwrap();
    }
    tx.commit().await.unwrap();
    app.look().await;
    let reply = app.get("/history.ics").await;
    assert_eq!((reply.status, reply.header("content-type")), (200, "text/calendar; charset=utf-8"));
    let calendar = reply.text();
    lines_hold(&calendar);
    let understood = entries(&calendar);
    let instant = |at: Option<DateTime<Utc>>| at.map(|at| at.to_rfc3339());
    let mut meant: Vec<_> = works
        .iter()
        .map(|(work, state)| {
            let uid = format!("{}@status.example.test", work.id);
            let status = match (work.window, work.status) {
                (_, MaintenanceStatus::Cancelled) => "CANCELLED",
                (Some(_), _) => "CONFIRMED",
                (None, _) => "NEEDS-ACTION",
            };
            json!({
                "kind": if work.window.is_some() { "VEVENT" } else { "VTODO" },
                "uid": uid,
                "sequence": work.sequence,
                "from": instant(work.window.map(|window| window.from)),
                "until": instant(work.window.map(|window| window.until)),
                "status": status,
                "summary": format!("{state}: {}", work.name),
                "description": understood[&uid]["DESCRIPTION"],
                "url": format!("https://status.example.test/incidents/{}", work.id),
            })
        })
        .collect();
    meant.extend(deleted().iter().map(|work| {
        json!({
            "kind": if work.window.is_some() { "VEVENT" } else { "VTODO" },
            "uid": format!("{}@status.example.test", work.id),
            "sequence": work.sequence + 1,
            "from": instant(work.window.map(|window| window.from)),
            "until": instant(work.window.map(|window| window.until)),
            "status": "CANCELLED",
            "summary": "Cancelled: Planned work",
            "description": "This planned work was taken off the page.\nhttps://status.example.test",
            "url": "https://status.example.test",
        })
    }));
    let folder = tempfile::tempdir().unwrap();
    let (ics, json) = (folder.path().join("history.ics"), folder.path().join("meant.json"));
    std::fs::write(&ics, &reply.bytes).unwrap();
    std::fs::write(&json, serde_json::to_vec(&meant).unwrap()).unwrap();
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let read = Command::new(format!("{root}/target/calendars/bin/python"))
        .arg(format!("{root}/.ci/calendars.py"))
        .args([&ics, &json])
        .output()
        .unwrap();
    assert!(read.status.success(), "{}{calendar}", String::from_utf8_lossy(&read.stderr));
    assert_eq!(String::from_utf8_lossy(&read.stdout), format!("{} entries, read alike by vobject and ics\n", meant.len()));
    app.end().await;
}

#[tokio::test]
async fn an_entry_says_what_it_means_for_whom_and_what_was_planned_before() {
    let app = TestApp::plain().await;
    let works: Vec<Maintenance> = works().into_iter().map(|(work, _)| work).collect();
    show(&app, &works).await;
    let calendar = app.get("/history.ics").await.text();
    let entries = entries(&calendar);
    let entry = &entries["moved0000000@status.example.test"];
    let wanted = "Moved, because a; b, c.\n\
                  Was planned for: Wed 25 Nov 2026, 11:00 to 13:00 CET (10:00 to 12:00 UTC)\n\
                  Expected downtime: 10 min\nDowntime at worst: 45 min\n\
                  Components: api (Under maintenance)\nhttps://status.example.test/incidents/moved0000000";
    assert_eq!(entry["DESCRIPTION"], wanted);
    for (name, value) in [
        ("DTSTAMP", "20261123T080000Z"),
        ("LAST-MODIFIED", "20261123T080000Z"),
        ("CREATED", "20260815T100000Z"),
        ("DTSTART", "20261126T100000Z"),
        ("DTEND", "20261126T120000Z"),
        ("TRANSP", "TRANSPARENT"),
        ("CATEGORIES", "MAINTENANCE"),
        ("SEQUENCE", "1"),
    ] {
        assert_eq!(entry[name], value, "{name}");
    }
    assert!(!entries["undated00000@status.example.test"].contains_key("DTSTART"));
    // What began by the clock alone, and what overruns, has changed since it was last said.
    assert_eq!(entries["running00000@status.example.test"]["LAST-MODIFIED"], "20261123T090000Z");
    assert_eq!(entries["late00000000@status.example.test"]["LAST-MODIFIED"], "20261123T090000Z");
    assert_eq!(entries["late00000000@status.example.test"]["DTEND"], "20261123T090000Z", "it stays where it was planned");
    for line in ["VERSION:2.0", "METHOD:PUBLISH", "X-WR-CALNAME:Example: planned work", "REFRESH-INTERVAL;VALUE=DURATION:PT15M"] {
        assert!(calendar.contains(&format!("\r\n{line}\r\n")), "{line} in {calendar}");
    }
    app.end().await;
}

#[tokio::test]
async fn a_component_has_the_calendar_of_what_concerns_it() {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        let mut everyone = work("everyone", Some(window(30, 31)));
        everyone.components.clear();
        show(&app, &[work("one", Some(window(24, 25))), everyone]).await;
        let of = async |path: &str| entries(&app.get(path).await.text()).into_keys().map(|uid| uid[..3].to_owned()).collect::<Vec<_>>();
        assert_eq!(of("/history.ics").await, ["eve", "one"]);
        assert_eq!(of("/components/api000000000/history.ics").await, ["eve", "one"]);
        assert_eq!(of("/components/web000000000/history.ics").await, ["eve"], "what names no component concerns all");
        let web = app.get("/components/web000000000/history.ics").await;
        assert!(web.text().contains("X-WR-CALNAME:Example\\, web: planned work\r\n"));
        assert_eq!(app.get("/components/none00000000/history.ics").await.status, 404);
        let again = app.get_with("/history.ics", &[("if-none-match", app.get("/history.ics").await.header("etag"))]).await;
        assert_eq!(again.status, 304);
        app.end().await;
    }
}

#[tokio::test]
async fn time_alone_changes_an_entry_only_where_it_changes_what_is_so() {
    let app = TestApp::plain().await;
    show(&app, &[work("soon", Some(window(1, 2)))]).await;
    let tag = async || app.get("/history.ics").await.header("etag").to_owned();
    let summary = async || entries(&app.get("/history.ics").await.text())["soon00000000@status.example.test"]["SUMMARY"].clone();
    let first = tag().await;
    app.advance(TimeDelta::minutes(59)).await;
    assert_eq!(tag().await, first, "calendars fetch nothing for nothing");
    assert_eq!(summary().await, "Scheduled: Database migration");
    app.advance(TimeDelta::minutes(1)).await;
    assert_eq!(summary().await, "In progress: Database migration");
    app.advance(TimeDelta::minutes(60)).await;
    assert_eq!(summary().await, "Overrunning: Database migration");
    let late = tag().await;
    app.advance(TimeDelta::minutes(30)).await;
    assert_eq!(tag().await, late);
    app.end().await;
}

#[tokio::test]
async fn a_calendar_forgets_what_is_long_past() {
    let app = TestApp::plain().await;
    let kept = Window { from: hours(-90 * 24 - 1), until: hours(-90 * 24 + 1) };
    let kept = said(work("kept", Some(kept)), "keptb", MaintenanceStatus::Completed, hours(-90 * 24 + 1), "Done.");
    let off = said(work("off", Some(window(5, 6))), "offb", MaintenanceStatus::Cancelled, hours(-30 * 24 + 1), "Not needed.");
    show(&app, &forgotten().into_iter().chain([kept, off]).collect::<Vec<_>>()).await;
    let of = async || entries(&app.get("/history.ics").await.text()).into_keys().map(|uid| uid[..3].to_owned()).collect::<Vec<_>>();
    assert_eq!(of().await, ["kep", "off"]);
    app.advance(TimeDelta::hours(2)).await;
    assert_eq!(of().await, [""; 0]);
    app.end().await;
}
