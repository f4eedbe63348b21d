//! One file per staff page. A page is a function of values that a handler has loaded, and answers with the whole document.

pub mod account;
pub mod action_items;
pub mod announcements;
pub mod audit;
pub mod clock;
pub mod component;
pub mod components;
pub mod composer;
pub mod deliveries;
pub mod home;
pub mod incident;
pub mod incidents;
pub mod look;
pub mod maintenance;
pub mod maintenances;
pub mod monitor;
pub mod monitors;
pub mod other_languages;
pub mod people;
pub mod plan;
pub mod planner;
pub mod postmortem;
pub mod postmortem_feedback;
pub mod postmortems;
pub mod problem;
pub mod set_up;
pub mod settings;
pub mod sign_in;
pub mod subscribers;

mod document_fields;
mod evidence;
mod fields;
mod hands;
mod heartbeat_fields;
mod load_map;
mod monitor_fields;
mod next_step;
mod plan_fields;
mod postmortem_beside;
mod promise;

pub use document_fields::{SECTIONS, Typed};
pub use evidence::{Check, Evidence};
pub use fields::{Facts, Message, NextUpdate};
pub use hands::Hands;
pub use load_map::Cell;
pub use plan_fields::{Again, DATED, OFFERED, Plan, UNDATED, When};
pub use promise::{BY, PlanFields, WAIVED};

/// A title as staff read it, never empty.
fn named(name: &str) -> String {
    crate::parts::measure::plain_or(name, "Untitled")
}
