//! The first owner, sessions and passwords.

use app::words::Role;
use chrono::TimeDelta;
use scraper::{Html, Selector};
use server::store::{audit, staff};

use crate::support::app::{Reply, TestApp};
use crate::support::staff::{Browser, ORIGIN, PASSWORD};
use crate::support::{Engine, together};

const SESSION: &str = "__Host-allclear_session";

fn says(reply: &Reply, words: &str) -> bool {
    Html::parse_document(&reply.text()).root_element().text().collect::<String>().contains(words)
}

async fn sign_in(browser: &Browser<'_>, email: &str, password: &str) -> Reply {
    browser.post_form("/staff/sign-in", &[("email", email), ("password", password)]).await
}

fn owner_form(email: &str) -> [(&str, &str); 3] {
    [("email", email), ("password", PASSWORD), ("again", PASSWORD)]
}

#[tokio::test]
async fn fifty_people_set_up_at_once_and_one_of_them_becomes_the_owner() {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        let path = app.set_up().await;
        let form = app.stranger().get(&path).await;
        assert!(form.status == 200 && says(&form, "Set up Allclear"), "{form:?}");
        let emails: Vec<String> = (0..50).map(|number| format!("owner{number}@example.test")).collect();
        let tries = emails.iter().map(async |email| {
            let browser = app.stranger();
            let reply = browser.post_form(&path, &owner_form(email)).await;
            (browser, reply, email)
        });
        let mut owners = Vec::new();
        for (browser, reply, email) in together(tries).await {
            if reply.status == 303 {
                assert_eq!(reply.header("location"), "/staff");
                owners.push((browser, email));
            } else {
                assert!(matches!(reply.status, 404 | 409), "{engine:?}: {}", reply.status);
                assert!(browser.cookie(SESSION).is_none(), "who lost has no session");
                assert!(says(&reply, "sign in"), "{}", reply.text());
            }
        }
        assert_eq!(owners.len(), 1, "{engine:?}");
        let (owner, email) = &owners[0];
        assert_eq!(owner.get("/staff/people").await.status, 200);
        let page = app.page().await;
        let mut tx = app.db.read().await.unwrap();
        let all = staff::all(&mut tx, &page.id).await.unwrap();
        assert_eq!(all.iter().map(|one| (&one.member.email, one.member.role)).collect::<Vec<_>>(), [(*email, Role::Owner)]);
        let done = audit::newest(&mut tx, &page.id, None, 10).await.unwrap();
        assert_eq!(done.iter().map(|entry| entry.action.as_str()).collect::<Vec<_>>(), ["staff.set_up"]);
        drop(tx);
        app.end().await;
    }
}

#[tokio::test]
async fn the_set_up_address_is_gone_for_ever_after_its_use_also_when_nobody_is_left() {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        let path = app.set_up().await;
        let browser = app.stranger();
        assert_eq!(browser.post_form(&path, &owner_form("ann@example.test")).await.status, 303);
        app.meddle("update staff set email = '', email_key = ''").await;
        assert_eq!(app.stranger().get(&path).await.status, 404);
        app.meddle("delete from staff").await;
        assert_eq!(app.stranger().get(&path).await.status, 404);
        assert_eq!(app.stranger().post_form(&path, &owner_form("eve@example.test")).await.status, 404);
        let app = app.restart().await;
        assert_eq!(app.stranger().get(&path).await.status, 404);
        app.end().await;
    }
}

#[tokio::test]
async fn whoever_is_added_at_the_command_line_shuts_the_set_up() {
    let app = TestApp::plain().await;
    let path = app.set_up().await;
    app.member(Role::Viewer).await;
    assert_eq!(app.stranger().get(&path).await.status, 404);
    app.end().await;
}

#[tokio::test]
async fn every_process_has_the_same_address_and_an_import_does_not_change_it() {
    let app = TestApp::plain().await;
    let path = app.set_up().await;
    app.import_history().await;
    assert_eq!(app.stranger().get(&path).await.status, 200);
    let app = app.restart().await;
    assert_eq!(app.set_up().await, path);
    app.end().await;
}

#[tokio::test]
async fn a_wrong_or_foreign_token_sets_nothing_up() {
    let app = TestApp::plain().await;
    let path = app.set_up().await;
    let real = app.stranger().get("/staff/set-up/x").await;
    for wrong in ["/staff/set-up/x".to_owned(), format!("{path}x"), path[..path.len() - 1].to_owned(), path.replace("set-up", "invitation")]
    {
        let reply = app.stranger().get(&wrong).await;
        assert_eq!((reply.status, reply.text()), (404, real.text()), "{wrong}");
        assert_eq!(app.stranger().post_form(&wrong, &owner_form("ann@example.test")).await.status, 404, "{wrong}");
    }
    app.end().await;
}

