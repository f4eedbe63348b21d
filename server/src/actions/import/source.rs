//! Reading the field's public v2 shape (contract 1) into values that cannot be wrong. Unknown keys are ignored, as every reader of
//! that API must; a wrong type is refused with its path.

use app::words::{
    ComponentEffect, ComponentStatus, Id, Impact, IncidentStatus, IncidentUpdate, MaintenanceStatus, MaintenanceUpdate, Update,
};
use chrono::{DateTime, Datelike, NaiveDate, SubsecRound, Utc};
use serde::de::{Deserializer, Error as _};
use serde::{Deserialize, Serialize};

/// Longest name on the wire (contract 4).
const LONGEST_NAME: usize = 255;
/// Longest body taken: four times what the field's forms accept, since post-mortems are longer than updates.
const LONGEST_BODY: usize = 100_000;

/// A whole import.
#[derive(Clone, Debug, Deserialize)]
pub struct Source {
    /// The page.
    pub page: Page,
    /// Groups and leaves mixed.
    pub components: Vec<Row>,
    /// Every incident.
    pub incidents: Vec<Incident>,
    /// Every maintenance.
    #[serde(default)]
    pub scheduled_maintenances: Vec<Maintenance>,
}

/// The page of an import.
#[derive(Clone, Debug, Deserialize)]
pub struct Page {
    /// Its id.
    pub id: Id,
    /// Its name.
    #[serde(deserialize_with = "name")]
    pub name: String,
    /// IANA or Rails name; absent in old documents.
    #[serde(default)]
    pub time_zone: Option<String>,
}

/// A component or a group.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Row {
    /// Its id.
    pub id: Id,
    /// Its name.
    #[serde(deserialize_with = "name")]
    pub name: String,
    /// Its status; a group's is derived.
    pub status: ComponentStatus,
    /// When it was made.
    #[serde(deserialize_with = "time")]
    pub created_at: DateTime<Utc>,
    /// When it changed.
    #[serde(deserialize_with = "time")]
    pub updated_at: DateTime<Utc>,
    /// Order.
    #[serde(default)]
    pub position: Option<i64>,
    /// One line.
    #[serde(default, deserialize_with = "text")]
    pub description: Option<String>,
    /// Whether history is offered.
    #[serde(default)]
    pub showcase: bool,
    /// First day of uptime.
    #[serde(default)]
    pub start_date: Option<NaiveDate>,
    /// Its group.
    #[serde(default)]
    pub group_id: Option<Id>,
    /// Whether it is a group.
    #[serde(default)]
    pub group: bool,
    /// Hidden while operational.
    #[serde(default)]
    pub only_show_if_degraded: bool,
}

/// A component named inside an incident: only its id matters there.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Named {
    /// Its id.
    pub id: Id,
}

/// An incident.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Incident {
    /// Its id.
    pub id: Id,
    /// Its title.
    #[serde(deserialize_with = "name")]
    pub name: String,
    /// Where it stands.
    pub status: IncidentStatus,
    /// When it was made.
    #[serde(deserialize_with = "time")]
    pub created_at: DateTime<Utc>,
    /// When it changed.
    #[serde(deserialize_with = "time")]
    pub updated_at: DateTime<Utc>,
    /// When it was over.
    #[serde(default, deserialize_with = "optional_time")]
    pub resolved_at: Option<DateTime<Utc>>,
    /// How bad it was.
    pub impact: Impact,
    /// Start of the failure.
    #[serde(default, deserialize_with = "optional_time")]
    pub started_at: Option<DateTime<Utc>>,
    /// Newest first.
    pub incident_updates: Vec<RowUpdate<IncidentStatus>>,
    /// The components named.
    #[serde(default)]
    pub components: Vec<Named>,
}

/// A maintenance.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Maintenance {
    /// Its id.
    pub id: Id,
    /// Its title.
    #[serde(deserialize_with = "name")]
    pub name: String,
    /// Where it stands.
    pub status: MaintenanceStatus,
    /// When it was made.
    #[serde(deserialize_with = "time")]
    pub created_at: DateTime<Utc>,
    /// When it changed.
    #[serde(deserialize_with = "time")]
    pub updated_at: DateTime<Utc>,
    /// When it was over.
    #[serde(default, deserialize_with = "optional_time")]
    pub resolved_at: Option<DateTime<Utc>>,
    /// Impact on the wire.
    pub impact: Impact,
    /// Start of the window.
    #[serde(deserialize_with = "time")]
    pub scheduled_for: DateTime<Utc>,
    /// End of the window.
    #[serde(deserialize_with = "time")]
    pub scheduled_until: DateTime<Utc>,
    /// Newest first.
    pub incident_updates: Vec<RowUpdate<MaintenanceStatus>>,
    /// The components concerned.
    #[serde(default)]
    pub components: Vec<Named>,
}

/// A message.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct RowUpdate<S> {
    /// Its id.
    pub id: Id,
    /// Where the parent stands from here on.
    pub status: S,
    /// Its text.
    #[serde(deserialize_with = "body")]
    pub body: String,
    /// When it was written.
    #[serde(deserialize_with = "time")]
    pub created_at: DateTime<Utc>,
    /// When it was edited.
    #[serde(deserialize_with = "time")]
    pub updated_at: DateTime<Utc>,
    /// The time it is shown under; absent in old documents.
    #[serde(default, deserialize_with = "optional_time")]
    pub display_at: Option<DateTime<Utc>>,
    /// What it did to components.
    #[serde(default)]
    pub affected_components: Option<Vec<Affected>>,
    /// Whether subscribers were told.
    #[serde(default)]
    pub deliver_notifications: Option<bool>,
}

