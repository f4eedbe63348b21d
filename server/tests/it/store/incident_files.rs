//! Incidents as staff see them: with notes, evidence, drafts and what was edited.

use std::collections::HashMap;

use app::words::{ComponentStatus, Earlier, Incident, IncidentStatus, IncidentUpdate, NotificationKind};
use server::domain::evidence::{Evidence, FailedCheck, Timings};
use server::domain::notice::Notice;
use server::domain::seen::Seen;
use server::store::incident_updates;
use server::store::incidents::{self, IncidentSummary, Stated, Which};
use server::store::notifications::{self, Notification};
use server::store::{Db, StoreError, Tx};

use super::sample::{DegradedPerformance, MajorOutage, at, furnish, id, incident, update};
use crate::support::{Place, each_engine, each_place};

async fn written(db: &Db, incidents: &[Incident]) -> Tx {
    furnish(db).await;
    let mut tx = db.write().await.unwrap();
    for (revision, incident) in (1..).zip(incidents) {
        incidents::upsert(&mut tx, &id("page"), incident, None, revision).await.unwrap();
        let first = update(&format!("{}u", incident.id.as_str().trim_end_matches('0')), IncidentStatus::Investigating, at("10:01"));
        incident_updates::upsert(&mut tx, &id("page"), &incident.id, &first, 1).await.unwrap();
    }
    tx
}

fn draft(word: &str, created_at: &str) -> Incident {
    Incident { published_at: None, created_at: at(created_at), ..incident(word) }
}

fn over(word: &str, resolved_at: &str) -> Incident {
    Incident { status: IncidentStatus::Resolved, resolved_at: Some(at(resolved_at)), ..incident(word) }
}

/// There is no other way yet to make a monitor of another page.
async fn monitors(place: &Place) {
    place
        .meddle(
            "insert into monitors (id, page_id, name, kind, target, interval_seconds, timeout_ms, failure_threshold, success_threshold,
                 status_when_down, settings, created_at, updated_at)
             values ('mon000000000', 'page00000000', 'm', 'http', 'http://t', 10, 1000, 3, 2, 'major_outage', '{}',
                 '2026-11-05T08:00:00+00:00', '2026-11-05T08:00:00+00:00')",
        )
        .await;
}

fn evidence() -> Evidence {
    let timings = Timings { dns_us: Some(120), total_us: Some(45_000), ..Timings::default() };
    let check = FailedCheck {
        at: at("09:59"),
        reason: "http_503".to_owned(),
        http_status: Some(503),
        timings,
        excerpt: Some("<b>\"down\"</b>".to_owned()),
    };
    Evidence {
        monitor: "API".to_owned(),
        reason: "http_503".to_owned(),
        first_failed_at: at("09:59"),
        checks: vec![check],
        recovered_at: None,
    }
}

