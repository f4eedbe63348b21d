//! What visitors say, as their browsers send it: votes, feedback, "I see this too". On both engines.

mod feedback;
mod sightings;
mod votes;

use app::words::{ActionItem, ActionState, Postmortem, PostmortemStatus};
use server::store::{pages, postmortems};

use crate::store::sample::{id, postmortem};
use crate::support::app::TestApp;

fn item(word: &str, state: ActionState) -> ActionItem {
    ActionItem {
        id: id(word),
        title: format!("Build the {word}"),
        explanation: Some("So that *it* holds.".to_owned()),
        state,
        due_on: None,
        link: None,
        history: Vec::new(),
        votes: 0,
    }
}

/// Writes a document with these follow-ups, and lets readers see it.
pub async fn publish(app: &TestApp, word: &str, status: PostmortemStatus, items: &[(&str, ActionState)]) {
    let document = Postmortem {
        title: "Requests failed".to_owned(),
        published_at: status.is_public().then(|| app.hand.now()),
        due_at: Some(app.hand.now()),
        body: "It failed.".to_owned(),
        action_items: items.iter().map(|(word, state)| item(word, *state)).collect(),
        ..postmortem(word, status)
    };
    let page = app.page().await.id;
    let mut tx = app.db.write().await.unwrap();
    let revision = pages::bump_revision(&mut tx, &page, app.hand.now()).await.unwrap();
    postmortems::upsert(&mut tx, &page, &document, revision).await.unwrap();
    tx.commit().await.unwrap();
    app.look().await;
}
