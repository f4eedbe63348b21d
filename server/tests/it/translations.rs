//! What people write in several languages, as forms and programs send it and readers of each language see it. On both engines.

mod spoken;
mod stock;

use app::words::Id;
use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::manage::{Api, each_api};
use crate::staff_pages::{between, component, each_engine_app, hidden, led_to};
use crate::support::app::TestApp;
use crate::support::staff::Browser;

type Fields<'a> = &'a [(&'a str, &'a str)];

const TITLE: &str = "API does not answer";
const BODY: &str = "We look into it.";
const GERMAN: Fields<'static> = &[("name.de", "Schnittstelle antwortet nicht"), ("body.de", "Wir *suchen* die Ursache.")];

/// Publishes an incident with these fields beside its own; the address of its page.
async fn publish(browser: &Browser<'_>, fields: Fields<'_>) -> String {
    let own = [("name", TITLE), ("status", "investigating"), ("body", BODY), ("notify", "on")];
    let act: Fields<'_> = if fields.iter().any(|(name, _)| *name == "do") { &[] } else { &[("do", "publish")] };
    led_to(&browser.post_form("/staff/incidents/new", &[own.as_slice(), fields, act].concat()).await)
}

/// Sends a form below a page with the revision that stands on it now.
async fn send(browser: &Browser<'_>, address: &str, to: &str, fields: Fields<'_>) -> crate::support::app::Reply {
    let seen = hidden(&browser.get(address).await.text(), "seen");
    browser.post_form(&format!("{address}{to}"), &[fields, &[("seen", &seen)]].concat()).await
}

/// The newest message of what is on the public page, by its anchor.
async fn message(app: &TestApp, address: &str) -> String {
    let page = app.get(&format!("/incidents/{}", address.rsplit('/').next().unwrap())).await.text();
    between(&page, "id=\"u-", "\" ").trim_start_matches("id=\"u-")[..12].to_owned()
}

/// The front page in a language; the page's own without one.
async fn front(app: &TestApp, language: &str) -> String {
    app.get(&format!("/{language}")).await.text()
}

#[tokio::test]
async fn an_incident_is_read_in_each_language_and_what_is_missing_stands_in_the_pages_own_marked_as_such() {
    each_engine_app(async |app| {
        let browser = app.owner().await;
        let address = publish(&browser, GERMAN).await;
        let own = front(app, "").await;
        assert!(own.contains(TITLE) && own.contains(BODY) && !own.contains("Schnittstelle"), "{own}");
        let german = front(app, "de").await;
        assert!(german.contains("Schnittstelle antwortet nicht") && german.contains("Wir <em>suchen</em> die Ursache."), "{german}");
        assert!(!german.contains(TITLE) && !german.contains(BODY) && !german.contains("class=\"in\""), "{german}");
        let arabic = front(app, "ar").await;
        assert!(arabic.contains(TITLE) && arabic.contains(BODY) && !arabic.contains("Schnittstelle"), "{arabic}");
        assert!(arabic.contains("lang=\"en\" dir=\"auto\"") && arabic.contains("class=\"in\""), "{arabic}");
        let page = app.get(&format!("/de/incidents/{}", address.rsplit('/').next().unwrap())).await.text();
        assert!(page.contains("Schnittstelle antwortet nicht") && !page.contains(TITLE), "{page}");
        let wire = app.get("/api/v2/incidents.json").await.json();
        assert_eq!(wire["incidents"][0]["name"], TITLE);
        assert!(!wire.to_string().contains("translations"), "the read API has no field of ours");
        let fold = browser.get(&address).await.text();
        assert!(fold.contains("In other languages: German"), "the form says which languages are filled: {fold}");
    })
    .await;
}

