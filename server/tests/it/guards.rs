//! What stands before every handler: where a form comes from, how large it is, whose token it is, and a database that is away.

use app::words::Role;
use chrono::TimeDelta;
use server::actions::people::tokens;
use server::actions::{Act, Actor};
use server::secret::{Purpose, Secret};
use server::store::{audit, pages};

use crate::support::Engine;
use crate::support::app::{Reply, TestApp};
use crate::support::staff::{Browser, ORIGIN, PASSWORD};

/// A route of the write API that everybody's token may use.
const API: &str = "/v1/pages";

async fn with_token(app: &TestApp, path: &str, authorization: &str) -> Reply {
    app.get_with(path, &[("authorization", authorization)]).await
}

/// How many changes there were.
async fn changes(app: &TestApp) -> usize {
    let page = app.page().await;
    let mut tx = app.db.read().await.unwrap();
    audit::newest(&mut tx, &page.id, None, 1_000).await.unwrap().len()
}

#[tokio::test]
async fn a_form_that_no_page_of_ours_sent_changes_nothing() {
    let app = TestApp::plain().await;
    let owner = app.owner().await;
    let before = changes(&app).await;
    let form = [("email", "eve@example.test"), ("role", "owner")];
    let host = app.address();
    let (here, foreign) = (format!("http://{host}"), format!("http://{host}.evil.test"));
    let send = async |headers: &[(&str, &str)]| owner.ask("POST", "/staff/people", &form, headers).await;
    for headers in [
        &[][..],
        &[("origin", "null")],
        &[("origin", "")],
        &[("origin", "https://evil.test")],
        &[("origin", &foreign)],
        &[("origin", "https://status.example.test.evil.test")],
        &[("origin", "https://status.example.test:8443")],
        &[("origin", "http://status.example.test")],
        &[("origin", ORIGIN), ("sec-fetch-site", "cross-site")],
        &[("origin", ORIGIN), ("sec-fetch-site", "same-site")],
        &[("origin", ORIGIN), ("sec-fetch-site", "none")],
        &[("referer", "https://status.example.test/staff/people")],
    ] {
        let reply = send(headers).await;
        assert_eq!(reply.status, 403, "{headers:?}");
        assert!(reply.text().contains("was not sent by a page of Allclear"), "{headers:?}");
    }
    assert_eq!(changes(&app).await, before, "nothing was changed");
    for headers in [&[("origin", ORIGIN)][..], &[("origin", &here)], &[("origin", ORIGIN), ("sec-fetch-site", "same-origin")]] {
        assert_ne!(send(headers).await.status, 403, "{headers:?}");
    }
    for method in ["PUT", "PATCH", "DELETE"] {
        assert_eq!(owner.ask(method, "/staff/people", &form, &[("origin", ORIGIN)]).await.status, 405, "no route takes {method}");
    }
    app.end().await;
}

#[tokio::test]
async fn nobody_is_signed_in_or_invited_by_a_form_of_another_site() {
    let app = TestApp::plain().await;
    let set_up = app.set_up().await;
    let form = [("email", "eve@example.test"), ("password", PASSWORD), ("again", PASSWORD)];
    for path in [set_up.as_str(), "/staff/sign-in"] {
        for headers in [&[][..], &[("origin", "null")], &[("origin", "https://evil.test")]] {
            let browser = app.stranger();
            assert_eq!(browser.ask("POST", path, &form, headers).await.status, 403, "{path} {headers:?}");
            assert!(browser.cookie("__Host-allclear_session").is_none());
        }
    }
    assert_eq!(changes(&app).await, 0);
    app.end().await;
}

