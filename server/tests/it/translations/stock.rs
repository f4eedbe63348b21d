//! Stock sentences from the form and from a program to readers of every language, to programs and to feeds. On both engines.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{TITLE, front, id_of, message, send};
use crate::manage::{Api, each_api};
use crate::staff_pages::{between, each_engine_app, led_to};
use crate::support::app::TestApp;
use crate::support::mailing::each_mailing_app;
use crate::support::staff::Browser;

const LOOKING: [(&str, &str); 3] =
    [("en", "We are looking into this."), ("de", "Wir gehen der Sache nach."), ("ar", "نحن نبحث في هذا الأمر.")];

/// The public page of something, in a language; the page's own without one.
async fn read(app: &TestApp, language: &str, address: &str) -> String {
    let prefix = if language.is_empty() { String::new() } else { format!("/{language}") };
    app.get(&format!("{prefix}/incidents/{}", address.rsplit('/').next().unwrap())).await.text()
}

/// What stands on a page about one message.
fn about<'a>(page: &'a str, update: &str) -> &'a str {
    between(page, &format!("<li id=\"u-{update}\""), "</li>")
}

/// Publishes an incident of which only the status is said; the address of its page.
async fn publish(browser: &Browser<'_>) -> String {
    let fields = [("name", TITLE), ("status", "investigating"), ("body", " "), ("notify", "on"), ("do", "publish")];
    led_to(&browser.post_form("/staff/incidents/new", &fields).await)
}

#[tokio::test]
async fn a_page_in_german_posts_in_german_and_its_feeds_mails_and_programs_say_so_too() {
    each_mailing_app(async |app| {
        app.speaks("de").await;
        let browser = app.owner().await;
        assert!(
            browser
                .get("/staff/incidents/new")
                .await
                .text()
                .contains("lang=\"de\" dir=\"auto\" class=\"hint\">Wir gehen der Sache nach.</span>")
        );
        let address = publish(&browser).await;
        assert!(browser.get(&address).await.text().contains("dir=\"auto\">Diese Störung ist vorbei.</span>"), "before it is resolved");
        let update = message(app, &address).await;
        assert!(front(app, "").await.contains("Wir gehen der Sache nach."));
        for path in ["/api/v2/incidents.json", "/history.atom", "/history.rss"] {
            let text = app.get(path).await.text();
            assert!(text.contains("Wir gehen der Sache nach.") && !text.contains("We are looking"), "{path}: {text}");
        }
        let told = app.texts("select cast(payload as text) from notifications").await.concat();
        assert!(told.contains("Wir gehen der Sache nach.") && !told.contains("We are looking"), "{told}");
        for (language, sentence) in [LOOKING[0], LOOKING[2]] {
            let page = read(app, language, &address).await;
            let said = about(&page, &update);
            assert!(said.contains(sentence) && !said.contains("lang=") && !said.contains("class=\"in\""), "{language}: {said}");
        }
        let edit = format!("/updates/{update}");
        send(&browser, &address, &edit, &[("body", "Wir gehen der Sache mit Eile nach.")]).await;
        let page = read(app, "en", &address).await;
        let said = about(&page, &update);
        assert!(said.contains("mit Eile") && said.contains("lang=\"de\"") && said.contains("in German"), "{said}");
        send(&browser, &address, &edit, &[("body", "")]).await;
        assert!(read(app, "en", &address).await.contains("We are looking into this."), "an emptied message is stock again");
    })
    .await;
}

#[tokio::test]
async fn an_english_page_is_read_in_each_language_without_anybody_having_translated_it() {
    each_engine_app(async |app| {
        let browser = app.owner().await;
        let address = publish(&browser).await;
        let update = message(app, &address).await;
        for (language, sentence) in LOOKING {
            let page = if language == "en" { read(app, "", &address).await } else { read(app, language, &address).await };
            let said = about(&page, &update);
            assert!(said.contains(sentence) && !said.contains("lang=") && !said.contains("class=\"in\""), "{language}: {said}");
            let others = LOOKING.iter().filter(|(other, _)| *other != language);
            assert!(others.map(|(_, other)| other).all(|other| !said.contains(other)), "{language}: {said}");
        }
        let german = read(app, "de", &address).await;
        assert!(german.contains(&format!("<h1 lang=\"en\" dir=\"auto\">{TITLE}</h1>")), "the title is a person's: {german}");
        send(&browser, &address, &format!("/updates/{update}"), &[("body", "We are looking into this, all of us.")]).await;
        for language in ["de", "ar"] {
            let page = read(app, language, &address).await;
            let said = about(&page, &update);
            assert!(said.contains("all of us") && said.contains("<div lang=\"en\" dir=\"auto\" class=\"md\">"), "{language}: {said}");
        }
    })
    .await;
}

