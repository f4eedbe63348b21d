//! Which windows work can be given, and when.

use app::words::MaintenanceStatus::{Completed, InProgress};
use chrono::TimeDelta;
use server::actions::ActionError;
use server::actions::maintenances;

use super::{plan, saying, window};
use crate::incidents::{Desk, conflict, each_desk, refused};

#[tokio::test]
async fn the_same_window_again_changes_nothing_and_tells_nobody() {
    each_desk(async |desk: Desk| {
        let at = window(&desk, 60, 60);
        let done = maintenances::create(&desk.act(), &plan(&desk, Some(at)), None, true).await.unwrap();
        let before = (desk.plan_file(&done.id).await, desk.notices().await);
        desk.wait(60).await;
        let sentence = conflict(maintenances::set_window(&desk.act(), &done.id, at, "Again.", true, None).await);
        assert!(sentence.contains("nobody was told"), "{sentence}");
        assert_eq!((desk.plan_file(&done.id).await, desk.notices().await), before);
    })
    .await;
}

#[tokio::test]
async fn of_work_that_has_begun_only_the_end_changes() {
    each_desk(async |desk: Desk| {
        let done = maintenances::create(&desk.act(), &plan(&desk, Some(window(&desk, 10, 60))), None, true).await.unwrap();
        desk.wait(11 * 60).await;
        let wrong = refused(maintenances::set_window(&desk.act(), &done.id, window(&desk, 60, 60), "", true, None).await);
        assert_eq!(wrong[0].0, "window_from");
        assert!(wrong[0].1.contains("has begun, so its start stays at 23 Nov 2026, 10:10 UTC"), "{wrong:?}");
        assert_eq!(desk.work(&done.id).await.updates.len(), 1, "not even the clock's message is written then");
        let begun = desk.work(&done.id).await.window.unwrap();
        let longer = app::words::Window { until: begun.until + TimeDelta::minutes(30), ..begun };
        maintenances::set_window(&desk.act(), &done.id, longer, "", true, None).await.unwrap();
        let work = desk.work(&done.id).await;
        assert_eq!((work.window, work.status, work.updates.len()), (Some(longer), InProgress, 3));
        assert_eq!((work.moves[0].at, work.moves[0].from), (work.updates[0].created_at, Some(begun)));
        desk.wait(80 * 60).await;
        assert_eq!(desk.shown_plan(&done.id).await.unwrap()["status"], "in_progress");
    })
    .await;
}

#[tokio::test]
async fn work_that_is_over_is_over_unless_it_goes_on() {
    each_desk(async |desk: Desk| {
        let done = maintenances::create(&desk.act(), &plan(&desk, Some(window(&desk, 10, 60))), None, true).await.unwrap();
        desk.wait(90 * 60).await;
        let later = window(&desk, 30, 60);
        let sentence = conflict(maintenances::set_window(&desk.act(), &done.id, later, "", true, None).await);
        assert!(sentence.contains("completed already (2026-11-23 11:10 UTC)"), "{sentence}");
        assert!(conflict(maintenances::cancel(&desk.act(), &done.id, "", true, None).await).contains("completed already"));
        maintenances::post_update(&desk.act(), &done.id, &saying(InProgress), None).await.unwrap();
        assert_eq!(desk.status(&desk.api).await, "under_maintenance");
        assert_eq!(desk.work(&done.id).await.completed_at, None);
        maintenances::post_update(&desk.act(), &done.id, &saying(Completed), None).await.unwrap();
        assert_eq!(desk.work(&done.id).await.completed_at, Some(desk.work(&done.id).await.updates[0].display_at));
    })
    .await;
}

#[tokio::test]
async fn work_is_cancelled_once() {
    each_desk(async |desk: Desk| {
        let done = maintenances::create(&desk.act(), &plan(&desk, None), None, true).await.unwrap();
        maintenances::cancel(&desk.act(), &done.id, "Not needed any more.", true, None).await.unwrap();
        let before = (desk.plan_file(&done.id).await, desk.notices().await);
        for answer in [
            maintenances::cancel(&desk.act(), &done.id, "Again.", true, None).await,
            maintenances::set_window(&desk.act(), &done.id, window(&desk, 60, 60), "", true, None).await,
            maintenances::post_update(&desk.act(), &done.id, &saying(InProgress), None).await,
        ] {
            assert!(conflict(answer).contains("cancelled already (2026-11-23 10:00 UTC)"));
        }
        assert_eq!((desk.plan_file(&done.id).await, desk.notices().await), before);
    })
    .await;
}

#[tokio::test]
async fn who_saw_an_older_state_is_told_who_was_faster() {
    each_desk(async |desk: Desk| {
        let done = maintenances::create(&desk.act(), &plan(&desk, None), None, true).await.unwrap();
        let seen = desk.plan_file(&done.id).await.record.revision;
        maintenances::set_window(&desk.act(), &done.id, window(&desk, 60, 60), "", true, Some(seen)).await.unwrap();
        let sentence = conflict(maintenances::cancel(&desk.act(), &done.id, "", true, Some(seen)).await);
        assert!(sentence.starts_with("Ada changed this work at 10:00:01 UTC"), "{sentence}");
        let other = maintenances::cancel(&desk.act(), &desk.api, "", true, None).await;
        assert!(matches!(other, Err(ActionError::Missing("planned work"))), "{other:?}");
    })
    .await;
}
