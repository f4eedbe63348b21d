//! Drafts: begun out of the timeline, saved often, lost never.

use app::words::{ImpactFacts, PostmortemStatus, PostmortemText, Sections};
use chrono::TimeDelta;
use server::actions::postmortems::{self, Covers};

use super::{Study, conflict, each_study, over, refused, saying_that};

#[tokio::test]
async fn a_draft_begins_with_what_the_record_knows_and_belongs_to_who_began_it() {
    each_study(async |study: Study| {
        let (id, incident) = study.begun().await;
        let file = study.file(&id).await;
        let draft = file.draft.clone().unwrap();
        assert_eq!(draft.title, "Requests fail");
        assert_eq!(draft.facts.components, std::slice::from_ref(&study.desk.api));
        assert_eq!(draft.facts.until.zip(draft.facts.from).map(|(until, from)| until - from), Some(TimeDelta::minutes(30)));
        assert_eq!(draft.sections.impact.as_deref(), Some("Affected, at worst:\n\n- API: major outage"));
        let told = draft.sections.actions_taken.clone().unwrap();
        let (first, last) = ("- **23 Nov 2026, 10:00 UTC, Investigating:** We see errors.", "10:30 UTC, Resolved:** Now resolved.");
        assert!(told.starts_with("### What happened") && told.contains(first) && told.ends_with(last), "{told}");
        assert_eq!((draft.sections.causes, draft.sections.near_term, draft.sections.long_term), (None, None, None));
        assert_eq!(
            (file.owner, file.draft_by),
            (study.ada.id.as_ref().map(ToString::to_string), study.ada.id.as_ref().map(ToString::to_string))
        );
        assert_eq!((file.record.postmortem.status, file.covers), (PostmortemStatus::Draft, over(&[&incident])));
        assert!(!file.record.visible && !file.record.promised);

        let revision = study.revision().await;
        let again = postmortems::begin(&study.ben(), std::slice::from_ref(&incident), None).await.unwrap();
        assert_eq!((again.id, again.revision), (id, None), "it is begun once");
        assert_eq!(study.revision().await, revision);
    })
    .await;
}

