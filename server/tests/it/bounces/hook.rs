//! Who may hand something in, and what is taken.

use app::words::{Role, SubscriberState};
use chrono::TimeDelta;
use server::actions::people::tokens;
use server::actions::{Act, Actor};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use super::{ANNA, Post, each_post};
use crate::support::Engine;
use crate::support::app::TestApp;
use crate::support::reports::Dsn;
use crate::support::smtp::Answer;

#[tokio::test]
async fn whoever_has_no_token_for_it_learns_nothing() {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        let (page, system) = (app.page().await, Actor::system());
        let token = app.bounces_token().await;
        let (shorter, last) = (&token[..60], if token.ends_with('A') { 'E' } else { 'A' });
        let mut strangers =
            vec!["x".to_owned(), "allclear_".to_owned(), shorter.to_owned(), format!("{shorter}{last}"), format!("{token}A")];
        let unknown = format!("allclear_00000000_{}", &token[18..]);
        strangers.extend([unknown, token.to_uppercase(), "%00".to_owned(), "..%2f".to_owned(), "a".repeat(5_000)]);
        for role in Role::ALL {
            strangers.push(app.token(*role).await);
        }
        let act = || Act { db: &app.db, actor: &system, now: app.hand.now(), undo: TimeDelta::zero() };
        let role = app::words::TokenRole::Bounces;
        let (revoked, text) = tokens::create(act(), &page.id, "back", role, None).await.unwrap();
        tokens::revoke(act(), &page.id, &revoked.id).await.unwrap();
        strangers.push(text);
        strangers.push(tokens::create(act(), &page.id, "short", role, Some(app.hand.now())).await.unwrap().1);
        for stranger in strangers {
            let reply = app.hand_in(&stranger, b"x".repeat(300 * 1024)).await;
            assert_eq!((reply.status, reply.text().as_str()), (404, "There is nothing at this address.\n"), "{stranger}");
            assert_eq!(reply.header("cache-control"), "private, no-store");
        }
        assert_eq!(app.hand_in(&token, Vec::new()).await.status, 422, "this one is right");
        for method in ["GET", "PUT", "DELETE"] {
            assert_eq!(app.request(method, &format!("/hooks/bounces/{token}"), &[]).await.status, 405);
        }
        let authorization = format!("Bearer {token}");
        let reply = app.get_with("/v1/pages", &[("authorization", &authorization)]).await;
        assert_eq!((reply.status, reply.json()["error"].as_str()), (401, Some("Could not authenticate")), "it opens nothing else");
        app.end().await;
    }
}

#[tokio::test]
async fn what_is_no_report_is_refused_with_a_sentence() {
    each_post(async |post| {
        post.app.subscribed(ANNA).await;
        post.tell("inc").await;
        let to = post.returns_to(ANNA);
        let human = format!("From: {ANNA}\nTo: {to}\nSubject: Re: your mail\n\n550 5.1.1 this address does not exist any more.\n");
        let broken = String::from_utf8(Dsn::hard(&to, ANNA).mail()).unwrap();
        let nested: String =
            (0..100).map(|n| format!("Content-Type: multipart/report; report-type=delivery-status; boundary=b{n}\n\n--b{n}\n")).collect();
        let report = String::from_utf8(Dsn::hard(&to, ANNA).mail()).unwrap();
        for (mail, says) in [
            (Vec::new(), "This mail is no report"),
            (vec![0; 1_000], "This mail is no report"),
            (vec![0xff; 1_000], "This mail is no report"),
            (human.into_bytes(), "This mail is no report"),
            (format!("Content-Type: multipart/mixed; boundary=b\n\n--b\n{report}").into_bytes(), "This mail is no report"),
            (broken.replace("boundary=\"", "boundary=\"x").into_bytes(), "This report is broken"),
            (broken.as_bytes()[..1_100].to_vec(), "This report is broken"),
            (format!("To: {to}\n{nested}{report}").into_bytes(), "This report is broken"),
        ] {
            let reply = post.hand_in(mail).await;
            assert!(reply.status == 422 && reply.text().starts_with(says), "{}: {}", reply.status, reply.text());
            assert!(reply.text().ends_with("Nothing was changed.\n"), "{}", reply.text());
        }
        assert_eq!(post.state(ANNA).await, SubscriberState::Active);
        assert_eq!(post.audited().await, []);
    })
    .await;
}

