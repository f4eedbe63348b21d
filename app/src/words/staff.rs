//! Staff: who may write, and what they did.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Id, UnknownWord};

wire_enum! {
    /// What a member of staff or a token may do, declared from most to least.
    Role {
        /// Everything, people included.
        Owner = "owner",
        /// Everything but owners.
        Admin = "admin",
        /// Incidents, maintenance, post-mortems.
        Responder = "responder",
        /// Read only.
        Viewer = "viewer",
    }
}

impl Role {
    /// Whether somebody of this role may do what `needed` may do.
    #[must_use]
    pub fn covers(self, needed: Self) -> bool {
        self <= needed
    }

    /// The word a person reads.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Owner => "Owner",
            Self::Admin => "Admin",
            Self::Responder => "Responder",
            Self::Viewer => "Viewer",
        }
    }
}

wire_enum! {
    /// What kind of actor made a change.
    ActorKind {
        /// A person, signed in.
        Staff = "staff",
        /// A program with a token.
        Token = "token",
        /// A monitor's verdict.
        Monitor = "monitor",
        /// The clock, or the person at the command line.
        System = "system",
        /// A subscriber, of their own subscription.
        Subscriber = "subscriber",
    }
}

/// A person who may sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffMember {
    /// Their id.
    pub id: Id,
    /// Where they get mail; they sign in with it.
    pub email: String,
    /// What the audit calls them, if not by address.
    pub name: Option<String>,
    /// What they may do.
    pub role: Role,
    /// When they were shut out; `None` while they may sign in.
    pub disabled_at: Option<DateTime<Utc>>,
    /// When they last signed in.
    pub last_sign_in_at: Option<DateTime<Utc>>,
    /// When they were added.
    pub created_at: DateTime<Utc>,
}

/// What a token is good for: what a member of staff of that role may do, or one thing alone. What stands in the settings of another
/// program, or in an address, should open no more than it must.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum TokenRole {
    /// The write API.
    Api(Role),
    /// To hand in mails that came back.
    Bounces,
}

impl TokenRole {
    /// The spelling on the wire and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Api(role) => role.as_str(),
            Self::Bounces => "bounces",
        }
    }

    /// The words a person reads.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Api(role) => role.label(),
            Self::Bounces => "Bounces",
        }
    }
}

impl From<Role> for TokenRole {
    fn from(role: Role) -> Self {
        Self::Api(role)
    }
}

impl std::fmt::Display for TokenRole {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for TokenRole {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        if text == Self::Bounces.as_str() { Ok(Self::Bounces) } else { text.parse().map(Self::Api) }
    }
}

impl TryFrom<String> for TokenRole {
    type Error = UnknownWord;

    fn try_from(text: String) -> Result<Self, UnknownWord> {
        text.parse()
    }
}

impl From<TokenRole> for String {
    fn from(role: TokenRole) -> Self {
        role.as_str().to_owned()
    }
}

/// A program that may speak to the API in somebody's place. The token itself is shown once and never kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiToken {
    /// Its id.
    pub id: Id,
    /// What it is for; the audit calls it so.
    pub name: String,
    /// The part of the token that may be shown, by which it is found.
    pub prefix: String,
    /// What it is good for.
    pub role: TokenRole,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last used, to the minute.
    pub used_at: Option<DateTime<Utc>>,
    /// When it ends by itself.
    pub expires_at: Option<DateTime<Utc>>,
    /// When it was taken back.
    pub revoked_at: Option<DateTime<Utc>>,
}

/// One change and who made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// Its id.
    pub id: Id,
    /// When.
    pub at: DateTime<Utc>,
    /// What kind of actor.
    pub actor_kind: ActorKind,
    /// Which one.
    pub actor_id: Option<Id>,
    /// What they were called then.
    pub actor_name: String,
    /// What was done, as `noun.verb`: `incident.publish`.
    pub action: String,
    /// The noun of what it was done to.
    pub subject_kind: Option<String>,
    /// Which one.
    pub subject_id: Option<Id>,
    /// A short text for people: names and changes, never a secret, an address or a body.
    pub detail: Option<String>,
}
