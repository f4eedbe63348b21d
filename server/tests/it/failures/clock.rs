//! The clock publishes a draft that nobody took on, if the owner chose so, and nothing else.

use app::words::{NotificationKind, PageSettings, Role, StatusSource};
use chrono::TimeDelta;
use server::domain::notice::Notice;

use super::{after, down, each_site, site};
use crate::store::sample;
use crate::support::Engine;
use crate::support::target::Answer;

#[tokio::test]
async fn a_draft_that_nobody_takes_on_is_published_as_staff_would_after_the_chosen_minutes() {
    each_site(after(2), async |site| {
        site.api.answers(down());
        site.pass(60).await;
        let draft = site.file().await;
        let due = draft.watch.publish_at.unwrap();
        assert_eq!(due, draft.record.incident.created_at + TimeDelta::minutes(2));
        let told = site.told(NotificationKind::DraftOpened).await;
        let Notice::Draft(notice) = &told[0].notice else { panic!("a draft") };
        assert_eq!(notice.publish_at, Some(due), "the mail says so");
        let browser = site.app.member(Role::Responder).await;
        let page = browser.get(&format!("/staff/incidents/{}", draft.record.incident.id)).await.text();
        assert!(page.contains("It will be published by itself at") && page.contains("Do not publish it by itself"), "{page}");
        assert!(browser.get("/staff").await.text().contains("Published by itself at"));
        site.app.hand.set(due - TimeDelta::seconds(6));
        site.pass(5).await;
        assert!(site.shown().await.is_empty(), "not before its time");
        site.pass(15).await;
        let shown = site.shown().await;
        assert_eq!((shown.len(), shown[0]["name"].as_str().unwrap()), (1, "Problem with api"));
        let body = "We are investigating a problem with api. We will tell more as soon as we know it.";
        assert_eq!(shown[0]["incident_updates"][0]["body"], body);
        assert_eq!(shown[0]["components"][0]["id"], sample::id("api").as_str());
        let text = serde_json::to_string(&shown).unwrap();
        assert!(!text.contains("canary") && !text.contains("127.0.0.1") && !text.contains("503"), "{text}");
        let mails = site.told(NotificationKind::IncidentOpened).await;
        assert_eq!(mails.len(), 1, "subscribers are told as by staff");
        assert_eq!(site.audit().await, ["system incident.publish"]);
        let mut tx = site.app.db.read().await.unwrap();
        let changes = server::store::status_changes::noted_since(&mut tx, &site.page, -1).await.unwrap();
        assert!(changes.iter().all(|change| change.source == StatusSource::Monitor), "the page had turned before");
        drop(tx);
        site.pass(120).await;
        assert_eq!((site.shown().await.len(), site.told(NotificationKind::IncidentOpened).await.len()), (1, 1), "once");
        site.app.end().await;
    })
    .await;
}

#[tokio::test]
async fn without_the_owners_choice_a_draft_waits_for_ever() {
    let site = site(Engine::Sqlite, PageSettings::default()).await;
    site.api.answers(down());
    site.pass(60).await;
    site.app.hand.advance(TimeDelta::hours(3));
    site.pass(60).await;
    let file = site.file().await;
    assert_eq!((file.watch.publish_at, file.record.incident.published_at), (None, None));
    site.app.end().await;
}

#[tokio::test]
async fn who_is_on_it_stops_it_deletes_it_or_writes_it_keeps_the_clock_from_speaking() {
    each_site(after(1), async |site| {
        let browser = site.app.member(Role::Responder).await;
        for way in ["mine", "stop", "delete", "save"] {
            site.api.answers(down());
            site.pass(45).await;
            let draft = site.files().await.pop().unwrap();
            let (incident, seen) = (&draft.record.incident, draft.record.revision.to_string());
            let address = format!("/staff/incidents/{}", incident.id);
            let program = async || {
                let authorization = format!("OAuth {}", site.app.token(Role::Viewer).await);
                let path = format!("/v1/pages/{}/incidents/{}", site.page, incident.id);
                site.app.get_with(&path, &[("authorization", authorization.as_str())]).await.json()
            };
            assert!(program().await["publish_at"].is_string());
            let reply = match way {
                "delete" => browser.post_form(&format!("{address}/delete"), &[("seen", &seen)]).await,
                "save" => {
                    let fields = [("name", "Ours"), ("status", "investigating"), ("body", ""), ("seen", seen.as_str()), ("do", "save")];
                    browser.post_form(&address, &fields).await
                }
                way => browser.post_form(&format!("{address}/take"), &[("do", way)]).await,
            };
            assert_eq!(reply.status, 303, "{way}: {}", reply.text());
            site.pass(180).await;
            assert!(site.shown().await.is_empty(), "{way} keeps the clock from speaking");
            if way == "mine" {
                let file = site.file().await;
                assert_eq!(file.watch.acknowledged_by, file.owner, "whoever is on it looks after it");
                assert_eq!(file.record.revision, draft.record.revision, "whoever writes it at this moment is not disturbed");
                let page = browser.get(&address).await.text();
                assert!(page.contains("is on it since") && !page.contains("will be published by itself"), "{page}");
                assert!(site.audit().await[0].ends_with(" incident.acknowledge"));
                let told = program().await;
                assert_eq!((told["publish_at"].is_null(), told["acknowledged_by"].as_str()), (true, file.owner.as_deref()));
                assert!(told["acknowledged_at"].is_string());
            }
            site.api.answers(Answer::ok());
            site.pass(60).await;
            for file in site.files().await {
                server::actions::incidents::delete(&site.system(), &file.record.incident.id, None).await.unwrap();
            }
            site.pass(300).await;
        }
        site.app.end().await;
    })
    .await;
}

#[tokio::test]
async fn what_recovered_meanwhile_is_not_published_and_waits_anew_when_it_fails_again() {
    each_site(after(3), async |site| {
        site.api.answers(down());
        site.pass(60).await;
        site.api.answers(Answer::ok());
        site.pass(200).await;
        let file = site.file().await;
        assert!(file.record.incident.published_at.is_none() && file.watch.publish_at.unwrap() < site.now());
        let browser = site.app.member(Role::Responder).await;
        let page = browser.get(&format!("/staff/incidents/{}", file.record.incident.id)).await.text();
        assert!(page.contains("All its monitors are up again since") && page.contains("Should they fail again, it waits anew."), "{page}");
        site.api.answers(down());
        site.pass(100).await;
        assert!(site.shown().await.is_empty(), "as long as a new one");
        site.pass(180).await;
        assert_eq!(site.shown().await.len(), 1);
        site.app.end().await;
    })
    .await;
}

#[tokio::test]
async fn several_keepers_publish_once() {
    for engine in Engine::ALL {
        let site = site(engine, after(1)).await;
        site.api.answers(down());
        site.pass(45).await;
        site.app.hand.advance(TimeDelta::seconds(90));
        let (db, page, now) = (&site.app.db, &site.page, site.now());
        let tick = || server::actions::recoveries::tick(db, page, now);
        let (one, two, three) = tokio::join!(tick(), tick(), tick());
        one.and(two).and(three).unwrap();
        assert_eq!((site.shown().await.len(), site.told(NotificationKind::IncidentOpened).await.len()), (1, 1));
        site.app.end().await;
    }
}