#[tokio::test]
async fn titles_and_messages_are_translated_edited_and_taken_back_each_for_itself() {
    each_engine_app(async |app| {
        let browser = app.owner().await;
        let address = publish(&browser, &[("name.de", "Nur der Titel")]).await;
        let german = front(app, "de").await;
        assert!(german.contains("Nur der Titel") && german.contains(BODY), "a title alone: {german}");
        assert!(german.contains("lang=\"en\" dir=\"auto\""), "its message is marked: {german}");
        let update = message(app, &address).await;
        let edit = format!("/updates/{update}");
        let edited = send(&browser, &address, &edit, &[("body", BODY), ("body.de", "Wir wissen mehr.")]).await;
        assert_eq!(led_to(&edited), address);
        assert!(front(app, "de").await.contains("Wir wissen mehr."));
        let own = app.get(&format!("/incidents/{}", address.rsplit('/').next().unwrap())).await.text();
        assert!(!own.contains("edited"), "other words in another language are no edit of these: {own}");
        send(&browser, &address, &edit, &[("body", BODY), ("body.de", " \u{200b}")]).await;
        let german = front(app, "de").await;
        assert!(!german.contains("Wir wissen mehr.") && german.contains(BODY), "an emptied field takes the text back: {german}");
        send(&browser, &address, "/details", &[("name", TITLE), ("name.de", ""), ("name.ar", "الواجهة لا تجيب")]).await;
        assert!(front(app, "de").await.contains(TITLE));
        assert!(front(app, "ar").await.contains("الواجهة لا تجيب"));
        let more = [("status", "identified"), ("body", "We found it."), ("body.de", "Gefunden."), ("do", "post")];
        send(&browser, &address, "/updates", &more).await;
        let german = front(app, "de").await;
        assert!(german.contains("Gefunden.") && !german.contains("We found it."), "{german}");
    })
    .await;
}

#[tokio::test]
async fn drafts_keep_their_translations_to_themselves_and_so_do_messages_that_were_taken_back() {
    each_engine_app(async |app| {
        let browser = app.owner().await;
        let draft = publish(&browser, &[GERMAN, &[("do", "save")]].concat()).await;
        for language in ["", "de", "ar"] {
            let page = front(app, language).await;
            assert!(!page.contains("Schnittstelle") && !page.contains("suchen"), "{language}: a draft is not public");
        }
        let form = browser.get(&draft).await.text();
        assert!(form.contains("Schnittstelle antwortet nicht") && form.contains("Wir *suchen* die Ursache."), "{form}");
        let own = [("name", TITLE), ("status", "investigating"), ("body", BODY), ("notify", "on"), ("do", "publish")];
        assert_eq!(led_to(&send(&browser, &draft, "", &own).await), draft);
        assert!(front(app, "de").await.contains("Schnittstelle antwortet nicht"), "what a form does not hold stays");
        let update = message(app, &draft).await;
        assert_eq!(browser.post_form(&format!("{draft}/updates/{update}/undo"), &[]).await.status, 303);
        assert!(!front(app, "de").await.contains("Schnittstelle"));
        let form = browser.get(&draft).await.text();
        assert!(form.contains("Nobody outside sees this draft.") && form.contains("Wir *suchen* die Ursache."), "its words stay: {form}");
        assert_eq!(led_to(&send(&browser, &draft, "", &own).await), draft);
        app.advance(TimeDelta::seconds(1)).await;
        assert!(front(app, "de").await.contains("Wir <em>suchen</em> die Ursache."));
    })
    .await;
}

