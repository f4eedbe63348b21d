//! What readers say of post-mortems.

use app::words::{Feedback, PostmortemStatus};
use server::store::{feedback, postmortems};

use super::sample::{at, furnish, id, postmortem};
use crate::support::each_engine;

fn said(word: &str, time: &str, helpful: bool, body: Option<&str>) -> Feedback {
    Feedback { id: id(word), at: at(time), helpful, body: body.map(str::to_owned) }
}

#[tokio::test]
async fn feedback_is_counted_and_what_was_written_is_read_newest_first() {
    each_engine(async |db| {
        furnish(&db).await;
        let (page, document) = (id("page"), id("public"));
        let mut tx = db.write().await.unwrap();
        postmortems::upsert(&mut tx, &page, &postmortem("public", PostmortemStatus::Revised), 1).await.unwrap();
        assert_eq!(feedback::summary(&mut tx, &document).await.unwrap(), (0, 0));
        let all = [
            said("one", "10:00", true, None),
            said("two", "10:01", false, Some("Why did it take so long?\n'grüße'")),
            said("three", "10:02", true, Some("Thanks")),
        ];
        for each in &all {
            assert!(feedback::insert(&mut tx, &page, &document, each).await.unwrap());
        }
        assert_eq!(feedback::summary(&mut tx, &document).await.unwrap(), (2, 1));
        assert_eq!(feedback::written(&mut tx, &document, 10, 0).await.unwrap(), [all[2].clone(), all[1].clone()]);
        assert_eq!(feedback::written(&mut tx, &document, 1, 1).await.unwrap(), [all[1].clone()]);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_kept_of_what_is_not_public_or_of_another_page() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        postmortems::upsert(&mut tx, &id("page"), &postmortem("public", PostmortemStatus::Published), 1).await.unwrap();
        postmortems::upsert(&mut tx, &id("page"), &postmortem("draft", PostmortemStatus::Draft), 1).await.unwrap();
        for (page, document) in [("page", "draft"), ("page", "nothing"), ("other", "public")] {
            let kept = feedback::insert(&mut tx, &id(page), &id(document), &said("one", "10:00", true, None)).await.unwrap();
            assert!(!kept, "{page} {document}");
        }
        assert_eq!(feedback::summary(&mut tx, &id("public")).await.unwrap(), (0, 0));
    })
    .await;
}
