//! Incidents from the first words to the last, by actions, as readers of the page see them. On both engines.

mod checked;
mod drafts;
mod statuses;
mod told;
mod undone;

use app::words::{ActorKind, ComponentStatus, Id, IncidentStatus};
use chrono::TimeDelta;
use serde_json::Value;
use server::actions::components::{self, ComponentInput, GroupInput};
use server::actions::incidents::{EditInput, IncidentInput, UpdateInput};
use server::actions::{Act, ActionError, Actor, Done};
use server::store::incidents::{self as files, IncidentFile};
use server::store::notifications::Notification;
use server::store::{notifications, pages};

use crate::support::Engine;
use crate::support::app::TestApp;

/// A service with the components API (in the group Core) and Web, and somebody who writes.
pub struct Desk {
    pub app: TestApp,
    pub actor: Actor,
    pub page: Id,
    pub api: Id,
    pub web: Id,
}

impl Desk {
    pub async fn new(engine: Engine) -> Self {
        Self::of(TestApp::new(engine).await).await
    }

    pub async fn of(app: TestApp) -> Self {
        let mut tx = app.db.read().await.unwrap();
        let page = pages::default_page(&mut tx).await.unwrap().unwrap().id;
        drop(tx);
        let actor = Actor { kind: ActorKind::Staff, id: None, name: "Ada".to_owned() };
        let nobody = page.clone();
        let mut desk = Self { app, actor, page, api: nobody.clone(), web: nobody };
        desk.api = components::create(&desk.act(), &component("API"), Some(ComponentStatus::Operational)).await.unwrap().id;
        desk.web = components::create(&desk.act(), &component("Web"), Some(ComponentStatus::Operational)).await.unwrap().id;
        let core = GroupInput { name: "Core".to_owned(), components: Some(vec![desk.api.clone()]), ..GroupInput::default() };
        components::create_group(&desk.act(), &core).await.unwrap();
        desk.wait(1).await;
        desk
    }

    /// Ada, now; messages can be taken back for ten seconds.
    pub fn act(&self) -> Act<'_> {
        Act { db: &self.app.db, actor: &self.actor, now: self.app.hand.now(), undo: TimeDelta::seconds(10) }
    }

    pub async fn wait(&self, seconds: i64) {
        self.app.advance(TimeDelta::seconds(seconds)).await;
    }

    pub async fn file(&self, id: &Id) -> IncidentFile {
        let mut tx = self.app.db.read().await.unwrap();
        files::get(&mut tx, &self.page, id).await.unwrap().unwrap()
    }

    /// What subscribers are to be told of the incident now, newest first in its thread.
    pub async fn newest_notice(&self, id: &Id) -> Option<Notification> {
        let mut tx = self.app.db.read().await.unwrap();
        notifications::newest_about(&mut tx, &self.page, "incident", id).await.unwrap()
    }

    /// What subscribers are to be told of one message.
    pub async fn told(&self, update: &Id) -> Option<Notification> {
        let mut tx = self.app.db.read().await.unwrap();
        notifications::of_update(&mut tx, &self.page, update).await.unwrap()
    }

    pub async fn json(&self, path: &str) -> Value {
        self.app.look().await;
        self.app.get(path).await.json()
    }

    /// The incident as the public API has it.
    pub async fn shown(&self, id: &Id) -> Option<Value> {
        let all = self.json("/api/v2/incidents.json").await;
        all["incidents"].as_array().unwrap().iter().find(|row| row["id"] == id.as_str()).cloned()
    }

    /// The status of a component as readers see it.
    pub async fn status(&self, id: &Id) -> String {
        let all = self.json("/api/v2/components.json").await;
        let row = all["components"].as_array().unwrap().iter().find(|row| row["id"] == id.as_str()).unwrap().clone();
        row["status"].as_str().unwrap().to_owned()
    }

    /// The component's history as `from>to`, oldest first.
    pub async fn history(&self, id: &Id) -> Vec<String> {
        let mut tx = self.app.db.read().await.unwrap();
        let all = server::store::status_changes::noted_since(&mut tx, &self.page, -1).await.unwrap();
        let text = |from: Option<ComponentStatus>| from.map_or("?", ComponentStatus::as_str);
        let of_it = all.iter().filter(|change| change.component_id == *id);
        of_it.map(|change| format!("{}>{} {}", text(change.from), change.to, change.source)).collect()
    }

    /// The newest entries of the audit, newest first, as `who action detail`.
    pub async fn audit(&self, limit: i64) -> Vec<String> {
        let mut tx = self.app.db.read().await.unwrap();
        let entries = server::store::audit::newest(&mut tx, &self.page, None, limit).await.unwrap();
        entries.into_iter().map(|entry| format!("{} {} {}", entry.actor_name, entry.action, entry.detail.unwrap_or_default())).collect()
    }
}

pub fn component(name: &str) -> ComponentInput {
    ComponentInput {
        name: name.to_owned(),
        description: None,
        group_id: None,
        position: None,
        showcase: true,
        start_date: None,
        only_show_if_degraded: false,
        upstream: false,
        template: None,
        translations: Vec::new(),
    }
}

/// An incident with a message and nothing else.
pub fn opening(components: &[(&Id, ComponentStatus)]) -> IncidentInput {
    IncidentInput {
        name: "Requests fail".to_owned(),
        status: IncidentStatus::Investigating,
        body: "We see errors.".to_owned(),
        components: owned(components),
        impact_override: None,
        started_at: None,
        notify: true,
        next_update_at: None,
        owner: None,
        internal_notes: None,
        translations: Vec::new(),
    }
}

pub fn saying(status: IncidentStatus, components: &[(&Id, ComponentStatus)]) -> UpdateInput {
    UpdateInput {
        status,
        body: format!("Now {status}."),
        components: owned(components),
        notify: true,
        next_update_at: None,
        display_at: None,
        postmortem: None,
        translations: Vec::new(),
    }
}

pub fn facts() -> EditInput {
    EditInput {
        name: "Requests fail".to_owned(),
        impact_override: None,
        started_at: None,
        next_update_at: None,
        owner: None,
        internal_notes: None,
        translations: Vec::new(),
    }
}

fn owned(components: &[(&Id, ComponentStatus)]) -> Vec<(Id, ComponentStatus)> {
    components.iter().map(|(id, status)| ((*id).clone(), *status)).collect()
}

/// The fields and sentences of a refusal.
pub fn refused(answer: Result<Done, ActionError>) -> Vec<(&'static str, String)> {
    match answer {
        Err(ActionError::Invalid(problems)) => problems.into_iter().map(|problem| (problem.field, problem.sentence)).collect(),
        other => panic!("this was to be refused: {other:?}"),
    }
}

/// The sentence of a conflict.
pub fn conflict(answer: Result<Done, ActionError>) -> String {
    match answer {
        Err(ActionError::Conflict(sentence)) => sentence,
        other => panic!("this was to be a conflict: {other:?}"),
    }
}

/// Runs a journey on each engine.
pub async fn each_desk(journey: impl AsyncFn(Desk)) {
    for engine in Engine::ALL {
        journey(Desk::new(engine).await).await;
    }
}
