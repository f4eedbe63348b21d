//! Every route and who may use it: the table against the router, and every guard against every role (reliability X5, X6, X51).

use std::collections::BTreeSet;

use app::words::Role;
use server::web::router::{Guard, Route, TABLES};

use crate::support::app::{Reply, TestApp};
use crate::support::staff::{Browser, ORIGIN};

/// Methods that strangers try.
const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

fn all() -> impl Iterator<Item = &'static Route> {
    TABLES.iter().copied().flatten()
}

/// The address with something in the place of every name: nothing there is called so.
fn address(route: &Route) -> String {
    let parts = route.path.split('/').map(|part| if part.starts_with('{') { "abcdefghijkl" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

fn staff_routes() -> impl Iterator<Item = (&'static Route, Role)> {
    all().filter_map(|route| match route.guard {
        Guard::Staff(role) => Some((route, role)),
        _ => None,
    })
}

fn token_routes() -> impl Iterator<Item = (&'static Route, Role)> {
    all().filter_map(|route| match route.guard {
        Guard::Token(role) => Some((route, role)),
        _ => None,
    })
}

/// Sends what a form of ours would send, without any field.
async fn ask(browser: &Browser<'_>, method: &str, path: &str) -> Reply {
    browser.ask(method, path, &[], &[("origin", ORIGIN), ("sec-fetch-site", "same-origin")]).await
}

async fn with_token(app: &TestApp, route: &Route, token: &str) -> Reply {
    let authorization = format!("OAuth {token}");
    let headers = [("authorization", authorization.as_str()), ("content-type", "application/json")];
    app.send(route.method, &address(route), &headers, b"{}".to_vec()).await
}

#[test]
fn no_route_stands_twice_in_the_tables_and_every_guard_is_on_its_side() {
    let mut seen = BTreeSet::new();
    for route in all() {
        assert!(seen.insert((route.method, route.path)), "{} {} stands twice", route.method, route.path);
        let side = route.path.split('/').nth(1).unwrap_or_default();
        let fits = match route.guard {
            Guard::Staff(_) | Guard::Entrance => side == "staff",
            Guard::Token(_) => side == "v1",
            Guard::Hook(_) => side == "hooks" && route.path.ends_with("/{token}"),
            Guard::Beat => side == "hooks" && route.path.contains("/{token}"),
            Guard::Public => route.method == "GET" && !["staff", "v1", "hooks"].contains(&side),
            Guard::Visitor => !["staff", "v1", "hooks"].contains(&side),
        };
        assert!(fits, "{} {} has the guard {:?}", route.method, route.path, route.guard);
    }
}

#[test]
fn routes_are_made_in_the_router_alone() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/web");
    let mut folders = vec![std::path::PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let makes = std::fs::read_to_string(&path).unwrap().contains(".route(");
            assert_eq!(makes, path.ends_with("router.rs") || path.ends_with("admin.rs"), "{}", path.display());
        }
    }
}

#[tokio::test]
async fn the_router_knows_every_route_of_the_table() {
    let app = TestApp::plain().await;
    let owner = app.owner().await;
    let token = app.token(Role::Owner).await;
    let authorization = format!("OAuth {token}");
    for route in all() {
        let taken: BTreeSet<&str> = all().filter(|other| other.path == route.path).map(|other| other.method).collect();
        let other = METHODS.iter().find(|method| !taken.contains(*method) && !["GET", "HEAD", "OPTIONS"].contains(*method)).unwrap();
        let path = address(route);
        let (wrong, unknown) = match route.guard {
            Guard::Staff(_) | Guard::Entrance => (ask(&owner, other, &path).await, ask(&owner, other, &format!("{path}/x/y/z")).await),
            Guard::Token(_) => {
                let headers = [("authorization", authorization.as_str())];
                (app.request(other, &path, &headers).await, app.request(other, &format!("{path}/x/y/z"), &headers).await)
            }
            // Below the public page every address answers another method alike.
            Guard::Public | Guard::Visitor | Guard::Hook(_) | Guard::Beat => continue,
        };
        assert_eq!((wrong.status, unknown.status), (405, 404), "{other} {}", route.path);
    }
    for route in all().filter(|route| matches!(route.guard, Guard::Public | Guard::Visitor | Guard::Hook(_) | Guard::Beat)) {
        let status = app.request(route.method, &address(route), &[]).await.status;
        assert!(![405, 501].contains(&status), "{} {} answers {status}", route.method, route.path);
    }
    app.end().await;
}

#[tokio::test]
async fn every_role_reaches_its_staff_routes_and_no_other() {
    let app = TestApp::plain().await;
    for role in Role::ALL {
        let mut browser = app.member(*role).await;
        for (route, needed) in staff_routes() {
            if browser.cookie("__Host-allclear_session").is_none() {
                browser = app.member(*role).await;
            }
            let reply = ask(&browser, route.method, &address(route)).await;
            let what = format!("{role}: {} {} answers {}", route.method, route.path, reply.status);
            if role.covers(needed) {
                let turned_away = route.method == "GET" && reply.header("location").starts_with("/staff/sign-in");
                assert!(![401, 403, 405, 500].contains(&reply.status) && !turned_away, "{what}");
            } else {
                assert_eq!(reply.status, 403, "{what}");
                assert!(reply.text().contains(needed.label()), "{what}");
            }
        }
    }
    app.end().await;
}

#[tokio::test]
async fn every_role_of_a_token_reaches_its_routes_and_no_other() {
    let app = TestApp::with(crate::support::Engine::Sqlite, &[("ALLCLEAR_API_RATE", "0")]).await;
    for role in Role::ALL {
        let token = app.token(*role).await;
        for (route, needed) in token_routes() {
            let reply = with_token(&app, route, &token).await;
            let what = format!("{role}: {} {} answers {}", route.method, route.path, reply.status);
            if role.covers(needed) {
                assert!(![401, 403, 405, 500].contains(&reply.status), "{what}");
            } else {
                assert_eq!(reply.status, 403, "{what}");
                assert!(reply.json()["message"].as_str().unwrap().contains(needed.as_str()), "{what}");
            }
        }
    }
    app.end().await;
}

#[tokio::test]
async fn strangers_are_led_to_the_sign_in_or_refused_without_a_hint_on_every_address_of_staff() {
    let app = TestApp::plain().await;
    let app = &app;
    let known = staff_routes().map(|(route, _)| address(route));
    let never_built = ["/staff/settings", "/staff/x/y/z", "/staff/", "/staff//x", "/staff/%00"].map(str::to_owned);
    for path in known.chain(never_built).collect::<BTreeSet<_>>() {
        for cookie in ["", "a session that is none"] {
            for method in METHODS {
                let browser = app.stranger();
                browser.keep("__Host-allclear_session", cookie);
                let reply = ask(&browser, method, &path).await;
                let what = format!("{method} {path} answers {}: {}", reply.status, reply.text());
                assert!(reply.text().len() < 64, "{what}");
                if method == "GET" || method == "HEAD" {
                    assert!(reply.status == 303 && reply.header("location").starts_with("/staff/sign-in"), "{what}");
                } else {
                    assert_eq!(reply.status, 401, "{what}");
                }
            }
        }
    }
}

#[tokio::test]
async fn programs_without_a_token_hear_the_same_on_every_address_of_the_api() {
    let app = TestApp::plain().await;
    let owner = app.owner().await;
    let known = token_routes().map(|(route, _)| address(route));
    let expected = serde_json::json!({"error": "Could not authenticate", "message": "Could not authenticate"});
    for path in known.chain(["/v1".to_owned(), "/v1/nothing/here".to_owned()]).collect::<BTreeSet<_>>() {
        for method in METHODS {
            let reply = ask(&owner, method, &path).await;
            assert_eq!(reply.status, 401, "{method} {path}: a session is no token");
            if method != "HEAD" {
                assert_eq!(reply.json(), expected, "{method} {path}");
            }
        }
    }
    app.end().await;
}

#[tokio::test]
async fn every_page_of_staff_asks_the_database_fewer_than_six_times() {
    let app = TestApp::plain().await;
    app.import_history().await;
    let owner = app.owner().await;
    // The session is noted as seen on the first page after a minute: the most that a page can cost.
    for (route, _) in staff_routes().filter(|(route, _)| route.method == "GET") {
        app.hand.advance(chrono::TimeDelta::minutes(2));
        let reply = owner.get(&address(route)).await;
        let said = reply.header("server-timing").strip_prefix("db;desc=\"").and_then(|rest| rest.strip_suffix(" queries\""));
        let statements: u32 = said.unwrap_or_else(|| panic!("{} says {:?}", route.path, reply.header("server-timing"))).parse().unwrap();
        assert!((1..6).contains(&statements), "{} causes {statements} statements", route.path);
    }
    app.end().await;
}

#[tokio::test]
async fn no_public_page_asks_the_database() {
    let app = TestApp::plain().await;
    app.import_history().await;
    // The service has this very handle: with its connections closed nothing can be asked.
    app.db.close().await;
    let objects = ["/incidents/crg6yywl20z3", "/components/3bvw5b27z6wp", "/history?month=2019-10"].map(str::to_owned);
    // The mails of the demonstration are nowhere else.
    let here = |route: &&Route| route.guard == Guard::Public && !route.path.contains('{') && !route.path.starts_with("/demo/");
    let routes = all().filter(here).map(address);
    for path in routes.chain(objects) {
        let reply = app.get(&path).await;
        assert_eq!(reply.status, 200, "{path}");
        assert_eq!(reply.header("server-timing"), "", "{path}");
    }
    app.end().await;
}
