//! What a notification says: fixed when the change is made, so that every recipient reads the same whenever the mail is sent.

use app::words::{ComponentStatus, Id, Impact, IncidentStatus, MaintenanceStatus, Window};
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
    /// The way to a subscription that is confirmed already, for the one who may have asked for more.
    Known(KnownNotice),
    /// The link to a subscription, for the one who may have asked for it. Holds nothing that they typed.
    Link,
    /// A request to confirm that a shared address leaves.
    Leave(LeaveNotice),
    /// A draft that waits for a person, for staff.
    Draft(DraftNotice),
    /// News of planned work, for subscribers.
    Maintenance(MaintenanceNotice),
    /// A published or revised post-mortem, for subscribers.
    Postmortem(PostmortemNotice),
    /// An announcement, for subscribers.
    Announcement(AnnouncementNotice),
    /// A follow-up that is done, for those who asked to be told.
    ItemDone(ItemNotice),
    /// A request to confirm a vote, for the subscriber who may have asked for it.
    Vote(ItemNotice),
    /// Something that waits for staff.
    Task(TaskNotice),
}

impl Notice {
    /// The thread that a notice to subscribers belongs to: the noun it is about, which one, and the notification before this one.
    #[must_use]
    pub const fn thread(&self) -> Option<(&'static str, &Id, Option<&Id>)> {
        match self {
            Self::Incident(notice) => Some(("incident", &notice.incident_id, notice.previous.as_ref())),
            Self::Maintenance(notice) => Some(("maintenance", &notice.maintenance_id, notice.previous.as_ref())),
            Self::Postmortem(notice) => Some(("postmortem", &notice.postmortem_id, notice.previous.as_ref())),
            Self::Announcement(notice) => Some(("announcement", &notice.announcement_id, notice.previous.as_ref())),
            _ => None,
        }
    }

    /// The subject that every mail of the thread carries (reliability E11).
    #[must_use]
    pub fn subject(&self) -> Option<&str> {
        match self {
            Self::Incident(notice) => Some(&notice.subject),
            Self::Maintenance(notice) => Some(&notice.subject),
            Self::Postmortem(notice) => Some(&notice.title),
            Self::Announcement(notice) => Some(&notice.subject),
            _ => None,
        }
    }

    /// The incidents and the planned work it is about, for those who follow or mute them.
    #[must_use]
    pub fn about(&self) -> Vec<&Id> {
        match self {
            Self::Incident(notice) => vec![&notice.incident_id],
            Self::Maintenance(notice) => vec![&notice.maintenance_id],
            Self::Postmortem(notice) => notice.covered.iter().collect(),
            _ => Vec::new(),
        }
    }

    /// Whether it tells that they are over: what whoever muted one until then hears.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        match self {
            Self::Incident(notice) => notice.status.is_over(),
            Self::Maintenance(notice) => notice.status.is_over(),
            Self::Postmortem(_) => true,
            _ => false,
        }
    }

    /// Everything it names of which people may have written in other languages.
    #[must_use]
    pub fn named(&self) -> Vec<&Id> {
        match self {
            Self::Incident(notice) => {
                let components = notice.components.iter().map(|component| &component.id);
                [&notice.incident_id, &notice.update_id].into_iter().chain(components).collect()
            }
            Self::Maintenance(notice) => {
                let components = notice.components.iter().map(|component| &component.id);
                std::iter::once(&notice.maintenance_id).chain(&notice.said).chain(components).collect()
            }
            Self::Postmortem(notice) => notice.covered.iter().collect(),
            Self::Announcement(notice) => vec![&notice.announcement_id],
            Self::Known(KnownNotice { follow: Some((id, _)) }) => vec![id],
            _ => Vec::new(),
        }
    }
}

