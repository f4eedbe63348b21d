//! Votes for action items.

use app::words::{ActionItem, ActionState, Channel, Id, Postmortem, PostmortemStatus, Vote};
use server::store::votes::{self, PublicItem};
use server::store::{Db, StoreError, postmortems, subscribers};

use super::sample::{at, furnish, id, postmortem};
use crate::support::each_engine;

fn item(word: &str) -> ActionItem {
    ActionItem {
        id: id(word),
        title: format!("Do {word}"),
        explanation: Some("Soon.".to_owned()),
        state: ActionState::Planned,
        due_on: None,
        link: None,
        history: Vec::new(),
        votes: 0,
    }
}

/// The item `cache` of a public document, `secret` of a draft, and the subscribers `anna` and `bert`.
async fn prepared(db: &Db) {
    furnish(db).await;
    let mut tx = db.write().await.unwrap();
    let page = id("page");
    for (word, status, of) in [("public", PostmortemStatus::Published, "cache"), ("draft", PostmortemStatus::Draft, "secret")] {
        let document = Postmortem { action_items: vec![item(of)], ..postmortem(word, status) };
        postmortems::upsert(&mut tx, &page, &document, 1).await.unwrap();
    }
    for word in ["anna", "bert"] {
        subscribers::insert(&mut tx, &page, &id(word), Channel::Email, &format!("{word}@example.test"), at("09:00")).await.unwrap();
        subscribers::confirm(&mut tx, &id(word), None, at("09:01")).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn counted(db: &Db) -> i64 {
    let mut tx = db.read().await.unwrap();
    let records = postmortems::changed_since(&mut tx, &id("page"), -1).await.unwrap();
    records.iter().flat_map(|record| &record.postmortem.action_items).find(|item| item.id == id("cache")).unwrap().votes
}

#[tokio::test]
async fn one_subscriber_has_one_vote_for_an_item_and_may_take_it_back() {
    each_engine(async |db| {
        prepared(&db).await;
        let (cache, anna, bert) = (id("cache"), id("anna"), id("bert"));
        let mut tx = db.write().await.unwrap();
        assert!(votes::cast(&mut tx, &cache, &anna, true, at("10:00")).await.unwrap());
        assert!(!votes::cast(&mut tx, &cache, &anna, false, at("10:01")).await.unwrap(), "the second changes nothing");
        assert!(votes::cast(&mut tx, &cache, &bert, false, at("10:02")).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(counted(&db).await, 2);
        let mut tx = db.write().await.unwrap();
        assert!(votes::retract(&mut tx, &cache, &bert).await.unwrap());
        assert!(!votes::retract(&mut tx, &cache, &bert).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(counted(&db).await, 1);
    })
    .await;
}

#[tokio::test]
async fn whoever_voted_may_ask_to_be_told_and_stop_it_again() {
    each_engine(async |db| {
        prepared(&db).await;
        let (cache, anna, bert) = (id("cache"), id("anna"), id("bert"));
        let mut tx = db.write().await.unwrap();
        votes::cast(&mut tx, &cache, &anna, false, at("10:00")).await.unwrap();
        for (follows, changed) in [(true, true), (true, false), (false, true), (false, false)] {
            assert_eq!(votes::set_follows(&mut tx, &cache, &anna, follows).await.unwrap(), changed);
            assert_eq!(votes::of_subscriber(&mut tx, &id("page"), &anna).await.unwrap()[0].follows, follows);
        }
        assert!(!votes::set_follows(&mut tx, &cache, &bert, true).await.unwrap(), "who has not voted cannot");
    })
    .await;
}

#[tokio::test]
async fn only_items_of_public_documents_of_the_page_are_found() {
    each_engine(async |db| {
        prepared(&db).await;
        let mut tx = db.write().await.unwrap();
        let found = PublicItem {
            id: id("cache"),
            title: "Do cache".to_owned(),
            explanation: Some("Soon.".to_owned()),
            state: ActionState::Planned,
            postmortem_id: id("public"),
            postmortem: "Requests failed".to_owned(),
        };
        assert_eq!(votes::item(&mut tx, &id("page"), &id("cache")).await.unwrap(), Some(found));
        for (page, word) in [("page", "secret"), ("page", "nothing"), ("other", "cache")] {
            assert_eq!(votes::item(&mut tx, &id(page), &id(word)).await.unwrap(), None, "{page} {word}");
        }
        votes::cast(&mut tx, &id("cache"), &id("anna"), true, at("10:00")).await.unwrap();
        votes::cast(&mut tx, &id("secret"), &id("anna"), true, at("10:00")).await.unwrap();
        let vote = Vote { item: id("cache"), title: "Do cache".to_owned(), follows: true };
        assert_eq!(votes::of_subscriber(&mut tx, &id("page"), &id("anna")).await.unwrap(), [vote]);
        assert_eq!(votes::of_subscriber(&mut tx, &id("page"), &id("bert")).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn the_document_of_an_item_is_read_again_with_the_revision_given() {
    each_engine(async |db| {
        prepared(&db).await;
        let mut tx = db.write().await.unwrap();
        votes::show(&mut tx, &id("cache"), 7).await.unwrap();
        let changed = postmortems::changed_since(&mut tx, &id("page"), 6).await.unwrap();
        assert_eq!(changed.iter().map(|record| &record.postmortem.id).collect::<Vec<&Id>>(), [&id("public")]);
        assert!(matches!(votes::show(&mut tx, &id("nothing"), 8).await, Err(StoreError::Missing { .. })));
    })
    .await;
}
