//! What is refused: each with a sentence beside its field, with the words kept and nothing changed.

use app::words::Role;

use super::{between, component, form, hidden, hidden_update, publish};
use crate::support::app::TestApp;

#[tokio::test]
async fn bad_input_gets_a_sentence_beside_its_field_keeps_the_text_and_changes_nothing() {
    let app = TestApp::plain().await;
    let browser = app.owner().await;
    component(&browser, "API").await;
    let (long, longer) = ("x".repeat(25_001), "t".repeat(256));
    let cases: &[(&str, &str, &str)] = &[
        ("name", "", "The title is empty. Write a few words."),
        ("name", &longer, "The title has 256 characters. Shorten it to at most 255."),
        ("name", "turned \u{202e}around", "The title holds the character U+202E"),
        ("body", &long, "The message has 25001 characters. Shorten it to at most 25000."),
        ("body", "bell \u{7}", "The message holds the character U+0007"),
        ("status", "broken", "Choose one of the statuses."),
        ("impact_override", "enormous", "Choose one of the impacts"),
        ("impact_override", "maintenance", "An incident is no planned work."),
        ("started_at", "2026-11-24T10:00", "The start is in the future"),
        ("started_at", "yesterday", "&quot;yesterday&quot; is no date and time."),
        ("components", "hello", "Choose a status for components of this page only."),
        ("components", "abcdefghijkl major_outage", "There is no component abcdefghijkl on this page."),
        ("internal_notes", "\u{0}", "The note holds the character U+0000"),
        ("owner", &longer, "The owner has 256 characters."),
    ];
    for (field, value, sentence) in cases {
        for button in ["save", "publish"] {
            let reply = browser.post_form("/staff/incidents/new", &form(&[(field, value), ("do", button)])).await;
            let page = reply.text();
            assert_eq!(reply.status, 422, "{field} = {value:.30}");
            let sentence = sentence.replace("&quot;", "\"");
            assert!(page.replace("&quot;", "\"").contains(&sentence), "{field}: no \"{sentence}\" in {page}");
            assert!(*field == "name" || page.contains("API does not answer"), "the title is kept");
            assert!(*field == "body" || page.contains("We *look* into it."), "the message is kept");
        }
    }
    for (choice, time, sentence) in [
        ("at", "", "Give the time of the next update"),
        ("at", "2026-11-22T10:00", "has passed already"),
        ("7000", "", "Choose one of the times"),
    ] {
        let reply = browser.post_form("/staff/incidents/new", &form(&[("next", choice), ("next_update_at", time)])).await;
        assert_eq!(reply.status, 422, "{choice} {time}");
        assert!(reply.text().contains(sentence), "{choice} {time}: {}", reply.text());
    }
    let list = browser.get("/staff/incidents").await.text();
    assert!(list.contains("No incident is open.") && !list.contains("Drafts that wait"), "nothing was made");
}

#[tokio::test]
async fn the_first_wrong_field_has_the_focus_and_names_its_sentence() {
    let app = TestApp::plain().await;
    let browser = app.owner().await;
    let page = browser.post_form("/staff/incidents/new", &form(&[("name", ""), ("body", "\u{7}")])).await.text();
    let title = between(&page, "<input type=\"text\" id=\"f-name\"", ">");
    assert!(title.contains("autofocus") && title.contains("aria-invalid=\"true\""), "{title}");
    assert!(title.contains("aria-describedby=\"f-name-wrong f-name-hint\""), "{title}");
    assert!(!between(&page, "<textarea id=\"f-body\"", ">").contains("autofocus"), "one focus only");
}

#[tokio::test]
async fn a_stale_form_changes_nothing_keeps_its_text_and_says_what_is_there_now() {
    let app = TestApp::plain().await;
    let (ada, bob) = (app.owner().await, app.member(Role::Responder).await);
    let draft = publish(&ada, &[("do", "save")]).await;
    let seen = hidden(&bob.get(&draft).await.text(), "seen");
    let theirs = form(&[("name", "API answers slowly"), ("seen", &seen), ("do", "save")]);
    assert_eq!(ada.post_form(&draft, &theirs).await.status, 303);
    let mine = form(&[("name", "API is down"), ("body", "My own words."), ("seen", &seen), ("do", "publish")]);
    let refused = bob.post_form(&draft, &mine).await;
    let page = refused.text();
    assert_eq!(refused.status, 409, "{page}");
    assert!(page.contains(&ada.email) && page.contains("after you opened it"), "it says who: {page}");
    assert!(page.contains("API is down") && page.contains("My own words."), "the text is kept");
    assert!(page.contains("What it says now") && page.contains("API answers slowly"), "and what is there now is shown");
    assert!(!app.get("/").await.text().contains("API is down"));
    let seen = hidden(&page, "seen");
    let again = form(&[("name", "API is down"), ("body", "My own words."), ("seen", &seen), ("do", "publish")]);
    assert_eq!(bob.post_form(&draft, &again).await.status, 303, "sent again, it counts");
    assert!(app.get("/").await.text().contains("My own words."));
    let update = [("status", "identified"), ("body", "Too late."), ("seen", seen.as_str()), ("do", "post")];
    let late = ada.post_form(&format!("{draft}/updates"), &update).await;
    assert_eq!(late.status, 409);
    assert!(late.text().contains("Too late."), "a message is kept as well");
    let lost = ada.post_form(&format!("{draft}/updates"), &[("status", "identified"), ("do", "post")]).await;
    assert_eq!(lost.status, 422, "without the revision nobody could tell a stale form");
}

#[tokio::test]
async fn what_is_not_here_cannot_be_changed_through_an_address() {
    let app = TestApp::plain().await;
    let browser = app.owner().await;
    let (one, other) = (publish(&browser, &[]).await, publish(&browser, &[("name", "Another one")]).await);
    let foreign = hidden_update(&browser.get(&other).await.text());
    let seen = hidden(&browser.get(&one).await.text(), "seen");
    let edit = [("body", "Not mine"), ("seen", seen.as_str())];
    for path in
        [format!("{one}/updates/{foreign}"), format!("{one}/updates/{foreign}/undo"), "/staff/incidents/abcdefghijkl/details".to_owned()]
    {
        let reply = browser.post_form(&path, &edit).await;
        assert_eq!(reply.status, 404, "{path}: {}", reply.text());
    }
    for path in ["/staff/incidents/nonsense", "/staff/components/abcdefghijkl", "/staff/components/groups/abcdefghijkl"] {
        assert_eq!(browser.get(path).await.status, 404, "{path}");
    }
    assert!(!app.get("/").await.text().contains("Not mine"));
}
