//! Importing the real public history of a device cloud: what arrives, in which order, and that twice is the same as once.

mod refusals;

use chrono::TimeDelta;
use serde_json::{Value, json};
use server::actions::import::{self, Source, SourceError};
use server::actions::postmortems::{self, ItemInput};
use server::actions::{Act, Actor};

use crate::support::Engine;
use crate::support::app::{HISTORY, TestApp};

fn history() -> Value {
    serde_json::from_slice(&std::fs::read(HISTORY).unwrap()).unwrap()
}

fn source(document: &Value) -> Result<Source, SourceError> {
    import::parse("test.json", document.to_string().as_bytes())
}

/// A small page with one component and one incident that is open.
fn small() -> Value {
    json!({
        "page": {"id": "aaaaaaaaaaaa", "name": "Small", "time_zone": "America/Tijuana"},
        "components": [component("cccccccccccc", "API", "major_outage")],
        "incidents": [{
            "id": "iiiiiiiiiiii", "name": "API is down", "status": "investigating", "impact": "critical",
            "created_at": "2026-11-23T09:00:00.000Z", "updated_at": "2026-11-23T09:00:00.000Z",
            "incident_updates": [update("uuuuuuuuuuuu", "investigating", "2026-11-23T09:00:00.000Z", "We are looking.")],
            "components": [component("cccccccccccc", "API", "major_outage")],
        }],
        "scheduled_maintenances": [],
    })
}

fn component(id: &str, name: &str, status: &str) -> Value {
    json!({
        "id": id, "name": name, "status": status, "created_at": "2026-01-01T00:00:00.000Z", "updated_at": "2026-01-01T00:00:00.000Z",
        "position": 1, "description": null, "showcase": true, "start_date": null, "group_id": null, "page_id": "aaaaaaaaaaaa",
        "group": false, "only_show_if_degraded": false,
    })
}

fn update(id: &str, status: &str, at: &str, body: &str) -> Value {
    json!({"id": id, "status": status, "body": body, "created_at": at, "updated_at": at, "display_at": at, "affected_components": null})
}

#[tokio::test]
async fn the_real_history_arrives_whole_on_both_engines() {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        let outcome = app.import_history().await;
        assert_eq!((outcome.components.created, outcome.incidents.created), (11, 18), "{engine:?}");
        assert_eq!((outcome.updates, outcome.postmortems), (93, 17), "{engine:?}");
        let wire = app.get("/api/v2/incidents.json").await.json();
        let rows = wire["incidents"].as_array().unwrap();
        let updates: Vec<&Value> = rows.iter().flat_map(|row| row["incident_updates"].as_array().unwrap()).collect();
        assert_eq!((rows.len(), updates.len()), (18, 93));
        assert_eq!(updates.iter().filter(|update| update["status"] == "postmortem").count(), 17);
        app.end().await;
    }
}

#[tokio::test]
async fn ids_order_texts_and_backdating_are_kept() {
    let app = TestApp::plain().await;
    app.import_history().await;
    let wire = app.get("/api/v2/incidents.json").await.json();
    let ours: std::collections::HashMap<&str, &Value> =
        wire["incidents"].as_array().unwrap().iter().map(|row| (row["id"].as_str().unwrap(), row)).collect();
    let theirs = history();
    for incident in theirs["incidents"].as_array().unwrap() {
        let row = ours[incident["id"].as_str().unwrap()];
        for key in ["name", "status", "impact", "created_at", "updated_at", "started_at", "resolved_at"] {
            assert_eq!(row[key], incident[key], "{key} of {}", incident["id"]);
        }
        let pick = |update: &Value| ["id", "status", "body", "display_at", "created_at", "updated_at"].map(|key| update[key].clone());
        let mine: Vec<_> = row["incident_updates"].as_array().unwrap().iter().map(pick).collect();
        let given: Vec<_> = incident["incident_updates"].as_array().unwrap().iter().map(pick).collect();
        assert_eq!(mine, given, "updates of {}", incident["id"]);
        let ids = |rows: &Value| {
            let mut ids: Vec<String> = rows.as_array().unwrap().iter().map(|c| c["id"].as_str().unwrap().to_owned()).collect();
            ids.sort();
            ids
        };
        assert_eq!(ids(&row["components"]), ids(&incident["components"]));
    }
    app.end().await;
}

#[tokio::test]
async fn a_second_import_changes_nothing() {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        app.import_history().await;
        let before = app.get("/live.json").await.text();
        app.advance(chrono::TimeDelta::minutes(3)).await;
        let outcome = app.import_history().await;
        assert!(outcome.is_nothing(), "{outcome:?}");
        assert_eq!((outcome.components.skipped, outcome.incidents.skipped), (11, 18));
        assert_eq!(app.get("/live.json").await.text(), before);
        app.end().await;
    }
}

