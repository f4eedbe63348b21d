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
    /// Whether nothing more is to be done.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Dropped)
    }

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
    /// Anchor and heading of each section, in reading order.
    pub const HEADINGS: [(&'static str, &'static str); 7] = [
        ("summary", "Summary"),
        ("impact", "Impact"),
        ("causes", "Causes"),
        ("actions-taken", "Actions taken"),
        ("near-term", "Near-term plans"),
        ("long-term", "Long-term plans"),
        ("stay-informed", "How to stay informed"),
    ];

    /// Anchor, heading and text of every section that is there, in reading order.
    #[must_use]
    pub fn named(&self) -> Vec<(&'static str, &'static str, &str)> {
        let texts = [&self.summary, &self.impact, &self.causes, &self.actions_taken, &self.near_term, &self.long_term, &self.stay_informed];
        let all = Self::HEADINGS.into_iter().zip(texts);
        all.filter_map(|((anchor, heading), text)| text.as_deref().map(|text| (anchor, heading, text))).collect()
    }

    /// The places of the sections, in reading order.
    pub const fn places(&mut self) -> [&mut Option<String>; 7] {
        [
            &mut self.summary,
            &mut self.impact,
            &mut self.causes,
            &mut self.actions_taken,
            &mut self.near_term,
            &mut self.long_term,
            &mut self.stay_informed,
        ]
    }
}

wire_enum! {
    /// Whether data was lost.
    DataLoss {
        /// No.
        No = "no",
        /// Yes.
        Yes = "yes",
        /// Nobody knows yet.
        Unknown = "unknown",
    }
}

impl DataLoss {
    /// The words a viewer reads.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::No => "No data was lost",
            Self::Yes => "Data was lost",
            Self::Unknown => "Not known yet",
        }
    }
}

/// The facts of the impact, beside its prose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ImpactFacts {
    /// First instant of it.
    pub from: Option<DateTime<Utc>>,
    /// First instant after it.
    pub until: Option<DateTime<Utc>>,
    /// The components it was seen in.
    pub components: Vec<Id>,
    /// How many were affected, in words such as "about 1 % of devices".
    pub share_affected: Option<String>,
    /// Whether data was lost.
    pub data_loss: Option<DataLoss>,
    /// What one could do meanwhile.
    pub workaround: Option<String>,
}

/// All that a post-mortem says: what is public of it, what it said before, or what is being written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PostmortemText {
    /// The title.
    pub title: String,
    /// Free text (Markdown) before or instead of the named sections.
    pub body: String,
    /// The named sections.
    pub sections: Sections,
    /// The facts of the impact.
    pub facts: ImpactFacts,
}

/// What a public post-mortem said until it was revised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostmortemRevision {
    /// Its number, from 1.
    pub number: i64,
    /// What it said.
    pub text: PostmortemText,
    /// Until when.
    pub replaced_at: DateTime<Utc>,
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
    /// Why there will be none; then nothing is promised.
    pub waived_because: Option<String>,
    /// When it was published.
    pub published_at: Option<DateTime<Utc>>,
    /// Whether it says of itself that more will follow.
    pub provisional: bool,
    /// When the record was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// Free text (Markdown) of a document that has no named sections, as imported ones.
    pub body: String,
    /// The named sections.
    pub sections: Sections,
    /// The facts of the impact.
    pub facts: ImpactFacts,
    /// The incidents it covers.
    pub incident_ids: Vec<Id>,
    /// The maintenance it covers.
    pub maintenance_id: Option<Id>,
    /// What follows from it, in order.
    pub action_items: Vec<ActionItem>,
    /// What it said before each revision, oldest first.
    pub revisions: Vec<PostmortemRevision>,
}

impl PostmortemText {
    /// Whether it says nothing yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.body.trim().is_empty() && self.sections.named().iter().all(|(_, _, text)| text.trim().is_empty())
    }

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

impl Postmortem {
    /// What is public of it.
    #[must_use]
    pub fn text(&self) -> PostmortemText {
        PostmortemText { title: self.title.clone(), body: self.body.clone(), sections: self.sections.clone(), facts: self.facts.clone() }
    }

    /// The whole document as one Markdown text, as the wire and the feeds carry it.
    #[must_use]
    pub fn markdown(&self) -> String {
        self.text().markdown()
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
    /// Every state it had, oldest first.
    pub history: Vec<ActionStep>,
    /// Subscribers who voted for it.
    pub votes: i64,
}

/// An action item came into a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionStep {
    /// The state.
    pub state: ActionState,
    /// When.
    pub at: DateTime<Utc>,
}
