//! Mails that come back: from the relay to the hook, and what becomes of the subscriber.

mod forged;
mod hook;
mod requeue;
mod staff;

use app::words::{DeliveryState, Id, NotificationKind, Subscriber, SubscriberState, TokenRole};
use chrono::TimeDelta;
use server::actions::notify::{self, About};
use server::actions::people::tokens;
use server::actions::{Act, Actor};
use server::domain::notice::Notice;
use server::secret::Purpose;
use server::store::{audit, delivery_reads};

use crate::support::Engine;
use crate::support::app::{Reply, TestApp};
use crate::support::office::{UNDO, notice};
use crate::support::reports::{Dsn, complaint};
use crate::support::smtp::{Answer, Moment, SmtpServer};

const ANNA: &str = "anna@example.test";
const BERT: &str = "bert@example.test";

/// A service with a relay, and the program that hands in what comes back.
struct Post {
    app: TestApp,
    relay: SmtpServer,
    /// Of that program.
    token: String,
}

/// Runs a test on a service with a good relay on each engine.
async fn each_post(test: impl AsyncFn(&Post)) {
    for engine in Engine::ALL {
        let post = Post::open(engine, |_| Answer::Usual).await;
        test(&post).await;
        post.app.end().await;
    }
}

impl Post {
    async fn open(engine: Engine, script: impl Fn(&Moment) -> Answer + Send + Sync + 'static) -> Self {
        let relay = SmtpServer::scripted(script).await;
        let settings = [
            ("ALLCLEAR_SMTP_URL", &*relay.url()),
            ("ALLCLEAR_MAIL_FROM", "Example Status <status@example.test>"),
            ("ALLCLEAR_MAIL_BOUNCES", "bounces@example.test"),
            ("ALLCLEAR_SMTP_RATE", "0"),
        ];
        let app = TestApp::with(engine, &settings).await;
        let token = app.bounces_token().await;
        Self { app, relay, token }
    }

    /// Writes that an incident began, and sends it to everybody who hears of it.
    async fn tell(&self, word: &str) -> Id {
        let told = self.write(word).await;
        self.app.hand.advance(UNDO);
        self.app.send_mails().await;
        told
    }

    async fn write(&self, word: &str) -> Id {
        let page = self.app.page().await.id;
        let notice = notice(word);
        let (incident, update) = (notice.incident_id.clone(), notice.update_id.clone());
        let about = About { subject_kind: "incident", subject_id: &incident, update_id: Some(&update) };
        let mut tx = self.app.db.write().await.unwrap();
        let kind = NotificationKind::IncidentOpened;
        let told = notify::subscribers(&mut tx, &page, kind, about, Notice::Incident(notice), self.app.hand.now(), UNDO).await.unwrap();
        tx.commit().await.unwrap();
        told
    }

    /// The address that the last mail to somebody comes back to.
    fn returns_to(&self, recipient: &str) -> String {
        self.relay.mails().into_iter().rev().find(|mail| mail.to == recipient).expect("they got a mail").from
    }

    async fn hand_in(&self, mail: Vec<u8>) -> Reply {
        self.app.hand_in(&self.token, mail).await
    }

    /// Hands a report in that is taken, and says so.
    async fn taken(&self, mail: Vec<u8>, says: &str) {
        let reply = self.hand_in(mail).await;
        assert!(reply.status == 200 && reply.text().starts_with(says), "{}: {}", reply.status, reply.text());
    }

    async fn state(&self, email: &str) -> SubscriberState {
        self.subscriber(email).await.state
    }

    async fn subscriber(&self, email: &str) -> Subscriber {
        self.app.subscriber(email).await.expect("they are there")
    }

    async fn counts(&self, told: &Id) -> Vec<(DeliveryState, i64)> {
        let page = self.app.page().await.id;
        let mut tx = self.app.db.read().await.unwrap();
        delivery_reads::notification(&mut tx, &page, told).await.unwrap().expect("it is there").counts
    }

    /// What the audit says of deliveries and of those who are told no more, in the order of its words.
    async fn audited(&self) -> Vec<(String, String)> {
        let page = self.app.page().await.id;
        let mut tx = self.app.db.read().await.unwrap();
        let entries = audit::newest(&mut tx, &page, None, 1_000).await.unwrap();
        let about = ["delivery.bounce", "delivery.requeue", "subscriber.quarantine", "subscriber.unsubscribe"];
        let said = entries.into_iter().filter(|entry| about.contains(&entry.action.as_str()));
        let mut said: Vec<_> = said.map(|entry| (entry.action, entry.detail.unwrap_or_default())).collect();
        said.sort();
        said
    }
}

