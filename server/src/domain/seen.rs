//! What the monitors of an incident saw: of each its evidence, and whether the incident is about it.

use app::words::Id;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::evidence::Evidence;

/// What one monitor saw, as it is kept with an incident. Staff only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The monitor.
    pub monitor_id: Id,
    /// Whether the incident is about something else: the monitor failed at the same time and has a draft of its own.
    pub beside: bool,
    /// When the failure was noted here.
    pub noted_at: DateTime<Utc>,
    /// What it saw.
    pub evidence: Evidence,
}

/// The same as it stands in the record: earlier versions kept what one monitor saw.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Kept {
    /// Of every monitor.
    All(Vec<Seen>),
    /// Of the monitor that wrote the draft.
    One(Box<Evidence>),
}

impl Kept {
    /// What every monitor saw; `wrote` is the one that wrote the draft.
    #[must_use]
    pub fn seen(self, wrote: Option<&Id>) -> Vec<Seen> {
        match (self, wrote) {
            (Self::All(seen), _) => seen,
            (Self::One(evidence), Some(monitor)) => {
                vec![Seen { monitor_id: monitor.clone(), beside: false, noted_at: evidence.first_failed_at, evidence: *evidence }]
            }
            // Nobody knows whose it was: no monitor is ever removed from the record.
            (Self::One(_), None) => Vec::new(),
        }
    }
}