#[tokio::test]
async fn hostile_text_is_text_in_every_language() {
    each_engine_app(async |app| {
        let browser = app.owner().await;
        let title = "</title><script>alert(1)</script>";
        let body = "<script>alert(2)</script><img src=x onerror=alert(3)> [los](javascript:alert(4))";
        let address = publish(&browser, &[("name.de", title), ("body.de", body)]).await;
        for path in ["/de".to_owned(), format!("/de/incidents/{}", address.rsplit('/').next().unwrap()), "/de/history".to_owned()] {
            let page = app.get(&path).await.text();
            assert!(page.contains("&lt;script"), "{path}: the title stands there as text: {page}");
            for harm in ["<script>alert", "<img src=x", "href=\"javascript:"] {
                assert!(!page.contains(harm), "{path} holds {harm}: {page}");
            }
        }
        let form = browser.get(&address).await.text();
        assert!(!form.contains("<script>alert"), "{form}");
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_used_is_refused_beside_its_field_with_the_language_named_and_nothing_is_changed() {
    each_engine_app(async |app| {
        let browser = app.owner().await;
        let long = "ä".repeat(256);
        let sent = [
            ("name", TITLE),
            ("status", "investigating"),
            ("body", BODY),
            ("name.de", long.as_str()),
            ("body.ar", "\u{7}"),
            ("do", "publish"),
        ];
        let refused = browser.post_form("/staff/incidents/new", &sent).await;
        assert_eq!(refused.status, 422);
        let page = refused.text();
        assert!(page.contains("The title in German has 256 characters. Shorten it to at most 255."), "{page}");
        assert!(page.contains("The message in Arabic holds the character U+0007"), "{page}");
        assert!(page.contains("<details open class=\"more-fields\"><summary>In other languages"), "the fold is open: {page}");
        assert!(page.contains(&long), "the text is kept");
        assert!(!front(app, "").await.contains(TITLE));
    })
    .await;
}

#[tokio::test]
async fn planned_work_announcements_components_and_groups_are_translated_too() {
    each_engine_app(async |app| {
        let browser = app.owner().await;
        let api = component(&browser, "Interface").await;
        let described = [
            ("name", "Interface"),
            ("description", "What programs speak to."),
            ("showcase", "on"),
            ("name.de", "Schnittstelle"),
            ("description.de", "Womit Programme sprechen."),
        ];
        assert_eq!(browser.post_form(&format!("/staff/components/{api}"), &described).await.status, 303);
        let group = [("name", "Core"), ("name.de", "Kern")];
        assert_eq!(browser.post_form("/staff/components/groups/new", &group).await.status, 303);
        let announced = [("body", "We move."), ("body.de", "Wir ziehen um."), ("until", "open"), ("do", "save")];
        assert_eq!(browser.post_form("/staff/announcements/new", &announced).await.status, 303);
        let work = [
            ("name", "Upgrade"),
            ("body", "We upgrade."),
            ("name.de", "Umbau"),
            ("body.de", "Wir bauen um."),
            ("when", "dated"),
            ("window_from", "2026-12-05T22:00"),
            ("window_until", "2026-12-06T00:00"),
            ("auto_start", "on"),
            ("auto_complete", "on"),
            ("do", "announce"),
        ];
        let address = led_to(&browser.post_form("/staff/maintenances/new", &work).await);
        let german = front(app, "de").await;
        for word in ["Schnittstelle", "Womit Programme sprechen.", "Wir ziehen um.", "Umbau"] {
            assert!(german.contains(word), "{word} is missing: {german}");
        }
        for word in ["Interface", "What programs speak to.", "We move.", "Upgrade"] {
            assert!(!german.contains(word), "{word} is there: {german}");
        }
        let own = front(app, "").await;
        assert!(!own.contains("Schnittstelle") && !own.contains("ziehen") && !own.contains("Umbau"), "{own}");
        let public = format!("/de/incidents/{}", address.rsplit('/').next().unwrap());
        assert!(app.get(&public).await.text().contains("Wir bauen um."));
        let moved = [("window_from", "2026-12-07T22:00"), ("window_until", "2026-12-08T00:00"), ("body", "Later."), ("body.de", "Später.")];
        assert_eq!(led_to(&send(&browser, &address, "/window", &moved).await), address);
        assert!(app.get(&public).await.text().contains("Später."));
        let first = message(app, &address).await;
        send(&browser, &address, &format!("/updates/{first}"), &[("body", "Later."), ("body.de", "Zwei Tage später.")]).await;
        let page = app.get(&public).await.text();
        assert!(page.contains("Zwei Tage später."), "{page}");
        send(&browser, &address, "/cancel", &[("body", "Off."), ("body.de", "Abgesagt und vorbei.")]).await;
        assert!(app.get(&public).await.text().contains("Abgesagt und vorbei."));
    })
    .await;
}

fn id_of(row: &Value) -> Id {
    Id::parse(row["id"].as_str().unwrap()).unwrap()
}

#[tokio::test]
async fn programs_write_and_read_incidents_in_other_languages() {
    each_api(async |api: Api| {
        let german = json!({"name": "Anfragen schlagen fehl", "body": "Wir suchen."});
        let sent = json!({"incident": {"name": "Requests fail", "body": "We look.", "translations": {"de": german}}});
        let made = api.post("/incidents", sent).await;
        let path = format!("/incidents/{}", id_of(&made));
        assert_eq!(made["translations"], json!({"de": {"name": "Anfragen schlagen fehl"}}));
        assert_eq!(made["incident_updates"][0]["translations"], json!({"de": {"body": "Wir suchen."}}));
        assert_eq!(api.get(&path).await, made);
        assert_eq!(
            api.patch(&path, json!({"incident": made})).await["translations"],
            made["translations"],
            "what was sent back changes nothing"
        );
        let more = json!({"body": "Found.", "status": "identified", "translations": {"de": {"body": "Gefunden."}, "ar": {"name": "فشل"}}});
        let changed = api.patch(&path, json!({"incident": more})).await;
        assert_eq!(changed["translations"], json!({"ar": {"name": "فشل"}, "de": {"name": "Anfragen schlagen fehl"}}));
        assert_eq!(changed["incident_updates"][0]["translations"], json!({"de": {"body": "Gefunden."}}));
        let update = format!("{path}/incident_updates/{}", changed["incident_updates"][0]["id"].as_str().unwrap());
        let edited = api.patch(&update, json!({"incident_update": {"translations": {"de": {"body": "Ursache gefunden."}}}})).await;
        assert_eq!(
            (edited["body"].as_str(), edited["translations"].clone()),
            (Some("Found."), json!({"de": {"body": "Ursache gefunden."}}))
        );
        let gone = api.patch(&path, json!({"incident": {"translations": {"de": null}}})).await;
        assert_eq!(gone["translations"], json!({"ar": {"name": "فشل"}}), "null takes it back");
    })
    .await;
}

#[tokio::test]
async fn programs_are_told_which_translation_cannot_be_taken() {
    each_api(async |api: Api| {
        let made = api.post("/incidents", json!({"incident": {"name": "Requests fail", "body": "We look."}})).await;
        let path = format!("/incidents/{}", id_of(&made));
        let wrong = async |method: &str, path: &str, translations: Value| {
            api.refused(method, path, json!({"incident": {"name": "Requests fail", "translations": translations}})).await
        };
        for code in ["tlh", "en", ""] {
            let error = wrong("POST", "/incidents", json!({ code: {"name": "x"} })).await;
            let sentence = error["translations"][0].as_str().unwrap();
            assert!(sentence.contains("languages that this page is offered in beside its own: ar, de"), "{sentence}");
        }
        for given in [json!("x"), json!({"de": "x"}), json!({"de": {"name": 7}})] {
            assert!(wrong("POST", "/incidents", given).await["translations"].is_array());
        }
        let long = wrong("POST", "/incidents", json!({"de": {"body": "x".repeat(25_001)}})).await;
        assert!(long["translations.de.body"][0].as_str().unwrap().starts_with("The message in German has 25001 characters."), "{long}");
        let alone = wrong("PATCH", &path, json!({"de": {"body": "Wir suchen."}})).await;
        assert!(alone["translations"][0].as_str().unwrap().contains("posts no message"), "{alone}");
        let update = format!("{path}/incident_updates/{}", made["incident_updates"][0]["id"].as_str().unwrap());
        let titled = api.refused("PATCH", &update, json!({"incident_update": {"translations": {"de": {"name": "x"}}}})).await;
        assert!(titled["translations.de.name"].is_array(), "{titled}");
        assert_eq!(api.get(&path).await["translations"], json!({}), "nothing was changed");
    })
    .await;
}

#[tokio::test]
async fn programs_write_all_else_in_other_languages_too() {
    each_api(async |api: Api| {
        let german = json!({"de": {"name": "Schnittstelle", "description": "Für Programme"}});
        let sent = json!({"component": {"name": "API", "description": "For programs", "status": "operational", "translations": german}});
        let component = api.post("/components", sent).await;
        assert_eq!(component["translations"], german);
        let sent = json!({"component_group": {"name": "Core", "components": [component["id"]], "translations": {"de": {"name": "Kern"}}}});
        let group = api.post("/component-groups", sent).await;
        assert_eq!(group["translations"], json!({"de": {"name": "Kern"}}));
        let path = format!("/component-groups/{}", id_of(&group));
        let emptied = api.patch(&path, json!({"component_group": {"translations": {"de": {"name": ""}}}})).await;
        assert_eq!(emptied["translations"], json!({}));
        let sent = json!({"announcement": {"body": "We move.", "expires_at": null, "translations": {"ar": {"body": "ننتقل"}}}});
        let announcement = api.post("/announcements", sent).await;
        assert_eq!(announcement["translations"], json!({"ar": {"body": "ننتقل"}}));
        let sent = json!({"incident": {
            "name": "Upgrade", "body": "We upgrade.", "scheduled_for": "2026-12-05T22:00:00Z", "scheduled_until": "2026-12-06T00:00:00Z",
            "translations": {"de": {"name": "Umbau", "body": "Wir bauen um."}},
        }});
        let work = api.post("/incidents", sent).await;
        assert_eq!(work["translations"], json!({"de": {"name": "Umbau"}}));
        let path = format!("/incidents/{}", id_of(&work));
        let said = json!({"incident": {"body": "More.", "translations": {"de": {"name": "Großer Umbau", "body": "Mehr."}}}});
        let said = api.patch(&path, said).await;
        assert_eq!(said["translations"], json!({"de": {"name": "Großer Umbau"}}));
        assert_eq!(said["incident_updates"][0]["translations"], json!({"de": {"body": "Mehr."}}));
        let alone = api.refused("PATCH", &path, json!({"incident": {"translations": {"de": {"body": "Noch mehr."}}}})).await;
        assert!(alone["translations"].is_array(), "{alone}");
    })
    .await;
}
