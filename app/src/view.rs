//! Everything the public pages show, as one immutable value. Pages are functions of it and ask nobody else.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::words::{
    Announcement, Component, ComponentGroup, ComponentStatus, DayUptime, Id, Incident, Maintenance, Postmortem, Sentence, StatusPage,
};

/// How many days the strips on the page show, today included.
pub const DAYS_SHOWN: usize = 90;

/// One revision of the public record at one instant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PublicView {
    /// The page.
    pub page: StatusPage,
    /// Grows with every change of the record.
    pub revision: i64,
    /// The instant for which all of this holds.
    pub as_of: DateTime<Utc>,
    /// When the record was last seen to say this; long before `as_of` while the database is away.
    pub seen_at: DateTime<Utc>,
    /// The next instant at which time alone changes what is shown.
    pub valid_until: DateTime<Utc>,
    /// The overall status.
    pub sentence: Sentence,
    /// Groups by position.
    pub groups: Vec<GroupView>,
    /// Every component (upstream ones too) by position.
    pub components: Vec<ComponentView>,
    /// Every published incident, unresolved first, then newest start first. Shared, not copied: a decade has thousands.
    pub incidents: Arc<Vec<Arc<Incident>>>,
    /// Those that are over, latest end first: what the last days were, without a look at all the years.
    pub ended: Arc<Vec<Arc<Incident>>>,
    /// Every published maintenance, newest window first; undated ones first of all. `status` is what holds at `as_of`.
    pub maintenances: Vec<Arc<Maintenance>>,
    /// Every public or promised post-mortem, newest first.
    pub postmortems: Vec<Arc<PostmortemView>>,
    /// Announcements to be shown at `as_of`.
    pub announcements: Vec<Announcement>,
}

/// A group and what its members add up to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupView {
    /// The group.
    pub group: ComponentGroup,
    /// The worst of its components.
    pub status: ComponentStatus,
    /// Its components by position.
    pub components: Vec<Id>,
}

/// A component and what is known of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ComponentView {
    /// The component.
    pub component: Component,
    /// Its effective status.
    pub status: ComponentStatus,
    /// Its monitors have been silent for too long: silence is not uptime.
    pub no_recent_data: bool,
    /// The last [`DAYS_SHOWN`] days, oldest first, today last; empty where history is not offered.
    pub days: Vec<DayUptime>,
    /// Uptime over `days`; `None` where nothing was measured.
    pub uptime: Option<UptimeFigure>,
}

/// A percentage with its working.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct UptimeFigure {
    /// 0 to 100.
    pub percent: f64,
    /// Seconds measured: the base of the figure.
    pub measured_seconds: i64,
    /// Weighted seconds of downtime.
    pub down_seconds: f64,
    /// Seconds of planned work, left out.
    pub maintenance_seconds: i64,
    /// Seconds nobody measured, left out.
    pub not_measured_seconds: i64,
}

/// A post-mortem with its text as sanitised HTML.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostmortemView {
    /// The document.
    pub postmortem: Postmortem,
    /// Free text as HTML; empty where there is none.
    pub body_html: String,
    /// Anchor, heading and HTML of each section, in reading order.
    pub sections_html: Vec<(String, String, String)>,
}

impl PublicView {
    /// The component of that id.
    #[must_use]
    pub fn component(&self, id: &str) -> Option<&ComponentView> {
        self.components.iter().find(|c| c.component.id.as_str() == id)
    }

    /// The published incident of that id.
    #[must_use]
    pub fn incident(&self, id: &str) -> Option<&Arc<Incident>> {
        self.incidents.iter().find(|i| i.id.as_str() == id)
    }

    /// The published maintenance of that id.
    #[must_use]
    pub fn maintenance(&self, id: &str) -> Option<&Arc<Maintenance>> {
        self.maintenances.iter().find(|m| m.id.as_str() == id)
    }

    /// The post-mortem of that id.
    #[must_use]
    pub fn postmortem(&self, id: &str) -> Option<&Arc<PostmortemView>> {
        self.postmortems.iter().find(|p| p.postmortem.id.as_str() == id)
    }

    /// Incidents that are not over, in order.
    pub fn open_incidents(&self) -> impl Iterator<Item = &Arc<Incident>> {
        self.incidents.iter().take_while(|i| !i.status.is_over())
    }
}
