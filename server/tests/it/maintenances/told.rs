//! What each step tells, in one thread.

use app::language;
use app::words::MaintenanceEvent::{Announced, Cancelled, DateSet, Extended, Finished, Moved, Started, Updated, Verifying};
use app::words::{ComponentStatus, Id, MaintenanceStatus, NotificationKind};
use chrono::TimeDelta;
use server::actions::maintenances;

use super::{facts, notice, plan, saying, window};
use crate::incidents::{Desk, each_desk};

#[tokio::test]
async fn from_an_announcement_without_a_date_to_the_end_each_step_is_told_in_one_thread() {
    each_desk(async |desk: Desk| {
        let done = maintenances::create(&desk.act(), &plan(&desk, None), None, true).await.unwrap();
        let announced = desk.last_told(&done.id).await.unwrap();
        assert_eq!(
            (announced.kind, announced.not_before),
            (NotificationKind::MaintenanceAnnounced, desk.app.hand.now() + TimeDelta::seconds(10))
        );
        let first = notice(&announced).clone();
        assert_eq!((first.subject.as_str(), first.window, first.window_before, &first.previous), ("New switches", None, None, &None));
        assert_eq!((first.components[0].name.as_str(), first.components[0].status), ("Core - API", ComponentStatus::UnderMaintenance));
        assert_eq!((first.expected_downtime_minutes, first.worst_downtime_minutes), (Some(5), Some(20)));
        assert_eq!(desk.shown_plan(&done.id).await, None, "the wire knows only dates");

        desk.wait(60).await;
        let one = window(&desk, 600, 60);
        maintenances::set_window(&desk.act(), &done.id, one, "", true, None).await.unwrap();
        let set = desk.last_told(&done.id).await.unwrap();
        assert_eq!((set.kind, notice(&set).previous.clone()), (NotificationKind::MaintenanceDateSet, Some(announced.id)));
        assert!(notice(&set).body.starts_with("The date of this work is set: 23 Nov 2026, 20:01 to 21:01 UTC"), "{}", notice(&set).body);

        desk.wait(60).await;
        let mut edit = facts(&desk);
        edit.name = "New switches in Berlin".to_owned();
        maintenances::edit(&desk.act(), &done.id, &edit, None).await.unwrap();
        let two = window(&desk, 30, 60);
        maintenances::set_window(&desk.act(), &done.id, two, "Sooner.", true, None).await.unwrap();
        let moved = desk.last_told(&done.id).await.unwrap();
        let told = notice(&moved);
        assert_eq!((moved.kind, told.window_before, told.window), (NotificationKind::MaintenanceMoved, Some(one), Some(two)));
        assert_eq!((told.subject.as_str(), told.name.as_str(), told.body.as_str()), ("New switches", "New switches in Berlin", "Sooner."));

        desk.wait(31 * 60).await;
        assert_eq!(desk.status(&desk.api).await, "under_maintenance");
        let longer = server::domain::planning::longer(language::of("en"), &desk.work(&done.id).await, desk.app.hand.now()).unwrap();
        maintenances::set_window(&desk.act(), &done.id, longer.0, &longer.1, true, None).await.unwrap();
        assert_eq!(desk.last_told(&done.id).await.unwrap().kind, NotificationKind::MaintenanceExtended);
        for (status, kind) in [
            (MaintenanceStatus::InProgress, NotificationKind::MaintenanceUpdated),
            (MaintenanceStatus::Verifying, NotificationKind::MaintenanceVerifying),
            (MaintenanceStatus::Completed, NotificationKind::MaintenanceFinished),
        ] {
            desk.wait(60).await;
            maintenances::post_update(&desk.act(), &done.id, &saying(status), None).await.unwrap();
            assert_eq!(desk.last_told(&done.id).await.unwrap().kind, kind);
        }
        let work = desk.work(&done.id).await;
        let events: Vec<_> = work.updates.iter().rev().map(|update| work.event_of(update)).collect();
        assert_eq!(events, [Announced, DateSet, Moved, Started, Extended, Updated, Verifying, Finished]);
        assert_eq!((work.sequence, work.started_at), (4, Some(two.from)));
        assert_eq!(work.completed_at, Some(desk.app.hand.now()));
        assert_eq!(desk.status(&desk.api).await, "operational");
        // The clock's own message was told with the first one that a person posted after it, once.
        let started = desk.app.texts("select id from notifications where kind = 'maintenance_started'").await;
        assert_eq!(started.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn nobody_is_told_of_what_is_said_quietly_and_work_that_began_quietly_begins_quietly() {
    each_desk(async |desk: Desk| {
        let mut quiet = plan(&desk, Some(window(&desk, 10, 60)));
        quiet.notify = false;
        quiet.reminders.at_start = false;
        let done = maintenances::create(&desk.act(), &quiet, None, true).await.unwrap();
        desk.wait(11 * 60).await;
        let mut silent = saying(MaintenanceStatus::Verifying);
        silent.notify = false;
        maintenances::post_update(&desk.act(), &done.id, &silent, None).await.unwrap();
        assert_eq!(desk.notices().await, 0);
        let work = desk.work(&done.id).await;
        assert_eq!(work.updates.iter().map(|update| work.event_of(update)).collect::<Vec<_>>(), [Verifying, Started, Announced]);
        assert!(work.updates.iter().all(|update| !update.notify));
    })
    .await;
}

#[tokio::test]
async fn work_begins_early_or_by_hand_and_is_cancelled_midway() {
    each_desk(async |desk: Desk| {
        let mut by_hand = plan(&desk, Some(window(&desk, 10, 60)));
        (by_hand.auto_start, by_hand.auto_complete) = (false, false);
        let done = maintenances::create(&desk.act(), &by_hand, None, true).await.unwrap();
        desk.wait(60).await;
        let begun = maintenances::post_update(&desk.act(), &done.id, &saying(MaintenanceStatus::InProgress), None).await.unwrap();
        let began = desk.app.hand.now();
        assert_eq!(
            (desk.told(&begun.id).await.unwrap().kind, desk.status(&desk.api).await),
            (NotificationKind::MaintenanceStarted, "under_maintenance".into())
        );
        desk.wait(120 * 60).await;
        assert_eq!(desk.status(&desk.api).await, "under_maintenance", "it stays until staff confirm");
        let off = maintenances::cancel(&desk.act(), &done.id, "", true, None).await.unwrap();
        let work = desk.work(&done.id).await;
        assert_eq!((work.status, work.started_at, work.completed_at), (MaintenanceStatus::Cancelled, Some(began), None));
        assert_eq!(
            (work.updates[0].body.as_str(), work.event_of(&work.updates[0])),
            ("This work is cancelled and will not go on.", Cancelled)
        );
        assert_eq!(
            (desk.told(&off.id).await.unwrap().kind, desk.status(&desk.api).await),
            (NotificationKind::MaintenanceCancelled, "operational".into())
        );
        assert_eq!(
            desk.audit(3).await,
            [
                "Ada maintenance.cancel \"New switches\": cancelled",
                "Ada maintenance.update \"New switches\": started",
                "Ada maintenance.publish \"New switches\"",
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn an_edited_message_is_told_as_it_reads_now_and_keeps_what_it_said() {
    each_desk(async |desk: Desk| {
        let done = maintenances::create(&desk.act(), &plan(&desk, Some(window(&desk, 60, 60))), None, true).await.unwrap();
        let first = desk.work(&done.id).await.updates[0].clone();
        desk.wait(5).await;
        maintenances::edit_update(&desk.act(), &done.id, &first.id, "We replace *all* switches.", None, &[], None).await.unwrap();
        assert_eq!(notice(&desk.last_told(&done.id).await.unwrap()).body, "We replace *all* switches.");
        let mut tx = desk.app.db.read().await.unwrap();
        let earlier = server::store::incident_updates::earlier(&mut tx, &desk.page, &first.id).await.unwrap();
        assert_eq!(earlier.iter().map(|said| said.body.as_str()).collect::<Vec<_>>(), ["We replace the switches."]);
        drop(tx);
        let same =
            maintenances::edit_update(&desk.act(), &done.id, &first.id, "We replace *all* switches.", None, &[], None).await.unwrap();
        assert_eq!(same.revision, None, "nothing is different");

        desk.wait(3600).await;
        let shown = desk.shown_plan(&done.id).await.unwrap();
        let begun = Id::parse(shown["incident_updates"][0]["id"].as_str().unwrap()).unwrap();
        maintenances::edit_update(&desk.act(), &done.id, &begun, "We have begun.", None, &[], None).await.unwrap();
        let shown = desk.shown_plan(&done.id).await.unwrap();
        assert_eq!(shown["incident_updates"][0]["body"], "We have begun.", "also what the clock said can be edited");
        assert_eq!(desk.work(&done.id).await.started_at, desk.work(&done.id).await.window.map(|window| window.from));
    })
    .await;
}
