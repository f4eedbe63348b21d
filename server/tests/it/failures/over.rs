//! The end: suggested to staff, and taken by the clock only of what the clock alone has said.

use app::words::{NotificationKind, PageSettings, Role};
use chrono::TimeDelta;

use super::{after, down, each_site, site};
use crate::staff_pages::hidden;
use crate::support::Engine;
use crate::support::target::Answer;

fn by_itself() -> PageSettings {
    PageSettings { resolve_by_itself: true, ..after(1) }
}

#[tokio::test]
async fn staff_hear_once_that_all_is_well_and_again_when_it_is_not() {
    each_site(PageSettings::default(), async |site| {
        site.api.answers(down());
        site.pass(60).await;
        site.api.answers(Answer::ok());
        site.pass(200).await;
        assert!(site.tasks().await.is_empty(), "what fails again within the gap is the same failure");
        site.pass(200).await;
        assert_eq!(site.tasks().await, ["Up again before anybody was told: Problem with api"]);
        site.pass(600).await;
        assert_eq!(site.tasks().await.len(), 1, "once");
        site.api.answers(down());
        site.pass(120).await;
        assert_eq!(site.tasks().await[1..], ["Failing again: Problem with api"]);
        assert_eq!((site.files().await.len(), site.told(NotificationKind::DraftOpened).await.len()), (1, 1));
        site.api.answers(Answer::ok());
        site.pass(400).await;
        assert_eq!(site.tasks().await.len(), 3);
        site.app.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_recovery_suggests_the_resolving_update_and_closes_nothing() {
    each_site(after(1), async |site| {
        let browser = site.app.member(Role::Responder).await;
        site.api.answers(down());
        site.web.answers(down());
        site.pass(150).await;
        let id = site.file().await.record.incident.id;
        let address = format!("/staff/incidents/{id}");
        assert!(!browser.get(&address).await.text().contains("All its monitors are up again"));
        site.api.answers(Answer::ok());
        site.pass(60).await;
        assert!(!browser.get(&address).await.text().contains("All its monitors are up again"), "one of two is not all");
        site.web.answers(Answer::ok());
        site.pass(420).await;
        let page = browser.get(&address).await.text();
        assert!(page.contains("All its monitors are up again since") && page.contains(&format!("{address}?resolve=1#post")), "{page}");
        assert_eq!(site.tasks().await, ["Up again: Several components are not available"]);
        assert_eq!(site.shown().await[0]["status"], "investigating", "nothing is closed behind the back of staff");
        let filled = browser.get(&format!("{address}?resolve=1")).await.text();
        assert!(filled.contains("This incident is over.</textarea>"), "{filled}");
        let seen = hidden(&filled, "seen");
        let fields = [("status", "resolved"), ("body", "It is over."), ("notify", "on"), ("seen", seen.as_str()), ("do", "post")];
        assert_eq!(browser.post_form(&format!("{address}/updates"), &fields).await.status, 303);
        assert_eq!(site.shown().await[0]["status"], "resolved");
        site.app.end().await;
    })
    .await;
}

#[tokio::test]
async fn what_the_clock_alone_has_said_it_ends_after_the_gap_if_the_owner_chose_so() {
    each_site(by_itself(), async |site| {
        site.api.answers(down());
        site.pass(150).await;
        assert_eq!(site.shown().await[0]["status"], "investigating");
        site.api.answers(Answer::ok());
        site.pass(240).await;
        assert_eq!(site.shown().await[0]["status"], "investigating", "what fails again within the gap is the same failure");
        site.pass(120).await;
        let shown = site.shown().await;
        assert_eq!(
            (shown[0]["status"].as_str(), shown[0]["incident_updates"][0]["body"].as_str()),
            (Some("resolved"), Some("This incident is over."))
        );
        assert_eq!(site.told(NotificationKind::IncidentResolved).await.len(), 1);
        assert_eq!(site.audit().await, ["system incident.update", "system incident.publish"]);
        assert!(site.tasks().await.is_empty());
        let json = site.app.get("/api/v2/components.json").await.json();
        assert_eq!(json["components"][0]["status"], "operational", "with the end the component is what its monitor says");
        site.app.end().await;
    })
    .await;
}

#[tokio::test]
async fn what_a_person_has_touched_stays_open_whatever_the_owner_chose() {
    for way in ["update", "edit"] {
        let site = site(Engine::Sqlite, by_itself()).await;
        let browser = site.app.member(Role::Responder).await;
        site.api.answers(down());
        site.pass(150).await;
        let address = format!("/staff/incidents/{}", site.file().await.record.incident.id);
        let page = browser.get(&address).await.text();
        assert!(page.contains("The clock published it, and nobody of your team has touched it yet."), "{page}");
        let seen = hidden(&page, "seen");
        let reply = if way == "update" {
            let fields = [("status", "identified"), ("body", "We know."), ("seen", seen.as_str()), ("do", "post")];
            browser.post_form(&format!("{address}/updates"), &fields).await
        } else {
            browser.post_form(&format!("{address}/details"), &[("name", "Ours"), ("seen", seen.as_str())]).await
        };
        assert_eq!(reply.status, 303, "{}", reply.text());
        site.api.answers(Answer::ok());
        site.pass(900).await;
        assert_ne!(site.shown().await[0]["status"], "resolved", "{way}");
        assert_eq!(site.tasks().await.len(), 1);
        site.app.end().await;
    }
}

#[tokio::test]
async fn a_monitor_that_rests_says_nothing_of_the_end() {
    let site = site(Engine::Sqlite, by_itself()).await;
    site.api.answers(down());
    site.pass(150).await;
    let monitor = site.file().await.monitor_id.unwrap();
    server::actions::monitors::pause(&site.system(), &site.page, &monitor).await.unwrap();
    site.app.hand.advance(TimeDelta::hours(1));
    site.pass(60).await;
    assert_eq!((site.shown().await[0]["status"].as_str(), site.tasks().await.len()), (Some("investigating"), 0));
    site.app.end().await;
}
