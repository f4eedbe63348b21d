//! Votes for follow-ups, from the form to the count that readers see.

use app::words::{ActionState, DeliveryState, NotificationKind, PostmortemStatus, Subscriber};
use chrono::TimeDelta;
use server::domain::notice::Notice;
use server::secret::Purpose;
use server::store::{delivery_reads, notifications, postmortems};

use super::publish;
use crate::store::sample::id;
use crate::support::app::{Reply, TestApp};
use crate::support::mailing::{each_mailing_app, mailing_app};

/// A public document with two open follow-ups and one that is done; a draft with another.
async fn prepared(app: &TestApp) {
    let items = [("cache", ActionState::Planned), ("alarm", ActionState::Underway), ("past", ActionState::Done)];
    publish(app, "public", PostmortemStatus::Published, &items).await;
    publish(app, "draft", PostmortemStatus::Draft, &[("secret", ActionState::Planned)]).await;
}

const FORM: &str = "/follow-ups/cache0000000/vote";

/// Where to, the fields sent, the status and the sentence that come back.
type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], u16, &'a str);

async fn ask(app: &TestApp, email: &str) -> Reply {
    app.post(FORM, &[("email", email), ("website", "")]).await
}

async fn ballot(app: &TestApp, item: &str, subscriber: &Subscriber) -> String {
    app.link(&format!("follow-ups/{item}/vote"), Purpose::Vote, subscriber).await
}

/// The votes for the first follow-up, as readers see them and as the record has them.
async fn count(app: &TestApp) -> i64 {
    let page = app.page().await.id;
    let mut tx = app.db.read().await.unwrap();
    let all = postmortems::changed_since(&mut tx, &page, -1).await.unwrap();
    all.iter().flat_map(|record| &record.postmortem.action_items).find(|item| item.id == id("cache")).unwrap().votes
}

/// The votes for the first follow-up, as a page says them to everybody.
async fn shown(app: &TestApp) -> String {
    let text = app.get(FORM).await.text();
    let words = ["no vote", "0 votes", "1 vote.", "2 votes."];
    words.iter().find(|word| text.contains(**word)).map_or(text.clone(), |word| (*word).to_owned())
}

#[tokio::test]
async fn a_subscriber_votes_by_the_link_in_a_mail_and_everybody_sees_the_count() {
    each_mailing_app(async |app| {
        prepared(app).await;
        let anna = app.subscribed("anna@example.test").await;
        let form = app.get(FORM).await;
        let text = form.text();
        assert_eq!((form.status, form.header("cache-control"), form.header("set-cookie")), (200, "private, no-store", ""));
        assert!(text.contains(&format!("<form method=\"post\" action=\"{FORM}\">")) && text.contains("Build the cache"), "{text}");
        app.hand.advance(TimeDelta::seconds(1));
        let asked = ask(app, "Anna@Example.test").await;
        assert!(asked.status == 200 && asked.text().contains("is a confirmed subscriber here, a mail is on its way"), "{}", asked.text());

        let mut tx = app.db.read().await.unwrap();
        let newest = app.notices().await.remove(0);
        let told = notifications::get(&mut tx, &newest).await.unwrap().unwrap();
        drop(tx);
        assert_eq!((told.kind, told.subject_kind.as_str(), &told.subject_id), (NotificationKind::ConfirmVote, "vote", &id("cache")));
        assert!(matches!(told.notice, Notice::Vote(ref item) if item.title == "Build the cache" && item.postmortem == "Requests failed"));

        let link = ballot(app, "cache0000000", &anna).await;
        for method in ["HEAD", "OPTIONS", "GET"] {
            app.request(method, &link, &[]).await;
        }
        assert_eq!(count(app).await, 0, "looking changes nothing");
        assert!(app.get(&link).await.text().contains("You have not voted for it."));
        let voted = app.post(&link, &[("do", "vote")]).await;
        let saved = format!("{link}?saved");
        assert_eq!((voted.status, voted.header("location"), voted.header("set-cookie")), (303, saved.as_str(), ""));
        assert!(app.get(&saved).await.text().contains("Saved."));
        assert_eq!((count(app).await, shown(app).await.as_str()), (1, "1 vote."));

        for _ in 0..3 {
            assert_eq!(app.post(&link, &[("do", "vote")]).await.status, 303);
        }
        assert_eq!(count(app).await, 1, "the second vote changes nothing");
        app.post(&link, &[("do", "retract")]).await;
        assert_eq!((count(app).await, shown(app).await.as_str()), (0, "0 votes"));
        assert!(app.get(&link).await.text().contains("You have not voted for it."));
    })
    .await;
}

