//! Heartbeats: a job says that it ran, and is missed when it does not; what we did not hear is not held against it (reliability N18).

mod waiting;

use app::words::{ComponentStatus, Id, Monitor, Role, Verdict};
use chrono::TimeDelta;
use server::domain::evidence::Outcome;
use server::domain::heartbeat::Absence;
use server::secret::{Purpose, Secret};
use server::store::monitor_sheets::Made;
use server::store::{components, incidents, monitor_events, monitor_failures, monitor_sheets, monitors, pages};

use crate::store::sample;
use crate::support::Engine;
use crate::support::app::{Reply, TestApp, test_now};

/// A service that waits for the beats of a job.
struct Watch {
    app: TestApp,
    page: Id,
    monitor: Id,
    /// The path of its push address.
    push: String,
}

/// Runs a test on each engine, with a job that runs every minute and may be half a minute late.
async fn each_watch(test: impl AsyncFn(Watch)) {
    for engine in Engine::ALL {
        test(Watch::open(engine, 60, Some(30)).await).await;
    }
}

impl Watch {
    async fn open(engine: Engine, interval_seconds: i64, grace_seconds: Option<i64>) -> Self {
        let app = TestApp::new(engine).await;
        app.member(Role::Responder).await;
        let page = app.page().await.id;
        let mut tx = app.db.write().await.unwrap();
        pages::bump_revision(&mut tx, &page, test_now()).await.unwrap();
        components::upsert_component(&mut tx, &page, &sample::component("api", 1)).await.unwrap();
        tx.commit().await.unwrap();
        let token = app.token(Role::Admin).await;
        let wanted = serde_json::json!({ "monitor": {
            "name": "Nightly copy", "kind": "heartbeat", "interval_seconds": interval_seconds, "grace_seconds": grace_seconds,
            "component_id": sample::id("api").as_str(),
        }});
        let made = post(&app, &format!("/v1/pages/{page}/monitors"), &token, &wanted).await;
        assert_eq!(made.status, 201, "{}", made.text());
        let made = made.json();
        let push = made["push_url"].as_str().unwrap().strip_prefix("https://status.example.test").unwrap().to_owned();
        let monitor = Id::parse(made["id"].as_str().unwrap()).unwrap();
        let watch = Self { app, page, monitor, push };
        watch.there().await;
        watch
    }

    /// Says that somebody is there, as the service does every ten seconds.
    async fn there(&self) -> Option<Absence> {
        self.app.workers().presence.note().await.unwrap()
    }

    /// Lets time pass in which somebody is there, and looks for beats that are missing.
    async fn pass(&self, seconds: i64) {
        for _ in 0..seconds / 10 {
            self.app.hand.advance(TimeDelta::seconds(10));
            self.there().await;
            self.app.workers().prober.round().await.unwrap();
        }
        self.app.look().await;
    }

    async fn beat(&self) {
        let reply = self.app.get(&self.push).await;
        assert_eq!((reply.status, reply.bytes.len()), (204, 0), "{}", reply.text());
        self.app.look().await;
    }

    async fn verdict(&self) -> Verdict {
        let mut tx = self.app.db.read().await.unwrap();
        monitor_sheets::one(&mut tx, &self.page, &self.monitor).await.unwrap().unwrap().state.verdict
    }

    async fn status(&self) -> String {
        self.app.get("/api/v2/components.json").await.json()["components"][0]["status"].as_str().unwrap().to_owned()
    }

    /// Its checks, newest first.
    async fn checks(&self) -> Vec<Made> {
        let mut tx = self.app.db.read().await.unwrap();
        monitor_sheets::newest(&mut tx, &self.monitor, 100).await.unwrap()
    }

    async fn drafts(&self) -> Vec<incidents::IncidentRecord> {
        let mut tx = self.app.db.read().await.unwrap();
        incidents::changed_since(&mut tx, &self.page, -1).await.unwrap()
    }

    /// Goes on with a service that was not there for so long.
    async fn restarted(self, after: TimeDelta) -> Self {
        let app = self.app.restart_after(after).await;
        Self { app, page: self.page, monitor: self.monitor, push: self.push }
    }
}

