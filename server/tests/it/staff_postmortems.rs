//! The pages on which staff promise, write, read and publish post-mortems, spoken to as a browser without scripts does.

mod reading;
mod writing;

use app::words::Id;
use chrono::TimeDelta;

use crate::support::Engine;
use crate::support::app::{Reply, TestApp};
use crate::support::staff::Browser;

/// Runs a test on a service on each engine.
async fn each_engine_app(test: impl AsyncFn(&TestApp)) {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        test(&app).await;
        app.end().await;
    }
}

/// What a browser would follow to.
fn led_to(reply: &Reply) -> String {
    assert_eq!(reply.status, 303, "{}", reply.text());
    reply.header("location").to_owned()
}

/// The value of the hidden field of that name.
fn hidden(page: &str, name: &str) -> String {
    let field = format!("name=\"{name}\" value=\"");
    let start = page.find(&field).unwrap_or_else(|| panic!("no field {name} in {page}")) + field.len();
    page[start..].split('"').next().unwrap().to_owned()
}

/// What stands between the first of one text and the next of another.
fn between<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    let start = page.find(from).unwrap_or_else(|| panic!("no {from} in {page}"));
    page[start..].split(to).next().unwrap()
}

/// Adds a component; its id.
async fn component(browser: &Browser<'_>, name: &str) -> Id {
    let reply = browser.post_form("/staff/components/new", &[("name", name), ("status", "operational"), ("showcase", "on")]).await;
    assert_eq!(led_to(&reply), "/staff/components");
    let page = browser.get("/staff/components").await.text();
    let row = page.split("<li id=\"c-").find(|row| row.contains(&format!("<strong>{name}</strong>"))).expect("the component is listed");
    Id::parse(&row[..12]).unwrap()
}

/// Publishes an incident that does this to components; the address of its page among staff.
async fn incident(browser: &Browser<'_>, name: &str, component: &Id, status: &str) -> String {
    let states = format!("{component} {status}");
    let body =
        [("name", name), ("status", "investigating"), ("body", "We look."), ("components", &states), ("notify", "on"), ("do", "publish")];
    led_to(&browser.post_form("/staff/incidents/new", &body).await)
}

fn id_of(address: &str) -> &str {
    address.rsplit('/').next().unwrap()
}

/// Resolves it, with what is said of a post-mortem.
async fn resolve(browser: &Browser<'_>, address: &str, plan: &[(&str, &str)]) -> Reply {
    let seen = hidden(&browser.get(address).await.text(), "seen");
    let fields = [&[("status", "resolved"), ("body", "It works again."), ("seen", seen.as_str()), ("notify", "on"), ("do", "post")], plan];
    browser.post_form(&format!("{address}/updates"), &fields.concat()).await
}

/// An incident that is over, and a post-mortem of it that is begun; the address of its page.
async fn begun(browser: &Browser<'_>) -> String {
    let api = component(browser, "API").await;
    let down = incident(browser, "API does not answer", &api, "major_outage").await;
    led_to(&resolve(browser, &down, &[]).await);
    led_to(&browser.post_form("/staff/post-mortems/new", &[("incidents", id_of(&down))]).await)
}

/// Sends the text; every field that is not given is as the page has it.
async fn send(browser: &Browser<'_>, address: &str, button: &str, fields: &[(&str, &str)]) -> Reply {
    let page = browser.get(address).await.text();
    send_from(browser, address, &page, button, fields).await
}

/// The same from a page that was opened before.
async fn send_from(browser: &Browser<'_>, address: &str, page: &str, button: &str, fields: &[(&str, &str)]) -> Reply {
    let seen = hidden(page, "seen");
    let covered: Vec<String> = page
        .split("<input ")
        .filter(|input| input.contains("name=\"incidents\"") && input.contains(" checked"))
        .map(|input| between(input, "value=\"", "\" ").trim_start_matches("value=\"").to_owned())
        .collect();
    let mut all = vec![("seen", seen.as_str()), ("do", button)];
    all.extend(covered.iter().map(|id| ("incidents", id.as_str())));
    all.extend(fields.iter().copied());
    let to = if button == "autosave" { format!("{address}/draft") } else { address.to_owned() };
    browser.post_form(&to, &all).await
}

/// A text that is whole.
const WHOLE: [(&str, &str); 5] = [
    ("title", "API outage of 22 November"),
    ("summary", "The API did not answer for **an hour**."),
    ("causes", "A full disk."),
    ("long_term", "Disks are watched."),
    ("data_loss", "no"),
];

#[tokio::test]
async fn a_bad_failure_is_resolved_with_a_promise_unless_somebody_says_otherwise() {
    each_engine_app(async |app| {
        let browser = app.owner().await;
        let api = component(&browser, "API").await;
        let down = incident(&browser, "API does not answer", &api, "major_outage").await;
        let page = browser.get(&down).await.text();
        assert!(page.contains("When it is resolved: post-mortem by 28 Nov"), "five days by default: {page}");
        // What the page proposes is what its fields send.
        assert_eq!(page.matches("name=\"postmortem\" value=\"by\" checked").count(), 2, "in both forms: {page}");
        let plan = [("postmortem", "by"), ("postmortem_by", "2026-11-28"), ("postmortem_because", "")];
        led_to(&resolve(&browser, &down, &plan).await);
        let public = app.get(&format!("/incidents/{}", id_of(&down))).await.text();
        assert!(public.contains("Post-mortem promised by <time datetime=\"2026-11-28\">"), "{public}");
        let list = browser.get("/staff/post-mortems").await.text();
        assert!(between(&list, "part-owed", "</section>").contains("API does not answer"), "{list}");
        app.advance(TimeDelta::days(6)).await;
        let list = app.owner().await.get("/staff/post-mortems").await.text();
        assert!(between(&list, "part-owed", "</section>").contains("overdue"), "{list}");
    })
    .await;
}

