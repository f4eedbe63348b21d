//! What readers and subscribers get, and what becomes of it later.

use app::words::{ComponentStatus, Impact, NotificationKind, PostmortemStatus, PostmortemText};
use chrono::TimeDelta;
use server::actions::incidents;
use server::actions::outbox;
use server::actions::postmortems::{self, Covers};
use server::domain::notice::{Notice, PostmortemNotice};
use server::store::notifications::Notification;

use super::{Study, by, conflict, each_study, in_days, refused, saying_that};
use crate::incidents::opening;

fn notice(told: &Notification) -> &PostmortemNotice {
    match &told.notice {
        Notice::Postmortem(notice) => notice,
        other => panic!("this is to be about a post-mortem: {other:?}"),
    }
}

#[tokio::test]
async fn a_published_one_stands_on_the_page_and_is_the_newest_message_on_the_wire() {
    each_study(async |study: Study| {
        let (id, incident) = study.begun().await;
        let resolved_at = study.desk.shown(&incident).await.unwrap()["resolved_at"].clone();
        study.write(&study.ada(), &id, &saying_that("A flood of requests.")).await.unwrap();
        study.desk.wait(86_400).await;
        let done = study.publish(&id, true).await.unwrap();
        assert!(done.revision.is_some());
        let shown = study.desk.shown(&incident).await.unwrap();
        assert_eq!((&shown["status"], &shown["resolved_at"]), (&"postmortem".into(), &resolved_at), "its end does not move");
        assert_eq!(shown["updated_at"], "2026-11-24T10:30:01.000Z");
        let update = &shown["incident_updates"][0];
        assert_eq!((&update["id"], &update["status"]), (&id.as_str().into(), &"postmortem".into()));
        assert_eq!(update["body"], "## Summary\n\nA flood of requests.");
        for field in ["created_at", "updated_at", "display_at"] {
            assert_eq!(update[field], "2026-11-24T10:30:01.000Z", "{field}: nobody learns when it was begun");
        }
        let file = study.file(&id).await;
        assert_eq!((file.draft, file.draft_updated_at, file.draft_by), (None, None, None));
        assert!(study.desk.app.get(&format!("/incidents/{incident}")).await.text().contains("A flood of requests."));
    })
    .await;
}

#[tokio::test]
async fn a_revision_keeps_what_was_said_and_the_same_text_again_tells_nobody() {
    each_study(async |study: Study| {
        let (id, incident) = study.begun().await;
        study.write(&study.ada(), &id, &saying_that("First.")).await.unwrap();
        let seen = study.file(&id).await.draft_updated_at;
        postmortems::publish(&study.ada(), &id, true, true, seen).await.unwrap();
        let first = study.file(&id).await.record.postmortem;
        assert_eq!((first.status, first.provisional, study.notices().await), (PostmortemStatus::Published, true, 1));

        study.desk.wait(60).await;
        let before = study.revision().await;
        let again = postmortems::publish(&study.ada(), &id, true, true, None).await.unwrap();
        assert_eq!((again.revision, study.revision().await, study.notices().await), (None, before, 1));
        // The same, written anew.
        study.write(&study.ada(), &id, &saying_that("Something else.")).await.unwrap();
        study.write(&study.ada(), &id, &saying_that("First.")).await.unwrap();
        let seen = study.file(&id).await.draft_updated_at;
        assert_eq!(postmortems::publish(&study.ada(), &id, true, true, seen).await.unwrap().revision, None);

        study.write(&study.ben(), &id, &saying_that("Second.")).await.unwrap();
        assert_eq!(study.newest(&incident).await["body"], "## Summary\n\nFirst.", "what is written beside it is not shown");
        study.publish(&id, true).await.unwrap();
        let second = study.file(&id).await.record.postmortem;
        assert_eq!((second.status, second.provisional, second.published_at), (PostmortemStatus::Revised, false, first.published_at));
        assert_eq!(second.revisions.len(), 1);
        let kept = &second.revisions[0];
        assert_eq!((kept.number, &kept.text, kept.replaced_at), (1, &first.text(), study.desk.app.hand.now()));
        assert_eq!(study.newest(&incident).await["body"], "## Summary\n\nSecond.");
        assert_eq!(study.desk.app.texts("select author from postmortem_revisions").await, [study.ada.id.clone().unwrap().to_string()]);

        let told = study.told(&id).await.unwrap();
        assert_eq!((told.kind, study.notices().await), (NotificationKind::PostmortemRevised, 2));
        assert!(notice(&told).previous.is_some());
    })
    .await;
}

