//! The field's read API: valid against the strict schemas, and true to the rules that hold across fields (contract 1.9).

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::Engine;
use crate::support::app::TestApp;

const DOCUMENTS: [(&str, &str); 8] = [
    ("summary", "summary"),
    ("status", "status"),
    ("components", "components"),
    ("incidents", "incidents"),
    ("incidents/unresolved", "incidents.unresolved"),
    ("scheduled-maintenances", "scheduled-maintenances"),
    ("scheduled-maintenances/upcoming", "scheduled-maintenances.upcoming"),
    ("scheduled-maintenances/active", "scheduled-maintenances.active"),
];

/// Fetches all eight, and holds every one to its schema and all of them to each other.
pub async fn hold_the_contract(app: &TestApp) {
    let mut documents = std::collections::HashMap::new();
    for (path, schema) in DOCUMENTS {
        let reply = app.get(&format!("/api/v2/{path}.json")).await;
        assert_eq!(reply.status, 200, "{path}");
        assert_eq!(reply.header("content-type"), "application/json; charset=utf-8");
        assert_eq!(reply.header("access-control-allow-origin"), "*");
        let file = format!("{}/tests/fixtures/emit/{schema}.schema.json", env!("CARGO_MANIFEST_DIR"));
        let schema: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let document = reply.json();
        let errors: Vec<String> = validator.iter_errors(&document).map(|e| format!("{} at {}", e, e.instance_path())).collect();
        assert!(errors.is_empty(), "{path}: {errors:#?}");
        documents.insert(path, document);
    }
    let summary = &documents["summary"];
    assert_eq!(summary["status"], documents["status"]["status"]);
    assert_eq!(summary["components"], documents["components"]["components"]);
    assert_eq!(summary["incidents"], documents["incidents/unresolved"]["incidents"]);
    let planned = |path: &str| documents[path]["scheduled_maintenances"].as_array().unwrap().clone();
    let ids = |rows: &[Value]| rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect::<BTreeSet<_>>();
    let coming = [planned("scheduled-maintenances/upcoming"), planned("scheduled-maintenances/active")].concat();
    assert_eq!(ids(summary["scheduled_maintenances"].as_array().unwrap()), ids(&coming));
    components_hold(summary["components"].as_array().unwrap());
    let page_id = summary["page"]["id"].as_str().unwrap();
    let mut resolved_before = None;
    for row in documents["incidents"]["incidents"].as_array().unwrap() {
        incident_holds(row, page_id);
        let resolved = row["resolved_at"].as_str().map(|at| chrono::DateTime::parse_from_rfc3339(at).unwrap());
        match (resolved, resolved_before) {
            (None, before) => assert!(before.is_none(), "unresolved ones stand first"),
            (Some(at), Some(before)) => assert!(at <= before, "then the latest resolved"),
            (Some(_), None) => {}
        }
        resolved_before = resolved.or(resolved_before);
    }
    for row in planned("scheduled-maintenances") {
        incident_holds(&row, page_id);
        assert!(row["scheduled_for"].as_str() < row["scheduled_until"].as_str());
    }
}

fn components_hold(rows: &[Value]) {
    let positions: Vec<i64> = rows.iter().map(|row| row["position"].as_i64().unwrap()).collect();
    assert!(positions.is_sorted(), "components stand by position");
    for row in rows {
        assert_eq!(row["group"] == true, row.get("components").is_some());
        if row["group"] == true {
            assert!(row["group_id"].is_null());
            let mut children: Vec<&Value> = rows.iter().filter(|child| child["group_id"] == row["id"]).collect();
            children.sort_by_key(|child| child["position"].as_i64());
            let ids: Vec<&Value> = children.iter().map(|child| &child["id"]).collect();
            assert_eq!(row["components"].as_array().unwrap().iter().collect::<Vec<_>>(), ids);
        }
    }
}

fn incident_holds(row: &Value, page_id: &str) {
    let updates = row["incident_updates"].as_array().unwrap();
    assert_eq!(row["status"], updates[0]["status"], "the newest update's status is the parent's: {}", row["id"]);
    assert_eq!(row["page_id"], page_id);
    let time = |value: &Value| chrono::DateTime::parse_from_rfc3339(value.as_str().unwrap()).unwrap();
    let shown: Vec<_> = updates.iter().map(|update| time(&update["display_at"])).collect();
    assert!(shown.is_sorted_by(|a, b| a >= b), "updates stand newest first: {}", row["id"]);
    for update in updates {
        assert_eq!(update["incident_id"], row["id"]);
    }
    let over = matches!(row["status"].as_str().unwrap(), "resolved" | "postmortem" | "completed");
    assert_eq!(over, !row["resolved_at"].is_null());
    let watched =
        updates.iter().filter(|u| u["status"] == "monitoring" || u["status"] == "verifying").map(|u| time(&u["display_at"])).min();
    assert_eq!(watched, row["monitoring_at"].as_str().map(|at| chrono::DateTime::parse_from_rfc3339(at).unwrap()));
    assert!(row["components"].as_array().unwrap().iter().all(|component| component["group"] == false));
}

#[tokio::test]
async fn an_empty_page_is_true_to_the_contract() {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        hold_the_contract(&app).await;
        let status = app.get("/api/v2/status.json").await.json();
        assert_eq!(status["status"]["description"], "All Systems Operational");
        app.end().await;
    }
}

#[tokio::test]
async fn the_imported_history_is_true_to_the_contract() {
    let app = TestApp::plain().await;
    app.import_history().await;
    hold_the_contract(&app).await;
    app.end().await;
}

#[tokio::test]
async fn what_is_told_here_names_exactly_the_components_that_its_messages_name() {
    let app = TestApp::demo().await;
    hold_the_contract(&app).await;
    for (path, list) in [("incidents", "incidents"), ("scheduled-maintenances", "scheduled_maintenances")] {
        let document = app.get(&format!("/api/v2/{path}.json")).await.json();
        for row in document[list].as_array().unwrap() {
            let codes = |value: &Value, key: &str| value[key].as_str().unwrap().to_owned();
            let named: BTreeSet<String> = row["components"].as_array().unwrap().iter().map(|c| codes(c, "id")).collect();
            let updates = row["incident_updates"].as_array().unwrap();
            let effects = updates.iter().filter_map(|update| update["affected_components"].as_array()).flatten();
            assert_eq!(named, effects.map(|effect| codes(effect, "code")).collect(), "{}", row["name"]);
        }
    }
    app.end().await;
}

#[tokio::test]
async fn keys_stand_in_the_fields_order() {
    let app = TestApp::plain().await;
    app.import_history().await;
    let text = app.get("/api/v2/incidents.json").await.text();
    let row = &text[text.find("\"incidents\"").unwrap()..];
    let order = [
        "id",
        "name",
        "status",
        "created_at",
        "updated_at",
        "monitoring_at",
        "resolved_at",
        "impact",
        "shortlink",
        "started_at",
        "page_id",
        "incident_updates",
    ];
    let places: Vec<usize> = order.iter().map(|key| row.find(&format!("\"{key}\"")).unwrap()).collect();
    assert!(places.is_sorted(), "{places:?}");
    assert!(text.starts_with("{\"page\":{\"id\":\"5b4dcn321xtp\",\"name\":\"balena.io\",\"url\":\"https://status.example.test\""));
    app.end().await;
}
