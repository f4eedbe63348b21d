//! Post-mortems and action items.

use app::words::{ActionItem, ActionState, ActionStep, Postmortem, PostmortemStatus, Sections};
use server::store::postmortems::{self, PostmortemRecord};
use server::store::{Db, StoreError, incidents, maintenances};

use super::sample::{at, furnish, id, incident, maintenance, postmortem};
use crate::support::{each_engine, each_place};

async fn read(db: &Db, revision: i64) -> Vec<PostmortemRecord> {
    let mut tx = db.read().await.unwrap();
    postmortems::changed_since(&mut tx, &id("page"), revision).await.unwrap()
}

async fn write(db: &Db, postmortem: &Postmortem, revision: i64) {
    let mut tx = db.write().await.unwrap();
    postmortems::upsert(&mut tx, &id("page"), postmortem, revision).await.unwrap();
    tx.commit().await.unwrap();
}

/// An item whose only state came with the document of 12:00.
fn item(word: &str, state: ActionState) -> ActionItem {
    ActionItem {
        id: id(word),
        title: format!("Do {word}"),
        explanation: None,
        state,
        due_on: None,
        link: None,
        history: vec![ActionStep { state, at: at("12:00") }],
        votes: 0,
    }
}

async fn broken(db: &Db) {
    furnish(db).await;
    let mut tx = db.write().await.unwrap();
    incidents::upsert(&mut tx, &id("page"), &incident("one"), None, 1).await.unwrap();
    incidents::upsert(&mut tx, &id("page"), &incident("two"), None, 1).await.unwrap();
    maintenances::upsert(&mut tx, &id("page"), &maintenance("mnt"), 1).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_postmortem_comes_back_as_written() {
    each_engine(async |db| {
        broken(&db).await;
        let say = |text: &str| Some(text.to_owned());
        let full = Postmortem {
            due_at: Some(at("15:00")),
            published_at: Some(at("14:00:00.000001")),
            body: "In full.".to_owned(),
            sections: Sections {
                summary: say("a"),
                impact: say("b"),
                causes: say("c"),
                actions_taken: say("d"),
                near_term: say("e"),
                long_term: say("f"),
                stay_informed: say("g"),
            },
            incident_ids: vec![id("two"), id("one")],
            maintenance_id: Some(id("mnt")),
            action_items: vec![
                ActionItem {
                    explanation: say("so that it does not happen again"),
                    due_on: "2026-12-01".parse().ok(),
                    link: say("https://example.com/1"),
                    ..item("zz", ActionState::Underway)
                },
                item("aa", ActionState::Planned),
            ],
            ..postmortem("full", PostmortemStatus::Revised)
        };
        write(&db, &full, 1).await;
        write(&db, &postmortem("plain", PostmortemStatus::Draft), 2).await;
        let first = PostmortemRecord { postmortem: full, revision: 1, visible: true, promised: false };
        let plain = postmortem("plain", PostmortemStatus::Draft);
        let second = PostmortemRecord { postmortem: plain, revision: 2, visible: false, promised: false };
        assert_eq!(read(&db, 0).await, [first, second.clone()]);
        assert_eq!(read(&db, 1).await, [second]);
        assert_eq!(read(&db, 2).await, []);
    })
    .await;
}

#[tokio::test]
async fn only_a_published_one_is_readable_and_a_date_or_a_reason_for_none_is_told() {
    each_place(async |place| {
        use PostmortemStatus::{Draft, Promised, Published, Review, Revised};
        let db = place.open().await;
        broken(&db).await;
        for (number, status) in PostmortemStatus::ALL.iter().enumerate() {
            write(&db, &Postmortem { due_at: Some(at("15:00")), ..postmortem(&format!("{number}"), *status) }, 1).await;
        }
        let standing = async || read(&db, 0).await.into_iter().map(|row| (row.postmortem.status, row.visible, row.promised)).collect();
        let dated: Vec<_> = standing().await;
        let expected =
            [(Promised, false, true), (Draft, false, true), (Review, false, true), (Published, true, false), (Revised, true, false)];
        assert_eq!(dated, expected);
        place.meddle("update postmortems set waived_reason = 'too small'").await;
        let waived: Vec<_> = standing().await;
        assert!(waived.iter().all(|(status, visible, promised)| *visible == status.is_public() && *promised != status.is_public()));
        place.meddle("update postmortems set waived_reason = null, deleted_at = created_at").await;
        let deleted: Vec<_> = standing().await;
        assert!(deleted.iter().all(|(_, visible, promised)| !visible && !promised));
    })
    .await;
}

#[tokio::test]
async fn action_items_stay_in_place_and_keep_the_history_of_their_states() {
    each_engine(async |db| {
        broken(&db).await;
        let version = |time: &str, action_items: Vec<ActionItem>| Postmortem {
            updated_at: at(time),
            action_items,
            ..postmortem("pm", PostmortemStatus::Published)
        };
        write(&db, &version("12:00", vec![item("aa", ActionState::Planned), item("bb", ActionState::Planned)]), 1).await;
        write(&db, &version("13:00", vec![item("bb", ActionState::Planned), item("aa", ActionState::Underway)]), 2).await;
        write(&db, &version("14:00", vec![item("aa", ActionState::Done)]), 3).await;
        let history = [(ActionState::Planned, "12:00"), (ActionState::Underway, "13:00"), (ActionState::Done, "14:00")]
            .map(|(state, time)| ActionStep { state, at: at(time) })
            .to_vec();
        assert_eq!(read(&db, 0).await[0].postmortem.action_items, [ActionItem { history, ..item("aa", ActionState::Done) }]);
    })
    .await;
}

#[tokio::test]
async fn a_postmortem_of_another_page_is_missing_and_stays_as_it_is() {
    each_engine(async |db| {
        broken(&db).await;
        let before = Postmortem { action_items: vec![item("aa", ActionState::Planned)], ..postmortem("pm", PostmortemStatus::Published) };
        write(&db, &before, 1).await;
        let mut tx = db.write().await.unwrap();
        let thief = Postmortem { action_items: vec![item("aa", ActionState::Dropped)], ..postmortem("thief", PostmortemStatus::Draft) };
        let answers = [
            postmortems::upsert(&mut tx, &id("other"), &postmortem("pm", PostmortemStatus::Draft), 9).await,
            postmortems::upsert(&mut tx, &id("page"), &thief, 9).await,
        ];
        for answer in answers {
            assert!(matches!(answer, Err(StoreError::Missing { .. })), "{answer:?}");
        }
        drop(tx);
        assert_eq!(read(&db, 0).await, [PostmortemRecord { postmortem: before, revision: 1, visible: true, promised: false }]);
    })
    .await;
}
