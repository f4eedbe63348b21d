//! What incidents state of components, and what stays when they are over.

use app::words::ComponentStatus::{DegradedPerformance, MajorOutage, Operational, PartialOutage};
use app::words::{IncidentStatus, StatusSource};
use server::actions::{components, incidents, statuses};
use server::store::components::set_observed;

use super::{Desk, each_desk, facts, opening, saying};

#[tokio::test]
async fn an_incident_turns_its_components_and_gives_them_back() {
    each_desk(async |desk: Desk| {
        let done = incidents::create(&desk.act(), &opening(&[(&desk.api, MajorOutage)]), true).await.unwrap();
        assert_eq!(desk.status(&desk.api).await, "major_outage");
        let shown = desk.shown(&done.id).await.unwrap();
        assert_eq!((shown["impact"].as_str(), shown["status"].as_str()), (Some("critical"), Some("investigating")));
        let effect = &shown["incident_updates"][0]["affected_components"][0];
        assert_eq!(effect["name"], "Core - API");
        assert_eq!((effect["old_status"].as_str(), effect["new_status"].as_str()), (Some("operational"), Some("major_outage")));

        desk.wait(60).await;
        let better = saying(IncidentStatus::Monitoring, &[(&desk.api, DegradedPerformance), (&desk.web, PartialOutage)]);
        incidents::post_update(&desk.act(), &done.id, &better, done.revision).await.unwrap();
        assert_eq!((desk.status(&desk.api).await, desk.status(&desk.web).await), ("degraded_performance".into(), "partial_outage".into()));

        desk.wait(60).await;
        incidents::post_update(&desk.act(), &done.id, &saying(IncidentStatus::Resolved, &[]), None).await.unwrap();
        assert_eq!((desk.status(&desk.api).await, desk.status(&desk.web).await), ("operational".into(), "operational".into()));
        let shown = desk.shown(&done.id).await.unwrap();
        assert_eq!((shown["impact"].as_str(), shown["status"].as_str()), (Some("critical"), Some("resolved")));
        assert!(shown["resolved_at"].is_string() && shown["monitoring_at"].is_string());
        let back = shown["incident_updates"][0]["affected_components"].as_array().unwrap();
        let back: Vec<_> = back.iter().map(|row| (row["old_status"].as_str().unwrap(), row["new_status"].as_str().unwrap())).collect();
        assert_eq!(back, [("degraded_performance", "operational"), ("partial_outage", "operational")]);
        let expected = [
            "?>operational staff",
            "operational>major_outage incident",
            "major_outage>degraded_performance incident",
            "degraded_performance>operational incident",
        ];
        assert_eq!(desk.history(&desk.api).await, expected);
        assert!(desk.app.get(&format!("/incidents/{}", done.id)).await.text().contains("Now resolved."));
    })
    .await;
}

