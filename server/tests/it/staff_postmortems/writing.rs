//! Writing: saved while it is written, never over somebody else's words, looked at, published, revised and taken back.

use app::words::Role;

use super::{WHOLE, begun, between, each_engine_app, hidden, id_of, led_to, send, send_from};
use crate::support::app::TestApp;

#[tokio::test]
async fn from_the_timeline_to_the_public_page_and_back() {
    each_engine_app(async |app| {
        let browser = app.owner().await;
        let page = begun(&browser).await;
        let public = format!("/post-mortems/{}", id_of(&page));
        let first = browser.get(&page).await.text();
        assert!(first.contains("API does not answer"), "it begins with the timeline: {first}");
        assert_eq!(app.get(&public).await.status, 404, "a draft is nobody's");
        let empty = send(&browser, &page, "publish", &[("title", "Nothing")]).await;
        assert_eq!(empty.status, 422, "an empty one is not published");
        led_to(&send(&browser, &page, "publish", &WHOLE).await);
        let read = app.get(&public).await.text();
        assert!(read.contains("API outage of 22 November") && read.contains("<strong>an hour</strong>"), "{read}");
        // What is written beside a public text is not public.
        let more = [WHOLE.as_slice(), &[("near_term", "A larger disk.")]].concat();
        led_to(&send(&browser, &page, "save", &more).await);
        assert!(!app.get(&public).await.text().contains("A larger disk."));
        assert!(browser.get("/staff/post-mortems").await.text().contains("changes wait that are not public"));
        led_to(&send(&browser, &page, "publish", &more).await);
        let read = app.get(&public).await.text();
        assert!(read.contains("A larger disk.") && read.contains("Revised"), "{read}");
        led_to(&browser.post_form(&format!("{page}/revert"), &[]).await);
        assert_eq!(app.get(&public).await.status, 404, "taken off the public page");
        assert!(browser.get(&page).await.text().contains("A larger disk."), "its text stays");
        assert_eq!(led_to(&browser.post_form(&format!("{page}/delete"), &[]).await), "/staff/post-mortems");
        assert_eq!(browser.get(&page).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn the_preview_is_the_document_of_the_public_page_and_saves_nothing() {
    let app = TestApp::plain().await;
    let browser = app.owner().await;
    let page = begun(&browser).await;
    let text = [WHOLE.as_slice(), &[("share_affected", "about 1 % of <devices>"), ("workaround", "Wait.")]].concat();
    let shown = send(&browser, &page, "preview", &text).await;
    assert_eq!(shown.status, 200);
    let shown = shown.text();
    assert!(!browser.get(&page).await.text().contains("A full disk."), "looking saves nothing");
    led_to(&send(&browser, &page, "publish", &text).await);
    let public = app.get(&format!("/post-mortems/{}", id_of(&page))).await.text();
    let document = |page: &str| {
        between(page, "<article class=\"one doc\">", "<section id=\"feedback\"").split("</article>").next().unwrap().to_owned()
    };
    let alone = document(&public).replacen("<h1", "<h2", 1).replacen("</h1>", "</h2>", 1);
    assert_eq!(document(&shown), alone, "its heading stands below that of the staff's page");
    assert_eq!(shown.matches("<h1").count(), 1);
    app.end().await;
}

#[tokio::test]
async fn what_is_written_saves_itself_and_says_what_to_look_at() {
    each_engine_app(async |app| {
        let browser = app.owner().await;
        let page = begun(&browser).await;
        let opened = browser.get(&page).await.text();
        let saved =
            send_from(&browser, &page, &opened, "autosave", &[("title", "API outage"), ("causes", "Human error on db1.internal.")]).await;
        assert_eq!(saved.status, 200, "{}", saved.text());
        let saved = saved.json();
        assert!(saved["saved"].as_str().unwrap().ends_with(" UTC"), "{saved}");
        let remarks: Vec<(&str, &str)> = saved["remarks"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| (one["place"].as_str().unwrap_or(""), one["sentence"].as_str().unwrap()))
            .collect();
        assert!(remarks.iter().any(|(place, sentence)| *place == "#f-causes" && sentence.contains("human error")), "{remarks:?}");
        assert!(remarks.iter().any(|(place, sentence)| *place == "#f-causes" && sentence.contains("db1.internal")), "{remarks:?}");
        assert!(remarks.iter().any(|(_, sentence)| sentence.contains("Nothing follows from this")), "{remarks:?}");
        let now = browser.get(&page).await.text();
        assert_eq!(hidden(&now, "seen"), saved["seen"].as_str().unwrap(), "the next save has seen this one");
        assert!(now.contains("Human error on db1.internal."));
        for (_, sentence) in remarks {
            assert!(now.contains(&sentence.replace('"', "&quot;")) || now.contains(sentence), "the page says it too: {sentence}");
        }
    })
    .await;
}

#[tokio::test]
async fn nobody_writes_over_somebody_else_and_no_word_is_lost() {
    each_engine_app(async |app| {
        let (ada, bob) = (app.owner().await, app.member(Role::Responder).await);
        let page = begun(&ada).await;
        let opened = bob.get(&page).await.text();
        led_to(&send(&ada, &page, "save", &[("title", "Ada's title"), ("causes", "Ada's causes.")]).await);
        let late = send_from(&bob, &page, &opened, "autosave", &[("title", "Bob's title")]).await;
        assert_eq!(late.status, 409);
        let sentence = late.json()["error"].as_str().unwrap().to_owned();
        assert!(sentence.contains(&ada.email) && sentence.starts_with("Not saved: "), "it says who: {sentence}");
        let late = send_from(&bob, &page, &opened, "publish", &[("title", "Bob's title"), ("causes", "Bob's causes.")]).await;
        let shown = late.text();
        assert_eq!(late.status, 409, "{shown}");
        assert!(shown.contains("Bob&#x27;s causes.") || shown.contains("Bob's causes."), "what he wrote is kept: {shown}");
        assert!(between(&shown, "id=\"meanwhile\"", "</section>").contains("Ada's causes."), "and hers stands beside: {shown}");
        assert_eq!(app.get(&format!("/post-mortems/{}", id_of(&page))).await.status, 404);
        let again = send_from(&bob, &page, &shown, "save", &[("title", "Bob's title"), ("causes", "Bob's causes.")]).await;
        led_to(&again);
        assert!(ada.get(&page).await.text().contains("Bob's causes."), "sent again, it counts");
        let lost = bob.post_form(&format!("{page}/draft"), &[("seen", "yesterday"), ("title", "x")]).await;
        assert_eq!(lost.status, 422);
    })
    .await;
}

#[tokio::test]
async fn bad_input_gets_a_sentence_keeps_the_text_and_changes_nothing() {
    let app = TestApp::plain().await;
    let browser = app.owner().await;
    let page = begun(&browser).await;
    let before = hidden(&browser.get(&page).await.text(), "seen");
    let longer = "t".repeat(256);
    for (field, value, sentence) in [
        ("title", longer.as_str(), "Shorten it to at most 255."),
        ("causes", "bell \u{7}", "U+0007"),
        ("impact_from", "yesterday", "is no date and time."),
        ("impact_from", "2027-01-01T10:00", "future"),
        ("impact_components", "abcdefghijkl", "There is no component abcdefghijkl"),
        ("impact_components", "?", "Choose out of what is listed here."),
        ("data_loss", "some", "Choose whether data was lost"),
        ("incidents", "abcdefghijkl", "There is no incident abcdefghijkl"),
        ("maintenance_id", "abcdefghijkl", "There is no planned work abcdefghijkl"),
    ] {
        let fields = [("summary", "Words to keep."), (field, value)];
        let refused = send(&browser, &page, "save", &fields).await;
        let shown = refused.text();
        assert_eq!(refused.status, 422, "{field}: {shown}");
        assert!(shown.contains(sentence), "{field}: no \"{sentence}\" in {shown}");
        assert!(shown.contains("Words to keep."), "{field}: the text is kept");
    }
    assert_eq!(hidden(&browser.get(&page).await.text(), "seen"), before, "nothing was changed");
    app.end().await;
}

#[tokio::test]
async fn a_long_text_is_saved_and_kept_where_it_is_too_long() {
    let app = TestApp::plain().await;
    let browser = app.owner().await;
    let page = begun(&browser).await;
    // Three bytes each, nine as a form sends them.
    let long = "あ".repeat(30_000);
    led_to(&send(&browser, &page, "save", &[("title", "Long"), ("causes", &long)]).await);
    assert!(browser.get(&page).await.text().contains(&long));
    let longer = "x".repeat(200_000);
    let refused = send(&browser, &page, "save", &[("title", "Long"), ("causes", &longer)]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains(&longer), "all of it is kept in the form");
    app.end().await;
}
