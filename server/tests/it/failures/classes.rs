//! What single classes of failures mean for a component, and targets that keep our checks out.

use app::words::ComponentStatus::{DegradedPerformance, MajorOutage, PartialOutage};
use app::words::{ComponentStatus, Id, MonitorSettings, PageSettings, Role, Verdict};
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use serde_json::json;
use server::actions::monitors::{self as actions, MonitorInput};
use server::domain::blocked::{is_block, judge};
use server::domain::class::{is_class, status_of};
use server::domain::expectation::Answer as Heard;
use server::domain::monitor::{Event, State};
use server::store::monitors;

use super::{Site, down, each_site, site};
use crate::manage::each_api;
use crate::staff_pages::between;
use crate::store::sample::at;
use crate::support::Engine;
use crate::support::target::Answer;

fn by_class(of: &[(&str, ComponentStatus)]) -> Vec<(String, ComponentStatus)> {
    of.iter().map(|(class, status)| ((*class).to_owned(), *status)).collect()
}

/// Lets the monitor of `api` have these settings.
async fn set(site: &Site, settings: MonitorSettings) -> Id {
    let mut tx = site.app.db.read().await.unwrap();
    let all = monitors::list(&mut tx, &site.page).await.unwrap();
    drop(tx);
    let monitor = all.into_iter().map(|record| record.monitor).find(|monitor| monitor.name == "api health").unwrap();
    let (id, networks) = (monitor.id.clone(), ["127.0.0.0/8".parse().unwrap()]);
    let input = MonitorInput { settings, ..MonitorInput::from(monitor) };
    actions::update(&site.system(), &site.page, &networks, &id, input).await.unwrap();
    id
}

async fn status(site: &Site) -> String {
    site.app.look().await;
    site.app.get("/api/v2/components.json").await.json()["components"][0]["status"].as_str().unwrap().to_owned()
}

async fn verdict(site: &Site) -> Verdict {
    let mut tx = site.app.db.read().await.unwrap();
    let all = monitors::list(&mut tx, &site.page).await.unwrap();
    all.iter().find(|record| record.monitor.name == "api health").unwrap().state.verdict
}

#[test]
fn the_longest_entry_that_a_class_begins_with_says_what_it_means() {
    let known = by_class(&[("http_5", PartialOutage), ("http_503", MajorOutage), ("timeout", DegradedPerformance)]);
    for (class, meant) in [
        ("http_503", Some(MajorOutage)),
        ("http_500", Some(PartialOutage)),
        ("http_404", None),
        ("timeout", Some(DegradedPerformance)),
        ("tls_expired", None),
        ("time", None),
    ] {
        assert_eq!(status_of(class, &known), meant, "{class}");
    }
    assert_eq!(status_of("timeout", &[]), None);
    assert!(
        is_class("tls_") && is_class("http_503") && !is_class("") && !is_class("HTTP") && !is_class("a b") && !is_class(&"x".repeat(41))
    );
}