async fn post(app: &TestApp, path: &str, token: &str, body: &serde_json::Value) -> Reply {
    let authorization = format!("OAuth {token}");
    let headers = [("authorization", authorization.as_str()), ("content-type", "application/json")];
    app.send("POST", path, &headers, body.to_string().into_bytes()).await
}

#[tokio::test]
async fn beats_keep_a_job_up_and_one_that_is_missing_makes_it_down_once_with_a_draft_until_the_next_comes() {
    each_watch(async |watch| {
        for _ in 0..3 {
            watch.beat().await;
            watch.pass(60).await;
        }
        assert_eq!((watch.verdict().await, watch.status().await.as_str()), (Verdict::Up, "operational"));
        watch.pass(30).await;
        assert_eq!(watch.verdict().await, Verdict::Down, "an interval and the grace are over");
        assert_eq!((watch.status().await.as_str(), watch.drafts().await.len()), ("major_outage", 1));
        let evidence = {
            let mut tx = watch.app.db.read().await.unwrap();
            monitor_failures::open_incident(&mut tx, &watch.monitor).await.unwrap().unwrap().1
        };
        assert_eq!((evidence.reason.as_str(), evidence.checks.len()), ("heartbeat_missed", 1));

        // It stays silent: each further beat that is missing is a failed check, and nothing more is said.
        watch.pass(180).await;
        let missed = watch.checks().await.iter().filter(|made| made.reason.as_deref() == Some("heartbeat_missed")).count();
        assert_eq!((missed, watch.drafts().await.len()), (4, 1));
        let fresh = !watch.app.get("/").await.text().contains("No recent data");
        assert!(fresh, "that it is down is known");

        watch.beat().await;
        assert_eq!((watch.verdict().await, watch.status().await.as_str()), (Verdict::Up, "operational"));
        let mut tx = watch.app.db.read().await.unwrap();
        let events = monitor_events::list(&mut tx, &watch.page, &monitor_events::Filter::default(), 9, 0).await.unwrap();
        drop(tx);
        let told: Vec<_> = events.iter().map(|event| (event.verdict, event.reason.as_deref())).collect();
        assert_eq!(told, [(Verdict::Up, None), (Verdict::Down, Some("heartbeat_missed")), (Verdict::Up, None)]);
        for path in ["/", "/api/v2/summary.json", "/history.atom"] {
            let text = watch.app.get(path).await.text();
            assert!(!text.contains("hooks/heartbeat") && !text.contains("heartbeat_missed"), "{path} tells what only staff may know");
        }
        watch.app.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_job_that_never_called_is_not_known_and_never_down() {
    each_watch(async |watch| {
        watch.pass(600).await;
        assert_eq!((watch.verdict().await, watch.checks().await), (Verdict::Unknown, Vec::new()));
        watch.app.hand.advance(TimeDelta::days(2));
        watch.pass(60).await;
        assert_eq!((watch.verdict().await, watch.drafts().await.len()), (Verdict::Unknown, 0));
        watch.app.end().await;
    })
    .await;
}

#[tokio::test]
async fn whatever_can_make_a_request_can_send_a_beat_and_say_that_the_job_failed() {
    each_watch(async |watch| {
        let app = &watch.app;
        for (number, method) in ["GET", "HEAD", "POST"].into_iter().enumerate() {
            app.hand.advance(TimeDelta::seconds(1));
            let body = if method == "POST" { b"took 17 s, status=fail".to_vec() } else { Vec::new() };
            let reply = app.send(method, &watch.push, &[("content-type", "text/plain")], body).await;
            assert_eq!((reply.status, reply.header("cache-control")), (204, "private, no-store"), "{method}");
            assert_eq!((watch.checks().await.len(), watch.verdict().await), (number + 1, Verdict::Up), "{method}");
        }
        for (method, path) in [("POST", "/fail"), ("GET", "?status=fail"), ("HEAD", "/fail"), ("POST", "?status=fail&x=1")] {
            app.hand.advance(TimeDelta::seconds(1));
            assert_eq!(app.request(method, &format!("{}{path}", watch.push), &[]).await.status, 204, "{method} {path}");
            let newest = watch.checks().await.remove(0);
            assert_eq!((newest.reason.as_deref(), watch.verdict().await), (Some("heartbeat_failed"), Verdict::Down), "{method} {path}");
            app.hand.advance(TimeDelta::seconds(1));
            assert_eq!(app.request("GET", &format!("{}?status=ok", watch.push), &[]).await.status, 204);
            assert_eq!(watch.verdict().await, Verdict::Up);
        }
        // A job that failed ran: the next beat is waited for from then on.
        app.hand.advance(TimeDelta::seconds(50));
        watch.there().await;
        app.request("GET", &format!("{}/fail", watch.push), &[]).await;
        watch.pass(80).await;
        assert_eq!(watch.checks().await[0].reason.as_deref(), Some("heartbeat_failed"));
        watch.pass(10).await;
        assert_eq!(watch.checks().await[0].reason.as_deref(), Some("heartbeat_missed"));

        let known = watch.checks().await.len();
        let reply = app.get(&format!("{}?status=maybe", watch.push)).await;
        assert!(reply.status == 422 && reply.text().contains("\"ok\" or \"fail\""), "{}", reply.text());
        let reply = app.send("POST", &watch.push, &[], vec![b'x'; 300 * 1024]).await;
        assert_eq!(reply.status, 413);
        assert_eq!(app.request("DELETE", &watch.push, &[]).await.status, 405);
        assert_eq!(watch.checks().await.len(), known, "nothing was noted");
        watch.app.end().await;
    })
    .await;
}

#[tokio::test]
async fn an_address_that_is_no_jobs_answers_alike_whatever_is_wrong_with_it() {
    each_watch(async |watch| {
        let app = &watch.app;
        watch.beat().await;
        let token = watch.push.rsplit('/').next().unwrap().to_owned();
        let secret = Secret::new("another key, which nobody has chosen here");
        let mut strangers = vec![
            "x".to_owned(),
            "abcdefghijkl".to_owned(),
            format!("{}x", &token[..token.len() - 1]),
            format!("{}{}", sample::id("other"), &token[12..]),
            secret.token(Purpose::Heartbeat, &watch.page, &watch.monitor, 0),
            format!("{token}x"),
            token.to_ascii_uppercase(),
            "%00".to_owned(),
        ];
        let admin = app.member(Role::Admin).await;
        let id = &watch.monitor;
        assert_eq!(admin.post_form(&format!("/staff/monitors/{id}/delete"), &[]).await.status, 303);
        strangers.push(token);
        for stranger in strangers {
            for (method, path) in [("GET", ""), ("POST", ""), ("GET", "/fail"), ("GET", "?status=fail")] {
                let reply = app.request(method, &format!("/hooks/heartbeat/{stranger}{path}"), &[]).await;
                assert_eq!(
                    (reply.status, reply.text().as_str()),
                    (404, "There is nothing at this address.\n"),
                    "{method} {stranger}{path}"
                );
            }
        }
        assert_eq!(watch.checks().await.len(), 1);
        watch.app.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_late_beat_is_kept_with_how_late_it_was() {
    each_watch(async |watch| {
        watch.beat().await;
        watch.pass(80).await;
        watch.beat().await;
        assert_eq!(watch.checks().await[0].detail, None, "within its grace it is not late");
        watch.pass(130).await;
        watch.beat().await;
        let checks = watch.checks().await;
        assert_eq!((checks[0].reason.as_deref(), checks[0].detail.as_deref()), (None, Some("70 s late")));
        assert_eq!((checks[1].reason.as_deref(), watch.verdict().await), (Some("heartbeat_missed"), Verdict::Up));
        watch.app.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_beat_that_cannot_be_written_is_refused_so_that_whoever_sends_it_may_try_again() {
    let watch = Watch::open(Engine::Sqlite, 60, None).await;
    watch.app.db.close().await;
    let reply = watch.app.get(&watch.push).await;
    assert_eq!((reply.status, reply.header("retry-after")), (503, "5"));
    assert_eq!(watch.app.get("/").await.status, 200);
    watch.app.end().await;
}

#[tokio::test]
async fn a_job_that_never_stops_calling_is_told_to_wait() {
    let watch = Watch::open(Engine::Sqlite, 60, None).await;
    let mut answers = Vec::new();
    for _ in 0..601 {
        answers.push(watch.app.get(&watch.push).await.status);
    }
    assert!(answers[..600].iter().all(|status| *status == 204));
    let refused = watch.app.get(&watch.push).await;
    assert_eq!((answers[600], refused.status), (429, 429));
    assert!(!refused.header("retry-after").is_empty());
    watch.app.hand.advance(TimeDelta::seconds(1));
    watch.beat().await;
    watch.app.end().await;
}

#[tokio::test]
async fn programs_make_heartbeats_with_what_is_usual_and_are_told_what_cannot_be_meant() {
    let watch = Watch::open(Engine::Sqlite, 300, None).await;
    let (app, page) = (&watch.app, &watch.page);
    let token = app.token(Role::Admin).await;
    let authorization = format!("OAuth {token}");
    let one = app.get_with(&format!("/v1/pages/{page}/monitors/{}", watch.monitor), &[("authorization", authorization.as_str())]).await;
    let one = one.json();
    let said = (one["failure_threshold"].as_i64(), one["success_threshold"].as_i64(), one["grace_seconds"].as_i64(), one["url"].as_str());
    assert_eq!(said, (Some(1), Some(1), Some(60), Some("")));
    for (field, value, sentence) in [
        ("url", serde_json::json!("https://example.com/"), "asks nobody"),
        ("grace_seconds", serde_json::json!(0), "from 1 to 2678400"),
        ("interval_seconds", serde_json::json!(2_678_401), "from 1 to 2678400"),
        ("keyword_present", serde_json::json!("ok"), "asks nobody"),
        ("send", serde_json::json!("hello"), "asks nobody"),
    ] {
        let wanted = serde_json::json!({ "monitor": { "name": "Job", "kind": "heartbeat", field: value } });
        let refused = post(app, &format!("/v1/pages/{page}/monitors"), &token, &wanted).await;
        assert!(refused.status == 422 && refused.text().contains(sentence), "{field}: {}", refused.text());
    }
    let wanted = serde_json::json!({ "monitor": { "name": "Web", "url": "https://example.com/", "grace_seconds": 60 } });
    let refused = post(app, &format!("/v1/pages/{page}/monitors"), &token, &wanted).await;
    assert!(refused.status == 422 && refused.text().contains("Only heartbeat monitors"), "{}", refused.text());
    let wanted = serde_json::json!({ "monitor": { "name": "Web", "url": "https://example.com/" } });
    let web = post(app, &format!("/v1/pages/{page}/monitors"), &token, &wanted).await.json();
    assert_eq!(
        (&web["push_url"], &web["grace_seconds"], web["failure_threshold"].as_i64()),
        (&serde_json::json!(null), &serde_json::json!(null), Some(3))
    );
    watch.app.end().await;
}

#[tokio::test]
async fn a_heartbeat_that_becomes_something_else_hears_nothing_and_forgets_what_it_waited_for() {
    each_watch(async |watch| {
        let token = watch.app.token(Role::Admin).await;
        let path = format!("/v1/pages/{}/monitors/{}", watch.page, watch.monitor);
        let authorization = format!("OAuth {token}");
        let headers = [("authorization", authorization.as_str()), ("content-type", "application/json")];
        let change = async |body: serde_json::Value| {
            let changed = watch.app.send("PATCH", &path, &headers, body.to_string().into_bytes()).await;
            assert_eq!(changed.status, 200, "{}", changed.text());
            let changed = changed.json();
            (changed["failure_threshold"].as_i64(), changed["push_url"].is_string())
        };
        watch.beat().await;
        let asks = serde_json::json!({"monitor": {"kind": "http", "url": "https://example.com/", "grace_seconds": null}});
        assert_eq!(change(asks).await, (Some(3), false));
        assert_eq!(watch.app.get(&watch.push).await.status, 404);
        assert_eq!(change(serde_json::json!({"monitor": {"kind": "heartbeat", "url": null}})).await, (Some(1), true));
        watch.pass(300).await;
        assert_eq!(watch.verdict().await, Verdict::Unknown);
        watch.beat().await;
        assert_eq!(watch.verdict().await, Verdict::Up);
        watch.app.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_new_push_address_ends_the_one_before_and_what_is_known_stays() {
    each_watch(async |watch| {
        watch.beat().await;
        let admin = watch.app.member(Role::Admin).await;
        let page = format!("/staff/monitors/{}/checks", watch.monitor);
        assert!(admin.get(&page).await.text().contains("Make a new address"));
        let renewed = admin.post_form(&format!("/staff/monitors/{}/address", watch.monitor), &[]).await;
        assert_eq!((renewed.status, renewed.header("location")), (303, page.as_str()));
        assert_eq!(watch.app.get(&watch.push).await.status, 404, "the old one is good for nothing");
        assert_eq!(watch.verdict().await, Verdict::Up);
        let token = watch.app.token(Role::Admin).await;
        let path = format!("/v1/pages/{}/monitors/{}", watch.page, watch.monitor);
        let authorization = format!("OAuth {token}");
        let headers = [("authorization", authorization.as_str()), ("content-type", "application/json")];
        let push = |of: serde_json::Value| of["push_url"].as_str().unwrap().strip_prefix("https://status.example.test").unwrap().to_owned();
        let second = push(watch.app.get_with(&path, &headers).await.json());
        assert_ne!(second, watch.push);
        assert_eq!(watch.app.get(&second).await.status, 204);

        let third = watch.app.send("POST", &format!("{path}/push_url"), &headers, Vec::new()).await;
        assert_eq!(third.status, 200, "{}", third.text());
        let third = push(third.json());
        assert_eq!((watch.app.get(&second).await.status, watch.app.get(&third).await.status), (404, 204));
        let changed = watch.app.send("PATCH", &path, &headers, br#"{"monitor": {"name": "Nightly"}}"#.to_vec()).await.json();
        assert_eq!(push(changed), third, "other changes leave it as it is");
        let wanted = serde_json::json!({ "monitor": { "name": "Web", "url": "https://example.com/" } });
        let web = post(&watch.app, &format!("/v1/pages/{}/monitors", watch.page), &token, &wanted).await.json();
        let web = format!("/v1/pages/{}/monitors/{}/push_url", watch.page, web["id"].as_str().unwrap());
        let refused = watch.app.send("POST", &web, &headers, Vec::new()).await;
        assert!(refused.status == 409 && refused.text().contains("Only heartbeats"), "{}", refused.text());
        watch.app.end().await;
    })
    .await;
}

#[tokio::test]
async fn nobody_can_ask_a_heartbeat() {
    let watch = Watch::open(Engine::Sqlite, 60, None).await;
    let admin = watch.app.member(Role::Admin).await;
    assert!(!admin.get("/staff/monitors").await.text().contains("Check now"));
    admin.post_form(&format!("/staff/monitors/{}/check", watch.monitor), &[]).await;
    assert!(admin.get("/staff/monitors").await.text().contains("it waits for the job to call its push address"));
    let job = Monitor { status_when_down: ComponentStatus::MajorOutage, ..monitor_of(&watch).await };
    let seen = crate::probe::probes().check(&job, test_now()).await;
    assert!(matches!(seen.outcome, Outcome::Internal(_)), "no probe takes it for a failure");
    watch.app.end().await;
}

async fn monitor_of(watch: &Watch) -> Monitor {
    let mut tx = watch.app.db.read().await.unwrap();
    monitors::get(&mut tx, &watch.page, &watch.monitor).await.unwrap().unwrap()
}
