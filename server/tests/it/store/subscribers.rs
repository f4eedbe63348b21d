//! Subscribers: where each subscription stands, and how it gets there.

use app::words::{Channel, Id, Impact, NotificationKind, RecipientKind, SubscribedKind, Subscriber, SubscriberState, Wishes};
use chrono::TimeDelta;
use server::actions::notify::{self, About};
use server::domain::notice::Notice;
use server::store::subscribers::{self, Asking, Filter};
use server::store::{StoreError, Tx};

use super::sample::{at, furnish, id};
use crate::support::each_engine;

const ALL: Filter = Filter { state: None, channel: None, query: String::new() };

pub(super) async fn pending(tx: &mut Tx, word: &str) -> Id {
    let address = format!("{word}@Example.test");
    assert!(subscribers::insert(tx, &id("page"), &id(word), Channel::Email, &address, at("10:00")).await.unwrap());
    id(word)
}

pub(super) async fn active(tx: &mut Tx, word: &str, wishes: &Wishes) -> Id {
    let id = pending(tx, word).await;
    assert!(subscribers::confirm(tx, &id, None, at("10:05")).await.unwrap());
    subscribers::set_wishes(tx, &id, wishes, at("10:06")).await.unwrap();
    id
}

async fn read(tx: &mut Tx, id: &Id) -> Subscriber {
    subscribers::get(tx, &super::sample::id("page"), id).await.unwrap().unwrap()
}

fn asking(now: &str) -> Asking {
    let now = at(now);
    Asking {
        now,
        rested_since: now - TimeDelta::hours(1),
        most: 3,
        forgotten_since: now - TimeDelta::days(90),
        expires_at: now + TimeDelta::hours(1),
    }
}

pub(super) fn chosen(words: &[&str]) -> Wishes {
    Wishes { components: Some(words.iter().map(|word| id(word)).collect()), ..Wishes::default() }
}

#[tokio::test]
async fn an_address_has_one_subscriber_however_it_is_cased() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        let anna = pending(&mut tx, "anna").await;
        let again = subscribers::insert(&mut tx, &id("page"), &id("two"), Channel::Email, "ANNA@example.TEST", at("10:01")).await.unwrap();
        assert!(!again, "the address has one");
        let far = subscribers::insert(&mut tx, &id("other"), &id("far"), Channel::Email, "anna@example.test", at("10:01")).await.unwrap();
        assert!(far, "another page's subscribers are others");
        let found = subscribers::find(&mut tx, &id("page"), Channel::Email, "anna@EXAMPLE.test").await.unwrap().unwrap();
        assert_eq!(found, read(&mut tx, &anna).await);
        assert_eq!((found.address.as_str(), found.state, found.token_epoch), ("anna@Example.test", SubscriberState::Pending, 0));
        assert_eq!(found.wishes(), Wishes::default());
        assert_eq!(subscribers::find(&mut tx, &id("page"), Channel::Webhook, "anna@example.test").await.unwrap(), None);
        assert_eq!(subscribers::get(&mut tx, &id("other"), &anna).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn what_is_wished_comes_back_as_written() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        let anna = pending(&mut tx, "anna").await;
        let components = Some(vec![id("api"), id("web")]);
        let wishes = Wishes { components, kinds: vec![SubscribedKind::Postmortems], severity_floor: Impact::Major };
        subscribers::set_wishes(&mut tx, &anna, &wishes, at("11:00")).await.unwrap();
        let known = read(&mut tx, &anna).await;
        assert_eq!((known.wishes(), known.updated_at), (wishes, at("11:00")));
        subscribers::set_wishes(&mut tx, &anna, &chosen(&["web"]), at("11:01")).await.unwrap();
        assert_eq!(read(&mut tx, &anna).await.wishes(), chosen(&["web"]));
        subscribers::set_wishes(&mut tx, &anna, &Wishes::default(), at("11:02")).await.unwrap();
        assert_eq!(read(&mut tx, &anna).await.wishes(), Wishes::default());
        let nobody = subscribers::set_wishes(&mut tx, &id("nobody"), &Wishes::default(), at("11:02")).await;
        assert!(matches!(nobody, Err(StoreError::Missing { .. })), "{nobody:?}");
    })
    .await;
}

#[tokio::test]
async fn confirmations_rest_in_between_and_end_after_the_most() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        let anna = pending(&mut tx, "anna").await;
        let mut asked = Vec::new();
        for time in ["10:00", "10:59", "11:00", "12:00", "13:00", "14:00"] {
            asked.push(subscribers::ask(&mut tx, &anna, &asking(time)).await.unwrap());
        }
        assert_eq!(asked, [true, false, true, true, false, false]);
        let known = read(&mut tx, &anna).await;
        assert_eq!((known.confirmations, known.confirmation_at, known.confirm_expires_at), (3, Some(at("12:00")), Some(at("13:00"))));
        assert_eq!(known.token_epoch, 0, "links of earlier mails hold");
    })
    .await;
}

