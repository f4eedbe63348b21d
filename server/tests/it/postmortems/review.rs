//! A second person reads before readers do, where the page wants it.

use app::words::{ActorKind, PageSettings, PostmortemStatus};
use server::actions::{Act, Actor, postmortems, settings};

use super::{Study, conflict, each_study, refused, saying_that};

async fn demand_review(study: &Study) {
    settings::save(&study.ada(), &PageSettings { review: true, ..PageSettings::default() }).await.unwrap();
}

/// Who was mailed a task, in order.
async fn asked(study: &Study) -> Vec<String> {
    let sql = "select d.recipient_id from deliveries d join notifications n on n.id = d.notification_id where n.kind = 'staff_task'
               order by n.created_at, d.recipient_id";
    study.desk.app.texts(sql).await
}

#[tokio::test]
async fn only_a_text_that_somebody_else_approved_is_published() {
    each_study(async |study: Study| {
        demand_review(&study).await;
        let (id, _) = study.begun().await;
        study.write(&study.ada(), &id, &saying_that("Checked.")).await.unwrap();
        assert!(conflict(study.publish(&id, true).await).contains("second person"));
        let seen = study.file(&id).await.draft_updated_at;
        conflict(postmortems::approve(&study.ben(), &id, seen).await);
        postmortems::ask_review(&study.ada(), &id, seen).await.unwrap();
        assert_eq!(study.file(&id).await.record.postmortem.status, PostmortemStatus::Review);
        assert!(conflict(postmortems::approve(&study.ada(), &id, seen).await).contains("yourself"));
        let program = Actor { kind: ActorKind::Token, id: None, name: "a program".to_owned() };
        conflict(postmortems::approve(&Act { actor: &program, ..study.ada() }, &id, seen).await);

        // What is read must be what is approved, and what is published.
        study.desk.wait(5).await;
        study.write(&study.ada(), &id, &saying_that("Changed meanwhile.")).await.unwrap();
        conflict(postmortems::approve(&study.ben(), &id, seen).await);
        let seen = study.file(&id).await.draft_updated_at;
        postmortems::approve(&study.ben(), &id, seen).await.unwrap();
        assert_eq!(study.file(&id).await.approved_by, study.ben.id.as_ref().map(ToString::to_string));
        study.write(&study.ada(), &id, &saying_that("Changed after that.")).await.unwrap();
        assert_eq!(study.file(&id).await.approved_at, None);
        conflict(study.publish(&id, true).await);
        assert_eq!(study.notices().await, 0);

        let seen = study.file(&id).await.draft_updated_at;
        postmortems::approve(&study.ben(), &id, seen).await.unwrap();
        study.publish(&id, true).await.unwrap();
        let file = study.file(&id).await;
        assert_eq!((file.review_asked_at, file.approved_at), (None, None), "the next text needs its own approval");

        // The same holds of what is public already.
        study.write(&study.ada(), &id, &saying_that("Revised.")).await.unwrap();
        conflict(study.publish(&id, true).await);
        let seen = study.file(&id).await.draft_updated_at;
        postmortems::ask_review(&study.ada(), &id, seen).await.unwrap();
        assert_eq!(study.file(&id).await.record.postmortem.status, PostmortemStatus::Published, "readers keep what they have");
        postmortems::approve(&study.ben(), &id, seen).await.unwrap();
        study.publish(&id, false).await.unwrap();
        assert_eq!(study.file(&id).await.record.postmortem.status, PostmortemStatus::Revised);
    })
    .await;
}

#[tokio::test]
async fn a_reviewer_sends_it_back_with_a_reason() {
    each_study(async |study: Study| {
        let (id, _) = study.begun().await;
        conflict(postmortems::send_back(&study.ben(), &id, "More.").await);
        study.write(&study.ada(), &id, &saying_that("Short.")).await.unwrap();
        let seen = study.file(&id).await.draft_updated_at;
        postmortems::ask_review(&study.ada(), &id, seen).await.unwrap();
        let [ada, ben] = [&study.ada, &study.ben].map(|actor| actor.id.as_ref().map(ToString::to_string).unwrap_or_default());
        assert_eq!(asked(&study).await, [ben.as_str()], "everybody but who asks");
        study.desk.wait(1).await;
        assert_eq!(refused(postmortems::send_back(&study.ben(), &id, " ").await)[0].0, "because");
        postmortems::send_back(&study.ben(), &id, "Say why it took an hour.").await.unwrap();
        assert_eq!(asked(&study).await, [ben, ada], "and then the writer");
        let file = study.file(&id).await;
        assert_eq!((file.record.postmortem.status, file.review_asked_at), (PostmortemStatus::Draft, None));
        assert_eq!(study.desk.audit(1).await, ["Ben postmortem.send_back \"Why requests failed\": Say why it took an hour."]);
        // Where the page does not want it, a review is possible and nothing more.
        study.publish(&id, false).await.unwrap();
        conflict(postmortems::ask_review(&study.ada(), &id, None).await);
    })
    .await;
}

#[tokio::test]
async fn an_empty_text_is_not_given_to_a_reviewer() {
    each_study(async |study: Study| {
        let (id, _) = study.begun().await;
        study.write(&study.ada(), &id, &app::words::PostmortemText::default()).await.unwrap();
        let seen = study.file(&id).await.draft_updated_at;
        assert_eq!(refused(postmortems::ask_review(&study.ada(), &id, seen).await).len(), 2);
    })
    .await;
}
