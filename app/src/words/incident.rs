//! Incidents: something broken, told over time.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{ComponentStatus, Id, PostmortemStatus};

wire_enum! {
    /// Where an incident stands; any order is allowed (contract 1.5).
    IncidentStatus {
        /// The cause is being looked for.
        Investigating = "investigating",
        /// The cause is known.
        Identified = "identified",
        /// A fix is in place and being watched.
        Monitoring = "monitoring",
        /// Over.
        Resolved = "resolved",
        /// Over, and a post-mortem is published.
        Postmortem = "postmortem",
    }
}

impl IncidentStatus {
    /// The word a viewer reads.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Investigating => "Investigating",
            Self::Identified => "Identified",
            Self::Monitoring => "Monitoring",
            Self::Resolved => "Resolved",
            Self::Postmortem => "Postmortem",
        }
    }

    /// Whether the incident is over.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Resolved | Self::Postmortem)
    }
}

wire_enum! {
    /// How bad it is, declared from least to worst. `Maintenance` is a wire value for planned work only.
    Impact {
        /// Planned work.
        Maintenance = "maintenance",
        /// No component is affected.
        None = "none",
        /// Degraded performance.
        Minor = "minor",
        /// A partial outage.
        Major = "major",
        /// A major outage.
        Critical = "critical",
    }
}

impl Impact {
    /// The words a viewer reads.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Maintenance => "Planned work",
            Self::None => "No impact",
            Self::Minor => "Minor impact",
            Self::Major => "Major impact",
            Self::Critical => "Critical impact",
        }
    }
}

/// What one update did to one component (contract 1.6 `affected_components`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComponentEffect {
    /// The component.
    pub component_id: Id,
    /// Its name as the update said it (`Group - Component` for a grouped one).
    pub name: String,
    /// Status before.
    pub from: ComponentStatus,
    /// Status after.
    pub to: ComponentStatus,
}

/// One message on an incident or a maintenance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Update<S> {
    /// Public id.
    pub id: Id,
    /// Where the parent stands from here on.
    pub status: S,
    /// Markdown as written.
    pub body: String,
    /// The body as sanitised HTML; filled when the view is built.
    #[serde(default)]
    pub body_html: String,
    /// The time it is shown and sorted under.
    pub display_at: DateTime<Utc>,
    /// When it was really written; later than `display_at` where it was posted later.
    pub created_at: DateTime<Utc>,
    /// When it was last edited.
    pub updated_at: DateTime<Utc>,
    /// What it did to components; `None` where it says nothing of them.
    pub effects: Option<Vec<ComponentEffect>>,
    /// Whether subscribers were to be told.
    pub notify: bool,
}

impl<S> Update<S> {
    /// Whether it was written noticeably after the time it is shown under (more than a minute).
    #[must_use]
    pub fn posted_later(&self) -> bool {
        (self.created_at - self.display_at).num_seconds() > 60
    }

    /// When it was last edited; `None` where it says what it always said. Records that were read from elsewhere are stored some
    /// milliseconds after they were made.
    #[must_use]
    pub fn edited_at(&self) -> Option<DateTime<Utc>> {
        ((self.updated_at - self.created_at).num_seconds() > 0).then_some(self.updated_at)
    }
}

/// What a message said before it was edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earlier {
    /// Its text.
    pub body: String,
    /// The time it was shown under.
    pub display_at: DateTime<Utc>,
    /// Until when it said so.
    pub replaced_at: DateTime<Utc>,
}

/// How one component went through an incident, as its messages tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// The component.
    pub component: Id,
    /// Its name as the messages say it.
    pub name: String,
    /// Its status before the first change.
    pub before: ComponentStatus,
    /// Every change, oldest first, and what it was from then on.
    pub steps: Vec<(DateTime<Utc>, ComponentStatus)>,
}

/// One message on an incident.
pub type IncidentUpdate = Update<IncidentStatus>;

/// What an incident says of its post-mortem: a promise or a published document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostmortemLink {
    /// The document.
    pub id: Id,
    /// Where it stands.
    pub status: PostmortemStatus,
    /// The promised date.
    pub due_at: Option<DateTime<Utc>>,
    /// Why there will be none.
    pub waived_because: Option<String>,
    /// When it was published.
    pub published_at: Option<DateTime<Utc>>,
}

/// Something broken, told over time. Without `published_at` it is a draft and no viewer ever sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    /// Public id.
    pub id: Id,
    /// The title: the symptom in plain words.
    pub name: String,
    /// The newest update's status.
    pub status: IncidentStatus,
    /// Computed from the worst component status ever set, or overridden.
    pub impact: Impact,
    /// Start of the failure.
    pub started_at: DateTime<Utc>,
    /// When a failing check or a person first saw it, where known.
    pub detected_at: Option<DateTime<Utc>>,
    /// When the first words were published.
    pub published_at: Option<DateTime<Utc>>,
    /// First time a fix was being watched.
    pub monitoring_at: Option<DateTime<Utc>>,
    /// When it was over.
    pub resolved_at: Option<DateTime<Utc>>,
    /// The promised time of the next update.
    pub next_update_at: Option<DateTime<Utc>>,
    /// When the record was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// Every component ever named.
    pub components: Vec<Id>,
    /// Newest first; a published post-mortem stands among them as the field's `postmortem` update.
    pub updates: Vec<IncidentUpdate>,
    /// Its post-mortem or the promise of one.
    pub postmortem: Option<PostmortemLink>,
}

impl Incident {
    /// How each component went through it, in the order in which they were named; those of which nothing was said are left out.
    #[must_use]
    pub fn courses(&self) -> Vec<Course> {
        let mut courses: Vec<Course> = Vec::new();
        for update in self.updates.iter().rev() {
            for effect in update.effects.iter().flatten() {
                let course = match courses.iter().position(|known| known.component == effect.component_id) {
                    Some(known) => courses.get_mut(known),
                    None => {
                        let (component, name) = (effect.component_id.clone(), effect.name.clone());
                        courses.push(Course { component, name, before: effect.from, steps: Vec::new() });
                        courses.last_mut()
                    }
                };
                let Some(course) = course else { continue };
                let known = course.steps.last().map_or(course.before, |(_, status)| *status);
                if known != effect.to {
                    course.steps.push((update.display_at, effect.to));
                }
            }
        }
        let named = |course: &Course| self.components.iter().position(|id| *id == course.component).unwrap_or(usize::MAX);
        courses.sort_by_key(named);
        // What was well and stayed well was named for programs.
        courses.retain(|course| !course.steps.is_empty() || course.before != ComponentStatus::Operational);
        courses
    }
}