#[tokio::test]
async fn a_body_may_have_1_mb_from_staff_and_64_kb_from_strangers() {
    let app = TestApp::plain().await;
    let owner = app.owner().await;
    let token = app.token(Role::Owner).await;
    let bytes = |kilobytes: usize| "x".repeat(kilobytes * 1024);
    let (small, large) = (bytes(60), bytes(65));
    let strangers = async |text: &str| app.stranger().post_form("/staff/sign-in", &[("email", text)]).await;
    assert_eq!(strangers(&small).await.status, 422);
    let refused = strangers(&large).await;
    assert_eq!(refused.status, 413);
    assert!(refused.text().contains("At most 64 kB"), "{}", refused.text());
    let (small, large) = (bytes(1000), bytes(1025));
    let staff = async |text: &str| owner.post_form("/staff/people", &[("name", text)]).await;
    assert_eq!(staff(&small).await.status, 422);
    let refused = staff(&large).await;
    assert!(refused.status == 413 && refused.text().contains("At most 1024 kB"), "{}", refused.status);
    let page = app.page().await;
    let (path, authorization) = (format!("/v1/pages/{}/components", page.id), format!("OAuth {token}"));
    let headers = [("authorization", authorization.as_str()), ("content-type", "application/json")];
    let refused = app.send("POST", &path, &headers, large.into_bytes()).await;
    assert_eq!(refused.status, 413);
    assert!(refused.json()["message"].as_str().unwrap().contains("At most 1024 kB"));
    app.end().await;
}

#[tokio::test]
async fn every_answer_below_staff_and_the_api_is_for_one_reader_alone() {
    let app = TestApp::plain().await;
    let owner = app.owner().await;
    let token = app.token(Role::Owner).await;
    let set_up = "/staff/set-up/x";
    let replies = [
        owner.get("/staff/people").await,
        owner.get("/staff/nothing").await,
        owner.post_form("/staff/people", &[]).await,
        app.stranger().get("/staff/people").await,
        app.stranger().get("/staff/sign-in").await,
        app.stranger().get(set_up).await,
        app.get("/v1/pages").await,
        with_token(&app, API, &format!("OAuth {token}")).await,
        with_token(&app, "/v1/nothing", &format!("OAuth {token}")).await,
    ];
    for reply in replies {
        for (name, value) in
            [("cache-control", "private, no-store"), ("x-content-type-options", "nosniff"), ("referrer-policy", "same-origin")]
        {
            assert_eq!(reply.header(name), value, "{reply:?}");
        }
        let policy = reply.header("content-security-policy");
        for word in ["default-src 'none'", "frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'", "style-src 'self'"] {
            assert!(policy.contains(word), "{policy} lacks {word}");
        }
        assert!(!policy.contains("unsafe-inline"), "{policy}");
        assert_eq!(reply.header("access-control-allow-origin"), "");
    }
    app.end().await;
}

#[tokio::test]
async fn a_member_sees_that_a_page_is_not_there() {
    let app = TestApp::plain().await;
    let owner = app.owner().await;
    let reply = owner.get("/staff/nothing").await;
    assert_eq!(reply.status, 404);
    assert!(reply.text().contains("There is nothing at this address."));
    app.end().await;
}

#[tokio::test]
async fn a_token_is_taken_in_three_places_and_a_session_in_none_of_them() {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        let token = app.token(Role::Viewer).await;
        assert!(token.starts_with("allclear_") && token.len() == 9 + 8 + 1 + 43, "{token}");
        for authorization in [format!("OAuth {token}"), format!("Bearer {token}"), format!("oauth  {token} ")] {
            assert_eq!(with_token(&app, API, &authorization).await.status, 200, "{authorization}");
        }
        assert_eq!(app.get(&format!("{API}?api_key={token}")).await.status, 200);
        let unknown = app.get(&format!("/v1/nothing?api_key={token}")).await;
        assert_eq!((unknown.status, unknown.json()["error"].as_str().unwrap()), (404, "There is nothing at this address."));
        let owner = app.owner().await;
        assert_eq!(owner.get(API).await.status, 401);
        let session = owner.cookie("__Host-allclear_session").unwrap();
        assert_eq!(with_token(&app, API, &format!("OAuth {session}")).await.status, 401);
        let thief = app.stranger();
        thief.keep("__Host-allclear_session", &token);
        assert_eq!(thief.get("/staff/audit").await.status, 303, "a token is no session");
        app.end().await;
    }
}

