//! Monitors as staff meet them: a form with sentences beside its fields, secrets that stay hidden, and a check made at once.

use app::words::{Id, MonitorKind, MonitorSettings, RecordType, Role};
use chrono::TimeDelta;
use server::actions::monitors::{self as actions, MonitorInput};
use server::actions::{Act, ActionError, Actor};
use server::store::{audit, components, monitors};

use crate::store::sample;
use crate::support::Engine;
use crate::support::app::TestApp;
use crate::support::target::{Answer, Target};

const FIELDS: [(&str, &str); 12] = [
    ("name", "API health"),
    ("target", "https://api.example.com/health"),
    ("interval_seconds", "60"),
    ("timeout_ms", "10000"),
    ("component_id", "api000000000"),
    ("failure_threshold", "3"),
    ("success_threshold", "2"),
    ("status_when_down", "partial_outage"),
    ("expected_statuses", "200, 204"),
    ("keyword", "well"),
    ("keyword_absent", ""),
    ("headers", "Authorization: Bearer canary-secret\nX-Probe: 1"),
];

/// The fields with another value in one of them, or with one more.
fn with<'a>(field: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<(&str, &str)> = FIELDS.iter().filter(|(name, _)| *name != field).copied().collect();
    fields.push((field, value));
    fields
}

async fn furnished(engine: Engine) -> TestApp {
    let app = TestApp::new(engine).await;
    let page = app.page().await.id;
    let mut tx = app.db.write().await.unwrap();
    components::upsert_component(&mut tx, &page, &sample::component("api", 1)).await.unwrap();
    tx.commit().await.unwrap();
    app
}

async fn all(app: &TestApp) -> Vec<monitors::MonitorRecord> {
    let page = app.page().await.id;
    let mut tx = app.db.read().await.unwrap();
    monitors::list(&mut tx, &page).await.unwrap()
}

#[tokio::test]
async fn an_admin_adds_changes_pauses_and_deletes_a_monitor() {
    for engine in Engine::ALL {
        let app = furnished(engine).await;
        let admin = app.member(Role::Admin).await;
        assert!(admin.get("/staff/monitors").await.text().contains("Nothing is watched yet"));
        let blank = admin.get("/staff/monitors/new").await;
        assert!(blank.status == 200 && blank.text().contains("Add the monitor"));
        let added = admin.post_form("/staff/monitors", &FIELDS).await;
        assert_eq!((added.status, added.header("location")), (303, "/staff/monitors"));
        let record = all(&app).await.remove(0);
        let id = record.monitor.id.clone();
        assert_eq!(record.monitor.settings.headers[0], ("Authorization".to_owned(), "Bearer canary-secret".to_owned()));
        assert_eq!(
            (record.monitor.settings.expected_statuses.as_slice(), record.monitor.component_id),
            (&[200, 204][..], Some(sample::id("api")))
        );

        let edit = admin.get(&format!("/staff/monitors/{id}")).await.text();
        assert!(edit.contains("Authorization: ********") && !edit.contains("canary-secret"), "secrets are not shown again");
        let changed = admin.post_form(&format!("/staff/monitors/{id}"), &with("headers", "authorization: ********\nX-Other: 2")).await;
        assert_eq!(changed.status, 303);
        let headers = all(&app).await.remove(0).monitor.settings.headers;
        assert_eq!(headers, [("authorization".to_owned(), "Bearer canary-secret".to_owned()), ("X-Other".to_owned(), "2".to_owned())]);

        admin.post_form(&format!("/staff/monitors/{id}/pause"), &[]).await;
        assert!(all(&app).await[0].monitor.paused_at.is_some());
        assert!(admin.get("/staff/monitors").await.text().contains("The monitor is paused."));
        admin.post_form(&format!("/staff/monitors/{id}/resume"), &[]).await;
        assert!(all(&app).await[0].monitor.paused_at.is_none());
        assert_eq!(admin.post_form(&format!("/staff/monitors/{id}/delete"), &[]).await.status, 303);
        assert!(all(&app).await.is_empty());
        assert_eq!(admin.get(&format!("/staff/monitors/{id}")).await.status, 404);
        let mut tx = app.db.read().await.unwrap();
        let page = app.page().await.id;
        let entries = audit::of_subject(&mut tx, &page, &id, 9).await.unwrap();
        let mut did: Vec<_> = entries.iter().map(|entry| entry.action.as_str()).collect();
        did.sort_unstable();
        assert_eq!(did, ["monitor.create", "monitor.delete", "monitor.pause", "monitor.resume", "monitor.update"]);
        assert!(entries.iter().all(|entry| !format!("{entry:?}").contains("canary")));
        drop(tx);
        app.end().await;
    }
}

