//! Incidents: drafts, messages, edits, and what follows from each for components, subscribers and history.
//!
//! Where an incident stands is always worked out anew from its messages (`in_hand`), so that posting, editing and taking back
//! cannot disagree.

mod check;
mod draft;
mod edit;
mod in_hand;
mod message;
mod tell;
mod unattended;

use app::words::{ComponentStatus, Id, Impact, IncidentStatus};
use chrono::{DateTime, Utc};

pub use draft::{DraftInput, backfill, create, open_draft, publish, save_draft};
pub use edit::{delete, edit};
pub use message::{edit_and_post, edit_update, post_update, undo};
pub use unattended::{Growth, Take, grow_draft, publish_unattended, resolve_unattended, take};

use super::postmortems::Plan;
use super::translations::Wording;

/// A whole incident with its first message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncidentInput {
    /// The title.
    pub name: String,
    /// Where it stands.
    pub status: IncidentStatus,
    /// The first message as Markdown; empty gets the stock sentence of the status when it is published.
    pub body: String,
    /// What it states of components.
    pub components: Vec<(Id, ComponentStatus)>,
    /// The impact, where the one that follows from the components is not right.
    pub impact_override: Option<Impact>,
    /// Start of the failure; `None`: the time of the first message.
    pub started_at: Option<DateTime<Utc>>,
    /// Whether subscribers are told.
    pub notify: bool,
    /// When the next message is promised.
    pub next_update_at: Option<DateTime<Utc>>,
    /// Who looks after it.
    pub owner: Option<String>,
    /// What staff note for themselves.
    pub internal_notes: Option<String>,
    /// What is said in other languages.
    pub translations: Vec<Wording>,
}

/// One more message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpdateInput {
    /// Where the incident stands from here on.
    pub status: IncidentStatus,
    /// The message as Markdown; empty gets the stock sentence of the status.
    pub body: String,
    /// What it states of components.
    pub components: Vec<(Id, ComponentStatus)>,
    /// Whether subscribers are told.
    pub notify: bool,
    /// When the next message is promised; `None` takes an earlier promise back.
    pub next_update_at: Option<DateTime<Utc>>,
    /// The time it is shown under; `None`: now.
    pub display_at: Option<DateTime<Utc>>,
    /// What becomes of the post-mortem; said with the message that ends the incident, if at all.
    pub postmortem: Option<Plan>,
    /// What is said in other languages.
    pub translations: Vec<Wording>,
}

/// What an incident says beside its messages; every field as it is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditInput {
    /// The title.
    pub name: String,
    /// The impact, where the one that follows from the components is not right.
    pub impact_override: Option<Impact>,
    /// Start of the failure; `None`: the time of the first message.
    pub started_at: Option<DateTime<Utc>>,
    /// When the next message is promised.
    pub next_update_at: Option<DateTime<Utc>>,
    /// Who looks after it.
    pub owner: Option<String>,
    /// What staff note for themselves.
    pub internal_notes: Option<String>,
    /// What is said in other languages.
    pub translations: Vec<Wording>,
}
