//! Post-mortems and action items through the write API.

use app::words::Role;
use serde_json::{Value, json};

use super::{Api, each_api};

/// What the field's clients are answered, and nothing else.
const KEYS: [&str; 11] = [
    "body",
    "body_draft",
    "body_draft_updated_at",
    "body_updated_at",
    "created_at",
    "custom_tweet",
    "notify_subscribers",
    "notify_twitter",
    "preview_key",
    "published_at",
    "updated_at",
];

/// An incident that is over, and the address of its post-mortem.
async fn over(api: &Api) -> (String, String) {
    let made = api.post("/incidents", json!({"incident": {"name": "Requests fail", "status": "investigating"}})).await;
    let id = made["id"].as_str().unwrap().to_owned();
    api.patch(&format!("/incidents/{id}"), json!({"incident": {"status": "resolved"}})).await;
    let path = format!("/incidents/{id}/postmortem");
    (id, path)
}

async fn put(api: &Api, path: &str, body: Value) -> Value {
    let reply = api.call("PUT", path, &body).await;
    assert_eq!(reply.status, 200, "{path}: {}", reply.text());
    reply.json()
}

fn draft(text: &str) -> Value {
    json!({"postmortem": {"body_draft": text}})
}

#[tokio::test]
async fn a_post_mortem_is_written_published_revised_and_taken_back() {
    each_api(async |api: Api| {
        let (incident, path) = over(&api).await;
        assert_eq!(api.call("GET", &path, &Value::Null).await.status, 404);
        let text = "## Summary\n\nA flood of requests.\n\n## Causes\n\nWe had no limit.";
        let written = put(&api, &path, draft(text)).await;
        assert_eq!(written.as_object().unwrap().keys().map(String::as_str).collect::<Vec<_>>(), KEYS);
        assert_eq!((&written["body"], &written["body_draft"], &written["published_at"]), (&Value::Null, &text.into(), &Value::Null));
        assert_eq!((&written["notify_subscribers"], &written["notify_twitter"]), (&false.into(), &false.into()));
        assert_eq!(api.get(&path).await, written);
        let key = written["preview_key"].as_str().unwrap();
        assert!(key.split_once('-').is_some_and(|(second, token)| second.parse::<i64>().is_ok() && token.len() == 34), "{key}");

        let said = json!({"postmortem": {"notify_subscribers": true, "notify_twitter": false, "custom_tweet": ""}});
        let published = put(&api, &format!("{path}/publish"), said).await;
        assert_eq!(
            (&published["body"], &published["body_draft"], &published["notify_subscribers"]),
            (&text.into(), &text.into(), &true.into())
        );
        assert_eq!(published["published_at"], published["body_updated_at"]);
        let shown = api.public("/api/v2/incidents.json").await;
        let update = &shown["incidents"][0]["incident_updates"][0];
        assert_eq!((&update["status"], &update["body"]), (&"postmortem".into(), &text.into()), "what is answered is what is read");

        put(&api, &path, draft("Better.")).await;
        let revised =
            put(&api, &format!("{path}/publish"), json!({"postmortem": {"notify_subscribers": false, "provisional": true}})).await;
        assert_eq!((&revised["body"], &revised["published_at"]), (&"Better.".into(), &published["published_at"]));
        let line = &api.get("/postmortems").await[0];
        assert_eq!((&line["status"], &line["provisional"], &line["incident_ids"]), (&"revised".into(), &true.into(), &json!([incident])));

        let reverted = put(&api, &format!("{path}/revert"), Value::Null).await;
        assert_eq!(
            (&reverted["body"], &reverted["body_draft"], &reverted["published_at"]),
            (&Value::Null, &"Better.".into(), &Value::Null)
        );
        assert_eq!(api.call("PUT", &format!("{path}/revert"), &Value::Null).await.status, 409);
        assert_eq!(api.public("/api/v2/incidents.json").await["incidents"][0]["status"], "resolved");
        assert_eq!(api.call("DELETE", &path, &Value::Null).await.status, 200);
        assert_eq!(api.call("GET", &path, &Value::Null).await.status, 404);
        assert_eq!(api.call("PUT", &format!("{path}/publish"), &Value::Null).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn our_own_fields_promise_cover_and_name_who_owes_it() {
    each_api(async |api: Api| {
        let ((one, path), (two, other)) = (over(&api).await, over(&api).await);
        let owner = api.app.member(Role::Responder).await.email;
        let said = json!({"postmortem": {
            "due_at": "2026-11-28T12:00:00Z", "owner": owner, "title": "Why requests failed", "incident_ids": [one, two]
        }});
        put(&api, &path, said).await;
        let line = api.get("/postmortems").await[0].clone();
        assert_eq!((&line["due_at"], &line["title"]), (&"2026-11-28T12:00:00.000Z".into(), &"Why requests failed".into()));
        assert_eq!((line["owner"].as_str().unwrap().len(), &line["incident_ids"]), (12, &json!([one, two])));
        assert_eq!(api.get(&other).await, api.get(&path).await, "it is one document");
        put(&api, &other, json!({"postmortem": {"waived_because": "it was a test"}})).await;
        let line = api.get("/postmortems").await[0].clone();
        assert_eq!((&line["due_at"], &line["waived_because"]), (&Value::Null, &"it was a test".into()));
        let promise = over(&api).await.1;
        let promised = put(&api, &promise, json!({"postmortem": {"due_at": "2026-11-28T12:00:00Z"}})).await;
        assert_eq!((&promised["body_draft"], &promised["preview_key"]), (&Value::Null, &Value::Null), "only promised");
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_used_is_refused_and_leaves_nothing_behind() {
    each_api(async |api: Api| {
        let (_, path) = over(&api).await;
        let hidden = api.post("/incidents", json!({"incident": {"name": "Hidden", "draft": true}})).await["id"].clone();
        let long = "x".repeat(100_001);
        let cases = [
            (json!({"due_at": "2026-11-01T12:00:00Z"}), "due_at"),
            (json!({"due_at": "2028-11-01T12:00:00Z"}), "due_at"),
            (json!({"due_at": "2026-11-28T12:00:00Z", "waived_because": "no"}), "waived_because"),
            (json!({"waived_because": ""}), "waived_because"),
            (json!({"title": "x".repeat(256)}), "title"),
            (json!({"body_draft": long}), "body_draft"),
            (json!({"body_draft": 7}), "body_draft"),
            (json!({"owner": "nobody@example.test"}), "owner"),
            (json!({"incident_ids": ["nothing00000"]}), "incident_ids"),
            (json!({"incident_ids": [hidden]}), "incident_ids"),
            (json!({"maintenance_id": "nothing00000"}), "maintenance_id"),
        ];
        for (said, field) in cases {
            let wrong = api.refused("PUT", &path, json!({ "postmortem": said })).await;
            assert!(wrong.get(field).is_some(), "{field}: {wrong}");
        }
        assert_eq!(api.get("/postmortems").await, json!([]));
        let draft_path = format!("/incidents/{}/postmortem", hidden.as_str().unwrap());
        assert!(api.refused("PUT", &draft_path, draft("A text.")).await.get("incident_ids").is_some());
        assert_eq!(api.call("PUT", "/incidents/nothing00000/postmortem", &draft("A text.")).await.status, 404);
        put(&api, &path, json!({"postmortem": {"due_at": "2026-11-28T12:00:00Z"}})).await;
        assert!(api.refused("PUT", &format!("{path}/publish"), Value::Null).await.get("body").is_some(), "nothing is written yet");
    })
    .await;
}

#[tokio::test]
async fn action_items_are_listed_changed_and_removed() {
    each_api(async |api: Api| {
        let (_, path) = over(&api).await;
        put(&api, &path, draft("A flood.")).await;
        let postmortem = api.get("/postmortems").await[0]["id"].clone();
        assert!(api.refused("POST", "/action_items", json!({"action_item": {"title": "Limit"}})).await.get("postmortem_id").is_some());
        let said = json!({"action_item": {"postmortem_id": postmortem, "title": "Limit requests", "due_on": "2026-12-24"}});
        let made = api.post("/action_items", said).await;
        assert_eq!((&made["state"], &made["due_on"], &made["votes"]), (&"planned".into(), &"2026-12-24".into(), &0.into()));
        let item = format!("/action_items/{}", made["id"].as_str().unwrap());
        assert_eq!(api.get(&item).await, made);
        assert_eq!(api.get("/action_items").await, json!([made]));
        let changed = api.patch(&item, json!({"action_item": {"state": "done", "link": "https://example.com/limit"}})).await;
        assert_eq!((&changed["state"], &changed["title"]), (&"done".into(), &"Limit requests".into()));
        assert_eq!(changed["history"].as_array().unwrap().len(), 2);
        assert!(api.refused("PATCH", &item, json!({"action_item": {"state": "perhaps"}})).await.get("state").is_some());
        assert_eq!(api.call("DELETE", &item, &Value::Null).await.status, 200);
        assert_eq!(api.call("GET", &item, &Value::Null).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn a_viewer_reads_and_changes_nothing() {
    each_api(async |mut api: Api| {
        let (_, path) = over(&api).await;
        put(&api, &path, draft("A flood.")).await;
        api.become_a(Role::Viewer).await;
        assert_eq!(api.get(&path).await["body_draft"], "A flood.");
        for (method, path) in [("PUT", path.clone()), ("PUT", format!("{path}/publish")), ("DELETE", path.clone())] {
            assert_eq!(api.call(method, &path, &draft("B.")).await.status, 403, "{method} {path}");
        }
        api.become_a(Role::Responder).await;
        put(&api, &format!("{path}/publish"), Value::Null).await;
    })
    .await;
}