#[tokio::test]
async fn bad_input_at_the_set_up_is_said_beside_its_field_and_the_address_stays_open() {
    let app = TestApp::plain().await;
    let path = app.set_up().await;
    let long = "x".repeat(1_001);
    for (email, password, again, field, words) in [
        ("", PASSWORD, PASSWORD, "email", "Enter an e-mail address"),
        ("ann", PASSWORD, PASSWORD, "email", "not an e-mail address"),
        ("ann@[127.0.0.1]", PASSWORD, PASSWORD, "email", "full domain"),
        ("ann@example.test\r\nBcc: x@example.test", PASSWORD, PASSWORD, "email", "one address alone"),
        ("ann@example.test", "", "", "password", "at least 12"),
        ("ann@example.test", "eleven chars"[..11].as_ref(), "eleven char", "password", "at least 12"),
        ("ann@example.test", &long, &long, "password", "at most 1,000"),
        ("ann@example.test", PASSWORD, "another password", "again", "not the same"),
    ] {
        let reply = app.stranger().post_form(&path, &[("email", email), ("password", password), ("again", again)]).await;
        assert_eq!(reply.status, 422, "{email:?}");
        let page = Html::parse_document(&reply.text());
        let beside = Selector::parse(&format!("#f-{field}-wrong")).unwrap();
        let sentence: String = page.select(&beside).flat_map(|element| element.text()).collect();
        assert!(sentence.contains(words), "{email:?}: {sentence:?} lacks {words:?}");
        let kept = page.select(&Selector::parse("[name=email]").unwrap()).next().unwrap().attr("value").unwrap().to_owned();
        assert_eq!(kept.split_whitespace().collect::<String>(), email.split_whitespace().collect::<String>(), "the text is kept");
        assert!(!reply.text().contains(PASSWORD), "a password is never sent back");
    }
    assert_eq!(app.stranger().get(&path).await.status, 200);
    app.end().await;
}

#[tokio::test]
async fn signing_in_leads_on_to_a_page_of_staff_and_nowhere_else() {
    let app = TestApp::plain().await;
    let ann = app.owner().await;
    for (next, to) in [
        ("", "/staff"),
        ("/staff/audit?subject=abcdefghijkl", "/staff/audit?subject=abcdefghijkl"),
        ("/staff", "/staff"),
        ("/staffing", "/staff"),
        ("//evil.test/staff", "/staff"),
        ("https://evil.test/staff", "/staff"),
        ("/\\evil.test", "/staff"),
        ("/staff\\..\\..", "/staff"),
        ("/staff/\r\nset-cookie: a=b", "/staff"),
    ] {
        let browser = app.stranger();
        let form = [("email", ann.email.as_str()), ("password", PASSWORD), ("next", next)];
        let reply = browser.post_form("/staff/sign-in", &form).await;
        assert_eq!((reply.status, reply.header("location")), (303, to), "{next:?}");
        assert_eq!(browser.get("/staff/people").await.status, 200);
    }
    app.end().await;
}

#[tokio::test]
async fn every_sign_in_is_a_new_session_in_a_cookie_that_scripts_and_other_sites_do_not_get() {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        let ann = app.owner().await;
        let browser = app.stranger();
        browser.keep(SESSION, "a session that somebody else planted");
        let reply = sign_in(&browser, &ann.email.to_uppercase(), PASSWORD).await;
        assert_eq!(reply.status, 303, "capitals make no other address");
        let cookie = reply.headers.get_all("set-cookie").iter().map(|line| line.to_str().unwrap()).find(|line| line.starts_with(SESSION));
        let cookie = cookie.unwrap();
        for word in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/", "Max-Age=1209600"] {
            assert!(cookie.contains(word), "{cookie} lacks {word}");
        }
        let session = browser.cookie(SESSION).unwrap();
        assert_ne!(session, ann.cookie(SESSION).unwrap());
        assert_eq!(session.len(), 43, "256 bits");
        let kept = app.texts("select token_hash from sessions").await;
        assert_eq!(kept.len(), 2);
        assert!(!kept.contains(&session), "only its hash is kept");
        app.end().await;
    }
}

#[tokio::test]
async fn without_tls_the_cookie_has_its_plain_name() {
    let app = TestApp::with(Engine::Sqlite, &[("ALLCLEAR_PUBLIC_URL", "http://status.example.test")]).await;
    let email = app.owner().await.email;
    let browser = app.stranger();
    let form = [("email", email.as_str()), ("password", PASSWORD)];
    let reply = browser.ask("POST", "/staff/sign-in", &form, &[("origin", "http://status.example.test")]).await;
    assert!(reply.status == 303 && !reply.header("set-cookie").contains("Secure"));
    assert!(browser.cookie("allclear_session").is_some());
    assert_eq!(browser.get("/staff/people").await.status, 200);
    app.end().await;
}

