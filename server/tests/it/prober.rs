//! From a failing target to the page, to a draft and to staff, and back: nothing is told twice, and nothing of ours is a failure.

use std::sync::Arc;
use std::time::{Duration, Instant};

use app::words::{ComponentStatus, Id, NotificationKind, Role, Verdict};
use chrono::TimeDelta;
use server::actions::monitors::{self as actions, MonitorInput};
use server::actions::{Act, Actor};
use server::clock::Clock;
use server::domain::evidence::{Internal, Outcome};
use server::domain::notice::Notice;
use server::meters::Meters;
use server::signals::Signals;
use server::store::{checks, components, incidents, maintenances, monitor_failures, monitors, notifications, pages};
use server::workers::{Keeper, Prober};

use crate::store::sample;
use crate::support::Engine;
use crate::support::app::{TestApp, test_now};
use crate::support::target::{Answer, Target};

/// A service with a page that has the component `api`, and somebody on duty.
async fn furnished(engine: Engine) -> (TestApp, Id) {
    let app = TestApp::new(engine).await;
    let page = furnish(&app).await;
    (app, page)
}

/// Gives the page the component `api`, and somebody on duty.
pub async fn furnish(app: &TestApp) -> Id {
    app.member(Role::Responder).await;
    let mut tx = app.db.write().await.unwrap();
    let page = pages::default_page(&mut tx).await.unwrap().unwrap().id;
    pages::bump_revision(&mut tx, &page, test_now()).await.unwrap();
    components::upsert_component(&mut tx, &page, &sample::component("api", 1)).await.unwrap();
    tx.commit().await.unwrap();
    page
}

pub fn input(target: &Target) -> MonitorInput {
    MonitorInput {
        name: "API health".to_owned(),
        target: target.url("/health?token=canary"),
        interval_seconds: 20,
        component_id: Some(sample::id("api")),
        ..MonitorInput::default()
    }
}

pub async fn create(app: &TestApp, page: &Id, input: MonitorInput) -> Id {
    let (actor, networks) = (Actor::system(), ["127.0.0.0/8".parse().unwrap()]);
    let act = Act { db: &app.db, actor: &actor, now: app.hand.now(), undo: TimeDelta::zero() };
    actions::create(&act, page, &networks, input).await.unwrap().id
}

/// Lets everything be checked that is due within that time, in order.
pub async fn pass(app: &TestApp, seconds: i64) {
    for _ in 0..seconds {
        app.hand.advance(TimeDelta::seconds(1));
        app.workers().prober.round().await.unwrap();
    }
    app.look().await;
}

async fn verdict(app: &TestApp, page: &Id) -> Verdict {
    let mut tx = app.db.read().await.unwrap();
    monitors::list(&mut tx, page).await.unwrap()[0].state.verdict
}

pub async fn status(app: &TestApp) -> String {
    app.get("/api/v2/components.json").await.json()["components"][0]["status"].as_str().unwrap().to_owned()
}

async fn drafts(app: &TestApp, page: &Id) -> Vec<incidents::IncidentRecord> {
    let mut tx = app.db.read().await.unwrap();
    incidents::changed_since(&mut tx, page, -1).await.unwrap()
}

