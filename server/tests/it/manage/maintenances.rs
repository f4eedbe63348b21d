//! Planned work through the API, as the field's incidents with `scheduled_for`.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{Api, each_api};

fn texts<'a>(rows: &'a Value, field: &str) -> Vec<&'a str> {
    rows.as_array().unwrap().iter().map(|row| row[field].as_str().unwrap()).collect()
}

impl Api {
    /// Announced work, and its path.
    async fn planned(&self, words: Value) -> (Value, String) {
        let made = self.post("/incidents", json!({"incident": words})).await;
        let path = format!("/incidents/{}", made["id"].as_str().unwrap());
        (made, path)
    }
}

#[tokio::test]
async fn work_is_announced_dated_moved_extended_and_cancelled() {
    each_api(async |api: Api| {
        let component = api.component("API").await;
        let (made, one) = api
            .planned(json!({"name": "New switches", "status": "scheduled", "body": "Soon.", "components": {&component: "partial_outage"},
                "expected_downtime_minutes": 5, "worst_downtime_minutes": 20, "owner": "Grace", "internal_notes": "ask Ada"}))
            .await;
        assert_eq!((made["status"].as_str(), made["impact"].as_str(), made["draft"].as_bool()), (Some("scheduled"), Some("maintenance"), Some(false)));
        assert!(made.as_object().unwrap().contains_key("scheduled_for") && made["scheduled_for"].is_null() && made["scheduled_until"].is_null());
        assert_eq!((made["planned_statuses"].clone(), made["components"][0]["status"].as_str()), (json!({&component: "partial_outage"}), Some("operational")));
        assert_eq!((made["reminder_minutes"].clone(), made["scheduled_remind_prior"].as_bool()), (json!([10080, 1440, 60]), Some(true)));
        assert_eq!(made["warnings"], json!([]));

        api.app.advance(TimeDelta::minutes(1)).await;
        let times = json!({"scheduled_for": "2026-11-23T12:00:00Z", "scheduled_until": "2026-11-23T13:00:00Z"});
        let dated = api.patch(&one, json!({"incident": times.clone()})).await;
        assert_eq!(dated["scheduled_for"], "2026-11-23T12:00:00.000Z");
        assert_eq!(dated["incident_updates"][0]["body"], "The date of this work is set: 23 Nov 2026, 12:00 to 13:00 UTC.");
        assert!(dated["warnings"][0].as_str().unwrap().starts_with("Short notice"), "{dated}");
        let public = api.public("/api/v2/scheduled-maintenances/upcoming.json").await;
        assert_eq!(public["scheduled_maintenances"][0]["id"], made["id"]);
        assert!(!public.to_string().contains("ask Ada") && !public.to_string().contains("warnings"));

        // Who sends back what they were sent changes nothing.
        let before = api.get(&one).await;
        assert_eq!(api.call("PUT", &one, &json!({"incident": before})).await.json(), before);

        api.app.advance(TimeDelta::minutes(1)).await;
        let moved = api.patch(&one, json!({"incident": {"scheduled_for": "2026-11-23T10:30:00Z", "scheduled_until": "2026-11-23T11:30:00Z", "body": "Sooner."}})).await;
        assert_eq!(moved["incident_updates"][0]["body"], "Sooner.");
        api.app.advance(TimeDelta::minutes(30)).await;
        assert_eq!(texts(&api.get("/incidents/active_maintenance").await, "status"), ["in_progress"]);
        assert_eq!(api.get("/incidents/upcoming").await, json!([]));
        let wrong = api.refused("PATCH", &one, json!({"incident": {"scheduled_for": "2026-11-23T14:00:00Z", "scheduled_until": "2026-11-23T15:00:00Z"}})).await;
        assert!(wrong["scheduled_for"][0].as_str().unwrap().contains("has begun"), "{wrong}");
        let longer = api.patch(&one, json!({"incident": {"scheduled_until": "2026-11-23T12:00:00Z"}})).await;
        assert_eq!((longer["status"].as_str(), longer["incident_updates"].as_array().unwrap().len()), (Some("in_progress"), 5));
        assert_eq!(api.public("/api/v2/components.json").await["components"][0]["status"], "partial_outage");

        let verifying = api.patch(&one, json!({"incident": {"status": "verifying"}})).await;
        assert_eq!(verifying["incident_updates"][0]["body"], "The work is done. We are checking that everything is well.");
        let off = api.patch(&one, json!({"incident": {"status": "cancelled", "body": "It does not work.", "name": "Old switches"}})).await;
        assert_eq!((off["status"].as_str(), off["name"].as_str()), (Some("cancelled"), Some("Old switches")));
        let again = api.call("PATCH", &one, &json!({"incident": {"status": "cancelled", "body": "Again."}})).await;
        assert_eq!(again.status, 409);
        assert!(again.json()["message"].as_str().unwrap().contains("cancelled already"));
        assert_eq!(api.get(&one).await, off);

        let message = off["incident_updates"][0]["id"].as_str().unwrap();
        let path = format!("{one}/incident_updates/{message}");
        let edited = api.patch(&path, json!({"incident_update": {"body": "It cannot work."}})).await;
        assert_eq!((edited["body"].as_str(), edited["incident_id"].clone()), (Some("It cannot work."), made["id"].clone()));
        assert_eq!(api.call("PATCH", &format!("{one}/incident_updates/{component}"), &json!({"body": "x"})).await.status, 404);
        let gone = api.call("DELETE", &one, &Value::Null).await;
        assert_eq!((gone.status, gone.json()["id"].clone()), (200, made["id"].clone()));
        assert_eq!(api.call("GET", &one, &Value::Null).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn the_fields_own_words_are_understood() {
    each_api(async |api: Api| {
        let (one, two) = (api.component("API").await, api.component("Web").await);
        let times = json!({"name": "x", "scheduled_for": "2026-12-23T12:00:00Z", "scheduled_until": "2026-12-23T13:00:00Z",
            "component_ids": [&one], "scheduled_remind_prior": false, "scheduled_auto_in_progress": false, "scheduled_auto_completed": true,
            "auto_transition_to_maintenance_state": false, "auto_transition_to_operational_state": false,
            "auto_transition_deliver_notifications_at_start": false, "auto_transition_deliver_notifications_at_end": true,
            "deliver_notifications": false, "impact_override": "major"});
        let (made, path) = api.planned(times).await;
        for (field, value) in [
            ("scheduled_remind_prior", false),
            ("scheduled_auto_in_progress", false),
            ("scheduled_auto_completed", false),
            ("auto_transition_to_maintenance_state", false),
            ("auto_transition_to_operational_state", false),
            ("auto_transition_deliver_notifications_at_start", false),
            ("auto_transition_deliver_notifications_at_end", true),
        ] {
            assert_eq!(made[field], value, "{field}");
        }
        assert_eq!((made["impact"].as_str(), made["planned_statuses"].clone()), (Some("major"), json!({&one: "operational"})));
        assert_eq!(made["incident_updates"][0]["deliver_notifications"], false);
        let more = api
            .patch(
                &path,
                json!({"incident": {"component_ids": [&one, &two], "scheduled_remind_prior": true, "scheduled_auto_completed": true,
            "auto_transition_to_operational_state": true}}),
            )
            .await;
        assert_eq!(more["planned_statuses"], json!({&one: "operational", &two: "under_maintenance"}));
        assert_eq!((more["reminder_minutes"].clone(), more["scheduled_auto_completed"].as_bool()), (json!([60]), Some(true)));
        let own = api.patch(&path, json!({"incident": {"reminder_minutes": [30, 90], "scheduled_remind_prior": false}})).await;
        assert_eq!(own["reminder_minutes"], json!([90, 30]));
        assert_eq!(own["incident_updates"].as_array().unwrap().len(), 1, "an edit is no message");
        // Rows of a list carry what components show now, not what is planned.
        let rows = api.patch(&path, json!({"incident": {"components": own["components"]}})).await;
        assert_eq!(rows["planned_statuses"], own["planned_statuses"]);
        let form = format!(
            "incident[scheduled_until]=2026-12-23T14%3A00%3A00Z&incident[reminder_minutes][]=15&incident[components][{one}]=major_outage"
        );
        let reply = api.raw("PATCH", &path, "application/x-www-form-urlencoded", form.into_bytes()).await;
        assert_eq!((reply.status, reply.json()["reminder_minutes"].clone()), (200, json!([15])), "{}", reply.text());
        assert_eq!(reply.json()["planned_statuses"], json!({&one: "major_outage"}));
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_kept_changed_and_announced() {
    each_api(async |api: Api| {
        let (made, one) = api.planned(json!({"name": "Draft", "status": "scheduled", "body": "First.", "draft": true})).await;
        assert_eq!((made["draft"].as_bool(), api.get("/incidents/upcoming").await), (Some(true), json!([])));
        let saved = api
            .patch(&one, json!({"incident": {"scheduled_for": "2026-12-23T12:00:00Z", "scheduled_until": "2026-12-23T13:00:00Z"}}))
            .await;
        assert_eq!((saved["draft"].as_bool(), saved["incident_updates"][0]["body"].as_str()), (Some(true), Some("First.")));
        let out = api.patch(&one, json!({"incident": {"draft": false}})).await;
        assert_eq!((out["draft"].as_bool(), out["incident_updates"][0]["body"].as_str()), (Some(false), Some("First.")));
        assert_eq!(texts(&api.get("/incidents/upcoming").await, "name"), ["Draft"]);
        assert!(api.refused("PATCH", &one, json!({"incident": {"draft": true}})).await["draft"].is_array());
        assert!(
            api.refused("PATCH", &one, json!({"incident": {"scheduled_for": null, "scheduled_until": null}})).await["scheduled_for"]
                .is_array()
        );
    })
    .await;
}

#[tokio::test]
async fn a_series_is_announced_with_its_rule() {
    each_api(async |api: Api| {
        let words = json!({"name": "Weekly", "scheduled_for": "2026-11-24T02:00:00Z", "scheduled_until": "2026-11-24T03:00:00Z",
            "rrule": "FREQ=WEEKLY;BYDAY=TU;COUNT=3", "exceptions": ["2026-12-01"]});
        let (made, one) = api.planned(words).await;
        assert_eq!((made["rrule"].as_str(), made["exceptions"].clone(), made["occurrence"].as_i64()), (Some("FREQ=WEEKLY;BYDAY=TU;COUNT=3"), json!(["2026-12-01"]), Some(1)));
        let upcoming = api.get("/incidents/upcoming").await;
        assert_eq!(texts(&upcoming, "scheduled_for"), ["2026-11-24T02:00:00.000Z", "2026-12-08T02:00:00.000Z"]);
        assert_eq!(upcoming[1]["series_id"], made["series_id"]);
        assert_eq!(texts(&api.get("/incidents/upcoming?limit=1&page=2").await, "scheduled_for"), ["2026-12-08T02:00:00.000Z"]);
        let same = api.patch(&one, json!({"incident": {"rrule": "freq=weekly;byday=tu;count=3"}})).await;
        assert_eq!(same, made);
        assert!(api.refused("PATCH", &one, json!({"incident": {"rrule": "FREQ=DAILY;COUNT=3"}})).await["rrule"].is_array());
        let endless = json!({"incident": {"name": "x", "scheduled_for": "2026-11-24T02:00:00Z", "scheduled_until": "2026-11-24T03:00:00Z", "rrule": "FREQ=DAILY"}});
        assert!(api.refused("POST", "/incidents", endless).await["rrule"][0].as_str().unwrap().contains("never ends"));
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_used_is_named_by_the_fields_words_and_changes_nothing() {
    each_api(async |api: Api| {
        let (made, one) =
            api.planned(json!({"name": "Stays", "scheduled_for": "2026-12-23T12:00:00Z", "scheduled_until": "2026-12-23T13:00:00Z"})).await;
        for (words, field) in [
            (json!({"scheduled_until": "2026-12-23T11:00:00Z"}), "scheduled_until"),
            (json!({"scheduled_for": "2026-11-20T11:00:00Z", "scheduled_until": "2026-11-20T12:00:00Z"}), "scheduled_until"),
            (json!({"scheduled_for": "soon"}), "scheduled_for"),
            (json!({"component_ids": ["nowhere00000"]}), "component_ids"),
            (json!({"expected_downtime_minutes": 61}), "expected_downtime_minutes"),
            (json!({"reminder_minutes": ["x"]}), "reminder_minutes"),
            (json!({"reminder_minutes": [5, 5]}), "reminder_minutes"),
            (json!({"status": "investigating"}), "status"),
            (json!({"status": "in_progress", "scheduled_until": "2026-12-23T14:00:00Z"}), "status"),
            // Of an edit and a message in one call neither is done where one cannot be.
            (json!({"name": "", "status": "in_progress"}), "name"),
            (json!({"name": "Changed", "status": "in_progress", "body": "bell \u{7}"}), "body"),
        ] {
            let wrong = api.refused("PATCH", &one, json!({"incident": words})).await;
            assert!(wrong[field].is_array(), "{field}: {wrong}");
        }
        assert_eq!(api.get(&one).await, made);
        for (words, field) in [
            (json!({"name": "x", "scheduled_for": "2026-12-23T12:00:00Z"}), "scheduled_until"),
            (json!({"name": "x", "scheduled_until": "2026-12-23T12:00:00Z"}), "scheduled_for"),
            (json!({"name": "x", "status": "in_progress"}), "status"),
        ] {
            assert!(api.refused("POST", "/incidents", json!({"incident": words})).await[field].is_array(), "{field}");
        }
        assert_eq!(api.get("/incidents").await, json!([made]));
        let incident = api.post("/incidents", json!({"incident": {"name": "Broken"}})).await;
        let path = format!("/incidents/{}", incident["id"].as_str().unwrap());
        assert!(
            api.refused("PATCH", &path, json!({"incident": {"scheduled_for": "2026-12-23T12:00:00Z"}})).await["scheduled_for"].is_array()
        );
    })
    .await;
}

#[tokio::test]
async fn incidents_and_planned_work_are_listed_together() {
    each_api(async |api: Api| {
        api.planned(json!({"name": "Planned", "status": "scheduled"})).await;
        api.app.advance(TimeDelta::minutes(1)).await;
        api.post("/incidents", json!({"incident": {"name": "Broken"}})).await;
        api.app.advance(TimeDelta::minutes(1)).await;
        api.planned(json!({"name": "Planned later", "status": "scheduled"})).await;
        let names = async |path: &str| texts(&api.get(path).await, "name").join(", ");
        assert_eq!(names("/incidents").await, "Planned later, Broken, Planned");
        assert_eq!(names("/incidents?limit=2&page=2").await, "Planned");
        assert_eq!(names("/incidents?q=plan").await, "Planned later, Planned");
        assert_eq!(names("/incidents/scheduled?q=planned%20LATER").await, "Planned later");
        assert_eq!(names("/incidents/scheduled").await, "Planned later, Planned");
        assert_eq!(names("/incidents/unresolved").await, "Broken");
    })
    .await;
}

#[tokio::test]
async fn an_incident_of_the_past_is_written_down_under_its_day_and_mails_nobody() {
    each_api(async |api: Api| {
        let words = json!({"name": "Old outage", "body": "It was the switch.", "backfilled": true, "backfill_date": "2026-01-31", "impact_override": "major"});
        let made = api.post("/incidents", json!({"incident": words})).await;
        assert_eq!((made["status"].as_str(), made["impact"].as_str()), (Some("resolved"), Some("major")));
        for field in ["created_at", "started_at", "resolved_at"] {
            assert_eq!(made[field], "2026-01-31T00:00:00.000Z", "{field}");
        }
        assert_eq!((made["incident_updates"][0]["display_at"].as_str(), made["components"].clone()), (Some("2026-01-31T00:00:00.000Z"), json!([])));
        assert_eq!(made["incident_updates"][0]["deliver_notifications"], false);
        assert_eq!(api.public("/api/v2/incidents.json").await["incidents"][0]["id"], made["id"]);
        assert!(api.app.texts("select id from notifications").await.is_empty());
        let component = api.component("API").await;
        for (more, field) in [
            (json!({"backfill_date": null}), "backfill_date"),
            (json!({"backfill_date": "2026-11-24"}), "backfill_date"),
            (json!({"backfill_date": "yesterday"}), "backfill_date"),
            (json!({"component_ids": [component]}), "component_ids"),
            (json!({"draft": true}), "draft"),
        ] {
            let mut words = json!({"name": "x", "backfilled": true, "backfill_date": "2026-01-31"});
            words.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            assert!(api.refused("POST", "/incidents", json!({"incident": words})).await[field].is_array(), "{field}");
        }
        assert_eq!(api.get("/incidents").await.as_array().unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_would_be_ignored_is_refused_instead() {
    each_api(async |api: Api| {
        let work = |more: Value| {
            let mut words =
                json!({"name": "New switches", "scheduled_for": "2026-12-23T12:00:00Z", "scheduled_until": "2026-12-23T13:00:00Z"});
            words.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            json!({"incident": words})
        };
        let wrong = api.refused("POST", "/incidents", work(json!({"exceptions": ["2026-12-30"]}))).await;
        assert!(wrong["exceptions"][0].as_str().unwrap().contains("rrule"), "{wrong}");
        let wrong = api.refused("POST", "/incidents", work(json!({"backfilled": true}))).await;
        assert!(wrong["backfilled"][0].as_str().unwrap().contains("announced ahead"), "{wrong}");
        assert_eq!(api.get("/incidents").await, json!([]));
        assert_eq!(api.call("PATCH", "/incidents/zzzzzzzzzzzz", &json!({"incident": {"status": "cancelled"}})).await.status, 404);
    })
    .await;
}
