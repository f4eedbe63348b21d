//! "I see this too": counted by network and hour, for staff only.

use std::sync::Arc;

use app::words::{ComponentStatus, Id, IncidentStatus, NotificationKind, Role, Sighted};
use chrono::{DateTime, TimeDelta};
use server::actions::incidents::{self, IncidentInput};
use server::actions::voices::sightings::{Buffer, sighting};
use server::actions::{Act, Actor, secrets, settings};
use server::clock::Clock;
use server::domain::notice::Notice;
use server::signals::Signals;
use server::store::{components, notifications, pages, sightings};
use server::workers::Counter;

use crate::store::sample::{component, furnish, id};
use crate::support::app::{Reply, TestApp, test_now};
use crate::support::{Engine, each_engine};

const COMPONENT: &str = "/components/api000000000/seen";

/// A service behind one proxy, with the components `api` and `web`.
async fn watched(engine: Engine) -> TestApp {
    let app = TestApp::with(engine, &[("ALLCLEAR_TRUSTED_PROXY_HOPS", "1")]).await;
    let page = app.page().await.id;
    let mut tx = app.db.write().await.unwrap();
    pages::bump_revision(&mut tx, &page, app.hand.now()).await.unwrap();
    for (word, position) in [("api", 1), ("web", 2)] {
        components::upsert_component(&mut tx, &page, &component(word, position)).await.unwrap();
    }
    tx.commit().await.unwrap();
    app.look().await;
    app
}

async fn incident(app: &TestApp, status: IncidentStatus) -> Id {
    let system = Actor::system();
    let act = Act { db: &app.db, actor: &system, now: app.hand.now(), undo: TimeDelta::zero() };
    let input = IncidentInput {
        name: "Requests fail".to_owned(),
        status,
        body: "We look.".to_owned(),
        components: if status.is_over() { Vec::new() } else { vec![(id("web"), ComponentStatus::MajorOutage)] },
        impact_override: None,
        started_at: None,
        notify: false,
        next_update_at: None,
        owner: None,
        internal_notes: None,
        translations: Vec::new(),
    };
    let made = incidents::create(&act, &input, true).await.unwrap();
    app.look().await;
    made.id
}

/// A visitor from that address presses the button.
async fn press(app: &TestApp, path: &str, address: &str) -> Reply {
    app.send("POST", path, &[("x-forwarded-for", address)], Vec::new()).await
}

/// So many networks press it.
async fn crowd(app: &TestApp, path: &str, networks: std::ops::Range<u8>) {
    for network in networks {
        assert_eq!(press(app, path, &format!("198.51.{network}.7")).await.status, 200);
    }
    app.workers().counter.flush().await.unwrap();
}

async fn counted(app: &TestApp) -> i64 {
    let page = app.page().await.id;
    let mut tx = app.db.read().await.unwrap();
    sightings::since(&mut tx, &page, DateTime::UNIX_EPOCH).await.unwrap().iter().map(|count| count.networks).sum()
}

/// The subjects of the tasks that staff were mailed, newest first.
async fn alerts(app: &TestApp) -> Vec<String> {
    let mut tx = app.db.read().await.unwrap();
    let mut subjects = Vec::new();
    for notice in app.notices().await {
        let told = notifications::get(&mut tx, &notice).await.unwrap().unwrap();
        if let (NotificationKind::StaffTask, Notice::Task(task)) = (told.kind, told.notice) {
            assert!(task.path.starts_with("/staff/") && task.sentence.contains("networks"), "{task:?}");
            subjects.push(task.subject);
        }
    }
    subjects
}

