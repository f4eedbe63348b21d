//! "Post-mortem by Friday", or "not planned, because".

use app::words::{IncidentStatus, PostmortemStatus};
use server::actions::incidents::{self, UpdateInput};
use server::actions::postmortems::{self, Plan, usually_due};
use server::store::postmortem_files as files;

use super::{Study, by, conflict, each_study, in_days, refused};
use crate::incidents::saying;

fn waived(because: &str) -> Plan {
    Plan::Waived { because: because.to_owned() }
}

#[tokio::test]
async fn a_promise_is_made_with_the_message_that_ends_the_incident_and_lapses_in_public() {
    each_study(async |study: Study| {
        let incident = study.open_incident().await;
        let due_at = usually_due(&app::words::PageSettings::default(), study.desk.app.hand.now());
        let early = UpdateInput { postmortem: Some(by(due_at)), ..saying(IncidentStatus::Monitoring, &[]) };
        let wrong = refused(incidents::post_update(&study.ada(), &incident, &early, None).await);
        assert_eq!(wrong[0].0, "postmortem");
        assert_eq!(study.desk.shown(&incident).await.unwrap()["incident_updates"].as_array().unwrap().len(), 1, "nothing was posted");

        let done = study.resolve(&incident, Some(Plan::By { due_at, owner: Some("BEN@example.test".to_owned()) })).await.unwrap();
        assert!(done.revision.is_some());
        study.desk.app.look().await;
        let page = study.desk.app.get(&format!("/incidents/{incident}")).await.text();
        assert!(page.contains("2026-11-28"), "the promised day is shown: {page}");
        assert_eq!(study.desk.shown(&incident).await.unwrap()["status"], "resolved");
        let mut tx = study.desk.app.db.read().await.unwrap();
        let owed = files::owed(&mut tx, &study.desk.page).await.unwrap();
        drop(tx);
        assert_eq!((owed.len(), owed[0].due_at, owed[0].owner.clone()), (1, Some(due_at), study.ben.id.as_ref().map(ToString::to_string)));
        assert_eq!(owed[0].title, "Requests fail");
        let before = study.desk.app.get("/").await.text();
        study.desk.wait(6 * 86_400).await;
        assert_ne!(study.desk.app.get("/").await.text(), before);
        let page = study.desk.app.get(&format!("/incidents/{incident}")).await.text();
        assert!(page.to_lowercase().contains("overdue"), "{page}");
        let plan = "Ada postmortem.plan \"Requests fail\": by 2026-11-28 10:30 UTC".to_owned();
        assert!(study.desk.audit(2).await.contains(&plan));
    })
    .await;
}

#[tokio::test]
async fn a_plan_that_cannot_be_kept_is_refused_and_the_incident_stays_open() {
    each_study(async |study: Study| {
        let incident = study.open_incident().await;
        let cases = [
            (by(in_days(-1)), "due_at", "has passed already"),
            (by(in_days(400)), "due_at", "over a year ahead"),
            (waived(" "), "waived_because", "is empty"),
            (waived(&"x".repeat(256)), "waived_because", "256 characters"),
            (Plan::By { due_at: in_days(3), owner: Some("Nemo".to_owned()) }, "owner", "\"Nemo\""),
        ];
        let before = study.revision().await;
        for (plan, field, words) in cases {
            let wrong = refused(study.resolve(&incident, Some(plan)).await);
            assert!(wrong.len() == 1 && wrong[0].0 == field && wrong[0].1.contains(words), "{wrong:?}");
        }
        assert_eq!(study.revision().await, before);
        assert_eq!(study.desk.shown(&incident).await.unwrap()["status"], "investigating");
    })
    .await;
}

