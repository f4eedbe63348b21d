//! What visitors say: what they see too, and whether a post-mortem answered their questions. For staff only.

use chrono::{DateTime, Utc};

use super::Id;

wire_enum! {
    /// What a visitor may say that they see too.
    Sighted {
        /// An open incident.
        Incident = "incident",
        /// A failure of a component.
        Component = "component",
    }
}

/// How many networks say that they see something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sightings {
    /// About so many within the last 60 minutes.
    pub last_hour: i64,
    /// Since midnight in the page's zone, each network once an hour.
    pub today: i64,
}

impl Sightings {
    /// What staff read; `None` where nobody said anything today.
    #[must_use]
    pub fn sentence(self) -> Option<String> {
        let networks = |number| if number == 1 { "1 network".to_owned() } else { format!("about {number} networks") };
        (self.today > 0 || self.last_hour > 0)
            .then(|| format!("seen by {} in the last hour, {} today", networks(self.last_hour), self.today.max(self.last_hour)))
    }
}

/// What a reader says of a post-mortem. Who they are is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feedback {
    /// Its id.
    pub id: Id,
    /// When it was said.
    pub at: DateTime<Utc>,
    /// Whether the document answered their questions.
    pub helpful: bool,
    /// What they wrote, as plain text.
    pub body: Option<String>,
}

/// A vote for a follow-up, as its subscriber sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vote {
    /// The action item.
    pub item: Id,
    /// Its title.
    pub title: String,
    /// Whether they are told when it is done.
    pub follows: bool,
}
