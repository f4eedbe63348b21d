//! The outbox: what is told, and to whom.

use app::words::{
    Channel, Id, Impact, Maintenance, MaintenanceStatus, NotificationKind, RecipientKind, SubscribedKind, Translation, Wishes,
};
use server::domain::notice::Notice;
use server::domain::other_words::OtherWords;
use server::store::audience::{Audience, Untold};
use server::store::notifications::{self, Notification, Recipient};
use server::store::subscribers;
use server::store::{Db, StoreError, deliveries, delivery_reads, incidents, maintenances};

use super::sample::{at, furnish, id, incident, maintenance};
use crate::support::office::notice;
use crate::support::{each_engine, each_place};

pub fn notification(word: &str, time: &str) -> Notification {
    Notification {
        id: id(word),
        page_id: id("page"),
        kind: NotificationKind::IncidentOpened,
        subject_kind: "incident".to_owned(),
        subject_id: id("inc"),
        update_id: Some(id(&format!("{word}u"))),
        notice: Notice::Incident(notice("inc")),
        other_words: None,
        not_before: at(time),
        fanout_cursor: None,
        expanded_at: None,
        cancelled_at: None,
        created_at: at(time),
    }
}

/// An active subscriber of the page `page`.
pub async fn subscriber(db: &Db, word: &str, confirmed: &str, wishes: Wishes) {
    let mut tx = db.write().await.unwrap();
    let address = format!("{word}@example.test");
    assert!(subscribers::insert(&mut tx, &id("page"), &id(word), Channel::Email, &address, at("08:30")).await.unwrap());
    subscribers::set_wishes(&mut tx, &id(word), &wishes, at("08:30")).await.unwrap();
    assert!(subscribers::confirm(&mut tx, &id(word), None, at(confirmed)).await.unwrap());
    tx.commit().await.unwrap();
}

async fn recipients(db: &Db, notification: &Id) -> Vec<Id> {
    let mut tx = db.read().await.unwrap();
    let deliveries = delivery_reads::deliveries(&mut tx, notification, 100, 0).await.unwrap();
    deliveries.into_iter().map(|delivery| delivery.recipient).collect()
}

