//! Failures inside windows: recorded and not told while the work goes on, told once when it is over and they are not.

use app::words::{Id, MaintenanceStatus, NotificationKind, Role, Verdict, Window};
use chrono::{DateTime, TimeDelta, Utc};
use server::actions::maintenances::{self as planned, clock};
use server::actions::monitors::{self as actions, MonitorInput};
use server::actions::{Act, Actor};
use server::store::{checks, components, delivery_reads, incidents, monitor_failures, monitors, pages};

use super::plan;
use crate::store::sample;
use crate::support::Engine;
use crate::support::app::{TestApp, test_now};
use crate::support::target::{Answer, Target};

/// A page with `api`, worked on from minute 5 to 15, and `web`; somebody on duty; a monitor of each, which asks every 20 s.
struct Site {
    app: TestApp,
    page: Id,
    target: Target,
    work: Id,
}

fn minute(n: i64) -> DateTime<Utc> {
    test_now() + TimeDelta::minutes(n)
}

async fn site(engine: Engine, watched: &[&str]) -> Site {
    let app = TestApp::new(engine).await;
    app.member(Role::Responder).await;
    let page = app.page().await.id;
    let mut tx = app.db.write().await.unwrap();
    pages::bump_revision(&mut tx, &page, test_now()).await.unwrap();
    for (position, word) in [(1, "api"), (2, "web")] {
        components::upsert_component(&mut tx, &page, &sample::component(word, position)).await.unwrap();
    }
    tx.commit().await.unwrap();
    let target = Target::new(Answer::ok()).await;
    let (actor, networks) = (Actor::system(), ["127.0.0.0/8".parse().unwrap()]);
    let act = Act { db: &app.db, actor: &actor, now: test_now(), undo: TimeDelta::zero() };
    for word in watched {
        let input = MonitorInput {
            name: format!("{word} health"),
            target: target.url("/"),
            interval_seconds: 20,
            component_id: Some(sample::id(word)),
            ..MonitorInput::default()
        };
        actions::create(&act, &page, &networks, input).await.unwrap();
    }
    let window = Window { from: minute(5), until: minute(15) };
    let work = planned::create(&act, &plan(Some(window)), None, true).await.unwrap().id;
    Site { app, page, target, work }
}

impl Site {
    /// Lets time pass until that minute; everything that is due is checked, and ticks come every ten seconds if there is a keeper.
    async fn until(&self, minute_of: i64, keeper: bool) {
        while self.app.hand.now() < minute(minute_of) {
            self.app.hand.advance(TimeDelta::seconds(5));
            self.app.workers().prober.round().await.unwrap();
            if keeper {
                self.app.workers().keeper.tick().await.unwrap();
            }
        }
        self.app.look().await;
    }

    async fn drafts(&self) -> Vec<(Id, DateTime<Utc>)> {
        let mut tx = self.app.db.read().await.unwrap();
        let found = incidents::changed_since(&mut tx, &self.page, -1).await.unwrap();
        found.into_iter().map(|record| (record.incident.components[0].clone(), record.incident.started_at)).collect()
    }

    async fn mails_of_drafts(&self) -> usize {
        let mut tx = self.app.db.read().await.unwrap();
        let all = delivery_reads::notifications(&mut tx, &self.page, 1_000, 0).await.unwrap();
        all.iter().filter(|one| one.kind == NotificationKind::DraftOpened).count()
    }

    async fn verdicts(&self) -> Vec<Verdict> {
        let mut tx = self.app.db.read().await.unwrap();
        monitors::list(&mut tx, &self.page).await.unwrap().iter().map(|record| record.state.verdict).collect()
    }

    async fn statuses(&self) -> Vec<String> {
        let json = self.app.get("/api/v2/components.json").await.json();
        json["components"].as_array().unwrap().iter().map(|row| row["status"].as_str().unwrap().to_owned()).collect()
    }

    async fn tick(&self) {
        clock::tick(&self.app.db, &self.page, self.app.hand.now()).await.unwrap();
        self.app.look().await;
    }
}