#[tokio::test]
async fn the_subscribers_of_everything_it_covers_are_told_once() {
    each_study(async |study: Study| {
        let work = study.maintenance().await;
        let api = study.incident().await;
        let mut input = opening(&[(&study.desk.web, ComponentStatus::PartialOutage)]);
        input.name = "Pages fail".to_owned();
        let web = incidents::create(&study.ada(), &input, true).await.unwrap().id;
        study.resolve(&web, None).await.unwrap();
        let covered = [api.clone(), web.clone()];
        let id = postmortems::begin(&study.ada(), &covered, Some(&work)).await.unwrap().id;
        assert_eq!(study.file(&id).await.text().title, "Requests fail and 2 more");
        study.write(&study.ada(), &id, &saying_that("A flood of requests.")).await.unwrap();
        study.publish(&id, true).await.unwrap();
        let told = study.told(&id).await.unwrap();
        assert_eq!(
            (told.kind, told.not_before),
            (NotificationKind::PostmortemPublished, study.desk.app.hand.now() + TimeDelta::seconds(10))
        );
        let notice = notice(&told);
        let mut both = vec![study.desk.api.clone(), study.desk.web.clone()];
        both.sort();
        assert_eq!((notice.title.as_str(), notice.summary.as_str()), ("Why requests failed", "A flood of requests."));
        assert_eq!((&notice.components, notice.impact, &notice.previous), (&both, Impact::Critical, &None));
        assert_eq!(notice.covers, ["Requests fail", "Pages fail", "Database upgrade"]);
        for incident in &covered {
            assert_eq!(study.newest(incident).await["status"], "postmortem");
        }
        // An incident without components concerns everyone.
        study.desk.wait(1).await;
        let all = incidents::create(&study.ada(), &opening(&[]), true).await.unwrap().id;
        study.resolve(&all, None).await.unwrap();
        let mut covers = study.file(&id).await.covers;
        covers.incidents = vec![all.clone(), api.clone()];
        postmortems::save(&study.ada(), &id, &saying_that("A flood of requests."), &covers, None).await.unwrap();
        assert_eq!(study.newest(&web).await["status"], "postmortem", "not before it is published");
        study.publish(&id, true).await.unwrap();
        let told = study.told(&id).await.unwrap();
        assert_eq!(super::publishing::notice(&told).components, []);
        assert_eq!(study.newest(&web).await["status"], "resolved");
        let shown = study.desk.shown(&all).await.unwrap();
        let stands = shown["incident_updates"].as_array().unwrap().iter().any(|update| update["status"] == "postmortem");
        assert!(stands, "under the time of its publication: {shown}");
        assert_eq!(study.file(&id).await.record.postmortem.revisions, [], "its text is the same");
    })
    .await;
}

#[tokio::test]
async fn an_empty_one_is_not_published_and_nothing_changes() {
    each_study(async |study: Study| {
        let (id, incident) = study.begun().await;
        for (text, fields) in [
            (PostmortemText::default(), vec!["title", "body"]),
            (PostmortemText { title: String::new(), ..saying_that("Something.") }, vec!["title"]),
            (PostmortemText { sections: app::words::Sections::default(), ..saying_that("") }, vec!["body"]),
        ] {
            study.write(&study.ada(), &id, &text).await.unwrap();
            let (before, revision) = (study.file(&id).await, study.revision().await);
            let wrong = refused(study.publish(&id, true).await);
            assert_eq!(wrong.iter().map(|(field, _)| *field).collect::<Vec<_>>(), fields);
            assert_eq!((study.file(&id).await, study.revision().await, study.notices().await), (before, revision, 0));
        }
        let promised = study.incident().await;
        let promise = postmortems::promise(&study.ada(), std::slice::from_ref(&promised), None, &by(in_days(2))).await.unwrap();
        assert_eq!(refused(study.publish(&promise.id, true).await)[0].0, "body");
        assert_eq!(study.newest(&incident).await["status"], "resolved");
    })
    .await;
}

