//! Post-mortems from the promise to the last revision, by actions, as readers of the page see them. On both engines.

mod canary;
mod items;
mod promises;
mod publishing;
mod review;
mod writing;

use app::words::{ActorKind, ComponentStatus, Id, IncidentStatus, Maintenance, PostmortemText, Role, Sections, StaffMember};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use server::actions::incidents::{self, UpdateInput};
use server::actions::postmortems::{self, Covers, Plan, Saved};
use server::actions::{Act, ActionError, Actor, Done};
use server::store::notifications::Notification;
use server::store::postmortem_files::{self as files, PostmortemFile};
use server::store::staff::{self, StaffRecord};
use server::store::{maintenances, notifications, pages};

use crate::incidents::{Desk, opening, saying};
use crate::support::Engine;
use crate::support::app::test_now;

/// Two people who write, on a page with the components API and Web.
pub struct Study {
    pub desk: Desk,
    pub ada: Actor,
    pub ben: Actor,
}

impl Study {
    pub async fn new(engine: Engine) -> Self {
        let desk = Desk::new(engine).await;
        let ada = member(&desk, "Ada", "ada@example.test").await;
        let ben = member(&desk, "Ben", "ben@example.test").await;
        Self { desk, ada, ben }
    }

    /// Ada, now.
    pub fn ada(&self) -> Act<'_> {
        Act { actor: &self.ada, ..self.desk.act() }
    }

    /// Ben, now.
    pub fn ben(&self) -> Act<'_> {
        Act { actor: &self.ben, ..self.desk.act() }
    }

    /// An incident of the API that went on for half an hour and is over.
    pub async fn incident(&self) -> Id {
        let id = self.open_incident().await;
        self.resolve(&id, None).await.unwrap();
        id
    }

    pub async fn open_incident(&self) -> Id {
        let input = opening(&[(&self.desk.api, ComponentStatus::MajorOutage)]);
        let id = incidents::create(&self.ada(), &input, true).await.unwrap().id;
        self.desk.wait(1800).await;
        id
    }

    /// Ends an incident, with what becomes of its post-mortem.
    pub async fn resolve(&self, id: &Id, postmortem: Option<Plan>) -> Result<Done, ActionError> {
        let input = UpdateInput { notify: false, postmortem, ..saying(IncidentStatus::Resolved, &[]) };
        incidents::post_update(&self.ada(), id, &input, None).await
    }

    /// Work that readers know of.
    pub async fn maintenance(&self) -> Id {
        let work = Maintenance {
            components: vec![app::words::PlannedStatus { component_id: self.desk.web.clone(), status: ComponentStatus::UnderMaintenance }],
            ..crate::store::sample::maintenance("mnt")
        };
        let mut tx = self.desk.app.db.write().await.unwrap();
        let revision = pages::bump_revision(&mut tx, &self.desk.page, self.desk.app.hand.now()).await.unwrap();
        maintenances::upsert(&mut tx, &self.desk.page, &work, revision).await.unwrap();
        tx.commit().await.unwrap();
        work.id
    }

    pub async fn file(&self, id: &Id) -> PostmortemFile {
        let mut tx = self.desk.app.db.read().await.unwrap();
        files::get(&mut tx, &self.desk.page, id).await.unwrap().unwrap()
    }

    /// A draft over one incident that is over: the document and the incident.
    pub async fn begun(&self) -> (Id, Id) {
        let incident = self.incident().await;
        let id = postmortems::begin(&self.ada(), std::slice::from_ref(&incident), None).await.unwrap().id;
        (id, incident)
    }

    /// Writes what the others only look at, whatever was there.
    pub async fn write(&self, act: &Act<'_>, id: &Id, text: &PostmortemText) -> Result<Saved, ActionError> {
        let file = self.file(id).await;
        postmortems::save(act, id, text, &file.covers, file.draft_updated_at).await
    }

    /// Publishes what is written.
    pub async fn publish(&self, id: &Id, notify: bool) -> Result<Done, ActionError> {
        let seen = self.file(id).await.draft_updated_at;
        postmortems::publish(&self.ada(), id, false, notify, seen).await
    }

    /// What subscribers are to be told of it.
    pub async fn told(&self, id: &Id) -> Option<Notification> {
        let mut tx = self.desk.app.db.read().await.unwrap();
        notifications::newest_about(&mut tx, &self.desk.page, "postmortem", id).await.unwrap()
    }

    /// How often subscribers were to be told of anything about post-mortems.
    pub async fn notices(&self) -> usize {
        self.desk.app.texts("select id from notifications where subject_kind = 'postmortem' and cancelled_at is null").await.len()
    }

    pub async fn revision(&self) -> i64 {
        let mut tx = self.desk.app.db.read().await.unwrap();
        pages::revision(&mut tx, &self.desk.page).await.unwrap()
    }

    /// The newest message of an incident as the public API has it.
    pub async fn newest(&self, incident: &Id) -> Value {
        self.desk.shown(incident).await.unwrap()["incident_updates"][0].clone()
    }
}

async fn member(desk: &Desk, name: &str, email: &str) -> Actor {
    let id = Id::from_bytes(rand::random());
    let member = StaffMember {
        id: id.clone(),
        email: email.to_owned(),
        name: Some(name.to_owned()),
        role: Role::Responder,
        disabled_at: None,
        last_sign_in_at: None,
        created_at: test_now(),
    };
    let mut tx = desk.app.db.write().await.unwrap();
    staff::insert(&mut tx, &desk.page, email, &StaffRecord { member, password_hash: None, updated_at: test_now() }).await.unwrap();
    tx.commit().await.unwrap();
    Actor { kind: ActorKind::Staff, id: Some(id), name: name.to_owned() }
}

/// A document with a summary.
pub fn saying_that(summary: &str) -> PostmortemText {
    let sections = Sections { summary: Some(summary.to_owned()), ..Sections::default() };
    PostmortemText { title: "Why requests failed".to_owned(), sections, ..PostmortemText::default() }
}

pub fn by(due_at: DateTime<Utc>) -> Plan {
    Plan::By { due_at, owner: None }
}

pub fn in_days(days: i64) -> DateTime<Utc> {
    test_now() + TimeDelta::days(days)
}

pub fn over(incidents: &[&Id]) -> Covers {
    Covers { incidents: incidents.iter().map(|id| (*id).clone()).collect(), maintenance: None }
}

/// The fields and sentences of a refusal.
pub fn refused<T: std::fmt::Debug>(answer: Result<T, ActionError>) -> Vec<(&'static str, String)> {
    match answer {
        Err(ActionError::Invalid(problems)) => problems.into_iter().map(|problem| (problem.field, problem.sentence)).collect(),
        other => panic!("this was to be refused: {other:?}"),
    }
}

/// The sentence of a conflict.
pub fn conflict<T: std::fmt::Debug>(answer: Result<T, ActionError>) -> String {
    match answer {
        Err(ActionError::Conflict(sentence)) => sentence,
        other => panic!("this was to be a conflict: {other:?}"),
    }
}

/// Runs a journey on each engine.
pub async fn each_study(journey: impl AsyncFn(Study)) {
    for engine in Engine::ALL {
        journey(Study::new(engine).await).await;
    }
}
