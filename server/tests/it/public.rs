//! What readers get: pages and machines' documents as immutable bytes, and clear answers to odd requests.

use chrono::TimeDelta;
use scraper::{Html, Selector};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::support::Engine;
use crate::support::app::TestApp;

const PAGES: [&str; 8] = [
    "/",
    "/history",
    "/history?month=2019-10",
    "/incidents/crg6yywl20z3",
    "/components/3bvw5b27z6wp",
    "/post-mortems",
    "/follow-ups",
    "/nothing/here",
];

async fn imported() -> TestApp {
    let app = TestApp::plain().await;
    app.import_history().await;
    app
}

fn select(html: &str, selector: &str) -> Vec<String> {
    let document = Html::parse_document(html);
    document.select(&Selector::parse(selector).unwrap()).map(|element| element.text().collect::<String>()).collect()
}

#[tokio::test]
async fn the_page_is_there_at_the_first_start_without_anything() {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        let reply = app.get("/").await;
        assert_eq!(reply.status, 200);
        assert_eq!(select(&reply.text(), "h1")[0].trim(), "All Systems Operational");
        app.end().await;
    }
}

#[tokio::test]
async fn the_imported_page_shows_its_components_and_where_its_history_is() {
    let app = imported().await;
    let home = app.get("/").await.text();
    for name in ["API", "Cloudlink (VPN)", "Delta Image Downloads"] {
        assert!(home.contains(name), "{name} is on the page");
    }
    let newest = app.get("/history").await.text();
    assert!(newest.contains("2018"), "the history reaches back to its beginning");
    let month = app.get("/history?month=2021-11").await.text();
    assert!(month.contains("/incidents/crg6yywl20z3"));
    app.end().await;
}

#[tokio::test]
async fn every_imported_incident_has_a_page_with_every_word_of_its_updates() {
    let app = imported().await;
    let wire = app.get("/api/v2/incidents.json").await.json();
    for row in wire["incidents"].as_array().unwrap() {
        let id = row["id"].as_str().unwrap();
        let reply = app.get(&format!("/incidents/{id}")).await;
        assert_eq!(reply.status, 200, "{id}");
        let text: String = Html::parse_document(&reply.text()).root_element().text().collect();
        assert!(text.contains(row["name"].as_str().unwrap()));
        for update in row["incident_updates"].as_array().unwrap() {
            let body = update["body"].as_str().unwrap();
            let first: String = body.chars().take_while(|c| c.is_alphanumeric() || matches!(c, ' ' | ',' | '\'')).collect();
            assert!(text.contains(first.trim()), "{id} lacks {first:?}");
        }
    }
    app.end().await;
}

#[tokio::test]
async fn backdated_updates_say_so() {
    let app = imported().await;
    let page = app.get("/incidents/s926lrj94pv2").await.text();
    assert!(page.contains("posted later"), "shown under 13:00, written at 14:11");
    app.end().await;
}

#[tokio::test]
async fn every_page_has_one_heading_one_policy_and_no_cookie() {
    let app = imported().await;
    for path in PAGES {
        let reply = app.get(path).await;
        let html = reply.text();
        assert_eq!(select(&html, "h1").len(), 1, "{path}");
        assert!(reply.headers.get("set-cookie").is_none(), "{path}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
        let policy = reply.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe-inline"), "{policy}");
        let document = Html::parse_document(&html);
        for script in document.select(&Selector::parse("script:not([src]):not([type=\"application/ld+json\"])").unwrap()) {
            use base64::Engine as _;
            let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(script.inner_html()));
            assert!(policy.contains(&format!("'sha256-{hash}'")), "{path} has an inline script that its policy does not know");
        }
        assert!(document.select(&Selector::parse("[style], [onclick], [onload], style").unwrap()).next().is_none(), "{path}");
        let elsewhere = document
            .select(&Selector::parse("script[src], link[rel=stylesheet], link[rel=icon], img").unwrap())
            .filter_map(|element| element.attr("src").or(element.attr("href")))
            .find(|address| !address.starts_with('/'));
        assert_eq!(elsewhere, None, "{path} asks nobody else");
    }
    app.end().await;
}