/// What subscribers are told of planned work. Which event it is says the notification's kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaintenanceNotice {
    /// The maintenance.
    pub maintenance_id: Id,
    /// Its title when it was first told of: the subject of every mail of the thread (reliability E11).
    pub subject: String,
    /// Its title now.
    pub name: String,
    /// The message; `None` for a reminder, which has none.
    pub update_id: Option<Id>,
    /// The message that `body` is; of a reminder the newest message.
    #[serde(default)]
    pub said: Option<Id>,
    /// Where the work stands with it.
    pub status: MaintenanceStatus,
    /// The message as Markdown; of a reminder the newest message.
    pub body: String,
    /// When it was said, or when the reminder was due.
    pub at: DateTime<Utc>,
    /// The window now; `None` is "date to be set".
    pub window: Option<Window>,
    /// The window until this message, where it changed.
    pub window_before: Option<Window>,
    /// Further windows of the series, soonest first, where the whole series is announced or called off.
    pub further: Vec<Window>,
    /// Expected minutes without service.
    pub expected_downtime_minutes: Option<i64>,
    /// Minutes without service at worst.
    pub worst_downtime_minutes: Option<i64>,
    /// The components concerned, with the status they get; empty concerns everyone.
    pub components: Vec<NoticeComponent>,
    /// The notification before this one of the same maintenance; `None` makes this the root of the thread.
    pub previous: Option<Id>,
}

/// What subscribers are told of a post-mortem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostmortemNotice {
    /// The document.
    pub postmortem_id: Id,
    /// Its title when it was first told of.
    pub title: String,
    /// Its summary as Markdown, or the beginning of its text.
    pub summary: String,
    /// Whether it says of itself that more will follow.
    pub provisional: bool,
    /// When it was published or revised.
    pub at: DateTime<Utc>,
    /// Titles of the incidents and the maintenance it covers.
    pub covers: Vec<String>,
    /// The worst impact among them: whom it concerns.
    pub impact: Impact,
    /// The components of all of them; empty concerns everyone.
    pub components: Vec<Id>,
    /// The incidents and the maintenance themselves, for those who follow them.
    #[serde(default)]
    pub covered: Vec<Id>,
    /// The notification before this one of the same document.
    pub previous: Option<Id>,
}

/// What subscribers are told of an announcement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnnouncementNotice {
    /// The announcement.
    pub announcement_id: Id,
    /// How its text began when it was first told of: the subject of every mail of the thread.
    pub subject: String,
    /// Its text as Markdown.
    pub body: String,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// When it ends; `None` is when it is taken back.
    pub expires_at: Option<DateTime<Utc>>,
    /// The notification before this one of the same announcement.
    pub previous: Option<Id>,
}

/// What the readers of a shared address are asked when one of them wants to leave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeaveNotice {
    /// When that was: the link is derived from it.
    pub asked_at: DateTime<Utc>,
    /// Until when the link holds.
    pub until: DateTime<Utc>,
}

/// What a confirmed subscriber is asked who wants to hear of something more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownNotice {
    /// The incident or planned work to follow, and its title; `None` where they asked to hear of more than what they follow.
    pub follow: Option<(Id, String)>,
}

/// What is said of an action item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemNotice {
    /// The item.
    pub item_id: Id,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub explanation: Option<String>,
    /// The document it follows from.
    pub postmortem_id: Id,
    /// Its title.
    pub postmortem: String,
}

/// What staff are told of something that waits for them. Shown to staff only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskNotice {
    /// The subject, such as "Planned work ends in 15 minutes: Kernel update".
    pub subject: String,
    /// What it is and what to do about it, a sentence or two.
    pub sentence: String,
    /// Facts beside it: name and value.
    pub facts: Vec<(String, String)>,
    /// Where to do it, such as `/staff/maintenances/abc`.
    pub path: String,
    /// What the button says, such as "Extend or let it end".
    pub action: String,
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
    /// Monitors that failed soon after it.
    #[serde(default)]
    pub also: Vec<String>,
    /// When the clock publishes the draft unless somebody stops it.
    #[serde(default)]
    pub publish_at: Option<DateTime<Utc>>,
}

/// Names that stand in one line; more are counted.
const NAMED: usize = 10;

/// Names in one line: the first ten, and how many more there are.
#[must_use]
pub fn in_one_line(names: &[String]) -> String {
    match names.get(..NAMED).map(|first| (first, names.len() - NAMED)) {
        Some((first, more)) if more > 0 => format!("{} and {more} more", first.join(", ")),
        _ => names.join(", "),
    }
}
