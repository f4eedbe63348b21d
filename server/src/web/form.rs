//! What a form sent: names and texts. Which of them a handler reads is all that can be set by it (reliability X11).

use app::language::{self, Language};
use app::staff::Wrong;
use axum::http::StatusCode;
use axum::response::Response;
use bytes::Bytes;

use super::problem;
use crate::actions::Problem;

/// No form of ours has as many fields; each component of a large platform has a few.
const MOST_FIELDS: usize = 5_000;

/// The names and values of `application/x-www-form-urlencoded`, in the order sent.
///
/// # Errors
/// The message that says why it is none.
pub fn pairs(body: &[u8]) -> Result<Vec<(String, String)>, &'static str> {
    // The signs between names and values are ASCII: the whole is UTF-8 exactly where every part of it is.
    if percent_encoding::percent_decode(body).decode_utf8().is_err() {
        return Err("wrong-form-letters");
    }
    let pairs: Vec<_> = form_urlencoded::parse(body).into_owned().take(MOST_FIELDS + 1).collect();
    if pairs.len() > MOST_FIELDS {
        return Err("wrong-form-fields");
    }
    Ok(pairs)
}

/// What is wrong with a form, in a language.
#[must_use]
pub fn wrong(language: &Language, problems: &[Problem]) -> Vec<Wrong> {
    problems.iter().map(|problem| Wrong { field: problem.field.to_owned(), sentence: problem.in_language(language) }).collect()
}

/// The fields of a form, in the order sent.
#[derive(Clone, Debug, Default)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// Reads `application/x-www-form-urlencoded`.
    ///
    /// # Errors
    /// The answer to give to staff, where it is no form.
    #[expect(clippy::result_large_err, reason = "the error is the answer, made once and sent")]
    pub fn read(bytes: &Bytes) -> Result<Self, Response> {
        Self::read_in(bytes, language::of("en"))
    }

    /// The same for visitors of that language.
    ///
    /// # Errors
    /// The answer to give, where it is no form.
    #[expect(clippy::result_large_err, reason = "the error is the answer, made once and sent")]
    pub fn read_in(bytes: &Bytes, language: &Language) -> Result<Self, Response> {
        pairs(bytes).map(Self).map_err(|key| problem::plain(StatusCode::BAD_REQUEST, &language.t(key)))
    }

    /// Reads the query of an address.
    #[must_use]
    pub fn of_query(query: Option<&str>) -> Self {
        Self(form_urlencoded::parse(query.unwrap_or_default().as_bytes()).into_owned().collect())
    }

    /// A field without the space around it; empty where it is missing.
    #[must_use]
    pub fn text(&self, field: &str) -> String {
        self.raw(field).trim().to_owned()
    }

    /// A field as it was sent, with the space around it: for passwords.
    #[must_use]
    pub fn raw(&self, field: &str) -> &str {
        self.0.iter().find(|(name, _)| name == field).map_or("", |(_, value)| value.as_str())
    }

    /// Whether a field was sent at all.
    #[must_use]
    pub fn has(&self, field: &str) -> bool {
        self.0.iter().any(|(name, _)| name == field)
    }

    /// Every value of a field, without the space around each.
    #[must_use]
    pub fn all(&self, field: &str) -> Vec<String> {
        self.0.iter().filter(|(name, _)| name == field).map(|(_, value)| value.trim().to_owned()).collect()
    }

    /// Whether a box was ticked: browsers send nothing for one that was not.
    #[must_use]
    pub fn flag(&self, field: &str) -> bool {
        !matches!(self.text(field).as_str(), "" | "0" | "false" | "off")
    }

    /// The fields as they were sent.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The names of the fields, in the order sent.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }
}