#[tokio::test]
async fn the_class_of_a_failure_says_what_the_component_is_and_only_gets_worse() {
    each_site(PageSettings::default(), async |site| {
        let settings = MonitorSettings { statuses_by_class: by_class(&[("http_5", DegradedPerformance)]), ..MonitorSettings::default() };
        set(&site, settings).await;
        site.pass(20).await;
        site.api.answers(down());
        site.pass(60).await;
        assert_eq!(status(&site).await, "degraded_performance");
        let draft = site.file().await.record.incident;
        assert_eq!((draft.updates[0].effects.as_ref().unwrap()[0].to, draft.impact.to_string().as_str()), (DegradedPerformance, "minor"));
        site.api.answers(Answer::Reset);
        site.pass(40).await;
        assert_eq!(status(&site).await, "major_outage", "what no class speaks of means what down usually means");
        let draft = site.file().await.record.incident;
        assert_eq!(draft.updates[0].effects.as_ref().unwrap()[0].to, MajorOutage, "and the draft says so too");
        assert_eq!(draft.updates.len(), 1);
        site.api.answers(down());
        site.pass(60).await;
        assert_eq!(status(&site).await, "major_outage", "within one failure it only gets worse");
        site.api.answers(Answer::ok());
        site.pass(60).await;
        assert_eq!(status(&site).await, "operational");
        site.api.answers(down());
        site.pass(60).await;
        assert_eq!(status(&site).await, "degraded_performance", "another failure begins anew");
        site.app.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_target_that_keeps_us_out_is_neither_up_nor_down_and_staff_are_warned() {
    each_site(PageSettings::default(), async |site| {
        let browser = site.app.member(Role::Admin).await;
        site.api.answers(Answer::Status(403, "no".to_owned()));
        site.pass(300).await;
        assert_eq!(verdict(&site).await, Verdict::Unknown);
        assert!(site.files().await.is_empty(), "nothing is told of what nobody knows");
        assert_ne!(status(&site).await, "major_outage");
        let page = browser.get("/staff/monitors").await.text();
        assert!(page.contains("Nothing is known of api health: the address keeps our checks out"), "{page}");
        site.api.answers(Answer::ok());
        site.pass(30).await;
        assert_eq!(verdict(&site).await, Verdict::Up);
        assert!(!browser.get("/staff/monitors").await.text().contains("keeps our checks out"));
        site.app.end().await;
    })
    .await;
}

#[tokio::test]
async fn being_kept_out_is_down_after_three_intervals_where_the_monitor_says_so() {
    let site = site(Engine::Sqlite, PageSettings::default()).await;
    set(&site, MonitorSettings { blocked_is_down: true, ..MonitorSettings::default() }).await;
    site.pass(20).await;
    site.api.answers(Answer::Status(429, "slower".to_owned()));
    site.pass(55).await;
    assert_eq!((verdict(&site).await, site.files().await.len()), (Verdict::Unknown, 0));
    site.pass(60).await;
    assert_eq!((verdict(&site).await, status(&site).await.as_str()), (Verdict::Down, "major_outage"));
    let file = site.file().await;
    assert_eq!(file.seen[0].evidence.reason, "blocked");
    assert_eq!(file.seen[0].evidence.checks[0].http_status, Some(429));
    assert_eq!(file.record.incident.started_at, file.seen[0].evidence.first_failed_at);
    site.app.end().await;
}

#[test]
fn known_pages_that_ask_whether_we_are_human_keep_us_out_and_good_pages_do_not() {
    let asked = |status: u16, headers: &[(&str, &str)], body: &str, expected: bool| {
        let headers: Vec<(String, String)> = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let heard = Heard { status, headers: &headers, body: body.as_bytes(), whole: true, length: body.len(), address: "http://x/" };
        is_block(&heard, expected)
    };
    for status in [401, 403, 429] {
        assert!(asked(status, &[], "", false) && !asked(status, &[], "", true), "{status} may be what is expected");
    }
    assert!(asked(503, &[], "<html><title>Just a moment...</title>", false));
    assert!(!asked(200, &[], "<html><title>Just a moment...</title>", true), "a good page may say anything");
    assert!(asked(200, &[("CF-Mitigated", "challenge")], "", true) && asked(202, &[("x-amzn-waf-action", "captcha")], "", true));
    assert!(!asked(503, &[], "out of order", false) && !asked(200, &[("x-amzn-waf-action", "allow")], "", true));
}

#[test]
fn what_was_confirmed_as_down_stays_so_and_a_clock_that_was_set_back_leaves_nothing_ahead_of_it() {
    let confirmed = State {
        verdict: Verdict::Down,
        first_failed_at: Some(at("10:00")),
        last_result_at: Some(at("10:01")),
        ..State::unknown(at("10:01"))
    };
    assert_eq!(judge(confirmed, 20, true, at("11:00")), (confirmed, None));
    let up =
        State { verdict: Verdict::Up, first_good_at: Some(at("09:00")), last_result_at: Some(at("10:00")), ..State::unknown(at("09:00")) };
    let (state, event) = judge(up, 20, true, at("09:59"));
    assert_eq!((state.verdict, state.since, state.last_result_at, event), (Verdict::Unknown, at("09:59"), Some(at("09:59")), None));
    let (state, event) = judge(up, 20, true, at("10:01"));
    assert_eq!((state.verdict, state.since, state.first_failed_at, event), (Verdict::Unknown, at("10:01"), Some(at("10:01")), None));
}

fn instant(second: i64) -> DateTime<Utc> {
    at("10:00") + TimeDelta::seconds(second)
}

proptest! {
    #[test]
    fn being_kept_out_is_never_down_before_three_intervals_and_never_without_the_owners_word(
        interval in 1_i64..600, waits in prop::collection::vec(1_i64..900, 1..20), is_down in any::<bool>(),
    ) {
        let (mut state, mut now, mut first) = (State::unknown(instant(0)), 0, None);
        for wait in waits {
            now += wait;
            let first = *first.get_or_insert(now);
            let (next, event) = judge(state, interval, is_down, instant(now));
            let lasts = now - first >= 3 * interval;
            prop_assert_eq!(next.verdict == Verdict::Down, is_down && lasts);
            prop_assert_eq!(event.is_some(), next.verdict == Verdict::Down && state.verdict != Verdict::Down);
            if let Some(event) = event {
                prop_assert_eq!(event, Event::Down(instant(first)));
            }
            state = next;
        }
    }
}

#[tokio::test]
async fn programs_and_forms_say_what_classes_mean_or_are_told_what_is_wrong() {
    each_api(async |api| {
        let body = json!({"monitor": {"name": "API", "url": "https://example.com/", "paused": true,
            "statuses_by_class": {"timeout": "degraded_performance", "http_5": "partial_outage"}, "blocked_is_down": true}});
        let made = api.post("/monitors", body).await;
        assert_eq!(made["statuses_by_class"], json!({"http_5": "partial_outage", "timeout": "degraded_performance"}));
        assert_eq!(made["blocked_is_down"], true);
        let one = format!("/monitors/{}", made["id"].as_str().unwrap());
        assert_eq!(api.patch(&one, json!({"monitor": {"name": "The API"}})).await["blocked_is_down"], true, "what is not said stays");
        for (value, sentence) in [
            (json!({"TIMEOUT": "partial_outage"}), "small letters"),
            (json!({"timeout": "operational"}), "A failure can mean"),
            (json!({"timeout": "broken"}), "statuses_by_class must be an object of statuses"),
            (json!(["timeout"]), "statuses_by_class must be an object of statuses"),
        ] {
            let reply = api.call("PATCH", &one, &json!({"monitor": {"statuses_by_class": value}})).await;
            assert_eq!(reply.status, 422, "{value}");
            assert!(reply.text().contains(sentence) && reply.text().contains("statuses_by_class"), "{value}: {}", reply.text());
        }
        assert_eq!(api.get(&one).await["statuses_by_class"]["timeout"], "degraded_performance", "nothing was changed");
        assert_eq!(api.patch(&one, json!({"monitor": {"statuses_by_class": null}})).await["statuses_by_class"], json!({}));
    })
    .await;
    let site = site(Engine::Sqlite, PageSettings::default()).await;
    let browser = site.app.member(Role::Admin).await;
    let id = set(&site, MonitorSettings::default()).await;
    let address = format!("/staff/monitors/{id}");
    let target = site.api.url("/");
    let fields = |classes| {
        [
            ("name", "api health"),
            ("kind", "http"),
            ("target", target.as_str()),
            ("interval_seconds", "20"),
            ("timeout_ms", "1000"),
            ("failure_threshold", "3"),
            ("success_threshold", "2"),
            ("status_when_down", "major_outage"),
            ("method", "GET"),
            ("statuses_by_class", classes),
            ("blocked_is_down", "on"),
        ]
    };
    let refused = browser.post_form(&address, &fields("timeout degraded")).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("Write each class on a line of its own"), "{}", refused.text());
    let reply = browser.post_form(&address, &fields("timeout: degraded_performance\r\nhttp_5: partial_outage")).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    let page = browser.get(&address).await.text();
    assert!(page.contains("timeout: degraded_performance\nhttp_5: partial_outage"), "{page}");
    assert!(between(&page, "name=\"blocked_is_down\"", ">").contains("checked"), "{page}");
    site.app.end().await;
}
