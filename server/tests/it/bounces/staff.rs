//! What staff see of what came back.

use app::words::{NotificationKind, RecipientKind, Role, SubscriberState};
use server::actions::notify::{self, About};
use server::domain::notice::Notice;

use super::{ANNA, BERT, each_post};
use crate::mails::others;
use crate::store::sample::id;
use crate::support::reports::{Dsn, complaint};

#[tokio::test]
async fn the_list_of_subscribers_says_who_is_suppressed_why_and_since_when() {
    each_post(async |post| {
        for address in [ANNA, BERT, "carl@example.test"] {
            post.app.subscribed(address).await;
        }
        post.tell("inc").await;
        let diagnostic = "smtp; 550 5.1.1 anna: <anna@example.test> unknown";
        post.taken(Dsn { diagnostic, ..Dsn::hard(&post.returns_to(ANNA), ANNA) }.mail(), "Noted").await;
        post.taken(complaint("abuse", &post.returns_to(BERT), BERT), "Noted").await;
        let row = async |role, address: &str| {
            let text = post.app.member(role).await.get("/staff/subscribers").await.text();
            text.split("<tr").find(|row| row.contains(address)).unwrap_or_else(|| panic!("{address} is missing in {text}")).to_owned()
        };
        let anna = row(Role::Admin, ANNA).await;
        for said in ["Not reachable", "The address takes no mail", "since", "2026-11-23T10:0", "5.1.1 550 5.1.1 anna: …@… unknown"] {
            assert!(anna.contains(said), "{said} is missing in {anna}");
        }
        let bert = row(Role::Admin, BERT).await;
        assert!(bert.contains("Left") && bert.contains("They complained about our mail"), "{bert}");
        let carl = row(Role::Admin, "carl@example.test").await;
        assert!(carl.contains("Active") && !carl.contains("since"), "{carl}");
        let seen = row(Role::Viewer, "a***@example.test").await;
        assert!(seen.contains("The address takes no mail") && !seen.contains("anna"), "the reply names them: {seen}");
        assert!(post.app.owner().await.get("/staff/subscribers?state=quarantined").await.text().contains(ANNA));
    })
    .await;
}

#[tokio::test]
async fn a_notice_says_how_many_were_accepted_came_back_or_were_not_told() {
    each_post(async |post| {
        for address in [ANNA, BERT, "carl@example.test"] {
            post.app.subscribed(address).await;
        }
        post.app.subscribe("dora@example.test").await;
        let first = post.tell("inc").await;
        post.taken(Dsn::hard(&post.returns_to(ANNA), ANNA).mail(), "Noted").await;
        post.taken(complaint("abuse", &post.returns_to(BERT), BERT), "Noted").await;
        let second = post.tell("two").await;
        let third = post.write("three").await;
        post.app.hand.advance(crate::support::office::UNDO);
        while server::actions::outbox::expand(&post.app.db, post.app.hand.now()).await.unwrap() {}
        let owner = post.app.owner().await;
        let list = owner.get("/staff/deliveries").await.text();
        let row = |told: &app::words::Id| list.split("<tr").find(|row| row.contains(told.as_str())).expect("it is listed");
        assert!(row(&first).contains("1 bounced, 2 accepted, 1 unconfirmed"), "{}", row(&first));
        assert!(row(&second).contains("1 accepted, 2 suppressed, 1 unconfirmed"), "{}", row(&second));
        assert!(row(&third).contains("1 queued, 2 suppressed, 1 unconfirmed"), "{}", row(&third));

        let one = owner.get(&format!("/staff/deliveries/{first}")).await.text();
        let anna = one.split("<tr").find(|row| row.contains(ANNA)).unwrap();
        for said in ["Bounced", "250 2.0.0 taken", "Bounced after acceptance", "The address takes no mail: 5.1.1 550 5.1.1 User unknown"] {
            assert!(anna.contains(said), "{said} is missing in {anna}");
        }
        let bert = one.split("<tr").find(|row| row.contains(BERT)).unwrap();
        assert!(bert.contains("Accepted") && bert.contains("Reported after acceptance") && bert.contains("our mail: abuse"), "{bert}");
        let viewer = post.app.member(Role::Viewer).await.get(&format!("/staff/deliveries/{first}")).await.text();
        assert!(viewer.contains("The address takes no mail") && !viewer.contains("User unknown"), "{viewer}");
    })
    .await;
}

#[tokio::test]
async fn a_mail_to_staff_that_comes_back_is_noted_and_shuts_nobody_out() {
    each_post(async |post| {
        let owner = post.app.owner().await;
        let page = post.app.page().await.id;
        let mut tx = post.app.db.write().await.unwrap();
        let member = server::store::staff::by_email(&mut tx, &page, &owner.email).await.unwrap().unwrap().member;
        let subject = id("task");
        let about = About { subject_kind: "maintenance", subject_id: &subject, update_id: None };
        let to = [(RecipientKind::Staff, member.id)];
        let task = Notice::Task(others::task());
        let told = notify::people(&mut tx, &page, NotificationKind::StaffTask, about, task, &to, post.app.hand.now()).await.unwrap();
        tx.commit().await.unwrap();
        post.app.send_mails().await;
        post.taken(Dsn::hard(&post.returns_to(&owner.email), &owner.email).mail(), "Noted").await;
        assert!(owner.get(&format!("/staff/deliveries/{told}")).await.text().contains("Bounced after acceptance"));
        assert_eq!(post.audited().await, super::said(&[("delivery.bounce", "hard_bounce 5.1.1")]));
    })
    .await;
}

#[tokio::test]
async fn what_the_relay_refuses_at_once_is_shown_like_what_comes_back() {
    use crate::support::Engine;
    use crate::support::smtp::{Answer, Phase, say};
    for engine in Engine::ALL {
        let post = super::Post::open(engine, |at| match (at.phase, at.to.as_str()) {
            (Phase::Rcpt, ANNA) if at.mail > 1 => say("550 5.1.1 <anna@example.test> nobody here"),
            _ => Answer::Usual,
        })
        .await;
        post.app.subscribed(ANNA).await;
        post.tell("inc").await;
        post.tell("two").await;
        let anna = post.subscriber(ANNA).await;
        assert_eq!((anna.state, anna.quarantine_reason.as_deref()), (SubscriberState::Quarantined, Some("hard_bounce")));
        assert_eq!(anna.quarantine_reply.as_deref(), Some("550 5.1.1 …@… nobody here"));
        let list = post.app.owner().await.get("/staff/subscribers").await.text();
        assert!(list.contains("The address takes no mail") && list.contains("550 5.1.1 …@… nobody here"), "{list}");
        post.app.end().await;
    }
}
