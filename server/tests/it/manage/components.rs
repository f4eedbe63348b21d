//! Components and their groups.

use serde_json::{Value, json};

use super::{Api, each_api};

#[tokio::test]
async fn a_component_is_created_read_updated_and_deleted() {
    each_api(async |api: Api| {
        let made = api.post("/components", json!({"component": {"name": "API", "description": "Answers.", "status": "degraded_performance", "start_date": "2026-11-01"}})).await;
        assert_eq!((made["name"].as_str(), made["status"].as_str(), made["upstream"].as_bool()), (Some("API"), Some("degraded_performance"), Some(false)));
        assert_eq!((made["start_date"].as_str(), made["showcase"].as_bool(), made["group"].as_bool()), (Some("2026-11-01"), Some(true), Some(false)));
        let one = format!("/components/{}", made["id"].as_str().unwrap());
        assert_eq!(api.get(&one).await, made);
        assert_eq!(api.get("/components").await, json!([made]));
        assert_eq!(api.public("/api/v2/components.json").await["components"][0]["status"], "degraded_performance");

        let changed = api.patch(&one, json!({"component": {"status": "major_outage", "upstream": true, "id": "attacker0000", "page_id": "x", "created_at": "x"}})).await;
        assert_eq!((changed["status"].as_str(), changed["upstream"].as_bool(), changed["name"].as_str()), (Some("major_outage"), Some(true), Some("API")));
        assert_eq!((&changed["id"], &changed["created_at"], &changed["page_id"]), (&made["id"], &made["created_at"], &made["page_id"]));
        let reply = api.call("PUT", &format!("{one}.json"), &json!({"component": {"description": null, "status": "operational"}})).await;
        assert_eq!((reply.json()["description"].clone(), reply.json()["status"].as_str()), (Value::Null, Some("operational")));

        let gone = api.call("DELETE", &one, &Value::Null).await;
        assert_eq!((gone.status, gone.bytes.len(), gone.header("content-type")), (204, 0, ""));
        assert_eq!(api.call("GET", &one, &Value::Null).await.status, 404);
        assert_eq!(api.call("PATCH", &one, &json!({"component": {"name": "x"}})).await.status, 404);
        assert_eq!(api.call("DELETE", &one, &Value::Null).await.status, 404);
        assert_eq!(api.public("/api/v2/components.json").await["components"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn groups_are_spelled_both_ways_and_hold_components() {
    each_api(async |api: Api| {
        let (one, two) = (api.component("One").await, api.component("Two").await);
        let made =
            api.post("/component-groups", json!({"description": "both", "component_group": {"name": "Core", "components": [one]}})).await;
        assert_eq!(
            (made["name"].as_str(), made["description"].as_str(), made["components"].clone()),
            (Some("Core"), Some("both"), json!([one]))
        );
        let path = format!("/component_groups/{}", made["id"].as_str().unwrap());
        assert_eq!(api.get(&path).await, made);
        assert_eq!(api.get("/component-groups.json").await, json!([made]));
        let moved = api.patch(&path, json!({"component_group": {"components": [two]}})).await;
        assert_eq!((moved["components"].clone(), moved["description"].as_str()), (json!([two]), Some("both")));
        assert_eq!(api.get(&format!("/components/{one}")).await["group_id"], Value::Null);
        // "null" takes a component out of its group.
        let out = api.patch(&format!("/components/{two}"), json!({"component": {"group_id": "null"}})).await;
        assert_eq!(out["group_id"], Value::Null);
        let back = api.patch(&format!("/components/{two}"), json!({"component": {"group_id": made["id"]}})).await;
        assert_eq!(back["group_id"], made["id"]);
        let gone = api.call("DELETE", &path, &Value::Null).await;
        assert_eq!((gone.status, gone.json()["id"].clone()), (200, made["id"].clone()));
        assert_eq!(api.get(&format!("/components/{two}")).await["group_id"], Value::Null);
        assert_eq!(api.call("DELETE", &path, &Value::Null).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_used_is_named_by_its_field_and_changes_nothing() {
    each_api(async |api: Api| {
        let one = format!("/components/{}", api.component("API").await);
        let before = api.get(&one).await;
        let bad = json!({"component": {"name": "", "status": "broken", "group_id": 7, "position": "first", "showcase": "maybe", "start_date": "soon"}});
        let wrong = api.refused("PATCH", &one, bad.clone()).await;
        for field in ["status", "group_id", "position", "showcase", "start_date"] {
            assert!(wrong[field].is_array(), "{field}: {wrong}");
        }
        for day in ["0001-01-01", "-5000-01-01", "1999-12-31", "2999-01-01", "+99999-01-01"] {
            let wrong = api.refused("PATCH", &one, json!({"component": {"start_date": day}})).await;
            assert!(wrong["start_date"].is_array(), "{day}: {wrong}");
        }
        let wrong = api.refused("PATCH", &one, json!({"component": {"start_date": "0001-01-01"}})).await;
        assert!(wrong["start_date"][0].as_str().unwrap().contains("from 2000-01-01 to 2027-11-"), "{wrong}");
        // A name that cannot be used leaves the status as it is, too.
        assert!(api.refused("PATCH", &one, json!({"component": {"name": " ", "status": "major_outage"}})).await["name"].is_array());
        assert!(api.refused("POST", "/components", json!({"component": {"name": "x", "group_id": "nowhere00000"}})).await["group_id"].is_array());
        let wrong = api.refused("POST", "/component-groups", json!({"component_group": {}})).await;
        assert!(wrong["components"].is_array(), "{wrong}");
        let wrong = api.refused("POST", "/component-groups", json!({"component_group": {"components": ["nowhere00000"]}})).await;
        assert!(wrong["name"].is_array() && wrong["components"].is_array(), "{wrong}");
        assert_eq!(api.get("/components").await, json!([before]));
        assert_eq!(api.get("/component-groups").await, json!([]));
    })
    .await;
}
