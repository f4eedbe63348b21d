//! Planned work from the first words to the last, by actions, as readers of the page see it. On both engines.

mod checked;
mod drafts;
mod series;
mod told;
mod undone;
mod windows;

use app::words::{ComponentStatus, Id, Maintenance, MaintenanceStatus, ReminderPlan, Window};
use chrono::TimeDelta;
use serde_json::Value;
use server::actions::maintenances::{EditInput, MaintenanceInput, UpdateInput};
use server::domain::notice::{MaintenanceNotice, Notice};
use server::store::maintenances::{self as files, MaintenanceFile};
use server::store::notifications::{self, Notification};

use crate::incidents::Desk;

/// So many minutes from now, for so long.
pub fn window(desk: &Desk, from: i64, long: i64) -> Window {
    let from = desk.app.hand.now() + TimeDelta::minutes(from);
    Window { from, until: from + TimeDelta::minutes(long) }
}

/// Work on the API in this window.
pub fn plan(desk: &Desk, window: Option<Window>) -> MaintenanceInput {
    MaintenanceInput {
        name: "New switches".to_owned(),
        body: "We replace the switches.".to_owned(),
        window,
        components: vec![(desk.api.clone(), ComponentStatus::UnderMaintenance)],
        impact_override: None,
        auto_start: true,
        auto_complete: true,
        expected_downtime_minutes: Some(5),
        worst_downtime_minutes: Some(20),
        reminders: ReminderPlan::default(),
        notify: true,
        owner: Some("Grace".to_owned()),
        internal_notes: None,
        translations: Vec::new(),
    }
}

pub fn saying(status: MaintenanceStatus) -> UpdateInput {
    UpdateInput { status, body: format!("Now {status}."), notify: true, display_at: None }
}

pub fn facts(desk: &Desk) -> EditInput {
    EditInput::from(&plan(desk, None))
}

impl Desk {
    pub async fn plan_file(&self, id: &Id) -> MaintenanceFile {
        let mut tx = self.app.db.read().await.unwrap();
        files::get(&mut tx, &self.page, id).await.unwrap().unwrap()
    }

    /// The work as the record has it.
    pub async fn work(&self, id: &Id) -> Maintenance {
        self.plan_file(id).await.record.maintenance
    }

    /// What subscribers were last told of the work.
    pub async fn last_told(&self, id: &Id) -> Option<Notification> {
        let mut tx = self.app.db.read().await.unwrap();
        notifications::newest_about(&mut tx, &self.page, "maintenance", id).await.unwrap()
    }

    /// How many notices there are, whatever they are about.
    pub async fn notices(&self) -> usize {
        self.app.texts("select id from notifications where cancelled_at is null").await.len()
    }

    /// The work as the public API has it.
    pub async fn shown_plan(&self, id: &Id) -> Option<Value> {
        let all = self.json("/api/v2/scheduled-maintenances.json").await;
        all["scheduled_maintenances"].as_array().unwrap().iter().find(|row| row["id"] == id.as_str()).cloned()
    }
}

pub fn notice(told: &Notification) -> &MaintenanceNotice {
    match &told.notice {
        Notice::Maintenance(notice) => notice,
        other => panic!("this is to be about planned work: {other:?}"),
    }
}
