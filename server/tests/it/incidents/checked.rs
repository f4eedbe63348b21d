//! What is refused, in a sentence beside the field, with nothing changed.

use app::words::ComponentStatus::{MajorOutage, PartialOutage};
use app::words::{Id, Impact, IncidentStatus};
use chrono::TimeDelta;
use server::actions::{ActionError, incidents};

use super::{Desk, conflict, each_desk, facts, opening, refused, saying};

#[tokio::test]
async fn everything_wrong_with_an_incident_is_told_at_once() {
    each_desk(async |desk: Desk| {
        let now = desk.app.hand.now();
        let stranger = Id::parse("stranger0000").unwrap();
        let mut input = opening(&[(&desk.api, MajorOutage), (&desk.api, PartialOutage), (&stranger, MajorOutage)]);
        input.name = "Pay\u{202e}ments".to_owned();
        input.body = "x".repeat(25_001);
        input.started_at = Some(now + TimeDelta::minutes(2));
        input.next_update_at = Some(now);
        input.owner = Some("A\u{7}da".to_owned());
        input.internal_notes = Some("nul \0".to_owned());
        input.impact_override = Some(Impact::Maintenance);
        let wrong = refused(incidents::create(&desk.act(), &input, true).await);
        let sentence = |field: &str| wrong.iter().filter(|(f, _)| *f == field).map(|(_, s)| s.as_str()).collect::<Vec<_>>().join(" ");
        assert!(sentence("name").contains("U+202E"), "{wrong:?}");
        assert!(sentence("body").contains("25001") && sentence("body").contains("25000"), "{wrong:?}");
        assert!(sentence("started_at").contains("future"), "{wrong:?}");
        assert!(sentence("next_update_at").contains("has passed"), "{wrong:?}");
        assert!(sentence("owner").contains("U+0007") && sentence("internal_notes").contains("U+0000"), "{wrong:?}");
        assert!(sentence("components").contains("API is named twice") && sentence("components").contains("stranger0000"), "{wrong:?}");
        assert!(sentence("impact_override").contains("planned work"), "{wrong:?}");
        let list = desk.json("/api/v2/incidents.json").await;
        assert_eq!((list["incidents"].as_array().unwrap().len(), desk.status(&desk.api).await.as_str()), (0, "operational"));
        assert!(desk.audit(50).await.iter().all(|entry| !entry.contains("incident.")), "a refusal leaves no trace");
    })
    .await;
}

#[tokio::test]
async fn the_edges_of_what_fits_are_taken() {
    each_desk(async |desk: Desk| {
        let now = desk.app.hand.now();
        let mut input = opening(&[]);
        input.name = "ü".repeat(255);
        input.body = format!("a\r\nb\tc{}", "ü".repeat(24_995));
        input.started_at = Some(now + TimeDelta::minutes(1));
        input.next_update_at = Some(now + TimeDelta::seconds(1));
        let done = incidents::create(&desk.act(), &input, true).await.unwrap();
        let incident = desk.file(&done.id).await.record.incident;
        assert!(incident.updates[0].body.starts_with("a\nb\tc"));
        input.name = "ü".repeat(256);
        assert_eq!(refused(incidents::create(&desk.act(), &input, true).await)[0].0, "name");
        input.name = "  ".to_owned();
        assert_eq!(refused(incidents::create(&desk.act(), &input, false).await)[0].1, "The title is empty. Write a few words.");
        input.name = "two\nlines".to_owned();
        assert!(refused(incidents::create(&desk.act(), &input, false).await)[0].1.contains("U+000A"));
    })
    .await;
}

#[tokio::test]
async fn a_resolution_says_nothing_but_that_all_works_again() {
    each_desk(async |desk: Desk| {
        let done = incidents::create(&desk.act(), &opening(&[(&desk.api, MajorOutage)]), true).await.unwrap();
        let half = saying(IncidentStatus::Resolved, &[(&desk.api, PartialOutage)]);
        let wrong = refused(incidents::post_update(&desk.act(), &done.id, &half, None).await);
        assert!(wrong[0].0 == "components" && wrong[0].1.contains("partial outage"), "{wrong:?}");
        let document = saying(IncidentStatus::Postmortem, &[]);
        assert_eq!(refused(incidents::post_update(&desk.act(), &done.id, &document, None).await)[0].0, "status");
        assert_eq!(desk.shown(&done.id).await.unwrap()["status"], "investigating");
    })
    .await;
}