#[tokio::test]
async fn what_cannot_be_used_is_said_beside_its_field_and_the_text_is_kept() {
    let app = furnished(Engine::Sqlite).await;
    let admin = app.member(Role::Admin).await;
    let long = "x".repeat(25_001);
    for (field, value, sentence) in [
        ("name", "", "Give the monitor a name"),
        ("name", long.as_str(), "at most 255 characters"),
        ("name", "a\u{7}b", "control characters"),
        ("target", "", "Give the address"),
        ("target", "file:///etc/passwd", "begin with http:// or https://"),
        ("target", " https://api.example.com/", "cannot hold spaces"),
        ("target", "http://169.254.169.254/latest/", "private or reserved network"),
        ("target", "http://2130706434/", "private or reserved network"),
        ("target", "http://user:pass@example.com/", "cannot carry a name or a password"),
        ("target", long.as_str(), "at most 2048 characters"),
        ("interval_seconds", "0", "from 1 to 86400"),
        ("interval_seconds", "soon", "whole number"),
        ("timeout_ms", "99", "from 100 to 60000"),
        ("failure_threshold", "21", "from 1 to 20"),
        ("success_threshold", "-1", "from 1 to 20"),
        ("component_id", "nowhere00000", "no such component"),
        ("component_id", "'; drop table", "no such component"),
        ("status_when_down", "operational", "partial_outage or major_outage"),
        ("status_when_down", "sunny", "Choose one of the statuses"),
        ("expected_statuses", "200, ok", "as numbers with commas"),
        ("expected_statuses", "99", "from 100 to 599"),
        ("keyword", long.as_str(), "1 to 1000 characters"),
        ("name", "\u{2060}", "Give the monitor a name"),
        ("keyword", "a\0b", "line breaks or control characters"),
        ("headers", "no colon here", "as Name: value"),
        ("kind", "horoscope", "Choose one of the list"),
        ("kind", "dns", "Write the name that is looked up alone"),
        ("kind", "tls", "Write a host, and its port unless it is 443"),
        ("kind", "ping", "Write a host alone"),
        ("record_type", "HINFO", "Choose one of the list"),
        ("record_type", "MX", "Only DNS monitors look up names"),
        ("name_servers", "ns1.example.com", "Write name servers as addresses"),
        ("expected_answers", "mail.example.com", "An A record is an IPv4 address"),
        ("server_name", "www.example.com", "Only TLS monitors need this"),
        ("kind", "tcp", "Write a host and a port"),
        ("method", "BREW", "Choose one of the list"),
        ("method", "HEAD", "has no body to look into"),
        ("body", "sent with GET", "A GET request has no body"),
        ("json_path", "$[", "This is no JSON path"),
        ("json_value", "ok", "Say where the JSON value stands"),
        ("redirect_target", "/here", "in full"),
        ("max_body_bytes", "many", "whole number"),
        ("max_body_bytes", "-1", "from 0 to"),
        ("certificate_sha256", "12:34", "64 hexadecimal digits"),
        ("expected_headers", "no colon", "as Name: text"),
        ("send", "hello", "Only TCP monitors"),
        ("headers", "Bad name: x", "name of request header 1 is not valid"),
        ("headers", "Host: elsewhere", "the connection itself needs it"),
        ("headers", "X-A: a\u{1}b", "value of request header 1 is not valid"),
    ] {
        let answer = admin.post_form("/staff/monitors", &with(field, value)).await;
        let text = answer.text();
        assert_eq!(answer.status, 422, "{field}: {value:.40}");
        assert!(text.contains(sentence), "{field}: {value:.40} should be told {sentence:?}");
        assert!(text.contains("API health") || field == "name", "what was typed is kept");
    }
    assert!(all(&app).await.is_empty(), "nothing was made");
    app.end().await;
}

