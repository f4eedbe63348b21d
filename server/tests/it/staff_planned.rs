//! The pages on which staff plan work and see it through, spoken to as a browser without scripts does.

mod refusals;

use app::words::Role;
use chrono::TimeDelta;

use crate::staff_pages::{between, component, each_engine_app, hidden, led_to};
use crate::support::app::TestApp;
use crate::support::mailing::{each_mailing_app, mailing_app};
use crate::support::staff::Browser;

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
