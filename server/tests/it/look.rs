//! The look of the page: what is chosen on the staff page, and what readers get of it.

use app::words::Role;
use serde_json::json;
use server::store::pages;

use crate::domain::picture::png;
use crate::staff_pages::{between, each_engine_app, led_to};
use crate::support::app::{Reply, TestApp};
use crate::support::staff::Browser;

const HERE: &str = "/staff/look";
const DRAWING: &[u8] = br##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><path d="M0 0h40v10H0z" fill="#0e6b5c"/></svg>"##;

/// Sends the whole form; `changed` stands in the place of what is right.
async fn send(browser: &Browser<'_>, changed: &[(&str, &str)]) -> Reply {
    let right = [
        ("name", "Meridian"),
        ("time_zone", "Europe/Berlin"),
        ("home", "https://www.meridian.example/"),
        ("about", "One *page* for all.<script>alert(1)</script>"),
        ("language", "en"),
        ("languages", "en"),
        ("languages", "de"),
        ("accent", "#0e6b5c"),
        ("accent_dark", ""),
    ];
    let kept = right.into_iter().filter(|(name, _)| !changed.iter().any(|(other, _)| other == name));
    browser.post_form(HERE, &kept.chain(changed.iter().copied()).collect::<Vec<_>>()).await
}

/// The first address that begins so.
fn address<'a>(page: &'a str, start: &str) -> &'a str {
    between(page, start, "\"")
}

