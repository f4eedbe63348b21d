//! Post-mortems and what follows from them.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::Id;

wire_enum! {
    /// Where a post-mortem stands.
    PostmortemStatus {
        /// Promised by a date.
        Promised = "promised",
        /// Being written.
        Draft = "draft",
        /// Being read by a second person.
        Review = "review",
        /// Public.
        Published = "published",
        /// Public and changed since.
        Revised = "revised",
    }
}

impl PostmortemStatus {
    /// Whether viewers may read the document.
    #[must_use]
    pub const fn is_public(self) -> bool {
        matches!(self, Self::Published | Self::Revised)
    }
}

wire_enum! {
    /// Where an action item stands.
    ActionState {
        /// Not begun.
        Planned = "planned",
        /// Begun.
        Underway = "underway",
        /// Finished.
        Done = "done",
        /// Will not be done.
        Dropped = "dropped",
    }
}

impl ActionState {
    /// The word a viewer reads.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Planned => "Planned",
            Self::Underway => "Under way",
            Self::Done => "Done",
            Self::Dropped => "Dropped",
        }
    }
}

/// The named sections of a post-mortem in reading order, each Markdown or absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sections {
    /// What happened, short.
    pub summary: Option<String>,
    /// From, to, components, who, data loss, workaround.
    pub impact: Option<String>,
    /// Why.
    pub causes: Option<String>,
    /// What was done.
    pub actions_taken: Option<String>,
    /// What is coming soon.
    pub near_term: Option<String>,
    /// What is planned for the long term.
    pub long_term: Option<String>,
    /// How to stay informed.
    pub stay_informed: Option<String>,
}

impl Sections {
    /// Anchor, heading and text of every section that is there, in reading order.
    #[must_use]
    pub fn named(&self) -> Vec<(&'static str, &'static str, &str)> {
        [
            ("summary", "Summary", &self.summary),
            ("impact", "Impact", &self.impact),
            ("causes", "Causes", &self.causes),
            ("actions-taken", "Actions taken", &self.actions_taken),
            ("near-term", "Near-term plans", &self.near_term),
            ("long-term", "Long-term plans", &self.long_term),
            ("stay-informed", "How to stay informed", &self.stay_informed),
        ]
        .into_iter()
        .filter_map(|(anchor, heading, text)| text.as_deref().map(|text| (anchor, heading, text)))
        .collect()
    }
}

/// A document over one or several incidents and a maintenance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Postmortem {
    /// Public id; also the id of the `postmortem` update on the wire.
    pub id: Id,
    /// The title.
    pub title: String,
    /// Where it stands.
    pub status: PostmortemStatus,
    /// The promised date.
    pub due_at: Option<DateTime<Utc>>,
    /// When it was published.
    pub published_at: Option<DateTime<Utc>>,
    /// When the record was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// Free text (Markdown) of a document that has no named sections, as imported ones.
    pub body: String,
    /// The named sections.
    pub sections: Sections,
    /// The incidents it covers.
    pub incident_ids: Vec<Id>,
    /// The maintenance it covers.
    pub maintenance_id: Option<Id>,
    /// What follows from it, in order.
    pub action_items: Vec<ActionItem>,
}

impl Postmortem {
    /// The whole document as one Markdown text, as the wire and the feeds carry it.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut text = self.body.clone();
        for (_, heading, section) in self.sections.named() {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            text.push_str("## ");
            text.push_str(heading);
            text.push_str("\n\n");
            text.push_str(section);
        }
        text
    }
}

/// One thing to be done so that it does not happen again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionItem {
    /// Public id.
    pub id: Id,
    /// Bold title.
    pub title: String,
    /// One or two sentences.
    pub explanation: Option<String>,
    /// Where it stands.
    pub state: ActionState,
    /// When it is due, or was done.
    pub due_on: Option<NaiveDate>,
    /// Where to read more.
    pub link: Option<String>,
}
