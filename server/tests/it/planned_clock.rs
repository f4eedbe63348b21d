//! Planned work and the clock: what is shown follows from the time alone, and what the clock tells it tells once.

mod owed;
mod shown;
mod told;
mod windows;

use app::words::{ComponentStatus, ReminderPlan, Window};
use server::actions::maintenances::MaintenanceInput;

use crate::store::sample;

/// Work on `api` that begins and ends by itself, with the reminders that are usual.
pub fn plan(window: Option<Window>) -> MaintenanceInput {
    MaintenanceInput {
        name: "New switches".to_owned(),
        body: "We replace the switches.".to_owned(),
        window,
        components: vec![(sample::id("api"), ComponentStatus::UnderMaintenance)],
        impact_override: None,
        auto_start: true,
        auto_complete: true,
        expected_downtime_minutes: None,
        worst_downtime_minutes: None,
        reminders: ReminderPlan::default(),
        notify: true,
        owner: None,
        internal_notes: None,
        translations: Vec::new(),
    }
}
