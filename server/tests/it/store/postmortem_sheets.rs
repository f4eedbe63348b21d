//! A post-mortem for its page among staff.

use app::words::{ActionItem, ActionState, ActionStep, Postmortem, PostmortemStatus, PostmortemText};
use server::store::{action_items, incidents, postmortem_files, postmortem_sheets, postmortems};

use super::sample::{at, furnish, id, incident, postmortem};
use crate::support::each_engine;

#[tokio::test]
async fn a_sheet_is_the_file_without_its_revisions_and_none_of_what_was_deleted() {
    each_engine(async |db| {
        furnish(&db).await;
        let here = id("page");
        let item = |word: &str| ActionItem {
            id: id(word),
            title: format!("Do {word}"),
            explanation: None,
            state: ActionState::Planned,
            due_on: None,
            link: None,
            history: vec![ActionStep { state: ActionState::Planned, at: at("12:00") }],
            votes: 0,
        };
        let mut tx = db.write().await.unwrap();
        for word in ["one", "two"] {
            incidents::upsert(&mut tx, &here, &incident(word), None, 1).await.unwrap();
        }
        let document = Postmortem {
            incident_ids: vec![id("two"), id("one")],
            action_items: vec![item("b"), item("a")],
            ..postmortem("pm", PostmortemStatus::Draft)
        };
        postmortems::upsert(&mut tx, &here, &document, 2).await.unwrap();
        action_items::set_owner(&mut tx, &id("a"), Some("ada")).await.unwrap();
        let done = [ActionItem { state: ActionState::Done, ..item("b") }, item("a")];
        action_items::set(&mut tx, &id("pm"), &done, at("13:00")).await.unwrap();
        let mut file = postmortem_files::get(&mut tx, &here, &id("pm")).await.unwrap().unwrap();
        file.draft = Some(PostmortemText { title: "Written".to_owned(), ..PostmortemText::default() });
        (file.draft_updated_at, file.draft_by, file.owner) = (Some(at("12:30")), Some("ada".to_owned()), Some("bob".to_owned()));
        postmortem_files::set(&mut tx, &file).await.unwrap();
        let sheet = postmortem_sheets::sheet(&mut tx, &here, &id("pm")).await.unwrap().unwrap();
        assert_eq!(Some(&sheet), postmortem_files::get(&mut tx, &here, &id("pm")).await.unwrap().as_ref());
        assert_eq!(sheet.record.postmortem.incident_ids, [id("two"), id("one")], "in the order they were named");
        let states = |at: usize| sheet.items[at].0.history.iter().map(|step| step.state).collect::<Vec<_>>();
        assert_eq!((states(0), states(1)), (vec![ActionState::Planned, ActionState::Done], vec![ActionState::Planned]));
        assert_eq!(sheet.items[1].1.as_deref(), Some("ada"));
        assert_eq!(postmortem_sheets::sheet(&mut tx, &id("other"), &id("pm")).await.unwrap(), None, "another page has none of it");
        postmortem_files::delete(&mut tx, &here, &id("pm"), at("14:00"), 9).await.unwrap();
        assert_eq!(postmortem_sheets::sheet(&mut tx, &here, &id("pm")).await.unwrap(), None, "a deleted one has no page");
    })
    .await;
}
