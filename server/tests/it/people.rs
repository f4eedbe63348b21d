//! Who may write: added, invited, changed and shut out by owners; and their tokens.

use app::words::{Id, Role};
use chrono::TimeDelta;
use scraper::{Html, Selector};
use server::store::{audit, staff};

use crate::support::app::{Reply, TestApp};
use crate::support::staff::{Browser, PASSWORD};
use crate::support::{Engine, together};

const NEW: &str = "another good password";

async fn id_of(app: &TestApp, email: &str) -> Id {
    let page = app.page().await;
    let mut tx = app.db.read().await.unwrap();
    staff::by_email(&mut tx, &page.id, &email.to_lowercase()).await.unwrap().unwrap().member.id
}

async fn change(owner: &Browser<'_>, app: &TestApp, email: &str, what: &str, fields: &[(&str, &str)]) -> Reply {
    owner.post_form(&format!("/staff/people/{}/{what}", id_of(app, email).await), fields).await
}

async fn is_in(browser: &Browser<'_>) -> bool {
    browser.get("/staff/audit").await.status == 200
}

/// What the page shows once: a link or a token.
fn once(reply: &Reply) -> String {
    let page = Html::parse_document(&reply.text());
    page.select(&Selector::parse(".once").unwrap()).next().expect("something is shown once").text().collect()
}

fn path(link: &str) -> &str {
    link.strip_prefix("https://status.example.test").expect("an absolute link")
}

fn beside(reply: &Reply, id: &str) -> String {
    let page = Html::parse_document(&reply.text());
    page.select(&Selector::parse(&format!("#{id}")).unwrap()).flat_map(|element| element.text()).collect()
}

async fn choose(browser: &Browser<'_>, link: &str) -> Reply {
    browser.post_form(path(link), &[("password", NEW), ("again", NEW)]).await
}

async fn try_password(app: &TestApp, email: &str, password: &str) -> u16 {
    app.stranger().post_form("/staff/sign-in", &[("email", email), ("password", password)]).await.status
}

#[tokio::test]
async fn who_is_invited_chooses_a_password_once_and_is_in() {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        let owner = app.owner().await;
        let form = [("email", "Ben@example.test"), ("name", "Ben"), ("role", "responder")];
        let link = once(&owner.post_form("/staff/people", &form).await);
        assert_eq!(try_password(&app, "ben@example.test", "").await, 422, "nobody signs in without a password");
        let ben = app.stranger();
        let page = ben.get(path(&link)).await;
        assert!(page.status == 200 && page.text().contains("Ben@example.test"));
        let short = ben.post_form(path(&link), &[("password", "short"), ("again", "short")]).await;
        assert!(short.status == 422 && beside(&short, "f-password-wrong").contains("at least 12"));
        let done = choose(&ben, &link).await;
        assert_eq!((done.status, done.header("location")), (303, "/staff"));
        assert!(is_in(&ben).await);
        assert_eq!(ben.get("/staff/people").await.status, 403, "a responder sees no people");
        assert_eq!(app.stranger().get(path(&link)).await.status, 404, "the link was used");
        assert_eq!(choose(&app.stranger(), &link).await.status, 404);
        assert_eq!(try_password(&app, "ben@example.test", NEW).await, 303);
        app.end().await;
    }
}

#[tokio::test]
async fn of_many_who_have_the_link_one_chooses_the_password() {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        let owner = app.owner().await;
        let link = once(&owner.post_form("/staff/people", &[("email", "ben@example.test"), ("role", "viewer")]).await);
        let tries = (0..8).map(async |_| choose(&app.stranger(), &link).await.status);
        let done = together(tries).await;
        assert_eq!(done.iter().filter(|status| **status == 303).count(), 1, "{engine:?}: {done:?}");
        assert!(done.iter().all(|status| [303, 404].contains(status)), "{engine:?}: {done:?}");
        app.end().await;
    }
}

