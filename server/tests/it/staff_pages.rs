//! The pages on which staff tell readers what is going on, spoken to as a browser without scripts does.

mod refusals;

use app::words::{ComponentStatus, Id, Role};
use chrono::TimeDelta;

use crate::support::Engine;
use crate::support::app::{Reply, TestApp};
use crate::support::staff::Browser;

/// Runs a test on a service on each engine.
pub async fn each_engine_app(test: impl AsyncFn(&TestApp)) {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        test(&app).await;
        app.end().await;
    }
}

/// What a browser would follow to.
pub fn led_to(reply: &Reply) -> String {
    assert_eq!(reply.status, 303, "{}", reply.text());
    reply.header("location").to_owned()
}

/// The value of the hidden field of that name.
pub fn hidden(page: &str, name: &str) -> String {
    let field = format!("name=\"{name}\" value=\"");
    let start = page.find(&field).unwrap_or_else(|| panic!("no field {name} in {page}")) + field.len();
    page[start..].split('"').next().unwrap().to_owned()
}

/// What stands between the first of one text and the next of another.
pub fn between<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    let start = page.find(from).unwrap_or_else(|| panic!("no {from} in {page}"));
    page[start..].split(to).next().unwrap()
}

/// Adds a component; its id.
pub async fn component(browser: &Browser<'_>, name: &str) -> Id {
    let reply = browser.post_form("/staff/components/new", &[("name", name), ("status", "operational"), ("showcase", "on")]).await;
    assert_eq!(led_to(&reply), "/staff/components");
    let page = browser.get("/staff/components").await.text();
    let row = page.split("<li id=\"c-").find(|row| row.contains(&format!("<strong>{name}</strong>"))).expect("the component is listed");
    Id::parse(&row[..12]).unwrap()
}

/// What a filled form sends.
fn form<'a>(fields: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let filled =
        [("name", "API does not answer"), ("status", "investigating"), ("body", "We *look* into it."), ("notify", "on"), ("do", "publish")];
    let others = filled.into_iter().filter(|(name, _)| fields.iter().all(|(given, _)| given != name));
    others.chain(fields.iter().copied()).collect()
}

/// Publishes an incident; the address of its page.
async fn publish(browser: &Browser<'_>, fields: &[(&str, &str)]) -> String {
    led_to(&browser.post_form("/staff/incidents/new", &form(fields)).await)
}

