//! Components: the parts of a platform that viewers know, and what is said of them.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::Id;

wire_enum! {
    /// What viewers read of one component, declared from best to worst: comparing compares severity.
    ComponentStatus {
        /// Works as it should.
        Operational = "operational",
        /// Planned work is under way.
        UnderMaintenance = "under_maintenance",
        /// Works, but slowly or with errors now and then.
        DegradedPerformance = "degraded_performance",
        /// Does not work for some.
        PartialOutage = "partial_outage",
        /// Does not work.
        MajorOutage = "major_outage",
    }
}

impl ComponentStatus {
    /// The words a viewer reads.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Operational => "Operational",
            Self::UnderMaintenance => "Under maintenance",
            Self::DegradedPerformance => "Degraded performance",
            Self::PartialOutage => "Partial outage",
            Self::MajorOutage => "Major outage",
        }
    }

    /// Its colour on a light ground, for what no style sheet reaches: icons, badges, mails.
    #[must_use]
    pub const fn colour(self) -> &'static str {
        match self {
            Self::Operational => "#1a7f4b",
            Self::UnderMaintenance => "#2458b8",
            Self::DegradedPerformance => "#8a6100",
            Self::PartialOutage => "#b4500c",
            Self::MajorOutage => "#b3261e",
        }
    }
}

wire_enum! {
    /// Who or what caused a [`StatusChange`].
    StatusSource {
        /// A person on a staff page.
        Staff = "staff",
        /// A monitor's verdict.
        Monitor = "monitor",
        /// An incident's update, or its resolution.
        Incident = "incident",
        /// A maintenance window.
        Maintenance = "maintenance",
        /// The write API.
        Api = "api",
        /// An import from another system.
        Import = "import",
    }
}

/// One part of the platform. Wire fields as contract 1.4.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Component {
    /// Public id.
    pub id: Id,
    /// The group it is shown in; `None` stands alone.
    pub group_id: Option<Id>,
    /// What viewers call it.
    pub name: String,
    /// One line under the name.
    pub description: Option<String>,
    /// Order among siblings, from 1.
    pub position: i64,
    /// Whether its history is offered (uptime bars).
    pub showcase: bool,
    /// The day from which uptime is offered.
    pub start_date: Option<NaiveDate>,
    /// Hidden while operational.
    pub only_show_if_degraded: bool,
    /// A provider the platform builds on: shown apart, never colours the overall status.
    pub upstream: bool,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it or its status last changed.
    pub updated_at: DateTime<Utc>,
}

/// Components shown together. One nesting level (contract 1.4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComponentGroup {
    /// Public id.
    pub id: Id,
    /// What viewers call it.
    pub name: String,
    /// One line under the name.
    pub description: Option<String>,
    /// Order among groups and ungrouped components, from 1.
    pub position: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// One change of a component's effective status outside planned work. `from` is `None` for the first word ever said of it:
/// what was before is not measured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusChange {
    /// The component.
    pub component_id: Id,
    /// What it was.
    pub from: Option<ComponentStatus>,
    /// What it became.
    pub to: ComponentStatus,
    /// When.
    pub at: DateTime<Utc>,
    /// Because of whom.
    pub source: StatusSource,
}