#[tokio::test]
async fn what_staff_and_other_incidents_say_stays_when_one_incident_is_over() {
    each_desk(async |desk: Desk| {
        components::state(&desk.act(), &desk.web, DegradedPerformance, StatusSource::Staff).await.unwrap();
        desk.wait(1).await;
        let one = incidents::create(&desk.act(), &opening(&[(&desk.api, PartialOutage)]), true).await.unwrap();
        desk.wait(1).await;
        let two = incidents::create(&desk.act(), &opening(&[(&desk.api, MajorOutage), (&desk.web, MajorOutage)]), true).await.unwrap();
        assert_eq!((desk.status(&desk.api).await, desk.status(&desk.web).await), ("major_outage".into(), "major_outage".into()));
        desk.wait(1).await;
        incidents::post_update(&desk.act(), &two.id, &saying(IncidentStatus::Resolved, &[]), None).await.unwrap();
        assert_eq!((desk.status(&desk.api).await, desk.status(&desk.web).await), ("partial_outage".into(), "degraded_performance".into()));
        let shown = desk.shown(&two.id).await.unwrap();
        let back = shown["incident_updates"][0]["affected_components"].as_array().unwrap();
        assert_eq!(
            back.iter().map(|row| row["new_status"].as_str().unwrap()).collect::<Vec<_>>(),
            ["partial_outage", "degraded_performance"]
        );
        incidents::delete(&desk.act(), &one.id, None).await.unwrap();
        assert_eq!(desk.status(&desk.api).await, "operational");
        assert_eq!(desk.shown(&one.id).await, None);
        assert_eq!(desk.app.get(&format!("/incidents/{}", one.id)).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn a_reopened_incident_states_only_what_came_after() {
    each_desk(async |desk: Desk| {
        let done = incidents::create(&desk.act(), &opening(&[(&desk.api, MajorOutage), (&desk.web, MajorOutage)]), true).await.unwrap();
        desk.wait(1).await;
        incidents::post_update(&desk.act(), &done.id, &saying(IncidentStatus::Resolved, &[(&desk.api, Operational)]), None).await.unwrap();
        desk.wait(1).await;
        let again = saying(IncidentStatus::Investigating, &[(&desk.api, PartialOutage)]);
        incidents::post_update(&desk.act(), &done.id, &again, None).await.unwrap();
        assert_eq!((desk.status(&desk.api).await, desk.status(&desk.web).await), ("partial_outage".into(), "operational".into()));
        let shown = desk.shown(&done.id).await.unwrap();
        assert_eq!((shown["status"].as_str(), shown["resolved_at"].is_null()), (Some("investigating"), true));
    })
    .await;
}

#[tokio::test]
async fn a_message_shown_under_an_earlier_time_does_not_become_the_newest() {
    each_desk(async |desk: Desk| {
        let done = incidents::create(&desk.act(), &opening(&[]), true).await.unwrap();
        desk.wait(600).await;
        let earlier = desk.app.hand.now() - chrono::TimeDelta::minutes(30);
        let mut late = saying(IncidentStatus::Identified, &[]);
        late.display_at = Some(earlier);
        let update = incidents::post_update(&desk.act(), &done.id, &late, None).await.unwrap();
        let shown = desk.shown(&done.id).await.unwrap();
        assert_eq!(shown["status"], "investigating");
        assert_eq!(shown["incident_updates"][1]["id"], update.id.as_str());
        // Moved to the top by an edit, it is the newest.
        incidents::edit_update(&desk.act(), &done.id, &update.id, "Found.", Some(desk.app.hand.now()), &[], None).await.unwrap();
        assert_eq!(desk.shown(&done.id).await.unwrap()["status"], "identified");
    })
    .await;
}

#[tokio::test]
async fn what_monitors_observe_outlives_what_people_state_and_is_noted_once() {
    each_desk(async |desk: Desk| {
        let observe = async |status| {
            let now = desk.app.hand.now();
            let mut tx = desk.app.db.write().await.unwrap();
            set_observed(&mut tx, &desk.api, status, now, None).await.unwrap();
            let ids = std::slice::from_ref(&desk.api);
            statuses::settle(&mut tx, &desk.page, ids, now, StatusSource::Monitor).await.unwrap();
            statuses::settle(&mut tx, &desk.page, ids, now, StatusSource::Monitor).await.unwrap();
            tx.commit().await.unwrap();
        };
        observe(Some(PartialOutage)).await;
        desk.wait(1).await;
        let done = incidents::create(&desk.act(), &opening(&[(&desk.api, DegradedPerformance)]), true).await.unwrap();
        desk.wait(1).await;
        incidents::post_update(&desk.act(), &done.id, &saying(IncidentStatus::Resolved, &[]), None).await.unwrap();
        desk.wait(1).await;
        observe(Some(Operational)).await;
        let expected = ["?>operational staff", "operational>partial_outage monitor", "partial_outage>operational monitor"];
        assert_eq!(desk.history(&desk.api).await, expected);
    })
    .await;
}

#[tokio::test]
async fn an_edit_changes_impact_title_and_start_and_keeps_the_messages() {
    each_desk(async |desk: Desk| {
        let done = incidents::create(&desk.act(), &opening(&[(&desk.api, PartialOutage)]), true).await.unwrap();
        desk.wait(300).await;
        let mut edit = facts();
        edit.name = "Payments fail".to_owned();
        edit.impact_override = Some(app::words::Impact::Minor);
        edit.started_at = Some(desk.app.hand.now() - chrono::TimeDelta::minutes(30));
        edit.owner = Some("Grace".to_owned());
        edit.internal_notes = Some("canary-note".to_owned());
        incidents::edit(&desk.act(), &done.id, &edit, done.revision).await.unwrap();
        let shown = desk.shown(&done.id).await.unwrap();
        assert_eq!((shown["name"].as_str(), shown["impact"].as_str()), (Some("Payments fail"), Some("minor")));
        assert!(shown["started_at"].as_str() < shown["created_at"].as_str());
        let file = desk.file(&done.id).await;
        assert_eq!((file.owner.as_deref(), file.internal_notes.as_deref()), (Some("Grace"), Some("canary-note")));
        for path in ["/", "/api/v2/incidents.json", "/history.atom", &format!("/incidents/{}", done.id)] {
            let text = desk.app.get(path).await.text();
            assert!(!text.contains("canary-note") && !text.contains("Grace"), "{path} shows what is for staff only");
        }
        incidents::edit(&desk.act(), &done.id, &facts(), None).await.unwrap();
        let file = desk.file(&done.id).await;
        assert_eq!((file.record.incident.impact, file.owner), (app::words::Impact::Major, None));
        assert_eq!(file.record.incident.started_at, file.record.incident.updates[0].display_at);
    })
    .await;
}