#[tokio::test]
async fn a_plan_changes_in_public_until_the_document_is_there_and_saying_the_same_again_changes_nothing() {
    each_study(async |study: Study| {
        let incident = study.open_incident().await;
        study.resolve(&incident, Some(waived("it concerned one test account"))).await.unwrap();
        study.desk.app.look().await;
        let page = study.desk.app.get(&format!("/incidents/{incident}")).await.text();
        assert!(page.contains("it concerned one test account"), "{page}");
        let mut tx = study.desk.app.db.read().await.unwrap();
        assert_eq!(files::owed(&mut tx, &study.desk.page).await.unwrap(), []);
        let id = files::list(&mut tx, &study.desk.page).await.unwrap().remove(0).id;
        drop(tx);

        let done = postmortems::set_plan(&study.ben(), &id, &by(in_days(4))).await.unwrap();
        assert!(done.revision.is_some());
        let file = study.file(&id).await;
        assert_eq!((file.record.postmortem.due_at, file.record.postmortem.waived_because), (Some(in_days(4)), None));
        let revision = study.revision().await;
        assert_eq!(postmortems::set_plan(&study.ben(), &id, &by(in_days(4))).await.unwrap().revision, None);
        assert_eq!(study.revision().await, revision);
        // What was promised may stay as it is when it has passed.
        study.desk.wait(5 * 86_400).await;
        assert_eq!(postmortems::set_plan(&study.ben(), &id, &by(in_days(4))).await.unwrap().revision, None);

        postmortems::set_plan(&study.ben(), &id, &waived("the cause lies with a provider")).await.unwrap();
        let begun = postmortems::begin(&study.ada(), std::slice::from_ref(&incident), None).await.unwrap();
        assert_eq!(begun.id, id, "one that was waived is taken up again");
        let file = study.file(&id).await;
        assert_eq!((file.record.postmortem.status, file.record.postmortem.waived_because), (PostmortemStatus::Draft, None));
        study.publish(&id, false).await.unwrap();
        assert!(conflict(postmortems::set_plan(&study.ben(), &id, &by(in_days(9))).await).contains("published already"));
    })
    .await;
}

#[tokio::test]
async fn one_promise_covers_several_incidents_and_planned_work() {
    each_study(async |study: Study| {
        let (one, two, work) = (study.incident().await, study.incident().await, study.maintenance().await);
        let both = [one.clone(), two.clone()];
        let first = postmortems::promise(&study.ada(), std::slice::from_ref(&one), None, &by(in_days(3))).await.unwrap();
        let all = postmortems::promise(&study.ada(), &both, Some(&work), &by(in_days(5))).await.unwrap();
        assert_eq!(first.id, all.id, "an incident has one promise");
        let record = study.file(&all.id).await.record;
        assert_eq!((record.postmortem.incident_ids.clone(), record.postmortem.maintenance_id.clone()), (both.to_vec(), Some(work)));
        assert!(record.promised && !record.visible);
        study.desk.app.look().await;
        for incident in &both {
            assert!(study.desk.app.get(&format!("/incidents/{incident}")).await.text().contains("2026-11-28"));
        }
        let three = study.incident().await;
        let other = postmortems::promise(&study.ada(), std::slice::from_ref(&three), None, &by(in_days(5))).await.unwrap();
        assert_ne!(other.id, all.id);
        let wrong = refused(postmortems::promise(&study.ada(), &[one, three], None, &by(in_days(5))).await);
        assert!(wrong[0].1.contains("Several post-mortems"), "{wrong:?}");
    })
    .await;
}

#[tokio::test]
async fn a_post_mortem_is_about_something_that_readers_know_of() {
    each_study(async |study: Study| {
        let draft = incidents::create(&study.ada(), &crate::incidents::opening(&[]), false).await.unwrap().id;
        let nothing = app::words::Id::parse("nothing00000").unwrap();
        for (given, words) in
            [(vec![], "about something"), (vec![nothing.clone()], "no incident nothing00000"), (vec![draft], "is a draft")]
        {
            let wrong = refused(postmortems::begin(&study.ada(), &given, None).await);
            assert!(wrong[0].0 == "incidents" && wrong[0].1.contains(words), "{wrong:?}");
        }
        let wrong = refused(postmortems::begin(&study.ada(), &[], Some(&nothing)).await);
        assert!(wrong[0].0 == "maintenance_id" && wrong[0].1.contains("no planned work"), "{wrong:?}");
        assert!(study.desk.app.texts("select id from postmortems").await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_message_that_is_taken_back_takes_its_promise_with_it_and_no_other() {
    each_study(async |study: Study| {
        let owed = async || {
            let mut tx = study.desk.app.db.read().await.unwrap();
            files::owed(&mut tx, &study.desk.page).await.unwrap().len()
        };
        let incident = study.open_incident().await;
        let said = study.resolve(&incident, Some(by(in_days(3)))).await.unwrap().id;
        assert_eq!(owed().await, 1);
        incidents::undo(&study.ada(), &incident, &said).await.unwrap();
        assert_eq!(owed().await, 0);
        study.desk.app.look().await;
        assert!(!study.desk.app.get("/post-mortems").await.text().contains("Promised"));

        postmortems::promise(&study.ada(), std::slice::from_ref(&incident), None, &by(in_days(4))).await.unwrap();
        study.desk.wait(60).await;
        let said = study.resolve(&incident, Some(by(in_days(5)))).await.unwrap().id;
        incidents::undo(&study.ada(), &incident, &said).await.unwrap();
        assert_eq!(owed().await, 1, "what was promised before stays");
    })
    .await;
}