#[tokio::test]
async fn a_link_lapses_after_72_hours_with_a_newer_one_and_when_its_person_is_shut_out() {
    let app = TestApp::plain().await;
    let owner = app.owner().await;
    let open = async |link: &str| app.stranger().get(path(link)).await.status == 200;
    let first = once(&owner.post_form("/staff/people", &[("email", "ben@example.test"), ("role", "viewer")]).await);
    assert!(open(&first).await);
    let second = once(&change(&owner, &app, "ben@example.test", "link", &[]).await);
    assert!(!open(&first).await && open(&second).await);
    app.hand.advance(TimeDelta::hours(72) - TimeDelta::seconds(1));
    assert!(open(&second).await);
    app.hand.advance(TimeDelta::seconds(2));
    assert!(!open(&second).await);
    let owner = app.owner().await;
    let third = once(&change(&owner, &app, "ben@example.test", "link", &[]).await);
    assert!(open(&third).await);
    assert_eq!(change(&owner, &app, "ben@example.test", "disable", &[]).await.status, 303);
    assert!(!open(&third).await);
    let refused = change(&owner, &app, "ben@example.test", "link", &[]).await;
    assert!(refused.status == 409 && refused.text().contains("let them in again first"));
    app.end().await;
}

#[tokio::test]
async fn bad_input_for_a_person_is_said_beside_its_field_and_adds_nobody() {
    let app = TestApp::plain().await;
    let owner = app.owner().await;
    let long = "n".repeat(101);
    for (email, name, role, field, words) in [
        ("", "", "viewer", "email", "Enter an e-mail address"),
        ("ben@localhost", "", "viewer", "email", "full domain"),
        (owner.email.as_str(), "", "viewer", "email", "in the list already"),
        ("ben@example.test", long.as_str(), "viewer", "name", "at most 100"),
        ("ben@example.test", "Ben\u{7}", "viewer", "name", "one line"),
        ("ben@example.test", "Ben", "king", "role", "Choose one of the roles"),
        ("ben@example.test", "Ben", "", "role", "Choose one of the roles"),
    ] {
        let reply = owner.post_form("/staff/people", &[("email", email), ("name", name), ("role", role)]).await;
        assert_eq!(reply.status, 422, "{email} {name} {role}");
        let sentence = beside(&reply, &format!("f-person-{field}-wrong"));
        assert!(sentence.contains(words), "{sentence:?} lacks {words:?}");
    }
    assert_eq!(app.texts("select email from staff").await.len(), 1);
    app.end().await;
}

#[tokio::test]
async fn a_changed_role_a_reset_and_a_closed_door_end_every_session_at_once() {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        let owner = app.owner().await;
        for (what, fields) in [("role", &[("role", "viewer")][..]), ("disable", &[]), ("sign-out", &[])] {
            let ben = app.member(Role::Responder).await;
            assert!(is_in(&ben).await);
            assert_eq!(change(&owner, &app, &ben.email, what, fields).await.status, 303, "{what}");
            assert!(!is_in(&ben).await, "{engine:?}: {what}");
            let back = try_password(&app, &ben.email, PASSWORD).await;
            assert_eq!(back, if what == "disable" { 422 } else { 303 }, "{engine:?}: {what}");
            if what == "disable" {
                assert_eq!(change(&owner, &app, &ben.email, "enable", &[]).await.status, 303);
                assert_eq!(try_password(&app, &ben.email, PASSWORD).await, 303);
                assert!(!is_in(&ben).await, "the old session stays dead");
            }
        }
        assert!(is_in(&owner).await);
        app.end().await;
    }
}

#[tokio::test]
async fn whoever_changes_their_password_is_signed_out_everywhere_else() {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        let ann = app.member(Role::Viewer).await;
        let elsewhere = app.stranger();
        let form = [("email", ann.email.as_str()), ("password", PASSWORD)];
        assert_eq!(elsewhere.post_form("/staff/sign-in", &form).await.status, 303);
        let wrong = [("current", "not my password"), ("password", NEW), ("again", NEW)];
        let refused = ann.post_form("/staff/people/me", &wrong).await;
        assert!(refused.status == 422 && beside(&refused, "f-current-wrong").contains("not your password"));
        let differing = [("current", PASSWORD), ("password", NEW), ("again", PASSWORD)];
        let refused = ann.post_form("/staff/people/me", &differing).await;
        assert!(refused.status == 422 && beside(&refused, "f-again-wrong").contains("not the same"));
        assert!(is_in(&elsewhere).await, "nothing was changed");
        let right = [("current", PASSWORD), ("password", NEW), ("again", NEW)];
        let done = ann.post_form("/staff/people/me", &right).await;
        assert_eq!((done.status, done.header("location")), (303, "/staff/people/me"));
        assert!(is_in(&ann).await && !is_in(&elsewhere).await);
        assert_eq!(try_password(&app, &ann.email, PASSWORD).await, 422);
        assert_eq!(try_password(&app, &ann.email, NEW).await, 303);
        app.end().await;
    }
}

