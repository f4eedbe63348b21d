//! Subscribers and monitors.

use serde_json::{Value, json};

use super::{Api, each_api};
use crate::support::app::TestApp;

#[tokio::test]
async fn subscribers_are_added_listed_and_removed() {
    each_api(async |api: Api| {
        let component = api.component("API").await;
        let made = api
            .post(
                "/subscribers",
                json!({"subscriber": {"email": "ada@example.test", "component_ids": [component], "skip_confirmation_notification": true}}),
            )
            .await;
        assert_eq!(
            (made["mode"].as_str(), made["email"].as_str(), made["state"].as_str()),
            (Some("email"), Some("ada@example.test"), Some("active"))
        );
        assert_eq!(made["components"], json!([component]));
        let asked = api.post("/subscribers", json!({"subscriber": {"email": "grace@example.test"}})).await;
        assert_eq!((asked["state"].as_str(), asked["components"].clone()), (Some("unconfirmed"), Value::Null));

        let found = async |query: &str| -> Vec<String> {
            let all = api.get(&format!("/subscribers{query}")).await;
            all.as_array().unwrap().iter().map(|row| row["email"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(found("").await, ["ada@example.test"], "the field lists active ones unless asked otherwise");
        assert_eq!(found("?state=unconfirmed").await, ["grace@example.test"]);
        assert_eq!(found("?state=all&type=email").await.len(), 2);
        assert_eq!(found("?state=all&limit=1&page=0").await.len(), 1);
        assert_eq!(found("?state=all&limit=1&page=2").await.len(), 0);
        assert_eq!(found("?q=ADA").await, ["ada@example.test"]);
        assert_eq!(found("?q=%00").await.len() + found("?q=a%00da").await.len(), 0, "no address holds U+0000");
        assert_eq!(found("?type=sms").await.len(), 0);
        assert_eq!(api.call("GET", "/subscribers?state=odd", &Value::Null).await.status, 422);

        let one = format!("/subscribers/{}", made["id"].as_str().unwrap());
        assert_eq!(api.get(&one).await, made);
        let gone = api.call("DELETE", &one, &Value::Null).await;
        assert_eq!((gone.status, gone.json()["email"].as_str()), (200, Some("ada@example.test")));
        assert_eq!(api.call("GET", &one, &Value::Null).await.status, 404);
        assert_eq!(api.call("DELETE", &one, &Value::Null).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn without_a_relay_nobody_is_added_who_would_have_to_confirm_by_mail() {
    let api = Api::on(TestApp::plain().await).await;
    let refused = api.call("POST", "/subscribers", &json!({"subscriber": {"email": "ada@example.test"}})).await;
    assert!(refused.status == 422 && refused.text().contains("Mail is not configured"), "{}", refused.text());
    assert!(api.app.subscriber("ada@example.test").await.is_none());
    let consented = json!({"subscriber": {"email": "ada@example.test", "skip_confirmation_notification": true}});
    assert_eq!(api.post("/subscribers", consented).await["state"], "active");
}

#[tokio::test]
async fn subscribers_that_cannot_be_added_are_refused_by_field() {
    each_api(async |api: Api| {
        for (body, field) in [
            (json!({}), "email"),
            (json!({"email": "nobody"}), "email"),
            (json!({"email": "a@example.test", "component_ids": []}), "component_ids"),
            (json!({"email": "a@example.test", "component_ids": "x"}), "component_ids"),
            (json!({"email": "a@example.test", "endpoint": "http://hook"}), "endpoint"),
            (json!({"email": "a@example.test", "skip_confirmation_notification": "sure"}), "skip_confirmation_notification"),
            (json!({"email": 5}), "email"),
        ] {
            let wrong = api.refused("POST", "/subscribers", json!({"subscriber": body})).await;
            assert!(wrong[field].is_array(), "{field}: {wrong}");
        }
        let foreign = api
            .refused("POST", "/subscribers", json!({"subscriber": {"email": "a@example.test", "component_ids": ["nowhere00000"]}}))
            .await;
        assert!(foreign["component_ids"].is_array() && foreign["components"].is_null(), "{foreign}");
        assert_eq!(api.get("/subscribers?state=all").await, json!([]));
    })
    .await;
}

#[tokio::test]
async fn monitors_are_made_read_and_deleted_and_their_secrets_stay_here() {
    each_api(async |api: Api| {
        let component = api.component("API").await;
        let made = api
            .post(
                "/monitors",
                json!({"monitor": {"name": "API", "url": "https://api.example.test/health", "interval_seconds": 10, "timeout_ms": 2000,
                    "component_id": component, "failure_threshold": 2, "success_threshold": 1, "status_when_down": "partial_outage",
                    "headers": {"x-key": "canary-secret"}, "expected_statuses": [200, 204], "id": "attacker0000"}}),
            )
            .await;
        assert_eq!((made["url"].as_str(), made["interval_seconds"].as_i64()), (Some("https://api.example.test/health"), Some(10)));
        assert_eq!((made["component_id"].as_str(), made["header_names"].clone()), (Some(component.as_str()), json!(["x-key"])));
        assert!(!made.to_string().contains("canary-secret") && made["id"] != "attacker0000");
        let one = format!("/monitors/{}", made["id"].as_str().unwrap());
        assert_eq!(api.get(&one).await, made);
        assert_eq!(api.get("/monitors").await, json!([made]));
        assert_eq!(api.call("DELETE", &one, &Value::Null).await.status, 204);
        assert_eq!(api.call("GET", &one, &Value::Null).await.status, 404);
        assert_eq!((made["expected_status"].clone(), made["method"].as_str()), (json!([200, 204]), Some("GET")));
        let whole = json!({"name": "All", "url": "https://api.example.test/v1", "method": "POST", "body": "{\"canary-secret\": 1}",
            "expected_status": 201, "keyword_present": "ok", "keyword_absent": "error", "expected_headers": {"content-type": "json"},
            "json_path": "$.status", "json_value": "ok", "redirect_target": "https://www.example.test/", "max_body_bytes": 5000,
            "certificate_sha256": "ab".repeat(32)});
        let made = api.post("/monitors", json!({"monitor": whole})).await;
        for (field, value) in whole.as_object().unwrap() {
            match field.as_str() {
                "body" => assert!(made["has_body"] == true && !made.to_string().contains("canary-secret"), "{made}"),
                "expected_status" => assert_eq!(made[field], json!([value])),
                _ => assert_eq!(&made[field], value, "{field}"),
            }
        }
        let here = format!("/monitors/{}", made["id"].as_str().unwrap());
        let changed = api.patch(&here, json!({"monitor": {"interval_seconds": 5, "keyword_present": null, "paused": true}})).await;
        let mut expected = made.clone();
        for (field, value) in [("interval_seconds", json!(5)), ("keyword_present", json!(null)), ("paused", json!(true))] {
            expected[field] = value;
        }
        expected["updated_at"] = changed["updated_at"].clone();
        assert_eq!(changed, expected, "what is not said of it stays, its body and its headers too");
        let refused = api.refused("PATCH", &here, json!({"monitor": {"url": "http://10.1.2.3/"}})).await;
        assert!(refused["url"].is_array(), "{refused}");
        assert_eq!(api.get(&here).await, changed);
        let tcp = json!({"name": "Database", "kind": "tcp", "url": "db.example.test:5432", "send": "hello\\n", "expect": "hi"});
        let made = api.post("/monitors", json!({"monitor": tcp})).await;
        assert_eq!((made["kind"].as_str(), made["url"].as_str()), (Some("tcp"), Some("db.example.test:5432")));
        let dns = json!({"name": "Name", "kind": "dns", "target": "www.example.test", "record_type": "MX",
            "expected_answers": ["10 mail.example.test"], "name_servers": ["192.0.43.8", "[2620:0:ccc::2]:5353"]});
        let made = api.post("/monitors", json!({"monitor": dns})).await;
        assert_eq!((made["kind"].as_str(), made["url"].as_str()), (Some("dns"), Some("www.example.test")));
        for field in ["record_type", "expected_answers", "name_servers"] {
            assert_eq!(made[field], dns[field], "{field}");
        }
        let here = format!("/monitors/{}", made["id"].as_str().unwrap());
        let changed = api.patch(&here, json!({"monitor": {"record_type": null, "expected_answers": [], "name_servers": null}})).await;
        assert_eq!(
            (&changed["record_type"], &changed["expected_answers"], &changed["name_servers"]),
            (&json!("A"), &json!([]), &json!([]))
        );
        let tls = json!({"name": "Mail", "kind": "tls", "target": "mail.example.test:465", "server_name": "example.test",
            "certificate_sha256": "ab".repeat(32)});
        let made = api.post("/monitors", json!({"monitor": tls})).await;
        assert_eq!((made["kind"].as_str(), made["record_type"].as_str()), (Some("tls"), None));
        for field in ["server_name", "certificate_sha256"] {
            assert_eq!(made[field], tls[field], "{field}");
        }
        assert!(made["certificate_expires_at"].is_null(), "nothing was seen yet");
        let usual = api.post("/monitors", json!({"monitor": {"name": "Web", "url": "https://web.example.test"}})).await;
        assert_eq!((usual["interval_seconds"].as_i64(), usual["status_when_down"].as_str()), (Some(60), Some("major_outage")));
    })
    .await;
}

#[tokio::test]
async fn monitors_that_cannot_be_made_are_refused_by_field() {
    each_api(async |api: Api| {
        let ok = json!({"name": "x", "url": "https://web.example.test"});
        for (field, value) in [
            ("url", json!("file:///etc/passwd")),
            ("url", json!("http://10.1.2.3/")),
            ("url", json!(null)),
            ("interval_seconds", json!(0)),
            ("interval_seconds", json!(1.5)),
            ("timeout_ms", json!("10")),
            ("component_id", json!("nowhere00000")),
            ("kind", json!("horoscope")),
            ("headers", json!(["x"])),
            ("name", json!("a\u{0}b")),
            ("name", json!("\u{200b}")),
            ("url", json!("https://web.example.test/\u{0}")),
            ("headers", json!({"x-key": "a\u{0}"})),
            ("headers", json!({"x\u{0}": "a"})),
            ("keyword_present", json!("a\u{0}")),
            ("keyword_absent", json!("\u{0}")),
            ("expected_status", json!([70_000])),
            ("expected_status", json!(99)),
            ("method", json!("BREW")),
            ("body", json!("sent with GET")),
            ("json_path", json!("$[")),
            ("json_value", json!(["not", "a", "text"])),
            ("redirect_target", json!("elsewhere")),
            ("max_body_bytes", json!(-1)),
            ("certificate_sha256", json!("abc")),
            ("expected_headers", json!({"a b": "c"})),
            ("send", json!("HELLO")),
            ("record_type", json!("HINFO")),
            ("record_type", json!("MX")),
            ("expected_answers", json!(["192.0.2.1"])),
            ("name_servers", json!(["192.0.43.8"])),
            ("server_name", json!("web.example.test")),
            ("status_when_down", json!("operational")),
        ] {
            let mut body = ok.clone();
            body[field] = value;
            let wrong = api.refused("POST", "/monitors", json!({"monitor": body})).await;
            assert!(wrong[field].is_array(), "{field}: {wrong}");
        }
        let (dns, tls) = (json!({"kind": "dns", "url": "web.example.test"}), json!({"kind": "tls", "url": "web.example.test"}));
        for (ok, field, value) in [
            (&dns, "url", json!("https://web.example.test/")),
            (&dns, "url", json!("web.example.test:53")),
            (&dns, "url", json!("192.0.43.8")),
            (&dns, "url", json!("a b")),
            (&dns, "record_type", json!("HINFO")),
            (&dns, "expected_answers", json!("192.0.43.8")),
            (&dns, "expected_answers", json!(["2001:db8::1"])),
            (&dns, "expected_answers", json!(["mail.example.test"])),
            (&dns, "expected_answers", json!(vec!["192.0.43.8"; 21])),
            (&dns, "name_servers", json!(["ns.example.test"])),
            (&dns, "name_servers", json!(["192.168.0.53"])),
            (&dns, "name_servers", json!(["10.0.0.53:53"])),
            (&dns, "name_servers", json!(["192.0.43.8:0"])),
            (&dns, "name_servers", json!(vec!["192.0.43.8"; 5])),
            (&dns, "certificate_sha256", json!("ab".repeat(32))),
            (&dns, "method", json!("POST")),
            (&tls, "url", json!("https://web.example.test/health")),
            (&tls, "url", json!("10.1.2.3:443")),
            (&tls, "url", json!("web.example.test:70000")),
            (&tls, "server_name", json!("not a name")),
            (&tls, "server_name", json!("192.0.43.8")),
            (&tls, "certificate_sha256", json!("abc")),
            (&tls, "keyword_present", json!("well")),
            (&tls, "record_type", json!("MX")),
        ] {
            let mut body = ok.clone();
            body["name"] = json!("x");
            body[field] = value.clone();
            let wrong = api.refused("POST", "/monitors", json!({"monitor": body})).await;
            assert!(wrong[field].is_array(), "{field} {value}: {wrong}");
        }
        let sends = json!({"monitor": {"name": "x", "url": "https://web.example.test", "method": "POST", "body": "a\u{0}"}});
        let wrong = api.refused("POST", "/monitors", sends).await;
        assert!(wrong["body"].is_array(), "no database would have to refuse it: {wrong}");
        assert_eq!(api.get("/monitors").await, json!([]));
    })
    .await;
}
