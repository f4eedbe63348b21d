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

wire_enum! {
    /// What one message on planned work tells of it.
    MaintenanceEvent {
        /// It is planned.
        Announced = "announced",
        /// It has a date now.
        DateSet = "date_set",
        /// It has another date.
        Moved = "moved",
        /// It ends later than planned.
        Extended = "extended",
        /// It will not happen, or not go on.
        Cancelled = "cancelled",
        /// It has begun.
        Started = "started",
        /// It is done and being checked.
        Verifying = "verifying",
        /// It is over.
        Finished = "finished",
        /// More is said of it.
        Updated = "updated",
    }
}

impl MaintenanceEvent {
    /// The word a viewer reads.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Announced => "Announced",
            Self::DateSet => "Date set",
            Self::Moved => "Moved",
            Self::Extended => "Extended",
            Self::Cancelled => "Cancelled",
            Self::Started => "Started",
            Self::Verifying => "Verifying",
            Self::Finished => "Finished",
            Self::Updated => "Update",
        }
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

impl WindowMove {
    /// What viewers call it: a first date, a later end, or another time.
    #[must_use]
    pub fn event(&self) -> MaintenanceEvent {
        match self.from {
            None => MaintenanceEvent::DateSet,
            Some(before) if before.from == self.to.from && before.until < self.to.until => MaintenanceEvent::Extended,
            Some(_) => MaintenanceEvent::Moved,
        }
    }
}

/// When subscribers are reminded of planned work, beside the news of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReminderPlan {
    /// Minutes before the start, each once, the longest first.
    pub before_minutes: Vec<i64>,
    /// Whether they are told when work begins by itself.
    pub at_start: bool,
    /// Whether they are told when work ends by itself.
    pub at_end: bool,
}

impl Default for ReminderPlan {
    /// A week, a day and an hour before; at the start; at the end.
    fn default() -> Self {
        Self { before_minutes: vec![7 * 24 * 60, 24 * 60, 60], at_start: true, at_end: true }
    }
}

impl ReminderPlan {
    /// Nobody is reminded of anything.
    #[must_use]
    pub const fn silent() -> Self {
        Self { before_minutes: Vec::new(), at_start: false, at_end: false }
    }
}

/// Which window of a series this is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occurrence {
    /// The series.
    pub series_id: Id,
    /// Its number in the series, from 1.
    pub number: i64,
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
    /// When subscribers are reminded.
    pub reminders: ReminderPlan,
    /// The series it belongs to.
    pub occurrence: Option<Occurrence>,
    /// Grows with every change that a calendar has to follow.
    pub sequence: i64,
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

/// Planned work that was announced and is not shown any more: it was deleted, or its announcement was taken back. Calendars that have it
/// are told that it is off; nothing that was said of it stands here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoneMaintenance {
    /// Its id.
    pub id: Id,
    /// The window it last had; `None` where no date was set.
    pub window: Option<Window>,
    /// The components it concerned; none where it concerned all.
    pub components: Vec<Id>,
    /// Higher than whatever calendars were given of it before.
    pub sequence: i64,
    /// When it was announced.
    pub published_at: DateTime<Utc>,
    /// Since when it is not shown.
    pub gone_at: DateTime<Utc>,
}

impl GoneMaintenance {
    /// Whether it concerned a component: what names none concerns all.
    #[must_use]
    pub fn concerns(&self, component: &Id) -> bool {
        self.components.is_empty() || self.components.contains(component)
    }
}

impl Maintenance {
    /// Whether it concerns a component: what names none concerns all.
    #[must_use]
    pub fn concerns(&self, component: &Id) -> bool {
        self.components.is_empty() || self.components.iter().any(|planned| planned.component_id == *component)
    }
}

impl Maintenance {
    /// The change of the window that a message announced.
    #[must_use]
    pub fn move_of(&self, update: &MaintenanceUpdate) -> Option<&WindowMove> {
        // What the clock says when work begins may come at the same instant, and announces nothing.
        let announces = |before: &MaintenanceUpdate| before.status == update.status;
        self.moves.iter().find(|moved| moved.at == update.created_at).filter(|_| self.before(update).is_some_and(announces))
    }

    /// The message before one: the list is newest first.
    fn before(&self, update: &MaintenanceUpdate) -> Option<&MaintenanceUpdate> {
        self.updates.iter().skip_while(|known| known.id != update.id).nth(1)
    }

    /// What a message of it tells: the change of the window that was announced with it, a change of the status, or just more words.
    #[must_use]
    pub fn event_of(&self, update: &MaintenanceUpdate) -> MaintenanceEvent {
        let Some(before) = self.before(update) else { return MaintenanceEvent::Announced };
        if let Some(moved) = self.move_of(update) {
            return moved.event();
        }
        match update.status {
            status if status == before.status => MaintenanceEvent::Updated,
            MaintenanceStatus::Scheduled => MaintenanceEvent::Updated,
            MaintenanceStatus::InProgress => MaintenanceEvent::Started,
            MaintenanceStatus::Verifying => MaintenanceEvent::Verifying,
            MaintenanceStatus::Completed => MaintenanceEvent::Finished,
            MaintenanceStatus::Cancelled => MaintenanceEvent::Cancelled,
        }
    }

    /// Whether a message stands at the start or end of a window, or, where it was announced too late for that, at the time of the message
    /// before it: the clock speaks then.
    #[must_use]
    pub fn is_on_time(&self, update: &MaintenanceUpdate) -> bool {
        let at = update.created_at;
        let windows = self.moves.iter().flat_map(|moved| [moved.from, Some(moved.to)]).chain([self.window]).flatten();
        let mut boundaries = windows.flat_map(|window| [window.from, window.until]);
        at == update.display_at
            && (boundaries.any(|boundary| boundary == at) || self.before(update).is_some_and(|before| before.display_at == at))
    }
}