#[tokio::test]
async fn the_form_keeps_what_a_look_up_and_a_handshake_need() {
    let app = furnished(Engine::Sqlite).await;
    let admin = app.member(Role::Admin).await;
    let plain = |more: &[(&'static str, &'static str)]| {
        let usual = FIELDS.iter().filter(|(name, _)| !["target", "expected_statuses", "keyword", "headers"].contains(name));
        usual.chain(more).copied().collect::<Vec<_>>()
    };
    let dns = plain(&[
        ("kind", "dns"),
        ("target", "www.example.com"),
        ("record_type", "MX"),
        ("expected_answers", "10 mail.example.com\r\n\r\n20 backup.example.com"),
        ("name_servers", "192.0.43.8, [2620:0:ccc::2]:5353"),
    ]);
    assert_eq!(admin.post_form("/staff/monitors", &dns).await.status, 303);
    let known = all(&app).await.remove(0).monitor;
    assert_eq!((known.kind, known.settings.record_type), (MonitorKind::Dns, RecordType::Mx));
    assert_eq!(known.settings.expected_answers, ["10 mail.example.com", "20 backup.example.com"]);
    assert_eq!(known.settings.name_servers, ["192.0.43.8", "[2620:0:ccc::2]:5353"]);
    let edit = admin.get(&format!("/staff/monitors/{}", known.id)).await.text();
    assert!(edit.contains("10 mail.example.com\n20 backup.example.com") && edit.contains("192.0.43.8, [2620:0:ccc::2]:5353"), "{edit}");
    let sha = "abababababababababababababababababababababababababababababababab";
    let tls = plain(&[("kind", "tls"), ("target", "mail.example.com:465"), ("server_name", "example.com"), ("certificate_sha256", sha)]);
    assert_eq!(admin.post_form(&format!("/staff/monitors/{}", known.id), &tls).await.status, 303);
    let known = all(&app).await.remove(0).monitor;
    assert_eq!((known.kind, known.settings.server_name.as_deref()), (MonitorKind::Tls, Some("example.com")));
    assert_eq!((known.settings.certificate_sha256.as_deref(), known.settings.name_servers.len()), (Some(sha), 0));
    app.end().await;
}

#[tokio::test]
async fn only_admins_change_monitors_and_viewers_see_them() {
    let app = furnished(Engine::Sqlite).await;
    app.member(Role::Admin).await.post_form("/staff/monitors", &FIELDS).await;
    let id = all(&app).await.remove(0).monitor.id;
    let viewer = app.member(Role::Viewer).await;
    let list = viewer.get("/staff/monitors").await;
    assert!(list.status == 200 && list.text().contains("API health") && !list.text().contains("Check now"));
    let responder = app.member(Role::Responder).await;
    for path in ["", "/pause", "/delete", "/check"] {
        assert_eq!(responder.post_form(&format!("/staff/monitors/{id}{path}"), &FIELDS).await.status, 403, "{path}");
    }
    assert_eq!(app.get("/staff/monitors").await.status, 303, "a stranger is led to the sign-in");
    assert!(all(&app).await[0].monitor.paused_at.is_none());
    app.end().await;
}

#[tokio::test]
async fn a_check_asked_for_is_made_at_once_and_counts_like_any_other() {
    let app = furnished(Engine::Sqlite).await;
    let admin = app.member(Role::Admin).await;
    let target = Target::new(Answer::Status(503, "out of order".to_owned())).await;
    let url = target.url("/");
    admin.post_form("/staff/monitors", &with("target", &url)).await;
    let id = all(&app).await.remove(0).monitor.id;
    for _ in 0..3 {
        app.hand.advance(TimeDelta::seconds(1));
        assert_eq!(admin.post_form(&format!("/staff/monitors/{id}/check"), &[]).await.status, 303);
        let said = admin.get("/staff/monitors").await.text();
        assert!(said.contains("Checked: failed with http_503"), "{said}");
    }
    assert_eq!(target.asked(), 3);
    app.look().await;
    assert_eq!(app.get("/api/v2/components.json").await.json()["components"][0]["status"], "partial_outage");
    let list = admin.get("/staff/monitors").await.text();
    assert!(list.contains("Down") && list.contains("http_503"), "{list}");
    admin.post_form(&format!("/staff/monitors/{id}/pause"), &[]).await;
    admin.post_form(&format!("/staff/monitors/{id}/check"), &[]).await;
    assert!(admin.get("/staff/monitors").await.text().contains("This monitor is paused."));
    app.end().await;
}

