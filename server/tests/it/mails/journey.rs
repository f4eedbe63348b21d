//! Planned work from the first word to the last, as a subscriber's mailbox has it.

use std::collections::BTreeMap;

use app::words::{Channel, ComponentStatus, MaintenanceStatus, ReminderPlan};
use chrono::{DateTime, Utc};
use mail_parser::MessageParser;
use server::actions::maintenances::{self, MaintenanceInput, UpdateInput, clock};
use server::actions::{Act, Actor};
use server::store::subscriber_imports::{self, Newcomer};

use super::{id, text};
use crate::support::Engine;
use crate::support::app::TestApp;
use crate::support::office::UNDO;
use crate::support::smtp::SmtpServer;
use crate::support::works::{hours, show, window};

/// Lets the clock do its work at that time, more than once, and sends what is due then and until it can no longer be taken back.
async fn at(app: &TestApp, time: DateTime<Utc>) {
    let page = app.page().await.id;
    app.hand.advance(time - app.hand.now());
    for _ in 0..2 {
        clock::tick(&app.db, &page, app.hand.now()).await.unwrap();
    }
    app.send_mails().await;
    app.hand.advance(UNDO);
    app.send_mails().await;
}

#[tokio::test]
async fn planned_work_arrives_as_one_thread_each_event_once() {
    for engine in Engine::ALL {
        let relay = SmtpServer::good().await;
        let url = relay.url();
        let settings = [("ALLCLEAR_SMTP_URL", url.as_str()), ("ALLCLEAR_MAIL_FROM", "status@example.test"), ("ALLCLEAR_SMTP_RATE", "0")];
        let app = TestApp::with(engine, &settings).await;
        show(&app, &[]).await;
        let newcomer = Newcomer { key: "ada".to_owned(), address: "ada@example.test".to_owned(), ..Newcomer::default() };
        let mut tx = app.db.write().await.unwrap();
        let newcomers = BTreeMap::from([(id("ada"), newcomer)]);
        subscriber_imports::insert_active(&mut tx, &id("page"), Channel::Email, &newcomers, hours(-1)).await.unwrap();
        tx.commit().await.unwrap();
        let system = Actor::system();
        let act = || Act { db: &app.db, actor: &system, now: app.hand.now(), undo: UNDO };
        let input = MaintenanceInput {
            name: "Database migration".to_owned(),
            body: "A larger machine.".to_owned(),
            window: None,
            components: vec![(id("api"), ComponentStatus::UnderMaintenance)],
            impact_override: None,
            auto_start: true,
            auto_complete: false,
            expected_downtime_minutes: Some(10),
            worst_downtime_minutes: None,
            reminders: ReminderPlan { before_minutes: vec![1_440], at_start: true, at_end: true },
            notify: true,
            owner: None,
            internal_notes: None,
            translations: Vec::new(),
        };
        let work = maintenances::create(&act(), &input, None, true).await.unwrap().id;
        at(&app, hours(1)).await;
        maintenances::set_window(&act(), &work, window(240, 242), "We have a date.", true, None).await.unwrap();
        at(&app, hours(2)).await;
        maintenances::set_window(&act(), &work, window(264, 266), "The supplier is late.", true, None).await.unwrap();
        at(&app, hours(3)).await;
        at(&app, hours(216)).await;
        assert_eq!(relay.mails().len(), 3, "nothing comes at the time that no longer holds");
        at(&app, hours(240)).await;
        at(&app, hours(264)).await;
        at(&app, hours(265)).await;
        maintenances::set_window(&act(), &work, window(264, 268), "It takes longer.", true, None).await.unwrap();
        at(&app, hours(267)).await;
        let done = UpdateInput { status: MaintenanceStatus::Completed, body: "All is well.".to_owned(), notify: true, display_at: None };
        maintenances::post_update(&act(), &work, &done, None).await.unwrap();
        at(&app, hours(400)).await;
        let mails = relay.mails();
        let words: Vec<String> = mails.iter().map(|mail| text(&MessageParser::default().parse(mail.raw.as_bytes()).unwrap())).collect();
        let first: Vec<&str> = words.iter().map(|words| words.lines().next().unwrap()).collect();
        assert_eq!(
            first,
            [
                "Planned, date to be set: Database migration",
                "Date set: Thu 3 Dec 2026, 11:00 CET (10:00 UTC): Database migration",
                "Moved to Fri 4 Dec 2026, 11:00 CET (10:00 UTC): Database migration",
                "Begins in about 24 hours: Database migration",
                "Started: Database migration",
                "Extended to Fri 4 Dec 2026, 15:00 CET (14:00 UTC): Database migration",
                "Finished: Database migration",
            ]
        );
        assert!(words[2].contains("Was: Thu 3 Dec 2026, 11:00 to 13:00 CET (10:00 to 12:00 UTC)\nNow: Fri 4 Dec 2026, 11:00 to 13:00 CET"));
        assert!(words[5].contains("Was: Fri 4 Dec 2026, 11:00 to 13:00 CET") && words[5].contains("It takes longer."), "{}", words[5]);
        let root = mails[0].message_id();
        for (number, mail) in mails.iter().enumerate() {
            assert_eq!(mail.header("Subject"), "[Example] Database migration");
            if number > 0 {
                assert_eq!(mail.header("In-Reply-To"), root);
                let before = if number == 1 { root.clone() } else { format!("{root} {}", mails[number - 1].message_id()) };
                assert_eq!(mail.header("References"), before, "each follows the one before");
            }
        }
        app.end().await;
    }
}
