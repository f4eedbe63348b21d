//! Subscribers and what is handed to them.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Id, Impact, MaintenanceEvent};

wire_enum! {
    /// Where a subscription stands.
    SubscriberState {
        /// Not confirmed yet.
        Pending = "pending",
        /// Confirmed.
        Active = "active",
        /// Not reachable; kept, not told.
        Quarantined = "quarantined",
        /// Left.
        Unsubscribed = "unsubscribed",
    }
}

impl SubscriberState {
    /// The word a person reads.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Pending => "Not confirmed",
            Self::Active => "Active",
            Self::Quarantined => "Not reachable",
            Self::Unsubscribed => "Left",
        }
    }
}

wire_enum! {
    /// The way to a subscriber.
    Channel {
        /// E-mail.
        Email = "email",
        /// A signed HTTP request.
        Webhook = "webhook",
        /// A Slack channel.
        Slack = "slack",
        /// A Teams channel.
        Teams = "teams",
        /// A Discord channel.
        Discord = "discord",
    }
}

wire_enum! {
    /// Where one delivery stands (design §4, reliability Q3).
    DeliveryState {
        /// To be sent.
        Pending = "pending",
        /// Being sent.
        Sending = "sending",
        /// Accepted by the other side.
        Sent = "sent",
        /// Given up.
        Failed = "failed",
        /// No longer wanted.
        Cancelled = "cancelled",
        /// Handed over, answer lost.
        Unknown = "unknown",
        /// Accepted, and reported as undeliverable afterwards.
        Bounced = "bounced",
    }
}

impl DeliveryState {
    /// Whether nothing more becomes of it by itself.
    #[must_use]
    pub const fn is_over(self) -> bool {
        !matches!(self, Self::Pending | Self::Sending)
    }

    /// The words a person reads.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Pending => "Queued",
            Self::Sending => "Being sent",
            Self::Sent => "Accepted",
            Self::Failed => "Failed",
            Self::Cancelled => "Cancelled",
            Self::Unknown => "Answer lost",
            Self::Bounced => "Bounced",
        }
    }
}

wire_enum! {
    /// What came back after a mail server had taken a mail; also why a subscriber is told no more.
    BounceKind {
        /// The address does not exist.
        Hard = "hard_bounce",
        /// The mailbox is full, or its server cannot be reached.
        Soft = "soft_bounce",
        /// The other side does not want us.
        Policy = "policy",
        /// The other side does not want this mail; another may be welcome.
        Rejected = "rejected",
        /// The reader says that they did not want it.
        Complaint = "complaint",
    }
}

impl BounceKind {
    /// The words a person reads.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Hard => "The address takes no mail",
            Self::Soft => "The mailbox is full or out of reach",
            Self::Policy => "Their server does not want mail from us",
            Self::Rejected => "Their server did not want this mail",
            Self::Complaint => "They complained about our mail",
        }
    }
}

wire_enum! {
    /// What a subscriber wants to hear of.
    SubscribedKind {
        /// Incidents.
        Incidents = "incidents",
        /// Planned work.
        Maintenances = "maintenances",
        /// Post-mortems.
        Postmortems = "postmortems",
        /// Announcements that staff mail.
        Announcements = "announcements",
    }
}

impl SubscribedKind {
    /// The words a person reads.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Incidents => "Incidents",
            Self::Maintenances => "Planned work",
            Self::Postmortems => "Post-mortems",
            Self::Announcements => "Announcements",
        }
    }
}

wire_enum! {
    /// What a subscriber does not want to hear of one incident or planned work.
    Mute {
        /// Nothing more.
        All = "all",
        /// Nothing but that it is over.
        UntilOver = "until_over",
    }
}

/// What a subscriber wants to hear of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wishes {
    /// The components chosen; `None` hears of all, of later ones too.
    pub components: Option<Vec<Id>>,
    /// Kinds of news, each once.
    pub kinds: Vec<SubscribedKind>,
    /// The least impact of an incident they hear of; `None` (the impact) hears of all.
    pub severity_floor: Impact,
}