/// One effect; rows before 2019 carry only a sentence in `name` (contract 1.6).
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Affected {
    #[serde(default)]
    code: Option<Id>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    old_status: Option<ComponentStatus>,
    #[serde(default)]
    new_status: Option<ComponentStatus>,
}

impl<S: Copy> RowUpdate<S> {
    /// The message in our words.
    #[must_use]
    pub fn to_update(&self) -> Update<S> {
        let effects = self.affected_components.as_ref().map(|rows| rows.iter().filter_map(Affected::effect).collect::<Vec<_>>());
        Update {
            id: self.id.clone(),
            status: self.status,
            body: self.body.clone(),
            body_html: String::new(),
            display_at: self.display_at.unwrap_or(self.created_at),
            created_at: self.created_at,
            updated_at: self.updated_at,
            effects: effects.filter(|effects| !effects.is_empty()),
            notify: self.deliver_notifications.unwrap_or(true),
        }
    }
}

impl Affected {
    fn effect(&self) -> Option<ComponentEffect> {
        let (code, from, to) = (self.code.clone()?, self.old_status?, self.new_status?);
        Some(ComponentEffect { component_id: code, name: self.name.clone().unwrap_or_default(), from, to })
    }
}

impl Incident {
    /// Its messages, newest first.
    #[must_use]
    pub fn updates(&self) -> Vec<IncidentUpdate> {
        self.incident_updates.iter().map(RowUpdate::to_update).collect()
    }
}

impl Maintenance {
    /// Its messages, newest first.
    #[must_use]
    pub fn updates(&self) -> Vec<MaintenanceUpdate> {
        self.incident_updates.iter().map(RowUpdate::to_update).collect()
    }
}

/// A document that is no import; one sentence for the person who named it.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// A web page.
    #[error("{0} is a web page (HTML), not JSON. Name the file or the page's own address, without /history or /incidents.")]
    Html(String),
    /// Nothing at all.
    #[error("{0} is empty.")]
    Empty(String),
    /// Not JSON, or cut off.
    #[error("{origin} is not complete JSON: {cause}.")]
    NotJson {
        /// Where it came from.
        origin: String,
        /// What and where.
        cause: String,
    },
    /// JSON of another shape.
    #[error("{origin} does not have the shape of a status page's public API: at {path}, {cause}.")]
    Shape {
        /// Where it came from.
        origin: String,
        /// The path to the value.
        path: String,
        /// What is wrong.
        cause: String,
    },
}

/// Reads a document, naming the path of what is wrong in it.
///
/// # Errors
/// [`SourceError`].
pub fn parse<'de, T: Deserialize<'de>>(origin: &str, bytes: &'de [u8]) -> Result<T, SourceError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let start = bytes.trim_ascii_start();
    if start.is_empty() {
        return Err(SourceError::Empty(origin.to_owned()));
    }
    if start.starts_with(b"<") {
        return Err(SourceError::Html(origin.to_owned()));
    }
    let reader = &mut serde_json::Deserializer::from_slice(bytes);
    let parsed = serde_path_to_error::deserialize(&mut *reader).map_err(|error| {
        let path = error.path().to_string();
        let inner = error.into_inner();
        match inner.classify() {
            serde_json::error::Category::Data => SourceError::Shape { origin: origin.to_owned(), path, cause: inner.to_string() },
            _ => SourceError::NotJson { origin: origin.to_owned(), cause: inner.to_string() },
        }
    })?;
    reader.end().map_err(|error| SourceError::NotJson { origin: origin.to_owned(), cause: error.to_string() })?;
    Ok(parsed)
}

fn time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime<Utc>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let parsed = DateTime::parse_from_rfc3339(&text)
        .map_err(|_| D::Error::custom(format!("{text:.40?} is not a time such as 2026-11-23T10:00:00.000Z")))?;
    // Beyond these years offsets are guesses and the wire's four digits do not suffice; no page tells of them.
    if !(1970..2200).contains(&parsed.to_utc().year()) {
        return Err(D::Error::custom(format!("{text:.40?} is not a time between the years 1970 and 2199")));
    }
    Ok(parsed.to_utc().trunc_subsecs(6))
}

fn optional_time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<DateTime<Utc>>, D::Error> {
    #[derive(Deserialize)]
    struct Time(#[serde(deserialize_with = "time")] DateTime<Utc>);
    Ok(Option::<Time>::deserialize(deserializer)?.map(|time| time.0))
}

fn name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    let length = text.chars().count();
    if text.trim().is_empty() {
        return Err(D::Error::custom("a name must not be empty"));
    }
    if length > LONGEST_NAME {
        return Err(D::Error::custom(format!("a name of {length} characters is too long: at most {LONGEST_NAME} are taken")));
    }
    if app::markdown::visible(&text) != text || text.contains(['\n', '\t']) {
        return Err(D::Error::custom("a name must not contain control characters or marks that change the direction of writing"));
    }
    Ok(text)
}

fn body<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    checked_body(String::deserialize(deserializer)?)
}

fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Option::<String>::deserialize(deserializer)?.map(checked_body).transpose()
}

/// PostgreSQL has no NUL in text, and no other control but line ends and tabs has a meaning in a message.
fn checked_body<E: serde::de::Error>(text: String) -> Result<String, E> {
    let length = text.chars().count();
    if length > LONGEST_BODY {
        return Err(E::custom(format!("a text of {length} characters is too long: at most {LONGEST_BODY} are taken")));
    }
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Err(E::custom("a text must not contain control characters other than line ends and tabs"));
    }
    Ok(text)
}