#[tokio::test]
async fn tokens_that_are_unknown_wrong_expired_or_taken_back_hear_the_same() {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        let page = app.page().await;
        let system = Actor::system();
        let act = || Act { db: &app.db, actor: &system, now: app.hand.now(), undo: TimeDelta::zero() };
        let tomorrow = app.hand.now() + TimeDelta::days(1);
        let expiring = tokens::create(act(), &page.id, "short", Role::Owner, Some(tomorrow)).await.unwrap().1;
        let (revoked, revoked_token) = tokens::create(act(), &page.id, "back", Role::Owner, None).await.unwrap();
        let good = app.token(Role::Owner).await;
        for token in [&expiring, &revoked_token, &good] {
            assert_eq!(with_token(&app, API, &format!("OAuth {token}")).await.status, 200);
        }
        tokens::revoke(act(), &page.id, &revoked.id).await.unwrap();
        app.hand.advance(TimeDelta::days(1));
        let last = if good.ends_with('A') { 'B' } else { 'A' };
        let wrong = format!("{}{last}", &good[..good.len() - 1]);
        let unknown = format!("allclear_zzzzzzzz_{}", &good[18..]);
        let long = format!("{good}{}", "x".repeat(10_000));
        let expected = with_token(&app, API, "OAuth x").await;
        assert_eq!(expected.status, 401);
        for token in [&expiring, &revoked_token, &wrong, &unknown, &long, &good[..30].to_owned(), &String::new()] {
            let reply = with_token(&app, API, &format!("OAuth {token}")).await;
            assert_eq!((reply.status, reply.text()), (401, expected.text()), "{token}");
        }
        assert_eq!(app.get(API).await.text(), expected.text(), "as without any");
        assert_eq!(with_token(&app, API, &format!("Basic {good}")).await.status, 401);
        assert_eq!(with_token(&app, API, &good).await.status, 401);
        let kept = app.texts("select hash from api_tokens").await;
        assert!(kept.iter().all(|hash| hash.len() == 64 && !good.contains(hash.as_str())), "only hashes are kept");
        app.end().await;
    }
}

#[tokio::test]
async fn the_use_of_a_token_is_noted_once_a_minute() {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        let token = app.token(Role::Viewer).await;
        let page = app.page().await;
        let used = async || {
            let mut tx = app.db.read().await.unwrap();
            server::store::tokens::all(&mut tx, &page.id).await.unwrap()[0].used_at
        };
        assert_eq!(used().await, None);
        let start = app.hand.now();
        for (seconds, noted) in [(0, 0), (59, 0), (60, 60)] {
            app.hand.set(start + TimeDelta::seconds(seconds));
            assert_eq!(with_token(&app, API, &format!("OAuth {token}")).await.status, 200);
            assert_eq!(used().await, Some(start + TimeDelta::seconds(noted)));
        }
        app.end().await;
    }
}

#[tokio::test]
async fn a_token_that_asks_too_often_is_told_when_to_come_back() {
    let app = TestApp::with(Engine::Sqlite, &[("ALLCLEAR_API_RATE", "3")]).await;
    let (busy, other) = (app.token(Role::Viewer).await, app.token(Role::Viewer).await);
    let ask = async |token: &str| with_token(&app, API, &format!("OAuth {token}")).await;
    for left in ["2", "1", "0"] {
        let reply = ask(&busy).await;
        assert_eq!((reply.status, reply.header("ratelimit-limit"), reply.header("ratelimit-remaining")), (200, "3", left));
    }
    let refused = ask(&busy).await;
    assert_eq!((refused.status, refused.header("retry-after"), refused.header("ratelimit-remaining")), (429, "20", "0"));
    assert!(refused.json()["message"].as_str().unwrap().contains("too often"));
    assert_eq!(ask(&other).await.status, 200, "each token has its own");
    app.hand.advance(TimeDelta::seconds(20));
    assert_eq!(ask(&busy).await.status, 200);
    app.end().await;
    let app = TestApp::with(Engine::Sqlite, &[("ALLCLEAR_API_RATE", "0")]).await;
    let token = app.token(Role::Viewer).await;
    let reply = with_token(&app, API, &format!("OAuth {token}")).await;
    assert_eq!((reply.status, reply.header("ratelimit-limit")), (200, ""));
    app.end().await;
}