#[tokio::test]
async fn a_failure_inside_a_window_is_recorded_and_told_once_when_the_window_ends() {
    for engine in Engine::ALL {
        let site = site(engine, &["api"]).await;
        site.until(7, true).await;
        site.target.answers(Answer::Status(503, "out of order".to_owned()));
        site.until(10, true).await;
        assert_eq!((site.verdicts().await, site.statuses().await[0].as_str()), (vec![Verdict::Down], "under_maintenance"));
        let revision = site.app.page().await.revision;
        site.until(14, true).await;
        assert_eq!(site.app.page().await.revision, revision, "failing as planned is no change of the record");
        assert_eq!((site.drafts().await, site.mails_of_drafts().await), (vec![], 0));
        let mut tx = site.app.db.read().await.unwrap();
        let monitor = monitors::list(&mut tx, &site.page).await.unwrap().remove(0).monitor.id;
        assert!(checks::failures(&mut tx, &monitor, minute(7), 100).await.unwrap().len() > 10, "probes go on and are recorded");
        drop(tx);

        // Nobody checks at this moment: the clock alone tells, at the end and not before.
        site.app.hand.set(minute(15) - TimeDelta::microseconds(1));
        site.tick().await;
        assert_eq!(site.drafts().await, []);
        site.app.hand.set(minute(15));
        site.tick().await;
        assert_eq!((site.drafts().await, site.mails_of_drafts().await), (vec![(sample::id("api"), minute(15))], 1));
        assert_eq!(site.statuses().await[0], "major_outage", "after the end the page shows what the monitor says");
        let mut tx = site.app.db.read().await.unwrap();
        let (_, evidence) = monitor_failures::open_incident(&mut tx, &monitor).await.unwrap().unwrap();
        assert!(evidence.first_failed_at < minute(8) && evidence.checks.len() > 10 && evidence.reason == "http_503", "{evidence:?}");
        drop(tx);
        site.tick().await;
        site.until(18, true).await;
        assert_eq!((site.drafts().await.len(), site.mails_of_drafts().await), (1, 1));
        site.app.end().await;
    }
}

#[tokio::test]
async fn without_a_keeper_the_next_check_tells_and_both_at_once_tell_once() {
    let site = site(Engine::Postgres, &["api"]).await;
    site.until(7, false).await;
    site.target.answers(Answer::Status(503, String::new()));
    site.until(16, false).await;
    assert_eq!((site.drafts().await, site.mails_of_drafts().await), (vec![(sample::id("api"), minute(15))], 1));
    site.app.end().await;

    for _ in 0..4 {
        let site = self::site(Engine::Postgres, &["api", "web"]).await;
        site.until(7, false).await;
        site.target.answers(Answer::Status(503, String::new()));
        site.until(14, false).await;
        site.app.hand.set(minute(15) + TimeDelta::seconds(30));
        let (now, db, page) = (site.app.hand.now(), &site.app.db, &site.page);
        let (one, two, checked) = tokio::join!(clock::tick(db, page, now), clock::tick(db, page, now), site.app.workers().prober.round());
        one.unwrap();
        two.unwrap();
        assert_eq!(checked.unwrap(), 2);
        assert_eq!(site.mails_of_drafts().await, 2, "one of each component: web's failure was told when it was confirmed");
        assert_eq!(site.drafts().await.len(), 2);
        site.app.end().await;
    }
}

#[tokio::test]
async fn a_component_that_is_not_worked_on_is_told_of_as_ever() {
    let site = site(Engine::Sqlite, &["web"]).await;
    site.until(7, true).await;
    site.target.answers(Answer::Reset);
    site.until(9, true).await;
    assert_eq!((site.drafts().await.len(), site.mails_of_drafts().await), (1, 1));
    assert_eq!(site.statuses().await, ["under_maintenance", "major_outage"]);
    site.app.end().await;
}

#[tokio::test]
async fn work_that_is_cancelled_or_confirmed_early_explains_nothing_any_more() {
    for finish in [false, true] {
        let site = site(Engine::Sqlite, &["api"]).await;
        site.until(6, true).await;
        site.target.answers(Answer::Status(500, String::new()));
        site.until(10, true).await;
        assert_eq!(site.drafts().await, []);
        let actor = Actor::system();
        let act = Act { db: &site.app.db, actor: &actor, now: site.app.hand.now(), undo: TimeDelta::zero() };
        if finish {
            let status = MaintenanceStatus::Completed;
            let done = planned::UpdateInput { status, body: "Done.".to_owned(), notify: true, display_at: None };
            planned::post_update(&act, &site.work, &done, None).await.unwrap();
        } else {
            planned::cancel(&act, &site.work, "We stop here.", true, None).await.unwrap();
        }
        site.tick().await;
        assert_eq!((site.drafts().await, site.mails_of_drafts().await), (vec![(sample::id("api"), minute(10))], 1));
        assert_eq!(site.statuses().await[0], "major_outage");
        site.app.end().await;
    }
}

#[tokio::test]
async fn what_recovered_by_the_end_is_never_told_of() {
    let site = site(Engine::Sqlite, &["api"]).await;
    site.until(7, true).await;
    site.target.answers(Answer::Reset);
    site.until(10, true).await;
    site.target.answers(Answer::ok());
    site.until(18, true).await;
    assert_eq!((site.drafts().await, site.mails_of_drafts().await), (vec![], 0));
    assert_eq!((site.verdicts().await, site.statuses().await[0].as_str()), (vec![Verdict::Up], "operational"));
    site.app.end().await;
}