#[tokio::test]
async fn programs_that_give_a_status_alone_get_the_pages_own_words() {
    each_api(async |api: Api| {
        api.app.speaks("de").await;
        let made = api.post("/incidents", json!({"incident": {"name": "Anfragen schlagen fehl"}})).await;
        assert_eq!(made["incident_updates"][0]["body"], "Wir gehen der Sache nach.");
        let path = format!("/incidents/{}", id_of(&made));
        let changed = api.patch(&path, json!({"incident": {"status": "identified"}})).await;
        assert_eq!(changed["incident_updates"][0]["body"], "Wir kennen die Ursache und arbeiten an einer Lösung.");
        assert_eq!(changed["incident_updates"][0]["translations"], json!({}), "nobody translated it");
        assert_eq!(api.public("/api/v2/incidents.json").await["incidents"][0]["incident_updates"][1]["body"], "Wir gehen der Sache nach.");
        assert!(api.app.get(&format!("/en{path}")).await.text().contains("We have found the cause and are working on a fix."));
        let times = json!({"scheduled_for": "2026-12-05T22:00:00Z", "scheduled_until": "2026-12-06T00:00:00Z"});
        let sent =
            json!({"incident": {"name": "Umbau", "scheduled_for": times["scheduled_for"], "scheduled_until": times["scheduled_until"]}});
        let work = api.post("/incidents", sent).await;
        let announced = "Diese Arbeiten sind geplant: 5. Dez. 2026, 22:00 bis 6. Dez. 2026, 00:00 UTC.";
        assert_eq!(work["incident_updates"][0]["body"], announced);
        let path = format!("/incidents/{}", id_of(&work));
        let begun = api.patch(&path, json!({"incident": {"status": "in_progress"}})).await;
        assert_eq!(begun["incident_updates"][0]["body"], "Diese Arbeiten haben begonnen.");
        let page = api.app.get(&format!("/en{path}")).await.text();
        assert!(
            page.contains("This work has begun.") && page.contains("planned for 5 Dec 2026, 22:00 to 6 Dec 2026, 00:00 UTC."),
            "{page}"
        );
    })
    .await;
}

