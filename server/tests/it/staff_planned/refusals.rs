//! What is refused: each with a sentence beside its field, with the words kept and nothing changed.

use app::words::Role;

use super::{form, plan, step};
use crate::staff_pages::{hidden, led_to};
use crate::support::app::TestApp;

/// What a form sends: names and values.
type Fields<'a> = &'a [(&'a str, &'a str)];

#[tokio::test]
async fn bad_input_gets_a_sentence_beside_its_field_keeps_the_text_and_changes_nothing() {
    let app = TestApp::plain().await;
    let browser = app.owner().await;
    let long = "t".repeat(256);
    let cases: &[(&str, &str, &str)] = &[
        ("name", "", "The title is empty."),
        ("name", &long, "The title has 256 characters."),
        ("body", "bell \u{7}", "The message holds the character U+0007"),
        ("when", "someday", "Choose whether there is a date."),
        ("window_from", "", "Give the time at which it starts"),
        ("window_from", "soon", "\"soon\" is no date and time."),
        ("window_until", "2026-12-05T21:00", "is not after the start"),
        ("window_until", "2027-02-05T21:00", "The window is longer than 30 days."),
        ("expected_downtime_minutes", "-5", "Write a whole number of minutes"),
        ("expected_downtime_minutes", "500", "longer than the window"),
        ("components", "hello", "Choose a status for components of this page only."),
        ("reminder_minutes", "often", "Write minutes before the start"),
        ("reminder_minutes", "0", "A reminder 0 minutes before the start is not possible."),
        ("internal_notes", "\u{0}", "The note holds the character U+0000"),
    ];
    for (field, value, sentence) in cases {
        for button in ["save", "announce"] {
            let reply = browser.post_form("/staff/maintenances/new", &form(&[(field, value), ("do", button)])).await;
            let page = reply.text().replace("&quot;", "\"");
            assert_eq!(reply.status, 422, "{field} = {value:.30}: {page}");
            assert!(page.contains(sentence), "{field}: no \"{sentence}\" in {page}");
            assert!(*field == "name" || page.contains("Database upgrade"), "the title is kept");
            assert!(*field == "body" || page.contains("We *upgrade* it."), "the message is kept");
        }
    }
    let series: &[(&[(&str, &str)], &str)] = &[
        (&[("again", "weekly")], "Say how many windows there are"),
        (&[("again", "weekly"), ("count", "many")], "Write a whole number of windows"),
        (&[("again", "weekly"), ("count", "5"), ("last", "2027-01-01")], "not both"),
        (&[("again", "weekly"), ("last", "someday")], "Write the day like 2026-12-24."),
        (&[("again", "weekly"), ("count", "5"), ("exceptions", "Christmas")], "Write days like 2026-12-24"),
        (&[("again", "rule")], "Write the rule"),
        (&[("again", "rule"), ("rrule", "FREQ=WEEKLY")], "The rule never ends."),
        (&[("again", "rule"), ("rrule", "FREQ=SECONDLY;COUNT=5")], "The rule fires too often."),
        (&[("again", "weekly"), ("count", "5"), ("when", "undated")], "A series needs a date."),
    ];
    for (fields, sentence) in series {
        let reply = browser.post_form("/staff/maintenances/new", &form(fields)).await;
        assert_eq!(reply.status, 422, "{fields:?}");
        assert!(reply.text().contains(sentence), "{fields:?}: {}", reply.text());
    }
    let past = browser
        .post_form("/staff/maintenances/new", &form(&[("window_from", "2026-11-22T10:00"), ("window_until", "2026-11-22T11:00")]))
        .await;
    assert_eq!(past.status, 422);
    assert!(past.text().contains("This window has passed already"), "{}", past.text());
    let list = browser.get("/staff/maintenances").await.text();
    assert!(list.contains("No work is planned.") && !list.contains("Database upgrade"), "nothing was made: {list}");
}

