//! Where pages stand in each language, where they do not, and that no address of ours leads to another host.

use chrono::TimeDelta;
use serde_json::Value;

use super::{assert_says, assert_stays_in, known};
use crate::support::Engine;
use crate::support::app::TestApp;
use crate::support::works::{hours, show, window, work};

/// The status and the `Location` of what is asked for in exactly these bytes: clients mend odd addresses before they send them.
async fn asked(app: &TestApp, path: &str) -> (u16, Option<String>) {
    let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", app.address());
    let answer = app.raw(request.as_bytes()).await;
    let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_else(|| panic!("{path}: {answer}"));
    let head = answer.split("\r\n\r\n").next().unwrap_or_default();
    let location = head.lines().find_map(|line| line.to_ascii_lowercase().starts_with("location: ").then(|| line[10..].to_owned()));
    (status, location)
}

#[tokio::test]
async fn the_pages_own_language_has_one_address_and_an_unknown_one_has_none() {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        show(&app, &[work("move", Some(window(24, 26)))]).await;
        // Staff may choose another language for the page, so no browser is to keep that it led elsewhere.
        for (path, to) in [
            ("/en", "/"),
            ("/en/", "/"),
            ("/en/history", "/history"),
            ("/en/history?kind=incident", "/history?kind=incident"),
            ("/en/incidents/move00000000", "/incidents/move00000000"),
            ("/en/incidents/move00000000/follow", "/incidents/move00000000/follow"),
            ("/en/confirm/any?x=1", "/confirm/any?x=1"),
        ] {
            assert_eq!(asked(&app, path).await, (307, Some(to.to_owned())), "{path}");
        }
        assert_eq!(asked(&app, "/de/history?kind=&month=").await, (308, Some("/de/history".to_owned())));
        for path in [
            "/fr",
            "/fr/history",
            "/xx/incidents/move00000000",
            "/DE",
            "/De/history",
            "/de/de",
            "/de/en/history",
            "/de/nothing",
            "/deutsch",
        ] {
            assert_eq!(asked(&app, path).await, (404, None), "{path}");
        }
        for (path, code) in [("/de", "de"), ("/de/", "de"), ("/ar/incidents/move00000000", "ar"), ("/ar/follow-ups", "ar")] {
            let page = app.get(path).await;
            assert_says(&page, 200, known(code), "menu-history", path);
            assert_stays_in(code, &page.text(), path);
        }
        assert_eq!(
            app.post("/en/incidents/move00000000/follow", &[("email", "a@example.test")]).await.status,
            307,
            "the form is sent again there"
        );
        app.end().await;
    }
}

#[tokio::test]
async fn what_cannot_be_meant_is_answered_with_the_page_in_its_language() {
    let app = TestApp::plain().await;
    show(&app, &[work("move", Some(window(24, 26)))]).await;
    for code in ["de", "ar"] {
        for (path, key) in [
            ("/history?month=soon&kind=incident", "wrong-month"),
            ("/history?component=API", "wrong-component-id"),
            ("/history?impact=none", "wrong-impact"),
            ("/history?kind=party", "wrong-kind"),
            ("/uptime?year=abc", "wrong-year"),
        ] {
            let path = format!("/{code}{path}");
            let page = app.get(&path).await;
            assert_says(&page, 400, known(code), key, &path);
            assert_stays_in(code, &page.text(), &path);
            assert_eq!(page.header("cache-control"), "no-store", "{path}");
            assert!(page.text().contains("<meta name=\"robots\" content=\"noindex\""), "{path}");
        }
    }
    for path in ["/history?impact=none", "/uptime?year=abc"] {
        assert_eq!(asked(&app, &format!("/en{path}")).await, (307, Some(path.to_owned())), "the page's own language has one address");
    }
    app.end().await;
}

#[tokio::test]
async fn no_address_leads_to_another_host() {
    let app = TestApp::plain().await;
    show(&app, &[]).await;
    let mut led = 0;
    for language in ["en", "de", "ar", "fr"] {
        for rest in [
            "//host.example",
            "//host.example/history",
            "///host.example",
            "/%2F%2Fhost.example",
            "/%2Fhost.example",
            "/\\host.example",
            "/\\/host.example",
            "\\host.example",
            "\\\\host.example",
            "/%5Chost.example",
            "/%09/host.example",
            "/.//host.example",
            "/..//host.example",
            "/@host.example",
            "/https://host.example",
            "//host.example?kind=incident",
            "//host.example/..;/history?month=",
            "/history?month=&kind=incident&//host.example",
        ] {
            let path = format!("/{language}{rest}");
            let (status, location) = asked(&app, &path).await;
            assert!([200, 307, 308, 400, 404].contains(&status), "{path}: {status}");
            let Some(location) = location else { continue };
            led += 1;
            let base = reqwest::Url::parse("https://status.example.test/").unwrap();
            let host = base.join(&location).unwrap().host_str().map(str::to_owned);
            assert_eq!(host.as_deref(), Some("status.example.test"), "{path} leads to {location}");
            assert!(location.starts_with('/') && !location.starts_with("//") && !location.contains('\\'), "{path} leads to {location}");
        }
    }
    assert!(led > 3, "some of them do lead somewhere");
    app.end().await;
}