#[tokio::test]
async fn an_unknown_address_a_wrong_password_and_who_is_shut_out_hear_the_same() {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        let ann = app.owner().await;
        let out = app.member(Role::Viewer).await;
        app.meddle("update staff set disabled_at = created_at where role = 'viewer'").await;
        let mut answers = Vec::new();
        for (email, password) in [
            (ann.email.as_str(), "a wrong password"),
            ("nobody@example.test", PASSWORD),
            (out.email.as_str(), PASSWORD),
            ("", ""),
            ("a\0b@example.test", PASSWORD),
        ] {
            let browser = app.stranger();
            let reply = sign_in(&browser, email, password).await;
            assert_eq!(reply.status, 422);
            assert!(browser.cookie(SESSION).is_none());
            answers.push(reply.text().replace(email, "EMAIL").replace("value=\"EMAIL\"", "value=\"\""));
        }
        assert!(answers.windows(2).take(2).all(|pair| pair[0] == pair[1]), "{answers:?}");
        app.end().await;
    }
}

#[tokio::test]
async fn guessing_is_slowed_down_by_account_and_a_right_password_does_not_help_then() {
    let app = TestApp::plain().await;
    let ann = app.owner().await;
    let try_it = async |password: &str| sign_in(&app.stranger(), &ann.email, password).await;
    for _ in 0..5 {
        assert_eq!(try_it("a wrong password").await.status, 422);
    }
    let refused = try_it(PASSWORD).await;
    assert_eq!((refused.status, refused.header("retry-after")), (429, "60"));
    assert!(says(&refused, "Too many tries"));
    assert_eq!(ann.get("/staff/people").await.status, 200, "sessions go on");
    app.hand.advance(TimeDelta::seconds(60));
    assert_eq!(try_it(PASSWORD).await.status, 303);
    assert_eq!(try_it(PASSWORD).await.status, 303, "a right password is not counted");
    assert_eq!(try_it("a wrong password").await.status, 422);
    assert_eq!(try_it(PASSWORD).await.status, 429);
    app.end().await;
}

#[tokio::test]
async fn guessing_is_slowed_down_by_address_whatever_is_written_in_front_of_it() {
    let app = TestApp::plain().await;
    let ann = app.owner().await;
    for number in 0..20 {
        let email = format!("nobody{number}@example.test");
        let form = [("email", email.as_str()), ("password", "a wrong password")];
        let spoof = format!("203.0.113.{number}");
        let headers = [("origin", ORIGIN), ("x-forwarded-for", spoof.as_str())];
        let reply = app.stranger().ask("POST", "/staff/sign-in", &form, &headers).await;
        assert_eq!(reply.status, if number < 5 { 422 } else { 429 }, "{number}");
    }
    assert_eq!(sign_in(&app.stranger(), &ann.email, PASSWORD).await.status, 429);
    app.end().await;
}

#[tokio::test]
async fn behind_a_proxy_the_address_is_what_the_proxy_saw() {
    let app = TestApp::with(Engine::Sqlite, &[("ALLCLEAR_TRUSTED_PROXY_HOPS", "1")]).await;
    let try_from = async |number: usize, forwarded: &str| {
        let email = format!("nobody{number}@example.test");
        let form = [("email", email.as_str()), ("password", "a wrong password")];
        let headers = [("origin", ORIGIN), ("x-forwarded-for", forwarded)];
        app.stranger().ask("POST", "/staff/sign-in", &form, &headers).await.status
    };
    for number in 0..7 {
        let status = try_from(number, &format!("198.51.100.{number}, 203.0.113.9")).await;
        assert_eq!(status, if number < 5 { 422 } else { 429 }, "what stands further left is the reader's own invention");
    }
    assert_eq!(try_from(10, "203.0.113.10").await, 422, "another reader");
    for number in 20..27 {
        let status = try_from(number, &format!("2001:db8:0:1::{number}")).await;
        assert_eq!(status, if number < 25 { 422 } else { 429 }, "a household of IPv6 is one");
    }
    app.end().await;
}

#[tokio::test]
async fn a_session_ends_by_signing_out_by_being_idle_and_by_its_age() {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        let there = async |browser: &Browser<'_>| browser.get("/staff/audit").await.status == 200;
        let ann = app.owner().await;
        let stolen = ann.cookie(SESSION).unwrap();
        let out = ann.post_form("/staff/sign-out", &[]).await;
        assert_eq!((out.status, out.header("location")), (303, "/staff/sign-in"));
        assert!(ann.cookie(SESSION).is_none());
        ann.keep(SESSION, &stolen);
        assert!(!there(&ann).await, "the session itself has ended");

        let idle = app.owner().await;
        app.hand.advance(TimeDelta::hours(11));
        assert!(there(&idle).await);
        app.hand.advance(TimeDelta::hours(11));
        assert!(there(&idle).await, "it was seen meanwhile");
        app.hand.advance(TimeDelta::hours(12));
        assert!(!there(&idle).await);

        let busy = app.owner().await;
        for _ in 0..33 {
            app.hand.advance(TimeDelta::hours(10));
            assert!(there(&busy).await);
        }
        app.hand.advance(TimeDelta::hours(6));
        assert!(!there(&busy).await, "fourteen days are over");
        app.end().await;
    }
}