#[tokio::test]
async fn a_failure_turns_the_page_writes_one_draft_and_tells_staff_and_recovery_turns_it_back() {
    for engine in Engine::ALL {
        let (app, page) = furnished(engine).await;
        let target = Target::new(Answer::ok()).await;
        let monitor = create(&app, &page, input(&target)).await;
        assert_eq!(app.workers().prober.round().await.unwrap(), 1, "a new monitor checks at once");
        app.look().await;
        assert_eq!((verdict(&app, &page).await, status(&app).await), (Verdict::Up, "operational".to_owned()));

        target.answers(Answer::Status(503, "out of order".to_owned()));
        pass(&app, 45).await;
        assert_eq!((verdict(&app, &page).await, status(&app).await), (Verdict::Down, "major_outage".to_owned()));
        let found = drafts(&app, &page).await;
        assert_eq!(found.len(), 1);
        let draft = &found[0].incident;
        assert_eq!((draft.published_at, found[0].visible, draft.components.as_slice()), (None, false, &[sample::id("api")][..]));
        assert!(draft.started_at > test_now() && draft.started_at <= draft.detected_at.unwrap());
        let said = format!("{} {}", draft.name, draft.updates[0].body);
        assert_eq!(said, "Problem with api We are investigating a problem with api. We will tell more as soon as we know it.");
        assert!(!said.contains("canary") && !said.contains("127.0.0.1") && !said.contains("503"), "{said}");

        let mut tx = app.db.read().await.unwrap();
        let (id, evidence) = monitor_failures::open_incident(&mut tx, &monitor).await.unwrap().unwrap();
        assert_eq!((&id, evidence.reason.as_str(), evidence.checks.len(), evidence.recovered_at), (&draft.id, "http_503", 3, None));
        assert_eq!(evidence.checks[0].excerpt.as_deref(), Some("out of order"));
        let notice = notifications::newest_about(&mut tx, &page, "incident", &draft.id).await.unwrap().unwrap();
        assert_eq!(notice.kind, NotificationKind::DraftOpened);
        let Notice::Draft(told) = notice.notice else { panic!("staff are told of a draft") };
        assert_eq!((told.monitor.as_str(), told.component.as_deref(), told.reason.as_str()), ("API health", Some("api"), "http_503"));
        drop(tx);

        // It goes on failing: nothing more is said.
        let revision = app.get("/live.json").await.json()["revision"].as_i64().unwrap();
        pass(&app, 60).await;
        assert_eq!(drafts(&app, &page).await.len(), 1);
        assert_eq!(app.get("/live.json").await.json()["revision"].as_i64(), Some(revision), "checks alone are no change of the record");

        target.answers(Answer::ok());
        pass(&app, 45).await;
        assert_eq!((verdict(&app, &page).await, status(&app).await), (Verdict::Up, "operational".to_owned()));
        let mut tx = app.db.read().await.unwrap();
        let (_, evidence) = monitor_failures::open_incident(&mut tx, &monitor).await.unwrap().unwrap();
        assert!(evidence.recovered_at.is_some_and(|at| at > evidence.first_failed_at), "the draft stays, with the recovery noted");
        drop(tx);
        for path in ["/", "/api/v2/summary.json", "/history.atom"] {
            let text = app.get(path).await.text();
            assert!(
                !text.contains("canary") && !text.contains("127.0.0.1") && !text.contains("503"),
                "{path} tells what only staff may know"
            );
        }
        app.end().await;
    }
}

#[tokio::test]
async fn the_draft_of_a_failure_is_written_in_the_language_of_the_page() {
    let (app, page) = furnished(Engine::Sqlite).await;
    app.speaks("de").await;
    let target = Target::new(Answer::Status(503, String::new())).await;
    create(&app, &page, input(&target)).await;
    pass(&app, 60).await;
    let draft = &drafts(&app, &page).await[0].incident;
    assert_eq!(draft.name, "Problem mit api");
    assert_eq!(draft.updates[0].body, "Wir untersuchen ein Problem mit api. Sobald wir mehr wissen, melden wir es.");
}

#[tokio::test]
async fn a_draft_that_staff_deleted_does_not_come_back_with_the_same_failure() {
    let (app, page) = furnished(Engine::Sqlite).await;
    let target = Target::new(Answer::Status(500, String::new())).await;
    create(&app, &page, input(&target)).await;
    pass(&app, 45).await;
    let draft = drafts(&app, &page).await.remove(0).incident;
    let actor = Actor::system();
    let act = Act { db: &app.db, actor: &actor, now: app.hand.now(), undo: TimeDelta::zero() };
    server::actions::incidents::delete(&act, &draft.id, None).await.unwrap();
    pass(&app, 60).await;
    assert_eq!(drafts(&app, &page).await.len(), 1);
    // It recovers and fails anew: that is another failure.
    target.answers(Answer::ok());
    pass(&app, 60).await;
    target.answers(Answer::Reset);
    pass(&app, 60).await;
    assert_eq!(drafts(&app, &page).await.len(), 2);
    app.end().await;
}