#[tokio::test]
async fn who_asks_to_be_told_is_a_follower_until_they_stop_it() {
    each_mailing_app(async |app| {
        prepared(app).await;
        let anna = app.subscribed("anna@example.test").await;
        let followers = async || app.texts("select subscriber_id from action_item_votes where follows").await;
        let link = ballot(app, "cache0000000", &anna).await;
        app.post(&link, &[("do", "follow")]).await;
        assert_eq!((count(app).await, followers().await), (1, vec![anna.id.to_string()]));
        app.post(&link, &[("do", "vote")]).await;
        assert_eq!(followers().await.len(), 1, "a second vote keeps what was chosen");
        let manage = app.link("subscription", Purpose::Manage, &anna).await;
        let page = app.get(&manage).await.text();
        assert!(page.contains("You are told when it is done.") && page.contains(&format!("action=\"{link}\"")), "{page}");
        assert!(page.contains("Vote for others") && page.contains("Build the alarm") && !page.contains("Build the secret"), "{page}");
        app.post(&link, &[("do", "unfollow")]).await;
        assert_eq!((count(app).await, followers().await), (1, Vec::new()), "the vote stays");
        assert!(!app.get(&manage).await.text().contains("You are told when it is done."));
    })
    .await;
}

#[tokio::test]
async fn who_asks_cannot_tell_who_is_subscribed_and_only_active_subscribers_are_mailed() {
    each_mailing_app(async |app| {
        prepared(app).await;
        app.subscribed("active@example.test").await;
        let left = app.subscribed("left@example.test").await;
        app.post(&app.link("unsubscribe", Purpose::Unsubscribe, &left).await, &[]).await;
        app.subscribe("pending@example.test").await;
        let before = app.mails().await;
        let mut answers = Vec::new();
        for who in ["active", "left", "pending", "new"] {
            let email = format!("{who}@example.test");
            let answer = ask(app, &email).await;
            let headers: Vec<_> = answer.headers.keys().map(ToString::to_string).collect();
            answers.push((answer.status, answer.text().replace(&email, "ADDRESS"), headers));
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
        assert_eq!(app.mails().await - before, 1);
        let trapped = app.post(FORM, &[("email", "active@example.test"), ("website", "x")]).await;
        assert_eq!(trapped.text().replace("active@example.test", "ADDRESS"), answers[0].1, "programs are told the same");
        assert_eq!(app.mails().await - before, 1);
    })
    .await;
}

#[tokio::test]
async fn mails_of_two_follow_ups_do_not_take_each_others_place_and_who_left_gets_none() {
    each_mailing_app(async |app| {
        prepared(app).await;
        let anna = app.subscribed("anna@example.test").await;
        // The relay is away, so that nothing is sent: what is looked at is what would be.
        for item in ["cache0000000", "alarm0000000"] {
            app.hand.advance(TimeDelta::seconds(1));
            assert_eq!(app.post(&format!("/follow-ups/{item}/vote"), &[("email", "anna@example.test")]).await.status, 200);
        }
        app.send_mails().await;
        let states = async || {
            let page = app.page().await.id;
            let mut tx = app.db.read().await.unwrap();
            let all = delivery_reads::notifications(&mut tx, &page, 2, 0).await.unwrap();
            all.into_iter().flat_map(|one| one.counts).collect::<Vec<_>>()
        };
        assert_eq!(states().await, [(DeliveryState::Pending, 1), (DeliveryState::Pending, 1)]);
        app.post(&app.link("unsubscribe", Purpose::Unsubscribe, &anna).await, &[]).await;
        app.hand.advance(TimeDelta::hours(1));
        app.send_mails().await;
        assert_eq!(states().await, [(DeliveryState::Cancelled, 1), (DeliveryState::Cancelled, 1)]);
    })
    .await;
}

#[tokio::test]
async fn a_link_that_is_wrong_old_or_of_another_purpose_changes_nothing() {
    each_mailing_app(async |app| {
        prepared(app).await;
        let anna = app.subscribed("anna@example.test").await;
        let link = ballot(app, "cache0000000", &anna).await;
        let proof = link.rsplit('/').next().unwrap().split_at(12).1.to_owned();
        let manage = app.link("follow-ups/cache0000000/vote", Purpose::Manage, &anna).await;
        let wrong = [manage, format!("{FORM}/{}{proof}", id("nobody")), format!("{FORM}/short"), format!("{FORM}/%00")];
        for path in &wrong {
            for answer in [app.get(path).await, app.post(path, &[("do", "vote")]).await] {
                assert!(answer.status == 404 && answer.text().contains("This link does not hold"), "{path}");
            }
        }
        let of_nothing = ballot(app, "nothing00000", &anna).await;
        let of_a_draft = ballot(app, "secret000000", &anna).await;
        for path in [&of_nothing, &of_a_draft] {
            for answer in [app.get(path).await, app.post(path, &[("do", "vote")]).await] {
                assert!(answer.status == 404 && answer.text().contains("There is nothing at this address"), "{path}");
            }
        }
        app.post(&app.link("unsubscribe", Purpose::Unsubscribe, &anna).await, &[]).await;
        assert_eq!(app.post(&link, &[("do", "vote")]).await.status, 404, "who left has no vote");
        app.advance(TimeDelta::days(2)).await;
        app.subscribed("anna@example.test").await;
        assert_eq!(app.post(&link, &[("do", "vote")]).await.status, 404, "a link from before they came back is old");
        assert_eq!(count(app).await, 0);
    })
    .await;
}

#[tokio::test]
async fn votes_in_bulk_for_what_is_done_or_without_a_decision_are_refused_in_words() {
    each_mailing_app(async |app| {
        prepared(app).await;
        let anna = app.subscribed("anna@example.test").await;
        let before = app.mails().await;
        let link = ballot(app, "cache0000000", &anna).await;
        let one = ("email", "anna@example.test");
        let cases: [Case<'_>; 10] = [
            (FORM, &[one, ("email", "bert@example.test")], 422, "One vote at a time"),
            (FORM, &[one, ("item", "alarm0000000")], 422, "One vote at a time"),
            (FORM, &[one, ("items[]", "alarm0000000")], 422, "One vote at a time"),
            (FORM, &[("email", "anna@example.test, bert@example.test")], 422, "one address alone"),
            (FORM, &[("email", "anna")], 422, "This is not an e-mail address"),
            ("/follow-ups/past00000000/vote", &[one], 409, "takes no votes any more. Nothing was changed."),
            (&link, &[("do", "vote"), ("do", "follow")], 422, "One vote at a time"),
            (&link, &[("do", "vote"), ("item", "alarm0000000")], 422, "One vote at a time"),
            (&link, &[("do", "everything")], 422, "Press one of the buttons"),
            (&link, &[], 422, "Press one of the buttons"),
        ];
        for (path, fields, status, sentence) in cases {
            let answer = app.post(path, fields).await;
            assert!(answer.status == status && answer.text().contains(sentence), "{path} {fields:?}: {}", answer.text());
        }
        let done = ballot(app, "past00000000", &anna).await;
        let answer = app.post(&done, &[("do", "vote")]).await;
        assert!(answer.status == 409 && answer.text().contains("takes no votes any more. Nothing was changed."), "{}", answer.text());
        for path in ["/follow-ups/nothing00000/vote", "/follow-ups/secret000000/vote", "/follow-ups/%00/vote"] {
            assert_eq!((app.get(path).await.status, app.post(path, &[one]).await.status), (404, 404), "{path}");
        }
        assert_eq!((count(app).await, app.mails().await - before), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn who_asks_too_often_waits_and_a_subscriber_cannot_turn_the_page_for_ever() {
    let app = mailing_app(&[("ALLCLEAR_SUBSCRIBE_RATE", "3")]).await;
    prepared(&app).await;
    let anna = app.subscribed("anna@example.test").await;
    assert_eq!(ask(&app, "nobody").await.status, 422, "what cannot be used is not counted");
    let mut answers = Vec::new();
    for who in ["bert", "carl", "dora", "anna"] {
        answers.push(ask(&app, &format!("{who}@example.test")).await);
    }
    assert_eq!(answers.iter().map(|answer| answer.status).collect::<Vec<_>>(), [200, 200, 200, 429]);
    assert!(answers[3].header("retry-after").parse::<u32>().unwrap() > 60);
    let link = ballot(&app, "cache0000000", &anna).await;
    let mut decided = Vec::new();
    for choice in ["vote", "retract", "vote", "retract"] {
        decided.push(app.post(&link, &[("do", choice)]).await.status);
    }
    assert_eq!(decided, [303, 303, 303, 429]);
    assert_eq!(count(&app).await, 1, "the fourth changed nothing");
}

#[tokio::test]
async fn one_mailbox_is_mailed_ten_links_a_day_however_it_is_spelled() {
    let app = mailing_app(&[("ALLCLEAR_SUBSCRIBE_RATE", "100")]).await;
    prepared(&app).await;
    let mut answers = Vec::new();
    for number in 0..11 {
        answers.push(ask(&app, &format!("anna+{number}@gmail.com")).await.status);
    }
    assert_eq!(answers, [[200; 10].as_slice(), &[429]].concat());
}

#[tokio::test]
async fn without_a_relay_nobody_is_asked_for_an_address() {
    let app = TestApp::plain().await;
    prepared(&app).await;
    let form = app.get(FORM).await;
    assert!(form.status == 200 && form.text().contains("This page sends no mail") && !form.text().contains("<form method=\"post\""));
    assert_eq!(ask(&app, "anna@example.test").await.status, 404);
}
