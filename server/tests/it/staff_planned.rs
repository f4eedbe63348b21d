//! The pages on which staff plan work and see it through, spoken to as a browser without scripts does.

use app::words::Role;
use chrono::TimeDelta;

use crate::staff_pages::{between, component, each_engine_app, hidden, led_to};
use crate::support::app::TestApp;
use crate::support::mailing::{each_mailing_app, mailing_app};
use crate::support::staff::Browser;

/// What a form sends: names and values.
type Fields<'a> = &'a [(&'a str, &'a str)];

/// What a filled form sends; tests begin on Monday, 23 November 2026 at 10:00.
fn form<'a>(fields: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let filled = [
        ("name", "Database upgrade"),
        ("body", "We *upgrade* it."),
        ("when", "dated"),
        ("window_from", "2026-12-05T22:00"),
        ("window_until", "2026-12-06T00:00"),
        ("auto_start", "on"),
        ("auto_complete", "on"),
        ("remind", "1440"),
        ("notify", "on"),
        ("do", "announce"),
    ];
    let others = filled.into_iter().filter(|(name, _)| fields.iter().all(|(given, _)| given != name));
    others.chain(fields.iter().copied()).collect()
}

/// Plans work; the address of its page.
async fn plan(browser: &Browser<'_>, fields: &[(&str, &str)]) -> String {
    led_to(&browser.post_form("/staff/maintenances/new", &form(fields)).await)
}

/// Sends a form of a page of planned work with the revision that stands in it now.
async fn step(browser: &Browser<'_>, address: &str, to: &str, fields: &[(&str, &str)]) -> crate::support::app::Reply {
    let seen = hidden(&browser.get(address).await.text(), "seen");
    browser.post_form(&format!("{address}{to}"), &[fields, &[("seen", &seen)]].concat()).await
}

fn public(address: &str) -> String {
    format!("/incidents/{}", address.rsplit('/').next().unwrap())
}

#[tokio::test]
async fn from_a_draft_to_the_public_page_with_its_window_in_the_pages_zone() {
    each_engine_app(async |app| {
        let browser = app.owner().await;
        let api = component(&browser, "API").await;
        let affected = format!("{api} under_maintenance");
        let fields = [("components", affected.as_str()), ("expected_downtime_minutes", "5"), ("worst_downtime_minutes", "30")];
        let draft = plan(&browser, &[fields.as_slice(), &[("do", "save")]].concat()).await;
        assert!(!app.get("/").await.text().contains("Database upgrade"), "a draft is not public");
        let list = browser.get("/staff/maintenances").await.text();
        assert!(between(&list, "id=\"drafts\"", "</section>").contains(&draft), "the list leads to it: {list}");
        let page = browser.get(&draft).await.text();
        assert!(page.contains("Nobody outside sees this draft.") && page.contains("value=\"2026-12-05T22:00\""), "{page}");
        let reply = step(&browser, &draft, "", &form(&fields)).await;
        assert_eq!(led_to(&reply), draft);
        let shown = app.get(&public(&draft)).await.text();
        assert!(shown.contains("Database upgrade") && shown.contains("<em>upgrade</em>"), "{shown}");
        assert!(shown.contains("Expected downtime 5 min, at worst 30 min."), "{shown}");
        assert!(shown.contains("datetime=\"2026-12-05T22:00:00Z\""), "{shown}");
        let page = browser.get(&draft).await.text();
        assert!(page.contains("Announced. Readers see it now.") && page.contains("Take the message back"), "{page}");
        assert!(between(&browser.get("/staff/maintenances").await.text(), "id=\"upcoming\"", "</section>").contains(&draft));
    })
    .await;
}