#[tokio::test]
async fn an_action_says_everything_that_is_wrong_at_once_and_knows_only_its_own_page() {
    let app = furnished(Engine::Sqlite).await;
    let (page, actor) = (app.page().await.id, Actor::system());
    let act = Act { db: &app.db, actor: &actor, now: app.hand.now(), undo: TimeDelta::zero() };
    let settings = MonitorSettings { headers: vec![("X".to_owned(), "a\r\nInjected: b".to_owned())], ..MonitorSettings::default() };
    let input = MonitorInput { interval_seconds: 0, timeout_ms: 1, settings, ..MonitorInput::default() };
    let Err(ActionError::Invalid(problems)) = actions::create(&act, &page, &[], input).await else { panic!("it is wrong") };
    let fields: Vec<_> = problems.iter().map(|problem| problem.field).collect();
    assert_eq!(fields, ["name", "target", "interval_seconds", "timeout_ms", "headers"]);
    assert!(problems.iter().all(|problem| !problem.sentence.contains("Injected")));
    let input = MonitorInput { name: "Web".to_owned(), target: "https://example.com/".to_owned(), ..MonitorInput::default() };
    let id = actions::create(&act, &page, &[], input.clone()).await.unwrap().id;
    let other = Id::parse("other0000000").unwrap();
    for refused in [
        actions::update(&act, &other, &[], &id, input).await,
        actions::pause(&act, &other, &id).await,
        actions::resume(&act, &other, &id).await,
        actions::delete(&act, &other, &id).await,
    ] {
        assert!(matches!(refused, Err(ActionError::Missing("monitor"))), "{refused:?}");
    }
    app.end().await;
}

#[tokio::test]
async fn programs_read_what_was_seen_and_how_long_it_took() {
    for engine in Engine::ALL {
        let app = furnished(engine).await;
        let admin = app.member(Role::Admin).await;
        let target = Target::new(Answer::Status(503, "out of order".to_owned())).await;
        let url = target.url("/");
        admin.post_form("/staff/monitors", &with("target", &url)).await;
        let id = all(&app).await.remove(0).monitor.id;
        let began = app.hand.now();
        let check = async || {
            admin.post_form(&format!("/staff/monitors/{id}/check"), &[]).await;
            app.hand.advance(TimeDelta::seconds(1));
        };
        for _ in 0..4 {
            check().await;
        }
        target.answers(Answer::Status(200, "all is well".to_owned()));
        for _ in 0..3 {
            check().await;
        }
        let (token, page) = (app.token(Role::Admin).await, app.page().await.id);
        let authorization = format!("OAuth {token}");
        let read = async |query: &str| {
            let address = format!("/v1/pages/{page}/monitor_events{query}");
            app.get_with(&address, &[("authorization", authorization.as_str())]).await
        };
        let events = read("").await.json();
        let told = |event: &serde_json::Value| {
            let word = |field: &str| event[field].as_str().unwrap_or("none").to_owned();
            format!("{} to {}: {}", word("from"), word("to"), word("class"))
        };
        let newest_first: Vec<String> = events.as_array().unwrap().iter().map(told).collect();
        let expected = ["recovering to up: none", "down to recovering: none", "suspect to down: http_503", "unknown to suspect: http_503"];
        assert_eq!(newest_first, expected);
        let down = &events[2];
        assert_eq!((down["monitor_id"].as_str(), down["location"].as_str()), (Some(id.as_str()), Some("local")));
        assert_eq!((&down["http_status"], &down["since"]), (&serde_json::json!(503), &events[3]["checked_at"]), "the first failed check");
        assert_eq!(events[0]["since"], events[1]["checked_at"], "the first good one");
        let timings = &down["timings"];
        assert!(timings["tcp_ms"].as_f64() > Some(0.0) && timings["total_ms"].as_f64() >= timings["ttfb_ms"].as_f64(), "{timings}");
        let since = (began + TimeDelta::seconds(4)).format("?since=%Y-%m-%dT%H:%M:%SZ").to_string();
        assert_eq!(read(&since).await.json().as_array().unwrap().len(), 2);
        assert_eq!(read("?monitor_id=nowhere00000").await.json(), serde_json::json!([]));
        for query in ["?since=yesterday", "?monitor_id=x", "?limit=0"] {
            assert_eq!(read(query).await.status, 422, "{query}");
        }
        app.end().await;
    }
}
