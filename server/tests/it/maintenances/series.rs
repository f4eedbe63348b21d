//! Windows that come again.

use app::words::{Id, MaintenanceStatus, NotificationKind, Window};
use chrono::TimeDelta;
use server::actions::Done;
use server::actions::maintenances::{self, RecurrenceInput};
use server::store::{maintenances as files, series};

use super::{notice, plan, saying, window};
use crate::incidents::{Desk, conflict, each_desk, refused};

fn weekly(rule: &str) -> RecurrenceInput {
    RecurrenceInput { rule: rule.to_owned(), exceptions: Vec::new() }
}

impl Desk {
    /// Four Mondays from now on, without the second one.
    async fn mondays(&self) -> (Done, Id, Vec<Window>) {
        let again = RecurrenceInput { exceptions: vec!["2026-11-30".parse().unwrap()], ..weekly("rrule:freq=weekly;count=4") };
        let first = window(self, 60, 60);
        let done = maintenances::create(&self.act(), &plan(self, Some(first)), Some(&again), true).await.unwrap();
        let days = |n| Window { from: first.from + TimeDelta::days(n), until: first.until + TimeDelta::days(n) };
        let of = self.work(&done.id).await.occurrence.unwrap();
        assert_eq!(of.number, 1);
        (done, of.series_id, vec![first, days(14), days(21)])
    }

    async fn windows_of(&self, id: &Id) -> Vec<app::words::Maintenance> {
        let mut tx = self.app.db.read().await.unwrap();
        let all = files::of_series(&mut tx, &self.page, id).await.unwrap();
        all.into_iter().map(|file| file.record.maintenance).collect()
    }
}

#[tokio::test]
async fn a_series_is_announced_once_and_each_window_lives_by_itself() {
    each_desk(async |desk: Desk| {
        let (done, id, windows) = desk.mondays().await;
        let told = desk.last_told(&done.id).await.unwrap();
        assert_eq!((desk.notices().await, told.kind), (1, NotificationKind::MaintenanceAnnounced));
        assert_eq!((notice(&told).window, notice(&told).further.as_slice()), (Some(windows[0]), &windows[1..]));
        let all = desk.windows_of(&id).await;
        assert_eq!(all.iter().filter_map(|m| m.window).collect::<Vec<_>>(), windows);
        assert_eq!(all.iter().map(|m| m.updates[0].notify).collect::<Vec<_>>(), [true, false, false]);
        let kept = series::get(&mut desk.app.db.read().await.unwrap(), &desk.page, &id).await.unwrap().unwrap();
        assert_eq!((kept.rrule.as_str(), kept.time_zone.as_str(), kept.ended_at), ("FREQ=WEEKLY;COUNT=4", "Etc/UTC", None));

        desk.wait(60).await;
        let later = window(&desk, 20 * 24 * 60, 60);
        maintenances::set_window(&desk.act(), &all[1].id, later, "", true, None).await.unwrap();
        let moved = desk.last_told(&all[1].id).await.unwrap();
        assert_eq!((moved.kind, &notice(&moved).previous), (NotificationKind::MaintenanceMoved, &None));
        assert_eq!(desk.work(&done.id).await.window, Some(windows[0]));
    })
    .await;
}