#[tokio::test]
async fn a_notification_is_read_as_it_was_written_and_the_newest_that_stands_is_known() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        let (first, second) = (notification("first", "10:00"), notification("second", "11:00"));
        notifications::insert(&mut tx, &first).await.unwrap();
        notifications::insert(&mut tx, &second).await.unwrap();
        assert_eq!(notifications::get(&mut tx, &id("first")).await.unwrap(), Some(first.clone()));
        assert_eq!(notifications::get(&mut tx, &id("none")).await.unwrap(), None);
        let newest = async |tx: &mut _| notifications::newest_about(tx, &id("page"), "incident", &id("inc")).await.unwrap();
        assert_eq!(newest(&mut tx).await, Some(second));
        assert!(notifications::cancel_of_update(&mut tx, &id("page"), &id("secondu"), at("11:01")).await.unwrap());
        assert!(!notifications::cancel_of_update(&mut tx, &id("page"), &id("secondu"), at("11:02")).await.unwrap(), "once");
        assert!(!notifications::cancel_of_update(&mut tx, &id("other"), &id("firstu"), at("11:02")).await.unwrap(), "of its page");
        assert_eq!(newest(&mut tx).await, Some(first));
        assert_eq!(notifications::newest_about(&mut tx, &id("other"), "incident", &id("inc")).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn what_was_said_in_other_languages_stays_with_a_notification_and_it_can_wait_until_somebody_was_told() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        let said = Translation {
            object_id: id("inc"),
            language: "de".to_owned(),
            name: Some("Anfragen scheitern".to_owned()),
            body: None,
            body_html: String::new(),
        };
        let words = OtherWords::of(vec![said]).in_thread(None, |words, language| words.name(language, &id("inc")).map(str::to_owned));
        notifications::insert(&mut tx, &notification("one", "10:00")).await.unwrap();
        notifications::set_other_words(&mut tx, &id("one"), &words).await.unwrap();
        let second = Notification { other_words: Some(words.clone()), ..notification("two", "11:00") };
        notifications::insert(&mut tx, &second).await.unwrap();
        for word in ["one", "two"] {
            let read = notifications::get(&mut tx, &id(word)).await.unwrap().unwrap();
            assert_eq!(read.other_words.as_ref(), Some(&words), "{word}");
            assert_eq!(read.other_words.unwrap().subject("de"), Some("Anfragen scheitern"));
        }
        let missing = notifications::set_other_words(&mut tx, &id("none"), &words).await.unwrap_err();
        assert!(matches!(missing, StoreError::Missing { what: "notification", .. }), "{missing}");

        let kind = NotificationKind::IncidentOpened;
        let written = async |tx: &mut _, subject: &str, since: &str| {
            notifications::written_since(tx, &id("page"), kind, &id(subject), at(since)).await.unwrap()
        };
        assert_eq!((written(&mut tx, "inc", "09:59").await, written(&mut tx, "inc", "10:00").await), (2, 1));
        assert_eq!(written(&mut tx, "other", "09:00").await, 0);

        assert!(notifications::rewrite_waiting(&mut tx, &id("two"), &Notice::Confirm).await.unwrap());
        assert_eq!(notifications::get(&mut tx, &id("two")).await.unwrap().unwrap().notice, Notice::Confirm);
        let to = Recipient { kind: RecipientKind::Staff, id: id("ada"), priority: 0 };
        notifications::add_delivery(&mut tx, &id("two"), &to, at("10:00")).await.unwrap();
        assert!(notifications::rewrite_waiting(&mut tx, &id("two"), &Notice::Link).await.unwrap(), "nobody was told yet");
        let claimed = deliveries::claim(&mut tx, &id("two"), "courier", at("10:00"), at("10:05"), 9).await.unwrap();
        assert_eq!(claimed.len(), 1);
        assert!(!notifications::rewrite_waiting(&mut tx, &id("two"), &Notice::Confirm).await.unwrap(), "it is on its way");

        notifications::postpone(&mut tx, &id("one"), at("12:00")).await.unwrap();
        assert_eq!(notifications::get(&mut tx, &id("one")).await.unwrap().unwrap().not_before, at("12:00"));
        notifications::set_progress(&mut tx, &id("one"), Some(&id("anna")), None).await.unwrap();
        notifications::postpone(&mut tx, &id("one"), at("13:00")).await.unwrap();
        assert_eq!(notifications::get(&mut tx, &id("one")).await.unwrap().unwrap().not_before, at("12:00"), "some were told");
    })
    .await;
}

