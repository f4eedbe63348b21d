//! What one monitor saw, as staff read it; and what of checks operators are told.

use app::words::{Id, Role};
use chrono::TimeDelta;
use server::meters::Meters;
use server::store::monitors;

use crate::support::Engine;
use crate::support::app::{TestApp, test_now};
use crate::support::target::{Answer, Target};

async fn only(app: &TestApp) -> Id {
    let page = app.page().await.id;
    let mut tx = app.db.read().await.unwrap();
    monitors::list(&mut tx, &page).await.unwrap().remove(0).monitor.id
}

#[tokio::test]
async fn the_page_of_a_monitor_shows_what_its_checks_came_to_mean_and_the_newest_of_them() {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        let admin = app.member(Role::Admin).await;
        let target = Target::new(Answer::Status(503, "out of <order>".to_owned())).await;
        let url = target.url("/health");
        let fields = [
            ("name", "API health"),
            ("target", url.as_str()),
            ("interval_seconds", "60"),
            ("timeout_ms", "10000"),
            ("failure_threshold", "1"),
            ("success_threshold", "1"),
            ("status_when_down", "partial_outage"),
        ];
        assert_eq!(admin.post_form("/staff/monitors", &fields).await.status, 303);
        let id = only(&app).await;
        let here = format!("/staff/monitors/{id}/checks");
        assert!(admin.get("/staff/monitors").await.text().contains(&format!("href=\"{here}\"")), "the list leads there");
        let blank = admin.get(&here).await.text();
        assert!(blank.contains("Nothing is known yet.") && blank.contains("It has not checked yet."), "{blank}");
        admin.post_form(&format!("/staff/monitors/{id}/check"), &[]).await;
        app.hand.advance(TimeDelta::seconds(30));
        target.answers(Answer::ok());
        admin.post_form(&format!("/staff/monitors/{id}/check"), &[]).await;
        app.hand.advance(TimeDelta::seconds(1));

        let reply = admin.get(&here).await;
        let text = reply.text();
        let (turns, checks) = text.split_once("came to mean").unwrap().1.split_once("Newest checks").unwrap();
        assert!(turns.contains("answered with status 503") && turns.contains("connection ") && turns.contains(">from local<"), "{turns}");
        assert!(turns.find(">Up<").unwrap() < turns.find(">Down<").unwrap(), "the newest first: {turns}");
        assert!(checks.contains("out of &lt;order&gt;") && checks.contains("good"), "{checks}");
        assert!(text.contains("In 24 hours") && text.contains("(of 2 checks)"), "how long they took: {text}");
        assert!(!blank.contains("In 24 hours"), "nothing is said of no checks: {blank}");
        assert!(text.contains(&format!("href=\"/staff/monitors/{id}\"")) && !text.contains("Push address"));
        let statements: u32 = reply.header("server-timing").trim_start_matches("db;desc=\"").split(' ').next().unwrap().parse().unwrap();
        assert!(statements < 6, "{statements} statements");

        let viewer = app.member(Role::Viewer).await;
        let seen = viewer.get(&here).await;
        assert!(
            seen.status == 200 && !seen.text().contains(&format!("href=\"/staff/monitors/{id}\"")),
            "who may not change is not led to it"
        );
        assert_eq!(viewer.get("/staff/monitors/nowhere00000/checks").await.status, 404);
        assert_eq!(app.get(&here).await.status, 303, "a stranger is led to the sign-in");
        app.end().await;
    }
}

