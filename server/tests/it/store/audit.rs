//! Who did what.

use app::words::{ActorKind, AuditEntry};
use server::store::audit;

use super::sample::{at, furnish, id};
use crate::support::each_engine;

fn entry(word: &str, time: &str) -> AuditEntry {
    AuditEntry {
        id: id(word),
        at: at(time),
        actor_kind: ActorKind::Staff,
        actor_id: Some(id("ann")),
        actor_name: "Ann".to_owned(),
        action: "incident.publish".to_owned(),
        subject_kind: Some("incident".to_owned()),
        subject_id: Some(id("inc")),
        detail: Some("grün \"and\" ✓".to_owned()),
    }
}

#[tokio::test]
async fn entries_come_newest_first_and_go_on_where_a_page_ended_also_among_equal_instants() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        let bare = AuditEntry { actor_id: None, subject_kind: None, subject_id: None, detail: None, ..entry("d", "10:00") };
        let all = [bare, entry("a", "09:00"), entry("b", "09:00"), entry("c", "09:00"), entry("e", "08:00")];
        for one in &all {
            audit::append(&mut tx, &id("page"), one).await.unwrap();
        }
        audit::append(&mut tx, &id("other"), &entry("far", "11:00")).await.unwrap();
        assert_eq!(audit::newest(&mut tx, &id("page"), None, 100).await.unwrap(), all);
        assert_eq!(audit::newest(&mut tx, &id("page"), None, 3).await.unwrap(), all[..3]);
        let last = (all[2].at, &all[2].id);
        assert_eq!(audit::newest(&mut tx, &id("page"), Some(last), 100).await.unwrap(), all[3..]);
    })
    .await;
}

#[tokio::test]
async fn entries_of_one_subject_are_those_of_its_page_alone() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        let other = AuditEntry { subject_id: Some(id("cmp")), ..entry("x", "10:00") };
        for one in [&entry("a", "08:00"), &entry("b", "09:00"), &other] {
            audit::append(&mut tx, &id("page"), one).await.unwrap();
        }
        audit::append(&mut tx, &id("other"), &entry("far", "11:00")).await.unwrap();
        let found = audit::of_subject(&mut tx, &id("page"), &id("inc"), 100).await.unwrap();
        assert_eq!(found, [entry("b", "09:00"), entry("a", "08:00")]);
        assert_eq!(audit::of_subject(&mut tx, &id("page"), &id("inc"), 1).await.unwrap(), [entry("b", "09:00")]);
    })
    .await;
}