#[tokio::test]
async fn from_a_draft_to_the_public_page_it_takes_two_actions() {
    each_engine_app(async |app| {
        let browser = app.owner().await;
        let api = component(&browser, "API").await;
        let outage = format!("{api} major_outage");
        let draft = publish(&browser, &[("components", &outage), ("body", ""), ("do", "save")]).await;
        assert!(!app.get("/").await.text().contains("API does not answer"), "a draft is not public");
        assert!(browser.get("/staff").await.text().contains(&format!("href=\"{draft}\"")), "the overview leads to it");
        let page = browser.get(&draft).await;
        assert_eq!(page.status, 200);
        let seen = hidden(&page.text(), "seen");
        let sent = form(&[("components", &outage), ("body", ""), ("seen", &seen), ("do", "publish")]);
        assert_eq!(led_to(&browser.post_form(&draft, &sent).await), draft);
        let public = app.get("/").await.text();
        assert!(public.contains("API does not answer") && public.contains("Major System Outage"), "the page turned before the answer");
        assert!(public.contains("We are looking into this."), "an empty message says the sentence of its status");
        let page = browser.get(&draft).await.text();
        assert!(page.contains("Published. Readers see it now.") && page.contains("Take the message back"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn a_preview_is_exactly_what_readers_will_see() {
    let app = TestApp::plain().await;
    let browser = app.owner().await;
    let api = component(&browser, "API").await;
    let outage = format!("{api} partial_outage");
    let body = "**Some** requests fail.\n\n| region | errors |\n|---|---|\n| eu | 3 % |\n\n<script>alert(1)</script>";
    let fields = [("components", outage.as_str()), ("body", body), ("next", "60")];
    let preview = browser.post_form("/staff/incidents/new", &form(&[fields.as_slice(), &[("do", "preview")]].concat())).await;
    assert_eq!(preview.status, 200);
    let preview = preview.text();
    assert!(preview.contains("Nothing is published yet."));
    assert!(!app.get("/").await.text().contains("requests fail"), "a preview publishes nothing");
    assert!(browser.get("/staff/incidents").await.text().contains("No incident is open."), "and saves nothing");
    let address = publish(&browser, &fields).await;
    let id = address.rsplit('/').next().unwrap();
    let public = app.get("/").await.text();
    // The ids differ, because the preview has none yet.
    let nameless = |page: &str, id: &str| between(page, "<article id=\"i-", "</article>").replace(id, "ID");
    let update = hidden_update(&public);
    let shown = nameless(&public, id).replace(&update, "ID");
    assert_eq!(nameless(&preview, "000000000000"), shown);
}

/// The id of the first message on a page.
fn hidden_update(page: &str) -> String {
    let start = page.find("<li id=\"u-").unwrap() + "<li id=\"u-".len();
    page[start..start + 12].to_owned()
}

#[tokio::test]
async fn messages_come_in_any_order_and_each_turns_the_page() {
    each_engine_app(async |app| {
        let browser = app.owner().await;
        let api = component(&browser, "API").await;
        let outage = format!("{api} major_outage");
        let address = publish(&browser, &[("components", &outage)]).await;
        let id = address.rsplit('/').next().unwrap().to_owned();
        for (status, said) in
            [("monitoring", "A fix is in place."), ("resolved", "All good."), ("investigating", "It is back."), ("resolved", "")]
        {
            let seen = hidden(&browser.get(&address).await.text(), "seen");
            app.hand.advance(TimeDelta::minutes(5));
            let fields = [("status", status), ("body", said), ("notify", "on"), ("seen", &seen), ("do", "post")];
            assert_eq!(led_to(&browser.post_form(&format!("{address}/updates"), &fields).await), address);
            let public = app.get(&format!("/incidents/{id}")).await.text();
            let said = if said.is_empty() { "This incident is over." } else { said };
            assert!(public.contains(said), "{status}: {public}");
        }
        assert!(app.get("/").await.text().contains("All Systems Operational"), "the incident's words end with it");
        assert!(browser.get("/staff/incidents").await.text().contains("resolved after 20 min"));
    })
    .await;
}

#[tokio::test]
async fn an_edit_is_seen_as_such_by_readers() {
    let app = TestApp::plain().await;
    let browser = app.owner().await;
    let address = publish(&browser, &[]).await;
    let public = format!("/incidents/{}", address.rsplit('/').next().unwrap());
    let before = app.get(&public).await.text();
    assert!(!before.contains("edited "), "{before}");
    let update = hidden_update(&before);
    let seen = hidden(&browser.get(&address).await.text(), "seen");
    app.hand.advance(TimeDelta::minutes(3));
    let edit = [("body", "We look into *lost* requests."), ("display_at", "2026-11-23T10:00"), ("seen", seen.as_str())];
    assert_eq!(led_to(&browser.post_form(&format!("{address}/updates/{update}"), &edit).await), address);
    let after = app.get(&public).await.text();
    assert!(after.contains("We look into <em>lost</em> requests."), "{after}");
    assert!(after.contains("edited <time datetime=\"2026-11-23T10:03:00Z\"><span class=\"w\">10:03 UTC</span></time>"), "{after}");
    assert!(!after.contains("We <em>look</em> into it.") && after.contains("*look*</del>"), "what it said before is told as a difference");
    let seen = hidden(&browser.get(&address).await.text(), "seen");
    let refused = browser.post_form(&format!("{address}/updates/{update}"), &[("body", "\u{7}"), ("seen", &seen)]).await;
    assert_eq!(refused.status, 422);
    assert!(between(&refused.text(), "<summary>Edit", "</details>").contains("The message holds the character U+0007"));
}

#[tokio::test]
async fn a_message_is_taken_back_within_its_seconds_and_not_after() {
    let app = TestApp::plain().await;
    let browser = app.owner().await;
    let address = publish(&browser, &[]).await;
    let update = hidden_update(&browser.get(&address).await.text());
    app.hand.advance(TimeDelta::seconds(4));
    let page = browser.get(&address).await.text();
    assert!(page.contains("Mails wait 6 s more."), "{page}");
    let undo = format!("{address}/updates/{update}/undo");
    assert_eq!(led_to(&browser.post_form(&undo, &[]).await), address);
    assert!(!app.get("/").await.text().contains("API does not answer"), "readers do not see it any more");
    let page = browser.get(&address).await.text();
    assert!(page.contains("Nobody outside sees this draft.") && page.contains("We *look* into it."), "it is a draft again: {page}");
    let seen = hidden(&page, "seen");
    let sent = form(&[("seen", &seen)]);
    assert_eq!(browser.post_form(&address, &sent).await.status, 303);
    let update = hidden_update(&browser.get(&address).await.text());
    app.hand.advance(TimeDelta::seconds(11));
    let page = browser.get(&address).await.text();
    assert!(page.contains("A message can be taken back for 10 s") && !page.contains("Take the message back"), "{page}");
    let late = browser.post_form(&format!("{address}/updates/{update}/undo"), &[]).await;
    assert_eq!(late.status, 409);
    assert!(late.text().contains("mails may be out"), "{}", late.text());
    assert!(app.get("/").await.text().contains("API does not answer"));
}

#[tokio::test]
async fn the_rest_of_an_incident_is_changed_and_its_notes_never_leave() {
    let app = TestApp::plain().await;
    let browser = app.owner().await;
    let address = publish(&browser, &[]).await;
    let seen = hidden(&browser.get(&address).await.text(), "seen");
    let fields = [
        ("name", "API answers with errors"),
        ("impact_override", "critical"),
        ("started_at", "2026-11-23T09:30"),
        ("owner", "Ada"),
        ("internal_notes", "The cache again, see runbook 7."),
        ("next", "at"),
        ("next_update_at", "2026-11-23T11:00"),
        ("seen", &seen),
    ];
    assert_eq!(led_to(&browser.post_form(&format!("{address}/details"), &fields).await), address);
    let page = browser.get(&address).await.text();
    for said in ["API answers with errors", "Critical impact", "The cache again, see runbook 7.", "11:00 UTC", "Ada"] {
        assert!(page.contains(said), "{said} in {page}");
    }
    for path in ["/", &format!("/incidents/{}", address.rsplit('/').next().unwrap()), "/api/v2/summary.json", "/history.atom"] {
        assert!(!app.get(path).await.text().contains("runbook"), "{path} tells what staff note");
    }
    let seen = hidden(&page, "seen");
    let wrong = browser.post_form(&format!("{address}/details"), &[("name", ""), ("owner", "Ada"), ("seen", &seen)]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text().contains("The title is empty."));
    assert_eq!(led_to(&browser.post_form(&format!("{address}/delete"), &[("seen", &seen)]).await), "/staff/incidents");
    assert!(!app.get("/").await.text().contains("API answers with errors"));
    assert_eq!(browser.get(&address).await.status, 404, "it has no page any more");
}

#[tokio::test]
async fn components_and_groups_are_made_changed_moved_and_taken_away() {
    each_engine_app(async |app| {
        let browser = app.owner().await;
        assert!(browser.get("/staff/components").await.text().contains("There are no components yet."));
        let (api, web) = (component(&browser, "API").await, component(&browser, "Web").await);
        let order = |page: &str| page.find(">API<").unwrap() < page.find(">Web<").unwrap();
        assert!(order(&app.get("/").await.text()), "in the order they were made");
        let up = [("to", "up")];
        assert_eq!(browser.post_form(&format!("/staff/components/{web}/move"), &up).await.status, 303);
        assert!(!order(&app.get("/").await.text()), "moved up");
        assert_eq!(browser.post_form("/staff/components/groups/new", &[("name", "Core")]).await.status, 303);
        let page = browser.get("/staff/components").await.text();
        let group = page.split("id=\"g-").nth(1).unwrap()[..12].to_owned();
        let change = [("name", "Public API"), ("description", "For programs"), ("group_id", group.as_str()), ("showcase", "on")];
        assert_eq!(browser.post_form(&format!("/staff/components/{api}"), &change).await.status, 303);
        let public = app.get("/").await.text();
        assert!(public.contains("Public API") && public.contains("Core"), "{public}");
        let state = [("status", ComponentStatus::PartialOutage.as_str())];
        assert_eq!(browser.post_form(&format!("/staff/components/{api}/status"), &state).await.status, 303);
        assert!(app.get(&format!("/components/{api}")).await.text().contains("Partial outage"), "readers see what was stated");
        assert!(browser.get("/staff").await.text().contains("Public API"), "and the overview names it");
        for (path, fields, sentence) in [
            ("/staff/components/new".to_owned(), vec![("name", "")], "The name is empty."),
            (
                format!("/staff/components/{api}"),
                vec![("name", "A"), ("group_id", "abcdefghijkl")],
                "There is no group abcdefghijkl on this page.",
            ),
            (format!("/staff/components/{api}"), vec![("name", "A"), ("start_date", "soon")], "Write the day like 2026-11-23"),
            ("/staff/components/groups/new".to_owned(), vec![("name", "\u{7}")], "The name holds the character U+0007"),
        ] {
            let reply = browser.post_form(&path, &fields).await;
            assert_eq!(reply.status, 422, "{path}");
            assert!(reply.text().contains(sentence), "{path}: {}", reply.text());
        }
        assert_eq!(browser.post_form(&format!("/staff/components/groups/{group}/delete"), &[]).await.status, 303);
        assert_eq!(browser.post_form(&format!("/staff/components/{web}/delete"), &[]).await.status, 303);
        let public = app.get("/").await.text();
        assert!(public.contains("Public API") && !public.contains("Core") && !public.contains(">Web<"), "{public}");
    })
    .await;
}

#[tokio::test]
async fn a_viewer_sees_everything_and_is_offered_nothing_they_may_not_do() {
    let app = TestApp::plain().await;
    let owner = app.owner().await;
    component(&owner, "API").await;
    let open = publish(&owner, &[]).await;
    let draft = publish(&owner, &[("name", "A draft"), ("do", "save")]).await;
    let viewer = app.member(Role::Viewer).await;
    for path in ["/staff", "/staff/incidents", "/staff/components", &open, &draft] {
        let reply = viewer.get(path).await;
        assert_eq!(reply.status, 200, "{path}");
        let main = between(&reply.text(), "<main", "</main>").to_owned();
        assert!(!main.contains("<form") && !main.contains("/new\""), "{path} offers a viewer a change: {main}");
        assert!(!reply.text().contains("href=\"/staff/people\""), "{path} leads a viewer where they may not go");
    }
    assert!(owner.get("/staff").await.text().contains("href=\"/staff/people\""));
    let responder = app.member(Role::Responder).await;
    assert!(responder.get("/staff/components").await.text().contains("/status\""), "a responder states a status");
    assert!(!responder.get("/staff/components").await.text().contains("/staff/components/new"), "and makes no component");
}

#[tokio::test]
async fn every_page_needs_fewer_than_six_queries() {
    each_engine_app(async |app| {
        let browser = app.owner().await;
        let api = component(&browser, "API").await;
        let outage = format!("{api} major_outage");
        let open = publish(&browser, &[("components", &outage)]).await;
        let draft = publish(&browser, &[("do", "save")]).await;
        let component = format!("/staff/components/{api}");
        let paths =
            ["/staff", "/staff/incidents", "/staff/incidents/new", &open, &draft, "/staff/components", "/staff/components/new", &component];
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

#[tokio::test]
async fn the_past_is_turned_page_by_page() {
    let app = TestApp::plain().await;
    let browser = app.owner().await;
    for number in 0..33 {
        app.hand.advance(TimeDelta::seconds(1));
        publish(&browser, &[("name", &format!("Number {number}")), ("status", "resolved")]).await;
    }
    let mut path = "/staff/incidents".to_owned();
    let mut found = Vec::new();
    loop {
        let page = browser.get(&path).await.text();
        let past = between(&page, "id=\"past\"", "</section>");
        found.extend(past.split("<h3><a href=\"").skip(1).map(|row| row.split('"').next().unwrap().to_owned()));
        let Some(older) = past.split("href=\"/staff/incidents?").nth(1) else { break };
        path = format!("/staff/incidents?{}", older.split('"').next().unwrap());
    }
    let all: std::collections::BTreeSet<_> = found.iter().collect();
    assert_eq!(all.len(), found.len(), "none twice");
    assert_eq!(found.len(), 33, "and none left out");
    assert_eq!(browser.get("/staff/incidents?before=soon").await.status, 400);
}