#[tokio::test]
async fn what_has_not_begun_of_a_series_is_called_off_with_one_notice() {
    each_desk(async |desk: Desk| {
        let (done, id, windows) = desk.mondays().await;
        desk.wait(61 * 60).await;
        let off = maintenances::cancel_series(&desk.act(), &id, "", true).await.unwrap();
        let all = desk.windows_of(&id).await;
        let statuses: Vec<_> = all.iter().map(|m| m.status).collect();
        assert_eq!(statuses, [MaintenanceStatus::InProgress, MaintenanceStatus::Cancelled, MaintenanceStatus::Cancelled]);
        assert!(all[1..].iter().all(|m| m.sequence == 1));
        let told = desk.told(&off.id).await.unwrap();
        assert_eq!((told.kind, &told.subject_id), (NotificationKind::MaintenanceCancelled, &all[1].id));
        assert_eq!((notice(&told).window, notice(&told).further.as_slice()), (Some(windows[1]), &windows[2..]));
        let before = desk.notices().await;
        assert!(conflict(maintenances::cancel_series(&desk.act(), &id, "", true).await).contains("cancelled already"));
        assert_eq!(desk.notices().await, before);
        maintenances::post_update(&desk.act(), &done.id, &saying(MaintenanceStatus::Completed), None).await.unwrap();

        // Taken back, every window takes place again.
        desk.wait(1).await;
        maintenances::undo(&desk.act(), &all[1].id, &off.id).await.unwrap();
        let statuses: Vec<_> = desk.windows_of(&id).await.iter().map(|m| m.status).collect();
        assert_eq!(statuses, [MaintenanceStatus::Completed, MaintenanceStatus::Scheduled, MaintenanceStatus::Scheduled]);
        desk.wait(60).await;
        maintenances::cancel_series(&desk.act(), &id, "Really.", true).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_announcement_of_a_series_taken_back_leaves_one_draft() {
    each_desk(async |desk: Desk| {
        let (done, id, windows) = desk.mondays().await;
        let last = desk.windows_of(&id).await.pop().unwrap();
        maintenances::undo(&desk.act(), &done.id, &desk.work(&done.id).await.updates[0].id.clone()).await.unwrap();
        assert_eq!((desk.windows_of(&id).await.len(), desk.notices().await), (0, 0));
        let draft = desk.work(&done.id).await;
        assert_eq!((draft.published_at, draft.occurrence, draft.window), (None, None, Some(windows[0])));
        assert!(desk.plan_file(&last.id).await.deleted);
        assert_eq!(desk.json("/api/v2/scheduled-maintenances.json").await["scheduled_maintenances"].as_array().unwrap().len(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_rule_that_cannot_be_kept_is_refused_and_nothing_is_made() {
    each_desk(async |desk: Desk| {
        let dated = plan(&desk, Some(window(&desk, 60, 60)));
        for (rule, part) in [
            ("FREQ=WEEKLY", "never ends"),
            ("FREQ=SECONDLY;COUNT=5", "fires too often"),
            ("FREQ=MINUTELY;COUNT=5", "fires too often"),
            ("FREQ=HOURLY;COUNT=5", "fires too often"),
            ("FREQ=DAILY;BYHOUR=11;BYMINUTE=0,30;COUNT=5", "fires too often"),
            ("FREQ=DAILY;COUNT=201", "more than 200"),
            ("FREQ=YEARLY;COUNT=4", "more than two years"),
            ("every Tuesday", "cannot be read"),
            ("", "empty"),
        ] {
            let wrong = refused(maintenances::create(&desk.act(), &dated, Some(&weekly(rule)), true).await);
            assert!(wrong[0].0 == "rrule" && wrong[0].1.contains(part), "{rule}: {wrong:?}");
        }
        let mut again = weekly("FREQ=WEEKLY;COUNT=1");
        again.exceptions = vec!["2026-11-24".parse().unwrap()];
        let wrong = refused(maintenances::create(&desk.act(), &dated, Some(&again), true).await);
        assert!(wrong[0].0 == "exceptions" && wrong[0].1.contains("No window begins on 2026-11-24"), "{wrong:?}");
        again.exceptions = vec!["2026-11-23".parse().unwrap()];
        let wrong = refused(maintenances::create(&desk.act(), &dated, Some(&again), true).await);
        assert!(wrong[0].0 == "exceptions" && wrong[0].1.contains("leave no window"), "{wrong:?}");
        let undated = maintenances::create(&desk.act(), &plan(&desk, None), Some(&weekly("FREQ=WEEKLY;COUNT=2")), true).await;
        assert!(refused(undated)[0].1.contains("needs a date"));
        let draft = maintenances::create(&desk.act(), &dated, Some(&weekly("FREQ=WEEKLY;COUNT=2")), false).await;
        assert!(refused(draft)[0].1.contains("cannot be kept as a draft"));
        assert_eq!((desk.notices().await, desk.app.texts("select id from maintenances").await.len()), (0, 0));
        assert_eq!(desk.app.texts("select id from maintenance_series").await.len(), 0);
    })
    .await;
}
