//! Deliveries that were given up are tried again by hand: never those that were accepted, and never to those who may not be told.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

use app::words::{DeliveryState, Role};
use chrono::TimeDelta;

use super::{ANNA, BERT, Post, said};
use crate::exports::cells;
use crate::support::Engine;
use crate::support::reports::Dsn;
use crate::support::smtp::{Answer, Phase, say};

const CARL: &str = "carl@example.test";

/// A relay that does not like one mail to everybody but Carl, until it is mended.
async fn picky(engine: Engine) -> (Post, Arc<AtomicBool>) {
    let mended = Arc::new(AtomicBool::new(false));
    let now = mended.clone();
    let post = Post::open(engine, move |at| {
        let refused = at.phase == Phase::Content && at.to != CARL && !now.load(SeqCst);
        if refused { say("554 5.6.0 not like this") } else { Answer::Usual }
    })
    .await;
    for address in [ANNA, BERT, CARL] {
        post.app.subscribed(address).await;
    }
    (post, mended)
}

#[tokio::test]
async fn one_that_failed_is_tried_again_or_all_of_a_notice() {
    for engine in Engine::ALL {
        let (post, mended) = picky(engine).await;
        let told = post.tell("inc").await;
        assert_eq!(post.counts(&told).await, [(DeliveryState::Failed, 2), (DeliveryState::Sent, 1)]);
        let responder = post.app.member(Role::Responder).await;
        let here = format!("/staff/deliveries/{told}");
        let page = responder.get(&here).await.text();
        assert!(page.contains("554 5.6.0 not like this") || page.contains("rejected"), "the last answer stands there: {page}");
        let anna = post.subscriber(ANNA).await.id;
        let (one, all) = (format!("{here}/{anna}/requeue"), format!("{here}/requeue"));
        assert!(page.contains(&format!("action=\"{one}\"")) && page.contains(&format!("action=\"{all}\"")), "{page}");

        mended.store(true, SeqCst);
        let done = responder.post_form(&one, &[]).await;
        assert_eq!((done.status, done.header("location")), (303, here.as_str()));
        assert!(responder.get(&here).await.text().contains("1 is tried again."));
        post.app.send_mails().await;
        assert_eq!(post.counts(&told).await, [(DeliveryState::Failed, 1), (DeliveryState::Sent, 2)]);
        assert_eq!(responder.post_form(&all, &[]).await.status, 303);
        post.app.send_mails().await;
        assert_eq!(post.counts(&told).await, [(DeliveryState::Sent, 3)]);
        assert_eq!(post.relay.recipients(), [ANNA, BERT, CARL], "each got it once");
        let carl = post.subscriber(CARL).await.id;
        for path in [&all, &one, &format!("{here}/{carl}/requeue")] {
            assert_eq!(responder.post_form(path, &[]).await.status, 303);
            assert!(responder.get(&here).await.text().contains("There is nothing to try again"), "{path}");
        }
        post.app.send_mails().await;
        assert_eq!(post.relay.mails().len(), 3);
        let page = responder.get(&here).await.text();
        assert!(!page.contains("/requeue"), "nothing failed, so nothing is offered: {page}");
        assert_eq!(post.audited().await, said(&[("delivery.requeue", "1 tried again"), ("delivery.requeue", "1 tried again")]));
        post.app.end().await;
    }
}

#[tokio::test]
async fn who_is_suppressed_or_left_is_not_told_again() {
    for engine in Engine::ALL {
        let (post, mended) = picky(engine).await;
        let told = post.tell("inc").await;
        mended.store(true, SeqCst);
        post.tell("two").await;
        post.taken(Dsn::hard(&post.returns_to(ANNA), ANNA).mail(), "Noted").await;
        let owner = post.app.owner().await;
        let bert = post.subscriber(BERT).await;
        let leave = post.app.link("unsubscribe", server::secret::Purpose::Unsubscribe, &bert).await;
        assert_eq!(post.app.post(&leave, &[]).await.status, 200);
        owner.post_form(&format!("/staff/deliveries/{told}/requeue"), &[]).await;
        assert!(owner.get(&format!("/staff/deliveries/{told}")).await.text().contains("There is nothing to try again"));
        assert_eq!(post.counts(&told).await, [(DeliveryState::Failed, 2), (DeliveryState::Sent, 1)], "and it still says that it failed");
        post.app.end().await;
    }
}

