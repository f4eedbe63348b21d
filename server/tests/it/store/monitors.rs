//! Monitors, what is known of them, and what they wrote.

use app::words::{ComponentStatus, Id, Monitor, MonitorKind, MonitorSettings, Verdict};
use chrono::{DateTime, Utc};
use server::domain::evidence::{Evidence, Observation, Outcome, Timings};
use server::domain::failure::Standing;
use server::domain::monitor::State;
use server::domain::seen::Seen;
use server::store::check_batches::{self, Conclusion};
use server::store::incidents::Watch;
use server::store::{StoreError, Tx, checks, incidents, monitor_failures, monitors};

use super::sample::{DegradedPerformance, at, furnish, id, incident};
use crate::support::each_engine;

/// A monitor of the component `api`.
pub fn monitor(word: &str) -> Monitor {
    Monitor {
        id: id(word),
        component_id: Some(id("api")),
        name: word.to_owned(),
        kind: MonitorKind::Http,
        target: "https://api.example.com/health?token=grüße".to_owned(),
        interval_seconds: 30,
        timeout_ms: 5_000,
        failure_threshold: 3,
        success_threshold: 2,
        status_when_down: ComponentStatus::PartialOutage,
        settings: MonitorSettings {
            headers: vec![("Authorization".to_owned(), "Bearer \"quoted\"".to_owned())],
            expected_statuses: vec![200, 204],
            keyword: Some("ok".to_owned()),
            keyword_absent: None,
            ..MonitorSettings::default()
        },
        paused_at: None,
        created_at: at("08:00"),
        updated_at: at("08:00:00.25"),
    }
}

pub fn good(time: &str) -> Observation {
    let timings = Timings { dns_us: None, connect_us: Some(10), tls_us: Some(20), first_byte_us: Some(30), total_us: Some(100) };
    Observation { at: at(time), outcome: Outcome::Good, http_status: Some(200), timings, excerpt: None, certificate: None, advice: None }
}

/// Keeps the result of one check.
pub async fn kept(tx: &mut Tx, monitor: &Id, seen: &Observation) {
    check_batches::insert_results(tx, &[(monitor, seen)]).await.unwrap();
}

/// Concludes one check; whether the claim was still held.
pub async fn concluded(tx: &mut Tx, monitor: &Id, epoch: i64, state: &State, next_check_at: DateTime<Utc>) -> bool {
    let conclusion = Conclusion { monitor, epoch, state, next_check_at };
    check_batches::conclude(tx, &[conclusion]).await.unwrap().contains(monitor)
}