#[tokio::test]
async fn what_changed_at_the_source_changes_here_and_nothing_else() {
    let app = TestApp::plain().await;
    app.import_history().await;
    let mut document = history();
    let newest = update("zzzzzzzzzzzz", "postmortem", "2026-04-01T00:00:00.000Z", "More was found.");
    document["incidents"][3]["incident_updates"].as_array_mut().unwrap().insert(0, newest);
    document["components"][0]["status"] = json!("partial_outage");
    let outcome = app.import(&source(&document).unwrap()).await;
    assert_eq!((outcome.components.changed, outcome.components.skipped), (1, 10));
    assert_eq!((outcome.incidents.changed, outcome.incidents.skipped), (1, 17));
    let status = app.get("/api/v2/status.json").await.json();
    assert_eq!(status["status"]["description"], "Minor Service Outage");
    let id = document["incidents"][3]["id"].as_str().unwrap();
    assert!(app.get(&format!("/incidents/{id}")).await.text().contains("More was found."));
    app.end().await;
}

#[tokio::test]
async fn follow_ups_written_here_outlive_a_change_at_the_source() {
    let app = TestApp::plain().await;
    app.import_history().await;
    let mut document = history();
    let mut messages = document["incidents"].as_array_mut().unwrap().iter_mut().flat_map(|i| i["incident_updates"].as_array_mut().unwrap());
    let explained = messages.find(|message| message["status"] == "postmortem").unwrap();
    let id = app::words::Id::parse(explained["id"].as_str().unwrap()).unwrap();
    let input = ItemInput {
        title: "Keep this".to_owned(),
        explanation: None,
        state: app::words::ActionState::Planned,
        due_on: None,
        link: None,
        owner: None,
    };
    let act = Act { db: &app.db, actor: &Actor::system(), now: app.hand.now(), undo: TimeDelta::zero() };
    postmortems::add_item(&act, &id, &input).await.unwrap();
    explained["body"] = json!("More was found.");
    explained["updated_at"] = json!("2026-11-22T00:00:00.000Z");
    assert_eq!(app.import(&source(&document).unwrap()).await.incidents.changed, 1);
    let page = app.get(&format!("/post-mortems/{id}")).await.text();
    assert!(page.contains("More was found.") && page.contains("Keep this"), "{page}");
    app.end().await;
}

#[tokio::test]
async fn a_dry_run_reports_and_leaves_no_trace() {
    let app = TestApp::plain().await;
    let before = app.get("/api/v2/summary.json").await.text();
    let document = source(&history()).unwrap();
    let outcome = import::run(&app.db, &document, None, true, app.hand.now()).await.unwrap();
    assert_eq!((outcome.components.created, outcome.incidents.created), (11, 18));
    app.look().await;
    assert_eq!(app.get("/api/v2/summary.json").await.text(), before);
    app.end().await;
}

#[tokio::test]
async fn an_import_of_another_page_is_refused_until_the_page_is_named() {
    let app = TestApp::plain().await;
    app.import_history().await;
    let other = source(&small()).unwrap();
    let refused = import::run(&app.db, &other, None, false, app.hand.now()).await.unwrap_err().to_string();
    assert!(refused.contains("--page 5b4dcn321xtp"), "{refused}");
    let here = app::words::Id::parse("5b4dcn321xtp").unwrap();
    let taken = import::run(&app.db, &other, Some(&here), false, app.hand.now()).await.unwrap();
    assert_eq!(taken.incidents.created, 1);
    app.look().await;
    let page = app.get("/api/v2/status.json").await.json();
    assert_eq!((page["page"]["name"].as_str(), page["page"]["id"].as_str()), (Some("balena.io"), Some("5b4dcn321xtp")));
    app.end().await;
}

#[tokio::test]
async fn an_open_incident_states_its_components_and_the_page_speaks_the_pages_zone() {
    let app = TestApp::plain().await;
    app.import(&source(&small()).unwrap()).await;
    let summary = app.get("/api/v2/summary.json").await.json();
    assert_eq!(summary["status"], json!({"indicator": "critical", "description": "Major System Outage"}));
    assert_eq!(summary["incidents"][0]["created_at"], "2026-11-23T01:00:00.000-08:00");
    app.end().await;
}

#[tokio::test]
async fn unknown_keys_and_partial_incidents_are_ignored() {
    let mut document = small();
    document["partial_incidents"] = json!([{"id": 7}]);
    document["incidents"][0]["_note"] = json!({"deep": [1, 2]});
    assert_eq!(source(&document).unwrap().incidents.len(), 1);
}

fn affecting(mut row: Value, from: &str, to: &str) -> Value {
    row["affected_components"] = json!([{"code": "cccccccccccc", "name": "API", "old_status": from, "new_status": to}]);
    row
}

