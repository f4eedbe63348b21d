//! Those who owe a post-mortem or an action item are reminded, each time once, and nobody else where there is an owner.

use app::words::{ActionState, DeliveryState, Id, NotificationKind};
use chrono::{DateTime, TimeDelta, Utc};
use server::actions::postmortems::{self, ItemInput, Plan, clock};
use server::domain::notice::Notice;
use server::store::delivery_reads;

use crate::postmortems::Study;
use crate::support::Engine;

/// What staff were told, oldest first: when, what, where it leads, and how many of them.
async fn told(study: &Study) -> Vec<(String, String, String, i64)> {
    let mut tx = study.desk.app.db.read().await.unwrap();
    let all = delivery_reads::notifications(&mut tx, &study.desk.page, 1_000, 0).await.unwrap();
    let tasks = all.into_iter().rev().filter(|one| one.kind == NotificationKind::StaffTask).map(|one| {
        let Notice::Task(task) = one.notice else { panic!("{one:?}") };
        let [(DeliveryState::Pending, count)] = one.counts[..] else { panic!("{:?}", one.counts) };
        (one.created_at.format("%Y-%m-%d %H:%M").to_string(), task.subject, task.path, count)
    });
    tasks.collect()
}

/// Lets time pass until then, with two ticks every half hour.
async fn until(study: &Study, then: DateTime<Utc>) {
    let (app, page) = (&study.desk.app, &study.desk.page);
    while app.hand.now() < then {
        app.hand.set(then.min(app.hand.now() + TimeDelta::minutes(30)));
        for _ in 0..2 {
            clock::tick(&app.db, page, app.hand.now()).await.unwrap();
        }
    }
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// A post-mortem that Ada promised for 1 December at noon.
async fn promised(study: &Study, owner: &str) -> Id {
    let incident = study.incident().await;
    let plan = Plan::By { due_at: at("2026-12-01T12:00:00Z"), owner: Some(owner.to_owned()) };
    postmortems::promise(&study.ada(), &[incident], None, &plan).await.unwrap().id
}

#[tokio::test]
async fn the_owner_of_a_post_mortem_hears_before_it_is_due_then_and_twice_after() {
    for engine in Engine::ALL {
        let study = Study::new(engine).await;
        let id = promised(&study, "Ada").await;
        until(&study, at("2026-12-20T00:00:00Z")).await;
        let heard: Vec<_> = told(&study)
            .await
            .into_iter()
            .map(|(at, subject, path, count)| {
                assert_eq!((path, count), (format!("/staff/post-mortems/{id}"), 1));
                (at, subject.split(':').next().unwrap().to_owned())
            })
            .collect();
        let expected = [
            ("2026-11-30 12:00", "A post-mortem is due soon"),
            ("2026-12-01 12:00", "A post-mortem is overdue"),
            ("2026-12-04 12:00", "A post-mortem is overdue"),
            ("2026-12-08 12:00", "A post-mortem is overdue"),
        ];
        assert_eq!(heard, expected.map(|(at, subject)| (at.to_owned(), subject.to_owned())));
        study.desk.app.end().await;
    }
}

#[tokio::test]
async fn nobody_hears_of_what_is_published_waived_or_was_due_before_it_was_promised() {
    let study = Study::new(Engine::Sqlite).await;
    let id = promised(&study, "Ben").await;
    until(&study, at("2026-12-01T13:00:00Z")).await;
    assert_eq!(told(&study).await.len(), 2);
    postmortems::set_plan(&study.ada(), &id, &Plan::Waived { because: "It was a drill.".to_owned() }).await.unwrap();
    until(&study, at("2026-12-20T00:00:00Z")).await;
    assert_eq!(told(&study).await.len(), 2);

    let incident = study.incident().await;
    let soon = Plan::By { due_at: study.desk.app.hand.now() + TimeDelta::hours(3), owner: None };
    postmortems::promise(&study.ada(), &[incident], None, &soon).await.unwrap();
    until(&study, study.desk.app.hand.now() + TimeDelta::hours(2)).await;
    assert_eq!(told(&study).await.len(), 2, "who promises it for today knows the date");
    study.desk.app.end().await;
}

#[tokio::test]
async fn after_a_long_silence_only_the_newest_reminder_is_sent() {
    let study = Study::new(Engine::Sqlite).await;
    promised(&study, "Ada").await;
    for (now, count) in [("2026-12-04T20:00:00Z", 1), ("2026-12-07T00:00:00Z", 1), ("2026-12-09T13:00:00Z", 1)] {
        study.desk.app.hand.set(at(now));
        clock::tick(&study.desk.app.db, &study.desk.page, at(now)).await.unwrap();
        assert_eq!(told(&study).await.len(), count, "{now}");
    }
    study.desk.app.end().await;
}

#[tokio::test]
async fn owners_of_action_items_hear_in_the_morning_until_it_is_done() {
    for engine in Engine::ALL {
        let study = Study::new(engine).await;
        let (id, _) = study.begun().await;
        let item = |title: &str, owner: Option<&str>| ItemInput {
            title: title.to_owned(),
            explanation: None,
            state: ActionState::Planned,
            due_on: Some("2026-11-27".parse().unwrap()),
            link: None,
            owner: owner.map(str::to_owned),
        };
        let one = postmortems::add_item(&study.ada(), &id, &item("Alert on it", Some("Ben"))).await.unwrap().id;
        postmortems::add_item(&study.ada(), &id, &item("Forget it", None)).await.unwrap();
        until(&study, at("2026-11-27T20:00:00Z")).await;
        let done = ItemInput { state: ActionState::Done, ..item("Alert on it", Some("Ben")) };
        postmortems::change_item(&study.ada(), &id, &one, &done).await.unwrap();
        until(&study, at("2026-12-20T00:00:00Z")).await;
        let heard = told(&study).await;
        let of = |title: &str| {
            let these = heard.iter().filter(|(_, subject, ..)| subject.ends_with(title));
            these.map(|(at, subject, ..)| format!("{at} {}", subject.split(':').next().unwrap())).collect::<Vec<_>>()
        };
        // The page's zone is an hour ahead of UTC here in winter, or UTC itself; nine there is what counts.
        let nine = heard[0].0.split(' ').nth(1).unwrap().to_owned();
        let zone: chrono_tz::Tz = study.desk.app.page().await.time_zone.parse().unwrap();
        let shown = at(&format!("2026-11-26T{nine}:00Z")).with_timezone(&zone).format("%H:%M").to_string();
        assert_eq!(shown, "09:00");
        let soon = format!("2026-11-26 {nine} An action item is due soon");
        let today = format!("2026-11-27 {nine} An action item is due today");
        assert_eq!(of("Alert on it"), [soon.clone(), today.clone()]);
        assert_eq!(of("Forget it"), [soon, today, format!("2026-12-04 {nine} An action item is overdue")]);
        let mut owners = heard.iter().filter(|(_, subject, ..)| subject.ends_with("Alert on it"));
        assert!(owners.all(|(_, _, path, count)| *count == 1 && *path == format!("/staff/post-mortems/{id}")), "{heard:?}");
        let mut nobodys = heard.iter().filter(|(_, subject, ..)| subject.ends_with("Forget it"));
        assert!(nobodys.all(|(_, _, _, count)| *count == 2), "without an owner everybody who may write hears: {heard:?}");
        study.desk.app.end().await;
    }
}