#[tokio::test]
async fn monitors_come_back_as_written_and_leave_when_deleted() {
    each_engine(async |db| {
        furnish(&db).await;
        let (page, other) = (id("page"), id("other"));
        let mut tx = db.write().await.unwrap();
        monitors::upsert(&mut tx, &page, &monitor("web")).await.unwrap();
        monitors::upsert(&mut tx, &page, &monitor("api")).await.unwrap();
        monitors::start_anew(&mut tx, &id("web"), Some(at("10:00")), at("09:00")).await.unwrap();
        monitors::start_anew(&mut tx, &id("api"), None, at("09:00")).await.unwrap();
        assert_eq!(monitors::get(&mut tx, &page, &id("api")).await.unwrap(), Some(monitor("api")));
        assert_eq!(monitors::get(&mut tx, &other, &id("api")).await.unwrap(), None, "another page's");
        kept(&mut tx, &id("web"), &good("10:00")).await;
        kept(&mut tx, &id("web"), &good("10:01")).await;
        let listed = monitors::list(&mut tx, &page).await.unwrap();
        assert_eq!(listed.iter().map(|record| record.monitor.clone()).collect::<Vec<_>>(), [monitor("api"), monitor("web")]);
        assert_eq!(listed[0].state, State::unknown(at("09:00")));
        assert_eq!((listed[0].last.clone(), listed[1].last.clone()), (None, Some((at("10:01"), None, Some(100)))));
        assert_eq!(monitors::count(&mut tx, &page).await.unwrap(), 2);

        let paused = Monitor { paused_at: Some(at("11:00")), component_id: None, name: "API".to_owned(), ..monitor("api") };
        monitors::upsert(&mut tx, &page, &paused).await.unwrap();
        assert_eq!(monitors::get(&mut tx, &page, &id("api")).await.unwrap(), Some(paused.clone()));
        let foreign = monitors::upsert(&mut tx, &other, &paused).await;
        assert!(matches!(foreign, Err(StoreError::Missing { .. })), "{foreign:?}");
        monitors::delete(&mut tx, &page, &id("api"), at("12:00")).await.unwrap();
        assert_eq!(monitors::get(&mut tx, &page, &id("api")).await.unwrap(), None);
        assert_eq!((monitors::list(&mut tx, &page).await.unwrap().len(), monitors::count(&mut tx, &page).await.unwrap()), (1, 1));
        for again in [monitors::delete(&mut tx, &page, &id("api"), at("12:00")).await, monitors::upsert(&mut tx, &page, &paused).await] {
            assert!(matches!(again, Err(StoreError::Missing { .. })), "{again:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_component_hears_of_the_monitors_that_are_at_work() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        let degraded = Monitor { status_when_down: DegradedPerformance, ..monitor("b") };
        for monitor in [
            monitor("a"),
            degraded,
            Monitor { paused_at: Some(at("10:00")), ..monitor("c") },
            Monitor { component_id: None, ..monitor("d") },
        ] {
            monitors::upsert(&mut tx, &id("page"), &monitor).await.unwrap();
            monitors::start_anew(&mut tx, &monitor.id, Some(at("10:00")), at("09:00")).await.unwrap();
        }
        let down = State { verdict: Verdict::Down, ..State::unknown(at("10:00")) };
        assert!(concluded(&mut tx, &id("b"), 0, &down, at("10:01")).await);
        let watching = monitors::watching(&mut tx, &id("api")).await.unwrap();
        let known: Vec<_> = watching.iter().map(|place| (place.monitor.clone(), place.view.verdict, place.status_when_down)).collect();
        assert_eq!(known, [(id("a"), Verdict::Unknown, ComponentStatus::PartialOutage), (id("b"), Verdict::Down, DegradedPerformance)]);
        assert_eq!((watching[0].interval_seconds, watching[0].view.last_result_at), (30, None));
        // Its failure may mean something else, until it begins anew.
        assert_eq!(monitors::status_down(&mut tx, &id("b")).await.unwrap(), None);
        monitors::set_status_down(&mut tx, &id("b"), Some(ComponentStatus::MajorOutage)).await.unwrap();
        assert_eq!(monitors::status_down(&mut tx, &id("b")).await.unwrap(), Some(ComponentStatus::MajorOutage));
        assert_eq!(monitors::watching(&mut tx, &id("api")).await.unwrap()[1].status_when_down, ComponentStatus::MajorOutage);
        assert_eq!(checks::verdicts(&mut tx).await.unwrap(), [(Verdict::Down, 1), (Verdict::Unknown, 2)]);
        monitors::start_anew(&mut tx, &id("b"), None, at("11:00")).await.unwrap();
        assert_eq!(monitors::status_down(&mut tx, &id("b")).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_failure_is_told_of_once_whatever_became_of_the_draft() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        for word in ["a", "b"] {
            monitors::upsert(&mut tx, &id("page"), &monitor(word)).await.unwrap();
        }
        assert!(!monitor_failures::has_told(&mut tx, &id("a"), at("09:00")).await.unwrap());
        assert_eq!(monitor_failures::open_incident(&mut tx, &id("a")).await.unwrap(), None);
        // The sample was made at 10:01.
        incidents::upsert(&mut tx, &id("page"), &incident("one"), None, 1).await.unwrap();
        let evidence = Evidence {
            monitor: "a".to_owned(),
            reason: "http_503".to_owned(),
            first_failed_at: at("10:00"),
            checks: Vec::new(),
            recovered_at: None,
        };
        incidents::set_origin(&mut tx, &id("one"), &id("a"), &evidence, at("10:01")).await.unwrap();
        assert!(monitor_failures::has_told(&mut tx, &id("a"), at("23:00")).await.unwrap(), "an open one stands for later failures too");
        assert_eq!(monitor_failures::open_incident(&mut tx, &id("a")).await.unwrap(), Some((id("one"), evidence.clone())));
        let recovered = Evidence { recovered_at: Some(at("10:30")), ..evidence };
        let own = Seen { monitor_id: id("a"), beside: false, noted_at: at("10:01"), evidence: recovered.clone() };
        incidents::set_seen(&mut tx, &id("one"), std::slice::from_ref(&own), &id("a")).await.unwrap();
        assert_eq!(monitor_failures::open_incident(&mut tx, &id("a")).await.unwrap(), Some((id("one"), recovered.clone())));
        let missing = incidents::set_seen(&mut tx, &id("nowhere"), std::slice::from_ref(&own), &id("a")).await;
        assert!(matches!(missing, Err(StoreError::Missing { .. })), "{missing:?}");
        // What is only shown beside an incident is no word on the monitor.
        let guest = Seen { monitor_id: id("b"), beside: true, noted_at: at("10:02"), evidence: recovered };
        incidents::set_seen(&mut tx, &id("one"), &[own.clone(), guest.clone()], &id("b")).await.unwrap();
        assert!(!monitor_failures::has_told(&mut tx, &id("b"), at("10:00")).await.unwrap());
        assert_eq!(monitor_failures::open_incident(&mut tx, &id("b")).await.unwrap(), None);
        assert_eq!(monitor_failures::seen_in(&mut tx, &id("b")).await.unwrap(), [(id("one"), vec![own, guest])]);
        let over = app::words::Incident { resolved_at: Some(at("11:00")), ..incident("one") };
        incidents::upsert(&mut tx, &id("page"), &over, None, 2).await.unwrap();
        assert!(monitor_failures::has_told(&mut tx, &id("a"), at("10:00")).await.unwrap(), "of that failure it told");
        assert!(!monitor_failures::has_told(&mut tx, &id("a"), at("10:02")).await.unwrap(), "of a later one it did not");
        assert!(monitor_failures::told_at(&mut tx, &id("a")).await.unwrap().is_some_and(|at_then| at_then <= at("23:59")));
        assert_eq!(monitor_failures::told_at(&mut tx, &id("b")).await.unwrap(), None);
        assert_eq!(monitor_failures::open_incident(&mut tx, &id("a")).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_confirmed_failure_is_untold_until_the_monitor_wrote_of_it() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        let paused = Monitor { paused_at: Some(at("10:00")), ..monitor("c") };
        let down = State { verdict: Verdict::Down, first_failed_at: Some(at("10:00")), ..State::unknown(at("10:00")) };
        let recovering = State { verdict: Verdict::Recovering, ..down };
        for (monitor, state) in [(monitor("a"), down), (monitor("b"), recovering), (paused, down)] {
            monitors::upsert(&mut tx, &id("page"), &monitor).await.unwrap();
            monitors::start_anew(&mut tx, &monitor.id, Some(at("10:00")), at("09:00")).await.unwrap();
            assert!(concluded(&mut tx, &monitor.id, 0, &state, at("10:01")).await);
        }
        assert_eq!(monitor_failures::untold_failures(&mut tx, &id("page")).await.unwrap(), [(monitor("a"), at("10:00"))]);
        assert_eq!(monitor_failures::untold_failures(&mut tx, &id("other")).await.unwrap(), []);
        incidents::upsert(&mut tx, &id("page"), &incident("one"), None, 1).await.unwrap();
        let evidence = Evidence {
            monitor: "a".to_owned(),
            reason: "timeout".to_owned(),
            first_failed_at: at("10:00"),
            checks: Vec::new(),
            recovered_at: None,
        };
        incidents::set_origin(&mut tx, &id("one"), &id("a"), &evidence, at("10:01")).await.unwrap();
        assert_eq!(monitor_failures::untold_failures(&mut tx, &id("page")).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn what_is_known_is_forgotten_when_it_starts_anew_and_old_claims_are_void() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        monitors::upsert(&mut tx, &id("page"), &monitor("a")).await.unwrap();
        monitors::start_anew(&mut tx, &id("a"), Some(at("10:00")), at("09:00")).await.unwrap();
        let claimed = checks::claim(&mut tx, "me", at("10:00"), at("10:01"), 9).await.unwrap();
        monitors::start_anew(&mut tx, &id("a"), Some(at("10:30")), at("10:00")).await.unwrap();
        let down = State { verdict: Verdict::Down, ..State::unknown(at("10:00")) };
        assert!(!concluded(&mut tx, &id("a"), claimed[0].epoch, &down, at("10:01")).await);
        monitors::check_at(&mut tx, &id("a"), at("10:10")).await.unwrap();
        assert_eq!(checks::next_due(&mut tx, at("10:00")).await.unwrap(), Some(at("10:10")));
        assert_eq!(monitors::list(&mut tx, &id("page")).await.unwrap()[0].state, State::unknown(at("10:00")));
    })
    .await;
}

#[tokio::test]
async fn responders_are_those_who_may_sign_in_and_write() {
    each_engine(async |db| {
        use app::words::{Role, StaffMember};
        use server::store::staff::{self, StaffRecord};
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        for (word, role, disabled_at) in [
            ("boss", Role::Owner, None),
            ("duty", Role::Responder, None),
            ("guest", Role::Viewer, None),
            ("left", Role::Admin, Some(at("09:00"))),
        ] {
            let email = format!("{word}@example.com");
            let member = StaffMember {
                id: id(word),
                email: email.clone(),
                name: None,
                role,
                disabled_at,
                last_sign_in_at: None,
                created_at: at("08:00"),
            };
            let record = StaffRecord { member, password_hash: None, updated_at: at("08:00") };
            staff::insert(&mut tx, &id("page"), &email, &record).await.unwrap();
        }
        assert_eq!(monitors::responders(&mut tx, &id("page")).await.unwrap(), [id("boss"), id("duty")]);
        assert_eq!(monitors::responders(&mut tx, &id("other")).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn what_monitors_wrote_is_watched_until_it_is_over() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        let here = id("page");
        for (word, paused_at) in [("a", None), ("b", Some(at("10:00")))] {
            monitors::upsert(&mut tx, &here, &Monitor { paused_at, ..monitor(word) }).await.unwrap();
        }
        for word in ["one", "hand"] {
            incidents::upsert(&mut tx, &here, &incident(word), None, 1).await.unwrap();
        }
        let evidence = |recovered_at| Evidence {
            monitor: "a".to_owned(),
            reason: "timeout".to_owned(),
            first_failed_at: at("10:00"),
            checks: Vec::new(),
            recovered_at,
        };
        incidents::set_origin(&mut tx, &id("one"), &id("a"), &evidence(None), at("10:01")).await.unwrap();
        let own = |recovered_at| Seen { monitor_id: id("a"), beside: false, noted_at: at("10:01"), evidence: evidence(recovered_at) };
        let resting = Seen { monitor_id: id("b"), noted_at: at("10:02"), ..own(None) };
        incidents::set_seen(&mut tx, &id("one"), &[own(None), resting.clone()], &id("b")).await.unwrap();
        let watch = Watch { publish_at: Some(at("10:30")), machine_words: true, ..Watch::default() };
        incidents::set_watch(&mut tx, &id("one"), &watch).await.unwrap();
        let missing = incidents::set_watch(&mut tx, &id("nowhere"), &watch).await;
        assert!(matches!(missing, Err(StoreError::Missing { .. })), "{missing:?}");

        let known = incidents::watched(&mut tx, &here).await.unwrap();
        assert_eq!(known.len(), 1, "what people wrote is not watched: {known:?}");
        let one = &known[0];
        assert_eq!((&one.id, &one.watch, one.at_work.as_slice()), (&id("one"), &watch, &[id("a")][..]));
        assert_eq!((one.seen.as_slice(), one.standing()), (&[own(None), resting.clone()][..], Standing::Failing));
        let open = one.open().unwrap();
        assert_eq!((open.untouched_draft, open.newest_at), (false, at("10:02")), "readers know of it");
        incidents::set_seen(&mut tx, &id("one"), &[own(Some(at("10:20"))), resting], &id("a")).await.unwrap();
        let one = incidents::watched(&mut tx, &here).await.unwrap().remove(0);
        assert_eq!(one.standing(), Standing::Recovered(at("10:20")), "who rests says nothing");
        let taken = one.watch.acknowledged("Ada", at("10:21"));
        assert_eq!((taken.publish_at, taken.acknowledged_by.as_deref()), (None, Some("Ada")));
        assert_eq!(taken.clone().acknowledged("Bert", at("10:22")), taken, "the first one stays named");
        incidents::set_watch(&mut tx, &id("one"), &taken).await.unwrap();
        assert_eq!(incidents::get(&mut tx, &here, &id("one")).await.unwrap().unwrap().watch, taken);
        assert_eq!(incidents::sheet(&mut tx, &here, &id("one")).await.unwrap().unwrap().file.at_work, [id("a")]);
        assert_eq!(incidents::waiting(&mut tx, &here).await.unwrap().iter().filter(|one| one.seen.len() == 2).count(), 1);

        assert_eq!(incidents::watched(&mut tx, &id("other")).await.unwrap(), []);
        let over = app::words::Incident { resolved_at: Some(at("11:00")), ..incident("one") };
        incidents::upsert(&mut tx, &here, &over, None, 2).await.unwrap();
        assert_eq!(incidents::watched(&mut tx, &here).await.unwrap(), []);
    })
    .await;
}