impl Wishes {
    /// To hear of nothing but what is followed.
    #[must_use]
    pub const fn nothing() -> Self {
        Self { components: None, kinds: Vec::new(), severity_floor: Impact::None }
    }
}

impl Default for Wishes {
    /// Everything.
    fn default() -> Self {
        Self { components: None, kinds: SubscribedKind::ALL.to_vec(), severity_floor: Impact::None }
    }
}

/// An address on a channel, and what it wants to hear of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscriber {
    /// Public id.
    pub id: Id,
    /// The way to them.
    pub channel: Channel,
    /// Where on that channel, as given.
    pub address: String,
    /// Where the subscription stands.
    pub state: SubscriberState,
    /// Kinds of news, each once.
    pub kinds: Vec<SubscribedKind>,
    /// The least impact of an incident they hear of; `None` (the impact) hears of all.
    pub severity_floor: Impact,
    /// Whether they hear of every component; then `components` is empty.
    pub all_components: bool,
    /// The components they chose.
    pub components: Vec<Id>,
    /// Links in mails hold only for the epoch they were made in.
    pub token_epoch: i64,
    /// Confirmation mails written since they last asked anew; none once they confirmed.
    pub confirmations: i64,
    /// When the last of those was written.
    pub confirmation_at: Option<DateTime<Utc>>,
    /// Until when the confirmation link holds.
    pub confirm_expires_at: Option<DateTime<Utc>>,
    /// When they confirmed.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// When they consented elsewhere (an import).
    pub consent_date: Option<NaiveDate>,
    /// The code of the language they read: that of the page they subscribed on, or one they chose; `None` where nobody knows.
    pub language: Option<String>,
    /// IANA name of the zone of their clock: as their browser said it, or as they chose it; `None` is the page's.
    pub time_zone: Option<String>,
    /// Whether several people read the address, so that one of them alone does not end the subscription.
    pub shared: bool,
    /// When one of them last asked to end it.
    pub leave_asked_at: Option<DateTime<Utc>>,
    /// When mails were given up.
    pub quarantined_at: Option<DateTime<Utc>>,
    /// Why, in one word.
    pub quarantine_reason: Option<String>,
    /// What the other side said then, with addresses masked.
    pub quarantine_reply: Option<String>,
    /// When they left.
    pub unsubscribed_at: Option<DateTime<Utc>>,
    /// When the row was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

impl Subscriber {
    /// What they want to hear of.
    #[must_use]
    pub fn wishes(&self) -> Wishes {
        let components = (!self.all_components).then(|| self.components.clone());
        Wishes { components, kinds: self.kinds.clone(), severity_floor: self.severity_floor }
    }

    /// Whether they are told nothing because mails to them came back, or because they complained.
    #[must_use]
    pub fn is_suppressed(&self) -> bool {
        let complained = self.quarantine_reason.as_deref() == Some(BounceKind::Complaint.as_str());
        self.state == SubscriberState::Quarantined || self.state == SubscriberState::Unsubscribed && complained
    }
}