#[tokio::test]
async fn what_is_chosen_is_on_every_page_at_once() {
    each_engine_app(async |app| {
        let browser = app.owner().await;
        assert_eq!(led_to(&send(&browser, &[]).await), HERE);
        let home = app.get("/").await.text();
        assert!(home.contains("<title>All Systems Operational - Meridian status</title>"), "{home}");
        assert!(home.contains("<p>One <em>page</em> for all.&lt;script&gt;alert(1)"), "{home}");
        assert!(home.contains("<a href=\"https://www.meridian.example/\">Go to www.meridian.example</a>"), "{home}");
        assert!(home.contains("CET") || home.contains("CEST"), "times are in the zone: {home}");
        let sheet = app.get(address(&home, "/files/look.")).await;
        assert_eq!((sheet.status, sheet.header("content-type")), (200, "text/css; charset=utf-8"));
        assert_eq!(sheet.header("cache-control"), "public, max-age=31536000, immutable");
        assert!(sheet.text().starts_with(":root,[data-theme=\"light\"]{--link:#0e6b5c;--act:#0e6b5c;}"), "{}", sheet.text());
        assert!(!sheet.text().contains("dark\"]{--link:#0e6b5c"), "on a dark ground it is lightened: {}", sheet.text());
        let form = browser.get(HERE).await.text();
        assert!(form.contains("value=\"#0e6b5c\"") && form.contains("value=\"Meridian\""), "{form}");
        assert!(app.texts("select action from audit_entries order by at").await.contains(&"page.look".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_is_told_beside_its_field_and_changes_nothing() {
    let app = TestApp::plain().await;
    let browser = app.owner().await;
    let before = app.get("/").await.text();
    for (field, value, sentence) in [
        ("name", " ", "The name is empty. Write a few words."),
        ("time_zone", "Mars/Olympus", "There is no such time zone. Write it as in Europe/Berlin or Etc/UTC."),
        ("home", "javascript:alert(1)", "Write the whole address of your site, such as https://www.example.com."),
        ("home", "https://user:secret@example.com", "Write the whole address of your site, such as https://www.example.com."),
        ("about", &"a".repeat(5_001), "The text about the page has 5001 characters. Shorten it to at most 5000."),
        ("language", "tlh", "&quot;tlh&quot; is no language of these pages."),
        ("languages", "de", "The language that texts are written in has to be among those that are offered."),
        ("accent", "teal", "Write a colour as # and six hexadecimal digits, such as #0b57a4."),
        (
            "accent",
            "#7fd6c2",
            "#7fd6c2 has a contrast of 1.54:1 on the light ground; links and buttons need 4.5:1. The nearest that passes is #",
        ),
        ("accent_dark", "#0e6b5c", "#0e6b5c has a contrast of 2."),
    ] {
        let reply = send(&browser, &[(field, value)]).await;
        let page = reply.text();
        assert_eq!(reply.status, 422, "{field}: {page}");
        let told = between(&page, &format!("id=\"f-{field}-wrong\""), "</p>");
        assert!(told.contains(&sentence.replace("&quot;", "\"")) || told.contains(sentence), "{field}: {told}");
    }
    assert_eq!(app.get("/").await.text(), before, "nothing was changed");
    app.end().await;
}

#[tokio::test]
async fn the_page_is_offered_in_the_languages_that_were_chosen_and_in_no_other() {
    each_engine_app(async |app| {
        let browser = app.owner().await;
        assert_eq!(app.get("/ar").await.status, 200, "without a choice it is offered in all");
        led_to(&send(&browser, &[]).await);
        assert_eq!((app.get("/de").await.status, app.get("/ar").await.status), (200, 404));
        led_to(&send(&browser, &[("language", "de"), ("languages", "de")]).await);
        let home = app.get("/").await.text();
        assert!(home.contains("<html lang=\"de\"") && home.contains("Status von Meridian</title>"), "{home}");
        assert!(!home.contains("hreflang"), "there is no other language: {home}");
        assert_eq!(app.get("/en").await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn a_logo_is_shown_with_its_size_kept_for_ever_and_does_nothing_by_itself() {
    each_engine_app(async |app| {
        let browser = app.owner().await;
        led_to(&send(&browser, &[]).await);
        assert_eq!(led_to(&browser.post_file("/staff/look/logo", "logo", DRAWING).await), HERE);
        let home = app.get("/").await.text();
        let brand = between(&home, "class=\"brand\">", "</a>");
        assert!(brand.contains("width=\"40\" height=\"10\" alt=\"Meridian\""), "{brand}");
        let logo = app.get(address(brand, "/files/")).await;
        assert_eq!(logo.header("content-type"), "image/svg+xml");
        assert_eq!(logo.header("content-security-policy"), "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox");
        assert_eq!(logo.header("x-content-type-options"), "nosniff");
        assert_eq!(logo.header("cache-control"), "public, max-age=31536000, immutable");
        let tag = logo.header("etag").to_owned();
        assert_eq!(app.get_with(address(brand, "/files/"), &[("if-none-match", &tag)]).await.status, 304);
        assert_eq!(logo.bytes, DRAWING);
        led_to(&browser.post_file("/staff/look/logo_dark", "logo_dark", &png(80, 20)).await);
        let both = app.get("/").await.text();
        assert!(both.contains("class=\"logo on-light\"") && both.contains("class=\"logo on-dark\""), "{both}");
        assert_eq!(led_to(&browser.post_form("/staff/look/logo/removal", &[]).await), HERE);
        assert!(between(&app.get("/").await.text(), "class=\"brand\">", "</a>").starts_with("class=\"brand\">Meridian"));
        assert_eq!(browser.post_form("/staff/look/logo/removal", &[]).await.status, 404, "there is none any more");
    })
    .await;
}

#[tokio::test]
async fn files_that_are_no_images_and_drawings_that_do_more_are_refused_beside_their_field() {
    let app = TestApp::plain().await;
    let browser = app.owner().await;
    let attack = br#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><script>alert(1)</script></svg>"#;
    for (content, sentence) in [
        (b"GIF89a".as_slice(), "This is no PNG, JPEG, WebP or SVG image."),
        (attack, "This SVG contains &lt;script&gt;, which does more than draw."),
        (b"", "Choose a file first."),
        (&vec![b' '; 300 * 1024], "This file has 300 kB; at most 256 kB are taken."),
    ] {
        let reply = browser.post_file("/staff/look/logo", "logo", content).await;
        assert_eq!(reply.status, 422, "{sentence}");
        let told = reply.text();
        assert!(between(&told, "id=\"f-logo-wrong\"", "</p>").contains(sentence), "{told}");
    }
    assert_eq!(browser.post_form("/staff/look/logo", &[("logo", "text")]).await.status, 422, "a form without a file");
    assert_eq!(browser.post_file("/staff/look/poster", "poster", DRAWING).await.status, 404);
    let responder = app.member(Role::Responder).await;
    assert_eq!(responder.post_file("/staff/look/logo", "logo", DRAWING).await.status, 403);
    assert!(!app.get("/").await.text().contains("<img"), "nothing was taken");
    app.end().await;
}

#[tokio::test]
async fn the_icon_carries_the_mark_of_the_status_and_stands_at_its_old_address_too() {
    let app = TestApp::plain().await;
    let browser = app.owner().await;
    assert_eq!(app.get("/favicon.ico").await.header("content-type"), "image/x-icon");
    let quiet = app.get("/").await.text();
    let calm = app.get(address(&quiet, "/files/icon.")).await.text();
    assert!(!calm.contains("<style>"), "while all is well there is no mark: {calm}");
    led_to(&browser.post_file("/staff/look/icon", "icon", &png(64, 64)).await);
    let own = app.get("/favicon.ico").await;
    assert_eq!((own.status, app.get(own.header("location")).await.header("content-type").to_owned()), (307, "image/png".to_owned()));
    led_to(&browser.post_form("/staff/components/new", &[("name", "API"), ("status", "major_outage"), ("showcase", "on")]).await);
    let red = app.get("/").await.text();
    let marked = app.get(address(&red, "/files/icon.")).await.text();
    assert!(marked.contains("href=\"data:image/png;base64,") && marked.contains("fill=\"#b3261e\""), "{marked}");
    assert!(red.contains("<title>Major System Outage - "), "{red}");
    app.end().await;
}

#[tokio::test]
async fn the_logo_and_the_colours_are_there_before_the_database_is() {
    let app = TestApp::plain().await;
    let browser = app.owner().await;
    led_to(&send(&browser, &[]).await);
    led_to(&browser.post_file("/staff/look/logo", "logo", DRAWING).await);
    app.look().await;
    let app = app.restart_away().await;
    let home = app.get("/").await.text();
    for start in ["/files/look.", "/files/icon."] {
        assert_eq!(app.get(address(&home, start)).await.status, 200, "{start}");
    }
    let brand = between(&home, "class=\"brand\">", "</a>");
    assert_eq!(app.get(address(brand, "/files/")).await.bytes, DRAWING);
    assert_eq!(app.get("/files/unknown.png").await.status, 404);
    app.end().await;
}

#[tokio::test]
async fn what_cannot_be_read_of_the_look_is_not_overwritten_and_readers_see_the_page() {
    each_engine_app(async |app| {
        let browser = app.owner().await;
        led_to(&send(&browser, &[]).await);
        let broken = "{\"accent\": 7";
        let page = app.page().await.id;
        let mut tx = app.db.write().await.unwrap();
        pages::bump_revision(&mut tx, &page, app.hand.now()).await.unwrap();
        pages::set_setting(&mut tx, &page, "look", broken).await.unwrap();
        tx.commit().await.unwrap();
        app.look().await;
        assert!(app.get("/").await.text().contains("https://www.meridian.example/"), "as it was last");
        let refused = send(&browser, &[]).await;
        assert_eq!((refused.status, refused.text().contains("cannot be read")), (409, true), "{}", refused.text());
        let mut tx = app.db.read().await.unwrap();
        assert_eq!(pages::setting(&mut tx, &page, "look").await.unwrap().as_deref(), Some(broken));
    })
    .await;
}

#[tokio::test]
async fn whoever_visited_under_the_pages_own_language_is_led_anew_when_that_is_another_one() {
    let app = TestApp::plain().await;
    let browser = app.owner().await;
    led_to(&send(&browser, &[]).await);
    for path in ["/history", "/subscribe", "/unsubscribe/x"] {
        let led = app.get(&format!("/en{path}")).await;
        assert_eq!((led.status, led.header("location")), (307, path));
        assert!(led.header("cache-control").contains("max-age=5,"), "no browser keeps it: {}", led.header("cache-control"));
    }
    led_to(&send(&browser, &[("language", "de")]).await);
    assert_eq!(app.get("/en/history").await.status, 200);
    assert_eq!(app.get("/de/history").await.header("location"), "/history");
    app.end().await;
}

#[tokio::test]
async fn a_page_that_is_hidden_says_so_to_search_engines_and_still_answers() {
    let app = TestApp::plain().await;
    let browser = app.owner().await;
    assert_eq!(app.get("/robots.txt").await.text(), "User-agent: *\nDisallow: /staff\n");
    assert!(!app.get("/").await.text().contains("noindex"));
    led_to(&send(&browser, &[("hidden_from_search", "on")]).await);
    assert_eq!(app.get("/robots.txt").await.text(), "User-agent: *\nDisallow: /staff\n", "who may not read cannot see that it is hidden");
    for path in ["/history.atom", "/history.ics", "/de/history"] {
        assert_eq!(app.get(path).await.header("x-robots-tag"), "noindex", "{path}");
    }
    for path in ["/", "/de", "/history", "/subscribe"] {
        let page = app.get(path).await;
        assert!(page.status == 200 && page.text().contains("<meta name=\"robots\" content=\"noindex\">"), "{path}");
    }
    app.end().await;
}

#[tokio::test]
async fn programs_change_name_zone_and_whether_it_is_hidden_and_nothing_else_moves() {
    each_engine_app(async |app| {
        led_to(&send(&app.owner().await, &[]).await);
        let token = app.token(Role::Admin).await;
        let path = format!("/v1/pages/{}", app.page().await.id);
        let call = async |method: &str, body: serde_json::Value| {
            let authorization = format!("OAuth {token}");
            let headers = [("authorization", authorization.as_str()), ("content-type", "application/json")];
            app.send(method, &path, &headers, body.to_string().into_bytes()).await
        };
        let reply = call("PATCH", json!({ "page": { "hidden_from_search": true, "time_zone": "Asia/Tokyo" } })).await;
        let told = reply.json();
        assert_eq!((reply.status, &told["hidden_from_search"], &told["time_zone"]), (200, &json!(true), &json!("Asia/Tokyo")));
        assert_eq!(told["name"], "Meridian");
        let renamed = call("PUT", json!({ "page": { "name": "Meridian Cloud", "url": told["url"] } })).await.json();
        assert_eq!((&renamed["name"], &renamed["hidden_from_search"]), (&json!("Meridian Cloud"), &json!(true)));
        assert!(app.get("/").await.text().contains("/files/look."), "its colours stay");
        for hidden in [false, true, false] {
            let zone = if hidden { "Asia/Tokyo" } else { "Etc/UTC" };
            let at_once =
                (call("PATCH", json!({"page": {"hidden_from_search": hidden}})), call("PATCH", json!({"page": {"time_zone": zone}})));
            let at_once = tokio::join!(at_once.0, at_once.1);
            assert_eq!((at_once.0.status, at_once.1.status), (200, 200));
            let told = call("GET", json!({})).await.json();
            assert_eq!((&told["hidden_from_search"], &told["time_zone"]), (&json!(hidden), &json!(zone)), "neither overwrites the other");
        }
        for (body, field) in [
            (json!({ "page": { "time_zone": "Mars/Olympus" } }), "time_zone"),
            (json!({ "page": { "name": null } }), "name"),
            (json!({ "page": { "hidden_from_search": "perhaps" } }), "hidden_from_search"),
            (json!({ "page": { "url": "https://elsewhere.example" } }), "url"),
        ] {
            let refused = call("PATCH", body).await;
            assert_eq!(refused.status, 422, "{field}");
            assert!(refused.text().contains(field), "{}", refused.text());
        }
        let responder = app.token(Role::Responder).await;
        let headers = [("authorization", format!("OAuth {responder}"))];
        let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
        assert_eq!(app.send("PATCH", &path, &headers, b"{}".to_vec()).await.status, 403);
    })
    .await;
}
