//! What staff and programs set: what a draft says of a component; and what they cannot do with a draft.

use app::words::{PageSettings, Role};
use serde_json::json;
use server::store::component_templates;

use super::{after, down, each_site, site};
use crate::manage::each_api;
use crate::store::sample;
use crate::support::Engine;

#[tokio::test]
async fn a_draft_of_one_component_says_what_staff_wrote_for_it() {
    each_site(after(1), async |site| {
        let browser = site.app.member(Role::Admin).await;
        let address = format!("/staff/components/{}", sample::id("api"));
        let fields = |title, body| [("name", "api"), ("showcase", "on"), ("draft_title", title), ("draft_body", body)];
        let reply = browser.post_form(&address, &fields("Requests fail", "We see that *requests* fail.")).await;
        assert_eq!(reply.status, 303, "{}", reply.text());
        let page = browser.get(&address).await.text();
        assert!(page.contains("value=\"Requests fail\"") && page.contains("We see that *requests* fail.</textarea>"), "{page}");
        site.api.answers(down());
        site.pass(60).await;
        let incident = site.file().await.record.incident;
        assert_eq!((incident.name.as_str(), incident.updates[0].body.as_str()), ("Requests fail", "We see that *requests* fail."));
        site.pass(60).await;
        assert_eq!(site.shown().await[0]["name"], "Requests fail", "the clock publishes it as it is");
        site.app.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_draft_of_several_components_says_no_words_of_one() {
    let site = site(Engine::Sqlite, PageSettings::default()).await;
    let mut tx = site.app.db.write().await.unwrap();
    let template = server::domain::template::Template { title: "Requests fail".to_owned(), body: String::new() };
    component_templates::set(&mut tx, &sample::id("api"), &template, site.now()).await.unwrap();
    tx.commit().await.unwrap();
    site.api.answers(down());
    site.pass(60).await;
    let incident = site.file().await.record.incident;
    assert_eq!(incident.name, "Requests fail");
    assert!(incident.updates[0].body.starts_with("We are investigating a problem with api."), "the message is the stock sentence");
    site.web.answers(down());
    site.pass(60).await;
    assert_eq!(site.file().await.record.incident.name, "Several components are not available");
    site.app.end().await;
}

#[tokio::test]
async fn a_template_that_leads_to_a_target_is_refused_beside_its_field_with_the_text_kept() {
    let site = site(Engine::Sqlite, PageSettings::default()).await;
    let browser = site.app.member(Role::Admin).await;
    let address = format!("/staff/components/{}", sample::id("api"));
    let fields = [("name", "api"), ("draft_title", "Away"), ("draft_body", "https://10.0.0.7/ is away")];
    let reply = browser.post_form(&address, &fields).await;
    assert_eq!(reply.status, 422);
    let page = reply.text();
    assert!(page.contains("cannot hold a web or IP address") && page.contains("https://10.0.0.7/ is away</textarea>"), "{page}");
    let mut tx = site.app.db.read().await.unwrap();
    assert!(component_templates::get(&mut tx, &sample::id("api")).await.unwrap().is_empty(), "nothing is changed");
    drop(tx);
    site.app.end().await;
}

#[tokio::test]
async fn programs_set_what_a_draft_says_and_leave_it_by_saying_nothing() {
    each_api(async |api| {
        let id = api.component("API").await;
        let one = format!("/components/{id}");
        let before = api.get(&one).await;
        assert_eq!((before["draft_title"].as_str(), before["draft_body"].as_str()), (Some(""), Some("")));
        let set = api.patch(&one, json!({"component": {"draft_title": "Requests fail", "draft_body": "We look."}})).await;
        assert_eq!((set["draft_title"].as_str(), set["draft_body"].as_str()), (Some("Requests fail"), Some("We look.")));
        let kept = api.patch(&one, json!({"component": {"name": "The API"}})).await;
        assert_eq!((kept["draft_title"].as_str(), kept["name"].as_str()), (Some("Requests fail"), Some("The API")));
        assert_eq!(api.get("/components").await[0]["draft_body"], "We look.");
        let reply = api.call("PATCH", &one, &json!({"component": {"draft_title": "See http://x"}})).await;
        assert_eq!(reply.status, 422);
        assert!(reply.text().contains("draft_title"), "{}", reply.text());
        let none = api.patch(&one, json!({"component": {"draft_title": null, "draft_body": ""}})).await;
        assert_eq!((none["draft_title"].as_str(), none["draft_body"].as_str()), (Some(""), Some("")));
    })
    .await;
}

#[tokio::test]
async fn what_is_published_already_cannot_be_taken_from_the_clock_and_nonsense_is_refused() {
    let site = site(Engine::Sqlite, after(1)).await;
    let browser = site.app.member(Role::Responder).await;
    site.api.answers(down());
    site.pass(60).await;
    let take = format!("/staff/incidents/{}/take", site.file().await.record.incident.id);
    assert_eq!(browser.post_form(&take, &[("do", "dance")]).await.status, 422);
    assert!(site.file().await.watch.publish_at.is_some(), "nothing is changed");
    site.pass(90).await;
    let late = browser.post_form(&take, &[("do", "stop")]).await;
    assert_eq!(late.status, 409);
    assert!(late.text().contains("This incident is published already."), "{}", late.text());
    let viewer = site.app.member(Role::Viewer).await;
    assert_eq!(viewer.post_form(&take, &[("do", "mine")]).await.status, 403);
    site.app.end().await;
}
