//! Work that was deleted, or announced and taken back: calendars that have it strike it out, and nobody else hears of it.

use std::collections::BTreeMap;

use app::words::{ComponentStatus, Id};
use chrono::TimeDelta;
use server::actions::maintenances::{self, MaintenanceInput, RecurrenceInput};

use super::entries;
use crate::incidents::{Desk, each_desk};
use crate::maintenances::{plan, window};
use crate::support::app::TestApp;

type Entry = BTreeMap<String, String>;

/// The entries of a calendar that exists.
async fn calendar(app: &TestApp, path: &str) -> BTreeMap<String, Entry> {
    app.look().await;
    let reply = app.get(path).await;
    assert_eq!(reply.status, 200, "{path}");
    entries(&reply.text())
}

fn uid(id: &Id) -> String {
    format!("{id}@status.example.test")
}

fn sequence(entry: &Entry) -> i64 {
    entry["SEQUENCE"].parse().unwrap()
}

/// That it is off, when it was to be, and nothing of what was said.
fn assert_off(before: &Entry, after: &Entry) {
    for same in ["kind", "UID", "CREATED", "CATEGORIES"] {
        assert_eq!(after[same], before[same], "{same}");
    }
    for same in ["DTSTART", "DTEND", "TRANSP"] {
        assert_eq!(after.get(same), before.get(same), "{same}");
    }
    assert_eq!((after["STATUS"].as_str(), after["SUMMARY"].as_str()), ("CANCELLED", "Cancelled: Planned work"));
    assert!(sequence(after) > sequence(before), "{after:?}");
    assert_eq!((after["URL"].as_str(), after["DTSTAMP"].as_str()), ("https://status.example.test", after["LAST-MODIFIED"].as_str()));
}

/// Every other public document, read as a reader of everything would.
async fn assert_nowhere_else(app: &TestApp, id: &Id) {
    for path in ["/", "/history", "/de", "/de/history", "/history.atom", "/history.rss", "/uptime", "/live.json", "/badge.json"] {
        let reply = app.get(path).await;
        assert!(reply.status == 200 && !reply.text().contains(id.as_str()) && !reply.text().contains("switches"), "{path}");
    }
    for name in ["summary", "incidents", "scheduled-maintenances", "scheduled-maintenances/upcoming", "scheduled-maintenances/active"] {
        let text = app.get(&format!("/api/v2/{name}.json")).await.text();
        assert!(!text.contains(id.as_str()) && !text.contains("switches"), "{name}");
    }
    for path in [format!("/incidents/{id}"), format!("/incidents/{id}/history.atom"), format!("/incidents/{id}/history.rss")] {
        let reply = app.get(&path).await;
        assert!(reply.status == 404 && !reply.text().contains("switches"), "{path}");
    }
}

#[tokio::test]
async fn deleted_work_is_off_in_calendars_for_30_days_and_nowhere_else() {
    each_desk(async |desk: Desk| {
        let noted = MaintenanceInput { internal_notes: Some("Old switches burn.".to_owned()), ..plan(&desk, Some(window(&desk, 600, 60))) };
        let dated = maintenances::create(&desk.act(), &noted, None, true).await.unwrap().id;
        let undated = maintenances::create(&desk.act(), &plan(&desk, None), None, true).await.unwrap().id;
        let draft = maintenances::create(&desk.act(), &plan(&desk, Some(window(&desk, 600, 60))), None, false).await.unwrap().id;
        let ran = maintenances::create(&desk.act(), &plan(&desk, Some(window(&desk, -1, 60))), None, true).await.unwrap().id;
        desk.wait(60).await;
        maintenances::set_window(&desk.act(), &dated, window(&desk, 700, 60), "", true, None).await.unwrap();
        let before = calendar(&desk.app, "/history.ics").await;
        assert_eq!((before.len(), sequence(&before[&uid(&dated)])), (3, 1));
        desk.wait(60).await;
        for id in [&dated, &undated, &draft, &ran] {
            maintenances::delete(&desk.act(), id, None).await.unwrap();
        }
        let after = calendar(&desk.app, "/history.ics").await;
        assert_eq!(after.keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>(), "what nobody was shown is told to nobody");
        let component = calendar(&desk.app, &format!("/components/{}/history.ics", desk.api)).await;
        assert_eq!(component, after);
        assert_eq!(calendar(&desk.app, &format!("/components/{}/history.ics", desk.web)).await.len(), 0);
        for id in [&dated, &undated, &ran] {
            assert_off(&before[&uid(id)], &after[&uid(id)]);
            let own = calendar(&desk.app, &format!("/incidents/{id}/history.ics")).await;
            assert_eq!(own, BTreeMap::from([(uid(id), after[&uid(id)].clone())]));
            assert_nowhere_else(&desk.app, id).await;
        }
        assert_eq!(desk.app.get(&format!("/incidents/{draft}/history.ics")).await.status, 404);
        let text = desk.app.get("/history.ics").await.text();
        for said in ["switches", "Grace", "API", "Was planned for"] {
            assert!(!text.contains(said), "{said} in {text}");
        }
        let app = desk.app.restart().await;
        assert_eq!(calendar(&app, "/history.ics").await, after, "also after a start");
        assert_nowhere_else(&app, &dated).await;
        let deleted = app.hand.now();
        app.advance(TimeDelta::days(30) - TimeDelta::seconds(90)).await;
        assert_eq!(calendar(&app, "/history.ics").await, after, "since {deleted}");
        // Nobody writes: the page that is made anew every minute leaves it out.
        app.advance(TimeDelta::seconds(90)).await;
        assert_eq!(calendar(&app, "/history.ics").await.len(), 0);
        assert_eq!(app.get(&format!("/incidents/{dated}/history.ics")).await.status, 404);
        app.end().await;
    })
    .await;
}