#[tokio::test]
async fn a_preview_shows_the_public_card_who_is_told_and_what_speaks_against_it() {
    let app = mailing_app(&[]).await;
    let browser = app.owner().await;
    let api = component(&browser, "API").await;
    for who in ["anna", "ben"] {
        app.subscribed(&format!("{who}@example.test")).await;
    }
    let affected = format!("{api} under_maintenance");
    plan(
        &browser,
        &[("name", "Network work"), ("components", &affected), ("window_from", "2026-11-26T20:00"), ("window_until", "2026-11-26T23:30")],
    )
    .await;
    browser
        .post_form(
            "/staff/incidents/new",
            &[
                ("name", "Slow answers"),
                ("status", "investigating"),
                ("components", &format!("{api} degraded_performance")),
                ("do", "publish"),
            ],
        )
        .await;
    let soon =
        [("window_from", "2026-11-26T22:00"), ("window_until", ""), ("length", "90"), ("components", affected.as_str()), ("do", "preview")];
    let reply = browser.post_form("/staff/maintenances/new", &form(&soon)).await;
    assert_eq!(reply.status, 200);
    let preview = between(&reply.text(), "id=\"preview\"", "</form>").to_owned();
    assert!(preview.contains("Nothing is announced yet.") && preview.contains("Database upgrade"), "{preview}");
    assert!(preview.contains("Thu 26 Nov, 22:00") && preview.contains("23:30"), "the length makes the end: {preview}");
    assert!(preview.contains("2 subscribers are told by mail."), "{preview}");
    assert!(preview.contains("begins 3 days after it is announced, and not the usual 7."), "the lead time: {preview}");
    assert!(preview.contains("\"Network work\" is planned at the same time") && preview.contains("concerns API too"), "{preview}");
    assert!(preview.contains("The incident \"Slow answers\" is open"), "{preview}");
    assert!(reply.text().contains("We *upgrade* it."), "the text is kept");
    assert!(!app.get("/").await.text().contains("Database upgrade"), "nothing is announced");
    assert!(!browser.get("/staff/maintenances").await.text().contains("Database upgrade"), "and nothing saved");
}

