//! Drafts, edits and deletion.

use app::words::{ComponentStatus, Impact, MaintenanceStatus};
use server::actions::ActionError;
use server::actions::maintenances;

use super::{facts, plan, saying, window};
use crate::incidents::{Desk, conflict, each_desk};

#[tokio::test]
async fn a_draft_is_shown_to_nobody_until_it_is_announced() {
    each_desk(async |desk: Desk| {
        let mut words = plan(&desk, None);
        words.body = String::new();
        let done = maintenances::create(&desk.act(), &words, None, false).await.unwrap();
        words.window = Some(window(&desk, -10, 60));
        words.body = "First.".to_owned();
        maintenances::save_draft(&desk.act(), &done.id, &words, None).await.unwrap();
        let draft = desk.work(&done.id).await;
        assert_eq!((draft.published_at, draft.updates.len(), draft.updates[0].body.as_str()), (None, 1, "First."));
        assert_eq!((desk.notices().await, desk.status(&desk.api).await, desk.shown_plan(&done.id).await), (0, "operational".into(), None));
        let post = maintenances::post_update(&desk.act(), &done.id, &saying(MaintenanceStatus::Completed), None).await;
        assert!(conflict(post).contains("draft"));

        words.window = Some(window(&desk, 60, 60));
        words.body = String::new();
        maintenances::publish(&desk.act(), &done.id, &words, None).await.unwrap();
        let work = desk.work(&done.id).await;
        assert_eq!(work.updates[0].body, "This work is planned for 23 Nov 2026, 11:00 to 12:00 UTC.");
        assert_eq!((work.published_at, work.updates[0].id.clone()), (Some(work.updates[0].created_at), draft.updates[0].id.clone()));
        let shown = desk.shown_plan(&done.id).await.unwrap();
        assert_eq!((shown["impact"].as_str(), shown["components"][0]["id"].as_str()), (Some("maintenance"), Some(desk.api.as_str())));
        assert_eq!(shown["incident_updates"][0]["affected_components"][0]["name"], "Core - API");
        assert_eq!(desk.notices().await, 1);
        assert!(conflict(maintenances::save_draft(&desk.act(), &done.id, &words, None).await).contains("announced already"));
        assert!(conflict(maintenances::publish(&desk.act(), &done.id, &words, None).await).contains("announced already"));
    })
    .await;
}

#[tokio::test]
async fn an_edit_tells_nobody_and_calendars_follow_what_they_show() {
    each_desk(async |desk: Desk| {
        let done = maintenances::create(&desk.act(), &plan(&desk, Some(window(&desk, 60, 60))), None, true).await.unwrap();
        desk.wait(60).await;
        let same = maintenances::edit(&desk.act(), &done.id, &facts(&desk), None).await.unwrap();
        assert_eq!((same.revision, desk.work(&done.id).await.sequence), (None, 0));
        let mut quiet = facts(&desk);
        (quiet.owner, quiet.auto_complete, quiet.impact_override) = (None, false, Some(Impact::Major));
        quiet.internal_notes = Some("Ask Ada.".to_owned());
        quiet.reminders.before_minutes = vec![60, 1440];
        maintenances::edit(&desk.act(), &done.id, &quiet, None).await.unwrap();
        let file = desk.plan_file(&done.id).await;
        assert_eq!((file.owner, file.internal_notes.as_deref()), (None, Some("Ask Ada.")));
        let work = file.record.maintenance;
        assert_eq!((work.sequence, work.auto_complete, work.impact), (0, false, Impact::Major));
        assert_eq!(work.reminders.before_minutes, [1440, 60], "the longest first");
        let mut seen = quiet;
        seen.components = vec![(desk.web.clone(), ComponentStatus::PartialOutage)];
        maintenances::edit(&desk.act(), &done.id, &seen, None).await.unwrap();
        assert_eq!(desk.work(&done.id).await.sequence, 1);
        let shown = desk.shown_plan(&done.id).await.unwrap();
        assert_eq!(shown["components"][0]["id"], desk.web.as_str());
        assert_eq!(shown["incident_updates"][0]["affected_components"][0]["code"], desk.web.as_str());
        assert_eq!(desk.notices().await, 1);
        desk.wait(61 * 60).await;
        assert_eq!((desk.status(&desk.api).await, desk.status(&desk.web).await), ("operational".into(), "partial_outage".into()));
    })
    .await;
}

#[tokio::test]
async fn a_component_that_is_to_stay_operational_is_not_hidden_when_it_fails() {
    each_desk(async |desk: Desk| {
        let mut words = plan(&desk, Some(window(&desk, 10, 60)));
        words.components = vec![(desk.api.clone(), ComponentStatus::Operational)];
        maintenances::create(&desk.act(), &words, None, true).await.unwrap();
        desk.wait(11 * 60).await;
        desk.app.meddle("update components set observed_status = 'major_outage'").await;
        desk.app.meddle("update pages set revision = revision + 1").await;
        assert_eq!(desk.status(&desk.api).await, "major_outage");
    })
    .await;
}

#[tokio::test]
async fn deleted_work_is_gone_for_readers_and_told_to_nobody_else() {
    each_desk(async |desk: Desk| {
        let done = maintenances::create(&desk.act(), &plan(&desk, Some(window(&desk, -1, 60))), None, true).await.unwrap();
        assert_eq!(desk.status(&desk.api).await, "under_maintenance");
        maintenances::delete(&desk.act(), &done.id, None).await.unwrap();
        assert_eq!((desk.status(&desk.api).await, desk.shown_plan(&done.id).await), ("operational".into(), None));
        assert_eq!((desk.notices().await, desk.plan_file(&done.id).await.deleted), (0, true));
        assert!(matches!(maintenances::delete(&desk.act(), &done.id, None).await, Err(ActionError::Missing(_))));
    })
    .await;
}