#[tokio::test]
async fn planned_work_expects_failures_and_what_fails_after_it_is_told_from_its_end() {
    let (app, page) = furnished(Engine::Sqlite).await;
    let target = Target::new(Answer::Status(503, String::new())).await;
    let mut work = sample::maintenance("work");
    let ends = test_now() + TimeDelta::minutes(5);
    work.window = Some(app::words::Window { from: test_now() - TimeDelta::minutes(5), until: ends });
    work.published_at = Some(test_now() - TimeDelta::hours(1));
    work.auto_complete = true;
    work.components = vec![app::words::PlannedStatus { component_id: sample::id("api"), status: ComponentStatus::UnderMaintenance }];
    let mut tx = app.db.write().await.unwrap();
    let revision = pages::bump_revision(&mut tx, &page, test_now()).await.unwrap();
    maintenances::upsert(&mut tx, &page, &work, revision).await.unwrap();
    tx.commit().await.unwrap();
    create(&app, &page, input(&target)).await;
    pass(&app, 120).await;
    assert_eq!((verdict(&app, &page).await, status(&app).await), (Verdict::Down, "under_maintenance".to_owned()));
    assert!(drafts(&app, &page).await.is_empty(), "failing is expected while the work goes on");
    pass(&app, 240).await;
    let found = drafts(&app, &page).await;
    assert_eq!((found.len(), found[0].incident.started_at), (1, ends));
    assert_eq!(status(&app).await, "major_outage");
    app.end().await;
}

#[tokio::test]
async fn a_monitor_that_is_paused_or_deleted_is_silent_and_says_nothing_of_its_component() {
    let (app, page) = furnished(Engine::Sqlite).await;
    let target = Target::new(Answer::Status(503, String::new())).await;
    let monitor = create(&app, &page, input(&target)).await;
    pass(&app, 45).await;
    assert_eq!(status(&app).await, "major_outage");
    let actor = Actor::system();
    for step in 0..2 {
        let act = Act { db: &app.db, actor: &actor, now: app.hand.now(), undo: TimeDelta::zero() };
        let done = if step == 0 { actions::pause(&act, &page, &monitor).await } else { actions::delete(&act, &page, &monitor).await };
        assert!(done.unwrap().revision.is_some());
        let asked = target.asked();
        pass(&app, 60).await;
        assert_eq!((status(&app).await.as_str(), target.asked()), ("operational", asked));
        if step == 0 {
            let act = Act { db: &app.db, actor: &actor, now: app.hand.now(), undo: TimeDelta::zero() };
            actions::resume(&act, &page, &monitor).await.unwrap();
            pass(&app, 45).await;
            assert_eq!(status(&app).await, "major_outage");
        }
    }
    app.end().await;
}

#[tokio::test]
async fn silence_is_not_uptime_and_fresh_results_need_no_new_revision() {
    let (app, page) = furnished(Engine::Sqlite).await;
    let target = Target::new(Answer::ok()).await;
    create(&app, &page, input(&target)).await;
    app.workers().prober.round().await.unwrap();
    app.look().await;
    let revision = app.get("/live.json").await.json()["revision"].clone();
    let fresh = async || !app.get("/").await.text().contains("No recent data");
    assert!(fresh().await);
    // Ten minutes of checks, each looked at: the page never thinks that nobody watches.
    for _ in 0..10 {
        pass(&app, 60).await;
        assert!(fresh().await, "at {}", app.hand.now());
    }
    assert_eq!(app.get("/live.json").await.json()["revision"], revision);
    // Nobody checks any more.
    app.advance(TimeDelta::seconds(170)).await;
    assert!(
        !fresh().await || {
            app.advance(TimeDelta::seconds(20)).await;
            !fresh().await
        },
        "three minutes of silence are no recent data"
    );
    app.end().await;
}

