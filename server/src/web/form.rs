//! What a form sent: names and texts. Which of them a handler reads is all that can be set by it (reliability X11).

use axum::http::StatusCode;
use axum::response::Response;
use bytes::Bytes;

use super::problem;

/// No form of ours has as many fields; each component of a large platform has a few.
const MOST_FIELDS: usize = 5_000;

/// The fields of a form, in the order sent.
#[derive(Clone, Debug, Default)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// Reads `application/x-www-form-urlencoded`.
    ///
    /// # Errors
    /// The answer to give, where it is no form.
    #[expect(clippy::result_large_err, reason = "the error is the answer, made once and sent")]
    pub fn read(bytes: &Bytes) -> Result<Self, Response> {
        let refuse = |sentence| Err(problem::plain(StatusCode::BAD_REQUEST, sentence));
        let fields: Vec<(String, String)> =
            form_urlencoded::parse(bytes).take(MOST_FIELDS + 1).map(|(k, v)| (k.into(), v.into())).collect();
        if fields.len() > MOST_FIELDS {
            return refuse("This form has too many fields: at most 5,000 are read.");
        }
        if fields.iter().any(|(_, value)| value.contains(char::REPLACEMENT_CHARACTER)) && std::str::from_utf8(bytes).is_err() {
            return refuse("This form is not in UTF-8.");
        }
        Ok(Self(fields))
    }

    /// Reads the query of an address.
    #[must_use]
    pub fn of_query(query: Option<&str>) -> Self {
        let fields = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
        Self(fields.map(|(name, value)| (name.into_owned(), value.into_owned())).collect())
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

    /// The names of the fields, in the order sent.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }
}
