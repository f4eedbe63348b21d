//! Drafts: nobody sees them until they are published.

use app::words::ComponentStatus::{MajorOutage, PartialOutage};
use app::words::IncidentStatus;
use chrono::TimeDelta;
use server::actions::incidents::{self, DraftInput};
use server::domain::evidence::Evidence;
use server::domain::seen::Seen;
use server::store::incidents as files;

use super::{Desk, conflict, each_desk, opening, saying};

#[tokio::test]
async fn a_draft_is_nowhere_to_be_seen_until_it_is_published() {
    each_desk(async |desk: Desk| {
        let mut input = opening(&[(&desk.api, MajorOutage)]);
        input.body = String::new();
        let draft = incidents::create(&desk.act(), &input, false).await.unwrap();
        desk.app.look().await;
        assert_eq!(desk.app.get(&format!("/incidents/{}", draft.id)).await.status, 404);
        assert_eq!((desk.shown(&draft.id).await, desk.status(&desk.api).await.as_str()), (None, "operational"));
        assert!(!desk.app.get("/").await.text().contains("Requests fail"));
        assert_eq!(desk.history(&desk.api).await, ["?>operational staff"]);
        assert_eq!(desk.file(&draft.id).await.record.incident.updates[0].body, "", "a draft may be without words");
        conflict(incidents::post_update(&desk.act(), &draft.id, &saying(IncidentStatus::Identified, &[]), None).await);

        desk.wait(600).await;
        let saved = incidents::save_draft(&desk.act(), &draft.id, &input, draft.revision).await.unwrap();
        let sentence = conflict(incidents::publish(&desk.act(), &draft.id, &input, draft.revision).await);
        assert!(sentence.starts_with("Ada changed this incident at 10:10:01 UTC on 2026-11-23"), "{sentence}");
        desk.wait(60).await;
        incidents::publish(&desk.act(), &draft.id, &input, saved.revision).await.unwrap();
        let shown = desk.shown(&draft.id).await.unwrap();
        assert_eq!(shown["incident_updates"][0]["body"], "We are looking into this.");
        assert_eq!(shown["incident_updates"][0]["display_at"], "2026-11-23T10:11:01.000Z");
        assert_eq!(shown["incident_updates"].as_array().unwrap().len(), 1);
        assert_eq!(desk.status(&desk.api).await, "major_outage");
        conflict(incidents::publish(&desk.act(), &draft.id, &input, None).await);
        assert_eq!(
            desk.audit(3).await,
            [
                "Ada incident.publish \"Requests fail\" as investigating",
                "Ada incident.draft \"Requests fail\" as investigating",
                "Ada incident.draft \"Requests fail\" as investigating"
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn a_monitor_writes_one_draft_until_its_incident_is_over() {
    each_desk(async |desk: Desk| {
        desk.app
            .meddle(
                "insert into monitors (id, page_id, name, kind, target, interval_seconds, timeout_ms, failure_threshold, success_threshold,
                     status_when_down, settings, created_at, updated_at)
                 select 'mon000000000', id, 'm', 'http', 'http://t', 10, 1000, 3, 2, 'major_outage', '{}', created_at, updated_at from pages",
            )
            .await;
        let now = desk.app.hand.now();
        let evidence = Evidence {
            monitor: "API".to_owned(),
            reason: "http_503".to_owned(),
            first_failed_at: now - TimeDelta::seconds(30),
            checks: Vec::new(),
            recovered_at: None,
        };
        let input = DraftInput {
            monitor_id: app::words::Id::parse("mon000000000").unwrap(),
            component: Some((desk.api.clone(), PartialOutage)),
            name: "API does not answer".to_owned(),
            body: "We are looking into this.".to_owned(),
            started_at: now - TimeDelta::seconds(30),
            detected_at: now,
            evidence: evidence.clone(),
            publish_at: None,
        };
        let open = async || {
            let mut tx = desk.app.db.write().await.unwrap();
            let id = incidents::open_draft(&mut tx, &desk.page, &input).await.unwrap();
            tx.commit().await.unwrap();
            id
        };
        let draft = open().await;
        assert_eq!(open().await, draft);
        assert_eq!((desk.shown(&draft).await, desk.status(&desk.api).await.as_str()), (None, "operational"));
        let file = desk.file(&draft).await;
        let seen = Seen { monitor_id: input.monitor_id.clone(), beside: false, noted_at: now, evidence };
        assert_eq!((file.monitor_id, file.seen), (Some(input.monitor_id.clone()), vec![seen]));
        assert_eq!((file.record.visible, file.record.incident.started_at), (false, input.started_at));
        assert_eq!(file.record.incident.components, std::slice::from_ref(&desk.api));
        assert_eq!(file.record.incident.updates[0].effects.as_ref().unwrap()[0].to, PartialOutage);

        let mut words = opening(&[(&desk.api, PartialOutage)]);
        words.started_at = Some(input.started_at);
        desk.wait(30).await;
        incidents::publish(&desk.act(), &draft, &words, Some(file.record.revision)).await.unwrap();
        let file = desk.file(&draft).await;
        assert_eq!((file.record.incident.detected_at, file.record.incident.started_at), (Some(now), input.started_at));
        assert_eq!(file.seen.len(), 1, "evidence stays with the incident");
        assert_eq!(open().await, draft, "the published incident is still open");
        desk.wait(30).await;
        incidents::post_update(&desk.act(), &draft, &saying(IncidentStatus::Resolved, &[]), None).await.unwrap();
        assert_ne!(open().await, draft);
        let mut tx = desk.app.db.read().await.unwrap();
        assert_eq!(files::list(&mut tx, &desk.page, files::Which::Drafts).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn two_processes_write_one_draft_of_a_monitor() {
    each_desk(async |desk: Desk| {
        desk.app
            .meddle(
                "insert into monitors (id, page_id, name, kind, target, interval_seconds, timeout_ms, failure_threshold, success_threshold,
                     status_when_down, settings, created_at, updated_at)
                 select 'mon000000000', id, 'm', 'http', 'http://t', 10, 1000, 3, 2, 'major_outage', '{}', created_at, updated_at from pages",
            )
            .await;
        let now = desk.app.hand.now();
        let evidence =
            Evidence { monitor: "API".to_owned(), reason: "timeout".to_owned(), first_failed_at: now, checks: Vec::new(), recovered_at: None };
        let input = DraftInput {
            monitor_id: app::words::Id::parse("mon000000000").unwrap(),
            component: None,
            name: "API".to_owned(),
            body: String::new(),
            started_at: now,
            detected_at: now,
            evidence,
            publish_at: None,
        };
        let open = || async {
            let mut tx = desk.app.db.write().await.unwrap();
            let id = incidents::open_draft(&mut tx, &desk.page, &input).await.unwrap();
            tx.commit().await.unwrap();
            id
        };
        let (one, two, three) = tokio::join!(open(), open(), open());
        assert!(one == two && two == three);
    })
    .await;
}