#[tokio::test]
async fn a_network_counts_once_an_hour_and_the_thousandth_press_is_answered_as_the_first() {
    for engine in Engine::ALL {
        let app = watched(engine).await;
        let before = app.get("/").await.text();
        let first = press(&app, COMPONENT, "203.0.113.7").await;
        assert_eq!((first.status, first.header("cache-control"), first.header("set-cookie")), (200, "private, no-store", ""));
        assert!(first.text().contains("We know now that you see it too"), "{}", first.text());
        for address in ["203.0.113.7", "203.0.113.200", "2001:db8:1:2::3", "2001:db8:1:9::9", "203.0.114.1"] {
            assert_eq!(press(&app, COMPONENT, address).await.text(), first.text());
            app.workers().counter.flush().await.unwrap();
        }
        assert_eq!(counted(&app).await, 3, "two of IPv4, one of IPv6");
        app.hand.advance(TimeDelta::hours(1));
        press(&app, COMPONENT, "203.0.113.7").await;
        app.workers().counter.flush().await.unwrap();
        assert_eq!(counted(&app).await, 4, "another hour, another count");
        let seen = app.texts("select network from sightings").await;
        assert!(seen.iter().all(|key| key.len() == 32 && !key.contains("203.0")), "{seen:?}");
        let same: std::collections::BTreeSet<_> = seen.iter().collect();
        assert_eq!(same.len(), 4, "the key of the network is another one in another hour");
        app.hand.advance(TimeDelta::hours(-1));
        app.look().await;
        assert_eq!(app.get("/").await.text(), before, "nothing public changes");
        app.end().await;
    }
}

#[tokio::test]
async fn only_open_incidents_and_components_that_readers_see_can_be_seen_too() {
    for engine in Engine::ALL {
        let app = watched(engine).await;
        let (open, over) = (incident(&app, IncidentStatus::Investigating).await, incident(&app, IncidentStatus::Resolved).await);
        assert_eq!(press(&app, &format!("/incidents/{open}/seen"), "203.0.113.7").await.status, 200);
        let late = press(&app, &format!("/incidents/{over}/seen"), "203.0.113.7").await;
        assert!(late.status == 409 && late.text().contains("This incident is over"), "{}", late.text());
        let unknown = press(&app, "/incidents/nothing00000/seen", "203.0.113.7").await;
        for path in ["/components/nothing00000/seen", "/components/%00/seen", "/incidents/'--/seen"] {
            let answer = press(&app, path, "203.0.113.7").await;
            assert_eq!((answer.status, answer.text()), (404, unknown.text()), "{path}");
        }
        app.workers().counter.flush().await.unwrap();
        assert_eq!(counted(&app).await, 1);
        app.end().await;
    }
}

#[tokio::test]
async fn ten_networks_within_an_hour_alert_staff_once_in_six_hours() {
    for engine in Engine::ALL {
        let app = watched(engine).await;
        app.member(Role::Responder).await;
        app.hand.advance(TimeDelta::minutes(58));
        crowd(&app, COMPONENT, 0..6).await;
        assert_eq!(alerts(&app).await.len(), 0, "six are none");
        app.hand.advance(TimeDelta::minutes(3));
        crowd(&app, COMPONENT, 10..14).await;
        assert_eq!(alerts(&app).await, ["Many visitors see it: api"], "ten within four minutes, over the full hour");
        crowd(&app, COMPONENT, 20..40).await;
        app.hand.advance(TimeDelta::hours(3));
        crowd(&app, COMPONENT, 0..20).await;
        assert_eq!(alerts(&app).await.len(), 1, "staff know");
        crowd(&app, "/components/web000000000/seen", 0..10).await;
        assert_eq!(alerts(&app).await.len(), 2, "of another thing they do not");
        app.hand.advance(TimeDelta::hours(3));
        crowd(&app, COMPONENT, 0..10).await;
        assert_eq!(alerts(&app).await.len(), 3);
        app.end().await;
    }
}

#[tokio::test]
async fn what_alerts_is_a_setting_and_an_incident_alerts_as_a_component_does() {
    let app = watched(Engine::Sqlite).await;
    app.member(Role::Responder).await;
    let system = Actor::system();
    let act = Act { db: &app.db, actor: &system, now: app.hand.now(), undo: TimeDelta::zero() };
    let chosen = app::words::PageSettings { sightings_alert: 3, ..Default::default() };
    settings::save(&act, &chosen).await.unwrap();
    let open = incident(&app, IncidentStatus::Investigating).await;
    crowd(&app, &format!("/incidents/{open}/seen"), 0..2).await;
    assert_eq!(alerts(&app).await.len(), 0);
    crowd(&app, &format!("/incidents/{open}/seen"), 2..3).await;
    assert_eq!(alerts(&app).await, ["Many visitors see it: Requests fail"]);
}