#[tokio::test]
async fn a_file_holds_what_staff_and_the_monitor_noted() {
    each_place(async |place| {
        let db = place.open().await;
        let mut tx = written(&db, &[draft("inc", "10:00"), incident("two")]).await;
        tx.commit().await.unwrap();
        monitors(place).await;
        tx = db.write().await.unwrap();
        let bare = incidents::get(&mut tx, &id("page"), &id("inc")).await.unwrap().unwrap();
        assert_eq!((bare.owner, bare.internal_notes, bare.monitor_id, bare.seen, bare.deleted), (None, None, None, vec![], false));
        incidents::set_notes(&mut tx, &id("inc"), Some("Ada"), Some("ask the provider")).await.unwrap();
        incidents::set_origin(&mut tx, &id("inc"), &id("mon"), &evidence(), at("10:00")).await.unwrap();
        let file = incidents::get(&mut tx, &id("page"), &id("inc")).await.unwrap().unwrap();
        assert_eq!(file.record.incident.updates.len(), 1);
        assert_eq!((file.owner.as_deref(), file.internal_notes.as_deref()), (Some("Ada"), Some("ask the provider")));
        let seen = Seen { monitor_id: id("mon"), beside: false, noted_at: at("10:00"), evidence: evidence() };
        assert_eq!((file.monitor_id, file.seen), (Some(id("mon")), vec![seen]));
        assert_eq!(incidents::get(&mut tx, &id("other"), &id("inc")).await.unwrap(), None);
        assert_eq!(incidents::get(&mut tx, &id("page"), &id("nowhere")).await.unwrap(), None);
        for answer in [
            incidents::set_notes(&mut tx, &id("nowhere"), None, None).await,
            incidents::set_origin(&mut tx, &id("nowhere"), &id("mon"), &evidence(), at("10:00")).await,
        ] {
            assert!(matches!(answer, Err(StoreError::Missing { .. })), "{answer:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_monitor_has_an_unresolved_incident_until_it_is_over_or_deleted() {
    each_place(async |place| {
        let db = place.open().await;
        let tx = written(&db, &[draft("inc", "10:00"), over("old", "09:00")]).await;
        tx.commit().await.unwrap();
        monitors(place).await;
        let mut tx = db.write().await.unwrap();
        let (here, monitor) = (id("page"), id("mon"));
        incidents::set_origin(&mut tx, &id("old"), &monitor, &evidence(), at("10:00")).await.unwrap();
        assert_eq!(incidents::unresolved_of_monitor(&mut tx, &here, &monitor).await.unwrap(), None);
        incidents::set_origin(&mut tx, &id("inc"), &monitor, &evidence(), at("10:00")).await.unwrap();
        assert_eq!(incidents::unresolved_of_monitor(&mut tx, &here, &monitor).await.unwrap(), Some(id("inc")));
        assert_eq!(incidents::unresolved_of_monitor(&mut tx, &id("other"), &monitor).await.unwrap(), None);
        incidents::delete(&mut tx, &here, &id("inc"), at("11:00"), 9).await.unwrap();
        assert_eq!(incidents::unresolved_of_monitor(&mut tx, &here, &monitor).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn deleting_hides_once_and_keeps() {
    each_engine(async |db| {
        let mut tx = written(&db, &[incident("inc")]).await;
        let here = id("page");
        for (page, incident) in [("other", "inc"), ("page", "nowhere")] {
            let answer = incidents::delete(&mut tx, &id(page), &id(incident), at("11:00"), 8).await;
            assert!(matches!(answer, Err(StoreError::Missing { .. })), "{answer:?}");
        }
        incidents::delete(&mut tx, &here, &id("inc"), at("11:00"), 9).await.unwrap();
        assert!(incidents::delete(&mut tx, &here, &id("inc"), at("11:00"), 10).await.is_err());
        let file = incidents::get(&mut tx, &here, &id("inc")).await.unwrap().unwrap();
        assert_eq!((file.deleted, file.record.visible, file.record.revision), (true, false, 9));
    })
    .await;
}

#[tokio::test]
async fn lists_tell_open_drafts_and_past_apart() {
    each_engine(async |db| {
        let later = Incident { started_at: at("10:30"), ..incident("late") };
        let all = [
            incident("inc"),
            later,
            draft("dra", "10:00"),
            draft("drb", "10:05"),
            over("olda", "11:00"),
            over("oldb", "12:00"),
            incident("gone"),
        ];
        let mut tx = written(&db, &all).await;
        let here = id("page");
        incidents::delete(&mut tx, &here, &id("gone"), at("11:00"), 9).await.unwrap();
        incidents::set_components(&mut tx, &id("inc"), &[(id("web"), None), (id("api"), None)]).await.unwrap();
        incidents::set_notes(&mut tx, &id("inc"), Some("Ada"), None).await.unwrap();

        let open = incidents::list(&mut tx, &here, Which::Open).await.unwrap();
        assert_eq!(open.iter().map(|row| &row.id).collect::<Vec<_>>(), [&id("late"), &id("inc")]);
        let sample = incident("inc");
        let expected = IncidentSummary {
            id: sample.id,
            name: sample.name,
            status: sample.status,
            impact: sample.impact,
            started_at: sample.started_at,
            published_at: sample.published_at,
            resolved_at: None,
            next_update_at: None,
            updated_at: sample.updated_at,
            owner: Some("Ada".to_owned()),
            monitor_id: None,
            components: vec![id("web"), id("api")],
        };
        assert_eq!(open[1], expected);
        let mut ids =
            async |which| -> Vec<_> { incidents::list(&mut tx, &here, which).await.unwrap().into_iter().map(|row| row.id).collect() };
        assert_eq!(ids(Which::Drafts).await, [id("drb"), id("dra")]);
        assert_eq!(ids(Which::Past { before: at("23:00"), limit: 10 }).await, [id("oldb"), id("olda")]);
        assert_eq!(ids(Which::Past { before: at("23:00"), limit: 1 }).await, [id("oldb")]);
        assert_eq!(ids(Which::Past { before: at("12:00"), limit: 10 }).await, [id("olda")]);
        assert_eq!(incidents::list(&mut tx, &id("other"), Which::Open).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_search_finds_words_in_titles_and_messages_whatever_their_case_and_takes_them_as_they_are() {
    each_engine(async |db| {
        let named =
            |word: &str, name: &str, started_at: &str| Incident { name: name.to_owned(), started_at: at(started_at), ..incident(word) };
        let all = [named("aaa", "Payments fail in Übersee", "09:00"), named("bbb", "100% of logins_fail", "10:00"), draft("ccc", "10:00")];
        let mut tx = written(&db, &all).await;
        let here = id("page");
        let said = IncidentUpdate { body: "The LEDGER is slow".to_owned(), ..update("cx", IncidentStatus::Identified, at("10:05")) };
        incident_updates::upsert(&mut tx, &here, &id("ccc"), &said, 2).await.unwrap();
        let mut found = async |text, limit, offset| -> Vec<_> {
            let files = incidents::search(&mut tx, &here, text, false, limit, offset).await.unwrap();
            files.into_iter().map(|file| file.record.incident.id).collect()
        };
        assert_eq!(found(None, 10, 0).await, [id("bbb"), id("ccc"), id("aaa")]);
        assert_eq!(found(None, 1, 1).await, [id("ccc")]);
        assert_eq!(found(Some("PAYMENTS"), 10, 0).await, [id("aaa")]);
        assert_eq!(found(Some("ledger"), 10, 0).await, [id("ccc")]);
        assert_eq!(found(Some("in Übersee"), 10, 0).await, [id("aaa")]);
        assert_eq!(found(Some("0%"), 10, 0).await, [id("bbb")]);
        assert_eq!(found(Some("s_f"), 10, 0).await, [id("bbb")]);
        assert_eq!(found(Some("\\"), 10, 0).await, [] as [app::words::Id; 0]);
        let open = incidents::search(&mut tx, &here, None, true, 10, 0).await.unwrap();
        assert_eq!(open.iter().map(|file| &file.record.incident.id).collect::<Vec<_>>(), [&id("bbb"), &id("aaa")]);
        assert!(incidents::search(&mut tx, &id("other"), None, false, 10, 0).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn only_open_published_incidents_state_something_of_components() {
    each_engine(async |db| {
        let mut tx = written(&db, &[incident("inc"), incident("two"), draft("dra", "10:00"), over("old", "11:00"), incident("gone")]).await;
        let here = id("page");
        for (word, status, time) in [
            ("inc", Some(MajorOutage), "10:10"),
            ("two", Some(DegradedPerformance), "10:05"),
            ("dra", Some(MajorOutage), "10:00"),
            ("old", Some(MajorOutage), "10:00"),
            ("gone", Some(MajorOutage), "10:00"),
        ] {
            let named = [(id("api"), status.map(|status: ComponentStatus| (status, at(time)))), (id("web"), None)];
            incidents::set_components(&mut tx, &id(word), &named).await.unwrap();
        }
        incidents::delete(&mut tx, &here, &id("gone"), at("11:00"), 9).await.unwrap();
        let stated = |incident, status, time| Stated { incident: id(incident), component: id("api"), status, at: at(time) };
        let expected = [stated("two", DegradedPerformance, "10:05"), stated("inc", MajorOutage, "10:10")];
        assert_eq!(incidents::stated(&mut tx, &here).await.unwrap(), expected);
        assert_eq!(incidents::stated(&mut tx, &id("other")).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn an_edited_message_keeps_every_earlier_text() {
    each_engine(async |db| {
        let mut tx = written(&db, &[incident("inc")]).await;
        let (here, message) = (id("page"), id("incu"));
        let first = update("incu", IncidentStatus::Investigating, at("10:01"));
        assert_eq!(incident_updates::next_seq(&mut tx, &id("inc")).await.unwrap(), 2);
        assert_eq!(incident_updates::next_seq(&mut tx, &id("nowhere")).await.unwrap(), 1);
        for (text, time) in [("second", "10:02"), ("third", "10:03")] {
            incident_updates::keep(&mut tx, &here, &message, at(time)).await.unwrap();
            let edited = IncidentUpdate { body: text.to_owned(), display_at: at(time), updated_at: at(time), ..first.clone() };
            incident_updates::change(&mut tx, &id("inc"), &edited).await.unwrap();
        }
        let earlier = |body: &str, shown, until| Earlier { body: body.to_owned(), display_at: at(shown), replaced_at: at(until) };
        let expected = [earlier(&first.body, "10:01", "10:02"), earlier("second", "10:02", "10:03")];
        assert_eq!(incident_updates::earlier(&mut tx, &here, &message).await.unwrap(), expected);
        assert_eq!(incident_updates::earlier(&mut tx, &id("other"), &message).await.unwrap(), []);
        let since = async |tx: &mut Tx, page: &str, revision| incident_updates::earlier_since(tx, &id(page), revision).await.unwrap();
        let revision = incidents::get(&mut tx, &here, &id("inc")).await.unwrap().unwrap().record.revision;
        assert_eq!(since(&mut tx, "page", revision - 1).await, HashMap::from([(message.clone(), expected.to_vec())]));
        assert!(since(&mut tx, "page", revision).await.is_empty() && since(&mut tx, "other", -1).await.is_empty());
        let file = incidents::get(&mut tx, &here, &id("inc")).await.unwrap().unwrap();
        assert_eq!((file.record.incident.updates[0].body.as_str(), file.edits), ("third", vec![message.clone()]));
        incident_updates::withdraw(&mut tx, &id("inc"), &message, at("10:09")).await.unwrap();
        assert!(since(&mut tx, "page", -1).await.is_empty(), "of what was withdrawn nothing is told");
        for answer in [
            incident_updates::keep(&mut tx, &id("other"), &message, at("10:10")).await,
            incident_updates::change(&mut tx, &id("inc"), &first).await,
        ] {
            assert!(matches!(answer, Err(StoreError::Missing { .. })), "{answer:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_notice_can_be_rewritten_until_somebody_may_have_got_it() {
    each_place(async |place| {
        let db = place.open().await;
        let mut tx = written(&db, &[incident("inc")]).await;
        let here = id("page");
        let notification = Notification {
            id: id("note"),
            page_id: here.clone(),
            kind: NotificationKind::IncidentOpened,
            subject_kind: "incident".to_owned(),
            subject_id: id("inc"),
            update_id: Some(id("incu")),
            notice: Notice::Confirm,
            other_words: None,
            not_before: at("10:00"),
            fanout_cursor: None,
            expanded_at: None,
            cancelled_at: None,
            created_at: at("10:00"),
        };
        notifications::insert(&mut tx, &notification).await.unwrap();
        let other = Notice::Draft(server::domain::notice::DraftNotice {
            incident_id: id("inc"),
            name: "x".to_owned(),
            monitor: "m".to_owned(),
            component: None,
            reason: "timeout".to_owned(),
            first_failed_at: at("10:00"),
            also: Vec::new(),
            publish_at: None,
        });
        assert!(notifications::rewrite(&mut tx, &id("note"), &other).await.unwrap());
        let read = notifications::of_update(&mut tx, &here, &id("incu")).await.unwrap().unwrap();
        assert_eq!(read, Notification { notice: other.clone(), ..notification });
        assert_eq!(notifications::of_update(&mut tx, &id("other"), &id("incu")).await.unwrap(), None);
        tx.commit().await.unwrap();
        place.meddle("update notifications set fanout_cursor = 'x'").await;
        let mut tx = db.write().await.unwrap();
        assert!(!notifications::rewrite(&mut tx, &id("note"), &Notice::Confirm).await.unwrap());
        tx.commit().await.unwrap();
        place.meddle("update notifications set fanout_cursor = null, cancelled_at = created_at").await;
        let mut tx = db.write().await.unwrap();
        assert!(!notifications::rewrite(&mut tx, &id("note"), &Notice::Confirm).await.unwrap());
        assert_eq!(notifications::of_update(&mut tx, &here, &id("incu")).await.unwrap(), None);
    })
    .await;
}