/// The messages on planned work as v2 tells them, oldest first.
async fn bodies(app: &TestApp) -> Vec<String> {
    let wire = app.get("/api/v2/scheduled-maintenances.json").await.json();
    let updates = wire["scheduled_maintenances"][0]["incident_updates"].as_array().unwrap().clone();
    updates.iter().rev().map(|update: &Value| update["body"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn planned_work_is_told_in_each_language_from_its_announcement_to_its_end_by_itself() {
    each_engine_app(async |app| {
        let browser = app.owner().await;
        let plan = [("name", "Upgrade"), ("when", "undated"), ("auto_start", "on"), ("auto_complete", "on"), ("do", "announce")];
        let address = led_to(&browser.post_form("/staff/maintenances/new", &plan).await);
        let windows =
            [("2026-11-23T22:00", "2026-11-23T23:00"), ("2026-11-24T02:00", "2026-11-24T03:00"), ("2026-11-24T02:00", "2026-11-24T03:30")];
        for (from, until) in windows {
            assert_eq!(led_to(&send(&browser, &address, "/window", &[("window_from", from), ("window_until", until)]).await), address);
        }
        let own = [
            "We are planning this work. Its date will be set later.",
            "The date of this work is set: 23 Nov 2026, 22:00 to 23:00 UTC.",
            "This work has another time: 24 Nov 2026, 02:00 to 03:00 UTC. It was planned for 23 Nov 2026, 22:00 to 23:00 UTC.",
            "This work takes longer than planned. Its window is now 24 Nov 2026, 02:00 to 03:30 UTC. It was planned for 24 Nov 2026, \
             02:00 to 03:00 UTC.",
            "Scheduled maintenance is currently in progress. We will provide updates as necessary.",
            "The scheduled maintenance has been completed.",
        ];
        let german = [
            "Wir planen diese Arbeiten. Der Termin wird später festgelegt.",
            "Der Termin dieser Arbeiten steht fest: 23. Nov. 2026, 22:00 bis 23:00 UTC.",
            "Diese Arbeiten haben einen anderen Termin: 24. Nov. 2026, 02:00 bis 03:00 UTC. Geplant war bisher: 23. Nov. 2026, 22:00 bis \
             23:00 UTC.",
            "Diese Arbeiten dauern länger als geplant. Der Zeitraum ist jetzt: 24. Nov. 2026, 02:00 bis 03:30 UTC. Geplant war bisher: \
             24. Nov. 2026, 02:00 bis 03:00 UTC.",
            "Die geplanten Arbeiten sind im Gange. Bei Bedarf melden wir Neues.",
            "Die geplanten Arbeiten sind abgeschlossen.",
        ];
        assert_eq!(bodies(app).await, own[..4]);
        // Time alone began and ended it: first nobody has written that down, then the keeper has.
        app.advance(TimeDelta::hours(18)).await;
        for written_down in [false, true] {
            if written_down {
                app.workers().keeper.tick().await.unwrap();
                app.look().await;
            }
            assert_eq!(bodies(app).await, own, "programs read the page's own words");
            let page = read(app, "de", &address).await;
            let said = between(&page, "<ol class=\"ups", "</ol>");
            for (number, sentence) in german.iter().enumerate() {
                assert!(said.contains(sentence), "{sentence} is missing: {said}");
                assert!(!said.contains(own[number]), "{} is there: {said}", own[number]);
            }
            assert!(!said.contains("lang=") && !said.contains("class=\"in\""), "{said}");
            assert_eq!(said.matches("Automatisch gemeldet").count(), 2, "{said}");
        }
        let arabic = read(app, "ar", &address).await;
        assert!(arabic.contains("اكتملت الأعمال المخططة.") && !between(&arabic, "<ol class=\"ups", "</ol>").contains("lang="), "{arabic}");
    })
    .await;
}

#[tokio::test]
async fn time_speaks_the_language_of_the_page_and_so_does_what_is_prepared_for_staff() {
    each_engine_app(async |app| {
        app.speaks("de").await;
        let browser = app.owner().await;
        let plan = [
            ("name", "Umbau"),
            ("when", "dated"),
            ("window_from", "2026-11-23T12:00"),
            ("window_until", "2026-11-23T14:00"),
            ("auto_start", "on"),
            ("do", "announce"),
        ];
        let address = led_to(&browser.post_form("/staff/maintenances/new", &plan).await);
        app.advance(TimeDelta::minutes(150)).await;
        assert_eq!(bodies(app).await[1], "Die geplanten Arbeiten sind im Gange. Bei Bedarf melden wir Neues.");
        app.workers().keeper.tick().await.unwrap();
        app.look().await;
        let desk = browser.get(&format!("{address}?longer=1")).await.text();
        let prepared = "Wir brauchen länger als geplant. Wir rechnen nun mit dem Ende bis 23. Nov. 2026, 15:00 UTC; bisher war es 23. Nov. \
                        2026, 14:00 UTC. Wir melden, wenn die Arbeiten abgeschlossen sind.";
        assert!(desk.contains(prepared), "{desk}");
        let longer = [("window_from", "2026-11-23T12:00"), ("window_until", "2026-11-23T15:00"), ("body", prepared), ("longer", "on")];
        assert_eq!(led_to(&send(&browser, &address, "/window", &longer).await), address);
        let page = read(app, "en", &address).await;
        assert!(page.contains("We now expect to be done by 23 Nov 2026, 15:00 UTC; until now it was 23 Nov 2026, 14:00 UTC."), "{page}");
        assert!(page.contains("Posted automatically") && page.contains("Scheduled maintenance is currently in progress."), "{page}");
        send(&browser, &address, "/cancel", &[("body", "")]).await;
        assert_eq!(bodies_of_cancelled(app, &address).await, "Diese Arbeiten sind abgesagt und werden nicht fortgesetzt.");
        let page = read(app, "en", &address).await;
        assert!(page.contains("This work is cancelled and will not go on."), "{page}");
    })
    .await;
}

/// The newest message of work that has left the v2 API, as its page shows it.
async fn bodies_of_cancelled(app: &TestApp, address: &str) -> String {
    let update = message(app, address).await;
    let page = read(app, "", address).await;
    let said = about(&page, &update).to_owned();
    between(&said, "<p>", "</p>").trim_start_matches("<p>").to_owned()
}