#[tokio::test]
async fn staff_read_how_many_see_it_on_the_incident_the_components_and_the_overview() {
    for engine in Engine::ALL {
        let app = watched(engine).await;
        let owner = app.owner().await;
        let open = incident(&app, IncidentStatus::Investigating).await;
        crowd(&app, COMPONENT, 0..3).await;
        crowd(&app, &format!("/incidents/{open}/seen"), 0..2).await;
        crowd(&app, "/components/web000000000/seen", 0..4).await;
        let page = owner.get(&format!("/staff/incidents/{open}")).await.text();
        assert!(page.contains("seen by about 2 networks in the last hour, 2 today"), "{page}");
        let page = owner.get("/staff/components").await.text();
        assert!(page.contains("A failure is seen by about 3 networks") && page.contains("A failure is seen by about 4 networks"), "{page}");
        let overview = owner.get("/staff").await.text();
        assert!(overview.contains("Visitors see a failure") && overview.contains("seen by about 3 networks"), "{overview}");
        assert!(!overview.contains("seen by about 4 networks"), "an open incident speaks of web");
        let public =
            [app.get("/").await.text(), app.get("/api/v2/summary.json").await.text(), app.get(&format!("/incidents/{open}")).await.text()];
        assert!(public.iter().all(|text| !text.contains("networks")));
        app.hand.advance(TimeDelta::hours(2));
        assert!(!owner.get("/staff").await.text().contains("Visitors see a failure"));
        app.hand.advance(TimeDelta::days(9));
        app.workers().keeper.tick().await.unwrap();
        assert_eq!(counted(&app).await, 0, "a week later nothing is left");
        app.end().await;
    }
}

#[tokio::test]
async fn two_thousand_presses_of_two_hundred_networks_are_one_write_and_the_same_again_is_none() {
    each_engine(async |db| {
        furnish(&db).await;
        let (clock, hand) = Clock::manual(test_now());
        let secret = secrets::ensure(&db, &id("page"), None).await.unwrap();
        let buffer = Arc::new(Buffer::default());
        let counter = Counter::new(db.clone(), clock, Signals::default(), buffer.clone());
        let press_all = || {
            for press in 0..2_000_u32 {
                let address = std::net::Ipv4Addr::from(0xc633_0000 + (press % 200) * 256 + press / 200);
                buffer.note(sighting(&secret, &id("page"), Sighted::Component, &id("api"), address.into(), hand.now()));
            }
            buffer.waiting()
        };
        assert_eq!(press_all(), 200);
        let (flushed, statements) = server::store::count::counting(counter.flush()).await;
        flushed.unwrap();
        assert!(statements < 30, "{statements} statements");
        let mut tx = db.read().await.unwrap();
        let counts = sightings::since(&mut tx, &id("page"), DateTime::UNIX_EPOCH).await.unwrap();
        assert_eq!(counts.iter().map(|count| count.networks).collect::<Vec<_>>(), [200]);
        drop(tx);
        assert_eq!(press_all(), 0, "what is written is not written again");
        let (flushed, statements) = server::store::count::counting(counter.flush()).await;
        flushed.unwrap();
        assert_eq!(statements, 0);
        hand.advance(TimeDelta::hours(1));
        assert_eq!(press_all(), 200, "another hour is another count");
    })
    .await;
}

#[tokio::test]
async fn what_waits_is_written_when_the_service_ends() {
    let app = watched(Engine::Sqlite).await;
    for network in 0..5 {
        press(&app, COMPONENT, &format!("198.51.{network}.7")).await;
    }
    let app = app.restart().await;
    assert_eq!(counted(&app).await, 5);
    app.end().await;
}

#[tokio::test]
async fn what_cannot_be_written_waits_until_the_database_answers() {
    let app = watched(Engine::Sqlite).await;
    let buffer = Arc::new(Buffer::default());
    let secret = secrets::ensure(&app.db, &app.page().await.id, None).await.unwrap();
    let (clock, hand) = Clock::manual(test_now());
    buffer.note(sighting(&secret, &app.page().await.id, Sighted::Component, &id("api"), [198, 51, 100, 1].into(), hand.now()));
    let counter = Counter::new(app.db.clone(), clock, Signals::default(), buffer.clone());
    app.meddle("alter table sightings rename to away").await;
    assert!(counter.flush().await.is_err());
    assert_eq!(buffer.waiting(), 1);
    app.meddle("alter table away rename to sightings").await;
    counter.flush().await.unwrap();
    assert_eq!((buffer.waiting(), counted(&app).await), (0, 1));
    app.end().await;
}