#[tokio::test]
async fn a_preview_says_what_clocks_that_are_turned_do_to_a_window() {
    let app = TestApp::plain().await;
    app.meddle("update pages set time_zone = 'Europe/Berlin', revision = revision + 1").await;
    app.look().await;
    let browser = app.owner().await;
    let turned = [("window_from", "2027-03-28T01:00"), ("window_until", "2027-03-28T04:00"), ("do", "preview")];
    let page = browser.post_form("/staff/maintenances/new", &form(&turned)).await.text();
    assert!(page.contains("it lasts 120 minutes, not the 180 that its clock times say"), "{page}");
    let twice = [("window_from", "2027-10-31T02:30"), ("window_until", "2027-10-31T05:00"), ("do", "preview")];
    let page = browser.post_form("/staff/maintenances/new", &form(&twice)).await.text();
    assert!(page.contains("02:30 on 31 Oct 2027 comes twice in Europe/Berlin. The start is the first of the two, 00:30 UTC."), "{page}");
    let lost = browser.post_form("/staff/maintenances/new", &form(&[("window_from", "2027-03-28T02:30")])).await;
    assert_eq!(lost.status, 422);
    assert!(lost.text().contains("does not exist in Europe/Berlin"), "{}", lost.text());
}

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
async fn work_goes_its_whole_way_by_its_page() {
    each_mailing_app(async |app| {
        let browser = app.owner().await;
        let api = component(&browser, "API").await;
        let affected = format!("{api} under_maintenance");
        app.subscribed("anna@example.test").await;
        let address = plan(&browser, &[("when", "undated"), ("components", &affected), ("auto_start", ""), ("auto_complete", "")]).await;
        let list = browser.get("/staff/maintenances").await.text();
        assert!(between(&list, "id=\"undated\"", "</section>").contains("Set the date"), "{list}");
        let dated = [("window_from", "2026-11-23T11:00"), ("length", "120"), ("notify", "on")];
        assert_eq!(led_to(&step(&browser, &address, "/window", &dated).await), address);
        let moved =
            [("window_from", "2026-11-23T12:00"), ("window_until", "2026-11-23T14:00"), ("body", "An hour later."), ("notify", "on")];
        assert_eq!(led_to(&step(&browser, &address, "/window", &moved).await), address);
        let page = browser.get(&address).await.text();
        assert!(page.contains("moved from <del>") && page.contains("Mon 23 Nov, 11:00</time>"), "the old time beside the new: {page}");
        let said = between(&page, "id=\"said\"", "</section>");
        assert!(said.contains("Date set: ") && said.contains("Moved: "), "{said}");
        app.hand.set("2026-11-23T12:10:00Z".parse().unwrap());
        app.look().await;
        let list = browser.get("/staff/maintenances").await.text();
        assert!(between(&list, "id=\"running\"", "</section>").contains("It waits for somebody to start it."), "{list}");
        assert!(browser.get("/staff").await.text().contains("It waits for somebody to start it."), "the overview says it too");
        let begun = [("status", "in_progress"), ("do", "post")];
        assert_eq!(led_to(&step(&browser, &address, "/updates", &begun).await), address);
        assert!(app.get("/").await.text().contains("Service Under Maintenance"));
        app.hand.set("2026-11-23T14:05:00Z".parse().unwrap());
        app.look().await;
        for path in ["/staff", "/staff/maintenances"] {
            let page = browser.get(path).await.text();
            assert!(page.contains("Overrunning: its window has ended."), "{path}: {page}");
        }
        let asked = browser.get(&format!("{address}?longer=1")).await.text();
        let prepared = between(&asked, "We need longer</summary>", "</details>");
        assert!(prepared.contains("We now expect to be done by") && prepared.contains("value=\"2026-11-23T15:15\""), "{prepared}");
        assert!(asked.contains("<details open class=\"ask calm\"><summary>We need longer"), "{asked}");
        let longer = [
            ("window_from", "2026-11-23T12:00"),
            ("window_until", "2026-11-23T15:15"),
            ("longer", "1"),
            ("body", "Longer."),
            ("notify", "on"),
        ];
        assert_eq!(led_to(&step(&browser, &address, "/window", &longer).await), address);
        let page = browser.get(&address).await.text();
        assert!(between(&page, "id=\"said\"", "</section>").contains("Extended: "), "{page}");
        for (status, word) in [("verifying", "Verifying"), ("completed", "Completed")] {
            let posted = [("status", status), ("body", ""), ("notify", "on"), ("do", "post")];
            assert_eq!(led_to(&step(&browser, &address, "/updates", &posted).await), address);
            assert!(app.get(&public(&address)).await.text().contains(word));
        }
        assert!(app.get("/").await.text().contains("All Systems Operational"));
        let list = browser.get("/staff/maintenances").await.text();
        assert!(between(&list, "id=\"past\"", "</section>").contains(&address), "{list}");
    })
    .await;
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

#[tokio::test]
async fn a_message_is_edited_and_taken_back() {
    let app = TestApp::plain().await;
    let browser = app.owner().await;
    let address = plan(&browser, &[]).await;
    let update = between(&browser.get(&address).await.text(), "<li id=\"u-", "\">")["<li id=\"u-".len()..].to_owned();
    assert_eq!(led_to(&step(&browser, &address, &format!("/updates/{update}"), &[("body", "We *replace* it.")]).await), address);
    assert!(app.get(&public(&address)).await.text().contains("We <em>replace</em> it."));
    app.hand.advance(TimeDelta::seconds(4));
    assert!(browser.get(&address).await.text().contains("Mails wait 6 s more."));
    assert_eq!(led_to(&browser.post_form(&format!("{address}/updates/{update}/undo"), &[]).await), address);
    assert!(!app.get("/").await.text().contains("Database upgrade"), "readers do not see it any more");
    let page = browser.get(&address).await.text();
    assert!(page.contains("Nobody outside sees this draft.") && page.contains("We *replace* it."), "it is a draft again: {page}");
    assert_eq!(led_to(&step(&browser, &address, "/delete", &[]).await), "/staff/maintenances");
    assert_eq!(browser.get(&address).await.status, 404);
}

#[tokio::test]
async fn a_series_is_one_row_and_ends_with_one_button() {
    let app = TestApp::plain().await;
    let browser = app.owner().await;
    let again = [("again", "weekly"), ("count", "12"), ("exceptions", "2026-12-19, 2026-12-26")];
    let preview = browser.post_form("/staff/maintenances/new", &form(&[again.as_slice(), &[("do", "preview")]].concat())).await.text();
    assert!(preview.contains("And 9 more windows"), "{preview}");
    let first = plan(&browser, &again).await;
    let list = browser.get("/staff/maintenances").await.text();
    let upcoming = between(&list, "id=\"upcoming\"", "</section>");
    assert_eq!(upcoming.matches("<li").count(), 1, "{upcoming}");
    assert!(upcoming.contains(&first) && upcoming.contains("and 9 more of its series"), "{upcoming}");
    let page = browser.get(&first).await.text();
    assert!(page.contains("9 other windows of this series") && page.contains("Window 1"), "{page}");
    assert_eq!(led_to(&step(&browser, &first, "/cancel", &[("series", "1"), ("body", "Done with it.")]).await), first);
    let list = browser.get("/staff/maintenances").await.text();
    assert!(list.contains("No work is planned."), "{list}");
    assert_eq!(between(&list, "id=\"past\"", "</section>").matches("<li").count(), 10, "{list}");
}

#[tokio::test]
async fn what_staff_note_for_themselves_leaves_by_no_door() {
    each_mailing_app(async |app| {
        const CANARY: &str = "canary-7f3a";
        let browser = app.owner().await;
        app.subscribed("anna@example.test").await;
        let notes = [
            ("internal_notes", CANARY),
            ("owner", "Owner canary-7f3a"),
            ("window_from", "2026-11-24T10:00"),
            ("window_until", "2026-11-24T12:00"),
        ];
        let address = plan(&browser, &notes).await;
        assert!(browser.get(&address).await.text().contains(CANARY), "staff see it");
        app.hand.advance(TimeDelta::minutes(1));
        app.send_mails().await;
        let public = public(&address);
        let doors = [
            "/",
            &public,
            "/history",
            "/history.atom",
            "/history.ics",
            "/live.json",
            "/api/v2/summary.json",
            "/api/v2/scheduled-maintenances.json",
            "/api/v2/scheduled-maintenances/upcoming.json",
        ];
        for door in doors {
            assert!(!app.get(door).await.text().contains(CANARY), "{door} tells it");
        }
        let told = app.texts("select cast(payload as text) from notifications").await;
        assert!(told.iter().any(|text| text.contains("Database upgrade")), "the announcement is told: {told:?}");
        assert!(told.iter().all(|text| !text.contains(CANARY)), "a notice tells it: {told:?}");
    })
    .await;
}

#[tokio::test]
async fn a_viewer_sees_everything_and_is_offered_nothing_they_may_not_do() {
    let app = TestApp::plain().await;
    let owner = app.owner().await;
    let announced = plan(&owner, &[]).await;
    let draft = plan(&owner, &[("name", "A draft"), ("do", "save")]).await;
    let viewer = app.member(Role::Viewer).await;
    for path in ["/staff", "/staff/maintenances", &announced, &draft] {
        let reply = viewer.get(path).await;
        assert_eq!(reply.status, 200, "{path}");
        let main = between(&reply.text(), "<main", "</main>").to_owned();
        assert!(!main.contains("<form") && !main.contains("/new"), "{path} offers a viewer a change: {main}");
    }
    let planner = viewer.get("/staff/maintenances/planner").await;
    assert_eq!(planner.status, 200);
    assert!(!planner.text().contains("Plan work here") && !planner.text().contains("/staff/settings"), "{}", planner.text());
    assert_eq!(viewer.get("/staff/maintenances/new").await.status, 403);
    assert_eq!(viewer.post_form(&format!("{announced}/cancel"), &[]).await.status, 403);
    assert_eq!(viewer.get("/staff/settings").await.status, 403);
    let responder = app.member(Role::Responder).await;
    assert!(responder.get(&announced).await.text().contains("Cancel the work"));
    assert_eq!(responder.get("/staff/settings").await.status, 403);
}

#[tokio::test]
async fn every_page_of_planned_work_needs_fewer_than_six_queries() {
    each_engine_app(async |app| {
        let browser = app.owner().await;
        let api = component(&browser, "API").await;
        let affected = format!("{api} under_maintenance");
        let announced = plan(&browser, &[("components", &affected)]).await;
        let moved = [("window_from", "2026-12-06T22:00"), ("window_until", "2026-12-07T00:00")];
        assert_eq!(step(&browser, &announced, "/window", &moved).await.status, 303);
        let draft = plan(&browser, &[("components", &affected), ("do", "save")]).await;
        let longer = format!("{announced}?longer=1");
        let paths = [
            "/staff",
            "/staff/maintenances",
            "/staff/maintenances/new",
            "/staff/maintenances/planner",
            "/staff/maintenances/planner?source=reads&length=240",
            "/staff/settings",
            &announced,
            &longer,
            &draft,
        ];
        for path in paths {
            let reply = browser.get(path).await;
            assert_eq!(reply.status, 200, "{path}");
            let said = reply.header("server-timing").to_owned();
            let queries: u32 = said.split(['"', ' ']).find_map(|word| word.parse().ok()).unwrap_or_else(|| panic!("{path}: {said}"));
            assert!((1..6).contains(&queries), "{path} needs {queries} queries");
        }
    })
    .await;
}
