//! What people wrote in another language than the page's own.

use serde::{Deserialize, Serialize};

use super::Id;

/// The words of one thing in one other language: an incident, planned work, one of their messages, an announcement, a component or a
/// group. Where there is none, the page's own words stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Translation {
    /// What it is about.
    pub object_id: Id,
    /// Code of the language.
    pub language: String,
    /// The title or the name.
    pub name: Option<String>,
    /// The text as Markdown: of a message or an announcement; the description of a component or a group.
    pub body: Option<String>,
    /// The text as sanitised HTML; filled when the record is read.
    #[serde(default)]
    pub body_html: String,
}

impl Translation {
    /// Whether nothing is said in that language any more.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.name.is_none() && self.body.is_none()
    }
}