#[tokio::test]
async fn a_stale_form_changes_nothing_and_says_who_was_faster() {
    each_desk(async |desk: Desk| {
        let done = incidents::create(&desk.act(), &opening(&[]), true).await.unwrap();
        desk.wait(1).await;
        let update = incidents::post_update(&desk.act(), &done.id, &saying(IncidentStatus::Identified, &[]), done.revision).await.unwrap();
        let stale = done.revision;
        let answers = [
            incidents::post_update(&desk.act(), &done.id, &saying(IncidentStatus::Resolved, &[]), stale).await,
            incidents::edit(&desk.act(), &done.id, &facts(), stale).await,
            incidents::edit_update(&desk.act(), &done.id, &update.id, "x", None, &[], stale).await,
            incidents::delete(&desk.act(), &done.id, stale).await,
        ];
        for answer in answers {
            let sentence = conflict(answer);
            assert!(sentence.starts_with("Ada changed this incident at 10:00:02 UTC on 2026-11-23"), "{sentence}");
        }
        assert_eq!(desk.shown(&done.id).await.unwrap()["status"], "identified");
        incidents::edit(&desk.act(), &done.id, &facts(), update.revision).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_is_not_there_is_missing() {
    each_desk(async |desk: Desk| {
        let done = incidents::create(&desk.act(), &opening(&[]), true).await.unwrap();
        let other = incidents::create(&desk.act(), &opening(&[]), true).await.unwrap();
        let foreign = desk.file(&other.id).await.record.incident.updates[0].id.clone();
        let nowhere = Id::parse("nowhere00000").unwrap();
        let missing = |answer: Result<_, ActionError>| assert!(matches!(answer, Err(ActionError::Missing(_))), "{answer:?}");
        missing(incidents::post_update(&desk.act(), &nowhere, &saying(IncidentStatus::Identified, &[]), None).await);
        missing(incidents::edit(&desk.act(), &nowhere, &facts(), None).await);
        missing(incidents::publish(&desk.act(), &nowhere, &opening(&[]), None).await);
        missing(incidents::edit_update(&desk.act(), &done.id, &foreign, "x", None, &[], None).await);
        missing(incidents::undo(&desk.act(), &done.id, &foreign).await);
        assert_eq!(desk.file(&other.id).await.record.incident.updates[0].body, "We see errors.");
    })
    .await;
}

#[tokio::test]
async fn a_promise_lapses_with_the_next_message_and_an_overdue_one_may_stay_in_an_edit() {
    each_desk(async |desk: Desk| {
        let mut input = opening(&[]);
        input.next_update_at = Some(desk.app.hand.now() + TimeDelta::minutes(5));
        let done = incidents::create(&desk.act(), &input, true).await.unwrap();
        desk.wait(600).await;
        let mut edit = facts();
        edit.next_update_at = input.next_update_at;
        incidents::edit(&desk.act(), &done.id, &edit, None).await.unwrap();
        assert_eq!(desk.file(&done.id).await.record.incident.next_update_at, input.next_update_at);
        edit.next_update_at = Some(desk.app.hand.now() - TimeDelta::minutes(1));
        assert_eq!(refused(incidents::edit(&desk.act(), &done.id, &edit, None).await)[0].0, "next_update_at");
        incidents::post_update(&desk.act(), &done.id, &saying(IncidentStatus::Identified, &[]), None).await.unwrap();
        assert_eq!(desk.file(&done.id).await.record.incident.next_update_at, None);
        let mut promise = saying(IncidentStatus::Resolved, &[]);
        promise.next_update_at = Some(desk.app.hand.now() + TimeDelta::minutes(5));
        desk.wait(1).await;
        incidents::post_update(&desk.act(), &done.id, &promise, None).await.unwrap();
        assert_eq!(desk.file(&done.id).await.record.incident.next_update_at, None, "nothing is promised of what is over");
    })
    .await;
}

#[tokio::test]
async fn nothing_is_over_before_it_started() {
    each_desk(async |desk: Desk| {
        let done = incidents::create(&desk.act(), &opening(&[]), true).await.unwrap();
        let started = desk.app.hand.now();
        desk.wait(600).await;
        let mut over = saying(IncidentStatus::Resolved, &[]);
        over.display_at = Some(started - TimeDelta::seconds(1));
        let wrong = refused(incidents::post_update(&desk.act(), &done.id, &over, None).await);
        assert!(wrong[0].0 == "display_at" && wrong[0].1.contains("before it started"), "{wrong:?}");
        over.display_at = Some(started + TimeDelta::seconds(300));
        let update = incidents::post_update(&desk.act(), &done.id, &over, None).await.unwrap();
        let mut edit = facts();
        edit.started_at = Some(started + TimeDelta::seconds(301));
        assert_eq!(refused(incidents::edit(&desk.act(), &done.id, &edit, None).await)[0].0, "started_at");
        edit.started_at = Some(started + TimeDelta::seconds(300));
        incidents::edit(&desk.act(), &done.id, &edit, None).await.unwrap();
        let early = Some(started);
        let wrong = refused(incidents::edit_update(&desk.act(), &done.id, &update.id, "x", early, &[], None).await);
        assert_eq!(wrong[0].0, "display_at");
    })
    .await;
}
