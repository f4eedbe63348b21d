//! What follows from post-mortems.

use app::words::{ActionItem, ActionState, ActionStep, PostmortemStatus};
use server::store::{Db, StoreError, action_items, delivery_reads, notifications, postmortems, subscribers, votes};

use super::notifications::{notification, subscriber};
use super::sample::{at, furnish, id, postmortem};
use crate::support::each_engine;

fn item(word: &str, state: ActionState, day: Option<&str>) -> ActionItem {
    ActionItem {
        id: id(word),
        title: format!("Do {word}"),
        explanation: None,
        state,
        due_on: day.and_then(|day| day.parse().ok()),
        link: None,
        history: vec![ActionStep { state, at: at("12:00") }],
        votes: 0,
    }
}

/// A draft and a public document with items.
async fn written(db: &Db) {
    furnish(db).await;
    let mut tx = db.write().await.unwrap();
    for (word, status) in [("draft", PostmortemStatus::Draft), ("public", PostmortemStatus::Published)] {
        postmortems::upsert(&mut tx, &id("page"), &postmortem(word, status), 1).await.unwrap();
    }
    let items = [
        item("later", ActionState::Planned, Some("2026-12-24")),
        item("done", ActionState::Done, Some("2026-11-01")),
        item("free", ActionState::Planned, None),
    ];
    action_items::set(&mut tx, &id("public"), &items, at("12:00")).await.unwrap();
    let sooner = item("sooner", ActionState::Underway, Some("2026-12-01"));
    action_items::set(&mut tx, &id("draft"), &[sooner], at("12:00")).await.unwrap();
    action_items::set_owner(&mut tx, &id("later"), Some("ada")).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn items_are_found_with_their_owners_and_documents() {
    each_engine(async |db| {
        written(&db).await;
        let mut tx = db.write().await.unwrap();
        let file = action_items::get(&mut tx, &id("page"), &id("later")).await.unwrap().unwrap();
        assert_eq!((file.item, file.owner.as_deref()), (item("later", ActionState::Planned, Some("2026-12-24")), Some("ada")));
        assert_eq!((file.postmortem_id, file.postmortem.as_str(), file.visible), (id("public"), "Requests failed", true));
        assert!(!action_items::get(&mut tx, &id("page"), &id("sooner")).await.unwrap().unwrap().visible);
        assert_eq!(action_items::get(&mut tx, &id("other"), &id("later")).await.unwrap(), None);
        let words = |files: Vec<action_items::ItemFile>| files.into_iter().map(|file| file.item.id).collect::<Vec<_>>();
        let all = words(action_items::list(&mut tx, &id("page"), 100, 0).await.unwrap());
        assert_eq!(all, ["sooner", "later", "done", "free"].map(id));
        assert_eq!(words(action_items::list(&mut tx, &id("page"), 2, 1).await.unwrap()), ["later", "done"].map(id));
        assert_eq!(words(action_items::items_due(&mut tx, &id("page")).await.unwrap()), ["sooner", "later"].map(id));
        let owners = action_items::owners(&mut tx, &id("public")).await.unwrap();
        assert_eq!(owners.into_iter().collect::<Vec<_>>(), [(id("later"), "ada".to_owned())]);
        let nobody = action_items::set_owner(&mut tx, &id("nothing"), None).await;
        assert!(matches!(nobody, Err(StoreError::Missing { .. })));
        let thief = action_items::set(&mut tx, &id("draft"), &[item("later", ActionState::Done, None)], at("12:00")).await;
        assert!(matches!(thief, Err(StoreError::Missing { .. })));
    })
    .await;
}

#[tokio::test]
async fn only_active_followers_are_told_that_an_item_is_done() {
    each_engine(async |db| {
        written(&db).await;
        for word in ["follows", "votes", "left"] {
            subscriber(&db, word, "09:00", app::words::Wishes::default()).await;
        }
        let mut tx = db.write().await.unwrap();
        for (word, follows) in [("follows", true), ("votes", false), ("left", true)] {
            votes::cast(&mut tx, &id("later"), &id(word), follows, at("12:30")).await.unwrap();
        }
        subscribers::unsubscribe(&mut tx, &id("left"), at("12:40")).await.unwrap();
        notifications::insert(&mut tx, &notification("told", "13:00")).await.unwrap();
        assert_eq!(action_items::tell_followers(&mut tx, &id("told"), &id("later"), 1, at("13:00")).await.unwrap(), 1);
        assert_eq!(action_items::tell_followers(&mut tx, &id("told"), &id("later"), 1, at("13:00")).await.unwrap(), 0, "once");
        let made = delivery_reads::deliveries(&mut tx, &id("told"), 10, 0).await.unwrap();
        assert_eq!(made.into_iter().map(|delivery| delivery.recipient).collect::<Vec<_>>(), [id("follows")]);
    })
    .await;
}