#[tokio::test]
async fn results_that_come_late_keep_their_time_and_a_lost_claim_judges_nothing() {
    let (app, page) = furnished(Engine::Sqlite).await;
    let target = Target::new(Answer::ok()).await;
    let monitor = create(&app, &page, input(&target)).await;
    let mut tx = app.db.write().await.unwrap();
    let now = app.hand.now();
    let claimed = checks::claim(&mut tx, "slow", now, now + TimeDelta::seconds(60), 9).await.unwrap().remove(0);
    tx.commit().await.unwrap();
    let seen = server::probes::nothing_learned(now, Internal::Panic);
    app.hand.advance(TimeDelta::seconds(61));
    app.workers().prober.round().await.unwrap();
    assert_eq!(verdict(&app, &page).await, Verdict::Up);
    let late = server::domain::evidence::Observation { outcome: Outcome::Bad(server::domain::evidence::Reason::Timeout), ..seen };
    let finished = server::actions::checks::Finished { claimed, seen: late };
    let recorded = server::actions::checks::record(&app.db, &[finished], app.hand.now(), || 0.0).await.unwrap();
    assert_eq!(recorded, server::actions::checks::Recorded::default());
    assert_eq!(verdict(&app, &page).await, Verdict::Up);
    let mut tx = app.db.read().await.unwrap();
    assert_eq!(checks::failures(&mut tx, &monitor, now, 9).await.unwrap()[0].at, now, "what was seen is kept all the same");
    drop(tx);
    app.end().await;
}

#[tokio::test]
async fn running_by_itself_a_fault_is_on_the_page_within_nine_seconds_and_a_paused_monitor_stops_within_two() {
    let (app, page) = furnished(Engine::Sqlite).await;
    let clock = Clock::system();
    app.hand.set(clock.now());
    let target = Target::new(Answer::ok()).await;
    let monitor = create(&app, &page, MonitorInput { interval_seconds: 2, ..input(&target) }).await;
    let (signals, meters) = (Signals::default(), Arc::new(Meters::default()));
    let prober = Arc::new(Prober::new(app.db.clone(), clock.clone(), crate::probe::probes(), signals.clone(), meters.clone(), &[]));
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let running = tokio::spawn(prober.run(stopped));
    let shows = async |wanted: &str, seconds: u64| {
        let begun = Instant::now();
        loop {
            app.hand.set(clock.now());
            app.look().await;
            if status(&app).await == wanted {
                return begun.elapsed();
            }
            assert!(begun.elapsed() < Duration::from_secs(seconds), "the page does not say {wanted} after {seconds} s");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    let up = async || verdict(&app, &page).await == Verdict::Up;
    while !up().await {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    target.answers(Answer::Status(503, String::new()));
    shows("major_outage", 9).await;
    assert_eq!(drafts(&app, &page).await.len(), 1);
    target.answers(Answer::ok());
    shows("operational", 9).await;

    let actor = Actor::system();
    let act = Act { db: &app.db, actor: &actor, now: clock.now(), undo: TimeDelta::zero() };
    actions::pause(&act, &page, &monitor).await.unwrap();
    signals.monitors.notify_one();
    tokio::time::sleep(Duration::from_secs(2)).await;
    let asked = target.asked();
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(target.asked(), asked, "a paused monitor asks nobody");
    let read = meters.read(clock.now());
    assert!(read.outcomes["good"] >= 3 && read.outcomes["bad"] >= 3, "{read:?}");
    stop.send_replace(true);
    tokio::time::timeout(Duration::from_secs(5), running).await.expect("it ends when it is told to").unwrap();
    app.end().await;
}

#[tokio::test]
async fn a_keeper_that_runs_by_itself_is_woken_by_the_scheduler() {
    let (app, _) = furnished(Engine::Sqlite).await;
    let clock = Clock::system();
    let meters = Arc::new(Meters::default());
    let keeper = Arc::new(Keeper::new(app.db.clone(), clock.clone(), meters.clone()));
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let running = tokio::spawn(keeper.run(stopped));
    // The first look is made at the start; the second one needs a tick, which comes every ten seconds, before the fallback of fifteen.
    let begun = Instant::now();
    let mut looks = Vec::new();
    while looks.len() < 3 {
        let now = clock.now();
        if let Some(age) = meters.read(now).tick_age_ms {
            let at = (now - TimeDelta::milliseconds(age)).timestamp() / 2;
            if looks.last() != Some(&at) {
                looks.push(at);
            }
        }
        assert!(begun.elapsed() < Duration::from_secs(24), "three looks take at most two ticks and a little: {looks:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    stop.send_replace(true);
    tokio::time::timeout(Duration::from_secs(5), running).await.expect("it ends when it is told to").unwrap();
    app.end().await;
}
