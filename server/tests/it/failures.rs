//! From a confirmed failure to words: what fails together is one draft, the clock speaks where the owner left it to it and nobody is
//! there, and the end is suggested, never taken. On both engines.

mod classes;
mod clock;
mod forms;
mod over;
mod planned;
mod rules;
mod together;

use app::words::{Id, NotificationKind, PageSettings, Role};
use chrono::{DateTime, TimeDelta, Utc};
use server::actions::monitors::{self as actions, MonitorInput};
use server::actions::{Act, Actor, settings};
use server::domain::notice::Notice;
use server::store::incidents::{self, IncidentFile};
use server::store::notifications::Notification;
use server::store::{components, delivery_reads, pages};

use crate::store::sample;
use crate::support::Engine;
use crate::support::app::{TestApp, test_now};
use crate::support::target::{Answer, Target};

/// A page with `api` and `web`, somebody on duty, and a monitor of each, which asks every 20 s.
pub struct Site {
    pub app: TestApp,
    pub page: Id,
    pub api: Target,
    pub web: Target,
}

pub async fn site(engine: Engine, chosen: PageSettings) -> Site {
    let app = TestApp::new(engine).await;
    app.member(Role::Responder).await;
    let page = app.page().await.id;
    let mut tx = app.db.write().await.unwrap();
    pages::bump_revision(&mut tx, &page, test_now()).await.unwrap();
    for (position, word) in [(1, "api"), (2, "web")] {
        components::upsert_component(&mut tx, &page, &sample::component(word, position)).await.unwrap();
    }
    tx.commit().await.unwrap();
    let site = Site { app, page, api: Target::new(Answer::ok()).await, web: Target::new(Answer::ok()).await };
    settings::save(&site.system(), &chosen).await.unwrap();
    for (word, target) in [("api", &site.api), ("web", &site.web)] {
        site.watch(word, target, &format!("{word} health")).await;
    }
    site.pass(10).await;
    site
}

/// Runs a journey on each engine.
pub async fn each_site(chosen: PageSettings, journey: impl AsyncFn(Site)) {
    for engine in Engine::ALL {
        journey(site(engine, chosen).await).await;
    }
}

pub fn down() -> Answer {
    Answer::Status(503, "out of order".to_owned())
}

/// The clock publishes after so many minutes.
pub fn after(minutes: i64) -> PageSettings {
    PageSettings { publish_after_minutes: minutes, ..PageSettings::default() }
}

impl Site {
    pub fn system(&self) -> Act<'_> {
        static SYSTEM: std::sync::LazyLock<Actor> = std::sync::LazyLock::new(Actor::system);
        Act { db: &self.app.db, actor: &SYSTEM, now: self.app.hand.now(), undo: TimeDelta::seconds(10) }
    }

    pub async fn watch(&self, component: &str, target: &Target, name: &str) -> Id {
        let input = MonitorInput {
            name: name.to_owned(),
            target: target.url("/health?token=canary"),
            interval_seconds: 20,
            component_id: Some(sample::id(component)),
            ..MonitorInput::default()
        };
        let networks = ["127.0.0.0/8".parse().unwrap()];
        actions::create(&self.system(), &self.page, &networks, input).await.unwrap().id
    }

    /// Lets time pass; everything that is due is checked, and the keeper looks.
    pub async fn pass(&self, seconds: i64) {
        let until = self.now() + TimeDelta::seconds(seconds);
        while self.now() < until {
            self.app.hand.advance(TimeDelta::seconds(5));
            self.app.workers().prober.round().await.unwrap();
            self.app.workers().keeper.tick().await.unwrap();
        }
        self.app.look().await;
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.app.hand.now()
    }

    /// All incidents and drafts that are not deleted, oldest first.
    pub async fn files(&self) -> Vec<IncidentFile> {
        let mut tx = self.app.db.read().await.unwrap();
        let mut all = incidents::search(&mut tx, &self.page, None, false, 100, 0).await.unwrap();
        all.sort_by_key(|file| file.record.incident.created_at);
        all
    }

    /// The only one.
    pub async fn file(&self) -> IncidentFile {
        let mut all = self.files().await;
        assert_eq!(all.len(), 1, "{all:?}");
        all.remove(0)
    }

    /// What was told so far of that kind, oldest first.
    pub async fn told(&self, kind: NotificationKind) -> Vec<Notification> {
        let mut tx = self.app.db.read().await.unwrap();
        let mut all = Vec::new();
        for one in delivery_reads::notifications(&mut tx, &self.page, 1_000, 0).await.unwrap() {
            if one.kind == kind {
                all.push(server::store::notifications::get(&mut tx, &one.id).await.unwrap().unwrap());
            }
        }
        all.sort_by_key(|one| one.created_at);
        all
    }

    /// The subjects of what staff were told beside drafts.
    pub async fn tasks(&self) -> Vec<String> {
        let all = self.told(NotificationKind::StaffTask).await.into_iter();
        all.map(|one| if let Notice::Task(task) = one.notice { task.subject } else { panic!("a task") }).collect()
    }

    pub async fn shown(&self) -> Vec<serde_json::Value> {
        self.app.look().await;
        let json = self.app.get("/api/v2/incidents.json").await.json();
        json["incidents"].as_array().unwrap().clone()
    }

    pub async fn audit(&self) -> Vec<String> {
        let mut tx = self.app.db.read().await.unwrap();
        let all = server::store::audit::newest(&mut tx, &self.page, None, 100).await.unwrap();
        all.into_iter()
            .filter(|entry| entry.action.starts_with("incident."))
            .map(|entry| format!("{} {}", entry.actor_name, entry.action))
            .collect()
    }
}
