//! What fails together is one draft and one mail.

use app::words::{NotificationKind, PageSettings};
use chrono::TimeDelta;
use server::actions::checks::{Finished, record};
use server::actions::monitors::MonitorInput;
use server::domain::evidence::{Internal, Observation, Outcome, Reason};
use server::domain::notice::{Notice, in_one_line};
use server::store::{checks, monitors};

use super::{down, each_site, site};
use crate::store::sample;
use crate::support::Engine;

#[tokio::test]
async fn several_monitors_that_fail_within_the_gap_are_one_draft_with_the_evidence_of_each() {
    each_site(PageSettings::default(), async |site| {
        site.api.answers(down());
        site.pass(60).await;
        let first = site.file().await;
        assert_eq!(first.record.incident.name, "Problem with api");
        let began = first.record.incident.started_at;
        site.web.answers(down());
        site.pass(120).await;
        let file = site.file().await;
        let incident = &file.record.incident;
        assert_eq!(incident.name, "Several components are not available");
        assert_eq!(
            incident.updates[0].body,
            "We are investigating a problem with several components. We will tell more as soon as we know it."
        );
        assert_eq!(incident.components, [sample::id("api"), sample::id("web")]);
        assert_eq!((incident.started_at, incident.impact.to_string().as_str()), (began, "critical"));
        let named: Vec<_> = incident.updates[0].effects.as_ref().unwrap().iter().map(|effect| (effect.name.as_str(), effect.to)).collect();
        assert_eq!(named, [("api", sample::MajorOutage), ("web", sample::MajorOutage)]);
        let seen: Vec<_> = file.seen.iter().map(|seen| (seen.evidence.monitor.as_str(), seen.beside, seen.evidence.checks.len())).collect();
        assert_eq!(seen, [("api health", false, 3), ("web health", false, 3)]);
        assert_eq!(site.told(NotificationKind::DraftOpened).await.len(), 1, "staff know of the draft");
        assert!(site.shown().await.is_empty(), "readers do not");
        site.app.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_mail_that_is_not_out_yet_names_all_of_them() {
    let site = site(Engine::Sqlite, PageSettings::default()).await;
    site.api.answers(down());
    site.web.answers(down());
    site.pass(90).await;
    let told = site.told(NotificationKind::DraftOpened).await;
    assert_eq!(told.len(), 1);
    let Notice::Draft(draft) = &told[0].notice else { panic!("a draft") };
    assert_eq!(draft.name, "Several components are not available");
    let mut named: Vec<&str> = draft.component.as_deref().unwrap().split(", ").collect();
    named.sort_unstable();
    assert_eq!(named, ["api", "web"]);
    let mut monitors = vec![draft.monitor.as_str()];
    monitors.extend(draft.also.iter().map(String::as_str));
    monitors.sort_unstable();
    assert_eq!(monitors, ["api health", "web health"]);
    site.app.end().await;
}

#[tokio::test]
async fn what_fails_after_the_gap_or_where_there_is_none_has_a_draft_of_its_own() {
    for (minutes, wait) in [(1, 70), (0, 0)] {
        let site = site(Engine::Sqlite, PageSettings { merge_minutes: minutes, ..PageSettings::default() }).await;
        site.api.answers(down());
        site.pass(60 + wait).await;
        site.web.answers(down());
        site.pass(60).await;
        let names: Vec<_> = site.files().await.into_iter().map(|file| file.record.incident.name).collect();
        assert_eq!(names, ["Problem with api", "Problem with web"], "within {minutes} minutes");
        assert_eq!(site.told(NotificationKind::DraftOpened).await.len(), 2);
        site.app.end().await;
    }
}

#[tokio::test]
async fn two_processes_that_confirm_at_once_write_one_draft() {
    each_site(PageSettings::default(), async |site| {
        let mut tx = site.app.db.read().await.unwrap();
        let known = monitors::list(&mut tx, &site.page).await.unwrap();
        drop(tx);
        for monitor in known.into_iter().map(|record| record.monitor) {
            let (id, networks) = (monitor.id.clone(), ["127.0.0.0/8".parse().unwrap()]);
            let input = MonitorInput { failure_threshold: 1, ..MonitorInput::from(monitor) };
            server::actions::monitors::update(&site.system(), &site.page, &networks, &id, input).await.unwrap();
        }
        let now = site.now();
        let mut tx = site.app.db.write().await.unwrap();
        let claimed = checks::claim(&mut tx, "two", now, now + TimeDelta::seconds(60), 9).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(claimed.len(), 2);
        let failed = |claimed: &checks::Claimed| {
            let seen = server::probes::nothing_learned(now, Internal::Panic);
            [Finished { claimed: claimed.clone(), seen: Observation { outcome: Outcome::Bad(Reason::Timeout), ..seen } }]
        };
        let (one, two) = (failed(&claimed[0]), failed(&claimed[1]));
        let (one, two) = tokio::join!(record(&site.app.db, &one, now, || 0.0), record(&site.app.db, &two, now, || 0.0));
        assert_eq!([one.unwrap().told, two.unwrap().told].iter().filter(|told| **told).count(), 1);
        let file = site.file().await;
        assert_eq!((file.record.incident.name.as_str(), file.seen.len()), ("Several components are not available", 2));
        site.app.end().await;
    })
    .await;
}

#[tokio::test]
async fn where_very_many_fail_at_once_staff_read_some_names_and_how_many_more() {
    let site = site(Engine::Sqlite, PageSettings::default()).await;
    for number in 0..24 {
        site.watch("api", &site.api, &format!("part {number:02}")).await;
    }
    site.pass(30).await;
    site.api.answers(down());
    site.pass(120).await;
    let file = site.file().await;
    assert_eq!(file.seen.len(), 25);
    assert_eq!(file.seen.iter().filter(|seen| !seen.evidence.checks.is_empty()).count(), 20);
    let names: Vec<String> = (0..12).map(|number| format!("part {number}")).collect();
    assert_eq!(in_one_line(&names[..10]).matches("part").count(), 10);
    assert!(in_one_line(&names).ends_with("part 9 and 2 more") && in_one_line(&names[..1]) == "part 0" && in_one_line(&[]).is_empty());
    let browser = site.app.member(app::words::Role::Viewer).await;
    let page = browser.get(&format!("/staff/incidents/{}", file.record.incident.id)).await.text();
    assert!(page.contains("; 24 more monitors failed") && page.contains("What the monitors saw"), "{page}");
    site.app.end().await;
}

#[tokio::test]
async fn two_monitors_of_one_component_still_speak_of_one() {
    let site = site(Engine::Sqlite, PageSettings::default()).await;
    site.watch("api", &site.api, "api login").await;
    site.pass(20).await;
    site.api.answers(down());
    site.pass(90).await;
    let file = site.file().await;
    assert_eq!((file.record.incident.name.as_str(), file.seen.len()), ("Problem with api", 2));
    site.app.end().await;
}

#[tokio::test]
async fn what_staff_have_written_is_left_alone_and_shows_what_else_failed() {
    each_site(PageSettings::default(), async |site| {
        let browser = site.app.member(app::words::Role::Responder).await;
        for publish in ["save", "publish"] {
            site.api.answers(down());
            site.pass(60).await;
            let draft = site.files().await.pop().unwrap();
            let (id, seen) = (draft.record.incident.id.clone(), draft.record.revision.to_string());
            let fields = [("name", "We know"), ("status", "investigating"), ("body", "Ours."), ("seen", &seen), ("do", publish)];
            let reply = browser.post_form(&format!("/staff/incidents/{id}"), &fields).await;
            assert_eq!(reply.status, 303, "{}", reply.text());
            site.web.answers(down());
            site.pass(60).await;
            let all = site.files().await;
            let theirs = all.iter().find(|file| file.record.incident.id == id).unwrap();
            assert_eq!((theirs.record.incident.name.as_str(), theirs.record.incident.updates[0].body.as_str()), ("We know", "Ours."));
            let seen: Vec<_> = theirs.seen.iter().map(|seen| (seen.evidence.monitor.as_str(), seen.beside)).collect();
            assert_eq!(seen, [("api health", false), ("web health", true)]);
            let page = browser.get(&format!("/staff/incidents/{id}")).await.text();
            assert!(page.contains("It failed at the same time."), "{page}");
            let other = all.iter().find(|file| file.record.incident.id != id).unwrap();
            assert_eq!((other.record.incident.name.as_str(), other.record.incident.published_at), ("Problem with web", None));
            // All is well, and both are off the desk: the other way begins anew.
            site.api.answers(crate::support::target::Answer::ok());
            site.web.answers(crate::support::target::Answer::ok());
            site.pass(60).await;
            for file in site.files().await {
                server::actions::incidents::delete(&site.system(), &file.record.incident.id, None).await.unwrap();
            }
            site.pass(400).await;
        }
        site.app.end().await;
    })
    .await;
}
