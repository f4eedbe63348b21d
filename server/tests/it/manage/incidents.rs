//! Incidents.

use serde_json::{Value, json};

use super::{Api, each_api};

#[tokio::test]
async fn an_incident_is_told_from_the_first_words_to_the_last() {
    each_api(async |api: Api| {
        let component = api.component("API").await;
        let made = api
            .post(
                "/incidents",
                json!({"incident": {"name": "Requests fail", "body": "We see errors.", "components": {&component: "major_outage"},
                    "internal_notes": "ask Ada", "owner": "Grace", "next_update_at": "2026-11-23T10:30:00Z"}}),
            )
            .await;
        assert_eq!((made["status"].as_str(), made["impact"].as_str(), made["draft"].as_bool()), (Some("investigating"), Some("critical"), Some(false)));
        assert_eq!((made["internal_notes"].as_str(), made["owner"].as_str()), (Some("ask Ada"), Some("Grace")));
        assert_eq!((made["next_update_at"].as_str(), made["page_id"].as_str()), (Some("2026-11-23T10:30:00.000Z"), Some(api.page.as_str())));
        assert_eq!(made["incident_updates"][0]["deliver_notifications"], true);
        // The answer came when readers saw it.
        let seen = api.public("/api/v2/summary.json").await;
        assert_eq!((seen["incidents"][0]["id"].clone(), seen["components"][0]["status"].as_str()), (made["id"].clone(), Some("major_outage")));
        assert!(!seen.to_string().contains("ask Ada"));

        let one = format!("/incidents/{}", made["id"].as_str().unwrap());
        api.app.advance(chrono::TimeDelta::minutes(5)).await;
        let updated = api.patch(&one, json!({"incident": {"status": "identified"}})).await;
        assert_eq!(updated["incident_updates"].as_array().unwrap().len(), 2);
        assert_eq!(updated["incident_updates"][0]["body"], "We have found the cause and are working on a fix.");
        let renamed = api.patch(&one, json!({"incident": {"name": "Payments fail", "impact_override": "minor"}})).await;
        assert_eq!((renamed["name"].as_str(), renamed["impact"].as_str()), (Some("Payments fail"), Some("minor")));
        assert_eq!(renamed["incident_updates"].as_array().unwrap().len(), 2, "an edit is no message");

        // Who sends back what they were sent changes nothing.
        let before = api.get(&one).await;
        let reply = api.call("PUT", &one, &json!({"incident": before})).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        assert_eq!(reply.json()["incident_updates"], before["incident_updates"]);

        api.app.advance(chrono::TimeDelta::minutes(5)).await;
        let over = api
            .patch(&one, json!({"incident": {"status": "resolved", "body": "Fixed.", "impact_override": null, "components": {&component: "operational"}}}))
            .await;
        assert_eq!((over["status"].as_str(), over["impact"].as_str()), (Some("resolved"), Some("critical")));
        assert_eq!(over["resolved_at"], "2026-11-23T10:10:00.000Z");
        assert_eq!(api.public("/api/v2/status.json").await["status"]["indicator"], "none");
        assert_eq!(api.get("/incidents/unresolved").await, json!([]));

        let message = over["incident_updates"][0]["id"].as_str().unwrap();
        api.app.advance(chrono::TimeDelta::minutes(1)).await;
        let path = format!("{one}/incident_updates/{message}");
        let edited = api.patch(&path, json!({"incident_update": {"body": "Fixed for good.", "display_at": "2026-11-23T10:09:00Z"}})).await;
        assert_eq!((edited["body"].as_str(), edited["display_at"].as_str()), (Some("Fixed for good."), Some("2026-11-23T10:09:00.000Z")));
        assert_eq!(edited["incident_id"], made["id"]);
        assert_eq!(api.get(&one).await["resolved_at"], "2026-11-23T10:09:00.000Z");

        let gone = api.call("DELETE", &one, &Value::Null).await;
        assert_eq!((gone.status, gone.json()["id"].clone()), (200, made["id"].clone()));
        assert_eq!(api.call("GET", &one, &Value::Null).await.status, 404);
        assert_eq!(api.public("/api/v2/incidents.json").await["incidents"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_kept_changed_and_published() {
    each_api(async |api: Api| {
        let component = api.component("API").await;
        let made = api
            .post(
                "/incidents",
                json!({"incident": {"name": "Draft", "body": "First.", "draft": true, "components": {&component: "partial_outage"}}}),
            )
            .await;
        assert_eq!(made["draft"], true);
        let one = format!("/incidents/{}", made["id"].as_str().unwrap());
        assert_eq!(api.public("/api/v2/summary.json").await["incidents"], json!([]));
        assert_eq!(api.get("/incidents/unresolved").await, json!([]));
        assert_eq!(api.get("/incidents").await[0]["draft"], true);
        let saved = api.patch(&one, json!({"incident": {"name": "Better"}})).await;
        assert_eq!((saved["draft"].as_bool(), saved["incident_updates"][0]["body"].as_str()), (Some(true), Some("First.")));
        let published = api.patch(&one, json!({"incident": {"draft": false, "body": "Second."}})).await;
        assert_eq!((published["draft"].as_bool(), published["name"].as_str()), (Some(false), Some("Better")));
        assert_eq!(published["incident_updates"].as_array().unwrap().len(), 1);
        assert_eq!(published["incident_updates"][0]["body"], "Second.");
        let seen = api.public("/api/v2/summary.json").await;
        assert_eq!(
            (seen["incidents"][0]["name"].as_str(), seen["components"][0]["status"].as_str()),
            (Some("Better"), Some("partial_outage"))
        );
        assert!(api.refused("PATCH", &one, json!({"incident": {"draft": true}})).await["draft"].is_array());
    })
    .await;
}

#[tokio::test]
async fn lists_are_searched_and_paged() {
    each_api(async |api: Api| {
        for name in ["One", "Two", "Three"] {
            api.post("/incidents", json!({"incident": {"name": name, "deliver_notifications": false}})).await;
            api.app.advance(chrono::TimeDelta::minutes(1)).await;
        }
        let names = async |path: &str| -> Vec<String> {
            api.get(path).await.as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(names("/incidents").await, ["Three", "Two", "One"]);
        assert_eq!(names("/incidents?limit=2").await, ["Three", "Two"]);
        assert_eq!(names("/incidents?limit=2&page=2").await, ["One"]);
        assert_eq!(names("/incidents?q=tHrEe").await, ["Three"]);
        for query in ["%25", "%00", "One%00"] {
            assert_eq!(names(&format!("/incidents?q={query}")).await, [] as [&str; 0], "{query}");
        }
        assert_eq!(names("/incidents/unresolved.json?per_page=1").await, ["Three"]);
        for path in ["/incidents?page=0", "/incidents?limit=x", "/incidents?limit=-1"] {
            assert_eq!(api.call("GET", path, &Value::Null).await.status, 422, "{path}");
        }
        assert_eq!(names("/incidents?page=9223372036854775807").await, [] as [&str; 0]);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_used_is_named_by_its_field_and_changes_nothing() {
    each_api(async |api: Api| {
        let component = api.component("API").await;
        let wrong = api
            .refused(
                "POST",
                "/incidents",
                json!({"incident": {"name": 7, "status": "broken", "body": ["x"], "components": {&component: "bad"}, "impact_override": "huge",
                    "deliver_notifications": "yes", "next_update_at": "soon", "draft": 1, "component_ids": "x"}}),
            )
            .await;
        for field in ["name", "status", "body", "components", "impact_override", "deliver_notifications", "next_update_at", "draft", "component_ids"] {
            assert!(wrong[field][0].as_str().is_some_and(|sentence| sentence.starts_with(field)), "{field}: {wrong}");
        }
        let wrong = api.refused("POST", "/incidents", json!({"incident": {"status": "investigating"}})).await;
        assert_eq!(wrong, json!({"name": ["The title is empty. Write a few words."]}));
        let long = "x".repeat(25_001);
        let wrong = api.refused("POST", "/incidents", json!({"incident": {"name": "a\u{202e}b", "body": long, "component_ids": ["nowhere00000"]}})).await;
        assert!(wrong["name"][0].as_str().unwrap().contains("U+202E") && wrong["body"].is_array(), "{wrong}");
        assert!(wrong["component_ids"].is_array() && wrong["components"].is_null(), "{wrong}");
        let wrong = api.refused("POST", "/incidents", json!({"incident": {"name": "x", "components": ["nowhere00000"]}})).await;
        assert!(wrong["components"].is_array() && wrong["component_ids"].is_null(), "{wrong}");
        for long_ago in ["1970-01-01T00:00:00Z", "-0044-03-15T12:00:00Z"] {
            let wrong = api.refused("POST", "/incidents", json!({"incident": {"name": "x", "started_at": long_ago}})).await;
            assert!(wrong["started_at"][0].as_str().unwrap().contains("before 2000-01-01"), "{wrong}");
        }
        assert_eq!(api.get("/incidents").await, json!([]));

        let made = api.post("/incidents", json!({"incident": {"name": "Stays"}})).await;
        let one = format!("/incidents/{}", made["id"].as_str().unwrap());
        // Of an edit and a message in one call neither is done where one cannot be.
        api.refused("PATCH", &one, json!({"incident": {"name": "Changed", "status": "identified", "body": "bell \u{7}"}})).await;
        api.refused("PATCH", &one, json!({"incident": {"name": "", "status": "identified", "body": "fine"}})).await;
        let foreign = json!({"incident": {"status": "identified", "component_ids": ["nowhere00000"]}});
        assert!(api.refused("PATCH", &one, foreign).await["component_ids"].is_array());
        let update = format!("{one}/incident_updates/{}", made["incident_updates"][0]["id"].as_str().unwrap());
        let long_ago = json!({"incident_update": {"display_at": "1999-12-31T23:59:59Z"}});
        assert!(api.refused("PATCH", &update, long_ago).await["display_at"].is_array());
        assert_eq!(api.get(&one).await, made);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_moved_by_fields_that_nobody_reads() {
    each_api(async |api: Api| {
        let made = api.post("/incidents", json!({"incident": {"name": "Mine", "id": "attacker0000", "page_id": "attacker0000"}})).await;
        let other = api.post("/incidents", json!({"incident": {"name": "Other"}})).await;
        assert_ne!(made["id"], "attacker0000");
        let one = format!("/incidents/{}", made["id"].as_str().unwrap());
        let immutable = json!({"id": other["id"], "page_id": "attacker0000", "created_at": "2001-01-01T00:00:00Z", "resolved_at": "2001-01-01T00:00:00Z",
            "shortlink": "http://evil", "incident_updates": []});
        let after = api.patch(&one, json!({"incident": immutable})).await;
        assert_eq!(after, made);
        let (mine, theirs) = (made["incident_updates"][0]["id"].as_str().unwrap(), other["incident_updates"][0]["id"].as_str().unwrap());
        let moved = json!({"incident_update": {"id": theirs, "incident_id": other["id"], "created_at": "2001-01-01T00:00:00Z", "body": "Edited."}});
        let edited = api.patch(&format!("{one}/incident_updates/{mine}"), moved.clone()).await;
        assert_eq!((edited["id"].as_str(), edited["incident_id"].clone()), (Some(mine), made["id"].clone()));
        assert_eq!(edited["created_at"], made["incident_updates"][0]["created_at"]);
        // The message of another incident is none of this one's.
        let reply = api.call("PATCH", &format!("{one}/incident_updates/{theirs}"), &moved).await;
        assert_eq!(reply.status, 404);
        assert_eq!(api.get(&format!("/incidents/{}", other["id"].as_str().unwrap())).await, other);
        for path in ["/incidents/nowhere00000", "/incidents/NOT-AN-ID", "/incidents/'%20or%201=1"] {
            assert_eq!(api.call("GET", path, &Value::Null).await.status, 404, "{path}");
        }
    })
    .await;
}
