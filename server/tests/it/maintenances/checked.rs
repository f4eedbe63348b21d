//! What cannot be used: a sentence beside each field, nothing changed, nobody told.

use app::words::{ComponentStatus, Id, MaintenanceStatus, Window};
use chrono::TimeDelta;
use server::actions::maintenances::{self, MaintenanceInput};

use super::{plan, saying, window};
use crate::incidents::{Desk, each_desk, refused};

/// A change to an input that makes it unusable, the field it is refused at, and part of the sentence.
type Case = (fn(&Desk, &mut MaintenanceInput), &'static str, &'static str);

const CASES: [Case; 17] = [
    (|desk, input| input.window = Some(window(desk, 60, -30)), "window_until", "is not after the start"),
    (|desk, input| input.window = Some(window(desk, 60, 0)), "window_until", "is not after the start"),
    (|desk, input| input.window = Some(window(desk, -120, 60)), "window_until", "has passed already: it ended at 23 Nov 2026, 09:00 UTC"),
    (|desk, input| input.window = Some(window(desk, 60, 30 * 24 * 60 + 1)), "window_until", "longer than 30 days"),
    (|desk, input| input.window = Some(window(desk, 11 * 366 * 24 * 60, 60)), "window_from", "more than ten years ahead"),
    (
        |_, input| input.components = vec![(Id::parse("nowhere00000").unwrap(), ComponentStatus::UnderMaintenance)],
        "components",
        "no component nowhere00000",
    ),
    (|desk, input| input.components = vec![(desk.api.clone(), ComponentStatus::UnderMaintenance); 2], "components", "API is named twice"),
    (|_, input| input.expected_downtime_minutes = Some(21), "expected_downtime_minutes", "is above the worst"),
    (|_, input| input.worst_downtime_minutes = Some(61), "worst_downtime_minutes", "longer than the window, which has 60"),
    (|_, input| input.expected_downtime_minutes = Some(-1), "expected_downtime_minutes", "Give 0 or more"),
    (|_, input| input.reminders.before_minutes = vec![0], "reminder_minutes", "from 1 to 129600"),
    (|_, input| input.reminders.before_minutes = vec![129_601], "reminder_minutes", "90 days"),
    (|_, input| input.reminders.before_minutes = vec![60, 30, 60], "reminder_minutes", "60 minutes before the start is named twice"),
    (|_, input| input.reminders.before_minutes = (1..=11).collect(), "reminder_minutes", "at most 10"),
    (|_, input| input.name = " \u{200b} ".to_owned(), "name", "The title is empty"),
    (|_, input| input.body = "x".repeat(25_001), "body", "at most 25000"),
    (|_, input| input.owner = Some("a\u{202e}b".to_owned()), "owner", "U+202E"),
];

#[tokio::test]
async fn each_slip_is_named_by_its_field() {
    each_desk(async |desk: Desk| {
        for (slip, field, part) in CASES {
            let mut input = plan(&desk, Some(window(&desk, 60, 60)));
            slip(&desk, &mut input);
            let wrong = refused(maintenances::create(&desk.act(), &input, None, true).await);
            assert!(wrong.len() == 1 && wrong[0].0 == field && wrong[0].1.contains(part), "{field}: {wrong:?}");
        }
        assert_eq!((desk.notices().await, desk.app.texts("select id from maintenances").await.len()), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_changed_stays_as_it_is() {
    each_desk(async |desk: Desk| {
        let done = maintenances::create(&desk.act(), &plan(&desk, Some(window(&desk, 60, 60))), None, true).await.unwrap();
        let before = (desk.plan_file(&done.id).await, desk.notices().await);
        desk.wait(1).await;
        let act = desk.act();
        let field = |answer| refused(answer)[0].0;
        assert_eq!(field(maintenances::set_window(&act, &done.id, window(&desk, 60, -1), "", true, None).await), "window_until");
        assert_eq!(field(maintenances::set_window(&act, &done.id, window(&desk, -60, 30), "", true, None).await), "window_until");
        // The window must hold the downtime that is expected.
        assert_eq!(field(maintenances::set_window(&act, &done.id, window(&desk, 60, 10), "", true, None).await), "worst_downtime_minutes");
        let mut slip = saying(MaintenanceStatus::InProgress);
        slip.display_at = Some(desk.app.hand.now() + TimeDelta::hours(1));
        assert_eq!(field(maintenances::post_update(&act, &done.id, &slip, None).await), "display_at");
        assert_eq!(field(maintenances::post_update(&act, &done.id, &saying(MaintenanceStatus::Cancelled), None).await), "status");
        let mut empty = saying(MaintenanceStatus::Scheduled);
        empty.body = "  ".to_owned();
        assert_eq!(field(maintenances::post_update(&act, &done.id, &empty, None).await), "body");
        let mut far = super::facts(&desk);
        far.worst_downtime_minutes = Some(1_000);
        assert_eq!(field(maintenances::edit(&act, &done.id, &far, None).await), "worst_downtime_minutes");
        assert_eq!((desk.plan_file(&done.id).await, desk.notices().await), before);
        let begun = Window { from: desk.app.hand.now(), ..window(&desk, 0, 60) };
        maintenances::set_window(&act, &done.id, begun, "", true, None).await.unwrap();
        desk.wait(1).await;
        assert_eq!(field(maintenances::post_update(&desk.act(), &done.id, &saying(MaintenanceStatus::Scheduled), None).await), "status");
    })
    .await;
}