#[tokio::test]
async fn guessing_the_password_of_a_browser_left_open_is_slowed_down() {
    let app = TestApp::plain().await;
    let ann = app.member(Role::Viewer).await;
    let wrong = [("current", "not my password"), ("password", NEW), ("again", NEW)];
    for _ in 0..5 {
        assert_eq!(ann.post_form("/staff/people/me", &wrong).await.status, 422);
    }
    assert_eq!(ann.post_form("/staff/people/me", &wrong).await.status, 429);
    app.end().await;
}

#[tokio::test]
async fn the_last_owner_who_can_sign_in_stays_one() {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        let ann = app.owner().await;
        ann.post_form("/staff/people", &[("email", "ben@example.test"), ("role", "owner")]).await;
        for (what, fields) in [("role", &[("role", "admin")][..]), ("disable", &[])] {
            let refused = change(&ann, &app, &ann.email, what, fields).await;
            assert_eq!(refused.status, 409, "{what}: Ben has no password yet");
            assert!(refused.text().contains("last owner"), "{what}");
        }
        assert!(is_in(&ann).await, "nothing was changed");
        let (eve, app) = (app.owner().await, &app);
        let each_other = [(&ann, &eve), (&eve, &ann)];
        let done =
            together(each_other.map(async |(from, to)| change(from, app, &to.email, "role", &[("role", "viewer")]).await.status)).await;
        assert_eq!(done.iter().filter(|status| **status == 303).count(), 1, "{engine:?}: one of two who demote each other: {done:?}");
    }
}

#[tokio::test]
async fn people_of_other_pages_and_ids_that_are_none_are_missing() {
    let app = TestApp::plain().await;
    let owner = app.owner().await;
    for id in ["abcdefghijkl", "x", "..%2F..", "%00"] {
        for what in ["role", "link", "sign-out", "disable", "enable"] {
            let reply = owner.post_form(&format!("/staff/people/{id}/{what}"), &[("role", "viewer")]).await;
            assert_eq!(reply.status, 404, "{id} {what}");
        }
        assert_eq!(owner.post_form(&format!("/staff/tokens/{id}/revoke"), &[]).await.status, 404, "{id}");
    }
    app.end().await;
}

#[tokio::test]
async fn an_admin_sees_people_and_is_offered_nothing_to_change() {
    let app = TestApp::plain().await;
    let (owner, admin) = (app.owner().await, app.member(Role::Admin).await);
    let page = admin.get("/staff/people").await;
    assert!(page.status == 200 && page.text().contains(&owner.email));
    assert!(!page.text().contains("action=\"/staff/people") && !page.text().contains("action=\"/staff/tokens"));
    assert!(owner.get("/staff/people").await.text().contains("action=\"/staff/people\""));
    app.end().await;
}

#[tokio::test]
async fn a_token_is_made_shown_once_used_and_taken_back() {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        let owner = app.owner().await;
        let made = owner.post_form("/staff/tokens", &[("name", "deploys"), ("role", "viewer"), ("days", "30")]).await;
        let token = once(&made);
        let status = async || app.get_with("/v1/pages", &[("authorization", &format!("Bearer {token}"))]).await.status;
        assert_eq!(status().await, 200);
        let list = owner.get("/staff/people").await.text();
        assert!(list.contains("deploys") && list.contains(&token[..17]) && !list.contains(&token));
        let revoke = Html::parse_document(&list);
        let revoke = revoke.select(&Selector::parse("form[action$=revoke]").unwrap()).next().unwrap().attr("action").unwrap().to_owned();
        assert_eq!(owner.post_form(&revoke, &[]).await.status, 303);
        assert_eq!(status().await, 401);
        assert_eq!(owner.post_form(&revoke, &[]).await.status, 404, "once is enough");
        let short = once(&owner.post_form("/staff/tokens", &[("name", "short"), ("role", "viewer"), ("days", "1")]).await);
        app.hand.advance(TimeDelta::days(1));
        assert_eq!(app.get_with("/v1/pages", &[("authorization", &format!("Bearer {short}"))]).await.status, 401);
        app.end().await;
    }
}