#[tokio::test]
async fn who_leaves_is_told_nothing_and_may_begin_anew_under_a_new_epoch() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        let anna = active(&mut tx, "anna", &Wishes::default()).await;
        let about = About { subject_kind: "incident", subject_id: &id("down"), update_id: None };
        let to = [(RecipientKind::Subscriber, anna.clone()), (RecipientKind::Subscriber, id("bert"))];
        notify::people(&mut tx, &id("page"), NotificationKind::IncidentOpened, about, Notice::Confirm, &to, at("10:10")).await.unwrap();
        assert!(!subscribers::ask(&mut tx, &anna, &asking("10:20")).await.unwrap(), "an active subscriber is not asked");
        assert!(subscribers::unsubscribe(&mut tx, &anna, at("11:00")).await.unwrap());
        assert!(!subscribers::unsubscribe(&mut tx, &anna, at("12:00")).await.unwrap(), "once is enough");
        let left = read(&mut tx, &anna).await;
        assert_eq!((left.state, left.unsubscribed_at), (SubscriberState::Unsubscribed, Some(at("11:00"))));
        assert!(!subscribers::confirm(&mut tx, &anna, None, at("12:00")).await.unwrap(), "an old link does not bring them back");
        assert!(subscribers::ask(&mut tx, &anna, &asking("12:30")).await.unwrap());
        assert!(subscribers::confirm(&mut tx, &anna, "2026-10-01".parse().ok(), at("12:40")).await.unwrap());
        let back = read(&mut tx, &anna).await;
        assert_eq!((back.state, back.token_epoch, back.unsubscribed_at), (SubscriberState::Active, 1, None));
        assert_eq!((back.confirmed_at, back.confirmations, back.consent_date), (Some(at("12:40")), 0, "2026-10-01".parse().ok()));
        tx.commit().await.unwrap();
        let mut tx = db.read().await.unwrap();
        let told = server::store::delivery_reads::notifications(&mut tx, &id("page"), 10, 0).await.unwrap();
        let states: Vec<(&str, i64)> = told[0].counts.iter().map(|(state, count)| (state.as_str(), *count)).collect();
        assert_eq!(states, [("cancelled", 1), ("pending", 1)], "only theirs is not sent");
    })
    .await;
}

#[tokio::test]
async fn mails_that_come_back_quarantine_an_active_subscriber() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        let (anna, bert) = (active(&mut tx, "anna", &Wishes::default()).await, pending(&mut tx, "bert").await);
        assert!(subscribers::quarantine(&mut tx, &anna, "hard_bounce", Some("550 5.1.1 no such user"), at("11:00")).await.unwrap());
        assert!(!subscribers::quarantine(&mut tx, &bert, "550", None, at("11:00")).await.unwrap());
        let known = read(&mut tx, &anna).await;
        assert_eq!((known.state, known.quarantined_at), (SubscriberState::Quarantined, Some(at("11:00"))));
        assert_eq!(
            (known.quarantine_reason.as_deref(), known.quarantine_reply.as_deref()),
            (Some("hard_bounce"), Some("550 5.1.1 no such user"))
        );
        assert!(known.is_suppressed());
        assert!(subscribers::ask(&mut tx, &anna, &asking("12:30")).await.unwrap());
        assert!(subscribers::confirm(&mut tx, &anna, None, at("12:40")).await.unwrap(), "a fresh confirmation brings them back");
        let back = read(&mut tx, &anna).await;
        assert_eq!(
            (back.state, back.quarantined_at, back.quarantine_reason, back.quarantine_reply),
            (SubscriberState::Active, None, None, None)
        );
    })
    .await;
}

