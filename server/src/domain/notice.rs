//! What a notification says: fixed when the change is made, so that every recipient reads the same whenever the mail is sent.

use app::words::{ComponentStatus, Id, Impact, IncidentStatus};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The content of one notification, kept as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum Notice {
    /// A message of an incident, for subscribers.
    Incident(IncidentNotice),
    /// A request to confirm a subscription, for the one who may have asked for it. Holds nothing that they typed (reliability E15).
    Confirm,
    /// A draft that waits for a person, for staff.
    Draft(DraftNotice),
}

/// What subscribers are told of an incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentNotice {
    /// The incident.
    pub incident_id: Id,
    /// Its title when it was first told of: the subject of every mail of the thread (reliability E11).
    pub subject: String,
    /// Its title now.
    pub name: String,
    /// The message.
    pub update_id: Id,
    /// Where the incident stands with it.
    pub status: IncidentStatus,
    /// How bad it is.
    pub impact: Impact,
    /// The message as Markdown.
    pub body: String,
    /// The time it is shown under.
    pub display_at: DateTime<Utc>,
    /// Start of the failure.
    pub started_at: DateTime<Utc>,
    /// When it was over.
    pub resolved_at: Option<DateTime<Utc>>,
    /// When the next message is promised.
    pub next_update_at: Option<DateTime<Utc>>,
    /// Every component the incident names, with its status after this message; empty concerns everyone.
    pub components: Vec<NoticeComponent>,
    /// The notification before this one of the same incident; `None` makes this the root of the thread.
    pub previous: Option<Id>,
}

/// A component as a notice names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeComponent {
    /// The component.
    pub id: Id,
    /// Its name, with its group's: `Group - Component`.
    pub name: String,
    /// Its status.
    pub status: ComponentStatus,
}

/// What staff are told of a draft that a monitor wrote. Shown to staff only: it names the target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftNotice {
    /// The draft.
    pub incident_id: Id,
    /// Its suggested title.
    pub name: String,
    /// The monitor.
    pub monitor: String,
    /// The component it speaks for.
    pub component: Option<String>,
    /// The class of the failure, such as `http_503` or `timeout`.
    pub reason: String,
    /// First failed check.
    pub first_failed_at: DateTime<Utc>,
}
