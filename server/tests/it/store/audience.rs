//! Who hears of something, by what they chose and what they follow.

use app::words::{Id, Impact, SubscribedKind, Wishes};
use server::store::audience::{self, Audience, Untold};
use server::store::{follows, subscribers};

use super::sample::{at, furnish, id};
use super::subscribers::{active, chosen, pending};
use crate::support::each_engine;

#[tokio::test]
async fn the_reach_counts_who_is_active_and_wants_to_hear_of_it() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        active(&mut tx, "everything", &Wishes::default()).await;
        active(&mut tx, "webonly", &chosen(&["web"])).await;
        active(&mut tx, "worst", &Wishes { severity_floor: Impact::Critical, ..Wishes::default() }).await;
        active(&mut tx, "planned", &Wishes { kinds: vec![SubscribedKind::Maintenances], ..Wishes::default() }).await;
        pending(&mut tx, "later").await;
        let follower = active(&mut tx, "follower", &Wishes::nothing()).await;
        follows::add(&mut tx, &follower, &id("outage"), at("10:00")).await.unwrap();
        let outage = id("outage");
        let mut reach = async |components: &[Id], kind, impact| {
            let components: Vec<&Id> = components.iter().collect();
            let audience = Audience { kind, impact, components, about: Vec::new() };
            let others = audience::reach(&mut tx, &id("page"), &audience).await.unwrap();
            let followed = Audience { about: vec![&outage], ..audience };
            assert_eq!(audience::reach(&mut tx, &id("page"), &followed).await.unwrap(), others + 1, "and whoever follows it");
            others
        };
        use SubscribedKind::{Incidents, Maintenances};
        assert_eq!(reach(&[], Incidents, Impact::Critical).await, 3);
        assert_eq!(reach(&[], Incidents, Impact::None).await, 2);
        assert_eq!(reach(&[id("api")], Incidents, Impact::Major).await, 1);
        assert_eq!(reach(&[id("api"), id("web")], Incidents, Impact::Major).await, 2);
        assert_eq!(reach(&[id("web")], Maintenances, Impact::Maintenance).await, 4, "planned work has no severity");
    })
    .await;
}

#[tokio::test]
async fn who_would_hear_of_it_but_is_not_told_is_counted_by_why() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        active(&mut tx, "active", &Wishes::default()).await;
        pending(&mut tx, "later").await;
        let mut given_up = Vec::new();
        for (word, wishes) in
            [("lost", Wishes::default()), ("angry", Wishes::default()), ("webonly", chosen(&["web"])), ("left", Wishes::default())]
        {
            given_up.push(active(&mut tx, word, &wishes).await);
        }
        let [lost, angry, web, left] = given_up.as_slice() else { panic!("four") };
        for id in [lost, web, left] {
            assert!(subscribers::quarantine(&mut tx, id, "hard_bounce", None, at("11:00")).await.unwrap());
        }
        assert!(subscribers::complained(&mut tx, angry, "complaint", at("11:00")).await.unwrap());
        assert!(subscribers::unsubscribe(&mut tx, left, at("11:30")).await.unwrap(), "by their own hand");
        let api = id("api");
        let audience = Audience { kind: SubscribedKind::Incidents, impact: Impact::Major, components: vec![&api], about: Vec::new() };
        let mut untold = async |page: &str, time: &str| audience::untold(&mut tx, &id(page), &audience, at(time)).await.unwrap();
        assert_eq!(untold("page", "12:00").await, Untold { suppressed: 2, unconfirmed: 1 });
        assert_eq!(untold("page", "08:00").await, Untold::default(), "before they were there");
        assert_eq!(untold("other", "12:00").await, Untold::default());
    })
    .await;
}
