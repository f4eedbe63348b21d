//! Who hears of something, by what they chose and what they follow.

use app::words::{Id, Impact, Mute, SubscribedKind, Wishes};
use server::store::audience::{self, Audience, Untold};
use server::store::{follows, mutes, subscribers};

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
            let audience = Audience { kind, impact, components, about: Vec::new(), over: false };
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
        assert_eq!(reach(&[], SubscribedKind::Announcements, Impact::None).await, 3, "nor have announcements");
    })
    .await;
}

#[tokio::test]
async fn whoever_muted_all_that_something_is_about_does_not_hear_of_it() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        for (word, choice) in [("nothing", Some(Mute::All)), ("theend", Some(Mute::UntilOver)), ("everything", None)] {
            let who = active(&mut tx, word, &Wishes::default()).await;
            if let Some(choice) = choice {
                mutes::set(&mut tx, &who, &id("outage"), choice, at("10:10")).await.unwrap();
            }
        }
        let (outage, other) = (id("outage"), id("other"));
        let mut reach = async |about: Vec<&Id>, over| {
            let audience = Audience { kind: SubscribedKind::Incidents, impact: Impact::Major, components: Vec::new(), about, over };
            audience::reach(&mut tx, &id("page"), &audience).await.unwrap()
        };
        assert_eq!(reach(vec![&outage], false).await, 1);
        assert_eq!(reach(vec![&outage], true).await, 2, "whoever waits for the end hears of that");
        assert_eq!(reach(vec![&other], false).await, 3, "of other things they hear");
        assert_eq!(reach(vec![&outage, &other], false).await, 3, "what is about both is about one that they did not mute");
        assert_eq!(reach(Vec::new(), false).await, 3, "what is about none of them cannot be muted");
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
        let audience =
            Audience { kind: SubscribedKind::Incidents, impact: Impact::Major, components: vec![&api], about: Vec::new(), over: false };
        let mut untold = async |page: &str, time: &str| audience::untold(&mut tx, &id(page), &audience, at(time)).await.unwrap();
        assert_eq!(untold("page", "12:00").await, Untold { suppressed: 2, unconfirmed: 1 });
        assert_eq!(untold("page", "08:00").await, Untold::default(), "before they were there");
        assert_eq!(untold("other", "12:00").await, Untold::default());
    })
    .await;
}