#[tokio::test]
async fn what_is_due_longest_is_expanded_first_and_once_begun_is_not_taken_back() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        for (word, time) in [("late", "11:00"), ("early", "10:00"), ("gone", "09:00")] {
            notifications::insert(&mut tx, &notification(word, time)).await.unwrap();
        }
        assert!(notifications::cancel_of_update(&mut tx, &id("page"), &id("goneu"), at("09:00")).await.unwrap());
        assert_eq!(notifications::oldest_unexpanded(&mut tx).await.unwrap(), Some(at("10:00")));
        assert_eq!(notifications::to_expand(&mut tx, at("09:59")).await.unwrap(), None);
        let due = notifications::to_expand(&mut tx, at("11:00")).await.unwrap().unwrap();
        assert_eq!(due, notification("early", "10:00"));
        notifications::set_progress(&mut tx, &due.id, Some(&id("anna")), None).await.unwrap();
        assert!(!notifications::cancel_of_update(&mut tx, &id("page"), &id("earlyu"), at("11:00")).await.unwrap());
        let begun = notifications::to_expand(&mut tx, at("11:00")).await.unwrap().unwrap();
        assert_eq!(begun.fanout_cursor.as_deref(), Some("anna00000000"));
        notifications::set_progress(&mut tx, &due.id, None, Some(at("11:01"))).await.unwrap();
        assert_eq!(notifications::to_expand(&mut tx, at("11:00")).await.unwrap().unwrap().id, id("late"));
        notifications::set_progress(&mut tx, &id("late"), None, Some(at("11:01"))).await.unwrap();
        assert_eq!(notifications::to_expand(&mut tx, at("23:00")).await.unwrap(), None);
        assert_eq!(notifications::oldest_unexpanded(&mut tx).await.unwrap(), None);
        assert!(notifications::set_progress(&mut tx, &id("none"), None, None).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn how_many_are_not_told_stands_with_the_notice() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        notifications::insert(&mut tx, &notification("told", "10:00")).await.unwrap();
        let untold = async |tx: &mut _| delivery_reads::notification(tx, &id("page"), &id("told")).await.unwrap().unwrap().untold;
        assert_eq!(untold(&mut tx).await, Untold::default());
        let some = Untold { suppressed: 2, unconfirmed: 3 };
        notifications::note_untold(&mut tx, &id("told"), some).await.unwrap();
        assert_eq!(untold(&mut tx).await, some);
        assert!(notifications::note_untold(&mut tx, &id("none"), some).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn deliveries_are_made_by_the_chunk_for_those_who_hear_of_it() {
    each_engine(async |db| {
        furnish(&db).await;
        let all = Wishes::default;
        subscriber(&db, "anna", "09:00", all()).await;
        subscriber(&db, "bert", "09:00", Wishes { components: Some(vec![id("api")]), ..all() }).await;
        subscriber(&db, "carl", "09:00", Wishes { components: Some(vec![id("web")]), ..all() }).await;
        subscriber(&db, "dora", "09:00", Wishes { kinds: vec![SubscribedKind::Maintenances], ..all() }).await;
        subscriber(&db, "emil", "09:00", Wishes { severity_floor: Impact::Critical, ..all() }).await;
        subscriber(&db, "fred", "10:30", all()).await;
        let mut told = notification("told", "10:00");
        let mut tx = db.write().await.unwrap();
        notifications::insert(&mut tx, &told).await.unwrap();
        let api = id("api");
        let audience =
            Audience { kind: SubscribedKind::Incidents, impact: Impact::Major, components: vec![&api], about: Vec::new(), over: false };
        let mut last = None;
        for expected in [Some("bert"), Some("dora"), Some("fred"), None] {
            let reached = notifications::fan_out(&mut tx, &told, &audience, 1, 2, at("10:00")).await.unwrap();
            assert_eq!(reached, expected.map(id));
            last = reached.or(last);
            told.fanout_cursor = last.as_ref().map(ToString::to_string);
        }
        told.fanout_cursor = None;
        notifications::fan_out(&mut tx, &told, &audience, 1, 100, at("10:00")).await.unwrap();
        let everyone = notification("everyone", "10:00");
        notifications::insert(&mut tx, &everyone).await.unwrap();
        let audience = Audience { impact: Impact::Critical, components: Vec::new(), ..audience };
        notifications::fan_out(&mut tx, &everyone, &audience, 1, 100, at("10:00")).await.unwrap();
        let far = Notification { page_id: id("other"), ..notification("far", "10:00") };
        notifications::insert(&mut tx, &far).await.unwrap();
        assert_eq!(notifications::fan_out(&mut tx, &far, &audience, 1, 100, at("10:00")).await.unwrap(), None);
        tx.commit().await.unwrap();
        assert_eq!(recipients(&db, &id("told")).await, [id("anna"), id("bert")], "and nobody twice");
        assert_eq!(recipients(&db, &id("everyone")).await, [id("anna"), id("bert"), id("carl"), id("emil")]);
        assert_eq!(recipients(&db, &id("far")).await, [] as [Id; 0], "another page's subscribers are not told");
    })
    .await;
}

#[tokio::test]
async fn a_delivery_is_made_once() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        notifications::insert(&mut tx, &notification("told", "10:00")).await.unwrap();
        let recipient = Recipient { kind: RecipientKind::Staff, id: id("anna"), priority: 0 };
        notifications::add_delivery(&mut tx, &id("told"), &recipient, at("10:00")).await.unwrap();
        notifications::add_delivery(&mut tx, &id("told"), &recipient, at("11:00")).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(recipients(&db, &id("told")).await, [id("anna")]);
    })
    .await;
}