#[tokio::test]
async fn a_report_may_have_256_kb() {
    let post = Post::open(Engine::Sqlite, |_| Answer::Usual).await;
    post.app.subscribed(ANNA).await;
    post.tell("inc").await;
    let mut mail = Dsn::hard(&post.returns_to(ANNA), ANNA).mail();
    mail.resize(256 * 1024 + 1, b'x');
    let reply = post.hand_in(mail.clone()).await;
    assert!(reply.status == 413 && reply.text().contains("At most 256 kB"), "{}: {}", reply.status, reply.text());
    assert_eq!(post.state(ANNA).await, SubscriberState::Active);
    mail.truncate(256 * 1024);
    post.taken(mail, "Noted").await;
    post.app.end().await;
}

#[tokio::test]
async fn what_a_report_says_is_kept_on_one_line_without_the_address_and_shown_as_text() {
    each_post(async |post| {
        post.app.subscribed(ANNA).await;
        let told = post.tell("inc").await;
        let to = post.returns_to(ANNA);
        let diagnostic = "smtp; 550 5.1.1 <anna@example.test> \0\u{1b}[31m <script>alert(1)</script>\r\n\tSubject: hello\u{202e}";
        post.taken(Dsn { diagnostic, ..Dsn::hard(&to, ANNA) }.mail(), "Noted").await;
        let kept = post.subscriber(ANNA).await.quarantine_reply.unwrap();
        assert_eq!(kept, "5.1.1 550 5.1.1 …@… [31m <script>alert(1)</script> Subject: hello\u{202e}");
        let admin = post.app.owner().await;
        for path in ["/staff/subscribers".to_owned(), format!("/staff/deliveries/{told}"), "/staff/audit".to_owned()] {
            let page = admin.get(&path).await;
            assert_eq!(page.status, 200, "{path}");
            assert!(!page.text().contains("<script>alert") && !page.text().contains('\u{202e}'), "{path}: {}", page.text());
        }
    })
    .await;
}

#[tokio::test]
async fn a_program_that_hands_in_too_much_is_told_to_wait() {
    let app = TestApp::plain().await;
    let (token, other) = (app.bounces_token().await, app.bounces_token().await);
    for number in 0..600 {
        assert_eq!(app.hand_in(&token, Vec::new()).await.status, 422, "{number}");
    }
    let refused = app.hand_in(&token, Vec::new()).await;
    assert_eq!((refused.status, refused.header("retry-after")), (429, "1"));
    assert_eq!(app.hand_in(&other, Vec::new()).await.status, 422, "each has its own pace");
    app.hand.advance(TimeDelta::seconds(1));
    assert_eq!(app.hand_in(&token, Vec::new()).await.status, 422);
    app.end().await;
}

#[tokio::test]
async fn programs_that_hang_in_the_middle_leave_readers_alone() {
    let app = TestApp::plain().await;
    let token = app.bounces_token().await;
    let mut hanging = Vec::new();
    for _ in 0..4 {
        let mut stream = TcpStream::connect(app.address()).await.unwrap();
        let head = format!("POST /hooks/bounces/{token} HTTP/1.1\r\nHost: {}\r\nContent-Length: 100\r\n\r\nhalf", app.address());
        stream.write_all(head.as_bytes()).await.unwrap();
        hanging.push(stream);
    }
    // Until all of them have been let in.
    let mut reply = app.hand_in(&token, Vec::new()).await;
    for _ in 0..1_000 {
        if reply.status == 503 {
            break;
        }
        assert_eq!(reply.status, 422);
        reply = app.hand_in(&token, Vec::new()).await;
    }
    assert_eq!((reply.status, reply.header("retry-after")), (503, "5"));
    assert_eq!(app.get("/").await.status, 200);
    drop(hanging);
    for _ in 0..1_000 {
        if app.hand_in(&token, Vec::new()).await.status == 422 {
            app.end().await;
            return;
        }
    }
    panic!("the places of those who left stay taken");
}