#[tokio::test]
async fn who_complains_leaves_and_it_is_remembered_why() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        let (anna, bert) = (active(&mut tx, "anna", &Wishes::default()).await, active(&mut tx, "bert", &Wishes::default()).await);
        let about = About { subject_kind: "incident", subject_id: &id("down"), update_id: None };
        let to = [(RecipientKind::Subscriber, anna.clone())];
        notify::people(&mut tx, &id("page"), NotificationKind::IncidentOpened, about, Notice::Confirm, &to, at("10:10")).await.unwrap();
        assert!(subscribers::complained(&mut tx, &anna, "complaint", at("11:00")).await.unwrap());
        assert!(!subscribers::complained(&mut tx, &anna, "complaint", at("12:00")).await.unwrap(), "once is enough");
        let known = read(&mut tx, &anna).await;
        let since = Some(at("11:00"));
        assert_eq!((known.state, known.unsubscribed_at, known.quarantined_at), (SubscriberState::Unsubscribed, since, since));
        assert!(known.is_suppressed() && known.quarantine_reason.as_deref() == Some("complaint"));
        assert!(subscribers::unsubscribe(&mut tx, &bert, at("10:30")).await.unwrap());
        assert!(!read(&mut tx, &bert).await.is_suppressed(), "who left by their own hand");
        assert!(subscribers::complained(&mut tx, &bert, "complaint", at("11:00")).await.unwrap());
        let known = read(&mut tx, &bert).await;
        assert_eq!((known.unsubscribed_at, known.is_suppressed()), (Some(at("10:30")), true), "they had left before");
        let told = server::store::delivery_reads::notifications(&mut tx, &id("page"), 10, 0).await.unwrap();
        assert_eq!(told[0].counts[0].0.as_str(), "cancelled", "what waited is not sent");
    })
    .await;
}

#[tokio::test]
async fn lists_are_searched_counted_and_turned_page_by_page() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        active(&mut tx, "anna", &chosen(&["web", "api"])).await;
        subscribers::insert(&mut tx, &id("page"), &id("ac"), Channel::Email, "a_c@Example.test", at("10:00")).await.unwrap();
        subscribers::confirm(&mut tx, &id("ac"), None, at("10:05")).await.unwrap();
        pending(&mut tx, "bert").await;
        let here = id("page");
        let mut addresses = async |filter: Filter, limit, offset| -> Vec<String> {
            let found = subscribers::list(&mut tx, &id("page"), &filter, limit, offset).await.unwrap();
            found.into_iter().map(|subscriber| subscriber.address.replace("@Example.test", "")).collect()
        };
        assert_eq!(addresses(ALL, 10, 0).await, ["a_c", "anna", "bert"]);
        assert_eq!(addresses(ALL, 1, 1).await, ["anna"]);
        assert_eq!(addresses(Filter { query: "A_C@example".to_owned(), ..ALL }, 10, 0).await, ["a_c"], "signs stand for themselves");
        assert_eq!(addresses(Filter { query: "NN".to_owned(), ..ALL }, 10, 0).await, ["anna"]);
        assert_eq!(addresses(Filter { query: "%".to_owned(), ..ALL }, 10, 0).await, [""; 0]);
        assert_eq!(addresses(Filter { state: Some(SubscriberState::Pending), ..ALL }, 10, 0).await, ["bert"]);
        assert_eq!(addresses(Filter { channel: Some(Channel::Webhook), ..ALL }, 10, 0).await, [""; 0]);
        let listed = subscribers::list(&mut tx, &here, &ALL, 10, 0).await.unwrap();
        assert_eq!(listed[1], read(&mut tx, &id("anna")).await, "with their components");
        let counts = subscribers::counts(&mut tx, &here).await.unwrap();
        assert_eq!(counts, [(SubscriberState::Active, 2), (SubscriberState::Pending, 1)]);
    })
    .await;
}

#[tokio::test]
async fn what_nobody_confirmed_is_forgotten_but_not_that_somebody_left() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        let here = id("page");
        let (fresh, asked) = (pending(&mut tx, "fresh").await, pending(&mut tx, "asked").await);
        subscribers::ask(&mut tx, &asked, &asking("12:00")).await.unwrap();
        let (gone, lost) = (active(&mut tx, "gone", &Wishes::default()).await, active(&mut tx, "lost", &Wishes::default()).await);
        subscribers::unsubscribe(&mut tx, &gone, at("10:30")).await.unwrap();
        subscribers::quarantine(&mut tx, &lost, "550", None, at("10:30")).await.unwrap();
        for id in [&gone, &lost] {
            assert!(subscribers::ask(&mut tx, id, &asking("10:40")).await.unwrap());
        }
        active(&mut tx, "stays", &Wishes::default()).await;
        assert_eq!(subscribers::remove_unconfirmed(&mut tx, &here, at("11:00")).await.unwrap(), 3);
        assert_eq!(subscribers::get(&mut tx, &here, &fresh).await.unwrap(), None);
        assert_eq!(read(&mut tx, &asked).await.state, SubscriberState::Pending);
        assert_eq!(read(&mut tx, &gone).await.state, SubscriberState::Unsubscribed);
        assert_eq!(read(&mut tx, &lost).await.state, SubscriberState::Quarantined);
        assert!(!subscribers::remove(&mut tx, &id("other"), &gone, at("12:00")).await.unwrap(), "not from another page");
        assert!(subscribers::remove(&mut tx, &here, &gone, at("12:00")).await.unwrap());
        assert_eq!(subscribers::get(&mut tx, &here, &gone).await.unwrap(), None);
    })
    .await;
}