#[tokio::test]
async fn what_failed_for_good_after_two_days_gets_one_more_try() {
    let away = Arc::new(AtomicBool::new(true));
    let still = away.clone();
    let post =
        Post::open(
            Engine::Sqlite,
            move |at| {
                if at.phase == Phase::Rcpt && still.load(SeqCst) { say("450 4.2.0 greylisted") } else { Answer::Usual }
            },
        )
        .await;
    post.app.subscribed(ANNA).await;
    let told = post.tell("inc").await;
    for _ in 0..60 {
        post.app.hand.advance(TimeDelta::hours(1));
        post.app.send_mails().await;
    }
    assert_eq!(post.counts(&told).await, [(DeliveryState::Failed, 1)]);
    away.store(false, SeqCst);
    let owner = post.app.owner().await;
    let failed = owner.get("/staff/deliveries?failed=on").await.text();
    assert!(failed.contains(told.as_str()), "it is among the notices with failures: {failed}");
    assert_eq!(owner.post_form(&format!("/staff/deliveries/{told}/requeue"), &[]).await.status, 303);
    post.app.send_mails().await;
    assert_eq!(post.counts(&told).await, [(DeliveryState::Sent, 1)]);
    assert!(owner.get("/staff/deliveries?failed=on").await.text().contains("Nothing failed."));
    post.app.end().await;
}

#[tokio::test]
async fn readers_of_the_list_cannot_try_again_and_what_is_not_there_is_not_found() {
    let (post, _) = picky(Engine::Sqlite).await;
    let told = post.tell("inc").await;
    let viewer = post.app.member(Role::Viewer).await;
    assert!(!viewer.get(&format!("/staff/deliveries/{told}")).await.text().contains("/requeue"));
    assert_eq!(viewer.post_form(&format!("/staff/deliveries/{told}/requeue"), &[]).await.status, 403);
    let owner = post.app.owner().await;
    for path in ["nobody000000/requeue", "nonsense/requeue", "nobody000000/nobody000000/requeue"] {
        assert_eq!(owner.post_form(&format!("/staff/deliveries/{path}"), &[]).await.status, 404, "{path}");
    }
    assert_eq!(owner.post_form(&format!("/staff/deliveries/{told}/nonsense/requeue"), &[]).await.status, 404);
    assert_eq!(post.counts(&told).await, [(DeliveryState::Failed, 2), (DeliveryState::Sent, 1)]);
    post.app.end().await;
}

#[tokio::test]
async fn whom_a_notice_did_not_reach_is_exported_and_nobody_else() {
    for engine in Engine::ALL {
        let (post, _) = picky(engine).await;
        let notice = post.tell("inc").await;
        let (admin, responder) = (post.app.member(Role::Admin).await, post.app.member(Role::Responder).await);
        let address = format!("/staff/deliveries/{notice}");
        assert!(admin.get(&address).await.text().contains("Download whom it did not reach"));
        assert!(!responder.get(&address).await.text().contains("Download"), "who may not read addresses takes none away");
        let lines = cells(&admin.post_form(&format!("{address}/export"), &[]).await);
        assert_eq!(lines[0], ["email", "state", "at", "tries", "last_answer", "reported"]);
        let mut missed: Vec<[&str; 2]> = lines[1..].iter().map(|line| [line[0].as_str(), line[1].as_str()]).collect();
        missed.sort_unstable();
        assert_eq!(missed, [[ANNA, "failed"], [BERT, "failed"]]);
        assert!(lines[1][4].contains("554 5.6.0 not like this"), "{lines:?}");
        assert_eq!(admin.post_form("/staff/deliveries/nonsense/export", &[]).await.status, 404);
    }
}
