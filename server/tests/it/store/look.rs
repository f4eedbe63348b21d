//! What was chosen of the look, and its images.

use app::words::{LookSettings, PictureKind, PictureUse};
use server::domain::picture::Measured;
use server::store::look::{self, NewPicture};
use server::store::{StoreError, pages};

use super::sample::{at, furnish, id};
use crate::support::each_engine;

#[tokio::test]
async fn what_was_chosen_is_read_back_and_nothing_chosen_is_the_default() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        assert_eq!(look::settings(&mut tx, &id("page")).await.unwrap(), LookSettings::default());
        let chosen = LookSettings {
            accent: "#0e6b5c".parse().ok(),
            about: "One *page*.".to_owned(),
            languages: Some(vec!["de".to_owned()]),
            language: "de".to_owned(),
            ..LookSettings::default()
        };
        look::set_settings(&mut tx, &id("page"), &chosen).await.unwrap();
        assert_eq!(look::settings(&mut tx, &id("page")).await.unwrap(), chosen);
        assert_eq!(look::settings(&mut tx, &id("other")).await.unwrap(), LookSettings::default());
        pages::set_setting(&mut tx, &id("page"), "look", "{\"accent\": 7").await.unwrap();
        let unread = look::settings(&mut tx, &id("page")).await;
        let usual = look::settings_or_usual(&mut tx, &id("page")).await.unwrap();
        assert_eq!(usual, LookSettings::default(), "what cannot be read keeps nobody from being told");
        assert!(matches!(&unread, Err(StoreError::Corrupt(why)) if why.contains("look")), "{unread:?}");
    })
    .await;
}

#[tokio::test]
async fn an_image_is_read_back_byte_for_byte_replaced_by_the_next_and_removed() {
    each_engine(async |db| {
        furnish(&db).await;
        let here = id("page");
        let mut tx = db.write().await.unwrap();
        let every_byte: Vec<u8> = (0..=255).collect();
        let measured = Measured { kind: PictureKind::Png, width: 64, height: 16 };
        let first = NewPicture { measured, digest: "0011".to_owned(), bytes: &every_byte };
        look::put(&mut tx, &here, PictureUse::Logo, &first, at("09:00")).await.unwrap();
        look::put(&mut tx, &here, PictureUse::Icon, &NewPicture { bytes: b"icon", ..first.clone() }, at("09:00")).await.unwrap();
        assert_eq!(look::bytes(&mut tx, &here, PictureUse::Logo).await.unwrap(), Some(every_byte.clone()));
        let measured = Measured { kind: PictureKind::Jpeg, width: 32, height: 8 };
        let second = NewPicture { measured, digest: "2233".to_owned(), bytes: b"other" };
        look::put(&mut tx, &here, PictureUse::Logo, &second, at("10:00")).await.unwrap();
        let known = look::pictures(&mut tx, &here).await.unwrap();
        let told: Vec<_> = known.iter().map(|(name, picture)| (*name, picture.address.as_str(), picture.width, picture.height)).collect();
        assert_eq!(told, [(PictureUse::Icon, "/files/0011.png", 64, 16), (PictureUse::Logo, "/files/2233.jpg", 32, 8)]);
        assert_eq!(look::pictures(&mut tx, &id("other")).await.unwrap(), []);
        assert!(look::remove(&mut tx, &here, PictureUse::Logo).await.unwrap());
        assert!(!look::remove(&mut tx, &here, PictureUse::Logo).await.unwrap(), "it is gone already");
        assert_eq!(look::bytes(&mut tx, &here, PictureUse::Logo).await.unwrap(), None);
    })
    .await;
}
