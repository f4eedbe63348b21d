//! Subscribers as an export writes them.

use app::words::{Channel, SubscriberState, Wishes};
use server::store::{subscriber_exports, subscribers};

use super::sample::{at, furnish, id};
use crate::support::each_engine;

#[tokio::test]
async fn subscribers_come_in_the_order_of_ids_one_piece_after_the_other() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        let here = id("page");
        for word in ["anna", "bert", "carl"] {
            subscribers::insert(&mut tx, &here, &id(word), Channel::Email, &format!("{word}@example.test"), at("10:00")).await.unwrap();
        }
        subscribers::confirm(&mut tx, &id("bert"), None, at("10:01")).await.unwrap();
        let chosen = Wishes { components: Some(vec![id("web"), id("api")]), ..Wishes::default() };
        subscribers::set_wishes(&mut tx, &id("bert"), &chosen, at("10:02")).await.unwrap();
        let mut read = async |state, after: Option<&str>, limit| {
            let after = after.map(id);
            let all = subscriber_exports::after(&mut tx, &here, Channel::Email, state, after.as_ref(), limit).await.unwrap();
            all.into_iter().map(|one| (one.id, one.components, one.confirmed_at)).collect::<Vec<_>>()
        };
        let bert = (id("bert"), Some(vec![id("api"), id("web")]), Some(at("10:01")));
        assert_eq!(read(None, None, 2).await, [(id("anna"), None, None), bert.clone()]);
        assert_eq!(read(None, Some("bert"), 2).await, [(id("carl"), None, None)]);
        assert_eq!(read(None, Some("carl"), 2).await, []);
        assert_eq!(read(Some(SubscriberState::Active), None, 2).await, [bert]);
    })
    .await;
}