#[tokio::test]
async fn a_slight_failure_asks_nothing_and_is_listed_until_something_is_said() {
    let app = TestApp::plain().await;
    let browser = app.owner().await;
    let api = component(&browser, "API").await;
    let slow = incident(&browser, "API answers slowly", &api, "degraded_performance").await;
    let page = browser.get(&slow).await.text();
    assert!(page.contains("When it is resolved: nothing said of a post-mortem yet"), "{page}");
    let plan = [("postmortem", ""), ("postmortem_by", "2026-11-28"), ("postmortem_because", "")];
    led_to(&resolve(&browser, &slow, &plan).await);
    let list = browser.get("/staff/post-mortems").await.text();
    assert!(between(&list, "id=\"without\"", "</section>").contains("API answers slowly"), "{list}");
    let public = format!("/incidents/{}", id_of(&slow));
    assert!(!app.get(&public).await.text().contains("ost-mortem promised"));
    let none = [("incidents", id_of(&slow)), ("postmortem", "waived"), ("postmortem_because", "too small"), ("do", "promise")];
    let page = led_to(&browser.post_form("/staff/post-mortems/new", &none).await);
    assert!(browser.get(&page).await.text().contains("Not planned, because too small."));
    assert!(app.get(&public).await.text().contains("No post-mortem is planned: too small"));
    assert!(!browser.get("/staff/post-mortems").await.text().contains("id=\"without\""));
    let nothing = browser.post_form("/staff/post-mortems/new", &[("do", "begin")]).await;
    assert!(nothing.status == 422 && nothing.text().contains("Choose at least one incident, or planned work."), "{}", nothing.text());
    app.end().await;
}

#[tokio::test]
async fn a_reason_for_none_is_public_and_none_without_a_reason() {
    let app = TestApp::plain().await;
    let browser = app.owner().await;
    let api = component(&browser, "API").await;
    let down = incident(&browser, "API does not answer", &api, "major_outage").await;
    let refused = resolve(&browser, &down, &[("postmortem", "waived"), ("postmortem_because", "")]).await;
    let page = refused.text();
    assert_eq!(refused.status, 422, "{page}");
    assert!(page.contains("Say in a few words why no post-mortem is planned") && page.contains("It works again."), "{page}");
    assert!(app.get("/").await.text().contains("Investigating"), "nothing was changed");
    for (field, value, sentence) in [
        ("postmortem_by", "", "Give the day by which the post-mortem is promised."),
        ("postmortem_by", "soon", "is no day. Write it like 2026-11-28."),
        ("postmortem_by", "2026-11-01", "The date of the post-mortem"),
        ("postmortem", "perhaps", "Choose one of the ways to go on."),
    ] {
        let known = [("postmortem", "by"), ("postmortem_by", "2026-11-28"), ("postmortem_because", "")];
        let plan: Vec<_> = known.into_iter().map(|(name, text)| (name, if name == field { value } else { text })).collect();
        let refused = resolve(&browser, &down, &plan).await;
        assert_eq!(refused.status, 422, "{field} {value}");
        assert!(refused.text().contains(sentence), "{field} {value}: {}", refused.text());
    }
    led_to(&resolve(&browser, &down, &[("postmortem", "waived"), ("postmortem_because", "a test of ours")]).await);
    assert!(app.get(&format!("/incidents/{}", id_of(&down))).await.text().contains("No post-mortem is planned: a test of ours"));
    let list = browser.get("/staff/post-mortems").await.text();
    assert!(between(&list, "part-not-planned", "</section>").contains("Because a test of ours"), "{list}");
    app.end().await;
}

#[tokio::test]
async fn with_any_other_message_nothing_is_promised() {
    let app = TestApp::plain().await;
    let browser = app.owner().await;
    let api = component(&browser, "API").await;
    let down = incident(&browser, "API does not answer", &api, "major_outage").await;
    let seen = hidden(&browser.get(&down).await.text(), "seen");
    let fields = [
        ("status", "identified"),
        ("body", "Found."),
        ("seen", seen.as_str()),
        ("postmortem", "by"),
        ("postmortem_by", ""),
        ("do", "post"),
    ];
    led_to(&browser.post_form(&format!("{down}/updates"), &fields).await);
    assert!(!browser.get("/staff/post-mortems").await.text().contains("part-owed"));
    app.end().await;
}

#[tokio::test]
async fn every_page_needs_fewer_than_six_queries() {
    each_engine_app(async |app| {
        let browser = app.owner().await;
        let page = begun(&browser).await;
        led_to(&browser.post_form(&format!("{page}/items"), &[("title", "Watch disks"), ("state", "planned")]).await);
        led_to(&send(&browser, &page, "publish", &WHOLE).await);
        let feedback = format!("{page}/feedback");
        for path in ["/staff/post-mortems", "/staff/post-mortems/new", &page, &feedback, "/staff/follow-ups"] {
            let reply = browser.get(path).await;
            assert_eq!(reply.status, 200, "{path}");
            let said = reply.header("server-timing").to_owned();
            let queries: u32 = said.split(['"', ' ']).find_map(|word| word.parse().ok()).unwrap_or_else(|| panic!("{path}: {said}"));
            assert!((1..6).contains(&queries), "{path} needs {queries} queries");
        }
    })
    .await;
}
