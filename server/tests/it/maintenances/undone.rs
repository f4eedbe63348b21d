//! What is taken back before anybody got a mail: everything is as it was.

use app::words::{Maintenance, MaintenanceStatus, Window};
use chrono::TimeDelta;
use server::actions::maintenances;

use super::{plan, saying, window};
use crate::incidents::{Desk, conflict, each_desk};

/// All that a reader can tell apart; the sequence only grows.
fn told(m: &Maintenance) -> Maintenance {
    Maintenance { sequence: 0, updated_at: m.created_at, ..m.clone() }
}

#[tokio::test]
async fn each_step_taken_back_leaves_no_trace() {
    each_desk(async |desk: Desk| {
        let done = maintenances::create(&desk.act(), &plan(&desk, Some(window(&desk, 10, 60))), None, true).await.unwrap();
        desk.wait(60).await;
        let before = desk.work(&done.id).await;
        let early = Window { from: desk.app.hand.now() - TimeDelta::minutes(1), ..before.window.unwrap() };
        for step in 0..5 {
            desk.wait(1).await;
            let act = desk.act();
            let said = match step {
                0 => maintenances::set_window(&act, &done.id, window(&desk, 600, 60), "", true, None).await,
                1 => maintenances::set_window(&act, &done.id, early, "", true, None).await,
                2 => maintenances::cancel(&act, &done.id, "", true, None).await,
                3 => maintenances::post_update(&act, &done.id, &saying(MaintenanceStatus::InProgress), None).await,
                _ => maintenances::post_update(&act, &done.id, &saying(MaintenanceStatus::Completed), None).await,
            };
            let said = said.unwrap();
            desk.wait(5).await;
            maintenances::undo(&desk.act(), &done.id, &said.id).await.unwrap();
            let after = desk.work(&done.id).await;
            assert_eq!(told(&after), told(&before), "step {step}");
            assert!(after.sequence > before.sequence, "a calendar that fetched it is told again");
            assert_eq!((desk.told(&said.id).await, desk.status(&desk.api).await), (None, "operational".to_owned()), "step {step}");
            assert_eq!(desk.shown_plan(&done.id).await.unwrap()["status"], "scheduled");
        }
    })
    .await;
}

#[tokio::test]
async fn of_two_moves_the_first_can_be_taken_back() {
    each_desk(async |desk: Desk| {
        let (one, two, three) = (window(&desk, 60, 60), window(&desk, 120, 60), window(&desk, 180, 60));
        let done = maintenances::create(&desk.act(), &plan(&desk, Some(one)), None, true).await.unwrap();
        let act = desk.act();
        let first = maintenances::set_window(&act, &done.id, two, "", true, None).await.unwrap();
        maintenances::set_window(&act, &done.id, three, "", true, None).await.unwrap();
        maintenances::undo(&act, &done.id, &first.id).await.unwrap();
        let work = desk.work(&done.id).await;
        assert_eq!((work.window, work.moves.len()), (Some(three), 1));
        assert_eq!((work.moves[0].from, work.moves[0].to), (Some(one), three));
    })
    .await;
}

#[tokio::test]
async fn an_end_taken_back_lets_the_work_go_on_since_it_began() {
    each_desk(async |desk: Desk| {
        let done = maintenances::create(&desk.act(), &plan(&desk, Some(window(&desk, 10, 60))), None, true).await.unwrap();
        let from = desk.work(&done.id).await.window.unwrap().from;
        desk.wait(20 * 60).await;
        let over = maintenances::post_update(&desk.act(), &done.id, &saying(MaintenanceStatus::Completed), None).await.unwrap();
        assert_eq!(desk.status(&desk.api).await, "operational");
        maintenances::undo(&desk.act(), &done.id, &over.id).await.unwrap();
        let work = desk.work(&done.id).await;
        assert_eq!((work.status, work.started_at, work.completed_at), (MaintenanceStatus::InProgress, Some(from), None));
        assert_eq!(desk.status(&desk.api).await, "under_maintenance");
        let sentence = conflict(maintenances::undo(&desk.act(), &done.id, &work.updates[0].id).await);
        assert!(sentence.contains("said by the clock"), "{sentence}");
    })
    .await;
}

#[tokio::test]
async fn an_announcement_taken_back_is_a_draft_with_its_text() {
    each_desk(async |desk: Desk| {
        let done = maintenances::create(&desk.act(), &plan(&desk, Some(window(&desk, -1, 60))), None, true).await.unwrap();
        assert_eq!(desk.status(&desk.api).await, "under_maintenance");
        let first = desk.work(&done.id).await.updates[0].id.clone();
        desk.wait(2).await;
        maintenances::undo(&desk.act(), &done.id, &first).await.unwrap();
        let work = desk.work(&done.id).await;
        assert_eq!((work.published_at, work.status, work.started_at), (None, MaintenanceStatus::Scheduled, None));
        assert_eq!((work.updates.len(), work.updates[0].body.as_str()), (1, "We replace the switches."));
        assert_ne!(work.updates[0].id, first);
        assert_eq!((desk.notices().await, desk.status(&desk.api).await), (0, "operational".to_owned()));
        assert_eq!(desk.shown_plan(&done.id).await, None);
        assert!(conflict(maintenances::undo(&desk.act(), &done.id, &work.updates[0].id).await).contains("draft"));
    })
    .await;
}

#[tokio::test]
async fn after_the_time_a_message_stays() {
    each_desk(async |desk: Desk| {
        let done = maintenances::create(&desk.act(), &plan(&desk, None), None, true).await.unwrap();
        let set = maintenances::set_window(&desk.act(), &done.id, window(&desk, 60, 60), "", true, None).await.unwrap();
        desk.wait(10).await;
        let before = desk.plan_file(&done.id).await;
        assert!(conflict(maintenances::undo(&desk.act(), &done.id, &set.id).await).contains("10 seconds"));
        assert_eq!(desk.plan_file(&done.id).await, before);
        assert!(desk.told(&set.id).await.is_some());
    })
    .await;
}
