//! Failures and planned work together (reliability N16): inside a window checks go on and nobody is alarmed, uptime leaves it out, and what is
//! down at its end is a failure from there on.

use app::words::{ComponentStatus, NotificationKind, Role, Verdict, Window};
use chrono::{DateTime, TimeDelta, Utc};
use server::actions::maintenances::{self as planned, MaintenanceInput};
use server::store::{checks, monitors};

use super::{Site, after, down, each_site};
use crate::planned_clock::plan;
use crate::store::sample;
use crate::support::target::Answer;

/// Work on the component in two minutes, for ten minutes; its start and its end.
async fn work_on(site: &Site, component: &str) -> (DateTime<Utc>, DateTime<Utc>) {
    let from = site.now() + TimeDelta::minutes(2);
    let window = Window { from, until: from + TimeDelta::minutes(10) };
    let components = vec![(sample::id(component), ComponentStatus::UnderMaintenance)];
    let input = MaintenanceInput { components, ..plan(Some(window)) };
    planned::create(&site.system(), &input, None, true).await.unwrap();
    (window.from, window.until)
}

/// What a program is told.
async fn told(site: &Site, path: &str) -> serde_json::Value {
    let authorization = format!("OAuth {}", site.app.token(Role::Admin).await);
    site.app.get_with(&format!("/v1/pages/{}{path}", site.page), &[("authorization", authorization.as_str())]).await.json()
}

/// What a program is told of the monitor of a component.
async fn said(site: &Site, component: &str) -> serde_json::Value {
    site.app.look().await;
    let all = told(site, "/monitors").await;
    all.as_array().unwrap().iter().find(|monitor| monitor["name"] == format!("{component} health")).unwrap().clone()
}

async fn until(site: &Site, at: DateTime<Utc>) {
    site.pass((at - site.now()).num_seconds()).await;
}

#[tokio::test]
async fn what_is_down_at_the_end_of_a_window_is_told_from_there_on_and_the_window_is_no_downtime() {
    each_site(after(3), async |site| {
        let (from, ends) = work_on(&site, "api").await;
        until(&site, from + TimeDelta::minutes(1)).await;
        site.api.answers(down());
        until(&site, ends - TimeDelta::seconds(10)).await;
        assert!(site.files().await.is_empty() && site.told(NotificationKind::DraftOpened).await.is_empty(), "alarms are muted");
        assert!(site.tasks().await.iter().all(|subject| !subject.contains("again")), "nobody is told of failures");
        let mut tx = site.app.db.read().await.unwrap();
        let all = monitors::list(&mut tx, &site.page).await.unwrap();
        let api = all.iter().find(|record| record.monitor.name == "api health").unwrap();
        assert_eq!(api.state.verdict, Verdict::Down);
        let known = checks::failures(&mut tx, &api.monitor.id, from, 100).await.unwrap();
        assert!(known.len() > 10, "checks go on and are kept: {}", known.len());
        drop(tx);
        let seen = said(&site, "api").await;
        assert_eq!((seen["verdict"].as_str(), seen["verdict_of_checks"].as_str()), (Some("maintenance"), Some("down")));
        let seen = said(&site, "web").await;
        assert_eq!((seen["verdict"].as_str(), seen["verdict_of_checks"].as_str()), (Some("up"), Some("up")));
        let viewer = site.app.member(Role::Viewer).await;
        for page in ["/staff/monitors".to_owned(), format!("/staff/monitors/{}/checks", api.monitor.id)] {
            let page = viewer.get(&page).await.text();
            assert!(page.contains("Planned work") && page.contains("Its checks: "), "{page}");
        }

        until(&site, ends + TimeDelta::seconds(15)).await;
        let file = site.file().await;
        assert_eq!(file.record.incident.started_at, ends);
        assert_eq!(site.told(NotificationKind::DraftOpened).await.len(), 1);
        let due = file.watch.publish_at.unwrap();
        assert!(due >= ends + TimeDelta::minutes(3) && due <= ends + TimeDelta::minutes(4), "the clock counts from the draft: {due}");
        until(&site, ends + TimeDelta::minutes(5)).await;
        assert_eq!(site.shown().await.len(), 1);

        let seen = said(&site, "api").await;
        assert_eq!((seen["verdict"].as_str(), seen["verdict_of_checks"].as_str()), (Some("down"), Some("down")));
        let events = told(&site, &format!("/monitor_events?monitor_id={}", api.monitor.id)).await;
        let turns: Vec<_> = events.as_array().unwrap().iter().map(|event| (event["to"].as_str(), event["planned"].as_bool())).collect();
        let expected = [(Some("down"), Some(true)), (Some("suspect"), Some(true)), (Some("up"), Some(false))];
        assert_eq!(turns, expected, "what planned work explains is said to be explained");

        site.app.look().await;
        let json = site.app.get(&format!("/components/{}/uptime.json", sample::id("api"))).await.json();
        let day = json["days"].as_array().unwrap().last().unwrap();
        assert_eq!(day["under_maintenance"].as_i64(), Some(600), "{day}");
        let outage = day["major_outage"].as_i64().unwrap();
        assert!((240..=305).contains(&outage), "five minutes since the end, and nothing of the window: {day}");
        site.app.end().await;
    })
    .await;
}

#[tokio::test]
async fn what_recovers_inside_the_window_and_what_is_not_worked_on_are_judged_as_ever() {
    each_site(after(1), async |site| {
        let (from, ends) = work_on(&site, "api").await;
        until(&site, from + TimeDelta::minutes(1)).await;
        site.api.answers(down());
        site.web.answers(down());
        until(&site, from + TimeDelta::minutes(4)).await;
        let file = site.file().await;
        assert_eq!((file.record.incident.name.as_str(), file.seen.len()), ("Problem with web", 1), "work on one mutes that one only");
        assert!(file.record.incident.published_at.is_some(), "the clock goes on too");
        site.api.answers(Answer::ok());
        site.web.answers(Answer::ok());
        until(&site, ends + TimeDelta::minutes(2)).await;
        assert_eq!(site.files().await.len(), 1, "what recovered by the end is never told of");
        site.app.end().await;
    })
    .await;
}