#[tokio::test]
async fn an_announcement_taken_back_is_off_as_it_was_until_it_is_announced_again() {
    each_desk(async |desk: Desk| {
        for first in [Some(window(&desk, 600, 60)), None] {
            let id = maintenances::create(&desk.act(), &plan(&desk, first), None, true).await.unwrap().id;
            let shown = calendar(&desk.app, "/history.ics").await[&uid(&id)].clone();
            let said = desk.work(&id).await.updates[0].id.clone();
            desk.wait(2).await;
            maintenances::undo(&desk.act(), &id, &said).await.unwrap();
            let off = calendar(&desk.app, "/history.ics").await;
            assert_off(&shown, &off[&uid(&id)]);
            assert_nowhere_else(&desk.app, &id).await;

            desk.wait(2).await;
            let anew = MaintenanceInput {
                name: "Secret switches".to_owned(),
                components: vec![(desk.web.clone(), ComponentStatus::MajorOutage)],
                ..plan(&desk, Some(window(&desk, 900, 60)))
            };
            maintenances::save_draft(&desk.act(), &id, &anew, None).await.unwrap();
            assert_eq!(calendar(&desk.app, "/history.ics").await, off, "the draft is nobody's to know");
            let component = |component: &Id| format!("/components/{component}/history.ics");
            assert!(calendar(&desk.app, &component(&desk.api)).await.contains_key(&uid(&id)));
            assert!(!calendar(&desk.app, &component(&desk.web)).await.contains_key(&uid(&id)));

            maintenances::publish(&desk.act(), &id, &anew, None).await.unwrap();
            let again = calendar(&desk.app, "/history.ics").await[&uid(&id)].clone();
            assert_eq!((again["STATUS"].as_str(), again["SUMMARY"].as_str()), ("CONFIRMED", "Scheduled: Secret switches"));
            assert!(sequence(&again) > sequence(&off[&uid(&id)]));

            let said = desk.work(&id).await.updates[0].id.clone();
            desk.wait(2).await;
            maintenances::undo(&desk.act(), &id, &said).await.unwrap();
            maintenances::delete(&desk.act(), &id, None).await.unwrap();
            assert_off(&again, &calendar(&desk.app, "/history.ics").await[&uid(&id)]);
            assert_nowhere_else(&desk.app, &id).await;
        }
        let app = desk.app.restart().await;
        assert_eq!(calendar(&app, "/history.ics").await.len(), 2);
        app.advance(TimeDelta::days(30)).await;
        assert_eq!(calendar(&app, "/history.ics").await.len(), 0);
        app.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_series_taken_back_is_off_window_by_window() {
    each_desk(async |desk: Desk| {
        let again = RecurrenceInput { rule: "FREQ=DAILY;COUNT=5".to_owned(), exceptions: Vec::new() };
        let id = maintenances::create(&desk.act(), &plan(&desk, Some(window(&desk, 60, 60))), Some(&again), true).await.unwrap().id;
        let before = calendar(&desk.app, "/history.ics").await;
        assert_eq!(before.len(), 5);
        let said = desk.work(&id).await.updates[0].id.clone();
        maintenances::undo(&desk.act(), &id, &said).await.unwrap();
        let after = calendar(&desk.app, "/history.ics").await;
        assert_eq!(after.len(), 5);
        for (uid, before) in &before {
            assert_off(before, &after[uid]);
        }
        desk.app.end().await;
    })
    .await;
}

#[tokio::test]
async fn what_was_over_for_long_when_it_was_deleted_comes_back_into_its_own_calendar_alone() {
    each_desk(async |desk: Desk| {
        let id = maintenances::create(&desk.act(), &plan(&desk, Some(window(&desk, -1, 60))), None, true).await.unwrap().id;
        desk.app.advance(TimeDelta::days(91)).await;
        let own = format!("/incidents/{id}/history.ics");
        let before = calendar(&desk.app, &own).await;
        assert_eq!(calendar(&desk.app, "/history.ics").await.len(), 0);
        maintenances::delete(&desk.act(), &id, None).await.unwrap();
        assert_off(&before[&uid(&id)], &calendar(&desk.app, &own).await[&uid(&id)]);
        assert_eq!(calendar(&desk.app, "/history.ics").await.len(), 0, "calendars have forgotten it");
        desk.app.end().await;
    })
    .await;
}
