//! Maintenance: planned work, announced before it happens.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{ComponentStatus, Id, Impact, Update};

wire_enum! {
    /// Where planned work stands.
    MaintenanceStatus {
        /// Announced, with or without a date.
        Scheduled = "scheduled",
        /// Under way.
        InProgress = "in_progress",
        /// Done, being checked.
        Verifying = "verifying",
        /// Over.
        Completed = "completed",
        /// Will not happen; leaves the v2 API, stays on the page and in the calendar.
        Cancelled = "cancelled",
    }
}

impl MaintenanceStatus {
    /// The words a viewer reads.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Scheduled => "Scheduled",
            Self::InProgress => "In progress",
            Self::Verifying => "Verifying",
            Self::Completed => "Completed",
            Self::Cancelled => "Cancelled",
        }
    }

    /// Whether the work is over or will not happen.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Completed | Self::Cancelled)
    }
}

/// One message on a maintenance.
pub type MaintenanceUpdate = Update<MaintenanceStatus>;

/// Start and end of planned work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// First instant.
    pub from: DateTime<Utc>,
    /// First instant after it; later than `from`.
    pub until: DateTime<Utc>,
}

/// A change of the window, kept so that the old time can stand beside the new.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WindowMove {
    /// When it was announced.
    pub at: DateTime<Utc>,
    /// The window until then; `None` where no date had been set.
    pub from: Option<Window>,
    /// The window from then on.
    pub to: Window,
}

/// A component that planned work concerns, and the status it has inside the window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedStatus {
    /// The component.
    pub component_id: Id,
    /// Its status while the work is under way.
    pub status: ComponentStatus,
}

/// Planned work. May be announced without a date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Maintenance {
    /// Public id.
    pub id: Id,
    /// The title.
    pub name: String,
    /// What was last said; what holds at an instant is derived from it and the time (`domain::maintenance`).
    pub status: MaintenanceStatus,
    /// Impact on the wire; `maintenance` unless overridden.
    pub impact: Impact,
    /// The window; `None` is "date to be set".
    pub window: Option<Window>,
    /// Every change of the window, oldest first.
    pub moves: Vec<WindowMove>,
    /// Begins by itself at the window's start.
    pub auto_start: bool,
    /// Ends by itself at the window's end; otherwise stays under way until staff confirm.
    pub auto_complete: bool,
    /// Expected minutes without service inside the window.
    pub expected_downtime_minutes: Option<i64>,
    /// Minutes without service at worst.
    pub worst_downtime_minutes: Option<i64>,
    /// When work really began.
    pub started_at: Option<DateTime<Utc>>,
    /// When it really ended.
    pub completed_at: Option<DateTime<Utc>>,
    /// When it was announced.
    pub published_at: Option<DateTime<Utc>>,
    /// When the record was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// The components concerned.
    pub components: Vec<PlannedStatus>,
    /// Newest first.
    pub updates: Vec<MaintenanceUpdate>,
}
