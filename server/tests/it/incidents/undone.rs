//! What is taken back before anybody got a mail.

use app::words::ComponentStatus::{MajorOutage, PartialOutage};
use app::words::{Impact, IncidentStatus};
use server::actions::incidents;

use super::{Desk, conflict, each_desk, opening, saying};

#[tokio::test]
async fn a_message_taken_back_leaves_the_incident_as_it_was() {
    each_desk(async |desk: Desk| {
        let done = incidents::create(&desk.act(), &opening(&[(&desk.api, PartialOutage)]), true).await.unwrap();
        desk.wait(60).await;
        let worse = saying(IncidentStatus::Identified, &[(&desk.api, MajorOutage), (&desk.web, MajorOutage)]);
        let update = incidents::post_update(&desk.act(), &done.id, &worse, None).await.unwrap();
        let opened = desk.newest_notice(&done.id).await.unwrap();
        desk.wait(9).await;
        incidents::undo(&desk.act(), &done.id, &update.id).await.unwrap();

        let incident = desk.file(&done.id).await.record.incident;
        assert_eq!((incident.status, incident.impact), (IncidentStatus::Investigating, Impact::Major));
        assert_eq!((incident.updates.len(), incident.components), (1, vec![desk.api.clone()]));
        assert_eq!((desk.status(&desk.api).await, desk.status(&desk.web).await), ("partial_outage".into(), "operational".into()));
        assert_eq!(desk.told(&update.id).await, None);
        assert_ne!(desk.newest_notice(&done.id).await.unwrap().id, opened.id);
        assert_eq!(desk.shown(&done.id).await.unwrap()["incident_updates"].as_array().unwrap().len(), 1);
        // A second time there is nothing to take back.
        assert!(matches!(incidents::undo(&desk.act(), &done.id, &update.id).await, Err(server::actions::ActionError::Missing("message"))));
    })
    .await;
}

#[tokio::test]
async fn a_resolution_taken_back_opens_the_incident_again() {
    each_desk(async |desk: Desk| {
        let done = incidents::create(&desk.act(), &opening(&[(&desk.api, MajorOutage)]), true).await.unwrap();
        desk.wait(60).await;
        let over = incidents::post_update(&desk.act(), &done.id, &saying(IncidentStatus::Resolved, &[]), None).await.unwrap();
        assert_eq!(desk.status(&desk.api).await, "operational");
        let sequence = async || {
            let calendar = desk.app.get(&format!("/incidents/{}/history.ics", done.id)).await.text();
            calendar.lines().find_map(|line| line.strip_prefix("SEQUENCE:")?.parse::<i64>().ok()).unwrap()
        };
        let before = sequence().await;
        desk.wait(1).await;
        incidents::undo(&desk.act(), &done.id, &over.id).await.unwrap();
        desk.wait(1).await;
        assert!(sequence().await > before, "calendars follow only what has a higher number");
        assert_eq!(desk.status(&desk.api).await, "major_outage");
        assert_eq!(desk.file(&done.id).await.record.incident.resolved_at, None);
    })
    .await;
}

#[tokio::test]
async fn an_incident_whose_only_message_is_taken_back_is_a_draft_with_its_text() {
    each_desk(async |desk: Desk| {
        let done = incidents::create(&desk.act(), &opening(&[(&desk.api, MajorOutage)]), true).await.unwrap();
        let first = desk.file(&done.id).await.record.incident.updates[0].id.clone();
        desk.wait(2).await;
        incidents::undo(&desk.act(), &done.id, &first).await.unwrap();
        assert_eq!((desk.shown(&done.id).await, desk.status(&desk.api).await.as_str()), (None, "operational"));
        let file = desk.file(&done.id).await;
        assert_eq!((file.record.visible, file.record.incident.updates[0].body.as_str()), (false, "We see errors."));
        assert_ne!(file.record.incident.updates[0].id, first, "the withdrawn message stays in the record");
        assert_eq!(desk.newest_notice(&done.id).await, None);

        desk.wait(60).await;
        incidents::publish(&desk.act(), &done.id, &opening(&[(&desk.api, MajorOutage)]), None).await.unwrap();
        assert_eq!(desk.shown(&done.id).await.unwrap()["incident_updates"].as_array().unwrap().len(), 1);
        assert_eq!(desk.newest_notice(&done.id).await.unwrap().kind, app::words::NotificationKind::IncidentOpened);
    })
    .await;
}

#[tokio::test]
async fn after_the_time_a_message_stays() {
    each_desk(async |desk: Desk| {
        let done = incidents::create(&desk.act(), &opening(&[]), true).await.unwrap();
        let first = desk.file(&done.id).await.record.incident.updates[0].id.clone();
        desk.wait(10).await;
        let sentence = conflict(incidents::undo(&desk.act(), &done.id, &first).await);
        assert!(sentence.contains("10 seconds"), "{sentence}");
        assert!(desk.newest_notice(&done.id).await.is_some(), "a refusal changes nothing");
        assert!(desk.shown(&done.id).await.is_some());
    })
    .await;
}

#[tokio::test]
async fn a_message_whose_mails_began_to_go_out_stays() {
    each_desk(async |desk: Desk| {
        let done = incidents::create(&desk.act(), &opening(&[]), true).await.unwrap();
        let first = desk.file(&done.id).await.record.incident.updates[0].id.clone();
        desk.app.meddle("update notifications set fanout_cursor = 'x'").await;
        conflict(incidents::undo(&desk.act(), &done.id, &first).await);
        assert!(desk.shown(&done.id).await.is_some());
    })
    .await;
}