#[tokio::test]
async fn readers_who_have_it_get_304_and_compressed_forms_are_the_same_content() {
    let app = imported().await;
    for path in ["/", "/history", "/incidents/crg6yywl20z3", "/components/3bvw5b27z6wp", "/history.atom", "/api/v2/summary.json"] {
        let plain = app.get(path).await;
        let tag = plain.header("etag").to_owned();
        assert!(tag.starts_with('"') && tag.len() > 12, "{path}: a strong tag, not {tag}");
        assert_eq!(
            plain.header("cache-control"),
            "public, max-age=5, s-maxage=10, stale-while-revalidate=30, stale-if-error=86400",
            "{path}"
        );
        assert_eq!(plain.header("vary"), "Accept-Encoding");
        for coding in ["br", "gzip"] {
            let packed = app.get_with(path, &[("accept-encoding", coding)]).await;
            assert_eq!(packed.header("content-encoding"), coding, "{path}");
            assert_ne!(packed.header("etag"), tag, "other bytes have another tag");
            let mut unpacked = Vec::new();
            if coding == "br" {
                brotli::BrotliDecompress(&mut packed.bytes.as_slice(), &mut unpacked).unwrap();
            } else {
                std::io::copy(&mut flate2::read::GzDecoder::new(packed.bytes.as_slice()), &mut unpacked).unwrap();
            }
            assert_eq!(unpacked, plain.bytes, "{path}");
            let known = app.get_with(path, &[("accept-encoding", coding), ("if-none-match", packed.header("etag"))]).await;
            assert_eq!((known.status, known.bytes.len()), (304, 0), "{path}");
        }
        for named in [tag.clone(), format!("\"other\", W/{tag}"), "*".to_owned()] {
            let known = app.get_with(path, &[("if-none-match", &named)]).await;
            assert_eq!((known.status, known.header("etag")), (304, tag.as_str()), "{path} {named}");
        }
        assert_eq!(app.get_with(path, &[("if-none-match", "\"other\"")]).await.status, 200);
    }
    app.end().await;
}

#[tokio::test]
async fn refused_codings_are_not_sent() {
    let app = imported().await;
    for (accept, sent) in
        [("br;q=0, gzip", "gzip"), ("identity", ""), ("*", "br"), ("deflate", ""), ("BR", "br"), ("br;q=0,*;q=0", ""), (";;;,,=", "")]
    {
        let reply = app.get_with("/", &[("accept-encoding", accept)]).await;
        assert_eq!((reply.status, reply.header("content-encoding")), (200, sent), "{accept}");
    }
    app.end().await;
}

#[tokio::test]
async fn a_head_request_has_the_headers_and_no_body() {
    let app = imported().await;
    let get = app.get("/").await;
    let head = app.request("HEAD", "/", &[]).await;
    assert_eq!((head.status, head.bytes.len(), head.header("etag")), (200, 0, get.header("etag")));
    assert_eq!(head.header("content-length"), get.bytes.len().to_string());
    app.end().await;
}

#[tokio::test]
async fn odd_addresses_get_a_clear_4xx_and_never_a_5xx() {
    let app = imported().await;
    for path in [
        "/incidents/..%2f..%2fetc%2fpasswd",
        "/incidents/x%2e%2e/",
        "/incidents/%00",
        "/components/%ff%fe",
        "/incidents/UPPERCASE123",
        "/incidents/aaaaaaaaaaaa",
        "/components/aaaaaaaaaaaa",
        "/assets/..%2fmain.css",
        "/assets/%5c..%5c",
        "/api/v2/../summary.json%00",
        "/history?month=2026-13",
        "/history?month=%ff",
        "/history?month=0000-01",
        "/history?month=2099-01",
        "/history/",
        "//",
        "/staffroom",
        "/api/v2/incidents/crg6yywl20z3.json",
        "/incidents/crg6yywl20z3/",
        "/not-found",
    ] {
        let reply = app.get(path).await;
        assert!((400..500).contains(&reply.status), "{path}: {}", reply.status);
        assert!(!reply.bytes.is_empty(), "{path} says something");
    }
    let long = format!("/?{}", "q".repeat(9_000));
    assert_eq!(app.get(&long).await.status, 414);
    assert_eq!(app.get(&format!("/history?{}", "a=b&".repeat(500))).await.status, 200, "unknown parameters are ignored");
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW"] {
        for path in ["/", "/api/v2/status.json", "/incidents/crg6yywl20z3", "/nothing"] {
            let status = app.request(method, path, &[]).await.status;
            assert!(status == 405 || status == 404, "{method} {path}: {status}");
        }
    }
    app.end().await;
}