wire_enum! {
    /// What a notification tells.
    NotificationKind {
        /// An incident was published.
        IncidentOpened = "incident_opened",
        /// An incident has another message.
        IncidentUpdated = "incident_updated",
        /// An incident is over.
        IncidentResolved = "incident_resolved",
        /// A subscriber is asked to confirm.
        ConfirmSubscription = "confirm_subscription",
        /// A confirmed subscriber is asked whether they want to hear of more.
        KnownSubscription = "known_subscription",
        /// A confirmed subscriber gets the link to their subscription.
        SubscriptionLink = "subscription_link",
        /// The readers of a shared address are asked whether it shall leave.
        ConfirmLeaving = "confirm_leaving",
        /// Staff are told of a draft that waits.
        DraftOpened = "draft_opened",
        /// Work is planned.
        MaintenanceAnnounced = "maintenance_announced",
        /// Planned work has a date now.
        MaintenanceDateSet = "maintenance_date_set",
        /// Planned work has another date.
        MaintenanceMoved = "maintenance_moved",
        /// Planned work ends later.
        MaintenanceExtended = "maintenance_extended",
        /// Planned work is called off.
        MaintenanceCancelled = "maintenance_cancelled",
        /// Planned work is near.
        MaintenanceReminder = "maintenance_reminder",
        /// Planned work has begun.
        MaintenanceStarted = "maintenance_started",
        /// Planned work is being checked.
        MaintenanceVerifying = "maintenance_verifying",
        /// Planned work is over.
        MaintenanceFinished = "maintenance_finished",
        /// More is said of planned work.
        MaintenanceUpdated = "maintenance_updated",
        /// A post-mortem was published.
        PostmortemPublished = "postmortem_published",
        /// A post-mortem was revised.
        PostmortemRevised = "postmortem_revised",
        /// Something was announced.
        AnnouncementMade = "announcement_made",
        /// A follow-up is done.
        ActionItemDone = "action_item_done",
        /// A subscriber is asked to confirm a vote.
        ConfirmVote = "confirm_vote",
        /// Staff are told of something that waits for them.
        StaffTask = "staff_task",
    }
}

impl NotificationKind {
    /// The words a person reads.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::IncidentOpened => "Incident opened",
            Self::IncidentUpdated => "Incident updated",
            Self::IncidentResolved => "Incident resolved",
            Self::ConfirmSubscription => "Request to confirm",
            Self::KnownSubscription => "Way to a subscription",
            Self::SubscriptionLink => "Link to a subscription",
            Self::ConfirmLeaving => "Request to confirm leaving",
            Self::DraftOpened => "Draft for staff",
            Self::MaintenanceAnnounced => "Planned work announced",
            Self::MaintenanceDateSet => "Planned work: date set",
            Self::MaintenanceMoved => "Planned work moved",
            Self::MaintenanceExtended => "Planned work extended",
            Self::MaintenanceCancelled => "Planned work cancelled",
            Self::MaintenanceReminder => "Planned work: reminder",
            Self::MaintenanceStarted => "Planned work started",
            Self::MaintenanceVerifying => "Planned work being verified",
            Self::MaintenanceFinished => "Planned work finished",
            Self::MaintenanceUpdated => "Planned work: update",
            Self::PostmortemPublished => "Post-mortem published",
            Self::PostmortemRevised => "Post-mortem revised",
            Self::AnnouncementMade => "Announcement",
            Self::ActionItemDone => "Follow-up done",
            Self::ConfirmVote => "Request to confirm a vote",
            Self::StaffTask => "Task for staff",
        }
    }
}

impl From<MaintenanceEvent> for NotificationKind {
    fn from(event: MaintenanceEvent) -> Self {
        match event {
            MaintenanceEvent::Announced => Self::MaintenanceAnnounced,
            MaintenanceEvent::DateSet => Self::MaintenanceDateSet,
            MaintenanceEvent::Moved => Self::MaintenanceMoved,
            MaintenanceEvent::Extended => Self::MaintenanceExtended,
            MaintenanceEvent::Cancelled => Self::MaintenanceCancelled,
            MaintenanceEvent::Started => Self::MaintenanceStarted,
            MaintenanceEvent::Verifying => Self::MaintenanceVerifying,
            MaintenanceEvent::Finished => Self::MaintenanceFinished,
            MaintenanceEvent::Updated => Self::MaintenanceUpdated,
        }
    }
}

wire_enum! {
    /// Who a delivery goes to.
    RecipientKind {
        /// A subscriber.
        Subscriber = "subscriber",
        /// A member of staff.
        Staff = "staff",
    }
}