#[tokio::test]
async fn a_stale_form_changes_nothing_keeps_its_text_and_says_what_is_there_now() {
    let app = TestApp::plain().await;
    let (ada, bob) = (app.owner().await, app.member(Role::Responder).await);
    let draft = plan(&ada, &[("do", "save")]).await;
    let seen = hidden(&bob.get(&draft).await.text(), "seen");
    let theirs = form(&[("name", "Storage upgrade"), ("seen", &seen), ("do", "save")]);
    assert_eq!(ada.post_form(&draft, &theirs).await.status, 303);
    let mine = form(&[("body", "My own words."), ("seen", &seen)]);
    let refused = bob.post_form(&draft, &mine).await;
    let page = refused.text();
    assert_eq!(refused.status, 409, "{page}");
    assert!(page.contains("My own words."), "the text is kept");
    assert!(page.contains("What it says now") && page.contains("Storage upgrade"), "and what is there now is shown");
    assert!(!app.get("/").await.text().contains("upgrade"));
    let seen = hidden(&page, "seen");
    assert_eq!(bob.post_form(&draft, &form(&[("body", "My own words."), ("seen", &seen)])).await.status, 303, "sent again, it counts");
    let late = [("window_from", "2026-12-07T10:00"), ("window_until", "2026-12-07T11:00"), ("body", "Too late."), ("seen", seen.as_str())];
    let late = ada.post_form(&format!("{draft}/window"), &late).await;
    assert_eq!(late.status, 409);
    assert!(late.text().contains("Too late.") && late.text().contains("2026-12-07T10:00"), "a window is kept as well");
    let lost = ada.post_form(&format!("{draft}/cancel"), &[("body", "No.")]).await;
    assert_eq!(lost.status, 422, "without the revision nobody could tell a stale form");
}

#[tokio::test]
async fn what_is_refused_after_the_announcement_says_why_and_keeps_the_words() {
    let app = TestApp::plain().await;
    let browser = app.owner().await;
    let address = plan(&browser, &[]).await;
    let cases: &[(&str, Fields<'_>, u16, &str)] = &[
        (
            "/window",
            &[("window_from", "2026-12-05T22:00"), ("window_until", "2026-12-05T21:00"), ("body", "My words.")],
            422,
            "is not after the start",
        ),
        (
            "/window",
            &[("window_from", "2026-12-05T22:00"), ("window_until", "2026-12-06T00:00"), ("body", "My words.")],
            409,
            "exactly this window already",
        ),
        ("/updates", &[("status", "scheduled"), ("body", ""), ("do", "post")], 422, "The message is empty."),
        ("/updates", &[("status", "cancelled"), ("body", "My words."), ("do", "post")], 422, "Cancel it instead."),
        ("/updates", &[("status", "broken"), ("body", "My words."), ("do", "post")], 422, "Choose one of the statuses."),
        ("/cancel", &[("body", "My words. \u{7}")], 422, "The message holds the character U+0007"),
        ("/cancel", &[("body", "My words."), ("series", "1")], 422, "This work is not part of a series."),
        ("/details", &[("name", ""), ("internal_notes", "My words.")], 422, "The title is empty."),
    ];
    for (to, fields, status, sentence) in cases {
        let reply = step(&browser, &address, to, fields).await;
        assert_eq!(reply.status, *status, "{to} {fields:?}");
        assert!(reply.text().contains(sentence), "{to}: no \"{sentence}\" in {}", reply.text());
        let words = fields.iter().any(|(_, value)| value.starts_with("My words."));
        assert!(!words || reply.text().contains("My words."), "{to} keeps the words: {}", reply.text());
    }
    assert_eq!(led_to(&step(&browser, &address, "/cancel", &[("body", "Not needed.")]).await), address);
    let twice = step(&browser, &address, "/cancel", &[("body", "Again.")]).await;
    assert_eq!(twice.status, 409);
    assert!(twice.text().contains("cancelled already"), "{}", twice.text());
    let page = browser.get(&address).await.text();
    assert!(page.contains("It is called off") && !page.contains("Post the update"), "{page}");
    assert_eq!(browser.get("/staff/maintenances/abcdefghijkl").await.status, 404);
    assert_eq!(browser.get("/staff/maintenances?skip=far").await.status, 400);
}