#[tokio::test]
async fn a_reverted_one_leaves_the_page_with_its_waiting_mails_and_tells_again_only_if_asked() {
    each_study(async |study: Study| {
        let (id, incident) = study.begun().await;
        study.write(&study.ada(), &id, &saying_that("Too early.")).await.unwrap();
        study.publish(&id, true).await.unwrap();
        postmortems::revert(&study.ben(), &id).await.unwrap();
        assert_eq!(study.notices().await, 0, "nobody was told yet, and nobody is");
        assert_eq!(study.newest(&incident).await["status"], "resolved");
        let page = study.desk.app.get(&format!("/incidents/{incident}")).await.text();
        assert!(!page.contains("Too early."), "{page}");
        let file = study.file(&id).await;
        assert_eq!((file.draft, file.record.postmortem.status), (Some(saying_that("Too early.")), PostmortemStatus::Draft));
        assert_eq!(file.record.postmortem.published_at, None);
        conflict(postmortems::revert(&study.ben(), &id).await);

        study.publish(&id, false).await.unwrap();
        assert_eq!(study.notices().await, 0);
        postmortems::revert(&study.ben(), &id).await.unwrap();
        study.publish(&id, true).await.unwrap();
        study.desk.wait(60).await;
        while outbox::expand(&study.desk.app.db, study.desk.app.hand.now()).await.unwrap() {}
        postmortems::revert(&study.ben(), &id).await.unwrap();
        assert_eq!(study.notices().await, 1, "what is on its way stays so");
        assert_eq!(study.file(&id).await.record.postmortem.revisions, [], "what was taken back is not shown as a revision");

        study.publish(&id, true).await.unwrap();
        assert_eq!(study.notices().await, 1, "the same words are no news to those who were told");

        // What was being written beside the public text is what goes on.
        study.write(&study.ada(), &id, &saying_that("Better.")).await.unwrap();
        postmortems::revert(&study.ada(), &id).await.unwrap();
        assert_eq!(study.file(&id).await.draft, Some(saying_that("Better.")));
    })
    .await;
}

#[tokio::test]
async fn a_deleted_one_is_gone_everywhere() {
    each_study(async |study: Study| {
        let (id, incident) = study.begun().await;
        study.write(&study.ada(), &id, &saying_that("Away with it.")).await.unwrap();
        study.publish(&id, true).await.unwrap();
        postmortems::delete(&study.ada(), &id).await.unwrap();
        assert_eq!((study.newest(&incident).await["status"].as_str(), study.notices().await), (Some("resolved"), 0));
        assert!(study.file(&id).await.deleted);
        for answer in [
            postmortems::delete(&study.ada(), &id).await,
            postmortems::revert(&study.ada(), &id).await,
            postmortems::publish(&study.ada(), &id, false, false, None).await,
        ] {
            assert!(matches!(answer, Err(server::actions::ActionError::Missing("post-mortem"))), "{answer:?}");
        }
        let covers = Covers { incidents: vec![incident.clone()], maintenance: None };
        let fresh = postmortems::begin(&study.ada(), &covers.incidents, None).await.unwrap();
        assert_ne!(fresh.id, id);
    })
    .await;
}

#[tokio::test]
async fn an_incident_that_goes_on_is_not_ended_by_a_document() {
    each_study(async |study: Study| {
        let open = study.open_incident().await;
        let id = postmortems::begin(&study.ada(), std::slice::from_ref(&open), None).await.unwrap().id;
        let wrong = refused(study.publish(&id, true).await);
        assert!(wrong[0].0 == "incidents" && wrong[0].1.contains("is not over"), "{wrong:?}");
        assert_eq!((study.newest(&open).await["status"].as_str(), study.notices().await), (Some("investigating"), 0));
        study.resolve(&open, None).await.unwrap();
        study.publish(&id, true).await.unwrap();
        // It may begin again, and be explained again.
        study.desk.wait(60).await;
        let again = crate::incidents::saying(app::words::IncidentStatus::Identified, &[]);
        incidents::post_update(&study.ada(), &open, &again, None).await.unwrap();
        assert_eq!(study.desk.shown(&open).await.unwrap()["status"], "identified");
        study.write(&study.ada(), &id, &saying_that("It is back.")).await.unwrap();
        study.publish(&id, false).await.unwrap();
        assert_eq!(study.desk.shown(&open).await.unwrap()["status"], "identified");
    })
    .await;
}

#[tokio::test]
async fn two_who_publish_at_the_same_instant_tell_once() {
    each_study(async |study: Study| {
        let (id, _) = study.begun().await;
        let seen = study.file(&id).await.draft_updated_at;
        let (ada, ben) = (study.ada(), study.ben());
        let (one, two) =
            tokio::join!(postmortems::publish(&ada, &id, false, true, seen), postmortems::publish(&ben, &id, false, true, seen));
        let (done, late) = if one.is_ok() { (one, two) } else { (two, one) };
        assert!(done.unwrap().revision.is_some());
        conflict(late);
        assert_eq!(study.notices().await, 1);
    })
    .await;
}
