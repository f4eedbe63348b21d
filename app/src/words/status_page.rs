//! The page itself, its one-line status, and announcements.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Id, Look, Weights};

/// One public status page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusPage {
    /// Public id.
    pub id: Id,
    /// The name readers know the platform by.
    pub name: String,
    /// Where the page is served, without a slash at the end.
    pub url: String,
    /// IANA name of the zone in which days begin and times are shown beside UTC.
    pub time_zone: String,
    /// Code of the language its texts are written in, and pages have without a prefix in their address.
    pub language: String,
    /// Codes of the languages it is offered in, its own among them.
    pub languages: Vec<String>,
    /// When any of the record last changed.
    pub updated_at: DateTime<Utc>,
    /// Whether this is the demonstration with invented data.
    pub demo: bool,
    /// Whether one can subscribe by mail here.
    pub mail: bool,
    /// How it looks.
    #[serde(default)]
    pub look: Look,
}

impl StatusPage {
    /// The host that readers reach it at: what ids in feeds and calendars are named after.
    #[must_use]
    pub fn host(&self) -> &str {
        self.url.split("://").nth(1).unwrap_or("localhost")
    }
}

wire_enum! {
    /// The machine-readable half of the overall status (contract 1.3).
    Indicator {
        /// All is well.
        None = "none",
        /// Planned work, nothing worse.
        Maintenance = "maintenance",
        /// Yellow.
        Minor = "minor",
        /// Orange.
        Major = "major",
        /// Red.
        Critical = "critical",
    }
}

wire_enum! {
    /// The overall status in the field's fixed sentences (contract 1.3, all seven).
    Sentence {
        /// All components operational, or none there.
        AllSystemsOperational = "All Systems Operational",
        /// Some under maintenance, nothing worse.
        ServiceUnderMaintenance = "Service Under Maintenance",
        /// Some degraded.
        PartiallyDegradedService = "Partially Degraded Service",
        /// All degraded.
        DegradedSystemService = "Degraded System Service",
        /// Some in partial outage.
        MinorServiceOutage = "Minor Service Outage",
        /// Some in major outage, or all in partial outage.
        PartialSystemOutage = "Partial System Outage",
        /// All in major outage.
        MajorSystemOutage = "Major System Outage",
    }
}

impl Sentence {
    /// The indicator that goes with the sentence.
    #[must_use]
    pub const fn indicator(self) -> Indicator {
        match self {
            Self::AllSystemsOperational => Indicator::None,
            Self::ServiceUnderMaintenance => Indicator::Maintenance,
            Self::PartiallyDegradedService | Self::DegradedSystemService | Self::MinorServiceOutage => Indicator::Minor,
            Self::PartialSystemOutage => Indicator::Major,
            Self::MajorSystemOutage => Indicator::Critical,
        }
    }
}

/// A banner independent of incidents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announcement {
    /// Public id.
    pub id: Id,
    /// Markdown as written.
    pub body: String,
    /// The body as sanitised HTML; filled when the view is built.
    #[serde(default)]
    pub body_html: String,
    /// First instant it is shown.
    pub starts_at: DateTime<Utc>,
    /// First instant it is no longer shown; `None` stays.
    pub expires_at: Option<DateTime<Utc>>,
}

/// What the operator chose for this page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PageSettings {
    /// Days before its start by which planned work should be announced; less is warned of.
    pub lead_days: i64,
    /// Days after the end of an incident that a post-mortem is promised for, unless its writer says otherwise.
    pub postmortem_days: i64,
    /// Whether a second person has to approve a post-mortem before it is published.
    pub review: bool,
    /// Networks that must report the same failure within an hour before staff are alerted.
    pub sightings_alert: i64,
    /// How much of a second of each status counts as down in uptime figures.
    pub weights: Weights,
    /// Failures that are confirmed within so many minutes of each other are one draft; 0 keeps them apart.
    pub merge_minutes: i64,
    /// Minutes after which the clock publishes a draft that nobody took on; 0 never does.
    pub publish_after_minutes: i64,
    /// Whether the clock resolves what it published, where no person has touched it.
    pub resolve_by_itself: bool,
}

impl Default for PageSettings {
    /// A week, five days, no review, ten networks, the usual weights; failures within five minutes are one, and the clock says nothing.
    fn default() -> Self {
        Self {
            lead_days: 7,
            postmortem_days: 5,
            review: false,
            sightings_alert: 10,
            weights: Weights::default(),
            merge_minutes: 5,
            publish_after_minutes: 0,
            resolve_by_itself: false,
        }
    }
}
