//! The courier on both engines: everybody who wants it is told once, whatever happens on the way.

mod turns;

use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::atomic::{AtomicBool, AtomicUsize};

use app::words::{Channel, DeliveryState, Id, Impact, NotificationKind, SubscribedKind, SubscriberState, Wishes};
use chrono::TimeDelta;
use server::domain::courier::{AWAY_PAUSE, REFUSED_PAUSE};
use server::domain::notice::IncidentNotice;
use server::store::{Db, bounces, delivery_reads, notifications, subscribers};

use crate::store::sample::id;
use crate::support::office::{Office, UNDO, notice};
use crate::support::smtp::{Answer, Phase, SmtpServer, say};
use crate::support::{Place, each_engine, each_place};

/// Deliveries of a notification by state.
async fn counts(db: &Db, page: &Id, notification: &Id) -> Vec<(DeliveryState, i64)> {
    let mut tx = db.read().await.unwrap();
    delivery_reads::notification(&mut tx, page, notification).await.unwrap().unwrap().counts
}

async fn subscriber_state(office: &Office, subscriber: &Id) -> SubscriberState {
    let mut tx = office.db.read().await.unwrap();
    subscribers::get(&mut tx, &office.page, subscriber).await.unwrap().unwrap().state
}

async fn wish(office: &Office, subscriber: &Id, wishes: Wishes) {
    let mut tx = office.db.write().await.unwrap();
    subscribers::set_wishes(&mut tx, subscriber, &wishes, office.hand.now()).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn everybody_who_wants_to_hear_of_it_is_told_exactly_once() {
    each_engine(async |db| {
        let server = SmtpServer::good().await;
        let office = Office::open(&db, &server).await;
        office.subscribe(100).await;
        office.subscribe_to(100, "a", Some(&["api"])).await;
        office.subscribe_to(100, "w", Some(&["web"])).await;
        let others = office.subscribe_to(3, "o", None).await;
        let wishes = Wishes::default;
        wish(&office, &others[0], Wishes { kinds: vec![SubscribedKind::Maintenances], ..wishes() }).await;
        wish(&office, &others[1], Wishes { severity_floor: Impact::Critical, ..wishes() }).await;
        wish(&office, &others[2], Wishes { severity_floor: Impact::Major, ..wishes() }).await;
        let told = office.tell_opened(notice("inc")).await;
        office.drain().await;
        let mut expected: Vec<String> = (0..100).flat_map(|n| [format!("r{n}@example.test"), format!("a{n}@example.test")]).collect();
        expected.push("o2@example.test".to_owned());
        expected.sort();
        assert_eq!(server.recipients(), expected);
        assert_eq!(counts(&db, &office.page, &told).await, [(DeliveryState::Sent, 201)]);
        office.drain().await;
        assert_eq!(server.mails().len(), 201, "a second round finds nothing");
        assert!(server.most_at_once() <= 4);
        // Without components it concerns everyone.
        office.tell_opened(IncidentNotice { components: Vec::new(), ..notice("all") }).await;
        office.drain().await;
        assert_eq!(server.mails().len(), 201 + 301);
    })
    .await;
}

#[tokio::test]
async fn lists_longer_than_a_chunk_are_told_whole() {
    each_engine(async |db| {
        let server = SmtpServer::good().await;
        let office = Office::open(&db, &server).await;
        office.subscribe(1_001).await;
        office.tell_opened(notice("inc")).await;
        office.drain().await;
        let mut recipients = server.recipients();
        assert_eq!(recipients.len(), 1_001);
        recipients.dedup();
        assert_eq!(recipients.len(), 1_001);
    })
    .await;
}

#[tokio::test]
async fn who_confirms_after_it_was_written_is_not_told() {
    each_engine(async |db| {
        let server = SmtpServer::good().await;
        let office = Office::open(&db, &server).await;
        office.subscribe(1).await;
        office.tell(NotificationKind::IncidentOpened, notice("inc")).await;
        office.hand.advance(TimeDelta::seconds(1));
        let mut tx = db.write().await.unwrap();
        subscribers::insert(&mut tx, &office.page, &id("late"), Channel::Email, "late@example.test", office.hand.now()).await.unwrap();
        assert!(subscribers::confirm(&mut tx, &id("late"), None, office.hand.now()).await.unwrap());
        tx.commit().await.unwrap();
        office.hand.advance(UNDO);
        office.drain().await;
        assert_eq!(server.recipients(), ["r0@example.test"]);
    })
    .await;
}

#[tokio::test]
async fn nobody_is_told_while_it_can_be_taken_back_nor_afterwards() {
    each_engine(async |db| {
        let server = SmtpServer::good().await;
        let office = Office::open(&db, &server).await;
        office.subscribe(5).await;
        office.tell(NotificationKind::IncidentOpened, notice("inc")).await;
        office.hand.advance(UNDO - TimeDelta::seconds(1));
        office.drain().await;
        assert!(server.mails().is_empty());
        let mut tx = db.write().await.unwrap();
        assert!(notifications::cancel_of_update(&mut tx, &office.page, &id("incu"), office.hand.now()).await.unwrap());
        tx.commit().await.unwrap();
        office.hand.advance(UNDO);
        office.drain().await;
        assert!(server.mails().is_empty());
    })
    .await;
}

#[tokio::test]
async fn who_leaves_in_the_middle_hears_no_more() {
    // The relay is slow, so that most of the list is still to be told when everybody leaves.
    each_engine(async |db| {
        let server = SmtpServer::scripted(|at| {
            if at.phase == Phase::Content { Answer::Late(std::time::Duration::from_millis(20)) } else { Answer::Usual }
        })
        .await;
        let office = Office::open(&db, &server).await;
        let all = office.subscribe(200).await;
        let told = office.tell_opened(notice("inc")).await;
        let leaving = async {
            while server.mails().len() < 10 {
                tokio::task::yield_now().await;
            }
            let mut tx = db.write().await.unwrap();
            for one in &all {
                subscribers::unsubscribe(&mut tx, one, office.hand.now()).await.unwrap();
            }
            tx.commit().await.unwrap();
            server.mails().len()
        };
        let ((), before) = tokio::join!(office.drain(), leaving);
        let after = server.mails().len();
        // Those for whom DATA had begun, one per connection, cannot be called back.
        assert!(after <= before + 4, "{before} before, {after} after");
        assert_eq!(office.depth().await, 0);
        let counts = counts(&db, &office.page, &told).await;
        assert!(counts.contains(&(DeliveryState::Sent, i64::try_from(after).unwrap())), "{counts:?}");
        assert!(counts.contains(&(DeliveryState::Cancelled, i64::try_from(200 - after).unwrap())), "{counts:?}");
    })
    .await;
}

#[tokio::test]
async fn what_passes_by_itself_is_tried_again_and_given_up_after_two_days() {
    each_engine(async |db| {
        let server = SmtpServer::scripted(|at| if at.phase == Phase::Rcpt { say("450 4.2.0 greylisted") } else { Answer::Usual }).await;
        let office = Office::open(&db, &server).await;
        let all = office.subscribe(1).await;
        let told = office.tell_opened(notice("inc")).await;
        office.drain().await;
        assert_eq!(office.depth().await, 1);
        office.drain().await;
        let attempts = async || {
            let mut tx = db.read().await.unwrap();
            delivery_reads::deliveries(&mut tx, &told, 10, 0).await.unwrap().remove(0).attempts
        };
        assert_eq!(attempts().await, 1, "not before its time");
        office.hand.advance(TimeDelta::seconds(73));
        office.drain().await;
        assert_eq!(attempts().await, 2);
        for _ in 0..60 {
            office.hand.advance(TimeDelta::hours(1));
            office.drain().await;
        }
        assert_eq!(counts(&db, &office.page, &told).await, [(DeliveryState::Failed, 1)]);
        assert!((9..=14).contains(&attempts().await), "{}", attempts().await);
        assert_eq!(subscriber_state(&office, &all[0]).await, SubscriberState::Active, "a slow relay is not their fault");
    })
    .await;
}

#[tokio::test]
async fn what_was_written_a_week_before_it_is_told_is_tried_again_as_anything_else_is() {
    each_engine(async |db| {
        let asked = AtomicUsize::new(0);
        let server = SmtpServer::scripted(move |at| match at.phase {
            Phase::Rcpt if asked.fetch_add(1, SeqCst) == 0 => say("450 4.7.1 come back later"),
            _ => Answer::Usual,
        })
        .await;
        let office = Office::open(&db, &server).await;
        office.subscribe(1).await;
        let week = TimeDelta::days(7);
        let told = office.tell_after(week, NotificationKind::IncidentOpened, notice("inc")).await;
        office.drain().await;
        assert_eq!(server.recipients().len(), 0, "its time has not come");
        office.hand.advance(week);
        office.drain().await;
        assert_eq!(counts(&db, &office.page, &told).await, [(DeliveryState::Pending, 1)]);
        office.hand.advance(TimeDelta::minutes(2));
        office.drain().await;
        assert_eq!(server.recipients(), ["r0@example.test"]);
    })
    .await;
}

#[tokio::test]
async fn who_does_not_exist_is_told_no_more_and_of_who_is_full_it_is_noted_once_it_was_given_up() {
    each_engine(async |db| {
        let server = SmtpServer::scripted(|at| match (at.phase, at.to.as_str()) {
            (Phase::Rcpt, "r0@example.test") => say("550 5.1.1 <r0@example.test> nobody here"),
            (Phase::Rcpt, "r1@example.test") => say("552 5.2.2 mailbox full"),
            (Phase::Content, "r2@example.test") => say("554 5.6.0 not like this"),
            _ => Answer::Usual,
        })
        .await;
        let office = Office::open(&db, &server).await;
        let all = office.subscribe(4).await;
        let told = office.tell_opened(notice("inc")).await;
        office.drain().await;
        assert_eq!(server.recipients(), ["r3@example.test"]);
        let states = async || {
            let mut states = Vec::new();
            for one in &all {
                states.push(subscriber_state(&office, one).await);
            }
            states
        };
        use SubscriberState::{Active, Quarantined};
        assert_eq!(states().await, [Quarantined, Active, Active, Active]);
        let expected = [(DeliveryState::Failed, 2), (DeliveryState::Pending, 1), (DeliveryState::Sent, 1)];
        assert_eq!(counts(&db, &office.page, &told).await, expected);
        let mut tx = db.read().await.unwrap();
        let reads = delivery_reads::deliveries(&mut tx, &told, 10, 0).await.unwrap();
        drop(tx);
        let replies: Vec<_> = reads.iter().filter_map(|read| read.reply.clone()).collect();
        assert!(replies.contains(&"550 5.1.1 …@… nobody here".to_owned()), "{replies:?}");
        for _ in 0..60 {
            office.hand.advance(TimeDelta::hours(1));
            office.drain().await;
        }
        assert_eq!(states().await, [Quarantined, Active, Active, Active], "one notice that was not taken is not enough");
        let mut tx = db.read().await.unwrap();
        assert_eq!(bounces::soft(&mut tx, &all[1]).await.unwrap().len(), 1, "but it counts");
    })
    .await;
}

#[tokio::test]
async fn a_relay_that_refuses_us_stops_the_sender_and_not_the_subscribers() {
    each_engine(async |db| {
        let (refused, blocked) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(true)));
        let (times, still) = (refused.clone(), blocked.clone());
        let server = SmtpServer::scripted(move |at| {
            if at.phase != Phase::Rcpt || !still.load(SeqCst) {
                return Answer::Usual;
            }
            times.fetch_add(1, SeqCst);
            say("550 5.7.1 not from here")
        })
        .await;
        let office = Office::open(&db, &server).await;
        let all = office.subscribe(50).await;
        office.tell_opened(notice("inc")).await;
        office.drain().await;
        assert!((1..=4).contains(&refused.load(SeqCst)), "{} tries with four connections", refused.load(SeqCst));
        assert_eq!(office.depth().await, 50);
        blocked.store(false, SeqCst);
        for one in &all {
            assert_eq!(subscriber_state(&office, one).await, SubscriberState::Active);
        }
        office.hand.advance(REFUSED_PAUSE);
        office.drain().await;
        assert_eq!(server.recipients().len(), 50);
    })
    .await;
}

