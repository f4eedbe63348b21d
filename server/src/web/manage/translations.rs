//! What is said in other languages: `{"de": {"name": "...", "body": "..."}}`.

use app::language;
use app::view::PublicView;
use serde_json::{Map, Value};

use super::fields::Fields;
use crate::actions::ActionError;
use crate::actions::translations::Wording;

/// The name of the field.
pub const FIELD: &str = "translations";

impl Fields {
    /// What is said in other languages; `text` is what they call the text: `body` or `description`. A language that is not there stays
    /// as it is, as does a text that is not; null takes either back.
    pub fn translations(&mut self, view: &PublicView, text: &'static str) -> Vec<Wording> {
        let Some(given) = self.object(FIELD) else { return Vec::new() };
        let offered = || view.other_languages().map(language::Language::code).collect::<Vec<_>>().join(", ");
        let mut wordings = Vec::new();
        for (code, words) in given {
            let Some(language) = view.other_languages().find(|language| language.code() == code) else {
                self.refuse(
                    FIELD,
                    format!("{code:?} is not one of the languages that this page is offered in beside its own: {}.", offered()),
                );
                continue;
            };
            let words = match words {
                Value::Null => Some((Some(String::new()), Some(String::new()))),
                Value::Object(words) => said(&words, "name").zip(said(&words, text)),
                _ => None,
            };
            match words {
                Some((name, body)) => wordings.push(Wording { language, name, body }),
                None => self.refuse(FIELD, format!("What is said in {code} must be an object of texts such as {{\"{text}\": \"...\"}}.")),
            }
        }
        wordings
    }
}

/// A text, or that it is taken back, or that nothing is said of it; `None` where it is something else.
fn said(words: &Map<String, Value>, field: &str) -> Option<Option<String>> {
    match words.get(field) {
        None => Some(None),
        Some(Value::Null) => Some(Some(String::new())),
        Some(Value::String(text)) => Some(Some(text.clone())),
        Some(_) => None,
    }
}

/// Titles apart from messages: they belong to different things.
#[must_use]
pub fn apart(wordings: &[Wording]) -> (Vec<Wording>, Vec<Wording>) {
    let titles = wordings.iter().filter(|said| said.name.is_some()).map(|said| Wording { body: None, ..said.clone() });
    let bodies = wordings.iter().filter(|said| said.body.is_some()).map(|said| Wording { name: None, ..said.clone() });
    (titles.collect(), bodies.collect())
}

/// Text in another language belongs to the message of the same call; to take back what no message says is no change.
///
/// # Errors
/// 422 where there is none.
pub fn need_a_message(bodies: &[Wording]) -> Result<(), ActionError> {
    if bodies.iter().all(|said| said.body.as_deref().is_none_or(str::is_empty)) {
        return Ok(());
    }
    let sentence = "This call posts no message that the text could stand for. Send body too, or change the message at its own address.";
    Err(ActionError::invalid(FIELD, sentence))
}
