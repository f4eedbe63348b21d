//! What follows: kept in order, with every state, and told of when it is done.

use app::words::{ActionState, Channel, Id, NotificationKind};
use chrono::TimeDelta;
use server::actions::postmortems::{self, ItemInput};
use server::domain::notice::Notice;
use server::store::{delivery_reads, notifications, subscribers, votes};

use super::{Study, each_study, refused, saying_that};
use crate::store::sample;

fn item(title: &str) -> ItemInput {
    ItemInput { title: title.to_owned(), explanation: None, state: ActionState::Planned, due_on: None, link: None, owner: None }
}

async fn published(study: &Study) -> Id {
    let (id, _) = study.begun().await;
    study.write(&study.ada(), &id, &saying_that("A flood.")).await.unwrap();
    study.publish(&id, false).await.unwrap();
    id
}

#[tokio::test]
async fn items_are_added_changed_ordered_and_removed_with_every_state_kept() {
    each_study(async |study: Study| {
        let id = published(&study).await;
        let full = ItemInput {
            explanation: Some("Before the next flood.".to_owned()),
            due_on: "2026-12-24".parse().ok(),
            link: Some("https://example.com/plan".to_owned()),
            owner: Some("Ben".to_owned()),
            ..item("Limit requests")
        };
        let first = postmortems::add_item(&study.ada(), &id, &full).await.unwrap();
        assert!(first.revision.is_some(), "readers see it");
        let second = postmortems::add_item(&study.ada(), &id, &item("Spread requests")).await.unwrap();
        let before = study.revision().await;
        assert_eq!(postmortems::change_item(&study.ada(), &id, &first.id, &full).await.unwrap().revision, None);
        assert_eq!(study.revision().await, before, "the same again changes nothing");
        study.desk.wait(60).await;
        let changed = ItemInput { state: ActionState::Underway, ..full };
        postmortems::change_item(&study.ben(), &id, &first.id, &changed).await.unwrap();
        let file = study.file(&id).await;
        let (known, owner) = &file.items[0];
        assert_eq!((known.title.as_str(), owner.clone()), ("Limit requests", study.ben.id.as_ref().map(ToString::to_string)));
        let states: Vec<_> = known.history.iter().map(|step| (step.state, step.at)).collect();
        let now = study.desk.app.hand.now();
        assert_eq!(states, [(ActionState::Planned, now - TimeDelta::seconds(60)), (ActionState::Underway, now)]);
        assert_eq!(file.record.postmortem.updated_at, now - TimeDelta::seconds(60), "its text is as old as it was");

        study.desk.wait(1).await;
        postmortems::order_items(&study.ada(), &id, &[second.id.clone(), first.id.clone()]).await.unwrap();
        let titles = async || study.file(&id).await.items.into_iter().map(|(item, _)| item.title).collect::<Vec<_>>();
        assert_eq!(titles().await, ["Spread requests", "Limit requests"]);
        for wrong in [vec![], vec![first.id.clone()], vec![first.id.clone(), first.id.clone()], vec![id.clone(), first.id.clone()]] {
            assert_eq!(refused(postmortems::order_items(&study.ada(), &id, &wrong).await)[0].0, "order");
        }
        study.desk.wait(1).await;
        postmortems::remove_item(&study.ada(), &id, &second.id).await.unwrap();
        assert_eq!(titles().await, ["Limit requests"]);
        assert_eq!(
            study.desk.audit(2).await,
            ["Ada action_item.remove \"Spread requests\": planned", "Ada postmortem.order_items \"Why requests failed\""]
        );
        assert!(postmortems::remove_item(&study.ada(), &id, &second.id).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn an_item_that_cannot_be_meant_is_refused() {
    each_study(async |study: Study| {
        let id = published(&study).await;
        let link = |link: &str| ItemInput { link: Some(link.to_owned()), ..item("Limit requests") };
        let due = |day: &str| ItemInput { due_on: day.parse().ok(), ..item("Limit requests") };
        let cases = [
            (item(" "), "title"),
            (item(&"x".repeat(256)), "title"),
            (link("http://example.com"), "link"),
            (link("javascript:alert(1)"), "link"),
            (link("https://me:secret@example.com"), "link"),
            (link("plan"), "link"),
            (due("1999-12-31"), "due_on"),
            (due("2126-11-23"), "due_on"),
            (ItemInput { owner: Some("Nemo".to_owned()), ..item("Limit requests") }, "owner"),
        ];
        let before = study.revision().await;
        for (input, field) in cases {
            let wrong = refused(postmortems::add_item(&study.ada(), &id, &input).await);
            assert!(wrong.len() == 1 && wrong[0].0 == field, "{input:?}: {wrong:?}");
        }
        assert_eq!((study.revision().await, study.file(&id).await.items.len()), (before, 0));
    })
    .await;
}

#[tokio::test]
async fn those_who_asked_are_told_once_that_an_item_is_done() {
    each_study(async |study: Study| {
        let id = published(&study).await;
        let made = postmortems::add_item(&study.ada(), &id, &item("Limit requests")).await.unwrap();
        let db = &study.desk.app.db;
        let now = study.ada().now;
        let mut tx = db.write().await.unwrap();
        for (word, follows) in [("wants", true), ("votes", false)] {
            let (who, address) = (sample::id(word), format!("{word}@example.test"));
            assert!(subscribers::insert(&mut tx, &study.desk.page, &who, Channel::Email, &address, now).await.unwrap());
            assert!(subscribers::confirm(&mut tx, &who, None, now).await.unwrap());
            assert!(votes::cast(&mut tx, &made.id, &who, follows, now).await.unwrap());
        }
        tx.commit().await.unwrap();

        let done = ItemInput { state: ActionState::Done, ..item("Limit requests") };
        postmortems::change_item(&study.ada(), &id, &made.id, &done).await.unwrap();
        let mut tx = db.read().await.unwrap();
        let told = notifications::newest_about(&mut tx, &study.desk.page, "action_item", &made.id).await.unwrap().unwrap();
        assert_eq!(told.kind, NotificationKind::ActionItemDone);
        assert!(matches!(&told.notice, Notice::ItemDone(notice) if notice.title == "Limit requests" && notice.postmortem_id == id));
        let deliveries = delivery_reads::deliveries(&mut tx, &told.id, 100, 0).await.unwrap();
        assert_eq!(deliveries.iter().map(|delivery| delivery.recipient.clone()).collect::<Vec<_>>(), [sample::id("wants")]);
        drop(tx);
        // Whatever becomes of it later.
        postmortems::change_item(&study.ada(), &id, &made.id, &item("Limit requests")).await.unwrap();
        postmortems::change_item(&study.ada(), &id, &made.id, &done).await.unwrap();
        assert_eq!(study.desk.app.texts("select id from notifications where kind = 'action_item_done'").await.len(), 1);
    })
    .await;
}