#[tokio::test]
async fn a_relay_that_is_away_is_not_asked_once_for_every_mail() {
    each_engine(async |db| {
        let away = Arc::new(AtomicBool::new(true));
        let still = away.clone();
        let server =
            SmtpServer::scripted(move |at| if at.phase == Phase::Greeting && still.load(SeqCst) { Answer::Close } else { Answer::Usual })
                .await;
        let office = Office::open(&db, &server).await;
        office.subscribe(50).await;
        office.tell_opened(notice("inc")).await;
        office.drain().await;
        office.drain().await;
        assert!((1..=4).contains(&server.connections()), "{} connections", server.connections());
        assert_eq!(office.depth().await, 50);
        away.store(false, SeqCst);
        office.hand.advance(AWAY_PAUSE);
        office.drain().await;
        office.hand.advance(TimeDelta::minutes(2));
        office.drain().await;
        assert_eq!(server.recipients().len(), 50);
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_was_lost_is_asked_for_once_more_under_the_same_name() {
    each_place(async |place: &Place| {
        let db = place.open().await;
        let server = SmtpServer::scripted(|at| if at.phase == Phase::Content { Answer::TakeAndClose } else { Answer::Usual }).await;
        let office = Office::open(&db, &server).await;
        office.subscribe(1).await;
        let told = office.tell_opened(notice("inc")).await;
        office.drain().await;
        office.hand.advance(TimeDelta::minutes(2));
        office.drain().await;
        assert_eq!(counts(&db, &office.page, &told).await, [(DeliveryState::Unknown, 1)]);
        office.hand.advance(TimeDelta::hours(10));
        office.drain().await;
        let ids: Vec<String> = server.mails().iter().map(|mail| mail.message_id()).collect();
        assert_eq!(ids.len(), 2, "once more, and no more than that");
        assert_eq!(ids[0], ids[1]);
        assert_eq!(place.texts("select state from deliveries where maybe_duplicate").await, ["unknown"]);
        db.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_newer_message_takes_the_place_of_one_that_was_not_sent_yet() {
    each_engine(async |db| {
        let server =
            SmtpServer::scripted(|at| if at.mail <= 1 && at.phase == Phase::Rcpt { say("450 4.0.0 later") } else { Answer::Usual }).await;
        let office = Office::open(&db, &server).await;
        office.subscribe(2).await;
        let first = office.tell_opened(notice("inc")).await;
        office.drain().await;
        assert_eq!(server.mails().len(), 1);
        office.hand.advance(TimeDelta::seconds(30));
        let second = IncidentNotice { update_id: id("second"), previous: Some(first.clone()), ..notice("inc") };
        office.tell(NotificationKind::IncidentUpdated, second).await;
        office.hand.advance(TimeDelta::minutes(5));
        office.drain().await;
        assert_eq!(server.mails().len(), 3, "both hear of the second, the one who missed the first does not hear of it any more");
        assert_eq!(counts(&db, &office.page, &first).await, [(DeliveryState::Cancelled, 1), (DeliveryState::Sent, 1)]);
    })
    .await;
}

#[tokio::test]
async fn a_courier_that_is_gone_is_followed_by_another_and_its_mails_keep_their_names() {
    each_place(async |place: &Place| {
        let db = place.open().await;
        let server = SmtpServer::good().await;
        let office = Office::open(&db, &server).await;
        office.subscribe(3).await;
        office.tell_opened(notice("inc")).await;
        // What a courier leaves behind that was killed between the relay's yes and its own note of it.
        office.drain().await;
        place.meddle("update deliveries set state = 'sending', owner = 'gone', lease_until = run_at, finished_at = null").await;
        office.hand.advance(server::actions::outbox::LEASE);
        office.drain().await;
        let mails = server.mails();
        assert_eq!(mails.len(), 6);
        for (first, second) in mails.iter().zip(&mails).filter(|(first, second)| first.to == second.to) {
            assert_eq!(first.message_id(), second.message_id());
        }
        let mut ids: Vec<String> = mails.iter().map(|mail| mail.message_id()).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 3, "a second try carries the name of the first");
        assert_eq!(place.texts("select state from deliveries where maybe_duplicate").await, ["sent"; 3]);
        db.close().await;
    })
    .await;
}

#[tokio::test]
async fn without_a_relay_nothing_is_sent_and_nothing_is_lost() {
    each_engine(async |db| {
        let server = SmtpServer::good().await;
        let office = Office::open(&db, &server).await;
        office.subscribe(1).await;
        office.tell_opened(notice("inc")).await;
        let config = server::config::Config::from_sources(None, []).unwrap();
        let mute = server::workers::Courier::new(db.clone(), office.clock.clone(), &config, Arc::default(), &Default::default());
        Arc::new(mute).drain().await.unwrap();
        office.drain().await;
        assert_eq!(server.recipients(), ["r0@example.test"]);
    })
    .await;
}
