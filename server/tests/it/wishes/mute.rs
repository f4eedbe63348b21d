//! To hear nothing more of one thing, or nothing but that it is over.

use app::words::{IncidentStatus, Mute};
use server::actions::maintenances;
use server::secret::Purpose;
use server::store::{follows, mutes};

use super::{each_office, managed, opened, recipients, said, sent};
use crate::maintenances::{plan, window};
use crate::support::mailing::mailing_app;
use crate::support::works::{self, show, work};

#[tokio::test]
async fn a_link_in_each_mail_of_an_incident_stops_the_mails_about_it_and_no_others() {
    each_office(async |desk, relay| {
        let app = &desk.app;
        app.subscribed("anna@example.test").await;
        let bert = app.subscribed("bert@example.test").await;
        sent(desk, relay).await;
        let outage = opened(desk).await;
        let mails = sent(desk, relay).await;
        assert_eq!(recipients(&mails), ["anna@example.test", "bert@example.test"]);
        let to_anna = mails.iter().find(|mail| mail.to.starts_with("anna")).unwrap();
        let link = to_anna.link("Stop mails about this");
        assert!(to_anna.html().contains(&format!("https://status.example.test{link}\"")), "{}", to_anna.html());
        let page = app.get(&link).await.text();
        assert!(
            page.contains("Requests fail") && page.contains("name=\"do\" value=\"all\"") && page.contains("value=\"until_over\""),
            "{page}"
        );
        for method in ["HEAD", "OPTIONS"] {
            app.request(method, &link, &[]).await;
        }
        said(desk, &outage, IncidentStatus::Identified).await;
        assert_eq!(sent(desk, relay).await.len(), 2, "looking changes nothing");
        let done = app.post(&link, &[("do", "all")]).await;
        let anna = app.subscriber("anna@example.test").await.unwrap();
        let manage = managed(app, &anna).await;
        assert_eq!((done.status, done.header("location")), (303, format!("{manage}?saved").as_str()));

        said(desk, &outage, IncidentStatus::Monitoring).await;
        assert_eq!(recipients(&sent(desk, relay).await), ["bert@example.test"]);
        let other = opened(desk).await;
        assert_ne!(other, outage);
        assert_eq!(sent(desk, relay).await.len(), 2, "of other things she hears as before");

        let listed = app.get(&manage).await.text();
        assert!(listed.contains("What you hear no more of") && listed.contains("You get no more mails about this."), "{listed}");
        assert!(listed.contains(&format!("action=\"{link}\"")), "and can take it back: {listed}");
        assert_eq!(app.post(&link, &[("do", "stop")]).await.status, 303);
        assert!(!app.get(&manage).await.text().contains("What you hear no more of"));
        said(desk, &outage, IncidentStatus::Resolved).await;
        assert_eq!(sent(desk, relay).await.len(), 2, "she hears of it again");
        assert_eq!(app.get(&managed(app, &bert).await).await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn whoever_wants_to_hear_only_that_it_is_over_gets_one_mail_more() {
    each_office(async |desk, relay| {
        let app = &desk.app;
        app.subscribed("anna@example.test").await;
        sent(desk, relay).await;
        let outage = opened(desk).await;
        let link = sent(desk, relay).await.remove(0).link("Only tell me when it is over");
        let page = app.get(&link).await.text();
        let primary = page.split("<button").find(|button| button.contains("b primary")).unwrap();
        assert!(primary.contains("until_over"), "the link proposes what it says: {page}");
        assert_eq!(app.post(link.split('?').next().unwrap(), &[("do", "until_over")]).await.status, 303);
        said(desk, &outage, IncidentStatus::Identified).await;
        said(desk, &outage, IncidentStatus::Monitoring).await;
        assert_eq!(sent(desk, relay).await.len(), 0);
        said(desk, &outage, IncidentStatus::Resolved).await;
        let over = sent(desk, relay).await;
        assert_eq!(over.len(), 1);
        let text = over[0].text();
        assert!(text.starts_with("Resolved: ") && text.contains("Stop mails about this") && !text.contains("Only tell me"), "{text}");
    })
    .await;
}

#[tokio::test]
async fn whoever_only_follows_it_hears_that_it_is_over_and_of_it_again() {
    each_office(async |desk, relay| {
        let app = &desk.app;
        let anna = app.subscribed("anna@example.test").await;
        sent(desk, relay).await;
        let outage = opened(desk).await;
        sent(desk, relay).await;
        app.post(&app.link(&format!("incidents/{outage}/follow"), Purpose::Manage, &anna).await, &[("do", "follow")]).await;
        assert_eq!(app.post(&managed(app, &anna).await, &[("about", "all")]).await.status, 303, "nothing but what she follows");
        let mute = app.link(&format!("incidents/{outage}/mute"), Purpose::Manage, &anna).await;
        app.post(&mute, &[("do", "all")]).await;
        said(desk, &outage, IncidentStatus::Identified).await;
        assert_eq!(sent(desk, relay).await.len(), 0);
        app.post(&mute, &[("do", "stop")]).await;
        said(desk, &outage, IncidentStatus::Identified).await;
        assert_eq!(sent(desk, relay).await.len(), 1, "she hears of it again");
        app.post(&mute, &[("do", "until_over")]).await;
        said(desk, &outage, IncidentStatus::Monitoring).await;
        assert_eq!(sent(desk, relay).await.len(), 0);
        said(desk, &outage, IncidentStatus::Resolved).await;
        assert_eq!(sent(desk, relay).await.len(), 1, "one mail more, as the page says");
    })
    .await;
}

#[tokio::test]
async fn muting_holds_for_mails_that_wait_already_and_for_planned_work() {
    each_office(async |desk, relay| {
        let app = &desk.app;
        let anna = app.subscribed("anna@example.test").await;
        sent(desk, relay).await;
        let outage = opened(desk).await;
        desk.wait(60).await;
        // The deliveries are made, and nothing has been handed over.
        server::actions::outbox::expand(&app.db, app.hand.now()).await.unwrap();
        assert!(app.mails().await > 1);
        let link = app.link(&format!("incidents/{outage}/mute"), Purpose::Manage, &anna).await;
        assert_eq!(app.post(&link, &[("do", "all")]).await.status, 303);
        assert_eq!(sent(desk, relay).await.len(), 0, "asked once more just before it is handed over");
        let reasons = app.texts("select reason from attempts where reason is not null").await;
        assert_eq!(reasons, ["muted"]);

        let work = maintenances::create(&desk.act(), &plan(desk, Some(window(desk, 20_000, 60))), None, true).await.unwrap().id;
        let announced = sent(desk, relay).await;
        assert_eq!(announced.len(), 1);
        assert_eq!(app.post(&announced[0].link("Stop mails about this"), &[("do", "all")]).await.status, 303);
        maintenances::set_window(&desk.act(), &work, window(desk, 30_000, 60), "Later.", true, None).await.unwrap();
        assert_eq!(sent(desk, relay).await.len(), 0);
    })
    .await;
}

#[tokio::test]
async fn muting_goes_before_following_the_same_thing_and_leaving_ends_both() {
    each_office(async |desk, relay| {
        let app = &desk.app;
        let anna = app.subscribed("anna@example.test").await;
        let outage = opened(desk).await;
        sent(desk, relay).await;
        let follow = app.link(&format!("incidents/{outage}/follow"), Purpose::Manage, &anna).await;
        let mute = app.link(&format!("incidents/{outage}/mute"), Purpose::Manage, &anna).await;
        let both = async || {
            let mut tx = app.db.read().await.unwrap();
            let muted = mutes::of_subscriber(&mut tx, &anna.id).await.unwrap();
            (follows::of_subscriber(&mut tx, &anna.id).await.unwrap().len(), muted)
        };
        app.post(&follow, &[("do", "follow")]).await;
        assert_eq!(both().await, (1, Vec::new()));
        app.post(&mute, &[("do", "until_over")]).await;
        assert_eq!(both().await, (1, vec![(outage.clone(), Mute::UntilOver)]));
        let manage = managed(app, &anna).await;
        assert!(!app.get(&manage).await.text().contains(&format!("action=\"{follow}\"")), "while it is muted it counts for nothing");
        app.post(&mute, &[("do", "all")]).await;
        assert_eq!(both().await, (1, vec![(outage.clone(), Mute::All)]));
        app.post(&follow, &[("do", "follow")]).await;
        assert_eq!(both().await, (1, Vec::new()));
        app.post(&mute, &[("do", "all")]).await;
        app.post(&app.link("unsubscribe", Purpose::Unsubscribe, &anna).await, &[]).await;
        assert_eq!(both().await, (0, Vec::new()), "whoever comes back begins anew");
        assert_eq!(app.get(&mute).await.status, 404);
        let audit = desk.audit(20).await.join("\n");
        assert!(audit.contains(&format!("subscriber subscriber.mute {outage} until_over")), "{audit}");
        assert!(!audit.contains("@example.test"));
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_muted_is_refused_with_a_sentence_and_changes_nothing() {
    let app = mailing_app(&[]).await;
    show(&app, &[work("move", Some(works::window(24, 26)))]).await;
    let anna = app.subscribed("anna@example.test").await;
    let there = app.link("incidents/move00000000/mute", Purpose::Manage, &anna).await;
    for fields in [&[("do", "everything")][..], &[], &[("do", "")]] {
        let refused = app.post(&there, fields).await;
        assert!(refused.status == 422 && refused.text().contains("Press one of the buttons on this page."), "{}", refused.text());
    }
    let nowhere = app.link("incidents/nothing00000/mute", Purpose::Manage, &anna).await;
    for answer in [app.get(&nowhere).await, app.post(&nowhere, &[("do", "all")]).await] {
        assert_eq!(answer.status, 404);
    }
    let wrong = app.link("incidents/move00000000/mute", Purpose::Unsubscribe, &anna).await;
    assert_eq!(app.post(&wrong, &[("do", "all")]).await.status, 404, "a link of another purpose");
    assert_eq!(app.texts("select choice from subscriber_mutes").await, [""; 0]);
    let german = app.get(&format!("/de{there}")).await.text();
    assert!(german.contains("Keine E-Mails mehr hierzu") && german.contains("Nur noch sagen, wenn es vorbei ist"), "{german}");
    let mut pressed = 0;
    while app.post(&there, &[("do", if pressed % 2 == 0 { "all" } else { "stop" })]).await.status != 429 {
        pressed += 1;
        assert!(pressed < 1_000, "each press is written down, so there is an end to them");
    }
    app.end().await;
}