#[tokio::test]
async fn while_the_database_is_away_staff_and_programs_are_told_so_in_a_sentence() {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        let owner = app.owner().await;
        let token = app.token(Role::Owner).await;
        let set_up = app.set_up().await;
        app.db.close().await;
        let sentences = [
            owner.get("/staff/people").await,
            owner.post_form("/staff/people", &[]).await,
            owner.post_form("/staff/sign-out", &[]).await,
            app.stranger().get("/staff/sign-in").await,
            app.stranger().post_form("/staff/sign-in", &[("email", &owner.email), ("password", PASSWORD)]).await,
            app.stranger().get(&set_up).await,
            with_token(&app, API, &format!("OAuth {token}")).await,
        ];
        for reply in sentences {
            assert_eq!(reply.status, 503, "{engine:?}: {reply:?}");
            assert_eq!(reply.header("retry-after"), "5");
            assert!(reply.text().contains("The database does not answer right now"), "{}", reply.text());
        }
        assert_eq!(app.stranger().get("/staff/people").await.status, 303, "who names no session is not looked up");
        assert_eq!(app.get("/").await.status, 200);
        app.end().await;
    }
}

#[tokio::test]
async fn a_database_that_does_not_answer_from_the_start_keeps_nobody_waiting() {
    let app = TestApp::plain().await;
    let owner = app.owner().await;
    let session = owner.cookie("__Host-allclear_session").unwrap();
    drop(owner);
    let app = app.restart_away().await;
    let started = std::time::Instant::now();
    let cookie = format!("__Host-allclear_session={session}");
    let reply = app.get_with("/staff/people", &[("cookie", &cookie)]).await;
    assert_eq!(reply.status, 503);
    assert!(started.elapsed() < std::time::Duration::from_secs(3), "{:?}", started.elapsed());
    app.end().await;
}

#[tokio::test]
async fn a_link_of_one_purpose_opens_nothing_else() {
    let app = TestApp::plain().await;
    let owner = app.owner().await;
    let page = app.page().await;
    let mut tx = app.db.read().await.unwrap();
    let member = server::store::staff::by_email(&mut tx, &page.id, &owner.email).await.unwrap().unwrap();
    let secret = Secret::new(&pages::setting(&mut tx, &page.id, "secret_key").await.unwrap().unwrap());
    drop(tx);
    let epoch = member.updated_at.timestamp_micros();
    let link = |purpose| secret.token(purpose, &page.id, &member.member.id, epoch);
    let open = async |token: &str| app.stranger().get(&format!("/staff/invitation/{token}")).await.status;
    assert_eq!(open(&link(Purpose::Invitation)).await, 200, "the test derives links as the service does");
    for purpose in [Purpose::Confirm, Purpose::Manage, Purpose::Unsubscribe, Purpose::SetUp, Purpose::MessageId] {
        assert_eq!(open(&link(purpose)).await, 404, "{purpose:?}");
    }
    let foreign = secret.token(Purpose::Invitation, &member.member.id, &member.member.id, epoch);
    assert_eq!(open(&foreign).await, 404, "of another page");
    assert_eq!(open(&secret.token(Purpose::Invitation, &page.id, &member.member.id, epoch - 1)).await, 404, "of another epoch");
    for path in ["/confirm", "/subscription", "/unsubscribe", "/leave"] {
        let reply = app.get(&format!("{path}/{}", link(Purpose::Invitation))).await;
        assert_eq!(reply.status, 404, "{path}");
    }
    app.end().await;
}

#[tokio::test]
async fn what_was_just_done_is_said_once_on_the_next_page() {
    let app = TestApp::plain().await;
    let owner = app.owner().await;
    let viewer = app.member(Role::Viewer).await;
    let id = id_of(&app, &viewer).await;
    let reply = owner.post_form(&format!("/staff/people/{id}/sign-out"), &[]).await;
    assert_eq!((reply.status, reply.header("location")), (303, "/staff/people"));
    assert!(owner.get("/staff/people").await.text().contains("They are signed out everywhere."));
    assert!(!owner.get("/staff/people").await.text().contains("They are signed out everywhere."));
    app.end().await;
}

async fn id_of(app: &TestApp, browser: &Browser<'_>) -> app::words::Id {
    let page = app.page().await;
    let mut tx = app.db.read().await.unwrap();
    server::store::staff::by_email(&mut tx, &page.id, &browser.email).await.unwrap().unwrap().member.id
}
