//! What is said in other languages, as the write API answers it.

use std::collections::BTreeMap;

use app::view::PublicView;
use app::words::{Id, Translation};
use serde::Serialize;

/// Texts by language, as they are answered.
pub type Row<'a> = BTreeMap<&'a str, Words<'a>>;

/// What is said in one language. Of a component or a group, the text is its description.
#[derive(Serialize)]
pub struct Words<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
}

/// What is said of one thing.
#[must_use]
pub fn of<'a>(view: &'a PublicView, id: &Id) -> Row<'a> {
    let words = |said: &'a Translation| Words { name: said.name.as_deref(), body: said.body.as_deref(), description: None };
    view.translations.of(id).into_iter().map(|said| (said.language.as_str(), words(said))).collect()
}

/// What is said of something that has a description.
#[must_use]
pub fn described<'a>(view: &'a PublicView, id: &Id) -> Row<'a> {
    let words = |(code, said): (&'a str, Words<'a>)| (code, Words { description: said.body, body: None, ..said });
    of(view, id).into_iter().map(words).collect()
}