#[tokio::test]
async fn a_heartbeat_is_made_and_changed_without_scripts_and_shows_its_address_to_those_who_may_change_it() {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        let admin = app.member(Role::Admin).await;
        assert!(admin.get("/staff/monitors").await.text().contains("/staff/monitors/new?kind=heartbeat"));
        let blank = admin.get("/staff/monitors/new?kind=heartbeat").await.text();
        assert!(blank.contains("Seconds that a beat may be late") && !blank.contains("name=\"target\""), "{blank}");
        assert!(blank.contains("name=\"failure_threshold\" value=\"1\""), "{blank}");
        let fields = [
            ("kind", "heartbeat"),
            ("name", "Nightly copy"),
            ("interval_seconds", "300"),
            ("grace_seconds", ""),
            ("component_id", ""),
            ("status_when_down", "degraded_performance"),
            ("failure_threshold", ""),
            ("success_threshold", "1"),
        ];
        let with = |field: &'static str, value: &'static str| {
            let mut fields = fields.to_vec();
            fields.iter_mut().filter(|(name, _)| *name == field).for_each(|(_, known)| *known = value);
            fields
        };
        for (field, value, sentence) in [
            ("grace_seconds", "soon", "whole number"),
            ("grace_seconds", "0", "from 1 to 2678400"),
            ("interval_seconds", "x", "whole number"),
        ] {
            let refused = admin.post_form("/staff/monitors", &with(field, value)).await;
            let text = refused.text();
            assert!(refused.status == 422 && text.contains(sentence) && text.contains("Add the monitor"), "{field}: {text}");
            assert!(text.contains("Seconds that a beat may be late") && text.contains(&format!("value=\"{value}\"")), "{text}");
        }
        let added = admin.post_form("/staff/monitors", &fields).await;
        let id = only(&app).await;
        let here = format!("/staff/monitors/{id}/checks");
        assert_eq!((added.status, added.header("location")), (303, here.as_str()), "{}", added.text());
        let text = admin.get(&here).await.text();
        assert!(text.contains("every 5 min, and may be 1 min late") && text.contains("The job has not called yet."), "{text}");
        let push = text.split_once("https://status.example.test/hooks/heartbeat/").unwrap().1.split('<').next().unwrap().to_owned();
        let viewer = app.member(Role::Viewer).await;
        assert!(!viewer.get(&here).await.text().contains(&push), "only those who may change it see its address");

        assert_eq!(app.get(&format!("/hooks/heartbeat/{push}")).await.status, 204);
        let reply = admin.get(&here).await;
        assert!(!reply.text().contains("The job has not called yet.") && reply.text().contains(">Up<"), "{}", reply.text());
        let statements: u32 = reply.header("server-timing").trim_start_matches("db;desc=\"").split(' ').next().unwrap().parse().unwrap();
        assert!(statements < 6, "{statements} statements");
        assert!(admin.get("/staff/monitors").await.text().contains("Waits for beats"));

        let edit = admin.get(&format!("/staff/monitors/{id}")).await.text();
        assert!(edit.contains("name=\"kind\" value=\"heartbeat\"") && !edit.contains("name=\"target\""), "{edit}");
        let changed = admin.post_form(&format!("/staff/monitors/{id}"), &with("grace_seconds", "120")).await;
        assert_eq!((changed.status, changed.header("location")), (303, "/staff/monitors"));
        assert!(admin.get(&here).await.text().contains("may be 2 min late"));
        assert_eq!(admin.post_form(&format!("/staff/monitors/{id}/delete"), &[]).await.status, 303);
        assert_eq!(admin.get(&here).await.status, 404);
        app.end().await;
    }
}

#[test]
fn of_checks_operators_are_told_how_late_they_began_and_which_share_was_missed() {
    let meters = Meters::default();
    let read = || meters.read(test_now());
    assert_eq!((read().lag_p50_ms, read().lag_p95_ms, read().missed_ppm), (0, 0, 0));
    for lag in 1..=100 {
        meters.began(TimeDelta::seconds(lag), 90);
    }
    assert_eq!((read().lag_p50_ms, read().lag_p95_ms), (51_000, 96_000));
    assert_eq!(read().missed_ppm, 100_000, "ten of a hundred began more than an interval late");
    meters.left_behind(TimeDelta::seconds(90), 90);
    assert_eq!(read().missed_ppm, 100_000, "not missed yet");
    meters.left_behind(TimeDelta::hours(1), 90);
    assert_eq!(read().missed_ppm, 11 * 1_000_000 / 101);
    for _ in 0..1_024 {
        meters.began(TimeDelta::zero(), 90);
    }
    assert_eq!((read().lag_p95_ms, read().missed_ppm), (0, 0), "only the newest count");
}

#[tokio::test]
async fn a_check_whose_time_came_while_nobody_looked_is_told_of_as_missed() {
    let app = TestApp::plain().await;
    let admin = app.member(Role::Admin).await;
    let target = Target::new(Answer::ok()).await;
    let url = target.url("/");
    let fields = [
        ("name", "Web"),
        ("target", url.as_str()),
        ("interval_seconds", "10"),
        ("timeout_ms", "1000"),
        ("failure_threshold", "1"),
        ("success_threshold", "1"),
        ("status_when_down", "partial_outage"),
    ];
    admin.post_form("/staff/monitors", &fields).await;
    app.workers().prober.round().await.unwrap();
    assert!(app.admin("/metrics").await.contains("allclear_check_missed_ratio 0\n"));
    app.hand.advance(TimeDelta::minutes(1));
    app.workers().prober.round().await.unwrap();
    assert!(app.admin("/metrics").await.contains("allclear_check_missed_ratio 0.5\n"), "{}", app.admin("/metrics").await);
    app.end().await;
}
