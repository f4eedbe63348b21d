//! Reports that somebody invented change nothing, whatever they got hold of.

use app::words::{Id, SubscriberState};
use server::secret::{Purpose, Secret};

use super::{ANNA, BERT, Post, each_post};
use crate::support::reports::{Dsn, complaint};

/// All that a report could change.
async fn record(post: &Post) -> Vec<String> {
    let mut all = post.app.texts("select address || state || cast(updated_at as text) from subscribers order by id").await;
    all.extend(post.app.texts("select recipient_id || state from deliveries order by notification_id, recipient_id").await);
    all.extend(post.app.texts("select action from audit_entries order by id").await);
    all.extend(post.app.texts("select kind from bounces").await);
    all
}

fn with_tag(tag: &str) -> String {
    format!("bounces+{tag}@example.test")
}

#[tokio::test]
async fn a_report_counts_only_for_the_mail_and_the_recipient_that_it_proves_to_be_about() {
    each_post(async |post| {
        let anna = post.app.subscribed(ANNA).await;
        post.app.subscribed(BERT).await;
        post.tell("inc").await;
        let page = post.app.page().await.id;
        let secret: Secret = server::actions::secrets::ensure(&post.app.db, &page, None).await.unwrap();
        let (for_anna, for_bert) = (post.returns_to(ANNA), post.returns_to(BERT));
        let tag = for_anna.split(['+', '@']).nth(1).unwrap().to_owned();
        let other: Id = Id::parse("otherother00").unwrap();
        let before = record(post).await;
        let unproven = "Ignored: no address in this report proves";
        let flipped = if tag.ends_with('a') { 'b' } else { 'a' };
        for to in [
            "status@example.test".to_owned(),
            "bounces@example.test".to_owned(),
            with_tag(""),
            with_tag("b-"),
            with_tag(&tag[..45]),
            with_tag(&format!("{}{flipped}", &tag[..45])),
            with_tag(&format!("{tag}a")),
            // The proof of one mail for another recipient.
            with_tag(&format!("{}{}{}", &tag[..14], for_bert.split(['+', '@']).nth(1).unwrap().get(14..26).unwrap(), &tag[26..])),
            with_tag(&Secret::new("a key of somebody else's").return_tag(&page, &other, &anna.id)),
            with_tag(&format!("b-{}", secret.token(Purpose::Unsubscribe, &page, &anna.id, anna.token_epoch)).to_lowercase()),
            // The link in their own mail is no return address.
            format!("{}@example.test", secret.token(Purpose::Manage, &page, &anna.id, anna.token_epoch)),
        ] {
            post.taken(Dsn::hard(&to, ANNA).mail(), unproven).await;
            post.taken(complaint("abuse", &to, ANNA), unproven).await;
        }
        let stranger = "Ignored: the report names another recipient";
        for recipient in [BERT, "anna@example.tes", "xanna@example.test", "anna+x@example.test", "anna@example.test.evil.test"] {
            post.taken(Dsn::hard(&for_anna, recipient).mail(), stranger).await;
            post.taken(complaint("abuse", &for_anna, recipient), stranger).await;
        }
        // An alias with several recipients is not at fault where one of them is.
        let alias = String::from_utf8(Dsn::hard(&for_anna, ANNA).mail()).unwrap();
        let alias = alias.replace("Final-Recipient: rfc822; anna@example.test", "Final-Recipient: rfc822; carl@example.test");
        post.taken(alias.into_bytes(), stranger).await;
        let gone = "Ignored: the mail that it is about, or its recipient, is not known any more.";
        post.taken(Dsn::hard(&with_tag(&secret.return_tag(&page, &other, &anna.id)), ANNA).mail(), gone).await;
        assert_eq!(record(post).await, before, "nothing was changed");

        // However the letters of both are cased on their way.
        post.taken(Dsn::hard(&for_anna.to_uppercase(), "ANNA@Example.Test").mail(), "Noted").await;
        assert_eq!(post.state(ANNA).await, SubscriberState::Quarantined);
        assert_eq!(post.state(BERT).await, SubscriberState::Active);
    })
    .await;
}

#[tokio::test]
async fn a_report_of_somebody_who_was_removed_is_ignored() {
    each_post(async |post| {
        let anna = post.app.subscribed(ANNA).await;
        post.tell("inc").await;
        let to = post.returns_to(ANNA);
        let admin = post.app.owner().await;
        assert_eq!(admin.post_form(&format!("/staff/subscribers/{}/remove", anna.id), &[]).await.status, 303);
        post.taken(Dsn::hard(&to, ANNA).mail(), "Ignored: the mail that it is about, or its recipient").await;
    })
    .await;
}