#[tokio::test]
async fn what_messages_of_a_later_import_did_to_components_is_history_too() {
    let mut first = small();
    let down = affecting(update("uuuuuuuuuuuu", "investigating", "2026-11-23T08:00:00.000Z", "Down."), "operational", "major_outage");
    first["incidents"][0]["incident_updates"] = json!([down]);
    let mut second = first.clone();
    let up = affecting(update("vvvvvvvvvvvv", "resolved", "2026-11-23T08:30:00.000Z", "Up."), "major_outage", "operational");
    second["incidents"][0]["incident_updates"].as_array_mut().unwrap().insert(0, up);
    second["incidents"][0]["status"] = json!("resolved");
    second["components"][0]["status"] = json!("operational");
    let app = TestApp::plain().await;
    app.import(&source(&first).unwrap()).await;
    app.import(&source(&second).unwrap()).await;
    let page = app.get("/components/cccccccccccc").await.text();
    assert!(page.contains("30 min major outage"), "{page}");
    app.end().await;
}

#[tokio::test]
async fn a_message_that_the_source_took_back_is_taken_back_here() {
    let mut closed = small();
    let up = update("vvvvvvvvvvvv", "resolved", "2026-11-23T09:30:00.000Z", "Over.");
    closed["incidents"][0]["incident_updates"].as_array_mut().unwrap().insert(0, up);
    closed["incidents"][0]["status"] = json!("resolved");
    let app = TestApp::plain().await;
    app.import(&source(&closed).unwrap()).await;
    app.import(&source(&small()).unwrap()).await;
    let open = app.get("/api/v2/incidents/unresolved.json").await.json();
    assert_eq!(open["incidents"][0]["status"], "investigating");
    assert!(!app.get("/incidents/iiiiiiiiiiii").await.text().contains("Over."));
    app.end().await;
}

#[tokio::test]
async fn components_named_only_by_messages_belong_to_the_incident_once() {
    let mut document = small();
    let row = affecting(update("uuuuuuuuuuuu", "investigating", "2026-11-23T09:00:00.000Z", "Down."), "operational", "partial_outage");
    document["incidents"][0]["incident_updates"] = json!([row]);
    document["incidents"][0]["components"] = json!([]);
    document["components"][0]["status"] = json!("operational");
    let app = TestApp::plain().await;
    app.import(&source(&document).unwrap()).await;
    let summary = app.get("/api/v2/summary.json").await.json();
    assert_eq!(summary["incidents"][0]["components"][0]["id"], "cccccccccccc");
    // The component's own row is what the source says now, and newer than the message.
    assert_eq!(summary["status"]["description"], "All Systems Operational");
    let twice = document["components"][0].clone();
    document["incidents"][0]["components"] = json!([twice.clone(), twice]);
    app.import(&source(&document).unwrap()).await;
    app.end().await;
}

#[tokio::test]
async fn a_maintenance_that_was_over_early_was_over_when_its_last_message_said_so() {
    let mut document = small();
    document["scheduled_maintenances"] = json!([{
        "id": "mmmmmmmmmmmm", "name": "Early", "status": "completed", "impact": "maintenance", "resolved_at": null,
        "created_at": "2026-11-20T00:00:00.000Z", "updated_at": "2026-11-20T00:00:00.000Z",
        "scheduled_for": "2026-12-01T10:00:00.000Z", "scheduled_until": "2026-12-01T12:00:00.000Z",
        "incident_updates": [update("nnnnnnnnnnnn", "completed", "2026-11-21T00:00:00.000Z", "Done before time.")],
    }]);
    let app = TestApp::plain().await;
    app.import(&source(&document).unwrap()).await;
    let wire = app.get("/api/v2/scheduled-maintenances.json").await.json();
    assert_eq!(wire["scheduled_maintenances"][0]["resolved_at"], "2026-11-20T16:00:00.000-08:00");
    app.end().await;
}

#[tokio::test]
async fn one_id_never_becomes_two_things() {
    let app = TestApp::plain().await;
    app.import(&source(&small()).unwrap()).await;
    let mut document = small();
    document["incidents"][0]["id"] = json!("cccccccccccc");
    document["incidents"][0]["components"] = json!([]);
    document["components"] = json!([]);
    let refused = import::run(&app.db, &source(&document).unwrap(), None, false, app.hand.now()).await.unwrap_err().to_string();
    assert!(refused.contains("cccccccccccc") && refused.contains("Nothing was changed"), "{refused}");
    let mut moved = small();
    moved["incidents"][0]["id"] = json!("jjjjjjjjjjjj");
    let refused = import::run(&app.db, &source(&moved).unwrap(), None, false, app.hand.now()).await.unwrap_err().to_string();
    assert!(refused.contains("Nothing was changed"), "{refused}");
    app.end().await;
}

#[tokio::test]
async fn characters_hidden_in_references_break_neither_feed_nor_page() {
    let mut document = small();
    let body = "a &#x8; b &#xFFFE; c &#x202E; d";
    document["incidents"][0]["incident_updates"] = json!([update("uuuuuuuuuuuu", "investigating", "2026-11-23T09:00:00.000Z", body)]);
    let app = TestApp::plain().await;
    app.import(&source(&document).unwrap()).await;
    for path in ["/history.atom", "/", "/incidents/iiiiiiiiiiii"] {
        let text = app.get(path).await.text();
        assert_eq!(app::markdown::visible(&text), text, "{path}");
    }
    app.end().await;
}