#[tokio::test]
async fn broken_requests_are_answered_or_closed() {
    let app = imported().await;
    assert!(app.raw(b"GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await.starts_with("HTTP/1.1 404"));
    assert!(app.raw(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n").await.starts_with("HTTP/1.1 200"), "an unknown host shows the page");
    assert!(app.raw(b"nonsense\r\n\r\n").await.starts_with("HTTP/1.1 400"));
    let headers = format!("GET / HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n", "a".repeat(40_000));
    assert!(app.raw(headers.as_bytes()).await.starts_with("HTTP/1.1 431"));
    app.end().await;
}

#[tokio::test]
async fn the_404_is_a_page_for_people_and_a_sentence_for_programs() {
    let app = imported().await;
    let page = app.get("/nothing").await;
    assert_eq!((page.status, page.header("content-type")), (404, "text/html; charset=utf-8"));
    assert!(!select(&page.text(), "a[href='/']").is_empty(), "it leads back");
    let json = app.get("/api/v2/nothing.json").await;
    assert_eq!((json.status, json.json()["error"].is_string()), (404, true));
    app.end().await;
}

#[tokio::test]
async fn the_feed_is_well_formed_and_keyed_by_id() {
    let app = imported().await;
    let reply = app.get("/history.atom").await;
    assert_eq!(reply.header("content-type"), "application/atom+xml; charset=utf-8");
    let text = reply.text();
    let mut reader = quick_xml::Reader::from_str(&text);
    let mut entries = 0;
    loop {
        match reader.read_event().expect("well-formed") {
            quick_xml::events::Event::Start(tag) if tag.name().as_ref() == b"entry" => entries += 1,
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(entries, 18);
    assert!(text.contains("tag:status.example.test,2005:Incident/crg6yywl20z3"));
    app.end().await;
}

#[tokio::test]
async fn time_alone_changes_the_page_at_midnight_and_the_page_says_as_of_when_it_holds() {
    let app = imported().await;
    let before = app.get("/").await.text();
    app.advance(TimeDelta::seconds(30)).await;
    assert_eq!(app.get("/").await.text(), before, "nothing to say yet");
    app.advance(TimeDelta::minutes(10)).await;
    let later = app.get("/").await.text();
    assert!(before.contains("10:00") && later.contains("10:10"));
    let wire = app.get("/api/v2/summary.json").await;
    assert_eq!(app.get_with("/api/v2/summary.json", &[("if-none-match", wire.header("etag"))]).await.status, 304);
    app.end().await;
}

#[tokio::test]
async fn after_a_restart_readers_get_the_last_snapshot_before_the_database_answers() {
    let app = TestApp::new(Engine::Postgres).await;
    app.import_history().await;
    let live: Value = app.get("/live.json").await.json();
    assert!(live["revision"].as_i64().unwrap() > 0 && live["next_poll_s"].as_i64().unwrap() >= 15);
    let home = app.get("/").await.text();
    let file = server::snapshot::disk::file(app.data_dir.path());
    let kept = server::snapshot::disk::restore(&file, &server::web::assets::addresses()).expect("it is on disk");
    assert_eq!(kept.hot["/"].identity.bytes, home.as_bytes());
    let app = app.restart_away().await;
    for path in ["/", "/de", "/history", "/history.atom", "/history.ics", "/api/v2/summary.json"] {
        assert_eq!(app.get(path).await.status, 200, "{path}");
    }
    assert_eq!(app.get("/").await.text(), home);
    for path in ["/incidents/crg6yywl20z3", "/components/3bvw5b27z6wp/history.ics"] {
        assert_eq!(app.get(path).await.status, 503, "what is not on disk waits for the database: {path}");
    }
    app.end().await;
}

#[tokio::test]
async fn while_the_database_is_away_the_page_goes_on_with_the_time_and_says_since_when() {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        app.import_history().await;
        app.db.close().await;
        app.advance(TimeDelta::minutes(5)).await;
        let home = app.get("/").await.text();
        assert!(home.contains("10:00") && home.contains("cannot be reached"), "{engine:?}");
        app.advance(TimeDelta::hours(20)).await;
        let next_day = app.get("/history").await.text();
        assert!(next_day.contains("cannot be reached"));
        for path in ["/", "/incidents/crg6yywl20z3", "/api/v2/summary.json", "/history.atom", "/history.ics"] {
            assert_eq!(app.get(path).await.status, 200, "{path}");
        }
        app.end().await;
    }
}

#[tokio::test]
async fn a_snapshot_of_another_build_is_served_with_the_style_of_this_one() {
    let app = imported().await;
    let file = server::snapshot::disk::file(app.data_dir.path());
    let ours = server::web::assets::addresses();
    let kept = server::snapshot::disk::restore(&file, &ours).unwrap();
    let theirs = app::Assets { css: "/assets/main.0000000000000000.css".to_owned(), ..ours.clone() };
    let led = |page: &[u8], from: &str, to: &str| String::from_utf8(page.to_vec()).unwrap().replace(from, to);
    let old = led(&kept.hot["/"].identity.bytes, &ours.css, &theirs.css);
    let page = server::snapshot::Document::new(
        server::snapshot::document::Kind::Html,
        axum::http::StatusCode::OK,
        old.into_bytes(),
        server::snapshot::document::Effort::Fast,
    );
    let hot = [("/".to_owned(), std::sync::Arc::new(page))].into();
    server::snapshot::disk::save(&file, &hot, &theirs, app.hand.now()).unwrap();
    let restored = server::snapshot::disk::restore(&file, &ours).unwrap();
    assert_eq!(restored.hot["/"].identity.bytes, kept.hot["/"].identity.bytes);
    app.end().await;
}

#[tokio::test]
async fn tags_that_a_proxy_weakened_or_listed_are_understood_for_embedded_files_too() {
    let app = imported().await;
    let css = server::web::assets::addresses().css;
    let tag = app.get(&css).await.header("etag").to_owned();
    for named in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}"), "*".to_owned()] {
        assert_eq!(app.get_with(&css, &[("if-none-match", &named)]).await.status, 304, "{named}");
    }
    app.end().await;
}

#[tokio::test]
async fn a_damaged_snapshot_is_not_served() {
    let app = imported().await;
    let file = server::snapshot::disk::file(app.data_dir.path());
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&file, &bytes).unwrap();
    assert!(server::snapshot::disk::restore(&file, &server::web::assets::addresses()).is_none());
    std::fs::write(&file, &bytes[..100]).unwrap();
    assert!(server::snapshot::disk::restore(&file, &server::web::assets::addresses()).is_none());
    let app = app.restart().await;
    assert_eq!(app.get("/").await.status, 200, "it is made anew");
    app.end().await;
}

#[tokio::test]
async fn a_snapshot_of_another_version_is_passed_over() {
    let app = imported().await;
    let file = server::snapshot::disk::file(app.data_dir.path());
    let bytes = std::fs::read(&file).unwrap();
    assert_eq!(&bytes[..16], b"allclear snap 3\n", "what kinds of documents there are has changed since 2: they are kept by number");
    let older = [b"allclear snap 2\n".as_slice(), &bytes[16..]].concat();
    std::fs::write(&file, &older).unwrap();
    assert!(server::snapshot::disk::restore(&file, &server::web::assets::addresses()).is_none(), "whole as it is");
    let app = app.restart().await;
    assert_eq!(app.get("/").await.status, 200, "it is made anew");
    assert!(server::snapshot::disk::restore(&file, &server::web::assets::addresses()).is_some(), "and kept in its place");
    app.end().await;
}

#[tokio::test]
async fn every_declared_route_answers_and_no_other_does() {
    let app = imported().await;
    let list = app.get("/post-mortems").await.text();
    let document = list.split("href=\"/post-mortems/").nth(1).and_then(|rest| rest.get(..12)).unwrap();
    for route in server::web::router::ROUTES {
        let id = match route.path.split('/').nth(1) {
            Some("incidents") => "crg6yywl20z3",
            Some("post-mortems") => document,
            _ => "3bvw5b27z6wp",
        };
        let path = route.path.replace("{id}", id).replace("{date}", "2026-11-22");
        // Embedded files have their own tests, and so have revisions: nothing that was imported has one.
        if path.contains("{name}") || path.contains("{number}") {
            continue;
        }
        let reply = app.get(&path).await;
        assert_eq!(reply.status, 200, "{path}");
    }
    let home = app.get("/").await.text();
    let css = home.split('"').find(|part| part.starts_with("/assets/main.")).unwrap();
    let sheet = app.get(css).await;
    assert_eq!((sheet.status, sheet.header("cache-control")), (200, "public, max-age=31536000, immutable"));
    app.end().await;
}