#[tokio::test]
async fn what_was_told_is_forgotten_a_while_after_it_is_over_and_never_before() {
    each_place(async |place| {
        let db = place.open().await;
        furnish(&db).await;
        let told =
            |word: &str, about: &str| Notification { subject_id: id(about), expanded_at: Some(at("10:01")), ..notification(word, "10:00") };
        let (over, going_on, planned) = (told("over", "nothing"), told("goes", "inc"), told("planned", "mnt"));
        let waiting = Notification { expanded_at: None, ..told("waits", "nothing") };
        let forget = async || {
            let mut tx = db.write().await.unwrap();
            let removed = notifications::remove_told(&mut tx, &id("page"), at("12:00"), 2).await.unwrap();
            tx.commit().await.unwrap();
            removed
        };
        let mut tx = db.write().await.unwrap();
        incidents::upsert(&mut tx, &id("page"), &incident("inc"), None, 1).await.unwrap();
        maintenances::upsert(&mut tx, &id("page"), &maintenance("mnt"), 1).await.unwrap();
        for notification in [&over, &going_on, &planned, &waiting] {
            notifications::insert(&mut tx, notification).await.unwrap();
        }
        for word in ["ra", "rb", "rc"] {
            let recipient = Recipient { kind: RecipientKind::Subscriber, id: id(word), priority: 1 };
            notifications::add_delivery(&mut tx, &over.id, &recipient, at("10:01")).await.unwrap();
        }
        tx.commit().await.unwrap();
        assert_eq!(forget().await, 0, "they are not sent yet");
        place.meddle("update deliveries set state = 'sent'").await;
        assert_eq!([forget().await, forget().await, forget().await], [2, 1, 0]);
        let mut tx = db.read().await.unwrap();
        assert_eq!(notifications::get(&mut tx, &over.id).await.unwrap(), None);
        for kept in [&going_on, &planned, &waiting] {
            assert!(notifications::get(&mut tx, &kept.id).await.unwrap().is_some(), "{}", kept.id);
        }
        drop(tx);
        let done = Maintenance { status: MaintenanceStatus::Completed, ..maintenance("mnt") };
        let mut tx = db.write().await.unwrap();
        maintenances::upsert(&mut tx, &id("page"), &done, 2).await.unwrap();
        tx.commit().await.unwrap();
        forget().await;
        let mut tx = db.read().await.unwrap();
        assert_eq!(notifications::get(&mut tx, &planned.id).await.unwrap(), None, "work that is over needs no thread");
        drop(tx);
        db.close().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_told_of_an_object_is_taken_back_where_nobody_heard_it() {
    each_engine(async |db| {
        furnish(&db).await;
        let about = |word: &str, subject: &str| Notification { subject_id: id(subject), ..notification(word, "10:00") };
        let (mine, begun, theirs) =
            (about("mine", "mnt"), Notification { fanout_cursor: Some("x".to_owned()), ..about("begun", "mnt") }, about("theirs", "two"));
        let mut tx = db.write().await.unwrap();
        for notification in [&mine, &begun, &theirs] {
            notifications::insert(&mut tx, notification).await.unwrap();
        }
        notifications::cancel_about(&mut tx, &id("other"), &mine.subject_kind, &id("mnt"), at("10:01")).await.unwrap();
        assert_eq!(notifications::get(&mut tx, &mine.id).await.unwrap(), Some(mine.clone()), "another page has no say");
        notifications::cancel_about(&mut tx, &id("page"), &mine.subject_kind, &id("mnt"), at("10:01")).await.unwrap();
        let mut cancelled = Vec::new();
        for known in [&mine, &begun, &theirs] {
            cancelled.push(notifications::get(&mut tx, &known.id).await.unwrap().unwrap().cancelled_at);
        }
        assert_eq!(cancelled, [Some(at("10:01")), None, None]);
    })
    .await;
}
