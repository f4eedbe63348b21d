//! Nothing of a draft, of its writers or of their notes is ever public.

use app::words::{ActionState, ImpactFacts, PostmortemText, Sections};
use server::actions::postmortems::{self, ItemInput};

use super::{Study, by, each_study, in_days, saying_that};

/// A word that stands in every part of a draft.
const CANARY: &str = "kanarienvogel";

fn canary() -> PostmortemText {
    let say = || Some(format!("A {CANARY} sang."));
    PostmortemText {
        title: format!("The {CANARY}"),
        body: format!("Many a {CANARY}."),
        sections: Sections {
            summary: say(),
            impact: say(),
            causes: say(),
            actions_taken: say(),
            near_term: say(),
            long_term: say(),
            stay_informed: say(),
        },
        facts: ImpactFacts { share_affected: say(), workaround: say(), ..ImpactFacts::default() },
    }
}

/// Everything that anybody may read, and what is kept on disk of it.
async fn look_everywhere(study: &Study, addresses: &[String], when: &str) {
    study.desk.app.look().await;
    let fixed = [
        "/",
        "/history",
        "/history.atom",
        "/live.json",
        "/post-mortems",
        "/post-mortems.atom",
        "/follow-ups",
        "/api/v2/summary.json",
        "/api/v2/status.json",
        "/api/v2/incidents.json",
        "/api/v2/incidents/unresolved.json",
        "/api/v2/scheduled-maintenances.json",
    ];
    let member = study.ada.id.as_ref().unwrap().as_str();
    for path in fixed.into_iter().chain(addresses.iter().map(String::as_str)) {
        let text = study.desk.app.get(path).await.text();
        assert!(!text.contains(CANARY) && !text.contains(member), "{when}: {path} says {text}");
    }
    let bytes = std::fs::read(server::snapshot::disk::file(study.desk.app.data_dir.path())).unwrap();
    let found = bytes.windows(CANARY.len()).any(|part| part == CANARY.as_bytes());
    assert!(!found, "{when}: it stands on disk");
}

#[tokio::test]
async fn a_draft_is_nowhere_to_be_read_before_it_is_published() {
    each_study(async |study: Study| {
        let (id, incident) = study.begun().await;
        let addresses = [format!("/incidents/{incident}"), format!("/post-mortems/{id}"), format!("/post-mortems/{id}/revisions/1")];
        let item = ItemInput {
            title: format!("Feed the {CANARY}"),
            explanation: None,
            state: ActionState::Planned,
            due_on: None,
            link: None,
            owner: Some("Ada".to_owned()),
        };
        postmortems::add_item(&study.ada(), &id, &item).await.unwrap();
        study.write(&study.ada(), &id, &canary()).await.unwrap();
        look_everywhere(&study, &addresses, "a draft").await;
        postmortems::set_plan(&study.ada(), &id, &by(in_days(3))).await.unwrap();
        look_everywhere(&study, &addresses, "a promised draft").await;
        let seen = study.file(&id).await.draft_updated_at;
        postmortems::ask_review(&study.ada(), &id, seen).await.unwrap();
        look_everywhere(&study, &addresses, "a draft under review").await;

        study.write(&study.ada(), &id, &saying_that("A flood.")).await.unwrap();
        let made = study.file(&id).await.items[0].0.id.clone();
        postmortems::change_item(&study.ada(), &id, &made, &ItemInput { title: "Build dams".to_owned(), ..item }).await.unwrap();
        study.publish(&id, true).await.unwrap();
        study.write(&study.ben(), &id, &canary()).await.unwrap();
        look_everywhere(&study, &addresses, "a draft beside what is public").await;
        assert!(study.desk.app.get(&addresses[0]).await.text().contains("A flood."));

        study.publish(&id, false).await.unwrap();
        study.desk.app.look().await;
        assert!(study.desk.app.get(&addresses[0]).await.text().contains(CANARY), "the search finds it where it is");
        postmortems::revert(&study.ada(), &id).await.unwrap();
        look_everywhere(&study, &addresses, "taken back").await;
        postmortems::delete(&study.ada(), &id).await.unwrap();
        look_everywhere(&study, &addresses, "deleted").await;
    })
    .await;
}