#[tokio::test]
async fn saving_is_cheap_and_the_audit_tells_of_sittings() {
    each_study(async |study: Study| {
        let incident = study.incident().await;
        study.desk.wait(1).await;
        let id = postmortems::begin(&study.ada(), &[incident], None).await.unwrap().id;
        let (revision, mut seen) = (study.revision().await, study.file(&id).await.draft_updated_at);
        let covers = study.file(&id).await.covers;
        for number in 0..5 {
            study.desk.wait(10).await;
            let text = saying_that(&format!("Version {number}."));
            let saved = postmortems::save(&study.ada(), &id, &text, &covers, seen).await.unwrap();
            assert!(saved.draft_updated_at > seen && saved.revision.is_none());
            seen = saved.draft_updated_at;
        }
        let same = postmortems::save(&study.ada(), &id, &saying_that("  Version 4.\r\n"), &covers, seen).await.unwrap();
        assert_eq!(same.draft_updated_at, seen, "what is the same is not written");
        study.write(&study.ben(), &id, &saying_that("Ben's.")).await.unwrap();
        study.desk.wait(3600).await;
        study.write(&study.ben(), &id, &saying_that("Ben's, an hour later.")).await.unwrap();
        assert_eq!(study.revision().await, revision, "readers see no difference");
        let audit = study.desk.audit(3).await;
        assert_eq!(
            audit,
            [
                "Ben postmortem.write \"Why requests failed\"",
                "Ben postmortem.write \"Why requests failed\"",
                "Ada postmortem.begin \"Requests fail\"",
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn who_saves_over_somebody_else_is_told_and_nothing_is_lost() {
    each_study(async |study: Study| {
        let (id, _) = study.begun().await;
        let file = study.file(&id).await;
        // Both opened the same draft; the clock stands still.
        postmortems::save(&study.ada(), &id, &saying_that("Ada's."), &file.covers, file.draft_updated_at).await.unwrap();
        let answer = postmortems::save(&study.ben(), &id, &saying_that("Ben's."), &file.covers, file.draft_updated_at).await;
        let sentence = conflict(answer);
        assert!(sentence.starts_with("Ada changed this post-mortem at 10:30:01 UTC on 2026-11-23"), "{sentence}");
        assert_eq!(study.file(&id).await.draft, Some(saying_that("Ada's.")));
        conflict(postmortems::publish(&study.ben(), &id, false, true, file.draft_updated_at).await);
        conflict(postmortems::ask_review(&study.ben(), &id, file.draft_updated_at).await);

        // Of what is public, two begin to write at once.
        study.publish(&id, false).await.unwrap();
        let seen = study.file(&id).await.draft_updated_at;
        assert_eq!(seen, None);
        postmortems::save(&study.ben(), &id, &saying_that("Ben's."), &file.covers, seen).await.unwrap();
        conflict(postmortems::save(&study.ada(), &id, &saying_that("Ada's again."), &file.covers, seen).await);
        assert_eq!(study.file(&id).await.draft, Some(saying_that("Ben's.")));
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_shown_is_refused_with_a_sentence_beside_each_field() {
    each_study(async |study: Study| {
        let (id, _) = study.begun().await;
        let before = study.file(&id).await;
        let now = study.desk.app.hand.now();
        let text = PostmortemText {
            title: "x".repeat(256),
            body: "b\u{202e}".to_owned(),
            sections: Sections { causes: Some("c".repeat(100_001)), ..Sections::default() },
            facts: ImpactFacts {
                from: Some(now),
                until: Some(now - TimeDelta::minutes(1)),
                components: vec![app::words::Id::parse("nothing00000").unwrap()],
                share_affected: Some("s".repeat(256)),
                ..ImpactFacts::default()
            },
        };
        let wrong = refused(study.write(&study.ada(), &id, &text).await);
        let fields: Vec<_> = wrong.iter().map(|(field, _)| *field).collect();
        for field in ["title", "body", "causes", "impact_until", "impact_components", "share_affected"] {
            assert!(fields.contains(&field), "{field} in {wrong:?}");
        }
        let halves = Sections { summary: Some("a".repeat(60_000)), causes: Some("b".repeat(60_000)), ..Sections::default() };
        let wrong = refused(study.write(&study.ada(), &id, &PostmortemText { sections: halves, ..saying_that("") }).await);
        assert!(wrong[0].1.starts_with("The whole has 120"), "{wrong:?}");
        let wrong = refused(postmortems::save(&study.ada(), &id, &saying_that("a"), &Covers::default(), before.draft_updated_at).await);
        assert_eq!(wrong[0].0, "incidents");
        assert_eq!(study.file(&id).await, before);
    })
    .await;
}

#[tokio::test]
async fn an_incident_has_one_document_that_is_not_public_yet() {
    each_study(async |study: Study| {
        let (one, first) = study.begun().await;
        let (two, second) = study.begun().await;
        let file = study.file(&two).await;
        let answer = postmortems::save(&study.ada(), &two, &file.text(), &over(&[&second, &first]), file.draft_updated_at).await;
        assert_eq!(refused(answer)[0].0, "incidents");
        study.publish(&one, false).await.unwrap();
        let saved = postmortems::save(&study.ada(), &two, &file.text(), &over(&[&second, &first]), file.draft_updated_at).await.unwrap();
        assert_eq!(saved.revision, None, "nothing was promised, so that readers see no difference");
        assert_eq!(study.file(&two).await.record.postmortem.incident_ids, [second.clone(), first.clone()]);
        let third = postmortems::begin(&study.ada(), std::slice::from_ref(&first), None).await.unwrap();
        assert_eq!(third.id, two, "one incident may have several that are public");
    })
    .await;
}