#[tokio::test]
async fn a_token_for_what_comes_back_is_made_and_says_where_it_goes() {
    let app = TestApp::plain().await;
    let owner = app.owner().await;
    let made = owner.post_form("/staff/tokens", &[("name", "mail server"), ("role", "bounces")]).await;
    let token = once(&made);
    assert!(made.text().contains("https://status.example.test/hooks/bounces/"), "{}", made.text());
    assert!(owner.get("/staff/people").await.text().contains("Bounces"));
    assert_eq!(app.send("POST", &format!("/hooks/bounces/{token}"), &[], Vec::new()).await.status, 422);
    let person = [("email", "eve@example.test"), ("role", "bounces")];
    assert_eq!(owner.post_form("/staff/people", &person).await.status, 422, "nobody is a mail server");
    app.end().await;
}

#[tokio::test]
async fn bad_input_for_a_token_is_said_beside_its_field_and_makes_none() {
    let app = TestApp::plain().await;
    let owner = app.owner().await;
    for (name, role, days, field) in [
        ("", "viewer", "", "name"),
        ("two\nlines", "viewer", "", "name"),
        ("deploys", "king", "", "role"),
        ("deploys", "viewer", "0", "days"),
        ("deploys", "viewer", "-1", "days"),
        ("deploys", "viewer", "3651", "days"),
        ("deploys", "viewer", "soon", "days"),
    ] {
        let reply = owner.post_form("/staff/tokens", &[("name", name), ("role", role), ("days", days)]).await;
        assert_eq!(reply.status, 422, "{name:?} {role} {days}");
        assert!(!beside(&reply, &format!("f-token-{field}-wrong")).is_empty(), "{name:?} {role} {days}");
    }
    assert_eq!(app.texts("select id from api_tokens").await.len(), 0);
    app.end().await;
}

#[tokio::test]
async fn the_audit_tells_who_did_what_in_pages_and_by_subject() {
    let app = TestApp::plain().await;
    let owner = app.owner().await;
    let ben = app.member(Role::Viewer).await;
    app.hand.advance(TimeDelta::seconds(1));
    assert_eq!(change(&owner, &app, &ben.email, "role", &[("role", "admin")]).await.status, 303);
    let id = id_of(&app, &ben.email).await;
    let page = app.page().await;
    let mut tx = app.db.read().await.unwrap();
    let newest = audit::newest(&mut tx, &page.id, None, 1).await.unwrap().remove(0);
    drop(tx);
    assert_eq!((newest.action.as_str(), newest.detail.as_deref()), ("staff.change_role", Some("to admin")));
    assert_eq!((newest.actor_name.as_str(), newest.subject_id), (owner.email.as_str(), Some(id.clone())));
    let of_ben = owner.get(&format!("/staff/audit?subject={id}")).await.text();
    assert!(of_ben.contains("staff.change_role") && of_ben.contains("staff.sign_in"));
    assert!(!of_ben.contains(id_of(&app, &owner.email).await.as_str()));
    // 120 entries of one instant: no page boundary may swallow any.
    for number in 0..120 {
        let made = owner.post_form("/staff/tokens", &[("name", &format!("token {number}")), ("role", "viewer")]).await;
        assert_eq!(made.status, 200);
    }
    let (mut next, mut seen) = ("/staff/audit".to_owned(), Vec::new());
    for _ in 0..3 {
        let text = owner.get(&next).await.text();
        let page = Html::parse_document(&text);
        let details = Selector::parse("tbody td[data-label=Detail]").unwrap();
        seen.extend(page.select(&details).map(|cell| cell.text().collect::<String>()).filter(|text| text.starts_with("token ")));
        let Some(older) = page.select(&Selector::parse("a[href*=before]").unwrap()).next() else { break };
        next = older.attr("href").unwrap().to_owned();
    }
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 120);
    for bad in ["?subject=X", "?before=yesterday", "?before=1-x", "?before=99999999999999999999-abcdefghijkl"] {
        assert_eq!(owner.get(&format!("/staff/audit{bad}")).await.status, 400, "{bad}");
    }
    app.end().await;
}
