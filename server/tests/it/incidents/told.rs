//! What subscribers are told, fixed with the message.

use app::words::ComponentStatus::{MajorOutage, Operational};
use app::words::{IncidentStatus, NotificationKind};
use chrono::TimeDelta;
use server::actions::incidents;
use server::domain::notice::{IncidentNotice, Notice};
use server::store::notifications::Notification;

use super::{Desk, each_desk, facts, opening, saying};

fn notice(told: &Notification) -> &IncidentNotice {
    match &told.notice {
        Notice::Incident(notice) => notice,
        other => panic!("this is to be about an incident: {other:?}"),
    }
}

#[tokio::test]
async fn the_first_message_opens_a_thread_that_keeps_its_subject() {
    each_desk(async |desk: Desk| {
        let mut input = opening(&[(&desk.api, MajorOutage)]);
        input.next_update_at = Some(desk.app.hand.now() + TimeDelta::minutes(30));
        let done = incidents::create(&desk.act(), &input, true).await.unwrap();
        let opened = desk.newest_notice(&done.id).await.unwrap();
        assert_eq!(opened.kind, NotificationKind::IncidentOpened);
        assert_eq!(opened.not_before, desk.app.hand.now() + TimeDelta::seconds(10));
        let first = notice(&opened);
        assert_eq!((first.subject.as_str(), first.body.as_str(), &first.previous), ("Requests fail", "We see errors.", &None));
        assert_eq!((first.components[0].name.as_str(), first.components[0].status), ("Core - API", MajorOutage));
        assert_eq!((first.next_update_at, first.impact), (input.next_update_at, app::words::Impact::Critical));

        desk.wait(60).await;
        let mut edit = facts();
        edit.name = "Payments fail".to_owned();
        incidents::edit(&desk.act(), &done.id, &edit, None).await.unwrap();
        let update = incidents::post_update(&desk.act(), &done.id, &saying(IncidentStatus::Identified, &[]), None).await.unwrap();
        let updated = desk.told(&update.id).await.unwrap();
        assert_eq!(updated.kind, NotificationKind::IncidentUpdated);
        let second = notice(&updated);
        assert_eq!((second.subject.as_str(), second.name.as_str()), ("Requests fail", "Payments fail"));
        assert_eq!((&second.previous, second.next_update_at), (&Some(opened.id), None));

        desk.wait(60).await;
        let over = incidents::post_update(&desk.act(), &done.id, &saying(IncidentStatus::Resolved, &[]), None).await.unwrap();
        let resolved = desk.told(&over.id).await.unwrap();
        assert_eq!(resolved.kind, NotificationKind::IncidentResolved);
        let third = notice(&resolved);
        assert_eq!((&third.previous, third.components[0].status), (&Some(updated.id), Operational));
        assert_eq!(third.resolved_at, Some(desk.app.hand.now()));
    })
    .await;
}

#[tokio::test]
async fn nobody_is_told_of_a_draft_or_of_what_is_said_quietly() {
    each_desk(async |desk: Desk| {
        let draft = incidents::create(&desk.act(), &opening(&[]), false).await.unwrap();
        incidents::save_draft(&desk.act(), &draft.id, &opening(&[]), None).await.unwrap();
        let mut quiet = opening(&[]);
        quiet.notify = false;
        let published = incidents::create(&desk.act(), &quiet, true).await.unwrap();
        desk.wait(1).await;
        let mut quieter = saying(IncidentStatus::Monitoring, &[]);
        quieter.notify = false;
        incidents::post_update(&desk.act(), &published.id, &quieter, None).await.unwrap();
        assert_eq!((desk.newest_notice(&draft.id).await, desk.newest_notice(&published.id).await), (None, None));
        // The first one told of opens the thread, whatever was said quietly before.
        let loud = incidents::post_update(&desk.act(), &published.id, &saying(IncidentStatus::Identified, &[]), None).await.unwrap();
        assert_eq!(desk.told(&loud.id).await.unwrap().kind, NotificationKind::IncidentOpened);
    })
    .await;
}

#[tokio::test]
async fn an_edit_before_mails_go_out_changes_what_they_say() {
    each_desk(async |desk: Desk| {
        let done = incidents::create(&desk.act(), &opening(&[]), true).await.unwrap();
        let before = desk.newest_notice(&done.id).await.unwrap();
        let update = notice(&before).update_id.clone();
        desk.wait(5).await;
        incidents::edit_update(&desk.act(), &done.id, &update, "We see errors in Berlin.", None, &[], None).await.unwrap();
        let after = desk.told(&update).await.unwrap();
        assert_eq!((&after.id, after.not_before), (&before.id, before.not_before));
        assert_eq!(notice(&after).body, "We see errors in Berlin.");
        let file = desk.file(&done.id).await;
        assert_eq!(file.edits, [update]);
        assert!(file.record.incident.updates[0].updated_at > file.record.incident.updates[0].created_at);
        desk.app.look().await;
        let page = desk.app.get(&format!("/incidents/{}", done.id)).await.text();
        assert!(page.contains(">edited ") && page.contains("in Berlin"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn deleting_takes_back_what_nobody_got() {
    each_desk(async |desk: Desk| {
        let done = incidents::create(&desk.act(), &opening(&[]), true).await.unwrap();
        assert!(desk.newest_notice(&done.id).await.is_some());
        incidents::delete(&desk.act(), &done.id, done.revision).await.unwrap();
        assert_eq!(desk.newest_notice(&done.id).await, None);
        assert!(matches!(incidents::delete(&desk.act(), &done.id, None).await, Err(server::actions::ActionError::Missing("incident"))));
    })
    .await;
}
