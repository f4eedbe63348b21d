//! Subscribers by the thousand.

use std::collections::{BTreeMap, BTreeSet};

use app::words::{Channel, Id, Subscriber, SubscriberState, Wishes};
use server::store::subscriber_imports::{self, Heard, Newcomer, Standing};
use server::store::{Tx, subscribers};

use super::sample::{at, furnish, id};
use crate::support::each_engine;

async fn read(tx: &mut Tx, word: &str) -> Subscriber {
    subscribers::get(tx, &id("page"), &id(word)).await.unwrap().unwrap()
}

#[tokio::test]
async fn newcomers_by_the_thousand_leave_those_who_are_there_alone() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        let here = id("page");
        let (anna, address) = (id("anna"), "anna@example.test");
        assert!(subscribers::insert(&mut tx, &here, &anna, Channel::Email, address, at("10:00")).await.unwrap());
        subscribers::unsubscribe(&mut tx, &anna, at("10:30")).await.unwrap();
        let newcomer = |word: &str, components: Option<&[&str]>, consent: Option<&str>| Newcomer {
            address: format!("{word}@Example.test"),
            key: format!("{word}@example.test"),
            components: components.map(|words| words.iter().map(|word| id(word)).collect::<BTreeSet<Id>>()),
            heard: Heard::default(),
            consent_date: consent.map(|day| day.parse().unwrap()),
            language: consent.map(|_| "de"),
            time_zone: consent.map(|_| "Europe/Berlin"),
        };
        let newcomers = BTreeMap::from([
            (id("n1"), newcomer("anna", Some(&["web"]), None)),
            (id("n2"), newcomer("o'brien\"x", None, Some("2025-02-28"))),
            (id("n3"), newcomer("carl", Some(&["web", "api"]), None)),
        ]);
        assert_eq!(subscriber_imports::insert_active(&mut tx, &here, Channel::Email, &newcomers, at("12:00")).await.unwrap(), 2);
        assert_eq!(read(&mut tx, "anna").await.state, SubscriberState::Unsubscribed);
        let (all, some) = (read(&mut tx, "n2").await, read(&mut tx, "n3").await);
        assert_eq!(
            (all.state, all.consent_date, all.confirmed_at),
            (SubscriberState::Active, "2025-02-28".parse().ok(), Some(at("12:00")))
        );
        assert_eq!((all.language.as_deref(), all.time_zone.as_deref()), (Some("de"), Some("Europe/Berlin")));
        assert_eq!((all.address.as_str(), all.wishes()), ("o'brien\"x@Example.test", Wishes::default()));
        assert_eq!(
            (some.wishes(), some.consent_date),
            (Wishes { components: Some(vec![id("api"), id("web")]), ..Wishes::default() }, None)
        );
        let asked = ["anna@example.test", "carl@example.test", "dora@example.test"];
        let standings = subscriber_imports::standings(&mut tx, &here, Channel::Email, asked.into_iter()).await.unwrap();
        assert_eq!(standings.len(), 2);
        let standing = |word: &str, state, kept_away| Standing { id: id(word), state, kept_away };
        assert_eq!(standings["anna@example.test"], standing("anna", SubscriberState::Unsubscribed, true));
        assert_eq!(standings["carl@example.test"], standing("n3", SubscriberState::Active, false));
    })
    .await;
}
