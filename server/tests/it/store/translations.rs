//! Translations.

use app::words::{IncidentStatus, MaintenanceStatus, Translation};
use server::store::{Tx, incident_updates, incidents, maintenances, translations};

use super::sample::{at, furnish, id, incident, maintenance, update};
use crate::support::each_engine;

fn translation(word: &str, language: &str, name: Option<&str>, body: Option<&str>) -> Translation {
    let text = |text: Option<&str>| text.map(str::to_owned);
    Translation { object_id: id(word), language: language.to_owned(), name: text(name), body: text(body), body_html: String::new() }
}

async fn set(tx: &mut Tx, page: &str, translation: &Translation, revision: i64) {
    translations::set(tx, &id(page), translation, "Ada", at("10:00"), revision).await.unwrap();
}

#[tokio::test]
async fn what_changed_since_a_revision_is_told_also_that_something_is_gone() {
    each_engine(async |db| {
        furnish(&db).await;
        let german = translation("fire", "de", Some("Anfragen schlagen fehl"), None);
        let arabic = translation("fire", "ar", Some("فشل الطلبات"), Some("نحن نعمل على ذلك"));
        let mut tx = db.write().await.unwrap();
        set(&mut tx, "page", &german, 3).await;
        set(&mut tx, "page", &arabic, 4).await;
        set(&mut tx, "other", &translation("fire", "de", Some("Woanders"), None), 5).await;
        assert_eq!(translations::changed_since(&mut tx, &id("page"), -1).await.unwrap(), [german.clone(), arabic.clone()]);
        assert_eq!(translations::changed_since(&mut tx, &id("page"), 3).await.unwrap(), std::slice::from_ref(&arabic));
        let gone = translation("fire", "de", None, None);
        set(&mut tx, "page", &gone, 6).await;
        assert_eq!(translations::changed_since(&mut tx, &id("page"), 4).await.unwrap(), [gone]);
        assert_eq!(translations::get(&mut tx, &id("page"), &id("fire"), "ar").await.unwrap().as_ref(), Some(&arabic));
        assert_eq!(translations::get(&mut tx, &id("other"), &id("fire"), "ar").await.unwrap(), None);
        assert_eq!(translations::of_object(&mut tx, &id("page"), &id("fire")).await.unwrap(), [arabic]);
    })
    .await;
}

#[tokio::test]
async fn what_is_said_of_a_thing_comes_with_what_is_said_of_its_messages() {
    each_engine(async |db| {
        furnish(&db).await;
        let page = id("page");
        let mut tx = db.write().await.unwrap();
        incidents::upsert(&mut tx, &page, &incident("fire"), None, 1).await.unwrap();
        let message = update("word", IncidentStatus::Investigating, at("10:00"));
        incident_updates::upsert(&mut tx, &page, &id("fire"), &message, 1).await.unwrap();
        maintenances::upsert(&mut tx, &page, &maintenance("work"), 1).await.unwrap();
        let message = update("plan", MaintenanceStatus::Scheduled, at("10:00"));
        maintenances::upsert_update(&mut tx, &page, &id("work"), &message, 1).await.unwrap();
        let [title, said] = [translation("fire", "de", Some("Brand"), None), translation("word", "de", None, Some("Wir suchen."))];
        let [work, plan] = [translation("work", "de", Some("Umbau"), None), translation("plan", "ar", None, Some("غدا"))];
        for each in [&title, &said, &work, &plan, &translation("api", "de", Some("Schnittstelle"), None)] {
            set(&mut tx, "page", each, 2).await;
        }
        let both = translations::of_all(&mut tx, &page, &[&id("work"), &id("fire"), &id("nothing")]).await.unwrap();
        assert_eq!(both, [title.clone(), work.clone()], "of these things alone");
        assert_eq!(translations::of_all(&mut tx, &page, &[]).await.unwrap(), []);
        assert_eq!(translations::of_object(&mut tx, &page, &id("fire")).await.unwrap(), [title, said]);
        assert_eq!(translations::of_object(&mut tx, &page, &id("work")).await.unwrap(), [plan, work]);
        assert_eq!(translations::of_object(&mut tx, &id("other"), &id("fire")).await.unwrap(), []);
    })
    .await;
}
