//! Planned work: drafts, announcements, dates, messages, edits, series, and what follows from each for the calendar and subscribers.
//!
//! Where the work stands is derived from its messages and the time (`domain::maintenance`). Before anything is changed, what the clock
//! has made of the work is written down (`in_hand`), so that a person's message always comes after it.

mod change;
mod check;
pub mod clock;
mod draft;
mod in_hand;
mod message;
mod series;
mod step;
mod tell;
mod undo;

use app::words::{ComponentStatus, Id, Impact, MaintenanceStatus, ReminderPlan, Window};
use chrono::{DateTime, NaiveDate, Utc};

pub use change::{cancel, change, delete, edit, post_update, set_window};
pub use draft::{create, publish, save_draft};
pub(crate) use in_hand::write_down;
pub use message::edit_update;
pub use series::cancel_series;
pub use step::Step;
pub(crate) use tell::{remind, tell};
pub use undo::undo;

use super::translations::Wording;

/// Planned work with its first message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaintenanceInput {
    /// The title.
    pub name: String,
    /// The first message as Markdown; empty gets a stock sentence when it is announced.
    pub body: String,
    /// The window; `None` is "date to be set".
    pub window: Option<Window>,
    /// The components concerned, and the status they have while the work is under way.
    pub components: Vec<(Id, ComponentStatus)>,
    /// The impact, where `maintenance` is not right.
    pub impact_override: Option<Impact>,
    /// Begins by itself at the window's start.
    pub auto_start: bool,
    /// Ends by itself at the window's end; otherwise stays under way until staff confirm.
    pub auto_complete: bool,
    /// Expected minutes without service.
    pub expected_downtime_minutes: Option<i64>,
    /// Minutes without service at worst.
    pub worst_downtime_minutes: Option<i64>,
    /// When subscribers are reminded.
    pub reminders: ReminderPlan,
    /// Whether subscribers are told of the announcement.
    pub notify: bool,
    /// Who looks after it.
    pub owner: Option<String>,
    /// What staff note for themselves.
    pub internal_notes: Option<String>,
    /// What is said in other languages.
    pub translations: Vec<Wording>,
}

/// How a window comes again. The window it is given with is the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecurrenceInput {
    /// The rule (RFC 5545), such as `FREQ=WEEKLY;BYDAY=TU;COUNT=10`.
    pub rule: String,
    /// Days in the page's zone on which no window begins.
    pub exceptions: Vec<NaiveDate>,
}

/// One more message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpdateInput {
    /// Where the work stands from here on. It is cancelled by [`cancel`] alone.
    pub status: MaintenanceStatus,
    /// The message as Markdown; empty gets the stock sentence of a new status.
    pub body: String,
    /// Whether subscribers are told.
    pub notify: bool,
    /// The time it is shown under; `None`: now.
    pub display_at: Option<DateTime<Utc>>,
}

/// What planned work says beside its messages and its window; every field as it is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditInput {
    /// The title.
    pub name: String,
    /// The components concerned, and the status they have while the work is under way.
    pub components: Vec<(Id, ComponentStatus)>,
    /// The impact, where `maintenance` is not right.
    pub impact_override: Option<Impact>,
    /// Begins by itself at the window's start.
    pub auto_start: bool,
    /// Ends by itself at the window's end.
    pub auto_complete: bool,
    /// Expected minutes without service.
    pub expected_downtime_minutes: Option<i64>,
    /// Minutes without service at worst.
    pub worst_downtime_minutes: Option<i64>,
    /// When subscribers are reminded.
    pub reminders: ReminderPlan,
    /// Who looks after it.
    pub owner: Option<String>,
    /// What staff note for themselves.
    pub internal_notes: Option<String>,
    /// What is said in other languages.
    pub translations: Vec<Wording>,
}

impl From<&MaintenanceInput> for EditInput {
    fn from(input: &MaintenanceInput) -> Self {
        Self {
            name: input.name.clone(),
            components: input.components.clone(),
            impact_override: input.impact_override,
            auto_start: input.auto_start,
            auto_complete: input.auto_complete,
            expected_downtime_minutes: input.expected_downtime_minutes,
            worst_downtime_minutes: input.worst_downtime_minutes,
            reminders: input.reminders.clone(),
            owner: input.owner.clone(),
            internal_notes: input.internal_notes.clone(),
            // They are checked and written with the message.
            translations: Vec::new(),
        }
    }
}