impl TestApp {
    /// Makes a token for a program that hands in what comes back.
    async fn bounces_token(&self) -> String {
        let page = self.page().await;
        let system = Actor::system();
        let act = Act { db: &self.db, actor: &system, now: self.hand.now(), undo: TimeDelta::zero() };
        tokens::create(act, &page.id, "the mail server", TokenRole::Bounces, None).await.expect("it is made").1
    }

    async fn hand_in(&self, token: &str, mail: Vec<u8>) -> Reply {
        self.send("POST", &format!("/hooks/bounces/{token}"), &[("content-type", "message/rfc822")], mail).await
    }
}

fn said(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter().map(|(action, detail)| ((*action).to_owned(), (*detail).to_owned())).collect()
}

#[tokio::test]
async fn every_mail_comes_back_to_an_address_of_its_own_and_is_from_the_sender() {
    each_post(async |post| {
        post.app.subscribe(ANNA).await;
        post.app.send_mails().await;
        post.app.subscribed(BERT).await;
        post.tell("inc").await;
        post.tell("two").await;
        let mails = post.relay.mails();
        assert_eq!(mails.len(), 3, "a request to confirm and two notices");
        let mut addresses: Vec<String> = mails.iter().map(|mail| mail.from.clone()).collect();
        for (mail, address) in mails.iter().zip(&addresses) {
            let (local, domain) = address.split_once('@').unwrap();
            assert!(local.starts_with("bounces+b-") && local.len() <= 64 && domain == "example.test", "{address}");
            assert_eq!(*address, address.to_lowercase());
            assert!(mail.header("From").ends_with("<status@example.test>"), "{}", mail.header("From"));
            assert!(!mail.raw.contains("bounces+"), "the address is for servers, not for readers");
        }
        addresses.sort();
        addresses.dedup();
        assert_eq!(addresses.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_second_try_of_a_mail_comes_back_to_the_same_address() {
    use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
    let first = AtomicBool::new(true);
    let post = Post::open(Engine::Sqlite, move |at| {
        let lost = at.phase == crate::support::smtp::Phase::Content && first.swap(false, SeqCst);
        if lost { Answer::TakeAndClose } else { Answer::Usual }
    })
    .await;
    post.app.subscribed(ANNA).await;
    post.tell("inc").await;
    post.app.hand.advance(TimeDelta::minutes(2));
    post.app.send_mails().await;
    let mails = post.relay.mails();
    assert_eq!(mails.len(), 2, "the answer to the first was lost");
    assert_eq!(mails[0].from, mails[1].from);
    post.app.end().await;
}

#[tokio::test]
async fn an_address_that_does_not_exist_is_told_no_more_until_it_confirms_anew() {
    each_post(async |post| {
        post.app.subscribed(ANNA).await;
        post.app.subscribed(BERT).await;
        let told = post.tell("inc").await;
        let report = Dsn::hard(&post.returns_to(ANNA), ANNA).mail();
        // A second notice waits while the report arrives.
        let waiting = post.write("two").await;
        post.app.hand.advance(UNDO);
        while server::actions::outbox::expand(&post.app.db, post.app.hand.now()).await.unwrap() {}
        post.taken(report.clone(), "Noted: the address takes no mail.").await;
        let anna = post.subscriber(ANNA).await;
        assert_eq!((anna.state, anna.quarantined_at), (SubscriberState::Quarantined, Some(post.app.hand.now())));
        assert_eq!(anna.quarantine_reason.as_deref(), Some("hard_bounce"));
        assert_eq!(anna.quarantine_reply.as_deref(), Some("5.1.1 550 5.1.1 User unknown"));
        assert_eq!(post.state(BERT).await, SubscriberState::Active);
        assert_eq!(post.counts(&told).await, [(DeliveryState::Bounced, 1), (DeliveryState::Sent, 1)]);
        assert_eq!(post.counts(&waiting).await, [(DeliveryState::Cancelled, 1), (DeliveryState::Pending, 1)]);
        let once = said(&[("delivery.bounce", "hard_bounce 5.1.1"), ("subscriber.quarantine", "hard_bounce")]);
        assert_eq!(post.audited().await, once);

        post.taken(report.clone(), "This was reported before.").await;
        assert_eq!(post.audited().await, once, "twice is the same as once");
        post.app.send_mails().await;
        assert_eq!(post.relay.mails().last().unwrap().to, BERT);

        let admin = post.app.owner().await;
        let consented = [("email", ANNA), ("about", "all"), ("kinds", "incidents"), ("consented", "on")];
        assert_eq!(admin.post_form("/staff/subscribers", &consented).await.status, 422, "staff cannot bring them back");
        post.app.hand.advance(TimeDelta::days(1));
        assert_eq!(post.app.subscribed(ANNA).await.state, SubscriberState::Active);
        assert_eq!(post.subscriber(ANNA).await.quarantine_reply, None);
        post.taken(report, "This was reported before.").await;
        assert_eq!(post.state(ANNA).await, SubscriberState::Active, "an old report does not undo it");
    })
    .await;
}

#[tokio::test]
async fn a_late_report_of_a_mail_from_before_they_confirmed_anew_changes_nothing_for_them() {
    each_post(async |post| {
        post.app.subscribed(ANNA).await;
        post.tell("inc").await;
        let first = post.returns_to(ANNA);
        post.tell("two").await;
        let second = post.returns_to(ANNA);
        post.taken(Dsn::hard(&first, ANNA).mail(), "Noted").await;
        post.app.hand.advance(TimeDelta::days(1));
        post.app.subscribed(ANNA).await;
        post.taken(Dsn::hard(&second, ANNA).mail(), "Noted").await;
        assert_eq!(post.state(ANNA).await, SubscriberState::Active);
        post.tell("three").await;
        post.taken(Dsn::hard(&post.returns_to(ANNA), ANNA).mail(), "Noted").await;
        assert_eq!(post.state(ANNA).await, SubscriberState::Quarantined);
    })
    .await;
}

#[tokio::test]
async fn a_full_mailbox_is_forgiven_until_five_notices_over_two_weeks_came_back() {
    each_post(async |post| {
        post.app.subscribed(ANNA).await;
        post.app.subscribed(BERT).await;
        for number in 0..5 {
            if number > 0 {
                post.app.hand.advance(TimeDelta::days(4));
            }
            let told = post.tell(&format!("inc{number}")).await;
            let (anna, bert) = (post.returns_to(ANNA), post.returns_to(BERT));
            // First that it is late, then that it was given up, and that twice.
            let late = Dsn { action: "delayed", status: "4.2.2", ..Dsn::full(&anna, ANNA) };
            post.taken(late.mail(), "Noted: the mailbox did not take the mail.").await;
            assert_eq!(post.counts(&told).await, [(DeliveryState::Sent, 2)], "it may still arrive");
            post.taken(Dsn::full(&anna, ANNA).mail(), "Noted").await;
            post.taken(Dsn::full(&anna, ANNA).mail(), "This was reported before.").await;
            assert_eq!(post.counts(&told).await, [(DeliveryState::Bounced, 1), (DeliveryState::Sent, 1)]);
            if number < 4 {
                assert_eq!(post.state(ANNA).await, SubscriberState::Active, "after {}", number + 1);
            }
            let slow = Dsn { action: "failed", status: "4.4.1", ..Dsn::full(&bert, BERT) };
            if number != 2 {
                post.taken(slow.mail(), "Noted").await;
            }
        }
        let anna = post.subscriber(ANNA).await;
        assert_eq!((anna.state, anna.quarantine_reason.as_deref()), (SubscriberState::Quarantined, Some("soft_bounce")));
        assert_eq!(post.state(BERT).await, SubscriberState::Active, "four of five");
    })
    .await;
}

#[tokio::test]
async fn many_full_days_in_a_row_are_a_holiday() {
    each_post(async |post| {
        post.app.subscribed(ANNA).await;
        for number in 0..10 {
            post.tell(&format!("inc{number}")).await;
            post.taken(Dsn::full(&post.returns_to(ANNA), ANNA).mail(), "Noted").await;
            post.app.hand.advance(TimeDelta::days(1));
        }
        assert_eq!(post.state(ANNA).await, SubscriberState::Active);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_the_subscribers_fault_is_noted_and_leaves_them_alone() {
    each_post(async |post| {
        post.app.subscribed(ANNA).await;
        for (number, (status, says)) in [
            ("5.7.1", "Noted: mail from us is not wanted there."),
            ("5.6.0", "Noted: this mail was not taken."),
            ("5.1.8", "Noted: this mail"),
        ]
        .into_iter()
        .enumerate()
        {
            let told = post.tell(&format!("inc{number}")).await;
            let to = post.returns_to(ANNA);
            let report = Dsn { status, diagnostic: "smtp; 550 no", ..Dsn::hard(&to, ANNA) };
            post.taken(report.mail(), says).await;
            assert_eq!(post.counts(&told).await, [(DeliveryState::Bounced, 1)]);
            let arrived = Dsn { action: "delivered", status: "2.1.5", ..Dsn::hard(&to, ANNA) };
            post.taken(arrived.mail(), "Ignored: nothing came back.").await;
        }
        assert_eq!(post.state(ANNA).await, SubscriberState::Active);
    })
    .await;
}

#[tokio::test]
async fn who_complains_hears_no_more() {
    each_post(async |post| {
        post.app.subscribed(ANNA).await;
        post.app.subscribed(BERT).await;
        let told = post.tell("inc").await;
        let (anna, bert) = (post.returns_to(ANNA), post.returns_to(BERT));
        post.taken(complaint("not-spam", &anna, ANNA), "Ignored: nothing came back.").await;
        post.taken(complaint("abuse", &bert, "redacted@example.test"), "Ignored: the report names another recipient").await;
        assert_eq!(post.audited().await, []);
        post.taken(complaint("abuse", &anna, ANNA), "Noted: the subscriber complained").await;
        post.taken(complaint("abuse", &anna, ANNA), "This was reported before.").await;
        let known = post.subscriber(ANNA).await;
        assert_eq!((known.state, known.quarantine_reason.as_deref()), (SubscriberState::Unsubscribed, Some("complaint")));
        assert!(known.unsubscribed_at.is_some() && known.is_suppressed());
        assert_eq!(post.counts(&told).await, [(DeliveryState::Sent, 2)], "it did arrive");
        assert_eq!(post.state(BERT).await, SubscriberState::Active);
        let expected = said(&[("delivery.bounce", "complaint"), ("subscriber.unsubscribe", "complaint")]);
        assert_eq!(post.audited().await, expected);
        post.tell("two").await;
        assert_eq!(post.relay.mails().iter().filter(|mail| mail.to == ANNA).count(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_request_to_confirm_that_comes_back_is_noted_and_the_request_lapses_as_ever() {
    each_post(async |post| {
        post.app.subscribe(ANNA).await;
        post.app.send_mails().await;
        post.taken(Dsn::hard(&post.returns_to(ANNA), ANNA).mail(), "Noted").await;
        assert_eq!(post.state(ANNA).await, SubscriberState::Pending);
        let told = post.app.notices().await.remove(0);
        assert_eq!(post.counts(&told).await, [(DeliveryState::Bounced, 1)]);
        // Whoever did not ask for it and says so is not asked by a stranger's whim for long: the link is dead at once.
        post.app.subscribe(BERT).await;
        post.app.send_mails().await;
        let asked = post.subscriber(BERT).await;
        post.taken(complaint("abuse", &post.returns_to(BERT), BERT), "Noted").await;
        assert_eq!(post.app.post(&post.app.link("confirm", Purpose::Confirm, &asked).await, &[]).await.status, 404);
        assert_eq!(post.state(BERT).await, SubscriberState::Unsubscribed);
    })
    .await;
}

#[tokio::test]
async fn without_the_setting_mails_come_back_to_the_sender() {
    let relay = SmtpServer::good().await;
    let url = relay.url();
    let settings = [("ALLCLEAR_SMTP_URL", url.as_str()), ("ALLCLEAR_MAIL_FROM", "status@example.test"), ("ALLCLEAR_MAIL_BOUNCES", "")];
    let app = TestApp::with(Engine::Sqlite, &settings).await;
    app.subscribe(ANNA).await;
    app.send_mails().await;
    assert_eq!(relay.mails()[0].from, "status@example.test");
    app.end().await;
}