#[tokio::test]
async fn files_and_the_pages_of_staff_have_no_language() {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        show(&app, &[work("move", Some(window(24, 26)))]).await;
        let home = app.get("/").await.text();
        let sheet = home.split('"').find(|part| part.starts_with("/assets/")).unwrap().to_owned();
        let files = [
            "/history.atom",
            "/history.rss",
            "/history.ics",
            "/post-mortems.atom",
            "/components/api000000000/history.atom",
            "/components/api000000000/history.ics",
            "/components/api000000000/badge.svg",
            "/components/api000000000/badge.json",
            "/components/api000000000/uptime.json",
            "/components/api000000000/uptime.csv",
            "/incidents/move00000000/history.rss",
            "/badge.svg",
            "/badge.json",
            "/live.json",
            "/robots.txt",
            "/favicon.ico",
            "/api/v2/summary.json",
            "/api/v2/status.json",
            "/api/v2/incidents.json",
            &sheet,
        ];
        for path in files {
            assert_eq!(app.get(path).await.status, 200, "{path}");
            for code in ["de", "ar"] {
                let reply = app.get(&format!("/{code}{path}")).await;
                assert_eq!((reply.status, reply.header("location")), (404, ""), "/{code}{path}");
            }
        }
        let token = app.token(app::words::Role::Owner).await;
        let bearer = format!("Bearer {token}");
        assert_eq!(app.get_with("/v1/pages", &[("authorization", &bearer)]).await.status, 200);
        for path in ["/de/v1/pages", "/ar/v1/pages.json", "/de/staff", "/de/staff/sign-in", "/ar/staff/incidents", "/de/demo/mails"] {
            assert_eq!(app.get_with(path, &[("authorization", &bearer)]).await.status, 404, "{path}");
        }
        app.end().await;
    }
}

#[tokio::test]
async fn each_language_of_a_page_has_its_own_tag_and_nothing_else_chooses_it() {
    let app = TestApp::plain().await;
    show(&app, &[work("move", Some(window(24, 26)))]).await;
    for (own, german) in [("/", "/de"), ("/history", "/de/history"), ("/incidents/move00000000", "/de/incidents/move00000000")] {
        let (english, other) = (app.get(own).await, app.get(german).await);
        assert_ne!(english.header("etag"), other.header("etag"), "{own}");
        let known = |path: &'static str, tag: &str| {
            let tag = tag.to_owned();
            let app = &app;
            async move { app.get_with(path, &[("if-none-match", &tag)]).await }
        };
        let same = known(german, other.header("etag")).await;
        assert_eq!((same.status, same.bytes.len(), same.header("vary")), (304, 0, "Accept-Encoding"));
        assert_eq!(known(german, english.header("etag")).await.status, 200, "what one has in English does not stand for {german}");
        assert_eq!(known(own, other.header("etag")).await.status, 200);
        let wishing = [("accept-language", "ar, de;q=0.9"), ("cookie", "language=ar")];
        for (path, reply) in [(own, &english), (german, &other)] {
            let wished = app.get_with(path, &wishing).await;
            assert_eq!(
                (&wished.bytes, wished.header("vary"), wished.header("set-cookie")),
                (&reply.bytes, "Accept-Encoding", ""),
                "{path}"
            );
            for (coding, tag) in [("br", "br"), ("gzip", "gzip"), ("identity", "")] {
                let form = app.get_with(path, &[("accept-encoding", coding)]).await;
                assert_eq!((form.status, form.header("content-encoding")), (200, tag), "{path}");
                assert_eq!(form.header("etag") == reply.header("etag"), tag.is_empty(), "each form of {path} has a tag of its own");
            }
        }
    }
    let lost = app.get_with("/de/nothing", &[("if-none-match", "*")]).await;
    assert_eq!(lost.status, 404, "what is not there is never what one has");
    app.end().await;
}

/// The page of what is planned, in German.
const PLANNED: &str = "/de/incidents/move00000000";

/// What an open page compares.
async fn live(app: &TestApp) -> (i64, String) {
    let live: Value = app.get("/live.json").await.json();
    (live["revision"].as_i64().unwrap(), live["changed_at"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn an_open_page_learns_that_time_alone_has_changed_it_and_only_then() {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        let planned = app::words::Maintenance { auto_complete: true, ..work("move", Some(window(1, 2))) };
        show(&app, &[planned]).await;
        let midnight = (app.view().revision, "2026-11-22T23:00:00Z".to_owned());
        assert_eq!(live(&app).await, midnight, "the day began so in Berlin");
        app.advance(TimeDelta::minutes(59)).await;
        assert_eq!(live(&app).await, midnight, "nothing has begun yet");
        assert!(!app.get(PLANNED).await.text().contains(&known("de").t("step-in_progress")));
        app.advance(TimeDelta::minutes(1)).await;
        let began = (midnight.0, "2026-11-23T11:00:00Z".to_owned());
        assert_eq!(live(&app).await, began, "the window begins, and nobody wrote anything");
        assert!(app.get(PLANNED).await.text().contains(&known("de").t("step-in_progress")));
        for minutes in [1, 58] {
            app.advance(TimeDelta::minutes(minutes)).await;
            assert_eq!(live(&app).await, began, "the work goes on");
        }
        app.advance(TimeDelta::minutes(1)).await;
        assert_eq!(live(&app).await, (began.0, "2026-11-23T12:00:00Z".to_owned()), "it ends by itself");
        app.advance(hours(13) - app.hand.now()).await;
        assert_eq!(live(&app).await, (began.0, "2026-11-23T23:00:00Z".to_owned()), "a new day begins");
        app.end().await;
    }
}
